//! Reads the terms of all fields from the index, in one order, with their postings.

use super::Result;
use super::block::{Blocks, FieldList, Layout, List, Shape};
use super::pack::Emit;
use crate::index::{FieldTotals, Opened};
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

/// The fields of the index with their bits in the bundle, as `bundle.js` knows them. Joints have the bit of their text
/// field: their names tell them from its tokens.
pub(crate) const FIELDS: [(&str, usize, Shape); 18] = [
    ("title", 0, Shape::Positions),
    ("body", BODY, Shape::Positions),
    ("summary", 2, Shape::Positions),
    ("keywords", 3, Shape::Positions),
    ("headings", 4, Shape::Positions),
    ("extra", 5, Shape::Positions),
    ("chars", 6, Shape::Frequencies),
    ("number", 7, Shape::Frequencies),
    ("laws", 8, Shape::Documents),
    ("parts", 9, Shape::Documents),
    ("title_chars", 10, Shape::Documents),
    ("title_parts", 11, Shape::Documents),
    ("articles", 12, Shape::Documents),
    ("title_joints", 0, Shape::Places),
    ("body_joints", BODY, Shape::Places),
    ("summary_joints", 2, Shape::Places),
    ("keywords_joints", 3, Shape::Places),
    ("extra_joints", 5, Shape::Places),
];

/// The bit of the field whose positions cut the passages.
const BODY: usize = 1;

struct Source {
    bit: usize,
    shape: Shape,
    index: Arc<InvertedIndexReader>,
    norms: Option<FieldNormReader>,
}

impl Source {
    fn open(segment: &SegmentReader, name: &str, bit: usize, shape: Shape) -> Result<Self> {
        let field = segment.schema().get_field(name)?;
        let norms = if shape.is_scored() {
            Some(segment.get_fieldnorms_reader(field)?)
        } else {
            None
        };
        Ok(Self {
            bit,
            shape,
            index: segment.inverted_index(field)?,
            norms,
        })
    }

    fn read(&self, info: &TermInfo, list: &mut List, own: &mut Vec<u32>) -> Result<()> {
        list.clear();
        let option = match self.shape {
            Shape::Documents => IndexRecordOption::Basic,
            Shape::Frequencies => IndexRecordOption::WithFreqs,
            Shape::Positions | Shape::Places => IndexRecordOption::WithFreqsAndPositions,
        };
        let mut postings = self.index.read_postings_from_terminfo(info, option)?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            list.docs.push(doc);
            if self.shape != Shape::Documents {
                list.freqs.push(postings.term_freq());
            }
            if let Some(norms) = &self.norms {
                list.norms.push(norms.fieldnorm_id(doc));
            }
            if self.shape.has_positions() {
                postings.positions(own);
                list.positions.extend_from_slice(own);
            }
            doc = postings.advance();
        }
        Ok(())
    }
}

/// The size of each field that is scored, by their bits.
pub(crate) fn totals(opened: &Opened) -> Result<Vec<(&'static str, FieldTotals)>> {
    let scored = FIELDS.into_iter().filter(|(.., shape)| shape.is_scored());
    scored
        .map(|(name, ..)| Ok((name, opened.statistics.field(opened.index.schema().get_field(name)?))))
        .collect()
}

/// Emits all terms in groups of blocks; gives what parts the blocks.
pub(crate) fn write(segment: &SegmentReader, layout: Layout, emit: &mut Emit<'_>) -> Result<Vec<Vec<u8>>> {
    let sources = FIELDS
        .iter()
        .map(|(name, bit, shape)| Source::open(segment, name, *bit, *shape))
        .collect::<Result<Vec<_>>>()?;
    let mut streams = sources
        .iter()
        .map(|source| source.index.terms().stream())
        .collect::<Result<Vec<_>, _>>()?;
    let mut open: Vec<bool> = streams.iter_mut().map(TermStreamer::advance).collect();
    let mut lists: Vec<List> = sources.iter().map(|_| List::default()).collect();
    let (mut blocks, mut term, mut own) = (Blocks::new(layout), Vec::new(), Vec::new());
    while let Some(first) = (0..streams.len())
        .filter(|&at| open[at])
        .min_by_key(|&at| streams[at].key())
    {
        term.clear();
        term.extend_from_slice(streams[first].key());
        let mut holders = Vec::with_capacity(streams.len());
        for at in 0..streams.len() {
            if open[at] && streams[at].key() == term {
                sources[at].read(streams[at].value(), &mut lists[at], &mut own)?;
                open[at] = streams[at].advance();
                holders.push(at);
            }
        }
        let of = |at: usize| FieldList {
            field: sources[at].bit,
            shape: sources[at].shape,
            passages: sources[at].bit == BODY,
            list: &lists[at],
        };
        blocks.add(&term, &holders.into_iter().map(of).collect::<Vec<_>>());
        blocks.ready().try_for_each(&mut *emit)?;
    }
    blocks.finish();
    blocks.ready().try_for_each(&mut *emit)?;
    Ok(blocks.firsts().to_vec())
}
