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

/// The outcome of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The best standing of its events.
    pub standing: Standing,
    /// Standing of each event, in the order of the record.
    pub events: Vec<Standing>,
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
    let standings: Vec<Standing> = events.iter().map(|event| standing(event, settings, find)).collect();
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
    }
}

/// The standing of one event.
fn standing<'a>(event: &Adoption, settings: &Settings, find: &dyn Fn(&str) -> Option<&'a Record>) -> Standing {
    if settings.recognised_forms.contains(&event.form) {
        return Standing::Recognised;
    }
    // What an office decides for itself (本院) is not a decision of party, government or congress.
    if event.level == Some(Level::Unit) {
        return Standing::Nothing;
    }
    let counts = match event.form {
        Form::Recommendation => event.leads_to.iter().filter_map(|id| find(id)).any(accepted),
        form => settings
            .counts_from
            .get(&form)
            .is_some_and(|least| event.effect >= Some(threshold(*least, form, settings))),
    };
    if counts { Standing::Adopted } else { Standing::Nothing }
}

/// The least effect that counts; `endorsed_counts` lowers that of an instruction.
fn threshold(least: Effect, form: Form, settings: &Settings) -> Effect {
    if form == Form::Instruction && settings.endorsed_counts {
        least.min(Effect::Endorsed)
    } else {
        least
    }
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
