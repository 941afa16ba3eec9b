//! Which documents a plan's words match: tantivy queries without scores.

use super::plan::{Match, Piece, Way};
use crate::index::schema::Fields;
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// All of these match.
pub(super) fn all(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    combine(Occur::Must, queries)
}

/// One of these matches; none does where there are none.
pub(super) fn any(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    combine(Occur::Should, queries)
}

fn combine(occur: Occur, mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::new(
            queries.into_iter().map(|query| (occur, query)).collect(),
        )),
    }
}

/// A term, matched without a score.
pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ))
}

/// The documents that a word matches.
pub(super) fn word(word: &Match, fields: &Fields) -> Box<dyn Query> {
    any(word.ways.iter().map(|way| self::way(way, fields)).collect())
}

fn way(way: &Way, fields: &Fields) -> Box<dyn Query> {
    match way {
        Way::Pieces(pieces) => all(pieces
            .iter()
            .map(|piece| self::piece(piece, &fields.strict(), fields))
            .collect()),
        Way::Article(token) => any(fields.strict().map(|field| term(field, token)).into()),
        Way::Law(law) => term(fields.laws, law),
        Way::Number(number) => term(fields.number, number),
    }
}

/// The documents in which a piece occurs in one of the given text fields; one CJK character is looked for
/// in all texts.
pub(super) fn piece(piece: &Piece, within: &[Field], fields: &Fields) -> Box<dyn Query> {
    match piece {
        Piece::Character(character) => term(fields.chars, character),
        Piece::Phrase(tokens) => any(within.iter().map(|&field| phrase(tokens, field)).collect()),
    }
}

fn phrase(tokens: &[(u32, String)], field: Field) -> Box<dyn Query> {
    match tokens {
        [(_, token)] => term(field, token),
        tokens => {
            let terms = tokens
                .iter()
                .map(|(at, token)| (*at as usize, Term::from_field_text(field, token)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
    }
}
