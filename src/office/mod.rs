//! Office files, as Word, Excel, PowerPoint, WPS and LibreOffice write them: ZIP archives of XML parts.
//!
//! [`text()`] gives all that one says, line by line, for whoever checks it. `package` opens the archive within
//! limits and `xml` makes trees of its parts, for whoever imports it.

mod package;
mod text;
mod xml;

pub(crate) use package::{Package, Relation};
pub use text::{Text, is_one, text};
pub(crate) use xml::Element;

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
}
