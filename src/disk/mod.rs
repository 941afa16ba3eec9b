//! Files below a folder that is held open: every change of an output folder or a corpus, and what is read of one.
//!
//! A [`Folder`] is a handle. What is reached from it is reached component by component, and a link in any of them is
//! refused, so that neither a folder from a stranger nor one that is swapped meanwhile leads a write or a removal out
//! of it. Files are written aside, under names that nobody can guess, and renamed over.
//!
//! Each change is a step, and steps are counted, so that a test can make any of them fail or kill the
//! process there (`fault`, in builds with debug assertions alone). tantivy writes the files of its segments itself, into a
//! folder that counts for nothing until a step here moves them. A step waits for a while where another program holds a file
//! open (`patience`).

mod aside;
#[cfg(debug_assertions)]
mod fault;
mod folder;
mod inside;
mod patience;
mod refused;

pub(crate) use aside::{Aside, Maker};
pub use folder::Folder;
pub(crate) use inside::Inside;
pub(crate) use refused::{Found, Refused, cause, refused};

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
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
    stream_named(path, |out| out.write_all(bytes))
}

/// Like [`write_named`], for what is written bit by bit.
///
/// # Errors
/// As [`write_named`].
pub fn stream_named(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    let folder = Folder::named(path.parent().unwrap_or(Path::new("")))?;
    let name = Path::new(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
    // Said before anything is written.
    folder.size(name)?;
    let (file, aside) = folder.aside(Maker::Output)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    aside.persist(name)
}

/// [`io::Write::write_all`] on a file.
///
/// # Errors
/// What the file system says.
pub fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    step(Step::Fills)?;
    io::Write::write_all(file, bytes)
}

/// [`fs::File::set_permissions`].
///
/// # Errors
/// What the file system says.
pub fn set_permissions(file: &File, permissions: fs::Permissions) -> io::Result<()> {
    step(Step::Moves)?;
    file.set_permissions(permissions)
}
