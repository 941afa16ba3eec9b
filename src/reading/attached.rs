//! The lines of an attachment: prose, or rows of cells.

use super::{Passage, What, cues, front};
use crate::markdown::Part;
use crate::office::{Cell, Line, Place, Said};
use crate::text::Traced;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Characters of a piece of a word at most.
const PIECE: usize = 6;

/// Marks of a text file at most: each may begin a cell or a value of its own.
const MOST_MARKS: usize = 500_000;

/// The part of a text file that can be looked at: all of it, but for one that has more cells and values than any table.
pub(super) fn looked_at(text: &str) -> &str {
    let is_mark = |letter: char| letter.is_ascii_punctuation() && letter != '.' || "\n\t，".contains(letter);
    let mut marks = text.char_indices().filter(|(_, letter)| is_mark(*letter));
    marks.nth(MOST_MARKS).map_or(text, |(end, _)| &text[..end])
}

/// The passages of a text file.
pub(super) fn of_lines(file: &str, text: &str) -> Vec<Passage> {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(&*ending, "json" | "geojson")
        && let Some(passages) = front::of_values(text)
    {
        return passages;
    }
    let comma = (ending == "csv").then(|| comma(text));
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let line = text[start..].split('\n').next().unwrap_or_default();
        let separator = comma.filter(|_| !line.contains('\t')).unwrap_or('\t');
        let quoted = (comma.is_some() || line.contains('\t')).then(|| record(&text[start..], separator));
        let length = quoted.flatten().unwrap_or(line.len());
        rows.push(cells(&text[start..start + length], start, separator, rows.len()));
        start += length + 1;
    }
    let broken = if comma.is_none() { wrapped(&rows) } else { Vec::new() };
    let mut passages = cues::of_rows(rows);
    passages.extend(broken);
    passages
}

/// Lines that a value in quotes goes over at most.
const QUOTED: usize = 20;

/// The length of the record that a text begins with, where a value in quotes goes over its line.
fn record(text: &str, separator: char) -> Option<usize> {
    let (mut quoted, mut begins, mut lines) = (false, true, 0);
    for (at, character) in text.char_indices() {
        match character {
            '"' if quoted || begins => quoted = !quoted,
            '\n' if !quoted => return (lines > 0).then_some(at),
            '\n' => lines += 1,
            _ => {}
        }
        begins = character == separator || (begins && character == ' ');
        if lines > QUOTED {
            return None;
        }
    }
    (lines > 0 && !quoted).then_some(text.len())
}

/// Characters of a line that a word or a number may reach into from the line beside it.
const REACH: usize = 24;

/// Where a text is wrapped, the end of each line with the beginning of the next: a number or a name may go on there. Rows of
/// numbers are no wrapped text.
fn wrapped(rows: &[Vec<Passage>]) -> Vec<Passage> {
    let is_word = |text: &str| text.chars().any(char::is_alphabetic);
    let pairs = rows.windows(2).filter_map(|rows| {
        let ([first], [second]) = (rows[0].as_slice(), rows[1].as_slice()) else {
            return None;
        };
        let pair = [&first.text, &second.text];
        let (one, other) = (pair[0].text().trim_end(), pair[1].text());
        let indent = other.len() - other.trim_start().len();
        let goes_on = one.ends_with(char::is_alphanumeric) && other[indent..].starts_with(char::is_alphanumeric);
        if !goes_on || !(is_word(one) || is_word(other)) {
            return None;
        }
        let from = one.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let to = other[indent..]
            .char_indices()
            .nth(REACH)
            .map_or(other.len(), |(at, _)| indent + at);
        let mut text = pair[0].through(&Traced::verbatim(&one[from..], from));
        text.append(&pair[1].through(&Traced::verbatim(&other[indent..to], indent)));
        Some(Passage::new(text, What::Paragraph))
    });
    pairs.collect()
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
    let (mut from, mut quoted, mut count) = (0, false, 0);
    let mut cut = |range: std::ops::Range<usize>| {
        count += 1;
        if line[range.clone()].trim().is_empty() {
            return;
        }
        let mut text = Traced::default();
        let mut at = start + range.start;
        // What is broken within quotes is one value.
        for part in line[range].split_inclusive(['\n', '\r']) {
            let shown = part.trim_end_matches(['\n', '\r']);
            text.push(shown, at..at + shown.len());
            at += part.len();
        }
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
    if let ([line], 1) = (cells.as_mut_slice(), count) {
        line.what = What::Paragraph;
    }
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
                passage.cues.extend(headers.map(std::string::ToString::to_string));
            }
            Place::Property(name) => passage.cues.push(name.clone()),
            _ => {}
        }
    }
    let joined = pieces(&passages);
    passages.extend(joined);
    passages
}

/// Pieces of a word side by side, each a line of its own, as one: 138, 0013, 8000 in three boxes of a drawing.
fn pieces(passages: &[Passage]) -> Vec<Passage> {
    let is_piece = |passage: &Passage| {
        let text = passage.text.text().trim();
        let length = text.chars().count();
        let has_number = text.chars().filter(char::is_ascii_digit).count() >= PIECE / 2;
        passage.what == What::Paragraph && (length <= PIECE || has_number && length <= 3 * PIECE)
    };
    let runs = passages.chunk_by(|one, other| is_piece(one) && is_piece(other));
    let joined = runs.filter(|run| run.len() > 1).map(|run| {
        let mut text = Traced::default();
        run.iter().for_each(|piece| text.append(&piece.text));
        Passage::new(text, What::Paragraph)
    });
    joined.collect()
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
        Place::Link if leads_to_file(&line.text) => (What::Name, Part::Target),
        Place::Link => (What::Target, Part::Target),
        Place::Held => (What::Held, Part::Hidden),
        Place::Hidden | Place::Deleted | Place::Comment | Place::Ruby => (What::Hidden, Part::Hidden),
        Place::Name => (What::Name, Part::Hidden),
        // What a file calls itself in its properties is its title, though no page shows it.
        Place::Property(ref name) if name == "title" => (What::Title, Part::Hidden),
        Place::Property(_) => (What::Value, Part::Hidden),
        _ => (What::Paragraph, Part::Paragraph),
    };
    let text = match line.place {
        Place::Link => percent_decode_str(&line.text).decode_utf8_lossy(),
        _ => Cow::Borrowed(&*line.text),
    };
    (Passage::new(Traced::verbatim(&text, start), what), part)
}

/// Whether a link leads to a file and not to a page or a telephone: its names are those of files and folders.
fn leads_to_file(target: &str) -> bool {
    match target.split_once(':') {
        // C:\, file:///
        Some((scheme, _)) => scheme.len() == 1 || scheme.eq_ignore_ascii_case("file"),
        None => true,
    }
}
