//! Reads the settings files of a corpus.

use crate::corpus::decode::decode;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::disk::Inside;
use crate::record::fields::Reader;
use crate::settings::{Settings, people, scores, site, synonyms};
use crate::yaml::{self, Node};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

/// The site file.
pub(crate) const SITE: &str = "jianyan.yaml";

/// The roster. It is the office's own and in no public output.
pub(crate) const PEOPLE: &str = "people.yaml";

/// Manual entries of the ranking. They are the office's own and in no public output.
pub(crate) const SCORES: &str = "scores.yaml";

pub(crate) const SYNONYMS: &str = "synonyms.yaml";

/// Templates of the office's own.
const TEMPLATES: &str = "templates";

/// Bytes of a file of settings that is read at most: a roster of some ten thousand people has one.
const LARGEST: u64 = 4 << 20;

/// Reads the settings of a corpus folder: `jianyan.yaml`, `people.yaml`, `synonyms.yaml`, `scores.yaml`, and the
/// folder `templates/`, each optional. Like documents they are plain files inside the corpus. What can't be used is a diagnostic, and the default stands in its place.
pub fn read(root: &Path) -> (Settings, Vec<Diagnostic>) {
    let mut settings = Settings {
        synonyms: synonyms::with_thesaurus(Vec::new(), &[]),
        ..Settings::default()
    };
    let mut diagnostics = Vec::new();
    // A folder that can't be opened is reported where the documents are read.
    let Ok(inside) = Inside::of(root) else {
        return (settings, diagnostics);
    };
    let inside = &inside;
    with_file(inside, SITE, &mut diagnostics, |reader, node| {
        site::read(root, reader, node, &mut settings);
    });
    with_file(inside, PEOPLE, &mut diagnostics, |reader, node| {
        settings.people = people::read(reader, node);
    });
    with_file(inside, SYNONYMS, &mut diagnostics, |reader, node| {
        settings.synonyms = synonyms::read(reader, node);
    });
    with_file(inside, SCORES, &mut diagnostics, |reader, node| {
        settings.scores = scores::read(reader, node);
    });
    settings.templates = templates(inside, &mut diagnostics);
    (settings, diagnostics)
}

/// The texts of `templates/*.html`, by file name. What is wrong with one is found when it is used.
fn templates(inside: &Inside, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let names = match inside.names(TEMPLATES) {
        Ok(names) => names,
        Err(error) => {
            diagnostics.extend(told(inside, TEMPLATES, &error));
            return BTreeMap::new();
        }
    };
    let names = names.into_iter().filter_map(|name| name.into_string().ok());
    let mut found = BTreeMap::new();
    for name in names.filter(|name| name.ends_with(".html")) {
        match text(inside, &format!("{TEMPLATES}/{name}")) {
            Ok(text) => drop(found.insert(name, text)),
            Err(finding) => diagnostics.extend(finding),
        }
    }
    found
}

/// Parses a file where it is there and hands its tree over.
fn with_file(inside: &Inside, file: &str, diagnostics: &mut Vec<Diagnostic>, take: impl FnOnce(&Reader, &Node)) {
    let text = match text(inside, file) {
        Ok(text) => text,
        Err(finding) => return diagnostics.extend(finding),
    };
    let reader = Reader::new(file, &text, Group::Settings);
    let (node, problems) = yaml::parse(&text, 0);
    problems.iter().for_each(|problem| reader.tell_yaml(problem));
    if let Some(node) = node.filter(|node| !node.is_null()) {
        take(&reader, &node);
    }
    diagnostics.extend(reader.finish());
}

/// The text of a file; where it can't be read, what is to be said of that, which is nothing where there is none.
fn text(inside: &Inside, file: &str) -> Result<String, Option<Diagnostic>> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        inside.open_file(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| told(inside, file, &error))?;
    if bytes.len() as u64 > LARGEST {
        let limit = LARGEST >> 20;
        let finding = error("file-too-large", file).arg("size", limit).arg("limit", limit);
        return Err(Some(finding));
    }
    decode(bytes)
        .map(|decoded| decoded.text)
        .map_err(|_| Some(error("unknown-encoding", file)))
}

fn told(inside: &Inside, file: &str, fault: &io::Error) -> Option<Diagnostic> {
    let (code, reason) = inside.fault(file, fault)?;
    let finding = error(code, file);
    Some(match reason {
        Some(reason) => finding.arg("reason", reason),
        None => finding,
    })
}

fn error(code: &'static str, file: &str) -> Diagnostic {
    Diagnostic::new(Group::Settings, Severity::Error, code, file)
}
