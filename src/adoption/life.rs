//! The life of a report in one line: 选题, 立项, 成稿, 报送, 批示, 成果, 落实.
//!
//! Nothing of it is written by hand: the first two come from the report's topic, 成稿 from its date, the
//! others from its events.

use super::counted::adoptions;
use super::outcome::{Outcome, Standing, earliest};
use crate::record::date::Day;
use crate::record::vocabulary::{Effect, Form};
use crate::record::{Adoption, Detail, Record};

/// Categories of topics that call for themes or papers: they begin a report without starting it.
const CALLS: [&str; 2] = ["选题征集", "论坛征文"];

/// A stage of a report's life, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// 选题: it answers a call for themes or papers.
    Theme,
    /// 立项: its topic was started.
    Started,
    /// 成稿.
    Written,
    /// 报送.
    Submitted,
    /// 批示: an office noted it or gave an instruction.
    Instructed,
    /// 成果: an event that counts as 已转化 or 成果认可, other than an instruction.
    Result,
    /// 落实: an event that was carried out, or a recommendation made of it whose addressee set things right.
    Implemented,
}

impl Stage {
    /// Its key in the catalogue, after `life.`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Stage::Theme => "theme",
            Stage::Started => "started",
            Stage::Written => "written",
            Stage::Submitted => "submitted",
            Stage::Instructed => "instructed",
            Stage::Result => "result",
            Stage::Implemented => "implemented",
        }
    }
}

/// How far a report came in one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    /// Recorded, with its first date where that is given.
    On(Option<Day>),
    /// Nothing is recorded of it, but a later stage was reached.
    Passed,
    /// Not reached.
    Ahead,
}

/// The stages of a report with how far it came; `None` for other kinds.
///
/// `find` gives the record of an id: a topic.
pub(crate) fn life<'a>(
    record: &Record,
    outcome: &Outcome,
    find: &dyn Fn(&str) -> Option<&'a Record>,
) -> Option<[(Stage, Reached); 7]> {
    let Detail::Report(report) = &record.detail else {
        return None;
    };
    let topic = report.topic.as_deref().and_then(find);
    let is_call = |topic: &Record| match &topic.detail {
        Detail::Topic(topic) => topic
            .category
            .as_deref()
            .is_some_and(|category| CALLS.contains(&category)),
        _ => false,
    };
    let of_topic = |call: bool| topic.filter(|topic| is_call(topic) == call).map(|topic| topic.date);
    let events = || adoptions(record).iter().zip(&outcome.events).zip(&outcome.days);
    let instruction = |event: &Adoption| event.form == Form::Instruction;
    let submitted = |event: &Adoption| event.effect == Some(Effect::Submitted);
    let first = |wanted: &dyn Fn(&Adoption, Standing) -> bool| {
        earliest(
            events()
                .filter(|((event, standing), _)| wanted(event, **standing))
                .map(|(_, day)| *day),
        )
    };
    let found = [
        (Stage::Theme, of_topic(true)),
        (Stage::Started, of_topic(false)),
        (Stage::Written, Some(record.date)),
        (Stage::Submitted, first(&|event, _| submitted(event))),
        (
            Stage::Instructed,
            first(&|event, _| instruction(event) && !submitted(event)),
        ),
        (
            Stage::Result,
            first(&|event, standing| !instruction(event) && standing != Standing::Nothing),
        ),
        (
            Stage::Implemented,
            earliest(outcome.carried_out.iter().copied().flatten()),
        ),
    ];
    let last = found.iter().rposition(|(_, on)| on.is_some());
    let mut at = 0;
    Some(found.map(|(stage, on)| {
        let reached = match on {
            Some(day) => Reached::On(day),
            None if last.is_some_and(|last| at < last) => Reached::Passed,
            None => Reached::Ahead,
        };
        at += 1;
        (stage, reached)
    }))
}
