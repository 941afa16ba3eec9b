//! 检察建议督办: the replies that are still owed, and the six figures.

use super::{Due, due, state};
use crate::record::vocabulary::{Outcome, Rectified, State};
use crate::record::{Detail, Recommendation, Record};
use crate::settings::Settings;
use jiff::civil::Date;

/// A reply that is owed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Owed<'a> {
    /// The document.
    pub record: &'a Record,
    /// The recommendation that it holds.
    pub recommendation: &'a Recommendation,
    /// Its deadline.
    pub due: Due,
    /// Its state on the reference day.
    pub state: State,
    /// Days left until the due day; negative: days late.
    pub days: i32,
}

/// The replies that are owed on a day (催办清单): delivered, neither answered nor withdrawn nor closed.
/// 重点督办 leads, then the earliest deadline.
pub fn owed<'a>(records: &[&'a Record], settings: &Settings, now: Date) -> Vec<Owed<'a>> {
    let mut owed: Vec<Owed<'a>> = recommendations(records)
        .filter(|(_, recommendation)| recommendation.reply.is_none() && recommendation.closed.is_none())
        .filter_map(|(record, recommendation)| {
            let due = due(recommendation, settings)?;
            Some(Owed {
                record,
                recommendation,
                due,
                state: state(recommendation, settings, now),
                days: now.until(due.date).ok()?.get_days(),
            })
        })
        .collect();
    owed.sort_by_key(|reply| (!reply.recommendation.priority, reply.due.date, &reply.record.id));
    owed
}

/// The figures of 检察建议. Replied is not accepted, and accepted is not rectified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replies {
    /// 制发, the withdrawn among them; they are in no other figure.
    pub issued: usize,
    /// 到期应复: their due day is over.
    pub due: usize,
    /// 按期回复, of those that are due.
    pub on_time: usize,
    /// 逾期回复, of those that are due.
    pub late: usize,
    /// 逾期未回复, of those that are due.
    pub unanswered: usize,
    /// 已回复, due or not.
    pub replied: usize,
    /// 采纳.
    pub accepted: usize,
    /// 部分采纳.
    pub partly_accepted: usize,
    /// 未采纳.
    pub rejected: usize,
    /// 整改到位.
    pub rectified: usize,
    /// 部分整改.
    pub partly_rectified: usize,
    /// 整改到位, of those that were accepted in whole or part.
    rectified_of_accepted: usize,
}

/// A rate that keeps its numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Numerator.
    pub part: usize,
    /// Denominator.
    pub whole: usize,
}

impl Rate {
    /// As a percentage of one decimal, a half rounded up; nothing of nothing has no rate.
    pub fn percent(self) -> Option<String> {
        let tenths = (self.part * 2000 + self.whole).checked_div(self.whole * 2)?;
        Some(format!("{}.{}%", tenths / 10, tenths % 10))
    }
}

impl Replies {
    /// 按期回复率, of 到期应复.
    pub fn on_time_rate(&self) -> Rate {
        self.of_due(self.on_time)
    }

    /// 逾期回复率, of 到期应复.
    pub fn late_rate(&self) -> Rate {
        self.of_due(self.late)
    }

    /// 采纳率: accepted in full, of 已回复.
    pub fn accepted_rate(&self) -> Rate {
        Rate {
            part: self.accepted,
            whole: self.replied,
        }
    }

    /// 整改到位率, of those accepted in whole or part.
    pub fn rectified_rate(&self) -> Rate {
        Rate {
            part: self.rectified_of_accepted,
            whole: self.accepted + self.partly_accepted,
        }
    }

    fn of_due(&self, part: usize) -> Rate {
        Rate { part, whole: self.due }
    }
}

/// Counts the recommendations of an office on a day.
///
/// A due day is over on the day after it. A reply whose date is known by its month or year is late
/// only where every day of that is; one without date counts as a reply that came in time.
pub fn replies(records: &[&Record], settings: &Settings, now: Date) -> Replies {
    let mut figures = Replies::default();
    for (_, recommendation) in recommendations(records) {
        let Recommendation {
            issued,
            delivered,
            reply,
            withdrawn,
            ..
        } = recommendation;
        if issued.is_none() && delivered.is_none() {
            continue;
        }
        figures.issued += 1;
        if withdrawn.is_some() {
            continue;
        }
        if let Some(due) = due(recommendation, settings).filter(|due| due.date < now) {
            figures.due += 1;
            let late = |day: crate::record::date::Day| day.date > due.date;
            match reply {
                None => figures.unanswered += 1,
                Some(reply) if reply.date.is_some_and(late) => figures.late += 1,
                Some(_) => figures.on_time += 1,
            }
        }
        let outcome = reply.as_ref().and_then(|reply| reply.outcome);
        figures.replied += usize::from(reply.is_some());
        figures.accepted += usize::from(outcome == Some(Outcome::Accepted));
        figures.partly_accepted += usize::from(outcome == Some(Outcome::Partial));
        figures.rejected += usize::from(outcome == Some(Outcome::Rejected));
        let rectified = recommendation.rectification.as_ref().and_then(|found| found.outcome);
        let full = rectified == Some(Rectified::Full);
        figures.rectified += usize::from(full);
        figures.partly_rectified += usize::from(rectified == Some(Rectified::Partial));
        figures.rectified_of_accepted +=
            usize::from(full && matches!(outcome, Some(Outcome::Accepted | Outcome::Partial)));
    }
    figures
}

/// The recommendations among the records; drafts are out.
fn recommendations<'a>(records: &[&'a Record]) -> impl Iterator<Item = (&'a Record, &'a Recommendation)> {
    records
        .iter()
        .filter(|record| !record.draft)
        .filter_map(|record| match &record.detail {
            Detail::Recommendation(recommendation) => Some((*record, &**recommendation)),
            _ => None,
        })
}
