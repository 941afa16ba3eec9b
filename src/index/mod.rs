//! The tantivy index: schema, analyzer, writer.
//!
//! [`write()`] takes documents in the order of their ids and leaves one deletion-free segment whose
//! document numbers are that order, [`write_parts`] the same, taking the parts that have not changed from the
//! write before; [`open`] gives it back with the settings that it was built with.
//! `docs/search.md` says what the fields hold.

pub mod analyzer;
pub mod document;
mod error;
pub mod facet;
mod kept;
mod left;
mod memory;
mod open;
mod read_only;
mod returned;
pub(crate) mod schema;
pub(crate) mod settings;
mod statistics;
pub(crate) mod stretch;
mod synonyms;
mod writer;

pub(crate) use error::IndexError;
pub(crate) use left::left;
pub(crate) use memory::hold;
pub use open::open;
pub(crate) use open::{Opened, stored_value};
pub use returned::Documents;
pub use settings::{IndexSettings, Ranking};
pub use statistics::FieldTotals;
pub(crate) use statistics::{OfField, Statistics};
pub use writer::write;
pub(crate) use writer::{Part, Prepared, prepare};
