//! Whatever an office file holds is found in it, wherever it stands: text that is shown, and text that only the file has.

mod book;
mod open;
mod page;
mod slides;
mod word;

use crate::desk::Desk;
use jianyan::check::{Content, attachment};
use jianyan::import::{Draft, Loss, Refusal, read};
use jianyan::office;
use std::io::{Cursor, Write};

/// A file that holds a text: what it is called, and its bytes.
type File = (String, Vec<u8>);

/// An archive of parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    archive_of(&parts)
}

fn archive_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Files within files.
fn nested(text: &str) -> Vec<File> {
    let book = archive(&[
        ("xl/workbook.xml", "<workbook/>"),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet><sheetData><row><c t=\"str\"><v>{text}</v></c></row></sheetData></worksheet>"),
        ),
    ]);
    let word = archive(&[(
        "word/document.xml",
        &format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"),
    )]);
    let outer = "<w:document><w:body><w:p><w:r><w:t>看得见</w:t></w:r></w:p></w:body></w:document>";
    vec![
        (
            "嵌入工作簿.docx".to_owned(),
            archive_of(&[
                ("word/document.xml", outer.as_bytes()),
                ("word/embeddings/a.xlsx", &book),
            ]),
        ),
        (
            "嵌入文档.xlsx".to_owned(),
            archive_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/embeddings/a.docx", &word)]),
        ),
        (
            "嵌入文档.pptx".to_owned(),
            archive_of(&[
                ("ppt/presentation.xml", b"<p:presentation/>"),
                ("ppt/embeddings/a.docx", &word),
            ]),
        ),
    ]
}

/// Files of every format, each of which holds a text in another place.
fn all(text: &str) -> Vec<File> {
    [
        word::places(text),
        book::places(text),
        slides::places(text),
        open::places(text),
        page::places(text),
        nested(text),
    ]
    .concat()
}

fn codes(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let found = match office::read(name, bytes) {
        Ok(said) => attachment(name, Content::Said(&said)),
        Err(_) => attachment(name, Content::Unknown),
    };
    found.into_iter().map(|finding| finding.code).collect()
}

fn assert_all_found(text: &str, code: &str) {
    let missed: Vec<String> = all(text)
        .into_iter()
        .filter_map(|(name, bytes)| {
            let found = codes(&name, &bytes);
            (!found.contains(&code)).then(|| format!("{name}: {found:?}"))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn personal_data_is_found_in_every_place() {
    assert_all_found("电话13800138000", "privacy-mobile");
    assert_all_found("110101199003070011", "privacy-id-number");
}

#[test]
fn a_secrecy_mark_is_found_in_every_place() {
    assert_all_found("机密★1年", "classified");
}

#[test]
fn what_says_nothing_of_anybody_is_silent_in_every_place() {
    for text in ["情况说明", "一般附注", "2026年3月"] {
        for (name, bytes) in all(text) {
            let mut found = codes(&name, &bytes);
            // A file within the file is named as unread.
            found.retain(|code| *code != "attachment-partly-unchecked");
            assert_eq!(found, [""; 0], "{name}");
        }
    }
}

#[test]
fn an_import_looks_for_marks_in_every_place() {
    let taken: Vec<String> = all("机密★1年")
        .into_iter()
        .filter(|(name, bytes)| {
            let read = read(name, bytes, None);
            // What isn't imported at all is kept as an attachment, which is looked into before.
            !matches!(read, Err(Refusal::Classified | Refusal::KeepAsAttachment(_)))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(taken.is_empty(), "{taken:?}");
}

#[test]
fn nothing_of_it_leaves_with_a_public_document() {
    let desk = Desk::of_documents();
    let files: Vec<File> = [all("电话13800138000"), all("机密★1年")]
        .into_iter()
        .enumerate()
        .flat_map(|(at, files)| {
            files
                .into_iter()
                .map(move |(name, bytes)| (format!("{at}-{name}"), bytes))
        })
        .collect();
    let links: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("- [文件](<附件/{name}>)\n"))
        .collect();
    let body = links.concat();
    desk.write(
        "甲.md",
        format!(
            "---\nkind: report\ntitle: 甲的调研\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\ngenre: 调研报告\nvisibility: public\n\
             review: {{by: 办公室, date: 2024-03-06, result: 可以公开}}\n---\n\n{body}"
        ),
    );
    for (name, bytes) in &files {
        desk.write(&format!("附件/{name}"), bytes);
    }
    for arguments in [
        &["check", "--format", "json"][..],
        &["--audience", "public", "check", "--format", "json"],
    ] {
        let (found, _) = desk.expect(1, arguments);
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        for (name, _) in &files {
            let of_file = |finding: &&serde_json::Value| {
                finding["file"] == format!("附件/{name}") && finding["severity"] == "error"
            };
            let told = found["diagnostics"].as_array().unwrap().iter().find(of_file);
            assert!(told.is_some(), "{arguments:?} {name}");
        }
    }
    desk.run(&["--audience", "public", "build", "-q"]);
    assert!(!desk.root().join("site/files/附件").exists());
}

fn draft(name: &str, bytes: &[u8]) -> Draft {
    read(name, bytes, None).unwrap()
}

fn lost(draft: &Draft, loss: Loss) -> usize {
    let found = draft.losses.iter().find(|(known, _)| *known == loss);
    found.map_or(0, |(_, count)| *count)
}

#[test]
fn what_a_word_file_hides_is_in_no_draft_and_counted() {
    for (name, bytes) in word::hidden("藏起来的话") {
        let draft = draft(&name, &bytes);
        assert!(!draft.body.contains('藏'), "{name}: {}", draft.body);
        assert!(draft.body.contains("看得见"), "{name}: {}", draft.body);
        assert!(lost(&draft, Loss::Hidden) > 0, "{name}: {:?}", draft.losses);
    }
}

#[test]
fn what_a_word_file_shows_is_in_its_draft_or_counted() {
    for (name, bytes) in word::shown("亮出来的话") {
        let draft = draft(&name, &bytes);
        let counted = draft.losses.iter().any(|(loss, _)| matches!(loss, Loss::Header));
        assert!(
            draft.body.contains("亮出来的话") || counted,
            "{name}: {} {:?}",
            draft.body,
            draft.losses
        );
    }
}

#[test]
fn signs_that_would_hide_a_text_are_shown_as_they_are() {
    for text in ["%%内部意见%%", "前%%内部%%后", "%% 一", "增长50%%", "%%%%"] {
        for (name, bytes) in word::typed(text) {
            let draft = draft(&name, &bytes);
            let shown = jianyan::reading::Reading::of(&jianyan::corpus::Source::body_only(
                "a".into(),
                "a.md".into(),
                draft.body.clone(),
            ));
            let seen = shown.body().iter().any(|passage| {
                passage.what != jianyan::reading::What::Hidden && passage.text.text().contains(text.trim())
            });
            assert!(seen && shown.unclosed.is_empty(), "{name}: {text}: {}", draft.body);
        }
    }
}
