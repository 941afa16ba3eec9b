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
pub mod model;
pub mod name;
mod nearest;
pub mod number;
mod opening;
pub(crate) mod quantity;
mod read;
mod recommendation;
mod report;
mod topic;
pub mod vocabulary;
mod words;
pub mod write;

pub use belongs::{case_type, court, folder, series};
pub use case::Case;
pub(crate) use common::honours;
pub use content::Content;
pub use copies::{copied_number, copies};
pub use fields::yes_or_no;
pub use folders::Folders;
pub use front::locate;
pub use law::Law;
pub use model::*;
pub use name::{office_name, person_name};
pub use nearest::{near, nearest};
pub use read::{read, read_within};
pub use recommendation::Recommendation;
pub use report::Report;
pub use topic::Topic;
pub use vocabulary::*;

#[cfg(test)]
mod tests;
