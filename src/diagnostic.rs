//! Diagnostics: what is wrong with the input, as values.
//!
//! Every module before the command line returns these and prints nothing. A diagnostic names its
//! rule by a code; its sentences stand in the message catalogues under `<code>.message` and
//! `<code>.help`, with the arguments in braces, so that the same value reads in Chinese or English.

use crate::message::{Catalogue, Lang};
use serde::Serialize;

/// How much a diagnostic weighs: an error fails `--strict`, a warning asks, a note tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

    /// What is wrong, as one sentence.
    pub fn message(&self, lang: Lang) -> String {
        Catalogue::of(lang).format(&format!("{}.message", self.code), &self.args)
    }

    /// How to mend it, as one sentence.
    pub fn help(&self, lang: Lang) -> String {
        Catalogue::of(lang).format(&format!("{}.help", self.code), &self.args)
    }
}

/// The position of a byte offset; an offset inside a character counts as that character.
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
