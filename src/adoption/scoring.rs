//! 积分排名 by the rules of the site file: points, deductions, vetoes, with the working kept.

use super::{Answered, Documents, Outcome, Standing, answered, living, people};
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Record};
use crate::settings::{Score, Scoring, Settings, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The events that are computed, by the name that rules call them.
pub(crate) const OVERDUE: &str = "逾期未回复";
/// A reply that came after its due day.
pub(crate) const LATE: &str = "逾期回复";

/// Who is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    Departments,
    /// People of the roster, by their keys.
    People,
}

/// One line of the working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// When.
    pub date: Day,
    /// The document that it comes from; none: a manual entry.
    pub document: Option<usize>,
    /// What it is.
    pub what: What<'a>,
    /// In hundredths of a point.
    pub points: i64,
}

/// What a line of the working comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What<'a> {
    /// An event of a report.
    Adoption(&'a Adoption),
    /// [`OVERDUE`] or [`LATE`].
    Reply(&'static str),
    /// A manual entry.
    Manual(&'a Score),
}

impl What<'_> {
    /// The name by which rules call it.
    fn event(&self) -> Option<&str> {
        match self {
            What::Adoption(_) => None,
            What::Reply(event) => Some(event),
            What::Manual(score) => Some(&score.event),
        }
    }
}

/// A row of the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ranked<'a> {
    /// The department, or the key of the person.
    pub key: String,
    /// Its place from 1; equals share one. None: a veto.
    pub place: Option<usize>,
    /// In hundredths of a point.
    pub points: i64,
    /// The event of the veto.
    pub veto: Option<&'a str>,
    /// The working, by date.
    pub lines: Vec<Line<'a>>,
}

/// The first day of the span of the calendar that a day falls in.
pub(crate) fn start(span: Span, date: Date) -> Date {
    let month = date.month();
    let month = match span {
        Span::Month => month,
        Span::Quarter => (month - 1) / 3 * 3 + 1,
        Span::Half => (month - 1) / 6 * 6 + 1,
        Span::Year => 1,
    };
    jiff::civil::date(date.year(), month, 1)
}

/// The ranking of the span that begins on `begin`, from the most points; the vetoed come last.
pub(crate) fn ranking<'a>(
    documents: &Documents<'a>,
    settings: &'a Settings,
    scoring: &'a Scoring,
    whom: Whom,
    begin: Date,
    now: Date,
) -> Vec<Ranked<'a>> {
    let lines = lines(documents, settings, scoring, whom, now);
    let mut ranked: Vec<Ranked<'a>> = lines
        .into_iter()
        .filter_map(|(key, all)| {
            let veto = veto(&all, scoring, begin);
            let lines: Vec<Line<'a>> = all
                .into_iter()
                .filter(|line| start(scoring.period, line.date.date) == begin)
                .collect();
            (!lines.is_empty() || veto.is_some()).then(|| Ranked {
                key,
                place: None,
                points: lines.iter().map(|line| line.points).sum(),
                veto,
                lines,
            })
        })
        .collect();
    ranked.sort_by(|a, b| (a.veto.is_some(), -a.points, &a.key).cmp(&(b.veto.is_some(), -b.points, &b.key)));
    for at in 0..ranked.len() {
        let before = ranked[..at].last();
        let same = before.filter(|before| before.points == ranked[at].points);
        let place = same.and_then(|before| before.place).unwrap_or(at + 1);
        ranked[at].place = ranked[at].veto.is_none().then_some(place);
    }
    ranked
}

/// The first days of the spans that have lines, from the newest.
pub(crate) fn spans(documents: &Documents, settings: &Settings, scoring: &Scoring, now: Date) -> Vec<Date> {
    let mut begins = BTreeSet::new();
    for whom in [Whom::Departments, Whom::People] {
        for line in lines(documents, settings, scoring, whom, now).values().flatten() {
            begins.insert(start(scoring.period, line.date.date));
        }
    }
    begins.into_iter().rev().collect()
}

/// The veto that holds in the ranked span: its event happened so often in a span of its own that
/// touches the ranked one.
fn veto<'a>(lines: &[Line], scoring: &'a Scoring, begin: Date) -> Option<&'a str> {
    scoring.vetoes.iter().find_map(|veto| {
        let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.what.event() == Some(&veto.event)) {
            *counts.entry(start(veto.period, line.date.date)).or_default() += 1;
        }
        let touches = |span: Date| start(scoring.period, span) == begin || start(veto.period, begin) == span;
        counts
            .into_iter()
            .any(|(span, count)| count >= veto.count && touches(span))
            .then_some(veto.event.as_str())
    })
}

/// The working of everybody, by date.
fn lines<'a>(
    documents: &Documents<'a>,
    settings: &'a Settings,
    scoring: &'a Scoring,
    whom: Whom,
    now: Date,
) -> BTreeMap<String, Vec<Line<'a>>> {
    let mut found: BTreeMap<String, Vec<Line<'a>>> = BTreeMap::new();
    for (document, record, outcome) in living(documents) {
        let of_document = match &record.detail {
            Detail::Report(report) => events(&report.adoptions, outcome, scoring),
            Detail::Recommendation(_) => reply(record, settings, scoring, now).into_iter().collect(),
            _ => Vec::new(),
        };
        for (date, what, points) in of_document {
            for key in keys(record, settings, whom) {
                found.entry(key).or_default().push(Line {
                    date,
                    document: Some(document),
                    what,
                    points,
                });
            }
        }
    }
    for score in &settings.scores {
        let (Some(date), Some(key)) = (score.date, manual_key(score, settings, whom)) else {
            continue;
        };
        let points = score.points.or_else(|| deduction(scoring, &score.event)).unwrap_or(0);
        found.entry(key).or_default().push(Line {
            date,
            document: None,
            what: What::Manual(score),
            points,
        });
    }
    found.values_mut().for_each(|lines| lines.sort_by_key(|line| line.date));
    found
}

/// The events of a report that a rule gives points for: those that count as 已转化 or 成果认可. Of
/// events that are alike in form and level each counts; that is for the rules' points to weigh.
fn events<'a>(adoptions: &'a [Adoption], outcome: &Outcome, scoring: &Scoring) -> Vec<(Day, What<'a>, i64)> {
    adoptions
        .iter()
        .zip(outcome.events.iter().zip(&outcome.days))
        .filter(|(_, (standing, _))| **standing != Standing::Nothing)
        .filter_map(|(event, (_, day))| {
            let rules = || scoring.points.iter().filter(|rule| rule.form == event.form);
            let rule = rules()
                .find(|rule| rule.level.is_some() && rule.level == event.level)
                .or_else(|| rules().find(|rule| rule.level.is_none()))?;
            Some(((*day)?, What::Adoption(event), rule.points))
        })
        .collect()
}

/// What a recommendation costs: its reply is overdue on the day, or came late.
fn reply<'a>(record: &Record, settings: &Settings, scoring: &Scoring, now: Date) -> Option<(Day, What<'a>, i64)> {
    let Detail::Recommendation(recommendation) = &record.detail else {
        return None;
    };
    let (due, answered) = answered(recommendation, settings, now)?;
    let (event, date) = match (answered, &recommendation.reply) {
        (Answered::Overdue, _) => (OVERDUE, Day::exact(due.date)),
        (Answered::Late, Some(reply)) => (LATE, reply.date?),
        _ => return None,
    };
    // An event without a deduction can still be that of a veto; one that no rule names is none.
    let is_vetoed = scoring.vetoes.iter().any(|veto| veto.event == event);
    let points = deduction(scoring, event).or(is_vetoed.then_some(0))?;
    Some((date, What::Reply(event), points))
}

fn deduction(scoring: &Scoring, event: &str) -> Option<i64> {
    let rule = scoring.deductions.iter().find(|rule| rule.event == event)?;
    Some(-rule.points)
}

/// Whom a document is credited to, each in full.
fn keys(record: &Record, settings: &Settings, whom: Whom) -> BTreeSet<String> {
    match whom {
        Whom::Departments => record.departments.iter().cloned().collect(),
        Whom::People => people::named(record)
            .into_iter()
            .filter_map(|name| people::of(name, record, settings))
            .map(|at| settings.people[at].key.clone())
            .collect(),
    }
}

fn manual_key(score: &Score, settings: &Settings, whom: Whom) -> Option<String> {
    match whom {
        Whom::Departments => score.department.clone(),
        Whom::People => {
            let person = score.person.as_deref()?;
            let by_key = settings.people.iter().find(|other| other.key == person);
            let mut named = settings.people.iter().filter(|other| other.name == person);
            // A name that several have is nobody's.
            let by_name = named.next().filter(|_| named.next().is_none());
            by_key.or(by_name).map(|person| person.key.clone())
        }
    }
}
