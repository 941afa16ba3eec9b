//! `jianyan search --explain` for people: how the query was read, and what scores are made of.

use crate::message::Catalogue;
use crate::query::PartKind;
use crate::query::explain::{Explanation, Scored, Token, Weighed};
use crate::query::plan::{Match, Piece, Way};
use std::fmt::Write as _;

/// How a query was read and what it scores.
pub(super) fn query(out: &mut String, found: &Explanation, words: &Catalogue) {
    for clause in &found.clauses {
        for (number, word) in clause.iter().enumerate() {
            let key = if number == 0 { "explain.word" } else { "explain.or" };
            self::word(out, words.get(key), word, words);
        }
    }
    for word in &found.excluded {
        self::word(out, words.get("explain.excluded"), word, words);
    }
    for filter in &found.filters {
        let key = if filter.excluded {
            "explain.filter-excluded"
        } else {
            "explain.filter"
        };
        // The names of filters are those of the query language: `name:value` can be typed again.
        let name = serde_json::to_value(filter.name).unwrap_or_default();
        let name = name.as_str().unwrap_or_default();
        let _ = writeln!(out, "{}  {name}:{}", words.get(key), filter.value);
    }
    for weighed in &found.tokens {
        token(out, weighed, words);
    }
    if found.numbered {
        let _ = writeln!(out, "{}", words.get("explain.numbered"));
    }
    out.push('\n');
}

fn word(out: &mut String, label: &str, word: &Match, words: &Catalogue) {
    let quote = if word.quoted { "\"" } else { "" };
    let synonyms = if word.synonyms.is_empty() {
        String::new()
    } else {
        words.format("explain.synonyms", &[("list", word.synonyms.join("、"))])
    };
    let ways: Vec<String> = word.ways.iter().map(|way| self::way(way, words)).collect();
    let typed = &word.typed;
    let _ = writeln!(out, "{label}  {quote}{typed}{quote}{synonyms} = {}", ways.join(" | "));
}

/// One way in a line: pieces joined by `+`, the tokens of a phrase by `·`.
fn way(way: &Way, words: &Catalogue) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Character(character) => character.clone(),
        Piece::Part(text) => format!("…{text}…"),
        Piece::Phrase(tokens) => {
            let tokens: Vec<String> = tokens.iter().map(|(_, place)| place.to_string()).collect();
            tokens.join("·")
        }
    };
    match way {
        Way::Pieces(pieces) => pieces.iter().map(piece).collect::<Vec<_>>().join(" + "),
        Way::Articles(tokens) => tokens.join(" + "),
        Way::Law(law) => words.format("explain.law", &[("term", law.clone())]),
        Way::Laws(laws) => words.format("explain.law", &[("term", laws.join(" + "))]),
        Way::Number(number) => words.format("explain.in-number", &[("term", number.clone())]),
    }
}

fn token(out: &mut String, weighed: &Weighed, words: &Catalogue) {
    let _ = write!(out, "{}", named(&weighed.token, words));
    if (weighed.factor - 1.0).abs() > f32::EPSILON {
        let _ = write!(out, " ×{}", weighed.factor);
    }
    if weighed.fields.is_empty() {
        let _ = write!(out, "  {}", words.get("explain.absent"));
    }
    for weight in &weighed.fields {
        let arguments = [
            ("field", field(&weight.field, words)),
            ("boost", weight.boost.to_string()),
            ("weight", weight.weight.to_string()),
            ("documents", weight.documents.to_string()),
        ];
        let key = match weighed.token.kind {
            PartKind::Phrase => "explain.weight-phrase",
            _ => "explain.weight",
        };
        let _ = write!(out, "  {}", words.format(key, &arguments));
    }
    out.push('\n');
}

/// What a hit's score is made of, the greatest first.
pub(super) fn hit(out: &mut String, found: &Scored, words: &Catalogue) {
    let score = format!("{:.4}", found.score);
    let _ = writeln!(out, "     {}", words.format("explain.score", &[("score", score)]));
    for part in &found.contributions {
        let (field, token) = (field(&part.field, words), named(&part.token, words));
        let _ = writeln!(out, "     {:>9.4}  {field}  {token}", part.score);
    }
}

fn field(name: &str, words: &Catalogue) -> String {
    words.get(&format!("explain.field.{name}")).to_owned()
}

fn named(token: &Token, words: &Catalogue) -> String {
    let kind = match token.kind {
        PartKind::Token => "explain.token",
        PartKind::Article => "explain.article",
        PartKind::Phrase => "explain.phrase",
        PartKind::Character => "explain.character",
        PartKind::Number => "explain.number",
        PartKind::Holder => "explain.holder",
    };
    format!("{} {}", words.get(kind), token.text.replace(' ', "·"))
}
