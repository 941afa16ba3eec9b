//! Office files, as Word, Excel, PowerPoint, WPS and LibreOffice write them: ZIP archives of XML parts.
//!
//! [`read`] gives all that one says as [`Line`]s, each with what it is, for whoever checks or searches it. `package`
//! opens the archive within limits and `xml` makes trees of its parts, for whoever imports it.

mod package;
mod said;
mod text;
mod xml;

pub(crate) use package::{Package, Relation};
pub use said::{Cell, Line, Place, Said};
pub use text::is_one;
pub(crate) use xml::Element;

/// What a file says, by its name and its bytes.
///
/// # Errors
/// [`Fault`] where it can't be read to its end, or not at all.
pub fn read(name: &str, bytes: &[u8]) -> Result<Said, Fault> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let text = text::text(&ending, bytes)?.ok_or(Fault::Format)?;
    let line = |line: &str| Line {
        text: line.to_owned(),
        place: Place::Paragraph,
    };
    Ok(Said {
        lines: text.lines.lines().map(line).collect(),
        unread: vec![String::new(); text.unread],
    })
}

/// Why an archive or a part of it is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not the archive or the XML that its name promises.
    Broken(String),
    /// Unpacked it would be larger than any document: a zip bomb.
    TooLarge,
    /// An entry of the archive names a path outside it.
    UnsafeName(String),
    /// Elements nested deeper than any document needs.
    TooDeep,
    /// Encrypted, or a file of an older format under a new name.
    Locked,
    /// A format that is not read: pictures, sound, programs.
    Format,
}
