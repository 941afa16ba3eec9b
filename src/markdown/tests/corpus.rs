//! Real documents, where they are at hand: 336 public cases, laws, interpretations and reports.

use super::page;
use super::*;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, found),
            path if path.extension().is_some_and(|ending| ending == "md") => found.push(path),
            _ => {}
        }
    }
}

fn is_sensible(text: &str) -> bool {
    let markup = ["**", "<!--", "<br", "【】", "\u{FDD0}", "&nbsp;"];
    !text.trim().is_empty() && text.trim_start() == text && !markup.iter().any(|mark| text.contains(mark))
}

#[test]
fn real_documents_render_whole() {
    // Beside the project or above it; elsewhere there is nothing to read.
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let folder = above
        .map(|folder| folder.join("shared/real-corpus"))
        .find(|folder| folder.is_dir());
    let mut paths = Vec::new();
    folder.iter().for_each(|folder| files(folder, &mut paths));
    let mut roles = std::collections::BTreeMap::<String, usize>::new();
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy();
        let title = scan(&text).first_heading.unwrap_or(name.to_string());
        let (rendered, _) = render("a.md", &text, 0..text.len(), &title, &Folder);
        page::check(&rendered);
        assert!(!rendered.blocks.is_empty(), "{name}");
        for heading in &rendered.headings {
            assert!(
                is_sensible(&heading.text) && heading.text.chars().count() <= 60,
                "{name}: {}",
                heading.text
            );
            *roles.entry(heading.role.clone().unwrap_or_default()).or_default() += 1;
        }
        for block in rendered.blocks.iter().filter(|_| name != "SOURCES") {
            assert!(is_sensible(&block.text), "{name}: {}", block.text);
        }
        for citation in &rendered.citations {
            assert!(
                citation.law.chars().count() >= 2 && !citation.law.starts_with(['《', '的']),
                "{name}: {citation:?}"
            );
        }
    }
    if !paths.is_empty() {
        for (role, least) in [
            ("关键词", 110),
            ("要旨", 105),
            ("基本案情", 150),
            ("检察机关履职过程", 60),
            ("指导意义", 95),
        ] {
            assert!(roles[role] >= least, "{role}: {roles:?}");
        }
    }
}
