//! What every format is read into: blocks of text, as a document has them on paper.

use super::Loss;
use std::collections::BTreeMap;

/// Formats of pictures that browsers show.
pub(super) const SHOWN: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "bmp"];

/// A document, parsed.
#[derive(Debug, Clone, Default)]
pub(super) struct Parsed {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// The text of each footnote, by its mark.
    pub notes: Vec<(usize, Vec<Inline>)>,
    /// Pictures, by the name under which the blocks have them.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What was lost, and how often.
    pub losses: BTreeMap<Loss, usize>,
}

impl Parsed {
    /// Takes over a picture and gives its name; one that is there already is not kept twice.
    pub fn picture(&mut self, ending: &str, bytes: Vec<u8>) -> String {
        let known = self.pictures.iter().find(|(_, known)| *known == bytes);
        if let Some((name, _)) = known {
            return name.clone();
        }
        let name = format!("图{}.{ending}", self.pictures.len() + 1);
        self.pictures.push((name.clone(), bytes));
        name
    }

    /// Counts a loss.
    pub fn lose(&mut self, loss: Loss) {
        *self.losses.entry(loss).or_default() += 1;
    }
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// The document's title, where the format says so.
    Title(Vec<Inline>),
    /// A heading, from 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph; centred ones stand at the head of documents.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
        /// Whether it is centred.
        centred: bool,
    },
    /// An item of a list.
    Item {
        /// How deep, from 0.
        depth: usize,
        /// The number of an ordered list.
        number: Option<u32>,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A table.
    Table(Table),
}

impl Block {
    /// A paragraph that is not centred.
    pub fn paragraph(text: Vec<Inline>) -> Self {
        Block::Paragraph { text, centred: false }
    }

    /// Its inlines, but for tables.
    pub fn inlines(&self) -> &[Inline] {
        match self {
            Block::Title(text) | Block::Heading(_, text) => text,
            Block::Paragraph { text, .. } | Block::Item { text, .. } => text,
            Block::Table(_) => &[],
        }
    }

    /// Its text without markup, spaces at both ends cut.
    pub fn plain(&self) -> String {
        plain(self.inlines())
    }
}

/// The text of inlines without markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let text: String = inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } | Inline::Link { text, .. } => text.as_str(),
            Inline::Break => "\n",
            Inline::Note(_) | Inline::Picture { .. } => "",
        })
        .collect();
    text.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}')
        .to_owned()
}

impl Inline {
    /// A picture by its name, described by what is said of it or else by its name.
    pub fn picture(name: String, said: &str) -> Self {
        let words: Vec<&str> = match said.trim() {
            "" => vec![name.split('.').next().unwrap_or_default()],
            said => said.split_whitespace().collect(),
        };
        let description = words.join(" ");
        Inline::Picture { name, description }
    }
}

/// A piece of a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Text of one look.
    Text {
        /// The text.
        text: String,
        /// Bold.
        bold: bool,
        /// Italic.
        italic: bool,
    },
    /// A link to another site.
    Link {
        /// Its text.
        text: String,
        /// Its address.
        target: String,
    },
    /// A line break.
    Break,
    /// The mark of a footnote.
    Note(usize),
    /// A picture.
    Picture {
        /// Its name among the pictures.
        name: String,
        /// What it shows.
        description: String,
    },
}

impl Inline {
    /// Text without emphasis.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text {
            text: text.into(),
            bold: false,
            italic: false,
        }
    }
}

/// A table: rows of cells, as HTML counts them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Its paragraphs.
    pub lines: Vec<Vec<Inline>>,
    /// Columns that it spans.
    pub columns: usize,
    /// Rows that it spans.
    pub rows: usize,
}

impl Table {
    /// Whether no cell spans another's place.
    pub fn is_plain(&self) -> bool {
        self.rows
            .iter()
            .flatten()
            .all(|cell| cell.columns == 1 && cell.rows == 1)
    }
}
