//! HTML that an author wrote among the Markdown: cleaned, and turned into the same pieces.
//!
//! Only the parts of a body that hold HTML pass the sanitizer: from a block at the top level to the
//! one where every element that was opened is closed again. In such a part the pieces of Markdown are
//! written as HTML with their numbers, so that they come back as they were.

use super::fragment::{self, PIECE};
use super::parse::Parsed;
use super::piece::{Element, Kind, Piece, Reference};
use super::report::{Finding, Report};
use super::tags::{self, SELF_CLOSING};
use super::{LinkRef, dropped, link, notes, veil, write};
use crate::html;
use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::OnceLock;

/// Elements within elements, Markdown's and HTML's together; what is deeper is an error or an attack,
/// and the sanitizer's time grows with the square of the depth.
const DEEPEST: usize = 64;

/// Elements whose end tag matters to the blocks that follow.
const STRUCTURE: [&str; 14] = [
    "div",
    "table",
    "ul",
    "ol",
    "dl",
    "details",
    "blockquote",
    "pre",
    "section",
    "article",
    "figure",
    "center",
    "main",
    "aside",
];

/// Cleans every part of a body and of its footnotes that holds HTML, and drops the footnotes that hidden text alone
/// refers to. `source` is the parsed text.
pub(super) fn clean<'a>(parsed: Parsed<'a>, source: &str, report: &mut Report) -> Parsed<'a> {
    if !parsed.raw {
        return parsed;
    }
    let marked = notes::marks(&parsed.pieces);
    let pieces = clean_pieces(parsed.pieces, source, report);
    let footnotes = clean_pieces(parsed.footnotes, source, report);
    let mut cleaned = Parsed {
        pieces,
        footnotes: footnotes.into_iter().map(Piece::in_a_note).collect(),
        raw: true,
    };
    notes::drop_hidden(&marked, &mut cleaned);
    cleaned
}

fn clean_pieces<'a>(pieces: Vec<Piece<'a>>, source: &str, report: &mut Report) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut part = Part::default();
    for piece in veil::shown(pieces, report) {
        part.take(piece);
        if part.is_whole() {
            std::mem::take(&mut part).finish(source, report, &mut out);
        }
    }
    part.finish(source, report, &mut out);
    out
}

/// Some blocks of the top level.
#[derive(Default)]
struct Part<'a> {
    pieces: Vec<Piece<'a>>,
    /// Open elements of Markdown, and of HTML those of `STRUCTURE`.
    markdown: usize,
    structure: usize,
    /// All open elements of HTML.
    html: usize,
    deepest: usize,
    raw: bool,
}

impl<'a> Part<'a> {
    fn take(&mut self, piece: Piece<'a>) {
        match &piece {
            Piece::Open(_) | Piece::Link(_) => self.markdown += 1,
            Piece::Close(_) => self.markdown = self.markdown.saturating_sub(1),
            Piece::Raw(html, _) => {
                self.raw = true;
                for tag in tags::tags(html) {
                    self.count(&tag);
                }
            }
            _ => {}
        }
        self.deepest = self.deepest.max(self.markdown + self.html);
        self.pieces.push(piece);
    }

    fn count(&mut self, tag: &tags::Tag<'_>) {
        if SELF_CLOSING.contains(&tag.name.as_str()) {
            return;
        }
        let step = |count: &mut usize| *count = if tag.end { count.saturating_sub(1) } else { *count + 1 };
        step(&mut self.html);
        if STRUCTURE.contains(&tag.name.as_str()) {
            step(&mut self.structure);
        }
        self.deepest = self.deepest.max(self.markdown + self.html);
    }

    fn is_whole(&self) -> bool {
        self.markdown == 0 && self.structure == 0
    }

    fn finish(self, source: &str, report: &mut Report, out: &mut Vec<Piece<'a>>) {
        if !self.raw {
            return out.extend(self.pieces);
        }
        let spans = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Raw(_, span) => Some(span.clone()),
            _ => None,
        });
        if self.deepest > DEEPEST {
            report.push(Finding::DeepHtml, String::new(), spans.clone().next());
            return out.extend(self.pieces.into_iter().flat_map(as_text));
        }
        let written = written(&self.pieces);
        if !html::is_bounded(&written) {
            report.push(Finding::DeepHtml, String::new(), spans.clone().next());
            return out.extend(self.pieces.into_iter().flat_map(as_text));
        }
        dropped::tell(&self.pieces, report);
        let mut places = Places::of(source, spans, report);
        let html = sanitizer().clean(&written).to_string();
        let mut cleaned = fragment::read(&html, |number| self.pieces.get(number).cloned());
        places.give(&mut cleaned);
        out.append(&mut cleaned);
    }
}

/// Raw HTML as text that shows it.
fn as_text(piece: Piece<'_>) -> Vec<Piece<'_>> {
    match piece {
        Piece::Raw(html, _) => vec![Piece::Text(html)],
        other => vec![other],
    }
}

/// Where the links and images of raw HTML stand, by their targets: the sanitizer forgets places.
struct Places(HashMap<(String, bool), VecDeque<Range<usize>>>);

impl Places {
    fn of(source: &str, spans: impl Iterator<Item = Range<usize>>, report: &mut Report) -> Self {
        let mut places = Places(HashMap::new());
        for span in spans {
            for LinkRef { target, image, span } in references(source, span) {
                if link::classify(&target) == link::Class::Refused {
                    report.push(Finding::RefusedLink, target, Some(span));
                } else {
                    places.0.entry((target, image)).or_default().push_back(span);
                }
            }
        }
        places
    }

    fn give(&mut self, pieces: &mut [Piece<'_>]) {
        for piece in pieces {
            let (reference, image) = match piece {
                Piece::Link(reference) => (reference, false),
                Piece::Image(reference) => (reference, true),
                _ => continue,
            };
            let Reference {
                target,
                span: span @ None,
                ..
            } = reference.as_mut()
            else {
                continue;
            };
            *span = self
                .0
                .get_mut(&(target.to_string(), image))
                .and_then(VecDeque::pop_front);
        }
    }
}

/// The links and images of the raw HTML at a range of the parsed text.
pub(super) fn references(source: &str, span: Range<usize>) -> impl Iterator<Item = LinkRef> {
    tags::references(source.get(span.clone()).unwrap_or_default(), span.start)
}

/// Pieces as HTML: those of Markdown with their numbers, raw HTML as it is.
fn written(pieces: &[Piece<'_>]) -> String {
    let mut html = String::new();
    // Tags of HTML that are open within the block: HTML would carry them over to the next one.
    let mut open: Vec<String> = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        if is_border(piece) {
            close_all(&mut html, &mut open);
        }
        // Writing to a string can't fail.
        let _ = match piece {
            Piece::Open(element) => {
                let newline = if *element == Element::Preformatted { "\n" } else { "" };
                write!(html, "<{} {PIECE}=\"{number}\">{newline}", element.name())
            }
            Piece::Link(_) => write!(html, "<a href=\"\" {PIECE}=\"{number}\">"),
            Piece::Close(element) => write!(html, "</{}>", element.name()),
            Piece::Image(_) => write!(html, "<img {PIECE}=\"{number}\">"),
            Piece::Mark(_) | Piece::Task(_) => write!(html, "<span {PIECE}=\"{number}\"></span>"),
            // Only the sanitizer's answer has readings.
            Piece::Reading(_) => Ok(()),
            Piece::Text(text) => {
                write::escape(&mut html, text);
                Ok(())
            }
            Piece::SoftBreak => html.write_char('\n'),
            Piece::HardBreak => html.write_str("<br>"),
            Piece::Rule => html.write_str("<hr>"),
            Piece::Raw(raw, _) => {
                let (tags, text) = raw.split_at(dropped::unended(raw).unwrap_or(raw.len()));
                track(tags, &mut open);
                html.push_str(&without_head(tags));
                write::escape(&mut html, text);
                Ok(())
            }
        };
    }
    html
}

/// HTML in which a head is a template: within a body the parser would forget the tag and keep what it says.
fn without_head(raw: &str) -> Cow<'_, str> {
    let heads: Vec<Range<usize>> = tags::tags(raw)
        .filter(|tag| tag.name == "head")
        .map(|tag| tag.span)
        .collect();
    if heads.is_empty() {
        return Cow::Borrowed(raw);
    }
    let mut html = raw.to_owned();
    for span in heads.into_iter().rev() {
        let end = raw[span.clone()].starts_with("</");
        html.replace_range(span, if end { "</template>" } else { "<template>" });
    }
    Cow::Owned(html)
}

/// Whether a block begins or ends here.
fn is_border(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Open(element) | Piece::Close(element) if element.kind() != Kind::Inline)
}

/// Follows which inline elements raw HTML leaves open.
fn track(raw: &str, open: &mut Vec<String>) {
    for tag in tags::tags(raw) {
        if STRUCTURE.contains(&tag.name.as_str()) || (SELF_CLOSING.contains(&tag.name.as_str()) && tag.name != "a") {
            continue;
        }
        match open.iter().rposition(|name| *name == tag.name) {
            Some(at) if tag.end => drop(open.remove(at)),
            None if tag.end => {}
            _ => open.push(tag.name),
        }
    }
}

fn close_all(html: &mut String, open: &mut Vec<String>) {
    for name in open.drain(..).rev() {
        html.push_str("</");
        html.push_str(&name);
        html.push('>');
    }
}

/// The elements that an author's markup keeps.
const TAGS: [&str; 82] = [
    "blockquote",
    "div",
    "section",
    "article",
    "figure",
    "center",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "address",
    "hgroup",
    "form",
    "fieldset",
    "details",
    "summary",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "p",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "em",
    "i",
    "strong",
    "b",
    "del",
    "s",
    "strike",
    "ins",
    "u",
    "mark",
    "small",
    "sup",
    "sub",
    "code",
    "samp",
    "tt",
    "kbd",
    "a",
    "img",
    "br",
    "hr",
    "span",
    "ruby",
    "rt",
    // Nothing here stands for these: they are read so that a hidden one can be left out.
    "abbr",
    "bdi",
    "bdo",
    "big",
    "button",
    "cite",
    "data",
    "dfn",
    "font",
    "label",
    "legend",
    "menu",
    "output",
    "q",
    "search",
    "textarea",
    "time",
    "var",
];

const ATTRIBUTES: [(&str, &[&str]); 5] = [
    ("a", &["href"]),
    ("img", &["src", "alt"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
];

fn sanitizer() -> &'static ammonia::Builder<'static> {
    static SANITIZER: OnceLock<ammonia::Builder<'static>> = OnceLock::new();
    SANITIZER.get_or_init(|| {
        let mut builder = ammonia::Builder::empty();
        builder
            .tags(TAGS.into())
            .clean_content_tags(dropped::EMPTIED.iter().copied().chain(["rp"]).collect())
            .tag_attributes(
                ATTRIBUTES
                    .iter()
                    .map(|(tag, names)| (*tag, names.iter().copied().collect()))
                    .collect(),
            )
            .generic_attributes([PIECE, "hidden", "style", "class"].into())
            .url_schemes(["http", "https", "mailto"].into())
            .url_relative(ammonia::UrlRelative::PassThrough)
            .link_rel(None)
            .strip_comments(true);
        builder
    })
}
