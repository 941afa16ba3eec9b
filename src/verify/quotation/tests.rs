use super::*;
use crate::verify::{draft, named};

fn of(text: &str) -> Vec<(String, bool, Way)> {
    let source = Source::of("a".into(), "a.md".into(), text.to_owned());
    let paragraphs = draft::paragraphs(&source);
    quotations(&source, &paragraphs, &named(&paragraphs, None))
        .into_iter()
        .map(|quoted| (quoted.text, quoted.source.is_some(), quoted.way))
        .collect()
}

#[test]
fn a_source_is_named_before_behind_or_in_a_note() {
    for (text, named, way) in [
        ("《甲条例》第四条规定：“任何单位和个人不得采砂”。", true, Way::Surely),
        ("《甲报告》认为，“任何单位和个人不得采砂”。", true, Way::Surely),
        ("应当“任何单位和个人不得采砂”（《甲条例》第四条）。", true, Way::Surely),
        (
            "《甲条例》施行了。其中规定：“任何单位和个人不得采砂”。",
            true,
            Way::Surely,
        ),
        (
            "《甲条例》施行了。该条例规定：“任何单位和个人不得采砂”。",
            true,
            Way::Surely,
        ),
        (
            "《甲条例》施行了。有人担心“任何单位和个人不得采砂”。",
            true,
            Way::Perhaps,
        ),
        ("村民说：“任何单位和个人不得采砂”。", false, Way::Spoken),
        (
            "《甲条例》施行后，村民说：“任何单位和个人不得采砂”。",
            true,
            Way::Spoken,
        ),
        ("要做到“任何单位和个人不得采砂”。", false, Way::Perhaps),
        (
            "《甲法》第三条的解释中规定的“任何单位和个人不得采砂”。",
            true,
            Way::Perhaps,
        ),
        (
            "要做到“任何单位和个人不得采砂”[^1]。\n\n[^1]: 《甲条例》第四条。",
            true,
            Way::Surely,
        ),
        ("《甲条例》规定：\n\n> 任何单位和个人不得采砂", true, Way::Surely),
        ("《甲规定》第三条规定：“非法采砂破坏河道罪”。", true, Way::Surely),
        ("《甲法》第三条规定的“非法采砂破坏河道罪”。", true, Way::Perhaps),
    ] {
        let all = of(text);
        assert_eq!(all.len(), 1, "{text} {all:?}");
        assert_eq!((all[0].1, all[0].2), (named, way), "{text}");
    }
}

#[test]
fn words_after_an_article_are_told() {
    let all = of("根据《甲条例》第五条的规定，未经批准采砂的，由县水行政主管部门责令停止。");
    assert_eq!(
        (all[0].0.as_str(), all[0].2),
        ("未经批准采砂的，由县水行政主管部门责令停止", Way::Told)
    );
    assert!(of("违反《甲条例》第五条规定，未经批准采砂，情节严重的，依法从重处罚。").is_empty());
    assert!(of("对《甲条例》第五条规定的未经批准采砂的行为，依法从重处罚。").is_empty());
    assert!(of("《甲条例》第五条规定的情形，《甲条例》作了规定，违者要罚款的都要罚款才行。").len() < 2);
}

#[test]
fn a_paragraph_of_many_quotations_is_read_once() {
    assert!(of(&"“”".repeat(100_000)).is_empty());
    assert_eq!(
        of(&format!("甲说{}。", "“乙丙丁戊己庚辛壬”".repeat(20_000))).len(),
        20_000
    );
}
