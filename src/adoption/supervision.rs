//! 检察建议督办: the replies that are still owed, and the six figures.

use super::{Answered, Documents, Due, answered, due, living, state};
use crate::record::vocabulary::{Outcome, Rectified, State};
use crate::record::{Detail, Recommendation, Record};
use crate::settings::Settings;
use jiff::civil::Date;

/// A reply that is owed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Owed<'a> {
    /// Index of the document.
    pub document: usize,
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
pub fn owed<'a>(documents: &Documents<'a>, settings: &Settings, now: Date) -> Vec<Owed<'a>> {
    let mut owed: Vec<Owed<'a>> = recommendations(documents)
        .filter(|(_, _, recommendation)| recommendation.reply.is_none() && recommendation.closed.is_none())
        .filter_map(|(document, record, recommendation)| {
            let due = due(recommendation, settings)?;
            Some(Owed {
                document,
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

/// How many replies are 逾期未回复 on a day: of all recommendations, whenever they were issued. Every page and command
/// that names this figure takes it from here.
pub fn overdue(documents: &Documents, settings: &Settings, now: Date) -> usize {
    recommendations(documents)
        .filter_map(|(_, _, recommendation)| answered(recommendation, settings, now))
        .filter(|(_, answered)| *answered == Answered::Overdue)
        .count()
}

/// The figures of 检察建议. Replied is not accepted, and accepted is not rectified. Of those that are due each is
/// on time, late, undated, unanswered or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replies {
    /// 制发, the withdrawn among them; they are in no other figure.
    pub issued: usize,
    /// Those of `issued` that were withdrawn.
    pub withdrawn: usize,
    /// 到期应复: their due day is over.
    pub due: usize,
    /// 按期回复, of those that are due.
    pub on_time: usize,
    /// 逾期回复, of those that are due.
    pub late: usize,
    /// 回复日期不详, of those that are due: in time or late, nobody knows.
    pub undated: usize,
    /// 逾期未回复, of those that are due.
    pub unanswered: usize,
    /// 办结而未回复, of those that are due.
    pub closed: usize,
    /// 已回复, due or not.
    pub replied: usize,
    /// 采纳.
    pub accepted: usize,
    /// 部分采纳.
    pub partly_accepted: usize,
    /// 未采纳.
    pub rejected: usize,
    /// 整改到位, of those that were accepted in whole or part.
    pub rectified: usize,
    /// 部分整改, of those that were accepted in whole or part.
    pub partly_rectified: usize,
    /// 整改到位 or 部分整改 of what nobody had accepted: in neither figure.
    pub rectified_unaccepted: usize,
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
            part: self.rectified,
            whole: self.accepted + self.partly_accepted,
        }
    }

    /// 逾期未回复率, of 到期应复.
    pub fn unanswered_rate(&self) -> Rate {
        self.of_due(self.unanswered)
    }

    fn add(&mut self, recommendation: &Recommendation, settings: &Settings, now: Date) {
        if recommendation.issued.is_none() && recommendation.delivered.is_none() {
            return;
        }
        self.issued += 1;
        if recommendation.withdrawn.is_some() {
            self.withdrawn += 1;
            return;
        }
        if let Some((_, answered)) = answered(recommendation, settings, now) {
            self.due += 1;
            match answered {
                Answered::OnTime => self.on_time += 1,
                Answered::Late => self.late += 1,
                Answered::Undated => self.undated += 1,
                Answered::Overdue => self.unanswered += 1,
                Answered::Closed => self.closed += 1,
            }
        }
        self.replied += usize::from(recommendation.reply.is_some());
        match recommendation.reply.as_ref().and_then(|reply| reply.outcome) {
            Some(Outcome::Accepted) => self.accepted += 1,
            Some(Outcome::Partial) => self.partly_accepted += 1,
            Some(Outcome::Rejected) => self.rejected += 1,
            None => {}
        }
        match recommendation.rectification.as_ref().and_then(|found| found.outcome) {
            Some(Rectified::Full) if is_accepted(recommendation) => self.rectified += 1,
            Some(Rectified::Partial) if is_accepted(recommendation) => self.partly_rectified += 1,
            Some(Rectified::Full | Rectified::Partial) => self.rectified_unaccepted += 1,
            Some(Rectified::None) | None => {}
        }
    }

    fn of_due(&self, part: usize) -> Rate {
        Rate { part, whole: self.due }
    }
}

/// A count of replies.
pub(crate) type Count = fn(&Replies) -> usize;

/// A rate of replies.
pub(crate) type RateOf = fn(&Replies) -> Rate;

/// One of the figures on replies: what every list of them counts, and of what it gives a rate.
pub(crate) struct ReplyFigure {
    /// Its name in messages and in JSON.
    pub key: &'static str,
    /// How many there are.
    pub count: Count,
    /// How many there are in part, which stand beside the others and never among them, and the message that names them.
    pub partly: Option<(Count, &'static str)>,
    /// Its rate, and what that is of.
    pub rate: Option<(RateOf, &'static str)>,
    /// The key of a recommendation that it rests on.
    pub rests_on: &'static str,
}

/// The figures on replies, in the order in which they are listed.
pub(crate) const REPLY_FIGURES: [ReplyFigure; 7] = [
    ReplyFigure::of("issued", |replies| replies.issued, "issued"),
    ReplyFigure::of("due", |replies| replies.due, "delivered"),
    ReplyFigure::of("on_time", |replies| replies.on_time, "reply").rated(Replies::on_time_rate, "due"),
    ReplyFigure::of("late", |replies| replies.late, "reply").rated(Replies::late_rate, "due"),
    ReplyFigure::of("unanswered", |replies| replies.unanswered, "delivered").rated(Replies::unanswered_rate, "due"),
    ReplyFigure::of("accepted", |replies| replies.accepted, "reply")
        .partly(|replies| replies.partly_accepted, "reply.partial")
        .rated(Replies::accepted_rate, "replied"),
    ReplyFigure::of("rectified", |replies| replies.rectified, "rectification")
        .partly(|replies| replies.partly_rectified, "rectified.partial")
        .rated(Replies::rectified_rate, "accepted"),
];

impl ReplyFigure {
    const fn of(key: &'static str, count: Count, rests_on: &'static str) -> Self {
        Self {
            key,
            count,
            partly: None,
            rate: None,
            rests_on,
        }
    }

    /// Has this rate, of the figure of that name.
    const fn rated(mut self, rate: RateOf, of: &'static str) -> Self {
        self.rate = Some((rate, of));
        self
    }

    /// Counts those in part beside it, under this message.
    const fn partly(mut self, count: Count, message: &'static str) -> Self {
        self.partly = Some((count, message));
        self
    }

    /// How many there are, in whole or in part.
    pub(crate) fn all(&self, replies: &Replies) -> usize {
        (self.count)(replies) + self.partly.map_or(0, |(partly, _)| partly(replies))
    }
}

/// Whether a recommendation was accepted in whole or part.
pub(crate) fn is_accepted(recommendation: &Recommendation) -> bool {
    let outcome = recommendation.reply.as_ref().and_then(|reply| reply.outcome);
    matches!(outcome, Some(Outcome::Accepted | Outcome::Partial))
}

/// Counts the recommendations of an office on a day; a due day is over on the day after it.
pub fn replies(documents: &Documents, settings: &Settings, now: Date) -> Replies {
    let mut figures = Replies::default();
    for (_, _, recommendation) in recommendations(documents) {
        figures.add(recommendation, settings, now);
    }
    figures
}

/// The recommendations among the documents; drafts and copies are out.
fn recommendations<'s, 'a>(
    documents: &'s Documents<'a>,
) -> impl Iterator<Item = (usize, &'a Record, &'a Recommendation)> + 's {
    living(documents).filter_map(|(index, record, _)| match &record.detail {
        Detail::Recommendation(recommendation) => Some((index, record, &**recommendation)),
        _ => None,
    })
}
