//! Files of other programs: Word, Excel, `PowerPoint`, WPS and LibreOffice, pages, drawings and plain text.
//!
//! `format` tells by its bytes what a file is. Text documents become the blocks of `block`, by the same reader for an
//! attachment and for an import: [`document`] gives them to whoever imports, [`read`] gives the [`Line`]s of any file,
//! each with what it is, to whoever checks or searches it. `package` opens archives within limits and `xml` makes
//! trees of their parts.
//!
//! **Invariant**: what a file says is in its lines, or named as unread, or the file is not read at all.

pub(crate) mod block;
mod budget;
mod counting;
mod doc;
mod docx;
mod fits;
mod format;
mod guard;
mod held;
mod html;
mod layout;
mod line;
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
mod room;
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
pub(crate) use budget::Budget;
pub(crate) use fits::{begins_like_a_page, fits, is_of_program};
pub(crate) use format::Format;
pub(crate) use line::{Cell, Line, Place};
pub(crate) use package::{Package, Relation};
pub(crate) use said::Said;
pub(crate) use still::is_still;
pub(crate) use xml::Element;

/// Why a file or a part of it is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not the archive or the XML that it seems to be.
    #[error("broken: {0}")]
    Broken(String),
    /// Unpacked it would be larger than any document: a zip bomb.
    #[error("too large")]
    TooLarge,
    /// An entry of the archive names a path outside it.
    #[error("an entry leads outside: {0}")]
    UnsafeName(String),
    /// Elements nested deeper than any document needs.
    #[error("nested too deep")]
    TooDeep,
    /// Encrypted.
    #[error("encrypted")]
    Locked,
    /// Text in no encoding that is known.
    #[error("in no known encoding")]
    Encoding,
    /// A format that isn't read for this.
    #[error("of a format that isn't read: {0:?}")]
    Format(Format),
}

/// Gives the bytes of a file beside the one that is read, by its path from there; `None` where there is none.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// How the bookmarks begin between which a file of ours says on paper what its record says.
pub(crate) const RESTATED: &str = "_jianyan";
/// The element of the part in which a file of ours carries its record.
pub(crate) const RECORD: &str = "jianyan:record";

/// What a file says, by its bytes; its name helps only where they leave it open.
///
/// # Errors
/// [`Fault`] where it can't be read to its end, or not at all.
pub fn read(name: &str, bytes: &[u8]) -> Result<Said, Fault> {
    Budget::of(bytes).within(|budget| said(name, bytes, budget))
}

/// What a file says that another holds.
pub(crate) fn said_in(name: &str, bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    budget.said(bytes.len(), |inner| said(name, bytes, inner))
}

fn said(name: &str, bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    match format::of(name, bytes, budget)? {
        Format::Sheets => sheet::read(bytes, budget),
        Format::Slides => slides::read(bytes, budget),
        Format::OpenSheets | Format::OpenSlides => open::read_said(bytes, budget),
        Format::Svg => svg::read(bytes),
        Format::Table => table::read(name, bytes, budget),
        format => Ok(Said::from(text(format, bytes, &|_| None, budget)?)),
    }
}

/// A text document as blocks.
///
/// # Errors
/// [`Fault`] where it can't be read to its end, or isn't a text document.
pub(crate) fn document(name: &str, bytes: &[u8], beside: Beside) -> Result<Document, Fault> {
    Budget::of(bytes).within(|budget| text(format::of(name, bytes, budget)?, bytes, beside, budget))
}

/// The blocks of a page that was made here.
pub(crate) fn of_page(page: &str, beside: Beside) -> Result<Document, Fault> {
    html::read(page.as_bytes(), beside, &Budget::of(page.as_bytes()))
}

/// A document that another holds.
pub(crate) fn document_in(name: &str, bytes: &[u8], budget: &Budget) -> Result<Document, Fault> {
    budget.inner(bytes.len(), |inner| {
        text(format::of(name, bytes, inner)?, bytes, &|_| None, inner)
    })
}

fn text(format: Format, bytes: &[u8], beside: Beside, budget: &Budget) -> Result<Document, Fault> {
    match format {
        Format::Word => docx::read(bytes, budget),
        Format::OpenText => open::read_text(bytes, budget),
        Format::Ofd => ofd::read(bytes, budget),
        Format::Rtf => rtf::read(bytes, budget),
        Format::Doc => doc::read(bytes, budget),
        Format::Pdf => pdf::read(bytes, budget),
        Format::Html => html::read(bytes, beside, budget),
        Format::Mht => mht::read(bytes, budget),
        Format::Text => plain::read(bytes),
        Format::Locked => Err(Fault::Locked),
        other => Err(Fault::Format(other)),
    }
}
