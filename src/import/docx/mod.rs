//! Word files, as Word, WPS and LibreOffice write them (ECMA-376, transitional and strict).
//!
//! `package` opens the archive within limits, `xml` makes trees of its parts, `styles` and `numbering`
//! know what a paragraph's style and number mean, `document` walks the text.

mod document;
mod numbering;
mod package;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

use super::Refusal;
use super::block::Parsed;
use package::Package;

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let package = Package::open(bytes)?;
    document::read(package)
}
