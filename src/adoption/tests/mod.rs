//! The rules as tables of cases.

mod chain;
mod count;
mod counted;
mod deadline;
mod ledger;
mod life;
mod outcome;
mod scoring;
mod statistics;
mod supervision;
mod targets;
mod topics;
mod versions;

use crate::adoption::{Outcome, outcomes};
use crate::corpus::Source;
use crate::record::{self, Detail, Recommendation, Record};
use crate::settings::Settings;
use jiff::civil::Date;

/// The record of a front matter.
fn record(id: &str, front: &str) -> Record {
    let text = format!("---\n{front}\n---\n正文。\n");
    let source = Source::of(id.into(), format!("{id}.md"), text);
    record::read(&source).0
}

/// A recommendation with these fields.
fn recommendation(fields: &str) -> Recommendation {
    match record("检察建议/一", &format!("kind: recommendation\ntitle: 建议\n{fields}")).detail {
        Detail::Recommendation(recommendation) => *recommendation,
        other => panic!("{other:?}"),
    }
}

/// The outcomes of a corpus.
fn outcomes_of(records: &[Record], settings: &Settings) -> Vec<Outcome> {
    outcomes(&records.iter().collect::<Vec<_>>(), settings)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
