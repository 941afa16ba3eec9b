//! What stands in the way where a plain file or a folder is expected.

use crate::message::{Catalogue, Lang};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// A path at which something else was found than a plain file or a folder; nothing was done to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// Where.
    pub path: PathBuf,
    /// What stands there.
    pub found: Found,
}

/// What was found in place of a plain file or a folder that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A link, wherever it leads.
    Link,
    /// A folder, a pipe, a device: anything but a file.
    NoFile,
    /// Anything but a folder.
    NoFolder,
    /// A path that leads out of the folder.
    Outside,
    /// A file that another program holds open.
    Held,
}

impl Found {
    /// Its sentence in the catalogues.
    fn key(self) -> &'static str {
        match self {
            Found::Link => "disk.link",
            Found::NoFile => "disk.no-file",
            Found::NoFolder => "disk.no-folder",
            Found::Outside => "disk.outside",
            Found::Held => "disk.held",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.found {
            Found::Link => "is a link",
            Found::NoFile => "is not a file",
            Found::NoFolder => "is not a folder",
            Found::Outside => "leads out of the folder",
            Found::Held => "is held open by another program",
        };
        write!(f, "{} {what}", self.path.display())
    }
}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        io::Error::new(io::ErrorKind::PermissionDenied, refused)
    }
}

impl Refused {
    /// The sentence about it, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        Catalogue::of(lang).format(self.found.key(), &[("path", self.path.display().to_string())])
    }
}

/// What an error of reading or writing says; a frequent one in the reader's language, any other in the system's.
pub(crate) fn cause(error: &io::Error, lang: Lang) -> String {
    let key = match error.kind() {
        _ if refused(error).is_some() => None,
        io::ErrorKind::NotFound => Some("disk.cause.not-found"),
        io::ErrorKind::PermissionDenied => Some("disk.cause.denied"),
        io::ErrorKind::ReadOnlyFilesystem => Some("disk.cause.read-only"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some("disk.cause.full"),
        io::ErrorKind::NotADirectory => Some("disk.cause.not-a-folder"),
        io::ErrorKind::IsADirectory => Some("disk.cause.folder"),
        _ => None,
    };
    match (key, refused(error)) {
        (Some(key), _) => Catalogue::of(lang).get(key).to_owned(),
        (None, Some(refused)) => refused.message(lang),
        (None, None) => error.to_string(),
    }
}

/// The refusal that an error stands for, if it is one.
pub(crate) fn refused(error: &io::Error) -> Option<&Refused> {
    error.get_ref()?.downcast_ref()
}
