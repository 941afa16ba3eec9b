//! What the pages of documents came to in the last run, by their keys.

use crate::audience::Audience;
use crate::cache::{self, Key, Stamp};
use crate::diagnostic::{Diagnostic, Stored};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// The file of the cache.
const NAME: &str = "pages";

/// What rendering a document gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    /// The page's content.
    page: Stamp,
    /// The source's, for download, where there is one.
    source: Option<Stamp>,
    /// The attachments that it links to.
    files: BTreeSet<String>,
    /// What was to be said.
    findings: Vec<Stored>,
}

/// A page that needn't be made again.
pub(super) struct Known {
    pub page: Stamp,
    pub source: Option<Stamp>,
    pub files: BTreeSet<String>,
    pub findings: Vec<Diagnostic>,
}

/// What a run made: pages, and files of records of several documents.
#[derive(Debug, Default, PartialEq, Eq)]
struct All {
    pages: BTreeMap<Key, Page>,
    records: BTreeMap<Key, Stamp>,
}

/// The pages of the last run, and those of this one.
#[derive(Debug)]
pub(super) struct Pages {
    index: PathBuf,
    audience: Audience,
    /// Loaded when it is first asked.
    old: OnceLock<All>,
    new: Mutex<All>,
}

/// How it is stored.
type Lists = (Vec<(Key, Page)>, Vec<(Key, Stamp)>);

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

    fn old(&self) -> &All {
        self.old.get_or_init(|| {
            let (pages, records) = cache::recall::<Lists>(&self.index, NAME).unwrap_or_default();
            All {
                pages: pages.into_iter().collect(),
                records: records.into_iter().collect(),
            }
        })
    }

    /// The records of a key, if the last run made them.
    pub fn records(&self, key: Key) -> Option<Stamp> {
        self.old().records.get(&key).copied()
    }

    /// Remembers records that were made or stand.
    pub fn note_records(&self, key: Key, stamp: Stamp) {
        self.noted().records.insert(key, stamp);
    }

    fn noted(&self) -> MutexGuard<'_, All> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page of a key, if the last run made it.
    pub fn find(&self, key: Key) -> Option<Known> {
        let page = self.old().pages.get(&key)?;
        Some(Known {
            page: page.page,
            source: page.source,
            files: page.files.clone(),
            findings: page.findings.iter().map(Stored::restore).collect::<Option<_>>()?,
        })
    }

    /// The page of a key stands: it is remembered for the next run.
    pub fn keep(&self, key: Key) {
        if let Some(page) = self.old().pages.get(&key) {
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
            files: known.files.clone(),
            findings: known.findings.iter().map(Stored::from).collect(),
        };
        self.add(key, page);
    }

    fn add(&self, key: Key, page: Page) {
        self.noted().pages.insert(key, page);
    }

    /// Stores what this run made or kept, once.
    pub fn store(&self) -> io::Result<()> {
        let new = std::mem::take(&mut *self.noted());
        if new == *self.old() {
            return Ok(());
        }
        let lists: Lists = (new.pages.into_iter().collect(), new.records.into_iter().collect());
        cache::store(&cache::folder(&self.index)?, NAME, &lists)
    }
}
