//! Articles of law and numbers of cases and documents in the text of a block, and the links to their pages.

use super::tag;
use super::{Text, TextElement, Writer};
use crate::markdown::piece::{Element, IMAGE};
use crate::markdown::{Citation, Citations, Numbered, OWN};
use crate::text::{normalize_mapped, number};
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

    /// The numbers of cases and documents that the text names, with their place in it.
    fn numbers(&self) -> Vec<(String, Range<usize>)> {
        if !self.text.contains(['号', '號']) {
            return Vec::new();
        }
        let mapped = normalize_mapped(&self.text);
        // Counted from the place before: they stand in order.
        let mut counted = (0, 0);
        let mut characters = |at: usize| {
            if at < counted.0 {
                counted = (0, 0);
            }
            counted = (at, counted.1 + mapped.text[counted.0..at].chars().count());
            counted.1
        };
        let found = number::find(&mapped.text).into_iter();
        let mut place = |start, end| {
            let (from, to) = (characters(start), characters(end));
            mapped.raw_range(from, to)
        };
        found
            .map(|found| (found.canonical, place(found.start, found.end)))
            .collect()
    }

    /// The articles that the text cites, those of its own law too, with their place in it; images are read as one letter.
    fn citations(&self, reader: &mut Citations) -> Vec<(Citation, Range<usize>)> {
        if !self.text.contains(['条', '條']) {
            return Vec::new();
        }
        if self.images.is_empty() {
            return reader.spans_with_own(&self.text);
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
        let place = |at: usize| match moved[..moved.partition_point(|(read, _)| *read <= at)].last() {
            Some((read, text)) => at - read + text,
            None => at,
        };
        let spans = reader.spans_with_own(&read).into_iter();
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

    /// Notes the articles of law that a block cites, and marks up those and the numbers of which something is known and
    /// that stand in one run.
    pub(super) fn cite(&mut self, block: &Text) {
        let spans = block.citations(&mut self.reader);
        for (citation, _) in spans.iter().filter(|(citation, _)| citation.law != OWN) {
            if self.cited.insert(citation.clone()) {
                self.out.citations.push(citation.clone());
            }
        }
        let resolver = self.context.resolver;
        let articles = spans
            .into_iter()
            .filter_map(|(citation, span)| Some((Numbered::Held(resolver.article(&citation)?), span)));
        let numbers = block.numbers().into_iter();
        let unheld = &mut self.unheld;
        let numbers = numbers.filter_map(|(number, span)| match resolver.number(&number)? {
            // Once a page is enough.
            Numbered::Unheld(_) if !unheld.insert(number) => None,
            known => Some((known, span)),
        });
        let named = apart(articles.chain(numbers).collect());
        insert(&mut self.out.html, tags(named, &block.runs));
    }
}

/// The tags of what stands in one run each, with their places in the HTML, in order.
fn tags(named: Vec<(Numbered, Range<usize>)>, runs: &[Run]) -> Vec<(usize, String)> {
    let mut tags = Vec::with_capacity(2 * named.len());
    for (known, span) in named {
        let run = runs[..runs.partition_point(|run| run.text_at <= span.start)].last();
        if let Some(run) = run.filter(|run| span.end <= run.text_at + run.length) {
            let (open, close) = match &known {
                Numbered::Held(href) => (tag::law(href), "</a>"),
                Numbered::Unheld(said) => (tag::unheld(said), "</span>"),
            };
            tags.push((run.html_at + span.start - run.text_at, open));
            tags.push((run.html_at + span.end - run.text_at, close.to_owned()));
        }
    }
    tags
}

/// Puts tags into HTML, in one go: a paragraph may cite a hundred thousand articles.
fn insert(html: &mut String, tags: Vec<(usize, String)>) {
    let Some(&(first, _)) = tags.first() else { return };
    let rest = html.split_off(first);
    let mut done = 0;
    for (at, tag) in tags {
        html.push_str(&rest[done..at - first]);
        html.push_str(&tag);
        done = at - first;
    }
    html.push_str(&rest[done..]);
}

/// What is named at places that don't overlap: of a range its two ends, what it leaves out has no place of its own.
fn apart(mut spans: Vec<(Numbered, Range<usize>)>) -> Vec<(Numbered, Range<usize>)> {
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
