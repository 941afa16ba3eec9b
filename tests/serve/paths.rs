//! Nothing is read or written outside of the corpus.

use crate::serve::preview::{Preview, REPORT, report};
use serde_json::json;

#[test]
fn no_path_leads_out_of_the_corpus() {
    let preview = Preview::start();
    let outside = preview.root.path().join("outside.md");
    let before = preview.files();
    for file in [
        "../outside.md",
        "调研报告/../../outside.md",
        "%2e%2e/outside.md",
        "..%2foutside.md",
        "..\\outside.md",
        outside.to_str().unwrap(),
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "调研报告/a.md\0",
        "",
    ] {
        let answer = preview.post("edit", &preview.edit_of(file, "\n侵入\n"));
        assert!(
            matches!(answer.status, 403 | 422),
            "{file}: {} {}",
            answer.status,
            answer.body
        );
        for action in ["adopt", "reply", "preview", "fix"] {
            let form = json!({ "file": file, "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某委", "effect": "ordered", "outcome": "采纳", "mark": preview.mark() });
            let answer = preview.post(action, &form);
            assert!(
                answer.json().get("next").is_none() && !answer.body.contains("外面的"),
                "{action} {file}: {}",
                answer.body
            );
        }
    }
    for target in [
        "/../outside.md",
        "/%2e%2e/outside.md",
        "/..%2f..%2foutside.md",
        "//etc/passwd",
        "/files/../../outside.md",
    ] {
        let answer = preview.get(target);
        assert!(answer.status == 404 && !answer.body.contains("外面的"), "{target}");
    }
    assert_eq!(preview.files(), before);
    // A title is a name, whatever it says; a name of an upload is not a path.
    for title in ["../../出逃", "..\\..\\出逃", "/etc/出逃", "C:出逃"] {
        preview.post("save", &report(title));
    }
    for name in ["../出逃.pdf", "..%5C出逃.pdf", "/tmp/出逃.pdf", ".出逃.pdf", "a\0.pdf"] {
        let name: String = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string();
        let head = format!(
            "POST /_/import?token={}&name={name} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/octet-stream\r\nContent-Length: 4\r\n\r\n%PDF",
            preview.served.token, preview.served.address
        );
        assert_eq!(preview.raw(head.as_bytes()).status, 422, "{name}");
    }
    let inside = preview.corpus();
    let strays: Vec<_> = preview
        .files()
        .into_iter()
        .filter(|(path, _)| path.contains("出逃") && !path.starts_with(inside.to_str().unwrap()))
        .collect();
    assert!(strays.is_empty(), "{strays:?}");
    assert!(!std::fs::exists("/tmp/出逃.pdf").unwrap() && std::fs::read_to_string(outside).unwrap() == "外面的文件\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::symlink;
    let preview = Preview::start();
    let outside = preview.root.path().join("out");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("b.md"), REPORT).unwrap();
    symlink(&outside, preview.corpus().join("案例")).unwrap();
    let mut form = report("出逃");
    form["kind"] = json!("case");
    let answer = preview.post("save", &form);
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert!(answer.body.contains("语料文件夹之外"));
    // A document that becomes a link after it was read.
    let (edit, file) = (
        preview.edit_of("调研报告/a.md", "\n侵入\n"),
        preview.corpus().join("调研报告/a.md"),
    );
    std::fs::remove_file(&file).unwrap();
    symlink(outside.join("b.md"), &file).unwrap();
    let answer = preview.post("edit", &edit);
    assert!(matches!(answer.status, 403 | 409), "{}", answer.body);
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(outside.join("b.md")).unwrap(), REPORT);
}
