//! The rows of the ledger in words: on the page, and as the table that is exported.

use super::amount::yuan;
use super::data::evidence_target;
use super::{PAGE, link};
use crate::adoption::{self, Event, Filter, Reason, Standing, Sum};
use crate::audience::Audience;
use crate::message::{Catalogue, Lang};
use crate::record::date::Day;
use crate::settings::Settings;
use crate::site::Entry;
use crate::site::names::href;
use crate::site::words::{Words, shown as shown_day};
use serde::Serialize;

/// A value of the exported table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    /// A date; a spreadsheet takes one that is known to the day as such.
    Day(Day),
    Number(i64),
    /// A figure that may be a lower bound; an amount is in hundredths (分) and stands in yuan.
    Sum {
        /// The figure.
        sum: Sum,
        /// Whether it is an amount.
        money: bool,
    },
}

impl Cell {
    /// The value as text.
    pub(crate) fn text(&self, words: &Catalogue) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => shown_day(*day),
            Cell::Number(number) => number.to_string(),
            Cell::Sum { sum, money } => {
                let number = if *money { yuan(sum.value) } else { sum.value.to_string() };
                if sum.at_least {
                    words.format("figure.at_least", &[("n", number)])
                } else {
                    number
                }
            }
        }
    }
}

/// The exported table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sheet {
    /// Headings.
    pub header: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<Cell>>,
}

/// Message keys of the columns of an audience: authors, evidence and places are the office's own.
fn columns(audience: Audience) -> impl Iterator<Item = &'static str> {
    const COLUMNS: [(&str, bool); 16] = [
        ("date", true),
        ("title", true),
        ("units", true),
        ("departments", true),
        ("persons", false),
        ("lines", true),
        ("form", true),
        ("level", true),
        ("authority", true),
        ("effect", true),
        ("document", true),
        ("evidence", false),
        ("standing", true),
        ("reason", true),
        ("file", false),
        ("row", false),
    ];
    COLUMNS
        .into_iter()
        .filter(move |(_, public)| *public || audience == Audience::Internal)
        .map(|(column, _)| column)
}

/// The events that a filter takes, one a row, as the page exports them.
pub(crate) fn sheet(entries: &[Entry], settings: &Settings, audience: Audience, lang: Lang, filter: &Filter) -> Sheet {
    let words = Words::of(lang);
    let documents = super::documents(entries);
    let events = adoption::events(&documents, settings, filter);
    Sheet {
        header: columns(audience)
            .map(|column| words.find(&format!("sheet.{column}")))
            .collect(),
        rows: events
            .iter()
            .map(|event| {
                let entry = &entries[event.document];
                columns(audience)
                    .map(|column| cell(column, entry, event, words))
                    .collect()
            })
            .collect(),
    }
}

fn cell(column: &str, entry: &Entry, event: &Event, words: Words) -> Cell {
    let record = entry.document.record();
    let fact = event.event;
    let list = |values: &[String]| values.join(words.get("ledger.script.separator"));
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    Cell::Text(match column {
        "date" => match event.day {
            Some(day) => return Cell::Day(day),
            None => String::new(),
        },
        "row" => return Cell::Number(fact.line.into()),
        "title" => record.title.clone(),
        "units" => list(&record.units),
        "departments" => list(&record.departments),
        "persons" => list(
            &record
                .authors
                .iter()
                .map(|author| author.name.clone())
                .collect::<Vec<_>>(),
        ),
        "lines" => list(&record.lines),
        "form" => words.name(fact.form),
        "level" => fact.level.map(|level| words.name(level)).unwrap_or_default(),
        "authority" => optional(&fact.authority),
        "effect" => fact.effect.map(|effect| words.name(effect)).unwrap_or_default(),
        "document" => optional(&fact.document),
        "evidence" => optional(&fact.evidence),
        "standing" => list(&standing(event, words)),
        "reason" => reason(event, entry, words),
        _ => record.file.clone(),
    })
}

/// 已转化, 成果认可 or 不计, and 待核实 where there is no evidence.
fn standing(event: &Event, words: Words) -> Vec<String> {
    let unverified = event
        .event
        .evidence
        .is_none()
        .then(|| words.get("badge.unverified").to_owned());
    std::iter::once(words.find(&format!("standing.{}", standing_key(event.standing))))
        .chain(unverified)
        .collect()
}

fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Adopted => "adopted",
        Standing::Recognised => "recognised",
        Standing::Nothing => "nothing",
    }
}

/// Why an event counts as it does; of one that counts by the day of a reply that too.
fn reason(event: &Event, entry: &Entry, words: Words) -> String {
    let why = match (event.reason, entry.outcome.first) {
        (Reason::Below(least), _) => words.with("reason.below", "effect", words.name(least)),
        (Reason::Again, Some(day)) => words.with("reason.again", "date", shown_day(day)),
        (Reason::Again, None) => words.get("reason.again-undated").to_owned(),
        (reason, _) => words.find(&format!("reason.{}", reason.key())),
    };
    if event.day == event.event.date {
        return why;
    }
    let entered = event.event.date.map_or_else(|| words.find("reason.no-date"), shown_day);
    [why, words.with("reason.by-reply", "date", entered)].join(words.get("ledger.script.joint"))
}

/// A row of the page.
#[derive(Serialize)]
pub(super) struct Shown {
    date: String,
    href: String,
    title: String,
    around: Vec<String>,
    lines: String,
    form: String,
    level: String,
    authority: String,
    document: String,
    effect: String,
    evidence: String,
    evidence_href: Option<String>,
    standing: &'static str,
    standing_text: String,
    unverified: bool,
    reason: String,
}

/// An event as the page shows it.
pub(super) fn shown(entry: &Entry, event: &Event, words: Words, audience: Audience) -> Shown {
    let text = |column| cell(column, entry, event, words).text(words.catalogue());
    let persons = (audience == Audience::Internal).then(|| text("persons"));
    let around = [Some(text("units")), Some(text("departments")), persons];
    Shown {
        date: text("date"),
        href: link(entry),
        title: text("title"),
        around: around.into_iter().flatten().filter(|part| !part.is_empty()).collect(),
        lines: text("lines"),
        form: text("form"),
        level: text("level"),
        authority: text("authority"),
        document: text("document"),
        effect: text("effect"),
        evidence: text("evidence"),
        evidence_href: evidence_target(entry, event).map(|target| match entry.evidence.get(event.at) {
            Some(Some(file)) => href(PAGE, file),
            _ => target.to_owned(),
        }),
        standing: standing_key(event.standing),
        standing_text: words.find(&format!("standing.{}", standing_key(event.standing))),
        unverified: event.event.evidence.is_none(),
        reason: text("reason"),
    }
}
