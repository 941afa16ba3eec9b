//! Reads the settings files of a corpus.

use crate::corpus::decode::decode;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::fields::Reader;
use crate::settings::{Settings, people, scores, site, synonyms};
use crate::yaml::{self, Node};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The roster. It is the office's own and in no public output.
pub const PEOPLE: &str = "people.yaml";

/// Manual entries of the ranking. They are the office's own and in no public output.
pub const SCORES: &str = "scores.yaml";

/// The synonyms.
pub const SYNONYMS: &str = "synonyms.yaml";

/// Templates of the office's own.
const TEMPLATES: &str = "templates";

/// Reads the settings of a corpus folder: `jianyan.yaml`, `people.yaml`, `synonyms.yaml`, `scores.yaml`, and the
/// folder `templates/`, each optional. What can't be used is a diagnostic, and the default stands in its place.
pub fn read(root: &Path) -> (Settings, Vec<Diagnostic>) {
    let mut settings = Settings::default();
    let mut diagnostics = Vec::new();
    with_file(root, "jianyan.yaml", &mut diagnostics, |reader, node| {
        site::read(root, reader, node, &mut settings)
    });
    with_file(root, PEOPLE, &mut diagnostics, |reader, node| {
        settings.people = people::read(reader, node)
    });
    with_file(root, SYNONYMS, &mut diagnostics, |reader, node| {
        settings.synonyms = synonyms::read(reader, node)
    });
    with_file(root, SCORES, &mut diagnostics, |reader, node| {
        settings.scores = scores::read(reader, node)
    });
    settings.templates = templates(root, &mut diagnostics);
    (settings, diagnostics)
}

/// The texts of `templates/*.html`, by file name. What is wrong with one is found when it is used.
fn templates(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(root.join(TEMPLATES)).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let mut found = BTreeMap::new();
    for name in names.filter(|name| name.ends_with(".html")) {
        let file = format!("{TEMPLATES}/{name}");
        match std::fs::read(root.join(&file)).map(decode) {
            Ok(Ok(decoded)) => {
                found.insert(name, decoded.text);
            }
            Ok(Err(_)) => diagnostics.push(Diagnostic::new(
                Group::Settings,
                Severity::Error,
                "unknown-encoding",
                &file,
            )),
            Err(error) => diagnostics
                .push(Diagnostic::new(Group::Settings, Severity::Error, "unreadable-file", &file).arg("reason", error)),
        }
    }
    found
}

/// Parses a file where it is there and hands its tree over.
fn with_file(root: &Path, file: &str, diagnostics: &mut Vec<Diagnostic>, take: impl FnOnce(&Reader, &Node)) {
    let whole = |code| Diagnostic::new(Group::Settings, Severity::Error, code, file);
    let bytes = match std::fs::read(root.join(file)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return diagnostics.push(whole("unreadable-file").arg("reason", error)),
    };
    let Ok(decoded) = decode(bytes) else {
        return diagnostics.push(whole("unknown-encoding"));
    };
    let reader = Reader::new(file, &decoded.text, Group::Settings);
    let (node, problems) = yaml::parse(&decoded.text, 0);
    problems.iter().for_each(|problem| reader.tell_yaml(problem));
    if let Some(node) = node.filter(|node| !node.is_null()) {
        take(&reader, &node);
    }
    diagnostics.extend(reader.finish());
}
