//! The rows of 调研成果转化台账: every event of adoption, with what it counts as and why.

use super::counted::adoptions;
use super::{Documents, Filter, Outcome, Ruling, Standing, living};
use crate::record::date::Day;
use crate::record::{Adoption, Effect, Record};
use crate::settings::Settings;
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
    /// It is entered in a newer version of the report too, and counts there.
    InNewer,
    /// It names no recommendation.
    NotNamed,
    /// The recommendation that it names was not accepted, or was withdrawn.
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
            Reason::InNewer => "in-newer",
            Reason::NotNamed => "not-named",
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
    /// The event as the record has it.
    pub event: &'a Adoption,
    /// The day by which it counts.
    pub day: Option<Day>,
    /// What it amounts to.
    pub standing: Standing,
    /// Why.
    pub reason: Reason,
}

/// The events that a filter takes, the newest first; the undated are the last. Drafts and copies are out.
pub fn events<'a>(documents: &Documents<'a>, settings: &Settings, filter: &Filter) -> Vec<Event<'a>> {
    let taken = living(documents).filter(|(_, record, _)| filter.takes_document(record, settings));
    let mut events: Vec<Event<'a>> = taken
        .flat_map(|(document, record, outcome)| of_report(document, record, outcome))
        .filter(|event| {
            filter.takes_event(event.event)
                && filter.takes_row(event.event, event.standing)
                && filter.period.holds(event.day)
        })
        .collect();
    // The sort is stable: events of one day stay in the order of their documents.
    events.sort_by_key(|event| Reverse(event.day));
    events
}

/// The events of a report; none for a document of another kind.
pub fn of_report<'a>(document: usize, record: &'a Record, outcome: &Outcome) -> Vec<Event<'a>> {
    let all = adoptions(record);
    let is_first = |at: &usize| outcome.events[*at] == Standing::Adopted && outcome.days[*at] == outcome.first;
    let first = (0..all.len()).find(is_first).filter(|_| !outcome.elsewhere);
    let event = |(at, event): (usize, &'a Adoption)| Event {
        document,
        at,
        event,
        day: outcome.days[at],
        standing: outcome.events[at],
        reason: match outcome.rulings[at] {
            Ruling::Counts if Some(at) == first => Reason::First,
            Ruling::Counts => Reason::Again,
            Ruling::Recognised if outcome.standing == Standing::Adopted => Reason::Beside,
            Ruling::Recognised => Reason::Recognised,
            Ruling::OwnOffice => Reason::OwnOffice,
            Ruling::NotListed => Reason::NotListed,
            Ruling::Below(least) => Reason::Below(least),
            Ruling::InNewer => Reason::InNewer,
            Ruling::NotNamed => Reason::NotNamed,
            Ruling::NotAccepted => Reason::NotAccepted,
        },
    };
    all.iter().enumerate().map(event).collect()
}
