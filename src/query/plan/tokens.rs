//! The tokens of a query with what their weight depends on.

use crate::index::analyzer::{Unit, UnitKind};

/// Tokens that are scored together, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenSet {
    /// Tokens in the text fields; one text may stand here several times with different neighbours.
    pub tokens: Vec<ScoredToken>,
    /// Article tokens in the text fields.
    pub articles: Vec<String>,
    /// Terms of `number`.
    pub numbers: Vec<String>,
    /// Terms of `chars`.
    pub characters: Vec<String>,
    /// Phrases of neighbouring tokens in the text fields.
    pub phrases: Vec<Vec<String>>,
}

/// A token with what its weight depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredToken {
    /// The token.
    pub text: String,
    /// Whether it joins two units of which one is a letter-or-digit run or a function word.
    pub loose: bool,
    /// The joined tokens on either side of a joined token.
    pub neighbours: Option<(String, String)>,
}

#[derive(Debug)]
pub(super) struct SequenceToken {
    pub(super) text: String,
    pub(super) joined: bool,
    pub(super) loose: bool,
    /// Number of its last unit in the sequence.
    pub(super) last: usize,
}

/// The tokens of a sequence in the analyzer's order.
pub(super) fn of_sequence(normal: &str, units: &[Unit]) -> Vec<SequenceToken> {
    let mut out = Vec::with_capacity(units.len() * 2);
    for (at, unit) in units.iter().enumerate() {
        let alone = units.len() == 1;
        if unit.kind == UnitKind::Word || alone {
            let text = normal[unit.start..unit.end].to_owned();
            out.push(SequenceToken {
                text,
                joined: false,
                loose: false,
                last: at,
            });
        }
        if let Some(next) = units.get(at + 1) {
            let text = normal[unit.start..next.end].to_owned();
            let word = unit.kind == UnitKind::Word || next.kind == UnitKind::Word;
            let loose = word || text.contains(is_function_word);
            out.push(SequenceToken {
                text,
                joined: true,
                loose,
                last: at + 1,
            });
        }
    }
    out
}

fn is_function_word(c: char) -> bool {
    "的了是吗呢吧啊么哪谁何".contains(c)
}

impl TokenSet {
    /// Adds a sequence: its tokens, and its phrase where it has three or more units.
    pub(super) fn add_sequence(&mut self, normal: &str, units: &[Unit]) {
        let tokens = of_sequence(normal, units);
        for (at, token) in tokens.iter().enumerate() {
            let joined = |at: usize| {
                tokens
                    .get(at)
                    .filter(|token| token.joined)
                    .map(|token| token.text.clone())
            };
            let neighbours = if token.joined {
                at.checked_sub(1).and_then(joined).zip(joined(at + 1))
            } else {
                None
            };
            let scored = ScoredToken {
                text: token.text.clone(),
                loose: token.loose,
                neighbours,
            };
            if !self.tokens.contains(&scored) {
                self.tokens.push(scored);
            }
        }
        if units.len() >= 3 {
            add(&mut self.phrases, tokens.into_iter().map(|token| token.text).collect());
        }
    }
}

/// Adds a value that isn't there yet.
pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
