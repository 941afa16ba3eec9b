//! The sheets of a workbook: their cells with the headers of rows and columns, and what stands in them beside.

use super::{Walk, aside, local};
use crate::office::line::{Line, Place};
use crate::office::said::{Filled, Grid};
use crate::office::{Element, Fault};
use std::collections::BTreeSet;

/// Cells that one cell or row makes at most: more of the same says nothing.
const MOST_REPEATED: u32 = 64;
/// Columns of a sheet.
const MOST_COLUMNS: u32 = 16_384;
/// Digits from which a number whose cell shows another is told as it is, too.
const TELLING: usize = 7;

/// A sheet that is being read.
struct Sheet {
    grid: Grid,
    row: u32,
    hidden: bool,
    hidden_columns: BTreeSet<u32>,
}

impl Walk<'_> {
    /// Everything that stands in a workbook.
    pub(super) fn sheets(&mut self, workbook: &Element) -> Result<(), Fault> {
        for element in workbook.elements() {
            match element.name.as_str() {
                "table:table" => self.sheet(element)?,
                "table:tracked-changes" => self.say_words(element, &Place::Deleted)?,
                "table:calculation-settings" => {}
                _ => self.say_words(element, &Place::Hidden)?,
            }
        }
        Ok(())
    }

    fn sheet(&mut self, table: &Element) -> Result<(), Fault> {
        let name = table.attribute("name").unwrap_or_default();
        let hidden = self.styles.of("table", table).unseen.unwrap_or(false);
        let place = if hidden { Place::Hidden } else { Place::Name };
        if !name.trim().is_empty() {
            self.sheets.lines.push(Line {
                text: name.to_owned(),
                place,
            });
        }
        let mut sheet = Sheet {
            grid: Grid {
                sheet: Some(name.into()),
                cells: Vec::new(),
            },
            row: 1,
            hidden,
            hidden_columns: BTreeSet::new(),
        };
        columns(table, &mut 1, &mut sheet.hidden_columns);
        self.rows_of_sheet(table, &mut sheet)?;
        self.sheets.lines.extend(sheet.grid.lines());
        Ok(())
    }

    fn rows_of_sheet(&mut self, parent: &Element, sheet: &mut Sheet) -> Result<(), Fault> {
        for element in parent.elements() {
            match local(element) {
                "table-row" => {
                    let unseen = matches!(element.attribute("visibility"), Some("collapse" | "filter"));
                    let times = number(element, "number-rows-repeated");
                    let says = element.find("text:p").is_some();
                    for at in 0..if says { times.min(MOST_REPEATED) } else { 0 } {
                        self.row_of_sheet(element, sheet, sheet.hidden || unseen, at == 0)?;
                        sheet.row = sheet.row.saturating_add(1);
                    }
                    let rest = if says {
                        times.saturating_sub(MOST_REPEATED)
                    } else {
                        times
                    };
                    sheet.row = sheet.row.saturating_add(rest);
                }
                "table-rows" | "table-header-rows" | "table-row-group" => self.rows_of_sheet(element, sheet)?,
                name if name.starts_with("table-") => {}
                // Drawings and notes that stand on the sheet and not in a cell.
                _ => self.say_words(element, &Place::Paragraph)?,
            }
        }
        Ok(())
    }

    fn row_of_sheet(&mut self, row: &Element, sheet: &mut Sheet, hidden: bool, first: bool) -> Result<(), Fault> {
        let mut column = 1_u32;
        for cell in row.elements().filter(|cell| local(cell).ends_with("table-cell")) {
            let times = number(cell, "number-columns-repeated");
            let text = shown(cell);
            if first {
                self.beside_cell(cell, &text)?;
            }
            for at in column..column.saturating_add(times.min(MOST_REPEATED)) {
                if text.is_empty() || at > MOST_COLUMNS {
                    break;
                }
                self.count(&text)?;
                sheet.grid.cells.push(Filled {
                    row: sheet.row,
                    column: at,
                    rows: number(cell, "number-rows-spanned"),
                    text: text.clone(),
                    hidden: hidden || local(cell) == "covered-table-cell" || sheet.hidden_columns.contains(&at),
                });
            }
            column = column.saturating_add(times);
        }
        Ok(())
    }

    /// What a cell has beside the text that it shows: comments, drawings, links, a value that its format hides.
    fn beside_cell(&mut self, cell: &Element, text: &str) -> Result<(), Fault> {
        for child in cell.elements() {
            match child.name.as_str() {
                "office:annotation" => self.say_words(child, &Place::Comment)?,
                "text:p" | "text:h" | "text:list" => self.links(child),
                _ => self.say_words(child, &Place::Paragraph)?,
            }
        }
        let value = cell.attribute("value").or_else(|| cell.attribute("string-value"));
        let value = value.unwrap_or_default().trim_end_matches(".0");
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let number = cell.attribute("string-value").is_none();
        let differs = if number {
            digits(value).len() >= TELLING && !digits(text).contains(&digits(value))
        } else {
            !text.contains(value.trim())
        };
        if differs {
            self.count(value)?;
            self.document.say_aside(value.to_owned(), Place::Hidden);
        }
        let formula = cell.attribute("formula").filter(|formula| formula.contains('"'));
        if let Some(formula) = formula {
            self.document.say_aside(formula.to_owned(), Place::Hidden);
        }
        Ok(())
    }

    fn links(&mut self, element: &Element) {
        for child in element.elements() {
            if let Some(target) = child.attribute("href") {
                self.document.say_aside(target.to_owned(), Place::Link);
            }
            self.links(child);
        }
    }
}

/// The text that a cell shows: its paragraphs, not its comments.
fn shown(cell: &Element) -> String {
    let paragraphs = cell.elements().filter(|child| child.name.starts_with("text:"));
    let lines: Vec<String> = paragraphs.flat_map(aside::words).collect();
    lines.join(" ")
}

/// Marks the hidden columns from a place on.
fn columns(parent: &Element, at: &mut u32, hidden: &mut BTreeSet<u32>) {
    for element in parent.elements() {
        match local(element) {
            "table-column" => {
                let times = number(element, "number-columns-repeated").min(MOST_COLUMNS);
                if matches!(element.attribute("visibility"), Some("collapse" | "filter")) {
                    hidden.extend((*at..at.saturating_add(times)).take_while(|column| *column <= MOST_COLUMNS));
                }
                *at = at.saturating_add(times);
            }
            "table-columns" | "table-header-columns" | "table-column-group" => columns(element, at, hidden),
            _ => {}
        }
    }
}

fn number(element: &Element, name: &str) -> u32 {
    let count = element.attribute(name).and_then(|count| count.parse::<u32>().ok());
    count.unwrap_or(1).max(1)
}
