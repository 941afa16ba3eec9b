//! A document as a Word file in the layout of GB/T 9704-2012: A4, 22 lines of 28 characters a page, the fonts of the
//! standard named and not embedded.
//!
//! `head` says what stands above and below the text, by kind; `body` writes the blocks, `inline` the text in them,
//! `lists` their numbers and `picture` their pictures; `parts` puts the archive together. What `office` reads of the
//! file is what was written, so that an import gives the same document again.
//!
//! Written here and not by a library: docx-rs 0.4 numbers notes and pictures by counters of the process and keeps
//! properties in a hash map, so that one document has many files.

mod body;
mod head;
mod inline;
mod letter;
mod lists;
mod parts;
mod picture;

pub(crate) use letter::{Letter, letters};

use crate::markdown::{self, Resolve, Target};
use crate::office::block::{Block, Document, Inline};
use crate::office::{self, Beside, Loss};
use crate::record::Record;
use std::io;

/// A document that is to be written.
pub(crate) struct Paper<'a> {
    /// Its record; without one the text alone is written, below its title.
    pub record: Option<&'a Record>,
    pub title: &'a str,
    /// The office that issues it, where the record names none.
    pub unit: Option<&'a str>,
    /// Its body in Markdown.
    pub body: &'a str,
    /// The front matter that goes along, so that an import knows all of it.
    pub front: Option<&'a str>,
    /// Gives the pictures that the body shows, by their targets.
    pub pictures: Beside<'a>,
}

/// A file that was written.
pub(crate) struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What of the body it doesn't have, and how often.
    pub losses: Vec<(Loss, usize)>,
}

/// Writes a document.
///
/// # Errors
/// Where its body can't be read again, or the archive can't be made.
pub(crate) fn write(paper: &Paper) -> io::Result<Written> {
    let document = read(paper.body, paper.title, paper.pictures)?;
    let mut body = body::Body::with(picture::sized(&document.pictures));
    if let Some(record) = paper.record {
        head::write(record, paper.unit, &document, &mut body);
    } else {
        head::title(paper.title, &mut body);
        body.blocks(&document.blocks);
    }
    body.notes(&document.notes);
    let bytes = parts::archive(&body, &document.pictures, paper.title, paper.front)?;
    // Merged cells are as well merged in Word.
    let losses = document
        .losses
        .into_iter()
        .filter(|(loss, _)| *loss != Loss::MergedCells);
    Ok(Written {
        bytes,
        losses: losses.collect(),
    })
}

/// The blocks of a body in Markdown: of what its page shows, so that what the page hides isn't written either.
fn read(text: &str, title: &str, pictures: Beside) -> io::Result<Document> {
    let (rendered, _) = markdown::render("", text, 0..text.len(), title, &AsWritten);
    let page = format!("<!DOCTYPE html><meta charset=\"utf-8\"><body>{}</body>", rendered.html);
    let read = office::of_page(&page, pictures);
    let mut document = read.map_err(|fault| io::Error::other(format!("{fault:?}")))?;
    // The page's own title is the first level.
    for block in &mut document.blocks {
        if let Block::Heading(level, _) = block {
            *level = level.saturating_sub(1).max(1);
        }
    }
    Ok(document)
}

/// Links lead where their author wrote.
struct AsWritten;

impl Resolve for AsWritten {
    fn resolve(&self, target: &str) -> Target {
        Target::Href(target.to_owned())
    }
}

/// Text of a look of its own, in no list and no link.
fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}
