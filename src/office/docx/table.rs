//! Tables, with the cells that are merged.

use super::conditions::{At, Look};
use super::document::{Walk, lines};
use super::state::{Change, State};
use crate::office::block::{Align, Block, Cell, Inline, Loss, Table, plain, says};
use crate::office::line::Place;
use crate::office::{Element, Fault};
use std::collections::BTreeMap;

/// Columns that a cell spans at most.
const WIDEST: usize = 100;

/// The cell that a column's vertical merge began in: its row and its place in it.
type Merging = BTreeMap<usize, (usize, usize)>;

impl Walk<'_> {
    /// A table with its merged cells: `w:gridSpan` and `w:hMerge` to the right, `w:vMerge` down.
    pub(super) fn table(&mut self, element: &Element, state: State) -> Result<Table, Fault> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut merging = Merging::new();
        let mut found = Vec::new();
        within(element, "w:tr", Change::Kept, &mut found);
        let style = element
            .child("w:tblPr")
            .and_then(|properties| properties.value("w:tblStyle"));
        let conditions = style.and_then(|id| self.styles.of_table(id)).cloned();
        let look = Look::of(element);
        let rows_of_all = found.len();
        for (at, (row, change)) in found.into_iter().enumerate() {
            let hides = |column: usize, columns: usize| {
                let at = At {
                    row: at,
                    rows: rows_of_all,
                    column,
                    columns,
                };
                conditions.as_ref().is_some_and(|all| look.hides(all, at))
            };
            let properties = row.child("w:trPr");
            let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
            let deleted = has("w:del") || change == Change::Deleted;
            let state = if deleted { state.changed(Change::Deleted) } else { state };
            let hidden = properties.and_then(|properties| properties.switch("w:hidden")) == Some(true);
            let state = State {
                hidden: state.hidden || hidden,
                ..state
            };
            if deleted || hidden {
                self.document
                    .lose(if deleted { Loss::TrackedChange } else { Loss::Hidden });
                self.row(row, state, &hides, &mut Vec::new(), &mut Merging::new())?;
                continue;
            }
            self.row(row, state, &hides, &mut rows, &mut merging)?;
        }
        // A table whose cells are all deleted or hidden is none.
        let is_there = rows
            .iter()
            .flatten()
            .any(|cell| cell.lines.iter().any(|line| says(line)));
        let mut table = Table::of(if is_there { rows } else { Vec::new() });
        if is_there && table.is_plain() {
            table.align(&alignments(element));
        }
        Ok(table)
    }

    /// `hides` says of a cell by its place among so many whether the table's style hides it.
    fn row(
        &mut self,
        row: &Element,
        state: State,
        hides: &dyn Fn(usize, usize) -> bool,
        rows: &mut Vec<Vec<Cell>>,
        merging: &mut Merging,
    ) -> Result<(), Fault> {
        let grid = |name: &str| {
            let count = row.child("w:trPr").and_then(|properties| properties.value(name));
            count
                .and_then(|count| count.parse::<usize>().ok())
                .unwrap_or(0)
                .min(WIDEST)
        };
        let mut cells: Vec<Cell> = (0..grid("w:gridBefore")).map(|_| Cell::empty(1)).collect();
        let mut column = cells.len();
        let mut found = Vec::new();
        within(row, "w:tc", Change::Kept, &mut found);
        let columns_of_all = found.len();
        for (place, (cell, change)) in found.into_iter().enumerate() {
            let hidden = state.hidden || hides(place, columns_of_all);
            let state = State { hidden, ..state };
            let empty = Element::default();
            let properties = cell.child("w:tcPr").unwrap_or(&empty);
            let deleted = properties.child("w:cellDel").is_some() || change == Change::Deleted;
            let state = if deleted { state.changed(Change::Deleted) } else { state };
            let span = properties
                .value("w:gridSpan")
                .and_then(|span| span.parse::<usize>().ok());
            let columns = span.unwrap_or(1).clamp(1, WIDEST);
            let goes_on = |name: &str| {
                let merge = properties.child(name);
                merge.is_some_and(|merge| merge.attribute("val") != Some("restart"))
            };
            let lines = self.cell_lines(cell, state)?;
            let above = merging.get(&column).copied().filter(|_| goes_on("w:vMerge"));
            if goes_on("w:hMerge") && !cells.is_empty() {
                // The cell before it takes its place and its text, which no program shows.
                self.hide(&lines);
                if let Some(last) = cells.last_mut() {
                    last.columns += columns;
                }
            } else if let Some((row, index)) = above {
                self.hide(&lines);
                if let Some(first) = rows.get_mut(row).and_then(|cells: &mut Vec<Cell>| cells.get_mut(index)) {
                    first.rows += 1;
                }
            } else {
                match properties.child("w:vMerge") {
                    Some(_) => merging.insert(column, (rows.len(), cells.len())),
                    None => merging.remove(&column),
                };
                cells.push(Cell {
                    lines,
                    columns,
                    rows: 1,
                });
            }
            column += columns;
        }
        cells.extend((0..grid("w:gridAfter")).map(|_| Cell::empty(1)));
        rows.push(cells);
        Ok(())
    }

    /// Text of a cell that another covers.
    fn hide(&mut self, lines: &[Vec<Inline>]) {
        let covered: Vec<String> = lines.iter().filter(|line| says(line)).map(|line| plain(line)).collect();
        self.document.lose_all(Loss::Hidden, usize::from(!covered.is_empty()));
        for line in covered {
            self.say_aside(line, Place::Hidden);
        }
    }

    /// The paragraphs of a cell; a table in it is read as its paragraphs.
    fn cell_lines(&mut self, cell: &Element, state: State) -> Result<Vec<Vec<Inline>>, Fault> {
        let outer = std::mem::take(&mut self.boxes);
        let blocks = self.blocks(cell, state);
        self.boxes = outer;
        let blocks = blocks?;
        let nested = blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        self.document.lose_all(Loss::NestedTable, nested);
        Ok(lines(blocks))
    }
}

/// How the cells are set, row by row, by their first paragraph; `None` where a cell is empty.
fn alignments(table: &Element) -> Vec<Vec<Option<Align>>> {
    let of_cell = |cell: &Element| {
        let first = cell.child("w:p").filter(|_| !cell.text().trim().is_empty())?;
        let set = first.child("w:pPr").and_then(|properties| properties.value("w:jc"));
        Some(match set {
            Some("center") => Align::Centre,
            Some("right" | "end") => Align::End,
            _ => Align::Start,
        })
    };
    let mut rows = Vec::new();
    within(table, "w:tr", Change::Kept, &mut rows);
    let of_row = |(row, _): (&Element, Change)| {
        let mut cells = Vec::new();
        within(row, "w:tc", Change::Kept, &mut cells);
        cells.into_iter().map(|(cell, _)| of_cell(cell)).collect()
    };
    rows.into_iter().map(of_row).collect()
}

/// The rows of a table or the cells of a row, those in content controls, wrappers and changes too.
fn within<'a>(parent: &'a Element, name: &str, change: Change, out: &mut Vec<(&'a Element, Change)>) {
    for child in parent.elements() {
        match child.name.as_str() {
            found if found == name => out.push((child, change)),
            "w:del" | "w:moveFrom" => within(child, name, Change::Deleted, out),
            "w:tblPr" | "w:tblGrid" | "w:trPr" | "w:tblPrEx" | "w:tc" | "w:tr" => {}
            _ => within(child, name, change, out),
        }
    }
}
