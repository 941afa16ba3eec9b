//! Paragraphs of a text: the body, a note, the head of pages, a box.

use super::destination::Kind;
use crate::office::block::{Block, Document, Form, Inline, Loss, says};
use crate::office::line::Place;
use crate::office::mark::{Mark, Styled};
use crate::office::rows::{Bound, Rows};
use crate::office::style::Named;
use crate::office::trace::Paragraph;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Set {
    pub centred: bool,
    pub in_table: bool,
    /// Level of its heading, from 1.
    pub outline: Option<u8>,
    pub style: Option<i32>,
    /// How deep in a list it stands.
    pub depth: usize,
}

/// A text that is being read.
#[derive(Debug)]
pub(super) struct Flow {
    pub kind: Kind,
    pub blocks: Vec<Block>,
    pub open: Paragraph,
    pub set: Set,
    /// What stands before the paragraph.
    pub mark: String,
    pub bounds: Vec<Bound>,
    pub bound: Bound,
    rows: Option<Rows>,
    /// Blocks of boxes that wait for the end of the paragraph.
    pub boxes: Vec<Block>,
}

impl Flow {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            open: Paragraph::default(),
            set: Set::default(),
            mark: String::new(),
            bounds: Vec::new(),
            bound: Bound::default(),
            rows: None,
            boxes: Vec::new(),
        }
    }

    /// Ends a paragraph, whose style is named so.
    pub(super) fn end_paragraph(&mut self, named: Named, document: &mut Document) {
        let open = std::mem::take(&mut self.open);
        let mark = std::mem::take(&mut self.mark);
        let size = document.end_trace(open.trace);
        if self.set.in_table {
            let mut text = open.text;
            if !mark.trim().is_empty() && says(&text) {
                text.insert(0, Inline::text(before(&mark)));
            }
            self.rows.get_or_insert_default().line(text);
            return;
        }
        if says(&open.text) {
            self.end_table(document);
            if named.contents {
                document.lose(Loss::Contents);
                document.say_aside(crate::office::block::plain(&open.text), Place::Hidden);
            } else {
                self.blocks.push(self.block(open.text, &mark, named, size));
            }
        }
        self.blocks.append(&mut self.boxes);
    }

    fn block(&self, text: Vec<Inline>, mark: &str, named: Named, size: u32) -> Block {
        let heading = self.set.outline.or(named.heading);
        let trimmed = mark.trim();
        let number = trimmed
            .strip_suffix(['.', ')'])
            .and_then(|number| number.parse::<u32>().ok());
        let bullet = !trimmed.is_empty() && !trimmed.contains(char::is_alphanumeric);
        let is_item = heading.is_none() && !named.title && (number.is_some() || bullet);
        let mark = match number {
            _ if trimmed.is_empty() || (bullet && !is_item) => None,
            Some(number) if is_item => Some(Mark::Number(number)),
            None if is_item => Some(Mark::Bullet),
            _ => Some(Mark::Text(before(mark))),
        };
        let styled = Styled {
            title: named.title,
            heading,
            mark: mark.map(|mark| (mark, self.set.depth)),
            form: Form {
                centred: self.set.centred,
                size,
                ..Form::default()
            },
        };
        styled.block(text)
    }

    pub(super) fn end_cell(&mut self, document: &mut Document) {
        self.set.in_table = true;
        self.end_paragraph(Named::default(), document);
        self.rows.get_or_insert_default().end_cell();
    }

    pub(super) fn end_row(&mut self) {
        if let Some(rows) = &mut self.rows {
            rows.end_row(&self.bounds);
        }
    }

    fn end_table(&mut self, document: &mut Document) {
        let Some(rows) = self.rows.take() else { return };
        rows.push(&self.bounds, document, &mut self.blocks);
    }

    /// Everything, once the text has ended.
    pub(super) fn end(mut self, named: Named, document: &mut Document) -> Vec<Block> {
        self.end_paragraph(named, document);
        self.end_table(document);
        self.blocks.append(&mut self.boxes);
        self.blocks
    }
}

/// A number as it stands before its text.
fn before(mark: &str) -> String {
    let text = mark.trim().to_owned();
    let letter = text.ends_with(|last: char| last.is_ascii_alphanumeric() || matches!(last, '.' | ')'));
    if letter { text + " " } else { text }
}
