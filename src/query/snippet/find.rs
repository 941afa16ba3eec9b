//! Where a passage holds what was looked for.

use super::super::answer::Tier;
use super::super::plan::{Mark, Plan, Target};
use super::cut::WIDTH;
use super::{Document, number};
use crate::index::analyzer::{articles, is_word};
use crate::markdown::{article_spans, citation_spans, law_name};
use crate::text::normalize_mapped;

/// What is looked for in passages.
#[derive(Debug, Default)]
pub(super) struct Needles {
    texts: Vec<Text>,
    /// Articles that count under any law.
    articles: Vec<(usize, String)>,
    /// Terms of `laws` by which articles count that were asked for with their law: those that the document has.
    citations: Vec<(usize, String)>,
    /// Articles of the law itself that the document is: they count where they open.
    own: Vec<(usize, String)>,
    numbers: Vec<(usize, String)>,
}

/// A text that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    word: usize,
    text: String,
    /// Whether its beginning and its end must be those of a unit.
    whole: (bool, bool),
}

/// What the citation of an asked article weighs: more than all words of a query together.
const CITED: usize = 1000;

/// An occurrence in a raw text, by UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    pub(super) from: usize,
    pub(super) to: usize,
    word: usize,
    weight: usize,
}

/// A stretch of a raw text, by UTF-16 units, and the sum of the weights of the different words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) weight: usize,
}

impl Needles {
    /// What is looked for in turn, until something is found: articles where their law is cited, what was typed, its
    /// tokens. A related document may hold no word whole: there each token counts from the start.
    pub(super) fn in_turn(plan: &Plan, tier: Tier, document: &Document<'_>) -> Vec<Self> {
        let mut typed = Self::typed(&plan.marks);
        let tokens = Self::tokens(plan);
        if tier == Tier::Related {
            for text in &tokens.texts {
                if typed.texts.iter().all(|known| known.text != text.text) {
                    typed.texts.push(text.clone());
                }
            }
        }
        let cited = Self::cited(&plan.marks, &typed, document);
        cited.into_iter().chain([typed, tokens]).collect()
    }

    fn typed(marks: &[Mark]) -> Self {
        let mut needles = Self::default();
        for Mark { word, target } in marks {
            let word = *word;
            match target {
                Target::Text { text, whole, .. } if needles.texts.iter().all(|known| known.text != *text) => {
                    let (text, whole) = (text.clone(), *whole);
                    needles.texts.push(Text { word, text, whole });
                }
                Target::Article(token) if word_of(&needles.articles, token).is_none() => {
                    needles.articles.push((word, token.clone()));
                }
                Target::Number(number) => needles.numbers.push((word, number.clone())),
                _ => {}
            }
        }
        needles
    }

    /// Where articles were asked for with their laws: these count where that law is cited alone, in a document of which
    /// the index says that it cites it, and in a document that is that law where they open.
    fn cited(marks: &[Mark], typed: &Self, document: &Document<'_>) -> Option<Self> {
        let asked: Vec<(usize, &str)> = marks
            .iter()
            .filter_map(|mark| match &mark.target {
                Target::Citation(law) => Some((mark.word, law.as_str())),
                _ => None,
            })
            .collect();
        let title = law_name(document.title);
        let of_title = |&(word, term): &(usize, &str)| {
            let (law, article) = term.split_once('#')?;
            (law == title).then(|| (word, format!("#{article}")))
        };
        let own: Vec<_> = asked.iter().filter_map(of_title).collect();
        let held = asked.iter().filter(|(_, term)| document.laws.contains(term));
        let citations: Vec<_> = held.map(|&(word, term)| (word, term.to_owned())).collect();
        let is_free = |(_, token): &&(usize, String)| !asked.iter().any(|(_, term)| term.ends_with(token.as_str()));
        (!own.is_empty() || !citations.is_empty()).then(|| Self {
            texts: typed.texts.clone(),
            articles: typed.articles.iter().filter(is_free).cloned().collect(),
            citations,
            own,
            numbers: typed.numbers.clone(),
        })
    }

    fn tokens(plan: &Plan) -> Self {
        let first = plan.marks.iter().map(|mark| mark.word + 1).max().unwrap_or(0);
        let text = |(at, token): (usize, &str)| Text {
            word: first + at,
            text: token.to_owned(),
            whole: (true, true),
        };
        // A term of an article, such as #264条, isn't text; the article is looked for by itself.
        let texts = plan.related.texts().into_iter().filter(|text| !text.starts_with('#'));
        Self {
            texts: texts.enumerate().map(text).collect(),
            ..Self::default()
        }
    }

    /// The least weight of a passage that answers.
    pub(super) fn least(&self) -> usize {
        if self.citations.is_empty() && self.own.is_empty() {
            1
        } else {
            CITED
        }
    }

    /// All occurrences in a raw text, by their place.
    pub(super) fn find(&self, raw: &str) -> Vec<Range> {
        let mapped = normalize_mapped(raw);
        let normal = mapped.text.as_str();
        let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
        for needle in &self.texts {
            let spans = occurrences(normal, &needle.text).filter(|span| fits(normal, span.0, span.1, needle.whole));
            found.extend(spans.map(|(start, end)| (start, end, needle.word, 1)));
        }
        self.find_articles(normal, &mut found);
        for (word, number) in &self.numbers {
            let spans = number::spans(normal, number).into_iter();
            found.extend(spans.map(|(start, end)| (start, ending(normal, end, '号'), *word, 1)));
        }
        let mut ranges = in_raw(raw, &mapped, &found);
        ranges.sort_unstable();
        ranges
    }

    fn find_articles(&self, normal: &str, found: &mut Vec<(usize, usize, usize, usize)>) {
        if !self.articles.is_empty() {
            let own = articles(normal).into_iter();
            let own = own.map(|span| (span.token(), span.start..span.end));
            let named = article_spans(normal).into_iter();
            for (token, span) in own.chain(named.map(|(article, span)| (format!("#{article}"), span))) {
                let word = word_of(&self.articles, &token);
                found.extend(word.map(|word| (span.start, ending(normal, span.end, '条'), word, 1)));
            }
        }
        if !self.own.is_empty()
            && let Some(span) = articles(normal).first()
            && normal[..span.start].trim().is_empty()
        {
            let word = word_of(&self.own, &span.token());
            found.extend(word.map(|word| (span.start, span.end, word, CITED)));
        }
        if !self.citations.is_empty() {
            for (citation, span) in citation_spans(normal) {
                let term = format!("{}#{}", citation.law, citation.article);
                let word = word_of(&self.citations, &term);
                found.extend(word.map(|word| (span.start, ending(normal, span.end, '条'), word, CITED)));
            }
        }
    }
}

/// Where a text stands in another one, its blanks as any number of them. Occurrences may overlap: 人人 stands twice in 人人人.
fn occurrences<'a>(normal: &'a str, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let first = text.split(' ').next().unwrap_or_default();
    let step = text.chars().next().map_or(1, char::len_utf8);
    let mut at = 0;
    let starts = std::iter::from_fn(move || {
        let start = at + normal.get(at..)?.find(first)?;
        at = start + step;
        Some(start)
    });
    starts.filter_map(move |start| Some((start, start + length_of(&normal[start..], text)?)))
}

/// How much of the beginning of `rest` a text is.
fn length_of(rest: &str, text: &str) -> Option<usize> {
    let mut behind = rest;
    for (at, part) in text.split(' ').enumerate() {
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        if at > 0 && blanks == 0 {
            return None;
        }
        behind = behind[if at > 0 { blanks } else { 0 }..].strip_prefix(part)?;
    }
    Some(rest.len() - behind.len())
}

/// The end of a place: what a range leaves out ends before its last 条 or 号, which is marked with it.
fn ending(normal: &str, end: usize, unit: char) -> usize {
    let rest = &normal[end..];
    normal.len() - rest.strip_prefix(unit).unwrap_or(rest).len()
}

/// Ranges of a raw text from byte ranges of its normal form.
fn in_raw(raw: &str, mapped: &crate::text::normalize::Mapped, found: &[(usize, usize, usize, usize)]) -> Vec<Range> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut borders: Vec<usize> = mapped.text.char_indices().map(|(at, _)| at).collect();
    borders.push(mapped.text.len());
    // Offsets of the normal form are on character borders: the search always succeeds.
    let character = |at: usize| borders.binary_search(&at).unwrap_or_else(|near| near);
    let mut lengths = vec![0; raw.len() + 1];
    let mut length = 0;
    for (at, c) in raw.char_indices() {
        lengths[at] = length;
        length += c.len_utf16();
    }
    lengths[raw.len()] = length;
    let range = |&(start, end, word, weight): &(usize, usize, usize, usize)| {
        let own = mapped.raw_range(character(start), character(end));
        Range {
            from: lengths[own.start],
            to: lengths[own.end],
            word,
            weight,
        }
    };
    found.iter().map(range).collect()
}

fn word_of(known: &[(usize, String)], text: &str) -> Option<usize> {
    known.iter().find(|(_, known)| known == text).map(|&(word, _)| word)
}

/// Whether no letter-or-digit unit runs over an end that must be the end of one.
fn fits(normal: &str, start: usize, end: usize, whole: (bool, bool)) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(is_word);
    let runs_over = |at: usize| is_word(normal[..at].chars().next_back()) && is_word(normal[at..].chars().next());
    !(whole.0 && runs_over(start) || whole.1 && runs_over(end))
}

/// The first window of the greatest weight of different words.
pub(super) fn best_window(ranges: &[Range]) -> Option<Window> {
    let mut best: Option<Window> = None;
    let mut weights: Vec<(usize, usize)> = Vec::new();
    for (i, first) in ranges.iter().enumerate() {
        weights.clear();
        let mut to = first.to;
        let near = |(at, range): &(usize, &Range)| *at == 0 || range.to - first.from <= WIDTH;
        for (_, range) in ranges[i..].iter().enumerate().take_while(near) {
            to = to.max(range.to);
            match weights.iter_mut().find(|(word, _)| *word == range.word) {
                Some((_, weight)) => *weight = (*weight).max(range.weight),
                None => weights.push((range.word, range.weight)),
            }
        }
        let weight = weights.iter().map(|(_, weight)| weight).sum();
        if best.is_none_or(|best| weight > best.weight) {
            best = Some(Window {
                from: first.from,
                to,
                weight,
            });
        }
    }
    best
}
