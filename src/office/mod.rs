//! Files of other programs: Word, Excel, PowerPoint, WPS and LibreOffice, pages, drawings and plain text.
//!
//! `format` tells by its bytes what a file is. Text documents become the blocks of `block`, by the same reader for an
//! attachment and for an import: [`document`] gives them to whoever imports, [`read`] gives the [`Line`]s of any file,
//! each with what it is, to whoever checks or searches it. `package` opens archives within limits and `xml` makes
//! trees of their parts.
//!
//! **Invariant**: what a file says is in its lines, or named as unread, or the file is not read at all.

pub(crate) mod block;
mod counting;
mod doc;
mod docx;
mod format;
mod guard;
mod held;
mod html;
mod layout;
mod mark;
mod mht;
mod ofd;
mod open;
pub(crate) mod outline;
mod package;
mod page;
mod parts;
mod pdf;
mod plain;
mod properties;
mod rows;
mod rtf;
mod said;
mod sheet;
mod slides;
mod still;
mod stream;
mod style;
mod svg;
mod table;
mod trace;
mod xml;

pub(crate) use block::Document;
pub use block::Loss;
pub use format::Format;
pub(crate) use package::{Package, Relation};
pub use said::{Cell, Line, Place, Said};
pub(crate) use still::is_still;
pub(crate) use xml::Element;

/// Why a file or a part of it is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not the archive or the XML that it seems to be.
    Broken(String),
    /// Unpacked it would be larger than any document: a zip bomb.
    TooLarge,
    /// An entry of the archive names a path outside it.
    UnsafeName(String),
    /// Elements nested deeper than any document needs.
    TooDeep,
    /// Encrypted.
    Locked,
    /// Text in no encoding that is known.
    Encoding,
    /// A format that isn't read for this.
    Format(Format),
}

/// Gives the bytes of a file beside the one that is read, by its path from there; `None` where there is none.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// How the bookmarks begin between which a file of ours says on paper what its record says.
pub(crate) const RESTATED: &str = "_jianyan";
/// The element of the part in which a file of ours carries its record.
pub(crate) const RECORD: &str = "jianyan:record";

/// How many documents may stand in one another.
const DEEPEST: u8 = 4;

/// How deep a document stands in others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depth(u8);

impl Depth {
    fn deeper(self) -> Result<Self, Fault> {
        if self.0 >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        Ok(Self(self.0 + 1))
    }
}

/// What a file says, by its bytes; its name helps only where they leave it open.
///
/// # Errors
/// [`Fault`] where it can't be read to its end, or not at all.
pub fn read(name: &str, bytes: &[u8]) -> Result<Said, Fault> {
    said(name, bytes, Depth(0))
}

/// What a file says that another holds.
pub(crate) fn said_in(name: &str, bytes: &[u8], depth: Depth) -> Result<Said, Fault> {
    said(name, bytes, depth.deeper()?)
}

fn said(name: &str, bytes: &[u8], depth: Depth) -> Result<Said, Fault> {
    match format::of(name, bytes)? {
        Format::Sheets => sheet::read(bytes, depth),
        Format::Slides => slides::read(bytes, depth),
        Format::OpenSheets | Format::OpenSlides => open::read_said(bytes),
        Format::Svg => svg::read(bytes),
        Format::Table => table::read(name, bytes),
        format => Ok(Said::from(text(format, bytes, &|_| None, depth)?)),
    }
}

/// A text document as blocks.
///
/// # Errors
/// [`Fault`] where it can't be read to its end, or isn't a text document.
pub(crate) fn document(name: &str, bytes: &[u8], beside: Beside) -> Result<Document, Fault> {
    text(format::of(name, bytes)?, bytes, beside, Depth(0))
}

/// The blocks of a page that was made here.
pub(crate) fn of_page(page: &str, beside: Beside) -> Result<Document, Fault> {
    html::read(page.as_bytes(), beside)
}

/// A document that another holds.
pub(crate) fn document_in(name: &str, bytes: &[u8], depth: Depth) -> Result<Document, Fault> {
    text(format::of(name, bytes)?, bytes, &|_| None, depth.deeper()?)
}

fn text(format: Format, bytes: &[u8], beside: Beside, depth: Depth) -> Result<Document, Fault> {
    match format {
        Format::Word => docx::read(bytes, depth),
        Format::OpenText => open::read_text(bytes),
        Format::Ofd => ofd::read(bytes),
        Format::Rtf => rtf::read(bytes),
        Format::Doc => doc::read(bytes),
        Format::Pdf => pdf::read(bytes),
        Format::Html => html::read(bytes, beside),
        Format::Mht => mht::read(bytes),
        Format::Text => plain::read(bytes),
        Format::Locked => Err(Fault::Locked),
        other => Err(Fault::Format(other)),
    }
}
