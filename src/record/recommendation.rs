//! What only recommendations have.

use crate::record::common::id;
use crate::record::fields::{Fields, Parting, Reader};
use crate::record::keys;
use crate::record::number::document_number;
use crate::record::{Recommendation, Rectification, Reply, Step};
use crate::yaml::{Node, Value};

/// Reads the fields of a recommendation.
pub fn read(fields: &Fields) -> Recommendation {
    let reader = fields.reader();
    let step = |key: &str, text: &str| fields.node(key).and_then(|node| dated_step(reader, node, key, text));
    let steps = |key: &str, text: &str| {
        fields
            .items(key)
            .into_iter()
            .filter_map(|node| dated_step(reader, node, key, text))
            .collect()
    };
    Recommendation {
        type_: fields.text("type"),
        enforcement: fields.flag("enforcement").unwrap_or(false),
        number: fields.text("number").map(|number| document_number(&number)),
        addressee: fields.text("addressee"),
        cc: fields.texts("cc", Parting::Words),
        handling_unit: fields.text("handling_unit"),
        problems: fields.texts("problems", Parting::Whole),
        suggestions: fields.texts("suggestions", Parting::Whole),
        priority: fields.flag("priority").unwrap_or(false),
        issued: fields.located_day("issued"),
        delivered: fields.located_day("delivered"),
        delivery: fields.text("delivery"),
        urgent: fields.flag("urgent").unwrap_or(false),
        due: fields.located_day("due"),
        due_reason: fields.text("due_reason"),
        objection: step("objection", "outcome"),
        withdrawn: fields.located_day("withdrawn"),
        filed: fields.day("filed"),
        reply: fields.node("reply").and_then(|node| reply(reader, node)),
        rectification: fields
            .node("rectification")
            .and_then(|node| rectification(reader, node)),
        followups: steps("followups", "note"),
        escalations: steps("escalations", "step"),
        closed: step("closed", "reason"),
        source: id(fields, "source"),
    }
}

/// A step: a mapping with a date and a text, or the date alone.
fn dated_step(reader: &Reader, node: &Node, key: &str, text: &str) -> Option<Step> {
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        return Some(Step {
            date: Some(reader.day(node, key)?),
            text: None,
            line,
        });
    }
    let fields = reader.fields(node, keys::STEP)?;
    // Every kind of step has its own word for what happened; any of them is understood.
    let words = [text, "outcome", "note", "step", "reason"];
    Some(Step {
        date: fields.day("date"),
        text: words.iter().find_map(|word| fields.text(word)),
        line,
    })
}

fn reply(reader: &Reader, node: &Node) -> Option<Reply> {
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        return Some(Reply {
            date: Some(reader.day(node, "reply")?),
            outcome: None,
            summary: None,
            line,
        });
    }
    let fields = reader.fields(node, keys::REPLY)?;
    Some(Reply {
        date: fields.day("date"),
        outcome: fields.choice("outcome"),
        summary: fields.text("summary"),
        line,
    })
}

fn rectification(reader: &Reader, node: &Node) -> Option<Rectification> {
    let line = reader.line(node.span.start);
    if let Value::Scalar { .. } = node.value {
        let outcome = reader.choice(node, "rectification")?;
        return Some(Rectification {
            date: None,
            outcome: Some(outcome),
            line,
        });
    }
    let fields = reader.fields(node, keys::RECTIFICATION)?;
    Some(Rectification {
        date: fields.day("date"),
        outcome: fields.choice("outcome"),
        line,
    })
}
