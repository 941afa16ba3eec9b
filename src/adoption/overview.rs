//! 成果总览: the way of the reports from written to implemented, and what else the overview counts.

use super::count::is_written;
use super::counted::adoptions;
use super::{Documents, Outcome, Period, Replies, Standing, Sum, honoured_cases, living, present, replies};
use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Form, Level};
use crate::record::{Detail, Honour, Located, Quantity, Record};
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
    /// The highest of its honours.
    pub honour: &'a Honour,
    /// Its place among honours, the highest first.
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

/// The funnel of the reports that were written in a period; drafts and copies are out.
pub fn funnel(documents: &Documents, settings: &Settings, period: Period) -> Funnel {
    let mut funnel = Funnel::default();
    for (index, record, outcome) in living(documents) {
        if !is_written(record, outcome, settings) || !period.holds(record.date) {
            continue;
        }
        funnel.written.push(index);
        let is_adopted = outcome.standing == Standing::Adopted;
        if is_adopted || adoptions(record).iter().any(|event| event.effect.is_some()) {
            funnel.submitted.push(index);
        }
        if is_adopted {
            funnel.adopted.push(index);
        }
        if is_implemented(outcome) {
            funnel.implemented.push(index);
        }
    }
    funnel
}

/// Whether a qualifying event of a report is 已落实: by its effect, or because a recommendation that
/// it names was rectified in full.
fn is_implemented(outcome: &Outcome) -> bool {
    let events = outcome.events.iter().zip(&outcome.carried_out);
    events
        .filter(|(standing, _)| **standing == Standing::Adopted)
        .any(|(_, carried_out)| carried_out.is_some())
        || outcome.standing == Standing::Adopted && outcome.versions.iter().any(|one| one.carried_out)
}

/// The reports that became decisions in a period, from the first.
pub fn adopted(documents: &Documents, period: Period) -> Vec<Adopted> {
    let mut found: Vec<Adopted> = living(documents)
        .filter(|(_, _, outcome)| outcome.standing == Standing::Adopted && !outcome.elsewhere)
        .filter(|(_, _, outcome)| period.holds(outcome.first))
        .map(|(document, record, outcome)| Adopted {
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
    let events = adoptions(record).iter().zip(&outcome.events);
    let forms: BTreeSet<Form> = events
        .filter(|(_, standing)| **standing == Standing::Adopted)
        .map(|(event, _)| event.form)
        .chain(outcome.versions.iter().map(|one| one.form))
        .collect();
    forms.into_iter().collect()
}

/// The cases whose honour falls in a period, from the highest level and rank, each once.
pub fn honoured<'a>(documents: &Documents<'a>, period: Period) -> Vec<Honoured<'a>> {
    let mut found: Vec<Honoured<'a>> = honoured_cases(documents)
        .map(|(document, honour, rank)| Honoured { document, honour, rank })
        .filter(|case| period.holds(case.honour.date))
        .collect();
    found.sort_by_key(|case| (std::cmp::Reverse(case.rung()), case.honour.date, case.document));
    found
}

/// The figures of 成效 of the documents of a period; each once in a chain.
pub fn benefits(documents: &Documents, period: Period) -> Vec<Benefit> {
    let sum = |figure: &Option<Located<Quantity>>, elsewhere: bool| {
        let figure = figure.as_ref().filter(|_| !elsewhere)?;
        Some(Sum::from(&figure.value))
    };
    present(documents)
        .filter(|(_, record, _)| period.holds(record.date))
        .map(|(document, record, outcome)| Benefit {
            document,
            people: sum(&record.benefits.people, outcome.counted.people_elsewhere),
            amount: sum(&record.benefits.amount, outcome.counted.amount_elsewhere),
        })
        .filter(|benefit| benefit.people.is_some() || benefit.amount.is_some())
        .collect()
}

/// The six figures of the recommendations that were issued in a period.
pub fn replies_of(documents: &Documents, settings: &Settings, now: Date, period: Period) -> Replies {
    let issued: Vec<_> = issued_in(documents, period)
        .into_iter()
        .map(|at| documents[at])
        .collect();
    replies(&issued, settings, now)
}

/// The recommendations that were issued, or at least delivered, in a period; drafts and copies are out.
pub fn issued_in(documents: &Documents, period: Period) -> Vec<usize> {
    let issued = |record: &Record| {
        let day = issued_on(record);
        day.is_some_and(|day| period.holds(Some(day)))
    };
    living(documents)
        .filter(|(_, record, _)| issued(record))
        .map(|(index, _, _)| index)
        .collect()
}

/// The day on which a recommendation was issued, or at least delivered.
pub fn issued_on(record: &Record) -> Option<Day> {
    match &record.detail {
        Detail::Recommendation(recommendation) => {
            let day = recommendation.issued.as_ref().or(recommendation.delivered.as_ref());
            day.map(|day| day.value)
        }
        _ => None,
    }
}
