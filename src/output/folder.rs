//! Claiming an output folder: the marker, the audience, the lock.

use crate::audience::Audience;
use crate::disk::{Folder, Maker};
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Files that a version-controlled checkout keeps in an otherwise empty output folder.
const PLACEHOLDERS: [&str; 4] = ["README.md", ".gitignore", ".gitkeep", ".jianyan"];

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Pages and search bundle.
    Site,
    /// The tantivy index.
    Index,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marker {
    purpose: Purpose,
    audience: String,
}

impl Marker {
    pub(super) fn of(purpose: Purpose, audience: Audience) -> Self {
        Self {
            purpose,
            audience: audience.key().to_owned(),
        }
    }

    pub(super) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(io::Error::from)
    }
}

/// What we keep for ourselves, below an output folder.
pub(super) const STATE: &str = ".jianyan";

/// Where the marker stands, below an output folder.
pub(super) const MARKER: &str = crate::corpus::OUTPUT_MARKER;

/// Why a folder can't be written into.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// It holds files and no marker of ours.
    #[error("{0} holds other files")]
    Foreign(PathBuf),
    /// It was built for the other audience.
    #[error("{0} was built for the audience {1}")]
    OtherAudience(PathBuf, String),
    /// It is for the other purpose.
    #[error("{0} has another purpose")]
    OtherPurpose(PathBuf),
    /// An archive that would lie in the corpus or in another output.
    #[error("{0} lies in the corpus or in an output")]
    Inside(PathBuf),
    /// A mirror that would lie in the corpus, the site or the index, or around one of them.
    #[error("{0} overlaps with the corpus or an output")]
    MirrorInside(PathBuf),
    /// A file that an archive would replace and that is none of ours for the same audience.
    #[error("{0} is another file")]
    Taken(PathBuf),
    /// Another build is writing into it.
    #[error("another build is writing into {0}")]
    Busy(PathBuf),
    /// The file system failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// An output folder that this process may write into, locked while the value lives.
#[derive(Debug)]
pub struct Claim {
    folder: Folder,
    state: Folder,
    _lock: Option<File>,
}

impl Claim {
    /// Where the folder is.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Its `.jianyan` folder.
    pub(super) fn state(&self) -> &Folder {
        &self.state
    }
}

/// Claims a folder, making it where it isn't there.
///
/// # Errors
/// Where the folder is somebody else's, for another audience or purpose, or in use, or the machine fails.
pub fn claim(root: &Path, purpose: Purpose, audience: Audience) -> Result<Claim, OutputError> {
    let folder = Folder::create(root)?;
    let wanted = Marker::of(purpose, audience);
    match folder.read(MARKER) {
        Ok(bytes) => is_ours(root, &bytes, &wanted)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if !is_empty(&folder)? {
                return Err(OutputError::Foreign(root.to_owned()));
            }
            folder.make(STATE)?;
            folder.put(MARKER, &wanted.to_bytes()?)?;
        }
        Err(error) => return Err(error.into()),
    }
    let state = folder.sub(STATE)?;
    let lock = lock(&state, root)?;
    state.sweep(Maker::Output)?;
    Ok(Claim {
        folder,
        state,
        _lock: lock,
    })
}

/// Whether a marker is the one that is wanted.
fn is_ours(root: &Path, marker: &[u8], wanted: &Marker) -> Result<(), OutputError> {
    let found: Marker = serde_json::from_slice(marker).map_err(|_| OutputError::Foreign(root.to_owned()))?;
    if found.purpose != wanted.purpose {
        return Err(OutputError::OtherPurpose(root.to_owned()));
    }
    if found.audience != wanted.audience {
        return Err(OutputError::OtherAudience(root.to_owned(), found.audience));
    }
    Ok(())
}

fn is_empty(folder: &Folder) -> io::Result<bool> {
    let names = folder.names()?;
    Ok(names.iter().all(|name| PLACEHOLDERS.iter().any(|known| name == known)))
}

/// An advisory lock that the system drops with the process, so that a kill leaves none behind. File
/// systems without locks are written to unlocked.
fn lock(state: &Folder, root: &Path) -> Result<Option<File>, OutputError> {
    let file = state.open_lock("lock")?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy(root.to_owned())),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}
