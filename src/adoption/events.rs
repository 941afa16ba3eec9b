//! The rows of 调研成果转化台账: every event of adoption, with what it counts as and why.

use super::{Filter, Outcome, Ruling, Standing};
use crate::record::{Adoption, Detail, Effect, Record};
use std::cmp::Reverse;

/// Why an event counts as it does, in the order of what its readers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the first qualifying event: the report counts by its date.
    First,
    /// It qualifies, and the report counts already, by an earlier event.
    Again,
    /// 成果认可 by its form.
    Recognised,
    /// 成果认可 by its form, of a report that is 已转化 by another event and counted as that alone.
    Beside,
    /// Decided by the own office.
    OwnOffice,
    /// Its form isn't in the table.
    NotListed,
    /// 办理程度 lies below this one or isn't given.
    Below(Effect),
    /// It names no recommendation that was accepted.
    NotAccepted,
}

impl Reason {
    /// The name by which pages and files call it.
    pub fn key(self) -> &'static str {
        match self {
            Reason::First => "first",
            Reason::Again => "again",
            Reason::Recognised => "recognised",
            Reason::Beside => "beside",
            Reason::OwnOffice => "own-office",
            Reason::NotListed => "not-listed",
            Reason::Below(_) => "below",
            Reason::NotAccepted => "not-accepted",
        }
    }
}

/// One event with its report.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// Index of the report among the documents.
    pub document: usize,
    /// Index of the event in the report.
    pub at: usize,
    /// The event.
    pub event: &'a Adoption,
    /// What it amounts to.
    pub standing: Standing,
    /// Why.
    pub reason: Reason,
}

/// The events that a filter takes, the newest first; the undated are the last. Drafts are out.
pub fn events<'a>(documents: &[(&'a Record, &Outcome)], filter: &Filter) -> Vec<Event<'a>> {
    let taken = documents
        .iter()
        .enumerate()
        .filter(|(_, (record, _))| !record.draft && filter.takes_document(record));
    let mut events: Vec<Event<'a>> = taken
        .flat_map(|(document, (record, outcome))| of_report(document, record, outcome))
        .filter(|event| filter.takes_event(event.event, event.standing) && filter.period.holds(event.event.date))
        .collect();
    // The sort is stable: events of one day stay in the order of their documents.
    events.sort_by_key(|event| Reverse(event.event.date.map(|day| day.date)));
    events
}

/// The events of a report; none for a document of another kind.
pub fn of_report<'a>(document: usize, record: &'a Record, outcome: &Outcome) -> Vec<Event<'a>> {
    let Detail::Report(report) = &record.detail else {
        return Vec::new();
    };
    let first = (0..report.adoptions.len())
        .find(|&at| outcome.events[at] == Standing::Adopted && report.adoptions[at].date == outcome.first);
    let event = |(at, event): (usize, &'a Adoption)| Event {
        document,
        at,
        event,
        standing: outcome.events[at],
        reason: match outcome.rulings[at] {
            Ruling::Counts if Some(at) == first => Reason::First,
            Ruling::Counts => Reason::Again,
            Ruling::Recognised if outcome.standing == Standing::Adopted => Reason::Beside,
            Ruling::Recognised => Reason::Recognised,
            Ruling::OwnOffice => Reason::OwnOffice,
            Ruling::NotListed => Reason::NotListed,
            Ruling::Below(least) => Reason::Below(least),
            Ruling::NotAccepted => Reason::NotAccepted,
        },
    };
    report.adoptions.iter().enumerate().map(event).collect()
}
