//! Attachments: their names, and what they say as far as they can be read.

use crate::check::{internal, secrecy};
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::office::Said;
use crate::reading::Reading;
use crate::record::Visibility;

/// The code of an attachment that its office keeps to itself.
const INTERNAL: &str = "attachment-internal-mark";

/// What is known of an attachment.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The lines of a text file.
    Lines(&'a str),
    /// The text of a page or a drawing.
    Markup(&'a str),
    /// What an office file says.
    Said(&'a Said),
    /// Nothing but its name.
    Unknown,
}

/// Finds a secrecy mark or personal data in an attachment: in its name, and in its text where it has one. Of what
/// can't be read a note says that nobody has looked into it.
pub fn attachment(file: &str, content: Content) -> Vec<Diagnostic> {
    let note = |code| Diagnostic::new(Group::Privacy, Severity::Note, code, file);
    let (reading, text) = match content {
        Content::Lines(text) => {
            let text = Reading::looked_at(text);
            (Reading::of_lines(file, text), text)
        }
        Content::Markup(text) => (Reading::of_markup(file, text), text),
        Content::Said(said) => (Reading::of_said(file, said), ""),
        Content::Unknown => (Reading::of_name(file), ""),
    };
    if let Some(refusal) = secrecy::of_reading(&reading, file) {
        return vec![refusal];
    }
    if internal::is_marked(&reading) {
        return vec![Diagnostic::new(Group::Privacy, Severity::Warning, INTERNAL, file)];
    }
    let source = Source::body_only(file.into(), file.into(), text.into());
    let mut all = super::of_reading(&reading, &source, Visibility::Internal);
    match content {
        // A scan, or a file of which nothing could be made: nobody has looked into it.
        Content::Said(said) if said.unread.is_empty() && said.lines.iter().all(|line| line.text.trim().is_empty()) => {
            all.push(note("attachment-unchecked"));
        }
        Content::Said(said) => {
            all = by_kind(all);
            if !said.unread.is_empty() {
                all.push(note("attachment-partly-unchecked").arg("count", said.unread.len().to_string()));
            }
        }
        Content::Lines(whole) if text.len() < whole.len() => all.push(note("attachment-unchecked")),
        Content::Unknown => all.push(note("attachment-unchecked")),
        Content::Lines(_) | Content::Markup(_) => {}
    }
    all
}

/// What an office file holds, a finding a kind: its text has no lines that anybody could go to.
fn by_kind(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kinds: Vec<(Diagnostic, usize)> = Vec::new();
    for finding in findings {
        match kinds.iter_mut().find(|(known, _)| known.code == finding.code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((finding, 1)),
        }
    }
    let told = kinds.into_iter().map(|(mut finding, count)| {
        finding.span = None;
        finding.position = None;
        for (_, masked) in finding
            .args
            .iter_mut()
            .filter(|(name, _)| *name == "masked" && count > 1)
        {
            *masked += &format!(" ×{count}");
        }
        finding
    });
    told.collect()
}
