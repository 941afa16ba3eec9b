//! What the pages of documents came to in the last run, by their keys.

use crate::audience::Audience;
use crate::cache::{Key, Remembered, Stamp};
use crate::diagnostic::{Diagnostic, Stored};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The files of the cache.
const PAGES: &str = "pages";
const RECORDS: &str = "records";

/// What rendering a document gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Page {
    /// The page's content.
    pub page: Stamp,
    /// The source's, for download, where there is one.
    pub source: Option<Stamp>,
    /// The attachments that it links to.
    pub files: BTreeSet<String>,
    /// What was to be said.
    pub findings: Vec<Stored>,
}

impl Page {
    /// What was to be said; nothing where the program says such things no more.
    pub(super) fn findings(&self) -> Option<Vec<Diagnostic>> {
        self.findings.iter().map(Stored::restore).collect()
    }
}

/// Pages, and files of records of several documents: those of the last run, and those of this one.
#[derive(Debug)]
pub(super) struct Pages {
    audience: Audience,
    pages: Remembered<Page>,
    records: Remembered<Stamp>,
}

impl Pages {
    /// What the cache of an index folder remembers.
    pub(super) fn of(index: &Path, audience: Audience) -> Self {
        Self {
            audience,
            pages: Remembered::of(index, PAGES),
            records: Remembered::of(index, RECORDS),
        }
    }

    /// Remembers nothing.
    pub(super) fn nothing(audience: Audience) -> Self {
        Self {
            audience,
            pages: Remembered::default(),
            records: Remembered::default(),
        }
    }

    /// The page of a key, if the last run made it.
    pub(super) fn find(&self, key: Key) -> Option<&Page> {
        self.pages.find(key)
    }

    /// The page of a key stands: it is remembered for the next run.
    pub(super) fn keep(&self, key: Key) {
        self.pages.keep(key);
    }

    /// Remembers a page that was made. What is said of a public document may name one that the public doesn't
    /// have: a public cache holds no findings.
    pub(super) fn note(&self, key: Key, page: Page) {
        if self.audience == Audience::Internal || page.findings.is_empty() {
            self.pages.note(key, page);
        }
    }

    /// The records of a key, if the last run made them.
    pub(super) fn records(&self, key: Key) -> Option<Stamp> {
        self.records.find(key).copied()
    }

    /// Remembers records that were made or stand.
    pub(super) fn note_records(&self, key: Key, stamp: Stamp) {
        self.records.note(key, stamp);
    }

    /// Stores what this run made or kept, and forgets all.
    pub(super) fn store(&mut self) -> io::Result<()> {
        self.pages.store()?;
        self.records.store()
    }
}
