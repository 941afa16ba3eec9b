//! The last look: everything new in a public edition is judged once more in the form in which it leaves.
//!
//! **Invariant**: whatever way a text takes from the corpus to a file of the public site, a rule that sees personal data
//! in that file, and that saw none such in the document or was not silenced there, keeps the edition from being put in
//! place. The document is held back by its id ([`crate::build::load_without`]), and the site made again without it.

use super::Loaded;
use crate::audience::Audience;
use crate::cache::Stamp;
use crate::check::{self, Seen};
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::reading::Reading;
use crate::settings::{SITE, Settings};
use crate::sink::Sink;
use crate::site::Entry;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Files of the program itself, the same in every site.
const PROGRAM: &str = "assets/";
/// Files that say in another form what the records as JSON say.
const PACKED: &str = "search/";
/// Files of records, each of which was looked at by itself, so that it is known whose it is.
const RECORDS: &str = "data/records-";
/// Attachments, judged in this form before anything leads to them.
const ATTACHED: &str = "files/";

/// Personal data in what was to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The id of the document that it comes from; none where no document is known to hold it.
    pub id: Option<String>,
    /// What holding the document back says of it.
    pub finding: Diagnostic,
}

/// A sink that looks at what goes through it.
pub(super) struct Look<'a> {
    entries: &'a [Entry],
    audience: Audience,
    sink: &'a dyn Sink,
    /// Entries by the names of their files, without the ending.
    names: OnceLock<BTreeMap<&'a str, usize>>,
    /// What the rules see in the site file, which the office answers for.
    official: Vec<Seen>,
    /// What the rules see in all documents; made when something is seen in what isn't one document's.
    known: OnceLock<Vec<Seen>>,
    leaks: Mutex<Vec<Leak>>,
}

impl<'a> Look<'a> {
    /// Looks at what goes to a sink, where it is the public's.
    pub(super) fn new(loaded: &'a Loaded, sink: &'a dyn Sink) -> Self {
        Self {
            entries: &loaded.entries,
            audience: loaded.audience,
            sink,
            names: OnceLock::new(),
            official: of_settings(&loaded.settings),
            known: OnceLock::new(),
            leaks: Mutex::default(),
        }
    }

    /// What was seen, a leak a document.
    pub(super) fn leaks(&self) -> Vec<Leak> {
        let mut leaks = std::mem::take(&mut *self.leaks.lock().unwrap_or_else(PoisonError::into_inner));
        leaks.sort_by(|one, other| one.finding.file.cmp(&other.finding.file).then(one.id.cmp(&other.id)));
        leaks.dedup_by(|one, other| one.finding.file == other.finding.file);
        leaks
    }

    /// Looks at the record of a document, which goes to the file of a path with others.
    pub(super) fn look_at_record(&self, path: &str, index: usize, record: &str) {
        if self.audience == Audience::Public {
            self.judge(path, record.as_bytes(), Some(index));
        }
    }

    fn look(&self, path: &str, bytes: &[u8]) {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        self.judge(path, bytes, self.names().get(stem).copied());
    }

    /// Looks at a text, which may be one of a document's own.
    fn judge(&self, path: &str, bytes: &[u8], own: Option<usize>) {
        let seen = check::seen(&read(path, bytes));
        if seen.is_empty() {
            return;
        }
        let own_known = own.map(|index| of_entry(&self.entries[index]));
        let known = own_known.as_ref().unwrap_or_else(|| self.known());
        for one in seen {
            if !known.iter().chain(&self.official).any(|other| one.resembles(other)) {
                self.note(path, &one, own.or_else(|| self.origin(&one)));
            }
        }
    }

    fn names(&self) -> &BTreeMap<&'a str, usize> {
        self.names.get_or_init(|| {
            let pages = self.entries.iter().enumerate();
            pages
                .map(|(index, entry)| (entry.page.strip_suffix(".html").unwrap_or(&entry.page), index))
                .collect()
        })
    }

    fn known(&self) -> &Vec<Seen> {
        self.known
            .get_or_init(|| self.entries.iter().flat_map(of_entry).collect())
    }

    /// The first document whose text holds the characters.
    fn origin(&self, seen: &Seen) -> Option<usize> {
        let holds = |entry: &Entry| !check::occurrences(&entry.document.source().text, seen.text()).is_empty();
        self.entries.iter().position(holds)
    }

    fn note(&self, path: &str, seen: &Seen, origin: Option<usize>) {
        let entry = origin.map(|index| &self.entries[index]);
        let file = entry.map_or(path, |entry| &entry.document.record().file);
        let code = if entry.is_some() { "last-look" } else { "last-look-page" };
        let finding = Diagnostic::new(Group::Privacy, Severity::Error, code, file)
            .arg("masked", seen.masked())
            .arg("page", path);
        let id = entry.map(|entry| entry.document.record().id.clone());
        let mut leaks = self.leaks.lock().unwrap_or_else(PoisonError::into_inner);
        leaks.push(Leak { id, finding });
    }
}

impl Sink for Look<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        let is_looked_at = [PROGRAM, PACKED, RECORDS].iter().any(|begin| path.starts_with(begin));
        if self.audience == Audience::Public && !is_looked_at {
            self.look(path, &bytes);
        }
        self.sink.put(path, bytes)
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.sink.keep(path, stamp)
    }
}

/// What the rules see in a document, and its author let stand.
fn of_entry(entry: &Entry) -> Vec<Seen> {
    check::seen(&Reading::of(entry.document.source())).into_iter().collect()
}

/// What the rules see in what the office says of itself on every page.
fn of_settings(settings: &Settings) -> Vec<Seen> {
    let said = [&settings.unit, &settings.footer, &settings.filing];
    let texts = said.into_iter().flatten().chain([&settings.title]);
    let texts: Vec<(&str, String)> = texts.map(|text| ("", text.clone())).collect();
    check::seen(&Reading::of_values("", texts.into_iter()))
        .into_iter()
        .collect()
}

/// What of a person the site file puts on every page. An office's own telephone and address belong there.
pub(super) fn of_site_file(settings: &Settings) -> Vec<Diagnostic> {
    const OF_OFFICES: [&str; 4] = [
        "privacy-landline",
        "privacy-email",
        "privacy-address",
        "privacy-account",
    ];
    let of_people = of_settings(settings)
        .into_iter()
        .filter(|seen| !OF_OFFICES.contains(&seen.code()));
    let found = of_people
        .map(|seen| Diagnostic::new(Group::Privacy, Severity::Warning, seen.code(), SITE).arg("masked", seen.masked()));
    found.collect()
}

/// What a person, or a program, reads in a file of the site.
fn read(path: &str, bytes: &[u8]) -> Reading {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !path.starts_with(ATTACHED) => text,
        _ => return Reading::of_name(path),
    };
    match ending {
        "html" | "xml" => Reading::of_markup(path, text),
        "md" => Reading::of(&Source::of(path.to_owned(), path.to_owned(), text.to_owned())),
        "json" => match serde_json::from_str(text) {
            Ok(value) => Reading::of_values(path, values("", &value).into_iter()),
            Err(_) => Reading::of_lines(path, text),
        },
        _ => Reading::of_lines(path, text),
    }
}

/// The texts and numbers in a value, each with its key.
fn values<'v>(key: &'v str, value: &'v Value) -> Vec<(&'v str, String)> {
    match value {
        Value::Null | Value::Bool(_) => Vec::new(),
        Value::Number(number) => vec![(key, number.to_string())],
        Value::String(text) => vec![(key, text.clone())],
        Value::Array(list) => list.iter().flat_map(|item| values(key, item)).collect(),
        Value::Object(map) => map.iter().flat_map(|(key, item)| values(key, item)).collect(),
    }
}
