//! Badges: the few words that say at a glance what a document is and what became of it.

use super::Entry;
use super::words::Words;
use crate::adoption::{Standing, case_honour};
use crate::record::{CaseRank, Detail, LawStatus, State, TopicStatus};
use serde::Serialize;

/// A badge as pages show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Badge {
    /// Key: its class, and after `badge.` its message.
    pub key: &'static str,
    /// Its words.
    pub text: String,
}

/// The badge keys of a document, in the order of the page: `adopted` or `recognised`, `unverified`,
/// the rank of a case, the state of a recommendation, the status of a topic, that of a law, `priority`, `draft`.
pub(crate) fn badges(entry: &Entry) -> Vec<&'static str> {
    let record = entry.document.record();
    let mut keys = Vec::new();
    match entry.outcome.standing {
        Standing::Adopted => keys.push("adopted"),
        Standing::Recognised => keys.push("recognised"),
        Standing::Nothing => {}
    }
    if entry.outcome.unverified {
        keys.push("unverified");
    }
    match &record.detail {
        Detail::Case(_) => keys.extend(rank(entry).map(|(_, rank)| rank.key())),
        Detail::Recommendation(recommendation) => {
            keys.extend(entry.state.map(State::key));
            keys.extend(recommendation.priority.then_some("priority"));
        }
        Detail::Topic(topic) => keys.extend(topic.status.map(TopicStatus::key)),
        Detail::Law(_) => keys.extend(entry.status.map(LawStatus::key)),
        Detail::Report(_) => {}
    }
    keys.extend(record.draft.then_some("draft"));
    keys
}

/// The badges of a document with their words; a rank says its level too (省级典型案例).
pub(super) fn worded(entry: &Entry, words: Words) -> Vec<Badge> {
    badges(entry)
        .into_iter()
        .map(|key| {
            let text = words.find(&format!("badge.{key}"));
            let level = CaseRank::parse(key)
                .and_then(|_| rank(entry))
                .and_then(|(level, _)| level);
            let text = match level {
                Some(level) => words.joined(&words.name(level), &text),
                None => text,
            };
            Badge { key, text }
        })
        .collect()
}

/// The honour at which a case counts: its level and rank.
fn rank(entry: &Entry) -> Option<(Option<crate::record::Level>, CaseRank)> {
    case_honour(entry.document.record()).map(|(honour, rank)| (honour.level, rank))
}
