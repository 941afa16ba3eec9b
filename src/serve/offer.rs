//! Values that the corpus and the roster have for a field of a form, so that nobody writes a second spelling of one.

use super::state::Build;
use crate::record::{Detail, Kind, Record};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most values that a field offers.
const MOST: usize = 300;

/// Documents that a field of references offers at most.
const DOCUMENTS: usize = 2000;

/// The documents that a key may refer to, by their ids, each with its title; none for keys that hold something else.
pub(super) fn documents(build: &Build, key: &str) -> Vec<(String, String)> {
    let kinds: &[Kind] = match key {
        "related" | "supersedes" | "outputs" => Kind::ALL,
        "source" => &[Kind::Report],
        "topic" => &[Kind::Topic],
        _ => return Vec::new(),
    };
    let records = build.loaded.entries.iter().map(|entry| entry.document.record());
    let mut fit: Vec<&Record> = records.filter(|record| kinds.contains(&record.kind)).collect();
    fit.sort_by_key(|record| Reverse(record.date));
    let shown = fit.into_iter().take(DOCUMENTS);
    shown.map(|record| (record.id.clone(), record.title.clone())).collect()
}

/// The values of a key that the corpus has, the most frequent first; none for keys of which each value is its own.
pub(super) fn values(build: &Build, key: &str) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let records = build.loaded.entries.iter().map(|entry| entry.document.record());
    for value in records.flat_map(|record| of(record, key)) {
        *counts.entry(value).or_default() += 1;
    }
    if matches!(key, "authors" | "lead" | "team") {
        for person in &build.loaded.settings.people {
            counts.entry(&person.name).or_default();
        }
    }
    let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
    values.sort_by_key(|&(value, count)| (Reverse(count), value));
    values
        .into_iter()
        .take(MOST)
        .map(|(value, _)| value.to_owned())
        .collect()
}

/// Those of one document.
fn of<'a>(record: &'a Record, key: &str) -> Vec<&'a str> {
    let all = |list: &'a [String]| -> Vec<&'a str> { list.iter().map(String::as_str).collect() };
    let one = |value: &'a Option<String>| -> Vec<&'a str> { value.as_deref().into_iter().collect() };
    match (key, &record.detail) {
        ("unit", _) => all(&record.units),
        ("departments", _) => all(&record.departments),
        ("authors" | "lead" | "team", detail) => {
            let authors = record.authors.iter().map(|author| author.name.as_str());
            let topic = match detail {
                Detail::Topic(topic) => topic.lead.iter().chain(&topic.team).map(String::as_str).collect(),
                _ => Vec::new(),
            };
            authors.chain(topic).collect()
        }
        ("tags", _) => all(&record.tags),
        ("causes", _) => all(&record.causes),
        ("laws", _) => all(&record.laws),
        ("authority", Detail::Report(report)) => {
            let named = report.adoptions.iter().filter_map(|event| event.authority.as_deref());
            named.collect()
        }
        ("addressee", Detail::Recommendation(recommendation)) => one(&recommendation.addressee),
        ("handling_unit", Detail::Recommendation(recommendation)) => one(&recommendation.handling_unit),
        ("issuer", Detail::Law(law)) => all(&law.issuer),
        _ => Vec::new(),
    }
}
