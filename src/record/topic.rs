//! What only topics have.

use crate::record::common::{ids, people, person_of};
use crate::record::fields::{Fields, Parting, Reader};
use crate::record::keys;
use crate::record::{KeyResult, Topic};
use crate::yaml::Node;

/// Reads the fields of a topic.
pub fn read(fields: &Fields) -> Topic {
    let results = fields.items("key_results").into_iter();
    Topic {
        category: fields.text("category"),
        origin: fields.text("origin"),
        status: fields.choice("status"),
        lead: person_of(fields, "lead"),
        team: people(fields, "team"),
        deadline: fields.day("deadline"),
        themes: fields.texts("themes", Parting::Whole),
        key_results: results.filter_map(|node| key_result(fields.reader(), node)).collect(),
        outputs: ids(fields, "outputs"),
    }
}

/// A key result: a mapping, or its text alone.
fn key_result(reader: &Reader, node: &Node) -> Option<KeyResult> {
    let line = reader.line(node.span.start);
    if node.entries().is_none() {
        return Some(KeyResult {
            text: reader.text(node, "key_results")?,
            done: false,
            line,
        });
    }
    let fields = reader.fields(node, keys::KEY_RESULT)?;
    Some(KeyResult {
        text: fields.text("text")?,
        done: fields.flag("done").unwrap_or(false),
        line,
    })
}
