//! What became of a document: which events count, which deadlines run, in which state it stands; and
//! the figures that follow: the ledger and the supervision of recommendations.
//!
//! Everything here is a pure function of records, settings and the reference day.

pub mod chain;
pub mod count;
pub mod counted;
pub mod deadline;
pub mod events;
pub mod filter;
pub mod kept;
pub mod ledger;
pub mod life;
pub mod outcome;
pub mod outcomes;
pub mod overview;
pub mod people;
pub mod period;
pub mod scoring;
pub mod statistics;
pub mod supervision;
pub mod targets;
pub mod topics;
pub mod versions;

pub use count::{Count, Measure, Place, Sum};
pub use counted::{Counted, Instrument};
pub use deadline::{Answered, Due, answered, due, state};
pub use events::{Event, Reason, events};
pub use filter::Filter;
pub use kept::{Basis, Kept, kept, ledger_of};
pub use ledger::{By, Figures, Ledger, filtered, ledger, yuan_json};
pub use life::{Reached, Stage, life};
pub use outcome::{Outcome, Ruling, Standing, case_honour, counts_from};
pub use outcomes::outcomes;
pub use period::{Falls, Period};
pub use supervision::{Owed, REPLY_FIGURES, Rate, Replies, ReplyFigure, overdue, owed, replies};

use crate::record::{CaseRank, Honour, Kind, Record};

/// The documents of a site with their outcomes, in the order of their ids; figures name them by their places in it.
pub type Documents<'a> = [(&'a Record, &'a Outcome)];

/// Documents that count, with their indices: no draft, no copy of another, none that a newer version replaces.
fn living<'s, 'a>(documents: &'s Documents<'a>) -> impl Iterator<Item = (usize, &'a Record, &'a Outcome)> + 's {
    documents
        .iter()
        .enumerate()
        .filter(|(_, (record, outcome))| !record.draft && outcome.counts())
        .map(|(index, (record, outcome))| (index, *record, *outcome))
}

/// Documents of which something may count, with their indices: no draft, no copy, but what newer versions replace, too.
fn present<'s, 'a>(documents: &'s Documents<'a>) -> impl Iterator<Item = (usize, &'a Record, &'a Outcome)> + 's {
    documents
        .iter()
        .enumerate()
        .filter(|(_, (record, outcome))| !record.draft && !outcome.is_copy())
        .map(|(index, (record, outcome))| (index, *record, *outcome))
}

/// The cases that have an honour, each once, at the honour at which it counts.
fn honoured_cases<'s, 'a>(documents: &'s Documents<'a>) -> impl Iterator<Item = (usize, &'a Honour, CaseRank)> + 's {
    present(documents)
        .filter(|(_, record, outcome)| record.kind == Kind::Case && !outcome.honour_elsewhere)
        .filter_map(|(index, record, _)| case_honour(record).map(|(honour, rank)| (index, honour, rank)))
}

#[cfg(test)]
mod tests;
