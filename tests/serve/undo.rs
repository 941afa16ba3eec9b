//! Every write says what it wrote, and can be taken back as long as nobody else has changed the file.

use crate::serve::preview::{Answer, Preview, REPORT, report};
use serde_json::{Value, json};

/// What was answered to a write: what is said of it, and its undo.
fn written(answer: &Answer) -> (String, Value) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = answer.json();
    let name = &answer["undo"]["name"];
    assert_eq!(answer["undo"]["label"], "撤销", "{answer}");
    (answer["said"].as_str().unwrap().to_owned(), json!({ "undo": name }))
}

fn adoption(preview: &Preview) -> Value {
    preview.about(&json!({ "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某市委", "effect": "ordered" }))
}

#[test]
fn every_write_is_taken_back_to_the_byte() {
    let preview = Preview::start();
    let before = preview.files();
    let review = json!({ "visibility": "public", "by": "某岗", "date": "2024-05-06", "result": "可以公开" });
    for (action, form, file) in [
        ("save", report("新稿"), "调研报告/2024-05-01-新稿.md"),
        (
            "edit",
            preview.edit_of("调研报告/a.md", "\n三处采砂点。\n"),
            "调研报告/a.md",
        ),
        ("adopt", adoption(&preview), "调研报告/a.md"),
        ("review", preview.about(&review), "调研报告/a.md"),
    ] {
        let (said, undo) = written(&preview.post(action, &form));
        assert!(
            said.starts_with('已') && said.contains(&format!("写入 {file}")),
            "{action}: {said}"
        );
        assert_ne!(preview.files(), before, "{action}");
        let undone = preview.post("undo", &undo);
        assert_eq!(undone.status, 200, "{action}: {}", undone.body);
        assert!(
            undone.json()["said"].as_str().unwrap().contains(file),
            "{}",
            undone.body
        );
        assert_eq!(preview.files(), before, "{action}");
        assert_eq!(preview.post("undo", &undo).status, 409, "{action}: once");
    }
}

#[test]
fn a_write_that_somebody_has_changed_stays() {
    let preview = Preview::start();
    let (_, adopted) = written(&preview.post("adopt", &adoption(&preview)));
    let path = preview.corpus().join("调研报告/a.md");
    let theirs = preview.report().replace("某市委", "某省委");
    std::fs::write(&path, &theirs).unwrap();
    let refused = preview.post("undo", &adopted);
    assert_eq!(refused.status, 409);
    assert!(
        refused.json()["message"].as_str().unwrap().contains("又被改动"),
        "{}",
        refused.body
    );
    assert_eq!(preview.report(), theirs);

    // Of two writes of one's own the last one goes first.
    std::fs::write(&path, REPORT).unwrap();
    let (_, first) = written(&preview.post("edit", &preview.edit_of("调研报告/a.md", "\n三处采砂点。\n")));
    let between = preview.report();
    let (_, second) = written(&preview.post("edit", &preview.edit_of("调研报告/a.md", "\n四处采砂点。\n")));
    assert_eq!(preview.post("undo", &first).status, 409);
    assert_eq!(preview.post("undo", &second).status, 200);
    assert_eq!(preview.report(), between);
    assert_eq!(preview.post("undo", &first).status, 200);
    assert_eq!(preview.report(), REPORT);
}

#[test]
fn nothing_is_taken_back_for_a_stranger_or_without_a_write() {
    let preview = Preview::start();
    let (_, undo) = written(&preview.post("save", &report("新稿")));
    let before = preview.files();
    assert_eq!(preview.post_with("/_/undo", &undo, "").status, 403);
    for other in [json!({}), json!({ "undo": "" }), json!({ "undo": "0".repeat(32) })] {
        assert_eq!(preview.post("undo", &other).status, 409, "{other}");
    }
    assert_eq!(preview.files(), before);
    // What changed nothing has nothing to take back.
    let same = preview.edit_of("调研报告/a.md", "\n两处采砂点。\n");
    let answer = preview.post("edit", &same).json();
    assert!(
        answer["undo"].is_null() && answer["said"].as_str().unwrap().contains("未改动"),
        "{answer}"
    );
}
