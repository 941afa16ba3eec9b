//! The facts of a recommendation: its steps from issue to close, with the rule of its deadline.

use super::{Cell, optional};
use crate::adoption::deadline::Rule;
use crate::record::date::Day;
use crate::record::{Recommendation, Step};
use crate::site::Entry;
use crate::site::words::{Words, shown};

/// The steps of a recommendation in their order by rule: what happened, when, and what it said.
pub(super) fn steps(detail: &Recommendation, entry: &Entry, words: Words) -> Vec<Vec<Vec<Cell>>> {
    let mut rows = Vec::new();
    let mut add = |name: &'static str, day: Option<Day>, content: Vec<Cell>| {
        rows.push(vec![vec![Cell::word(words, name)], optional(day.map(shown)), content]);
    };
    let dated = |one: &Step| (one.date, optional(one.text.clone()));
    if let Some(issued) = &detail.issued {
        add("step.issued", Some(issued.value), Vec::new());
    }
    if let Some(delivered) = &detail.delivered {
        add(
            "step.delivered",
            Some(delivered.value),
            optional(detail.delivery.clone()),
        );
    }
    if let Some(filed) = detail.filed {
        add("step.filed", Some(filed), Vec::new());
    }
    if let Some(due) = entry.due {
        let mut why = vec![Cell::word(words, rule_key(due.rule))];
        why.extend(optional(detail.due_reason.clone()));
        add("step.due", Some(Day::exact(due.date)), why);
    }
    if let Some((day, text)) = detail.objection.as_ref().map(dated) {
        add("step.objection", day, text);
    }
    if let Some(withdrawn) = &detail.withdrawn {
        add("step.withdrawn", Some(withdrawn.value), Vec::new());
    }
    if let Some(reply) = &detail.reply {
        let mut said = optional(reply.outcome.map(|outcome| words.name(outcome)));
        said.extend(optional(reply.summary.clone()));
        add("step.reply", reply.date, said);
    }
    if let Some(found) = &detail.rectification {
        add(
            "step.rectification",
            found.date,
            optional(found.outcome.map(|outcome| words.name(outcome))),
        );
    }
    for (day, text) in detail.followups.iter().map(dated) {
        add("step.followup", day, text);
    }
    for (day, text) in detail.escalations.iter().map(dated) {
        add("step.escalation", day, text);
    }
    if let Some((day, text)) = detail.closed.as_ref().map(dated) {
        add("step.closed", day, text);
    }
    rows
}

/// What happened to a recommendation, each with its day and what it said; when a reply is due is no such thing.
pub(in crate::site) fn happened(detail: &Recommendation, entry: &Entry, words: Words) -> Vec<(Option<String>, String)> {
    let due = words.get("step.due");
    let joined = |cells: Vec<Cell>| cells.into_iter().map(Cell::into_text).collect::<Vec<_>>().join(" ");
    let rows = steps(detail, entry, words).into_iter().filter_map(|row| {
        let [name, day, said] = <[Vec<Cell>; 3]>::try_from(row).ok()?;
        let (name, day, said) = (joined(name), joined(day), joined(said));
        let day = Some(day).filter(|day| !day.is_empty());
        (name != due).then(|| (day, format!("{name} {said}").trim_end().to_owned()))
    });
    rows.collect()
}

/// The message that names a rule of deadlines.
pub(in crate::site) fn rule_key(rule: Rule) -> &'static str {
    match rule {
        Rule::TwoMonths => "rule.two-months",
        Rule::FifteenDays => "rule.fifteen-days",
        Rule::ThreeMonths => "rule.three-months",
        Rule::Stated => "rule.stated",
    }
}
