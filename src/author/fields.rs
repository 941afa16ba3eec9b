//! The form of a document that is there: what its front matter says in each field, and one that says something else in one
//! of them and leaves every other byte as it is.

use super::AuthorError;
use super::file::Edit;
use super::form::{Field, Shape, fields, items, one_line};
use super::front::{Front, New, Refusal, Scalar, Why, applied};
use super::yaml_text::{flow, scalar};
use crate::corpus::Source;
use crate::record::date::Day;
use crate::record::keys::{self, Key};
use crate::record::{Kind, read_within, yes_or_no};
use crate::settings::Settings;
use crate::yaml::{Entry, Node, Value};
use std::collections::BTreeMap;

/// What the fields of a document hold: nothing for one that a form can't show whole, such as authors with their roles.
pub(super) type Filled = BTreeMap<String, Option<String>>;

/// The kind of a document and what its fields hold.
///
/// # Errors
/// Where its front matter doesn't read.
pub(crate) fn filled(source: &Source, settings: &Settings) -> Result<(Kind, Filled), AuthorError> {
    let kind = read_within(source, &settings.folders).0.kind;
    let front = Front::of(source).map_err(|refusal| AuthorError::cannot_write(source, &refusal))?;
    let own = |field: Field| {
        let said = front
            .as_ref()
            .map_or(Some(String::new()), |front| Place::of(front, &field, kind).said(&field));
        (field.path(), said)
    };
    Ok((kind, fields(kind, settings).into_iter().map(own).collect()))
}

/// The front matter of a document with another value in a field; nothing takes it away.
///
/// # Errors
/// Where it can't be written there.
pub(crate) fn with_field(source: &Source, path: &str, value: &str, settings: &Settings) -> Result<String, AuthorError> {
    let kind = read_within(source, &settings.folders).0.kind;
    let field = fields(kind, settings).into_iter().find(|field| field.path() == path);
    let refused = |refusal: Refusal| AuthorError::cannot_write(source, &refusal);
    let front = Front::of(source).map_err(refused)?;
    let (Some(field), Some(front)) = (field, front) else {
        return Err(refused(Refusal {
            at: 0,
            why: Why::NotFront,
        }));
    };
    let place = Place::of(&front, &field, kind);
    let wanted = value.trim();
    if place.said(&field).as_deref().map(str::trim) == Some(wanted) {
        return Ok(source.front_text().unwrap_or_default().to_owned());
    }
    let edits = match field.shape {
        Shape::Words | Shape::Lines | Shape::Any(_) => list(source, &front, &place, (&field, kind), wanted),
        _ => one(&front, &place, &field, wanted),
    };
    let edits = edits.map_err(refused)?;
    let new = Source::of(source.id.clone(), source.file.clone(), applied(&source.text, &edits));
    let says = filled(&new, settings)?.1.get(path).cloned().flatten();
    if says.is_some_and(|says| same(&field, &says, wanted)) && others_stay(source, &new, &field, kind) {
        Ok(new.front_text().unwrap_or_default().to_owned())
    } else {
        Err(refused(Refusal {
            at: source.front.as_ref().map_or(0, |range| range.start),
            why: Why::Style,
        }))
    }
}

/// Where a field stands in a front matter.
struct Place<'f> {
    /// The entry of its group, where it has one.
    group: Option<&'f Entry>,
    entry: Option<&'f Entry>,
    /// The key as the document would write it.
    name: &'static str,
    group_name: &'static str,
}

fn tables(kind: Kind) -> impl Iterator<Item = &'static Key> + Clone {
    keys::COMMON.iter().chain(keys::of_kind(kind))
}

impl<'f> Place<'f> {
    fn of(front: &'f Front, field: &Field, kind: Kind) -> Self {
        let chinese = front.entries().first().is_some_and(|entry| !entry.key.is_ascii());
        let named = |key: &'static Key| if chinese { key.zh } else { key.name };
        let row = |name: &str| tables(kind).find(|key| key.name == name);
        if field.group.is_empty() {
            let name = row(field.key).map_or(field.key, named);
            return Self {
                group: None,
                entry: front.find(field.key, tables(kind)),
                name,
                group_name: "",
            };
        }
        let group = front.find(field.group, tables(kind));
        let inner: &'static [Key] = row(field.group).map_or(&[], Key::inner);
        let entries = group.and_then(|group| group.value.entries()).unwrap_or_default();
        let name = inner.iter().find(|key| key.name == field.key).map_or(field.key, named);
        Self {
            group,
            entry: entries
                .iter()
                .find(|entry| keys::find(&entry.key, inner.iter()) == Some(field.key)),
            name,
            group_name: row(field.group).map_or(field.group, named),
        }
    }

    /// What stands there, as the form shows it.
    fn said(&self, field: &Field) -> Option<String> {
        let is_mapping = |group: &Entry| group.value.is_null() || group.value.entries().is_some();
        if self.group.is_some_and(|group| !is_mapping(group)) {
            return None;
        }
        let Some(entry) = self.entry else {
            return Some(String::new());
        };
        let joint = if field.shape == Shape::Words { "、" } else { "\n" };
        match &entry.value.value {
            Value::Null => Some(String::new()),
            Value::Scalar { text, .. } => Some(match &field.shape {
                Shape::One(_) => field
                    .value(text)
                    .map_or_else(|| text.clone(), |value| value.key.to_owned()),
                Shape::Flag => yes_or_no(text)
                    .filter(|on| *on)
                    .map_or_else(String::new, |_| "true".to_owned()),
                _ => text.clone(),
            }),
            Value::Sequence(items) => {
                let texts: Option<Vec<&str>> = items.iter().map(Node::text).collect();
                let listed = matches!(field.shape, Shape::Words | Shape::Lines | Shape::Any(_));
                texts.filter(|_| listed).map(|texts| texts.join(joint))
            }
            Value::Mapping(_) => None,
        }
    }
}

/// Whether two texts of a field say the same.
fn same(field: &Field, one: &str, other: &str) -> bool {
    match field.shape {
        Shape::Words | Shape::Lines | Shape::Any(_) => items(&field.shape, one) == items(&field.shape, other),
        Shape::Day => one == other || Day::parse(one).is_some_and(|day| Some(day) == Day::parse(other)),
        _ => one_line(one) == one_line(other),
    }
}

/// One value in its place.
fn one(front: &Front, place: &Place, field: &Field, wanted: &str) -> Result<Vec<Edit>, Refusal> {
    let mapping = place
        .group
        .map(|group| &group.value)
        .filter(|value| value.entries().is_some());
    let chinese = !place.name.is_ascii();
    let text = match &field.shape {
        Shape::Day => Day::parse(wanted).map_or_else(|| wanted.to_owned(), |day| day.to_string()),
        Shape::One(_) => match field.value(wanted) {
            Some(value) => if chinese { value.zh } else { value.key }.to_owned(),
            None => wanted.to_owned(),
        },
        _ => one_line(wanted),
    };
    let plain = matches!(field.shape, Shape::Day) && Day::parse(wanted).is_some() || field.shape == Shape::Flag;
    let yaml = if plain { text.clone() } else { scalar(&text) };
    let new = Scalar { text, yaml };
    match (place.entry, wanted.is_empty()) {
        (Some(entry), true) => front.without_pair(mapping, entry),
        (Some(entry), false) if entry.value.is_null() => front.fill(entry, &New::Scalar(new), false),
        (Some(entry), false) => front.set(&entry.value, &new),
        (None, true) => Ok(Vec::new()),
        (None, false) => match (field.group.is_empty(), place.group) {
            (true, _) => front.with_pair(None, place.name, &New::Scalar(new), false),
            (false, Some(group)) if mapping.is_none() => {
                front.fill(group, &New::Mapping(vec![(place.name.to_owned(), new)]), false)
            }
            (false, Some(group)) => front.with_pair(Some(&group.value), place.name, &New::Scalar(new), false),
            (false, None) => {
                let inner = New::Mapping(vec![(place.name.to_owned(), new)]);
                front.with_pair(None, place.group_name, &inner, false)
            }
        },
    }
}

/// A list in its place: what goes is taken out and what comes is put behind it, so that the rest keeps its bytes.
fn list(
    source: &Source,
    front: &Front,
    place: &Place,
    (field, kind): (&Field, Kind),
    wanted: &str,
) -> Result<Vec<Edit>, Refusal> {
    let wanted = items(&field.shape, wanted);
    let Some(entry) = place.entry else {
        return Ok(added(source, &format!("{}: {}", place.name, flow(wanted))));
    };
    if wanted.is_empty() {
        return front.without_pair(None, entry);
    }
    let Value::Sequence(there) = &entry.value.value else {
        return instead(source, entry, &wanted);
    };
    let texts: Vec<&str> = there.iter().filter_map(Node::text).map(str::trim).collect();
    if let Some(at) = texts
        .iter()
        .position(|text| !wanted.contains(text))
        .filter(|_| texts.len() > 1)
    {
        let edits = front.without_item(&entry.value, at)?;
        return again(source, edits, (field, kind), &wanted);
    }
    match wanted.iter().find(|item| !texts.contains(item)) {
        Some(item) => {
            let new = Scalar {
                text: (*item).to_owned(),
                yaml: scalar(item),
            };
            let edits = front.append(entry, &New::Scalar(new))?;
            again(source, edits, (field, kind), &wanted)
        }
        None if texts == wanted => Ok(Vec::new()),
        None => instead(source, entry, &wanted),
    }
}

/// The next step of a list, and of all steps together one edit of the front matter.
fn again(
    source: &Source,
    edits: Vec<Edit>,
    (field, kind): (&Field, Kind),
    wanted: &[&str],
) -> Result<Vec<Edit>, Refusal> {
    let new = Source::of(source.id.clone(), source.file.clone(), applied(&source.text, &edits));
    let Some(front) = Front::of(&new)? else {
        return Ok(edits);
    };
    let further = list(
        &new,
        &front,
        &Place::of(&front, field, kind),
        (field, kind),
        &wanted.join("\n"),
    )?;
    if further.is_empty() {
        return Ok(edits);
    }
    let (Some(old), Some(_)) = (&source.front, &new.front) else {
        return Ok(edits);
    };
    let last = Source::of(source.id.clone(), source.file.clone(), applied(&new.text, &further));
    let text = last.front_text().unwrap_or_default().to_owned();
    Ok(vec![Edit { at: old.clone(), text }])
}

/// A line at the end of the front matter.
fn added(source: &Source, line: &str) -> Vec<Edit> {
    let end = source.front.as_ref().map_or(0, |range| range.end);
    let ended = source.text[..end].ends_with('\n');
    let text = if ended {
        format!("{line}\n")
    } else {
        format!("\n{line}")
    };
    vec![Edit { at: end..end, text }]
}

/// A list on one line in the place of a value that stands on its key's line.
fn instead(source: &Source, entry: &Entry, wanted: &[&str]) -> Result<Vec<Edit>, Refusal> {
    let start = source.front.as_ref().map_or(0, |range| range.start);
    let at = entry.value.span.start + start..entry.value.span.end + start;
    let line = &source.text[entry.key_span.start + start..at.end];
    if line.contains('\n') && !source.text[at.clone()].starts_with('[') {
        return Err(Refusal {
            at: at.start,
            why: Why::Style,
        });
    }
    let blank = if source.text[..at.start].ends_with([' ', '\t']) {
        ""
    } else {
        " "
    };
    Ok(vec![Edit {
        at,
        text: format!("{blank}{}", flow(wanted.iter().copied())),
    }])
}

/// Whether every other entry of the front matter is, byte for byte, what it was, and in its order.
fn others_stay(old: &Source, new: &Source, field: &Field, kind: Kind) -> bool {
    let own = if field.group.is_empty() { field.key } else { field.group };
    let others = |source: &Source| -> Option<Vec<String>> {
        let front = Front::of(source).ok()??;
        let start = source.front.as_ref()?.start;
        let rest = front
            .entries()
            .iter()
            .filter(|entry| keys::find(&entry.key, tables(kind)) != Some(own));
        Some(
            rest.map(|entry| source.text[entry.key_span.start + start..entry.value.span.end + start].to_owned())
                .collect(),
        )
    };
    others(old).is_some_and(|before| others(new) == Some(before)) && old.body_text() == new.body_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nkind: report # 种类\ntitle: 关于河道的调研\ndate: 2024-03-05\nunit: [甲院]\nauthors:\n  - {name: 白某, role: 执笔}\ntags:\n  - 河道 # 要紧\n  - 水源\nbenefits: {people: 3}\nx-own: 甲\n---\n\n正文。\n";

    fn source(text: &str) -> Source {
        Source::of("甲".into(), "甲.md".into(), text.into())
    }

    #[test]
    fn a_form_shows_what_the_front_matter_says() {
        let (kind, filled) = filled(&source(TEXT), &Settings::default()).unwrap();
        assert_eq!(kind, Kind::Report);
        for (path, value) in [
            ("title", Some("关于河道的调研")),
            ("date", Some("2024-03-05")),
            ("unit", Some("甲院")),
            ("authors", None),
            ("tags", Some("河道、水源")),
            ("benefits.people", Some("3")),
            ("summary", Some("")),
        ] {
            assert_eq!(filled[path].as_deref(), value, "{path}");
        }
    }

    #[test]
    fn a_field_changes_and_every_other_byte_stays() {
        for (path, value, from, to) in [
            (
                "title",
                "关于水源的调研",
                "title: 关于河道的调研",
                "title: 关于水源的调研",
            ),
            ("date", "2024年4月1日", "date: 2024-03-05", "date: 2024-04-01"),
            ("summary", "一句话。", "x-own: 甲\n", "x-own: 甲\nsummary: 一句话。\n"),
            ("tags", "河道、水源、桥梁", "  - 水源\n", "  - 水源\n  - 桥梁\n"),
            ("tags", "河道", "  - 水源\n", ""),
            ("unit", "甲院、乙院", "unit: [甲院]", "unit: [甲院, 乙院]"),
            (
                "causes",
                "盗窃罪、诈骗罪",
                "x-own: 甲\n",
                "x-own: 甲\ncauses: [盗窃罪, 诈骗罪]\n",
            ),
            ("benefits.people", "5", "{people: 3}", "{people: \"5\"}"),
            ("date", "", "date: 2024-03-05\n", ""),
        ] {
            let old = source(TEXT);
            let front =
                with_field(&old, path, value, &Settings::default()).unwrap_or_else(|error| panic!("{path}: {error:?}"));
            let new = format!("---\n{front}---\n\n正文。\n");
            assert_eq!(new, TEXT.replacen(from, to, 1), "{path}");
        }
        let same = with_field(&source(TEXT), "title", " 关于河道的调研 ", &Settings::default()).unwrap();
        assert!(TEXT.contains(&same));
    }
}
