//! What became of a document: which events count, which deadlines run, in which state it stands; and
//! the figures that follow: the ledger and the supervision of recommendations.
//!
//! Everything here is a pure function of records, settings and the reference day.

pub mod chain;
pub mod deadline;
pub mod ledger;
pub mod outcome;
pub mod overview;
pub mod people;
pub mod scoring;
pub mod supervision;
pub mod targets;
pub mod topics;

pub use deadline::{Due, due, state};
pub use ledger::{By, Figures, Ledger, Period, Sum, ledger};
pub use outcome::{Outcome, Standing, case_honour, outcome};
pub use supervision::{Owed, Rate, Replies, owed, replies};

#[cfg(test)]
mod tests;
