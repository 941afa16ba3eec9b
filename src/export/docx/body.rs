//! Blocks as paragraphs and tables.

use super::lists::Lists;
use crate::office::RESTATED;
use crate::office::block::{Align, Block, Cell, Inline, Role, Table, plain};
use crate::office::outline;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The width of the text in twentieths of a point.
const WIDTH: usize = 8844;

/// The text of a file while it is being written.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Paragraphs and tables.
    pub xml: String,
    /// `footnotes.xml`, as far as the notes go.
    pub footnotes: String,
    pub lists: Lists,
    /// Addresses that links lead to.
    pub links: Vec<String>,
    /// Pictures by name, each with its size on the page.
    pub pictures: Vec<(String, u64, u64)>,
    /// Pictures that were written so far.
    pub shown: usize,
    bookmarks: usize,
}

impl Body {
    /// A body that may show these pictures, each with its size on the page.
    pub(super) fn with(pictures: Vec<(String, u64, u64)>) -> Self {
        Self {
            pictures,
            ..Self::default()
        }
    }

    /// The name under which the text refers to an address.
    pub(super) fn relate(&mut self, target: &str) -> String {
        let known = self.links.iter().position(|link| link == target);
        let at = known.unwrap_or_else(|| {
            self.links.push(target.to_owned());
            self.links.len() - 1
        });
        format!("rIdL{}", at + 1)
    }

    /// A paragraph of a style, with more properties of its own.
    pub(super) fn paragraph(&mut self, style: &str, properties: &str, text: &[Inline]) {
        let runs = self.runs(text);
        self.raw(style, properties, &runs);
    }

    /// A paragraph of runs that are written already.
    pub(super) fn raw(&mut self, style: &str, properties: &str, runs: &str) {
        let _ = writeln!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>"
        );
    }

    /// Writes what only says on paper what the record says: bookmarks stand around it, so that an import knows it.
    pub(super) fn restated(&mut self, write: impl FnOnce(&mut Self)) {
        let first = self.xml.len();
        write(self);
        let written = self.xml.split_off(first);
        let (Some(begin), Some(end)) = (written.find("</w:pPr>"), written.rfind("</w:p>")) else {
            self.xml += &written;
            return;
        };
        let begin = begin + "</w:pPr>".len();
        self.bookmarks += 1;
        let id = self.bookmarks;
        let _ = write!(
            self.xml,
            "{}<w:bookmarkStart w:id=\"{id}\" w:name=\"{RESTATED}{id}\"/>{}<w:bookmarkEnd w:id=\"{id}\"/>{}",
            &written[..begin],
            &written[begin..end],
            &written[end..]
        );
    }

    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Writes a block.
    pub(super) fn block(&mut self, block: &Block) {
        if !matches!(block, Block::Item { .. }) {
            self.lists.end();
        }
        match block {
            Block::Title(text) => self.paragraph("Title", "", text),
            Block::Heading(level, text) => self.paragraph(&format!("Heading{}", (*level).clamp(1, 5)), "", text),
            Block::Item { depth, number, text } => {
                let (list, level) = self.lists.item(*depth, *number);
                let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
                self.paragraph("BodyText", &number, text);
            }
            Block::Paragraph { text, form } if form.role == Role::Quotation => self.paragraph("Quote", "", text),
            Block::Paragraph { text, .. } => self.text(block, text),
            Block::Table(table) => self.table(table),
        }
    }

    fn text(&mut self, block: &Block, text: &[Inline]) {
        // What looks like a heading and isn't says so.
        let level = outline::heading_level(block).map_or("", |_| "<w:outlineLvl w:val=\"9\"/>");
        let words = plain(text);
        let only_picture = words.is_empty() && text.iter().any(|inline| matches!(inline, Inline::Picture { .. }));
        let style = if only_picture {
            "Picture"
        } else if words.starts_with("附件：") {
            "Attachment"
        } else if is_attachment(&words) {
            "AttachmentHead"
        } else {
            "BodyText"
        };
        self.paragraph(style, level, text);
    }

    fn table(&mut self, table: &Table) {
        let grid = Grid::of(table);
        let width = WIDTH / grid.columns.max(1);
        self.xml += "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:jc w:val=\"center\"/><w:tblBorders>";
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(
                self.xml,
                "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
            );
        }
        self.xml += "</w:tblBorders></w:tblPr><w:tblGrid>";
        self.xml += &format!("<w:gridCol w:w=\"{width}\"/>").repeat(grid.columns);
        self.xml += "</w:tblGrid>\n";
        for (at, row) in grid.rows.iter().enumerate() {
            self.xml += "<w:tr>";
            self.xml += match at {
                0 => "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
                _ => "<w:trPr><w:cantSplit/></w:trPr>",
            };
            let style = if at == 0 { "TableHead" } else { "TableText" };
            for place in row {
                self.cell(place, style, width, table);
            }
            self.xml += "</w:tr>\n";
        }
        self.xml += "</w:tbl>\n";
    }

    fn cell(&mut self, place: &Place, style: &str, width: usize, table: &Table) {
        let _ = write!(
            self.xml,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>",
            width * place.columns
        );
        if place.columns > 1 {
            let _ = write!(self.xml, "<w:gridSpan w:val=\"{}\"/>", place.columns);
        }
        match (place.cell, place.spans) {
            (Some(_), true) => self.xml += "<w:vMerge w:val=\"restart\"/>",
            (None, true) => self.xml += "<w:vMerge/>",
            _ => {}
        }
        self.xml += "<w:vAlign w:val=\"center\"/></w:tcPr>";
        let set = match table.columns.get(place.column) {
            Some(Align::Centre) => "<w:jc w:val=\"center\"/>",
            Some(Align::End) => "<w:jc w:val=\"right\"/>",
            Some(Align::Start) | None => "",
        };
        let lines = place.cell.map_or(&[][..], |cell| cell.lines.as_slice());
        for line in lines {
            self.paragraph(style, set, line);
        }
        if lines.is_empty() {
            self.raw(style, set, "");
        }
        self.xml += "</w:tc>";
    }

    /// Writes the notes.
    pub(super) fn notes(&mut self, notes: &[(usize, Vec<Inline>)]) {
        for (mark, text) in notes {
            let runs = self.runs(text);
            let _ = write!(
                self.footnotes,
                "<w:footnote w:id=\"{mark}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
                 <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{runs}</w:p></w:footnote>"
            );
        }
    }

    /// Begins a new page with the next paragraph.
    pub(super) fn break_page(&mut self) {
        self.xml += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    }
}

/// 附件, 附件1: the head of one.
fn is_attachment(text: &str) -> bool {
    let number = text.strip_prefix("附件").map(str::trim);
    number.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()) && number.len() <= 2)
}

/// A table with a place for every cell that Word wants: those that another reaches down into, too.
struct Grid<'a> {
    rows: Vec<Vec<Place<'a>>>,
    columns: usize,
}

struct Place<'a> {
    cell: Option<&'a Cell>,
    column: usize,
    columns: usize,
    /// Whether it is one of several above each other.
    spans: bool,
}

impl<'a> Grid<'a> {
    fn of(table: &'a Table) -> Self {
        // Cells that reach down: the column that they begin in, with their width and the row at which they end.
        let mut reaching: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut rows: Vec<Vec<Place>> = Vec::new();
        for (at, cells) in table.rows.iter().enumerate() {
            let mut row = Vec::new();
            let mut column = 0;
            let covered = |column: &mut usize, row: &mut Vec<Place<'a>>| {
                while let Some((columns, _)) = reaching.get(column).copied().filter(|(_, end)| *end > at) {
                    row.push(Place {
                        cell: None,
                        column: *column,
                        columns,
                        spans: true,
                    });
                    *column += columns;
                }
            };
            let mut begun = Vec::new();
            for cell in cells {
                covered(&mut column, &mut row);
                let down = cell.rows.min(table.rows.len() - at);
                row.push(Place {
                    cell: Some(cell),
                    column,
                    columns: cell.columns,
                    spans: down > 1,
                });
                if down > 1 {
                    begun.push((column, (cell.columns, at + down)));
                }
                column += cell.columns;
            }
            covered(&mut column, &mut row);
            reaching.extend(begun);
            rows.push(row);
        }
        let end = |row: &Vec<Place>| row.last().map_or(0, |place| place.column + place.columns);
        let columns = rows.iter().map(end).max().unwrap_or(0);
        // A row that is short is filled up, as pages show it.
        for row in &mut rows {
            for column in end(row)..columns {
                row.push(Place {
                    cell: None,
                    column,
                    columns: 1,
                    spans: false,
                });
            }
        }
        Self { rows, columns }
    }
}
