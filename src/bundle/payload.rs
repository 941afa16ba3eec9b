//! The form of a file of the bundle: a classic script in UTF-16 that hands its payload over.
//!
//! A script is what a page may load from `file://` and from a server alike, and UTF-16 carries
//! fifteen bits a character where base64 in UTF-8 carries six a byte.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// First of the 32,768 code points that stand for fifteen bits; none needs escaping in a string.
const BASE: u16 = 0x3400;

/// How hard the many files are deflated: harder gains half a percent.
pub(crate) const FAST: Compression = Compression::new(3);
/// How hard the few files are deflated that every page loads.
pub(crate) const SMALL: Compression = Compression::new(9);

/// Deflates the parts one after the other into one zlib stream.
///
/// Each part begins a deflate block of its own, so that columns of one sort share a code table.
pub(crate) fn deflate(parts: &[Vec<u8>], level: Compression) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), level);
    for (at, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
        if at > 0 {
            encoder.flush()?;
        }
        encoder.write_all(part)?;
    }
    encoder.finish()
}

/// The script that hands deflated bytes to the client under their path.
pub(crate) fn script(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 15 * 16 + 2 * path.len() + 64);
    let mut unit = |code: u16| out.extend_from_slice(&code.to_le_bytes());
    unit(0xFEFF);
    "jianyan.data(\""
        .encode_utf16()
        .chain(path.encode_utf16())
        .chain("\",\"".encode_utf16())
        .for_each(&mut unit);
    let spare = (15 - bytes.len() * 8 % 15) % 15;
    unit(BASE + spare as u16);
    let (mut held, mut bits) = (0u32, 0);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        if bits >= 15 {
            bits -= 15;
            unit(BASE + (held >> bits) as u16);
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        unit(BASE + (held << spare) as u16);
    }
    "\")".encode_utf16().for_each(&mut unit);
    out
}

/// The first five bytes of a hash: enough to tell the contents of one site apart.
pub(crate) fn short(hash: &[u8; 32]) -> [u8; 5] {
    [hash[0], hash[1], hash[2], hash[3], hash[4]]
}

/// Five bytes in eight letters that no file system confuses.
pub(crate) fn name(hash: &[u8; 5]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash.iter().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
    (0..8)
        .rev()
        .map(|at| LETTERS[(bits >> (5 * at) & 31) as usize] as char)
        .collect()
}
