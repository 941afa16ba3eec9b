//! Changes of a file that leave every other byte as it is, in any encoding that is read.

use super::held::Held;
use super::{AuthorError, aside};
use crate::corpus::Source;
use crate::corpus::decode::{as_written, encode};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A change of a text: what stands in the range gives way to the new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte range in the source's text.
    pub at: Range<usize>,
    /// The new text, with `\n` line ends.
    pub text: String,
}

impl Edit {
    /// New text at a place.
    pub fn insert(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }
}

/// A file with its bytes as they were when it was read, held so that no other writer of ours changes it.
pub struct Original {
    path: PathBuf,
    bytes: Vec<u8>,
    _held: Held,
}

/// A write that can be taken back as long as the file is what it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// The file below the corpus, with `/`.
    pub file: String,
    /// The bytes that it had.
    pub before: Vec<u8>,
    /// The mark of those that it got.
    pub after: String,
}

/// Names the bytes of a file.
pub fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

impl Original {
    /// Takes hold of a file below a corpus and reads it. A link is followed: the file changes, the link stays.
    pub fn open(corpus: &Path, file: &str) -> Result<Self, AuthorError> {
        let path = super::add::inside(corpus, &corpus.join(file))?;
        let held = Held::folder_of(&path)?;
        let bytes = std::fs::read(&path).map_err(|error| AuthorError::Io(path.clone(), error))?;
        Ok(Self {
            path,
            bytes,
            _held: held,
        })
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes with changes made that were planned on the decoded text; they come in order. `None`
    /// where the file can't be written in its own encoding, or is no longer what was read.
    pub fn changed(&self, source: &Source, edits: &[Edit]) -> Option<Vec<u8>> {
        let written = as_written(self.bytes.clone()).ok()?;
        let text = &written.text;
        let mark = match self.bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => 3,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
            _ => 0,
        };
        let same = encode(text, written.encoding) == self.bytes[mark..]
            && text.replace("\r\n", "\n").replace('\r', "\n") == source.text;
        if !same {
            return None;
        }
        let line_end = line_end(text);
        let mut bytes = Vec::with_capacity(self.bytes.len() + 400);
        let mut place = Place {
            written: text,
            at: 0,
            passed: 0,
            encoding: written.encoding,
            bytes: mark,
        };
        let mut done = 0;
        for edit in edits {
            // Before everything else still is after the byte order mark.
            bytes.extend(self.bytes.get(done..place.byte(edit.at.start))?);
            bytes.extend(encode(&edit.text.replace('\n', line_end), written.encoding));
            done = place.byte(edit.at.end);
        }
        bytes.extend(self.bytes.get(done..)?);
        Some(bytes)
    }

    /// Puts new bytes in the place of the old ones: at any moment the file is the one or the other.
    ///
    /// # Errors
    /// Where it can't be written, or somebody else has written it since it was read.
    pub fn replace(&self, file: &str, bytes: &[u8]) -> Result<Undo, AuthorError> {
        aside::replace(&self.path, &self.bytes, bytes)?;
        Ok(Undo {
            file: file.to_owned(),
            before: self.bytes.clone(),
            after: mark(bytes),
        })
    }
}

/// Takes a write back.
///
/// # Errors
/// Where the file has been changed since, or can't be written.
pub fn take_back(corpus: &Path, undo: &Undo) -> Result<(), AuthorError> {
    let original = Original::open(corpus, &undo.file)?;
    if mark(&original.bytes) != undo.after {
        return Err(AuthorError::Changed(original.path));
    }
    aside::replace(&original.path, &original.bytes, &undo.before)
}

/// The line end of the first line.
fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A place that goes forward through a text as it was written, with its byte in the file.
struct Place<'a> {
    written: &'a str,
    /// Offset in the text as it was written.
    at: usize,
    /// Offset in the same text with `\n` line ends.
    passed: usize,
    encoding: Option<&'static str>,
    /// Byte in the file.
    bytes: usize,
}

impl Place<'_> {
    /// The byte in the file of an offset in the text with `\n` line ends, which is no smaller than the last.
    fn byte(&mut self, offset: usize) -> usize {
        let from = self.at;
        let text = self.written.as_bytes();
        while self.passed < offset && self.at < text.len() {
            self.at += if text[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
            self.passed += 1;
        }
        self.bytes += encode(&self.written[from..self.at], self.encoding).len();
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_found_again_among_mixed_line_ends() {
        let text = "一\r\n二\n三\r四";
        let mut place = Place {
            written: text,
            at: 0,
            passed: 0,
            encoding: None,
            bytes: 0,
        };
        for (offset, rest) in [(0, text), (4, "二\n三\r四"), (8, "三\r四"), (12, "四"), (15, "")] {
            assert_eq!(&text[place.byte(offset)..], rest);
        }
    }
}
