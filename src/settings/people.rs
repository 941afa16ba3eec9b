//! The roster, `people.yaml`.

use crate::diagnostic::Severity;
use crate::record::date::Day;
use crate::record::fields::{Fields, Reader};
use crate::record::keys::Key;
use crate::record::{honours, nearest, office_name, person_name};
use crate::settings::Person;
use crate::yaml::Node;
use std::collections::BTreeSet;

const FILE: &[Key] = &[Key::new("people", "人员", &["人员名册"])];
const PERSON: &[Key] = &[
    Key::new("name", "姓名", &[]),
    Key::new("key", "标识", &[]),
    Key::new("born", "出生年月", &[]),
    Key::new("unit", "单位", &[]),
    Key::new("department", "部门", &[]),
    Key::new("posts", "任职", &["职务"]),
    Key::new("mentor", "导师", &["师傅"]),
    Key::new("honours", "荣誉", &["个人荣誉"]),
];
const POST: &[Key] = &[Key::new("title", "职务", &[]), Key::new("from", "起始", &["任职时间"])];

/// Mentors whom nobody knows, of whom the nearest that somebody knows is told, at most.
const MOST_COMPARED: usize = 50;

/// The people of the roster: a list, or a list under `people`. Of two with one key the first is kept.
pub(super) fn read(reader: &Reader, node: &Node) -> Vec<Person> {
    let file = node.entries().and_then(|_| reader.fields(node, FILE));
    let nodes = match (&file, node.items()) {
        (Some(fields), _) => fields.items("people"),
        (None, Some(items)) => items.iter().collect(),
        (None, None) => Vec::new(),
    };
    let mut people: Vec<Person> = Vec::new();
    let mut keys = BTreeSet::new();
    let mut mentors = Vec::new();
    for fields in nodes.into_iter().filter_map(|node| reader.fields(node, PERSON)) {
        let Some(person) = person(&fields) else {
            reader.tell(Severity::Error, "person-without-name", fields.span(), &[]);
            continue;
        };
        if !keys.insert(person.key.clone()) {
            reader.tell(
                Severity::Error,
                "duplicate-person",
                fields.span(),
                &[("key", &person.key)],
            );
            continue;
        }
        mentors.extend(fields.node("mentor"));
        people.push(person);
    }
    let mut unknown = 0;
    for node in mentors {
        let mentor = reader.text(node, "mentor").map(|mentor| person_name(&mentor));
        let Some(mentor) = mentor.filter(|mentor| !keys.contains(mentor)) else {
            continue;
        };
        unknown += 1;
        // Each is compared with every key.
        let near = (unknown <= MOST_COMPARED).then(|| nearest(&mentor, keys.iter().map(String::as_str)));
        let nearest = near.flatten().unwrap_or_default();
        reader.tell(
            Severity::Warning,
            "unknown-mentor",
            &node.span,
            &[("key", &mentor), ("nearest", nearest)],
        );
    }
    people
}

fn person(fields: &Fields) -> Option<Person> {
    let name = person_name(&fields.text("name")?);
    let office = |key| fields.text(key).map(|name| office_name(&name));
    Some(Person {
        key: fields.text("key").map_or_else(|| name.clone(), |key| person_name(&key)),
        born: fields.day("born"),
        unit: office("unit"),
        department: office("department"),
        posts: fields
            .items("posts")
            .into_iter()
            .filter_map(|node| post(fields.reader(), node))
            .collect(),
        mentor: fields.text("mentor").map(|mentor| person_name(&mentor)),
        honours: honours(fields.reader(), fields.items("honours")),
        name,
    })
}

fn post(reader: &Reader, node: &Node) -> Option<(String, Option<Day>)> {
    if node.entries().is_none() {
        return reader.text(node, "posts").map(|title| (title, None));
    }
    let fields = reader.fields(node, POST)?;
    Some((fields.text("title")?, fields.day("from")))
}
