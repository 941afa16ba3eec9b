//! Changes of a file that leave every other byte as it is, in any encoding that is read.

use super::AuthorError;
use super::entry::Edit;
use crate::corpus::Source;
use crate::corpus::decode::{as_written, encode};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file with its bytes as they were when it was read.
pub struct Original {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Original {
    /// Reads the file of a source. A link is followed: the file changes, the link stays.
    pub fn open(corpus: &Path, source: &Source) -> Result<Self, AuthorError> {
        let path = corpus.join(&source.file);
        let fail = |error| AuthorError::Io(path.clone(), error);
        let real = path.canonicalize().map_err(fail)?;
        let bytes = std::fs::read(&real).map_err(fail)?;
        Ok(Self { path: real, bytes })
    }

    /// Whether these are its bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes
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
    pub fn replace(self, bytes: &[u8]) -> Result<(), AuthorError> {
        let put = || -> io::Result<bool> {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            // Hidden, so that whoever reads the corpus meanwhile passes it over.
            let mut aside = tempfile::Builder::new().prefix(".jianyan-").tempfile_in(folder)?;
            aside.write_all(bytes)?;
            aside
                .as_file()
                .set_permissions(std::fs::metadata(&self.path)?.permissions())?;
            aside.as_file().sync_all()?;
            if std::fs::read(&self.path)? != self.bytes {
                return Ok(false);
            }
            aside.persist(&self.path)?;
            Ok(true)
        };
        match put() {
            Ok(true) => Ok(()),
            Ok(false) => Err(AuthorError::Changed(self.path)),
            Err(error) => Err(AuthorError::Io(self.path, error)),
        }
    }
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
