//! Word files up to 2003 (Word 97 binary), which WPS writes as .wps, too.
//!
//! `cfb` opens the compound file. `header` finds the text in its pieces, `page` what is said of each letter and
//! paragraph, `sprm` what that means; `styles` and `lists` know styles and numbers. `walk` makes paragraphs of the
//! letters; `properties` reads what the file says of itself.

mod bytes;
mod header;
mod lists;
mod page;
mod properties;
mod sprm;
mod styles;
mod walk;

#[cfg(test)]
mod tests;

use super::block::Document;
use super::{Budget, Fault};
use std::io::{Cursor, Read};

/// Bytes of a stream that is read.
const LARGEST: u64 = 200 << 20;

/// An open compound file.
type File = cfb::CompoundFile<Cursor<Vec<u8>>>;

/// Reads a Word file up to 2003.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    let bytes = bytes.to_vec();
    budget.apart("doc", move |_| {
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| Fault::Broken(error.to_string()))?;
        walk::read(&mut file)
    })
}

/// A stream of the file; `None` where there is none.
fn stream(file: &mut File, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    if !file.is_stream(name) {
        return Ok(None);
    }
    let broken = |error: std::io::Error| Fault::Broken(error.to_string());
    let opened = file.open_stream(name).map_err(broken)?;
    if opened.len() > LARGEST {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    opened.take(LARGEST).read_to_end(&mut bytes).map_err(broken)?;
    Ok(Some(bytes))
}
