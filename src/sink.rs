//! Where the files of a site go: the one way out for pages, the search bundle and attachments.

use crate::cache::Stamp;
use std::io;

/// Takes the files of a site, from several threads: into a folder, or into memory for the preview.
pub trait Sink: Sync {
    /// Takes one file by its path below the site, with `/`.
    ///
    /// # Errors
    /// What the file system says; for a sink that may refuse files, why it does.
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()>;

    /// Keeps the file of a path as the last run left it, if its content is the one of the stamp; says whether.
    fn keep(&self, path: &str, stamp: &Stamp) -> bool;

    /// Takes one file whose content is text.
    ///
    /// # Errors
    /// As [`Sink::put`].
    fn text(&self, path: &str, text: String) -> io::Result<()> {
        self.put(path, text.into_bytes())
    }
}

/// A folder of another sink: takes files by their paths below that folder.
pub struct Below<'a> {
    folder: &'static str,
    sink: &'a dyn Sink,
}

impl<'a> Below<'a> {
    /// The folder of that name.
    pub fn new(folder: &'static str, sink: &'a dyn Sink) -> Self {
        Self { folder, sink }
    }

    fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }
}

impl Sink for Below<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.sink.put(&self.path(path), bytes)
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.sink.keep(&self.path(path), stamp)
    }
}
