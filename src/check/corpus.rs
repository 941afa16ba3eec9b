//! What records say of each other.

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::fields::Reader;
use crate::record::{Detail, Record, locate, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// Ids among which the nearest to an unknown one is looked for at most.
const CANDIDATES: usize = 2000;

/// Checks what records say of each other: ids and numbers that stand twice, references to ids that
/// aren't there. `sources` are those of the records, in any order; they give the places.
pub fn corpus(records: &[Record], sources: &[Source]) -> Vec<Diagnostic> {
    let mut check = Check {
        sources: sources.iter().map(|source| (source.file.as_str(), source)).collect(),
        diagnostics: Vec::new(),
    };
    check.doubles(records);
    check.references(records);
    crate::diagnostic::sort(&mut check.diagnostics);
    check.diagnostics
}

/// Where a value stands: at a path of the front matter, or in a line of the file.
enum Place {
    Path(Vec<String>),
    Line(u32),
}

struct Check<'a> {
    sources: BTreeMap<&'a str, &'a Source>,
    diagnostics: Vec<Diagnostic>,
}

impl Check<'_> {
    fn tell(&mut self, record: &Record, severity: Severity, code: &'static str, place: &Place, args: &Args) {
        let text = self
            .sources
            .get(record.file.as_str())
            .map_or("", |source| source.text.as_str());
        let reader = Reader::new(&record.file, text, Group::Record);
        let found = match place {
            Place::Line(line) => Some(reader.line_text(*line)),
            Place::Path(path) => self
                .sources
                .get(record.file.as_str())
                .and_then(|source| find(source, path)),
        };
        match found {
            Some(span) => reader.tell(severity, code, &span, args),
            None => reader.tell_file(severity, code, args),
        }
        self.diagnostics.extend(reader.finish());
    }

    /// Ids and numbers that an earlier record has.
    fn doubles(&mut self, records: &[Record]) {
        let mut ids: BTreeMap<String, &str> = BTreeMap::new();
        let mut numbers: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for record in records {
            let first = *ids.entry(record.id.to_lowercase()).or_insert(&record.file);
            if first != record.file {
                let args = [("id", &*record.id), ("first", first)];
                self.tell(
                    record,
                    Severity::Error,
                    "duplicate-id",
                    &Place::Path(vec!["id".into()]),
                    &args,
                );
            }
            let Some(number) = number(record) else { continue };
            let first = *numbers.entry((record.kind.key(), number)).or_insert(&record.file);
            if first != record.file {
                let args = [("number", number), ("first", first)];
                self.tell(
                    record,
                    Severity::Warning,
                    "duplicate-number",
                    &Place::Path(vec!["number".into()]),
                    &args,
                );
            }
        }
    }

    fn references(&mut self, records: &[Record]) {
        let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
        for record in records {
            for (place, id) in references(record).into_iter().filter(|(_, id)| !ids.contains(id)) {
                let nearest = nearest_id(id, &ids).unwrap_or_default();
                let args = [("id", id), ("nearest", nearest)];
                self.tell(record, Severity::Warning, "unknown-reference", &place, &args);
            }
        }
    }
}

/// Arguments of a diagnostic's sentences.
type Args<'a> = [(&'static str, &'a str)];

/// The value at a path, or what is nearest above it.
fn find(source: &Source, path: &[String]) -> Option<std::ops::Range<usize>> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    (1..=path.len())
        .rev()
        .find_map(|length| locate(source, &path[..length]))
}

fn number(record: &Record) -> Option<&str> {
    match &record.detail {
        Detail::Case(case) => case.number.as_deref(),
        Detail::Recommendation(recommendation) => recommendation.number.as_deref(),
        Detail::Report(_) | Detail::Topic(_) => None,
    }
}

/// Every reference to another document with its place.
fn references(record: &Record) -> Vec<(Place, &str)> {
    let mut all: Vec<_> = listed("related", &record.related)
        .chain(listed("supersedes", &record.supersedes))
        .collect();
    match &record.detail {
        Detail::Report(report) => {
            all.extend(single("topic", report.topic.as_ref()));
            for event in &report.adoptions {
                all.extend(event.leads_to.iter().map(|id| (Place::Line(event.line), id.as_str())));
            }
        }
        Detail::Recommendation(recommendation) => all.extend(single("source", recommendation.source.as_ref())),
        Detail::Topic(topic) => all.extend(listed("outputs", &topic.outputs)),
        Detail::Case(_) => {}
    }
    all
}

fn listed<'a>(key: &'a str, ids: &'a [String]) -> impl Iterator<Item = (Place, &'a str)> {
    ids.iter()
        .enumerate()
        .map(move |(index, id)| (Place::Path(vec![key.into(), index.to_string()]), id.as_str()))
}

fn single<'a>(key: &str, id: Option<&'a String>) -> Option<(Place, &'a str)> {
    id.map(|id| (Place::Path(vec![key.into()]), id.as_str()))
}

/// The id that was probably meant: the nearest of its folder, else of all, among the first few.
fn nearest_id<'a>(id: &'a str, ids: &BTreeSet<&'a str>) -> Option<&'a str> {
    let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder);
    let neighbours = || {
        ids.range(folder..)
            .copied()
            .take_while(|other| other.starts_with(folder))
    };
    let all = || ids.iter().copied();
    if folder.is_empty() || neighbours().next().is_none() {
        nearest(id, all().take(CANDIDATES))
    } else {
        nearest(id, neighbours().take(CANDIDATES))
    }
}
