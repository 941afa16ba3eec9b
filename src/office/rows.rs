//! Rows of a table, whose cells are told by where they end on the page.

use super::block::{Block, Cell, Document, Inline, Loss, Table, plain, says};
use super::line::Place;
use super::room::made;
use std::collections::BTreeSet;

/// What a row says of one of its cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bound {
    /// Where it ends, in twentieths of a point.
    pub right: i32,
    /// Whether the cell before it takes its place.
    pub merged: bool,
    /// Whether the cell above it does.
    pub below: bool,
}

/// The lines of a cell.
type Lines = Vec<Vec<Inline>>;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<(Vec<Bound>, Vec<Lines>)>,
    cells: Vec<Lines>,
    lines: Lines,
}

/// Ends of cells that are as good as one.
const NEAR: i32 = 30;

impl Rows {
    pub(super) fn line(&mut self, text: Vec<Inline>) {
        if says(&text) {
            self.lines.push(text);
        }
    }

    pub(super) fn end_cell(&mut self) {
        if made(0).is_err() {
            return;
        }
        // A table may have a hundred thousand cells.
        self.lines.shrink_to_fit();
        self.lines.iter_mut().for_each(Vec::shrink_to_fit);
        self.cells.push(std::mem::take(&mut self.lines));
    }

    pub(super) fn end_row(&mut self, bounds: &[Bound]) {
        if !self.lines.is_empty() {
            self.end_cell();
        }
        let mut cells = std::mem::take(&mut self.cells);
        cells.shrink_to_fit();
        if !cells.is_empty() {
            self.rows.push((bounds.to_vec(), cells));
        }
    }

    /// The whole table; the text of cells that others cover is kept beside it.
    pub(super) fn push(self, bounds: &[Bound], document: &mut Document, blocks: &mut Vec<Block>) {
        let (table, covered) = self.end(bounds);
        for line in covered {
            document.say_aside(plain(&line), Place::Hidden);
        }
        let mut lines = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
        if lines.any(|line| says(line)) {
            document.lose_all(Loss::MergedCells, usize::from(!table.is_plain()));
            blocks.push(Block::Table(table));
        }
    }

    fn end(mut self, bounds: &[Bound]) -> (Table, Lines) {
        self.end_row(bounds);
        let ends = self.ends();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut covered = Vec::new();
        // The row and the place in it of the cell that began at each column.
        let mut began: Vec<Option<(usize, usize)>> = vec![None; ends.len() + 1];
        for (bounds, cells) in self.rows {
            let mut row: Vec<Cell> = Vec::new();
            let mut column = 0;
            for (at, lines) in cells.into_iter().enumerate() {
                let bound = bounds.get(at).copied();
                let until = bound.and_then(|bound| ends.iter().position(|end| (end - bound.right).abs() <= NEAR));
                let until = until.map_or(column + 1, |until| until + 1).max(column + 1);
                let above = began.get(column).copied().flatten();
                let above = above.filter(|_| bound.is_some_and(|bound| bound.below));
                match (bound.is_some_and(|bound| bound.merged), above) {
                    (true, _) if !row.is_empty() => {
                        covered.extend(lines);
                        if let Some(last) = row.last_mut() {
                            last.columns += until - column;
                        }
                    }
                    (_, Some((first, place))) => {
                        covered.extend(lines);
                        if let Some(cell) = rows.get_mut(first).and_then(|row| row.get_mut(place)) {
                            cell.rows += 1;
                        }
                    }
                    _ => {
                        if let Some(place) = began.get_mut(column) {
                            *place = Some((rows.len(), row.len()));
                        }
                        row.push(Cell {
                            lines,
                            columns: until - column,
                            rows: 1,
                        });
                    }
                }
                column = until;
            }
            rows.push(row);
        }
        (Table::of(rows), covered)
    }

    /// Where cells of any row end.
    fn ends(&self) -> Vec<i32> {
        let all: BTreeSet<i32> = self
            .rows
            .iter()
            .flat_map(|(bounds, _)| bounds)
            .map(|it| it.right)
            .collect();
        let mut ends: Vec<i32> = Vec::new();
        for end in all {
            if ends.last().is_none_or(|last| end - last > NEAR) {
                ends.push(end);
            }
        }
        ends
    }
}
