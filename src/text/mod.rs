//! Normal form, Chinese numerals, canonical numbers: what reads text before anything else does.

pub mod normalize;
pub mod number;
pub mod numeral;

pub use normalize::{Mapped, normalize, normalize_mapped};
