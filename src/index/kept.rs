//! Blocks of the index that earlier writes left, each in a folder named by its key.
//!
//! A block's folder is sealed with the stamps of its files before it is moved here: one that was cut
//! short or has been touched since is not found. What a write did not use, it removes.

use super::error::IndexError;
use crate::cache::{self, Key, Stamp};
use crate::disk;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file with the stamps of the others.
const SEAL: &str = "seal";

/// The blocks below an index folder.
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    pub(super) fn of(index: &Path) -> Self {
        Self {
            folder: cache::folder(index).join("blocks"),
        }
    }

    /// The folder of a block, if it is there as it was sealed.
    pub(super) fn find(&self, key: Key) -> Option<PathBuf> {
        let folder = self.path(key);
        let sealed: BTreeMap<String, Stamp> = cache::load(&folder, SEAL)?;
        let whole = sealed
            .iter()
            .all(|(name, stamp)| fs::read(folder.join(name)).is_ok_and(|bytes| Stamp::of(&bytes) == *stamp));
        whole.then_some(folder)
    }

    /// Seals a block that was written elsewhere on the same volume and moves it here; nobody may have it open.
    pub(super) fn take(&self, key: Key, written: &Path) -> Result<PathBuf, IndexError> {
        let mut stamps: BTreeMap<String, Stamp> = BTreeMap::new();
        for entry in fs::read_dir(written)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                // tantivy's own locks and list of files: nobody reads them again.
                continue;
            }
            let stamp = Stamp::of(&fs::read(written.join(&name))?);
            stamps.insert(name, stamp);
        }
        cache::store(written, SEAL, &stamps)?;
        let folder = self.path(key);
        if folder.exists() {
            disk::remove_dir_all(&folder)?;
        }
        disk::create_dir_all(&self.folder)?;
        disk::rename(written, &folder)?;
        Ok(folder)
    }

    /// Removes every block but these.
    pub(super) fn keep_only(&self, keys: &BTreeSet<Key>) -> io::Result<()> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Ok(());
        };
        let wanted: BTreeSet<String> = keys.iter().map(Key::to_string).collect();
        for entry in entries {
            let entry = entry?;
            if !wanted.contains(&*entry.file_name().to_string_lossy()) {
                disk::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    fn path(&self, key: Key) -> PathBuf {
        self.folder.join(key.to_string())
    }
}
