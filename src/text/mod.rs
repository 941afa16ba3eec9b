//! Normal form, Chinese numerals, canonical numbers, names, sounds: what reads text before anything else does.

pub(crate) mod article;
pub mod normalize;
pub mod number;
pub(crate) mod numeral;
pub(crate) mod placeholder;
pub mod sound;
pub(crate) mod title;
mod traced;

pub use normalize::normalize;
pub(crate) use normalize::normalize_mapped;
pub(crate) use traced::Traced;
