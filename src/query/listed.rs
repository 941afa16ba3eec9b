//! A query that matches documents that were found already.

use std::sync::Arc;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Documents of the one segment, rising.
#[derive(Debug, Clone)]
pub(super) struct Listed(Arc<[DocId]>);

impl Listed {
    pub(super) fn new(docs: Vec<DocId>) -> Self {
        Self(docs.into())
    }
}

impl Query for Listed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Listed {
    fn scorer(&self, _: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Walk {
            docs: Arc::clone(&self.0),
            at: 0,
        }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("listed", 1.0))
    }
}

/// A walk over the documents; it adds nothing to scores.
struct Walk {
    docs: Arc<[DocId]>,
    at: usize,
}

impl DocSet for Walk {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for Walk {
    fn score(&mut self) -> Score {
        1.0
    }
}
