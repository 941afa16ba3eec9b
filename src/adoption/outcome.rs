//! Whether a report counts as 已转化 or 成果认可: 认定口径 applied to its events.

use super::counted::{Counted, adoptions};
use crate::check::Directory;
use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Effect, Form, Level, Outcome as ReplyOutcome, Rectified};
use crate::record::{Adoption, Detail, Honour, Recommendation, Record};
use crate::settings::Settings;
use jiff::civil::Date;
use std::cmp::Reverse;

/// What a report's events amount to, or one of them alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Neither.
    Nothing,
    /// 成果认可: printed, forwarded, used as a briefing, proposed.
    Recognised,
    /// 已转化.
    Adopted,
}

/// What 认定口径 says of one event, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// 已转化.
    Counts,
    /// 成果认可: its form never is 已转化.
    Recognised,
    /// Decided by the own office (本院): no decision of party, government or congress.
    OwnOffice,
    /// Its form isn't in the table of 认定口径.
    NotListed,
    /// 办理程度 isn't given, or lies below this one, from which the form counts.
    Below(Effect),
    /// It is entered in a newer version of the report too, and counts there.
    InNewer,
    /// It names no recommendation, or none that is here.
    NotNamed,
    /// The recommendation that it names was not accepted, or was withdrawn.
    NotAccepted,
}

impl Ruling {
    /// What the event amounts to.
    pub fn standing(self) -> Standing {
        match self {
            Ruling::Counts => Standing::Adopted,
            Ruling::Recognised => Standing::Recognised,
            Ruling::OwnOffice
            | Ruling::NotListed
            | Ruling::Below(_)
            | Ruling::InNewer
            | Ruling::NotNamed
            | Ruling::NotAccepted => Standing::Nothing,
        }
    }
}

/// An event of another version of a report that gives it its standing, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deciding {
    /// 转化形式.
    pub form: Form,
    /// 层级.
    pub level: Option<Level>,
    /// 办理程度.
    pub effect: Option<Effect>,
    /// Whether there is evidence.
    pub evidence: bool,
    /// Whether it was carried out.
    pub carried_out: bool,
}

/// The outcome of one document: for a report what its events amount to, for every kind what of it counts. The versions of
/// one report have one standing, first date and level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The best standing of its events, those of its other versions among them.
    pub standing: Standing,
    /// Standing of each event, in the order of the record.
    pub events: Vec<Standing>,
    /// The ruling that gives each event its standing, in the same order.
    pub rulings: Vec<Ruling>,
    /// The day by which each event counts: its own, or that of the reply to the recommendation that it names.
    pub days: Vec<Option<Day>>,
    /// Whether each event was carried out, and when.
    pub carried_out: Vec<Option<Option<Day>>>,
    /// Date of the first qualifying event: the period that the report counts in.
    pub first: Option<Day>,
    /// Highest level of its qualifying events.
    pub highest: Option<Level>,
    /// Whether no qualifying event has evidence: 待核实.
    pub unverified: bool,
    /// The report counts in another of its versions: that with the first qualifying event.
    pub elsewhere: bool,
    /// The events of its other versions that give it its standing.
    pub versions: Vec<Deciding>,
    /// The case counts in another of its versions: that with the highest honour.
    pub honour_elsewhere: bool,
    /// What of the document counts beside others.
    pub counted: Counted,
}

impl Outcome {
    /// Whether the document counts as one: a copy doesn't, nor what a newer version counts in the place of.
    pub fn counts(&self) -> bool {
        !self.is_copy() && !self.counted.replaced
    }

    /// Whether nothing of the document counts, because it is a copy of another.
    pub fn is_copy(&self) -> bool {
        self.counted.copy_of.is_some()
    }
}

/// Applies 认定口径 to one document.
pub(super) fn outcome(
    record: &Record,
    counted: Counted,
    records: &[&Record],
    directory: &Directory,
    settings: &Settings,
) -> Outcome {
    let events = adoptions(record);
    let named = |event: &Adoption| -> Vec<&Recommendation> {
        let found = directory.recommendations(event).into_iter();
        found.filter_map(|at| recommendation(records[at])).collect()
    };
    let judged: Vec<(Ruling, Option<Day>)> = events
        .iter()
        .zip(&counted.in_newer)
        .map(|(event, in_newer)| {
            if *in_newer {
                (Ruling::InNewer, event.date)
            } else {
                judge(event, settings, &named(event))
            }
        })
        .collect();
    let standings: Vec<Standing> = judged.iter().map(|(ruling, _)| ruling.standing()).collect();
    let adopted = || (0..events.len()).filter(|&at| standings[at] == Standing::Adopted);
    Outcome {
        standing: standings.iter().copied().max().unwrap_or(Standing::Nothing),
        first: adopted().filter_map(|at| judged[at].1).min_by_key(|day| day.order()),
        highest: adopted().filter_map(|at| events[at].level).max(),
        unverified: adopted().next().is_some() && adopted().all(|at| events[at].evidence.is_none()),
        rulings: judged.iter().map(|(ruling, _)| *ruling).collect(),
        days: judged.iter().map(|(_, day)| *day).collect(),
        carried_out: events.iter().map(|event| carried_out(event, &named(event))).collect(),
        events: standings,
        elsewhere: false,
        versions: Vec::new(),
        honour_elsewhere: false,
        counted,
    }
}

fn recommendation(record: &Record) -> Option<&Recommendation> {
    match &record.detail {
        Detail::Recommendation(recommendation) if !record.draft => Some(recommendation),
        _ => None,
    }
}

/// The ruling of 认定口径 on one event, and the day by which it counts.
fn judge(event: &Adoption, settings: &Settings, named: &[&Recommendation]) -> (Ruling, Option<Day>) {
    let ruling = if settings.recognised_forms.contains(&event.form) {
        Ruling::Recognised
    } else if event.level == Some(Level::Unit) {
        Ruling::OwnOffice
    } else if event.form == Form::Recommendation {
        return of_recommendations(event, named);
    } else {
        match counts_from(event.form, settings) {
            None => Ruling::NotListed,
            Some(least) if event.effect >= Some(least) => Ruling::Counts,
            Some(least) => Ruling::Below(least),
        }
    };
    (ruling, event.date)
}

/// 制发检察建议 counts when a recommendation that it names was accepted, on the day of the first reply that says so.
fn of_recommendations(event: &Adoption, named: &[&Recommendation]) -> (Ruling, Option<Day>) {
    let accepted: Vec<Option<Day>> = named.iter().filter_map(|one| accepted(one)).collect();
    match (named.is_empty(), accepted.is_empty()) {
        (true, _) => (Ruling::NotNamed, event.date),
        (false, true) => (Ruling::NotAccepted, event.date),
        (false, false) => {
            let days = accepted.into_iter().flatten();
            (Ruling::Counts, days.min_by_key(|day| day.order()))
        }
    }
}

/// The day of the reply that accepted a recommendation in whole or part; `None` where none did, or it was withdrawn.
fn accepted(recommendation: &Recommendation) -> Option<Option<Day>> {
    let reply = recommendation
        .reply
        .as_ref()
        .filter(|_| recommendation.withdrawn.is_none())?;
    let accepted = matches!(reply.outcome, Some(ReplyOutcome::Accepted | ReplyOutcome::Partial));
    accepted.then_some(reply.date)
}

/// When an event was carried out; a recommendation, when its addressee had set things right.
fn carried_out(event: &Adoption, named: &[&Recommendation]) -> Option<Option<Day>> {
    if event.effect == Some(Effect::Implemented) {
        return Some(event.date);
    }
    let found = named.iter().filter_map(|one| one.rectification.as_ref());
    let full = found.filter(|found| found.outcome == Some(Rectified::Full));
    earliest(full.map(|found| found.date))
}

/// The first date among several, `Some(None)` where none is dated; `None` where there is nothing.
pub(super) fn earliest(days: impl Iterator<Item = Option<Day>>) -> Option<Option<Day>> {
    days.min_by_key(|day| order(*day))
}

/// The order of dates, the undated last.
pub(super) fn order(day: Option<Day>) -> (bool, Option<(Date, Date)>) {
    (day.is_none(), day.map(Day::order))
}

/// The least effect from which a form counts as 已转化: the table of the site file, in which
/// `endorsed_counts` lowers that of an instruction. `None` where the table doesn't have the form.
pub(crate) fn counts_from(form: Form, settings: &Settings) -> Option<Effect> {
    let least = *settings.counts_from.get(&form)?;
    Some(if form == Form::Instruction && settings.endorsed_counts {
        least.min(Effect::Endorsed)
    } else {
        least
    })
}

/// The honour at which a case counts: the highest level, then the highest rank (就高，只计一次). Of equal ones the
/// earliest, so that a later one changes no earlier year; the undated come last.
pub(crate) fn case_honour(record: &Record) -> Option<(&Honour, CaseRank)> {
    let ranked = record.honours.iter().filter_map(|honour| Some((honour, honour.rank?)));
    ranked.min_by_key(|(honour, rank)| (Reverse((honour.level, *rank)), order(honour.date)))
}
