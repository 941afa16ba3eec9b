//! The manual entries of the ranking, `scores.yaml`.

use crate::record::fields::{Fields, Reader};
use crate::record::keys::Key;
use crate::record::quantity::Counted;
use crate::record::{office_name, person_name};
use crate::settings::Score;
use crate::yaml::Node;

const FILE: &[Key] = &[Key::new("scores", "积分记录", &["记录"])];
const SCORE: &[Key] = &[
    Key::new("person", "人员", &["姓名"]),
    Key::new("department", "部门", &[]),
    Key::new("date", "日期", &[]),
    Key::new("event", "事项", &[]),
    Key::new("points", "加分", &["分值"]),
    Key::new("deduct", "扣分", &[]),
    Key::new("evidence", "佐证材料", &["佐证"]),
];

/// The entries: a list, or a list under `scores`. One without an event is none.
pub(super) fn read(reader: &Reader, node: &Node) -> Vec<Score> {
    let file = match node.items() {
        Some(_) => None,
        None => reader.fields(node, FILE),
    };
    let nodes = match (&file, node.items()) {
        (Some(fields), _) => fields.items("scores"),
        (None, Some(items)) => items.iter().collect(),
        (None, None) => Vec::new(),
    };
    let fields = nodes.into_iter().filter_map(|node| reader.fields(node, SCORE));
    fields.filter_map(|fields| score(&fields)).collect()
}

fn score(fields: &Fields) -> Option<Score> {
    let hundredths = |key: &str| fields.quantity(key, Counted::Points).map(|points| points.value.value);
    Some(Score {
        person: fields.text("person").map(|person| person_name(&person)),
        department: fields.text("department").map(|name| office_name(&name)),
        date: fields.day("date"),
        event: fields.text("event")?,
        points: hundredths("points").or_else(|| hundredths("deduct").map(|points| -points)),
        evidence: fields.text("evidence"),
    })
}
