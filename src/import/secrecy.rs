//! Looks for secrecy marks in everything that a file says, before anything of it is written.

use crate::check;
use crate::office::{self, Document, Said};
use crate::reading::Reading;

/// Whether a document bears a mark: in its text, at the head or foot of its pages, in a box, a comment, a property, or
/// in what it hides.
pub(super) fn is_marked(name: &str, document: &Document) -> bool {
    bears_mark(name, &Said::from(document.clone()))
}

/// The same of a file of any format; what can't be read bears none that anybody sees.
pub(super) fn is_marked_file(name: &str, bytes: &[u8]) -> bool {
    office::read(name, bytes).is_ok_and(|said| bears_mark(name, &said))
}

fn bears_mark(name: &str, said: &Said) -> bool {
    check::secrecy_of(&Reading::of_said(name, said), name).is_some()
}
