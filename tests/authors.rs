//! What authors have written for them: new files, and the schema that editors help them by.

use crate::desk;

use desk::Desk;
use serde_json::Value;
use std::path::Path;

/// Name of the only file in a folder of the corpus.
fn only_file(folder: &Path) -> String {
    let names: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    assert_eq!(names.len(), 1);
    names[0].file_name().into_string().unwrap()
}

#[test]
fn a_new_file_of_each_kind_builds_and_check_asks_for_nothing_but_content() {
    let desk = Desk::of_documents();
    desk.write("jianyan.yaml", "unit: 某县人民检察院\n");
    for (kind, folder, heading) in [
        ("report", "调研报告", "四、对策建议"),
        ("案例", "案例", "检察机关履职过程"),
        ("检察建议", "检察建议", "五、异议期限"),
        ("topic", "项目（课题）", "预期成果"),
        ("law", "法律法规", "第一条"),
    ] {
        let title = format!("关于“{folder}”: 一 # 二/三?");
        let (path, _) = desk.expect(0, &["new", kind, &title]);
        let name = only_file(&desk.path(folder));
        assert!(path.trim_end().ends_with(&name));
        assert!(
            name.starts_with("2026-11-20-关于“") && !name.contains(['/', ':', '?', '#', '"']),
            "{name}"
        );
        assert!(desk.read(&format!("{folder}/{name}")).contains(heading));
    }
    for finding in desk.findings() {
        assert_eq!(finding, ("note".into(), "missing-summary".into()));
    }
    let pages = desk.pages();
    for word in [
        "关于“案例”: 一 # 二/三?",
        "五、异议期限",
        "某县人民检察院",
        "2026-11-20",
    ] {
        assert!(
            pages.contains(word) || pages.contains(&word.replace('/', "&#x2f;")),
            "{word}"
        );
    }
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let desk = Desk::of_documents();
    desk.expect(0, &["new", "report", "Survey 一", "--date", "2024年3月5日"]);
    let name = "调研报告/2024-03-05-Survey-一.md";
    desk.write(name, "我的文字");
    let (_, said) = desk.expect(2, &["new", "report", "SURVEY 一", "--date", "2024-03-05"]);
    assert!(said.contains("不会覆盖"), "{said}");
    assert_eq!(desk.read(name), "我的文字");
    assert_eq!(only_file(&desk.path("调研报告")), "2024-03-05-Survey-一.md");
}

#[test]
fn what_can_not_be_is_refused_with_the_allowed_values() {
    let desk = Desk::of_documents();
    let (_, said) = desk.expect(2, &["new", "reprot", "题目"]);
    assert!(said.contains("report"), "{said}");
    desk.expect(2, &["new", "report", "?!"]);
    // Nobody is asked where there is no terminal.
    for missing in [&["new"] as &[&str], &["new", "report"]] {
        assert!(desk.expect(2, missing).1.contains("请写明类别和标题"));
    }
    desk.expect(2, &["new", "report", "题目", "--date", "2024-13-05"]);
    assert!(std::fs::read_dir(desk.path("")).unwrap().next().is_none());
}

#[test]
fn the_schema_has_every_key_in_both_languages_and_the_values_of_the_reader() {
    let desk = Desk::of_documents();
    desk.write("jianyan.yaml", "vocabularies:\n  genre: [调研报告, 手记]\n");
    let schema: Value = serde_json::from_str(&desk.expect(0, &["schema"]).0).unwrap();
    for key in ["title", "标题", "date", "成文日期", "review", "保密审查"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    let has = |value: &Value, word: &str| value["enum"].as_array().unwrap().iter().any(|known| known == word);
    assert!(has(&schema["properties"]["类别"], "案例") && has(&schema["properties"]["kind"], "case"));
    let of_kinds = schema["allOf"].as_array().unwrap();
    assert_eq!(of_kinds.len(), 5);
    let report = &of_kinds[0]["then"];
    let event = &report["properties"]["adoptions"]["anyOf"][1]["items"]["properties"];
    assert!(has(&event["form"], "resolution") && has(&event["转化形式"], "人大决议") && has(&event["层级"], "县级"));
    assert!(has(&report["propertyNames"], "转化情况") && !has(&report["propertyNames"], "addressee"));
    assert!(has(&report["properties"]["genre"], "手记"));
    let reply = &of_kinds[2]["then"]["properties"]["回复"]["anyOf"][1]["properties"];
    assert!(has(&reply["outcome"], "部分采纳"));
}
