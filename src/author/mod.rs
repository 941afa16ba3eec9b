//! What the program writes into a corpus for its authors: new files, and entries in the front
//! matter of those that are there.
//!
//! **Invariant**: nothing of an author's is lost. A new file never takes the place of another; an
//! entry leaves every other byte of its file as it is, and a text that would not read back as
//! what it was, with the entry, is never put in place.

mod add;
mod edit;
mod entry;
mod file;
mod fix;
mod form;
mod mask;
mod register;
mod scaffold;
mod schema;
mod written;
mod yaml_text;

pub(crate) use add::{ATTACHMENTS, picture_folder, with_pictures, write_new};
pub use add::{Added, add};
pub use edit::{Opened, open};
pub(crate) use fix::day;
pub use fix::{Fix, fixed, fixes, harmless, write};
pub use form::{Composed, Field, Place, Shape, adoption_fields, compose, fields, reply_fields, review_fields};
pub use register::{Entered, adopt, reply, review};
pub(crate) use scaffold::{UNDATED, stem};
pub use scaffold::{create, sections};
pub use schema::schema;
pub use written::Written;
pub(crate) use yaml_text::scalar;

use crate::message::{Catalogue, Lang};
use crate::record::{Kind, Vocabulary};
use crate::settings::Settings;

use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug)]
pub enum AuthorError {
    /// A title of which no name can be made.
    EmptyTitle,
    /// There is such a file (or one that differs in case alone).
    Exists(PathBuf),
    /// No document has this id; the nearest that one has.
    Unknown(String, String),
    /// The document of this id is of the first kind, not of the second.
    OtherKind(String, Kind, Kind),
    /// A file that must not be in the corpus at all.
    Classified(String),
    /// The front matter of this file doesn't read, or would not with the entry.
    Unreadable(String),
    /// In this file the key holds something that is no list.
    NotAList(String, &'static str),
    /// This file has the entry already.
    AlreadyThere(String),
    /// With the entry the document would have an error: the document as it would be, with what is wrong.
    Refused(Box<Entered>),
    /// This document is of a further corpus, which is in this folder, and is written to there.
    Gathered(String, String),
    /// Somebody else has written this file meanwhile.
    Changed(PathBuf),
    /// A link leads this path out of the corpus.
    Outside(PathBuf),
    /// The machine failed at this file.
    Io(PathBuf, io::Error),
}

impl AuthorError {
    /// What went wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (key, args) = self.worded();
        Catalogue::of(lang).format(key, &args)
    }

    fn worded(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            AuthorError::EmptyTitle => ("error.empty-title", Vec::new()),
            AuthorError::Exists(path) => ("error.exists", vec![("path", shown(path))]),
            AuthorError::Unknown(id, nearest) => (
                "error.unknown-id",
                vec![("id", id.clone()), ("nearest", nearest.clone())],
            ),
            AuthorError::OtherKind(id, found, wanted) => {
                let (found, wanted) = (found.names(), wanted.names());
                let args = [
                    ("found_key", found.0),
                    ("found_name", found.1),
                    ("wanted_key", wanted.0),
                    ("wanted_name", wanted.1),
                ];
                let args = args.map(|(name, value)| (name, value.to_owned()));
                ("error.other-kind", [vec![("id", id.clone())], args.to_vec()].concat())
            }
            AuthorError::Classified(file) => ("error.classified", vec![("path", file.clone())]),
            AuthorError::Unreadable(file) => ("error.unreadable", vec![("path", file.clone())]),
            AuthorError::NotAList(file, key) => (
                "error.not-a-list",
                vec![("path", file.clone()), ("field", (*key).to_owned())],
            ),
            AuthorError::Gathered(file, folder) => (
                "error.gathered",
                vec![("path", file.clone()), ("folder", folder.clone())],
            ),
            AuthorError::Outside(path) => ("error.leads-out", vec![("path", shown(path))]),
            AuthorError::Changed(path) => ("error.changed", vec![("path", shown(path))]),
            AuthorError::AlreadyThere(file) => ("error.already-there", vec![("path", file.clone())]),
            AuthorError::Refused(entered) => ("error.refused", vec![("path", entered.source.file.clone())]),
            AuthorError::Io(path, error) => (
                "error.write-file",
                vec![("path", shown(path)), ("cause", error.to_string())],
            ),
        }
    }
}

/// Holds for a document of the corpus itself, by its file or its id. What a site gathers from other corpora is
/// another office's: it is written to in its own corpus alone.
///
/// # Errors
/// [`AuthorError::Gathered`] for any other.
pub fn is_own(path: &str, settings: &Settings) -> Result<(), AuthorError> {
    match settings.gathered(path) {
        None => Ok(()),
        Some(corpus) => Err(AuthorError::Gathered(path.to_owned(), corpus.path.clone())),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
