//! Blocks of text and the containers around them.

use super::tag::{self, close};
use super::{Container, Pending, Text, TextElement, Writer};
use crate::markdown::piece::{Element, Kind};
use crate::markdown::{Block, Heading};
use std::fmt::Write as _;

/// Containers within containers that are written; deeper ones are left out and their text kept.
/// Browsers give up at 512 elements.
const DEEPEST: usize = 64;

impl Writer<'_> {
    pub(super) fn open_block(&mut self, element: Element) {
        self.end_block();
        match element {
            Element::Heading(place) => {
                let place = place as usize;
                let level = self.context.planned.get(place).map(|planned| u32::from(planned.level));
                let name = level.map_or("p", |level| Element::Heading(level).name());
                self.open_own(name, level.map(|_| place), false);
            }
            Element::Preformatted => self.open_own("pre", None, true),
            // A paragraph is opened by its first text, so that none is empty.
            _ => self.paragraph = true,
        }
    }

    /// Whether what comes next is the first of a block that isn't a list item's, cell's or the like.
    pub(super) fn begins_block(&self) -> bool {
        let in_holder = self
            .containers
            .last()
            .is_some_and(|container| container.element.kind() == Kind::Holder);
        self.block.is_none() && self.inlines.is_empty() && (self.paragraph || !in_holder)
    }

    /// Begins a block for text that stands in none: in the list item, cell or the like around it, or in a paragraph.
    pub(super) fn begin_block(&mut self) {
        if self.block.is_some() {
            return;
        }
        let around = self.containers.len().checked_sub(1);
        match self.containers.last_mut() {
            Some(holder) if holder.element.kind() == Kind::Holder && !holder.filled && !self.paragraph => {
                holder.filled = true;
                let id_at = holder.id_at;
                self.start(TextElement::Holder(around.unwrap_or(0)), id_at, false);
            }
            _ => self.open_own("p", None, false),
        }
    }

    pub(super) fn open_own(&mut self, name: &'static str, heading: Option<usize>, preformatted: bool) {
        self.out.html.push('<');
        self.out.html.push_str(name);
        let id_at = self.out.html.len();
        self.out.html.push_str(if preformatted { "><code>" } else { ">" });
        self.start(TextElement::Own(name, heading), id_at, preformatted);
    }

    fn start(&mut self, element: TextElement, id_at: usize, preformatted: bool) {
        self.pending = Pending::Nothing;
        self.written = 0;
        self.block = Some(Text {
            element,
            id_at,
            text: String::new(),
            preformatted,
            runs: Vec::new(),
            images: Vec::new(),
        });
    }

    /// Ends the open block, if any: closes its inline elements, gives it its id, and takes its text.
    pub(super) fn end_block(&mut self) {
        self.paragraph = false;
        let Some(mut block) = self.block.take() else { return };
        self.pending = Pending::Nothing;
        self.cite(&block);
        for open in self.inlines[..self.written].iter().rev() {
            close(&mut self.out.html, open.name);
        }
        self.written = 0;
        block.text.truncate(block.text.trim_end().len());
        match block.element {
            TextElement::Own(name, heading) => {
                if block.preformatted {
                    close(&mut self.out.html, "code");
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
        self.insert_id(id_at, &anchor);
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
            .iter_mut()
            .rfind(|container| is_cell && container.element == Element::Row);
        let anchor = if let Some(row) = row {
            row.waiting.push(self.out.blocks.len());
            String::new()
        } else {
            let id = self.context.anchors.block(&text);
            self.insert_id(self.containers[at].id_at, &id);
            id
        };
        self.out.blocks.push(Block {
            section: self.section,
            anchor,
            text,
        });
    }

    /// Gives an element its id after what stands in it was written. Nothing after that place waits for
    /// one, so no other place moves.
    fn insert_id(&mut self, at: usize, id: &str) {
        let mut attribute = String::with_capacity(id.len() + 6);
        attribute.push_str(" id=\"");
        attribute.push_str(id);
        attribute.push('"');
        self.out.html.insert_str(at, &attribute);
    }

    pub(super) fn open_container(&mut self, element: Element) {
        self.end_block();
        // An item without its list or a row without its table would be no HTML: they share their parent's fate.
        if self.skipped > 0 || self.containers.len() >= DEEPEST && !needs_parent(element) {
            self.skipped += 1;
            return;
        }
        if element == Element::Table {
            self.out.html.push_str("<div class=\"table\">");
        }
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(element.name());
        let id_at = html.len();
        // Writing to a string can't fail.
        let _ = match element {
            Element::Numbers(first) if first != 1 => write!(html, " start=\"{first}\""),
            Element::Footnotes => write!(html, " class=\"footnotes\""),
            Element::Footnote(number) => write!(html, " id=\"fn-{number}\""),
            _ => Ok(()),
        };
        match element {
            Element::Cell(cell) => {
                let in_head = self
                    .containers
                    .iter()
                    .rev()
                    .any(|container| container.element == Element::Head);
                tag::cell(html, cell, in_head);
            }
            Element::Footnote(number) => {
                self.section = self.marks.get(number as usize).and_then(|(section, _)| *section);
            }
            _ => {}
        }
        html.push('>');
        if element.kind() == Kind::Container {
            html.push('\n');
        }
        // A footnote has an id already: its texts get paragraphs of their own.
        let filled = matches!(element, Element::Footnote(_));
        self.containers.push(Container {
            element,
            id_at,
            filled,
            waiting: Vec::new(),
        });
    }

    pub(super) fn close_container(&mut self) {
        self.end_block();
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(container) = self.containers.pop() else { return };
        match container.element {
            Element::Row if !container.waiting.is_empty() => self.name_row(&container),
            Element::Footnote(number) => self.back_link(number),
            _ => {}
        }
        close(&mut self.out.html, container.element.name());
        if container.element == Element::Table {
            close(&mut self.out.html, "div");
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
        self.insert_id(row.id_at, &id);
        for &at in &row.waiting {
            self.out.blocks[at].anchor.clone_from(&id);
        }
    }

    pub(super) fn rule(&mut self) {
        self.end_block();
        self.out.html.push_str("<hr>\n");
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
