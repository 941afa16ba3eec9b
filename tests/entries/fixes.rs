//! What `check --fix` puts right in any front matter, by a reader of YAML that shares nothing with the program's own:
//! the value is the one that was meant, every other is what it was, and the text differs in that place alone.
//!
//! `JIANYAN_FRONTS=1000000 JIANYAN_SEED=7` tries more, and others.

use crate::entries::fronts::{pairs, pick, remark};
use crate::entries::number;
use jianyan::author::{Mode, Surroundings, fixed, fixes, write};
use jianyan::check;
use jianyan::corpus::Source;
use jianyan::reading::Reading;
use jianyan::record;
use jianyan::settings::Settings;
use serde_yaml::Value;
use std::path::Path;

/// A key whose line is wrong: as it stands, and what it means.
struct Wrong {
    text: String,
    /// The key as it stands, and as it should.
    key: (&'static str, &'static str),
    right: &'static str,
}

/// A date that has one meaning, in every style of a value.
fn date(rng: &mut fastrand::Rng) -> Wrong {
    let value = pick(rng, &["2024年3月5", "二〇二四年三月五日", "2024、3、5", "2024-03-05日"]);
    let remark = remark(rng);
    let key = pick(rng, &["date", "\"date\"", "'date' ", "日期", "date "]);
    let text = match rng.u8(..14) {
        0 | 1 => format!("{key}: {value}{remark}\n"),
        2 => format!("{key}:   '{value}'{remark}\n"),
        3 => format!("{key}: \"{value}\"{remark}\n"),
        4 => format!("{key}: >-{remark}\n  {value}\n"),
        5 => format!("{key}: |{remark}\n  {value}\n"),
        6 => format!("{key}: |+\n    {value}\n\n"),
        7 => format!("{key}: >\n  {value}\n  \n"),
        8 => format!("{key}: &day {value}{remark}\n"),
        9 => format!("{key}: !!str {value}{remark}\n"),
        10 => format!("{key}: !!str &day '{value}'{remark}\n"),
        11 => format!("? {key}\n: {value}{remark}\n"),
        12 => format!("{key}:\n  {value}{remark}\n"),
        _ => format!("{key}:\n  # 成文\n  '{value}'{remark}\n"),
    };
    let key = if key == "日期" { "日期" } else { "date" };
    Wrong {
        text,
        key: (key, key),
        right: "2024-03-05",
    }
}

/// A misspelt key before a value of every style.
fn slip(rng: &mut fastrand::Rng) -> Wrong {
    let remark = remark(rng);
    let key = pick(rng, &["sumary", "\"sumary\"", "'sumary' ", "sumary "]);
    let text = match rng.u8(..8) {
        0 => format!("{key}: 摘要。{remark}\n"),
        1 => format!("{key}: '摘要。'{remark}\n"),
        2 => format!("{key}: >-{remark}\n  摘要。\n"),
        3 => format!("{key}: |-\n  摘要。\n"),
        4 => format!("{key}: &sum 摘要。{remark}\n"),
        5 => format!("{key}: !!str \"摘要。\"{remark}\n"),
        6 => format!("? {key}\n: 摘要。{remark}\n"),
        _ => format!("{key}:\n  摘要。{remark}\n"),
    };
    Wrong {
        text,
        key: ("sumary", "summary"),
        right: "摘要。",
    }
}

fn yaml(text: &str) -> Option<Value> {
    let (yaml, _) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    serde_yaml::from_str(&format!("{yaml}\n")).ok()
}

/// The plain text of a value, tagged or not, without line ends.
fn said(value: &Value) -> &str {
    match value {
        Value::Tagged(tagged) => said(&tagged.value),
        value => value.as_str().unwrap_or_default().trim_end(),
    }
}

/// Holds what was promised of one front matter; gives whether it was fixed.
fn holds(folder: &Path, settings: &Settings, rng: &mut fastrand::Rng) -> bool {
    let wrong = if rng.bool() { date(rng) } else { slip(rng) };
    let above = format!("---\nkind: report\ntitle: 河道\n{}", pairs(rng, "甲"));
    let below = format!("{}---\n\n正文 --- 一。\n", pairs(rng, "乙"));
    let text = format!("{above}{}{below}", wrong.text);
    let Some(was) = yaml(&text) else { return false };
    std::fs::write(folder.join("河道.md"), &text).unwrap();
    let source = Source::of("河道".into(), "河道.md".into(), text.clone());
    let now = "2026-11-20".parse().unwrap();
    let (record, mut found) = record::read(&source);
    found.extend(check::record(&source, &Reading::of(&source), &record, settings, now));
    let all = fixes(&source, &found);
    let around = Surroundings {
        settings,
        now,
        has: &|_| true,
    };
    let result = write(folder, &source, all, &around, Mode::Write).unwrap();
    let after = std::fs::read_to_string(folder.join("河道.md")).unwrap();
    assert_eq!(after, fixed(&text, &result.made), "{text}");
    if result.made.is_empty() {
        assert_eq!(after, text);
        return false;
    }
    let is = yaml(&after).unwrap_or_else(|| panic!("{text}\n→\n{after}"));
    let mut meant = was.clone();
    let map = meant.as_mapping_mut().unwrap();
    map.remove(wrong.key.0);
    let mut rest = is.clone();
    let value = rest.as_mapping_mut().unwrap().remove(wrong.key.1);
    assert_eq!(value.as_ref().map(said), Some(wrong.right), "{text}\n→\n{after}");
    assert_eq!(meant, rest, "{text}\n→\n{after}");
    assert!(
        after.starts_with(&above) && after.ends_with(&below),
        "{text}\n→\n{after}"
    );
    // A comment and an anchor stay.
    let own = &after[above.len()..after.len() - below.len()];
    for kept in [
        "&day",
        "&sum",
        "!!str",
        "# 待核: '注' [x]",
        "# \"半",
        "# - 一: {",
        "# 成文",
    ] {
        assert_eq!(wrong.text.contains(kept), own.contains(kept), "{text}\n→\n{after}");
    }
    true
}

#[test]
fn a_fix_in_any_front_matter_is_that_fix_and_nothing_else() {
    let (count, seed) = (number("JIANYAN_FRONTS", 500), number("JIANYAN_SEED", 26));
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::default();
    let mut made = 0;
    for case in 0..count {
        let mut rng = fastrand::Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(case));
        made += u64::from(holds(folder.path(), &settings, &mut rng));
    }
    println!("{made} of {count} front matters were fixed, seed {seed}");
    assert!(made * 10 > count * 7, "{made} of {count}");
}
