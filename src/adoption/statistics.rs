//! 报数: the figures of a period, each with what it counts, and the period to compare it with.
//!
//! Reports are counted as in the ledger, cases at their highest honour by the date of that, and
//! recommendations by the date of each step.

use super::{By, Filter, Measure, Outcome, Period, Place, Rate, Sum, case_honour, due, filtered};
use crate::record::date::Day;
use crate::record::vocabulary::{CaseRank, Level, Outcome as Answer, Rectified};
use crate::record::{Detail, Located, Recommendation, Record};
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
    /// 已转化 whose highest level is this one; the highest comes first.
    AdoptedAt(Reverse<Level>),
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
    /// 收到回复 in the period.
    Replied,
    /// 采纳 and 部分采纳 among 收到回复.
    Accepted,
    /// 整改到位 in the period.
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

/// The figures of a period; those that count nothing are missing.
pub type Statistics = BTreeMap<Figure, Stated>;

/// The figures of a period on a reference day.
pub fn statistics(documents: &[(&Record, &Outcome)], settings: &Settings, period: Period, now: Date) -> Statistics {
    let mut found = Statistics::new();
    reports(documents, settings, period, &mut found);
    for (document, (record, _)) in documents.iter().enumerate().filter(|(_, (record, _))| !record.draft) {
        let mut add = |figure, day: Option<Day>, key, line: u32| {
            if period.holds(day) {
                let place = Place {
                    key,
                    line: (!record.key_lines.is_empty()).then_some(line),
                };
                let stated: &mut Stated = found.entry(figure).or_default();
                stated.sum.add(ONE);
                stated.basis.push(Basis {
                    document,
                    day,
                    sum: ONE,
                    places: vec![place],
                });
            }
        };
        match &record.detail {
            Detail::Case(_) => {
                if let Some((honour, rank)) = case_honour(record) {
                    add(
                        Figure::Cases(Reverse((honour.level, rank))),
                        honour.date,
                        "honours",
                        honour.line,
                    );
                }
            }
            Detail::Recommendation(recommendation) => {
                for (figure, day, key, line) in steps(recommendation, settings, now) {
                    add(figure, day, key, line);
                }
            }
            Detail::Report(_) | Detail::Topic(_) => {}
        }
    }
    found
}

/// The figures of the ledger, and 已转化 by the highest level of each report.
fn reports(documents: &[(&Record, &Outcome)], settings: &Settings, period: Period, found: &mut Statistics) {
    let filter = Filter {
        period,
        ..Filter::default()
    };
    let ledger = filtered(documents, settings, By::Year, &filter);
    let mut instruments = BTreeSet::new();
    for count in ledger.counts {
        let figure = match count.measure {
            Measure::Reports => Figure::Written,
            Measure::Adopted => Figure::Adopted,
            Measure::Recognised => Figure::Recognised,
            Measure::Unverified => Figure::Unverified,
            Measure::Instructions => Figure::Instructions,
            Measure::Endorsed => Figure::Endorsed,
            Measure::People => Figure::People,
            Measure::Amount => Figure::Amount,
        };
        let new = count.instrument.is_empty() || instruments.insert((figure, count.instrument.clone()));
        let basis = Basis {
            document: count.document,
            day: count.day,
            sum: count.sum,
            places: count.places,
        };
        let highest = documents[count.document].1.highest;
        let at_level = (figure == Figure::Adopted)
            .then_some(highest)
            .flatten()
            .map(|level| Figure::AdoptedAt(Reverse(level)));
        for figure in std::iter::once(figure).chain(at_level) {
            let stated = found.entry(figure).or_default();
            if new {
                stated.sum.add(count.sum);
            }
            stated.basis.push(basis.clone());
        }
    }
}

/// The dated steps of a recommendation with field and line. A withdrawn one is issued and nothing more.
fn steps(
    recommendation: &Recommendation,
    settings: &Settings,
    now: Date,
) -> Vec<(Figure, Option<Day>, &'static str, u32)> {
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
    if let Some(due) = due(recommendation, settings).filter(|due| due.date < now) {
        let day = Some(Day::exact(due.date));
        steps.push((Figure::Due, day, "delivered", delivered));
        if let Some(reply) = reply
            .as_ref()
            .filter(|reply| reply.date.is_none_or(|day| day.date <= due.date))
        {
            steps.push((Figure::OnTime, day, "reply", reply.line));
        }
    }
    if let Some(reply) = reply {
        steps.push((Figure::Replied, reply.date, "reply", reply.line));
        if matches!(reply.outcome, Some(Answer::Accepted | Answer::Partial)) {
            steps.push((Figure::Accepted, reply.date, "reply", reply.line));
        }
    }
    if let Some(found) = rectification
        .as_ref()
        .filter(|found| found.outcome == Some(Rectified::Full))
    {
        steps.push((Figure::Rectified, found.date, "rectification", found.line));
    }
    steps
}

/// 按期回复率 of statistics.
pub fn on_time_rate(statistics: &Statistics) -> Rate {
    let count = |figure| {
        let value = statistics.get(&figure).map_or(0, |stated| stated.sum.value);
        usize::try_from(value).unwrap_or(0)
    };
    Rate {
        part: count(Figure::OnTime),
        whole: count(Figure::Due),
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
