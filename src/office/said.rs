//! What a file says, line by line, with what each line is: the border to whoever judges or searches it.

use super::block::{Block, Document, Inline, Table, plain};
use super::line::{Cell, Line, Place};
use super::room::made;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

/// What a file says to those who open it in its own program, and what it holds that the program doesn't show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its lines: what stands at the head and foot of pages, the body in reading order, then everything else.
    pub lines: Vec<Line>,
    /// Names of the pictures and embedded files in it that are not read.
    pub unread: Vec<String>,
}

/// Cells of a table that are still to get their headers: text and place, row by row.
pub(super) struct Grid {
    pub sheet: Option<Arc<str>>,
    pub cells: Vec<Filled>,
}

/// A cell that says something, and how many rows it spans.
pub(super) struct Filled {
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub text: String,
    pub hidden: bool,
}

impl Grid {
    /// The lines of the cells, each with its headers.
    pub(super) fn lines(self) -> Vec<Line> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in &self.cells {
            *counts.entry(cell.row).or_default() += 1;
        }
        let several = counts.iter().find(|(_, count)| **count > 1);
        let head = several.or(counts.iter().next()).map_or(0, |(row, _)| *row);
        let mut columns: BTreeMap<u32, Arc<str>> = BTreeMap::new();
        for cell in self.cells.iter().filter(|cell| cell.row == head) {
            columns.entry(cell.column).or_insert_with(|| cell.text.as_str().into());
        }
        let rows = self.row_headers();
        let line = |cell: Filled| {
            let before = rows.get(&cell.row).filter(|(column, _)| *column < cell.column);
            let place = Cell {
                sheet: self.sheet.clone(),
                row: cell.row,
                column: cell.column,
                row_header: before.map(|(_, text)| text.clone()),
                column_header: columns.get(&cell.column).filter(|_| cell.row > head).cloned(),
                hidden: cell.hidden,
            };
            Line {
                text: cell.text,
                place: Place::Cell(place),
            }
        };
        self.cells.into_iter().map(line).collect()
    }

    /// The first cell of each row that has one, with its column; a cell stands in every row that it spans. Only rows with
    /// cells are looked at: a file may say that a cell spans four thousand million.
    fn row_headers(&self) -> BTreeMap<u32, (u32, Arc<str>)> {
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by_key(|at| self.cells[*at].row);
        let mut coming = order.iter().peekable();
        // The cells that have begun, the first one on top.
        let mut begun: BinaryHeap<Reverse<(u32, usize)>> = BinaryHeap::new();
        let mut last: Option<(usize, Arc<str>)> = None;
        let mut headers = BTreeMap::new();
        while let Some(row) = coming.peek().map(|at| self.cells[**at].row) {
            while let Some(at) = coming.next_if(|at| self.cells[**at].row == row) {
                begun.push(Reverse((self.cells[*at].column, *at)));
            }
            let ends = |at: usize| self.cells[at].row.saturating_add(self.cells[at].rows);
            while begun.peek().is_some_and(|Reverse((_, at))| ends(*at) <= row) {
                begun.pop();
            }
            let Some(Reverse((column, at))) = begun.peek().copied() else {
                continue;
            };
            let known = last.take().filter(|(of, _)| *of == at);
            let (_, text) = last.insert(known.unwrap_or_else(|| (at, self.cells[at].text.as_str().into())));
            headers.insert(row, (column, text.clone()));
        }
        headers
    }
}

impl From<Document> for Said {
    fn from(document: Document) -> Self {
        let (mut lines, after): (Vec<Line>, Vec<Line>) = document
            .aside
            .into_iter()
            .partition(|line| matches!(line.place, Place::Header | Place::Footer));
        for block in &document.blocks {
            push_block(block, &mut lines);
        }
        for (_, note) in &document.notes {
            push_inlines(note, Place::Footnote, &mut lines);
        }
        let mut said = Said {
            lines,
            unread: document.unread,
        };
        said.keep(after);
        said
    }
}

fn push_block(block: &Block, lines: &mut Vec<Line>) {
    let place = match block {
        Block::Title(_) => Place::Title,
        Block::Heading(..) => Place::Heading,
        Block::Paragraph { .. } | Block::Item { .. } => Place::Paragraph,
        Block::Table(table) => return push_table(table, lines),
    };
    push_inlines(block.inlines(), place, lines);
}

/// A text, and after it what a reader finds in it: descriptions of pictures and targets of links.
fn push_inlines(inlines: &[Inline], place: Place, lines: &mut Vec<Line>) {
    let text = plain(inlines).replace('\n', " ");
    if !text.is_empty() && made(0).is_ok() {
        lines.push(Line { text, place });
    }
    push_inner(inlines, lines);
}

fn push_inner(inlines: &[Inline], lines: &mut Vec<Line>) {
    for inline in inlines {
        match inline {
            Inline::Picture { name, description } if !name.starts_with(&**description) => lines.push(Line {
                text: description.clone(),
                place: Place::Caption,
            }),
            Inline::Link { text, target } => {
                lines.push(Line {
                    text: target.clone(),
                    place: Place::Link,
                });
                push_inner(text, lines);
            }
            _ => {}
        }
    }
}

fn push_table(table: &Table, lines: &mut Vec<Line>) {
    let mut grid = Grid {
        sheet: None,
        cells: Vec::new(),
    };
    let mut after = Vec::new();
    // Columns that cells above reach down into, with the row up to which they do.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in cells {
            while taken.get(&column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let text: Vec<String> = cell.lines.iter().map(|line| plain(line)).collect();
            let text = text.join(" ").replace('\n', " ").trim().to_owned();
            for line in &cell.lines {
                push_inner(line, &mut after);
            }
            if !text.is_empty() && made(text.len()).is_ok() {
                grid.cells.push(Filled {
                    row: u32::try_from(row + 1).unwrap_or(u32::MAX),
                    column: u32::try_from(column + 1).unwrap_or(u32::MAX),
                    rows: u32::try_from(cell.rows).unwrap_or(1),
                    text,
                    hidden: false,
                });
            }
            for at in column..column + cell.columns {
                taken.insert(at, row + cell.rows);
            }
            column += cell.columns;
        }
    }
    lines.extend(grid.lines());
    lines.append(&mut after);
}

impl Said {
    /// Adds lines; where a link leads, and what the file only keeps, is said once.
    pub(super) fn keep(&mut self, lines: impl IntoIterator<Item = Line>) {
        let mut known: BTreeSet<String> = self.lines.iter().map(|line| line.text.trim().to_owned()).collect();
        for line in lines {
            let is_new = known.insert(line.text.trim().to_owned());
            if is_new || !matches!(line.place, Place::Link | Place::Held) {
                self.lines.push(line);
            }
        }
    }

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
                hidden: false,
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
    fn a_cell_knows_the_headers_of_its_row_and_column() {
        let filled = |row, column, rows, text: &str| Filled {
            row,
            column,
            rows,
            text: text.to_owned(),
            hidden: false,
        };
        let grid = Grid {
            sheet: None,
            cells: vec![
                filled(1, 1, 1, "某案当事人一览表"),
                filled(2, 1, 1, "身份"),
                filled(2, 2, 1, "姓名"),
                filled(3, 1, 2, "被害人"),
                filled(3, 2, 1, "甲"),
                filled(4, 2, 1, "乙"),
            ],
        };
        let headers: Vec<_> = grid
            .lines()
            .into_iter()
            .map(|line| match line.place {
                Place::Cell(cell) => [cell.row_header, cell.column_header].map(|it| it.map(|text| text.to_string())),
                _ => [None, None],
            })
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            headers,
            [
                [None, None],
                [None, None],
                [some("身份"), None],
                [None, some("身份")],
                [some("被害人"), some("姓名")],
                [some("被害人"), some("姓名")]
            ]
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
    #[test]
    fn a_cell_may_say_that_it_spans_every_row() {
        let filled = |row, column, rows| Filled {
            row,
            column,
            rows,
            text: format!("{row}/{column}"),
            hidden: false,
        };
        let header = |cells: Vec<Filled>| {
            let lines = Grid { sheet: None, cells }.lines();
            lines.last().and_then(|line| match &line.place {
                Place::Cell(cell) => cell.row_header.as_deref().map(str::to_owned),
                _ => None,
            })
        };
        let cells = vec![filled(2, 2, u32::MAX), filled(3, 1, 2), filled(9, 3, 1)];
        assert_eq!(
            header(cells).as_deref(),
            Some("2/2"),
            "the first that ended above is none"
        );
        // As many cells that all span all rows: one look at each.
        let mut cells: Vec<Filled> = (1..50_000).map(|row| filled(row, 1, u32::MAX)).collect();
        cells.push(filled(50_000, 2, 1));
        assert_eq!(header(cells).as_deref(), Some("1/1"));
    }
}
