//! What became of a document: which events count, which deadlines run, in which state it stands; and
//! the figures that follow: the ledger and the supervision of recommendations.
//!
//! Everything here is a pure function of records, settings and the reference day.

pub(crate) mod chain;
pub(crate) mod count;
pub(crate) mod counted;
pub(crate) mod deadline;
pub mod events;
pub(crate) mod filter;
pub(crate) mod kept;
pub mod ledger;
pub(crate) mod life;
pub(crate) mod outcome;
pub(crate) mod outcomes;
pub mod overview;
pub(crate) mod people;
pub(crate) mod period;
pub(crate) mod scoring;
pub mod statistics;
pub(crate) mod supervision;
pub(crate) mod targets;
pub mod topics;
pub(crate) mod versions;

pub use count::Measure;
pub(crate) use count::{Place, Sum};
pub(crate) use deadline::{Answered, Due, answered, due, state};
pub use events::events;
pub(crate) use events::{Event, Reason};
pub use filter::Filter;
pub(crate) use kept::{Kept, kept, ledger_of};
pub use ledger::{By, Figures, filtered, ledger};
pub(crate) use ledger::{Ledger, yuan_json};
pub(crate) use life::{Reached, Stage, life};
pub use outcome::{Outcome, Standing};
pub(crate) use outcome::{Ruling, case_honour, counts_from};
pub(crate) use outcomes::outcomes;
pub(crate) use period::Falls;
pub use period::Period;
pub(crate) use supervision::{Owed, REPLY_FIGURES, Rate, ReplyFigure};
pub use supervision::{Replies, overdue, owed, replies};

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
