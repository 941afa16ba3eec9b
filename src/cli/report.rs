//! Diagnostics for people: the line, a caret under the place, and how to fix it.

use super::terminal;
use crate::corpus::Source;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::message::{Catalogue, Lang};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line longer than this (bytes) is not shown: a caret in it would help nobody.
const LONGEST_LINE: usize = 4_000;

/// Diagnostics as text, each with its line where the source is known; in colour for a terminal.
pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &BTreeMap<String, Arc<Source>>,
    lang: Lang,
    to_terminal: bool,
) -> String {
    let renderer = if terminal::is_coloured(to_terminal) {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts = diagnostics.par_iter().map(|diagnostic| {
        let source = sources.get(&diagnostic.file).map(|source| source.text.as_str());
        renderer.render(&groups(diagnostic, source, lang)) + "\n\n"
    });
    texts.collect::<Vec<_>>().concat()
}

/// Notes of one rule that are shown; the others are counted.
const NOTES: usize = 5;

/// Diagnostics as text like [`render`], of each rule the first few notes, and how many more there are, by a message that
/// tells how to see them.
pub(super) fn folded(
    mut diagnostics: Vec<Diagnostic>,
    sources: &BTreeMap<String, Arc<Source>>,
    (lang, more): (Lang, &str),
    to_terminal: bool,
) -> String {
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    diagnostics.retain(|finding| {
        let count = notes.entry(finding.code).or_default();
        *count += usize::from(finding.severity == Severity::Note);
        *count <= NOTES || finding.severity != Severity::Note
    });
    let mut text = render(&diagnostics, sources, lang, to_terminal);
    for (code, count) in notes.into_iter().filter(|(_, count)| *count > NOTES) {
        let args = [("code", code.to_owned()), ("count", (count - NOTES).to_string())];
        text += &Catalogue::of(lang).format(more, &args);
        text.push('\n');
    }
    text
}

/// One line that counts them.
pub(super) fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let [errors, warnings, notes] = diagnostic::counts(diagnostics).map(|count| count.to_string());
    Catalogue::of(lang).format(
        "report.summary",
        &[("errors", errors), ("warnings", warnings), ("notes", notes)],
    )
}

fn groups<'a>(diagnostic: &'a Diagnostic, text: Option<&'a str>, lang: Lang) -> Vec<Group<'a>> {
    let words = Catalogue::of(lang);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(words.get("severity.error")),
        Severity::Warning => Level::WARNING.with_name(words.get("severity.warning")),
        Severity::Note => Level::NOTE.with_name(words.get("severity.note")),
    };
    let title = level.primary_title(diagnostic.message(lang)).id(diagnostic.code);
    let main = if let Some(snippet) = excerpt(diagnostic, text) {
        title.element(snippet)
    } else {
        let origin = annotate_snippets::Origin::path(diagnostic.file.as_str());
        title.element(match diagnostic.position {
            Some(position) => origin
                .line(position.line as usize)
                .char_column(position.column as usize),
            None => origin,
        })
    };
    let help = Level::HELP
        .with_name(words.get("severity.help"))
        .secondary_title(diagnostic.help(lang));
    vec![main, Group::with_title(help)]
}

/// The lines of the span, cut from the text so that a large file costs nothing.
fn excerpt<'a>(
    diagnostic: &'a Diagnostic,
    text: Option<&'a str>,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let (text, span, position) = (text?, diagnostic.span.clone()?, diagnostic.position?);
    let before = text.get(..span.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    if line.len() > LONGEST_LINE {
        return None;
    }
    // A span over several lines is shown by its first.
    let end = span.end.min(start + line.len()).max(span.start);
    Some(
        Snippet::source(line)
            .line_start(position.line as usize)
            .path(diagnostic.file.as_str())
            .annotation(AnnotationKind::Primary.span(span.start - start..end - start)),
    )
}
