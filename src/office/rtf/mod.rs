//! Rich Text files, as WordPad, Word, WPS and the systems of offices write them.
//!
//! `token` takes the bytes apart and `charset` knows their encodings. `reader` follows the groups, `words` says what their
//! words mean and `destination` what a group is for; `flow` gathers paragraphs.

mod charset;
mod destination;
mod flow;
mod reader;
mod token;
mod words;

#[cfg(test)]
mod tests;

use super::block::Document;
use super::{Budget, Fault};

/// Reads a Rich Text file; one that is cut off is read to its end.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    reader::Reader::default().read(bytes, budget)
}
