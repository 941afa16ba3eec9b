//! At most 64 distinct tokens of a query are used, the first ones.

use crate::index::analyzer::Unit;
use std::collections::BTreeSet;

/// How many distinct tokens of a query are used.
pub(super) const MOST: usize = 64;

/// Counts the distinct tokens of a query.
#[derive(Debug, Default)]
pub(super) struct Limit {
    seen: BTreeSet<String>,
    exceeded: bool,
}

impl Limit {
    /// Whether some token had to be left out.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded
    }

    /// How many of a piece's units are kept: all of them while the limit holds; of the piece that passes it
    /// the longest beginning of two or more units; of later ones all or none.
    pub(super) fn admit(&mut self, normal: &str, units: &[Unit]) -> usize {
        let before = self.exceeded;
        let kept = self.within(normal, units);
        match kept == units.len() {
            true => kept,
            false if before || kept < 2 => 0,
            false => kept,
        }
    }

    /// How many units from the first one have all their tokens among those that are used.
    fn within(&mut self, normal: &str, units: &[Unit]) -> usize {
        let tokens = super::tokens::of_sequence(normal, units);
        for token in tokens {
            if !self.take(&token.text) {
                // The token that doesn't fit ends with the first unit that is lost.
                return token.last;
            }
        }
        units.len()
    }

    fn take(&mut self, token: &str) -> bool {
        if !self.seen.contains(token) {
            if self.seen.len() >= MOST {
                self.exceeded = true;
                return false;
            }
            self.seen.insert(token.to_owned());
        }
        true
    }
}
