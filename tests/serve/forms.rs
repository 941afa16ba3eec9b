//! What is filled in is written whole, or told at its field and not at all.

use crate::serve::preview::{Answer, Preview, REPORT, report};
use serde_json::json;
use std::path::Path;

#[test]
fn of_two_writers_one_is_told() {
    let preview = Preview::start();
    let (one, other) = (
        preview.edit_of("调研报告/a.md", "\n三处采砂点。\n"),
        preview.edit_of("调研报告/a.md", "\n四处采砂点。\n"),
    );
    assert_eq!(preview.post("edit", &one).status, 200);
    let refused = preview.post("edit", &other);
    assert_eq!(refused.status, 409);
    assert!(refused.json()["message"].as_str().unwrap().contains("已被改动"));
    assert_eq!(
        preview.report(),
        REPORT.replace("两处", "三处"),
        "every other byte as it was"
    );
    let entry = json!({ "file": "调研报告/a.md", "mark": other["mark"], "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某委", "effect": "ordered" });
    assert_eq!(preview.post("adopt", &entry).status, 409);

    // At the same moment: one is written whole, and the other is told.
    let mark = preview.mark();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|number| {
                let (preview, mark) = (&preview, mark.clone());
                scope.spawn(move || {
                    let mut form =
                        json!({ "file": "调研报告/a.md", "front": "title: 河道\n", "body": format!("\n{number}\n") });
                    form["mark"] = json!(mark);
                    preview.post("edit", &form).status
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|&&status| status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [200, 409].contains(status)),
        "{statuses:?}"
    );

    let saved: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| preview.post("save", &report("同题")).status))
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(saved.iter().filter(|&&status| status == 200).count(), 1, "{saved:?}");
}

#[test]
fn a_classified_text_is_neither_saved_nor_shown() {
    let preview = Preview::start();
    let before = preview.files();
    let mut form = report("题目");
    form["body"] = json!("机密★一年\n\n不得入库的内容");
    for action in ["save", "preview"] {
        let answer = preview.post(action, &form);
        assert!(
            !answer.json()["html"].to_string().contains("不得入库"),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("涉密文件不得存入本库"), "{}", answer.body);
    }
    let edit = preview.edit_of("调研报告/a.md", "机密★一年\n");
    assert_eq!(preview.post("edit", &edit).status, 422);
    assert_eq!(preview.files(), before);
}

#[test]
fn what_has_one_right_answer_is_fixed_in_the_form_and_nothing_is_written() {
    let preview = Preview::start();
    let before = preview.files();
    let mut form = report("题目");
    form["tags"] = json!("电话13812345678");
    form["body"] = json!("## 一、情况\n\n电话13812345678。\n");
    let offered = preview.post("preview", &form).json();
    assert_eq!(offered["fixable"], 1, "{offered}");
    // What stands in a field is its own.
    let fixed = preview.post("fix", &form).json();
    assert_eq!(
        (&fixed["count"], &fixed["body"]),
        (&json!(1), &json!("## 一、情况\n\n电话×××。\n"))
    );

    let mut edit = preview.edit_of("调研报告/a.md", "\n电话13812345678。\n");
    edit["front"] = json!("kind: report\ntitel: 河道\ndate: 2024.3.5\n");
    let fixed = preview.post("fix", &edit).json();
    assert!(fixed["front"].as_str().unwrap().contains("title: 河道\n"), "{fixed}");
    assert_eq!(fixed["body"], "\n电话×××。\n");
    assert_eq!(preview.files(), before);
}

#[test]
fn every_mistake_is_told_at_its_field() {
    let preview = Preview::start();
    let field = |answer: &Answer, field: &str| {
        let answer = answer.json();
        let problem = answer["problems"]
            .as_array()
            .unwrap()
            .iter()
            .find(|problem| problem["field"] == field)
            .cloned();
        problem
            .map(|problem| problem["message"].as_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    for (action, key, value, expected) in [
        ("preview", "title", "", "请写明标题"),
        ("save", "title", "", "请写明标题"),
        ("save", "title", "？？", "请写明标题"),
        ("save", "date", "", "请写明日期"),
        ("save", "date", "三月", "不是日期"),
        ("preview", "date", "2030-01-01", "2030"),
        ("preview", "genre", "调研报", "调研报"),
        ("preview", "summary", "", "摘要"),
        ("save", "visibility", "public", "保密审查"),
    ] {
        let mut form = report("题目");
        form[key] = json!(value);
        let told_at = key;
        let answer = preview.post(action, &form);
        let told = field(&answer, told_at);
        assert!(told.contains(expected), "{key}={value}: {told} in {}", answer.body);
    }
    let untitled = preview
        .post("preview", &json!({ "kind": "report", "body": "正文。" }))
        .json();
    assert_eq!(untitled["title"], "", "{untitled}");
    let entry = |key: &str, value: &str| {
        let mut form = json!({ "file": "调研报告/a.md", "mark": preview.mark(), "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某市委", "effect": "ordered" });
        form[key] = json!(value);
        preview.post("adopt", &form)
    };
    for (key, value, expected) in [
        ("date", "", "请填写"),
        ("date", "去年", "请写明日期"),
        ("form", "赞扬", "请从列表中选择"),
        ("authority", " ", "请填写"),
    ] {
        let answer = entry(key, value);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(field(&answer, key).contains(expected), "{key}={value}: {}", answer.body);
    }
    assert_eq!(preview.report(), REPORT, "nothing was written");
    assert_eq!(entry("note", "一").status, 200);
    let entered = preview.report();
    assert!(
        entered.contains("  - date: 2024-05-01\r\n    form: instruction\r\n") && entered.ends_with("两处采砂点。\r\n"),
        "{entered}"
    );
    assert_eq!(entry("note", "一").status, 422, "the same event is not entered twice");
    assert!(Path::new(&preview.corpus()).is_dir());
}

#[test]
fn a_review_is_recorded_where_nothing_speaks_against_it() {
    let preview = Preview::start();
    let review =
        json!({ "visibility": "public", "by": "办公室保密审查岗", "date": "2024-05-06", "result": "可以公开" });
    // What must not be published stays as it is.
    let path = preview.corpus().join("调研报告/a.md");
    let leaking = REPORT.replace("两处", "联系电话13800138000，两处");
    std::fs::write(&path, &leaking).unwrap();
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(
        answer.body.contains("未登记，文件未改动") && answer.body.contains("手机号码"),
        "{}",
        answer.body
    );
    assert_eq!(preview.report(), leaking);
    std::fs::write(&path, REPORT).unwrap();
    for (key, expected) in [("by", "请填写"), ("date", "请填写"), ("visibility", "请填写")] {
        let mut missing = preview.about(&review);
        missing[key] = json!("");
        let answer = preview.post("review", &missing);
        assert_eq!(answer.status, 422, "{key}");
        assert!(answer.body.contains(expected), "{key}: {}", answer.body);
    }
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let front = "summary: 摘要。\r\nreview:\r\n  by: 办公室保密审查岗\r\n  date: 2024-05-06\r\n  result: 可以公开\r\nvisibility: public\r\n---\r\n";
    assert!(preview.report().contains(front), "{}", preview.report());
    // It is recorded once.
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("已有这项登记"), "{}", answer.body);
}

#[test]
fn a_review_changes_whom_a_document_is_for_in_its_own_words() {
    for (front, expected) in [
        (
            "visibility: internal # 公开的须先审查\nreview: # 保密审查\n",
            "visibility: public # 公开的须先审查\nreview: # 保密审查\n  by: 某岗\n",
        ),
        ("公开范围: 内部\n", "公开范围: 公开\nreview:\n  by: 某岗\n"),
    ] {
        let preview = Preview::start();
        let path = preview.corpus().join("调研报告/a.md");
        let text = REPORT
            .replace("\r\n", "\n")
            .replace("summary: 摘要。\n", &format!("summary: 摘要。\n{front}"));
        std::fs::write(&path, &text).unwrap();
        let form = json!({ "visibility": "public", "by": "某岗", "date": "2024-05-06", "result": "可以公开" });
        let answer = preview.post("review", &preview.about(&form));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(preview.report().contains(expected), "{}", preview.report());
    }
}

#[test]
fn a_document_is_downloaded_as_a_word_file_from_its_page() {
    let preview = Preview::start();
    let page = preview.get("/%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html");
    let link = page
        .body
        .split("_/word?page=")
        .nth(1)
        .unwrap_or_else(|| panic!("{}", page.body));
    assert!(page.body.contains("download=\"河道.docx\""));
    let file = preview.get(&format!("/_/word?page={}", link.split('"').next().unwrap()));
    assert_eq!(file.status, 200);
    assert!(file.head.contains("wordprocessingml.document") && file.body.starts_with("PK"));
    // It is sent to others: it carries nothing but what its page shows.
    assert!(file.body.contains("word/document.xml") && !file.body.contains("customXml"));
    assert_eq!(preview.get("/_/word?page=outside.html").status, 404);
}
