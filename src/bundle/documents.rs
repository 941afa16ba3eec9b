//! Passage files: what a result shows of its document, cut by the positions of the body.
//!
//! A reader that knows at which position of `body` a document matches best knows which file shows it.

use super::cited::{self, Replaced, Standing};
use super::pack::{Emit, Raw};
use super::payload::Content;
use super::{Error, Result, prose};
use crate::index::Opened;
use crate::index::document::{Authority, Meta, Passage};
use crate::index::schema::Texts;
use crate::index::stretch::{self, Place};
use crate::text::normalize::folded;
use crate::verify::statute::Statute;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

/// Documents that are read at one time.
const BATCH: usize = 256;
/// A group ends behind a document whose hash divides by this, so that a new document renames one group.
const GROUP: u8 = 32;
/// Most documents of a group.
const GROUP_MOST: usize = 128;
/// Bytes that the first files of short documents make together, before they are deflated: about a kilobyte after that.
const PACK: usize = 2300;
/// Most documents whose first files are one.
const PACK_MOST: usize = 8;
/// The same of their articles, of which a page looks few up.
const ARTICLES: usize = 3000;
/// What stands between them: no text has an empty line.
const BETWEEN: &str = "\n\n";

/// A document as it is stored.
struct Stored {
    id: String,
    meta: Meta,
    blocks: Vec<Passage>,
    texts: Texts,
    authority: Authority,
}

/// The first line of a passage file: what is shown of the document; in the first file of a document its keywords and
/// other texts; the characters of the file that normalisation folds to others, each before what it becomes; how many
/// files the document has; in the first file how it may be cited, where that is worth saying.
#[derive(Serialize)]
struct Head<'a>(
    &'a Shown<'a>,
    Vec<&'a str>,
    String,
    usize,
    #[serde(skip_serializing_if = "Option::is_none")] Option<&'a Standing>,
);

/// Id, title, kind, date, units, lines, badges, and the page, empty where it is that of the id.
#[derive(Serialize)]
struct Shown<'a>(
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a [String],
    &'a [String],
    &'a [String],
    &'a str,
);

impl<'a> Shown<'a> {
    fn new(meta: &'a Meta) -> Self {
        let Meta {
            id,
            title,
            kind,
            url,
            date,
            unit,
            line,
            badges,
        } = meta;
        let own = id
            .split('/')
            .map(|segment| utf8_percent_encode(segment, COMPONENT).to_string());
        let is_own = url.strip_suffix(".html") == Some(&own.collect::<Vec<_>>().join("/"));
        Self(id, title, kind, date, unit, line, badges, if is_own { "" } else { url })
    }
}

/// What JavaScript's `encodeURIComponent` encodes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The groups of documents, in order.
#[derive(Default)]
pub(crate) struct DocumentGroups {
    /// The first document of each.
    pub(crate) firsts: Vec<u32>,
    /// How many documents share a file with their first texts, in each.
    pub(crate) packs: Vec<u32>,
    /// How many do with their articles.
    pub(crate) articles: Vec<u32>,
}

/// Makes the passage files of all documents and emits them in groups.
pub(crate) fn write(opened: &Opened, passage: u32, replaced: &Replaced, emit: &mut Emit<'_>) -> Result<DocumentGroups> {
    let mut grouping = Grouping::default();
    for segment in opened.searcher.segment_readers() {
        let store = segment.get_store_reader(1)?;
        let mut documents = store.iter::<TantivyDocument>(None);
        loop {
            let batch = documents.by_ref().take(BATCH).collect::<tantivy::Result<Vec<_>>>()?;
            if batch.is_empty() {
                break;
            }
            let read = batch
                .par_iter()
                .map(|document| files(opened, passage, replaced, document))
                .collect::<Result<Vec<_>>>()?;
            read.into_iter()
                .try_for_each(|(ends, files)| grouping.take(ends, files, emit))?;
        }
    }
    grouping.finish(emit)
}

/// Documents in the order of their numbers, of which groups become full.
#[derive(Default)]
struct Grouping {
    groups: DocumentGroups,
    /// The group that isn't full yet.
    open: Vec<Files>,
    /// Documents so far.
    count: u32,
}

impl Grouping {
    /// Takes the next document; emits the group that ends with it.
    fn take(&mut self, ends: bool, files: Files, emit: &mut Emit<'_>) -> Result<()> {
        if self.open.is_empty() {
            self.groups.firsts.push(self.count);
        }
        self.open.push(files);
        self.count += 1;
        if ends || self.open.len() == GROUP_MOST {
            emit(self.groups.pack(std::mem::take(&mut self.open)))?;
        }
        Ok(())
    }

    /// Emits what is left.
    fn finish(mut self, emit: &mut Emit<'_>) -> Result<DocumentGroups> {
        if !self.open.is_empty() {
            emit(self.groups.pack(self.open))?;
        }
        Ok(self.groups)
    }
}

/// The passage files of a document, and its articles.
struct Files {
    texts: Vec<Vec<u8>>,
    articles: Vec<u8>,
}
/// Whether a group ends behind the document, and its files.
type Filed = (bool, Files);

impl DocumentGroups {
    /// The files of a group of documents. Where these are short, several share one.
    fn pack(&mut self, group: Vec<Files>) -> Vec<Raw> {
        let mut out = Vec::new();
        let (mut firsts, mut articles) = (Vec::new(), Vec::new());
        for (number, files) in group.into_iter().enumerate() {
            let mut texts = files.texts.into_iter();
            firsts.push(texts.next().unwrap_or_default());
            out.extend((1..).zip(texts).map(|(at, text)| raw(format!("{number}-{at}"), text)));
            articles.push(files.articles);
        }
        self.packs.push(share(&mut out, &firsts, "0", PACK, PACK_MOST));
        self.articles
            .push(share(&mut out, &articles, "a", ARTICLES, GROUP_MOST));
        out
    }
}

/// Joins texts of consecutive documents to files of about so many bytes, each called by the first of its documents;
/// gives how many of them share one, a power of two, which packs well in the directory.
fn share(out: &mut Vec<Raw>, texts: &[Vec<u8>], name: &str, bytes: usize, most: usize) -> u32 {
    let all: usize = texts.iter().map(Vec::len).sum();
    let per = 1 << (bytes * texts.len() / all.max(1)).clamp(1, most).ilog2();
    for (at, texts) in texts.chunks(per).enumerate() {
        if texts.iter().any(|text| !text.is_empty()) {
            out.push(raw(
                format!("{}-{name}", at * per),
                texts.join(&prose::encode(BETWEEN)[..]),
            ));
        }
    }
    per as u32
}

fn raw(name: String, text: Vec<u8>) -> Raw {
    Raw {
        name,
        content: Content::Texts,
        parts: vec![text],
    }
}

fn files(opened: &Opened, passage: u32, replaced: &Replaced, document: &TantivyDocument) -> Result<Filed> {
    let stored = read(opened, document)?;
    let ends = blake3::hash(stored.id.as_bytes()).as_bytes()[0].is_multiple_of(GROUP);
    let shown = Shown::new(&stored.meta);
    let anchors: BTreeSet<&str> = stored.blocks.iter().map(|block| &block.anchor[..]).collect();
    let mut laid = stretch::lay(&stored.blocks, passage);
    let summary = &stored.texts.summary;
    // The summary stands before the body, as in the page.
    laid.stretches[0].splice(0..0, summary.iter().map(|text| Place::aside(text)));
    for (_, at) in laid.begins.iter_mut().filter(|(file, _)| *file == 0) {
        *at += summary.len();
    }
    let statute = Statute::of(&stored.blocks);
    let standing = Standing::of(&stored.meta, &stored.authority, statute.as_ref(), replaced);
    let count = laid.stretches.len();
    let mut texts = Vec::new();
    for (number, places) in laid.stretches.iter().enumerate() {
        let (others, standing) = match number {
            0 => (other_texts(&stored.texts), standing.as_ref()),
            _ => (Vec::new(), None),
        };
        let shown_texts = places.iter().map(|place| place.text).chain(others.iter().copied());
        let folds = folds(shown_texts.chain([stored.meta.title.as_str()]));
        let head = serde_json::to_string(&Head(&shown, others, folds, count, standing)).map_err(shape)?;
        texts.push(prose::encode(&lines(head, places, &anchors)));
    }
    let articles = statute.map(|statute| serde_json::to_string(&cited::articles(&statute, &laid)));
    let articles = articles.transpose().map_err(shape)?.unwrap_or_default();
    let articles = prose::encode(&articles);
    Ok((ends, Files { texts, articles }))
}

/// The text of a passage file: its head, a line behind `#` where the section changes, a line for each place. A line
/// break within a line has a tab behind it.
fn lines(head: String, places: &[Place<'_>], anchors: &BTreeSet<&str>) -> String {
    let (mut out, mut last) = (head, "");
    let mut line = |first: &str, text: &str| {
        out.push('\n');
        out.push_str(first);
        out.push_str(&text.replace('\n', "\n\t"));
    };
    for place in places {
        if place.section != last {
            line("#", place.section);
            last = place.section;
        }
        line(short(place.anchor, anchors), &format!(" {}", place.text));
    }
    out
}

/// Characters that are kept of the id of a paragraph: `p` and three of its hash.
const SHORT: usize = 4;

/// The shortest beginning of a paragraph's id, `p` and its hash, that no other id of the document begins with; any
/// other id whole.
fn short<'a>(anchor: &'a str, anchors: &BTreeSet<&str>) -> &'a str {
    let hashed =
        anchor.len() == 7 && anchor.starts_with('p') && anchor.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let alone = |length: &usize| {
        let beginning = &anchor[..*length];
        let mut like = anchors
            .range(beginning..)
            .take_while(|other| other.starts_with(beginning));
        like.nth(1).is_none()
    };
    let length = hashed.then(|| (SHORT..7).find(alone)).flatten();
    &anchor[..length.unwrap_or(anchor.len())]
}

fn read(opened: &Opened, document: &TantivyDocument) -> Result<Stored> {
    let text = |field: Field| {
        document
            .get_first(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    let fields = &opened.fields;
    Ok(Stored {
        id: text(fields.id).to_owned(),
        meta: serde_json::from_str(text(fields.meta)).map_err(shape)?,
        blocks: serde_json::from_str(text(fields.blocks)).map_err(shape)?,
        texts: serde_json::from_str(text(fields.texts)).map_err(shape)?,
        authority: crate::index::stored_value(document, fields.authority),
    })
}

fn shape(error: serde_json::Error) -> Error {
    Error::Shape(error.to_string())
}

/// The characters of texts that normalisation folds to others, each before what it becomes.
fn folds<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let all: BTreeMap<char, char> = texts.flat_map(folded).collect();
    all.into_iter().flat_map(|(from, to)| [from, to]).collect()
}

fn other_texts(texts: &Texts) -> Vec<&str> {
    [&texts.keywords, &texts.extra]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_files_of_short_documents_are_one_and_long_ones_stand_alone() {
        let packed = |bytes: usize| {
            let document = |number: usize| Files {
                texts: vec![vec![b'x'; bytes], vec![b'y']],
                articles: vec![b'z'; number % 2],
            };
            let mut groups = DocumentGroups::default();
            let files = groups.pack((0..5).map(document).collect());
            let names: Vec<String> = files.into_iter().map(|file| file.name).collect();
            assert!(
                ["0-1", "4-1", "0-a"]
                    .iter()
                    .all(|name| names.iter().any(|other| other == name))
            );
            let firsts: Vec<&str> = names
                .iter()
                .map(String::as_str)
                .filter(|name| name.ends_with("-0"))
                .collect();
            (groups.packs[0], firsts.join(" "))
        };
        assert_eq!(packed(PACK), (1, "0-0 1-0 2-0 3-0 4-0".to_owned()));
        assert_eq!(packed(PACK / 2), (2, "0-0 2-0 4-0".to_owned()));
        assert_eq!(packed(1), (8, "0-0".to_owned()));
    }

    #[test]
    fn a_line_holds_what_a_block_says_and_where_it_stands() {
        let of = |section, anchor, text| Place { section, anchor, text };
        let places = [
            of("", "", "无处"),
            of("甲", "s-甲", "甲"),
            of("甲", "pabcdef", "一\n二"),
            of("", "pabcxyz", "# 三"),
        ];
        let anchors = places.iter().map(|place| place.anchor).collect();
        assert_eq!(
            lines("[]".to_owned(), &places, &anchors),
            "[]\n 无处\n#甲\ns-甲 甲\npabcd 一\n\t二\n#\npabcx # 三"
        );
    }

    #[test]
    fn an_id_is_shortened_as_far_as_it_is_alone() {
        let anchors = [
            "pabcdef",
            "pabcxyz",
            "pzzzzzz",
            "pzzzzzz-2",
            "s-pabc",
            "paragraph",
            "p234567",
        ];
        let all = BTreeSet::from(anchors);
        let shortened = anchors.map(|anchor| short(anchor, &all));
        assert_eq!(
            shortened,
            ["pabcd", "pabcx", "pzzzzzz", "pzzzzzz-2", "s-pabc", "paragraph", "p234"]
        );
    }
}
