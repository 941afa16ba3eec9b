//! The lines of an attachment: prose, or rows of cells.

use super::cues;
use super::{Passage, What};
use crate::text::Traced;

/// The passages of a text file.
pub(super) fn passages(file: &str, text: &str) -> Vec<Passage> {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let commas = ending == "csv";
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut start = 0;
    for (row, line) in text.split('\n').enumerate() {
        let separator = match commas && !line.contains('\t') {
            true => ',',
            false => '\t',
        };
        rows.push(cells(line, start, separator, row));
        start += line.len() + 1;
    }
    cues::of_rows(rows)
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
    cells
}
