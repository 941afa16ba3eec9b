//! One word, read: its pieces, its article spans, the number or the citation that it is.

use super::limit::Limit;
use super::tokens::{TokenSet, add, of_sequence};
use super::{Mark, Piece, RelatedToken, Target, Way};
use crate::index::analyzer::{Article, Unit, UnitKind, articles, is_cjk, units};
use crate::text::{normalize, number};

/// A word as it is looked for.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Normal form without white space at its ends.
    pub(super) normal: String,
    pieces: Vec<Sequence>,
    articles: Vec<Article>,
    number: Option<String>,
}

/// A piece of the word.
#[derive(Debug, Clone)]
struct Sequence {
    units: Vec<Unit>,
    /// Whether the piece before it in the word was kept to its end, so that a phrase may run on.
    follows: bool,
}

impl Reading {
    /// Reads a raw word.
    pub(super) fn of(text: &str) -> Self {
        let normal = normalize(text).trim().to_owned();
        let mut pieces: Vec<Sequence> = Vec::new();
        for unit in units(&normal) {
            match pieces.last_mut() {
                Some(piece) if !unit.first => piece.units.push(unit),
                last => {
                    let follows = last.is_some();
                    pieces.push(Sequence {
                        units: vec![unit],
                        follows,
                    });
                }
            }
        }
        let articles = articles(&normal);
        let number = number::canonical(&normal);
        Self {
            normal,
            pieces,
            articles,
            number,
        }
    }

    /// Whether nothing is left to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Keeps what the limit allows.
    pub(super) fn restrict(&mut self, limit: &mut Limit) {
        let mut whole_before = false;
        let mut kept = Vec::with_capacity(self.pieces.len());
        for mut piece in std::mem::take(&mut self.pieces) {
            let count = limit.admit(&self.normal, &piece.units);
            piece.follows &= whole_before;
            whole_before = count == piece.units.len();
            if count > 0 {
                piece.units.truncate(count);
                kept.push(piece);
            }
        }
        self.pieces = kept;
        let touched = |article: &Article| {
            let touches = |unit: &Unit| touches(unit, article);
            self.pieces.iter().any(|piece| piece.units.iter().any(touches))
        };
        self.articles.retain(touched);
        if self.pieces.is_empty() {
            self.number = None;
        }
    }

    /// Whether it has an article or number token.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some() || !self.articles.is_empty()
    }

    /// The ways in which it matches.
    pub(super) fn ways(&self, quoted: bool) -> Vec<Way> {
        if quoted {
            return vec![Way::Pieces(self.quoted_pieces())];
        }
        let mut ways = vec![Way::Pieces(self.pieces.iter().map(|piece| self.piece(piece)).collect())];
        if let [article] = self.articles.as_slice()
            && article.end == self.normal.len()
        {
            match article.start {
                0 => ways.push(Way::Article(article.token())),
                _ => ways.extend(self.law().map(Way::Law)),
            }
        }
        ways.extend(self.number.clone().map(Way::Number));
        ways
    }

    /// The term of `laws`, where it is a law's name followed by one article.
    fn law(&self) -> Option<String> {
        match self.articles.as_slice() {
            [article] if article.start > 0 && article.end == self.normal.len() => {
                law_term(&self.normal[..article.start], article)
            }
            _ => None,
        }
    }

    fn piece(&self, piece: &Sequence) -> Piece {
        match piece.units.as_slice() {
            [unit] if unit.kind == UnitKind::Character => {
                Piece::Character(self.normal[unit.start..unit.end].to_owned())
            }
            units => Piece::Phrase(self.phrase(units, 0)),
        }
    }

    /// The tokens of a sequence with their offsets, from `first`.
    fn phrase(&self, units: &[Unit], first: u32) -> Vec<(u32, String)> {
        (first..)
            .zip(of_sequence(&self.normal, units).into_iter().map(|token| token.text))
            .collect()
    }

    /// Pieces in quotes: neighbours of two or more units are one phrase.
    fn quoted_pieces(&self) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::new();
        let mut runs_on = false;
        for piece in &self.pieces {
            let long = piece.units.len() > 1;
            match out.last_mut() {
                Some(Piece::Phrase(phrase)) if long && runs_on && piece.follows => {
                    // A sequence ends with a gap of one.
                    let next = phrase.last().map_or(0, |(offset, _)| offset + 2);
                    phrase.extend(self.phrase(&piece.units, next));
                }
                _ => out.push(self.piece(piece)),
            }
            runs_on = long;
        }
        out
    }

    /// The tokens of its pieces, distinct, in order.
    pub(super) fn related(&self) -> Vec<RelatedToken> {
        let mut out = Vec::new();
        for piece in &self.pieces {
            let character = matches!(piece.units.as_slice(), [unit] if unit.kind == UnitKind::Character);
            for token in of_sequence(&self.normal, &piece.units) {
                add(
                    &mut out,
                    RelatedToken {
                        text: token.text,
                        character,
                    },
                );
            }
        }
        out
    }

    /// Adds what it scores: article and number tokens stand in place of the units that they touch.
    pub(super) fn score(&self, set: &mut TokenSet) {
        if let Some(number) = &self.number {
            add(&mut set.numbers, number.clone());
            return;
        }
        for article in &self.articles {
            add(&mut set.articles, article.token());
        }
        for piece in &self.pieces {
            let touched = |unit: &Unit| self.articles.iter().any(|article| touches(unit, article));
            for run in piece.units.split(touched).filter(|run| !run.is_empty()) {
                match run {
                    [unit] if unit.kind == UnitKind::Character => {
                        if piece.units.len() == 1 {
                            add(&mut set.characters, self.normal[unit.start..unit.end].to_owned());
                        }
                    }
                    run => set.add_sequence(&self.normal, run),
                }
            }
        }
    }

    /// What a snippet marks of it, numbered from `first`.
    pub(super) fn marks(&self, first: usize) -> impl Iterator<Item = Mark> {
        let text = |piece: &Sequence| match piece.units.as_slice() {
            [start, .., end] => self.normal[start.start..end.end].to_owned(),
            units => units.iter().map(|unit| &self.normal[unit.start..unit.end]).collect(),
        };
        let texts = self.pieces.iter().map(|piece| Target::Text(text(piece)));
        let others = self.articles.iter().map(|article| Target::Article(article.token()));
        let others = others.chain(self.law().map(Target::Citation));
        let others = others.chain(self.number.iter().map(|number| Target::Number(number.clone())));
        let marks: Vec<Mark> = texts
            .enumerate()
            .map(|(at, target)| Mark {
                word: first + at,
                target,
            })
            .chain(others.map(|target| Mark { word: first, target }))
            .collect();
        marks.into_iter()
    }
}

fn touches(unit: &Unit, article: &Article) -> bool {
    unit.start < article.end && unit.end > article.start
}

/// The pieces of a filter's value, without alternatives; `None` where nothing is to be looked for.
pub(in crate::query) fn pieces(value: &str) -> Option<Way> {
    let reading = Reading::of(value);
    (!reading.is_empty()).then(|| Way::Pieces(reading.pieces.iter().map(|piece| reading.piece(piece)).collect()))
}

/// The term of `laws` that a value is wholly.
pub(in crate::query) fn law(value: &str) -> Option<String> {
    let laws = Reading::of(value).ways(false).into_iter();
    laws.filter_map(|way| if let Way::Law(law) = way { Some(law) } else { None })
        .next()
}

/// The term of `laws` for a law's name and an article: `刑法#264条`.
fn law_term(name: &str, article: &Article) -> Option<String> {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '《' | '》') && !c.is_whitespace())
        .collect();
    let name = name.strip_prefix("中华人民共和国").unwrap_or(&name);
    let letters = name
        .chars()
        .all(|c| c.is_alphanumeric() || is_cjk(c) || matches!(c, '(' | ')'));
    (article.unit() == '条' && letters && !name.is_empty()).then(|| format!("{name}{}", article.token()))
}
