//! 项目（课题）: youth projects and the progress of their key results.

use super::{Documents, living};
use crate::record::date::Day;
use crate::record::vocabulary::TopicStatus;
use crate::record::{Detail, Record, Topic};
use crate::settings::Settings;
use std::collections::BTreeSet;

/// Whoever is younger counts as young.
const YOUNG: i16 = 35;

/// Categories that call for topics or papers instead of being worked on.
const CALLS: [&str; 2] = ["选题征集", "论坛征文"];

/// What a topic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// 选题征集 or 论坛征文.
    Call,
    /// Led by somebody under 35 on the day of its start.
    Youth,
    /// Any other.
    Other,
}

/// Done and planned key results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Results that are there.
    pub done: usize,
    /// Results that were planned.
    pub all: usize,
}

/// The figures of the youth projects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Youth {
    /// Projects of the period.
    pub projects: usize,
    /// People who lead one, each once.
    pub leaders: usize,
    /// Their key results.
    pub results: Progress,
    /// How many are 已结项, 在研 and 已中止.
    pub finished: usize,
    /// 在研.
    pub running: usize,
    /// 已中止.
    pub stopped: usize,
}

/// Whether somebody born in a month is under 35 on a day. The month of birth alone is known: whoever
/// turns 35 within it is not under 35 any more from its first day.
pub fn under_35(born: Day, on: Day) -> bool {
    let months = |day: Day| i32::from(day.date.year()) * 12 + i32::from(day.date.month());
    months(on) - months(born) < i32::from(YOUNG) * 12
}

/// What a topic is; its leader's age is that of the roster on the day of its start.
pub fn standing(record: &Record, topic: &Topic, settings: &Settings) -> Standing {
    if topic
        .category
        .as_deref()
        .is_some_and(|category| CALLS.contains(&category))
    {
        return Standing::Call;
    }
    let leader = topic
        .lead
        .as_deref()
        .and_then(|lead| super::people::of(lead, record, settings));
    let born = leader.and_then(|at| settings.people[at].born);
    match (born, record.date) {
        (Some(born), Some(started)) if under_35(born, started) => Standing::Youth,
        _ => Standing::Other,
    }
}

/// The progress of a topic.
pub fn progress(topic: &Topic) -> Progress {
    Progress {
        done: topic.key_results.iter().filter(|result| result.done).count(),
        all: topic.key_results.len(),
    }
}

/// The figures of the youth projects among the documents; drafts and copies are out.
pub fn youth(documents: &Documents, settings: &Settings) -> Youth {
    let mut figures = Youth::default();
    let mut leaders = BTreeSet::new();
    for (_, record, _) in living(documents) {
        let Detail::Topic(topic) = &record.detail else { continue };
        if standing(record, topic, settings) != Standing::Youth {
            continue;
        }
        figures.projects += 1;
        leaders.extend(
            topic
                .lead
                .as_deref()
                .and_then(|lead| super::people::of(lead, record, settings)),
        );
        let progress = progress(topic);
        figures.results.done += progress.done;
        figures.results.all += progress.all;
        match topic.status {
            Some(TopicStatus::Finished) => figures.finished += 1,
            Some(TopicStatus::Running) => figures.running += 1,
            Some(TopicStatus::Stopped) => figures.stopped += 1,
            Some(TopicStatus::Calling) | None => {}
        }
    }
    figures.leaders = leaders.len();
    figures
}
