//! The form of a file of the bundle: a classic script in UTF-16 that hands its payload over.
//!
//! A script is what a page may load from `file://` and from a server alike, and UTF-16 carries two bytes a
//! character, less three in a hundred, where base64 in UTF-8 carries six bits a byte.

use std::cell::RefCell;
use std::io;
use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, Strategy, compress_bound};

/// What stands before a character that could not be written as it is.
const ESCAPE: u16 = b' ' as u16;

/// How far such a character is moved, so that none of them needs escaping any more.
const AWAY: u16 = 0x2900;

/// Whether a character can't be written as it is: one that ends a string or a line or escapes, or a surrogate.
fn moves(code: u16) -> bool {
    matches!(
        code,
        ESCAPE | 0x0A | 0x0D | 0x22 | 0x5C | 0x2028 | 0x2029 | 0xD800..=0xDFFF
    )
}

/// What deflating looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Texts, which repeat each other.
    Texts,
    /// Columns of numbers, which don't: looking for repeats costs time, and bytes too.
    Columns,
}

impl Content {
    fn encoder(self) -> Deflate {
        let strategy = match self {
            Self::Texts => Strategy::Default,
            Self::Columns => Strategy::HuffmanOnly,
        };
        Deflate::new_with_config(DeflateConfig {
            level: 9,
            strategy,
            ..DeflateConfig::default()
        })
    }
}

thread_local! {
    /// Made once a thread: an encoder's tables are larger than most files.
    static ENCODERS: RefCell<[Deflate; 2]> = RefCell::new([Content::Texts.encoder(), Content::Columns.encoder()]);
}

/// Deflates the parts one after the other into one zlib stream.
///
/// Each part begins a deflate block of its own, so that columns of one sort share a code table.
pub(crate) fn deflate(parts: &[Vec<u8>], content: Content) -> io::Result<Vec<u8>> {
    ENCODERS.with_borrow_mut(|encoders| {
        let encoder = &mut encoders[content as usize];
        encoder.reset();
        // Where a part ends, up to a block's head is added to what it takes at worst.
        let most: usize = parts.iter().map(|part| compress_bound(part.len()) + 16).sum();
        let mut out = vec![0; most + 16];
        let mut parts = parts.iter().filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_some() {
                feed(encoder, part, &mut out, DeflateFlush::Block)?;
            } else {
                feed(encoder, part, &mut out, DeflateFlush::NoFlush)?;
            }
        }
        feed(encoder, &[], &mut out, DeflateFlush::Finish)?;
        out.truncate(encoder.total_out() as usize);
        out.shrink_to_fit();
        Ok(out)
    })
}

/// Gives one input to an encoder; `out` has room for all that may come of it.
fn feed(encoder: &mut Deflate, input: &[u8], out: &mut [u8], flush: DeflateFlush) -> io::Result<()> {
    let at = encoder.total_out() as usize;
    let done = encoder.compress(input, &mut out[at..], flush);
    done.map(drop).map_err(|error| io::Error::other(error.as_str()))
}

/// The script that hands deflated bytes to the client, which knows the file by the script's address.
///
/// The payload is a digit, the number of bytes of its last character that don't count, and a character for every
/// two bytes, the lower one first.
pub(crate) fn script(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 32 * 33 + 96);
    let mut unit = |code: u16| out.extend_from_slice(&code.to_le_bytes());
    unit(0xFEFF);
    "jy(\"".encode_utf16().for_each(&mut unit);
    unit(u16::from(b'0') + (bytes.len() % 2) as u16);
    for pair in bytes.chunks(2) {
        let code = u16::from_le_bytes([pair[0], pair.get(1).copied().unwrap_or_default()]);
        if moves(code) {
            unit(ESCAPE);
            unit(code.wrapping_add(AWAY));
        } else {
            unit(code);
        }
    }
    "\")".encode_utf16().for_each(&mut unit);
    out
}

/// The first five bytes of a hash: enough to tell the contents of one site apart.
pub(crate) fn short(hash: &[u8; 32]) -> [u8; 5] {
    [hash[0], hash[1], hash[2], hash[3], hash[4]]
}

/// Five bytes in eight letters that no file system confuses.
pub(crate) fn name(hash: [u8; 5]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash.iter().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
    (0..8)
        .rev()
        .map(|at| LETTERS[(bits >> (5 * at) & 31) as usize] as char)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_bytes_gives_characters_that_a_string_of_a_script_holds() {
        let bytes: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_le_bytes).collect();
        let script = script(&bytes);
        let units: Vec<u16> = script
            .chunks(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let text = String::from_utf16(&units[1..]).expect("no surrogate stands alone");
        let payload = text.strip_prefix("jy(\"0").and_then(|rest| rest.strip_suffix("\")"));
        let payload = payload.expect("it is one call");
        assert!(!payload.contains(['"', '\\', '\n', '\r', '\u{2028}', '\u{2029}']));
        assert_eq!(payload.encode_utf16().count(), 0x1_0000 + 2048 + 7);
    }
}
