//! Finds personal data in a document: its front matter, its body and its name.
//!
//! `line` turns a line into half-width characters with their places; `numbers` and `landline` find
//! what is made of digits, `words` what is found by its form or by a cue; `cue` tells where the
//! words stand after which `name` looks for full names, `address` for homes and `school` for the
//! schools of minors; `allow` reads the comments that silence one place.

mod address;
mod allow;
mod cue;
mod landline;
mod line;
mod name;
mod numbers;
mod school;
mod surname;
mod words;

use crate::check::secrecy;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, LineIndex, Severity};
use crate::record::Visibility;
use allow::Allowed;
use line::Line;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// The argument of a diagnostic about a name of which nothing tells where it ends.
pub(crate) const OPEN_ENDED: &str = "open_ended";

/// Something that was found: its rule and its characters in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    code: &'static str,
    span: Range<usize>,
    /// Whether it may hold a character too many: a name of which nothing tells where it ends.
    open_ended: bool,
}

impl Finding {
    fn new(code: &'static str, span: Range<usize>) -> Self {
        Self {
            code,
            span,
            open_ended: false,
        }
    }
}

/// Finds personal data: an error in a public document, a warning in an internal one.
///
/// A comment `<!-- jianyan: allow CODE reason -->` on the line or the line before silences a rule
/// there; without a reason it does not, and is named itself.
pub fn privacy(source: &Source, visibility: Visibility) -> Vec<Diagnostic> {
    let severity = if visibility == Visibility::Public {
        Severity::Error
    } else {
        Severity::Warning
    };
    let mut lines = None;
    let mut diagnostics = name_findings(&source.file, severity);
    let mut before = Allowed::default();
    let mut names = Names::default();
    let mut start = 0;
    for text in source.text.split('\n') {
        let allowed = Allowed::read(text);
        let index = || LineIndex::new(&source.text);
        if allowed.without_reason {
            let diagnostic = Diagnostic::new(Group::Privacy, Severity::Warning, "allow-without-reason", &source.file);
            diagnostics.push(diagnostic.place(lines.get_or_insert_with(index), start..start + text.len()));
        }
        for (finding, line) in findings(text) {
            if allowed.covers(finding.code) || before.covers(finding.code) {
                continue;
            }
            if finding.code == name::CODE && !names.is_new(&line.text(&finding.span), &finding, diagnostics.len()) {
                continue;
            }
            let span = line.bytes(&finding.span);
            let diagnostic = Diagnostic::new(Group::Privacy, severity, finding.code, &source.file);
            let diagnostic = match finding.open_ended {
                // Whoever masks must not guess where the name ends.
                true => diagnostic.arg(OPEN_ENDED, "true"),
                false => diagnostic,
            };
            let diagnostic = diagnostic
                .arg("masked", mask(&line, &finding.span))
                .place(lines.get_or_insert_with(index), start + span.start..start + span.end);
            diagnostics.push(diagnostic);
        }
        before = allowed;
        start += text.len() + 1;
    }
    let doubtful = names.doubtful(&source.text);
    let mut at = 0;
    diagnostics.retain(|_| {
        at += 1;
        !doubtful.contains(&(at - 1))
    });
    diagnostics
}

/// The names that a document was found to hold. A person is told of once: where the text first
/// speaks of him.
#[derive(Default)]
struct Names {
    known: BTreeSet<String>,
    /// Names of which nothing tells where they end, with the place of their diagnostics.
    open: Vec<(String, usize)>,
}

impl Names {
    fn is_new(&mut self, name: &str, finding: &Finding, place: usize) -> bool {
        if finding.open_ended && !self.known.contains(name) && !self.open.iter().any(|(known, _)| known == name) {
            self.open.push((name.to_owned(), place));
            return true;
        }
        !finding.open_ended && self.known.insert(name.to_owned())
    }

    /// The places of those that are another name and the word after it (陶伟翻 beside 陶伟), that the text
    /// knows to the end elsewhere, or that it says are no real ones.
    fn doubtful(&self, text: &str) -> BTreeSet<usize> {
        let shorter = |name: &str| {
            let end = name.char_indices().next_back().map_or(0, |(at, _)| at);
            self.known.contains(&name[..end])
        };
        let invented = |name: &str| text.contains(&format!("{name}（化名"));
        let doubtful = self
            .open
            .iter()
            .filter(|(name, _)| self.known.contains(name) || shorter(name) || invented(name));
        doubtful.map(|&(_, place)| place).collect()
    }
}

/// What is known of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// The lines of a text file.
    Lines(&'a str),
    /// What an office file says.
    Said {
        /// Its text.
        text: &'a str,
        /// Pictures and embedded files in it that nobody has looked into.
        unread: usize,
    },
    /// Nothing but its name.
    Unknown,
}

/// Finds a secrecy mark or personal data in an attachment: in its name, and in its text where it has one. Of what
/// can't be read a note says that nobody has looked into it.
pub fn attachment(file: &str, content: Content) -> Vec<Diagnostic> {
    let note = |code| Diagnostic::new(Group::Privacy, Severity::Note, code, file);
    let (text, unread) = match content {
        Content::Lines(text) => (text, 0),
        Content::Said { text, unread } => (text, unread),
        Content::Unknown => ("", 0),
    };
    let source = Source::body_only(file.into(), file.into(), text.into());
    if let Some(refusal) = secrecy(&source) {
        return vec![refusal];
    }
    let mut all = privacy(&source, Visibility::Internal);
    if matches!(content, Content::Said { .. }) {
        all = by_kind(all);
    }
    if content == Content::Unknown {
        all.push(note("attachment-unchecked"));
    } else if unread > 0 {
        all.push(note("attachment-partly-unchecked").arg("count", unread.to_string()));
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

fn name_findings(file: &str, severity: Severity) -> Vec<Diagnostic> {
    let line = Rc::new(Line::new(file));
    let start = line.character_at(file.rfind('/').map_or(0, |slash| slash + 1));
    let title = name::in_title(&line, title_start(&line, start)).into_iter();
    let all = findings(file)
        .into_iter()
        .chain(title.map(|finding| (finding, line.clone())));
    all.map(|(finding, line)| {
        let masked = mask(&line, &finding.span);
        Diagnostic::new(Group::Privacy, severity, finding.code, file).arg("masked", masked)
    })
    .collect()
}

/// Characters of the surname with which a full name begins.
pub(crate) fn surname_length(name: &str) -> usize {
    match surname::of(&name.chars().collect::<Vec<_>>()) {
        Some(surname::Surname::Likely(length)) => length,
        _ => 1,
    }
}

/// What one line holds, in order. Where two rules find the same characters, the surer one counts.
fn findings(text: &str) -> Vec<(Finding, Rc<Line>)> {
    let cues = cue::find(text);
    let by_form = line::may_hold_data(text);
    let title = heading(text);
    if !by_form && cues.is_empty() && title.is_none() {
        return Vec::new();
    }
    let line = Rc::new(Line::new(text));
    let mut all = Vec::new();
    if by_form {
        all.extend(numbers::find(&line));
        all.extend(landline::find(&line));
        all.extend(words::find(&line));
    }
    for cue in cues {
        let at = line.character_at(cue.bytes.end);
        match cue.of {
            cue::Of::Name { strong } => all.extend(name::after(&line, at, strong)),
            cue::Of::Aside => all.extend(name::before(&line, line.character_at(cue.bytes.start))),
            cue::Of::Address => all.extend(address::after(&line, at)),
            cue::Of::School => all.extend(school::around(&line, line.character_at(cue.bytes.start)..at)),
        }
    }
    if let Some(start) = title {
        all.extend(name::in_title(&line, title_start(&line, start)));
    }
    let mut found: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in all {
        let Range { start, end } = finding.span;
        // Findings don't overlap, so only the last one that begins before the end can be in the way.
        let neighbour = found.range(..end).next_back();
        if neighbour.is_none_or(|(_, other)| other.span.end <= start) {
            found.insert(start, finding);
        }
    }
    found.into_values().map(|finding| (finding, line.clone())).collect()
}

/// Where the title of a case begins in a heading or in the title of a front matter.
fn heading(text: &str) -> Option<usize> {
    if !text.contains('案') {
        return None;
    }
    let heading = text
        .starts_with('#')
        .then(|| text.len() - text.trim_start_matches(['#', ' ', '*']).len());
    let title = ["title:", "标题:", "标题："]
        .iter()
        .find(|key| text.starts_with(**key))
        .map(|key| key.len());
    let start = heading.or(title)?;
    Some(text[..start].chars().count())
}

/// The first letter from a place on, past numbers, dates and quotes: 2024-03-05-张伟盗窃案.
fn title_start(line: &Line, start: usize) -> usize {
    let rest = line.characters.get(start..).unwrap_or_default();
    let before = rest
        .iter()
        .take_while(|character| character.is_ascii() || "“《、年月日第".contains(**character));
    start + before.count()
}

/// The first three characters (of a short name the first) and stars: enough to find the place, not
/// enough to pass on.
fn mask(line: &Line, span: &Range<usize>) -> String {
    let shown = if span.len() > 4 { 3 } else { 1 };
    let all = line.characters[span.clone()].iter();
    all.enumerate()
        .map(|(at, &character)| if at < shown { character } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests;
