//! The cells of one sheet.

use super::Lines;
use super::book::{Book, Sheet, unescaped};
use super::format::Format;
use super::number::plain;
use crate::office::Fault;
use crate::office::line::Place;
use crate::office::room::made;
use crate::office::said::{Filled, Grid};
use crate::office::stream::{Attributes, Step, walk};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Columns that a workbook has at most.
const MOST_COLUMNS: u32 = 16_384;
/// Digits from which a number whose format shows another is told as it is, too.
const TELLING: usize = 7;

/// Reads a sheet: its cells with their headers, then what stands beside them.
pub(super) fn read(text: &str, sheet: &Sheet, book: &Book, lines: &mut Lines) -> Result<(), Fault> {
    let mut reading = Reading::new(sheet, book);
    walk(text, &sheet.part, |step| match step {
        Step::Start(name, attributes) => {
            // Of a cell and its row nothing is written in words.
            if !matches!(name, "c" | "row") {
                lines.held.take_all(attributes);
            }
            reading.start(name, attributes);
            Ok(())
        }
        Step::Text(text) => {
            reading.open += text;
            Ok(())
        }
        Step::End(name) => reading.end(name, lines),
    })?;
    let Reading {
        mut cells,
        spans,
        hidden_columns,
        ..
    } = reading;
    let hides = hidden_columns.all();
    for cell in &mut cells {
        cell.rows = spans.get(&(cell.row, cell.column)).copied().unwrap_or(1);
        cell.hidden |= hides.get(cell.column as usize).is_some_and(|hidden| *hidden);
    }
    let grid = Grid {
        sheet: Some(sheet.name.as_str().into()),
        cells,
    };
    lines.all.extend(grid.lines());
    lines.all.append(&mut reading.after);
    Ok(())
}

/// Which columns are hidden: by where ranges of them begin and end, as a sheet may name each column in each of a million.
#[derive(Default)]
struct Columns(BTreeMap<u32, i64>);

impl Columns {
    fn add(&mut self, first: u32, last: u32) {
        let last = last.min(MOST_COLUMNS);
        if first <= last {
            *self.0.entry(first).or_default() += 1;
            *self.0.entry(last + 1).or_default() -= 1;
        }
    }

    /// For each column whether it is hidden.
    fn all(&self) -> Vec<bool> {
        let mut open = 0;
        let is_hidden = |column: u32| {
            open += self.0.get(&column).copied().unwrap_or(0);
            open > 0
        };
        (0..=MOST_COLUMNS).map(is_hidden).collect()
    }
}

struct Reading<'a> {
    sheet: &'a Sheet,
    book: &'a Book,
    row: u32,
    column: u32,
    hidden_row: bool,
    hidden_columns: Columns,
    kind: String,
    format: Rc<Format>,
    /// Text since the last element that holds some began.
    open: String,
    /// The value of the cell, as it is written.
    value: Option<String>,
    /// What the cell says beside it.
    said: String,
    formula: String,
    reads: bool,
    cells: Vec<Filled>,
    /// Rows that merged cells span, by their first cell.
    spans: BTreeMap<(u32, u32), u32>,
    after: Vec<crate::office::Line>,
}

impl<'a> Reading<'a> {
    fn new(sheet: &'a Sheet, book: &'a Book) -> Self {
        Self {
            sheet,
            book,
            row: 0,
            column: 0,
            hidden_row: false,
            hidden_columns: Columns::default(),
            kind: String::new(),
            format: Rc::default(),
            open: String::new(),
            value: None,
            said: String::new(),
            formula: String::new(),
            reads: false,
            cells: Vec::new(),
            spans: BTreeMap::new(),
            after: Vec::new(),
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "col" => {
                let width = attributes.get("width").and_then(|width| width.parse::<f64>().ok());
                let ends = attributes.number("min").zip(attributes.number("max"));
                if let Some((min, max)) = ends.filter(|_| attributes.is_on("hidden") || width == Some(0.0)) {
                    self.hidden_columns.add(min, max);
                }
            }
            "row" => {
                self.row = attributes.number("r").unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                let height = attributes.get("ht").and_then(|height| height.parse::<f64>().ok());
                self.hidden_row = attributes.is_on("hidden") || height == Some(0.0);
            }
            "c" => {
                let at = attributes.get("r").and_then(address);
                self.column = at.map_or(self.column.saturating_add(1), |(column, _)| column);
                attributes.get("t").unwrap_or("n").clone_into(&mut self.kind);
                let format = attributes.number("s").and_then(|at| self.book.formats.get(at as usize));
                self.format = format.cloned().unwrap_or_default();
                self.value = None;
                self.said.clear();
                self.formula.clear();
            }
            "rPh" => self.reads = true,
            "mergeCell" => {
                let ends = attributes.get("ref").and_then(|area| area.split_once(':'));
                let ends = ends.and_then(|(first, last)| Some((address(first)?, address(last)?)));
                if let Some(((column, row), (_, last))) = ends {
                    self.spans
                        .insert((row, column), last.saturating_sub(row).saturating_add(1));
                }
            }
            "hyperlink" => {
                let target = attributes.get("location").unwrap_or_default();
                self.beside(target.to_owned(), Place::Link);
            }
            "dataValidation" => {
                for name in ["prompt", "promptTitle", "error", "errorTitle"] {
                    let said = attributes.get(name).unwrap_or_default();
                    self.beside(said.to_owned(), Place::Hidden);
                }
            }
            _ => {}
        }
        self.open.clear();
    }

    fn end(&mut self, name: &str, lines: &mut Lines) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.open);
        match name {
            // A cell has one value; of several the last is shown.
            "v" => {
                self.value = Some(text);
                self.said.clear();
            }
            "t" if self.reads => self.beside(text, Place::Ruby),
            "t" => self.said += &unescaped(&text),
            "f" => self.formula = text,
            "rPh" => self.reads = false,
            "c" => return self.end_cell(lines),
            "oddHeader" | "evenHeader" | "firstHeader" => self.beside(without_codes(&text), Place::Header),
            "oddFooter" | "evenFooter" | "firstFooter" => self.beside(without_codes(&text), Place::Footer),
            // A newer rule has its formula in an element of its own.
            "formula1" | "formula2" | "formula" => {
                let formula = text + &std::mem::take(&mut self.formula);
                lines.held.take_quoted(&formula);
                self.beside(formula, Place::Hidden);
            }
            _ => {}
        }
        Ok(())
    }

    /// What a cell shows of its value.
    fn value(&mut self, value: &str, lines: &mut Lines) -> String {
        match self.kind.as_str() {
            "s" => {
                let at = value.trim().parse::<usize>().ok();
                lines.used.extend(at);
                at.and_then(|at| self.book.strings.get(at).cloned()).unwrap_or_default()
            }
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "str" | "e" | "d" | "inlineStr" => unescaped(value),
            _ => {
                let shown = self.format.number(value, self.book.old_days);
                let plain = plain(value);
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                // What the line of input shows, where the cell shows another number.
                if plain.len() >= TELLING && plain.bytes().all(|byte| byte.is_ascii_digit()) && digits(&shown) != plain
                {
                    self.beside(plain, Place::Hidden);
                }
                shown
            }
        }
    }

    fn end_cell(&mut self, lines: &mut Lines) -> Result<(), Fault> {
        let value = self.value.take().map(|value| self.value(&value, lines));
        let text = value.unwrap_or_default() + &std::mem::take(&mut self.said);
        let mut text = text.replace(['\n', '\r'], " ");
        if matches!(self.kind.as_str(), "s" | "str" | "inlineStr") && !text.trim().is_empty() {
            text = self.format.text(&text);
        }
        let formula = std::mem::take(&mut self.formula);
        if formula.contains('"') {
            lines.held.take_quoted(&formula);
            self.beside(formula, Place::Hidden);
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        lines.count(&text)?;
        self.cells.push(Filled {
            row: self.row.max(1),
            column: self.column.max(1),
            rows: 1,
            text,
            hidden: self.sheet.hidden || self.hidden_row,
        });
        Ok(())
    }

    fn beside(&mut self, text: String, place: Place) {
        if !text.trim().is_empty() && made(text.len()).is_ok() {
            self.after.push(crate::office::Line { text, place });
        }
    }
}

/// The column and the row of `B3`, from 1.
fn address(text: &str) -> Option<(u32, u32)> {
    let text = text.trim_matches('$');
    let split = text.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = text.split_at(split);
    let column = letters
        .bytes()
        .filter(u8::is_ascii_alphabetic)
        .try_fold(0_u32, |column, letter| {
            let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
            column.checked_mul(26)?.checked_add(digit)
        })?;
    Some((column, row.parse().ok()?))
}

/// The text of a head or foot, without codes such as `&L`, `&"宋体,粗体"` and `&12`.
fn without_codes(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '&' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('&') => out.push('&'),
            Some('"') => {
                characters.by_ref().find(|character| *character == '"');
            }
            Some('L' | 'C' | 'R') => out.push(' '),
            Some('K') => {
                for _ in 0..6 {
                    characters.next_if(char::is_ascii_hexdigit);
                }
            }
            Some(digit) if digit.is_ascii_digit() => while characters.next_if(char::is_ascii_digit).is_some() {},
            _ => {}
        }
    }
    out.trim().to_owned()
}
