//! What the last bundle's groups were made from, so that a group that has not changed isn't deflated again.

use crate::cache::{Key, Remembered, Stamp};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// The file of the cache.
const NAME: &str = "bundle";

/// A group as it was packed: its name and its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Packed {
    /// Names the group's folder, or the group itself where it is a single file.
    pub(crate) hash: [u8; 5],
    /// Path below `search/` without its ending, and stamp, of each file.
    pub(crate) files: Vec<(String, Stamp)>,
}

/// Groups by the key of their raw bytes: those of the last bundle, and those of the one being written.
#[derive(Debug, Default)]
pub struct Memory(Remembered<Packed>);

impl Memory {
    /// What the cache of an index folder remembers.
    pub fn of(index: &Path) -> Self {
        Self(Remembered::of(index, NAME))
    }

    /// Stores what this bundle came to.
    ///
    /// # Errors
    /// What the file system says.
    pub fn store(mut self) -> io::Result<()> {
        self.0.store()
    }

    pub(crate) fn find(&self, key: Key) -> Option<&Packed> {
        self.0.find(key)
    }

    pub(crate) fn note(&mut self, key: Key, packed: Packed) {
        self.0.note(key, packed);
    }
}
