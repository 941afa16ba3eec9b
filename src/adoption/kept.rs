//! Counts as an index keeps them, so that the figures of the ledger can be added up from the index alone.

use super::count::{Count, Measure, Sum, counts};
use super::ledger::{By, Ledger, keys, tally};
use super::period::Period;
use super::{Filter, Outcome, counted};
use crate::record::Record;
use crate::record::date::Day;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The properties by which rows are made; those of time follow from the day.
const PROPERTIES: [By; 6] = [By::Unit, By::Department, By::Person, By::Line, By::Form, By::Level];

/// A count without its place in the corpus: it is kept beside its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Key of the figure that it adds to.
    measure: String,
    /// The day by which it falls into a period.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// What it adds.
    value: i64,
    /// Whether that is a lower bound.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    at_least: bool,
    /// What tells an instrument from others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    instrument: String,
    /// The rows that it belongs to, by property.
    rows: BTreeMap<String, BTreeSet<String>>,
    /// The event that it rests on, where it rests on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// The event that a count rests on; closed vocabularies by their English keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Basis {
    /// 转化形式.
    pub form: String,
    /// 层级.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// 办理程度.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// 批示（采纳）单位.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// 文号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The day as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Whether there is evidence; without any it is 待核实.
    pub evidence: bool,
}

/// The counts of a document; `persons` says whether rows of persons may be made of them.
pub(crate) fn kept(record: &Record, outcome: &Outcome, settings: &Settings, persons: bool) -> Vec<Kept> {
    let all = counts(0, record, outcome, settings, &Filter::default());
    let events = counted::adoptions(record);
    let one = |count: Count| {
        let rows = PROPERTIES
            .into_iter()
            .filter(|by| persons || *by != By::Person)
            .map(|by| (by.key().to_owned(), keys(by, record, outcome, &count)));
        let basis = count.event.and_then(|at| events.get(at)).map(|event| Basis {
            form: event.form.key().to_owned(),
            level: event.level.map(|level| level.key().to_owned()),
            effect: event.effect.map(|effect| effect.key().to_owned()),
            authority: event.authority.clone(),
            document: event.document.clone(),
            date: event.date.map(|day| day.to_string()),
            evidence: event.evidence.is_some(),
        });
        Kept {
            measure: count.measure.key().to_owned(),
            day: count.day.map(|day| day.to_string()),
            value: count.sum.value,
            at_least: count.sum.at_least,
            rows: rows.collect(),
            instrument: count.instrument,
            basis,
        }
    };
    all.into_iter().map(one).collect()
}

/// The ledger of kept counts, each with the number of its document.
pub(crate) fn ledger_of(all: &[(u32, Kept)], by: By, period: Period) -> Ledger {
    let counts = all.iter().filter_map(|(document, kept)| {
        let count = Count {
            measure: Measure::parse(&kept.measure)?,
            document: *document as usize,
            day: kept.day.as_deref().and_then(Day::parse),
            sum: Sum {
                value: kept.value,
                at_least: kept.at_least,
            },
            instrument: kept.instrument.clone(),
            event: None,
            places: Vec::new(),
        };
        let rows = match by {
            By::Year | By::Quarter | By::Month => BTreeSet::from([super::ledger::span_key(by, count.day)]),
            _ => kept.rows.get(by.key()).cloned().unwrap_or_default(),
        };
        Some((count, rows))
    });
    tally(counts, by, period)
}
