//! What codes mean, as a file says it itself (ToUnicode) or by an encoding that everybody has.

use crate::office::room::kept;
use crate::office::{Fault, guard};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_16BE};
use std::collections::BTreeMap;

/// Codes of one map at most.
const MOST: usize = 200_000;
/// What a code takes besides its text, about.
const OF_CODE: usize = 96;

/// A map of codes to text, with the lengths that codes have.
#[derive(Debug, Default, Clone)]
pub(super) struct Map {
    /// By the code's length in bytes and the code.
    texts: BTreeMap<(usize, u32), String>,
    lengths: [bool; 5],
}

impl Map {
    /// Reads a map; what it doesn't say as it should is left out.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where it gives its codes more text than there is room for.
    pub(super) fn parse(source: &[u8]) -> Result<Self, Fault> {
        let mut map = Self::default();
        let mut words: Vec<Word> = Vec::new();
        let mut scanner = Scanner(source);
        while let Some(word) = scanner.next() {
            guard::step()?;
            if let Word::Name(name) = &word {
                match name.as_str() {
                    "begincodespacerange" | "beginbfchar" | "beginbfrange" => words.clear(),
                    "endcodespacerange" => map.spaces(&words),
                    "endbfchar" => map.characters(&words)?,
                    "endbfrange" => map.ranges(&words)?,
                    _ => {}
                }
                continue;
            }
            words.push(word);
            if words.len() > MOST || map.texts.len() > MOST {
                break;
            }
        }
        Ok(map)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    fn spaces(&mut self, words: &[Word]) {
        for word in words {
            if let Word::Code(code) = word
                && let Some(length) = self.lengths.get_mut(code.len())
            {
                *length = true;
            }
        }
    }

    /// Takes over what a code means, and tells whether there is place for another.
    fn insert(&mut self, length: usize, code: u32, text: &[u8]) -> Result<bool, Fault> {
        guard::step()?;
        if self.texts.len() >= MOST || !(1..=4).contains(&length) {
            return Ok(false);
        }
        kept(OF_CODE + 2 * text.len())?;
        self.texts.insert((length, code), utf16(text));
        Ok(true)
    }

    fn characters(&mut self, words: &[Word]) -> Result<(), Fault> {
        for pair in words.chunks_exact(2) {
            if let [Word::Code(code), Word::Code(text)] = pair {
                self.insert(code.len(), number(code), text)?;
            }
        }
        Ok(())
    }

    fn ranges(&mut self, words: &[Word]) -> Result<(), Fault> {
        let mut rest = words;
        while let [Word::Code(first), Word::Code(last), after @ ..] = rest {
            let (low, high) = (number(first), number(last));
            let high = high.min(low.saturating_add(0xFFFF));
            match after {
                [Word::Code(text), ..] => {
                    for code in low..=high {
                        if !self.insert(first.len(), code, &advanced(text, code - low))? {
                            break;
                        }
                    }
                    rest = &after[1..];
                }
                [Word::Begin, list @ ..] => {
                    let end = list.iter().position(|word| *word == Word::End).unwrap_or(list.len());
                    for (code, word) in (low..=high).zip(&list[..end]) {
                        if let Word::Code(text) = word {
                            self.insert(first.len(), code, text)?;
                        }
                    }
                    rest = list.get(end + 1..).unwrap_or_default();
                }
                _ => break,
            }
        }
        Ok(())
    }

    /// The first code of some bytes: its length, the code and what it means.
    pub(super) fn first(&self, bytes: &[u8], usual: usize) -> (usize, u32, Option<&str>) {
        for length in 1..=bytes.len().min(4) {
            let code = number(&bytes[..length]);
            if let Some(text) = self.texts.get(&(length, code)) {
                return (length, code, Some(text));
            }
        }
        let told = (1..5).filter(|length| self.lengths[*length]).max();
        let length = told.unwrap_or(usual).clamp(1, bytes.len().max(1));
        (length, number(&bytes[..length.min(bytes.len())]), None)
    }
}

/// What follows the code that a range begins with.
fn advanced(text: &[u8], by: u32) -> Vec<u8> {
    let mut out = text.to_vec();
    let mut carry = by;
    for byte in out.iter_mut().rev() {
        let sum = u32::from(*byte) + (carry & 0xFF);
        *byte = (sum & 0xFF) as u8;
        carry = (carry >> 8) + (sum >> 8);
        if carry == 0 {
            break;
        }
    }
    out
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    match bytes {
        [byte] => char::from(*byte).to_string(),
        bytes => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[derive(Debug, PartialEq)]
enum Word {
    Code(Vec<u8>),
    Name(String),
    Begin,
    End,
}

struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn next(&mut self) -> Option<Word> {
        loop {
            let first = *self.0.first()?;
            match first {
                b'[' | b']' => {
                    self.0 = &self.0[1..];
                    return Some(if first == b'[' { Word::Begin } else { Word::End });
                }
                b'<' if self.0.get(1) != Some(&b'<') => {
                    let end = self.0.iter().position(|byte| *byte == b'>').unwrap_or(self.0.len());
                    let inner = self.0.get(1..end).unwrap_or_default();
                    let digit = |it: &u8| char::from(*it).to_digit(16).map(|digit| digit as u8);
                    let digits: Vec<u8> = inner.iter().filter_map(digit).collect();
                    self.0 = self.0.get(end + 1..).unwrap_or_default();
                    let byte = |pair: &[u8]| pair[0] << 4 | pair.get(1).unwrap_or(&0);
                    return Some(Word::Code(digits.chunks(2).map(byte).collect()));
                }
                b'%' => {
                    let end = self.0.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                    self.0 = &self.0[end.unwrap_or(self.0.len())..];
                }
                byte if byte.is_ascii_alphabetic() => {
                    let end = self.0.iter().position(|byte| !byte.is_ascii_alphanumeric());
                    let (name, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
                    self.0 = rest;
                    return Some(Word::Name(String::from_utf8_lossy(name).into_owned()));
                }
                _ => self.0 = &self.0[1..],
            }
        }
    }
}

/// The encoding whose bytes a predefined map's codes are; none where they are numbers of glyphs.
pub(super) fn predefined(name: &[u8]) -> Option<&'static Encoding> {
    let name = String::from_utf8_lossy(name);
    let starts = |names: &[&str]| names.iter().any(|start| name.starts_with(start));
    Some(match () {
        () if starts(&["UniGB-U", "UniCNS-U", "UniJIS-U", "UniKS-U", "UniJIS2004-U"]) => UTF_16BE,
        () if starts(&["GBK", "GB-EUC", "GBT-EUC", "GBpc-EUC"]) => GB18030,
        () if starts(&["B5pc", "ETen-B5", "ETenms-B5", "HKscs-B5"]) => BIG5,
        () if starts(&["83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "Ext-RKSJ"]) => SHIFT_JIS,
        () if starts(&["KSC-EUC", "KSCms-UHC", "KSCpc-EUC"]) => EUC_KR,
        () => return None,
    })
}

/// The length of the first code of some bytes in an encoding.
pub(super) fn length(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let first = bytes.first().copied().unwrap_or(0);
    let length = match () {
        () if encoding == UTF_16BE && (0xD8..0xDC).contains(&first) => 4,
        () if encoding == UTF_16BE => 2,
        () if first < 0x81 || (encoding == SHIFT_JIS && (0xA0..0xE0).contains(&first)) => 1,
        () if encoding == GB18030 && bytes.get(1).is_some_and(u8::is_ascii_digit) => 4,
        () => 2,
    };
    length.min(bytes.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_says_what_codes_mean() {
        let map = Map::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <6B63> <0002> <D842DFB7> endbfchar\n\
              2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<6587> <00660069>] endbfrange",
        )
        .unwrap();
        let text = |bytes: &[u8]| map.first(bytes, 2).2.map(str::to_owned);
        assert_eq!(text(&[0, 1]).as_deref(), Some("正"));
        assert_eq!(text(&[0, 2]).as_deref(), Some("𠮷"));
        assert_eq!(text(&[0, 0x12]).as_deref(), Some("丂"));
        assert_eq!(text(&[0, 0x21]).as_deref(), Some("fi"));
        assert_eq!(map.first(&[9, 9, 9], 1), (2, 0x0909, None));
        assert_eq!(map.first(&[], 2).2, None);
        assert!(
            Map::parse(b"beginbfrange <00> <ffffffff> <41> endbfrange <")
                .unwrap()
                .texts
                .len()
                <= 0x10000
        );
    }

    #[test]
    fn codes_of_the_east_are_the_bytes_of_an_encoding() {
        let gbk = predefined(b"GBK-EUC-H").unwrap();
        assert_eq!(
            [length(gbk, b"A"), length(gbk, &[0xB1, 0xA8]), length(gbk, &[0xB1])],
            [1, 2, 1]
        );
        assert_eq!(
            length(predefined(b"UniGB-UTF16-H").unwrap(), &[0xD8, 0x42, 0xDF, 0xB7]),
            4
        );
        assert!(predefined(b"Identity-H").is_none());
    }
}
