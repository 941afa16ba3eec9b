//! Documents like a text, or like a document: `docs/search.md`, section 8.
//!
//! [`Searcher::like_text`] and [`Searcher::like_document`] choose the telling tokens ([`telling`]), score by
//! BM25 and give the reason ([`reason`]). `src/assets/client/similar.js` is their twin.

mod reason;
mod telling;

use super::score::{self, Part, PartKind};
use super::search::{Searcher, ordered, read};
use crate::index::document::Meta;
use crate::index::schema::Texts;
use crate::index::{IndexError, Opened};
use crate::text::normalize;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TantivyDocument, Term};
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
pub(crate) struct Source {
    text: String,
    causes: Vec<String>,
    laws: Vec<String>,
    /// Whether it is a document of the index, which is not like itself.
    is_own: bool,
}

/// What documents are scored by.
pub(crate) struct Likeness<'a> {
    telling: Telling<'a>,
    /// Terms of `laws` with what each adds, the rarest first.
    pub laws: Vec<(String, f32)>,
}

impl Source {
    /// A text.
    pub(crate) fn text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// Its normal form, which [`Likeness::choose`] takes.
    pub(crate) fn normal(&self) -> String {
        normalize(&self.text)
    }
}

impl<'a> Likeness<'a> {
    /// Chooses by what documents are scored that are like a source, given with its normal form.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(crate) fn choose(source: &Source, normal: &'a str, opened: &Opened) -> tantivy::Result<Self> {
        let most = if source.is_own {
            LIKENESS.document
        } else {
            LIKENESS.text
        };
        let mut laws = Vec::new();
        for law in &source.laws {
            let documents = opened.frequency(&Term::from_field_text(opened.fields.laws, law))?;
            if documents > u64::from(source.is_own) {
                laws.push((law.clone(), telling::idf(documents, opened.statistics.documents)));
            }
        }
        laws.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        laws.truncate(LIKENESS.cited);
        Ok(Self {
            telling: Telling::choose(normal, source.is_own, most, opened)?,
            laws: laws
                .into_iter()
                .map(|(law, idf)| (law, LIKENESS.law * idf as f32))
                .collect(),
        })
    }

    /// The parts of the score but for its laws.
    pub(crate) fn parts(&self, opened: &Opened) -> Vec<Part> {
        let boosts = opened.settings.ranking.boosts();
        let fields = || opened.fields.texts().into_iter().zip(boosts);
        let of_token = |token: &telling::Token| {
            let (text, weight) = (token.text.clone(), token.repeated as f32);
            fields().map(move |(field, boost)| Part {
                kind: PartKind::Token,
                field,
                tokens: vec![text.clone()],
                boost,
                weight,
                documents: 1,
            })
        };
        self.telling.chosen().flat_map(of_token).collect()
    }
}

impl Searcher {
    /// The documents nearest to a text, the nearest first.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn like_text(&self, text: &str, limit: usize) -> Result<Vec<Alike>, IndexError> {
        self.like(&Source::text(text), None, limit)
    }

    /// The documents like the one of an id, from its title, keywords, causes and cited laws; `None` when there
    /// is no such document.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn like_document(&self, id: &str, limit: usize) -> Result<Option<Vec<Alike>>, IndexError> {
        match self.source(id)? {
            Some((own, source)) => self.like(&source, Some(own), limit).map(Some),
            None => Ok(None),
        }
    }

    /// What likeness to a document starts from, with its number.
    pub(crate) fn source(&self, id: &str) -> Result<Option<(u32, Source)>, IndexError> {
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
            is_own: true,
        };
        Ok(Some((own, source)))
    }

    fn like(&self, source: &Source, own: Option<u32>, limit: usize) -> Result<Vec<Alike>, IndexError> {
        let normal = source.normal();
        let likeness = Likeness::choose(source, &normal, &self.opened)?;
        let parts = likeness.parts(&self.opened);
        let parts = parts.iter().map(|part| part.query(1.0, &self.opened.statistics));
        let mut scores = score::of_query(score::sum(parts.collect()).as_ref(), &self.opened.searcher)?;
        for (law, added) in &likeness.laws {
            for doc in self.opened.documents_of(self.opened.fields.laws, law)? {
                scores[doc as usize] += added;
            }
        }
        let found = (0..scores.len() as u32).filter(|&doc| scores[doc as usize] > 0.0 && Some(doc) != own);
        let found = ordered(found.collect(), &scores, limit).into_iter();
        let found: Vec<(u32, f32)> = found.map(|doc| (doc, scores[doc as usize])).collect();
        self.alike(&found, source, &likeness)
    }

    /// Documents with their scores, and why they are like the source.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(crate) fn alike(
        &self,
        found: &[(u32, f32)],
        source: &Source,
        likeness: &Likeness<'_>,
    ) -> Result<Vec<Alike>, IndexError> {
        let cited = |(law, _): &(String, f32)| {
            let documents = self.opened.documents_of(self.opened.fields.laws, law)?;
            Ok((law.clone(), documents))
        };
        let cited = likeness
            .laws
            .iter()
            .map(cited)
            .collect::<Result<Vec<_>, IndexError>>()?;
        let one = |&(doc, score): &(u32, f32)| self.alike_one(doc, score, source, &likeness.telling, &cited);
        found.iter().map(one).collect()
    }

    fn alike_one(
        &self,
        doc: u32,
        score: f32,
        source: &Source,
        telling: &Telling<'_>,
        laws: &[(String, Vec<u32>)],
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
                .filter(|(_, docs)| docs.binary_search(&doc).is_ok())
                .map(|(law, _)| law.clone())
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
