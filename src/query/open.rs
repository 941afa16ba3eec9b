//! Documents of phrases that tantivy has no query for: with joints, and with letters and digits that go on beyond what
//! was typed. `docs/search.md`, section 3.

use super::plan::Place;
use crate::index::Opened;
use crate::index::analyzer::{is_joint, tail};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

/// The documents in which what is asked for stands at its offsets in a field, rising.
pub(super) fn documents(places: &[(u32, Place)], field: Field, opened: &Opened) -> tantivy::Result<Vec<DocId>> {
    let Sought { mut held } = Sought::of(places, field, opened)?;
    if let [(_, only)] = held.as_slice() {
        return only.documents();
    }
    // The rarest first: the others are looked into for its documents alone.
    held.sort_by_key(|(at, found)| (found.bound(), *at));
    let mut starts: Option<BTreeMap<DocId, Vec<u32>>> = None;
    for (at, found) in &held {
        starts = Some(found.starts(*at, starts.as_ref())?);
    }
    let starts = starts.unwrap_or_default().into_iter();
    Ok(starts
        .filter(|(_, places)| !places.is_empty())
        .map(|(doc, _)| doc)
        .collect())
}

/// What is asked for in a field, with the terms that may stand at each of its places; without places where one has no term.
pub(super) struct Sought {
    held: Vec<(u32, Found)>,
}

impl Sought {
    pub(super) fn of(places: &[(u32, Place)], field: Field, opened: &Opened) -> tantivy::Result<Self> {
        let mut held = Vec::with_capacity(places.len());
        // There is one segment at most: a segment's document number is the index's.
        if let Some(segment) = opened.searcher.segment_readers().first() {
            for (at, place) in places {
                let found = Found::of(place, field, opened, segment)?;
                if found.infos.is_empty() {
                    return Ok(Self { held: Vec::new() });
                }
                held.push((*at, found));
            }
        }
        Ok(Self { held })
    }

    /// At most so many documents hold it.
    pub(super) fn bound(&self) -> u64 {
        self.held.iter().map(|(_, found)| found.bound()).min().unwrap_or(0)
    }

    /// Where in a document it stands, rising.
    pub(super) fn starts(&self, doc: DocId) -> tantivy::Result<Vec<u32>> {
        let mut starts: Option<Vec<u32>> = None;
        for (at, found) in &self.held {
            let own = found.starts_in(doc, *at)?;
            starts = Some(match starts {
                None => own,
                Some(known) => known
                    .into_iter()
                    .filter(|start| own.binary_search(start).is_ok())
                    .collect(),
            });
        }
        Ok(starts.unwrap_or_default())
    }
}

/// The documents with a term in a field that begins so, rising.
pub(super) fn beginning_with(prefix: &str, field: Field, opened: &Opened) -> tantivy::Result<Vec<DocId>> {
    let Some(segment) = opened.searcher.segment_readers().first() else {
        return Ok(Vec::new());
    };
    let index = segment.inverted_index(field)?;
    let infos = beginning(&index, prefix, |_| true)?;
    Found { index, infos }.documents()
}

/// The terms that may stand at a place.
struct Found {
    index: std::sync::Arc<InvertedIndexReader>,
    infos: Vec<TermInfo>,
}

impl Found {
    fn of(place: &Place, field: Field, opened: &Opened, segment: &SegmentReader) -> tantivy::Result<Self> {
        let joint = match place {
            Place::Token(name) | Place::Begins(name) => is_joint(name),
            Place::Joint { .. } => true,
        };
        let index = segment.inverted_index(if joint { opened.fields.joints_of(field) } else { field })?;
        let infos = match place {
            Place::Token(name) => index.terms().get(name)?.into_iter().collect(),
            Place::Begins(prefix) => beginning(&index, prefix, |_| true)?,
            Place::Joint { prefix, behind, open } => beginning(&index, prefix, |rest| {
                tail(rest).is_some_and(|unit| {
                    if *open {
                        unit.starts_with(behind)
                    } else {
                        unit == behind
                    }
                })
            })?,
        };
        Ok(Self { index, infos })
    }

    /// At most so many documents.
    fn bound(&self) -> u64 {
        self.infos.iter().map(|info| u64::from(info.doc_freq)).sum()
    }

    fn postings(&self, option: IndexRecordOption) -> impl Iterator<Item = tantivy::Result<SegmentPostings>> {
        let read = move |info| Ok(self.index.read_postings_from_terminfo(info, option)?);
        self.infos.iter().map(read)
    }

    fn documents(&self) -> tantivy::Result<Vec<DocId>> {
        let mut docs = BTreeSet::new();
        for postings in self.postings(IndexRecordOption::Basic) {
            let mut postings = postings?;
            while postings.doc() != TERMINATED {
                docs.insert(postings.doc());
                postings.advance();
            }
        }
        Ok(docs.into_iter().collect())
    }

    /// Where in a document phrases may start that have this at an offset, rising.
    fn starts_in(&self, doc: DocId, at: u32) -> tantivy::Result<Vec<u32>> {
        let (mut out, mut positions) = (Vec::new(), Vec::new());
        for postings in self.postings(IndexRecordOption::WithFreqsAndPositions) {
            let mut postings = postings?;
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.positions(&mut positions);
                out.extend(positions.iter().filter_map(|position| position.checked_sub(at)));
            }
        }
        out.sort_unstable();
        Ok(out)
    }

    /// Where phrases may start that have this at an offset: of the starts that are known already, if any are.
    fn starts(&self, at: u32, known: Option<&BTreeMap<DocId, Vec<u32>>>) -> tantivy::Result<BTreeMap<DocId, Vec<u32>>> {
        let mut out: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
        let mut positions = Vec::new();
        for postings in self.postings(IndexRecordOption::WithFreqsAndPositions) {
            let mut postings = postings?;
            let mut take = |postings: &mut SegmentPostings, wanted: Option<&Vec<u32>>| {
                postings.positions(&mut positions);
                let starts = positions.iter().filter_map(|position| position.checked_sub(at));
                let starts = starts.filter(|start| wanted.is_none_or(|wanted| wanted.contains(start)));
                out.entry(postings.doc()).or_default().extend(starts);
            };
            match known {
                None => {
                    while postings.doc() != TERMINATED {
                        take(&mut postings, None);
                        postings.advance();
                    }
                }
                Some(known) => {
                    for (&doc, starts) in known.iter().filter(|(_, starts)| !starts.is_empty()) {
                        if postings.doc() < doc {
                            postings.seek(doc);
                        }
                        if postings.doc() == doc {
                            take(&mut postings, Some(starts));
                        }
                    }
                }
            }
        }
        Ok(out)
    }
}

/// The terms whose names begin with a prefix and go on as the test says.
fn beginning(
    index: &InvertedIndexReader,
    prefix: &str,
    holds: impl Fn(&str) -> bool,
) -> tantivy::Result<Vec<TermInfo>> {
    let mut terms = index.terms().range().ge(prefix).into_stream()?;
    let mut out = Vec::new();
    while let Some((name, info)) = terms.next() {
        let Some(rest) = name.strip_prefix(prefix.as_bytes()) else {
            break;
        };
        if std::str::from_utf8(rest).is_ok_and(&holds) {
            out.push(info.clone());
        }
    }
    Ok(out)
}
