//! Markdown to pieces: CommonMark with tables, footnotes, task lists and strikethrough.

use super::comment;
use super::markup;
use super::options::OPTIONS;
use super::piece::{Align, Cell, Element, Inline, Piece, Reference};
use super::repair::Repaired;
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// A parsed body.
#[derive(Debug, Default)]
pub(super) struct Parsed<'a> {
    /// The body without its footnotes.
    pub pieces: Vec<Piece<'a>>,
    /// The list of footnotes in order of appearance; empty without any.
    pub footnotes: Vec<Piece<'a>>,
    /// Whether a piece is raw HTML.
    pub raw: bool,
}

/// Parses a body whose emphasis has been repaired. Spans are those of the repaired text.
pub(super) fn parse<'a>(source: &'a Repaired<'_>) -> Parsed<'a> {
    let mut reader = Reader {
        sinks: vec![Vec::new()],
        open: vec![0],
        ..Reader::default()
    };
    for (event, span) in Parser::new_ext(&source.text, OPTIONS).into_offset_iter() {
        let event = match event {
            Event::Text(text) => Event::Text(source.clean(text)),
            other => other,
        };
        reader.take(event, span);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    /// The body, then one a footnote definition.
    sinks: Vec<Vec<Piece<'a>>>,
    /// Indices of the sinks that are open, the innermost last.
    open: Vec<usize>,
    /// Footnote labels as numbers, in order of first sight.
    labels: HashMap<String, u32>,
    /// Label and sink of each definition.
    definitions: Vec<(u32, usize)>,
    /// Images that are open, with what they show so far.
    images: Vec<Reference<'a>>,
    /// Raw HTML of the open HTML block.
    html: Option<String>,
    aligns: Vec<Align>,
    column: usize,
    header: bool,
    raw: bool,
}

impl<'a> Reader<'a> {
    fn push(&mut self, piece: Piece<'a>) {
        let piece = if self.open.len() > 1 { piece.in_a_note() } else { piece };
        if let Some(sink) = self.open.last().and_then(|&at| self.sinks.get_mut(at)) {
            sink.push(piece);
        }
    }

    fn take(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.images.push(Reference {
                    target: dest_url,
                    alt: String::new(),
                    span: Some(span),
                });
            }
            Event::End(TagEnd::Image) => self.close_image(),
            _ if !self.images.is_empty() => self.describe(&event),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) if text.is_empty() => {}
            Event::Text(text) => self.push(Piece::Text(text)),
            Event::Code(text) => {
                self.push(Piece::Open(Element::Inline(Inline::Code)));
                self.push(Piece::Text(text));
                self.push(Piece::Close(Element::Inline(Inline::Code)));
            }
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.push_raw(html, span),
            },
            Event::InlineHtml(html) => self.push_raw(html, span),
            Event::SoftBreak => self.push(Piece::SoftBreak),
            Event::HardBreak => self.push(Piece::HardBreak),
            Event::Rule => self.push(Piece::Rule),
            Event::TaskListMarker(done) => self.push(Piece::Task(done)),
            Event::FootnoteReference(label) => {
                let label = self.label(&label);
                self.push(Piece::Mark(label));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(Piece::Text(text)),
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::Table(aligns) => {
                self.aligns = aligns.iter().map(|&align| align.into()).collect();
                self.push(Piece::Open(Element::Table));
            }
            Tag::TableHead => {
                (self.header, self.column) = (true, 0);
                self.push(Piece::Open(Element::Head));
                self.push(Piece::Open(Element::Row));
            }
            Tag::TableRow => {
                self.column = 0;
                self.push(Piece::Open(Element::Row));
            }
            Tag::TableCell => {
                let align = self.aligns.get(self.column).copied().unwrap_or_default();
                self.column += 1;
                self.push(Piece::Open(Element::Cell(Cell {
                    header: self.header,
                    align,
                    ..Cell::default()
                })));
            }
            Tag::Link {
                link_type, dest_url, ..
            } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => dest_url,
                };
                self.push(Piece::Link(Box::new(Reference {
                    target,
                    alt: String::new(),
                    span: Some(span),
                })));
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::FootnoteDefinition(label) => {
                let label = self.label(&label);
                self.definitions.push((label, self.sinks.len()));
                self.open.push(self.sinks.len());
                self.sinks.push(Vec::new());
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.push(Piece::Open(Element::Preformatted));
            }
            other => {
                if let Some(element) = element(other.to_end(), &other) {
                    self.push(Piece::Open(element));
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Table => {
                self.push(Piece::Close(Element::Body));
                self.push(Piece::Close(Element::Table));
            }
            TagEnd::TableHead => {
                self.header = false;
                self.push(Piece::Close(Element::Row));
                self.push(Piece::Close(Element::Head));
                self.push(Piece::Open(Element::Body));
            }
            TagEnd::TableRow => self.push(Piece::Close(Element::Row)),
            TagEnd::TableCell => self.push(Piece::Close(Element::Cell(Cell::default()))),
            TagEnd::Link => self.push(Piece::Close(Element::Link)),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.push_raw(html.into(), span);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.open.pop();
            }
            TagEnd::CodeBlock => self.push(Piece::Close(Element::Preformatted)),
            other => {
                if let Some(element) = closed(other) {
                    self.push(Piece::Close(element));
                }
            }
        }
    }

    /// Takes raw HTML; a comment says nothing and a line break is one.
    fn push_raw(&mut self, html: CowStr<'a>, span: Range<usize>) {
        let silent = html.contains("<!") || html.contains("<?") || html.contains(comment::BLANK);
        let html = if silent {
            markup::without_silent(&html).replace(comment::BLANK, "").into()
        } else {
            html
        };
        let bare = html.trim();
        if bare.is_empty() {
            return;
        }
        if matches!(bare, "<br>" | "<br/>" | "<br />") {
            return self.push(Piece::HardBreak);
        }
        self.raw = true;
        self.push(Piece::Raw(html, span));
    }

    fn close_image(&mut self) {
        let Some(image) = self.images.pop() else { return };
        match self.images.last_mut() {
            Some(outer) => outer.alt.push_str(&image.alt),
            None => self.push(Piece::Image(Box::new(image))),
        }
    }

    fn describe(&mut self, event: &Event<'a>) {
        let Some(image) = self.images.last_mut() else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
    }

    fn label(&mut self, label: &str) -> u32 {
        let next = self.labels.len() as u32;
        *self.labels.entry(label.to_lowercase()).or_insert(next)
    }

    /// Numbers the footnotes in order of appearance and lists them.
    fn finish(mut self) -> Parsed<'a> {
        let mut numbers = Numbers::default();
        let mut pieces = self.sinks.first_mut().map(std::mem::take).unwrap_or_default();
        let mut footnotes = Vec::new();
        if !self.labels.is_empty() {
            numbers.mark(&mut pieces);
            let mut sink_of: HashMap<u32, Vec<usize>> = HashMap::new();
            for &(label, sink) in &self.definitions {
                sink_of.entry(label).or_default().push(sink);
            }
            // What nothing refers to is shown last: no text of an author is lost.
            let unreferenced = self.definitions.iter().map(|&(label, _)| label);
            let mut written = 0;
            let mut rest = unreferenced.collect::<Vec<_>>().into_iter();
            loop {
                let Some(&label) = numbers.order.get(written) else {
                    let Some(label) = rest.next() else { break };
                    numbers.of(label);
                    continue;
                };
                written += 1;
                let Some(sinks) = sink_of.remove(&label) else { continue };
                footnotes.push(Piece::Open(Element::Footnote(written as u32)));
                for sink in sinks {
                    let mut note = self.sinks.get_mut(sink).map(std::mem::take).unwrap_or_default();
                    numbers.mark(&mut note);
                    footnotes.append(&mut note);
                }
                footnotes.push(Piece::Close(Element::Footnote(written as u32)));
            }
            if !footnotes.is_empty() {
                footnotes.insert(0, Piece::Open(Element::Footnotes));
                footnotes.push(Piece::Close(Element::Footnotes));
            }
        }
        Parsed {
            pieces,
            footnotes,
            raw: self.raw,
        }
    }
}

/// The numbers that footnotes get.
#[derive(Default)]
struct Numbers {
    number: HashMap<u32, u32>,
    order: Vec<u32>,
}

impl Numbers {
    fn of(&mut self, label: u32) -> u32 {
        *self.number.entry(label).or_insert_with(|| {
            self.order.push(label);
            self.order.len() as u32
        })
    }

    /// Replaces labels by numbers.
    fn mark(&mut self, pieces: &mut [Piece<'_>]) {
        for piece in pieces {
            if let Piece::Mark(label) = piece {
                *label = self.of(*label);
            }
        }
    }
}

impl From<Alignment> for Align {
    fn from(align: Alignment) -> Self {
        match align {
            Alignment::None => Align::Unset,
            Alignment::Left => Align::Left,
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::Right,
        }
    }
}

fn element(end: TagEnd, tag: &Tag<'_>) -> Option<Element> {
    match tag {
        Tag::List(Some(first)) => Some(Element::Numbers(u32::try_from(*first).unwrap_or(u32::MAX))),
        _ => closed(end),
    }
}

fn closed(end: TagEnd) -> Option<Element> {
    Some(match end {
        TagEnd::Paragraph => Element::Paragraph,
        TagEnd::Heading(level) => Element::Heading(level as u32),
        TagEnd::BlockQuote(_) => Element::Quote,
        TagEnd::List(true) => Element::Numbers(1),
        TagEnd::List(false) => Element::Bullets,
        TagEnd::Item => Element::Item,
        TagEnd::Emphasis => Element::Inline(Inline::Emphasis),
        TagEnd::Strong => Element::Inline(Inline::Strong),
        TagEnd::Strikethrough => Element::Inline(Inline::Deleted),
        _ => return None,
    })
}
