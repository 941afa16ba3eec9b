//! Files below a folder that others write, too: a link is followed only where it leads to a place inside.

use super::{Folder, Found, Refused};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A folder with files that others wrote.
#[derive(Debug)]
pub(crate) struct Inside {
    folder: Folder,
    /// Without links.
    real: PathBuf,
}

impl Inside {
    /// Opens a folder, wherever the path leads.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn of(root: &Path) -> io::Result<Self> {
        let place = if root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            root
        };
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
    pub(crate) fn open_file(&self, path: impl AsRef<Path>) -> io::Result<File> {
        self.without_links(path.as_ref(), |path| self.folder.open_file(path))
    }

    /// The bytes of the plain file at a path below the folder.
    ///
    /// # Errors
    /// As [`Inside::open_file`].
    pub(crate) fn read(&self, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The folder in which the plain file at a path lies, held open, and the file's name there.
    ///
    /// # Errors
    /// As [`Inside::open_file`].
    pub(crate) fn place_of(&self, path: impl AsRef<Path>) -> io::Result<(Folder, PathBuf)> {
        self.without_links(path.as_ref(), |path| {
            let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
                return Err(io::ErrorKind::InvalidInput.into());
            };
            let folder = self.folder.sub(parent)?;
            match folder.size(name)? {
                Some(_) => Ok((folder, PathBuf::from(name))),
                None => Err(io::ErrorKind::NotFound.into()),
            }
        })
    }

    /// A folder below this one, made where it isn't there. A link on the way to it is followed to a folder inside.
    ///
    /// # Errors
    /// As [`Inside::names`].
    pub(crate) fn make(&self, path: impl AsRef<Path>) -> io::Result<Folder> {
        let mut there = PathBuf::new();
        for component in path.as_ref().components() {
            there = self.without_links(&there.join(component), |path| {
                self.folder.make(path).map(|_| path.to_owned())
            })?;
        }
        self.folder.sub(there)
    }

    /// Removes an empty folder below this one.
    ///
    /// # Errors
    /// As [`Inside::names`]; also where it isn't empty.
    pub(crate) fn remove_dir(&self, path: impl AsRef<Path>) -> io::Result<()> {
        self.without_links(path.as_ref(), |path| self.folder.remove_dir(path))
    }

    /// The names of what stands in a folder below this one, sorted.
    ///
    /// # Errors
    /// [`Refused`] where it lies outside or isn't a folder, or what the file system says.
    pub(crate) fn names(&self, path: impl AsRef<Path>) -> io::Result<Vec<OsString>> {
        self.without_links(path.as_ref(), |path| self.folder.sub(path)?.names())
    }

    fn without_links<T>(&self, path: &Path, open: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        match open(path) {
            Err(error) if super::refused(&error).is_some_and(|refused| refused.found == Found::Link) => {
                let real = self.real.join(path).canonicalize()?;
                let below = real.strip_prefix(&self.real).map_err(|_| Refused {
                    path: path.to_owned(),
                    found: Found::Outside,
                })?;
                open(below)
            }
            other => other,
        }
    }

    /// What keeps a file from being read, as a diagnostic says it: its code, and the reason where the file system has
    /// one. Nothing where there simply is no such file.
    pub(crate) fn fault(&self, path: impl AsRef<Path>, error: &io::Error) -> Option<(&'static str, Option<String>)> {
        let broken = || self.real.join(path).is_symlink();
        match super::refused(error).map(|refused| refused.found) {
            Some(Found::Outside | Found::Link) => Some(("link-outside", None)),
            Some(Found::NoFile | Found::NoFolder) => Some(("not-a-file", None)),
            None if error.kind() == io::ErrorKind::NotFound => broken().then_some(("link-broken", None)),
            Some(Found::Held) | None => Some(("unreadable-file", Some(error.to_string()))),
        }
    }
}
