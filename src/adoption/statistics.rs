//! 报数: the figures of a period, each with what it counts, and the period to compare it with.
//!
//! Reports are counted as in the ledger, cases at their highest honour by the date of that, and
//! recommendations by the date of each step.

use super::count::{Count, counts};
use super::supervision::is_accepted;
use super::{Answered, Documents, Falls, Filter, Measure, Period, Place, Rate, Sum, answered, honoured_cases, living};
use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Level, Rectified};
use crate::record::{Detail, Located, Recommendation};
use crate::settings::Settings;
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is reported, in the order of the section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// 撰写.
    Written,
    /// 已转化.
    Adopted,
    /// 已转化 whose highest level is this one; the highest comes first, those without a level last.
    AdoptedAt(Reverse<Option<Level>>),
    /// 待核实 among 已转化.
    Unverified,
    /// 成果认可.
    Recognised,
    /// 领导批示.
    Instructions,
    /// 肯定性批示.
    Endorsed,
    /// Cases of a level and a rank; the highest come first.
    Cases(Reverse<(Option<Level>, CaseRank)>),
    /// 制发 of recommendations, the withdrawn among them.
    Issued,
    /// 到期应复: not withdrawn, and due in the period before the reference day.
    Due,
    /// 按期回复 among 到期应复.
    OnTime,
    /// 逾期回复 among 到期应复.
    Late,
    /// 回复日期不详 among 到期应复.
    Undated,
    /// 收到回复 in the period.
    Replied,
    /// 采纳 and 部分采纳 among 收到回复.
    Accepted,
    /// 整改到位 in the period, of what was accepted in whole or part.
    Rectified,
    /// 受益人数.
    People,
    /// 挽回损失, in hundredths of a yuan (分).
    Amount,
}

/// One document behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Index of the document.
    pub document: usize,
    /// The day by which it falls into the period.
    pub day: Option<Day>,
    /// What it adds.
    pub sum: Sum,
    /// Where that stands.
    pub places: Vec<Place>,
}

/// A figure with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// The figure.
    pub sum: Sum,
    /// The documents behind it, in their order.
    pub basis: Vec<Basis>,
}

const ONE: Sum = Sum {
    value: 1,
    at_least: false,
};

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Those that count anything.
    pub figures: BTreeMap<Figure, Stated>,
    /// What may fall in the period or not, for want of a date or of its month or day.
    pub unplaced: BTreeMap<Figure, Sum>,
    /// Instruments so far, by figure: each counts once.
    instruments: BTreeSet<(Figure, String)>,
}

impl Statistics {
    /// The number of a figure.
    pub fn count(&self, figure: Figure) -> usize {
        let value = self.figures.get(&figure).map_or(0, |stated| stated.sum.value);
        usize::try_from(value).unwrap_or(0)
    }

    /// Adds what a document adds to a figure, where the period holds its day.
    fn add(&mut self, figure: Figure, basis: Basis, period: Period) {
        match period.falls(basis.day) {
            Falls::Within => {
                let stated = self.figures.entry(figure).or_default();
                stated.sum.add(basis.sum);
                stated.basis.push(basis);
            }
            Falls::Unknown => self.unplaced.entry(figure).or_default().add(basis.sum),
            Falls::Outside => {}
        }
    }
}

/// The figures of a period on a reference day.
pub fn statistics(documents: &Documents, settings: &Settings, period: Period, now: Date) -> Statistics {
    let mut found = Statistics::default();
    reports(documents, settings, period, &mut found);
    let basis = |document: usize, day: Option<Day>, key, line: u32| Basis {
        document,
        day,
        sum: ONE,
        places: vec![Place {
            key,
            line: (!documents[document].0.key_lines.is_empty()).then_some(line),
        }],
    };
    for (document, honour, rank) in honoured_cases(documents) {
        let figure = Figure::Cases(Reverse((honour.level, rank)));
        found.add(figure, basis(document, honour.date, "honours", honour.line), period);
    }
    for (document, record, _) in living(documents) {
        let of_document = match &record.detail {
            Detail::Recommendation(recommendation) => steps(recommendation, settings, now),
            _ => Vec::new(),
        };
        for (figure, day, key, line) in of_document {
            found.add(figure, basis(document, day, key, line), period);
        }
    }
    found
}

/// The figures of the ledger, and 已转化 by the highest level of each report.
fn reports(documents: &Documents, settings: &Settings, period: Period, found: &mut Statistics) {
    let all = documents.iter().enumerate();
    let all: Vec<Count> = all
        .flat_map(|(index, (record, outcome))| counts(index, record, outcome, settings, &Filter::default()))
        .collect();
    // Those that the period holds come first: what may lie elsewhere tells of no instrument again.
    let (within, others): (Vec<Count>, Vec<Count>) = all.into_iter().partition(|count| period.holds(count.day));
    for count in within.into_iter().chain(others) {
        let figure = figure_of(count.measure);
        let level = documents[count.document].1.highest;
        let at_level = (figure == Figure::Adopted).then_some(Figure::AdoptedAt(Reverse(level)));
        let basis = |sum| Basis {
            document: count.document,
            day: count.day,
            sum,
            places: count.places.clone(),
        };
        let placed = period.falls(count.day) != Falls::Outside;
        let again =
            placed && !count.instrument.is_empty() && !found.instruments.insert((figure, count.instrument.clone()));
        for figure in std::iter::once(figure).chain(at_level) {
            found.add(figure, basis(if again { Sum::default() } else { count.sum }), period);
        }
    }
}

fn figure_of(measure: Measure) -> Figure {
    match measure {
        Measure::Reports => Figure::Written,
        Measure::Adopted => Figure::Adopted,
        Measure::Recognised => Figure::Recognised,
        Measure::Unverified => Figure::Unverified,
        Measure::Instructions => Figure::Instructions,
        Measure::Endorsed => Figure::Endorsed,
        Measure::People => Figure::People,
        Measure::Amount => Figure::Amount,
    }
}

type Step = (Figure, Option<Day>, &'static str, u32);

/// The dated steps of a recommendation with field and line. A withdrawn one is issued and nothing more.
fn steps(recommendation: &Recommendation, settings: &Settings, now: Date) -> Vec<Step> {
    let Recommendation {
        issued,
        delivered,
        reply,
        rectification,
        withdrawn,
        ..
    } = recommendation;
    let mut steps = Vec::new();
    let Some(Located { value, line }) = issued.as_ref().or(delivered.as_ref()) else {
        return steps;
    };
    let key = if issued.is_some() { "issued" } else { "delivered" };
    steps.push((Figure::Issued, Some(*value), key, *line));
    if withdrawn.is_some() {
        return steps;
    }
    let delivered = delivered.as_ref().map_or(*line, |delivered| delivered.line);
    if let Some((due, answered)) = answered(recommendation, settings, now) {
        let day = Some(Day::exact(due.date));
        steps.push((Figure::Due, day, "delivered", delivered));
        let figure = match answered {
            Answered::OnTime => Some(Figure::OnTime),
            Answered::Late => Some(Figure::Late),
            Answered::Undated => Some(Figure::Undated),
            Answered::Overdue | Answered::Closed => None,
        };
        steps.extend(
            figure
                .zip(reply.as_ref())
                .map(|(figure, reply)| (figure, day, "reply", reply.line)),
        );
    }
    if let Some(reply) = reply {
        steps.push((Figure::Replied, reply.date, "reply", reply.line));
        if is_accepted(recommendation) {
            steps.push((Figure::Accepted, reply.date, "reply", reply.line));
        }
    }
    let rectified = rectification.as_ref().filter(|_| is_accepted(recommendation));
    if let Some(found) = rectified.filter(|found| found.outcome == Some(Rectified::Full)) {
        steps.push((Figure::Rectified, found.date, "rectification", found.line));
    }
    steps
}

/// 按期回复率 of statistics.
pub fn on_time_rate(statistics: &Statistics) -> Rate {
    Rate {
        part: statistics.count(Figure::OnTime),
        whole: statistics.count(Figure::Due),
    }
}

/// 上年同期: the same days of the year before, or of as many years before as the period has. The last
/// day of a month stays the last day of that month, so that no 29 February is lost.
pub fn year_before(since: Date, until: Date) -> Option<Period> {
    let mut years = 1;
    let back = |day: Date, years: i32| {
        let there = day.checked_sub(years.years()).ok()?;
        Some(if day == day.last_of_month() {
            there.last_of_month()
        } else {
            there
        })
    };
    while back(until, years)? >= since {
        years += 1;
    }
    Some(Period {
        since: Some(since.checked_sub(years.years()).ok()?),
        until: Some(back(until, years)?),
    })
}
