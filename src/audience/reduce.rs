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
    record.keep_references(&|id| ids.contains(id));
}
