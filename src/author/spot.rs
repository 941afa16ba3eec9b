//! Where a file of the corpus is, or is to be: a name in a folder that is held open.
//!
//! The way there is gone once, from the corpus on, and no link leads it out. All that follows is done in that folder, by
//! that name: a folder on the way that is swapped for a link meanwhile changes nothing.

use super::AuthorError;
use crate::disk::{Folder, Found, Inside, refused};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A name in a folder of the corpus.
pub(super) struct Spot {
    pub folder: Folder,
    pub name: PathBuf,
    /// How a person writes it.
    pub path: PathBuf,
}

impl Spot {
    /// Of a plain file that is there. A link to a place inside the corpus is followed: the file changes, the link stays.
    pub(super) fn of(corpus: &Path, file: impl AsRef<Path>) -> Result<Self, AuthorError> {
        let path = corpus.join(&file);
        match Inside::of(corpus).and_then(|inside| inside.place_of(file)) {
            Ok((folder, name)) => Ok(Self { folder, name, path }),
            Err(error) => Err(failed(path, error)),
        }
    }

    /// Of a file that is to be new. Its folder is made where it isn't there.
    pub(super) fn new_in(corpus: &Path, file: impl AsRef<Path>) -> Result<Self, AuthorError> {
        let (file, path) = (file.as_ref(), corpus.join(&file));
        let name = file.file_name().map(PathBuf::from);
        let folder = file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            folder: make_folder(corpus, folder)?,
            name: name.ok_or_else(|| AuthorError::Outside(path.clone()))?,
            path,
        })
    }

    pub(super) fn open(&self) -> Result<File, AuthorError> {
        self.folder.open_file(&self.name).map_err(|error| self.failed(error))
    }

    pub(super) fn read(&self) -> Result<Vec<u8>, AuthorError> {
        let mut bytes = Vec::new();
        let read = self.open()?.read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| self.failed(error))
    }

    /// What an error says that came up at it.
    pub(super) fn failed(&self, error: io::Error) -> AuthorError {
        failed(self.path.clone(), error)
    }

    /// The path of its folder, for messages.
    pub(super) fn of_folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// Makes a folder below the corpus, unless a link in its path leads out: then nothing is made.
pub(super) fn make_folder(corpus: &Path, below: &Path) -> Result<Folder, AuthorError> {
    let make = || {
        std::fs::create_dir_all(corpus)?;
        Inside::of(corpus)?.make(below)
    };
    make().map_err(|error| failed(corpus.join(below), error))
}

/// The bytes of a file below the corpus.
///
/// # Errors
/// Where it leads out of the corpus, isn't a plain file or can't be read.
pub(crate) fn read(corpus: &Path, file: impl AsRef<Path>) -> Result<Vec<u8>, AuthorError> {
    Spot::of(corpus, file)?.read()
}

fn failed(path: PathBuf, error: io::Error) -> AuthorError {
    match refused(&error).map(|refused| refused.found) {
        Some(Found::Link | Found::Outside) => AuthorError::Outside(path),
        None if error.kind() == ErrorKind::AlreadyExists => AuthorError::Exists(path),
        _ => AuthorError::Io(path, error),
    }
}
