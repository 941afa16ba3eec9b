//! What the pages of documents came to in the last run, by their keys.

use crate::audience::Audience;
use crate::cache::{self, Key, Stamp};
use crate::diagnostic::{Diagnostic, Stored};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The file of the cache.
const NAME: &str = "pages";

/// What rendering a document gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    /// The page's content.
    page: Stamp,
    /// The source's, for download.
    source: Stamp,
    /// The record's, as JSON.
    record: Stamp,
    /// The attachments that it links to.
    files: BTreeSet<String>,
    /// What was to be said.
    findings: Vec<Stored>,
}

/// A page that needn't be made again.
pub(super) struct Known {
    pub page: Stamp,
    pub source: Stamp,
    /// That of its record as JSON.
    pub record: Stamp,
    pub files: BTreeSet<String>,
    pub findings: Vec<Diagnostic>,
}

/// The pages of the last run, and those of this one.
#[derive(Debug)]
pub(super) struct Pages {
    index: PathBuf,
    audience: Audience,
    /// Loaded when it is first asked.
    old: OnceLock<BTreeMap<Key, Page>>,
    new: Mutex<BTreeMap<Key, Page>>,
}

impl Pages {
    /// What the cache of an index folder remembers.
    pub fn of(index: &Path, audience: Audience) -> Self {
        Self {
            index: index.to_owned(),
            audience,
            old: OnceLock::new(),
            new: Mutex::default(),
        }
    }

    fn old(&self) -> &BTreeMap<Key, Page> {
        let load = || cache::recall::<Vec<(Key, Page)>>(&self.index, NAME).unwrap_or_default();
        self.old.get_or_init(|| load().into_iter().collect())
    }

    /// The page of a key, if the last run made it.
    pub fn find(&self, key: Key) -> Option<Known> {
        let page = self.old().get(&key)?;
        Some(Known {
            page: page.page,
            source: page.source,
            record: page.record,
            files: page.files.clone(),
            findings: page.findings.iter().map(Stored::restore).collect::<Option<_>>()?,
        })
    }

    /// The page of a key stands: it is remembered for the next run.
    pub fn keep(&self, key: Key) {
        if let Some(page) = self.old().get(&key) {
            self.add(key, page.clone());
        }
    }

    /// Remembers a page that was made. What is said of a public document may name one that the public doesn't
    /// have: a public cache holds no findings.
    pub fn note(&self, key: Key, known: &Known) {
        if self.audience == Audience::Public && !known.findings.is_empty() {
            return;
        }
        let page = Page {
            page: known.page,
            source: known.source,
            record: known.record,
            files: known.files.clone(),
            findings: known.findings.iter().map(Stored::from).collect(),
        };
        self.add(key, page);
    }

    fn add(&self, key: Key, page: Page) {
        self.new
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, page);
    }

    /// Stores what this run made or kept, once.
    pub fn store(&self) -> io::Result<()> {
        let new = std::mem::take(&mut *self.new.lock().unwrap_or_else(PoisonError::into_inner));
        if new == *self.old() {
            return Ok(());
        }
        cache::store(&cache::folder(&self.index)?, NAME, &new.into_iter().collect::<Vec<_>>())
    }
}
