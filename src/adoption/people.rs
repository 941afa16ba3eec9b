//! Who a name in a document is: the roster tells namesakes apart.

use crate::record::{Detail, Record};
use crate::settings::Settings;

/// The place in the roster of a name that a document gives.
///
/// A key is its person. A name is the person who has it; of namesakes it is the one whose department,
/// else whose unit, the document names, and nobody where that leaves several: a document is never
/// credited to the wrong person.
pub(crate) fn of(name: &str, record: &Record, settings: &Settings) -> Option<usize> {
    let people = || settings.people.iter().enumerate();
    if let Some((at, _)) = people().find(|(_, person)| person.key == name) {
        return Some(at);
    }
    let named: Vec<usize> = people()
        .filter(|(_, person)| person.name == name)
        .map(|(at, _)| at)
        .collect();
    let only = |found: Vec<usize>| match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let narrowed = |holds: &dyn Fn(usize) -> bool| only(named.iter().copied().filter(|&at| holds(at)).collect());
    let has = |values: &[String], value: &Option<String>| value.as_ref().is_some_and(|value| values.contains(value));
    only(named.clone())
        .or_else(|| narrowed(&|at| has(&record.departments, &settings.people[at].department)))
        .or_else(|| narrowed(&|at| has(&record.units, &settings.people[at].unit)))
}

/// Everybody whom a document names: authors, the leader and the team of a topic; each name once.
pub(crate) fn named(record: &Record) -> Vec<&str> {
    let mut names: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
    if let Detail::Topic(topic) = &record.detail {
        names.extend(topic.lead.iter().chain(&topic.team).map(String::as_str));
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}
