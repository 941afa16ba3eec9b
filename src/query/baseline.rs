//! What search is measured against: a literal grep, and a plain OR of tokens.

use super::score;
use super::search::{Searcher, ordered, read};
use crate::index::IndexError;
use crate::index::analyzer::{TokenKind, tokens};
use crate::index::document::{Meta, Passage};
use crate::index::schema::{Fields, Texts};
use crate::text::normalize;
use std::collections::BTreeSet;
use tantivy::query::{Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, TantivyDocument};

/// The stored texts of an index, held in memory for as long as it is measured.
pub(super) struct Baselines<'a> {
    searcher: &'a Searcher,
    /// Id and texts, one a line, of each document by its number.
    documents: Vec<(String, String)>,
}

impl<'a> Baselines<'a> {
    /// Reads the texts of every document.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(super) fn read(searcher: &'a Searcher) -> Result<Self, IndexError> {
        let opened = &searcher.opened;
        let mut documents = Vec::new();
        for number in 0..opened.searcher.num_docs() as u32 {
            let stored: TantivyDocument = opened.searcher.doc(DocAddress::new(0, number))?;
            let meta: Meta = read(&stored, opened.fields.meta);
            let blocks: Vec<Passage> = read(&stored, opened.fields.blocks);
            let texts: Texts = read(&stored, opened.fields.texts);
            let mut lines = vec![meta.title.as_str()];
            lines.extend(blocks.iter().map(|block| block.text.as_str()));
            let lists = [&texts.summary, &texts.keywords, &texts.extra];
            lines.extend(lists.into_iter().flatten().map(String::as_str));
            let text = lines.join("\n");
            documents.push((meta.id, text));
        }
        Ok(Self { searcher, documents })
    }

    /// Ids of all documents.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|(id, _)| id.as_str())
    }

    /// The documents that hold the query, character by character, in one of their stored texts; in document order.
    pub(super) fn grep(&self, query: &str, limit: usize) -> Vec<&str> {
        let holding = self.documents.iter().filter(|(_, text)| text.contains(query));
        holding.take(limit).map(|(id, _)| id.as_str()).collect()
    }

    /// The documents that hold any token of the query, by the sum of its distinct tokens' BM25 in title and
    /// body: no weights, no boosts, no phrases, no article tokens.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(super) fn any_token(&self, query: &str, limit: usize) -> Result<Vec<&str>, IndexError> {
        let opened = &self.searcher.opened;
        let normal = normalize(query);
        let plain = tokens(&normal).filter(|token| !matches!(token.kind, TokenKind::Article(_)));
        let distinct: BTreeSet<&str> = plain.map(|token| &normal[token.start..token.end]).collect();
        let fields = [opened.fields.title, opened.fields.body];
        let parts = distinct.iter().flat_map(|token| {
            fields.map(|field| {
                let term = Fields::term(field, token);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
            })
        });
        let scores = score::of_query(score::sum(parts.collect()).as_ref(), &opened.searcher)?;
        let found = (0..).zip(&scores).filter(|&(_, &score)| score > 0.0);
        let ranked = ordered(found.map(|(doc, _)| doc).collect(), &scores, limit);
        Ok(ranked
            .into_iter()
            .map(|doc| self.documents[doc as usize].0.as_str())
            .collect())
    }
}
