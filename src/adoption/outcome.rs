//! Whether a report counts as 已转化 or 成果认可: 认定口径 applied to its events.

use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Effect, Form, Level, Outcome as ReplyOutcome};
use crate::record::{Adoption, Detail, Honour, Record};
use crate::settings::Settings;

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
    /// It names no recommendation that was accepted in whole or part.
    NotAccepted,
}

impl Ruling {
    /// What the event amounts to.
    pub fn standing(self) -> Standing {
        match self {
            Ruling::Counts => Standing::Adopted,
            Ruling::Recognised => Standing::Recognised,
            Ruling::OwnOffice | Ruling::NotListed | Ruling::Below(_) | Ruling::NotAccepted => Standing::Nothing,
        }
    }
}

/// The outcome of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The best standing of its events.
    pub standing: Standing,
    /// Standing of each event, in the order of the record.
    pub events: Vec<Standing>,
    /// The ruling that gives each event its standing, in the same order.
    pub rulings: Vec<Ruling>,
    /// Date of the first qualifying event: the period that the report counts in.
    pub first: Option<Day>,
    /// Highest level of its qualifying events.
    pub highest: Option<Level>,
    /// Whether no qualifying event has evidence: 待核实.
    pub unverified: bool,
}

/// Applies 认定口径 to a report's events; nothing for the other kinds.
///
/// `find` gives the record of an id: an event that names a recommendation counts when that was
/// accepted in whole or part.
pub fn outcome<'a>(record: &Record, settings: &Settings, find: &dyn Fn(&str) -> Option<&'a Record>) -> Outcome {
    let events = match &record.detail {
        Detail::Report(report) => report.adoptions.as_slice(),
        _ => &[],
    };
    let rulings: Vec<Ruling> = events.iter().map(|event| ruling(event, settings, find)).collect();
    let standings: Vec<Standing> = rulings.iter().map(|ruling| ruling.standing()).collect();
    let adopted = || {
        events
            .iter()
            .zip(&standings)
            .filter(|(_, standing)| **standing == Standing::Adopted)
    };
    Outcome {
        standing: standings.iter().copied().max().unwrap_or(Standing::Nothing),
        first: adopted().filter_map(|(event, _)| event.date).min(),
        highest: adopted().filter_map(|(event, _)| event.level).max(),
        unverified: adopted().next().is_some() && adopted().all(|(event, _)| event.evidence.is_none()),
        events: standings,
        rulings,
    }
}

/// The ruling of 认定口径 on one event.
fn ruling<'a>(event: &Adoption, settings: &Settings, find: &dyn Fn(&str) -> Option<&'a Record>) -> Ruling {
    if settings.recognised_forms.contains(&event.form) {
        return Ruling::Recognised;
    }
    if event.level == Some(Level::Unit) {
        return Ruling::OwnOffice;
    }
    if event.form == Form::Recommendation {
        let counts = event.leads_to.iter().filter_map(|id| find(id)).any(accepted);
        return if counts { Ruling::Counts } else { Ruling::NotAccepted };
    }
    match counts_from(event.form, settings) {
        None => Ruling::NotListed,
        Some(least) if event.effect >= Some(least) => Ruling::Counts,
        Some(least) => Ruling::Below(least),
    }
}

/// The least effect from which a form counts as 已转化: the table of the site file, in which
/// `endorsed_counts` lowers that of an instruction. `None` where the table doesn't have the form.
pub fn counts_from(form: Form, settings: &Settings) -> Option<Effect> {
    let least = *settings.counts_from.get(&form)?;
    Some(if form == Form::Instruction && settings.endorsed_counts {
        least.min(Effect::Endorsed)
    } else {
        least
    })
}

/// Whether a recommendation was accepted in whole or part.
fn accepted(record: &Record) -> bool {
    match &record.detail {
        Detail::Recommendation(recommendation) => recommendation
            .reply
            .as_ref()
            .and_then(|reply| reply.outcome)
            .is_some_and(|outcome| outcome != ReplyOutcome::Rejected),
        _ => false,
    }
}

/// The honour at which a case counts: the highest level, then the highest rank (就高，只计一次).
pub fn case_honour(record: &Record) -> Option<(&Honour, CaseRank)> {
    record
        .honours
        .iter()
        .filter_map(|honour| honour.rank.map(|rank| (honour, rank)))
        .max_by_key(|(honour, rank)| (honour.level, *rank))
}
