//! Blocks of the index that earlier writes left, each in a folder named by its key.
//!
//! A block's folder is sealed with the stamps of its files before it is moved here: one that was cut
//! short or has been touched since is not found. What a write did not use, it removes.

use super::error::IndexError;
use crate::cache::{self, Key, Stamp};
use crate::disk::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

/// The file with the stamps of the others.
const SEAL: &str = "seal";

/// The blocks below an index folder.
pub(super) struct Kept {
    folder: Folder,
}

impl Kept {
    pub(super) fn of(index: &Folder) -> io::Result<Self> {
        let folder = cache::make(&cache::make(index, cache::FOLDER)?, "blocks")?;
        Ok(Self { folder })
    }

    /// The folder of a block, if it is there as it was sealed.
    pub(super) fn find(&self, key: Key) -> Option<PathBuf> {
        let folder = self.folder.sub(key.to_string()).ok()?;
        let sealed: BTreeMap<String, Stamp> = cache::load(&folder, SEAL)?;
        let whole = sealed
            .iter()
            .all(|(name, stamp)| folder.read(name).is_ok_and(|bytes| Stamp::of(&bytes) == *stamp));
        (whole && without_notes(&folder).is_ok()).then(|| folder.path().to_owned())
    }

    /// Seals a block that was written elsewhere below the index folder and moves it here; nobody may have it open.
    pub(super) fn take(&self, key: Key, index: &Folder, written: &str) -> Result<PathBuf, IndexError> {
        let folder = index.sub(written)?;
        let mut stamps: BTreeMap<String, Stamp> = BTreeMap::new();
        without_notes(&folder)?;
        for name in folder.names()? {
            let name = name.to_string_lossy().into_owned();
            let stamp = Stamp::of(&folder.read(&name)?);
            stamps.insert(name, stamp);
        }
        cache::store(&folder, SEAL, &stamps)?;
        drop(folder);
        let name = key.to_string();
        self.folder.clear(&name)?;
        index.rename(written, &self.folder, &name)?;
        Ok(self.folder.path().join(name))
    }

    /// Removes every block but these.
    pub(super) fn keep_only(&self, keys: &BTreeSet<Key>) -> io::Result<()> {
        let wanted: BTreeSet<String> = keys.iter().map(Key::to_string).collect();
        for name in self.folder.names()? {
            if !wanted.contains(&*name.to_string_lossy()) {
                self.folder.clear(&name)?;
            }
        }
        Ok(())
    }
}

/// Removes tantivy's own locks and list of files, which no seal holds: a damaged one would keep the block from being
/// opened, and without them it opens.
fn without_notes(folder: &Folder) -> io::Result<()> {
    for name in folder.names()? {
        if name.to_string_lossy().starts_with('.') {
            folder.clear(&name)?;
        }
    }
    Ok(())
}
