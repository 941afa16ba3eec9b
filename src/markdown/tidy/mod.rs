//! Markdown that nearly works, made into what it is meant to be where only one reading is possible.
//!
//! Authors type marks in full width (`＃ 一、`, `｜`, `［^1］：`), indent every paragraph by four blanks, leave out the blank
//! after `#`, underline a sentence with dashes, write `[1]: 张某.刑法学[M]` and `[[甲文]]` as other editors have it. `lines`
//! and `inline` see to what a line shows by itself, `blocks` to what only the parser knows. Everything is an edit of the
//! text; a map leads from each place of the result back to the body. What an author should know is a [`Note`].

mod blocks;
mod comment;
mod found;
mod inline;
mod lines;
mod lists;
pub(super) mod target;

use super::report::Finding;
use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark::{Event, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// A replacement of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    at: Range<usize>,
    new: String,
}

impl Edit {
    fn new(at: Range<usize>, new: impl Into<String>) -> Self {
        Self { at, new: new.into() }
    }

    fn insert(at: usize, new: impl Into<String>) -> Self {
        Self::new(at..at, new)
    }
}

/// What an author should know about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub finding: Finding,
    /// What stands there.
    pub what: String,
    /// Bytes of the body.
    pub span: Range<usize>,
}

/// A body in which nearly working Markdown works.
#[derive(Debug)]
pub(super) struct Tidied<'a> {
    pub text: Cow<'a, str>,
    pub map: Map,
    pub notes: Vec<Note>,
}

/// Tidies a body.
pub(super) fn tidy(body: &str) -> Tidied<'_> {
    let mut notes = Vec::new();
    let (mut edits, mut found) = lines::edits(body);
    inline::edits(body, &mut edits);
    let comments = comment::edits(body);
    edits.extend(comments.0);
    found.extend(comments.1);
    if !edits.is_empty() || !found.is_empty() {
        let opaque = opaque(body);
        edits.retain(|edit| edit.at.start == body.len() || !opaque.covers(edit.at.start));
        found.retain(|note| !opaque.covers(note.span.start));
    }
    notes.append(&mut found);
    let (text, first) = apply(Cow::Borrowed(body), edits);
    let (edits, found) = blocks::edits(&text);
    notes.extend(found.into_iter().map(|note| Note {
        span: first.range(note.span),
        ..note
    }));
    let (text, second) = apply(text, edits);
    Tidied {
        text,
        map: Map(first.0.into_iter().chain(second.0).collect()),
        notes,
    }
}

/// Ranges in order, none within another.
struct Ranges(Vec<Range<usize>>);

impl Ranges {
    fn covers(&self, at: usize) -> bool {
        let before = self.0.partition_point(|range| range.start <= at);
        before.checked_sub(1).is_some_and(|last| at < self.0[last].end)
    }
}

/// Code and HTML, in which no character means anything but itself.
fn opaque(body: &str) -> Ranges {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (event, span) in Parser::new_ext(body, super::options::OPTIONS).into_offset_iter() {
        let is_opaque = match event {
            Event::Code(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => true,
            // What Chinese text is indented by makes no code of it.
            Event::Start(Tag::CodeBlock(kind)) => {
                matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(_)) || !blocks::is_prose(&body[span.clone()])
            }
            _ => false,
        };
        if is_opaque && ranges.last().is_none_or(|last| span.start >= last.end) {
            ranges.push(span);
        }
    }
    Ranges(ranges)
}

/// Makes the edits, of those that overlap the first.
fn apply(text: Cow<'_, str>, mut edits: Vec<Edit>) -> (Cow<'_, str>, Map) {
    if edits.is_empty() {
        return (text, Map::default());
    }
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut out = String::with_capacity(text.len() + 16 * edits.len());
    let mut steps = Vec::with_capacity(2 * edits.len());
    let mut done = 0;
    for edit in edits {
        if edit.at.start < done {
            continue;
        }
        out.push_str(&text[done..edit.at.start]);
        steps.push(Step {
            new: out.len(),
            old: edit.at.start,
            copied: false,
        });
        out.push_str(&edit.new);
        steps.push(Step {
            new: out.len(),
            old: edit.at.end,
            copied: true,
        });
        done = edit.at.end;
    }
    out.push_str(&text[done..]);
    (Cow::Owned(out), Map(vec![steps]))
}

/// The way from places of the tidied text back to those of the body: the steps of each round of edits.
#[derive(Debug, Default)]
pub(super) struct Map(Vec<Vec<Step>>);

/// From here on the new text is a copy of the old one, or stands in the place of some of it.
#[derive(Debug, Clone, Copy)]
struct Step {
    new: usize,
    old: usize,
    copied: bool,
}

impl Map {
    /// A range of the body for one of the tidied text.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let (start, end) = (self.place(range.start), self.place(range.end));
        start..end.max(start)
    }

    fn place(&self, at: usize) -> usize {
        self.0.iter().rev().fold(at, |at, steps| {
            let before = steps.partition_point(|step| step.new <= at);
            match before.checked_sub(1).map(|last| steps[last]) {
                None => at,
                Some(step) if step.copied => step.old + (at - step.new),
                Some(step) => step.old,
            }
        })
    }
}

/// Finds signs, which most texts and lines have none of.
fn any_of(signs: &[&str]) -> AhoCorasick {
    // Of all kinds this one looks at many bytes at once.
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(signs);
    // Fails only where the patterns are more than fit into memory: these are a few signs.
    builder.expect("a few signs")
}

/// The lines of a text without their line feeds, with their offsets.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.strip_suffix('\n').unwrap_or(line))
    })
}
