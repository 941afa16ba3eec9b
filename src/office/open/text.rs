//! The text of a document, block by block, as it stands once every change is accepted.

use super::lists::{LEVELS, OUTLINE};
use super::styles::Style;
use super::{Tracked, Walk, aside, local};
use crate::office::block::{Block, Form, Inline, Loss, lines, plain, says};
use crate::office::line::Place;
use crate::office::mark::{Mark, Styled};
use crate::office::trace::{Change, Paragraph, State};
use crate::office::{Element, Fault};

/// Where in a list a paragraph stands.
#[derive(Clone)]
pub(super) struct InList {
    /// The name under which the list counts.
    list: String,
    style: String,
    depth: usize,
    /// Whether this paragraph has a number: the first one of an item has.
    numbered: bool,
    start: Option<u32>,
}

impl Walk<'_> {
    /// Everything that stands in the body.
    pub(super) fn bodies(&mut self, body: &Element) -> Result<(), Fault> {
        for part in body.elements() {
            match part.name.as_str() {
                "office:spreadsheet" => self.sheets(part)?,
                "office:presentation" | "office:drawing" => {
                    for page in part.elements() {
                        self.slide(page)?;
                    }
                }
                _ => {
                    let blocks = self.blocks(part, State::default())?;
                    self.document.blocks.extend(blocks);
                }
            }
        }
        Ok(())
    }

    /// A page of a presentation or a drawing, or what stands beside the pages.
    fn slide(&mut self, page: &Element) -> Result<(), Fault> {
        if page.name != "draw:page" {
            let place = if page.name.ends_with("-decl") {
                Place::Footer
            } else {
                Place::Hidden
            };
            return self.say_words(page, &place);
        }
        let state = State {
            hidden: self.styles.of("drawing-page", page).unseen.unwrap_or(false),
            ..State::default()
        };
        for element in page.elements() {
            match element.name.as_str() {
                "presentation:notes" => {
                    let blocks = self.blocks(element, State::default())?;
                    self.say_blocks(blocks, &Place::Comment);
                }
                "office:annotation" => self.comment(element)?,
                name if name.starts_with("draw:") => {
                    let pictures = self.drawn(element, state)?;
                    if says(&pictures) {
                        self.document.blocks.push(Block::paragraph(pictures));
                    }
                    let mut boxes = std::mem::take(&mut self.boxes);
                    self.document.blocks.append(&mut boxes);
                }
                _ => self.say_words(element, &Place::Hidden)?,
            }
        }
        Ok(())
    }

    /// The blocks that stand in an element.
    pub(super) fn blocks(&mut self, parent: &Element, state: State) -> Result<Vec<Block>, Fault> {
        let mut blocks = Vec::new();
        let outer = std::mem::take(&mut self.boxes);
        let done = self.push_blocks(parent, state, None, &mut blocks);
        self.boxes = outer;
        done.map(|()| blocks)
    }

    fn push_blocks(
        &mut self,
        parent: &Element,
        state: State,
        list: Option<&InList>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Fault> {
        for element in parent.elements() {
            match element.name.as_str() {
                "text:p" | "text:h" => self.paragraph(element, state, list, blocks)?,
                "text:list" => self.list(element, state, list, blocks)?,
                "text:tracked-changes" => self.take_changes(element)?,
                "text:change-start" | "text:change-end" | "text:change" => {
                    let mut between = Paragraph::default();
                    self.change(element, state, &mut between)?;
                    self.document.end_trace(between.trace);
                }
                "text:section" => {
                    let hides = matches!(element.attribute("display"), Some("none"))
                        || element.attribute("is-hidden") == Some("true");
                    let hidden = state.hidden || hides;
                    let state = self.styles.of("section", element).of(State { hidden, ..state });
                    self.push_blocks(element, state, list, blocks)?;
                }
                "table:table" => self.push_table(element, state, blocks)?,
                "office:annotation" => self.comment(element)?,
                name if is_index(name) => {
                    let outer = std::mem::take(&mut self.document.losses);
                    let inner = self.blocks(element, state)?;
                    self.document.losses = outer;
                    self.document.lose_all(Loss::Contents, inner.len());
                    self.say_blocks(inner, &Place::Hidden);
                }
                name if name.starts_with("draw:") => {
                    let pictures = self.drawn(element, state)?;
                    if says(&pictures) {
                        blocks.push(Block::paragraph(pictures));
                    }
                }
                name if name.ends_with("-decls") || name == "office:forms" => {
                    self.say_words(element, &Place::Hidden)?;
                }
                _ => self.push_blocks(element, state, list, blocks)?,
            }
            blocks.append(&mut self.boxes);
        }
        Ok(())
    }

    fn list(
        &mut self,
        element: &Element,
        state: State,
        outer: Option<&InList>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Fault> {
        let style = element.attribute("style-name").map(str::to_owned);
        let style = style.or_else(|| outer.map(|outer| outer.style.clone()));
        let style = style.or_else(|| self.first_style(element)).unwrap_or_default();
        let place = match outer {
            Some(outer) => InList {
                style,
                depth: (outer.depth + 1).min(LEVELS - 1),
                ..outer.clone()
            },
            None => InList {
                list: self.lists.begin(element, &style),
                style,
                depth: 0,
                numbered: true,
                start: None,
            },
        };
        for item in element.elements() {
            let numbered = item.name == "text:list-item";
            let mut place = InList {
                numbered,
                start: item.attribute("start-value").and_then(|value| value.parse().ok()),
                ..place.clone()
            };
            for child in item.elements() {
                let mut alone = Element::default();
                alone.children.push(crate::office::xml::Node::Element(child.clone()));
                self.push_blocks(&alone, state, Some(&place), blocks)?;
                if matches!(child.name.as_str(), "text:p" | "text:h") {
                    (place.numbered, place.start) = (false, None);
                }
            }
        }
        Ok(())
    }

    /// The list that the first paragraph of a list has by its style.
    fn first_style(&self, list: &Element) -> Option<String> {
        let first = list.find("text:p").or_else(|| list.find("text:h"))?;
        self.styles.of("paragraph", first).list
    }

    fn paragraph(
        &mut self,
        element: &Element,
        state: State,
        list: Option<&InList>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Fault> {
        let style = self.styles.of("paragraph", element);
        let hides = element
            .find("text:hidden-paragraph")
            .is_some_and(|field| field.attribute("is-hidden") == Some("true"));
        let plain_look = State {
            hidden: state.hidden || hides,
            change: state.change,
            ..State::default()
        };
        let mut out = Paragraph::default();
        self.runs(element, style.of(plain_look), &mut out)?;
        let size = self.document.end_trace(out.trace);
        let mut text = out.text;
        // A heading is bold by itself.
        let level = self.heading(element, &style);
        if level.is_some() || style.title {
            unbold(&mut text);
        }
        let mark = self.mark(element, level, list, says(&text));
        if !says(&text) {
            return Ok(());
        }
        blocks.push(block(text, level, &style, mark, size));
        Ok(())
    }

    fn heading(&self, element: &Element, style: &Style) -> Option<u8> {
        if element.name != "text:h" {
            return style.outline.filter(|level| *level > 0);
        }
        let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
        Some(level.unwrap_or(1).clamp(1, 10))
    }

    /// What stands before a paragraph, and how deep; an empty one has no number.
    fn mark(
        &mut self,
        element: &Element,
        heading: Option<u8>,
        list: Option<&InList>,
        says: bool,
    ) -> Option<(Mark, usize)> {
        if !says {
            return None;
        }
        if let Some(place) = list {
            if !place.numbered {
                return None;
            }
            let mark = self.lists.next(&place.list, &place.style, place.depth, place.start)?;
            return Some((mark, place.depth));
        }
        let level = heading.filter(|_| element.name == "text:h")?;
        if element.attribute("is-list-header") == Some("true") {
            return None;
        }
        let depth = usize::from(level - 1);
        let start = element.attribute("start-value").and_then(|value| value.parse().ok());
        let mark = self.lists.next(OUTLINE, OUTLINE, depth, start)?;
        Some((mark, depth))
    }

    /// The changes that were tracked, with what was deleted.
    fn take_changes(&mut self, element: &Element) -> Result<(), Fault> {
        for region in element.elements() {
            let id = region.attribute("id").unwrap_or_default().to_owned();
            for change in region.elements() {
                // Who changed it.
                let is_info = |child: &&Element| local(child) == "change-info";
                for info in change.elements().filter(is_info) {
                    self.say_words(info, &Place::Comment)?;
                }
                let tracked = match local(change) {
                    "insertion" => Tracked::Insertion,
                    "deletion" => {
                        let words: Vec<String> = change
                            .elements()
                            .filter(|child| !is_info(child))
                            .flat_map(aside::words)
                            .collect();
                        self.count(&words.join(" "))?;
                        Tracked::Deletion(words.join(" "))
                    }
                    _ => Tracked::Format,
                };
                self.document.lose(Loss::TrackedChange);
                self.changes.insert(id.clone(), tracked);
            }
        }
        Ok(())
    }

    /// The place of a change in the text.
    pub(super) fn change(&mut self, element: &Element, state: State, out: &mut Paragraph) -> Result<(), Fault> {
        let id = element.attribute("change-id").unwrap_or_default();
        match (local(element), self.changes.get(id)) {
            ("change-start", Some(Tracked::Insertion)) => drop(self.inserted.insert(id.to_owned())),
            ("change-end", _) => drop(self.inserted.remove(id)),
            ("change", Some(Tracked::Deletion(text))) => {
                out.trace.say(text, state.changed(Change::Deleted));
                self.changes.remove(id);
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps blocks that go into no draft.
    pub(super) fn say_blocks(&mut self, blocks: Vec<Block>, place: &Place) {
        for line in lines(blocks) {
            let text = plain(&line).replace('\n', " ");
            match place {
                Place::Header | Place::Footer => self.document.say_of_page(text, place.clone()),
                _ => self.document.say_aside(text, place.clone()),
            }
        }
    }
}

/// Tables of contents and the like, which a page has of its own.
fn is_index(name: &str) -> bool {
    matches!(
        name,
        "text:table-of-content"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:alphabetical-index"
    )
}

fn unbold(text: &mut [Inline]) {
    for inline in text {
        match inline {
            Inline::Text { look, .. } => look.bold = false,
            Inline::Link { text, .. } => unbold(text),
            _ => {}
        }
    }
}

fn block(text: Vec<Inline>, heading: Option<u8>, style: &Style, mark: Option<(Mark, usize)>, size: u32) -> Block {
    let set = Styled {
        title: style.title,
        heading,
        mark,
        form: Form {
            centred: style.centred.unwrap_or(false),
            size,
            ..Form::default()
        },
    };
    set.block(text)
}
