//! What records say of each other.

use crate::check::chain;
use crate::check::copies;
use crate::check::directory::{Directory, circles};
use crate::check::instruments::Instruments;
use crate::check::known::Known;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::fields::Reader;
use crate::record::front::Places;
use crate::record::keys::chinese_name;
use crate::record::{Adoption, Detail, Form, Record, nearest};
use crate::settings::Person;
use std::collections::{BTreeMap, BTreeSet};

/// Ids among which the nearest to an unknown one is looked for at most.
const CANDIDATES: usize = 2000;

/// The rule for a reference to a document that isn't there.
pub(crate) const UNKNOWN_REFERENCE: &str = "unknown-reference";

/// Checks what records say of each other: ids and numbers that stand twice, references to ids that
/// aren't there or lead in a circle, figures that stand twice in a chain. `sources` are those of the records, in any
/// order; they give the places. `people` are those of the roster.
pub fn corpus(records: &[&Record], sources: &[&Source], people: &[Person]) -> Vec<Diagnostic> {
    let sources: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.file.as_str(), *source)).collect();
    let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
    let mut doubles = Doubles::default();
    let directory = Directory::new(records);
    let instruments = Instruments::new(records, &directory);
    let circles = circles(&later(records, &directory));
    let figures_twice = chain::figures_twice(records, &directory);
    let known = Known::of(records.iter().copied(), people);
    let mut diagnostics = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let teller = Teller::new(record, sources.get(record.file.as_str()).copied());
        doubles.check(record, &teller);
        // Of documents with one id the first stays; that has been said.
        let original = directory.copy_of(index).map(|original| records[original]);
        if let Some(original) = original.filter(|original| original.id.to_lowercase() != record.id.to_lowercase()) {
            copies::tell(record, original, &teller);
        }
        for (place, id) in references(record).into_iter().filter(|(_, id)| !ids.contains(id)) {
            let nearest = nearest_id(id, &ids).unwrap_or_default();
            teller.tell(
                Severity::Warning,
                UNKNOWN_REFERENCE,
                &place,
                &[("id", id), ("nearest", nearest)],
            );
        }
        for (place, key, id) in steps(record) {
            let other = directory.counted(id);
            let at = directory.original(index);
            if other.is_some_and(|other| circles.contains(&(at, other)) || circles.contains(&(other, at))) {
                let args = [("key", key), ("name", step_name(key)), ("id", id)];
                teller.tell(Severity::Warning, "circular-reference", &place, &args);
            }
        }
        for twice in figures_twice.iter().filter(|twice| twice.record == index) {
            let args = [
                ("key", twice.key),
                ("name", twice.name),
                ("counts", &*records[twice.counts].id),
            ];
            teller.tell(Severity::Warning, "figure-twice", &Place::Line(twice.line), &args);
        }
        tell_near(record, &known, &teller);
        for (at, event) in adoptions(record).iter().enumerate() {
            if !record.draft {
                tell_instrument(&instruments, record, at, &teller);
            }
            if let Some((code, number)) = unnamed(event, &directory) {
                teller.tell(Severity::Warning, code, &Place::Line(event.line), &[("number", number)]);
            }
        }
        diagnostics.extend(teller.reader.finish());
    }
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// What one document writes otherwise than the corpus and the roster do: values, bodies, names.
pub(crate) fn near_values(record: &Record, source: &Source, known: &Known) -> Vec<Diagnostic> {
    let teller = Teller::new(record, Some(source));
    tell_near(record, known, &teller);
    teller.reader.finish()
}

fn tell_near(record: &Record, known: &Known, teller: &Teller) {
    let place = |key: &str| Place::Path(vec![key.into()]);
    for variant in known.variants(record) {
        let args = [("name", variant.name), ("other", variant.other)];
        teller.tell(Severity::Note, "name-variant", &place(variant.key), &args);
    }
    for near in known.near(record) {
        let count = near.count.to_string();
        let args = [
            ("key", near.key),
            ("name", chinese_name(near.key)),
            ("value", near.value),
            ("other", near.other),
            ("count", &count),
        ];
        teller.tell(Severity::Note, "near-value", &place(near.key), &args);
    }
}

/// Why an event of 制发检察建议 doesn't name one: the rule, and the 文号 where there is one.
fn unnamed<'a>(event: &'a Adoption, directory: &Directory) -> Option<(&'static str, &'a str)> {
    if event.form != Form::Recommendation || !directory.recommendations(event).is_empty() {
        return None;
    }
    let number = event.number().unwrap_or_default();
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
pub(super) enum Place {
    Path(Vec<String>),
    Line(u32),
}

/// Tells what is wrong with one record at its place in the file.
pub(super) struct Teller<'a> {
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

    pub(super) fn tell(&self, severity: Severity, code: &'static str, place: &Place, args: &[(&'static str, &str)]) {
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

/// Warns of an instruction without a 文号, where one with a 文号 is of the same authority and day, and of one that
/// another document has in another year.
fn tell_instrument(instruments: &Instruments, record: &Record, at: usize, teller: &Teller) {
    let event = &adoptions(record)[at];
    let (authority, date) = (event.authority.as_deref().unwrap_or_default(), event.date);
    let shown = date.map(|day| day.to_string()).unwrap_or_default();
    if let Some((number, first)) = instruments.numbered(event) {
        let args = [
            ("authority", authority),
            ("date", &*shown),
            ("number", number),
            ("first", first),
        ];
        teller.tell(Severity::Warning, "instruction-twice", &Place::Line(event.line), &args);
    }
    let first = instruments.key(record, at).and_then(|key| instruments.first(&key));
    if let (Some((day, first)), Some(date)) = (first, date)
        && day.date.year() != date.date.year()
    {
        let day = day.to_string();
        let args = [("date", &*shown), ("first_date", &*day), ("first", first)];
        teller.tell(Severity::Warning, "instrument-years", &Place::Line(event.line), &args);
    }
}

/// What came later than each document, by what the documents say: its newer versions, and what it led to.
fn later(records: &[&Record], directory: &Directory) -> Vec<BTreeSet<usize>> {
    let mut later = vec![BTreeSet::new(); records.len()];
    for (index, record) in records.iter().enumerate() {
        let at = directory.original(index);
        for (_, key, id) in steps(record) {
            let Some(other) = directory.counted(id) else { continue };
            // A copy that names its original makes no circle; a document that names itself does.
            if at == other && record.id != id {
                continue;
            }
            match key {
                "leads_to" => _ = later[at].insert(other),
                _ => _ = later[other].insert(at),
            }
        }
    }
    later
}

fn step_name(key: &str) -> &'static str {
    match key {
        "leads_to" => "衍生成果",
        key => chinese_name(key),
    }
}

/// The references by which one document comes before or after another: their places, keys and ids.
fn steps(record: &Record) -> Vec<(Place, &'static str, &str)> {
    let mut all: Vec<_> = listed("supersedes", &record.supersedes)
        .map(|(place, id)| (place, "supersedes", id))
        .collect();
    match &record.detail {
        Detail::Report(report) => all.extend(report.adoptions.iter().flat_map(|event| {
            let ids = event.leads_to.iter();
            ids.map(|id| (Place::Line(event.line), "leads_to", id.as_str()))
        })),
        Detail::Recommendation(recommendation) => {
            let source = single("source", recommendation.source.as_ref());
            all.extend(source.map(|(place, id)| (place, "source", id)));
        }
        _ => {}
    }
    all
}

fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
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

/// The ids of the documents that a record refers to.
pub(crate) fn referenced(record: &Record) -> impl Iterator<Item = &str> {
    references(record).into_iter().map(|(_, id)| id)
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
