//! Taking a write back, as long as nobody else has changed what it wrote.

use super::AuthorError;
use super::add::Added;
use super::edit::Opened;
use super::file::Original;
use super::spot::read;
use crate::corpus::decode::decode;
use crate::disk::Inside;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// One write, with what it takes to take it back.
#[derive(Debug)]
pub(crate) struct Written {
    /// The document, or what else was written, below the corpus, with `/`.
    file: String,
    /// Its bytes before; `None` of a new one.
    before: Option<Vec<u8>>,
    after: Vec<u8>,
    /// What came along with a new one, below the corpus.
    along: Vec<(PathBuf, Vec<u8>)>,
}

impl Written {
    /// Of a document that was opened and has been given another text since. `None` where the file doesn't hold
    /// that text: somebody else was quicker.
    pub(crate) fn of_change(corpus: &Path, opened: &Opened, text: &str) -> Option<Self> {
        let file = opened.source.file.clone();
        let after = read(corpus, &file).ok()?;
        let is_ours = decode(after.clone()).is_ok_and(|decoded| decoded.text == text);
        is_ours.then(|| Self {
            file,
            before: Some(opened.bytes.clone()),
            after,
            along: Vec::new(),
        })
    }

    /// Of a new document.
    pub(crate) fn of_new(corpus: &Path, added: &Added) -> Option<Self> {
        let along = added.pictures.iter();
        Some(Self {
            file: added.file.clone(),
            before: None,
            after: read(corpus, &added.file).ok()?,
            along: along
                .map(|path| Some((path.clone(), read(corpus, path).ok()?)))
                .collect::<Option<_>>()?,
        })
    }

    /// Of a file that was kept as it is.
    pub(crate) fn of_kept(file: String, bytes: Vec<u8>) -> Self {
        Self {
            file,
            before: None,
            after: bytes,
            along: Vec::new(),
        }
    }

    /// What was written, below the corpus.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Whether the file was not there before.
    pub(crate) fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Bytes that it holds.
    pub(crate) fn size(&self) -> usize {
        let along = self.along.iter().map(|(_, bytes)| bytes.len());
        self.before.as_ref().map_or(0, Vec::len) + self.after.len() + along.sum::<usize>()
    }

    /// Makes the file what it was. A new one goes, with what came along and is still as it came.
    ///
    /// # Errors
    /// [`AuthorError::Changed`] where the file is no longer what was written; where it leads out of the corpus, or the
    /// machine fails.
    pub(crate) fn take_back(&self, corpus: &Path) -> Result<(), AuthorError> {
        let original = still(corpus, &self.file, &self.after)?;
        if let Some(before) = &self.before {
            original.replace(&self.file, before).map(drop)
        } else {
            original.remove()?;
            self.remove_along(corpus);
            Ok(())
        }
    }

    /// What can't be removed stays: the document, which showed it, is gone.
    fn remove_along(&self, corpus: &Path) {
        for (path, bytes) in &self.along {
            let _ = still(corpus, path, bytes).and_then(Original::remove);
        }
        let Ok(inside) = Inside::of(corpus) else { return };
        let folders = self.along.iter().filter_map(|(path, _)| path.parent());
        // Only an empty one goes.
        folders.for_each(|folder| drop(inside.remove_dir(folder)));
    }
}

/// Takes hold of a file that is as it was written.
fn still(corpus: &Path, file: impl AsRef<Path>, bytes: &[u8]) -> Result<Original, AuthorError> {
    let changed = || AuthorError::Changed(corpus.join(&file));
    match Original::open(corpus, &file) {
        Ok(original) if original.bytes() == bytes => Ok(original),
        Ok(_) => Err(changed()),
        Err(AuthorError::Io(_, error)) if error.kind() == ErrorKind::NotFound => Err(changed()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::{add, open};
    use crate::record::Kind;

    #[test]
    fn a_change_is_taken_back_to_the_byte_unless_somebody_else_wrote() {
        let corpus = tempfile::tempdir().unwrap();
        let path = corpus.path().join("a.md");
        let bytes = "---\r\ntitle: 一\r\n---\r\n甲\n".as_bytes();
        std::fs::write(&path, bytes).unwrap();
        let opened = open(corpus.path(), "a", "a.md").unwrap();
        let new = opened.with("title: 二\n", "乙\n").unwrap();
        opened.replace(corpus.path(), &opened.mark, &new).unwrap();
        assert!(Written::of_change(corpus.path(), &opened, "别的").is_none());
        let written = Written::of_change(corpus.path(), &opened, &new.text).unwrap();

        let new = std::fs::read(&path).unwrap();
        std::fs::write(&path, "别人写的").unwrap();
        let outcome = written.take_back(corpus.path());
        assert!(matches!(outcome, Err(AuthorError::Changed(_))), "{outcome:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "别人写的");

        std::fs::write(&path, new).unwrap();
        written.take_back(corpus.path()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
        assert!(written.take_back(corpus.path()).is_err(), "once");
    }

    #[test]
    fn a_new_document_goes_with_its_pictures_and_leaves_what_is_not_its_own() {
        let corpus = tempfile::tempdir().unwrap();
        let pictures = [("1.png".to_owned(), vec![1]), ("2.png".to_owned(), vec![2])];
        let added = add(corpus.path(), Kind::Case, "甲", "正文", &pictures).unwrap();
        let written = Written::of_new(corpus.path(), &added).unwrap();
        std::fs::write(corpus.path().join(&added.pictures[1]), "改过的").unwrap();
        written.take_back(corpus.path()).unwrap();
        let stays = |picture: &PathBuf| corpus.path().join(picture).exists();
        assert!(!added.path.exists() && !stays(&added.pictures[0]));
        assert!(stays(&added.pictures[1]), "somebody has changed it");
    }
}
