//! What became of a document: which events count, which deadlines run, in which state it stands.
//!
//! Everything here is a pure function of records, settings and the reference day.

pub mod deadline;
pub mod outcome;

pub use deadline::{Due, due, state};
pub use outcome::{Outcome, Standing, case_honour, outcome};
