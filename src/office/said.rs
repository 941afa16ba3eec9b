//! What a file says, line by line, with what each line is: the border to whoever judges or searches it.

use std::sync::Arc;

/// What a file says to those who open it in its own program, and what it holds that the program doesn't show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its lines: what stands at the head and foot of pages, the body in reading order, then everything else.
    pub lines: Vec<Line>,
    /// Names of the pictures and embedded files in it that are not read.
    pub unread: Vec<String>,
}

/// A paragraph, a cell, or whatever else stands for itself. Soft line breaks are blanks.
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
    /// A heading.
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
}

/// Where a cell stands. Headers are the texts of the first cell of its row and of its column that say something;
/// the cells of the first row and column have none above or before them.
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

impl Said {
    /// All lines, the cells of a row in one, for whoever needs no places.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut row_before = None;
        for line in &self.lines {
            let row = match &line.place {
                Place::Cell(cell) => Some((&cell.sheet, cell.row)),
                _ => None,
            };
            if !out.is_empty() {
                out.push(if row.is_some() && row == row_before { '\t' } else { '\n' });
            }
            out += &line.text;
            row_before = row;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, text: &str) -> Line {
        Line {
            text: text.to_owned(),
            place: Place::Cell(Cell {
                sheet: Some("名单".into()),
                row,
                column,
                row_header: None,
                column_header: None,
            }),
        }
    }

    #[test]
    fn a_cell_has_the_address_that_spreadsheets_show() {
        let address = |column| match cell(3, column, "").place {
            Place::Cell(cell) => cell.address(),
            _ => String::new(),
        };
        assert_eq!(
            [1, 26, 27, 52, 53, 703].map(address),
            ["名单!A3", "名单!Z3", "名单!AA3", "名单!AZ3", "名单!BA3", "名单!AAA3"]
        );
    }

    #[test]
    fn the_cells_of_a_row_are_one_line_of_the_text() {
        let said = Said {
            lines: vec![cell(1, 1, "姓名"), cell(1, 2, "电话"), cell(2, 1, "王某")],
            unread: Vec::new(),
        };
        assert_eq!(said.text(), "姓名\t电话\n王某");
    }
}
