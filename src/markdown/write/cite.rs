//! Articles of law in the text of a block, and the links to their pages.

use super::tag;
use super::{Text, TextElement, Writer};
use crate::markdown::piece::{Element, IMAGE};
use crate::markdown::{Citation, Citations};
use std::ops::Range;

/// Text that stands the same in a block's text and in the HTML.
pub(super) struct Run {
    text_at: usize,
    html_at: usize,
    length: usize,
}

impl Text {
    /// Adds text that needs no escape to both sides.
    pub(super) fn push_as_it_stands(&mut self, html: &mut String, text: &str, may_link: bool) {
        if may_link && !text.is_empty() {
            self.runs.push(Run {
                text_at: self.text.len(),
                html_at: html.len(),
                length: text.len(),
            });
        }
        html.push_str(text);
        self.text.push_str(text);
    }

    /// The articles that the text cites, with their place in it; images are read as one letter.
    fn citations(&self, reader: &mut Citations) -> Vec<(Citation, Range<usize>)> {
        if self.images.is_empty() {
            return reader.spans(&self.text);
        }
        let (mut read, mut from, mut moved) = (String::new(), 0, Vec::new());
        for image in &self.images {
            // White space at the end of a text is not part of it.
            let (start, end) = (image.start.min(self.text.len()), image.end.min(self.text.len()));
            read.push_str(&self.text[from..start]);
            read.push(IMAGE);
            from = end;
            moved.push((read.len(), end));
        }
        read.push_str(&self.text[from..]);
        let place = |at: usize| match moved.iter().rfind(|(read, _)| *read <= at) {
            Some((read, text)) => at - read + text,
            None => at,
        };
        let spans = reader.spans(&read).into_iter();
        spans
            .map(|(citation, span)| (citation, place(span.start)..place(span.end)))
            .collect()
    }
}

impl Writer<'_> {
    /// Whether what is written now may hold a link that its author didn't write: not in a heading, whose own link
    /// it is, in a summary, which opens, in another link or in code.
    pub(super) fn may_link(&self) -> bool {
        let holds = match self.block.as_ref().map(|block| &block.element) {
            Some(TextElement::Own(_, heading)) => heading.is_none(),
            Some(TextElement::Holder(at)) => self.containers[*at].element != Element::Summary,
            None => false,
        };
        holds && !self.in_link && !self.inlines.iter().any(|open| matches!(open.name, "code" | "kbd"))
    }

    /// Writes what an image shows, where a text takes its place. Whether it does depends on where the image leads, so
    /// nothing is cited by it.
    pub(super) fn describe(&mut self, alt: &str) {
        let length = |writer: &Self| writer.block.as_ref().map_or(0, |block| block.text.len());
        let from = length(self);
        self.text(alt);
        let to = length(self);
        if let Some(block) = &mut self.block {
            block.images.push(from..to);
        }
    }

    /// Notes the articles of law that a block cites, and links those that have a page and stand in one run.
    pub(super) fn cite(&mut self, block: &Text) {
        if !block.text.contains(['条', '條']) {
            return;
        }
        let spans = block.citations(&mut self.reader);
        for (citation, _) in &spans {
            if self.cited.insert(citation.clone()) {
                self.out.citations.push(citation.clone());
            }
        }
        // From the last to the first: what is put in moves only what comes after it.
        for (citation, span) in apart(spans).into_iter().rev() {
            let run = block
                .runs
                .iter()
                .find(|run| run.text_at <= span.start && span.end <= run.text_at + run.length);
            let Some(run) = run else { continue };
            let Some(href) = self.context.resolver.article(&citation) else {
                continue;
            };
            let html = &mut self.out.html;
            html.insert_str(run.html_at + span.end - run.text_at, "</a>");
            html.insert_str(run.html_at + span.start - run.text_at, &tag::law(&href));
        }
    }
}

/// Citations whose places don't overlap: of a range its two ends, what it leaves out has no place of its own.
fn apart(mut spans: Vec<(Citation, Range<usize>)>) -> Vec<(Citation, Range<usize>)> {
    spans.sort_by_key(|(_, span)| (span.start, span.end));
    let mut end = 0;
    spans.retain(|(_, span)| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    spans
}
