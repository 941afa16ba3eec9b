//! Whether a query is about something that an index knows, counted over all documents: `docs/search.md`, section 5.

use super::brute::sequences;
use std::collections::BTreeSet;

/// The tokens of a query that tell by themselves what it is about.
pub(super) struct Telling {
    unit: f64,
    tokens: usize,
    /// For each document what they add, their sum of weight times idf, and their units.
    documents: Vec<(f64, f64, BTreeSet<String>)>,
    /// The same sum and units of all.
    all: (f64, BTreeSet<String>),
}

impl Telling {
    /// None yet, for so many documents; `unit` is the idf of a token that one of them holds.
    pub(super) fn new(count: usize, unit: f64) -> Self {
        Self {
            unit,
            tokens: 0,
            documents: vec![Default::default(); count],
            all: Default::default(),
        }
    }

    /// Adds a token: what it is worth in each document, and its weight times idf.
    pub(super) fn add(&mut self, text: &str, values: &[f64], idf: f64) {
        self.tokens += 1;
        let units: Vec<String> = sequences(text).concat();
        self.all.0 += idf;
        self.all.1.extend(units.iter().cloned());
        let holds = |(_, value): &(_, &f64)| **value > 0.0;
        for ((sum, held, covered), value) in self.documents.iter_mut().zip(values).filter(holds) {
            *sum += value;
            *held += idf;
            covered.extend(units.iter().cloned());
        }
    }

    /// Whether a document of this score shows that the query is about something known.
    pub(super) fn shows(&self, at: usize, score: f64) -> bool {
        let (sum, held, covered) = &self.documents[at];
        let share = if self.all.0 > 0.0 { held / self.all.0 } else { 0.0 };
        let covered = covered.len() as f64 / self.all.1.len() as f64;
        share > 1.0 - 1e-6
            || sum / self.unit + 4.0 * covered > 4.75 - 1e-6
            || self.tokens >= 9 && score / self.unit + 2.0 * share > 3.85 - 1e-6
    }
}
