//! What pages are given: the hits of a search in their order, more passages of a hit, what a list of suggestions and a page of
//! similar documents show.

use super::answer::{Answer, Tier};
use super::asked::{Asked, Order};
use super::search::{ENOUGH_STRICT, Searcher, ordered, read};
use super::similar::Alike;
use super::snippet::{self, Snippet};
use super::vocabulary::Vocabulary;
use super::{facets, plan::Plan};
use crate::index::document::{Meta, Passage};
use crate::index::schema::Texts;
use crate::index::{IndexError, facet, stretch};
use crate::record::Level;
use crate::text::normalize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tantivy::{DocAddress, TantivyDocument};

/// Passages of a hit that are shown where a reader asks for more.
const PASSAGES: usize = 3;

/// A document like another one, with what a page shows of it.
#[derive(Debug, Clone)]
pub struct Near {
    /// How near it is, and why.
    pub alike: Alike,
    /// What a result shows of its document.
    pub meta: Meta,
    /// How it begins, with its summary: section, anchor and text.
    pub blocks: Vec<Passage>,
}

impl Searcher {
    /// Answers what a page asks.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn answer(&self, asked: &Asked) -> Result<Answer, IndexError> {
        let plan = self.plan_of(asked);
        let strict = self.strict(&plan)?;
        // What is only counted has no scores.
        let scores = match asked.limit {
            0 if !asked.related => Vec::new(),
            _ => self.scores(&plan)?,
        };
        let related = if asked.related && strict.len() < ENOUGH_STRICT {
            self.related(&plan, &strict, &scores)?
        } else {
            Vec::new()
        };
        let (total, related_total) = (strict.len(), related.len());
        let facets = if asked.facets {
            facets::counts(&strict, &self.opened)?
        } else {
            BTreeMap::new()
        };
        let tiers = match asked.limit {
            0 => Vec::new(),
            limit => self.in_order(strict, &scores, asked.order, asked.offset.saturating_add(limit))?,
        };
        let strict = tiers.into_iter().map(|doc| (doc, Tier::Strict, scores[doc as usize]));
        let related = related.into_iter().map(|(doc, score)| (doc, Tier::Related, score));
        let hits = strict.chain(related).skip(asked.offset);
        let seats = asked.passages.then(|| self.seats(&plan)).transpose()?;
        let hits = hits
            .take(asked.limit)
            .map(|(doc, tier, score)| self.hit(doc, tier, score, &plan, seats.as_ref()));
        let hits = hits.collect::<Result<_, _>>()?;
        Ok(Answer {
            query: asked.query.clone(),
            total,
            related: related_total,
            hits,
            facets,
            notes: plan.notes,
        })
    }

    /// The first documents in an order; those that are equal in it by score falling, then number rising.
    fn in_order(&self, docs: Vec<u32>, scores: &[f32], order: Order, limit: usize) -> Result<Vec<u32>, IndexError> {
        let keys: BTreeMap<u32, i64> = match order {
            Order::Relevance => return Ok(ordered(docs, scores, limit)),
            Order::Date => self.dates(&docs)?,
            Order::Level => self.levels(&docs)?,
        };
        let count = docs.len();
        let mut docs = ordered(docs, scores, count);
        docs.sort_by_key(|doc| Reverse(keys.get(doc)));
        docs.truncate(limit);
        Ok(docs)
    }

    fn dates(&self, docs: &[u32]) -> Result<BTreeMap<u32, i64>, IndexError> {
        let mut dates = BTreeMap::new();
        for reader in self.opened.searcher.segment_readers() {
            let column = reader.fast_fields().i64("date")?;
            dates.extend(docs.iter().filter_map(|&doc| Some((doc, column.first(doc)?))));
        }
        Ok(dates)
    }

    fn levels(&self, docs: &[u32]) -> Result<BTreeMap<u32, i64>, IndexError> {
        let place = |value: &String| Level::ALL.iter().position(|level| level.key() == value);
        let mut levels = BTreeMap::new();
        for &doc in docs {
            let highest = self.values("level", doc)?.iter().filter_map(place).max();
            levels.extend(highest.map(|place| (doc, place as i64)));
        }
        Ok(levels)
    }

    /// The best passages of a hit of a search; none where the index has no such document.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn passages(&self, asked: &Asked, id: &str, tier: Tier) -> Result<Vec<Snippet>, IndexError> {
        let plan: Plan = self.plan_of(asked);
        let Some(&doc) = self.opened.documents_of(self.opened.fields.id, id)?.first() else {
            return Ok(Vec::new());
        };
        let seats = self.seats(&plan)?;
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, doc))?;
        self.with_passages((doc, &stored), tier, &seats, |document, seats| {
            snippet::several(&plan, tier, document, seats, PASSAGES)
        })
    }

    /// The synonym groups of which a member stands in a query.
    pub fn groups_in(&self, query: &str) -> Vec<Vec<String>> {
        let normal = normalize(query);
        let groups = self.synonyms.groups().iter();
        let within = groups.filter(|group| group.iter().any(|member| normal.contains(&member.normal)));
        within
            .map(|group| group.iter().map(|member| member.raw.clone()).collect())
            .collect()
    }

    /// For each facet the number of values that documents have.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn facet_values(&self) -> Result<BTreeMap<&'static str, usize>, IndexError> {
        let mut values = BTreeMap::new();
        for reader in self.opened.searcher.segment_readers() {
            for name in facet::facets().map(|filter| filter.column) {
                let count = reader.fast_fields().str(name)?.map_or(0, |column| column.num_terms());
                values.extend((count > 0).then_some((name, count)));
            }
        }
        Ok(values)
    }

    /// How many documents the index holds.
    pub fn documents(&self) -> u64 {
        self.opened.searcher.num_docs()
    }

    /// What a search box suggests.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn vocabulary(&self) -> Result<Vocabulary, IndexError> {
        Ok(Vocabulary::read(&self.opened)?)
    }

    /// What a page shows of a document that is like another one.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn near(&self, alike: Alike) -> Result<Near, IndexError> {
        let fields = &self.opened.fields;
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, alike.doc))?;
        let texts: Texts = read(&stored, fields.texts);
        let blocks: Vec<Passage> = read(&stored, fields.blocks);
        let aside = |text: String| Passage {
            text,
            ..Passage::default()
        };
        let body = stretch::cut(&blocks, stretch::SIZE)
            .into_iter()
            .next()
            .unwrap_or_default();
        let body = body.into_iter().map(|place| Passage {
            section: place.section.to_owned(),
            anchor: place.anchor.to_owned(),
            text: place.text.to_owned(),
        });
        let behind = texts.keywords.into_iter().chain(texts.extra).map(aside);
        Ok(Near {
            alike,
            meta: read(&stored, fields.meta),
            blocks: texts.summary.into_iter().map(aside).chain(body).chain(behind).collect(),
        })
    }
}
