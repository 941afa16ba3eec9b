//! What only reports have.

use crate::diagnostic::Severity;
use crate::record::common::{id, ids};
use crate::record::fields::{Fields, Parting, Reader};
use crate::record::keys;
use crate::record::number::document_number;
use crate::record::{Adoption, Form, Report};
use crate::yaml::Node;

/// Reads the fields of a report.
pub fn read(fields: &Fields) -> Report {
    let events = fields.items("adoptions");
    let mut adoptions: Vec<_> = events
        .into_iter()
        .filter_map(|node| adoption(fields.reader(), node))
        .collect();
    // Undated events come last; those of one day keep the order of the file.
    adoptions.sort_by_key(|event| (event.date.is_none(), event.date));
    Report {
        genre: fields.text("genre"),
        methods: fields.texts("methods", Parting::Words),
        partners: fields.texts("partners", Parting::Words),
        topic: id(fields, "topic"),
        adoptions,
    }
}

/// One event. Without a form that is known it is none.
fn adoption(reader: &Reader, node: &Node) -> Option<Adoption> {
    let fields = reader.fields(node, keys::ADOPTION)?;
    let form: Option<Form> = fields.choice("form");
    if fields.node("form").is_none() {
        let names: Vec<_> = Form::ALL.iter().map(|form| form.zh()).collect();
        let keys: Vec<_> = Form::ALL.iter().map(|form| form.key()).collect();
        let args = [("names", &*names.join("、")), ("keys", &*keys.join(", "))];
        reader.tell(Severity::Error, "event-without-form", &node.span, &args);
    }
    Some(Adoption {
        date: fields.day("date"),
        form: form?,
        level: fields.choice("level"),
        authority: fields.text("authority"),
        effect: fields.choice("effect"),
        document: fields.text("document").map(|number| document_number(&number)),
        evidence: fields.text("evidence"),
        note: fields.text("note"),
        leads_to: ids(&fields, "leads_to"),
        visibility: fields.choice("visibility"),
        line: fields.line(),
    })
}
