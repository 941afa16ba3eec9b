//! Deadlines of recommendations and the states that follow from them.

use crate::record::Recommendation;
use crate::record::vocabulary::{Outcome, Rectified, State};
use crate::settings::{Settings, is_workday};
use jiff::ToSpan;
use jiff::civil::Date;

/// The day by which a reply is due, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day of the period.
    pub date: Date,
    /// The rule that it follows.
    pub rule: Rule,
}

/// The rules of deadlines, each with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Two calendar months from delivery: 人民检察院检察建议工作规定 (2019), art. 19.
    TwoMonths,
    /// Fifteen days for an urgent case of public interest: 两高关于检察公益诉讼案件适用法律若干问题的解释, art. 21.
    FifteenDays,
    /// Three months for 再审 and for 纠正违法 in civil enforcement.
    ThreeMonths,
    /// The document's own `due`.
    Stated,
}

/// The due day of a recommendation; without delivery, or once withdrawn, there is none, even where the
/// document states one. A date that is known by its month or year stands at the last day of that:
/// nobody is called late who may not be.
pub(crate) fn due(recommendation: &Recommendation, settings: &Settings) -> Option<Due> {
    let delivered = recommendation.delivered.as_ref()?.value.last();
    if recommendation.withdrawn.is_some() {
        return None;
    }
    if let Some(stated) = &recommendation.due {
        return Some(Due {
            date: stated.value.last(),
            rule: Rule::Stated,
        });
    }
    let type_ = recommendation.type_.as_deref().unwrap_or_default();
    let (rule, span) = match type_ {
        "公益诉讼" if recommendation.urgent => (Rule::FifteenDays, 15.days()),
        "再审" => (Rule::ThreeMonths, 3.months()),
        "纠正违法" if recommendation.enforcement => (Rule::ThreeMonths, 3.months()),
        _ => (Rule::TwoMonths, 2.months()),
    };
    // jiff constrains to the month's last day: 31 December and two months give the last day of February.
    let date = delivered.checked_add(span).ok()?;
    Some(Due {
        date: next_working_day(date, settings),
        rule,
    })
}

/// Moves a day on which the office doesn't work to the next one on which it does. Weekends move it only where the
/// office keeps a list of holidays at all; without one the page says 未计节假日顺延.
fn next_working_day(mut date: Date, settings: &Settings) -> Date {
    if settings.holidays.is_empty() {
        return date;
    }
    while !is_workday(settings, date) {
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    date
}

/// How a recommendation was answered, once its due day is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Answered {
    /// 按期回复.
    OnTime,
    /// 逾期回复.
    Late,
    /// 回复日期不详: the reply has no date, or only a month or year in which the due day falls.
    Undated,
    /// 逾期未回复: neither answered nor closed, whether 跟进监督 has begun or not.
    Overdue,
    /// 办结而未回复.
    Closed,
}

/// How a recommendation was answered, with its due day; `None` while that isn't over, or where there is none.
pub(crate) fn answered(recommendation: &Recommendation, settings: &Settings, now: Date) -> Option<(Due, Answered)> {
    let due = due(recommendation, settings).filter(|due| due.date < now)?;
    let answered = match recommendation.reply.as_ref().map(|reply| reply.date) {
        Some(Some(day)) if day.last() <= due.date => Answered::OnTime,
        Some(Some(day)) if day.date > due.date => Answered::Late,
        Some(_) => Answered::Undated,
        None if recommendation.closed.is_some() => Answered::Closed,
        None => Answered::Overdue,
    };
    Some((due, answered))
}

/// The state of a recommendation on a day.
pub(crate) fn state(recommendation: &Recommendation, settings: &Settings, now: Date) -> State {
    if recommendation.withdrawn.is_some() {
        return State::Withdrawn;
    }
    if recommendation.issued.is_none() && recommendation.delivered.is_none() {
        return State::Drafted;
    }
    if recommendation.closed.is_some() {
        return State::Closed;
    }
    if !recommendation.escalations.is_empty() {
        return State::Escalated;
    }
    if let Some(reply) = &recommendation.reply {
        return match recommendation.rectification.as_ref().and_then(|found| found.outcome) {
            Some(Rectified::Full) => State::Closed,
            Some(Rectified::Partial) => State::Rectifying,
            Some(Rectified::None) | None if reply.outcome == Some(Outcome::Partial) => State::Rectifying,
            Some(Rectified::None) | None => State::Replied,
        };
    }
    if recommendation
        .objection
        .as_ref()
        .is_some_and(|objection| objection.text.is_none())
    {
        return State::Objected;
    }
    match due(recommendation, settings) {
        Some(due) if due.date < now => State::Overdue,
        Some(_) => State::Delivered,
        None => State::Issued,
    }
}
