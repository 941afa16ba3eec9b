//! Which documents a plan's words match: tantivy queries without scores.

use super::listed::Listed;
use super::open;
use super::plan::{Match, Piece, Place, Way};
use crate::index::Opened;
use crate::index::analyzer::{PartName, is_joint, part};
use crate::index::schema::Within;
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

/// A term by its name in the index, matched without a score.
pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ))
}

/// The documents that a word matches.
pub(super) fn word(word: &Match, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let ways = word.ways.iter().map(|way| self::way(way, opened));
    Ok(any(ways.collect::<tantivy::Result<_>>()?))
}

fn way(way: &Way, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let fields = &opened.fields;
    Ok(match way {
        Way::Pieces(pieces) => {
            let texts = fields.strict();
            let within = Within {
                texts: &texts,
                chars: fields.chars,
                parts: fields.parts,
            };
            let found = pieces.iter().map(|piece| self::piece(piece, &within, opened));
            all(found.collect::<tantivy::Result<_>>()?)
        }
        Way::Articles(tokens) => {
            let within = || fields.strict().into_iter().chain([fields.articles]);
            let anywhere = |token: &String| any(within().map(|field| term(field, token)).collect());
            all(tokens.iter().map(anywhere).collect())
        }
        Way::Law(law) => term(fields.laws, law),
        Way::Laws(laws) => all(laws.iter().map(|law| term(fields.laws, law)).collect()),
        Way::Number(number) => term(fields.number, number),
    })
}

/// The documents in which a piece occurs in one of these fields.
pub(super) fn piece(piece: &Piece, within: &Within, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    match piece {
        Piece::Character(character) => Ok(term(within.chars, character)),
        Piece::Part(text) => match part(text) {
            PartName::Whole(name) => Ok(term(within.parts, &name)),
            PartName::Begins(name) => Ok(Box::new(Listed::new(open::beginning_with(
                &name,
                within.parts,
                opened,
            )?))),
        },
        Piece::Phrase(places) => {
            let found = within.texts.iter().map(|&field| phrase(places, field, opened));
            Ok(any(found.collect::<tantivy::Result<_>>()?))
        }
    }
}

fn phrase(places: &[(u32, Place)], field: Field, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let token = |place: &(u32, Place)| match place {
        (at, Place::Token(name)) if !is_joint(name) => Some((*at as usize, Term::from_field_text(field, name))),
        _ => None,
    };
    let terms: Option<Vec<_>> = places.iter().map(token).collect();
    Ok(match terms {
        Some(mut terms) if terms.len() == 1 => {
            let (_, term) = terms.swap_remove(0);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        }
        Some(terms) => Box::new(PhraseQuery::new_with_offset(terms)),
        None => Box::new(Listed::new(open::documents(places, field, opened)?)),
    })
}
