//! Comments by which an author says that a place is in order.

use crate::reading::{Reading, What};
use std::ops::Range;

/// Letters and digits of a reason at least: a dot is none.
const REASON: usize = 2;

/// The comments of a text, those of YAML too.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Where each line begins; none without comments.
    lines: Vec<usize>,
    /// What comments allow, in their order.
    allowed: Vec<Allowed>,
    /// Comments that give no reason, and so allow nothing.
    pub without_reason: Vec<Range<usize>>,
}

/// What one comment allows.
#[derive(Debug)]
struct Allowed {
    /// The line that it stands in.
    line: usize,
    /// Whether nothing stands before it in its line.
    is_alone: bool,
    code: String,
    /// What it was found to be about: it silences one place, and not the next number beside it.
    about: Option<String>,
}

impl Comments {
    /// Reads the comments of a text that was read: what a page shows is none, and neither is code.
    pub(super) fn read(reading: &Reading, text: &str) -> Self {
        let mut comments = Self::default();
        if !text.contains("jianyan:") {
            return comments;
        }
        comments.lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let head = reading.head().iter().map(|passage| (passage, true));
        let body = reading.body().iter().map(|passage| (passage, false));
        for (passage, in_front) in head.chain(body).filter(|(passage, _)| passage.what == What::Hidden) {
            let said = passage.text.text();
            for (at, _) in said.match_indices("jianyan:") {
                // What of a front matter can't be read is no comment.
                let line = said[..at].rfind('\n').map_or(0, |feed| feed + 1);
                if !in_front || said[line..at].contains('#') {
                    comments.add(&said[at..], passage.text.source(&(at..said.len())), text);
                }
            }
        }
        comments.allowed.sort_by_key(|allowed| allowed.line);
        comments
    }

    /// Adds what a comment says from `jianyan:` on: `jianyan: allow CODE reason`.
    fn add(&mut self, said: &str, place: Range<usize>, text: &str) {
        let rest = said.split('\n').next().unwrap_or_default();
        let rest = rest
            .strip_prefix("jianyan:")
            .unwrap_or_default()
            .split("jianyan:")
            .next();
        let Some(rest) = rest.unwrap_or_default().trim_start().strip_prefix("allow ") else {
            return;
        };
        let rest = rest
            .split("-->")
            .next()
            .unwrap_or_default()
            .split("%%")
            .next()
            .unwrap_or_default()
            .trim();
        let (code, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if reason.chars().filter(|it| it.is_alphanumeric()).count() < REASON {
            let line = self.line(place.start);
            let end = self.lines.get(line + 1).map_or(place.end, |next| next - 1);
            return self.without_reason.push(self.lines[line]..end);
        }
        let line = self.line(place.start);
        let before = text.get(self.lines[line]..place.start).unwrap_or_default();
        self.allowed.push(Allowed {
            line,
            is_alone: !before.contains(char::is_alphanumeric),
            code: code.to_owned(),
            about: None,
        });
    }

    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Whether a rule is silent at a place about what was found there: a comment on its lines or the line before allows
    /// it, and isn't about anything else.
    pub(super) fn cover(&mut self, code: &str, found: &str, span: &Range<usize>) -> bool {
        let (first, last) = (self.line(span.start), self.line(span.end));
        let mut above = first.saturating_sub(1);
        // Of comments below each other each is about the line that follows them all.
        let is_comment = |line: usize| self.allowed.iter().any(|other| other.line == line && other.is_alone);
        while above > 0 && is_comment(above) && is_comment(above - 1) {
            above -= 1;
        }
        let lines = above..=last;
        let mut around = self
            .allowed
            .iter_mut()
            .filter(|allowed| lines.contains(&allowed.line) && allowed.code == code);
        let same = |about: &Option<String>| {
            about
                .as_deref()
                .is_none_or(|about| about.contains(found) || found.contains(about))
        };
        let Some(allowed) = around.find(|allowed| same(&allowed.about)) else {
            return false;
        };
        allowed.about.get_or_insert_with(|| found.to_owned());
        true
    }
}
