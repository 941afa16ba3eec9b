//! Every change of an output folder: what writes, moves or removes there calls these instead of `std::fs`.
//!
//! Each call is a step, and steps are counted, so that a test can make any of them fail or kill the
//! process there (`fault`, in builds with debug assertions alone). tantivy writes the files of its segments itself, into a
//! folder that counts for nothing until a step here moves them.

#[cfg(debug_assertions)]
mod fault;

use std::fs;
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

/// [`fs::write`].
pub fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    step(Step::Fills)?;
    fs::write(path, bytes)
}

/// Writes a file aside and renames it over, so that readers see the old one or the new one, whole.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("new");
    write(&aside, bytes)?;
    rename(&aside, path)
}

/// [`fs::rename`].
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Moves)?;
    fs::rename(from, to)
}

/// [`fs::create_dir`].
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Fills)?;
    fs::create_dir(path)
}

/// [`fs::create_dir_all`].
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Fills)?;
    fs::create_dir_all(path)
}

/// [`fs::File::create`].
pub fn create(path: impl AsRef<Path>) -> io::Result<fs::File> {
    step(Step::Fills)?;
    fs::File::create(path)
}

/// [`fs::OpenOptions::open`], for a file that is to be written.
pub fn open(options: &fs::OpenOptions, path: impl AsRef<Path>) -> io::Result<fs::File> {
    step(Step::Fills)?;
    options.open(path)
}

/// [`io::Write::write_all`] on a file.
pub fn write_all(file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
    step(Step::Fills)?;
    io::Write::write_all(file, bytes)
}

/// [`fs::File::set_permissions`].
pub fn set_permissions(file: &fs::File, permissions: fs::Permissions) -> io::Result<()> {
    step(Step::Moves)?;
    file.set_permissions(permissions)
}

/// [`fs::hard_link`].
pub fn hard_link(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Fills)?;
    fs::hard_link(from, to)
}

/// [`fs::remove_file`].
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Moves)?;
    fs::remove_file(path)
}

/// [`fs::remove_dir`].
pub fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Moves)?;
    fs::remove_dir(path)
}

/// [`fs::remove_dir_all`].
pub fn remove_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    step(Step::Moves)?;
    fs::remove_dir_all(path)
}
