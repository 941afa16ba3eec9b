//! Term blocks: consecutive terms of all fields with their postings and positions.
//!
//! The columns of a block stand one after the other, so that what is alike lies together: terms and
//! document frequencies, gaps of document numbers, frequencies, lengths, tables of what lies
//! outside, positions in three columns. `src/assets/client/bundle.js` reads them.

use super::bytes::{push, push_bytes};
use super::pack::Raw;
use super::payload::Content;
use crate::index::stretch;

/// How finely a bundle is cut. The client reads these from the directory; whatever they are, the answers
/// are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Raw bytes after which a term block is closed.
    pub block: usize,
    /// Most postings of a chunk; a longer list has its chunks in files of their own.
    pub chunk: usize,
    /// Most positions of a chunk that stand in its block; more have files of their own.
    pub inline: usize,
    /// Most positions of such a file, unless one document alone has more.
    pub part: usize,
    /// Positions of the body that a passage file shows.
    pub passage: u32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            block: 6000,
            chunk: 4096,
            inline: 16_384,
            part: 16_384,
            passage: stretch::SIZE,
        }
    }
}

/// What a field's lists hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Document numbers.
    Documents,
    /// These, frequencies and lengths.
    Frequencies,
    /// These and positions.
    Positions,
    /// Document numbers, frequencies and positions, without lengths.
    Places,
}

impl Shape {
    /// Whether lists of it have frequencies and lengths.
    pub(crate) fn is_scored(self) -> bool {
        matches!(self, Self::Frequencies | Self::Positions)
    }

    /// Whether lists of it have positions.
    pub(crate) fn has_positions(self) -> bool {
        matches!(self, Self::Positions | Self::Places)
    }
}

/// The postings of a term in one field.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// Document numbers, rising.
    pub(crate) docs: Vec<u32>,
    /// Frequencies.
    pub(crate) freqs: Vec<u32>,
    /// Quantised lengths of the field.
    pub(crate) norms: Vec<u8>,
    /// Positions, those of one document after those of the one before.
    pub(crate) positions: Vec<u32>,
}

impl List {
    pub(crate) fn clear(&mut self) {
        self.docs.clear();
        self.freqs.clear();
        self.norms.clear();
        self.positions.clear();
    }

    /// About the bytes that the list takes in its block.
    fn weight(&self, layout: &Layout) -> usize {
        let inline = if self.positions.len() <= layout.inline {
            self.positions.len()
        } else {
            0
        };
        if self.docs.len() <= layout.chunk {
            3 * self.docs.len() + inline
        } else {
            0
        }
    }
}

/// Number, shape and list of a field that has the term; fields rise.
pub(crate) struct FieldList<'a> {
    pub(crate) field: usize,
    pub(crate) shape: Shape,
    /// Whether passages are cut by the positions of this field.
    pub(crate) passages: bool,
    pub(crate) list: &'a List,
}

/// Columns of positions, which are gaps within a document. What a first position and what a later gap ends with are
/// distributed in their own ways, and above that there is little; so three codes take less than one.
#[derive(Debug, Default)]
struct Positions {
    /// The lowest seven bits of each document's first position; the eighth tells that `rest` has more.
    firsts: Vec<u8>,
    /// The same of the gaps behind it.
    steps: Vec<u8>,
    /// What is above seven bits, in the order of the positions.
    rest: Vec<u8>,
}

impl Positions {
    fn len(&self) -> usize {
        self.firsts.len() + self.steps.len() + self.rest.len()
    }

    /// Adds the first `freq` positions, those of a document, and gives the others.
    fn add<'p>(&mut self, positions: &'p [u32], freq: u32) -> &'p [u32] {
        let (own, others) = positions.split_at(freq as usize);
        let mut last = 0;
        for (number, &position) in own.iter().enumerate() {
            let gap = position - last;
            let low = if number == 0 { &mut self.firsts } else { &mut self.steps };
            if gap < 0x80 {
                low.push(gap as u8);
            } else {
                low.push(gap as u8 | 0x80);
                push(&mut self.rest, gap >> 7);
            }
            last = position;
        }
        others
    }

    fn into_parts(self) -> [Vec<u8>; 3] {
        [self.firsts, self.steps, self.rest]
    }
}

/// Columns of a chunk.
#[derive(Debug, Default)]
struct Columns {
    gaps: Vec<u8>,
    freqs: Vec<u8>,
    norms: Vec<u8>,
    tables: Vec<u8>,
    positions: Positions,
}

impl Columns {
    fn len(&self) -> usize {
        self.gaps.len() + self.freqs.len() + self.norms.len() + self.tables.len() + self.positions.len()
    }
}

/// A block that is being filled.
#[derive(Debug, Default)]
struct Block {
    terms: Vec<u8>,
    columns: Columns,
    files: Vec<Raw>,
    postings_files: u32,
    positions_files: u32,
}

/// Fills blocks with terms in order.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    layout: Layout,
    block: Block,
    /// Blocks of the group so far.
    group: Vec<Raw>,
    ready: Vec<Vec<Raw>>,
    count: usize,
    last: Vec<u8>,
    /// What parts each block from the one before.
    firsts: Vec<Vec<u8>>,
}

/// Blocks of a group.
pub(crate) const GROUP: usize = 32;

impl Blocks {
    pub(crate) fn new(layout: Layout) -> Self {
        Self {
            layout,
            ..Self::default()
        }
    }

    /// Adds a term, greater than all before, with its lists, of which there is at least one.
    pub(crate) fn add(&mut self, term: &[u8], lists: &[FieldList<'_>]) {
        let weight: usize = lists.iter().map(|field| field.list.weight(&self.layout)).sum();
        if self.ends_before(term, weight) {
            self.close();
        }
        if self.block.terms.is_empty() {
            self.firsts.push(separator(&self.last, term));
            self.last.clear();
        }
        self.block.add(&self.layout, &self.last, term, lists);
        self.last.clear();
        self.last.extend_from_slice(term);
    }

    /// Whether the block ends before a term that adds `weight`. What parts two blocks stands in the directory, which
    /// every page loads: a block ends early where few bytes tell its last term from the next one, late where many do.
    fn ends_before(&self, term: &[u8], weight: usize) -> bool {
        let (full, held) = (self.layout.block, self.block.len());
        let most = full + full / 4;
        // A heavy term stands by itself, so that its neighbours don't cost what it weighs.
        let heavy = held > full / 4 && held + weight > most;
        let least = match separator(&self.last, term).len() {
            // Another first character.
            ..=3 => full - full / 4,
            // A second one that is 64 or more characters away.
            4 | 5 => full - full / 8,
            _ => most,
        };
        heavy || held >= least
    }

    /// Ends the last block and its group.
    pub(crate) fn finish(&mut self) {
        if !self.block.terms.is_empty() {
            self.close();
        }
        if !self.group.is_empty() {
            self.ready.push(std::mem::take(&mut self.group));
        }
    }

    /// Takes the groups that are full.
    pub(crate) fn ready(&mut self) -> impl Iterator<Item = Vec<Raw>> {
        std::mem::take(&mut self.ready).into_iter()
    }

    /// What parts each block from the one before: a byte string above all terms before the block,
    /// not above any in it.
    pub(crate) fn firsts(&self) -> &[Vec<u8>] {
        &self.firsts
    }

    fn close(&mut self) {
        let number = self.count % GROUP;
        let block = std::mem::take(&mut self.block);
        self.count += 1;
        let Columns {
            gaps,
            freqs,
            norms,
            tables,
            positions,
        } = block.columns;
        let mut parts = vec![block.terms, gaps, freqs, norms, tables];
        parts.extend(positions.into_parts());
        self.group.push(file(number.to_string(), parts));
        self.group.extend(block.files.into_iter().map(|raw| Raw {
            name: format!("{number}{}", raw.name),
            ..raw
        }));
        if self.count.is_multiple_of(GROUP) {
            self.ready.push(std::mem::take(&mut self.group));
        }
    }
}

impl Block {
    fn len(&self) -> usize {
        self.terms.len() + self.columns.len()
    }

    fn add(&mut self, layout: &Layout, last: &[u8], term: &[u8], lists: &[FieldList<'_>]) {
        let shared = last.iter().zip(term).take_while(|(a, b)| a == b).count();
        push(&mut self.terms, shared as u32);
        push_bytes(&mut self.terms, &term[shared..]);
        push(
            &mut self.terms,
            lists.iter().fold(0, |mask, field| mask | 1 << field.field),
        );
        for field in lists {
            self.add_list(layout, field);
        }
    }

    fn add_list(&mut self, layout: &Layout, field: &FieldList<'_>) {
        let df = field.list.docs.len();
        push(&mut self.terms, df as u32);
        if df <= layout.chunk {
            let inline = field.list.positions.len() <= layout.inline;
            let outside = if inline {
                None
            } else {
                Some((&mut self.files, &mut self.positions_files))
            };
            add_chunk(layout, &mut self.columns, field, 0..df, 0, outside);
            return;
        }
        push(&mut self.terms, self.postings_files);
        let mut base = 0;
        for start in (0..df).step_by(layout.chunk) {
            let end = df.min(start + layout.chunk);
            let mut columns = Columns::default();
            add_chunk(
                layout,
                &mut columns,
                field,
                start..end,
                base,
                Some((&mut self.files, &mut self.positions_files)),
            );
            let last = field.list.docs[end - 1];
            push(&mut self.terms, last - base);
            base = last;
            let parts = vec![columns.gaps, columns.freqs, columns.norms, columns.tables];
            self.files.push(file(format!("p{}", self.postings_files), parts));
            self.postings_files += 1;
        }
    }
}

/// Adds the postings `range` of a list; positions go into the columns, or outside into files.
fn add_chunk(
    layout: &Layout,
    columns: &mut Columns,
    field: &FieldList<'_>,
    range: std::ops::Range<usize>,
    base: u32,
    outside: Option<(&mut Vec<Raw>, &mut u32)>,
) {
    let list = field.list;
    let mut last = base;
    for &doc in &list.docs[range.clone()] {
        push(&mut columns.gaps, doc - last);
        last = doc;
    }
    if field.shape == Shape::Documents {
        return;
    }
    for &freq in &list.freqs[range.clone()] {
        push(&mut columns.freqs, freq);
    }
    if field.shape.is_scored() {
        columns.norms.extend_from_slice(&list.norms[range.clone()]);
    }
    if !field.shape.has_positions() {
        return;
    }
    let before: usize = list.freqs[..range.start].iter().map(|&freq| freq as usize).sum();
    let freqs = &list.freqs[range];
    let mut rest = &list.positions[before..];
    let Some((files, number)) = outside else {
        freqs.iter().for_each(|&freq| rest = columns.positions.add(rest, freq));
        return;
    };
    push(&mut columns.tables, *number);
    let mut firsts = Vec::new();
    let mut at = 0;
    while at < freqs.len() {
        let (mut part, mut held, start) = (Positions::default(), 0, at);
        while at < freqs.len() && (at == start || held + freqs[at] as usize <= layout.part) {
            push(&mut firsts, rest.first().map_or(0, |first| first / layout.passage));
            rest = part.add(rest, freqs[at]);
            held += freqs[at] as usize;
            at += 1;
        }
        push(&mut columns.tables, (at - start) as u32);
        files.push(file(format!("q{number}"), part.into_parts().into()));
        *number += 1;
    }
    if field.passages {
        columns.tables.extend(firsts);
    }
}

/// A file of columns: the lengths of all but the last stand before them.
fn file(name: String, mut columns: Vec<Vec<u8>>) -> Raw {
    let mut head = Vec::new();
    columns
        .iter()
        .rev()
        .skip(1)
        .rev()
        .for_each(|column| push(&mut head, column.len() as u32));
    if let Some(first) = columns.first_mut() {
        first.splice(0..0, head);
    }
    Raw {
        name,
        content: Content::Columns,
        parts: columns,
    }
}

/// The shortest beginning of `next` that is above `last`.
fn separator(last: &[u8], next: &[u8]) -> Vec<u8> {
    let shared = last.iter().zip(next).take_while(|(a, b)| a == b).count();
    next[..next.len().min(shared + 1)].to_vec()
}
