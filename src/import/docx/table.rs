//! Tables, with the cells that are merged.

use super::document::Walk;
use crate::import::Refusal;
use crate::import::block::{Block, Cell, Inline, Table};
use crate::office::Element;
use std::collections::BTreeMap;

impl Walk<'_> {
    /// A table with its merged cells: `w:gridSpan` to the right, `w:vMerge` down.
    pub(super) fn table(&mut self, element: &Element) -> Result<Table, Refusal> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // The cell that a column's vertical merge began in: (row, index).
        let mut merging: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for row in rows_of(element) {
            let mut cells = Vec::new();
            let mut column = 0;
            for cell in row.elements().flat_map(|child| match child.name.as_str() {
                "w:tc" => vec![child],
                "w:sdt" => child
                    .child("w:sdtContent")
                    .into_iter()
                    .flat_map(Element::elements)
                    .filter(|it| it.name == "w:tc")
                    .collect(),
                _ => Vec::new(),
            }) {
                let properties = cell.child("w:tcPr");
                let span = properties
                    .and_then(|it| it.value("w:gridSpan"))
                    .and_then(|span| span.parse::<usize>().ok());
                let columns = span.unwrap_or(1).clamp(1, 100);
                let merge = properties.and_then(|it| it.child("w:vMerge"));
                let goes_on = merge.is_some_and(|merge| merge.attribute("val") != Some("restart"));
                let lines = self.cell_lines(cell)?;
                match merging.get(&column).copied().filter(|_| goes_on) {
                    Some((row, index)) => {
                        if let Some(first) = rows.get_mut(row).and_then(|cells: &mut Vec<Cell>| cells.get_mut(index)) {
                            first.rows += 1;
                        }
                    }
                    None => {
                        if merge.is_some() {
                            merging.insert(column, (rows.len(), cells.len()));
                        } else {
                            merging.remove(&column);
                        }
                        cells.push(Cell {
                            lines,
                            columns,
                            rows: 1,
                        });
                    }
                }
                column += columns;
            }
            rows.push(cells);
        }
        Ok(Table { rows })
    }

    /// The paragraphs of a cell; a table in it is read as its paragraphs.
    fn cell_lines(&mut self, cell: &Element) -> Result<Vec<Vec<Inline>>, Refusal> {
        let mut lines = Vec::new();
        for block in self.blocks(cell)? {
            match block {
                Block::Table(table) => lines.extend(table.rows.into_iter().flatten().flat_map(|cell| cell.lines)),
                Block::Item {
                    number: Some(number),
                    mut text,
                    ..
                } => {
                    text.insert(0, Inline::text(format!("{number}. ")));
                    lines.push(text);
                }
                other => lines.push(other.inlines().to_vec()),
            }
        }
        Ok(lines)
    }
}

/// The rows of a table, those in content controls and changes too; deleted ones left out.
fn rows_of(table: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for child in table.elements() {
        match child.name.as_str() {
            "w:tr" => {
                let deleted = child
                    .child("w:trPr")
                    .is_some_and(|properties| properties.child("w:del").is_some());
                rows.extend((!deleted).then_some(child));
            }
            "w:sdt" => rows.extend(child.child("w:sdtContent").map(rows_of).unwrap_or_default()),
            "w:ins" | "w:customXml" => rows.extend(rows_of(child)),
            _ => {}
        }
    }
    rows
}
