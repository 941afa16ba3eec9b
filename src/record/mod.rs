//! From a front matter to a typed record: the model of the project.
//!
//! [`read`] is the entry: `&Source` to a [`Record`] and its diagnostics. `keys` and one file a kind hold the tables of
//! keys, from which readers, writers, forms, the JSON Schema, new files, labels and the guide follow (`key` says what a
//! row can state); `fields` reads typed values off the YAML tree, and `guess` supplies what a document without front
//! matter says by its heading, name and folder.

mod batch;
mod belongs;
mod byline;
mod case;
mod causes;
mod common;
mod content;
mod copies;
pub mod date;
pub(crate) mod fields;
mod folders;
pub(crate) mod front;
pub(crate) mod guess;
mod inside;
mod key;
pub(crate) mod keys;
mod law;
pub(crate) mod model;
pub(crate) mod name;
mod nearest;
pub(crate) mod number;
mod opening;
pub(crate) mod quantity;
mod read;
mod recommendation;
mod report;
mod topic;
pub(crate) mod vocabulary;
mod words;
pub mod write;

pub(crate) use belongs::{case_type, court, folder, series};
pub(crate) use case::Case;
pub(crate) use common::honours;
pub(crate) use content::Content;
pub(crate) use copies::{copied_number, copies};
pub(crate) use fields::yes_or_no;
pub(crate) use folders::Folders;
pub(crate) use law::Law;
pub use model::*;
pub(crate) use name::{office_name, person_name};
pub(crate) use nearest::{near, nearest};
pub use read::read;
pub(crate) use read::read_within;
pub use recommendation::Recommendation;
pub(crate) use report::Report;
pub(crate) use topic::Topic;
pub use vocabulary::*;

#[cfg(test)]
mod tests;
