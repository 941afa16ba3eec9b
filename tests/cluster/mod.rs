//! A cluster holds what an index holds: published whole or not at all, whatever fails, and asked with the same answers.
//!
//! What a server may answer is tried on one in memory. The rest needs a real cluster, as `scripts/cluster` starts it, and
//! is skipped where the environment names none:
//!
//! - `JIANYAN_ENGINE`: its addresses;
//! - `JIANYAN_ENGINE_FOLDER`: its folder, in whose data what is sealed is looked for;
//! - `JIANYAN_ENGINE_MORTAL`: the folder of another one, of which nodes may be killed.

mod fake;
mod faults;
mod parity;
mod program;
mod published;
mod real;
mod sealed;
mod survives;

use crate::client::corpus;
use jianyan::cluster::{Layout, Outcome, Progress, Stage};
use jianyan::index::document::IndexDocument;
use jianyan::index::{self, IndexSettings};
use std::path::Path;
use tempfile::TempDir;

/// Documents of our own sentences.
fn documents(count: usize) -> Vec<IndexDocument> {
    corpus::documents(20_261_120, count)
}

/// Changes a document.
fn change(document: &mut IndexDocument) {
    document.title.push_str("（修订）");
    document.meta.title.clone_from(&document.title);
}

/// An index of documents, for an audience.
fn index_of(documents: &[IndexDocument], audience: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), documents, audience);
    dir
}

fn write(dir: &Path, documents: &[IndexDocument], audience: &str) {
    let settings = IndexSettings {
        audience: audience.to_owned(),
        now: "2026-11-20".to_owned(),
        ..IndexSettings::default()
    };
    index::write(dir, documents.iter().cloned(), &settings).unwrap();
}

/// Does something when a stage begins.
struct At<F: Fn(Stage) + Sync>(F);

impl<F: Fn(Stage) + Sync> Progress for At<F> {
    fn begin(&self, stage: Stage, _documents: u64) {
        (self.0)(stage);
    }

    fn advance(&self, _documents: u64) {}
}

/// Does nothing at any.
fn quietly() -> At<impl Fn(Stage) + Sync> {
    At(|_| {})
}

/// One part, one copy: what a test of something else needs.
const PLAIN: Layout = Layout { shards: 1, replicas: 0 };

/// How many documents there are, and how many of them were sent.
fn counts(outcome: &Outcome) -> Option<(u64, u64)> {
    match outcome {
        Outcome::Published { documents, sent, .. } => Some((*documents, *sent)),
        Outcome::Same(_) => None,
    }
}
