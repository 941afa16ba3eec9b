//! Reading below a folder: a link is followed only where it leads to a place inside.

use super::{Folder, Found, Refused};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A folder of which files are read that others wrote.
#[derive(Debug)]
pub struct Inside {
    folder: Folder,
    /// Without links.
    real: PathBuf,
}

impl Inside {
    /// Opens a folder, wherever the path leads.
    ///
    /// # Errors
    /// What the file system says.
    pub fn of(root: &Path) -> io::Result<Self> {
        let place = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let real = place.canonicalize()?;
        Ok(Self {
            folder: Folder::named(&real)?,
            real,
        })
    }

    /// Opens the plain file at a path below the folder. Where a link leads is found out first and then gone without
    /// links, so that whoever swaps a folder for a link meanwhile gains nothing.
    ///
    /// # Errors
    /// [`Refused`] where it lies outside or isn't a file, or what the file system says.
    pub fn open_file(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = path.as_ref();
        match self.folder.open_file(path) {
            Err(error) if super::refused(&error).is_some_and(|refused| refused.found == Found::Link) => {
                let real = self.real.join(path).canonicalize()?;
                match real.strip_prefix(&self.real) {
                    Ok(below) => self.folder.open_file(below),
                    Err(_) => Err(Refused {
                        path: path.to_owned(),
                        found: Found::Outside,
                    }
                    .into()),
                }
            }
            other => other,
        }
    }

    /// The bytes of the plain file at a path below the folder.
    ///
    /// # Errors
    /// As [`Inside::open_file`].
    pub fn read(&self, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
