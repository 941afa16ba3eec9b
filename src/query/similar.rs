//! Documents like a text, or like a document: `docs/search.md`, section 8.
//!
//! [`Searcher::like_text`] and [`Searcher::like_document`] choose the telling tokens ([`telling`]), score by
//! BM25 and give the reason ([`reason`]). `src/assets/client/similar.js` is their twin.

mod reason;
mod telling;

use super::score::{self, Part, PartKind};
use super::search::{Searcher, ordered, read};
use crate::index::IndexError;
use crate::index::document::Meta;
use crate::index::schema::Texts;
use crate::text::normalize;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TantivyDocument};
use telling::Telling;

/// The parameters as the browser takes them.
pub const PARAMETERS: &str = include_str!("../assets/data/likeness.json");

/// What likeness is measured by; `docs/search.md`, section 8, says what each one does.
#[derive(Debug, Deserialize)]
struct Parameters {
    candidates: usize,
    document: usize,
    text: usize,
    cited: usize,
    law: f32,
    stranger: f64,
    full: f64,
    phrases: usize,
    bands: Vec<(String, f64)>,
    particles: String,
    function_words: String,
}

static LIKENESS: LazyLock<Parameters> = LazyLock::new(|| {
    // Part of the program: a test reads it.
    serde_json::from_str(PARAMETERS).expect("likeness.json is well formed")
});

/// A document like what was asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Alike {
    /// Id of the document.
    pub id: String,
    /// As the page shows it.
    pub title: String,
    /// Kind, by its English key.
    pub kind: String,
    /// Score of the ranking.
    pub score: f32,
    /// The score as a share of what a document wholly about the same would have; from 0 to 1.
    pub nearness: f64,
    /// `near`, `rather` or `related`; none below all thresholds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<&'static str>,
    /// Longest phrases that both hold, in normal form.
    pub phrases: Vec<String>,
    /// Causes that both have.
    pub causes: Vec<String>,
    /// Cited articles that both have, as terms such as `刑法#264条`.
    pub laws: Vec<String>,
    /// Those that both have.
    pub authors: Vec<String>,
    /// Highest level at which it was adopted.
    pub level: Vec<String>,
    /// Badges: what became of it.
    pub badges: Vec<String>,
    /// Date as shown, or empty.
    pub date: String,
    /// Document number in the index.
    #[serde(skip)]
    pub doc: u32,
}

/// What likeness starts from.
#[derive(Debug, Clone, Default)]
struct Source {
    text: String,
    causes: Vec<String>,
    laws: Vec<String>,
    /// The document itself, which is not like itself.
    own: Option<u32>,
}

impl Searcher {
    /// The documents nearest to a text, the nearest first.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn like_text(&self, text: &str, limit: usize) -> Result<Vec<Alike>, IndexError> {
        let source = Source {
            text: text.to_owned(),
            ..Source::default()
        };
        self.like(&source, LIKENESS.text, limit)
    }

    /// The documents like the one of an id, from its title, keywords, causes and cited laws; `None` when there
    /// is no such document.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn like_document(&self, id: &str, limit: usize) -> Result<Option<Vec<Alike>>, IndexError> {
        let fields = &self.opened.fields;
        let Some(&own) = self.opened.documents_of(fields.id, id)?.first() else {
            return Ok(None);
        };
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, own))?;
        let (meta, texts): (Meta, Texts) = (read(&stored, fields.meta), read(&stored, fields.texts));
        let lines: Vec<&str> = std::iter::once(meta.title.as_str())
            .chain(texts.keywords.iter().map(String::as_str))
            .collect();
        let source = Source {
            text: lines.join("\n"),
            causes: self.values("cause", own)?,
            laws: self.laws_of(own)?,
            own: Some(own),
        };
        self.like(&source, LIKENESS.document, limit).map(Some)
    }

    fn like(&self, source: &Source, most: usize, limit: usize) -> Result<Vec<Alike>, IndexError> {
        let normal = normalize(&source.text);
        let telling = Telling::choose(&normal, source.own.is_some(), most, &self.opened)?;
        let laws = self.telling_laws(source)?;
        let mut scores = self.likeness(&telling)?;
        for (_, idf, docs) in &laws {
            docs.iter()
                .for_each(|&doc| scores[doc as usize] += LIKENESS.law * *idf as f32);
        }
        let found = (0..scores.len() as u32).filter(|&doc| scores[doc as usize] > 0.0 && Some(doc) != source.own);
        let alike = |&doc: &u32| self.alike(doc, scores[doc as usize], source, &telling, &laws);
        ordered(found.collect(), &scores, limit).iter().map(alike).collect()
    }

    /// What the chosen tokens add, by document.
    fn likeness(&self, telling: &Telling) -> Result<Vec<f32>, IndexError> {
        let boosts = self.opened.settings.ranking.boosts();
        let mut queries = Vec::new();
        for token in telling.chosen() {
            for (field, boost) in self.opened.fields.texts().into_iter().zip(boosts) {
                let part = Part {
                    kind: PartKind::Token,
                    field,
                    tokens: vec![token.text.clone()],
                    boost,
                    weight: token.repeated as f32,
                    documents: 1,
                };
                queries.push(part.query(1.0));
            }
        }
        Ok(score::of_query(score::sum(queries).as_ref(), &self.opened.searcher)?)
    }

    /// Of the source's laws those that other documents cite, the rarest first, with idf and documents.
    fn telling_laws(&self, source: &Source) -> Result<Vec<(String, f64, Vec<u32>)>, IndexError> {
        let mut laws = Vec::new();
        for law in &source.laws {
            let docs = self.opened.documents_of(self.opened.fields.laws, law)?;
            if docs.len() > usize::from(source.own.is_some()) {
                let idf = telling::idf(docs.len() as u64, self.opened.searcher.num_docs());
                laws.push((law.clone(), idf, docs));
            }
        }
        laws.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        laws.truncate(LIKENESS.cited);
        Ok(laws)
    }

    fn alike(
        &self,
        doc: u32,
        score: f32,
        source: &Source,
        telling: &Telling,
        laws: &[(String, f64, Vec<u32>)],
    ) -> Result<Alike, IndexError> {
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, doc))?;
        let meta: Meta = read(&stored, self.opened.fields.meta);
        let held = telling.held(doc, &self.opened)?;
        let nearness = telling.nearness(score);
        let band = LIKENESS.bands.iter().find(|(_, least)| nearness >= *least);
        let causes = self.values("cause", doc)?;
        Ok(Alike {
            score,
            nearness,
            band: band.map(|(name, _)| name.as_str()),
            phrases: reason::phrases(telling, &held, LIKENESS.phrases),
            causes: source
                .causes
                .iter()
                .filter(|own| causes.contains(own))
                .cloned()
                .collect(),
            laws: laws
                .iter()
                .filter(|(_, _, docs)| docs.binary_search(&doc).is_ok())
                .map(|(law, _, _)| law.clone())
                .collect(),
            authors: self.values("author", doc)?,
            level: self.values("level", doc)?,
            id: meta.id,
            title: meta.title,
            kind: meta.kind,
            badges: meta.badges,
            date: meta.date,
            doc,
        })
    }

    /// The values of a facet of a document.
    pub(super) fn values(&self, name: &str, doc: u32) -> Result<Vec<String>, IndexError> {
        let mut values = Vec::new();
        for reader in self.opened.searcher.segment_readers() {
            if let Some(column) = reader.fast_fields().str(name)? {
                for ordinal in column.ords().values_for_doc(doc) {
                    let mut value = String::new();
                    column.ord_to_str(ordinal, &mut value)?;
                    values.push(value);
                }
            }
        }
        Ok(values)
    }

    /// The terms of `laws` that a document has: each term is looked into, since they are not stored.
    fn laws_of(&self, doc: u32) -> Result<Vec<String>, IndexError> {
        let mut laws = Vec::new();
        for reader in self.opened.searcher.segment_readers() {
            let index = reader.inverted_index(self.opened.fields.laws)?;
            let mut terms = index.terms().stream()?;
            while let Some((key, info)) = terms.next() {
                let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                let at = if postings.doc() < doc {
                    postings.seek(doc)
                } else {
                    postings.doc()
                };
                if at == doc {
                    laws.push(String::from_utf8_lossy(key).into_owned());
                }
            }
        }
        Ok(laws)
    }
}

#[cfg(test)]
mod tests;
