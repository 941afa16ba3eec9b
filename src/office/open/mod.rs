//! OpenDocument files (ISO/IEC 26300) as LibreOffice and WPS write them: texts, sheets, presentations and drawings.
//!
//! `styles` and `lists` know what a paragraph's style and number mean. `text` walks the blocks, `run` the text in them,
//! `frame` what is drawn and `table` the tables of a text; `sheet` reads the cells of workbooks and `aside` what stands
//! elsewhere in the file. Attachments and imports take the same walk.

mod aside;
mod frame;
mod lists;
mod run;
mod sheet;
mod styles;
mod table;
mod text;

#[cfg(test)]
mod tests;

use super::block::Document;
use super::budget::OF_LINE;
use super::said::Said;
use super::trace::{Paragraph, State};
use super::xml::local;
use super::{Budget, Fault, Package};
use lists::Lists;
use std::collections::{BTreeMap, BTreeSet};
use styles::Styles;

/// Bytes of text that a file says at most: what a cell repeats is a bomb, too.
const LARGEST: usize = 32 << 20;

pub(super) fn read_text(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let package = Package::open(bytes, budget)?;
    let (document, _) = read(package)?;
    Ok(document)
}

/// Reads a workbook, a presentation or a drawing.
pub(super) fn read(mut package: Package) -> Result<(Document, Said), Fault> {
    let content = package
        .tree("content.xml")?
        .ok_or_else(|| Fault::Broken("content.xml".to_owned()))?;
    let common = package.tree("styles.xml")?;
    let trees = [common.as_ref(), Some(&content)];
    let mut walk = Walk {
        styles: Styles::read(trees.into_iter().flatten()),
        lists: Lists::read(trees.into_iter().flatten()),
        package,
        document: Document::default(),
        sheets: Said::default(),
        changes: BTreeMap::new(),
        inserted: BTreeSet::new(),
        boxes: Vec::new(),
        visited: BTreeSet::from(["content.xml".to_owned(), "styles.xml".to_owned()]),
        said: 0,
    };
    let body = content.child("office:body").unwrap_or(&content);
    walk.bodies(body)?;
    walk.aside(&content, common.as_ref())?;
    Ok((walk.document, walk.sheets))
}

/// What a workbook, a presentation or a drawing says.
pub(super) fn read_said(bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    let (document, mut sheets) = read(Package::open(bytes, budget)?)?;
    let rest = Said::from(document);
    sheets.keep(rest.lines);
    sheets.unread.extend(rest.unread);
    Ok(sheets)
}

/// A tracked change, by what it did.
enum Tracked {
    Insertion,
    /// The text that was deleted.
    Deletion(String),
    Format,
}

struct Walk<'a> {
    package: Package<'a>,
    styles: Styles,
    lists: Lists,
    document: Document,
    /// The cells of sheets, and what stands in sheets beside them.
    sheets: Said,
    changes: BTreeMap<String, Tracked>,
    /// Insertions that have begun and not ended.
    inserted: BTreeSet<String>,
    /// Blocks of text boxes that wait for the end of their paragraph.
    boxes: Vec<super::block::Block>,
    visited: BTreeSet<String>,
    /// Bytes of text that were said so far.
    said: usize,
}

impl Walk<'_> {
    /// Counts text that is about to be kept.
    fn count(&mut self, text: &str) -> Result<(), Fault> {
        self.said += text.len() + 64;
        if self.said > LARGEST {
            Err(Fault::TooLarge)
        } else {
            self.package.budget.take(text.len() + OF_LINE)
        }
    }

    /// Text of a paragraph, as an open insertion makes it.
    fn say(&mut self, text: &str, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        self.count(text)?;
        out.say(text, self.as_changed(state));
        Ok(())
    }

    fn as_changed(&self, state: State) -> State {
        if self.inserted.is_empty() {
            state
        } else {
            state.changed(super::trace::Change::Inserted)
        }
    }
}

/// Text as OpenDocument has it: any white space is one blank.
fn collapsed(text: &str, after_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = after_blank;
    for character in text.chars() {
        if matches!(character, ' ' | '\t' | '\r' | '\n') {
            if !blank {
                out.push(' ');
            }
            blank = true;
        } else {
            out.push(character);
            blank = false;
        }
    }
    out
}
