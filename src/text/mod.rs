//! Normal form, Chinese numerals, canonical numbers, names, sounds: what reads text before anything else does.

pub mod article;
pub mod normalize;
pub mod number;
pub mod numeral;
pub mod placeholder;
pub mod sound;
pub mod title;
mod traced;

pub use normalize::{Mapped, normalize, normalize_mapped};
pub use traced::Traced;
