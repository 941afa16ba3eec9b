//! Word files, as Word, WPS and LibreOffice write them (ECMA-376, transitional and strict).
//!
//! `styles` and `numbering` know what a paragraph's style and number mean. `document` walks the blocks and `run` the
//! text in them, with `table`, `field`, `drawing`, `formula` and `symbol` for what their names say; `aside` gathers
//! what stands elsewhere in the file. Attachments and imports take the same walk.

mod aside;
mod conditions;
mod document;
mod drawing;
mod equation;
mod field;
mod formula;
pub(super) mod numbering;
mod run;
mod state;
mod styles;
mod symbol;
mod table;

#[cfg(test)]
pub(super) mod tests;

use super::block::Document;
use super::{Budget, Fault, Package};

/// Reads a Word file within a budget.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    document::read(Package::open(bytes, budget)?)
}
