//! Pieces to HTML and to blocks at once, so that what is searched is what is shown.
//!
//! Elements are opened only when something stands in them and closed in the right order whatever the
//! pieces say, so the HTML is well formed by construction.

mod block;
mod cite;
mod inline;
mod tag;

pub(super) use tag::escape;

use super::anchor::Anchors;
use super::outline::Planned;
use super::piece::{Element, Kind, Piece};
use super::report::Report;
use super::{Citation, Citations, Rendered, Resolve};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// Everything that the writer is told besides the pieces.
pub(super) struct Context<'a> {
    pub planned: Vec<Planned>,
    pub anchors: Anchors,
    pub resolver: &'a dyn Resolve,
}

/// Writes pieces.
pub(super) fn write(pieces: &[Piece<'_>], context: Context<'_>, report: &mut Report) -> Rendered {
    let mut writer = Writer {
        out: Rendered::default(),
        heading_ids: context.planned.iter().map(|it| it.id.clone()).collect(),
        context,
        report,
        containers: Vec::new(),
        skipped: 0,
        inlines: Vec::new(),
        written: 0,
        in_link: false,
        block: None,
        paragraph: false,
        pending: Pending::Nothing,
        section: None,
        marks: Vec::new(),
        cited: BTreeSet::new(),
        unheld: BTreeSet::new(),
        reader: Citations::default(),
    };
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Image(reference) if writer.begins_block() && ends_block(&pieces[at + 1..]) => {
                writer.figure(reference);
            }
            Piece::Link(reference) if matches!(pieces.get(at + 1), Some(Piece::Close(Element::Link))) => {
                writer.nameless_link(reference);
            }
            _ => writer.piece(piece),
        }
    }
    writer.finish()
}

/// Whether nothing of the same block follows.
fn ends_block(rest: &[Piece<'_>]) -> bool {
    match rest.iter().find(|piece| !matches!(piece, Piece::SoftBreak)) {
        Some(Piece::Open(element) | Piece::Close(element)) => element.kind() != Kind::Inline,
        piece => matches!(piece, None | Some(Piece::Rule)),
    }
}

struct Writer<'a> {
    out: Rendered,
    heading_ids: HashSet<String>,
    context: Context<'a>,
    report: &'a mut Report,
    containers: Vec<Container>,
    /// Containers that are open in the pieces but too deep to be written.
    skipped: usize,
    /// Inline elements that are open in the pieces; the first `written` of them in the HTML too.
    inlines: Vec<Open>,
    written: usize,
    /// Whether one of them is a link.
    in_link: bool,
    block: Option<Text>,
    /// Whether the next text stands in a paragraph of its own.
    paragraph: bool,
    /// A break that is written when text follows in the same block.
    pending: Pending,
    section: Option<usize>,
    /// For each footnote by number, the section of its first mark and the count of its marks.
    marks: Vec<(Option<usize>, u32)>,
    /// Articles of law that the blocks so far cite.
    cited: BTreeSet<Citation>,
    /// Numbers of which the page has said that nothing here has them.
    unheld: BTreeSet<String>,
    /// Reads them, block by block.
    reader: Citations,
}

/// A container or holder that is open and written.
struct Container {
    element: Element,
    /// Where its id goes.
    id_at: usize,
    /// Whether a block of its own text stands in it.
    filled: bool,
    /// Blocks that wait for a row's id.
    waiting: Vec<usize>,
}

/// An inline element that is open. Name and tag are empty for one that isn't written.
struct Open {
    name: &'static str,
    tag: String,
    link: bool,
}

/// The block of text that is being written.
struct Text {
    element: TextElement,
    /// Where its id goes.
    id_at: usize,
    text: String,
    preformatted: bool,
    /// Where an article of law may become a link.
    runs: Vec<cite::Run>,
    /// Where images or their descriptions stand in the text.
    images: Vec<Range<usize>>,
}

enum TextElement {
    /// An element of its own; for a heading its place among them.
    Own(&'static str, Option<usize>),
    /// The holder at this place of the containers.
    Holder(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    Space,
    Break,
}

impl Writer<'_> {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(element) => match element.kind() {
                Kind::Inline => self.open_inline(*element),
                Kind::Block => self.open_block(*element),
                Kind::Container | Kind::Holder => self.open_container(*element),
            },
            Piece::Close(element) => match element.kind() {
                Kind::Inline => self.close_inline(),
                Kind::Block => self.end_block(),
                Kind::Container | Kind::Holder => self.close_container(),
            },
            Piece::Link(reference) => self.open_link(reference),
            Piece::Text(text) => self.text(text),
            Piece::SoftBreak => self.pend(Pending::Space),
            Piece::HardBreak => self.pend(Pending::Break),
            Piece::Rule => self.rule(),
            Piece::Image(reference) => self.image(reference),
            Piece::Mark(number) => self.mark(*number),
            Piece::Task(done) => self.task(*done),
            Piece::Reading(text) => self.reading(text),
            // The cleaner leaves none; what it doesn't know isn't shown.
            Piece::Raw(..) => {}
        }
    }

    fn finish(mut self) -> Rendered {
        self.end_block();
        while !self.containers.is_empty() {
            self.close_container();
        }
        self.out
    }
}
