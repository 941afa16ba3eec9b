//! Reads the HTML that the sanitizer gave back. It is balanced and canonical (names in lower case, values
//! in double quotes, four entities), so reading it takes no parser.

use super::markup;
use super::piece::{Cell, Element, Inline, Kind, Piece, Reference};
use super::tags::{self, Tag};

/// The attribute by which a piece of Markdown is known again after the sanitizer has passed it.
pub(super) const PIECE: &str = "data-piece";

/// Longest spans of a cell: enough for any table that people read.
const LONGEST_SPAN: u16 = 1000;

/// Reads sanitized HTML into pieces; `original` gives the piece of Markdown of a number.
pub(super) fn read<'a>(html: &str, original: impl Fn(usize) -> Option<Piece<'a>>) -> Vec<Piece<'a>> {
    let mut reader = Reader {
        pieces: Vec::new(),
        open: Vec::new(),
        blocks: 0,
        preformatted: 0,
        veiled: 0,
        readings: 0,
        reading: String::new(),
    };
    let mut at = 0;
    for tag in tags::tags(html) {
        reader.text(&html[at..tag.span.start]);
        at = tag.span.end;
        reader.tag(&tag, &original);
    }
    reader.text(&html[at..]);
    reader.pieces
}

struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    open: Vec<Open>,
    /// How many of the open elements are blocks of text.
    blocks: usize,
    /// How many of them keep white space.
    preformatted: usize,
    /// How many elements are open within a hidden one, itself included.
    veiled: usize,
    /// How many elements are open within the reading of a ruby, itself included.
    readings: usize,
    reading: String,
}

/// What an open tag stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Element(Element),
    /// A block within a block of text: a line break.
    Line,
    Nothing,
}

impl<'a> Reader<'a> {
    fn text(&mut self, text: &str) {
        if text.is_empty() || self.veiled > 0 {
            return;
        }
        let text = tags::unescape(text);
        if self.readings > 0 {
            return self.reading.push_str(text.trim());
        }
        if self.preformatted > 0 {
            return self.pieces.push(Piece::Text(text.into()));
        }
        for (line, part) in text.split('\n').enumerate() {
            // Spaces at a line break are part of it.
            let part = if line > 0 {
                part.trim_start_matches([' ', '\t'])
            } else {
                part
            };
            if line > 0 {
                self.pieces.push(Piece::SoftBreak);
            }
            if !part.is_empty() {
                self.pieces.push(Piece::Text(part.to_owned().into()));
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, original: impl Fn(usize) -> Option<Piece<'a>>) {
        let empty = matches!(tag.name.as_str(), "br" | "hr" | "img");
        if self.veiled > 0 {
            if tag.end {
                self.veiled -= 1;
            } else {
                self.veiled += usize::from(!empty);
            }
            return;
        }
        if self.readings > 0 || tag.name == "rt" && self.open.contains(&Open::Element(Element::Inline(Inline::Ruby))) {
            return self.read_above(tag, empty);
        }
        if tag.end {
            return self.close();
        }
        if markup::is_veiled(tag.attributes) {
            self.veiled += usize::from(!empty);
            return;
        }
        let piece = tags::attribute(tag.attributes, PIECE).and_then(|number| original(number.parse().ok()?));
        let piece = piece.filter(|piece| fits(piece, &tag.name)).or_else(|| fresh(tag));
        let (piece, open) = match piece {
            Some(Piece::Open(element)) if self.blocks > 0 && element.kind() != Kind::Inline => {
                (Some(Piece::HardBreak), Open::Line)
            }
            Some(Piece::Rule) if self.blocks > 0 => (Some(Piece::HardBreak), Open::Nothing),
            Some(Piece::Open(element)) => (piece, Open::Element(element)),
            Some(Piece::Link(_)) => (piece, Open::Element(Element::Link)),
            other => (other, Open::Nothing),
        };
        if !empty {
            self.open.push(open);
            self.count(open, |count| count + 1);
        }
        self.pieces.extend(piece);
    }

    /// Takes a tag of a reading, which is text alone.
    fn read_above(&mut self, tag: &Tag<'_>, empty: bool) {
        if tag.end {
            self.readings -= 1;
        } else {
            self.readings += usize::from(!empty);
        }
        if self.readings == 0 {
            self.pieces
                .push(Piece::Reading(std::mem::take(&mut self.reading).into()));
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.count(open, |count| count - 1);
        match open {
            Open::Element(element) => self.pieces.push(Piece::Close(element)),
            Open::Line => self.pieces.push(Piece::HardBreak),
            Open::Nothing => {}
        }
    }

    fn count(&mut self, open: Open, step: fn(usize) -> usize) {
        let Open::Element(element) = open else { return };
        if element.kind() == Kind::Block {
            self.blocks = step(self.blocks);
        }
        if element == Element::Preformatted {
            self.preformatted = step(self.preformatted);
        }
    }
}

/// Whether a piece is what a tag of this name may stand for: an author could have written the attribute too.
fn fits(piece: &Piece<'_>, name: &str) -> bool {
    match piece {
        Piece::Open(element) => element.name() == name,
        Piece::Link(_) => name == "a",
        Piece::Image(_) => name == "img",
        Piece::Mark(_) | Piece::Task(_) => name == "span",
        _ => false,
    }
}

/// The piece of a tag that an author wrote.
fn fresh<'a>(tag: &Tag<'_>) -> Option<Piece<'a>> {
    let text = |name| tags::attribute(tag.attributes, name);
    let number = |name| text(name).and_then(|value| value.trim().parse::<u16>().ok());
    let reference = |target: String, alt| {
        Box::new(Reference {
            target: target.into(),
            alt,
            span: None,
        })
    };
    Some(match tag.name.as_str() {
        "br" => Piece::HardBreak,
        "hr" => Piece::Rule,
        "img" => Piece::Image(reference(
            text("src").unwrap_or_default(),
            text("alt").unwrap_or_default(),
        )),
        "a" => Piece::Link(reference(text("href")?, String::new())),
        "ol" => Piece::Open(Element::Numbers(number("start").map_or(1, u32::from))),
        "th" | "td" => Piece::Open(Element::Cell(Cell {
            header: tag.name == "th",
            columns: number("colspan").unwrap_or(0).min(LONGEST_SPAN),
            rows: number("rowspan").unwrap_or(0).min(LONGEST_SPAN),
            ..Cell::default()
        })),
        name => Piece::Open(Element::of_name(name)?),
    })
}
