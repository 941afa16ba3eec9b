//! The lines of an attachment: prose, or rows of cells.

use super::cues;
use super::{Passage, What};
use crate::markdown::Part;
use crate::office::{Cell, Line, Place, Said};
use crate::text::Traced;

/// The passages of a text file.
pub(super) fn of_lines(file: &str, text: &str) -> Vec<Passage> {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let comma = (ending == "csv").then(|| comma(text));
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut start = 0;
    for (row, line) in text.split('\n').enumerate() {
        let separator = comma.filter(|_| !line.contains('\t')).unwrap_or('\t');
        rows.push(cells(line, start, separator, row));
        start += line.len() + 1;
    }
    cues::of_rows(rows)
}

/// What separates the values of a text: a spreadsheet writes semicolons where the comma is a decimal one.
fn comma(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [',', ';', '|', '，']
        .into_iter()
        .find(|sign| first.contains(*sign))
        .unwrap_or(',')
}

fn cells(line: &str, start: usize, separator: char, row: usize) -> Vec<Passage> {
    let mut cells = Vec::new();
    let (mut from, mut quoted) = (0, false);
    let mut cut = |range: std::ops::Range<usize>| {
        let text = Traced::verbatim(&line[range.clone()], start + range.start);
        cells.push(Passage::new(text, What::Cell { table: 0, row }));
    };
    for (at, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            _ if character == separator && !quoted => {
                cut(from..at);
                from = at + character.len_utf8();
            }
            _ => {}
        }
    }
    cut(from..line.len());
    if let [line] = cells.as_mut_slice() {
        line.what = What::Paragraph;
    }
    cells.retain(|cell| !cell.text.text().trim().is_empty());
    cells
}

/// The passages of an office file.
pub(super) fn of_said(said: &Said) -> Vec<Passage> {
    // A file of this kind has no source that anybody could go to: its lines stand one after the other.
    let mut start = 0;
    let mut list: Vec<(Passage, Part)> = Vec::with_capacity(said.lines.len());
    for line in &said.lines {
        list.push(of_line(line, start));
        start += line.text.len() + 1;
    }
    let mut sheets = Vec::new();
    for ((passage, part), line) in list.iter_mut().zip(&said.lines) {
        if let Place::Cell(cell) = &line.place {
            *part = place_of(cell, &mut sheets);
            passage.what = match *part {
                Part::Cell { table, row, .. } => What::Cell { table, row },
                _ => What::Paragraph,
            };
        }
    }
    cues::introduce(&mut list);
    let mut passages: Vec<Passage> = list.into_iter().map(|(passage, _)| passage).collect();
    for (passage, line) in passages.iter_mut().zip(&said.lines) {
        match &line.place {
            Place::Cell(cell) => {
                let headers = [&cell.row_header, &cell.column_header].into_iter().flatten();
                passage.cues.extend(headers.map(|header| header.to_string()));
            }
            Place::Property(name) => passage.cues.push(name.clone()),
            _ => {}
        }
    }
    passages
}

/// Where a cell stands among all: a table begins with another sheet, or where rows begin again.
fn place_of<'s>(cell: &'s Cell, sheets: &mut Vec<(&'s Option<std::sync::Arc<str>>, u32)>) -> Part {
    match sheets.last_mut() {
        Some((sheet, row)) if *sheet == &cell.sheet && *row <= cell.row => *row = cell.row,
        _ => sheets.push((&cell.sheet, cell.row)),
    }
    Part::Cell {
        table: sheets.len(),
        row: cell.row as usize,
        column: cell.column as usize,
    }
}

fn of_line(line: &Line, start: usize) -> (Passage, Part) {
    let (what, part) = match line.place {
        Place::Title => (What::Title, Part::Heading(1)),
        Place::Heading => (What::Heading(1), Part::Heading(1)),
        Place::Link => (What::Target, Part::Target),
        Place::Hidden | Place::Deleted | Place::Comment | Place::Ruby => (What::Hidden, Part::Hidden),
        Place::Name => (What::Name, Part::Hidden),
        Place::Property(_) => (What::Value, Part::Hidden),
        _ => (What::Paragraph, Part::Paragraph),
    };
    (Passage::new(Traced::verbatim(&line.text, start), what), part)
}
