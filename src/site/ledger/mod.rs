//! 调研成果转化台账: the page with its totals and newest events, and the data by which its script
//! filters, traces and exports all of them.

mod amount;
mod data;
mod sheet;

pub(crate) use amount::amount_text;
pub(crate) use sheet::{Cell, Sheet, sheet};

use super::names::href;
use super::said::copies_note;
use super::templates::{render, value};
use super::{Entry, Site};
use crate::adoption::{self, By, Figures, Filter, Measure, Period, Sum, counts_from};
use crate::audience::Audience;
use crate::message::Catalogue;
use crate::record::{Effect, Form, Level, Record};
use crate::sink::Sink;
use minijinja::context;
use serde::Serialize;
use std::io;

/// The page, below the site.
pub(super) const PAGE: &str = "boards/ledger.html";

/// Events on the page itself; the script shows the others.
const ROWS: usize = 50;

/// The scripts of the page: figures, spreadsheets, the page.
const SCRIPTS: &str = concat!(script!("ledger.js"), script!("sheet.js"), script!("ledger-page.js"));

/// Prefixes of the messages that the scripts show.
const MESSAGES: [&str; 11] = [
    "ledger.unplaced",
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
    /// The period of every figure that a page shows before its reader asks for another: 统计起始 on.
    pub(super) fn period(&self) -> Period {
        Period {
            since: self.settings.since,
            until: None,
        }
    }

    /// Hands the page, its data, script and style to a sink.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn ledger(&self, sink: &dyn Sink) -> io::Result<()> {
        let parts = data::parts(self.entries, self.audience, self.settings);
        sink.text(PAGE, self.ledger_page(&parts))?;
        for (file, script) in parts {
            sink.text(&format!("boards/{file}"), script)?;
        }
        sink.text("assets/ledger.js", self.texts(&MESSAGES) + SCRIPTS)?;
        sink.text(
            "assets/ledger.css",
            concat!(style!("search-small.css"), style!("ledger.css")).to_owned(),
        )
    }

    fn ledger_page(&self, parts: &[(String, String)]) -> String {
        let words = self.words;
        let documents = documents(self.entries);
        // What the page asks for before its reader does.
        let filter = Filter {
            period: self.period(),
            ..Filter::default()
        };
        let ledger = adoption::filtered(&documents, self.settings, By::Year, &filter);
        let events = adoption::events(&documents, self.settings, &filter);
        let rows: Vec<sheet::Shown> = events
            .iter()
            .take(ROWS)
            .map(|event| sheet::shown(&self.entries[event.document], event, words, self.audience))
            .collect();
        let shown = measures(self.audience, self.entries);
        let figures = shown
            .into_iter()
            .map(|measure| figure(measure, ledger.total.of(measure), self.lang));
        let files: Vec<&str> = parts.iter().map(|(file, _)| file.as_str()).collect();
        let named = |keys: Vec<(&'static str, String)>| value(keys);
        let own = context! {
            title => words.get("board.ledger.title"),
            here => "ledger",
            figures => value(figures.collect::<Vec<_>>()),
            since => self.settings.since.map(|day| day.to_string()),
            now => self.now.to_string(),
            unit => self.settings.unit.as_deref(),
            unplaced => unplaced(&ledger.unplaced, words.catalogue()),
            copies => copies_note(self.entries, words.catalogue()),
            rows => value(rows),
            total => events.len(),
            internal => self.audience == Audience::Internal,
            parts => files.join(" "),
            forms => named(Form::ALL.iter().map(|form| (form.key(), words.name(*form))).collect()),
            levels => named(Level::ALL.iter().rev().map(|level| (level.key(), words.name(*level))).collect()),
            effects => named(Effect::ALL.iter().map(|effect| (effect.key(), words.name(*effect))).collect()),
            rules => value(self.rules()),
            genres => self.settings.written_genres.iter().map(String::as_str).collect::<Vec<_>>().join(words.get("ledger.script.separator")),
            instructions => measures(self.audience, self.entries).contains(&Measure::Instructions),
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
pub(crate) fn documents(entries: &[Entry]) -> Vec<(&Record, &adoption::Outcome)> {
    entries
        .iter()
        .map(|entry| (entry.document.record(), &entry.outcome))
        .collect()
}

/// The figures that an audience sees. Instructions are internal unless they say otherwise: where no public document
/// has one, the public isn't told a number that would be read as that of all.
pub(crate) fn measures(audience: Audience, entries: &[Entry]) -> Vec<Measure> {
    let instructions = audience == Audience::Internal || entries.iter().any(has_instruction);
    Measure::ALL
        .into_iter()
        .filter(|measure| instructions || !matches!(measure, Measure::Instructions | Measure::Endorsed))
        .collect()
}

fn has_instruction(entry: &Entry) -> bool {
    entry.outcome.counted.instruments.iter().any(Option::is_some)
}

/// What may fall in a period or not, figure by figure: 撰写报告 1 篇、已转化 2 篇; nothing where there is none.
pub(crate) fn unplaced(figures: &Figures, words: &Catalogue) -> Option<String> {
    let main = Measure::ALL
        .into_iter()
        .filter(|measure| !matches!(measure, Measure::Unverified | Measure::Endorsed));
    let named: Vec<String> = main
        .filter(|measure| figures.of(*measure).value > 0)
        .map(|measure| {
            let (number, unit) = figure_parts(measure, figures.of(measure), words);
            let name = words.get(&format!("measure.{}", measure.key())).to_owned();
            words.format(
                "ledger.unplaced.figure",
                &[("name", name), ("n", number), ("unit", unit)],
            )
        })
        .collect();
    let list = || named.join(words.get("ledger.script.separator"));
    (!named.is_empty()).then(|| words.format("ledger.unplaced", &[("list", list())]))
}

/// A figure in words: number and unit apart.
fn figure(measure: Measure, sum: Sum, lang: crate::message::Lang) -> Figure {
    let (number, unit) = figure_parts(measure, sum, Catalogue::of(lang));
    Figure {
        key: measure.key(),
        number,
        unit,
    }
}

fn figure_parts(measure: Measure, sum: Sum, words: &Catalogue) -> (String, String) {
    let unit = words.get(&format!("measure.unit.{}", measure.key())).to_owned();
    match measure {
        Measure::Amount => (amount_text(sum, words), String::new()),
        _ if sum.at_least => (words.format("figure.at_least", &[("n", sum.value.to_string())]), unit),
        _ => (sum.value.to_string(), unit),
    }
}

/// The link from the page to a document's.
fn link(entry: &Entry) -> String {
    href(PAGE, &entry.page)
}
