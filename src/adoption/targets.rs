//! 对标作战图: the present value of each target and its light.

use super::overview::{adopted, honoured, replies_of};
use super::topics::youth;
use super::{By, Documents, Period, Rate, ledger};
use crate::record::date::Day;
use crate::record::vocabulary::{Indicator, Light};
use crate::settings::{Settings, Target};
use jiff::civil::Date;

/// Where a target stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress<'a> {
    pub target: &'a Target,
    /// 当前值, computed or given.
    pub present: Option<Present>,
    /// Its light; none where it can't be told.
    pub light: Option<Light>,
}

/// A present value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Present {
    /// As shown: 12, 66.7%.
    pub value: String,
    /// Numerator and denominator of a rate that was computed.
    pub rate: Option<Rate>,
    /// The day that it is of.
    pub date: Option<Day>,
    /// Whether it was computed from the corpus.
    pub is_computed: bool,
}

/// Where every target of the settings stands on a day. A value that the office gives stands before
/// one that could be computed.
pub(crate) fn targets<'a>(documents: &Documents, settings: &'a Settings, now: Date) -> Vec<Progress<'a>> {
    settings
        .targets
        .iter()
        .map(|target| {
            let given = target.present.as_ref().map(|(value, date)| Present {
                value: value.clone(),
                rate: None,
                date: *date,
                is_computed: false,
            });
            let computed = || {
                target
                    .measure
                    .and_then(|measure| computed(measure, documents, settings, now))
            };
            let present = given.or_else(computed);
            let light = present.as_ref().and_then(|present| light(target, &present.value, now));
            Progress { target, present, light }
        })
        .collect()
}

/// 达标 once the value is at least the target; else 在推进 until the deadline is over, then 滞后.
fn light(target: &Target, present: &str, now: Date) -> Option<Light> {
    let (present, wanted) = (number(present)?, number(target.target.as_deref()?)?);
    if present >= wanted {
        return Some(Light::Reached);
    }
    let over = target.deadline.is_some_and(|deadline| deadline.last() < now);
    Some(if over { Light::Behind } else { Light::Underway })
}

/// The number at the beginning of a value: 85.0%, 14篇, 1,200.
fn number(text: &str) -> Option<f64> {
    let digits: String = text
        .trim()
        .chars()
        .filter(|c| *c != ',')
        .take_while(|c| c.is_ascii_digit() || *c == '.' || *c == '-')
        .collect();
    digits.parse().ok()
}

fn computed(measure: Indicator, documents: &Documents, settings: &Settings, now: Date) -> Option<Present> {
    let period = Period {
        since: settings.since,
        until: None,
    };
    let replies = || replies_of(documents, settings, now, period);
    let (value, rate) = match measure {
        Indicator::Written => {
            let reports = ledger(documents, settings, By::Year, period).total.reports;
            (reports.to_string(), None)
        }
        Indicator::Adopted => (adopted(documents, period).len().to_string(), None),
        Indicator::Cases => {
            let cases = honoured(documents, period);
            (cases.iter().filter(|case| case.is_high()).count().to_string(), None)
        }
        Indicator::OnTimeRate => as_rate(replies().on_time_rate())?,
        Indicator::AcceptedRate => as_rate(replies().accepted_rate())?,
        Indicator::RectifiedRate => as_rate(replies().rectified_rate())?,
        Indicator::KeyResultsRate => {
            let results = youth(documents, settings).results;
            as_rate(Rate {
                part: results.done,
                whole: results.all,
            })?
        }
    };
    Some(Present {
        value,
        rate,
        date: Some(Day::exact(now)),
        is_computed: true,
    })
}

fn as_rate(rate: Rate) -> Option<(String, Option<Rate>)> {
    Some((rate.percent()?, Some(rate)))
}
