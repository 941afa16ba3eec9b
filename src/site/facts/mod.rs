//! What a document page says about its document outside the body, listed once.
//!
//! [`facts`] is the only place that decides which values of a record a page shows and how they
//! read. The page renders it and [`searchable_extra`] indexes it, so that whatever stands on the
//! page is found.

mod recommendation;

pub(super) use recommendation::{happened, rule_key};

use super::Entry;
use super::law_term::term;
use super::shelf::Facet;
use super::words::{Words, shown};
use crate::audience::Audience;
use crate::message::Lang;
use crate::record::keys::Shape;
use crate::record::{Adoption, Content, Detail, Quantity, Record, Report, Topic};
use crate::text::numeral;

/// One thing that a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// The document's own text, with the list of all documents that share the value.
    Text {
        text: String,
        list: Option<(Facet, String)>,
    },
    /// Another document, by its id; shown by its title where this audience has it.
    Document(String),
    /// What was derived of the document (已转化, 待核实, 已完成), with the class of a badge.
    Word { text: String, badge: Option<&'static str> },
}

impl Cell {
    /// What it says.
    fn into_text(self) -> String {
        match self {
            Cell::Text { text, .. } | Cell::Document(text) | Cell::Word { text, .. } => text,
        }
    }

    fn text(text: impl Into<String>) -> Self {
        Cell::Text {
            text: text.into(),
            list: None,
        }
    }

    fn word(words: Words, key: &'static str) -> Self {
        Cell::Word {
            text: words.get(key).to_owned(),
            badge: key.strip_prefix("badge."),
        }
    }
}

/// A label with its values.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub label: &'static str,
    /// Values, at least one.
    pub cells: Vec<Cell>,
}

/// A table: events, steps, honours, key results.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Message key of the caption.
    pub label: &'static str,
    /// Message keys of the columns.
    pub columns: Vec<&'static str>,
    /// Rows of cells, as many as there are columns.
    pub rows: Vec<Vec<Vec<Cell>>>,
}

/// Everything that a page says about its document besides title, summary and body.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Short values, for the `<dl>`.
    pub rows: Vec<Row>,
    /// Longer texts, one a point.
    pub points: Vec<Row>,
    pub tables: Vec<Table>,
}

/// Every text that the page shows as the document's own besides title, summary, tags, causes and
/// body, as shown; titles of other documents are theirs.
pub(crate) fn searchable_extra(entry: &Entry) -> Vec<String> {
    // The document's own words don't change with the language of the interface; names of closed
    // vocabularies are indexed as authors of the corpus know them.
    facts(entry, Words::of(Lang::Zh)).texts()
}

impl Facts {
    /// The document's own texts, in the order of the page, each once. Tags and causes have a field of their own.
    fn texts(&self) -> Vec<String> {
        let cells = self.rows.iter().chain(&self.points).flat_map(|row| &row.cells).chain(
            self.tables
                .iter()
                .flat_map(|table| table.rows.iter().flatten().flatten()),
        );
        let mut seen = std::collections::HashSet::new();
        cells
            .filter_map(|cell| match cell {
                Cell::Text {
                    list: Some((Facet::Tag | Facet::Cause, _)),
                    ..
                } => None,
                Cell::Text { text, .. } | Cell::Word { text, .. } if seen.insert(text.as_str()) => Some(text.clone()),
                _ => None,
            })
            .collect()
    }

    fn row(&mut self, label: &'static str, cells: Vec<Cell>) {
        if !cells.is_empty() {
            self.rows.push(Row { label, cells });
        }
    }

    fn text(&mut self, label: &'static str, text: Option<impl Into<String>>) {
        self.row(label, text.map(Cell::text).into_iter().collect());
    }

    fn listed(&mut self, label: &'static str, facet: Facet, values: &[String]) {
        let cell = |value: &String| Cell::Text {
            text: value.clone(),
            list: Some((facet, value.clone())),
        };
        self.row(label, values.iter().map(cell).collect());
    }

    fn documents<'a>(&mut self, label: &'static str, ids: impl IntoIterator<Item = &'a str>) {
        self.row(label, ids.into_iter().map(|id| Cell::Document(id.to_owned())).collect());
    }

    fn point(&mut self, label: &'static str, texts: &[String]) {
        if !texts.is_empty() {
            self.points.push(Row {
                label,
                cells: texts.iter().map(Cell::text).collect(),
            });
        }
    }

    /// Adds a table without the columns that no row fills.
    fn table(&mut self, label: &'static str, columns: &[&'static str], mut rows: Vec<Vec<Vec<Cell>>>) {
        if rows.is_empty() {
            return;
        }
        let filled: Vec<bool> = (0..columns.len())
            .map(|at| rows.iter().any(|row| !row[at].is_empty()))
            .collect();
        let kept = |at: usize| filled[at];
        for row in &mut rows {
            *row = std::mem::take(row)
                .into_iter()
                .enumerate()
                .filter(|(at, _)| kept(*at))
                .map(|(_, cell)| cell)
                .collect();
        }
        let columns = columns
            .iter()
            .enumerate()
            .filter(|(at, _)| kept(*at))
            .map(|(_, column)| *column)
            .collect();
        self.tables.push(Table { label, columns, rows });
    }
}

/// The facts of a document, in the order of the page.
pub(super) fn facts(entry: &Entry, words: Words) -> Facts {
    let record = entry.document.record();
    let mut facts = Facts::default();
    common(&mut facts, record, words, entry.document.audience());
    own(&mut facts, record, words);
    match &record.detail {
        Detail::Report(detail) => adoptions(&mut facts, detail, entry, words),
        Detail::Recommendation(detail) => {
            let columns = ["step.name", "field.date", "step.content"];
            facts.table("table.steps", &columns, recommendation::steps(detail, entry, words));
        }
        Detail::Topic(detail) => key_results(&mut facts, detail, words),
        Detail::Case(_) | Detail::Law(_) => {}
    }
    honours(&mut facts, record, words);
    if entry.document.audience() == Audience::Internal {
        review(&mut facts, record, words);
    }
    facts
}

/// What the keys of a kind hold, as their table has it.
fn own(facts: &mut Facts, record: &Record, words: Words) {
    let mut all = record.detail.contents();
    all.retain(|(key, _)| key.fact.is_some());
    all.sort_by_key(|(key, _)| key.fact);
    for (key, content) in all {
        let label = words.label(key);
        match (content, key.shape) {
            (Content::Text(id), Shape::Id) => facts.documents(label, id),
            (Content::Text(text), _) => facts.text(label, text),
            (Content::Texts(ids), Shape::Ids) => facts.documents(label, ids.iter().map(String::as_str)),
            (Content::Texts(texts), Shape::Lines) => facts.point(label, texts),
            (Content::Texts(texts), _) => facts.row(label, texts.iter().map(Cell::text).collect()),
            (Content::Day(day), _) => facts.text(label, day.map(shown)),
            (Content::Value(names), _) => {
                facts.text(
                    label,
                    names.map(|(value, _)| words.find(&format!("{}.{value}", key.messages))),
                );
            }
            (Content::Flag(true), _) => facts.row(label, vec![Cell::word(words, "yes")]),
            // Each has a table of its own.
            (
                Content::Flag(false)
                | Content::Adoptions(_)
                | Content::Steps(_)
                | Content::Reply(_)
                | Content::Rectification(_)
                | Content::KeyResults(_),
                _,
            ) => {}
        }
    }
}

fn common(facts: &mut Facts, record: &Record, words: Words, audience: Audience) {
    let label = if matches!(record.detail, Detail::Topic(_)) {
        words.get("field.started")
    } else {
        words.get("field.date")
    };
    facts.text(label, record.date.map(shown));
    facts.listed(words.get("field.units"), Facet::Unit, &record.units);
    facts.listed(words.get("field.departments"), Facet::Department, &record.departments);
    let author = |author: &crate::record::Author| Cell::Text {
        text: match author.role {
            Some(role) => words.bracketed(&author.name, &words.name(role)),
            None => author.name.clone(),
        },
        list: (audience == Audience::Internal).then(|| (Facet::Person, author.name.clone())),
    };
    facts.row(words.get("field.authors"), record.authors.iter().map(author).collect());
    facts.listed(words.get("field.lines"), Facet::Line, &record.lines);
    facts.listed(words.get("field.causes"), Facet::Cause, &record.causes);
    facts.listed(words.get("field.tags"), Facet::Tag, &record.tags);
    facts.text(
        words.get("field.people"),
        record
            .benefits
            .people
            .as_ref()
            .map(|people| counted(&people.value, words, "unit.people")),
    );
    facts.text(
        words.get("field.amount"),
        record
            .benefits
            .amount
            .as_ref()
            .map(|amount| counted(&amount.value, words, "unit.yuan")),
    );
    let law = |text: &String| Cell::Text {
        text: text.clone(),
        list: crate::markdown::citations([text.as_str()])
            .first()
            .map(|citation| (Facet::Law, term(citation))),
    };
    facts.row(words.get("field.laws"), record.laws.iter().map(law).collect());
}

/// A quantity as written, with its unit where none is written already.
fn counted(quantity: &Quantity, words: Words, key: &'static str) -> String {
    let figure = |letter: char| numeral::is_part(letter) || numeral::is_capital(letter) || "余多+".contains(letter);
    if quantity.text.ends_with(figure) {
        words.with(key, "n", &quantity.text)
    } else {
        quantity.text.clone()
    }
}

fn adoptions(facts: &mut Facts, report: &Report, entry: &Entry, words: Words) {
    let columns = [
        "field.date",
        "adoption.form",
        "adoption.level",
        "adoption.authority",
        "adoption.effect",
        "adoption.document",
        "adoption.standing",
        "adoption.evidence",
        "adoption.note",
        "adoption.leads_to",
    ];
    let rows = report
        .adoptions
        .iter()
        .enumerate()
        .map(|(at, event)| adoption(event, at, entry, words))
        .collect();
    facts.table("table.adoptions", &columns, rows);
}

fn adoption(event: &Adoption, at: usize, entry: &Entry, words: Words) -> Vec<Vec<Cell>> {
    use crate::adoption::Standing;
    let standing = match entry.outcome.events.get(at) {
        Some(Standing::Adopted) => vec![Cell::word(words, "badge.adopted")],
        Some(Standing::Recognised) => vec![Cell::word(words, "badge.recognised")],
        Some(Standing::Nothing) | None => Vec::new(),
    };
    let evidence = match event.evidence.as_deref() {
        // The gate leaves the public to know that there is evidence, and not where.
        Some("") => Vec::new(),
        Some(evidence) => vec![Cell::text(evidence)],
        None => vec![Cell::word(words, "badge.unverified")],
    };
    vec![
        optional(event.date.map(shown)),
        vec![Cell::text(words.name(event.form))],
        optional(event.level.map(|level| words.name(level))),
        optional(event.authority.clone()),
        optional(event.effect.map(|effect| words.name(effect))),
        optional(event.document.clone()),
        standing,
        evidence,
        optional(event.note.clone()),
        event.leads_to.iter().cloned().map(Cell::Document).collect(),
    ]
}

fn optional(text: Option<String>) -> Vec<Cell> {
    text.map(Cell::text).into_iter().collect()
}

fn key_results(facts: &mut Facts, topic: &Topic, words: Words) {
    let result = |result: &crate::record::KeyResult| {
        let done = Cell::word(words, if result.done { "badge.done" } else { "badge.open" });
        vec![vec![Cell::text(&result.text)], vec![done]]
    };
    facts.table(
        "table.results",
        &["key_result.text", "key_result.state"],
        topic.key_results.iter().map(result).collect(),
    );
}

fn honours(facts: &mut Facts, record: &Record, words: Words) {
    let honour = |honour: &crate::record::Honour| {
        vec![
            optional(honour.date.map(shown)),
            vec![Cell::text(&honour.title)],
            optional(honour.level.map(|level| words.name(level))),
            honour.issuers.iter().map(Cell::text).collect(),
        ]
    };
    let columns = ["field.date", "honour.title", "honour.level", "honour.issuers"];
    facts.table("table.honours", &columns, record.honours.iter().map(honour).collect());
}

fn review(facts: &mut Facts, record: &Record, words: Words) {
    facts.text(words.get("field.visibility"), Some(words.name(record.visibility)));
    if let Some(review) = &record.review {
        let texts = [review.by.clone(), review.date.map(shown), review.result.clone()];
        facts.row(
            words.get("field.review"),
            texts.into_iter().flatten().map(Cell::text).collect(),
        );
    }
}
