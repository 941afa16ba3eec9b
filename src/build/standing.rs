//! The first stage of writing: pages and files of records that stand, since the last run made them from the same.

use super::Loaded;
use super::keys::Keys;
use super::pages::Pages;
use super::records::{self, Run};
use super::writing::Writing;
use crate::cache::Key;
use crate::diagnostic::Diagnostic;
use crate::sink::Sink;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What needn't be made.
pub(super) struct Standing {
    /// Of each entry what its page came to, where it stands.
    pub pages: Vec<Option<PageNotes>>,
    /// The files of records; those that stand are done.
    pub runs: Vec<Run>,
    /// What is known of the last run, with what stands noted for the next.
    pub remembered: Pages,
}

/// What rendering a document came to.
pub(super) struct PageNotes {
    /// What was to be said.
    pub findings: Vec<Diagnostic>,
    /// The attachments that its page links to.
    pub files: BTreeSet<String>,
}

impl Standing {
    /// Keeps all that was made from the same.
    pub(super) fn of(writing: &Writing, remembered: Pages) -> Self {
        let entries = (0..writing.loaded.entries.len()).into_par_iter();
        let pages = entries.map(|index| page(writing, &remembered, index)).collect();
        let runs = records::runs(&writing.loaded.ids());
        runs.par_iter().for_each(|run| records_of(writing, &remembered, run));
        Self {
            pages,
            runs,
            remembered,
        }
    }

    /// All is to be made.
    pub(super) fn nothing(loaded: &Loaded) -> Self {
        Self {
            pages: loaded.entries.iter().map(|_| None).collect(),
            runs: records::runs(&loaded.ids()),
            remembered: Pages::nothing(loaded.audience),
        }
    }
}

/// Keeps the page of an entry, if the one that is there was made from the same.
fn page(writing: &Writing, remembered: &Pages, index: usize) -> Option<PageNotes> {
    let entry = &writing.loaded.entries[index];
    let key = writing.keys.page(writing.site, index)?;
    let known = remembered.find(key)?;
    let findings = known.findings()?;
    let source = entry.source.as_ref().zip(known.source.as_ref());
    let stands = writing.sink.keep(&entry.page, &known.page)
        && source.is_none_or(|(path, stamp)| writing.sink.keep(path, stamp));
    stands.then(|| {
        remembered.keep(key);
        writing.progress.advance(1);
        PageNotes {
            findings,
            files: known.files.clone(),
        }
    })
}

/// Keeps a file of records, if the one that is there was made from the same.
fn records_of(writing: &Writing, remembered: &Pages, run: &Run) {
    let known = records_key(&writing.keys, run).and_then(|key| Some((key, remembered.records(key)?)));
    if let Some((key, stamp)) = known.filter(|(_, stamp)| writing.sink.keep(&run.path, stamp)) {
        remembered.note_records(key, stamp);
        run.settle();
    }
}

/// Names what the records of a run are made from.
pub(super) fn records_key(keys: &Keys, run: &Run) -> Option<Key> {
    keys.range("records", run.range.clone())
}
