//! The text of a document in an author's hands: what it was when it was taken, and what it becomes.

use super::AuthorError;
use super::add::inside;
use super::entry::Edit;
use super::file::Original;
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;
use similar::{Algorithm, DiffTag, TextDiff};
use std::ops::Range;
use std::path::Path;

/// A document as it stands in its file, with the mark of that state.
#[derive(Debug)]
pub struct Opened {
    /// The document.
    pub source: Source,
    /// Names the bytes that the file had.
    pub mark: String,
    /// The bytes that the file had.
    pub bytes: Vec<u8>,
}

/// Reads a document of the corpus by its file below it.
///
/// # Errors
/// Where it leads out of the corpus, bears a secrecy mark, is no text, or can't be read.
pub fn open(corpus: &Path, id: &str, file: &str) -> Result<Opened, AuthorError> {
    let path = inside(corpus, &corpus.join(file))?;
    let bytes = std::fs::read(&path).map_err(|error| AuthorError::Io(path, error))?;
    let mark = blake3::hash(&bytes).to_hex().to_string();
    let decoded = decode(bytes.clone()).map_err(|_| AuthorError::Unreadable(file.to_owned()))?;
    let source = Source::of(id.to_owned(), file.to_owned(), decoded.text);
    if check::secrecy(&source).is_some() {
        return Err(AuthorError::Classified(file.to_owned()));
    }
    Ok(Opened { source, mark, bytes })
}

impl Opened {
    /// The same document with another front matter and body.
    pub fn with(&self, front: &str, body: &str) -> Source {
        let old = &self.source;
        let mut text = match &old.front {
            Some(range) => {
                let end = if front.is_empty() || front.ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                [
                    &old.text[..range.start],
                    front,
                    end,
                    &old.text[range.end..old.body.start],
                ]
                .concat()
            }
            None if front.trim().is_empty() => String::new(),
            None => format!("---\n{}\n---\n\n", front.trim_end()),
        };
        text += body;
        Source::of(old.id.clone(), old.file.clone(), text)
    }

    /// Puts a new text in the place of the old one. Lines that are the same keep their bytes.
    ///
    /// # Errors
    /// Where the file is no longer as it was when `mark` was taken, the new text bears a secrecy mark
    /// or can't be written in the file's encoding, or the machine fails.
    pub fn replace(&self, corpus: &Path, mark: &str, new: &Source) -> Result<(), AuthorError> {
        let file = || self.source.file.clone();
        if self.mark != mark {
            return Err(AuthorError::Changed(corpus.join(file())));
        }
        if check::secrecy(new).is_some() {
            return Err(AuthorError::Classified(file()));
        }
        if new.text == self.source.text {
            return Ok(());
        }
        let original = Original::open(corpus, &self.source)?;
        let edits = edits(&self.source.text, &new.text);
        let bytes = original.changed(&self.source, &edits);
        let bytes = bytes.ok_or_else(|| AuthorError::Changed(corpus.join(file())))?;
        let text = decode(bytes.clone()).map_err(|_| AuthorError::Unreadable(file()))?.text;
        if text != new.text {
            // An encoding that lacks the new characters would have written others.
            return Err(AuthorError::Unreadable(file()));
        }
        original.replace(&bytes)
    }
}

/// What is to be changed, whole lines at a time.
fn edits(old: &str, new: &str) -> Vec<Edit> {
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(old, new);
    let (before, after) = (starts(old), starts(new));
    let bytes = |starts: &[usize], lines: Range<usize>| starts[lines.start]..starts[lines.end];
    diff.ops()
        .iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| Edit {
            at: bytes(&before, op.old_range()),
            text: new[bytes(&after, op.new_range())].to_owned(),
        })
        .collect()
}

/// Where each line begins, and the end of the text.
fn starts(text: &str) -> Vec<usize> {
    let ends = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some(*at)
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(bytes: &[u8], front: &str, body: &str) -> (Result<(), AuthorError>, Vec<u8>) {
        let corpus = tempfile::tempdir().unwrap();
        std::fs::write(corpus.path().join("a.md"), bytes).unwrap();
        let copy = open(corpus.path(), "a", "a.md").unwrap();
        let new = copy.with(front, body);
        let outcome = copy.replace(corpus.path(), &copy.mark, &new);
        (outcome, std::fs::read(corpus.path().join("a.md")).unwrap())
    }

    #[test]
    fn lines_that_stay_keep_their_bytes() {
        for (bytes, front, body, expected) in [
            (
                "---\r\ntitle: 一\r\ntags: []  # 空\n---\r\n\r\n甲\r\n乙\n丙"
                    .as_bytes()
                    .to_vec(),
                "title: 二\ntags: []  # 空\n",
                "\n甲\n乙\n丁",
                "---\r\ntitle: 二\r\ntags: []  # 空\n---\r\n\r\n甲\r\n乙\n丁"
                    .as_bytes()
                    .to_vec(),
            ),
            (
                [b"\xEF\xBB\xBF".as_slice(), "一\n二\n".as_bytes()].concat(),
                "title: 题",
                "一\n二\n",
                [b"\xEF\xBB\xBF".as_slice(), "---\ntitle: 题\n---\n\n一\n二\n".as_bytes()].concat(),
            ),
            (
                encoding_rs::GB18030.encode("---\ntitle: 一\n---\n甲\n").0.into_owned(),
                "title: 一",
                "乙\n",
                encoding_rs::GB18030.encode("---\ntitle: 一\n---\n乙\n").0.into_owned(),
            ),
        ] {
            let (outcome, now) = edited(&bytes, front, body);
            outcome.unwrap();
            assert_eq!(String::from_utf8_lossy(&now), String::from_utf8_lossy(&expected));
        }
    }

    #[test]
    fn a_state_that_has_passed_is_not_written_over() {
        let corpus = tempfile::tempdir().unwrap();
        let path = corpus.path().join("a.md");
        std::fs::write(&path, "一\n").unwrap();
        let copy = open(corpus.path(), "a", "a.md").unwrap();
        std::fs::write(&path, "别人写的\n").unwrap();
        let mine = copy.with("", "我写的\n");
        let later = open(corpus.path(), "a", "a.md").unwrap();
        for held in [&copy, &later] {
            let outcome = held.replace(corpus.path(), &copy.mark, &mine);
            assert!(matches!(outcome, Err(AuthorError::Changed(_))), "{outcome:?}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "别人写的\n");
    }

    #[test]
    fn a_secrecy_mark_is_not_written() {
        let (outcome, now) = edited("一\n".as_bytes(), "", "机密★\n");
        assert!(matches!(outcome, Err(AuthorError::Classified(_))), "{outcome:?}");
        assert_eq!(now, "一\n".as_bytes());
    }
}
