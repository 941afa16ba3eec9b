//! Word files, as Word, WPS and LibreOffice write them (ECMA-376, transitional and strict).
//!
//! `styles` and `numbering` know what a paragraph's style and number mean, `document` walks the text, `table` its tables.

mod document;
mod numbering;
mod styles;
mod table;

#[cfg(test)]
mod tests;

use super::Refusal;
use super::block::Parsed;
use crate::office::Package;

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let package = Package::open(bytes)?;
    document::read(package)
}
