//! Running a query against an index.

use super::answer::{Answer, Hit, Tier};
use super::asked::Asked;
use super::plan::{self, Plan};
use super::snippet::{Document, Seat, Seats, Snippet};
use super::synonyms::Synonyms;
use super::{filter, related, score, snippet, strict, syntax};
use crate::index::document::{Meta, Passage};
use crate::index::schema::Texts;
use crate::index::stretch;
use crate::index::{IndexError, IndexSettings, Opened};
use std::path::Path;
use std::sync::Arc;
use tantivy::query::{AllQuery, EnableScoring, Query};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

/// From how many strict matches on no related documents are shown.
pub(crate) const ENOUGH_STRICT: usize = 10;
/// The most related documents that are shown.
pub(crate) const MOST_RELATED: usize = 50;

/// Which of the hits are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many hits at most.
    pub limit: usize,
    /// How many hits to leave out from the start.
    pub offset: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 10, offset: 0 }
    }
}

/// An open index that answers queries.
pub struct Searcher {
    pub(super) opened: Opened,
    pub(super) synonyms: Arc<Synonyms>,
    stretch: u32,
    passages: bool,
}

impl Searcher {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// Those of [`crate::index::open`].
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        Ok(Self::over(crate::index::open(dir)?))
    }

    /// Asks an index that is open.
    pub(crate) fn over(opened: Opened) -> Self {
        Self {
            synonyms: Arc::new(Synonyms::new(&opened.settings.synonyms)),
            opened,
            stretch: stretch::SIZE,
            passages: true,
        }
    }

    /// Asks another index of the same settings.
    pub(crate) fn also_over(&self, opened: Opened) -> Self {
        Self {
            opened,
            synonyms: Arc::clone(&self.synonyms),
            ..*self
        }
    }

    /// The index that is asked.
    pub(crate) fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The numbers of documents, given by their ids.
    pub(crate) fn numbered<T: Copy>(&self, documents: &[(String, T)]) -> Result<Vec<(u32, T)>, IndexError> {
        let mut out = Vec::with_capacity(documents.len());
        for (id, value) in documents {
            let found = self.opened.documents_of(self.opened.fields.id, id)?;
            out.extend(found.first().map(|&doc| (doc, *value)));
        }
        Ok(out)
    }

    /// Hits for documents that were found elsewhere, in their order.
    pub(crate) fn hits_of(
        &self,
        found: &[(String, (Tier, f32))],
        plan: &Plan,
        passages: bool,
    ) -> Result<Vec<Hit>, IndexError> {
        let seats = passages
            .then(|| Seats::new(plan, &self.opened, self.stretch))
            .transpose()?;
        let found = self.numbered(found)?.into_iter();
        let hits = found.map(|(doc, (tier, score))| self.hit(doc, tier, score, plan, seats.as_ref()));
        hits.collect()
    }

    /// Answers without the passages of the hits, which take most of the time where hits are many.
    #[must_use]
    pub fn without_passages(self) -> Self {
        Self {
            passages: false,
            ..self
        }
    }

    /// Chooses snippets as the browser does where a bundle has stretches of so many positions.
    #[must_use]
    pub fn with_stretches(self, stretch: u32) -> Self {
        Self { stretch, ..self }
    }

    /// What the index was built with.
    pub fn settings(&self) -> &IndexSettings {
        &self.opened.settings
    }

    /// Answers a query. A bad query is read as well as it can be, never refused.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, IndexError> {
        self.answer(&Asked {
            limit: options.limit,
            offset: options.offset,
            passages: self.passages,
            ..Asked::of(query)
        })
    }

    /// Documents by score alone, strict or not, with their numbers: what the ranking by itself says.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn ranked(&self, query: &str, limit: usize) -> Result<Vec<(u32, f32)>, IndexError> {
        let scores = self.scores(&self.plan(query))?;
        let scored = (0..scores.len() as u32)
            .filter(|&doc| scores[doc as usize] > 0.0)
            .collect();
        Ok(ordered(scored, &scores, limit)
            .into_iter()
            .map(|doc| (doc, scores[doc as usize]))
            .collect())
    }

    /// The plan of a query.
    pub fn plan(&self, query: &str) -> Plan {
        plan::plan(&syntax::parse(query, self.year()), &self.synonyms)
    }

    /// The plan of what is asked.
    pub(crate) fn plan_of(&self, asked: &Asked) -> Plan {
        let parsed = syntax::parse(&asked.query, self.year());
        plan::plan_without(&parsed, &self.synonyms, &asked.without)
    }

    /// The year of the reference day.
    pub(super) fn year(&self) -> Option<i64> {
        self.opened.settings.year()
    }

    /// The strict matches in rising order.
    pub(super) fn strict(&self, plan: &Plan) -> Result<Vec<u32>, IndexError> {
        if plan.is_empty() {
            return Ok(Vec::new());
        }
        let clause = |words: &Vec<plan::Match>| {
            let words = words.iter().map(|word| strict::word(word, &self.opened));
            Ok(strict::any(words.collect::<tantivy::Result<_>>()?))
        };
        let clauses = plan.clauses.iter().map(clause).collect::<tantivy::Result<_>>()?;
        self.matching(plan, clauses)
    }

    /// The documents near to a query that pass filters and exclusions and are not strict, the nearest first, with their
    /// scores. An article or a number is told by its token: where there is one, documents score as strict ones do. Scores
    /// that differ by rounding alone are the same.
    pub(super) fn related(&self, plan: &Plan, strict: &[u32], scores: &[f32]) -> Result<Vec<(u32, f32)>, IndexError> {
        if plan.clauses.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = related::documents(&plan.related, &self.opened)?;
        found.retain(|(doc, _)| strict.binary_search(doc).is_err());
        if !(plan.filters.is_empty() && plan.excluded.is_empty()) {
            let allowed = self.matching(plan, Vec::new())?;
            found.retain(|(doc, _)| allowed.binary_search(doc).is_ok());
        }
        let score = |(doc, near): (u32, f64)| {
            let score = if plan.score.numbered {
                scores[doc as usize]
            } else {
                near as f32
            };
            (doc, score)
        };
        let mut found: Vec<(u32, f32)> = found.into_iter().map(score).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(MOST_RELATED);
        Ok(found)
    }

    /// Documents that match all of these queries and pass the plan's filters and exclusions, rising.
    pub(super) fn matching(&self, plan: &Plan, mut required: Vec<Box<dyn Query>>) -> Result<Vec<u32>, IndexError> {
        let [required_filters, mut refused] = filter::queries(&plan.filters, &self.opened)?;
        required.extend(required_filters);
        if required.is_empty() {
            required.push(Box::new(AllQuery));
        }
        let mut docs = self.collect(strict::all(required).as_ref())?;
        for word in &plan.excluded {
            refused.push(strict::word(word, &self.opened)?);
        }
        // Taken away here and not by tantivy: its exclusion may ask a phrase for a document that it has passed
        // (0.27, `Exclude::new`), which phrases don't answer rightly.
        for query in refused {
            let refused = self.collect(query.as_ref())?;
            docs.retain(|doc| refused.binary_search(doc).is_err());
        }
        Ok(docs)
    }

    /// The documents of a query, rising.
    fn collect(&self, query: &dyn Query) -> Result<Vec<u32>, IndexError> {
        let searcher = &self.opened.searcher;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut docs = Vec::new();
        for reader in searcher.segment_readers() {
            weight.for_each_no_score(reader, &mut |found| docs.extend_from_slice(found))?;
        }
        Ok(docs)
    }

    pub(super) fn scores(&self, plan: &Plan) -> Result<Vec<f32>, IndexError> {
        let query = self.parts(plan)?.query(&self.opened.statistics);
        Ok(score::of_query(query.as_ref(), &self.opened.searcher)?)
    }

    /// What adds to scores.
    pub(crate) fn parts(&self, plan: &Plan) -> Result<score::Parts, IndexError> {
        Ok(score::parts(&plan.score, &self.opened)?)
    }

    pub(super) fn hit(
        &self,
        doc: u32,
        tier: Tier,
        score: f32,
        plan: &Plan,
        seats: Option<&Seats>,
    ) -> Result<Hit, IndexError> {
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, doc))?;
        let meta: Meta = read(&stored, self.opened.fields.meta);
        let best = |document: &Document<'_>, seats: &[Seat]| snippet::best(plan, tier, document, seats);
        let snippet = match seats {
            Some(seats) => self.with_passages((doc, &stored), tier, seats, best)?,
            None => Snippet::default(),
        };
        let Snippet {
            section,
            anchor,
            html,
            more,
        } = snippet;
        let (id, title, kind) = (meta.id.clone(), meta.title.clone(), meta.kind.clone());
        Ok(Hit {
            id,
            title,
            kind,
            score,
            tier,
            section,
            snippet: html,
            doc,
            meta,
            anchor,
            more,
        })
    }

    /// Chooses of the passages of a document, as it is stored, with the seats of what is looked for.
    pub(super) fn with_passages<T>(
        &self,
        (doc, stored): (u32, &TantivyDocument),
        tier: Tier,
        seats: &Seats,
        choose: impl FnOnce(&Document<'_>, &[Seat]) -> T,
    ) -> Result<T, IndexError> {
        let fields = &self.opened.fields;
        let document = Document {
            title: &read::<Meta>(stored, fields.meta).title,
            blocks: &read::<Vec<Passage>>(stored, fields.blocks),
            texts: &read::<Texts>(stored, fields.texts),
            laws: seats.laws(doc),
            stretch: seats.stretch,
        };
        Ok(choose(&document, &seats.of(doc, tier)?))
    }

    /// Where the passages of what a plan looks for stand.
    pub(super) fn seats(&self, plan: &Plan) -> Result<Seats, IndexError> {
        Ok(Seats::new(plan, &self.opened, self.stretch)?)
    }
}

/// The first documents by score falling, then number rising.
pub(super) fn ordered(mut docs: Vec<u32>, scores: &[f32], limit: usize) -> Vec<u32> {
    let order = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b));
    if limit < docs.len() {
        docs.select_nth_unstable_by(limit, order);
        docs.truncate(limit);
    }
    docs.sort_unstable_by(order);
    docs
}

/// A stored JSON value; the default where it is missing.
pub(super) fn read<T: serde::de::DeserializeOwned + Default>(stored: &TantivyDocument, field: Field) -> T {
    let text = stored
        .get_first(field)
        .and_then(|value| value.as_str())
        .unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
}
