//! What a build writes: the same for the same corpus, each audience's own, and the files that go along.

use crate::cli::{GOOD, sample};
use crate::desk::Desk;
use crate::folder::without_state;
use crate::payload;
use serde_json::Value;

#[test]
fn the_same_corpus_gives_the_same_site_byte_for_byte_in_any_folder() {
    let (one, other) = (sample(), sample());
    one.expect(0, &["build", "-q"]);
    other.expect(0, &["build", "-q"]);
    let (first, second) = (without_state(&one.path("site")), without_state(&other.path("site")));
    assert!(first.len() > 300);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(content == &second[path], "{path} differs");
    }
    // Building again changes nothing, and says so.
    let (said, _) = one.expect(0, &["build", "-q"]);
    assert!(said.contains("写入 0 个文件"), "{said}");
    assert!(without_state(&one.path("site")) == first);
}

#[test]
fn the_public_edition_holds_nothing_internal() {
    let desk = sample();
    desk.expect(0, &["--audience", "public", "build", "-q"]);
    let mut haystack = Vec::new();
    for (path, content) in without_state(&desk.path("site"))
        .into_iter()
        .chain(without_state(&desk.path("index")))
    {
        haystack.extend(path.into_bytes());
        haystack.extend(&content);
        if content.starts_with(&[0xFF, 0xFE]) {
            haystack.extend(payload::unpack(&content).expect("a data file reads"));
        }
    }
    let text = String::from_utf8_lossy(&haystack);
    for internal in [
        "金丝雀C10不得外传",
        "金丝雀R13不得外传",
        "柯某某（未成年人）附条件不起诉案",
        "医药购销领域乱象调查",
        "研究室档案 2022-研-011",
        "澄委批〔2022〕31号",
        "澄检建〔2023〕21号",
    ] {
        assert!(!text.contains(internal), "{internal} is in the public edition");
    }
    for public in ["关于澄溪县未成年人文身情况的调研报告", "澄人常〔2022〕15号"] {
        assert!(text.contains(public), "{public} is missing from the public edition");
    }
    let refused = desk.run(&["build", "-q"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("另一类读者"));
}

#[test]
fn the_emblem_goes_along_and_a_missing_one_is_told_of() {
    let desk = Desk::new();
    desk.write("corpus/甲.md", GOOD);
    desk.write("corpus/图/院徽.png", "png");
    desk.write("corpus/jianyan.yaml", "title: 库\nemblem: 图/院徽.png\n");
    desk.expect(0, &["build", "-q"]);
    assert!(desk.path("site/files/图/院徽.png").is_file());
    assert!(desk.read("site/index.html").contains("class=\"emblem\""));
    desk.write("corpus/jianyan.yaml", "title: 库\nemblem: 图/没有.png\n");
    let json: Value = serde_json::from_str(&desk.expect(0, &["check", "--format", "json"]).0).unwrap();
    let missing = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "missing-emblem")
        .unwrap();
    assert_eq!(
        (
            missing["file"].as_str(),
            missing["line"].as_u64(),
            missing["column"].as_u64()
        ),
        (Some("jianyan.yaml"), Some(2), Some(9))
    );
    desk.expect(0, &["build", "-q"]);
    assert!(!desk.read("site/index.html").contains("class=\"emblem\""));
}

#[test]
fn attachments_that_are_linked_go_along() {
    let desk = Desk::new();
    desk.write(
        "corpus/报告/甲.md",
        format!("{GOOD}\n![图](<图片/图 一.png>)\n\n[附表](附表.xlsx) [网页](页.html)\n"),
    );
    desk.write("corpus/报告/图片/图 一.png", "png");
    desk.write("corpus/报告/附表.xlsx", "xlsx");
    desk.write("corpus/报告/页.html", "<script>alert(1)</script>");
    desk.write("corpus/报告/无关.pdf", "pdf");
    desk.run(&["build"]);
    let site = desk.path("site");
    assert!(site.join("files/报告/图片/图 一.png").is_file() && site.join("files/报告/附表.xlsx").is_file());
    assert!(!site.join("files/报告/页.html").exists(), "active content stays behind");
    assert!(
        !site.join("files/报告/无关.pdf").exists(),
        "only what is linked goes along"
    );
    let page = std::fs::read_to_string(site.join("报告/甲.html")).unwrap();
    assert!(
        page.contains("../files/%E6%8A%A5%E5%91%8A/%E5%9B%BE%E7%89%87/%E5%9B%BE%20%E4%B8%80.png"),
        "{page}"
    );
}
