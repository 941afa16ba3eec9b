//! A bundle with one number changed: what must be noticed.

use crate::engine::Files;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// The number that is changed.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    Frequency = 2,
    Norm = 3,
    Position = 5,
}

/// A block that begins with a term of the body alone, which stands but once in its first document.
pub struct Place {
    pub path: String,
    pub term: String,
    pub doc: usize,
    bytes: Vec<u8>,
    /// Where its columns begin.
    starts: [usize; 6],
}

/// The bytes of a data file.
pub fn unpack(file: &[u8]) -> Vec<u8> {
    let units: Vec<u16> = file
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let text = String::from_utf16(&units[1..]).unwrap();
    let payload: Vec<u16> = text.rsplit('"').nth(1).unwrap().encode_utf16().collect();
    let (mut deflated, mut rest) = (Vec::new(), payload[1..].iter());
    while let Some(&unit) = rest.next() {
        let word = if unit == 0x20 {
            rest.next().unwrap().wrapping_sub(0x2900)
        } else {
            unit
        };
        deflated.extend(word.to_le_bytes());
    }
    deflated.truncate(deflated.len() - usize::from(payload[0] - 0x30));
    let mut out = Vec::new();
    ZlibDecoder::new(deflated.as_slice()).read_to_end(&mut out).unwrap();
    out
}

/// The data file of some bytes.
pub fn pack(path: &str, bytes: &[u8]) -> Vec<u8> {
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
    let before = format!("\u{FEFF}jianyan.data(\"{path}\",\"{odd}");
    let script = before.encode_utf16().chain(payload).chain("\")".encode_utf16());
    script.flat_map(u16::to_le_bytes).collect()
}

fn int(bytes: &[u8], at: &mut usize) -> usize {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = bytes[*at];
        *at += 1;
        value |= usize::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    value
}

fn place(path: &str, file: &[u8]) -> Option<Place> {
    let bytes = unpack(file);
    let mut at = 0;
    let lengths: Vec<usize> = (0..5).map(|_| int(&bytes, &mut at)).collect();
    let mut starts = [at; 6];
    (1..6).for_each(|column| starts[column] = starts[column - 1] + lengths[column - 1]);
    let (_, length) = (int(&bytes, &mut at), int(&bytes, &mut at));
    let term = String::from_utf8(bytes[at..at + length].to_vec()).ok()?;
    at += length;
    let (mask, df) = (int(&bytes, &mut at), int(&bytes, &mut at));
    let han = term.chars().count() == 2 && term.chars().all(|c| ('\u{4E00}'..'\u{9FFF}').contains(&c));
    let body_alone = mask & 0b11_1111 == 0b10 && (2..8).contains(&df);
    let small = body_alone && bytes[starts[2]] == 1 && bytes[starts[2]..starts[2] + df].iter().all(|&freq| freq < 4);
    let mut gap = starts[1];
    (han && small).then(|| Place {
        path: path.to_owned(),
        term,
        doc: int(&bytes, &mut gap),
        bytes,
        starts,
    })
}

/// Places in the blocks of a bundle.
pub fn places(files: &Files) -> Vec<Place> {
    let blocks = files.iter().filter_map(|(path, file)| {
        let path = path.strip_suffix(".js")?;
        let (_, name) = path.split_once('/')?;
        name.bytes().all(|byte| byte.is_ascii_digit()).then_some((path, file))
    });
    blocks.filter_map(|(path, file)| place(path, file)).collect()
}

/// The files with the first number of a column of the place's block changed by one. (A frequency more
/// also takes a position from the next document.)
pub fn damaged(files: &Files, place: &Place, column: Column) -> Files {
    let mut bytes = place.bytes.clone();
    let byte = &mut bytes[place.starts[column as usize]];
    *byte = if *byte & 1 == 0 {
        *byte + 1
    } else if matches!(column, Column::Frequency) {
        2
    } else {
        *byte - 1
    };
    let mut files = files.clone();
    files.insert(format!("{}.js", place.path), pack(&place.path, &bytes));
    files
}

/// The files with a block packed anew, unchanged.
pub fn repacked(files: &Files, place: &Place) -> Files {
    let mut files = files.clone();
    files.insert(format!("{}.js", place.path), pack(&place.path, &place.bytes));
    files
}
