//! What records say of each other.

use crate::check::chain::{self, Directory};
use crate::check::names::Spellings;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::date::Day;
use crate::record::fields::Reader;
use crate::record::front::Places;
use crate::record::{self, Adoption, Detail, Effect, Form, Record, nearest};
use crate::text::normalize;
use std::collections::{BTreeMap, BTreeSet};

/// Ids among which the nearest to an unknown one is looked for at most.
const CANDIDATES: usize = 2000;

/// Checks what records say of each other: ids and numbers that stand twice, references to ids that
/// aren't there, figures that stand twice in a chain. `sources` are those of the records, in any
/// order; they give the places.
pub fn corpus(records: &[&Record], sources: &[&Source]) -> Vec<Diagnostic> {
    let sources: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.file.as_str(), *source)).collect();
    let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
    let mut doubles = Doubles::default();
    let directory = chain::Directory::new(records);
    let numbered = Numbered::new(records);
    let copies = record::copies(records);
    let spellings = Spellings::new(records);
    let figures_twice = chain::figures_twice(records, &|at| records[at].draft || copies[at].is_some());
    let mut diagnostics = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let teller = Teller::new(record, sources.get(record.file.as_str()).copied());
        doubles.check(record, &teller);
        // Of documents with one id the first stays; that has been said.
        let original = copies[index].map(|original| records[original]);
        if let Some(original) = original.filter(|original| original.id.to_lowercase() != record.id.to_lowercase()) {
            tell_copy(record, original, &teller);
        }
        for (place, id) in references(record).into_iter().filter(|(_, id)| !ids.contains(id)) {
            let nearest = nearest_id(id, &ids).unwrap_or_default();
            teller.tell(
                Severity::Warning,
                "unknown-reference",
                &place,
                &[("id", id), ("nearest", nearest)],
            );
        }
        for twice in figures_twice.iter().filter(|twice| twice.record == index) {
            let args = [
                ("key", twice.key),
                ("name", twice.name),
                ("counts", &*records[twice.counts].id),
            ];
            teller.tell(Severity::Warning, "figure-twice", &Place::Line(twice.line), &args);
        }
        for variant in spellings.variants(record) {
            let (place, args) = (
                Place::Path(vec![variant.key.into()]),
                [("name", variant.name), ("other", variant.other)],
            );
            teller.tell(Severity::Note, "name-variant", &place, &args);
        }
        for event in adoptions(record) {
            numbered.check(record, event, &teller);
            if let Some((code, number)) = unnamed(event, &directory) {
                teller.tell(Severity::Warning, code, &Place::Line(event.line), &[("number", number)]);
            }
        }
        diagnostics.extend(teller.reader.finish());
    }
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// Why an event of 制发检察建议 doesn't name one: the rule, and the 文号 where there is one.
fn unnamed<'a>(event: &'a Adoption, directory: &Directory) -> Option<(&'static str, &'a str)> {
    if event.form != Form::Recommendation || !directory.recommendations(event).is_empty() {
        return None;
    }
    let number = event.document.as_deref().unwrap_or_default();
    // A reference that leads nowhere has its own warning.
    let leads_nowhere = event.leads_to.iter().any(|id| directory.find(id).is_none());
    match (number.is_empty(), event.leads_to.is_empty()) {
        (false, _) => Some(("event-number-unheld", number)),
        (true, true) => Some(("event-names-none", number)),
        (true, false) if leads_nowhere => None,
        (true, false) => Some(("event-leads-elsewhere", number)),
    }
}

/// Where a value stands: at a path of the front matter, or in a line of the file.
enum Place {
    Path(Vec<String>),
    Line(u32),
}

/// Tells what is wrong with one record at its place in the file.
struct Teller<'a> {
    reader: Reader<'a>,
    places: Option<Places<'a>>,
}

impl<'a> Teller<'a> {
    fn new(record: &'a Record, source: Option<&'a Source>) -> Self {
        let text = source.map_or("", |source| source.text.as_str());
        Self {
            reader: Reader::new(&record.file, text, Group::Record),
            places: source.map(Places::new),
        }
    }

    fn tell(&self, severity: Severity, code: &'static str, place: &Place, args: &[(&'static str, &str)]) {
        let found = match (place, &self.places) {
            (Place::Line(line), Some(_)) => Some(self.reader.line_text(*line)),
            (Place::Path(path), Some(places)) => {
                places.find_nearest(&path.iter().map(String::as_str).collect::<Vec<_>>())
            }
            (_, None) => None,
        };
        match found {
            Some(span) => self.reader.tell(severity, code, &span, args),
            None => self.reader.tell_file(severity, code, args),
        }
    }
}

/// Ids so far, with the file that had each first.
#[derive(Default)]
struct Doubles<'a> {
    ids: BTreeMap<String, &'a str>,
}

impl<'a> Doubles<'a> {
    fn check(&mut self, record: &'a Record, teller: &Teller) {
        let path = |key: &str| Place::Path(vec![key.into()]);
        let first = *self.ids.entry(record.id.to_lowercase()).or_insert(&record.file);
        if first != record.file {
            teller.tell(
                Severity::Error,
                "duplicate-id",
                &path("id"),
                &[("id", &record.id), ("first", first)],
            );
        }
    }
}

/// The 批示 with a 文号, by authority and day.
struct Numbered<'a>(BTreeMap<(&'a str, Day), (&'a str, &'a str)>);

impl<'a> Numbered<'a> {
    fn new(records: &[&'a Record]) -> Self {
        let mut numbered = BTreeMap::new();
        for record in records.iter().filter(|record| !record.draft) {
            for event in adoptions(record).iter().filter(|event| is_signed(event)) {
                if let (Some(authority), Some(day), Some(number)) = (&event.authority, event.date, &event.document) {
                    numbered
                        .entry((authority.as_str(), day))
                        .or_insert((number.as_str(), record.id.as_str()));
                }
            }
        }
        Self(numbered)
    }

    /// Warns of an instruction without a 文号, where one with a 文号 is of the same authority and day.
    fn check(&self, record: &Record, event: &Adoption, teller: &Teller) {
        let (None, Some(authority), Some(day)) = (&event.document, &event.authority, event.date) else {
            return;
        };
        let found = self.0.get(&(authority.as_str(), day));
        if let Some((number, first)) = found.filter(|_| is_signed(event) && !record.draft) {
            let date = day.to_string();
            let args = [
                ("authority", authority.as_str()),
                ("date", &date),
                ("number", number),
                ("first", first),
            ];
            teller.tell(Severity::Warning, "instruction-twice", &Place::Line(event.line), &args);
        }
    }
}

/// Whether an event is a 批示 that counts as an instrument: from 肯定性批示 up. 圈阅 only says that it was read, 已报送
/// that it was sent.
pub fn is_signed(event: &Adoption) -> bool {
    event.form == Form::Instruction && event.effect >= Some(Effect::Endorsed)
}

fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}

/// Tells that a document is a copy of another, by what they have in common.
fn tell_copy(record: &Record, original: &Record, teller: &Teller) {
    let path = |key: &str| Place::Path(vec![key.into()]);
    let (severity, first) = (Severity::Warning, original.file.as_str());
    let number = record::copied_number(record, original);
    match number.filter(|_| normalize(&record.title) != normalize(&original.title)) {
        Some(number) => {
            let args = [("number", number), ("first", first)];
            teller.tell(severity, "duplicate-number", &path("number"), &args);
        }
        None => teller.tell(severity, "copy", &path("title"), &[("first", first)]),
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
        Detail::Case(_) | Detail::Law(_) => {}
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
pub(crate) fn nearest_id<'a>(id: &'a str, ids: &BTreeSet<&'a str>) -> Option<&'a str> {
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
