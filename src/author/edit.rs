//! The text of a document in an author's hands: what it was when it was taken, and what it becomes.

use super::AuthorError;
use super::file::{Edit, Original, Undo, mark};
use super::front::{Refusal, Why, applied};
use super::spot::read;
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;
use similar::{Algorithm, DiffTag, TextDiff};
use std::ops::Range;
use std::path::Path;

/// A document as it stands in its file, with the mark of that state.
#[derive(Debug)]
pub(crate) struct Opened {
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
/// Where it leads out of the corpus, bears a secrecy mark, is not text, or can't be read.
pub(crate) fn open(corpus: &Path, id: &str, file: &str) -> Result<Opened, AuthorError> {
    let bytes = read(corpus, file)?;
    let mark = mark(&bytes);
    let decoded = decode(bytes.clone()).map_err(|_| AuthorError::Undecodable(file.to_owned()))?;
    let source = Source::of(id.to_owned(), file.to_owned(), decoded.text);
    if check::secrecy(&source).is_some() {
        return Err(AuthorError::Classified(file.to_owned()));
    }
    Ok(Opened { source, mark, bytes })
}

impl Opened {
    /// The same document with another front matter and body.
    ///
    /// # Errors
    /// Where the front matter would end before its end: it has a line of dashes of its own, or is none.
    pub(crate) fn with(&self, front: &str, body: &str) -> Result<Source, AuthorError> {
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
        let begins = text.len();
        text += body;
        let new = Source::of(old.id.clone(), old.file.clone(), text);
        // Without a front matter the body may begin with what becomes one.
        let none = old.front.is_none() && front.trim().is_empty();
        let said = new.front_text().is_some_and(|said| said.trim_end() == front.trim_end());
        let between = new.text.get(new.body.start..begins).unwrap_or("—");
        if none || (said && between.trim().is_empty()) {
            Ok(new)
        } else {
            Err(AuthorError::FrontEnds(old.file.clone()))
        }
    }

    /// Puts a new text in the place of the old one. Lines that are the same keep their bytes. `None` where nothing has
    /// changed.
    ///
    /// # Errors
    /// Where the file is no longer as it was when `mark` was taken, the new text bears a secrecy mark
    /// or can't be written in the file's encoding, or the machine fails.
    pub(crate) fn replace(&self, corpus: &Path, mark: &str, new: &Source) -> Result<Option<Undo>, AuthorError> {
        let file = || self.source.file.clone();
        if self.mark != mark {
            return Err(AuthorError::Changed(corpus.join(file())));
        }
        if check::secrecy(new).is_some() {
            return Err(AuthorError::Classified(file()));
        }
        if new.text == self.source.text {
            return Ok(None);
        }
        let original = Original::open(corpus, &self.source.file)?;
        if super::file::mark(original.bytes()) != mark {
            return Err(AuthorError::Changed(corpus.join(file())));
        }
        let mut draft = Draft::of(&self.source);
        draft.text.clone_from(&new.text);
        let bytes = draft.bytes(&original)?;
        original.replace(&self.source.file, &bytes).map(Some)
    }
}

/// A text that is changed step by step.
pub(super) struct Draft<'a> {
    old: &'a Source,
    text: String,
    /// The changes that were made, one step after another.
    steps: Vec<Vec<Edit>>,
}

impl<'a> Draft<'a> {
    /// A text as it is.
    pub(super) fn of(source: &'a Source) -> Self {
        Self {
            old: source,
            text: source.text.clone(),
            steps: Vec::new(),
        }
    }

    /// The document as it was.
    pub(super) fn old(&self) -> &'a Source {
        self.old
    }

    /// The document as it has become.
    pub(super) fn source(&self) -> Source {
        Source::of(self.old.id.clone(), self.old.file.clone(), self.text.clone())
    }

    /// Puts a front matter before a text that has none.
    pub(super) fn begin(&mut self, front: &str) {
        self.apply(&[Edit::insert(0, front.to_owned())]);
    }

    /// Makes changes, which come in order.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        self.text = applied(&self.text, edits);
        self.steps.push(edits.to_vec());
    }

    /// The place in the document as it was of a place in what it has become.
    pub(super) fn place_in_old(&self, at: usize) -> usize {
        self.steps.iter().rev().fold(at, |at, edits| place_before(at, edits))
    }

    /// The bytes of the file with the text as it has become: those of every other place as they are.
    ///
    /// # Errors
    /// Where the file's encoding lacks a character of the new text, or would not give its own bytes again.
    pub(super) fn bytes(&self, original: &Original) -> Result<Vec<u8>, AuthorError> {
        let unfit = || AuthorError::Encoding(self.old.file.clone());
        let edits = edits(&self.old.text, &self.text);
        let bytes = original.changed(self.old, &edits).ok_or_else(unfit)?;
        let read = decode(bytes.clone()).map_err(|_| unfit())?.text;
        if read == self.text {
            return Ok(bytes);
        }
        let same = read
            .char_indices()
            .zip(self.text.chars())
            .find(|((_, one), other)| one != other);
        let refusal = Refusal {
            at: self.place_in_old(same.map_or(0, |((at, _), _)| at)),
            why: Why::Style,
        };
        Err(AuthorError::cannot_write(self.old, &refusal))
    }
}

/// The place that a place of a text had before changes were made: of new text the place where it was put.
fn place_before(at: usize, edits: &[Edit]) -> usize {
    let mut rest = at;
    let mut done = 0;
    for edit in edits {
        let kept = edit.at.start - done;
        if rest < kept {
            break;
        }
        rest -= kept;
        if rest < edit.text.len() {
            return edit.at.start;
        }
        rest -= edit.text.len();
        done = edit.at.end;
    }
    done + rest
}

/// What is to be changed: of the lines that differ the characters that do.
fn edits(old: &str, new: &str) -> Vec<Edit> {
    let (from, behind) = differing(old, new);
    let (old_lines, new_lines) = (&old[from..old.len() - behind], &new[from..new.len() - behind]);
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .diff_lines(old_lines, new_lines);
    let (before, after) = (starts(old_lines), starts(new_lines));
    let bytes = |starts: &[usize], lines: Range<usize>| from + starts[lines.start]..from + starts[lines.end];
    diff.ops()
        .iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| {
            let (at, by) = (bytes(&before, op.old_range()), bytes(&after, op.new_range()));
            let (same, rest) = common(&old[at.clone()], &new[by.clone()]);
            Edit {
                at: at.start + same..at.end - rest,
                text: new[by.start + same..by.end - rest].to_owned(),
            }
        })
        .collect()
}

/// The lines that differ: where they begin in both texts, and how many bytes are behind them.
fn differing(old: &str, new: &str) -> (usize, usize) {
    let (same, rest) = common(old, new);
    let from = old[..same].rfind('\n').map_or(0, |feed| feed + 1);
    let behind = &old[old.len() - rest..];
    let whole = behind.find('\n').map_or(0, |feed| behind.len() - feed - 1);
    (from, whole)
}

/// Bytes that two texts have in common at the start, and of what remains those at the end.
fn common(one: &str, other: &str) -> (usize, usize) {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let start: usize = same.map(|(character, _)| character.len_utf8()).sum();
    let (one, other) = (&one[start..], &other[start..]);
    let same = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    (start, same.map(|(character, _)| character.len_utf8()).sum())
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
        let outcome = copy
            .with(front, body)
            .and_then(|new| copy.replace(corpus.path(), &copy.mark, &new));
        (outcome.map(drop), std::fs::read(corpus.path().join("a.md")).unwrap())
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
        let mine = copy.with("", "我写的\n").unwrap();
        let later = open(corpus.path(), "a", "a.md").unwrap();
        for held in [&copy, &later] {
            let outcome = held.replace(corpus.path(), &copy.mark, &mine);
            assert!(matches!(outcome, Err(AuthorError::Changed(_))), "{outcome:?}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "别人写的\n");
    }

    #[test]
    fn a_front_matter_that_would_end_before_its_end_is_refused() {
        let old = "---\ntitle: 一\n---\n正文\n";
        for front in ["title: 一\n---\nsummary: 二\n", "...\ntitle: 一\n", "只有文字"] {
            let (outcome, now) = edited(old.as_bytes(), front, "正文\n");
            assert!(
                matches!(outcome, Err(AuthorError::FrontEnds(_))),
                "{front}: {outcome:?}"
            );
            assert_eq!(now, old.as_bytes());
        }
    }

    #[test]
    fn a_secrecy_mark_is_not_written() {
        let (outcome, now) = edited("一\n".as_bytes(), "", "机密★\n");
        assert!(matches!(outcome, Err(AuthorError::Classified(_))), "{outcome:?}");
        assert_eq!(now, "一\n".as_bytes());
    }
}
