//! What a search returns.

use crate::index::document::Meta;
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole answer to one query.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The query as typed.
    pub query: String,
    /// Number of strict matches.
    pub total: usize,
    /// Number of related documents (at most 50).
    pub related: usize,
    /// The hits asked for, strict before related.
    pub hits: Vec<Hit>,
    /// Counts over the strict matches: facet, value, documents.
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// What could not be taken as meant: message codes of the catalogue with their argument.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// One document found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// Id of the document.
    pub id: String,
    /// As the page shows it.
    pub title: String,
    /// Kind, by its English key.
    pub kind: String,
    /// BM25 score.
    pub score: f32,
    /// Strict or related.
    pub tier: Tier,
    /// Section of the best passage.
    pub section: String,
    /// The best passage, with the marks as `<mark>…</mark>` around HTML-escaped text.
    pub snippet: String,
    /// Document number in the index.
    #[serde(skip)]
    pub doc: u32,
    /// What else a result shows.
    #[serde(skip)]
    pub meta: Meta,
    /// Anchor of the best passage in the page.
    #[serde(skip)]
    pub anchor: String,
    /// Whether other passages hold something, too.
    #[serde(skip)]
    pub more: bool,
}

/// How a document matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// It holds every word.
    Strict,
    /// It holds at least half of the tokens, by idf.
    Related,
}

/// Something that the reader of a query has to tell: a code of the catalogue and its argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Such as `query.unclosed-quote`.
    pub code: &'static str,
    /// What it is about.
    pub about: String,
}
