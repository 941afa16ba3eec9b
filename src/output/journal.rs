//! The journal: what a commit has decided to do. Once it stands, it is carried out, by this run or
//! by the next; carrying it out twice does no harm.

use super::{Turn, manifest};
use crate::cache::Stamp;
use crate::disk::Folder;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// The file of the journal.
const NAME: &str = "journal.json";
/// The manifest that waits beside it.
const NEXT: &str = "manifest.next";
/// Where files wait until they are moved.
pub(super) const STAGE: &str = "stage";

/// A file to remove, with what it held when we wrote it.
pub(super) type Removal = (String, Stamp);

/// The decided renames and removals, in order. The manifest that holds after them waits beside the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Files to remove before that, since a file is to stand where a folder is, or a folder where a file is.
    #[serde(default)]
    pub first: Vec<Removal>,
    /// Files to move from the stage into place.
    pub moves: Vec<String>,
    /// Files to remove after that.
    pub removals: Vec<Removal>,
}

impl Journal {
    /// The journal that a killed run left; one that is not whole was never decided.
    pub(super) fn load(state: &Folder) -> io::Result<Option<Self>> {
        match state.read(NAME) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok().filter(Self::stays_inside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn stays_inside(&self) -> bool {
        let removals = self.first.iter().chain(&self.removals).map(|(path, _)| path);
        self.moves.iter().chain(removals).all(|path| super::is_of_a_site(path))
    }

    /// Decides.
    pub(super) fn store(&self, state: &Folder, manifest: &str) -> io::Result<()> {
        state.put(NEXT, manifest.as_bytes())?;
        state.put(NAME, &serde_json::to_vec(self).map_err(io::Error::from)?)
    }

    /// Does what is decided and forgets it.
    pub(super) fn carry_out(&self, root: &Folder, state: &Folder) -> io::Result<()> {
        for (path, stamp) in &self.first {
            remove(root, path, stamp)?;
        }
        self.move_all(root, state)?;
        for (path, stamp) in &self.removals {
            remove(root, path, stamp)?;
        }
        move_into_place(state, NEXT, state, manifest::NAME)?;
        state.remove_file(NAME)
    }

    /// Moves files into place. They stand in the order of their paths, so that few folders are opened.
    fn move_all(&self, root: &Folder, state: &Folder) -> io::Result<()> {
        let stage = match state.sub(STAGE) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            stage => stage?,
        };
        let mut opened: Option<(&str, Folder)> = None;
        for path in &self.moves {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            if opened.as_ref().is_none_or(|(known, _)| *known != parent) {
                // One that isn't there yet is made by the first move.
                opened = root.sub(parent).ok().map(|folder| (parent, folder));
            }
            match &opened {
                Some((_, folder)) => move_into_place(&stage, &staged(path), folder, name)?,
                None => move_into_place(&stage, &staged(path), root, path)?,
            }
        }
        Ok(())
    }
}

/// The name of a file in the stage until it is moved: a flat one, since a path may be as long as the system allows.
pub(super) fn staged(path: &str) -> String {
    blake3::hash(path.as_bytes()).to_hex()[..32].to_owned()
}

fn move_into_place(state: &Folder, from: &str, root: &Folder, to: &str) -> io::Result<()> {
    match state.rename(from, root, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && state.size(from)?.is_some() => {
            if let Some(parent) = Path::new(to).parent() {
                root.make(parent)?;
            }
            state.rename(from, root, to)
        }
        // Moved by the run that was killed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Removes a file that still is what we wrote, and the folders that it leaves empty. What somebody else has put in
/// its place stays, but for scripts of the search bundle: their names are ours, and a damaged one is nobody's work.
fn remove(root: &Folder, path: &str, stamp: &Stamp) -> io::Result<()> {
    match root.read(path) {
        Ok(bytes) if Turn::of(path) == Turn::Content || Stamp::of(&bytes) == *stamp => root.remove_file(path)?,
        Err(error) if error.kind() != io::ErrorKind::NotFound && crate::disk::refused(&error).is_none() => {
            return Err(error);
        }
        _ => return Ok(()),
    }
    let mut folder = Path::new(path).parent();
    while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty() && root.remove_dir(inner).is_ok()) {
        folder = inner.parent();
    }
    Ok(())
}
