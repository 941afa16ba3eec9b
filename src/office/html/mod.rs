//! Web pages, those that Word and WPS save too.

mod marks;

use super::block::{Block, Cell, Document, Form, Inline, Level, Look, Role, SHOWN, Table, lines, says};
use super::line::{Line, Place};
use super::trace::is_followed;
use super::{Beside, Budget, Fault, Loss};
use crate::corpus::decode::decode;
use crate::html;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use marks::{alignments, hiding_classes, is_centred, is_hidden, is_way_back, note_body, note_mark, squeezed, start};
use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Elements nested in each other that are looked into; deeper ones give their text.
const DEEPEST: usize = 200;

/// Reads a page as a browser would make a tree of it; pictures that stand in files are asked of `beside`.
pub(super) fn read(bytes: &[u8], beside: Beside, budget: &Budget) -> Result<Document, Fault> {
    let decoded = decode(bytes.to_vec()).map_err(|_| Fault::Encoding)?;
    if is_too_deep(&decoded.text) {
        return Err(Fault::TooDeep);
    }
    budget.take(html::most_memory(&decoded.text))?;
    let page = html::document(&decoded.text).ok_or(Fault::TooLarge)?;
    let mut walk = Walk::new(beside, hiding_classes(&page).into());
    let body = Selector::parse("body")
        .ok()
        .and_then(|selector| page.select(&selector).next());
    walk.blocks(body.unwrap_or_else(|| page.root_element()), 0);
    walk.flush();
    walk.unseen(&page);
    let mut parsed = walk.parsed;
    let title = Selector::parse("title")
        .ok()
        .and_then(|selector| page.select(&selector).next());
    let title = title
        .map(|title| title.text().collect::<String>().trim().to_owned())
        .filter(|title| !title.is_empty());
    let has_title = parsed.blocks.iter().any(|block| matches!(block, Block::Heading(1, _)));
    if let Some(title) = title.filter(|_| !has_title && !parsed.blocks.is_empty()) {
        let title = without_site(&title);
        let said = parsed.blocks.iter().take(5).any(|block| block.plain() == title);
        if !said && title.chars().count() > 4 {
            parsed.blocks.insert(0, Block::Title(vec![Inline::text(title)]));
        }
    }
    Ok(parsed)
}

/// `标题_网站名` and 标题 - 网站名 are how sites write it; a blank alone belongs to the title.
fn without_site(title: &str) -> String {
    let ends = ["_", "|", " - ", " – ", " — ", "－"]
        .iter()
        .filter_map(|mark| title.find(mark));
    let end = ends.filter(|at| title[..*at].chars().count() > 4).min();
    let title = &title[..end.unwrap_or(title.len())];
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether elements that everybody closes are nested deeper than any page needs. The parser's time
/// grows with the square of the depth.
fn is_too_deep(text: &str) -> bool {
    const CLOSED: [&str; 16] = [
        "div",
        "span",
        "section",
        "article",
        "blockquote",
        "font",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "ul",
        "ol",
        "table",
        "center",
        "u",
    ];
    const LIMIT: usize = 1000;
    let mut depth = 0_usize;
    for tag in text.split('<').skip(1) {
        let (closes, name) = match tag.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, tag),
        };
        let name = name
            .split(|character: char| !character.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if CLOSED.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        if depth > LIMIT {
            return true;
        }
    }
    false
}

struct Walk<'a> {
    beside: Beside<'a>,
    /// The classes that the page's own styles hide.
    hiding: Rc<BTreeSet<String>>,
    parsed: Document,
    /// The pictures that were asked for, by their addresses.
    pictures: BTreeMap<String, Option<String>>,
    /// The paragraph that is open.
    open: Vec<Inline>,
    centred: bool,
    quoted: bool,
    lists: Vec<Option<u32>>,
}

impl<'a> Walk<'a> {
    fn new(beside: Beside<'a>, hiding: Rc<BTreeSet<String>>) -> Self {
        Self {
            beside,
            hiding,
            parsed: Document::default(),
            pictures: BTreeMap::new(),
            open: Vec::new(),
            centred: false,
            quoted: false,
            lists: Vec::new(),
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.open);
        if says(&text) {
            let form = Form {
                centred: self.centred,
                role: if self.quoted { Role::Quotation } else { Role::Open },
                ..Form::default()
            };
            self.parsed.blocks.push(Block::Paragraph { text, form });
        }
    }

    fn blocks(&mut self, element: ElementRef, depth: usize) {
        if depth > DEEPEST {
            let text: String = element.text().collect::<Vec<_>>().join(" ");
            self.open.push(Inline::text(squeezed(&text)));
            return self.flush();
        }
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.open.push(Inline::text(squeezed(text)));
                continue;
            }
            let Some(child) = ElementRef::wrap(child) else { continue };
            let name = child.value().name();
            match name {
                _ if self.is_hidden(child) => self.hide(child),
                "noscript" | "template" => self.keep(child),
                "script" | "style" | "head" => {}
                "nav" | "iframe" | "form" | "button" => self.leave_out(child),
                "svg" => self.drawn(child),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    self.flush();
                    let mut text = Vec::new();
                    self.inlines(child, Look::default(), depth + 1, &mut text);
                    let level = name.as_bytes()[1] - b'0';
                    self.parsed.blocks.push(Block::Heading(level, text));
                }
                "ul" | "ol" => {
                    self.flush();
                    self.lists.push((name == "ol").then(|| start(child)));
                    self.blocks(child, depth + 1);
                    self.flush();
                    self.lists.pop();
                }
                "li" => self.item(child, depth),
                "table" => {
                    self.flush();
                    let table = self.table(child, depth);
                    self.push_table(table);
                }
                "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "body" | "blockquote"
                | "center" | "pre" | "dl" | "dt" | "dd" | "figure" | "figcaption" | "address" | "hr" => {
                    self.flush();
                    if let Some(mark) = child.value().attr("id").and_then(note_body) {
                        self.note(mark, child, depth);
                        continue;
                    }
                    let before = (self.centred, self.quoted);
                    self.centred |= name == "center" || is_centred(child);
                    self.quoted |= name == "blockquote";
                    self.blocks(child, depth + 1);
                    self.flush();
                    (self.centred, self.quoted) = before;
                }
                _ => {
                    let mut text = std::mem::take(&mut self.open);
                    self.inlines_of(child, Look::default(), depth + 1, &mut text);
                    self.open = text;
                }
            }
        }
    }

    /// The text of a footnote, a line for each of its paragraphs.
    fn note(&mut self, mark: usize, element: ElementRef, depth: usize) {
        let first = self.parsed.blocks.len();
        self.blocks(element, depth + 1);
        self.flush();
        let paragraphs = lines(self.parsed.blocks.split_off(first));
        self.parsed.notes.push((mark, paragraphs.join(&Inline::Break)));
    }

    fn item(&mut self, child: ElementRef, depth: usize) {
        self.flush();
        if let Some(mark) = child.value().attr("id").and_then(note_body) {
            return self.note(mark, child, depth);
        }
        let own = child.value().attr("value").and_then(|value| value.trim().parse().ok());
        if let (Some(Some(number)), Some(own)) = (self.lists.last_mut(), own) {
            *number = own;
        }
        let number = self.lists.last().copied().flatten();
        let level = self.lists.len().saturating_sub(1);
        let before = self.parsed.blocks.len();
        self.blocks(child, depth + 1);
        self.flush();
        // The first paragraph in it is the item; lists in it have their own.
        if let Some(Block::Paragraph { text, .. }) = self.parsed.blocks.get(before).cloned() {
            self.parsed.blocks[before] = Block::Item {
                depth: level,
                number,
                text,
            };
        }
        if let Some(Some(next)) = self.lists.last_mut() {
            *next = next.saturating_add(1);
        }
    }

    /// A table that only lays out a page gives its paragraphs.
    fn push_table(&mut self, table: Table) {
        let cells = table.rows.iter().map(Vec::len).sum::<usize>();
        if cells <= 1 {
            let lines = table.rows.into_iter().flatten().flat_map(|cell| cell.lines);
            self.parsed.blocks.extend(lines.map(Block::paragraph));
            return;
        }
        if !table.is_plain() {
            self.parsed.lose(Loss::MergedCells);
        }
        self.parsed.blocks.push(Block::Table(table));
    }

    fn table(&mut self, table: ElementRef, depth: usize) -> Table {
        let mut rows = Vec::new();
        let parts = table.children().filter_map(ElementRef::wrap);
        for part in parts {
            match part.value().name() {
                _ if self.is_hidden(part) => self.hide(part),
                "tr" => rows.push(self.row(part, depth)),
                "thead" | "tbody" | "tfoot" => {
                    for row in part
                        .children()
                        .filter_map(ElementRef::wrap)
                        .filter(|row| row.value().name() == "tr")
                    {
                        if self.is_hidden(row) {
                            self.hide(row);
                        } else {
                            rows.push(self.row(row, depth));
                        }
                    }
                }
                _ => {}
            }
        }
        rows.retain(|row| !row.is_empty());
        let mut read = Table::of(rows);
        if read.is_plain() {
            read.align(&alignments(table));
        }
        read
    }

    fn row(&mut self, row: ElementRef, depth: usize) -> Vec<Cell> {
        let span = |cell: ElementRef, key: &str| {
            let count = cell
                .value()
                .attr(key)
                .and_then(|count| count.trim().parse::<usize>().ok());
            count.unwrap_or(1).clamp(1, 100)
        };
        let cells = row.children().filter_map(ElementRef::wrap);
        cells
            .filter(|cell| matches!(cell.value().name(), "td" | "th"))
            .map(|cell| {
                let mut inner = Walk::new(self.beside, self.hiding.clone());
                std::mem::swap(&mut inner.pictures, &mut self.pictures);
                inner.parsed.swap_pictures(&mut self.parsed);
                inner.blocks(cell, depth + 3);
                inner.flush();
                std::mem::swap(&mut inner.pictures, &mut self.pictures);
                inner.parsed.swap_pictures(&mut self.parsed);
                for (loss, count) in std::mem::take(&mut inner.parsed.losses) {
                    self.parsed.lose_all(loss, count);
                }
                self.parsed.aside.append(&mut inner.parsed.aside);
                self.parsed.notes.append(&mut inner.parsed.notes);
                let lines = inner.parsed.blocks.into_iter().flat_map(|block| match block {
                    Block::Table(table) => table.rows.into_iter().flatten().flat_map(|cell| cell.lines).collect(),
                    other => vec![other.inlines().to_vec()],
                });
                Cell {
                    lines: lines.collect(),
                    columns: span(cell, "colspan"),
                    rows: span(cell, "rowspan"),
                }
            })
            .collect()
    }

    fn inlines(&mut self, element: ElementRef, look: Look, depth: usize, out: &mut Vec<Inline>) {
        if depth > DEEPEST {
            out.push(Inline::text(squeezed(&element.text().collect::<String>())));
            return;
        }
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                out.push(Inline::looking(squeezed(text), look));
            } else if let Some(child) = ElementRef::wrap(child) {
                self.inlines_of(child, look, depth + 1, out);
            }
        }
    }

    fn inlines_of(&mut self, element: ElementRef, look: Look, depth: usize, out: &mut Vec<Inline>) {
        match element.value().name() {
            _ if self.is_hidden(element) => self.hide(element),
            "noscript" | "template" => self.keep(element),
            "script" | "style" => {}
            "svg" => self.drawn(element),
            "br" => out.push(Inline::Break),
            "b" | "strong" => self.inlines(element, Look { bold: true, ..look }, depth, out),
            "i" | "em" => self.inlines(element, Look { italic: true, ..look }, depth, out),
            "img" => {
                let attribute = |name| element.value().attr(name).unwrap_or_default();
                match self.picture(attribute("src")) {
                    Some(name) => out.push(Inline::picture(name, attribute("alt"))),
                    None => self.parsed.lose(Loss::Picture),
                }
            }
            "object" | "video" | "audio" | "embed" => self.parsed.lose(Loss::Picture),
            "a" => {
                let target = element.value().attr("href").unwrap_or_default();
                if let Some(mark) = note_mark(target) {
                    out.push(Inline::Note(mark));
                    return;
                }
                if is_way_back(target) {
                    return;
                }
                let mut text = Vec::new();
                self.inlines(element, look, depth, &mut text);
                if is_followed(target) && says(&text) {
                    let target = target.to_owned();
                    out.push(Inline::Link { text, target });
                } else {
                    self.aside(target, Place::Link);
                    out.extend(text);
                }
            }
            "s" | "strike" | "del" => self.inlines(element, Look { struck: true, ..look }, depth, out),
            "sup" | "sub" => {
                let raised = element.value().name() == "sup";
                let level = if raised { Level::Raised } else { Level::Lowered };
                self.inlines(element, Look { level, ..look }, depth, out);
            }
            "rt" => {
                self.parsed.lose(Loss::Ruby);
                self.aside(&element.text().collect::<String>(), Place::Ruby);
            }
            "rp" => {}
            _ => self.inlines(element, look, depth, out),
        }
    }
}

impl Walk<'_> {
    fn is_hidden(&self, element: ElementRef) -> bool {
        is_hidden(element) || element.value().classes().any(|class| self.hiding.contains(class))
    }

    fn aside(&mut self, text: &str, place: Place) {
        let text = squeezed(text).trim().to_owned();
        if !text.is_empty() {
            self.parsed.aside.push(Line { text, place });
        }
    }

    /// Text that no browser shows.
    fn hide(&mut self, element: ElementRef) {
        if element.text().any(|text| !text.trim().is_empty()) {
            self.parsed.lose(Loss::Hidden);
        }
        self.keep(element);
    }

    /// Text that stands in the file and is none of the page.
    fn keep(&mut self, element: ElementRef) {
        self.aside(&element.text().collect::<Vec<_>>().join(" "), Place::Hidden);
    }

    /// Words of a drawing, which is not a picture that could be taken over.
    fn drawn(&mut self, element: ElementRef) {
        self.parsed.lose(Loss::Picture);
        let text = element.text().collect::<Vec<_>>().join(" ");
        self.aside(&text, Place::Paragraph);
    }

    /// What leads through a site or asks for something is none of its text.
    fn leave_out(&mut self, element: ElementRef) {
        let text = element.text().collect::<Vec<_>>().join(" ");
        if !text.trim().is_empty() {
            self.parsed.lose(Loss::Object);
        }
        self.aside(&text, Place::Paragraph);
    }

    /// What a page says to programs: its comments, who wrote it, and what stands in attributes for when it is asked for.
    fn unseen(&mut self, page: &Html) {
        const SAYING: [&str; 5] = ["title", "alt", "value", "placeholder", "aria-label"];
        for node in page.root_element().descendants() {
            match node.value() {
                Node::Comment(comment) => self.aside(comment, Place::Hidden),
                Node::Element(element) if element.name() != "meta" => {
                    for said in SAYING.iter().filter_map(|name| element.attr(name)) {
                        self.aside(said, Place::Hidden);
                    }
                }
                Node::Element(element) => {
                    let name = element
                        .attr("name")
                        .or_else(|| element.attr("property"))
                        .unwrap_or_default();
                    let technical = ["viewport", "generator", "progid", "robots", "referrer"];
                    let content = element.attr("content").filter(|_| !name.is_empty());
                    if let Some(content) = content.filter(|_| !technical.contains(&&*name.to_ascii_lowercase())) {
                        self.aside(content, Place::Property(name.to_owned()));
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes over the picture of an address and gives its name.
    fn picture(&mut self, address: &str) -> Option<String> {
        if let Some(known) = self.pictures.get(address) {
            return known.clone();
        }
        let name = data(address)
            .or_else(|| file(address, self.beside))
            .map(|(ending, bytes)| self.parsed.picture(&ending, bytes));
        self.pictures.insert(address.to_owned(), name.clone());
        name
    }
}

/// A picture that the page holds in itself: `data:image/png;base64,…`.
fn data(address: &str) -> Option<(String, Vec<u8>)> {
    let (kind, data) = address.trim().strip_prefix("data:image/")?.split_once(";base64,")?;
    let ending = if kind == "jpeg" { "jpg" } else { kind };
    let data: String = data.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(data).ok()?;
    SHOWN.contains(&ending).then(|| (ending.to_owned(), bytes))
}

/// A picture in a file beside the page. Nothing is fetched from elsewhere; the caller knows which files are near.
fn file(address: &str, beside: Beside) -> Option<(String, Vec<u8>)> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?.replace('\\', "/");
    let leaves = path.starts_with('/') || path.contains(':');
    let ending = path.rsplit('.').next()?.to_ascii_lowercase();
    if leaves || !SHOWN.contains(&&*ending) {
        return None;
    }
    Some((ending, beside(&path)?))
}
