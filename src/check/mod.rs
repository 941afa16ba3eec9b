//! What is wrong with documents: secrecy marks, rules of one record, of the corpus, and privacy.
//!
//! [`secrecy`] comes first and for every document; what it refuses is read no further. [`record`]
//! and [`privacy`] look at one document, [`corpus`] at all records together.

mod accused;
mod advice;
mod articles;
mod bare;
mod birth;
mod chain;
mod conflict;
mod copies;
mod corpus;
mod directory;
mod headings;
mod instruments;
mod internal;
mod juvenile;
mod mark;
mod names;
mod near;
mod privacy;
mod record;
mod review;
mod said;
mod secrecy;

pub use chain::{figures_twice, neighbours};
pub(crate) use corpus::{UNKNOWN_REFERENCE, nearest_id, referenced};
pub use corpus::{corpus, near_values};
pub use directory::Directory;
pub use instruments::Instruments;
pub use near::Values;
pub use privacy::{Content, Seen, attachment, of_reading as privacy_of, privacy, seen};
pub(crate) use privacy::{OPEN_ENDED, is_unseen, occurrences, surname_length};
pub use record::record;
pub use secrecy::{may_be_classified, of_reading as secrecy_of, secrecy, secrecy_of_name};
