//! Who writes into a folder of the corpus: one process at a time, on this machine or another one of the share.
//!
//! A file beside the documents is locked by the system, which drops the lock with its process, killed or not. Where a file
//! system has no locks, the file itself is the lock, and one that nobody has touched for a while is taken over.

use super::AuthorError;
use super::spot::Spot;
use crate::disk::{Folder, Maker, refused};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
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
pub(super) struct Held {
    folder: Folder,
    /// The lock's file, to be removed.
    name: &'static str,
    /// Locked by the system as long as it is open.
    file: Option<File>,
}

impl Held {
    /// Waits for the folder of a file, and removes what a writer that was killed has left there.
    pub(super) fn folder_of(spot: &Spot) -> Result<Self, AuthorError> {
        // Nobody knows of the lock: what can't be written is the folder.
        let fail = |error| AuthorError::Io(spot.of_folder().to_owned(), error);
        let folder = spot.folder.try_clone().map_err(fail)?;
        let held = Self::folder(folder, spot.of_folder())?;
        // What can't be removed does no harm.
        let _ = spot.folder.sweep(Maker::Author);
        Ok(held)
    }

    fn folder(folder: Folder, path: &Path) -> Result<Self, AuthorError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match locked(&folder).map_err(|error| AuthorError::Io(path.to_owned(), error))? {
                Attempt::Held(file) => {
                    return Ok(Self {
                        folder,
                        name: NAME,
                        file: Some(file),
                    });
                }
                Attempt::NoLocks => return Self::alone(folder, path, until),
                Attempt::Busy if Instant::now() >= until => return Err(AuthorError::Busy(path.to_owned())),
                Attempt::Busy => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Holds by a file that nobody else could make.
    fn alone(folder: Folder, path: &Path, until: Instant) -> Result<Self, AuthorError> {
        loop {
            match folder.write_new(ALONE, b"") {
                Ok(()) => {
                    return Ok(Self {
                        folder,
                        name: ALONE,
                        file: None,
                    });
                }
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    return Err(AuthorError::Io(path.to_owned(), error));
                }
                Err(_) if is_stale(&folder) => folder.discard(ALONE),
                Err(_) if Instant::now() >= until => return Err(AuthorError::Busy(path.to_owned())),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }
}

impl Drop for Held {
    /// A lock's file goes while it is locked: whoever waits for it then sees that it is another. Where that can't be
    /// seen, the file stays.
    fn drop(&mut self) {
        if cfg!(unix) || self.file.is_none() {
            self.folder.discard(self.name);
        }
    }
}

/// What came of an attempt.
enum Attempt {
    Held(File),
    Busy,
    NoLocks,
}

fn locked(folder: &Folder) -> io::Result<Attempt> {
    let file = match folder.open_lock(NAME) {
        Ok(file) => file,
        // Windows: it is being removed.
        Err(error) if cfg!(windows) && error.kind() == ErrorKind::PermissionDenied && refused(&error).is_none() => {
            return Ok(Attempt::Busy);
        }
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) if folder.is_at(NAME, &file) => Ok(Attempt::Held(file)),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(_)) => Ok(Attempt::NoLocks),
    }
}

/// Whether nobody has touched the lock for a while, by the clock of the file system that it is on.
fn is_stale(folder: &Folder) -> bool {
    let now = folder
        .aside(Maker::Author)
        .and_then(|(probe, _aside)| probe.metadata()?.modified());
    match (now, folder.stat(ALONE)) {
        (Ok(now), Ok(Some((_, Some(then))))) => now.duration_since(then).is_ok_and(|age| age > STALE),
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
                        let held = Held::folder_of(&Spot::new_in(folder.path(), "a.md").unwrap()).unwrap();
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
        let alone = |until| Held::alone(Folder::named(folder.path()).unwrap(), folder.path(), until);
        let first = alone(Instant::now()).unwrap();
        assert!(matches!(alone(Instant::now()), Err(AuthorError::Busy(_))));
        let long_ago = SystemTime::now() - STALE - Duration::from_secs(1);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
        drop(alone(Instant::now() + PATIENCE).unwrap());
        drop(first);
        assert!(!path.exists());
    }
}
