//! The files of a site, for an office that has no web server, and for tests.

use crate::disk::Inside;
use crate::http::{Reply, StatusCode, media_type};
use std::io;
use std::path::Path;

/// What stands for an address that isn't there.
const NOT_FOUND: &str = "404.html";

/// The folder of a site.
pub(crate) struct Pages(Inside);

impl Pages {
    /// Opens the folder.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        Inside::of(folder).map(Self)
    }

    /// The file at a path below the site.
    pub(super) fn file(&self, path: &str) -> Reply {
        let path = match path {
            "" => "index.html".to_owned(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_owned(),
        };
        let missing = || self.open(NOT_FOUND).map(|page| page.with_status(StatusCode::NOT_FOUND));
        // What begins with a point is the program's own, or nobody's.
        let found = if path.split('/').any(|part| part.starts_with('.')) {
            Err(io::ErrorKind::NotFound.into())
        } else {
            self.open(&path)
        };
        found
            .or_else(|_| missing())
            .unwrap_or_else(|_| Reply::failure(StatusCode::NOT_FOUND))
    }

    fn open(&self, path: &str) -> io::Result<Reply> {
        Reply::file(media_type(path), self.0.open_file(path)?)
    }
}
