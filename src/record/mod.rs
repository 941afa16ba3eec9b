//! From a front matter to a typed record: the model of the project.
//!
//! [`read`] is the entry: `&Source` to a [`Record`] and its diagnostics. `keys` holds the names of
//! every field, `fields` reads typed values off the YAML tree, one file a kind puts them together,
//! and `guess` supplies what a document without front matter says by its heading, name and folder.

mod case;
mod common;
mod copies;
pub mod date;
pub(crate) mod fields;
pub(crate) mod front;
pub(crate) mod guess;
pub(crate) mod keys;
mod law;
pub mod model;
mod name;
mod nearest;
pub mod number;
pub(crate) mod quantity;
mod read;
mod recommendation;
mod report;
mod topic;
pub mod vocabulary;
pub mod write;

pub(crate) use common::honours;
pub use copies::{copied_number, copies};
pub use front::locate;
pub use model::*;
pub use name::person_name;
pub use nearest::{near, nearest};
pub use read::read;
pub use vocabulary::*;

#[cfg(test)]
mod tests;
