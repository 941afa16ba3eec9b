//! Tables as text: in columns for a terminal, or as CSV for a spreadsheet.

use crate::message::Catalogue;
use crate::site::Sheet;
use crate::text::normalize::is_dropped;
use unicode_width::UnicodeWidthStr;

/// A table of texts.
pub(super) struct Table {
    /// Headings, one a column.
    pub header: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
    /// How many columns from the left are set to the left; the others hold figures.
    pub left: usize,
}

impl Table {
    /// The texts of a sheet.
    pub(super) fn of(sheet: &Sheet, words: &Catalogue) -> Self {
        Self {
            header: sheet.header.clone(),
            rows: sheet
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.text(words)).collect())
                .collect(),
            left: sheet.header.len(),
        }
    }

    /// In columns, two spaces apart; a Chinese character takes two places.
    pub(super) fn aligned(&self) -> String {
        let lines = || std::iter::once(&self.header).chain(&self.rows);
        let widths: Vec<usize> = (0..self.header.len())
            .map(|column| {
                lines()
                    .filter_map(|line| line.get(column))
                    .map(|cell| cell.width())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for line in lines() {
            let cells: Vec<String> = line
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| {
                    let space = " ".repeat(width - cell.width());
                    if column < self.left {
                        format!("{cell}{space}")
                    } else {
                        format!("{space}{cell}")
                    }
                })
                .collect();
            text += cells.join("  ").trim_end();
            text.push('\n');
        }
        text
    }

    /// As RFC 4180 has it, with the mark by which Excel and WPS know UTF-8. A cell that a spreadsheet
    /// would take for a formula gets an apostrophe before it (OWASP, CSV Injection).
    pub(super) fn csv(&self) -> String {
        let mut text = String::from('\u{feff}');
        for line in std::iter::once(&self.header).chain(&self.rows) {
            let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
            text += &cells.join(",");
            text += "\r\n";
        }
        text
    }
}

/// A cell that no program that reads it takes for several or for a formula, whatever it separates by and whatever it
/// skips.
fn quoted(cell: &str) -> String {
    let kept = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    let cell: String = cell.chars().filter(kept).collect();
    // Where a program separates by one of these, quotation marks in the midst of its cell don't count.
    let mut text = String::with_capacity(cell.len());
    let mut begins = true;
    for (at, letter) in cell.char_indices() {
        if begins && is_formula(&cell[at..]) || at == 0 && matches!(letter, '\t' | '\r') {
            text.push('\'');
        }
        text.push(letter);
        begins = matches!(letter, ';' | '\t');
    }
    if text.contains([',', ';', '"', '\t', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a spreadsheet would take a text for a formula, whatever nobody sees before it.
fn is_formula(text: &str) -> bool {
    let passed_over = |letter: char| letter.is_whitespace() || is_dropped(letter);
    text.trim_start_matches(passed_over)
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[&str]) -> Table {
        Table {
            header: vec!["部门".into(), "n".into()],
            rows: cells.iter().map(|cell| vec![(*cell).to_owned(), "1".into()]).collect(),
            left: 1,
        }
    }

    #[test]
    fn columns_stand_under_each_other() {
        assert_eq!(table(&["政治部", "a"]).aligned(), "部门    n\n政治部  1\na       1\n");
    }

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("刑事检察部", "刑事检察部"),
            ("甲,乙", "\"甲,乙\""),
            ("甲\"乙", "\"甲\"\"乙\""),
            ("甲\r\n乙", "\"甲\r\n乙\""),
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\t=1", "\"'\t'=1\""),
            (" \t=1", "\"' \t'=1\""),
            ("甲;=1", "\"甲;'=1\""),
            ("甲;=1;乙", "\"甲;'=1;乙\""),
            ("甲\t=1", "\"甲\t'=1\""),
            ("\0=1", "'=1"),
            ("\u{1}\u{1b}甲", "甲"),
            ("\u{200b}=1", "'\u{200b}=1"),
            ("\u{feff}\u{202e}@a", "'\u{feff}\u{202e}@a"),
            ("\u{3000}\u{3164}＝1", "'\u{3000}\u{3164}＝1"),
            ("＝1", "'＝1"),
            (
                "=HYPERLINK(\"http://x\",\"y\")",
                "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
            ),
            ("1-2", "1-2"),
        ] {
            assert_eq!(
                table(&[cell]).csv(),
                format!("\u{feff}部门,n\r\n{written},1\r\n"),
                "{cell:?}"
            );
        }
    }
}
