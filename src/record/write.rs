//! A record as front matter again: for the source of a public document, which is written anew from
//! its public fields.

use crate::record::date::{Day, Precision};
use crate::record::keys::{Key, Shape};
use crate::record::{
    Adoption, Benefits, Content, Detail, Honour, KeyResult, Quantity, Record, Rectification, Reply, Step,
};
use serde_yaml::{Mapping, Value};

/// The front matter of a record, with English keys, in the order of the model, without the `---` lines.
///
/// # Errors
/// Where a value can't be written as YAML.
pub fn front_matter(record: &Record) -> Result<String, serde_yaml::Error> {
    let mut map = Map::default();
    map.text("kind", Some(record.kind.key()));
    map.text("title", Some(&record.title));
    map.day("date", record.date);
    map.list("unit", &record.units);
    map.list("departments", &record.departments);
    map.put("authors", authors(record));
    map.list("lines", &record.lines);
    map.list("causes", &record.causes);
    map.list("tags", &record.tags);
    map.text("summary", record.summary.as_deref());
    map.list("laws", &record.laws);
    map.list("related", &record.related);
    map.list("supersedes", &record.supersedes);
    map.put("benefits", benefits(&record.benefits));
    map.put(
        "honours",
        sequence(
            record
                .honours
                .iter()
                .filter(|honour| !is_shorthand(record, honour))
                .map(honour),
        ),
    );
    map.text("visibility", Some(record.visibility.key()));
    for (key, content) in record.detail.contents() {
        map.content(key, content);
    }
    serde_yaml::to_string(&map.0)
}

/// A mapping that leaves out what is absent or empty.
#[derive(Default)]
struct Map(Mapping);

impl Map {
    fn put(&mut self, key: &str, value: Value) {
        let empty = match &value {
            Value::Null => true,
            Value::Sequence(items) => items.is_empty(),
            Value::Mapping(map) => map.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(key.into(), value);
        }
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        self.put(key, value.map_or(Value::Null, Value::from));
    }

    fn list(&mut self, key: &str, values: &[String]) {
        self.put(key, sequence(values.iter().map(|value| Value::from(value.as_str()))));
    }

    fn day(&mut self, key: &str, day: Option<Day>) {
        self.put(key, day.map_or(Value::Null, |day| Value::from(iso(day))));
    }

    fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.put(key, Value::from(true));
        }
    }

    fn content(&mut self, key: &Key, content: Content) {
        let value = match (content, key.shape) {
            (Content::Text(text), _) => return self.text(key.name, text),
            (Content::Texts(texts), _) => return self.list(key.name, texts),
            (Content::Day(day), _) => return self.day(key.name, day),
            (Content::Flag(flag), _) => return self.flag(key.name, flag),
            (Content::Value(names), _) => {
                return self.text(key.name, names.map(|(name, zh)| if key.chinese { zh } else { name }));
            }
            (Content::Adoptions(events), _) => sequence(events.iter().map(adoption)),
            (Content::KeyResults(results), _) => sequence(results.iter().map(key_result)),
            (Content::Reply(given), _) => given.map_or(Value::Null, reply),
            (Content::Rectification(found), _) => found.map_or(Value::Null, rectification),
            (Content::Steps(steps), Shape::Steps(word)) => sequence(steps.iter().map(|one| step(one, word))),
            (Content::Steps(steps), Shape::Step(word)) => steps.first().map_or(Value::Null, |one| step(one, word)),
            (Content::Steps(_), _) => Value::Null,
        };
        self.put(key.name, value);
    }

    fn value(self) -> Value {
        Value::Mapping(self.0)
    }
}

fn sequence(values: impl Iterator<Item = Value>) -> Value {
    Value::Sequence(values.collect())
}

fn iso(day: Day) -> String {
    let text = day.date.to_string();
    let length = match day.precision {
        Precision::Year => 4,
        Precision::Month => 7,
        Precision::Day => 10,
    };
    text.get(..length).unwrap_or(&text).to_owned()
}

fn authors(record: &Record) -> Value {
    sequence(record.authors.iter().map(|author| match author.role {
        None => Value::from(author.name.as_str()),
        Some(role) => {
            let mut map = Map::default();
            map.text("name", Some(&author.name));
            map.text("role", Some(role.zh()));
            map.value()
        }
    }))
}

fn benefits(benefits: &Benefits) -> Value {
    let text = |quantity: &Quantity| Value::from(quantity.text.as_str());
    let mut map = Map::default();
    map.put(
        "people",
        benefits
            .people
            .as_ref()
            .map_or(Value::Null, |people| text(&people.value)),
    );
    map.put(
        "amount",
        benefits
            .amount
            .as_ref()
            .map_or(Value::Null, |amount| text(&amount.value)),
    );
    map.value()
}

/// Whether an honour is the case's shorthand, which stands in keys of its own.
fn is_shorthand(record: &Record, honour: &Honour) -> bool {
    matches!(&record.detail, Detail::Case(case) if case.rank.is_some()
        && honour.rank == case.rank && honour.level == case.level && honour.date == case.awarded)
}

fn honour(honour: &Honour) -> Value {
    let mut map = Map::default();
    map.text("title", Some(&honour.title));
    map.text("level", honour.level.map(super::vocabulary::Level::key));
    map.list("issuer", &honour.issuers);
    map.day("date", honour.date);
    map.value()
}

fn step(step: &Step, text_key: &str) -> Value {
    let mut map = Map::default();
    map.day("date", step.date);
    map.text(text_key, step.text.as_deref());
    map.value()
}

fn adoption(event: &Adoption) -> Value {
    let mut map = Map::default();
    map.day("date", event.date);
    map.text("form", Some(event.form.key()));
    map.text("level", event.level.map(super::vocabulary::Level::key));
    map.text("authority", event.authority.as_deref());
    map.text("effect", event.effect.map(super::vocabulary::Effect::key));
    map.text("document", event.document.as_deref());
    map.text(
        "evidence",
        event.evidence.as_deref().filter(|evidence| !evidence.is_empty()),
    );
    map.text("note", event.note.as_deref());
    map.list("leads_to", &event.leads_to);
    map.text("visibility", event.visibility.map(super::vocabulary::Visibility::key));
    map.value()
}

fn key_result(result: &KeyResult) -> Value {
    let mut map = Map::default();
    map.text("text", Some(&result.text));
    map.put("done", Value::from(result.done));
    map.value()
}

fn reply(reply: &Reply) -> Value {
    let mut map = Map::default();
    map.day("date", reply.date);
    map.text("outcome", reply.outcome.map(super::vocabulary::Outcome::zh));
    map.text("summary", reply.summary.as_deref());
    map.value()
}

fn rectification(found: &Rectification) -> Value {
    let mut map = Map::default();
    map.day("date", found.date);
    map.text("outcome", found.outcome.map(super::vocabulary::Rectified::zh));
    map.value()
}
