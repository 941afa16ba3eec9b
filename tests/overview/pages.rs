//! The pages of a build, and what stands on them.

use crate::overview::front_matter::root;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const NOW: &str = "2026-11-20";

pub(super) struct Built {
    _folder: tempfile::TempDir,
    pub site: PathBuf,
}

pub(super) fn build(corpus: &Path, public: bool) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args([
            "--now",
            NOW,
            "--lang",
            "zh",
            "--audience",
            if public { "public" } else { "internal" },
        ])
        .arg("--corpus")
        .arg(corpus)
        .arg("--site")
        .arg(&site)
        .arg("--index")
        .arg(folder.path().join("index"))
        .arg("build")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Built { _folder: folder, site }
}

impl Built {
    pub(super) fn page(&self, path: &str) -> Html {
        Html::parse_document(
            &std::fs::read_to_string(self.site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")),
        )
    }
}

pub(super) fn sample(public: bool) -> Built {
    build(&root().join("corpus"), public)
}

pub(super) fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

pub(super) fn text(element: ElementRef) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The cells of each row of a table's body.
pub(super) fn rows(page: &Html, selector: &str) -> Vec<Vec<String>> {
    let cell = Selector::parse("th, td").unwrap();
    let rows = all(page, selector).into_iter();
    rows.map(|row| row.select(&cell).map(text).collect()).collect()
}

pub(super) fn figures(page: &Html) -> BTreeMap<String, String> {
    let found = all(page, "[data-figure]").into_iter();
    found
        .map(|element| (element.value().attr("data-figure").unwrap().to_owned(), text(element)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Label and value of each bar of a chart, by the table behind it.
pub(super) fn bars(page: &Html, chart: &str) -> Vec<Vec<String>> {
    rows(page, &format!("section[aria-labelledby='{chart}'] .behind tbody tr"))
}
