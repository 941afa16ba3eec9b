//! The texts of a body as a person reads them, each with what it is and with its places in the body.
//!
//! Every judge reads these. They hold what a page may show, and apart from it, as [`Part::Hidden`], what an author
//! wrote for nobody to see: it must not leave either.

use super::comment;
use super::entity;
use super::glyph;
use super::markup::{self, Markup};
use super::options::OPTIONS;
use super::piece::{Element, Kind};
use super::repair::{self, Repaired};
use super::tags;
use crate::text::Traced;
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// A text of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// As it is shown; its places are bytes of the body.
    pub text: Traced,
    /// What it is.
    pub part: Part,
}

/// What a text of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A paragraph, of a quotation too.
    Paragraph,
    /// A heading of a level.
    Heading(u32),
    /// A paragraph of a list item, by the number of items that hold it.
    Item(usize),
    /// A cell, by the number of its table in the body, its row and its column.
    Cell {
        /// Tables before its own.
        table: usize,
        /// Rows above its own.
        row: usize,
        /// Columns left of its own.
        column: usize,
    },
    /// The description of an image or a table.
    Caption,
    /// A paragraph of a footnote.
    Footnote,
    /// A block of code.
    Code,
    /// Where a link or an image leads.
    Target,
    /// A comment, a hidden element, a link definition: nothing that a page shows.
    Hidden,
}

/// The passages of a body.
#[derive(Debug, Default)]
pub(crate) struct Passages {
    /// In the order of the body, targets after the text that holds them.
    pub list: Vec<Passage>,
    /// Where something begins to be hidden that doesn't end, so that it is shown.
    pub unclosed: Vec<Range<usize>>,
}

/// Reads the passages of a body.
pub(crate) fn passages(body: &str) -> Passages {
    let uncommented = comment::blank(body);
    let repaired = repair::repair(&uncommented.text);
    let mut reader = Reader::new(&repaired);
    let parser = Parser::new_ext(&repaired.text, OPTIONS);
    let definitions: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(_, it)| it.span.clone())
        .collect();
    for (event, span) in parser.into_offset_iter() {
        reader.event(event, span);
    }
    reader.flush();
    let hidden = definitions.into_iter().map(|span| repaired.original(span));
    for span in hidden.chain(uncommented.comments) {
        reader.hide(&Traced::verbatim(&body[span.clone()], span.start));
    }
    reader.found.unclosed.extend(uncommented.unclosed);
    reader.found
}

/// The passages of a text that is HTML as a whole.
pub(crate) fn passages_of_html(html: &str) -> Passages {
    let repaired = Repaired::whole(html);
    let mut reader = Reader::new(&repaired);
    reader.markup(&Traced::verbatim(html, 0));
    reader.flush();
    reader.found
}

struct Reader<'a> {
    repaired: &'a Repaired<'a>,
    found: Passages,
    /// The text that is being read.
    text: Traced,
    /// The hidden text that is being read.
    hidden: Traced,
    /// Targets and descriptions that stand in it.
    aside: Vec<Passage>,
    /// Raw HTML of the open block.
    html: Option<Traced>,
    /// Names of the hidden elements that are open.
    veils: Vec<String>,
    /// Images that are open: what is text in them is their description.
    images: Vec<Traced>,
    /// The levels of the headings that are open.
    headings: Vec<u32>,
    items: usize,
    footnotes: usize,
    code: bool,
    caption: bool,
    tables: Vec<Table>,
    /// Tables so far.
    count: usize,
}

#[derive(Debug, Clone, Copy)]
struct Table {
    number: usize,
    rows: usize,
    columns: usize,
    in_cell: bool,
}

impl<'a> Reader<'a> {
    fn new(repaired: &'a Repaired<'a>) -> Self {
        Self {
            repaired,
            found: Passages::default(),
            text: Traced::default(),
            hidden: Traced::default(),
            aside: Vec::new(),
            html: None,
            veils: Vec::new(),
            images: Vec::new(),
            headings: Vec::new(),
            items: 0,
            footnotes: 0,
            code: false,
            caption: false,
            tables: Vec::new(),
            count: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.target(&dest_url, &span);
                self.images.push(Traced::default());
            }
            Event::End(TagEnd::Image) => {
                if let Some(text) = self.images.pop() {
                    self.aside(text, Part::Caption);
                }
            }
            Event::Start(tag) => self.start(&tag, &span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, span),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.inline_code(&text, span),
            Event::Html(html) | Event::InlineHtml(html) => {
                let traced = self.traced(&html, span);
                match &mut self.html {
                    Some(block) => block.append(&traced),
                    None => self.markup(&traced),
                }
            }
            Event::SoftBreak => self.line_break(false, span.start),
            Event::HardBreak => self.line_break(true, span.start),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Link { dest_url, .. } => return self.target(dest_url, span),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return,
            _ => self.flush(),
        }
        match tag {
            Tag::Heading { level, .. } => self.headings.push(*level as u32),
            Tag::Item => self.items += 1,
            Tag::FootnoteDefinition(_) => self.footnotes += 1,
            Tag::CodeBlock(_) => self.code = true,
            Tag::HtmlBlock => self.html = Some(Traced::default()),
            Tag::Table(_) => self.open_table(),
            Tag::TableHead | Tag::TableRow => self.open_row(),
            Tag::TableCell => self.open_cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => return,
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.markup(&html);
                }
            }
            _ => {}
        }
        self.flush();
        match tag {
            TagEnd::Heading(_) => drop(self.headings.pop()),
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            TagEnd::FootnoteDefinition => self.footnotes = self.footnotes.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Table => drop(self.tables.pop()),
            TagEnd::TableCell => self.close_cell(),
            _ => {}
        }
    }

    /// A text of the parsed body with its places in the body, without what was put in to help the parser.
    fn traced(&self, text: &str, span: Range<usize>) -> Traced {
        let mut traced = Traced::default();
        if text.len() != span.len() {
            let shown = text.replace([repair::MARK, comment::BLANK], "");
            traced.push(&shown, self.repaired.original(span));
            return traced;
        }
        let mut at = span.start;
        for part in text.split_inclusive([repair::MARK, comment::BLANK]) {
            let shown = part.trim_end_matches([repair::MARK, comment::BLANK]);
            traced.push(shown, self.repaired.original(at..at + shown.len()));
            at += part.len();
        }
        traced
    }

    fn words(&mut self, text: &CowStr<'_>, span: Range<usize>) {
        if !self.code && text.contains('<') {
            self.unclosed(&span);
        }
        let traced = self.traced(text, span);
        self.add(&traced);
    }

    /// Notes a comment that begins in a text: had it an end, it would be none.
    fn unclosed(&mut self, span: &Range<usize>) {
        let text = &self.repaired.text;
        for (at, _) in text[span.clone()].match_indices('<') {
            let at = span.start + at;
            let begins = text[at..].starts_with("<!--") || text[at..].starts_with("<![CDATA[");
            if begins && !text[..at].ends_with('\\') {
                self.found.unclosed.push(self.repaired.original(at..at + 4));
            }
        }
    }

    fn inline_code(&mut self, text: &CowStr<'_>, span: Range<usize>) {
        let written = self.repaired.text.get(span.clone()).unwrap_or_default();
        let at = written.find(&**text).map(|offset| span.start + offset);
        let traced = self.traced(text, at.map_or(span, |at| at..at + text.len()));
        self.add(&traced);
    }

    fn add(&mut self, traced: &Traced) {
        self.current().append(traced);
    }

    /// The text that what comes next belongs to.
    fn current(&mut self) -> &mut Traced {
        match (self.veils.is_empty(), self.images.last_mut()) {
            (false, _) => &mut self.hidden,
            (true, Some(image)) => image,
            (true, None) => &mut self.text,
        }
    }

    fn line_break(&mut self, hard: bool, at: usize) {
        let at = self.repaired.original(at..at).start;
        let text = self.current();
        // What follows isn't known yet; to a judge a blank before a Chinese character means nothing.
        let joined = text.text().chars().next_back().is_some_and(glyph::is_cjk);
        text.join(
            if hard {
                "\n"
            } else if joined {
                ""
            } else {
                " "
            },
            at,
        );
    }

    fn target(&mut self, target: &str, span: &Range<usize>) {
        let span = self.repaired.original(span.clone());
        let mut text = Traced::default();
        text.push(&percent_encoding::percent_decode_str(target).decode_utf8_lossy(), span);
        self.aside(text, Part::Target);
    }

    fn aside(&mut self, text: Traced, part: Part) {
        if !text.text().trim().is_empty() {
            self.aside.push(Passage { text, part });
        }
    }

    /// Takes in what an author wrote as HTML.
    fn markup(&mut self, html: &Traced) {
        for (markup, span) in markup::parts(html.text()) {
            match markup {
                Markup::Text => {
                    let text = html.through(&entity::decoded(html.text(), span));
                    self.markup_text(&text);
                }
                Markup::Silent => {
                    let silent = html.through(&Traced::verbatim(&html.text()[span.clone()], span.start));
                    self.hide(&silent);
                }
                Markup::Tag(tag) => self.tag(&tag, html.source(&span)),
            }
        }
    }

    /// Text of HTML; its line breaks are blanks, but in code.
    fn markup_text(&mut self, text: &Traced) {
        if !text.text().trim().is_empty() || !self.text.is_empty() {
            self.add(text);
        }
    }

    fn tag(&mut self, tag: &tags::Tag<'_>, span: Range<usize>) {
        if self.veil(tag) || self.is_hidden_void(tag, &span) {
            return;
        }
        for name in ["href", "src"] {
            if let Some(target) = tags::attribute(tag.attributes, name) {
                let mut text = Traced::default();
                text.push(
                    &percent_encoding::percent_decode_str(&target).decode_utf8_lossy(),
                    span.clone(),
                );
                self.aside(text, Part::Target);
            }
        }
        if let Some(alt) = tags::attribute(tag.attributes, "alt") {
            let mut text = Traced::default();
            text.push(&alt, span.clone());
            self.aside(text, Part::Caption);
        }
        if tag.name == "br" {
            return self.current().join("\n", span.start);
        }
        let Some(element) = Element::of_name(&tag.name).filter(|element| element.kind() != Kind::Inline) else {
            if tag.name == "hr" {
                self.flush();
            }
            return;
        };
        self.flush();
        self.element(element, tag);
    }

    fn element(&mut self, element: Element, tag: &tags::Tag<'_>) {
        let count = |count: &mut usize| {
            *count = if tag.end { count.saturating_sub(1) } else { *count + 1 };
        };
        match element {
            Element::Heading(_) if tag.end => drop(self.headings.pop()),
            Element::Heading(level) => self.headings.push(level),
            Element::Item => count(&mut self.items),
            Element::Caption => self.caption = !tag.end,
            Element::Table if tag.end => drop(self.tables.pop()),
            Element::Table => self.open_table(),
            Element::Row if tag.end => self.close_cell(),
            Element::Row => self.open_row(),
            Element::Cell(_) if tag.end => self.close_cell(),
            Element::Cell(_) => self.open_cell(),
            _ => {}
        }
    }

    /// Follows the elements whose content isn't shown; tells whether a tag belongs to one.
    fn veil(&mut self, tag: &tags::Tag<'_>) -> bool {
        match self.veils.last() {
            Some(veil) if *veil == tag.name && tag.end => {
                self.veils.pop();
                if self.veils.is_empty() {
                    let hidden = std::mem::take(&mut self.hidden);
                    self.hide(&hidden);
                }
                true
            }
            Some(veil) => {
                if *veil == tag.name && !markup::is_empty(tag) {
                    self.veils.push(tag.name.clone());
                }
                true
            }
            None if !tag.end && markup::hides(tag) && !markup::is_empty(tag) => {
                self.veils.push(tag.name.clone());
                true
            }
            None => false,
        }
    }

    /// Takes what a hidden image or field says, and a field that a page leaves out; tells whether a tag is one.
    fn is_hidden_void(&mut self, tag: &tags::Tag<'_>, span: &Range<usize>) -> bool {
        let hidden = markup::is_empty(tag) && (tag.name == "input" || markup::is_veiled(tag.attributes));
        for name in ["alt", "value", "title", "placeholder"].iter().filter(|_| hidden) {
            let mut text = Traced::default();
            text.push(&tags::attribute(tag.attributes, name).unwrap_or_default(), span.clone());
            self.hide(&text);
        }
        hidden
    }

    fn hide(&mut self, text: &Traced) {
        if text.text().chars().any(char::is_alphanumeric) {
            self.found.list.push(Passage {
                text: text.clone(),
                part: Part::Hidden,
            });
        }
    }

    fn open_table(&mut self) {
        self.tables.push(Table {
            number: self.count,
            rows: 0,
            columns: 0,
            in_cell: false,
        });
        self.count += 1;
    }

    fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.rows, table.columns) = (table.rows + 1, 0);
        }
    }

    fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.columns, table.in_cell) = (table.columns + 1, true);
        }
    }

    fn close_cell(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = false;
        }
    }

    fn part(&self) -> Part {
        let cell = self.tables.last().filter(|table| table.in_cell);
        match cell {
            _ if self.caption => Part::Caption,
            Some(table) => Part::Cell {
                table: table.number,
                row: table.rows.saturating_sub(1),
                column: table.columns.saturating_sub(1),
            },
            None if self.code => Part::Code,
            None if !self.headings.is_empty() => Part::Heading(self.headings.last().copied().unwrap_or(1)),
            None if self.footnotes > 0 => Part::Footnote,
            None if self.items > 0 => Part::Item(self.items),
            None => Part::Paragraph,
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.text().trim().is_empty() {
            let part = self.part();
            self.found.list.push(Passage { text, part });
        }
        self.found.list.append(&mut self.aside);
        let hidden = std::mem::take(&mut self.hidden);
        self.hide(&hidden);
    }
}
