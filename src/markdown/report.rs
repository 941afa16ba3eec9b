//! What is to be said about a body, with its places.

use super::piece::Reference;
use crate::diagnostic::{Diagnostic, Group, Position, Severity};
use std::ops::Range;

/// The rules of this module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// A link to nothing that this audience has.
    DeadLink,
    /// A link to a heading that its document doesn't have.
    DeadFragment,
    /// An image that isn't there.
    DeadImage,
    /// A link to a file that doesn't go along with the pages.
    ExcludedFile,
    /// An image from another host: a page asks no one else for anything.
    ExternalImage,
    /// A scheme that a page may not name.
    RefusedLink,
    /// HTML nested deeper than any page needs, taken as text.
    DeepHtml,
    /// A mark of Markdown in full width, read as the narrow one.
    WideMark,
    /// `#` with no blank behind it, read as a heading.
    HeadingWithoutBlank,
    /// A sentence over a line of dashes, which would be a heading.
    SentenceOverDashes,
    /// A second line of a table that has other cells than the first.
    TableDelimiters,
    /// Cells that a table's header has no column for.
    ExtraCells,
    /// A comment or an element that swallows what follows because it doesn't end.
    UnclosedHtml,
    /// A comment whose marks were spoilt by automatic correction, taken as one.
    SpoiltComment,
    /// One that doesn't end, shown as text.
    UnclosedComment,
    /// A fence that doesn't end: all that follows is code.
    UnclosedCode,
    /// An element whose text no page shows.
    DroppedHtml,
    /// A tag that no HTML has, which no page shows.
    UnknownElement,
    /// A tag that doesn't end, read as text.
    UnendedTag,
    /// The title of a link, an image or an element, which no page shows.
    LinkTitle,
    /// A mark of Markdown that means nothing as it was typed, shown as it stands.
    LooseMark,
    /// A mark of Markdown within a block of HTML, shown as it stands.
    MarkdownInHtml,
    /// A link definition that nothing refers to.
    UnusedDefinition,
}

impl Finding {
    fn code(self) -> &'static str {
        match self {
            Finding::DeadLink => "dead-link",
            Finding::DeadFragment => "dead-fragment",
            Finding::DeadImage => "dead-image",
            Finding::ExcludedFile => "excluded-attachment",
            Finding::ExternalImage => "external-image",
            Finding::RefusedLink => "refused-link",
            Finding::DeepHtml => "deep-html",
            Finding::WideMark => "wide-mark",
            Finding::HeadingWithoutBlank => "heading-without-blank",
            Finding::SentenceOverDashes => "sentence-over-dashes",
            Finding::TableDelimiters => "table-delimiters",
            Finding::ExtraCells => "extra-cells",
            Finding::UnclosedHtml => "unclosed-html",
            Finding::UnclosedCode => "unclosed-code",
            Finding::SpoiltComment => "spoilt-comment",
            Finding::UnclosedComment => "unended-comment",
            Finding::DroppedHtml => "dropped-html",
            Finding::UnknownElement => "unknown-element",
            Finding::UnendedTag => "unended-tag",
            Finding::LinkTitle => "link-title",
            Finding::LooseMark => "loose-mark",
            Finding::MarkdownInHtml => "markdown-in-html",
            Finding::UnusedDefinition => "unused-definition",
        }
    }

    /// What was read as it is meant is only said; what a page lacks asks.
    fn severity(self) -> Severity {
        match self {
            Finding::WideMark
            | Finding::HeadingWithoutBlank
            | Finding::SentenceOverDashes
            | Finding::TableDelimiters
            | Finding::LinkTitle
            | Finding::LooseMark
            | Finding::UnclosedCode
            | Finding::SpoiltComment
            | Finding::MarkdownInHtml
            | Finding::UnusedDefinition => Severity::Note,
            _ => Severity::Warning,
        }
    }
}

/// Findings in order of discovery.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<(Finding, String, Option<Range<usize>>)>);

/// Findings that are reported for one body; a body with more has one reason for all of them.
const MOST: usize = 200;

impl Report {
    /// Adds a finding about a link or image.
    pub(super) fn add(&mut self, finding: Finding, reference: &Reference<'_>) {
        self.push(finding, reference.target.to_string(), reference.span.clone());
    }

    /// Adds a finding.
    pub(super) fn push(&mut self, finding: Finding, target: String, span: Option<Range<usize>>) {
        if self.0.len() < MOST {
            self.0.push((finding, target, span));
        }
    }

    /// Maps the places of the findings so far.
    pub(super) fn place(&mut self, place: impl Fn(Range<usize>) -> Range<usize>) {
        for (.., span) in &mut self.0 {
            *span = span.take().map(&place);
        }
    }

    /// Makes diagnostics of the findings, in order of their places in the file's text.
    /// `place` maps a range of the body to one of the file.
    pub(super) fn diagnostics(
        mut self,
        file: &str,
        text: &str,
        place: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Vec<Diagnostic> {
        self.place(place);
        self.0
            .sort_by_key(|(.., span)| span.as_ref().map_or(0, |span| span.start));
        let mut walker = Walker {
            at: 0,
            line: 1,
            line_start: 0,
        };
        self.0
            .into_iter()
            .map(|(finding, target, span)| {
                let mut diagnostic =
                    Diagnostic::new(Group::Markdown, finding.severity(), finding.code(), file).arg("target", target);
                diagnostic.position = span.as_ref().map(|span| walker.position(text, span.start));
                diagnostic.span = span;
                diagnostic
            })
            .collect()
    }
}

/// Counts lines once for all places, which come in order.
struct Walker {
    at: usize,
    line: u32,
    line_start: usize,
}

impl Walker {
    fn position(&mut self, text: &str, offset: usize) -> Position {
        let passed = text.get(self.at..offset).unwrap_or_default();
        if let Some(last) = passed.rfind('\n') {
            self.line += passed.bytes().filter(|&byte| byte == b'\n').count() as u32;
            self.line_start = self.at + last + 1;
        }
        self.at += passed.len();
        let column = text
            .get(self.line_start..self.at)
            .map_or(0, |line| line.chars().count());
        Position {
            line: self.line,
            column: column as u32 + 1,
        }
    }
}
