//! The head of a file and the pieces in which its text lies.

use super::bytes::{place_at, u16_at, u32_at};
use crate::office::room::kept;
use crate::office::{Fault, Format};
use encoding_rs::WINDOWS_1252;

/// Letters of a file at most.
const MOST: usize = 12 << 20;

/// Parts of the table stream, by their place in the file's list of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    NoteMarks = 2,
    Notes = 3,
    CommentMarks = 4,
    Heads = 11,
    LetterPages = 12,
    ParagraphPages = 13,
    Pieces = 33,
    Authors = 36,
    EndMarks = 46,
    Ends = 47,
    Lists = 73,
    Overrides = 74,
}

/// Texts that lie one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Text {
    Main = 0,
    Notes = 1,
    Heads = 2,
    Comments = 4,
    Ends = 5,
    Boxes = 6,
    HeadBoxes = 7,
}

/// A letter: its unit of UTF-16, and the place of its bytes in the stream.
pub(super) type Letter = (u16, u32);

/// The head of a file, with its streams.
pub(super) struct Header {
    pub main: Vec<u8>,
    pub table: Vec<u8>,
    lengths: [usize; 8],
}

/// What the first bytes say: which table is meant.
pub(super) fn table_name(main: &[u8]) -> Result<&'static str, Fault> {
    let broken = || Fault::Broken("WordDocument".to_owned());
    let flags = u16_at(main, 0x0A).ok_or_else(broken)?;
    if u16_at(main, 0) != Some(0xA5EC) {
        return Err(broken());
    }
    if flags & 0x0100 != 0 {
        return Err(Fault::Locked);
    }
    // Word 6 and 95 lie otherwise.
    if u16_at(main, 2).is_none_or(|version| version < 0x69) {
        return Err(Fault::Format(Format::Ole));
    }
    Ok(if flags & 0x0200 != 0 { "1Table" } else { "0Table" })
}

impl Header {
    pub(super) fn new(main: Vec<u8>, table: Vec<u8>) -> Self {
        let lengths = std::array::from_fn(|at| place_at(&main, 0x4C + 4 * at).unwrap_or(0).min(MOST));
        Self { main, table, lengths }
    }

    /// A part of the table stream.
    pub(super) fn part(&self, part: Part) -> &[u8] {
        let at = 0x9A + 8 * part as usize;
        let (Some(start), Some(length)) = (place_at(&self.main, at), place_at(&self.main, at + 4)) else {
            return &[];
        };
        let end = start.saturating_add(length).min(self.table.len());
        self.table.get(start..end).unwrap_or_default()
    }

    /// A part of the table stream with what follows it: the levels of lists lie behind the part that names the lists.
    pub(super) fn part_and_after(&self, part: Part) -> &[u8] {
        let start = place_at(&self.main, 0x9A + 8 * part as usize);
        let named = start.filter(|_| !self.part(part).is_empty());
        named.and_then(|start| self.table.get(start..)).unwrap_or_default()
    }

    /// Where a text lies among the letters.
    pub(super) fn range(&self, text: Text) -> std::ops::Range<usize> {
        let before = self.lengths[..text as usize].iter().sum();
        before..before + self.lengths[text as usize]
    }

    /// The letters of all texts.
    pub(super) fn letters(&self) -> Result<Vec<Letter>, Fault> {
        let broken = || Fault::Broken("WordDocument".to_owned());
        let pieces = pieces(self.part(Part::Pieces)).ok_or_else(broken)?;
        let count = (pieces.len().saturating_sub(4)) / 12;
        let wanted: usize = self.lengths.iter().sum();
        let mut letters = Vec::new();
        for at in 0..count {
            let (Some(start), Some(end)) = (place_at(pieces, 4 * at), place_at(pieces, 4 * at + 4)) else {
                break;
            };
            let told = 4 * (count + 1) + 8 * at;
            let place = u32_at(pieces, told + 2).ok_or_else(broken)?;
            let length = end.saturating_sub(start).min(MOST);
            // Every letter has a byte of its own: pieces don't lie on each other.
            if letters.len() + length > MOST.min(self.main.len()) {
                return Err(Fault::TooLarge);
            }
            kept(length * size_of::<Letter>())?;
            self.push_piece(place, length, &mut letters);
        }
        // A file that tells of more text than it has says the rest nowhere.
        letters.truncate(wanted.saturating_add(64));
        Ok(letters)
    }

    fn push_piece(&self, place: u32, length: usize, letters: &mut Vec<Letter>) {
        let narrow = place & 0x4000_0000 != 0;
        let place = place & 0x3FFF_FFFF;
        let start = if narrow { place / 2 } else { place };
        let size = if narrow { 1 } else { 2 };
        let from = start as usize;
        let bytes = self.main.get(from..).unwrap_or_default();
        for (at, unit) in bytes.chunks_exact(size).take(length).enumerate() {
            let letter = match unit {
                [byte @ 0x80..=0x9F] => {
                    let text = WINDOWS_1252.decode_without_bom_handling(unit).0;
                    text.encode_utf16().next().unwrap_or(u16::from(*byte))
                }
                [byte] => u16::from(*byte),
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            };
            letters.push((letter, start + (at * size) as u32));
        }
    }
}

/// The list of pieces, after what was changed when the file was saved quickly.
fn pieces(clx: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match *clx.get(at)? {
            1 => at += 3 + usize::from(u16_at(clx, at + 1)?),
            2 => {
                let length = place_at(clx, at + 1)?;
                let start = at + 5;
                return clx.get(start..start.saturating_add(length).min(clx.len()));
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_lie_on_each_other_are_a_bomb() {
        let letters = |pieces: u32| {
            let mut main = vec![0; 0x400];
            main[0x4C..0x50].copy_from_slice(&2_000_u32.to_le_bytes());
            let mut list: Vec<u8> = (0..=pieces).flat_map(|at| (512 * at).to_le_bytes()).collect();
            for _ in 0..pieces {
                list.extend([0, 0]);
                list.extend((0x4000_0000_u32 | (2 * 0x200)).to_le_bytes());
                list.extend([0, 0]);
            }
            let table = [&[2][..], &(list.len() as u32).to_le_bytes(), &list].concat();
            let at = 0x9A + 8 * Part::Pieces as usize;
            main[at + 4..at + 8].copy_from_slice(&(table.len() as u32).to_le_bytes());
            Header::new(main, table).letters().map(|letters| letters.len())
        };
        assert_eq!(letters(1), Ok(512));
        assert_eq!(letters(3), Err(Fault::TooLarge));
    }
}
