//! Recommendations: deadlines, replies, the six figures; cases at their highest honour; the section of `stats`.

use crate::recount::deadlines::{add_months, is_weekend, next_day, of, text};
use crate::recount::plain::{Lies, Query, Recount, accepted, recommendation};
use crate::recount::rows::Numbers;
use jianyan::adoption::Replies;
use jianyan::record::date::Day;
use jianyan::record::{Detail, Honour, Outcome, Recommendation, Record, Rectified};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The program's figures by name.
pub(super) fn named(replies: &Replies) -> BTreeMap<&'static str, usize> {
    let all = [
        ("issued", replies.issued),
        ("withdrawn", replies.withdrawn),
        ("due", replies.due),
        ("on time", replies.on_time),
        ("late", replies.late),
        ("undated", replies.undated),
        ("overdue", replies.unanswered),
        ("closed", replies.closed),
        ("replied", replies.replied),
        ("accepted", replies.accepted),
        ("partly", replies.partly_accepted),
        ("rejected", replies.rejected),
        ("rectified", replies.rectified),
        ("partly rectified", replies.partly_rectified),
        ("rectified, not accepted", replies.rectified_unaccepted),
    ];
    all.into_iter().filter(|(_, number)| *number > 0).collect()
}

/// Where an honour stands among others: the highest first, of equal ones the earliest, the undated last.
fn place(honour: &Honour) -> impl Ord + use<> {
    let day = honour.date;
    let when = (day.is_none(), day.map(|day| (day.last(), day.date)));
    (Reverse(honour.level), Reverse(honour.rank), when)
}

impl<'a> Recount<'a> {
    fn recommendations(&self) -> impl Iterator<Item = (&'a Record, &'a Recommendation)> + '_ {
        self.living()
            .filter_map(|record| Some((record, recommendation(record)?)))
    }

    /// The due day as text.
    fn due(&self, one: &Recommendation) -> Option<String> {
        if one.withdrawn.is_some() {
            return None;
        }
        let delivered = one.delivered.as_ref()?.value.last().to_string();
        if let Some(due) = &one.due {
            return Some(due.value.last().to_string());
        }
        let mut day = of(&delivered);
        let kind = one.type_.as_deref().unwrap_or_default();
        if kind == "公益诉讼" && one.urgent {
            (0..15).for_each(|_| day = next_day(day));
        } else if kind == "再审" || kind == "纠正违法" && one.enforcement {
            day = add_months(day, 3);
        } else {
            day = add_months(day, 2);
        }
        let listed = |days: &std::collections::BTreeSet<jiff::civil::Date>, day| {
            days.iter().any(|one| one.to_string() == text(day))
        };
        let settings = self.settings;
        let free = |day| (listed(&settings.holidays, day) || is_weekend(day)) && !listed(&settings.workdays, day);
        while !settings.holidays.is_empty() && free(day) {
            day = next_day(day);
        }
        Some(text(day))
    }

    /// How one that is due was answered.
    fn answered(&self, one: &Recommendation) -> Option<&'static str> {
        let due = self.due(one).filter(|due| *due < self.now.to_string())?;
        Some(match &one.reply {
            None if one.closed.is_some() => "closed",
            None => "overdue",
            Some(reply) => match reply.date {
                Some(day) if day.last().to_string() <= due => "on time",
                Some(day) if day.date.to_string() > due => "late",
                _ => "undated",
            },
        })
    }

    pub(super) fn overdue(&self) -> usize {
        self.recommendations()
            .filter(|(_, one)| self.answered(one) == Some("overdue"))
            .count()
    }

    /// Ids and due days of what is owed: 重点督办 first, then by the due day.
    pub(super) fn owed(&self) -> Vec<(String, String)> {
        let open = self
            .recommendations()
            .filter(|(_, one)| one.reply.is_none() && one.closed.is_none());
        let mut owed: Vec<(bool, String, String)> = open
            .filter_map(|(record, one)| Some((!one.priority, self.due(one)?, record.id.clone())))
            .collect();
        owed.sort();
        owed.into_iter().map(|(_, due, id)| (id, due)).collect()
    }

    fn issued_on(one: &Recommendation) -> Option<Day> {
        let day = one.issued.as_ref().or(one.delivered.as_ref());
        day.map(|day| day.value)
    }

    pub(super) fn issued(&self, query: &Query) -> Vec<String> {
        let issued = self.recommendations().filter(|(_, one)| Self::issued_on(one).is_some());
        issued
            .filter(|(_, one)| query.lies(Self::issued_on(one)) == Lies::In)
            .map(|(record, _)| record.id.clone())
            .collect()
    }

    /// The figures of what was issued in a period.
    pub(super) fn replies(&self, query: &Query) -> BTreeMap<&'static str, usize> {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let issued = self.issued(query);
        for (_, one) in self.recommendations().filter(|(record, _)| issued.contains(&record.id)) {
            let mut add = |name| *counts.entry(name).or_default() += 1;
            add("issued");
            if one.withdrawn.is_some() {
                add("withdrawn");
                continue;
            }
            if let Some(how) = self.answered(one) {
                add("due");
                add(how);
            }
            if let Some(reply) = &one.reply {
                add("replied");
                match reply.outcome {
                    Some(Outcome::Accepted) => add("accepted"),
                    Some(Outcome::Partial) => add("partly"),
                    Some(Outcome::Rejected) => add("rejected"),
                    None => {}
                }
            }
            match (
                one.rectification.as_ref().and_then(|found| found.outcome),
                accepted(one),
            ) {
                (Some(Rectified::Full), true) => add("rectified"),
                (Some(Rectified::Partial), true) => add("partly rectified"),
                (Some(Rectified::Full | Rectified::Partial), false) => add("rectified, not accepted"),
                _ => {}
            }
        }
        counts
    }

    /// The honour at which a case counts: the highest level, then rank, then the earliest date.
    fn honour(&self, record: &'a Record) -> Option<&'a Honour> {
        let ranked = record.honours.iter().filter(|honour| honour.rank.is_some());
        ranked.min_by_key(|honour| place(honour))
    }

    /// Of the versions of a case the one with the honour at which it counts; of equal ones the newest version.
    fn honoured_version(&self, record: &'a Record) -> &'a Record {
        let versions = self.versions(record);
        let honoured = versions.into_iter().filter_map(|one| Some((one, self.honour(one)?)));
        let best = honoured.min_by_key(|(one, honour)| (place(honour), self.is_superseded(one)));
        best.map_or(record, |(one, _)| one)
    }

    pub(super) fn honoured(&self, query: &Query) -> Vec<(String, String)> {
        let cases = self
            .finished()
            .filter(|record| matches!(record.detail, Detail::Case(_)));
        let cases = cases.filter(|record| self.honoured_version(record).id == record.id);
        let honours = cases.filter_map(|record| Some((record, self.honour(record)?)));
        let mut found: Vec<(String, String)> = honours
            .filter(|(_, honour)| query.lies(honour.date) == Lies::In)
            .map(|(record, honour)| (record.id.clone(), format!("{:?}", (honour.level, honour.rank.unwrap()))))
            .collect();
        found.sort();
        found
    }

    /// Youth projects and their key results that are done: 王某 was born in March 1995, 李某 in 1970.
    pub(super) fn youth(&self) -> (usize, usize) {
        let young = |record: &&Record| {
            let Detail::Topic(topic) = &record.detail else {
                return false;
            };
            let leads = topic.lead.as_deref() == Some("王某") && !self.settings.people.is_empty();
            leads && topic.category.as_deref() == Some("创新课题") && record.date.is_some()
        };
        let done = |record: &Record| match &record.detail {
            Detail::Topic(topic) => topic.key_results.iter().filter(|result| result.done).count(),
            _ => 0,
        };
        let projects: Vec<&Record> = self.living().filter(young).collect();
        (projects.len(), projects.iter().map(|record| done(record)).sum())
    }

    /// The figures of `stats` by the names that the program's have when they are printed for debugging.
    pub(super) fn statistics(&self, query: &Query) -> Numbers {
        let mut numbers = Numbers::new();
        let total = self.ledger(jianyan::adoption::By::Year, query).total;
        let names = [
            ("reports", "Written"),
            ("adopted", "Adopted"),
            ("recognised", "Recognised"),
            ("unverified", "Unverified"),
            ("instructions", "Instructions"),
            ("endorsed", "Endorsed"),
            ("people", "People"),
            ("amount", "Amount"),
        ];
        for (name, figure) in names {
            if let Some(number) = total.get(name) {
                numbers.insert(figure.into(), *number);
            }
        }
        for id in self.adopted(query) {
            let record = self.find(&id).unwrap();
            let level = self.deciding(record).into_iter().filter_map(|event| event.level).max();
            *numbers.entry(format!("AdoptedAt({:?})", Reverse(level))).or_default() += 1;
        }
        for (_, rung) in self.honoured(query) {
            *numbers.entry(format!("Cases(Reverse({rung}))")).or_default() += 1;
        }
        for (_, one) in self.recommendations() {
            for (figure, day) in self.steps(one) {
                if query.lies(day) == Lies::In {
                    *numbers.entry(figure.into()).or_default() += 1;
                }
            }
        }
        numbers
    }

    /// The steps of a recommendation, each with its day.
    fn steps(&self, one: &Recommendation) -> Vec<(&'static str, Option<Day>)> {
        let Some(issued) = Self::issued_on(one) else {
            return Vec::new();
        };
        let mut steps = vec![("Issued", Some(issued))];
        if one.withdrawn.is_some() {
            return steps;
        }
        if let Some(how) = self.answered(one) {
            let due = Day::parse(&self.due(one).unwrap());
            steps.push(("Due", due));
            for (name, figure) in [("on time", "OnTime"), ("late", "Late"), ("undated", "Undated")] {
                if how == name {
                    steps.push((figure, due));
                }
            }
        }
        if let Some(reply) = &one.reply {
            steps.push(("Replied", reply.date));
            if accepted(one) {
                steps.push(("Accepted", reply.date));
            }
        }
        if let Some(found) = &one.rectification
            && found.outcome == Some(Rectified::Full)
            && accepted(one)
        {
            steps.push(("Rectified", found.date));
        }
        steps
    }
}
