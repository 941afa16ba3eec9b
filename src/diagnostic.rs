//! Diagnostics: what is wrong with the input, as values.
//!
//! Every module before the command line returns these and prints nothing. A diagnostic names its
//! rule by a code; its sentences stand in the message catalogues under `<code>.message` and
//! `<code>.help`, with the arguments in braces, so that the same value reads in Chinese or English.

use crate::message::{Catalogue, Lang};
use serde::{Deserialize, Serialize};

mod stored;

pub(crate) use stored::Stored;

/// How much a diagnostic weighs: an error fails `--strict`, a warning asks, a note tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document can't be published, or a value can't be used, as it stands.
    Error,
    /// Probably not what its author means.
    Warning,
    /// Something that was read in a particular way, told so that nobody is surprised.
    Note,
}

/// The family of a rule; the command line's JSON tells them apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Files, encodings, front matter syntax.
    Input,
    /// Keys, values, dates and references of records.
    Record,
    /// Headings, links, images of the body.
    Markdown,
    /// Personal data and secrecy marks.
    Privacy,
    /// The site file, the roster, synonyms.
    Settings,
}

/// A place in a decoded file: 1-based line and column, the column counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line from the top of the file, front matter included, from 1.
    pub line: u32,
    /// Character (Unicode scalar value) within the line, from 1.
    pub column: u32,
}

/// One problem with one place in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// File below the corpus, with `/`.
    pub file: String,
    /// Byte range in the file's decoded text; `None` for the file as a whole.
    pub span: Option<std::ops::Range<usize>>,
    /// Position of the span's start.
    pub position: Option<Position>,
    /// Weight.
    pub severity: Severity,
    /// Rule, in kebab-case, such as `unknown-key`.
    pub code: &'static str,
    /// Family of the rule.
    pub group: Group,
    /// Arguments of the sentences, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// Makes a diagnostic about a file as a whole.
    pub fn new(group: Group, severity: Severity, code: &'static str, file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            span: None,
            position: None,
            severity,
            code,
            group,
            args: Vec::new(),
        }
    }

    /// Adds an argument of the sentences.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Places it at a byte range of the file's decoded text.
    #[must_use]
    pub fn at(mut self, text: &str, span: std::ops::Range<usize>) -> Self {
        self.position = Some(position_of(text, span.start));
        self.span = Some(span);
        self
    }

    /// Places it like [`Diagnostic::at`], in a file whose lines are already known.
    #[must_use]
    pub fn place(mut self, lines: &LineIndex, span: std::ops::Range<usize>) -> Self {
        self.position = Some(lines.position(span.start));
        self.span = Some(span);
        self
    }

    /// What is wrong, as one sentence.
    ///
    /// ```
    /// use jianyan::diagnostic::{Diagnostic, Group, Severity};
    /// use jianyan::message::Lang;
    ///
    /// let found = Diagnostic::new(Group::Record, Severity::Warning, "dead-link", "甲.md").arg("target", "乙.md");
    /// assert_eq!(found.message(Lang::Zh), "链接指向的“乙.md”不存在");
    /// ```
    pub fn message(&self, lang: Lang) -> String {
        Catalogue::of(lang).format(&format!("{}.message", self.code), &self.args)
    }

    /// How to fix it, as one sentence.
    pub fn help(&self, lang: Lang) -> String {
        Catalogue::of(lang).format(&format!("{}.help", self.code), &self.args)
    }
}

/// The position of a byte offset; an offset inside a character counts as that character.
///
/// ```
/// use jianyan::diagnostic::position_of;
///
/// let position = position_of("标题\n正文", "标题\n正".len());
/// assert_eq!((position.line, position.column), (2, 2));
/// ```
pub fn position_of(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|&byte| byte == b'\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
    }
}

/// The line starts of one text: finds the positions of many offsets in a big file.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`] bytes, so that a column in a very long line
    /// costs no more than one stride.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 4096;

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let line_feeds = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(line_feeds.map(|(at, _)| at + 1)).collect();
        let mut total = 0;
        let counts = bytes.chunks(STRIDE).map(|chunk| {
            let before = total;
            total += chunk.iter().filter(|&&byte| starts_character(byte)).count();
            before
        });
        Self {
            text,
            characters: counts.collect(),
            starts,
        }
    }

    /// The position of a byte offset; the same as [`position_of`].
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.starts[line - 1]);
        Position {
            line: line as u32,
            column: column as u32 + 1,
        }
    }

    /// Byte range of a line counted from 1, without its line feed; empty at the end for a line that isn't there.
    pub fn line_span(&self, line: u32) -> std::ops::Range<usize> {
        let index = (line as usize).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..offset];
        self.characters
            .get(stride)
            .copied()
            .unwrap_or_else(|| self.text.chars().count())
            + rest.iter().filter(|&&byte| starts_character(byte)).count()
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Puts diagnostics into the order in which they are reported: by file, place, then weight and rule.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.position, d.span.as_ref().map(|span| span.end), d.severity, d.code);
        a.file
            .cmp(&b.file)
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.args.cmp(&b.args))
    });
}

/// Errors, warnings and notes among diagnostics.
pub fn counts(diagnostics: &[Diagnostic]) -> [usize; 3] {
    let mut counts = [0; 3];
    for diagnostic in diagnostics {
        counts[match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        }] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_index_agrees_with_counting() {
        let text = format!("一行\nab\n\n{}末\n", "长行é".repeat(2000));
        let lines = LineIndex::new(&text);
        for offset in (0..text.len() + 2).step_by(7).chain([0, text.len(), text.len() + 9]) {
            assert_eq!(lines.position(offset), position_of(&text, offset), "offset {offset}");
        }
    }

    #[test]
    fn an_offset_at_a_multiple_of_the_stride_is_found() {
        let text = "a".repeat(STRIDE * 2);
        let lines = LineIndex::new(&text);
        assert_eq!(lines.position(text.len()), position_of(&text, text.len()));
    }

    #[test]
    fn a_line_span_leaves_the_line_feed_out() {
        let lines = LineIndex::new("一\n二三\n");
        assert_eq!(
            (
                lines.line_span(1),
                lines.line_span(2),
                lines.line_span(3),
                lines.line_span(9)
            ),
            (0..3, 4..10, 11..11, 11..11)
        );
    }

    #[test]
    fn diagnostics_are_sorted_by_place() {
        let at = |file: &str, line| Diagnostic {
            position: Some(Position { line, column: 1 }),
            ..Diagnostic::new(Group::Input, Severity::Note, "encoding", file)
        };
        let whole = Diagnostic::new(Group::Input, Severity::Note, "encoding", "a.md");
        let mut all = vec![at("b.md", 1), at("a.md", 9), at("a.md", 2), whole.clone()];
        sort(&mut all);
        assert_eq!(all, [whole, at("a.md", 2), at("a.md", 9), at("b.md", 1)]);
    }
}
