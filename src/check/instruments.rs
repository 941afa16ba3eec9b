//! 批示 as instruments: one may answer several reports, and several events may name it.

use super::directory::Directory;
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Effect, Form, Record};
use std::collections::BTreeMap;

/// The instruments of a corpus: which events are one, and from when it is.
pub(crate) struct Instruments<'a> {
    /// By authority and day the instruments with a 文号; of several the first by 文号, with the document that names it.
    numbered: BTreeMap<(&'a str, Day), (&'a str, &'a str)>,
    /// The first date of each instrument, with the document that has it.
    first: BTreeMap<String, (Day, &'a str)>,
}

impl<'a> Instruments<'a> {
    /// Of documents that count: no drafts, no copies.
    pub(crate) fn new(records: &[&'a Record], directory: &Directory) -> Self {
        let counted = records
            .iter()
            .enumerate()
            .filter(|(at, record)| !record.draft && directory.copy_of(*at).is_none());
        let records: Vec<&'a Record> = counted.map(|(_, record)| *record).collect();
        let mut instruments = Self {
            numbered: BTreeMap::new(),
            first: BTreeMap::new(),
        };
        for &record in &records {
            for event in adoptions(record).iter().filter(|event| is_signed(event)) {
                if let (Some(authority), Some(day), Some(number)) = (&event.authority, event.date, event.number()) {
                    let one = (number, record.id.as_str());
                    let held = instruments.numbered.entry((authority, day)).or_insert(one);
                    *held = (*held).min(one);
                }
            }
        }
        for &record in &records {
            for (at, event) in adoptions(record).iter().enumerate() {
                if let (Some(key), Some(day)) = (instruments.key(record, at), event.date) {
                    let one = (day, record.id.as_str());
                    let held = instruments.first.entry(key).or_insert(one);
                    if day.order() < held.0.order() {
                        *held = one;
                    }
                }
            }
        }
        instruments
    }

    /// What tells the instrument of an event from others: its 文号, else authority and date; where the authority signed a
    /// numbered one on that day, it is that. `None` for an event that is no instrument.
    pub(crate) fn key(&self, record: &Record, at: usize) -> Option<String> {
        let event = adoptions(record).get(at).filter(|event| is_signed(event))?;
        Some(match (event.number(), &event.authority, event.date) {
            (Some(number), _, _) => number.to_owned(),
            (None, Some(authority), Some(day)) => match self.numbered(event) {
                Some((number, _)) => number.to_owned(),
                None => format!("{authority}\n{day}"),
            },
            _ => format!("{}\n{at}", record.id),
        })
    }

    /// The numbered instrument of the authority and day of an event that has no 文号, with the document that names it.
    pub(crate) fn numbered(&self, event: &Adoption) -> Option<(&'a str, &'a str)> {
        let (None, Some(authority), Some(day)) = (event.number(), &event.authority, event.date) else {
            return None;
        };
        let found = self.numbered.get(&(authority.as_str(), day));
        found.filter(|_| is_signed(event)).copied()
    }

    /// The first date of an instrument, by which it counts, with the document that has it.
    pub(crate) fn first(&self, key: &str) -> Option<(Day, &'a str)> {
        self.first.get(key).copied()
    }
}

/// Whether an event is a 批示 that counts as an instrument: from 肯定性批示 up. 圈阅 only says that it was read, 已报送
/// that it was sent.
fn is_signed(event: &Adoption) -> bool {
    event.form == Form::Instruction && event.effect >= Some(Effect::Endorsed)
}

fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}
