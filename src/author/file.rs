//! Changes of a file that leave every other byte as it is, in any encoding that is read.

use super::held::Held;
use super::spot::Spot;
use super::{AuthorError, aside};
use crate::corpus::Source;
use crate::corpus::decode::{as_written, encode, read_as};
use std::ops::Range;
use std::path::Path;

/// A change of a text: what stands in the range gives way to the new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// Byte range in the source's text.
    pub at: Range<usize>,
    /// The new text, with `\n` line ends.
    pub text: String,
}

impl Edit {
    /// New text at a place.
    pub(super) fn insert(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }
}

/// A file with its bytes as they were when it was read, held so that no other writer of ours changes it.
pub(super) struct Original {
    spot: Spot,
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
pub(super) fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

impl Original {
    /// Takes hold of a file below a corpus and reads it. A link is followed: the file changes, the link stays.
    pub(super) fn open(corpus: &Path, file: impl AsRef<Path>) -> Result<Self, AuthorError> {
        let spot = Spot::of(corpus, file)?;
        let held = Held::folder_of(&spot)?;
        Ok(Self {
            bytes: spot.read()?,
            spot,
            _held: held,
        })
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes with changes made that were planned on the text as it is read; they come in order. Every other byte stays,
    /// those too of which nothing is read: a second mark, control characters. `None` where the file is no longer what was
    /// read, or a place in it can't be found.
    pub(super) fn changed(&self, source: &Source, edits: &[Edit]) -> Option<Vec<u8>> {
        let written = as_written(self.bytes.clone()).ok()?;
        let mut walk = Walk::of(&written.text);
        let place = Place {
            bytes: &self.bytes,
            written: &written.text,
            encoding: written.encoding,
        };
        let line_end = line_end(&written.text);
        let mut bytes = Vec::with_capacity(self.bytes.len() + 400);
        let mut done = 0;
        for edit in edits {
            let (start, end) = walk.range(&edit.at);
            let (start, end) = (place.byte(start)?, place.byte(end)?);
            bytes.extend(self.bytes.get(done..start)?);
            bytes.extend(encode(&edit.text.replace('\n', line_end), written.encoding)?);
            done = end;
        }
        bytes.extend(self.bytes.get(done..)?);
        Walk::of(&written.text).reads(&source.text).then_some(bytes)
    }

    /// Puts new bytes in the place of the old ones: at any moment the file is the one or the other.
    ///
    /// # Errors
    /// Where it can't be written, or somebody else has written it since it was read.
    pub(super) fn replace(&self, file: &str, bytes: &[u8]) -> Result<Undo, AuthorError> {
        aside::replace(&self.spot, &self.bytes, bytes)?;
        Ok(Undo {
            file: file.to_owned(),
            before: self.bytes.clone(),
            after: mark(bytes),
        })
    }

    /// Removes the file.
    ///
    /// # Errors
    /// Where the machine fails, or something other than a file has taken its place.
    pub(super) fn remove(self) -> Result<(), AuthorError> {
        let removed = self.spot.folder.remove_file(&self.spot.name);
        removed.map_err(|error| self.spot.failed(error))
    }
}

/// Takes a write back.
///
/// # Errors
/// Where the file has been changed since, or can't be written.
pub(crate) fn take_back(corpus: &Path, undo: &Undo) -> Result<(), AuthorError> {
    let original = Original::open(corpus, &undo.file)?;
    if mark(&original.bytes) != undo.after {
        return Err(AuthorError::WrittenSince(original.spot.path));
    }
    aside::replace(&original.spot, &original.bytes, &undo.before)
}

/// The line end of the first line.
fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Goes forward through a text as it was written, and through what is read of it: line ends are `\n` there, and characters
/// that no text shows are missing.
struct Walk<'a> {
    written: &'a str,
    /// Offset in the text as it was written.
    at: usize,
    /// Offset in the text as it is read.
    read: usize,
}

impl<'a> Walk<'a> {
    fn of(written: &'a str) -> Self {
        Self {
            written,
            at: 0,
            read: 0,
        }
    }

    /// The next character: the bytes that it has, and what is read of it.
    fn next(&self) -> Option<(usize, Option<char>)> {
        let rest = &self.written[self.at..];
        match rest.chars().next()? {
            '\r' if rest.starts_with("\r\n") => Some((2, Some('\n'))),
            '\r' => Some((1, Some('\n'))),
            character => Some((character.len_utf8(), read_as(character))),
        }
    }

    /// Goes on up to an offset in the text as it is read; what isn't read there stays before it only where it is to.
    fn go(&mut self, offset: usize, with_unread: bool) {
        while let Some((bytes, read)) = self.next() {
            let passes = self.read < offset || (with_unread && read.is_none());
            if !passes {
                break;
            }
            self.at += bytes;
            self.read += read.map_or(0, char::len_utf8);
        }
    }

    /// Where a range of the text as it is read stands in the text as it was written. Ranges come in order.
    fn range(&mut self, at: &Range<usize>) -> (usize, usize) {
        self.go(at.start, !at.is_empty());
        let start = self.at;
        self.go(at.end, false);
        (start, self.at)
    }

    /// Whether a text is what is read.
    fn reads(mut self, text: &str) -> bool {
        let mut expected = text.chars();
        while let Some((bytes, read)) = self.next() {
            if read.is_some_and(|character| expected.next() != Some(character)) {
                return false;
            }
            self.at += bytes;
        }
        expected.next().is_none()
    }
}

/// A file and its text, before which its marks stand.
struct Place<'a> {
    bytes: &'a [u8],
    written: &'a str,
    encoding: Option<&'static str>,
}

impl Place<'_> {
    /// The byte in the file of an offset in its text: behind what is before it, or else before what is behind it. (Bytes
    /// that a reader takes and no writer makes stand in some files: on one side of a place alone, that does no harm.)
    fn byte(&self, offset: usize) -> Option<usize> {
        let (before, behind) = self.written.split_at_checked(offset)?;
        if let Some(behind) = encode(behind, self.encoding)
            && self.bytes.ends_with(&behind)
        {
            return Some(self.bytes.len() - behind.len());
        }
        let before = encode(before, self.encoding)?;
        let marks: [&[u8]; 5] = [b"", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", b"\x84\x31\x95\x33"];
        let mark = marks.iter().rev().find(|mark| self.bytes.starts_with(mark))?;
        self.bytes[mark.len()..]
            .starts_with(&before)
            .then(|| mark.len() + before.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_found_again_among_mixed_line_ends() {
        let text = "一\r\n二\n三\r四";
        for (offset, rest) in [(0, text), (4, "二\n三\r四"), (8, "三\r四"), (12, "四"), (15, "")] {
            let (at, _) = Walk::of(text).range(&(offset..offset));
            assert_eq!(&text[at..], rest);
        }
    }

    #[test]
    fn characters_that_are_not_read_stay_on_their_side_of_a_place() {
        let text = "一\0\r\n\u{1A}二\u{B}三\u{85}\u{FEFF}四";
        let read = "一\n二 三 四";
        assert!(Walk::of(text).reads(read) && !Walk::of(text).reads("一\n二三四"));
        for (range, there) in [
            (4..7, "二"),
            (7..8, "\u{B}"),
            (11..15, "\u{85}\u{FEFF}四"),
            (12..15, "四"),
        ] {
            let (start, end) = Walk::of(text).range(&range);
            assert_eq!(&text[start..end], there);
        }
    }

    #[test]
    fn every_other_byte_stays_in_any_encoding() {
        let gb = |text: &str| encode(text, Some("GB18030")).unwrap();
        let (front, body) = ("---\ntitle: 一\n---\n", "\n正文一句话，是关于河道治理的调研报告。");
        for (bytes, odd) in [
            (
                [
                    b"\xEF\xBB\xBF\xEF\xBB\xBF".as_slice(),
                    front.as_bytes(),
                    body.as_bytes(),
                ]
                .concat(),
                false,
            ),
            (
                [front.as_bytes(), body.as_bytes(), b"\x0B\x0C\0\x1A\xC2\x85"].concat(),
                false,
            ),
            ([b"\x84\x31\x95\x33".as_slice(), &gb(front), &gb(body)].concat(), false),
            ([gb(front), gb(body), b"\x80".to_vec()].concat(), true),
        ] {
            let corpus = tempfile::tempdir().unwrap();
            std::fs::write(corpus.path().join("a.md"), &bytes).unwrap();
            let Ok(decoded) = crate::corpus::decode::decode(bytes.clone()) else {
                assert!(odd);
                continue;
            };
            let source = Source::of("a".into(), "a.md".into(), decoded.text);
            let at = source.text.find("---\n\n").unwrap();
            let original = Original::open(corpus.path(), "a.md").unwrap();
            let edits = [Edit::insert(at, "tags: []\n".into())];
            let new = original.changed(&source, &edits).unwrap();
            let begin = new.windows(9).position(|part| part == b"tags: []\n").unwrap();
            assert_eq!([&new[..begin], &new[begin + 9..]].concat(), bytes);
        }
    }
}
