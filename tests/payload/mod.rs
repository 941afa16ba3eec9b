//! The form of the data files of a bundle, read and written as `docs/search.md` describes it, by code of the tests.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// What a data file holds; `None` for anything else.
pub(crate) fn unpack(file: &[u8]) -> Option<Vec<u8>> {
    let units: Vec<u16> = file
        .strip_prefix(&[0xFF, 0xFE])?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let mut parts = units.rsplit(|unit| *unit == u16::from(b'"'));
    let (_, payload) = (parts.next()?, parts.next()?);
    let (odd, rest) = payload.split_first()?;
    let (mut deflated, mut rest) = (Vec::new(), rest.iter());
    while let Some(&unit) = rest.next() {
        let moved = unit == u16::from(b' ');
        let word = if moved { rest.next()?.wrapping_sub(0x2900) } else { unit };
        deflated.extend(word.to_le_bytes());
    }
    deflated.truncate(deflated.len() - usize::from(odd - u16::from(b'0')));
    let mut out = Vec::new();
    ZlibDecoder::new(deflated.as_slice()).read_to_end(&mut out).ok()?;
    Some(out)
}

/// The data file of some bytes.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    let mut deflated = encoder.finish().unwrap();
    let odd = deflated.len() % 2;
    deflated.resize(deflated.len() + odd, 0);
    let words = deflated.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let payload = words.flat_map(|word| match word {
        0x20 | 0x0A | 0x0D | 0x22 | 0x5C | 0x2028 | 0x2029 | 0xD800..=0xDFFF => vec![0x20, word.wrapping_add(0x2900)],
        _ => vec![word],
    });
    let before = format!("\u{FEFF}jy(\"{odd}");
    let script = before.encode_utf16().chain(payload).chain("\")".encode_utf16());
    script.flat_map(u16::to_le_bytes).collect()
}
