//! A document of a loaded corpus as a Word file.

use super::Loaded;
use super::generation::source_text;
use super::links::Named;
use crate::corpus::Source;
use crate::export::docx::{self, Written};
use crate::site::Entry;
use std::io;

/// Whether a Word file carries the front matter of its document, so that an import knows all of it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carry {
    /// It does: as much of it as the audience sees.
    Record,
    /// It doesn't: the file is for a reader who has nothing to do with the corpus.
    Nothing,
}

/// Writes the document of an entry: what its download has, in the layout of an official paper.
///
/// # Errors
/// Where its front matter or the archive can't be written.
pub(crate) fn paper(loaded: &Loaded, entry: &Entry, carry: Carry) -> io::Result<Written> {
    let record = entry.document.record();
    let text = source_text(entry, &loaded.links(entry))?.into_owned();
    let source = Source::of(record.id.clone(), record.file.clone(), text);
    let picture = |target: &str| match loaded.links.named(&record.file, target) {
        Named::File(file) => loaded.attachments.get(&file)?.read().ok(),
        Named::Document(..) | Named::Excluded | Named::Unknown => None,
    };
    docx::write(&docx::Paper {
        record: Some(record),
        title: &record.title,
        unit: loaded.settings.unit.as_deref(),
        body: source.body_text(),
        front: source.front_text().filter(|_| carry == Carry::Record),
        pictures: &picture,
    })
}
