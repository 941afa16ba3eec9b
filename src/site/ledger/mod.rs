//! 调研成果转化台账: the page with its totals and newest events, and the data by which its script
//! filters, traces and exports all of them.

mod amount;
mod data;
mod sheet;

pub use amount::{amount_text, yuan};
pub use sheet::{Cell, Sheet, sheet};

use super::names::href;
use super::templates::{render, value};
use super::{Entry, Site};
use crate::adoption::{self, By, Filter, Measure, Sum, counts_from};
use crate::audience::Audience;
use crate::message::Catalogue;
use crate::record::{Effect, Form, Level, Record};
use minijinja::context;
use serde::Serialize;
use std::io;

/// The page, below the site.
const PAGE: &str = "boards/ledger.html";

/// Events on the page itself; the script shows the others.
const ROWS: usize = 50;

/// The scripts of the page: figures, spreadsheets, the page.
const SCRIPTS: &str = concat!(script!("ledger.js"), script!("sheet.js"), script!("ledger-page.js"));

/// Prefixes of the messages that the scripts show.
const MESSAGES: [&str; 10] = [
    "ledger.script.",
    "form.",
    "level.",
    "effect.",
    "standing.",
    "reason.",
    "measure.",
    "sheet.",
    "figure.",
    "badge.unverified",
];

/// A figure of the page.
#[derive(Serialize)]
struct Figure {
    key: &'static str,
    number: String,
    unit: String,
}

/// A line of 认定口径: what a form counts as at each step of the ladder.
#[derive(Serialize)]
struct Rule {
    form: String,
    /// Whether it counts, by effect; empty where one sentence says all.
    counts: Vec<bool>,
    remark: Option<&'static str>,
}

impl Site<'_> {
    /// Hands the page, its data, script and style to a sink.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn ledger(&self, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        let parts = data::parts(self.entries, self.audience, self.settings);
        sink(PAGE.to_owned(), self.ledger_page(&parts))?;
        for (file, script) in parts {
            sink(format!("boards/{file}"), script)?;
        }
        sink("assets/ledger.js".to_owned(), self.texts(&MESSAGES) + SCRIPTS)?;
        sink("assets/ledger.css".to_owned(), style!("ledger.css").to_owned())
    }

    fn ledger_page(&self, parts: &[(String, String)]) -> String {
        let words = self.words;
        let documents = documents(self.entries);
        let ledger = adoption::filtered(&documents, self.settings, By::Year, &Filter::default());
        let events = adoption::events(&documents, &Filter::default());
        let rows: Vec<sheet::Shown> = events
            .iter()
            .take(ROWS)
            .map(|event| sheet::shown(&self.entries[event.document], event, words, self.audience))
            .collect();
        let figures = measures(self.audience).map(|measure| figure(measure, ledger.total.of(measure), self.lang));
        let files: Vec<&str> = parts.iter().map(|(file, _)| file.as_str()).collect();
        let named = |keys: Vec<(&'static str, String)>| value(keys);
        let own = context! {
            title => words.get("board.ledger.title"),
            here => "ledger",
            figures => value(figures.collect::<Vec<_>>()),
            rows => value(rows),
            total => events.len(),
            internal => self.audience == Audience::Internal,
            parts => files.join(" "),
            forms => named(Form::ALL.iter().map(|form| (form.key(), words.name(*form))).collect()),
            levels => named(Level::ALL.iter().rev().map(|level| (level.key(), words.name(*level))).collect()),
            effects => named(Effect::ALL.iter().map(|effect| (effect.key(), words.name(*effect))).collect()),
            rules => value(self.rules()),
            genres => self.settings.written_genres.iter().map(String::as_str).collect::<Vec<_>>().join(words.get("ledger.script.separator")),
            endorsed_counts => self.settings.endorsed_counts,
        };
        render(&self.templates, "ledger.html", context! { ..self.frame(PAGE), ..own })
    }

    /// 认定口径 as the settings have it, in the order of the forms.
    fn rules(&self) -> Vec<Rule> {
        let rule = |form: &Form| {
            let recognised = self.settings.recognised_forms.contains(form);
            let remark = match form {
                _ if recognised => Some("board.ledger.rule.recognised"),
                Form::Recommendation => Some("board.ledger.rule.recommendation"),
                _ => None,
            };
            let least = counts_from(*form, self.settings);
            let counts = |effect: &Effect| least.is_some_and(|least| *effect >= least);
            Rule {
                form: self.words.name(*form),
                counts: Effect::ALL.iter().map(counts).collect(),
                remark: remark.map(|key| self.words.get(key)),
            }
        };
        Form::ALL.iter().map(rule).collect()
    }
}

/// The documents of a site as the figures take them.
pub(super) fn documents(entries: &[Entry]) -> Vec<(&Record, &adoption::Outcome)> {
    entries
        .iter()
        .map(|entry| (entry.document.record(), &entry.outcome))
        .collect()
}

/// The figures that an audience sees. Instructions are internal, so that the public isn't told their number.
pub fn measures(audience: Audience) -> impl Iterator<Item = Measure> {
    Measure::ALL.into_iter().filter(move |measure| {
        audience == Audience::Internal || !matches!(measure, Measure::Instructions | Measure::Endorsed)
    })
}

/// A figure in words: number and unit apart.
fn figure(measure: Measure, sum: Sum, lang: crate::message::Lang) -> Figure {
    let words = Catalogue::of(lang);
    let unit = words.get(&format!("measure.unit.{}", measure.key())).to_owned();
    let (number, unit) = match measure {
        Measure::Amount => (amount_text(sum, words), String::new()),
        _ if sum.at_least => (words.format("figure.at_least", &[("n", sum.value.to_string())]), unit),
        _ => (sum.value.to_string(), unit),
    };
    Figure {
        key: measure.key(),
        number,
        unit,
    }
}

/// The link from the page to a document's.
fn link(entry: &Entry) -> String {
    href(PAGE, &entry.page)
}
