//! The facts of a recommendation: its steps from issue to close, with the rule of its deadline.

use super::{Cell, optional};
use crate::adoption::deadline::Rule;
use crate::record::date::Day;
use crate::record::{Recommendation, Step};
use crate::site::Entry;
use crate::site::words::{Words, shown};

/// A step of a recommendation, or the day on which a reply to it is due.
struct Event {
    /// The message that names it.
    name: &'static str,
    day: Option<Day>,
    said: Vec<Cell>,
}

/// The message that names the day on which a reply is due.
const DUE: &str = "step.due";

/// The steps of a recommendation in their order by rule: what happened, when, and what it said.
pub(super) fn steps(detail: &Recommendation, entry: &Entry, words: Words) -> Vec<Vec<Vec<Cell>>> {
    let row = |event: Event| {
        vec![
            vec![Cell::word(words, event.name)],
            optional(event.day.map(shown)),
            event.said,
        ]
    };
    events(detail, entry, words).into_iter().map(row).collect()
}

fn events(detail: &Recommendation, entry: &Entry, words: Words) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |name: &'static str, day: Option<Day>, said: Vec<Cell>| events.push(Event { name, day, said });
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
        add(DUE, Some(Day::exact(due.date)), why);
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
    events
}

/// What happened to a recommendation, each with its day and what it said; the day on which a reply is due is not among them.
pub(in crate::site) fn happened(detail: &Recommendation, entry: &Entry, words: Words) -> Vec<(Option<String>, String)> {
    let happened = events(detail, entry, words)
        .into_iter()
        .filter(|event| event.name != DUE);
    let told = |event: Event| {
        let said = event.said.into_iter().map(Cell::into_text);
        let said: Vec<String> = std::iter::once(words.get(event.name).to_owned()).chain(said).collect();
        (event.day.map(shown), said.join(" "))
    };
    happened.map(told).collect()
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
