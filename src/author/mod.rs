//! What the program writes into a corpus for its authors: new files, and entries in the front
//! matter of those that are there.
//!
//! **Invariant**: nothing of an author's is lost. A new file never takes the place of another; an
//! entry leaves every other byte of its file as it is, and a text that would not read back as
//! what it was, with the entry, is never put in place.

mod scaffold;
mod yaml_text;

pub use scaffold::create;

use std::io;
use std::path::PathBuf;

/// Why nothing was written.
#[derive(Debug)]
pub enum AuthorError {
    /// A title of which no name can be made.
    EmptyTitle,
    /// There is such a file (or one that differs in case alone).
    Exists(PathBuf),
    /// The machine failed at this file.
    Io(PathBuf, io::Error),
}
