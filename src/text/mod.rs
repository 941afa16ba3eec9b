//! Normal form, Chinese numerals, canonical numbers: what reads text before anything else does.
pub mod numeral;
