//! The journal: what a commit has decided to do. Once it stands, it is carried out, by this run or
//! by the next; carrying it out twice does no harm.

use super::manifest;
use crate::disk;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// The decided renames and removals, in order. The manifest that holds after them waits beside the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Files to move from the stage into place.
    pub moves: Vec<String>,
    /// Files to remove after that.
    pub removals: Vec<String>,
}

impl Journal {
    /// The journal that a killed run left; one that is not whole was never decided.
    pub fn load(state: &Path) -> io::Result<Option<Self>> {
        match std::fs::read(file(state)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok().filter(Self::stays_inside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn stays_inside(&self) -> bool {
        self.moves
            .iter()
            .chain(&self.removals)
            .all(|path| super::is_of_a_site(path))
    }

    /// Decides.
    pub fn store(&self, state: &Path, manifest: &str) -> io::Result<()> {
        disk::write(next_manifest(state), manifest)?;
        disk::write_whole(&file(state), &serde_json::to_vec(self).map_err(io::Error::from)?)
    }

    /// Does what is decided and forgets it.
    pub fn carry_out(&self, root: &Path, state: &Path) -> io::Result<()> {
        for path in &self.moves {
            move_into_place(&staged(state, path), &root.join(path))?;
        }
        for path in &self.removals {
            remove(root, path)?;
        }
        move_into_place(&next_manifest(state), &state.join(manifest::NAME))?;
        disk::remove_file(file(state))
    }
}

/// Where a file waits until it is moved: a flat name, since a path may be as long as the system allows.
pub(super) fn staged(state: &Path, path: &str) -> PathBuf {
    state.join("stage").join(&blake3::hash(path.as_bytes()).to_hex()[..32])
}

fn next_manifest(state: &Path) -> PathBuf {
    state.join("manifest.next")
}

fn file(state: &Path) -> PathBuf {
    state.join("journal.json")
}

fn move_into_place(from: &Path, to: &Path) -> io::Result<()> {
    match disk::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && from.exists() => {
            if let Some(parent) = to.parent() {
                disk::create_dir_all(parent)?;
            }
            disk::rename(from, to)
        }
        // Moved by the run that was killed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Removes a file and the folders that it leaves empty.
fn remove(root: &Path, path: &str) -> io::Result<()> {
    let target = root.join(path);
    match disk::remove_file(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut folder = target.parent();
    while let Some(inner) = folder.filter(|folder| *folder != root && disk::remove_dir(folder).is_ok()) {
        folder = inner.parent();
    }
    Ok(())
}
