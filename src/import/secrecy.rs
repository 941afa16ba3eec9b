//! Looks for secrecy marks in everything that a file says, before anything of it is written.

use crate::check;
use crate::office::{self, Document, Place, Said};

/// Lines of the body in which a grade that stands alone is a mark; below them it may be a word of a list.
const TOP: usize = 30;

/// Whether a document bears a mark: in its text, at the head or foot of its pages, in a box, a comment, a property, or
/// in what it hides.
pub(super) fn is_marked(document: &Document) -> bool {
    bears_mark(&Said::from(document.clone()))
}

/// The same of a file of any format; what can't be read bears none that anybody sees.
pub(super) fn is_marked_file(name: &str, bytes: &[u8]) -> bool {
    office::read(name, bytes).is_ok_and(|said| bears_mark(&said))
}

fn bears_mark(said: &Said) -> bool {
    let mut body = 0;
    said.lines.iter().any(|line| {
        let of_body = matches!(
            line.place,
            Place::Title | Place::Heading | Place::Paragraph | Place::Cell(_)
        );
        body += usize::from(of_body);
        match of_body && body > TOP {
            true => check::bears_starred_mark(&line.text),
            false => check::bears_mark(&line.text),
        }
    })
}
