//! What a body is made of between the parser and the writer: a flat, balanced list of pieces.
//!
//! Only what is named here can reach a page: no script, no style and no attribute has a name.

use pulldown_cmark::CowStr;
use std::ops::Range;

/// A piece of a body.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(Element),
    /// A link begins; it ends with `Close(Element::Link)`.
    Link(Box<Reference<'a>>),
    /// The innermost open element ends.
    Close(Element),
    Text(CowStr<'a>),
    /// A line break that means nothing, or a space.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// A thematic break.
    Rule,
    Image(Box<Reference<'a>>),
    /// A mark that refers to the footnote of this number.
    Mark(u32),
    /// The box of a task, ticked or not.
    Task(bool),
    /// How the characters before it in a ruby are read: shown above them, and no text of the page.
    Reading(CowStr<'a>),
    /// HTML as the author wrote it, and where. None is left after `html::clean`.
    Raw(CowStr<'a>, Range<usize>),
}

/// A link or image.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference<'a> {
    /// Target as written.
    pub target: CowStr<'a>,
    /// What an image shows; empty for links.
    pub alt: String,
    /// Byte range in the parsed text; `None` when it came from HTML.
    pub span: Option<Range<usize>>,
}

/// An element that holds others or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Quote,
    Division,
    Details,
    Bullets,
    Numbers(u32),
    Terms,
    Table,
    Head,
    Body,
    Row,
    Footnotes,
    Footnote(u32),
    Item,
    Cell(Cell),
    Summary,
    Term,
    Definition,
    Caption,
    Paragraph,
    /// A heading of this level; after the outline is planned, of its place among the headings.
    Heading(u32),
    Preformatted,
    Inline(Inline),
    Link,
}

/// How an element takes part in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds blocks only; text in it gets a paragraph.
    Container,
    /// Holds blocks, or text of its own.
    Holder,
    /// Is a block of text.
    Block,
    /// Marks text within a block.
    Inline,
}

/// Markup of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inline {
    Emphasis,
    Strong,
    Deleted,
    Inserted,
    Underlined,
    Marked,
    Small,
    Above,
    Below,
    Code,
    Key,
    Ruby,
}

/// What a table cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cell {
    pub header: bool,
    pub align: Align,
    /// Columns and rows that it spans; 0 and 1 are one.
    pub columns: u16,
    pub rows: u16,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Align {
    #[default]
    Unset,
    Left,
    Centre,
    Right,
}

impl Piece<'_> {
    /// The same in a footnote, where a heading belongs to no outline and is a paragraph.
    pub(super) fn in_a_note(self) -> Self {
        match self {
            Piece::Open(Element::Heading(_)) => Piece::Open(Element::Paragraph),
            Piece::Close(Element::Heading(_)) => Piece::Close(Element::Paragraph),
            other => other,
        }
    }
}

impl Element {
    /// Its HTML name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Element::Quote => "blockquote",
            Element::Division => "div",
            Element::Details => "details",
            Element::Bullets => "ul",
            Element::Numbers(_) | Element::Footnotes => "ol",
            Element::Terms => "dl",
            Element::Table => "table",
            Element::Head => "thead",
            Element::Body => "tbody",
            Element::Row => "tr",
            Element::Item | Element::Footnote(_) => "li",
            Element::Cell(Cell { header: true, .. }) => "th",
            Element::Cell(_) => "td",
            Element::Summary => "summary",
            Element::Term => "dt",
            Element::Definition => "dd",
            Element::Caption => "caption",
            Element::Paragraph => "p",
            Element::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][(level.clamp(1, 6) - 1) as usize],
            Element::Preformatted => "pre",
            Element::Inline(inline) => inline.name(),
            Element::Link => "a",
        }
    }

    /// How it takes part in the layout.
    pub(super) fn kind(self) -> Kind {
        match self {
            Element::Item
            | Element::Cell(_)
            | Element::Summary
            | Element::Term
            | Element::Definition
            | Element::Caption => Kind::Holder,
            Element::Paragraph | Element::Heading(_) | Element::Preformatted => Kind::Block,
            Element::Inline(_) | Element::Link => Kind::Inline,
            _ => Kind::Container,
        }
    }

    /// The element of an HTML name; `None` for names that nothing here stands for, and for links.
    pub(super) fn of_name(name: &str) -> Option<Element> {
        Some(match name {
            "blockquote" => Element::Quote,
            "div" | "section" | "article" | "figure" | "center" | "header" | "footer" | "main" | "nav" | "aside"
            | "address" | "hgroup" | "form" | "fieldset" => Element::Division,
            "details" => Element::Details,
            "ul" => Element::Bullets,
            "ol" => Element::Numbers(1),
            "dl" => Element::Terms,
            "table" => Element::Table,
            "thead" => Element::Head,
            "tbody" | "tfoot" => Element::Body,
            "tr" => Element::Row,
            "li" => Element::Item,
            "th" => Element::Cell(Cell {
                header: true,
                ..Cell::default()
            }),
            "td" => Element::Cell(Cell::default()),
            "summary" => Element::Summary,
            "dt" => Element::Term,
            "dd" => Element::Definition,
            "caption" => Element::Caption,
            "p" | "figcaption" => Element::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Element::Heading(u32::from(name.as_bytes()[1] - b'0')),
            "pre" => Element::Preformatted,
            _ => return Inline::of_name(name).map(Element::Inline),
        })
    }
}

impl Inline {
    fn name(self) -> &'static str {
        match self {
            Inline::Emphasis => "em",
            Inline::Strong => "strong",
            Inline::Deleted => "del",
            Inline::Inserted => "ins",
            Inline::Underlined => "u",
            Inline::Marked => "mark",
            Inline::Small => "small",
            Inline::Above => "sup",
            Inline::Below => "sub",
            Inline::Code => "code",
            Inline::Key => "kbd",
            Inline::Ruby => "ruby",
        }
    }

    fn of_name(name: &str) -> Option<Inline> {
        Some(match name {
            "em" | "i" => Inline::Emphasis,
            "strong" | "b" => Inline::Strong,
            "del" | "s" | "strike" => Inline::Deleted,
            "ins" => Inline::Inserted,
            "u" => Inline::Underlined,
            "mark" => Inline::Marked,
            "small" => Inline::Small,
            "sup" => Inline::Above,
            "sub" => Inline::Below,
            "code" | "samp" | "tt" => Inline::Code,
            "kbd" => Inline::Key,
            "ruby" => Inline::Ruby,
            _ => return None,
        })
    }
}

/// What stands for an image where a text is read for what it cites.
pub(super) const IMAGE: char = '\u{FFFC}';

/// The texts of the blocks that pieces hold, as a page shows them: inline markup doesn't part text. Images are [`IMAGE`].
pub(super) fn texts(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut soft = false;
    for piece in pieces {
        match piece {
            Piece::Open(element) | Piece::Close(element) if element.kind() != Kind::Inline => {
                soft = false;
                texts.push(String::new());
            }
            Piece::Text(part) => {
                if let Some(text) = texts.last_mut() {
                    if std::mem::take(&mut soft) && !super::glyph::joins(text, part) {
                        text.push(' ');
                    }
                    text.push_str(part);
                }
            }
            Piece::SoftBreak => soft = true,
            Piece::HardBreak => texts.iter_mut().last().into_iter().for_each(|text| text.push('\n')),
            Piece::Image(_) => texts.iter_mut().last().into_iter().for_each(|text| text.push(IMAGE)),
            Piece::Rule => texts.push(String::new()),
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}
