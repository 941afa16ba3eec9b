//! Tables of a text, with the cells that are merged.

use super::frame::cell_lines;
use super::{Walk, local};
use crate::office::block::{Block, Cell, Loss, Table, plain, says};
use crate::office::line::Place;
use crate::office::trace::State;
use crate::office::{Element, Fault};

/// Columns that a cell spans or repeats at most, and rows.
const WIDEST: usize = 100;

impl Walk<'_> {
    pub(super) fn push_table(&mut self, element: &Element, state: State, blocks: &mut Vec<Block>) -> Result<(), Fault> {
        let outer = std::mem::take(&mut self.boxes);
        let rows = self.rows(element, state);
        self.boxes = outer;
        let mut rows = rows?;
        trim(&mut rows);
        if rows.is_empty() {
            return Ok(());
        }
        let table = Table::of(rows);
        if !table.is_plain() {
            self.document.lose(Loss::MergedCells);
        }
        blocks.push(Block::Table(table));
        Ok(())
    }

    fn rows(&mut self, parent: &Element, state: State) -> Result<Vec<Vec<Cell>>, Fault> {
        let mut rows = Vec::new();
        for element in parent.elements() {
            match local(element) {
                "table-row" => {
                    let unseen = matches!(element.attribute("visibility"), Some("collapse" | "filter"));
                    let hidden = state.hidden || unseen;
                    let row = self.row(element, State { hidden, ..state })?;
                    let empty = row.iter().all(|cell| cell.lines.is_empty());
                    let times = if empty {
                        1
                    } else {
                        repeated(element, "number-rows-repeated")
                    };
                    for _ in 0..times {
                        for line in row.iter().flat_map(|cell| &cell.lines) {
                            self.count(&plain(line))?;
                        }
                        rows.push(row.clone());
                    }
                }
                "table-rows" | "table-header-rows" | "table-row-group" => rows.extend(self.rows(element, state)?),
                "title" | "desc" => self.document.say_aside(element.text(), Place::Caption),
                "table-columns" | "table-column" | "table-column-group" | "table-header-columns" => {}
                "soft-page-break" => {}
                _ => self.say_words(element, &Place::Hidden)?,
            }
        }
        Ok(rows)
    }

    fn row(&mut self, row: &Element, state: State) -> Result<Vec<Cell>, Fault> {
        let mut cells = Vec::new();
        for element in row.elements() {
            match local(element) {
                "table-cell" => {
                    let blocks = self.blocks(element, state)?;
                    let nested = blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
                    self.document.lose_all(Loss::NestedTable, nested);
                    let cell = Cell {
                        lines: cell_lines(blocks),
                        columns: repeated(element, "number-columns-spanned"),
                        rows: repeated(element, "number-rows-spanned"),
                    };
                    for _ in 0..repeated(element, "number-columns-repeated") {
                        for line in &cell.lines {
                            self.count(&plain(line))?;
                        }
                        cells.push(cell.clone());
                    }
                }
                // Another cell covers it, and what it says.
                "covered-table-cell" => {
                    let hidden = true;
                    self.blocks(element, State { hidden, ..state })?;
                }
                _ => {}
            }
        }
        Ok(cells)
    }
}

fn repeated(element: &Element, name: &str) -> usize {
    let count = element.attribute(name).and_then(|count| count.parse::<usize>().ok());
    count.unwrap_or(1).clamp(1, WIDEST)
}

/// Leaves out a table in which nothing is said.
fn trim(rows: &mut Vec<Vec<Cell>>) {
    rows.retain(|row| !row.is_empty());
    let mut lines = rows.iter().flatten().flat_map(|cell| &cell.lines);
    if !lines.any(|line| says(line)) {
        rows.clear();
    }
}
