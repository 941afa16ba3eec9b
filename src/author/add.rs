//! New documents and the pictures that they show: whole or not at all, never over another, never
//! outside the corpus.

use super::held::Held;
use super::scaffold::namesake;
use super::spot::{Spot, make_folder};
use super::{AuthorError, aside};
use crate::check;
use crate::corpus::Source;
use crate::record::Kind;
use std::path::{Path, PathBuf};

/// Folder for what is kept as it is, and for pictures, beside the documents.
pub(crate) const ATTACHMENTS: &str = "附件";

/// Where a document was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Added {
    /// The new document.
    pub path: PathBuf,
    /// Its file below the corpus, with `/`.
    pub file: String,
    /// Its pictures, below the corpus.
    pub pictures: Vec<PathBuf>,
}

/// Writes a document into the folder of its kind, with its pictures beside it. Its text names
/// the pictures by [`picture_folder`].
///
/// # Errors
/// Where there is such a document (case aside), it bears a secrecy mark, its folder leads out of the
/// corpus, or it can't be written.
pub(crate) fn add(
    corpus: &Path,
    kind: Kind,
    stem: &str,
    text: &str,
    pictures: &[(String, Vec<u8>)],
) -> Result<Added, AuthorError> {
    let file = format!("{}/{stem}.md", folder(kind));
    let id = format!("{}/{stem}", folder(kind));
    if check::secrecy(&Source::of(id, file.clone(), text.to_owned())).is_some() {
        return Err(AuthorError::Classified(file));
    }
    let folder = Path::new(folder(kind));
    let names = make_folder(corpus, folder)?.names();
    let names = names.map_err(|error| AuthorError::Io(corpus.join(folder), error))?;
    if let Some(taken) = namesake(&names, stem) {
        return Err(AuthorError::Exists(corpus.join(folder).join(taken)));
    }
    let mut added = Added {
        path: corpus.join(&file),
        file,
        pictures: Vec::new(),
    };
    for (name, bytes) in pictures {
        let picture = folder.join(picture_folder(stem)).join(name);
        write_new(corpus, &picture, bytes)?;
        added.pictures.push(picture);
    }
    // The document last: once it is there, so is all that it shows.
    write_new(corpus, &added.file, text.as_bytes())?;
    Ok(added)
}

/// The folder of a kind, from whose name a document without front matter has its kind too.
pub(crate) fn folder(kind: Kind) -> &'static str {
    kind.zh()
}

/// The folder of a document's pictures, as its text names it.
pub(crate) fn picture_folder(stem: &str) -> String {
    format!("{ATTACHMENTS}/{stem}")
}

/// A body with its pictures named where they are.
pub(crate) fn with_pictures(body: &str, pictures: &[(String, Vec<u8>)], folder: &str) -> String {
    let mut body = body.to_owned();
    for (name, _) in pictures {
        body = body.replace(&format!("](<{name}>)"), &format!("](<{folder}/{name}>)"));
        body = body.replace(
            &format!("<img src=\"{name}\""),
            &format!("<img src=\"{folder}/{name}\""),
        );
    }
    body
}

/// Writes a file below the corpus whole or not at all, never over another.
pub(crate) fn write_new(corpus: &Path, file: impl AsRef<Path>, bytes: &[u8]) -> Result<(), AuthorError> {
    let spot = Spot::new_in(corpus, file)?;
    let _held = Held::folder_of(&spot)?;
    aside::create(&spot, bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn nothing_is_written_through_a_link_that_leads_out() {
        let (corpus, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        symlink(outside.path(), corpus.path().join("调研报告")).unwrap();
        let outcome = add(corpus.path(), Kind::Report, "2024-03-05-一", "正文", &[]);
        assert!(matches!(outcome, Err(AuthorError::Outside(_))), "{outcome:?}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn no_folder_is_made_behind_a_link_that_leads_out() {
        let (corpus, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir(corpus.path().join("调研报告")).unwrap();
        symlink(outside.path(), corpus.path().join("调研报告/附件")).unwrap();
        let outcome = write_new(corpus.path(), "调研报告/附件/一/图1.png", b"x");
        assert!(matches!(outcome, Err(AuthorError::Outside(_))), "{outcome:?}");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_document_keeps_its_place() {
        let corpus = tempfile::tempdir().unwrap();
        let first = add(corpus.path(), Kind::Case, "2024-03-05-甲", "一", &[]).unwrap();
        let second = add(corpus.path(), Kind::Case, "2024-03-05-甲", "二", &[]);
        assert!(matches!(second, Err(AuthorError::Exists(_))), "{second:?}");
        assert_eq!(std::fs::read_to_string(first.path).unwrap(), "一");
    }
}
