//! Finds personal data in what a person reads of a document: its names, its front matter, its body.
//!
//! `form` gives a passage the normal form in which its characters are compared; `numbers`, `landline` and `papers` find
//! what is made of digits, `words` and `email` what is found by its shape or by a cue; `cue` tells where the words stand after which
//! `listed` looks for full names, as `prior` does before them and `title` in the titles of cases (`name` tells what is one, `foreign` for those of other peoples, `evidence` what speaks for a person, `office` what is none), `address` for homes and `school` for the schools
//! of minors; `again` reads markup where a page shows it as it is written; `judge` puts them together for a passage and for the row of a table; `allow` reads the comments that
//! silence one place.

mod address;
mod again;
mod allow;
mod attached;
mod cue;
mod email;
mod evidence;
mod foreign;
mod form;
mod judge;
mod landline;
mod listed;
mod name;
mod numbers;
mod office;
mod papers;
mod prior;
mod school;
mod surname;
mod title;
mod words;

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, LineIndex, Severity};
use crate::reading::{Passage, Reading, What};
use crate::record::Visibility;
use allow::Comments;
pub use attached::{Content, attachment};
pub(crate) use form::is_unseen;
use judge::Hit;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The argument of a diagnostic about a name of which nothing tells where it ends.
pub(crate) const OPEN_ENDED: &str = "open_ended";

/// Rules for numbers that only a word beside them tells from others.
const BY_CUE: [&str; 4] = [
    "privacy-account",
    "privacy-landline",
    "privacy-passport",
    "privacy-paper",
];
/// Characters of such a number that is known wherever it stands again, at least.
const SHORTEST_NUMBER: usize = 6;

/// Something that was found: its rule and its characters in the form.
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
    of_reading(&Reading::of(source), source, visibility)
}

/// Finds personal data in a document that was read.
pub fn of_reading(reading: &Reading, source: &Source, visibility: Visibility) -> Vec<Diagnostic> {
    let severity = match visibility {
        Visibility::Public => Severity::Error,
        Visibility::Internal => Severity::Warning,
    };
    let mut report = Report {
        source,
        severity,
        comments: Comments::read(reading, &source.text),
        lines: None,
        taken: BTreeMap::new(),
        names: Names::default(),
        places: BTreeMap::new(),
        found: Vec::new(),
    };
    for passage in &reading.passages {
        for hit in judge::passage(passage) {
            report.add(passage, hit);
        }
        for inner in again::read(passage) {
            for hit in judge::passage(&inner) {
                report.add(&inner, hit);
            }
        }
    }
    for (row, hit) in judge::rows(&reading.passages) {
        report.add(&row, hit);
    }
    report.add_repeated(reading);
    report.finish(reading)
}

/// Characters in which a rule sees personal data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    code: &'static str,
    text: String,
}

impl Seen {
    /// The characters in their normal form.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// They, as far as they may be told.
    pub(crate) fn masked(&self) -> String {
        mask(&self.text)
    }

    /// Its rule.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// Whether it is the same as another, or a part of it: where a name ends depends on what stands around it, and the
    /// anchor of a heading has none of its signs.
    pub(crate) fn resembles(&self, other: &Seen) -> bool {
        let bare = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).collect::<String>();
        let (one, two) = (bare(&self.text), bare(&other.text));
        self.code == other.code && (one.contains(&two) || two.contains(&one))
    }
}

/// Everything in which a rule sees personal data, whether its author allowed it or not.
pub(crate) fn seen(reading: &Reading) -> BTreeSet<Seen> {
    let inner = reading.passages.iter().flat_map(again::read);
    let in_passages = reading.passages.iter().flat_map(judge::passage);
    let in_passages = in_passages.chain(inner.flat_map(|passage| judge::passage(&passage)));
    let in_rows = judge::rows(&reading.passages).into_iter().map(|(_, hit)| hit);
    let all = in_passages.chain(in_rows);
    all.map(|hit| Seen {
        code: hit.code,
        text: hit.text,
    })
    .collect()
}

/// The diagnostics of a document.
struct Report<'a> {
    source: &'a Source,
    severity: Severity,
    comments: Comments,
    lines: Option<LineIndex<'a>>,
    /// What was found, by its place: a passage may be read in two ways.
    taken: BTreeMap<usize, usize>,
    names: Names,
    /// What tells a home or a school that was found, wherever it stands again, with its rule.
    places: BTreeMap<String, &'static str>,
    found: Vec<Diagnostic>,
}

impl Report<'_> {
    fn add(&mut self, passage: &Passage, hit: Hit) {
        let span = passage.text.source(&hit.bytes);
        let in_text = passage.what != What::Name;
        if in_text && (self.is_taken(&span) || self.is_allowed(&hit, &span)) {
            return;
        }
        if hit.code == name::CODE && in_text && !self.names.is_new(&hit, self.found.len()) {
            return;
        }
        let mut diagnostic = Diagnostic::new(Group::Privacy, self.severity, hit.code, &self.source.file);
        if hit.open_ended {
            // Whoever masks must not guess where the name ends.
            diagnostic = diagnostic.arg(OPEN_ENDED, "true");
        }
        diagnostic = diagnostic.arg("masked", mask(&hit.text));
        if in_text {
            self.taken.insert(span.start, span.end);
            diagnostic = self.placed(diagnostic, span);
        }
        match hit.code {
            address::CODE => self.known(address::door(&hit.text).to_owned(), hit.code),
            school::CODE => self.known(hit.text, hit.code),
            code if BY_CUE.contains(&code) && hit.text.chars().count() >= SHORTEST_NUMBER => {
                self.known(hit.text, code);
            }
            _ => {}
        }
        self.found.push(diagnostic);
    }

    fn known(&mut self, text: String, code: &'static str) {
        self.places.insert(text, code);
    }

    /// A home, a school or a number that is known identifies the person wherever it is named again, without any cue.
    fn add_repeated(&mut self, reading: &Reading) {
        for (text, code) in std::mem::take(&mut self.places) {
            let shown = reading
                .passages
                .iter()
                .filter(|passage| !matches!(passage.what, What::Name | What::Target));
            for passage in shown {
                let all = occurrences(passage.text.text(), &text);
                for bytes in all.into_iter().filter(|bytes| is_whole(passage.text.text(), bytes)) {
                    let (text, open_ended) = (text.clone(), false);
                    self.add(
                        passage,
                        Hit {
                            code,
                            bytes,
                            text,
                            open_ended,
                        },
                    );
                }
            }
        }
    }

    fn placed(&mut self, diagnostic: Diagnostic, span: Range<usize>) -> Diagnostic {
        let text = &self.source.text;
        diagnostic.place(self.lines.get_or_insert_with(|| LineIndex::new(text)), span)
    }

    /// Whether a comment allows it; in whatever way it is read again, it is the same.
    fn is_allowed(&mut self, hit: &Hit, span: &Range<usize>) -> bool {
        let allowed = self.comments.cover(hit.code, &hit.text, span);
        if allowed {
            self.taken.insert(span.start, span.end);
        }
        allowed
    }

    fn is_taken(&self, span: &Range<usize>) -> bool {
        // What was taken doesn't overlap, so only the last that begins before the end can be in the way.
        let before = self.taken.range(..span.end.max(span.start + 1)).next_back();
        before.is_some_and(|(_, &end)| end > span.start)
    }

    fn finish(mut self, reading: &Reading) -> Vec<Diagnostic> {
        let doubtful = self.names.doubtful(&reading.passages);
        let mut passages = reading.passages.iter();
        let invented = self.found.iter().any(|found| found.code == name::CODE)
            && passages.any(|passage| name::are_all_invented(passage.text.text()));
        let mut found: Vec<Diagnostic> = std::mem::take(&mut self.found)
            .into_iter()
            .enumerate()
            .filter(|(at, found)| !(doubtful.contains(at) || invented && found.code == name::CODE))
            .map(|(_, diagnostic)| diagnostic)
            .collect();
        for span in std::mem::take(&mut self.comments.without_reason) {
            let diagnostic = Diagnostic::new(
                Group::Privacy,
                Severity::Warning,
                "allow-without-reason",
                &self.source.file,
            );
            found.push(self.placed(diagnostic, span));
        }
        for span in &reading.unclosed {
            let diagnostic = Diagnostic::new(Group::Privacy, self.severity, "unclosed-comment", &self.source.file);
            found.push(self.placed(diagnostic, span.clone()));
        }
        found.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
        found
    }
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
    fn is_new(&mut self, hit: &Hit, place: usize) -> bool {
        let name = &hit.text;
        if hit.open_ended && !self.known.contains(name) && !self.open.iter().any(|(known, _)| known == name) {
            self.open.push((name.clone(), place));
            return true;
        }
        !hit.open_ended && self.known.insert(name.clone())
    }

    /// The places of those that are another name and the word after it (陶伟翻 beside 陶伟), that the text
    /// knows to the end elsewhere, or that it says are no real ones.
    fn doubtful(&self, passages: &[Passage]) -> BTreeSet<usize> {
        let shorter = |name: &str| {
            let end = name.char_indices().next_back().map_or(0, |(at, _)| at);
            self.known.contains(&name[..end])
        };
        let invented = |name: &str| {
            let aside = format!("{name}（化名）");
            passages.iter().any(|passage| passage.text.text().contains(&aside))
        };
        let doubtful = self
            .open
            .iter()
            .filter(|(name, _)| self.known.contains(name) || shorter(name) || invented(name));
        doubtful.map(|&(_, place)| place).collect()
    }
}

/// Where a name stands in a text, however it is written.
pub(crate) fn occurrences(text: &str, name: &str) -> Vec<Range<usize>> {
    let (form, name) = (form::Form::new(text), form::Form::new(name).characters);
    let Some(first) = name.first() else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while at < form.characters.len() {
        match (form.characters[at] == *first)
            .then(|| end_of(&form, at, &name))
            .flatten()
        {
            Some(end) => {
                found.push(form.bytes(&(at..end)));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The end of a name that begins at a place, with the blanks of one that is set wide: 张　建国.
fn end_of(form: &form::Form, start: usize, name: &[char]) -> Option<usize> {
    let mut at = start;
    for &character in name {
        if form::is_han(character) && at > start {
            at += form.characters[at..].iter().take_while(|it| **it == ' ').count();
        }
        if form.at(at) != Some(character) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Whether characters begin as full names do and few other words.
pub(crate) fn may_be_name(characters: &[char]) -> bool {
    matches!(surname::of(characters), Some(surname::Surname::Likely(_)))
}

/// Whether no letter or digit of a longer word or number touches a place whose own begins or ends with one.
fn is_whole(text: &str, bytes: &Range<usize>) -> bool {
    let letter = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
    let inside = &text[bytes.clone()];
    let before = letter(inside.chars().next()) && letter(text[..bytes.start].chars().next_back());
    let after = letter(inside.chars().next_back()) && letter(text[bytes.end..].chars().next());
    !before && !after
}

/// Characters of the surname with which a full name begins.
pub(crate) fn surname_length(name: &str) -> usize {
    match surname::of(&form::Form::new(name).characters) {
        Some(surname::Surname::Likely(length)) => length,
        _ => 1,
    }
}

/// The first three characters (of a short name the first) and stars: enough to find the place, not
/// enough to pass on.
fn mask(text: &str) -> String {
    let shown = if text.chars().count() > 4 { 3 } else { 1 };
    let all = text.chars().enumerate();
    all.map(|(at, character)| if at < shown { character } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests;
