//! 成果总览: the way of the reports from written to implemented, and what else the overview counts.

use super::{Outcome, Period, Replies, Standing, Sum, case_honour, replies};
use crate::check;
use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Effect, Form, Level, Rectified};
use crate::record::{Detail, Honour, Record};
use crate::settings::Settings;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The funnel of the reports that were written in a period, whenever their events were; indices of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Funnel {
    /// 撰写: reports of the genres that count as written.
    pub written: Vec<usize>,
    /// 报送, of those: an event with an effect, whatever became of it.
    pub submitted: Vec<usize>,
    /// 已转化, of those.
    pub adopted: Vec<usize>,
    /// 已落实, of those.
    pub implemented: Vec<usize>,
}

/// A report that became a decision in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// Index of the document.
    pub document: usize,
    /// Date of its first qualifying event.
    pub first: Option<Day>,
    /// Its highest qualifying level.
    pub level: Option<Level>,
    /// Forms of its qualifying events, in the order of the vocabulary.
    pub forms: Vec<Form>,
    /// 待核实.
    pub unverified: bool,
}

/// A case with the honour at which it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honoured<'a> {
    /// Index of the document.
    pub document: usize,
    /// The honour.
    pub honour: &'a Honour,
    /// Its rank.
    pub rank: CaseRank,
}

/// A rung of the honours: the level first, then the rank.
pub type Rung = (Option<Level>, CaseRank);

impl Honoured<'_> {
    /// Where it stands among all.
    pub fn rung(&self) -> Rung {
        (self.honour.level, self.rank)
    }

    /// Whether it is 精品, 典型 or 指导性 of the province or above: what offices report upwards.
    pub fn is_high(&self) -> bool {
        let high = matches!(self.rank, CaseRank::Fine | CaseRank::Typical | CaseRank::Guiding);
        high && self.honour.level >= Some(Level::Province)
    }
}

/// A figure of 成效 with the document that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Benefit {
    /// Index of the document.
    pub document: usize,
    /// 受益人数, in people.
    pub people: Option<Sum>,
    /// 挽回损失, in hundredths of a yuan.
    pub amount: Option<Sum>,
}

/// The funnel of the reports that were written in a period; drafts are out.
pub fn funnel(documents: &[(&Record, &Outcome)], settings: &Settings, period: Period) -> Funnel {
    let mut funnel = Funnel::default();
    let rectified = rectified(documents);
    for (index, (record, outcome)) in living(documents) {
        let Detail::Report(report) = &record.detail else {
            continue;
        };
        let counts = |genre: &String| settings.written_genres.contains(genre);
        if !report.genre.as_ref().is_some_and(counts) || !period.holds(record.date) {
            continue;
        }
        funnel.written.push(index);
        let is_adopted = outcome.standing == Standing::Adopted;
        if is_adopted || report.adoptions.iter().any(|event| event.effect.is_some()) {
            funnel.submitted.push(index);
        }
        if is_adopted {
            funnel.adopted.push(index);
        }
        if is_implemented(record, outcome, &rectified) {
            funnel.implemented.push(index);
        }
    }
    funnel
}

/// Ids of the recommendations that were rectified in full.
fn rectified<'a>(documents: &[(&'a Record, &Outcome)]) -> BTreeSet<&'a str> {
    let full = documents.iter().filter(|(record, _)| match &record.detail {
        Detail::Recommendation(recommendation) => {
            let found = recommendation.rectification.as_ref().and_then(|found| found.outcome);
            found == Some(Rectified::Full)
        }
        _ => false,
    });
    full.map(|(record, _)| record.id.as_str()).collect()
}

/// Whether a qualifying event of a report is 已落实: by its effect, or because a recommendation that
/// it names was rectified in full.
fn is_implemented(record: &Record, outcome: &Outcome, rectified: &BTreeSet<&str>) -> bool {
    let Detail::Report(report) = &record.detail else {
        return false;
    };
    let qualifying = report
        .adoptions
        .iter()
        .zip(&outcome.events)
        .filter(|(_, standing)| **standing == Standing::Adopted);
    qualifying.map(|(event, _)| event).any(|event| {
        event.effect == Some(Effect::Implemented)
            || event.form == Form::Recommendation && event.leads_to.iter().any(|id| rectified.contains(id.as_str()))
    })
}

/// The reports that became decisions in a period, from the first.
pub fn adopted(documents: &[(&Record, &Outcome)], period: Period) -> Vec<Adopted> {
    let mut found: Vec<Adopted> = living(documents)
        .filter(|(_, (_, outcome))| outcome.standing == Standing::Adopted && period.holds(outcome.first))
        .map(|(document, (record, outcome))| Adopted {
            document,
            first: outcome.first,
            level: outcome.highest,
            forms: qualifying_forms(record, outcome),
            unverified: outcome.unverified,
        })
        .collect();
    found.sort_by_key(|report| (report.first, report.document));
    found
}

fn qualifying_forms(record: &Record, outcome: &Outcome) -> Vec<Form> {
    let Detail::Report(report) = &record.detail else {
        return Vec::new();
    };
    let events = report.adoptions.iter().zip(&outcome.events);
    let forms: BTreeSet<Form> = events
        .filter(|(_, standing)| **standing == Standing::Adopted)
        .map(|(event, _)| event.form)
        .collect();
    forms.into_iter().collect()
}

/// The cases whose honour falls in a period, from the highest level and rank, each once.
pub fn honoured<'a>(documents: &[(&'a Record, &'a Outcome)], period: Period) -> Vec<Honoured<'a>> {
    let mut found: Vec<Honoured<'a>> = living(documents)
        .filter(|(_, (record, _))| matches!(record.detail, Detail::Case(_)))
        .filter_map(|(document, (record, _))| {
            let (honour, rank) = case_honour(record)?;
            Some(Honoured { document, honour, rank })
        })
        .filter(|case| period.holds(case.honour.date))
        .collect();
    found.sort_by_key(|case| (std::cmp::Reverse(case.rung()), case.honour.date, case.document));
    found
}

/// The figures of 成效 of the documents of a period; each once in a chain, where it stands first.
pub fn benefits(documents: &[(&Record, &Outcome)], period: Period) -> Vec<Benefit> {
    let records: Vec<&Record> = documents.iter().map(|(record, _)| *record).collect();
    let twice: BTreeSet<(usize, &str)> = check::figures_twice(&records)
        .into_iter()
        .map(|twice| (twice.record, twice.key))
        .collect();
    living(documents)
        .filter(|(_, (record, _))| period.holds(record.date))
        .map(|(document, (record, _))| {
            let sum = |key, figure: &Option<crate::record::Located<crate::record::Quantity>>| {
                let counts = !twice.contains(&(document, key));
                figure
                    .as_ref()
                    .filter(|_| counts)
                    .map(|figure| Sum::from(&figure.value))
            };
            Benefit {
                document,
                people: sum("people", &record.benefits.people),
                amount: sum("amount", &record.benefits.amount),
            }
        })
        .filter(|benefit| benefit.people.is_some() || benefit.amount.is_some())
        .collect()
}

/// The six figures of the recommendations that were issued in a period.
pub fn replies_of(records: &[&Record], settings: &Settings, now: Date, period: Period) -> Replies {
    replies(&issued_in(records, period), settings, now)
}

/// The recommendations that were issued, or at least delivered, in a period.
pub fn issued_in<'a>(records: &[&'a Record], period: Period) -> Vec<&'a Record> {
    let issued = |record: &&&Record| match &record.detail {
        Detail::Recommendation(recommendation) => {
            let day = recommendation.issued.as_ref().or(recommendation.delivered.as_ref());
            period.holds(day.map(|day| day.value))
        }
        _ => false,
    };
    records.iter().filter(issued).copied().collect()
}

/// Documents that are no drafts, with their indices.
fn living<'s, 'a>(
    documents: &'s [(&'a Record, &'a Outcome)],
) -> impl Iterator<Item = (usize, (&'a Record, &'a Outcome))> + 's {
    documents
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, (record, _))| !record.draft)
}
