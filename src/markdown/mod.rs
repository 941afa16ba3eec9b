//! A document's body: from Markdown to safe HTML and to the plain text of its blocks.
//!
//! [`scan`] reads what other documents need to know (first heading, links) without rendering;
//! [`render`] does the rest once every id is known.
//!
//! The way of a body: `tidy` makes of Markdown that nearly works what it is meant to be, `repair` marks emphasis that
//! CommonMark refuses beside Chinese punctuation,
//! `parse` makes pieces, `html` cleans those that an author wrote as HTML (`dropped` reports what no page shows of it),
//! `outline` settles headings,
//! `write` writes HTML and blocks at once; `leftover` reports marks that mean nothing; `citation` reads the articles of law from each, which become links
//! (`a.law`) where they have a page.
//!
//! What a page shows is what the blocks hold, with four exceptions that aren't text: the marks of
//! footnotes (`sup.footnote-mark`), the ways back from them (`a.footnote-back`), the readings of ruby (`rt`), and the
//! descriptions of images that are shown. Footnotes stand at the end (`ol.footnotes`) but belong to the section that
//! refers to them first. Tables stand in `div.table`; cells are aligned by the classes `left`,
//! `centre` and `right`. Ids begin with `s-` (headings), `a` (blocks that open an article of law), `p` (other blocks, table rows), `fn-` and
//! `fnref-` (footnotes).

mod anchor;
mod citation;
mod comment;
mod definition;
mod dropped;
mod entity;
mod fragment;
mod glyph;
mod html;
mod leftover;
mod link;
mod markup;
mod mask;
mod notes;
mod opening;
mod options;
mod outline;
mod parse;
mod passages;
mod piece;
mod repair;
mod report;
mod section;
mod source;
mod tags;
mod tidy;
mod veil;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use citation::WORDS as CITATION_WORDS;
pub use citation::citations;
pub(crate) use citation::{Citations, OWN, article_spans, citation_spans};
pub(crate) use citation::{added, short};
pub(crate) use passages::{Part, passages, passages_of_html};
pub use source::shown_source;

use crate::diagnostic::Diagnostic;
use crate::text::number;
use piece::Piece;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// What can be known of a body before the other documents are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Text of the first heading, where the body has one.
    pub first_heading: Option<String>,
    /// Targets of links and images, with their byte range in the body.
    pub links: Vec<LinkRef>,
    /// Articles of law that it cites, in order, each once: those of [`Rendered::citations`].
    pub citations: Vec<Citation>,
    /// Articles that its blocks open, in order, each once, as citations name them: `264条`.
    pub articles: Vec<String>,
    /// Canonical numbers of cases and documents that it names, in order, each once.
    pub numbers: Vec<String>,
    /// Its first sentences, or those of its 要旨: what a list says of a document without a summary.
    pub opening: Option<String>,
}

/// A link or image as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRef {
    /// Target as written, entities resolved.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
    /// Byte range in the body.
    pub span: Range<usize>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, file or outside address that may be written as this href.
    Href(String),
    /// The page of a document that lacks the place that the target names.
    Top(String),
    /// A file beside the documents, which is offered for download.
    File(String),
    /// A file that is there and doesn't go along with the pages, as a browser might run it.
    Excluded,
    /// A document or file that isn't there or isn't in this audience: plain text, one as the other.
    Nowhere,
}

/// What is known of a number of a case or document that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Numbered {
    /// The document whose own number it is has this href.
    Held(String),
    /// Nothing has it, and the page says so in these words.
    Unheld(String),
}

/// Tells where the links of one document lead.
pub trait Resolve {
    /// The href of a target as written in this document. Only called for relative targets.
    fn resolve(&self, target: &str) -> Target;

    /// The href of the page of an article of law that the text cites, its own ([`OWN`]) too; `None` where there is none.
    fn article(&self, _citation: &Citation) -> Option<String> {
        None
    }

    /// What is known of a number in canonical form; `None` leaves it plain text.
    fn number(&self, _number: &str) -> Option<Numbered> {
        None
    }
}

/// A rendered body.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rendered {
    /// Safe HTML of the body, without the page around it.
    pub html: String,
    /// Its blocks in reading order, headings included; `text` is what the page shows.
    pub blocks: Vec<Block>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Articles of law that it cites, in order, each once.
    pub citations: Vec<Citation>,
}

/// A block of text: paragraph, heading, list item, table cell, footnote …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Index of the heading whose section it stands in; `None` before the first.
    pub section: Option<usize>,
    /// Id of the HTML element that holds it, or the nearest one above that has an id.
    pub anchor: String,
    /// Text as the page shows it: inline markup and soft breaks don't part it, `<br>` gives a line break.
    pub text: String,
}

/// A heading of the page, with where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level from 2 (the page's h1 is the title) to 6.
    pub level: u8,
    /// Id of its element, stable under edits elsewhere.
    pub id: String,
    /// Text as shown.
    pub text: String,
    /// Canonical name of a known section (`关键词`, `要旨`, `基本案情` …), without 【】 and inner spaces.
    pub role: Option<String>,
}

/// An article of law cited in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Short name of the law without 中华人民共和国 and 《》: `刑法`.
    pub law: String,
    /// Canonical article: `264条`, `120条-1`.
    pub article: String,
}

/// A rendering with what is to be said about the body.
pub type Outcome = (Rendered, Vec<Diagnostic>);

/// Reads a body's first heading, its links and the articles of law that it cites.
pub fn scan(body: &str) -> Outline {
    let uncommented = comment::blank(body);
    let repaired = repair::repair(&uncommented.text);
    let parsed = parse::parse(&repaired);
    let mut links = Vec::new();
    for piece in parsed.pieces.iter().chain(&parsed.footnotes) {
        match piece {
            Piece::Link(reference) => links.extend(link_ref(reference, false)),
            Piece::Image(reference) => links.extend(link_ref(reference, true)),
            Piece::Raw(_, span) => links.extend(html::references(&repaired.text, span.clone())),
            _ => {}
        }
    }
    for link in &mut links {
        link.span = repaired.original(link.span.clone());
    }
    // Cleaning what an author wrote as HTML drops what no page shows.
    let first_heading = outline::first_heading(&parsed.pieces);
    let mut cleaned = html::clean(parsed, &repaired.text, &mut report::Report::default());
    let opening = opening::of(&piece::texts(&cleaned.pieces));
    cleaned.pieces.append(&mut cleaned.footnotes);
    let texts = piece::texts(&cleaned.pieces);
    Outline {
        first_heading,
        links,
        citations: citations(texts.iter().map(String::as_str)),
        articles: opened(&texts),
        numbers: named(&texts),
        opening,
    }
}

/// The numbers that blocks name, each once.
fn named(texts: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let texts = texts.iter().filter(|text| text.contains(['号', '號']));
    let named = texts.flat_map(|text| number::numbers_in(text));
    named.filter(|number| seen.insert(number.clone())).collect()
}

/// The articles that blocks open, each once.
fn opened(texts: &[String]) -> Vec<String> {
    let (mut reader, mut seen) = (anchor::Articles::default(), BTreeSet::new());
    let opened = texts.iter().filter_map(|text| reader.next(text, false));
    opened.filter(|article| seen.insert(article.clone())).collect()
}

/// The name by which citations know a law, from its title: 刑法 for 中华人民共和国刑法（2020年修正）.
pub fn law_name(title: &str) -> String {
    citation::law_name(title.trim().trim_matches(['《', '》']))
}

fn link_ref(reference: &piece::Reference<'_>, image: bool) -> Option<LinkRef> {
    Some(LinkRef {
        target: reference.target.to_string(),
        image,
        span: reference.span.clone()?,
    })
}

/// The ids of a body's headings, as [`render`] gives them.
pub fn heading_ids(body: &str, title: &str) -> BTreeSet<String> {
    let uncommented = comment::blank(body);
    let repaired = repair::repair(&uncommented.text);
    let parsed = parse::parse(&repaired);
    let cleaned = html::clean(parsed, &repaired.text, &mut report::Report::default());
    let (_, planned) = outline::plan(cleaned.pieces, title, &mut anchor::Anchors::default());
    planned.into_iter().map(|heading| heading.id).collect()
}

/// The id of the first heading of a page that has this text.
///
/// ```
/// use jianyan::markdown::heading_id;
///
/// assert_eq!(heading_id("一、存在的问题"), "s-一存在的问题");
/// ```
pub fn heading_id(text: &str) -> String {
    anchor::Anchors::default().heading(text)
}

/// Whether an id is one that a page gives its blocks and footnotes.
pub fn is_block_id(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let block = id.strip_prefix('p').is_some_and(|hash| {
        let (hash, count) = hash.split_once('-').unwrap_or((hash, "1"));
        hash.len() == 6 && hash.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')) && digits(count)
    });
    let article = id
        .strip_prefix('a')
        .is_some_and(|number| number.split('-').count() <= 2 && number.split('-').all(digits));
    block || article || id.strip_prefix("fn-").is_some_and(digits)
}

/// Renders the body of a document: `body` is its byte range in the file's decoded `text`.
/// A range that isn't one of the text renders as nothing.
pub fn render(file: &str, text: &str, body: Range<usize>, title: &str, resolver: &dyn Resolve) -> Outcome {
    let Some(source) = text.get(body.clone()) else {
        return Outcome::default();
    };
    let mut report = report::Report::default();
    let uncommented = comment::blank(source);
    let repaired = repair::repair(&uncommented.text);
    let parsed = html::clean(parse::parse(&repaired), &repaired.text, &mut report);
    let mut anchors = anchor::Anchors::default();
    let (mut pieces, planned) = outline::plan(parsed.pieces, title, &mut anchors);
    pieces.extend(parsed.footnotes);
    let rendered = write::write(
        &pieces,
        write::Context {
            planned,
            anchors,
            resolver,
        },
        &mut report,
    );
    for place in leftover::find(&repaired.text) {
        let shown = repaired.text[place.clone()].replace([repair::MARK, comment::BLANK], "");
        report.push(report::Finding::LooseMark, shown, Some(place));
    }
    for place in leftover::in_html(&repaired.text) {
        let shown = repaired.text[place.clone()].replace([repair::MARK, comment::BLANK], "");
        report.push(report::Finding::MarkdownInHtml, shown, Some(place));
    }
    report.place(|span| repaired.original(span));
    for span in uncommented.spoilt {
        report.push(
            report::Finding::SpoiltComment,
            source[span.clone()].to_owned(),
            Some(span),
        );
    }
    for note in &repaired.notes {
        report.push(note.finding, note.what.clone(), Some(note.span.clone()));
    }
    let diagnostics = report.diagnostics(file, text, |span| span.start + body.start..span.end + body.start);
    (rendered, diagnostics)
}
