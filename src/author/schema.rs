//! A JSON Schema of the front matter, for editors: made from the tables that the reader uses.

use crate::record::Kind;
use crate::record::keys::{self, Key, STEP, Shape};
use crate::settings::Settings;
use serde_json::{Map, Value, json};

/// The schema: the keys of every kind and, once a document names its kind, no others than those.
/// Every key may be left empty; English and Chinese names and their variants are all there.
pub(crate) fn schema(settings: &Settings) -> Value {
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
    let kind_key = keys::COMMON.iter().filter(|key| key.name == "kind");
    let says_so: Vec<Value> = kind_key
        .flat_map(Key::spellings)
        .map(|name| json!({ "required": [name], "properties": { name: { "enum": kind.spellings() } } }))
        .collect();
    let own = keys::of_kind(kind);
    let names: Vec<&str> = keys::COMMON.iter().chain(own).flat_map(Key::spellings).collect();
    json!({
        "if": { "anyOf": says_so },
        "then": { "properties": properties(own, settings), "propertyNames": { "enum": names } },
    })
}

/// The keys of a table in all their spellings.
fn properties(table: &[Key], settings: &Settings) -> Value {
    let mut all = Map::new();
    for key in table {
        let mut value = value(key.name, key.shape, settings);
        if let Some(value) = value.as_object_mut() {
            value.insert("description".to_owned(), key.zh.into());
        }
        all.extend(key.spellings().map(|name| (name.to_owned(), value.clone())));
    }
    Value::Object(all)
}

/// What a key of this shape may hold.
fn value(name: &str, shape: Shape, settings: &Settings) -> Value {
    let term = || match settings.vocabularies.get(name) {
        Some(values) => closed(values.iter().map(String::as_str)),
        None => text(),
    };
    let or = |alone: Option<&'static Shape>, group: Value| match alone {
        Some(alone) => either(value(name, *alone, settings), group),
        None => group,
    };
    match shape {
        Shape::One(values) => closed(values().into_iter().flat_map(|value| value.spellings.iter().copied())),
        Shape::Term => term(),
        Shape::Terms => listed(term()),
        Shape::Flag => json!({ "type": ["boolean", "string", "null"] }),
        Shape::Words | Shape::Listable | Shape::Lines | Shape::Ids | Shape::People => listed(text()),
        Shape::Group(keys, alone) => or(alone, mapping(keys, settings)),
        Shape::Groups(keys, alone) => listed(or(alone, mapping(keys, settings))),
        Shape::Step(_) => either(text(), mapping(STEP, settings)),
        Shape::Steps(_) => listed(either(text(), mapping(STEP, settings))),
        Shape::Text | Shape::Long | Shape::Day | Shape::Quantity | Shape::Number(_) | Shape::Person | Shape::Id => {
            text()
        }
    }
}

/// A text, a date or a figure; other readers of YAML tell them apart, ours doesn't.
fn text() -> Value {
    json!({ "type": ["string", "number", "null"] })
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
