//! Files written whole or not at all: aside first, then in their place. What takes the place of a file is that file for
//! everybody: its mode, its owner where that is allowed, its extended attributes.

use super::AuthorError;
use crate::disk;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What the names of files begin and end with that wait for their place. Hidden, so that whoever reads the corpus
/// meanwhile passes them over.
const PREFIX: &str = ".jianyan-";
const SUFFIX: &str = ".tmp";

/// Puts new bytes in the place of those that a file has.
///
/// # Errors
/// Where the file may not be written or has a second name, somebody else has written it, or the machine fails: it stays
/// as it was.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), AuthorError> {
    may_be_replaced(path)?;
    let fail = |error| AuthorError::Io(path.to_owned(), error);
    let aside = Aside::write(path, new, Mode::Private).map_err(fail)?;
    keep_attributes(path, &aside.file).map_err(fail)?;
    if std::fs::read(path).map_err(fail)? != old {
        return Err(AuthorError::Changed(path.to_owned()));
    }
    disk::rename(&aside.path, path).map_err(fail)?;
    aside.finish(path);
    Ok(())
}

/// Writes a new file, never over another.
///
/// # Errors
/// Where there is one, or the machine fails.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = Aside::write(path, bytes, Mode::ForAll)?;
    // A second name that is given only where there is none yet; then the first goes.
    match disk::hard_link(&aside.path, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // A file system without second names: whoever comes between is not written over.
        Err(_) if path.symlink_metadata().is_ok() => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => {
            disk::rename(&aside.path, path)?;
            aside.finish(path);
            Ok(())
        }
    }
}

/// Removes what a writer that was killed has left in a folder. Only who holds the folder may.
pub fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Some(rest) = name.strip_prefix(PREFIX) else {
            continue;
        };
        // Six letters, and no ending, were the names of an earlier version.
        let ours = rest.ends_with(SUFFIX) || (rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// Who may read a file while it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Its owner, until it has the mode of the file that it replaces.
    Private,
    /// Whoever the umask lets.
    ForAll,
}

/// A file that waits for its place, and is removed where it doesn't get there.
struct Aside {
    path: PathBuf,
    file: File,
    in_place: bool,
}

impl Aside {
    fn write(path: &Path, bytes: &[u8], mode: Mode) -> io::Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let (path, file) = made(folder, mode)?;
        let mut aside = Self {
            path,
            file,
            in_place: false,
        };
        disk::write_all(&mut aside.file, bytes)?;
        aside.file.sync_all()?;
        Ok(aside)
    }

    fn finish(mut self, path: &Path) {
        self.in_place = true;
        // The name has changed in the folder: that reaches the disk too, where folders can be synced.
        if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
            drop(folder.sync_all());
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.in_place {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// A file of a name that is free.
fn made(folder: &Path, mode: Mode) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    for number in 0..1000 {
        let path = folder.join(format!("{PREFIX}{process}-{number}{SUFFIX}"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(if mode == Mode::Private { 0o600 } else { 0o666 });
        }
        #[cfg(not(unix))]
        let _ = mode;
        match disk::open(&options, &path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => return Ok((path, file)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// A file that its owner has closed against writing is not written, nor one of which another name would keep the old text.
fn may_be_replaced(path: &Path) -> Result<(), AuthorError> {
    let fail = |error| AuthorError::Io(path.to_owned(), error);
    let found = std::fs::metadata(path).map_err(fail)?;
    let refused = |error: io::Error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => AuthorError::ReadOnly(path.to_owned()),
        _ => AuthorError::Io(path.to_owned(), error),
    };
    if found.permissions().readonly() {
        return Err(AuthorError::ReadOnly(path.to_owned()));
    }
    OpenOptions::new().write(true).open(path).map_err(refused)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if found.nlink() > 1 {
            return Err(AuthorError::HardLink(path.to_owned(), found.nlink()));
        }
    }
    Ok(())
}

/// Gives a file what another has besides its bytes.
#[cfg(unix)]
fn keep_attributes(from: &Path, to: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    use xattr::FileExt;
    let old = std::fs::metadata(from)?;
    let new = to.metadata()?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) && fchown(to, Some(old.uid()), Some(old.gid())).is_err() {
        // Only the system's own user may give files away; a group of one's own may be kept.
        drop(fchown(to, None, Some(old.gid())));
    }
    disk::set_permissions(to, old.permissions())?;
    // A file system without attributes has none to lose.
    for name in xattr::list(from).into_iter().flatten() {
        if let Ok(Some(value)) = xattr::get(from, &name) {
            match to.set_xattr(&name, &value) {
                Err(error) if name.to_string_lossy().starts_with("user.") => return Err(error),
                // Those of the system are its own to give.
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_attributes(from: &Path, to: &File) -> io::Result<()> {
    disk::set_permissions(to, std::fs::metadata(from)?.permissions())
}
