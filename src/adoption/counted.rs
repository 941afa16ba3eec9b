//! What of a document counts beside the other documents of its corpus: copies and older versions count once, a figure of
//! a chain in one place, an instrument however many events name it.

use crate::check::{self, is_signed};
use crate::record::date::Day;
use crate::record::{self, Adoption, Detail, Kind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What of one document doesn't count, and what its events have in common with those of others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Index of the document that it is a copy of: then nothing of it counts.
    pub copy_of: Option<usize>,
    /// A newer version has its place: it isn't counted as written again.
    pub superseded: bool,
    /// The newer version alone counts: so for any kind but reports, whose adoptions stand.
    pub replaced: bool,
    /// Whether each event is entered in a newer version too, and counts there.
    pub in_newer: Vec<bool>,
    /// 受益人数 counts in another document of its chain.
    pub people_elsewhere: bool,
    /// 挽回损失 counts in another document of its chain.
    pub amount_elsewhere: bool,
    /// What tells the instrument of each event from others, for events that are a 批示.
    pub instruments: Vec<Option<String>>,
}

/// What of each record counts. Drafts count nowhere, and take nothing from what does.
pub(super) fn counted(records: &[&Record]) -> Vec<Counted> {
    let copies = copies(records);
    let newer = newer(records, &copies);
    let signed = signed(records, &copies);
    let replaced = |at: usize| newer.contains_key(&at) && records[at].kind != Kind::Report;
    let mut all: Vec<Counted> = records
        .iter()
        .enumerate()
        .map(|(at, record)| Counted {
            copy_of: copies[at],
            superseded: newer.contains_key(&at),
            replaced: replaced(at),
            in_newer: in_newer(record, newer.get(&at), records),
            instruments: instruments(record, &signed),
            ..Counted::default()
        })
        .collect();
    let out = |at: usize| records[at].draft || copies[at].is_some() || replaced(at);
    for twice in check::figures_twice(records, &out) {
        match twice.key {
            "people" => all[twice.record].people_elsewhere = true,
            _ => all[twice.record].amount_elsewhere = true,
        }
    }
    all
}

/// The document that each one is a copy of; a draft is none, and has none.
fn copies(records: &[&Record]) -> Vec<Option<usize>> {
    let finished: Vec<usize> = (0..records.len()).filter(|&at| !records[at].draft).collect();
    let of_finished: Vec<&Record> = finished.iter().map(|&at| records[at]).collect();
    let mut copies = vec![None; records.len()];
    for (at, original) in record::copies(&of_finished).into_iter().enumerate() {
        copies[finished[at]] = original.map(|original| finished[original]);
    }
    copies
}

/// Documents with the newer ones of their kind that replace them.
type Newer = BTreeMap<usize, BTreeSet<usize>>;

/// The documents that newer ones replace. Of documents that replace each other in a circle each counts.
fn newer(records: &[&Record], copies: &[Option<usize>]) -> Newer {
    let directory = check::Directory::new(records);
    let older: Vec<BTreeSet<usize>> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let ids = record
                .supersedes
                .iter()
                .filter(|_| !record.draft && copies[at].is_none());
            ids.filter_map(|id| directory.find(id)).collect()
        })
        .collect();
    let mut newer = Newer::new();
    for (at, all) in older.iter().enumerate() {
        let of_its_kind = |other: &&usize| records[**other].kind == records[at].kind;
        for &other in all.iter().filter(of_its_kind) {
            if !replaces(&older, other, at) {
                newer.entry(other).or_default().insert(at);
            }
        }
    }
    newer
}

/// Whether each event of a document is entered alike in a version that replaces it.
fn in_newer(record: &Record, newer: Option<&BTreeSet<usize>>, records: &[&Record]) -> Vec<bool> {
    let others = || newer.into_iter().flatten().flat_map(|&at| adoptions(records[at]));
    let are_one = |own: &Adoption, other: &Adoption| {
        (own.form, own.level, own.date) == (other.form, other.level, other.date)
            && (&own.authority, &own.document) == (&other.authority, &other.document)
    };
    let own = adoptions(record).iter();
    own.map(|event| others().any(|other| are_one(event, other))).collect()
}

/// Whether one document replaces another, by way of others too, or is the same.
fn replaces(older: &[BTreeSet<usize>], newer: usize, wanted: usize) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![newer]);
    while let Some(at) = next.pop() {
        if at == wanted {
            return true;
        }
        if seen.insert(at) {
            next.extend(&older[at]);
        }
    }
    false
}

/// The 文号 of the instruments that an authority signed on a day; of several the first.
type Signed<'a> = BTreeMap<(&'a str, Day), &'a str>;

fn signed<'a>(records: &[&'a Record], copies: &[Option<usize>]) -> Signed<'a> {
    let mut signed = Signed::new();
    for (_, record) in records
        .iter()
        .enumerate()
        .filter(|(at, record)| !record.draft && copies[*at].is_none())
    {
        for event in adoptions(record).iter().filter(|event| is_signed(event)) {
            if let (Some(authority), Some(day), Some(number)) = (&event.authority, event.date, &event.document) {
                let held = signed.entry((authority, day)).or_insert(number);
                *held = (*held).min(number);
            }
        }
    }
    signed
}

/// What tells an instrument from others: its 文号, else authority and date; where the authority signed a numbered one on
/// that day, it is that. One instrument may answer several reports, and several events of one report may name it.
fn instruments(record: &Record, signed: &Signed) -> Vec<Option<String>> {
    let own = |(at, event): (usize, &Adoption)| {
        is_signed(event).then(|| match (&event.document, &event.authority, event.date) {
            (Some(number), _, _) => number.clone(),
            (None, Some(authority), Some(day)) => match signed.get(&(authority.as_str(), day)) {
                Some(number) => (*number).to_owned(),
                None => format!("{authority}\n{day}"),
            },
            _ => format!("{}\n{at}", record.id),
        })
    };
    adoptions(record).iter().enumerate().map(own).collect()
}

pub(super) fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}
