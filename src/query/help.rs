//! What else to ask, where nothing was found above all: `docs/search.md`, section 10. `src/assets/client/help.js` is the twin.

use super::search::{Options, Searcher};
use super::syntax::{self, Filter};
use super::vocabulary::Vocabulary;
use crate::index::analyzer::{UnitKind, units};
use crate::index::{IndexError, IndexSettings, Opened};
use crate::text::{normalize, sound};
use serde::Serialize;
use std::collections::BTreeSet;
use tantivy::Term;

/// Words of a query that may be dropped, each by itself.
const DROPPED: usize = 6;
/// Longest word, in characters, that is looked for in other spellings.
const LONGEST: usize = 8;
/// Other spellings of a word that are counted.
const TRIED: usize = 24;
/// Other spellings of a word that are offered.
const OFFERED: usize = 3;
/// Parts of the longest query that is helped: a pasted text isn't.
const PARTS: usize = 32;
/// Ideas in all.
const MOST: usize = 8;

/// A query that finds something where another one found nothing, or not what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Idea {
    /// The query.
    pub q: String,
    /// How it came about.
    pub why: Why,
    /// The word that was changed or dropped.
    pub word: String,
    /// What stands in its place.
    pub by: String,
    /// Its number of strict matches.
    pub n: usize,
}

/// How an idea came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// A character of the same sound.
    Sound,
    /// One character more, fewer or other, or two that change places.
    Similar,
    /// A synonym inside of a word.
    Synonym,
    /// Without a word.
    Without,
    /// A half of the only word, or one word by itself.
    Part,
    /// A filter of years in place of a word that counts them from the reference day.
    Year,
}

/// A part of a query between its white space, quotations whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part<'a> {
    text: &'a str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word without quotes, sign or filter.
    Plain,
    /// OR.
    Joiner,
    Other,
}

/// Something that can be asked, and can say what else to ask.
pub(crate) trait Asking {
    /// Why it has no answer.
    type Error;

    /// What the index was built with.
    fn settings(&self) -> &IndexSettings;

    /// The strict matches of a query.
    fn total(&self, query: &str) -> Result<usize, Self::Error>;

    /// Other spellings of a word all of whose tokens stand somewhere: [`respelt`].
    fn spellings(&self, word: &str) -> Result<Vec<(Why, String)>, Self::Error>;

    /// Those that find something, with how much.
    fn counted(&self, ideas: impl Iterator<Item = Idea>) -> Result<Vec<Idea>, Self::Error> {
        let mut out = Vec::new();
        for mut idea in ideas {
            idea.n = self.total(&idea.q)?;
            if idea.n > 0 {
                out.push(idea);
            }
        }
        Ok(out)
    }
}

/// Other queries that find something, the likeliest first.
///
/// # Errors
/// When there is no answer.
pub(crate) fn help<A: Asking>(asked: &A, query: &str) -> Result<Vec<Idea>, A::Error> {
    let parts = parts(query);
    if parts.len() > PARTS {
        return Ok(Vec::new());
    }
    let mut ideas: Vec<Idea> = Vec::new();
    let mut alone: Vec<Idea> = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.kind == Kind::Plain) {
        alone.push(idea(&[*part], 0, Why::Part, part.text));
        if asked.total(part.text)? == 0 {
            let other = asked.spellings(part.text)?;
            alone.extend(other.iter().map(|(why, by)| idea(&[*part], 0, *why, by)));
            let mut found = asked.counted(other.into_iter().map(|(why, by)| idea(&parts, at, why, &by)))?;
            let shorter = |idea: &Idea| idea.by.chars().count() < part.text.chars().count();
            found.sort_by_key(|idea| (shorter(idea), std::cmp::Reverse(idea.n)));
            found.truncate(OFFERED);
            ideas.extend(found);
        }
    }
    let mut plain = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if part.kind == Kind::Plain {
            let others = synonyms(part.text, &asked.settings().synonyms);
            plain.extend(others.iter().map(|by| idea(&parts, at, Why::Synonym, by)));
        }
    }
    if parts.len() > 1 {
        let dropped = free(&parts).take(DROPPED);
        plain.extend(dropped.map(|at| idea(&parts, at, Why::Without, "")));
    } else if let [
        Part {
            text,
            kind: Kind::Plain,
        },
    ] = parts[..]
    {
        let halves = halves(text);
        plain.extend(halves.iter().map(|by| idea(&parts, 0, Why::Part, by)));
    }
    ideas.extend(asked.counted(plain.into_iter())?);
    if ideas.is_empty() && parts.len() > 1 {
        ideas = asked.counted(alone.into_iter())?;
    }
    let mut seen = BTreeSet::new();
    ideas.retain(|idea| seen.insert(idea.q.clone()));
    ideas.truncate(MOST);
    Ok(ideas)
}

/// Queries with a filter in place of a word that counts years from the reference day (去年 盗窃), those that find
/// something. The word itself is looked for as it stands: texts say it, too.
///
/// # Errors
/// When there is no answer.
pub(crate) fn dated<A: Asking>(asked: &A, query: &str) -> Result<Vec<Idea>, A::Error> {
    let (parts, year) = (parts(query), asked.settings().year());
    let has_times = |filter: &Filter| !filter.times.is_empty();
    if parts.len() > PARTS || syntax::parse(query, year).filters.iter().any(has_times) {
        return Ok(Vec::new());
    }
    let filters = free(&parts).filter_map(|at| {
        let read_as = syntax::relative_time(parts[at].text, year).filter(|_| parts[at].kind == Kind::Plain)?;
        Some(idea(&parts, at, Why::Year, &format!("年份:{read_as}")))
    });
    asked.counted(filters)
}

impl Asking for Searcher {
    type Error = IndexError;

    fn settings(&self) -> &IndexSettings {
        &self.opened.settings
    }

    fn total(&self, query: &str) -> Result<usize, IndexError> {
        Ok(self.search(query, &Options { limit: 0, offset: 0 })?.total)
    }

    fn spellings(&self, word: &str) -> Result<Vec<(Why, String)>, IndexError> {
        respelt(word, &self.opened, &|| Ok(Vocabulary::read(&self.opened)?))
    }
}

impl Searcher {
    /// Other queries that find something, the likeliest first.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn help(&self, query: &str) -> Result<Vec<Idea>, IndexError> {
        help(self, query)
    }

    /// Queries with a filter in place of a word that counts years from the reference day.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn dated(&self, query: &str) -> Result<Vec<Idea>, IndexError> {
        dated(self, query)
    }
}

/// Other spellings of a word all of whose tokens stand somewhere.
///
/// # Errors
/// When the index or the vocabulary can't be read.
pub(crate) fn respelt(
    word: &str,
    opened: &Opened,
    vocabulary: &dyn Fn() -> Result<Vocabulary, IndexError>,
) -> Result<Vec<(Why, String)>, IndexError> {
    let normal = normalize(word);
    let letters: Vec<char> = normal.chars().collect();
    if !(2..=LONGEST).contains(&letters.len()) || !is_han(&normal) {
        return Ok(Vec::new());
    }
    let mut out: Vec<(Why, String)> = Vec::new();
    let known = |at: usize| stands(letters[at], letters[at + 1], opened);
    let pairs = (0..letters.len() - 1).map(known).collect::<Result<Vec<bool>, _>>()?;
    for at in 0..letters.len() {
        // What another character here can't fix must stand already.
        if pairs
            .iter()
            .enumerate()
            .any(|(pair, known)| !known && pair != at && pair + 1 != at)
        {
            continue;
        }
        for other in sound::alike(letters[at]) {
            let mut spelling = letters.clone();
            spelling[at] = other;
            if stand(&spelling[at.saturating_sub(1)..(at + 2).min(letters.len())], opened)? {
                out.push((Why::Sound, spelling.into_iter().collect()));
            }
        }
    }
    for at in 1..letters.len() {
        let mut spelling = letters.clone();
        spelling.swap(at - 1, at);
        if spelling != letters && stand(&spelling, opened)? {
            out.push((Why::Similar, spelling.into_iter().collect()));
        }
    }
    if letters.len() > 2 {
        for at in 0..letters.len() {
            let mut spelling = letters.clone();
            spelling.remove(at);
            if stand(&spelling, opened)? {
                out.push((Why::Similar, spelling.into_iter().collect()));
            }
        }
        out.extend(
            neighbours(&letters, &vocabulary()?)
                .into_iter()
                .map(|by| (Why::Similar, by)),
        );
    }
    let mut seen = BTreeSet::new();
    out.retain(|(_, by)| seen.insert(by.clone()));
    out.truncate(TRIED);
    Ok(out)
}

/// Whether every pair of neighbours stands somewhere.
fn stand(letters: &[char], opened: &Opened) -> Result<bool, IndexError> {
    for pair in letters.windows(2) {
        if !stands(pair[0], pair[1], opened)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the token of two characters stands in a field of the strict test.
fn stands(first: char, second: char, opened: &Opened) -> Result<bool, IndexError> {
    let token: String = [first, second].iter().collect();
    for field in opened.fields.strict() {
        if opened.frequency(&Term::from_field_text(field, &token))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The query with another word in a part's place, not yet counted.
fn idea(parts: &[Part<'_>], at: usize, why: Why, by: &str) -> Idea {
    let texts = parts
        .iter()
        .enumerate()
        .map(|(other, part)| if other == at { by } else { part.text });
    Idea {
        q: texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        why,
        word: parts[at].text.to_owned(),
        by: by.to_owned(),
        n: 0,
    }
}

/// The parts of a query.
fn parts(query: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let end = part_end(rest);
        let text = &rest[..end];
        let marked = text.starts_with(['-', '－', '"', '“', '「']) || text.contains([':', '：']);
        let kind = match text {
            "OR" | "ＯＲ" | "或" => Kind::Joiner,
            _ if marked => Kind::Other,
            _ => Kind::Plain,
        };
        out.push(Part { text, kind });
        rest = rest[end..].trim_start();
    }
    out
}

/// Where a part ends: behind a quotation that begins it, or at white space.
fn part_end(text: &str) -> usize {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let sign = text
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '－'))
        .map_or(0, char::len_utf8);
    let colon = text[..word].char_indices().find(|(_, c)| matches!(c, ':' | '：'));
    let starts = [Some(sign), colon.map(|(at, c)| at + c.len_utf8())];
    let quoted = starts.into_iter().flatten().find_map(|start| {
        let mut chars = text[start..].chars();
        let open = chars.next()?;
        let close = [('"', '"'), ('“', '”'), ('「', '」')]
            .into_iter()
            .find(|pair| pair.0 == open)?
            .1;
        let inner = chars.as_str().find(close)?;
        Some(start + open.len_utf8() + inner + close.len_utf8())
    });
    quoted.unwrap_or(word)
}

/// Whether a normal form is one sequence of CJK characters.
fn is_han(normal: &str) -> bool {
    let mut covered = 0;
    for unit in units(normal) {
        if unit.kind != UnitKind::Character || unit.start != covered {
            return false;
        }
        covered = unit.end;
    }
    covered == normal.len()
}

/// A word with each member of a synonym group that stands inside of it changed for the others.
fn synonyms(word: &str, groups: &[Vec<String>]) -> Vec<String> {
    let normal = normalize(word);
    let mut out = Vec::new();
    for group in groups {
        for member in group {
            let inner = normalize(member);
            if inner.is_empty() || inner == normal || !normal.contains(&inner) {
                continue;
            }
            let others = group.iter().filter(|other| normalize(other) != inner);
            out.extend(others.map(|other| normal.replacen(&inner, &normalize(other), 1)));
        }
    }
    out
}

/// The parts that no OR is or stands beside.
fn free(parts: &[Part]) -> impl Iterator<Item = usize> {
    let joiner = |at: usize| parts.get(at).is_some_and(|part| part.kind == Kind::Joiner);
    (0..parts.len()).filter(move |&at| !joiner(at) && !at.checked_sub(1).is_some_and(joiner) && !joiner(at + 1))
}

/// The halves of a word of four characters or more.
fn halves(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return Vec::new();
    }
    let (first, second) = letters.split_at(letters.len() / 2);
    vec![first.iter().collect(), second.iter().collect()]
}

/// Stretches of the vocabulary's values that one character more, fewer or other makes the word.
fn neighbours(word: &[char], vocabulary: &Vocabulary) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in vocabulary.values() {
        let letters: Vec<char> = normalize(value).chars().collect();
        for length in [word.len(), word.len() + 1, word.len() - 1] {
            for window in letters.windows(length) {
                let text = || window.iter().collect::<String>();
                if out.len() < TRIED && one_edit(word, window) && is_han(&text()) && !out.contains(&text()) {
                    out.push(text());
                }
            }
        }
    }
    out
}

/// Whether one character more, fewer or other makes one word the other.
fn one_edit(a: &[char], b: &[char]) -> bool {
    let shared = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[shared..], &b[shared..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => !a.is_empty() && a[1..] == b[1..],
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Greater => a[1..] == *b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_stay_whole() {
        for (query, expected) in [
            ("文身 快递", vec!["文身", "快递"]),
            (
                "  \"正当 防卫\" -快递　年份:2022",
                vec!["\"正当 防卫\"", "-快递", "年份:2022"],
            ),
            ("标签:\"a b\" c", vec!["标签:\"a b\"", "c"]),
            ("“正当防卫”的认定", vec!["“正当防卫”", "的认定"]),
            ("\"没有 结尾", vec!["\"没有", "结尾"]),
            ("a OR b", vec!["a", "OR", "b"]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = parts(query).into_iter().map(|part| part.text).collect();
            assert_eq!(found, expected, "{query}");
        }
        assert_eq!(parts("a OR b")[1].kind, Kind::Joiner);
        assert_eq!(parts("unit:甲")[0].kind, Kind::Other);
    }

    #[test]
    fn one_edit_is_one_character() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        for (a, b, near) in [
            ("认罪任罚", "认罪认罚", true),
            ("认罪认罚", "认罪认罚", false),
            ("认罪罚", "认罪认罚", true),
            ("认罪认认罚", "认罪认罚", true),
            ("任罪任罚", "认罪认罚", false),
            ("文身", "身", true),
        ] {
            assert_eq!(one_edit(&letters(a), &letters(b)), near, "{a} {b}");
        }
    }

    #[test]
    fn synonyms_are_changed_inside_of_words() {
        let groups = vec![vec!["文身".to_owned(), "纹身".to_owned()]];
        assert_eq!(synonyms("青少年纹身", &groups), ["青少年文身"]);
        assert!(synonyms("纹身", &groups).is_empty(), "the query does that by itself");
    }
}
