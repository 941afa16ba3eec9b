//! A line as half-width characters that know their bytes.

use std::ops::Range;

/// Characters of a web address that are looked back at.
const LONGEST_ADDRESS: usize = 200;

/// A line of text.
pub struct Line {
    /// Its characters, full-width ASCII and spaces as half-width.
    pub characters: Vec<char>,
    /// The byte at which each begins, and the line's length after them.
    offsets: Vec<usize>,
}

impl Line {
    /// Reads a line.
    pub fn new(text: &str) -> Self {
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self {
            characters: text.chars().map(half_width).collect(),
            offsets,
        }
    }

    /// Bytes of a range of characters.
    pub fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        self.offsets[span.start]..self.offsets[span.end]
    }

    /// The characters of a range as text.
    pub fn text(&self, span: &Range<usize>) -> String {
        self.characters[span.clone()].iter().collect()
    }

    /// The character that begins at a byte or holds it.
    pub fn character_at(&self, byte: usize) -> usize {
        self.offsets
            .partition_point(|&start| start < byte)
            .min(self.characters.len())
    }

    /// The character before a place.
    pub fn before(&self, at: usize) -> Option<char> {
        self.characters[..at].last().copied()
    }

    /// Whether one of the words stands among the `reach` characters before a place.
    pub fn has_before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        let text: String = self.characters[at.saturating_sub(reach)..at].iter().collect();
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    }

    /// Whether a place lies in a web address that begins not too far before it.
    pub fn is_in_address(&self, at: usize) -> bool {
        let before = self.characters[..at]
            .iter()
            .rev()
            .take(LONGEST_ADDRESS)
            .take_while(|character| character.is_ascii_graphic());
        let address: String = before.collect::<Vec<_>>().into_iter().rev().collect();
        address.contains("://") || address.starts_with("www.")
    }

    /// Whether the characters go on with a letter, a digit or what joins them in addresses.
    pub fn is_inside_word(&self, span: &Range<usize>) -> bool {
        let before = self
            .before(span.start)
            .is_some_and(|character| character.is_ascii_alphanumeric() || "_./=%#&".contains(character));
        let after = self
            .characters
            .get(span.end)
            .is_some_and(|character| character.is_ascii_alphanumeric() || *character == '_');
        before || after
    }
}

/// Whether a line may hold personal data at all. Most lines of Chinese prose have neither seven
/// digits nor an `@`, a capital letter or a cue, and are not looked at further.
pub fn may_hold_data(text: &str) -> bool {
    let (mut digits, mut capitals) = (0, 0);
    for byte in text.bytes() {
        digits += usize::from(byte.is_ascii_digit());
        capitals += usize::from(byte.is_ascii_uppercase());
    }
    digits >= 7
        || (digits >= 3 && capitals > 0)
        || ["@", "微信", "QQ", "qq", "echat"].iter().any(|cue| text.contains(cue))
        || text.contains(|character: char| {
            character == '＠' || ('０'..='ｚ').contains(&character) && character.is_alphanumeric()
        })
}

fn half_width(character: char) -> char {
    match character {
        '\u{3000}' | '\u{A0}' => ' ',
        // The full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        other => other,
    }
}
