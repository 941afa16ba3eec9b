//! What of a document counts beside the other documents of its corpus: copies and older versions count once, a figure of
//! a chain in one place, an instrument however many events name it.

use crate::check::{self, Directory, Instruments};
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Kind, Record};
use std::collections::BTreeSet;

/// What of one document doesn't count, and what its events have in common with those of others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Index of the document that it is a copy of: then nothing of it counts.
    pub copy_of: Option<usize>,
    /// A newer version has its place: it isn't counted as written again.
    pub superseded: bool,
    /// It is superseded and no report: the newer version alone counts, but for figures of 成效 and the honour of a case,
    /// which count in the version that has them.
    pub replaced: bool,
    /// Whether each event is entered in a newer version too, and counts there.
    pub in_newer: Vec<bool>,
    /// 受益人数 counts in another document of its chain.
    pub people_elsewhere: bool,
    /// 挽回损失 counts in another document of its chain.
    pub amount_elsewhere: bool,
    /// The instrument of each event that is a 批示.
    pub instruments: Vec<Option<Instrument>>,
}

/// A 批示, however many events name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// What tells it from others.
    pub key: String,
    /// Its first date: the period that it counts in.
    pub day: Option<Day>,
}

/// What of each record counts. Drafts count nowhere, and take nothing from what does.
pub(super) fn counted(records: &[&Record], directory: &Directory) -> Vec<Counted> {
    let known = Instruments::new(records, directory);
    let mut all: Vec<Counted> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let newer = directory.newer(at);
            Counted {
                copy_of: directory.copy_of(at),
                superseded: newer.is_some(),
                replaced: newer.is_some() && record.kind != Kind::Report,
                in_newer: in_newer(record, newer, records),
                instruments: instruments(record, &known),
                ..Counted::default()
            }
        })
        .collect();
    for twice in check::figures_twice(records, directory) {
        match twice.key {
            "people" => all[twice.record].people_elsewhere = true,
            _ => all[twice.record].amount_elsewhere = true,
        }
    }
    all
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

fn instruments(record: &Record, known: &Instruments) -> Vec<Option<Instrument>> {
    let instrument = |at: usize| {
        let key = known.key(record, at)?;
        let day = known.first(&key).map(|(day, _)| day);
        Some(Instrument { key, day })
    };
    (0..adoptions(record).len()).map(instrument).collect()
}

pub(super) fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}
