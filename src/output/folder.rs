//! Claiming an output folder: the marker, the audience, the lock.

use crate::audience::Audience;
use crate::disk;
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
struct Marker {
    purpose: Purpose,
    audience: String,
}

/// Why a folder can't be written into.
#[derive(Debug)]
pub enum OutputError {
    /// It holds files and no marker of ours.
    Foreign(PathBuf),
    /// It was built for the other audience.
    OtherAudience(PathBuf, String),
    /// It is for the other purpose.
    OtherPurpose(PathBuf),
    /// Another build is writing into it.
    Busy(PathBuf),
    /// The file system failed.
    Io(io::Error),
}

impl From<io::Error> for OutputError {
    fn from(error: io::Error) -> Self {
        OutputError::Io(error)
    }
}

/// An output folder that this process may write into, locked while the value lives.
#[derive(Debug)]
pub struct Claim {
    root: PathBuf,
    state: PathBuf,
    _lock: Option<File>,
}

impl Claim {
    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its `.jianyan` folder.
    pub fn state(&self) -> &Path {
        &self.state
    }
}

/// Claims a folder, making it where it isn't there.
pub fn claim(root: &Path, purpose: Purpose, audience: Audience) -> Result<Claim, OutputError> {
    disk::create_dir_all(root)?;
    let state = root.join(".jianyan");
    let marker_file = state.join("marker.json");
    let wanted = Marker {
        purpose,
        audience: audience.key().to_owned(),
    };
    match std::fs::read(&marker_file) {
        Ok(bytes) => {
            let found: Marker = serde_json::from_slice(&bytes).map_err(|_| OutputError::Foreign(root.to_owned()))?;
            if found.purpose != wanted.purpose {
                return Err(OutputError::OtherPurpose(root.to_owned()));
            }
            if found.audience != wanted.audience {
                return Err(OutputError::OtherAudience(root.to_owned(), found.audience));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if !is_empty(root)? {
                return Err(OutputError::Foreign(root.to_owned()));
            }
            disk::create_dir_all(&state)?;
            let text = serde_json::to_vec(&wanted).map_err(io::Error::from)?;
            disk::write_whole(&marker_file, &text)?;
        }
        Err(error) => return Err(error.into()),
    }
    let lock = lock(&state.join("lock"), root)?;
    Ok(Claim {
        root: root.to_owned(),
        state,
        _lock: lock,
    })
}

fn is_empty(root: &Path) -> io::Result<bool> {
    for entry in std::fs::read_dir(root)? {
        if !PLACEHOLDERS
            .iter()
            .any(|name| entry.as_ref().is_ok_and(|entry| entry.file_name() == *name))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An advisory lock that the system drops with the process, so that a kill leaves none behind. File
/// systems without locks are written to unlocked.
fn lock(path: &Path, root: &Path) -> Result<Option<File>, OutputError> {
    let file = disk::create(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy(root.to_owned())),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}
