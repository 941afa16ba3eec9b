//! What was found in single documents by the last build, so that one that has not changed isn't judged again.
//!
//! For the office's own edition alone: what is found in a document says what stands in it, and the cache of a public
//! index may know nothing that the public doesn't.

use crate::cache::{self, Key};
use crate::diagnostic::{Diagnostic, Stored};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The file of the cache.
const NAME: &str = "found";

/// Findings by the key of all that they were made from. The default knows and remembers nothing.
#[derive(Default)]
pub(super) struct Found {
    /// The index folder of the cache.
    index: Option<PathBuf>,
    old: BTreeMap<Key, Vec<Stored>>,
    new: Mutex<BTreeMap<Key, Vec<Stored>>>,
}

impl Found {
    /// What the cache of an index folder knows.
    pub fn of(index: &Path) -> Self {
        let lists: Vec<(Key, Vec<Stored>)> = cache::recall(index, NAME).unwrap_or_default();
        Self {
            index: Some(index.to_owned()),
            old: lists.into_iter().collect(),
            new: Mutex::default(),
        }
    }

    /// What was found in the document of a key.
    pub fn find(&self, key: Key) -> Option<Vec<Diagnostic>> {
        self.old.get(&key)?.iter().map(Stored::restore).collect()
    }

    /// Notes what is found in a document.
    pub fn note(&self, key: Key, findings: &[Diagnostic]) {
        if self.index.is_some() {
            let stored = findings.iter().map(Stored::from).collect();
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            new.insert(key, stored);
        }
    }

    /// Stores what this run found, and forgets everything.
    ///
    /// # Errors
    /// What the file system says.
    pub fn store(&mut self) -> io::Result<()> {
        let Self { index, old, new } = std::mem::take(self);
        let new = new.into_inner().unwrap_or_else(PoisonError::into_inner);
        match index {
            Some(index) if new != old => {
                let lists: Vec<_> = new.into_iter().collect();
                cache::store(&cache::folder(&index)?, NAME, &lists)
            }
            _ => Ok(()),
        }
    }
}
