//! Files below a folder that is held open: every change of an output folder, and what is read of one.
//!
//! A [`Folder`] is a handle. What is reached from it is reached component by component, and a link in any of them is
//! refused, so that neither a folder from a stranger nor one that is swapped meanwhile leads a write or a removal out
//! of it. Files are written aside, under names that nobody can guess, and renamed over.
//!
//! Each change is a step, and steps are counted, so that a test can make any of them fail or kill the
//! process there (`fault`, in builds with debug assertions alone). tantivy writes the files of its segments itself, into a
//! folder that counts for nothing until a step here moves them.

#[cfg(debug_assertions)]
mod fault;
mod folder;
mod inside;
mod refused;

pub use folder::{Aside, Folder};
pub use inside::Inside;
pub use refused::{Found, Refused, refused};

use std::io;
use std::path::Path;

/// What a step does to the disk: a full one still moves and removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Takes room.
    Fills,
    /// Takes none.
    Moves,
}

#[cfg(debug_assertions)]
fn step(step: Step) -> io::Result<()> {
    fault::step(step)
}

#[cfg(not(debug_assertions))]
fn step(_: Step) -> io::Result<()> {
    Ok(())
}

/// Writes the file that a person named, in place of the one that may be there: whole, and never through a link.
///
/// # Errors
/// What the file system says, or that something other than a file stands there.
pub fn write_named(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Folder::named(parent)?.put(name, bytes)
}
