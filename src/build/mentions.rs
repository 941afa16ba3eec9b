//! What the text of a document names besides by links: articles of law, and numbers of cases and documents.

use super::recall::Outlined;
use crate::audience::Cleared;
use crate::markdown::Citation;
use crate::record::{Detail, Kind};
use crate::site;
use crate::text::number;
use std::collections::BTreeMap;

/// What the text of one document names.
pub(super) struct Mentions {
    /// Articles of law that it cites.
    pub cited: Vec<Citation>,
    /// Articles that stand in it, where it is a law.
    pub own: Vec<String>,
    /// Numbers of cases and documents.
    pub numbers: Vec<String>,
    /// Its first sentences.
    pub opening: Option<String>,
}

impl Mentions {
    /// Those of a document, from what was read of its body.
    pub(super) fn of(document: &Cleared, outlined: Outlined) -> Self {
        let is_law = document.record().kind == Kind::Law;
        Self {
            cited: site::laws(document.record(), &outlined.citations),
            own: if is_law { outlined.articles } else { Vec::new() },
            numbers: outlined.numbers,
            opening: outlined.opening,
        }
    }
}

/// The documents by their own numbers, in canonical form.
pub(super) fn numbered(documents: &[Cleared]) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let own = match &document.record().detail {
            Detail::Case(case) => [&case.number, &case.court_number],
            Detail::Recommendation(recommendation) => [&recommendation.number, &None],
            Detail::Report(_) | Detail::Topic(_) | Detail::Law(_) => continue,
        };
        let own = own.into_iter().flatten();
        for number in own.filter_map(|text| number::canonical(text)) {
            all.entry(number).or_insert(index);
        }
    }
    all
}

/// How the numbers of guiding cases begin in canonical form: a reader expects each of them to be found.
const GUIDING: &str = "检例";

/// The numbers that belong to other documents, with these, and of guiding cases those that nothing here has.
pub(super) fn of_others(
    numbers: Vec<String>,
    numbered: &BTreeMap<String, usize>,
    own: usize,
) -> Vec<(String, Option<usize>)> {
    let other = |number: String| match numbered.get(&number) {
        Some(&index) => (index != own).then_some((number, Some(index))),
        None => number.starts_with(GUIDING).then_some((number, None)),
    };
    numbers.into_iter().filter_map(other).collect()
}
