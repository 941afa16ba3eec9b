//! Reducing a record to what an audience may see.

use crate::record::{Adoption, Detail, Form, KeyLines, Record, Visibility};
use std::collections::BTreeSet;

/// Takes away every field that the public may not see.
pub(super) fn to_public_fields(record: &mut Record) {
    record.review = None;
    record.unknown.clear();
    record.key_lines = KeyLines::default();
    record.detail.hide_internal();
    match &mut record.detail {
        Detail::Report(report) => {
            report.adoptions.retain(is_public);
            for event in &mut report.adoptions {
                event.note = None;
                // That there is evidence decides what counts; where it lies is nobody else's business.
                event.evidence = event.evidence.take().map(|_| String::new());
            }
        }
        Detail::Recommendation(recommendation) => {
            recommendation.followups.iter_mut().for_each(|step| step.text = None);
        }
        Detail::Case(_) | Detail::Topic(_) | Detail::Law(_) => {}
    }
}

/// An instruction is internal unless it says otherwise; any other event is as its document.
fn is_public(event: &Adoption) -> bool {
    match event.visibility {
        Some(visibility) => visibility == Visibility::Public,
        None => event.form != Form::Instruction,
    }
}

/// Takes away references to documents that did not pass: what is held back and what isn't there look alike.
pub(super) fn to_known_references(record: &mut Record, ids: &BTreeSet<String>) {
    let known = |list: &mut Vec<String>| list.retain(|id| ids.contains(id));
    let known_one = |id: &mut Option<String>| {
        if id.as_ref().is_some_and(|id| !ids.contains(id)) {
            *id = None;
        }
    };
    known(&mut record.related);
    known(&mut record.supersedes);
    match &mut record.detail {
        Detail::Report(report) => {
            known_one(&mut report.topic);
            report.adoptions.iter_mut().for_each(|event| known(&mut event.leads_to));
        }
        Detail::Recommendation(recommendation) => known_one(&mut recommendation.source),
        Detail::Topic(topic) => known(&mut topic.outputs),
        Detail::Case(_) | Detail::Law(_) => {}
    }
}
