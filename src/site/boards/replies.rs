//! 检察建议督办台账: the replies that are owed, the reminders by department, and their calendar.

use super::calendar::{Deadline, calendar};
use super::{Board, Boards, DocumentLink, LISTED};
use crate::adoption::{Owed, due, owed};
use crate::record::date::Day;
use crate::record::vocabulary::{Outcome, Rectified, State};
use crate::record::{Detail, Recommendation, Record};
use crate::site::chain::days_late;
use crate::site::facts::happened;
use crate::site::templates::value;
use crate::site::words::shown;
use minijinja::{Value, context};
use serde::Serialize;
use std::collections::BTreeMap;

const PAGE: &str = "boards/replies.html";
pub(super) const REMINDERS: &str = "boards/reminders.html";
pub(super) const CALENDAR: &str = "boards/deadlines.ics";

/// From so many days before the deadline on a reply is to be asked for.
pub(in crate::site) const SOON: i32 = 7;

/// How the days left read (a key after `due.days.`), and which a row is: `late`, `soon` or `open`.
pub(in crate::site) fn urgency(days: i32) -> (&'static str, &'static str) {
    match days {
        ..0 => ("late", "late"),
        0 => ("today", "soon"),
        1..=SOON => ("left", "soon"),
        _ => ("left", "open"),
    }
}

/// A reply that is owed, as the board shows it on the reference day.
#[derive(Serialize, Clone)]
struct OwedRow {
    document: DocumentLink,
    number: Option<String>,
    addressee: Option<String>,
    departments: String,
    delivered: Option<String>,
    due: String,
    /// In words: 逾期 37 天.
    days: String,
    /// `late`, `soon` or `open`.
    when: &'static str,
    /// A state that the passing of time does not change (异议复核中, 跟进监督).
    state: Option<(&'static str, String)>,
    priority: bool,
}

/// Something that happened to a recommendation.
#[derive(Serialize)]
struct Happened {
    date: Option<String>,
    /// What, in words: 回复 采纳.
    said: String,
}

impl<'a> Boards<'a> {
    /// The replies that are owed, with the departments that answer for them.
    fn owed(&self) -> Vec<Owed<'a>> {
        owed(&self.documents, self.site.settings, self.site.now)
    }

    /// The board.
    pub(super) fn replies(&self) -> String {
        let words = self.site.words;
        let owed = self.owed();
        let rows: Vec<OwedRow> = owed.iter().map(|reply| self.owed_row(PAGE, reply)).collect();
        let count = |when: &str| rows.iter().filter(|row| row.when == when).count();
        let all = self.recommendations();
        let late_text = |key: &str| words.find(&format!("due.days.{key}"));
        let own = context! {
            late => count("late"),
            soon => count("soon"),
            open => count("open"),
            late_text => late_text("late"), today_text => late_text("today"), left_text => late_text("left"),
            soon_days => SOON,
            no_holidays => self.site.settings.holidays.is_empty(),
            reminders => (!rows.is_empty()).then(|| super::href(PAGE, REMINDERS)),
            calendar => (!rows.is_empty()).then(|| super::href(PAGE, CALENDAR)),
            owed => value(rows),
            all_more => all.len().saturating_sub(LISTED),
            all => all.into_iter().take(LISTED).filter_map(|index| self.recommendation_row(index)).collect::<Vec<_>>(),
        };
        self.page(Board::Replies, PAGE, "board-replies.html", own)
    }

    /// 催办清单: a sheet a department, to be printed and handed over.
    pub(super) fn reminders(&self) -> Option<String> {
        let owed = self.owed();
        let mut sheets: BTreeMap<String, Vec<OwedRow>> = BTreeMap::new();
        for reply in &owed {
            for department in departments(reply.record, reply.recommendation) {
                sheets
                    .entry(department)
                    .or_default()
                    .push(self.owed_row(REMINDERS, reply));
            }
        }
        let sheets: Vec<Value> = sheets
            .into_iter()
            .map(|(department, rows)| context! { department, count => rows.len(), rows => value(rows) })
            .collect();
        if sheets.is_empty() {
            return None;
        }
        let words = self.site.words;
        let own = context! {
            sheets,
            unit => self.site.settings.unit.as_deref(),
            late_text => words.find("due.days.late"), today_text => words.find("due.days.today"), left_text => words.find("due.days.left"),
            no_holidays => self.site.settings.holidays.is_empty(),
            soon_days => SOON,
        };
        Some(self.page(Board::Replies, REMINDERS, "board-reminders.html", own))
    }

    /// The deadlines of all replies that are owed; none without any.
    pub(super) fn calendar(&self) -> Option<String> {
        let words = self.site.words;
        let owed = self.owed();
        let deadlines: Vec<Deadline> = owed
            .iter()
            .map(|reply| {
                let page = &self.site.entries[reply.document].page;
                let known = [&reply.recommendation.addressee, &reply.recommendation.number];
                let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
                let departments = departments(reply.record, reply.recommendation).join("、");
                Deadline {
                    owed: reply,
                    summary: words.with("replies.event", "about", known.join(" ")),
                    description: words.fill(
                        "replies.event_about",
                        &[("title", reply.record.title.clone()), ("departments", departments)],
                    ),
                    url: self
                        .site
                        .settings
                        .base_url
                        .as_ref()
                        .map(|base| format!("{base}{}", super::super::encoded(page))),
                }
            })
            .collect();
        let name = format!("{} {}", self.site.settings.title, words.get("board.replies"));
        (!deadlines.is_empty()).then(|| calendar(&name, &deadlines, self.site.now))
    }

    fn owed_row(&self, from: &str, reply: &Owed) -> OwedRow {
        let words = self.site.words;
        let (key, when) = urgency(reply.days);
        let days = reply.days.unsigned_abs().to_string();
        let fixed = !matches!(reply.state, State::Delivered | State::Overdue);
        let recommendation = reply.recommendation;
        OwedRow {
            document: self.link(from, reply.document),
            number: recommendation.number.clone(),
            addressee: recommendation.addressee.clone(),
            departments: departments(reply.record, recommendation).join("、"),
            delivered: recommendation.delivered.as_ref().map(|day| shown(day.value)),
            due: reply.due.date.to_string(),
            days: words.with(&format!("due.days.{key}"), "days", days),
            when,
            state: fixed.then(|| (reply.state.key(), words.name(reply.state))),
            priority: recommendation.priority,
        }
    }

    /// Every recommendation, 重点督办 first, then the newest.
    fn recommendations(&self) -> Vec<usize> {
        let mut found: Vec<_> = (0..self.records.len())
            .filter_map(|index| Some((index, self.recommendation(index)?)))
            .collect();
        found.sort_by_cached_key(|(index, recommendation)| {
            let issued = issued(self.records[*index], recommendation);
            (!recommendation.priority, std::cmp::Reverse(issued), *index)
        });
        found.into_iter().map(|(index, _)| index).collect()
    }

    fn recommendation(&self, index: usize) -> Option<&'a Recommendation> {
        let record = self.records[index];
        match &record.detail {
            Detail::Recommendation(recommendation) if !record.draft && self.documents[index].1.counts() => {
                Some(recommendation)
            }
            _ => None,
        }
    }

    /// A recommendation with what became of it.
    fn recommendation_row(&self, index: usize) -> Option<Value> {
        let words = self.site.words;
        let record = self.records[index];
        let recommendation = self.recommendation(index)?;
        let due = due(recommendation, self.site.settings);
        let reply = recommendation.reply.as_ref();
        let late = reply
            .and_then(|reply| reply.date)
            .zip(due)
            .and_then(|(day, due)| days_late(day, due.date));
        let state = self.site.entries[index].state;
        let rectified = recommendation.rectification.as_ref();
        Some(context! {
            document => value(self.link(PAGE, index)),
            number => recommendation.number.as_deref(),
            addressee => recommendation.addressee.as_deref(),
            departments => departments(record, recommendation).join("、"),
            lines => record.lines.join("、"),
            year => issued(record, recommendation).map(|day| day.date.year()),
            delivered => recommendation.delivered.as_ref().map(|day| shown(day.value)),
            due => due.map(|due| due.date.to_string()),
            replied => reply.and_then(|reply| reply.date).map(shown),
            late => late.map(|days| words.with("due.days.late", "days", days)),
            outcome => reply.and_then(|reply| reply.outcome).map(|outcome: Outcome| words.name(outcome)),
            rectified => rectified.and_then(|found| found.outcome).map(|outcome: Rectified| words.name(outcome)),
            // What waits for its reply becomes overdue by the reader's day.
            waits => state.filter(|state| matches!(state, State::Delivered | State::Overdue)).map(|state| state == State::Overdue),
            state => state.map(State::key),
            state_text => state.map(|state| words.name(state)),
            priority => recommendation.priority,
            history => value(self.history(index, recommendation)),
        })
    }

    /// What happened to a recommendation, in the order of the days; what has none stands last.
    fn history(&self, index: usize, recommendation: &Recommendation) -> Vec<Happened> {
        let mut all: Vec<Happened> = happened(recommendation, &self.site.entries[index], self.site.words)
            .into_iter()
            .map(|(date, said)| Happened { date, said })
            .collect();
        all.sort_by_cached_key(|one| (one.date.is_none(), one.date.clone()));
        all
    }
}

/// 制发, else the date of the document.
fn issued(record: &Record, recommendation: &Recommendation) -> Option<Day> {
    recommendation.issued.as_ref().map(|day| day.value).or(record.date)
}

/// 承办部门, else the departments of the document.
pub(super) fn departments(record: &Record, recommendation: &Recommendation) -> Vec<String> {
    match &recommendation.handling_unit {
        Some(unit) => vec![unit.clone()],
        None => record.departments.clone(),
    }
}
