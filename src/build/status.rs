//! 时效 of laws: what they say of themselves, and where they say nothing, what their dates and later versions tell.

use crate::audience::Cleared;
use crate::markdown;
use crate::record::{Detail, LawStatus, Record};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The newest date of each law by its name.
pub(super) struct Versions(BTreeMap<String, Date>);

impl Versions {
    /// Gathers the laws of a corpus.
    pub(super) fn of(documents: &[Cleared]) -> Self {
        let mut newest: BTreeMap<String, Date> = BTreeMap::new();
        for record in documents.iter().map(Cleared::record) {
            if let (Detail::Law(_), Some(day)) = (&record.detail, record.date) {
                let known = newest.entry(markdown::law_name(&record.title)).or_insert(day.date);
                *known = (*known).max(day.date);
            }
        }
        Self(newest)
    }

    /// The status of a law on a day, where anything tells; other documents have none.
    pub(super) fn status(&self, record: &Record, is_replaced: bool, now: Date) -> Option<LawStatus> {
        let Detail::Law(law) = &record.detail else { return None };
        let is_older = || {
            let newest = self.0.get(&markdown::law_name(&record.title));
            newest.zip(record.date).is_some_and(|(newest, own)| own.date < *newest)
        };
        let pending = || law.effective.is_some_and(|day| day.date > now);
        law.status
            .or_else(|| (is_replaced || is_older()).then_some(LawStatus::Amended))
            .or_else(|| pending().then_some(LawStatus::Pending))
    }
}
