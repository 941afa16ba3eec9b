//! What the program writes into a corpus for its authors: new files, and entries in the front
//! matter of those that are there.
//!
//! **Invariant**: nothing of an author's is lost. A new file never takes the place of another; an
//! entry leaves every other byte of its file as it is, and a text that would not read back as
//! what it was, with the entry, is never put in place.

mod entry;
mod file;
mod fix;
mod mask;
mod register;
mod scaffold;
mod schema;
mod yaml_text;

pub(crate) use fix::day;
pub use fix::{Fix, fixed, fixes, write};
pub use register::{Entered, adopt, reply};
pub use scaffold::create;
pub(crate) use scaffold::{folder, namesake, stem};
pub use schema::schema;
pub(crate) use yaml_text::scalar;

use crate::record::Kind;

use std::io;
use std::path::PathBuf;

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
    /// Somebody else has written this file meanwhile.
    Changed(PathBuf),
    /// The machine failed at this file.
    Io(PathBuf, io::Error),
}
