//! Periods of days, and how dates that are known in part lie to them.

use crate::record::date::Day;
use jiff::civil::Date;

/// A period of days, both ends included; an open end is unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Period {
    /// Whether a day falls in it: a date that is known by its month or year, where the period holds all of that.
    pub fn holds(self, day: Option<Day>) -> bool {
        self.falls(day) == Falls::Within
    }

    /// How a day lies to it. What has no date is within the unlimited one alone.
    pub fn falls(self, day: Option<Day>) -> Falls {
        if self == Period::default() {
            return Falls::Within;
        }
        let Some((first, last)) = day.map(|day| (day.date, day.last())) else {
            return Falls::Unknown;
        };
        let begins = self.since.is_none_or(|since| since <= first);
        let ends = self.until.is_none_or(|until| last <= until);
        let before = self.since.is_some_and(|since| last < since);
        let after = self.until.is_some_and(|until| until < first);
        match (begins && ends, before || after) {
            (true, _) => Falls::Within,
            (_, true) => Falls::Outside,
            _ => Falls::Unknown,
        }
    }
}

/// How a date lies to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Falls {
    /// The period holds all of it.
    Within,
    /// It may fall in the period or not: it isn't known, or only by a month or year that the period holds in part.
    Unknown,
    /// It lies before or after the period.
    Outside,
}
