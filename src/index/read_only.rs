//! The index folder as a reader sees it: nothing in it is created or changed.
//!
//! tantivy's own folder puts a lock file beside the index whenever a reader opens it, which fails on a
//! share without write permission and leaves a stray file elsewhere. Our writer never removes a file
//! before the new index is in place, so readers need no lock.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, TantivyError};

/// A folder that is only read.
#[derive(Debug, Clone)]
pub(super) struct ReadOnlyDirectory {
    /// As tantivy sees it.
    pub(super) inner: MmapDirectory,
    /// Where it is.
    pub(super) root: PathBuf,
}

impl ReadOnlyDirectory {
    /// A pipe in the place of a file would be waited for.
    fn is_no_file(&self, path: &Path) -> bool {
        std::fs::metadata(self.root.join(path)).is_ok_and(|found| !found.is_file())
    }

    fn no_file(&self, path: &Path) -> OpenReadError {
        OpenReadError::IoError {
            io_error: Arc::new(io::Error::new(ErrorKind::InvalidInput, "not a file")),
            filepath: self.root.join(path),
        }
    }
}

fn refused() -> io::Error {
    io::Error::new(ErrorKind::PermissionDenied, "the index is open for reading")
}

impl Directory for ReadOnlyDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if self.is_no_file(path) {
            return Err(self.no_file(path));
        }
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(refused()),
            filepath: path.to_owned(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(refused()),
            filepath: path.to_owned(),
        })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if self.is_no_file(path) {
            return Err(self.no_file(path));
        }
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> Result<WatchHandle, TantivyError> {
        Ok(WatchHandle::empty())
    }
}
