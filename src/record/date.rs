//! Calendar days as front matter writes them.

use jiff::civil::Date;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// 2023年.
    Year,
    /// 2023年1月.
    Month,
    /// 2023年1月5日.
    Day,
}

/// A date with its precision; a coarser one stands at the first day of its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// How exactly it is known.
    pub precision: Precision,
}

impl Day {
    /// An exact day.
    pub fn exact(date: Date) -> Self {
        Self {
            date,
            precision: Precision::Day,
        }
    }
}
