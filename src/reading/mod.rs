//! What a person reads in a document, an attachment or a file name, passage by passage.
//!
//! **Invariant**: every judge of a text takes these passages and nothing else looks at source text for its meaning. A
//! [`Passage`] is a text as it is displayed, with what it is, with the words that introduce it from elsewhere (the
//! header of its column, the key of its value, the line before) and with a map to its places in the source. What nobody
//! sees (comments, hidden elements, link definitions) is among them as [`What::Hidden`]: it is judged, and never shown.
//!
//! `front` reads the values of a front matter, [`crate::markdown::passages`] the body, `attached` the lines of an
//! attachment, `cues` says what introduces what.

mod attached;
mod cues;
mod front;

use crate::corpus::Source;
use crate::markdown::{self, Part};
use crate::office::Said;
use crate::text::Traced;
use std::ops::Range;

/// A text as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The text with its places in the source.
    pub text: Traced,
    /// What it is.
    pub what: What,
    /// What introduces it: headers of its row and column, its key, the line before.
    pub cues: Vec<String>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The title in the front matter.
    Title,
    /// Another value of the front matter.
    Value,
    /// A paragraph, a caption, a footnote, code.
    Paragraph,
    /// A heading of a level.
    Heading(u32),
    /// A list item.
    Item,
    /// A table's cell, by the number of its table and its row.
    Cell {
        /// Tables before its own.
        table: usize,
        /// Rows above its own.
        row: usize,
    },
    /// Where a link or an image leads.
    Target,
    /// What an author wrote for nobody to see.
    Hidden,
    /// What a file keeps beside its text: names of things, authors, choices, copies of data.
    Held,
    /// The name of a file or a folder.
    Name,
}

/// Everything that a person reads in one document or attachment.
#[derive(Debug, Default)]
pub struct Reading {
    /// In order: the name, the front matter, the body.
    pub passages: Vec<Passage>,
    /// Where an author began to hide something and didn't end: it is shown.
    pub unclosed: Vec<Range<usize>>,
    /// The passage with which the body begins.
    body: usize,
}

impl Reading {
    /// Reads a document. Its places are those of the source's text; a name has none.
    ///
    /// ```
    /// use jianyan::{corpus::Source, reading::Reading};
    ///
    /// let text = "被告人**张**某&#12290;".to_owned();
    /// let reading = Reading::of(&Source::body_only("案".into(), "案.md".into(), text));
    /// assert_eq!(reading.body()[0].text.text(), "被告人张某。");
    /// ```
    pub fn of(source: &Source) -> Self {
        let mut passages = names(&source.file);
        passages.extend(front::passages(source));
        let body = passages.len();
        let (mut of_body, unclosed) = of_body(source);
        cues::introduce(&mut of_body);
        passages.extend(of_body.into_iter().map(|(passage, _)| passage));
        Self {
            passages,
            unclosed,
            body,
        }
    }

    /// Reads the body of a document alone, for those who don't ask what introduces a passage.
    pub fn of_body(source: &Source) -> Self {
        let (of_body, unclosed) = of_body(source);
        Self {
            passages: of_body.into_iter().map(|(passage, _)| passage).collect(),
            unclosed,
            body: 0,
        }
    }

    /// Reads a name alone: that of a file nobody can look into.
    pub fn of_name(file: &str) -> Self {
        let passages = names(file);
        Self {
            body: passages.len(),
            passages,
            unclosed: Vec::new(),
        }
    }

    /// The part of an attachment that can be looked at: all of it, but for one of more values than any table has.
    pub fn looked_at(text: &str) -> &str {
        attached::looked_at(text)
    }

    /// Reads an attachment that is text: lines, with cells separated by tabs, or by commas in a `csv`.
    pub fn of_lines(file: &str, text: &str) -> Self {
        let mut reading = Self::of_name(file);
        reading.passages.extend(attached::of_lines(file, text));
        reading
    }

    /// Reads what an office file says.
    pub fn of_said(file: &str, said: &Said) -> Self {
        let mut reading = Self::of_name(file);
        reading.passages.extend(attached::of_said(said));
        reading
    }

    /// Reads an attachment that is HTML or XML.
    pub fn of_markup(file: &str, text: &str) -> Self {
        let mut reading = Self::of_name(file);
        let read = markdown::passages_of_html(text);
        let mut list: Vec<(Passage, Part)> = read
            .list
            .into_iter()
            .map(|passage| (Passage::new(passage.text, what(passage.part)), passage.part))
            .collect();
        cues::introduce(&mut list);
        reading.passages.extend(list.into_iter().map(|(passage, _)| passage));
        reading
    }

    /// Reads values, each with the key that introduces it.
    pub fn of_values<'v>(file: &str, values: impl Iterator<Item = (&'v str, String)>) -> Self {
        let mut reading = Self::of_name(file);
        reading.passages.extend(values.map(|(key, text)| {
            let mut passage = Passage::new(Traced::verbatim(&text, 0), What::Value);
            passage.cues.push(key.to_owned());
            passage
        }));
        reading
    }

    /// The passages of the body.
    pub fn body(&self) -> &[Passage] {
        &self.passages[self.body..]
    }

    /// The passages before the body: names and the front matter.
    pub fn head(&self) -> &[Passage] {
        &self.passages[..self.body]
    }
}

impl Passage {
    pub(crate) fn new(text: Traced, what: What) -> Self {
        Self {
            text,
            what,
            cues: Vec::new(),
        }
    }
}

/// The passages of a body, and where an author began to hide something in it and didn't end.
fn of_body(source: &Source) -> (Vec<(Passage, Part)>, Vec<Range<usize>>) {
    let mut read = markdown::passages(source.body_text());
    read.list.sort_by_key(|passage| passage.text.source(&(0..1)).start);
    let start = source.body.start;
    let passages = read.list.into_iter().map(|passage| {
        let text = passage.text.shifted(start);
        (Passage::new(text, what(passage.part)), passage.part)
    });
    let unclosed = read.unclosed.into_iter();
    (
        passages.collect(),
        unclosed.map(|span| span.start + start..span.end + start).collect(),
    )
}

fn what(part: Part) -> What {
    match part {
        Part::Heading(level) => What::Heading(level),
        Part::Item(_) => What::Item,
        Part::Cell { table, row, .. } => What::Cell { table, row },
        Part::Target => What::Target,
        Part::Hidden => What::Hidden,
        Part::Paragraph | Part::Caption | Part::Footnote | Part::Code => What::Paragraph,
    }
}

/// The names in a path, the ending of the file apart.
fn names(file: &str) -> Vec<Passage> {
    let parts = file.split('/');
    let last = file.matches('/').count();
    parts
        .enumerate()
        .map(|(at, name)| match (at == last, name.rsplit_once('.')) {
            (true, Some((stem, _))) => stem,
            _ => name,
        })
        .map(|name| {
            // A name has no place in the source.
            let mut text = Traced::default();
            text.push(name, 0..0);
            Passage::new(text, What::Name)
        })
        .collect()
}

#[cfg(test)]
mod tests;
