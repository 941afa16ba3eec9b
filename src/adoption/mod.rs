//! What became of a document: which events count, which deadlines run, in which state it stands; and
//! the figures that follow: the ledger and the supervision of recommendations.
//!
//! Everything here is a pure function of records, settings and the reference day.

pub mod chain;
pub mod count;
pub mod deadline;
pub mod events;
pub mod filter;
pub mod ledger;
pub mod life;
pub mod outcome;
pub mod overview;
pub mod people;
pub mod scoring;
pub mod statistics;
pub mod supervision;
pub mod targets;
pub mod topics;

pub use count::{Count, Measure, Place};
pub use deadline::{Due, due, state};
pub use events::{Event, Reason, events};
pub use filter::Filter;
pub use ledger::{By, Figures, Ledger, Once, Period, Sum, filtered, ledger};
pub use life::{Reached, Stage, life};
pub use outcome::{Outcome, Ruling, Standing, case_honour, counts_from, outcome};
pub use supervision::{Owed, Rate, Replies, owed, replies};

#[cfg(test)]
mod tests;
