//! What every format is read into: blocks of text, as a document has them on paper.

use super::line::Line;
use super::room::kept;
use std::collections::{BTreeMap, BTreeSet};

/// Formats of pictures that browsers show.
pub(super) const SHOWN: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "bmp"];
/// What a picture counts besides its bytes: it becomes a file of its own, and so do its copies.
const OF_PICTURE: usize = 16 << 10;

/// A document, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Document {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// The text of each footnote, by its mark.
    pub notes: Vec<(usize, Vec<Inline>)>,
    /// Pictures, by the name under which the blocks have them.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The place of each picture, by its hash.
    pub known: BTreeMap<[u8; 32], usize>,
    /// What was lost, and how often.
    pub losses: BTreeMap<Loss, usize>,
    /// What stands in no block: heads and feet of pages, comments, hidden and deleted text, properties.
    pub aside: Vec<Line>,
    /// Names of the parts of its file that are not read.
    pub unread: Vec<String>,
    /// The record that a file of our own carries, as a front matter.
    pub record: Option<String>,
    /// Which blocks only say on paper what that record says.
    pub restated: BTreeSet<usize>,
}

/// What is lost or changed on the way into a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Insertions were taken, deletions left out.
    TrackedChange,
    /// Comments of reviewers, which stay behind.
    Comment,
    /// A text box, moved behind its paragraph.
    TextBox,
    /// A formula, kept as its letters.
    Formula,
    /// An embedded object or chart.
    Object,
    /// A picture that isn't in the file, or in a format that browsers don't show.
    Picture,
    /// The table of contents, which the page has of its own.
    Contents,
    /// A table with merged cells, written as HTML.
    MergedCells,
    /// A table in a cell, written as its lines.
    NestedTable,
    /// A character of a symbol font.
    Symbol,
    /// A field without a result.
    Field,
    /// The head or foot of pages.
    Header,
    /// Text that the program hides.
    Hidden,
    /// The reading above a word.
    Ruby,
    /// A part of another format within the document.
    Chunk,
    /// A footnote of a table, written where it is referred to.
    NoteInTable,
    /// Lines of a page that may belong together otherwise.
    Lines,
    /// A page without text: a scan.
    Scan,
    /// The record that a file carries and its page no longer bears out.
    Record,
    /// A front matter in which something can't be read.
    Front,
}

impl Loss {
    /// The last part of its key in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Loss::TrackedChange => "tracked",
            Loss::Comment => "comment",
            Loss::TextBox => "text-box",
            Loss::Formula => "formula",
            Loss::Object => "object",
            Loss::Picture => "picture",
            Loss::Contents => "contents",
            Loss::MergedCells => "merged",
            Loss::NestedTable => "nested",
            Loss::Symbol => "symbol",
            Loss::Field => "field",
            Loss::Header => "header",
            Loss::Hidden => "hidden",
            Loss::Ruby => "ruby",
            Loss::Chunk => "chunk",
            Loss::NoteInTable => "note-in-table",
            Loss::Lines => "lines",
            Loss::Scan => "scan",
            Loss::Record => "record",
            Loss::Front => "front",
        }
    }
}

impl Document {
    /// Takes over a picture and gives its name; one that is there already is not kept twice.
    pub(crate) fn picture(&mut self, ending: &str, bytes: Vec<u8>) -> String {
        let hash = *blake3::hash(&bytes).as_bytes();
        let known = self.known.get(&hash).and_then(|at| self.pictures.get(*at));
        if let Some((name, _)) = known {
            return name.clone();
        }
        let name = format!("图{}.{ending}", self.pictures.len() + 1);
        if kept(OF_PICTURE + bytes.len()).is_ok() {
            self.known.insert(hash, self.pictures.len());
            self.pictures.push((name.clone(), bytes));
        }
        name
    }

    /// Counts a loss.
    pub(crate) fn lose(&mut self, loss: Loss) {
        self.lose_all(loss, 1);
    }

    /// Counts a loss several times.
    pub(crate) fn lose_all(&mut self, loss: Loss, count: usize) {
        if count > 0 {
            *self.losses.entry(loss).or_default() += count;
        }
    }

    /// Hands the pictures over to another document.
    pub(crate) fn swap_pictures(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.pictures, &mut other.pictures);
        std::mem::swap(&mut self.known, &mut other.known);
    }

    /// Takes over all of another document and gives its blocks, their pictures and notes under the names that they
    /// have here.
    pub(crate) fn absorb(&mut self, other: Document) -> Vec<Block> {
        let mut names = BTreeMap::new();
        for (name, bytes) in other.pictures {
            let ending = name.rsplit('.').next().unwrap_or_default().to_owned();
            let own = self.picture(&ending, bytes);
            names.insert(name, own);
        }
        let first = self.notes.len();
        let rename = |inlines: Vec<Inline>| renamed(inlines, &names, first);
        for (mark, text) in other.notes {
            self.notes.push((mark + first, rename(text)));
        }
        for (loss, count) in other.losses {
            self.lose_all(loss, count);
        }
        self.aside.extend(other.aside);
        self.unread.extend(other.unread);
        other.blocks.into_iter().map(|block| block.map(rename)).collect()
    }
}

fn renamed(inlines: Vec<Inline>, names: &BTreeMap<String, String>, first: usize) -> Vec<Inline> {
    let rename = |inline| match inline {
        Inline::Note(mark) => Inline::Note(mark + first),
        Inline::Picture { name, description } => Inline::Picture {
            name: names.get(&name).cloned().unwrap_or(name),
            description,
        },
        Inline::Link { text, target } => Inline::Link {
            text: renamed(text, names, first),
            target,
        },
        other => other,
    };
    inlines.into_iter().map(rename).collect()
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// The document's title, where the format says so.
    Title(Vec<Inline>),
    /// A heading, from 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph; centred ones stand at the head of documents.
    Paragraph {
        text: Vec<Inline>,
        /// How it is set.
        form: Form,
    },
    /// An item of a list.
    Item {
        /// How deep, from 0.
        depth: usize,
        /// The number of an ordered list.
        number: Option<u32>,
        text: Vec<Inline>,
    },
    Table(Table),
}

/// How a paragraph is set: lines of one form may be one title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Whether it is centred.
    pub centred: bool,
    /// The size of most of its letters in half points, or 0 where nothing tells it.
    pub size: u32,
    /// What it is for.
    pub role: Role,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Text, or a heading that nobody marked as one.
    #[default]
    Open,
    /// Text, whatever it looks like.
    Text,
    Quotation,
}

impl Block {
    /// A paragraph that is not centred.
    pub(crate) fn paragraph(text: Vec<Inline>) -> Self {
        let form = Form::default();
        Block::Paragraph { text, form }
    }

    /// Its inlines, but for tables.
    pub(crate) fn inlines(&self) -> &[Inline] {
        match self {
            Block::Title(text) | Block::Heading(_, text) => text,
            Block::Paragraph { text, .. } | Block::Item { text, .. } => text,
            Block::Table(_) => &[],
        }
    }

    /// Its text without markup, spaces at both ends cut.
    pub(crate) fn plain(&self) -> String {
        plain(self.inlines())
    }

    fn map(self, change: impl Fn(Vec<Inline>) -> Vec<Inline>) -> Self {
        match self {
            Block::Title(text) => Block::Title(change(text)),
            Block::Heading(level, text) => Block::Heading(level, change(text)),
            Block::Paragraph { text, form } => Block::Paragraph {
                text: change(text),
                form,
            },
            Block::Item { depth, number, text } => Block::Item {
                depth,
                number,
                text: change(text),
            },
            Block::Table(mut table) => {
                for cell in table.rows.iter_mut().flatten() {
                    let lines = std::mem::take(&mut cell.lines);
                    cell.lines = lines.into_iter().map(&change).collect();
                }
                Block::Table(table)
            }
        }
    }
}

/// The lines of blocks, each as a line of a cell or a note has it.
pub(super) fn lines(blocks: Vec<Block>) -> Vec<Vec<Inline>> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => lines.extend(table.rows.into_iter().flatten().flat_map(|cell| cell.lines)),
            Block::Item {
                number: Some(number),
                mut text,
                ..
            } => {
                text.insert(0, Inline::text(format!("{number}. ")));
                lines.push(text);
            }
            other => lines.push(other.inlines().to_vec()),
        }
    }
    lines
}

/// The text of inlines without markup.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}')
        .to_owned()
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => *out += text,
            Inline::Link { text, .. } => push_plain(text, out),
            Inline::Break => out.push('\n'),
            Inline::Note(_) | Inline::Picture { .. } => {}
        }
    }
}

/// Whether inlines show anything: text, a mark or a picture.
pub(super) fn says(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text { text, .. } => !text.trim().is_empty(),
        Inline::Link { text, .. } => says(text),
        Inline::Note(_) | Inline::Picture { .. } => true,
        Inline::Break => false,
    })
}

/// A piece of a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Text of one look.
    Text {
        text: String,
        /// How it looks.
        look: Look,
    },
    /// A link to another site.
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// Its address.
        target: String,
    },
    /// A line break.
    Break,
    /// The mark of a footnote.
    Note(usize),
    Picture {
        /// Its name among the pictures.
        name: String,
        /// What it shows.
        description: String,
    },
}

/// How text looks, as far as it bears on what it means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub bold: bool,
    pub italic: bool,
    /// Struck out.
    pub struck: bool,
    /// Raised or lowered.
    pub level: Level,
}

/// Where text stands on its line: 10⁵ is not 105.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Level {
    /// On the line.
    #[default]
    Base,
    /// Superscript.
    Raised,
    /// Subscript.
    Lowered,
}

impl Inline {
    /// Text without emphasis.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Inline::looking(text, Look::default())
    }

    /// Text of a look.
    pub(crate) fn looking(text: impl Into<String>, look: Look) -> Self {
        Inline::Text {
            text: text.into(),
            look,
        }
    }

    /// A picture by its name, described by what is said of it or else by its name.
    pub(crate) fn picture(name: String, said: &str) -> Self {
        let words: Vec<&str> = match said.trim() {
            "" => vec![name.split('.').next().unwrap_or_default()],
            said => said.split_whitespace().collect(),
        };
        let description = words.join(" ");
        Inline::Picture { name, description }
    }
}

/// A table: rows of cells, as HTML counts them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub rows: Vec<Vec<Cell>>,
    /// How its columns are set; those beyond are set as text is.
    pub columns: Vec<Align>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// As text is.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// To the right, as figures are.
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Its paragraphs.
    pub lines: Vec<Vec<Inline>>,
    /// Columns that it spans.
    pub columns: usize,
    /// Rows that it spans.
    pub rows: usize,
}

impl Cell {
    /// An empty cell of a place.
    pub(crate) fn empty(columns: usize) -> Self {
        Self {
            lines: Vec::new(),
            columns,
            rows: 1,
        }
    }
}

impl Table {
    /// A table whose columns are set as text is.
    pub(crate) fn of(rows: Vec<Vec<Cell>>) -> Self {
        let columns = Vec::new();
        Self { rows, columns }
    }

    /// Sets each column as all of its cells are set that say something; an empty cell is `None`.
    pub(crate) fn align(&mut self, cells: &[Vec<Option<Align>>]) {
        let width = cells.iter().map(Vec::len).max().unwrap_or(0);
        let of = |column: usize| {
            let mut set = cells.iter().filter_map(|row| *row.get(column)?);
            let first = set.next()?;
            set.all(|other| other == first).then_some(first)
        };
        self.columns = (0..width).map(|column| of(column).unwrap_or_default()).collect();
    }

    /// Whether no cell spans another's place.
    pub(crate) fn is_plain(&self) -> bool {
        self.rows
            .iter()
            .flatten()
            .all(|cell| cell.columns == 1 && cell.rows == 1)
    }
}
