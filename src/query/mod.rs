//! Asking the index: syntax, plan, search.
pub mod answer;
