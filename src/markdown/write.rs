//! Pieces to HTML and to blocks at once, so that what is searched is what is shown.
//!
//! Elements are opened only when something stands in them and closed in the right order whatever the
//! pieces say, so the HTML is well formed by construction.

use super::anchor::Anchors;
use super::outline::Planned;
use super::piece::{Align, Cell, Element, Kind, Piece, Reference};
use super::report::{Finding, Report};
use super::{Block, Heading, Rendered, Resolve, Target, glyph, link};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Containers within containers that are written; deeper ones are left out and their text kept.
/// Browsers give up at 512 elements.
const DEEPEST: usize = 64;

/// Everything that the writer is told besides the pieces.
pub(super) struct Context<'a> {
    pub planned: Vec<Planned>,
    pub anchors: Anchors,
    pub resolver: &'a dyn Resolve,
}

/// Writes pieces.
pub(super) fn write(pieces: &[Piece<'_>], context: Context<'_>, report: &mut Report) -> Rendered {
    let ids = context.planned.iter().map(|it| it.id.clone()).collect();
    let mut writer = Writer {
        ids,
        out: Rendered::default(),
        context,
        report,
        containers: Vec::new(),
        inlines: Vec::new(),
        written: 0,
        block: None,
        paragraph: false,
        pending: Pending::Nothing,
        section: None,
        marks: Vec::new(),
        depth: 0,
    };
    for piece in pieces {
        writer.piece(piece);
    }
    writer.finish()
}

struct Writer<'a> {
    out: Rendered,
    context: Context<'a>,
    /// Ids of the headings.
    ids: HashSet<String>,
    report: &'a mut Report,
    containers: Vec<Container>,
    /// Inline elements that are open in the pieces; the first `written` of them in the HTML too.
    inlines: Vec<Open>,
    written: usize,
    block: Option<Text>,
    /// Whether the next text stands in a paragraph of its own.
    paragraph: bool,
    pending: Pending,
    section: Option<usize>,
    /// For each footnote by number, the section of its first mark and the count of its marks.
    marks: Vec<(Option<usize>, u32)>,
    /// Containers that are written.
    depth: usize,
}

/// A container or holder that is open.
struct Container {
    element: Element,
    written: bool,
    /// Where its id goes, while it has none.
    id_at: usize,
    /// Its id, or empty.
    id: String,
    /// Whether a block of its own text stands in it.
    filled: bool,
    /// Blocks that wait for its id, with their texts' places.
    waiting: Vec<usize>,
}

/// An inline element that is open: its closing name and its opening tag; both empty for one that isn't written.
struct Open {
    name: &'static str,
    tag: String,
    link: bool,
}

/// The block of text that is being written.
struct Text {
    element: TextElement,
    id_at: usize,
    text: String,
    preformatted: bool,
}

enum TextElement {
    /// An element of its own; the index of a heading.
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
            Piece::Rule => {
                self.end_block();
                if !self.in_table() {
                    self.out.html.push_str("<hr>\n");
                }
            }
            Piece::Image(reference) => self.image(reference),
            Piece::Figure(reference) => self.figure(reference),
            Piece::Mark(number) => self.mark(*number),
            Piece::Task(done) => self.task(*done),
            Piece::Raw(..) => {}
        }
    }

    // ---- text ----

    fn pend(&mut self, pending: Pending) {
        if self.block.is_some() && self.pending != Pending::Break {
            self.pending = pending;
        }
    }

    fn text(&mut self, text: &str) {
        if self.block.as_ref().is_some_and(|block| block.preformatted) {
            self.write_inlines();
            return self.push(text, true);
        }
        let fresh = self.block.as_ref().is_none_or(|block| block.text.is_empty());
        let text = if fresh { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        self.begin_text(text);
        self.push(text, false);
    }

    /// Makes ready for text that begins thus: a block, the break before it, the inline elements around it.
    fn begin_text(&mut self, text: &str) {
        self.begin_block();
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Nothing => {}
            Pending::Space => {
                if let Some(block) = &mut self.block
                    && !block.text.is_empty()
                    && !block.text.ends_with([' ', '\n'])
                    && !glyph::joins(&block.text, text)
                {
                    block.text.push(' ');
                    self.out.html.push('\n');
                }
            }
            Pending::Break => {
                if let Some(block) = &mut self.block {
                    let end = block.text.trim_end_matches(' ').len();
                    block.text.truncate(end);
                    if end > 0 {
                        block.text.push('\n');
                    }
                    self.out.html.push_str("<br>\n");
                }
            }
        }
        self.write_inlines();
    }

    fn write_inlines(&mut self) {
        while let Some(open) = self.inlines.get(self.written) {
            self.out.html.push_str(&open.tag);
            self.written += 1;
        }
    }

    /// Writes text to both sides. White space runs together unless it is preformatted; control
    /// characters, which HTML can't hold, are left out.
    fn push(&mut self, text: &str, preformatted: bool) {
        let Some(block) = &mut self.block else { return };
        let html = &mut self.out.html;
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let (escape, shown) = match byte {
                b'&' => ("&amp;", "&"),
                b'<' => ("&lt;", "<"),
                b'>' => ("&gt;", ">"),
                b' ' if preformatted => continue,
                b'\n' if preformatted => continue,
                b'\t' if preformatted => continue,
                b' ' => {
                    let before = if at > from {
                        text.as_bytes().get(at - 1).copied()
                    } else {
                        block.text.bytes().last()
                    };
                    match before {
                        Some(b' ' | b'\n') => ("", ""),
                        _ => continue,
                    }
                }
                b'\n' | b'\t' | b'\r' | 0x0C => {
                    let before = if at > from {
                        text.as_bytes().get(at - 1).copied()
                    } else {
                        block.text.bytes().last()
                    };
                    match before {
                        Some(b' ' | b'\n') => ("", ""),
                        _ => (" ", " "),
                    }
                }
                0..0x20 | 0x7F => ("", ""),
                _ => continue,
            };
            html.push_str(&text[from..at]);
            block.text.push_str(&text[from..at]);
            html.push_str(escape);
            block.text.push_str(shown);
            from = at + 1;
        }
        html.push_str(&text[from..]);
        block.text.push_str(&text[from..]);
    }

    // ---- blocks ----

    /// Begins a block for text that stands in no paragraph.
    fn begin_block(&mut self) {
        if self.block.is_some() {
            return;
        }
        let holder = self
            .containers
            .iter()
            .rposition(|container| container.written)
            .filter(|&at| {
                let container = &self.containers[at];
                container.element.kind() == Kind::Holder && !container.filled && !self.paragraph
            });
        match holder {
            Some(at) => {
                self.containers[at].filled = true;
                let id_at = self.containers[at].id_at;
                self.start_block(TextElement::Holder(at), id_at, false);
            }
            None => self.open_own("p", None, false),
        }
    }

    fn open_block(&mut self, element: Element) {
        self.end_block();
        match element {
            Element::Heading(place) => {
                let place = place as usize;
                match self.context.planned.get(place) {
                    Some(planned) => {
                        let name = Element::Heading(u32::from(planned.level)).name();
                        self.open_own(name, Some(place), false);
                    }
                    None => self.open_own("p", None, false),
                }
            }
            Element::Preformatted => {
                self.open_own("pre", None, true);
            }
            // A paragraph is opened by its first text, so that none is empty.
            _ => self.paragraph = true,
        }
    }

    fn open_own(&mut self, name: &'static str, heading: Option<usize>, preformatted: bool) {
        self.out.html.push('<');
        self.out.html.push_str(name);
        let id_at = self.out.html.len();
        self.out.html.push_str(if preformatted { "><code>" } else { ">" });
        self.start_block(TextElement::Own(name, heading), id_at, preformatted);
    }

    fn start_block(&mut self, element: TextElement, id_at: usize, preformatted: bool) {
        self.pending = Pending::Nothing;
        self.written = 0;
        self.block = Some(Text {
            element,
            id_at,
            text: String::new(),
            preformatted,
        });
    }

    /// Ends the open block, if any: closes its inline elements, gives it its id, and takes its text.
    fn end_block(&mut self) {
        self.paragraph = false;
        let Some(mut block) = self.block.take() else { return };
        self.pending = Pending::Nothing;
        for open in self.inlines[..self.written].iter().rev() {
            close(&mut self.out.html, open.name);
        }
        self.written = 0;
        let end = block.text.trim_end().len();
        block.text.truncate(end);
        match block.element {
            TextElement::Own(name, heading) => {
                if block.preformatted {
                    self.out.html.push_str("</code>");
                }
                close(&mut self.out.html, name);
                self.out.html.push('\n');
                self.take_own(block.text, block.id_at, heading);
            }
            TextElement::Holder(at) => self.take_held(block.text, at),
        }
    }

    fn take_own(&mut self, text: String, id_at: usize, heading: Option<usize>) {
        let planned = heading.and_then(|place| self.context.planned.get(place));
        let anchor = match planned {
            Some(planned) => {
                self.section = Some(self.out.headings.len());
                self.out.headings.push(Heading {
                    level: planned.level,
                    id: planned.id.clone(),
                    text: text.clone(),
                    role: planned.role.map(str::to_owned),
                });
                planned.id.clone()
            }
            None if text.is_empty() => return,
            None => self.context.anchors.block(&text),
        };
        self.out.html.insert_str(id_at, &format!(" id=\"{anchor}\""));
        if !text.is_empty() {
            self.out.blocks.push(Block {
                section: self.section,
                anchor,
                text,
            });
        }
    }

    /// Takes the text of a list item, cell or the like: an item gets its id at once, a row at its end.
    fn take_held(&mut self, text: String, at: usize) {
        if text.is_empty() {
            return;
        }
        let is_cell = matches!(self.containers[at].element, Element::Cell(_));
        let row = self.containers[..at]
            .iter()
            .rposition(|container| container.element == Element::Row && container.written);
        match row.filter(|_| is_cell) {
            Some(row) => {
                self.containers[row].waiting.push(self.out.blocks.len());
                self.out.blocks.push(Block {
                    section: self.section,
                    anchor: String::new(),
                    text,
                });
            }
            None => {
                let id = self.context.anchors.block(&text);
                let holder = &mut self.containers[at];
                if holder.id.is_empty() {
                    self.out.html.insert_str(holder.id_at, &format!(" id=\"{id}\""));
                    holder.id.clone_from(&id);
                }
                self.out.blocks.push(Block {
                    section: self.section,
                    anchor: id,
                    text,
                });
            }
        }
    }

    // ---- containers ----

    fn open_container(&mut self, element: Element) {
        self.end_block();
        let inner_table = element == Element::Table;
        // An item without its list or a row without its table would be no HTML: they share their parent's fate.
        let parent_written = self.containers.last().is_none_or(|parent| parent.written);
        let room = if needs_parent(element) {
            parent_written
        } else {
            parent_written && self.depth < DEEPEST
        };
        let mut container = Container {
            element,
            written: room,
            id_at: 0,
            id: String::new(),
            filled: false,
            waiting: Vec::new(),
        };
        if room {
            self.depth += 1;
            if inner_table {
                self.out.html.push_str("<div class=\"table\">");
            }
            if let Element::Footnote(number) = element {
                self.section = self.marks.get(number as usize).and_then(|mark| mark.0);
            }
            self.out.html.push('<');
            self.out.html.push_str(element.name());
            container.id_at = self.out.html.len();
            self.attributes(element, &mut container);
            self.out.html.push('>');
            if element.kind() == Kind::Container {
                self.out.html.push('\n');
            }
        }
        self.containers.push(container);
    }

    fn attributes(&mut self, element: Element, container: &mut Container) {
        let html = &mut self.out.html;
        // Writing to a string can't fail.
        let _ = match element {
            Element::Numbers(first) if first != 1 => write!(html, " start=\"{first}\""),
            Element::Footnotes => {
                html.push_str(" class=\"footnotes\"");
                Ok(())
            }
            Element::Footnote(number) => {
                container.id = format!("fn-{number}");
                write!(html, " id=\"fn-{number}\"")
            }
            Element::Cell(cell) => {
                let in_head = self.containers.iter().rev().any(|it| it.element == Element::Head);
                cell_attributes(html, cell, in_head)
            }
            _ => Ok(()),
        };
    }

    fn close_container(&mut self) {
        self.end_block();
        let Some(container) = self.containers.pop() else { return };
        if !container.written {
            return;
        }
        self.depth -= 1;
        if container.element == Element::Row && !container.waiting.is_empty() {
            self.name_row(&container);
        }
        if let Element::Footnote(number) = container.element {
            self.back_links(number);
        }
        close(&mut self.out.html, container.element.name());
        if container.element == Element::Table {
            self.out.html.push_str("</div>");
        }
        self.out.html.push('\n');
    }

    fn name_row(&mut self, row: &Container) {
        let texts: Vec<&str> = row
            .waiting
            .iter()
            .map(|&at| self.out.blocks[at].text.as_str())
            .collect();
        let id = self.context.anchors.block(&texts.join("\n"));
        self.out.html.insert_str(row.id_at, &format!(" id=\"{id}\""));
        for &at in &row.waiting {
            self.out.blocks[at].anchor.clone_from(&id);
        }
    }

    fn in_table(&self) -> bool {
        self.containers.last().is_some_and(|it| {
            matches!(
                it.element,
                Element::Table | Element::Head | Element::Body | Element::Row
            )
        })
    }

    // ---- inline ----

    fn open_inline(&mut self, element: Element) {
        let name = element.name();
        self.inlines.push(Open {
            name,
            tag: format!("<{name}>"),
            link: false,
        });
    }

    fn close_inline(&mut self) {
        let Some(open) = self.inlines.pop() else { return };
        if self.written > self.inlines.len() {
            self.written = self.inlines.len();
            close(&mut self.out.html, open.name);
        }
    }

    fn open_link(&mut self, reference: &Reference<'_>) {
        let nested = self.inlines.iter().any(|open| open.link && !open.tag.is_empty());
        let tag = if nested { None } else { self.link_tag(reference) };
        let name = if tag.is_some() { "a" } else { "" };
        self.inlines.push(Open {
            name,
            tag: tag.unwrap_or_default(),
            link: true,
        });
    }

    /// The opening tag of a link, or `None` with a finding where it leads nowhere that a page may name.
    fn link_tag(&mut self, reference: &Reference<'_>) -> Option<String> {
        let target = reference.target.as_ref();
        match link::classify(target) {
            link::Class::Here(fragment) => {
                let id = self.heading_id(&fragment);
                if id.is_none() {
                    self.report.add(Finding::DeadLink, reference);
                }
                id.map(|id| format!("<a href=\"#{id}\">"))
            }
            link::Class::Relative => match self.context.resolver.resolve(target) {
                Target::Href(href) if link::is_safe(&href) => Some(anchor_tag(&href)),
                _ => {
                    self.report.add(Finding::DeadLink, reference);
                    None
                }
            },
            link::Class::Web | link::Class::Mail => Some(anchor_tag(target.trim())),
            link::Class::Refused => {
                self.report.add(Finding::RefusedLink, reference);
                None
            }
        }
    }

    /// The id of the heading that a fragment names: the id itself, or the heading's text.
    fn heading_id(&self, fragment: &str) -> Option<String> {
        if self.ids.contains(fragment) {
            return Some(fragment.to_owned());
        }
        Some(Anchors::default().heading(fragment)).filter(|id| self.ids.contains(id))
    }

    // ---- images, marks, tasks ----

    /// The address of an image that the page may load; otherwise a finding.
    fn source(&mut self, reference: &Reference<'_>) -> Option<String> {
        match link::classify(&reference.target) {
            link::Class::Relative => match self.context.resolver.resolve(&reference.target) {
                Target::Href(href) if link::classify(&href) == link::Class::Relative => return Some(href),
                _ => self.report.add(Finding::DeadImage, reference),
            },
            link::Class::Web => self.report.add(Finding::ExternalImage, reference),
            _ => self.report.add(Finding::RefusedLink, reference),
        }
        None
    }

    fn image(&mut self, reference: &Reference<'_>) {
        match self.source(reference) {
            Some(source) => {
                self.begin_text("");
                image_tag(&mut self.out.html, &source, &reference.alt);
            }
            None => self.text(&reference.alt),
        }
    }

    fn figure(&mut self, reference: &Reference<'_>) {
        self.end_block();
        let alt = reference.alt.trim();
        match self.source(reference) {
            Some(source) => {
                self.out.html.push_str("<figure>");
                image_tag(&mut self.out.html, &source, alt);
                if !alt.is_empty() {
                    self.open_own("figcaption", None, false);
                    self.text(alt);
                    self.end_block();
                }
                self.out.html.push_str("</figure>\n");
            }
            None => {
                self.text(alt);
                self.end_block();
            }
        }
    }

    fn mark(&mut self, number: u32) {
        let at = number as usize;
        if self.marks.len() <= at {
            self.marks.resize(at + 1, (None, 0));
        }
        self.begin_block();
        let section = self.section;
        let mark = &mut self.marks[at];
        if mark.1 == 0 {
            mark.0 = section;
        }
        mark.1 += 1;
        let id = mark_id(number, mark.1);
        let linked = self.inlines[..self.written]
            .iter()
            .any(|open| open.link && !open.tag.is_empty());
        let _ = match linked {
            true => write!(self.out.html, "<sup class=\"footnote-mark\">{number}</sup>"),
            false => write!(
                self.out.html,
                "<sup class=\"footnote-mark\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>"
            ),
        };
    }

    fn back_links(&mut self, number: u32) {
        let count = self.marks.get(number as usize).map_or(0, |mark| mark.1);
        // One way back is enough for a reader; a thousand marks of one note would be a page of arrows.
        if count > 0 {
            let id = mark_id(number, 1);
            let _ = write!(self.out.html, "<a class=\"footnote-back\" href=\"#{id}\">↑</a>");
        }
    }

    fn task(&mut self, done: bool) {
        self.begin_block();
        self.out.html.push_str(if done {
            "<input type=\"checkbox\" disabled checked> "
        } else {
            "<input type=\"checkbox\" disabled> "
        });
    }

    fn finish(mut self) -> Rendered {
        self.end_block();
        while !self.containers.is_empty() {
            self.close_container();
        }
        self.out
    }
}

fn needs_parent(element: Element) -> bool {
    matches!(
        element,
        Element::Head
            | Element::Body
            | Element::Row
            | Element::Cell(_)
            | Element::Caption
            | Element::Item
            | Element::Footnote(_)
            | Element::Summary
            | Element::Term
            | Element::Definition
    )
}

fn close(html: &mut String, name: &str) {
    if !name.is_empty() {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

fn cell_attributes(html: &mut String, cell: Cell, in_head: bool) -> std::fmt::Result {
    if cell.header {
        html.push_str(if in_head { " scope=\"col\"" } else { " scope=\"row\"" });
    }
    match cell.align {
        Align::Unset => {}
        Align::Left => html.push_str(" class=\"left\""),
        Align::Centre => html.push_str(" class=\"centre\""),
        Align::Right => html.push_str(" class=\"right\""),
    }
    if cell.columns > 1 {
        write!(html, " colspan=\"{}\"", cell.columns)?;
    }
    if cell.rows > 1 {
        write!(html, " rowspan=\"{}\"", cell.rows)?;
    }
    Ok(())
}

fn anchor_tag(href: &str) -> String {
    let mut tag = String::from("<a href=\"");
    escape(&mut tag, href);
    let outside = matches!(link::classify(href), link::Class::Web | link::Class::Mail);
    tag.push_str(if outside {
        "\" rel=\"noopener noreferrer\">"
    } else {
        "\">"
    });
    tag
}

fn image_tag(html: &mut String, source: &str, alt: &str) {
    html.push_str("<img src=\"");
    escape(html, source);
    html.push_str("\" alt=\"");
    escape(html, alt);
    html.push_str("\" loading=\"lazy\">");
}

fn mark_id(number: u32, count: u32) -> String {
    match count {
        1 => format!("fnref-{number}"),
        count => format!("fnref-{number}-{count}"),
    }
}

/// Escapes text for HTML, attributes included; control characters are left out.
pub(super) fn escape(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            b'\n' => continue,
            b'\t' => continue,
            0..0x20 | 0x7F => "",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}
