//! Which parts of a table its style speaks of: its first row, its bands, its corners.

use super::styles::Conditions;
use crate::office::Element;

/// What a table says of its style: where it stands with it, and how many of its rows and columns are of one band.
pub(super) struct Look {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    bands_of_rows: bool,
    bands_of_columns: bool,
}

/// The place of a cell, and how many there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
}

impl Look {
    /// What the properties of a table say; the older way is one number (ECMA-376, 17.4.55).
    pub(super) fn of(table: &Element) -> Self {
        let look = table
            .child("w:tblPr")
            .and_then(|properties| properties.child("w:tblLook"));
        let bits = look.and_then(|look| look.attribute("val"));
        let bits = bits.and_then(|bits| u32::from_str_radix(bits, 16).ok()).unwrap_or(0);
        let is_on = |name: &str, bit: u32| match look.and_then(|look| look.attribute(name)) {
            Some(said) => matches!(said, "1" | "true" | "on"),
            None => bits & bit != 0,
        };
        Self {
            first_row: is_on("firstRow", 0x20),
            last_row: is_on("lastRow", 0x40),
            first_column: is_on("firstColumn", 0x80),
            last_column: is_on("lastColumn", 0x100),
            bands_of_rows: !is_on("noHBand", 0x200),
            bands_of_columns: !is_on("noVBand", 0x400),
        }
    }

    /// Whether the text of a cell is hidden: of what is said of several parts of the table the last one holds.
    pub(super) fn hides(&self, conditions: &Conditions, at: At) -> bool {
        let first_row = self.first_row && at.row == 0;
        let last_row = self.last_row && at.row + 1 == at.rows;
        let first_column = self.first_column && at.column == 0;
        let last_column = self.last_column && at.column + 1 == at.columns;
        let row = at.row.saturating_sub(usize::from(self.first_row));
        let column = at.column.saturating_sub(usize::from(self.first_column));
        let of_bands = |bands: bool, outer: bool| bands && !outer;
        let [rows, columns] = [
            of_bands(self.bands_of_rows, first_row || last_row),
            of_bands(self.bands_of_columns, first_column || last_column),
        ];
        let parts = [
            ("wholeTable", true),
            ("band1Vert", columns && column % 2 == 0),
            ("band2Vert", columns && column % 2 == 1),
            ("band1Horz", rows && row % 2 == 0),
            ("band2Horz", rows && row % 2 == 1),
            ("firstCol", first_column),
            ("lastCol", last_column),
            ("firstRow", first_row),
            ("lastRow", last_row),
            ("neCell", first_row && last_column),
            ("nwCell", first_row && first_column),
            ("seCell", last_row && last_column),
            ("swCell", last_row && first_column),
        ];
        let said = parts.iter().filter(|(_, holds)| *holds);
        said.filter_map(|(part, _)| conditions.get(*part)).next_back().copied() == Some(true)
    }
}
