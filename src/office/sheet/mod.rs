//! Workbooks (SpreadsheetML): cells as people read them, and what stands beside and behind them.
//!
//! `format` and `number` write values by their format, `book` reads what all sheets share, `cells` a sheet, and this module
//! gathers the lines: names of sheets, cells, heads and feet, comments, drawings, properties, stored copies of data.

mod book;
mod cells;
mod format;
mod number;

#[cfg(test)]
mod tests;

use super::budget;
use super::held::{self, Held};
use super::line::{Line, Place};
use super::said::Said;
use super::stream::{Step, walk};
use super::{Budget, Fault, Package, properties};
use book::Book;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Bytes of text at most: a sheet that names one long string in every cell is a bomb, too.
const LARGEST: usize = 32 << 20;
/// What a line takes besides its text, about.
const OF_LINE: usize = 64;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    let mut package = Package::open(bytes, budget)?;
    let book = Book::read(&mut package)?;
    let mut lines = Lines::within(budget);
    let mut visited = BTreeSet::from(["xl/sharedstrings.xml".to_owned()]);
    for sheet in &book.sheets {
        let place = if sheet.hidden { Place::Hidden } else { Place::Name };
        lines.push(sheet.name.clone(), place)?;
        if let Some(text) = package.text(&sheet.part)? {
            cells::read(&text, sheet, &book, &mut lines)?;
        }
        visited.insert(sheet.part.to_lowercase());
    }
    for target in package.outside()? {
        lines.push(target, Place::Link)?;
    }
    let unused = book.strings.iter().enumerate();
    let unused: Vec<&String> = unused
        .filter(|(at, _)| !lines.used.contains(at))
        .map(|(_, text)| text)
        .collect();
    for text in unused {
        lines.push(text.clone(), Place::Hidden)?;
    }
    for words in book.literals.iter().filter(|words| held::tells("text", words)) {
        lines.push(words.clone(), Place::Held)?;
    }
    for reading in &book.readings {
        lines.push(reading.clone(), Place::Ruby)?;
    }
    let mut said = Said::default();
    for part in package.xml_parts() {
        if visited.contains(&part) {
            continue;
        }
        let Some(text) = package.text(&part)? else { continue };
        match beside(&part, &text, &mut lines) {
            // What isn't a sheet doesn't keep the others from being read; nobody has seen it, though.
            Err(Fault::Broken(_)) => said.unread.push(part),
            done => done?,
        }
    }
    said.keep(lines.all);
    let files = package.files(&visited);
    said.keep(files.lines);
    said.unread.extend(files.unread);
    said.keep(lines.held.lines());
    Ok(said)
}

/// Lines within a limit.
pub(super) struct Lines<'a> {
    all: Vec<Line>,
    size: usize,
    budget: &'a Budget,
    /// What is said in attributes.
    held: Held,
    /// The shared strings that cells have.
    used: BTreeSet<usize>,
}

impl<'a> Lines<'a> {
    fn within(budget: &'a Budget) -> Self {
        Self {
            all: Vec::new(),
            size: 0,
            budget,
            held: Held::default(),
            used: BTreeSet::new(),
        }
    }

    /// Counts text that is about to be kept.
    fn count(&mut self, text: &str) -> Result<(), Fault> {
        self.size += text.len() + OF_LINE;
        if self.size > LARGEST {
            Err(Fault::TooLarge)
        } else {
            self.budget.take(text.len() + budget::OF_LINE)
        }
    }

    fn push(&mut self, text: String, place: Place) -> Result<(), Fault> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.count(&text)?;
        self.all.push(Line { text, place });
        Ok(())
    }
}

/// What a part beside the sheets says: comments and drawings are seen, copies of data are not.
fn beside(part: &str, text: &str, lines: &mut Lines) -> Result<(), Fault> {
    const SILENT: [&str; 6] = [
        "xl/styles.xml",
        "xl/theme/",
        "xl/calcchain.xml",
        "xl/metadata.xml",
        "[content_types].xml",
        "xl/printersettings",
    ];
    if SILENT.iter().any(|silent| part.starts_with(silent)) || part.contains("/itemprops") {
        return Ok(());
    }
    if part.starts_with("docprops/") {
        let tree = super::xml::parse(text, part, lines.budget)?;
        for line in properties::lines(&tree) {
            lines.push(line.text, line.place)?;
        }
        return Ok(());
    }
    let place = match () {
        () if part.starts_with("xl/comments") || part.starts_with("xl/threadedcomments") => Place::Comment,
        () if part.starts_with("xl/drawings") || part.starts_with("xl/diagrams") => Place::Paragraph,
        () if part.starts_with("xl/charts") => Place::Caption,
        () => Place::Hidden,
    };
    let ends = |name: &str| match place {
        Place::Comment => matches!(name, "comment" | "threadedComment" | "author"),
        Place::Paragraph | Place::Caption => matches!(name, "p" | "v" | "pt" | "f"),
        _ => true,
    };
    // Copies of data keep values in attributes: <s v="…"/>.
    let copies = ["v", "c"];
    // Drawings of old programs break lines as HTML does.
    let text = if part.ends_with(".vml") {
        Cow::Owned(text.replace("<br>", "<br/>"))
    } else {
        Cow::Borrowed(text)
    };
    let mut open = String::new();
    walk(part_text(&text), part, |step| {
        match step {
            Step::Start(_, attributes) => {
                lines.held.take_all(attributes);
                for name in copies {
                    if let Some(value) = attributes.get(name).filter(|value| value.chars().count() > 1) {
                        lines.push(value.to_owned(), Place::Held)?;
                    }
                }
            }
            Step::Text(text) => open += text,
            Step::End(name) if ends(name) => {
                lines.held.take_quoted(&open);
                lines.push(std::mem::take(&mut open), place.clone())?;
            }
            Step::End(_) => {}
        }
        Ok(())
    })?;
    lines.push(open, place)
}

/// A part without the mark of its encoding.
fn part_text(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}')
}
