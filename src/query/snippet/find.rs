//! Where a passage holds what was looked for.

use super::super::answer::Tier;
use super::super::plan::{Mark, Plan, RelatedPlace, RelatedPlan, Target};
use super::cut::LENGTH;
use crate::index::analyzer::{articles, is_word};
use crate::markdown::citation_spans;
use crate::text::number;

/// What is looked for in passages.
#[derive(Debug)]
pub(super) struct Needles {
    texts: Vec<Text>,
    articles: Vec<(usize, String)>,
    citations: Vec<(usize, String)>,
    numbers: Vec<(usize, String)>,
    words: usize,
    /// Whether an article that was asked for with its law counts only where that law is cited.
    exact: bool,
}

/// A text that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    word: usize,
    text: String,
    /// Whether its beginning and its end must be those of a unit.
    whole: (bool, bool),
}

/// An occurrence in a normal form, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: usize,
}

/// A stretch of a normal form, by bytes, and the sum of the weights of the different words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) weight: usize,
}

impl Needles {
    /// Takes a query's marks. A related document may hold no word whole: there each token that it was found by counts too.
    pub(super) fn new(plan: &Plan, tier: Tier) -> Self {
        let words = plan.marks.iter().map(|mark| mark.word + 1).max().unwrap_or(0);
        let mut needles = Self {
            texts: Vec::new(),
            articles: Vec::new(),
            citations: Vec::new(),
            exact: true,
            numbers: Vec::new(),
            words,
        };
        for Mark { word, target } in &plan.marks {
            match target {
                Target::Text { text, whole } => needles.texts.push(Text {
                    word: *word,
                    text: text.clone(),
                    whole: *whole,
                }),
                Target::Article(token) => needles.articles.push((*word, token.clone())),
                Target::Citation(law) => needles.citations.push((*word, law.clone())),
                Target::Number(number) => needles.numbers.push((*word, number.clone())),
            }
        }
        if tier == Tier::Related {
            needles.add_tokens(&plan.related);
        }
        needles
    }

    fn add_tokens(&mut self, related: &RelatedPlan) {
        for token in related.tokens().filter(|token| token.place == RelatedPlace::Text) {
            if !token.text.starts_with('#') && !self.texts.iter().any(|known| known.text == token.text) {
                self.texts.push(Text {
                    word: self.words,
                    text: token.text.clone(),
                    whole: (true, true),
                });
                self.words += 1;
            }
        }
    }

    /// What each word weighs: 1, but one that asks for an article of a law more than all others together.
    pub(super) fn weights(&self) -> Vec<usize> {
        let heavy = self.cited_weight().filter(|_| self.exact).unwrap_or(1);
        (0..self.words)
            .map(|word| if self.asks_law(word) { heavy } else { 1 })
            .collect()
    }

    /// The least weight of a window with an article that was asked for with its law; none where none was.
    pub(super) fn cited_weight(&self) -> Option<usize> {
        (!self.citations.is_empty()).then_some(self.words + 1)
    }

    /// From now on an article counts under any law.
    pub(super) fn loosen(&mut self) {
        self.exact = false;
    }

    fn asks_law(&self, word: usize) -> bool {
        self.citations.iter().any(|(known, _)| *known == word)
    }

    /// All occurrences in a normal form, by their start.
    pub(super) fn find(&self, normal: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for needle in &self.texts {
            let places = normal
                .match_indices(needle.text.as_str())
                .map(|(at, text)| (at, at + text.len()));
            let places = places.filter(|&(start, end)| fits(normal, start, end, needle.whole));
            found.extend(places.map(|(start, end)| Found {
                start,
                end,
                word: needle.word,
            }));
        }
        if !self.articles.is_empty() {
            for span in articles(normal) {
                let word = word_of(&self.articles, &span.token());
                let word = word.filter(|&word| !(self.exact && self.asks_law(word)));
                found.extend(word.map(|word| Found {
                    start: span.start,
                    end: span.end,
                    word,
                }));
            }
        }
        if self.exact && !self.citations.is_empty() {
            for (citation, span) in citation_spans(normal) {
                let term = format!("{}#{}", citation.law, citation.article);
                found.extend(word_of(&self.citations, &term).map(|word| Found {
                    start: span.start,
                    end: span.end,
                    word,
                }));
            }
        }
        if !self.numbers.is_empty() {
            for span in number::find(normal) {
                let word = word_of(&self.numbers, &span.canonical);
                found.extend(word.map(|word| Found {
                    start: span.start,
                    end: span.end,
                    word,
                }));
            }
        }
        found.sort_unstable();
        found
    }
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

/// The first window of the greatest weight of different words, then of the most occurrences.
pub(super) fn best_window(found: &[Found], weights: &[usize]) -> Option<Window> {
    let mut counts = vec![0usize; weights.len()];
    let (mut weight, mut first) = (0, 0);
    let mut best: Option<(usize, usize, Window)> = None;
    for (last, hit) in found.iter().enumerate() {
        weight += if counts[hit.word] == 0 { weights[hit.word] } else { 0 };
        counts[hit.word] += 1;
        while first < last && hit.end.saturating_sub(found[first].start) > LENGTH {
            let gone = found[first].word;
            counts[gone] -= 1;
            weight -= if counts[gone] == 0 { weights[gone] } else { 0 };
            first += 1;
        }
        let occurrences = last - first + 1;
        if best.is_none_or(|(known, count, _)| (weight, occurrences) > (known, count)) {
            let end = found[first..=last].iter().map(|hit| hit.end).max().unwrap_or(hit.end);
            best = Some((
                weight,
                occurrences,
                Window {
                    start: found[first].start,
                    end,
                    weight,
                },
            ));
        }
    }
    best.map(|(_, _, window)| window)
}
