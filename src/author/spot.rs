//! Where a file of the corpus is, or is to be: a name in a folder that is held open.
//!
//! The way there is gone once, from the corpus on, and no link leads it out. All that follows is done in that folder, by
//! that name: a folder on the way that is swapped for a link meanwhile changes nothing.

use super::AuthorError;
use crate::disk::{Folder, Found, Inside, refused};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A name in a folder of the corpus.
pub(super) struct Spot {
    pub folder: Folder,
    pub name: PathBuf,
    /// How a person writes it.
    pub path: PathBuf,
}

impl Spot {
    /// Of a plain file that is there. A link to a place inside the corpus is followed: the file changes, the link stays.
    pub fn of(corpus: &Path, file: impl AsRef<Path>) -> Result<Self, AuthorError> {
        let path = corpus.join(&file);
        match Inside::of(corpus).and_then(|inside| inside.place_of(file)) {
            Ok((folder, name)) => Ok(Self { folder, name, path }),
            Err(error) => Err(failed(path, error)),
        }
    }

    /// Of a file that is to be new. Its folder is made where it isn't there.
    pub fn new_in(corpus: &Path, file: impl AsRef<Path>) -> Result<Self, AuthorError> {
        let (file, path) = (file.as_ref(), corpus.join(&file));
        let name = file.file_name().map(PathBuf::from);
        let folder = file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            folder: make_folder(corpus, folder)?,
            name: name.ok_or_else(|| AuthorError::Outside(path.clone()))?,
            path,
        })
    }

    pub fn open(&self) -> Result<File, AuthorError> {
        self.folder.open_file(&self.name).map_err(|error| self.failed(error))
    }

    pub fn read(&self) -> Result<Vec<u8>, AuthorError> {
        let mut bytes = Vec::new();
        let read = self.open()?.read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| self.failed(error))
    }

    /// What an error says that came up at it.
    pub fn failed(&self, error: io::Error) -> AuthorError {
        failed(self.path.clone(), error)
    }

    /// The path of its folder, for messages.
    pub fn of_folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// Makes a folder below the corpus, unless a link in its path leads out: then nothing is made.
pub(super) fn make_folder(corpus: &Path, below: &Path) -> Result<Folder, AuthorError> {
    let make = || {
        std::fs::create_dir_all(corpus)?;
        Inside::of(corpus)?.make(below)
    };
    make().map_err(|error| failed(corpus.join(below), error))
}

/// The bytes of a file below the corpus.
///
/// # Errors
/// Where it leads out of the corpus, isn't a plain file or can't be read.
pub fn read(corpus: &Path, file: impl AsRef<Path>) -> Result<Vec<u8>, AuthorError> {
    Spot::of(corpus, file)?.read()
}

fn failed(path: PathBuf, error: io::Error) -> AuthorError {
    match refused(&error).map(|refused| refused.found) {
        Some(Found::Link | Found::Outside) => AuthorError::Outside(path),
        None if error.kind() == ErrorKind::AlreadyExists => AuthorError::Exists(path),
        _ => AuthorError::Io(path, error),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::author::aside::{create, replace};
    use crate::author::file::Original;
    use crate::author::held::Held;
    use std::fs;
    use std::os::unix::fs::symlink;

    /// A corpus with a folder, a folder elsewhere with files of the same names, and what stands there.
    fn two() -> (tempfile::TempDir, tempfile::TempDir, impl Fn() -> Vec<(String, String)>) {
        let (corpus, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(corpus.path().join("a")).unwrap();
        fs::write(corpus.path().join("a/x.md"), "old").unwrap();
        for name in ["x.md", ".jianyan.lock", ".jianyan-1-0.tmp", ".jianyan.held"] {
            fs::write(elsewhere.path().join(name), "old").unwrap();
        }
        fs::write(elsewhere.path().join(format!(".jianyan-{}", "0".repeat(32))), "old").unwrap();
        let place = elsewhere.path().to_owned();
        let stands = move || {
            let entries = fs::read_dir(&place).unwrap().flatten();
            let text = |path: PathBuf| fs::read_to_string(path).unwrap();
            let mut all: Vec<_> = entries
                .map(|entry| (entry.file_name().into_string().unwrap(), text(entry.path())))
                .collect();
            all.sort();
            all
        };
        (corpus, elsewhere, stands)
    }

    #[test]
    fn a_folder_that_is_swapped_for_a_link_after_the_look_leads_nothing_out() {
        let (corpus, elsewhere, stands) = two();
        let before = stands();
        let spot = Spot::of(corpus.path(), "a/x.md").unwrap();
        let new = Spot::new_in(corpus.path(), "a/y.md").unwrap();
        let aside = corpus.path().join("aside");
        fs::rename(corpus.path().join("a"), &aside).unwrap();
        symlink(elsewhere.path(), corpus.path().join("a")).unwrap();

        let held = Held::folder_of(&spot).unwrap();
        assert!(aside.join(".jianyan.lock").exists());
        replace(&spot, b"old", b"new").unwrap();
        create(&new, b"new").unwrap();
        drop(held);
        assert_eq!(stands(), before);
        assert_eq!(fs::read_to_string(aside.join("x.md")).unwrap(), "new");
        assert_eq!(fs::read_to_string(aside.join("y.md")).unwrap(), "new");
        assert_eq!(fs::read_dir(&aside).unwrap().count(), 2);
        for outcome in [Spot::of(corpus.path(), "a/x.md"), Spot::new_in(corpus.path(), "a/z.md")] {
            assert!(matches!(outcome, Err(AuthorError::Outside(_))));
        }
    }

    #[test]
    fn a_file_that_is_swapped_for_a_link_or_a_pipe_is_neither_written_nor_waited_for() {
        let (corpus, elsewhere, stands) = two();
        let before = stands();
        let path = corpus.path().join("a/x.md");
        let spot = Spot::of(corpus.path(), "a/x.md").unwrap();
        fs::remove_file(&path).unwrap();
        symlink(elsewhere.path().join("x.md"), &path).unwrap();
        let outcome = replace(&spot, b"old", b"new");
        assert!(matches!(outcome, Err(AuthorError::Outside(_))), "{outcome:?}");

        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let outcome = replace(&spot, b"old", b"new");
        assert!(matches!(outcome, Err(AuthorError::Io(..))), "{outcome:?}");
        assert!(matches!(read(corpus.path(), "a/x.md"), Err(AuthorError::Io(..))));
        assert!(matches!(
            Original::open(corpus.path(), "a/x.md"),
            Err(AuthorError::Io(..))
        ));
        assert_eq!(stands(), before);
    }

    #[test]
    fn a_link_to_a_place_inside_is_followed_and_stays() {
        let (corpus, ..) = two();
        symlink("a", corpus.path().join("b")).unwrap();
        symlink("a/x.md", corpus.path().join("l.md")).unwrap();
        for file in ["b/x.md", "l.md"] {
            fs::write(corpus.path().join("a/x.md"), "old").unwrap();
            replace(&Spot::of(corpus.path(), file).unwrap(), b"old", b"new").unwrap();
            assert_eq!(fs::read_to_string(corpus.path().join("a/x.md")).unwrap(), "new");
        }
        create(&Spot::new_in(corpus.path(), "b/c/d.md").unwrap(), b"new").unwrap();
        assert!(corpus.path().join("a/c/d.md").exists());
        assert!(corpus.path().join("b").is_symlink() && corpus.path().join("l.md").is_symlink());
    }
}
