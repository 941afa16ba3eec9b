//! The chain of a document as its page shows it: one timeline from the topic to the honour.

use super::names::href;
use super::words::{Words, shown};
use super::{Entry, Site};
use crate::adoption::chain::{Happening, steps};
use crate::adoption::{Reached, Stage, Standing, due, life};
use crate::record::date::Day;
use crate::record::vocabulary::{Effect, Form, Kind};
use crate::record::{Adoption, Detail, Honour, Recommendation, Record};
use crate::settings::Settings;
use serde::Serialize;

/// A step as the template shows it.
#[derive(Serialize)]
struct Step {
    date: Option<String>,
    stage: &'static str,
    text: String,
    badge: Option<(&'static str, &'static str)>,
    kind: &'static str,
    title: String,
    /// None: the document of the page itself.
    href: Option<String>,
}

/// The timeline of a chain.
#[derive(Serialize)]
pub(super) struct Timeline {
    steps: Vec<Step>,
    documents: usize,
    /// Whether the chain goes on beyond what is shown.
    more: bool,
}

/// A stage of a report's life as the template shows it.
#[derive(Serialize)]
pub(super) struct LifeStage {
    name: String,
    /// `reached`, `passed` or `ahead`, and that in words.
    state: &'static str,
    state_text: &'static str,
    date: Option<String>,
    /// The furthest stage that was reached.
    last: bool,
}

impl Site<'_> {
    /// The life line of a report.
    pub(super) fn life_line(&self, index: usize) -> Option<Vec<LifeStage>> {
        let entry = &self.entries[index];
        let find = |id: &str| self.find(id).map(|other| self.entries[other].document.record());
        let stages = life(entry.document.record(), &entry.outcome, &find)?;
        let last = stages
            .iter()
            .rposition(|(_, reached)| matches!(reached, Reached::On(_)));
        let shown_stage = |(at, (stage, reached)): (usize, (Stage, Reached))| {
            let (state, state_text, date) = match reached {
                Reached::On(date) => ("reached", "life.state.reached", date),
                Reached::Passed => ("passed", "life.state.passed", None),
                Reached::Ahead => ("ahead", "life.state.ahead", None),
            };
            LifeStage {
                name: self.words.find(&format!("life.{}", stage.key())),
                state,
                state_text: self.words.get(state_text),
                date: date.map(shown),
                last: last == Some(at),
            }
        };
        Some(stages.into_iter().enumerate().map(shown_stage).collect())
    }

    /// The timeline of the chain that a document is part of; none for a document that stands alone.
    pub(super) fn timeline(&self, index: usize) -> Option<Timeline> {
        let (documents, more) = self.chains.around(index);
        if documents.len() < 2 {
            return None;
        }
        let records: Vec<(usize, &Record)> = documents
            .iter()
            .map(|&document| (document, self.entries[document].document.record()))
            .collect();
        let told = steps(&records).into_iter().map(|step| {
            let entry = &self.entries[step.document];
            let record = entry.document.record();
            let (stage, text) = told(&step.happening, entry, self.settings, self.words);
            Step {
                date: step.date.map(shown),
                stage,
                text,
                badge: badge(&step.happening, entry, self.words),
                kind: record.kind.key(),
                title: record.title.clone(),
                href: (step.document != index).then(|| href(&self.entries[index].page, &entry.page)),
            }
        });
        Some(Timeline {
            steps: told.collect(),
            documents: documents.len(),
            more,
        })
    }
}

/// The stage of a step and what happened in it.
fn told(happening: &Happening, entry: &Entry, settings: &Settings, words: Words) -> (&'static str, String) {
    let record = entry.document.record();
    match happening {
        Happening::Started => (words.get("chain.started"), started(record, words)),
        Happening::Written if record.kind == Kind::Case => (words.get("chain.case"), String::new()),
        Happening::Written => (words.get("chain.written"), genre(record)),
        Happening::Event(event, _) => (words.get(stage(event, settings)), told_event(event, words)),
        Happening::Issued(recommendation) => (words.get("chain.issued"), told_issue(recommendation, settings, words)),
        Happening::Objected(recommendation) => {
            let objection = recommendation.objection.as_ref().and_then(|step| step.text.clone());
            (words.get("step.objection"), objection.unwrap_or_default())
        }
        Happening::Withdrawn => (words.get("step.withdrawn"), String::new()),
        Happening::Replied(recommendation) => (words.get("step.reply"), told_reply(recommendation, settings, words)),
        Happening::Escalated(step) => (words.get("step.escalation"), (*step).to_owned()),
        Happening::Rectified(recommendation) => {
            let outcome = recommendation.rectification.as_ref().and_then(|found| found.outcome);
            (
                words.get("step.rectification"),
                outcome.map(|outcome| words.name(outcome)).unwrap_or_default(),
            )
        }
        Happening::Closed => (words.get("step.closed"), String::new()),
        Happening::Honoured(honour) => (words.get("chain.honour"), told_honour(honour, words)),
    }
}

fn started(record: &Record, words: Words) -> String {
    let Detail::Topic(topic) = &record.detail else {
        return String::new();
    };
    let lead = topic.lead.as_ref().map(|lead| words.with("chain.lead", "name", lead));
    joined([topic.category.clone(), lead].into_iter().flatten())
}

fn genre(record: &Record) -> String {
    match &record.detail {
        Detail::Report(report) => report.genre.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

/// 报送, 批示, 成果认可, or 成果.
fn stage(event: &Adoption, settings: &Settings) -> &'static str {
    match event.form {
        _ if event.effect == Some(Effect::Submitted) => "chain.submitted",
        Form::Instruction => "chain.instruction",
        form if settings.recognised_forms.contains(&form) => "chain.recognised",
        _ => "chain.result",
    }
}

fn told_event(event: &Adoption, words: Words) -> String {
    // 批示 is the stage already, and its effect says how far it went.
    let form = (event.form != Form::Instruction).then(|| words.name(event.form));
    let effect = event.effect.map(|effect| words.name(effect));
    joined(
        [event.authority.clone(), form, effect, event.document.clone()]
            .into_iter()
            .flatten(),
    )
}

fn told_issue(recommendation: &Recommendation, settings: &Settings, words: Words) -> String {
    let to = recommendation.addressee.as_ref();
    let to = to.map(|addressee| words.with("chain.to", "addressee", addressee));
    let delivered = recommendation.delivered.as_ref();
    let delivered = delivered.map(|day| words.with("chain.delivered", "date", shown(day.value)));
    let due = due(recommendation, settings).map(|due| words.with("chain.due", "date", due.date));
    joined(
        [to, recommendation.number.clone(), delivered, due]
            .into_iter()
            .flatten(),
    )
}

fn told_reply(recommendation: &Recommendation, settings: &Settings, words: Words) -> String {
    let Some(reply) = &recommendation.reply else {
        return String::new();
    };
    let late = reply
        .date
        .zip(due(recommendation, settings))
        .and_then(|(day, due)| days_late(day, due.date));
    let late = late.map(|days| words.with("due.days.late", "days", days));
    let outcome = reply.outcome.map(|outcome| words.name(outcome));
    joined([recommendation.addressee.clone(), outcome, late].into_iter().flatten())
}

fn told_honour(honour: &Honour, words: Words) -> String {
    let issuers = (!honour.issuers.is_empty()).then(|| honour.issuers.join("、"));
    match issuers {
        Some(issuers) => words.bracketed(&honour.title, &issuers),
        None => honour.title.clone(),
    }
}

fn badge(happening: &Happening, entry: &Entry, words: Words) -> Option<(&'static str, &'static str)> {
    let Happening::Event(event, at) = happening else {
        return None;
    };
    match entry.outcome.events.get(*at)? {
        Standing::Adopted if event.evidence.is_none() => Some(("unverified", words.get("badge.unverified"))),
        Standing::Adopted => Some(("adopted", words.get("badge.adopted"))),
        Standing::Recognised => Some(("recognised", words.get("badge.recognised"))),
        Standing::Nothing => None,
    }
}

/// By how many days a reply came late; one known by its month counts from the first day of that.
pub(super) fn days_late(replied: Day, due: jiff::civil::Date) -> Option<i32> {
    let days = due.until(replied.date).ok()?.get_days();
    (days > 0).then_some(days)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" · ")
}
