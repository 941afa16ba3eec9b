//! The page of the site judges drafts as the program does.

use crate::client::engine::{Client, Files};
use crate::desk::Desk;
use jianyan::corpus::Source;
use jianyan::verify::Verifier;
use serde_json::json;
use std::path::Path;
use std::rc::Rc;

/// The files below a folder, by their paths in it.
fn files(folder: &Path, below: &str, all: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &format!("{path}/"), all);
        } else {
            drop(all.insert(path, std::fs::read(entry.path()).unwrap()));
        }
    }
}

/// The page's part of a site, without what it shows.
pub(super) fn page(desk: &Desk) -> Client {
    let mut all = Files::new();
    files(&desk.root().join("site/search"), "", &mut all);
    let client = Client::new(Rc::new(all));
    client.load(&jianyan::site::citing_script());
    client
}

/// Kind, text without blanks, and verdict of each citation.
type Judged = Vec<(String, String, String)>;

fn sorted(mut all: Judged) -> Judged {
    for (_, text, _) in &mut all {
        text.retain(|letter| !letter.is_whitespace());
    }
    all.sort();
    all
}

/// What the page says of a draft.
pub(super) fn in_browser(page: &Client, draft: &str) -> Judged {
    let asked = format!(
        "jianyan.judge({}, '2026-11-20').then(all => all.map(one => [one.kind, one.text, one.verdict]))",
        json!(draft)
    );
    sorted(serde_json::from_value(page.promised(&asked)).unwrap())
}

/// What the program says.
pub(super) fn in_program(verifier: &Verifier, draft: &str) -> Judged {
    let source = Source::body_only("稿".to_owned(), "稿.md".to_owned(), format!("{draft}\n"));
    let all = verifier.verify(&source).unwrap().into_iter();
    let judged = all.map(|it| (it.kind.key().to_owned(), it.text, it.judged.verdict.key().to_owned()));
    sorted(judged.collect())
}
