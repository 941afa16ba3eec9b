//! A bundle with one number changed: what must be noticed.

use crate::client::engine::Files;
use crate::payload::{pack, unpack};

/// The number that is changed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Frequency = 2,
    Norm = 3,
    Position = 5,
}

/// A block that begins with a term of the body alone, which stands but once in its first document.
pub(super) struct Place {
    pub path: String,
    pub term: String,
    pub doc: usize,
    bytes: Vec<u8>,
    /// Where its columns begin.
    starts: [usize; 8],
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
    let bytes = unpack(file)?;
    let mut at = 0;
    let lengths: Vec<usize> = (0..7).map(|_| int(&bytes, &mut at)).collect();
    let mut starts = [at; 8];
    (1..8).for_each(|column| starts[column] = starts[column - 1] + lengths[column - 1]);
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
pub(super) fn places(files: &Files) -> Vec<Place> {
    let blocks = files.iter().filter_map(|(path, file)| {
        let path = path.strip_suffix(".js")?;
        let (_, name) = path.split_once('/')?;
        name.bytes().all(|byte| byte.is_ascii_digit()).then_some((path, file))
    });
    blocks.filter_map(|(path, file)| place(path, file)).collect()
}

/// The files with the first number of a column of the place's block changed by one. (A frequency more
/// also takes a position from the next document.)
pub(super) fn damaged(files: &Files, place: &Place, column: Column) -> Files {
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
    files.insert(format!("{}.js", place.path), pack(&bytes));
    files
}

/// The files with a block packed anew, unchanged.
pub(super) fn repacked(files: &Files, place: &Place) -> Files {
    let mut files = files.clone();
    files.insert(format!("{}.js", place.path), pack(&place.bytes));
    files
}
