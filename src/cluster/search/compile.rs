//! A plan in the query language of a cluster: what strict documents must hold, what filters ask for, what adds to scores.

use super::super::client::Client;
use super::super::term::{GAP, escape};
use crate::index::analyzer::{PartName, is_joint, part};
use crate::index::schema::JOINTS;
use crate::query::filter::{Condition, Conditions};
use crate::query::plan::{Match, Piece, Place, Plan, Way};
use crate::query::score::{Part, PartKind, Parts};
use crate::query::syntax::Time;
use serde_json::{Value, json};
use tantivy::schema::Schema;

/// The fields in which a word is looked for, as the index has them.
const STRICT: [&str; 5] = ["title", "body", "summary", "keywords", "extra"];

/// The fields in which something is looked for.
struct Within<'a> {
    texts: &'a [&'a str],
    chars: &'a str,
    parts: &'a str,
}

const ANYWHERE: Within<'static> = Within {
    texts: &STRICT,
    chars: "chars",
    parts: "parts",
};
const TITLE: Within<'static> = Within {
    texts: &["title"],
    chars: "title_chars",
    parts: "title_parts",
};

/// All of these match.
pub(super) fn all(queries: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(queries) {
        Ok([only]) => only,
        Err(queries) => json!({ "bool": { "filter": queries } }),
    }
}

/// One of these matches; none does where there are none.
pub(super) fn any(queries: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(queries) {
        Ok([only]) => only,
        Err(queries) if queries.is_empty() => json!({ "match_none": {} }),
        Err(queries) => json!({ "bool": { "should": queries } }),
    }
}

/// The documents that match a plan strictly.
pub(super) fn strict(plan: &Plan, conditions: &Conditions) -> Value {
    let clauses = plan.clauses.iter().map(|words| any(words.iter().map(word).collect()));
    passing(clauses.collect(), plan, conditions)
}

/// The documents that match these and pass a plan's filters and exclusions.
pub(super) fn passing(mut required: Vec<Value>, plan: &Plan, conditions: &Conditions) -> Value {
    let group = |conditions: &Vec<Condition>| any(conditions.iter().map(condition).collect());
    required.extend(conditions.required.iter().map(group));
    let words = plan.excluded.iter().map(word);
    let refused: Vec<Value> = conditions.excluded.iter().map(condition).chain(words).collect();
    if required.is_empty() {
        required.push(json!({ "match_all": {} }));
    }
    json!({ "bool": { "filter": required, "must_not": refused } })
}

/// The documents that a word matches.
fn word(word: &Match) -> Value {
    any(word.ways.iter().map(way).collect())
}

fn way(way: &Way) -> Value {
    let law = |law: &String| json!({ "term": { "laws": law } });
    match way {
        Way::Pieces(pieces) => all(pieces.iter().map(|piece| self::piece(piece, &ANYWHERE)).collect()),
        Way::Articles(tokens) => {
            let anywhere = |token: &String| {
                let texts = STRICT.iter().map(|field| term(field, token));
                any(texts.chain([json!({ "term": { "articles": token } })]).collect())
            };
            all(tokens.iter().map(anywhere).collect())
        }
        Way::Law(one) => law(one),
        Way::Laws(laws) => all(laws.iter().map(law).collect()),
        Way::Number(number) => term("number", number),
    }
}

/// A term of a field of words.
pub(super) fn term(field: &str, name: &str) -> Value {
    json!({ "term": { field: escape(name) } })
}

fn piece(piece: &Piece, within: &Within<'_>) -> Value {
    match piece {
        Piece::Character(character) => term(within.chars, character),
        Piece::Part(text) => match part(text) {
            PartName::Whole(name) => term(within.parts, &name),
            PartName::Begins(name) => json!({ "prefix": { within.parts: escape(&name) } }),
        },
        Piece::Phrase(places) => any(within.texts.iter().map(|field| phrase(places, field)).collect()),
    }
}

/// What stands at its places of a field. Tokens by themselves are a phrase; what may go on, and what stands between two
/// sequences, is looked for as a span, joints in their own field under the name of this one.
fn phrase(places: &[(u32, Place)], field: &str) -> Value {
    let token = |place: &Place| match place {
        Place::Token(name) if !is_joint(name) => Some(escape(name).into_owned()),
        _ => None,
    };
    let tokens: Option<Vec<String>> = places.iter().map(|(_, place)| token(place)).collect();
    match (tokens, places) {
        (Some(tokens), [_]) => json!({ "term": { field: tokens[0] } }),
        (Some(tokens), _) => {
            let mut words = Vec::new();
            let mut next = places.first().map_or(0, |(at, _)| *at);
            for (token, (at, _)) in tokens.into_iter().zip(places) {
                words.extend((next..*at).map(|_| GAP.to_owned()));
                words.push(token);
                next = at + 1;
            }
            json!({ "match_phrase": { field: { "query": words.join(" ") } } })
        }
        (None, [(_, only)]) => {
            let (field, query) = open(only, field);
            match query {
                Open::Token(name) => json!({ "term": { field: name } }),
                Open::Begins(prefix) => json!({ "prefix": { field: prefix } }),
                Open::Like(pattern) => json!({ "wildcard": { field: pattern } }),
            }
        }
        (None, _) => near(places, field),
    }
}

/// A place of a phrase in its own field.
enum Open {
    Token(String),
    Begins(String),
    /// With `*` and `?`.
    Like(String),
}

fn open<'a>(place: &Place, field: &'a str) -> (&'a str, Open) {
    let joints = || {
        let at = STRICT.iter().position(|strict| *strict == field);
        at.map_or(field, |at| JOINTS[at])
    };
    match place {
        Place::Token(name) if is_joint(name) => (joints(), Open::Token(escape(name).into_owned())),
        Place::Token(name) => (field, Open::Token(escape(name).into_owned())),
        Place::Begins(name) if is_joint(name) => (joints(), Open::Begins(escape(name).into_owned())),
        Place::Begins(name) => (field, Open::Begins(escape(name).into_owned())),
        Place::Joint { prefix, behind, open } => {
            let literal = |text: &str| {
                escape(text)
                    .replace('\\', r"\\")
                    .replace('*', r"\*")
                    .replace('?', r"\?")
            };
            let end = if *open { "*" } else { "" };
            let pattern = format!("{}*{}{}{end}", literal(prefix), escape("\u{1}"), literal(behind));
            (joints(), Open::Like(pattern))
        }
    }
}

/// Spans side by side.
fn near(places: &[(u32, Place)], field: &str) -> Value {
    let mut clauses = Vec::new();
    let mut next = places.first().map_or(0, |(at, _)| *at);
    for (at, place) in places {
        if next < *at {
            clauses.push(json!({ "span_gap": { field: at - next } }));
        }
        next = at + 1;
        let (own, query) = open(place, field);
        let span = match query {
            Open::Token(name) => json!({ "span_term": { own: name } }),
            Open::Begins(prefix) => json!({ "span_multi": { "match": { "prefix": { own: { "value": prefix } } } } }),
            Open::Like(pattern) => json!({ "span_multi": { "match": { "wildcard": { own: { "value": pattern } } } } }),
        };
        clauses.push(if own == field {
            span
        } else {
            json!({ "field_masking_span": { "field": field, "query": span } })
        });
    }
    json!({ "span_near": { "clauses": clauses, "slop": 0, "in_order": true } })
}

fn condition(condition: &Condition) -> Value {
    match condition {
        // Numbers are words of a field that is scored.
        Condition::Values("number", values) => any(values.iter().map(|value| term("number", value)).collect()),
        Condition::Values(_, values) if values.is_empty() => json!({ "match_none": {} }),
        Condition::Values(column, values) => json!({ "terms": { *column: values } }),
        Condition::Title(pieces) => all(pieces.iter().map(|part| piece(part, &TITLE)).collect()),
        Condition::Times(times) => any(times.iter().map(lies).collect()),
    }
}

fn lies(time: &Time) -> Value {
    let (field, range) = match time {
        Time::Years(years) => ("year", years),
        Time::Days(days) => ("date", days),
    };
    json!({ "range": { field: { "gte": range.start(), "lte": range.end() } } })
}

/// What makes scores of an engine ours: 1, or `k1 + 1` where it leaves that factor out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale(pub f32);

/// What adds to the scores of documents.
pub(super) fn scores(parts: &Parts, schema: &Schema, scale: Scale) -> Vec<Value> {
    let list = |parts: &[Part], factor: f32| {
        let occurring = parts.iter().filter(|part| part.documents > 0);
        occurring
            .map(|part| scored(part, factor, schema, scale))
            .collect::<Vec<Value>>()
    };
    let mut queries = list(&parts.own, 1.0);
    for members in &parts.groups {
        let member = |(factor, parts): &(f32, Vec<Part>)| match list(parts, *factor) {
            none if none.is_empty() => None,
            some => Some(json!({ "bool": { "should": some } })),
        };
        let members: Vec<Value> = members.iter().filter_map(member).collect();
        if !members.is_empty() {
            queries.push(json!({ "dis_max": { "queries": members, "tie_breaker": 0.0 } }));
        }
    }
    queries
}

/// What a part adds.
pub(super) fn scored(part: &Part, factor: f32, schema: &Schema, scale: Scale) -> Value {
    let field = schema.get_field_name(part.field);
    let boost = part.boost * part.weight * factor;
    let name = |token: &String| escape(&crate::index::analyzer::key(token)).into_owned();
    match (part.kind, part.tokens.as_slice()) {
        (PartKind::Holder, [law]) => {
            json!({ "constant_score": { "filter": { "term": { field: law } }, "boost": boost } })
        }
        (PartKind::Phrase, tokens) if tokens.len() > 1 => {
            let words: Vec<String> = tokens.iter().map(name).collect();
            json!({ "match_phrase": { field: { "query": words.join(" "), "boost": boost * scale.0 } } })
        }
        (_, tokens) => {
            let token = tokens.first().map(name).unwrap_or_default();
            json!({ "term": { field: { "value": token, "boost": boost * scale.0 } } })
        }
    }
}

/// The documents whose field holds a term of ours.
pub(super) fn holding(field: &str, name: &str) -> Value {
    match field {
        "laws" | "articles" | "id" => json!({ "term": { field: name } }),
        _ => term(field, name),
    }
}

impl Scale {
    /// That of an engine by what it says of itself: Lucene 10 and Elasticsearch from 8 on leave the factor out.
    pub(super) fn of(client: &Client) -> Self {
        let major = client.version.split('.').next().and_then(|major| major.parse().ok());
        let least = if client.distribution == "opensearch" { 3 } else { 8 };
        Self(if major.is_some_and(|major: u32| major >= least) {
            2.2
        } else {
            1.0
        })
    }
}
