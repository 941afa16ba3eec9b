//! The tokens of a text that tell what it is about.

use super::LIKENESS;
use crate::index::Opened;
use crate::index::analyzer::{Unit, UnitKind, units};
use std::collections::BTreeMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Term};

/// A distinct token of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    /// `1 + ln` of the number of its places in the text.
    pub(super) repeated: f64,
    /// `repeated` times idf.
    pub(super) weight: f64,
    /// Whether any other document holds it.
    pub(super) known: bool,
    /// Whether it is one of those that documents are scored by.
    pub(super) chosen: bool,
}

/// A place of a candidate in the text: the token, the number of its first unit in the text, how many units it
/// has and where it stands. Units of different sequences are never neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) token: usize,
    pub(super) unit: usize,
    pub(super) units: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The candidates of a text with their places.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Telling<'a> {
    pub(super) normal: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) places: Vec<Place>,
    /// Weight of what is chosen and of what stands nowhere.
    total: f64,
}

/// The idf of related documents: `ln(1 + (N - n + 0.5) / (n + 0.5))`.
pub(super) fn idf(documents: u64, count: u64) -> f64 {
    let (n, count) = (documents as f64, count as f64);
    (1.0 + (count - n + 0.5) / (n + 0.5)).ln()
}

impl<'a> Telling<'a> {
    /// Chooses tokens of a normal form, at most so many; `own` when the text is that of an indexed document.
    pub(super) fn choose(normal: &'a str, own: bool, most: usize, opened: &Opened) -> tantivy::Result<Self> {
        let (names, places) = candidates(normal);
        let count = opened.statistics.documents;
        let mut tokens = Vec::with_capacity(names.len());
        let mut strangers = Vec::new();
        for (at, (text, places)) in names.into_iter().enumerate() {
            let documents = frequency(&text, opened)?;
            let repeated = 1.0 + (places as f64).ln();
            let weight = repeated * idf(documents, count);
            if documents == 0 {
                strangers.push(weight * LIKENESS.stranger);
            }
            let known = documents > u64::from(own);
            tokens.push((
                at,
                Token {
                    text,
                    repeated,
                    weight,
                    known,
                    chosen: false,
                },
            ));
        }
        let mut best: Vec<(usize, f64)> = tokens
            .iter()
            .filter(|(_, token)| token.known)
            .map(|(at, token)| (*at, token.weight))
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(most);
        let mut tokens: Vec<Token> = tokens.into_iter().map(|(_, token)| token).collect();
        best.iter().for_each(|&(at, _)| tokens[at].chosen = true);
        // In the order of the candidates, as the twin adds them.
        let total = tokens
            .iter()
            .filter(|token| token.chosen)
            .map(|token| token.weight)
            .sum::<f64>()
            + strangers.iter().take(most).sum::<f64>();
        Ok(Self {
            normal,
            tokens,
            places,
            total,
        })
    }

    /// The tokens that documents are scored by.
    pub(super) fn chosen(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| token.chosen)
    }

    /// For each candidate whether a document holds it.
    pub(super) fn held(&self, doc: u32, opened: &Opened) -> tantivy::Result<Vec<bool>> {
        let holds = |token: &Token| {
            if token.known {
                holds(&token.text, doc, opened)
            } else {
                Ok(false)
            }
        };
        self.tokens.iter().map(holds).collect()
    }

    /// A score as a share of what a document wholly about the same would have.
    pub(super) fn nearness(&self, score: f32) -> f64 {
        let whole = LIKENESS.full * self.total;
        if whole > 0.0 {
            (f64::from(score) / whole).min(1.0)
        } else {
            0.0
        }
    }
}

/// Distinct candidates with the number of their places, the most frequent first, then the first; and all
/// places of those that are left, in reading order.
fn candidates(normal: &str) -> (Vec<(String, usize)>, Vec<Place>) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut places = Vec::new();
    let mut take = |text: &str, place: Option<(usize, usize, usize, usize)>| {
        let token = *known.entry(text.to_owned()).or_insert_with(|| {
            names.push((text.to_owned(), 0));
            names.len() - 1
        });
        names[token].1 += 1;
        if let Some((unit, units, start, end)) = place {
            places.push(Place {
                token,
                unit,
                units,
                start,
                end,
            });
        }
    };
    let (mut previous, mut earlier): (Option<Unit>, Option<Unit>) = (None, None);
    let mut number = 0;
    for unit in units(normal) {
        // A gap in the numbering parts sequences.
        number += if unit.first { 2 } else { 1 };
        if unit.first {
            (previous, earlier) = (None, None);
        }
        let text = &normal[unit.start..unit.end];
        if unit.kind == UnitKind::Word && text.chars().any(char::is_alphabetic) {
            take(text, Some((number, 1, unit.start, unit.end)));
        }
        if joins(normal, &unit)
            && let Some(before) = &previous
        {
            if joins(normal, before) {
                let both = &normal[before.start..unit.end];
                take(both, Some((number - 1, 2, before.start, unit.end)));
            }
            if let Some(first) = earlier
                && LIKENESS.particles.contains(&normal[before.start..before.end])
                && joins(normal, &first)
            {
                take(&[&normal[first.start..first.end], text].concat(), None);
            }
        }
        earlier = previous;
        previous = Some(unit);
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(names[at].1), at));
    order.truncate(LIKENESS.candidates);
    let mut renamed = vec![None; names.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(new, &old)| renamed[old] = Some(new));
    let places = places
        .into_iter()
        .filter_map(|place| renamed[place.token].map(|token| Place { token, ..place }))
        .collect();
    (order.into_iter().map(|at| names[at].clone()).collect(), places)
}

/// Whether a unit makes a telling token with its neighbour: a CJK character that is not a function word.
fn joins(normal: &str, unit: &Unit) -> bool {
    unit.kind == UnitKind::Character && !LIKENESS.function_words.contains(&normal[unit.start..unit.end])
}

/// The greatest document frequency of a token in the fields of the strict test.
fn frequency(text: &str, opened: &Opened) -> tantivy::Result<u64> {
    let mut most = 0;
    for field in opened.fields.strict() {
        most = most.max(opened.frequency(&Term::from_field_text(field, text))?);
    }
    Ok(most)
}

fn holds(text: &str, doc: u32, opened: &Opened) -> tantivy::Result<bool> {
    for reader in opened.searcher.segment_readers() {
        for field in opened.fields.strict() {
            let term = Term::from_field_text(field, text);
            let postings = reader
                .inverted_index(field)?
                .read_postings(&term, IndexRecordOption::Basic)?;
            if let Some(mut postings) = postings
                && (postings.doc() == doc || (postings.doc() < doc && postings.seek(doc) == doc))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, usize)> {
        candidates(text).0
    }

    #[test]
    fn function_words_and_bare_numbers_tell_nothing() {
        for (text, expected) in [
            ("未成年人的文身", vec!["未成", "成年", "年人", "文身"]),
            ("2023年度", vec!["年度"]),
            ("dna比对", vec!["dna", "比对"]),
            ("第264条", vec![]),
            ("文身，身份", vec!["文身", "身份"]),
            ("认了罪", vec!["认罪"]),
            ("喝过酒，了罪", vec!["喝过", "过酒", "喝酒"]),
            ("", vec![]),
        ] {
            let found: Vec<String> = names(text).into_iter().map(|(name, _)| name).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_repeated_comes_first() {
        let found = names("地名标志。快递地名");
        assert_eq!(found[0], ("地名".to_owned(), 2));
        assert_eq!(found[1].0, "名标");
    }
}
