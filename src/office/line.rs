//! One line of what a file says, with what it is.

use std::sync::Arc;

/// A paragraph, a cell, or whatever else stands by itself. Soft line breaks are blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text as it is shown: numbers in cells by their format and never with an exponent.
    pub text: String,
    /// What it is.
    pub place: Place,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The title, where the format tells it.
    Title,
    Heading,
    /// A paragraph, an item of a list, the text of a box or of a drawing.
    Paragraph,
    /// A cell of a table or of a sheet.
    Cell(Cell),
    /// The caption of a picture or table, or what describes a picture.
    Caption,
    /// The head of pages.
    Header,
    /// The foot of pages.
    Footer,
    /// A footnote or an endnote.
    Footnote,
    /// A comment, or the notes of a speaker: not on the page, but any reader can open them.
    Comment,
    /// Text that the program doesn't show: hidden runs, rows, columns and sheets.
    Hidden,
    /// Text that was deleted with changes tracked: anybody can bring it back.
    Deleted,
    /// The reading that stands above a word.
    Ruby,
    /// The target of a link.
    Link,
    /// A property of the document, by its name in the file: `creator`, `title`, `Company`.
    Property(String),
    /// The name of a sheet, of a part or of an embedded file.
    Name,
    /// What the file keeps beside its text: names, tips, authors, choices, copies of data. A word alone among them says
    /// nothing of the document.
    Held,
}

/// Where a cell stands. The header of its row is the first cell of the row that says something; that of its column
/// stands in the first row that has more than one cell, so that a title above the table is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The sheet, or `None` in the table of a document.
    pub sheet: Option<Arc<str>>,
    /// Its row, from 1.
    pub row: u32,
    /// Its column, from 1.
    pub column: u32,
    /// What stands at the head of its row.
    pub row_header: Option<Arc<str>>,
    /// What stands at the head of its column.
    pub column_header: Option<Arc<str>>,
    /// Whether its row, its column or its sheet is hidden.
    pub hidden: bool,
}

impl Cell {
    /// Its address as spreadsheets write it: `名单!B3`, or `B3` in the table of a document.
    pub fn address(&self) -> String {
        let mut letters = Vec::new();
        let mut left = self.column;
        while left > 0 {
            letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
            left = (left - 1) / 26;
        }
        let column: String = letters.iter().rev().collect();
        match &self.sheet {
            Some(sheet) => format!("{sheet}!{column}{}", self.row),
            None => format!("{column}{}", self.row),
        }
    }
}
