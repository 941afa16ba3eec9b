//! Passage files: what a result shows of its document, cut by the positions of the body.
//!
//! Whoever knows at which position of `body` a document matches best knows which file shows it.

use super::pack::{Emit, Raw};
use super::payload::Content;
use super::{Error, Result, prose};
use crate::index::Opened;
use crate::index::analyzer::{UnitKind, units};
use crate::index::document::{Meta, Passage};
use crate::index::schema::Texts;
use crate::text::{normalize, normalize_mapped};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

/// Units that a file shows of a block beyond its own range.
const OVERLAP: u32 = 40;
/// Documents that are read at one time.
const BATCH: usize = 256;
/// A group ends behind a document whose hash divides by this, so that a new document renames one group.
const GROUP: u8 = 32;
/// Most documents of a group.
const GROUP_MOST: usize = 128;

/// A document as it is stored.
struct Stored {
    id: String,
    meta: Meta,
    blocks: Vec<Passage>,
    texts: Texts,
}

/// A block, or the part of it that a file shows.
#[derive(Debug, PartialEq)]
struct Place<'a> {
    section: &'a str,
    anchor: &'a str,
    text: &'a str,
}

/// The first line of a passage file: what is shown of the document; in the first file of a document its texts that are
/// no blocks of the body.
#[derive(Serialize)]
struct Head<'a>(&'a Shown<'a>, Vec<&'a str>);

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

/// Makes the passage files of all documents and emits them in groups; gives the first document of each.
pub(crate) fn write(opened: &Opened, passage: u32, emit: &mut Emit<'_>) -> Result<Vec<u32>> {
    let mut firsts = Vec::new();
    let mut group: Vec<Raw> = Vec::new();
    let (mut held, mut number) = (0usize, 0u32);
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
                .map(|document| files(opened, passage, document))
                .collect::<Result<Vec<_>>>()?;
            for (ends, files) in read {
                if held == 0 {
                    firsts.push(number);
                }
                let named = |(passage, parts)| Raw {
                    name: format!("{held}-{passage}"),
                    content: Content::Texts,
                    parts,
                };
                group.extend(
                    files
                        .into_iter()
                        .enumerate()
                        .map(|(passage, text)| named((passage, vec![text]))),
                );
                (held, number) = (held + 1, number + 1);
                if ends || held == GROUP_MOST {
                    emit(std::mem::take(&mut group))?;
                    held = 0;
                }
            }
        }
    }
    if !group.is_empty() {
        emit(group)?;
    }
    Ok(firsts)
}

/// Whether a group ends behind the document, and its files.
fn files(opened: &Opened, passage: u32, document: &TantivyDocument) -> Result<(bool, Vec<Vec<u8>>)> {
    let stored = read(opened, document)?;
    let ends = blake3::hash(stored.id.as_bytes()).as_bytes()[0].is_multiple_of(GROUP);
    let shown = Shown::new(&stored.meta);
    let anchors: BTreeSet<&str> = stored.blocks.iter().map(|block| &block.anchor[..]).collect();
    let files = cut(&stored.blocks, passage)
        .into_iter()
        .enumerate()
        .map(|(number, places)| {
            let others = if number == 0 {
                other_texts(&stored.texts)
            } else {
                Vec::new()
            };
            let head = serde_json::to_string(&Head(&shown, others)).map_err(shape)?;
            Ok(prose::encode(&lines(head, &places, &anchors)))
        })
        .collect::<Result<_>>()?;
    Ok((ends, files))
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
    })
}

fn shape(error: serde_json::Error) -> Error {
    Error::Shape(error.to_string())
}

fn other_texts(texts: &Texts) -> Vec<&str> {
    [&texts.summary, &texts.keywords, &texts.extra]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect()
}

/// Deals the blocks out to files by the positions that they take in the body.
fn cut(blocks: &[Passage], size: u32) -> Vec<Vec<Place<'_>>> {
    let mut files: Vec<Vec<Place<'_>>> = vec![Vec::new()];
    let mut position = 0;
    for block in blocks {
        let start = position;
        position = measure(&normalize(&block.text), start, |_, _| {});
        // The last token stands before the gap that ends its sequence.
        let (first, last) = (start / size, start.max(position.saturating_sub(2)) / size);
        files.resize_with(files.len().max(last as usize + 1), Vec::new);
        if first == last {
            files[first as usize].push(place(block, &block.text));
            continue;
        }
        let marks = marks(&block.text, start);
        for number in first..=last {
            let share = share(&block.text, &marks, number * size..(number + 1) * size);
            files[number as usize].push(place(block, share));
        }
    }
    files
}

/// A text of a block.
fn place<'a>(block: &'a Passage, text: &'a str) -> Place<'a> {
    Place {
        section: &block.section,
        anchor: &block.anchor,
        text,
    }
}

/// Walks over the units of a normal form that begins at a position of the body: calls `mark` with each
/// one's position and byte offset, and gives the first position behind the text.
fn measure(normal: &str, start: u32, mut mark: impl FnMut(u32, usize)) -> u32 {
    let (mut position, mut in_sequence, mut words) = (start, 0, 0);
    // A sequence of n units, w of them words, gives n - 1 + w tokens, a lone character one; then a gap.
    let length = |in_sequence: u32, words: u32| match in_sequence {
        0 => 0,
        n => (n - 1 + words).max(1) + 1,
    };
    for unit in units(normal) {
        if unit.first {
            position += length(in_sequence, words);
            (in_sequence, words) = (0, 0);
        }
        mark(position + in_sequence + words, unit.start);
        in_sequence += 1;
        words += u32::from(unit.kind == UnitKind::Word);
    }
    position + length(in_sequence, words)
}

/// Position of each unit and its byte offset in the raw text.
fn marks(text: &str, start: u32) -> Vec<(u32, usize)> {
    let mapped = normalize_mapped(text);
    // Characters of the normal form up to the byte that was reached.
    let (mut byte, mut character) = (0, 0);
    let mut marks = Vec::new();
    measure(&mapped.text, start, |position, at| {
        character += mapped.text[byte..at].chars().count();
        byte = at;
        marks.push((position, mapped.raw_range(character, character + 1).start));
    });
    marks
}

/// What the file of a range of positions shows of a text.
fn share<'t>(text: &'t str, marks: &[(u32, usize)], range: std::ops::Range<u32>) -> &'t str {
    let (from, to) = (range.start.saturating_sub(OVERLAP), range.end + OVERLAP);
    let at = |position: u32| marks.partition_point(|&(mark, _)| mark < position);
    let byte = |mark: usize| marks.get(mark).map_or(text.len(), |&(_, byte)| byte);
    let start = if at(from) == 0 { 0 } else { byte(at(from)) };
    &text[start..byte(at(to)).max(start)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::tokens;

    fn block(text: &str) -> Passage {
        Passage {
            section: "节".to_owned(),
            anchor: "a".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn positions_are_counted_as_the_analyzer_does() {
        for text in [
            "",
            "刑法第264条，危险驾驶",
            "人",
            "A 人 b",
            "2018年度工作",
            "——",
            "一，二，三3",
        ] {
            let all = format!("{text}\n检察");
            let position = tokens(&all).last().map(|token| token.position);
            assert_eq!(position, Some(measure(&normalize(text), 0, |_, _| {})), "{text}");
        }
    }

    #[test]
    fn every_unit_stands_in_the_file_of_its_position() {
        let long: String = (0..3000).map(|n| format!("第{n}件事，")).collect();
        let blocks = [block("开头"), block(&long), block("结尾")];
        let files = cut(&blocks, 2048);
        let body = blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        for token in tokens(&body).filter(|token| token.kind == crate::index::analyzer::TokenKind::Word) {
            let text = &body[token.start..token.end];
            let file = &files[(token.position / 2048) as usize];
            assert!(
                file.iter().any(|place| place.text.contains(text)),
                "{text} at {}",
                token.position
            );
        }
        assert!(files.len() > 5);
        assert!(
            files
                .iter()
                .all(|file| { file.iter().map(|place| place.text.chars().count()).sum::<usize>() < 8000 })
        );
    }

    #[test]
    fn a_body_without_text_has_one_file() {
        assert_eq!(cut(&[], 2048).len(), 1);
        let block = block("——");
        assert_eq!(cut(std::slice::from_ref(&block), 2048), vec![vec![place(&block, "——")]]);
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
