//! Who writes into a folder of the corpus: one process at a time, on this machine or another one of the share.
//!
//! A file beside the documents is locked by the system, which drops the lock with its process, killed or not. Where a file
//! system has no locks, the file itself is the lock, and one that nobody has touched for a while is taken over.

use super::{AuthorError, aside};
use crate::disk::{self, Folder, refused};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The file that is locked.
const NAME: &str = ".jianyan.lock";
/// The file that is a lock by itself.
const ALONE: &str = ".jianyan.held";
/// How long one waits for another.
const PATIENCE: Duration = Duration::from_secs(30);
/// After this time a file that is a lock by itself was left by a process that is gone.
const STALE: Duration = Duration::from_secs(20);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(3);

/// A folder that is held; dropping it lets it go.
pub struct Held {
    /// The lock's file, to be removed.
    path: PathBuf,
    /// Locked by the system as long as it is open.
    _file: Option<File>,
}

impl Held {
    /// Waits for the folder of a file, and removes what a writer that was killed has left there.
    pub fn folder_of(path: &Path) -> Result<Self, AuthorError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let held = Self::folder(folder)?;
        aside::sweep(folder);
        Ok(held)
    }

    fn folder(folder: &Path) -> Result<Self, AuthorError> {
        let path = folder.join(NAME);
        // Nobody knows of the lock: what can't be written is the folder.
        let fail = |error| AuthorError::Io(folder.to_owned(), error);
        let place = Folder::named(folder).map_err(fail)?;
        let until = Instant::now() + PATIENCE;
        loop {
            match locked(&place, &path).map_err(fail)? {
                Attempt::Held(file) => {
                    return Ok(Self {
                        path,
                        _file: Some(file),
                    });
                }
                Attempt::NoLocks => return Self::alone(&folder.join(ALONE), until),
                Attempt::Busy if Instant::now() >= until => return Err(AuthorError::Busy(folder.to_owned())),
                Attempt::Busy => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Holds by a file that nobody else could make.
    fn alone(path: &Path, until: Instant) -> Result<Self, AuthorError> {
        let fail = |error| AuthorError::Io(path.parent().unwrap_or(path).to_owned(), error);
        loop {
            match disk::open(OpenOptions::new().write(true).create_new(true), path) {
                Ok(_) => {
                    return Ok(Self {
                        path: path.to_owned(),
                        _file: None,
                    });
                }
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(fail(error)),
                Err(_) if is_stale(path) => drop(std::fs::remove_file(path)),
                Err(_) if Instant::now() >= until => {
                    return Err(AuthorError::Busy(path.parent().unwrap_or(path).to_owned()));
                }
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }
}

impl Drop for Held {
    /// A lock's file goes while it is locked: whoever waits for it then sees that it is another. Where that can't be
    /// seen, the file stays.
    fn drop(&mut self) {
        if cfg!(unix) || self._file.is_none() {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// What came of an attempt.
enum Attempt {
    Held(File),
    Busy,
    NoLocks,
}

fn locked(folder: &Folder, path: &Path) -> io::Result<Attempt> {
    let file = match folder.open_lock(NAME) {
        Ok(file) => file,
        // Windows: it is being removed.
        Err(error) if cfg!(windows) && error.kind() == ErrorKind::PermissionDenied && refused(&error).is_none() => {
            return Ok(Attempt::Busy);
        }
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) if is_at(&file, path) => Ok(Attempt::Held(file)),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(_)) => Ok(Attempt::NoLocks),
    }
}

/// Whether an open file is still the one of its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: std::fs::Metadata| (found.dev(), found.ino());
    let (own, there) = (file.metadata(), std::fs::symlink_metadata(path));
    own.is_ok_and(|own| there.is_ok_and(|there| identity(own) == identity(there)))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Whether nobody has touched a file for a while, by the clock of the file system that it is on.
fn is_stale(path: &Path) -> bool {
    let touched = |path: &Path| std::fs::metadata(path)?.modified();
    let folder = path.parent().unwrap_or(Path::new("."));
    let now = tempfile::Builder::new()
        .prefix(".jianyan-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .and_then(|probe| touched(probe.path()));
    match (now, touched(path)) {
        (Ok(now), Ok(then)) => now.duration_since(then).is_ok_and(|age| age > STALE),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::SystemTime;

    #[test]
    fn one_at_a_time_holds_a_folder_and_nothing_stays_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let held = Held::folder_of(&folder.path().join("a.md")).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(held);
                    }
                });
            }
        });
        if cfg!(unix) {
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn without_locks_of_the_system_a_file_holds_the_folder_until_its_owner_is_long_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(ALONE);
        let first = Held::alone(&path, Instant::now()).unwrap();
        assert!(matches!(Held::alone(&path, Instant::now()), Err(AuthorError::Busy(_))));
        let long_ago = SystemTime::now() - STALE - Duration::from_secs(1);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
        drop(Held::alone(&path, Instant::now() + PATIENCE).unwrap());
        drop(first);
        assert!(!path.exists());
    }
}
