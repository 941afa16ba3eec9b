//! A record as front matter again: for the source of a public document, which is written anew from
//! its public fields.

use crate::record::date::{Day, Precision};
use crate::record::{
    Adoption, Benefits, Case, Detail, Honour, Law, Quantity, Recommendation, Record, Report, Step, Topic,
};
use serde_yaml::{Mapping, Value};

/// The front matter of a record, with English keys, in the order of the model, without the `---` lines.
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
    match &record.detail {
        Detail::Report(report) => self::report(&mut map, report),
        Detail::Case(case) => self::case(&mut map, case),
        Detail::Recommendation(recommendation) => self::recommendation(&mut map, recommendation),
        Detail::Topic(topic) => self::topic(&mut map, topic),
        Detail::Law(law) => self::law(&mut map, law),
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

    fn step(&mut self, key: &str, text_key: &str, step: Option<&Step>) {
        self.put(key, step.map_or(Value::Null, |step| self::step(step, text_key)));
    }

    fn steps(&mut self, key: &str, text_key: &str, steps: &[Step]) {
        self.put(key, sequence(steps.iter().map(|step| self::step(step, text_key))));
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
    map.text("level", honour.level.map(|level| level.key()));
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

fn law(map: &mut Map, law: &Law) {
    map.list("issuer", &law.issuer);
    map.day("effective", law.effective);
    map.text("status", law.status.map(|status| status.key()));
    map.day("amended", law.amended);
}

fn report(map: &mut Map, report: &Report) {
    map.text("genre", report.genre.as_deref());
    map.list("methods", &report.methods);
    map.list("partners", &report.partners);
    map.text("topic", report.topic.as_deref());
    map.put("adoptions", sequence(report.adoptions.iter().map(adoption)));
}

fn adoption(event: &Adoption) -> Value {
    let mut map = Map::default();
    map.day("date", event.date);
    map.text("form", Some(event.form.key()));
    map.text("level", event.level.map(|level| level.key()));
    map.text("authority", event.authority.as_deref());
    map.text("effect", event.effect.map(|effect| effect.key()));
    map.text("document", event.document.as_deref());
    map.text(
        "evidence",
        event.evidence.as_deref().filter(|evidence| !evidence.is_empty()),
    );
    map.text("note", event.note.as_deref());
    map.list("leads_to", &event.leads_to);
    map.text("visibility", event.visibility.map(|visibility| visibility.key()));
    map.value()
}

fn case(map: &mut Map, case: &Case) {
    map.text("rank", case.rank.map(|rank| rank.zh()));
    map.text("level", case.level.map(|level| level.key()));
    map.list("issuers", &case.issuers);
    map.day("awarded", case.awarded);
    map.text("number", case.number.as_deref());
    map.text("batch", case.batch.as_deref());
    map.text("result", case.result.as_deref());
    map.text("court_number", case.court_number.as_deref());
}

fn recommendation(map: &mut Map, recommendation: &Recommendation) {
    map.text("type", recommendation.type_.as_deref());
    map.flag("enforcement", recommendation.enforcement);
    map.text("number", recommendation.number.as_deref());
    map.text("addressee", recommendation.addressee.as_deref());
    map.list("cc", &recommendation.cc);
    map.text("handling_unit", recommendation.handling_unit.as_deref());
    map.list("problems", &recommendation.problems);
    map.list("suggestions", &recommendation.suggestions);
    map.flag("priority", recommendation.priority);
    map.day("issued", recommendation.issued.as_ref().map(|day| day.value));
    map.day("delivered", recommendation.delivered.as_ref().map(|day| day.value));
    map.text("delivery", recommendation.delivery.as_deref());
    map.flag("urgent", recommendation.urgent);
    map.day("due", recommendation.due.as_ref().map(|day| day.value));
    map.text("due_reason", recommendation.due_reason.as_deref());
    map.step("objection", "outcome", recommendation.objection.as_ref());
    map.day("withdrawn", recommendation.withdrawn.as_ref().map(|day| day.value));
    map.day("filed", recommendation.filed);
    if let Some(reply) = &recommendation.reply {
        let mut inner = Map::default();
        inner.day("date", reply.date);
        inner.text("outcome", reply.outcome.map(|outcome| outcome.zh()));
        inner.text("summary", reply.summary.as_deref());
        map.put("reply", inner.value());
    }
    if let Some(found) = &recommendation.rectification {
        let mut inner = Map::default();
        inner.day("date", found.date);
        inner.text("outcome", found.outcome.map(|outcome| outcome.zh()));
        map.put("rectification", inner.value());
    }
    map.steps("followups", "note", &recommendation.followups);
    map.steps("escalations", "step", &recommendation.escalations);
    map.step("closed", "reason", recommendation.closed.as_ref());
    map.text("source", recommendation.source.as_deref());
}

fn topic(map: &mut Map, topic: &Topic) {
    map.text("category", topic.category.as_deref());
    map.text("origin", topic.origin.as_deref());
    map.text("status", topic.status.map(|status| status.zh()));
    map.text("lead", topic.lead.as_deref());
    map.list("team", &topic.team);
    map.day("deadline", topic.deadline);
    map.list("themes", &topic.themes);
    map.put(
        "key_results",
        sequence(topic.key_results.iter().map(|result| {
            let mut inner = Map::default();
            inner.text("text", Some(&result.text));
            inner.put("done", Value::from(result.done));
            inner.value()
        })),
    );
    map.list("outputs", &topic.outputs);
}
