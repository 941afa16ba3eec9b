//! A JSON Schema of the front matter, for editors: made from the tables that the reader uses.

use crate::record::keys::{self, Key};
use crate::record::{
    CaseRank, Effect, Form, Kind, LawStatus, Level, Outcome, Rectified, Role, TopicStatus, Visibility, Vocabulary,
};
use crate::settings::Settings;
use serde_json::{Map, Value, json};

/// The schema: the keys of every kind and, once a document names its kind, no others than those.
/// Every key may be left empty; English and Chinese names and their variants are all there.
pub fn schema(settings: &Settings) -> Value {
    let of_kinds: Vec<Value> = Kind::ALL.iter().map(|&kind| of_kind(kind, settings)).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "检研 jianyan",
        "type": "object",
        "properties": properties(keys::COMMON, settings),
        "allOf": of_kinds,
    })
}

/// What holds when the document is of a kind.
fn of_kind(kind: Kind, settings: &Settings) -> Value {
    let kind_key = keys::COMMON.iter().filter(|key| key.0 == "kind");
    let says_so: Vec<Value> = kind_key
        .flat_map(spellings)
        .map(|name| json!({ "required": [name], "properties": { name: { "enum": kind.spellings() } } }))
        .collect();
    let own = keys::of_kind(kind);
    let names: Vec<&str> = keys::COMMON.iter().chain(own).flat_map(spellings).collect();
    json!({
        "if": { "anyOf": says_so },
        "then": { "properties": properties(own, settings), "propertyNames": { "enum": names } },
    })
}

fn spellings(key: &Key) -> impl Iterator<Item = &'static str> + use<> {
    [key.0, key.1].into_iter().chain(key.2.iter().copied())
}

/// The keys of a table in all their spellings.
fn properties(table: &[Key], settings: &Settings) -> Value {
    let mut all = Map::new();
    for key in table {
        let mut value = value(table, key.0, settings);
        if let Some(value) = value.as_object_mut() {
            value.insert("description".to_owned(), key.1.into());
        }
        all.extend(spellings(key).map(|name| (name.to_owned(), value.clone())));
    }
    Value::Object(all)
}

/// What a key of a table may hold.
fn value(table: &[Key], key: &str, settings: &Settings) -> Value {
    // Of one table by its keys: constants have no address of their own.
    let is = |other: &[Key]| table.iter().map(|key| key.0).eq(other.iter().map(|key| key.0));
    let mapping = |inner: &[Key]| mapping(inner, settings);
    let term = |key: &str| match settings.vocabularies.get(key) {
        Some(values) => closed(values.iter().map(String::as_str)),
        None => text(),
    };
    match key {
        "kind" => of::<Kind>(),
        "visibility" => of::<Visibility>(),
        "level" => of::<Level>(),
        "form" => of::<Form>(),
        "effect" => of::<Effect>(),
        "rank" => of::<CaseRank>(),
        "role" => of::<Role>(),
        "status" if is(keys::LAW) => of::<LawStatus>(),
        "status" => of::<TopicStatus>(),
        "outcome" if is(keys::REPLY) => of::<Outcome>(),
        "outcome" if is(keys::RECTIFICATION) => of::<Rectified>(),
        "genre" | "type" | "delivery" | "category" | "origin" => term(key),
        "lines" => listed(term(key)),
        "authors" => listed(either(text(), mapping(keys::AUTHOR))),
        "honours" => listed(either(text(), mapping(keys::HONOUR))),
        "key_results" => listed(either(text(), mapping(keys::KEY_RESULT))),
        "adoptions" => listed(mapping(keys::ADOPTION)),
        "followups" | "escalations" => listed(either(text(), mapping(keys::STEP))),
        "objection" | "closed" => either(text(), mapping(keys::STEP)),
        "reply" => either(text(), mapping(keys::REPLY)),
        "rectification" => either(of::<Rectified>(), mapping(keys::RECTIFICATION)),
        "benefits" => mapping(keys::BENEFITS),
        "review" => mapping(keys::REVIEW),
        "draft" | "urgent" | "priority" | "enforcement" | "done" => json!({ "type": ["boolean", "string", "null"] }),
        "unit" | "departments" | "causes" | "tags" | "laws" | "related" | "supersedes" | "methods" | "partners"
        | "issuers" | "issuer" | "cc" | "problems" | "suggestions" | "team" | "themes" | "outputs" | "leads_to" => {
            listed(text())
        }
        _ => text(),
    }
}

/// A text, a date or a figure; other readers of YAML tell them apart, ours doesn't.
fn text() -> Value {
    json!({ "type": ["string", "number", "null"] })
}

fn of<V: Vocabulary>() -> Value {
    closed(V::all().iter().flat_map(|value| value.spellings().iter().copied()))
}

fn closed<'a>(values: impl Iterator<Item = &'a str>) -> Value {
    let values: Vec<Value> = values.map(Value::from).chain([Value::Null]).collect();
    json!({ "enum": values })
}

/// A list, or one of its items alone.
fn listed(item: Value) -> Value {
    either(item.clone(), json!({ "type": "array", "items": item }))
}

fn either(one: Value, other: Value) -> Value {
    json!({ "anyOf": [one, other] })
}

fn mapping(table: &[Key], settings: &Settings) -> Value {
    json!({
        "type": ["object", "null"],
        "properties": properties(table, settings),
        "additionalProperties": false,
    })
}
