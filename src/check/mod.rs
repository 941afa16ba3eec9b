//! What is wrong with documents: secrecy marks, rules of one record, of the corpus, and privacy.
//!
//! [`secrecy`] comes first and for every document; what it refuses is read no further. [`record`]
//! and [`privacy`] look at one document, [`corpus`] at all records together.

mod accused;
mod advice;
mod articles;
mod bare;
mod birth;
mod bodies;
mod chain;
mod conflict;
mod copies;
mod corpus;
mod directory;
mod headings;
mod instruments;
mod internal;
mod juvenile;
mod known;
mod mark;
mod names;
mod near;
mod privacy;
mod record;
mod review;
mod said;
mod secrecy;

pub(crate) use chain::{figures_twice, neighbours};
pub use corpus::corpus;
pub(crate) use corpus::{UNKNOWN_REFERENCE, near_values, nearest_id, referenced};
pub(crate) use directory::Directory;
pub(crate) use instruments::Instruments;
pub(crate) use known::Known;
pub use privacy::{Content, attachment, of_reading as privacy_of, privacy};
pub(crate) use privacy::{OPEN_ENDED, Seen, is_unseen, occurrences, seen, surname_length};
pub use record::record;
pub use secrecy::secrecy;
pub(crate) use secrecy::{may_be_classified, of_reading as secrecy_of, secrecy_of_name};
