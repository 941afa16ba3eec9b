//! A search in a cluster: the plan that the index here is asked with, in the query language there.
//!
//! The cluster finds and counts: strict documents, their order and facets ([`strict`], by [`compile`]), what may be near
//! ([`related`]). What is weighed and cut is weighed and cut by the code of [`query`](crate::query), over an index of a few
//! documents in memory that counts as the whole one does: how tokens weigh, passages, reasons. A step that asks for a count
//! that isn't known notes it as missing; they are asked for together, and the step runs again.

mod beside;
mod columns;
mod compile;
mod frequencies;
mod like;
mod related;
mod strict;

use super::client::Client;
use super::error::ClusterError;
use super::mapping::STORED;
use super::published::Published;
use super::source;
use crate::index::document::IndexDocument;
use crate::index::{self, IndexError, IndexSettings, Statistics};
use crate::query::filter::Conditions;
use crate::query::plan::Plan;
use crate::query::snippet::Snippet;
use crate::query::vocabulary::Vocabulary;
use crate::query::{self, Answer, Asked, Hit, Tier};
use columns::Columns;
use compile::Scale;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A generation in a cluster, which answers as the index that it was published from.
pub struct Searcher {
    client: Arc<Client>,
    published: Published,
    statistics: Arc<Statistics>,
    /// Without a document: what is planned and weighed before any is there.
    empty: query::Searcher,
    columns: Columns,
    scale: Scale,
    /// What a page is told once a generation.
    facet_values: OnceLock<BTreeMap<&'static str, usize>>,
    vocabulary: OnceLock<Vocabulary>,
}

/// An answer, and what explains it.
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The documents of its hits.
    held: query::Searcher,
}

/// A document that was found.
struct Found {
    document: IndexDocument,
    score: f32,
    tier: Tier,
}

impl Searcher {
    /// Opens what stands behind the alias.
    ///
    /// # Errors
    /// The cluster can't be asked, or holds nothing that this version reads.
    pub fn open(client: Client) -> Result<Self, ClusterError> {
        let published = Published::read(&client)?;
        Self::of(Arc::new(client), published)
    }

    /// What stands behind the alias now, if that is another generation.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn renewed(&self) -> Result<Option<Self>, ClusterError> {
        let published = Published::read(&self.client)?;
        if published == self.published {
            return Ok(None);
        }
        Self::of(Arc::clone(&self.client), published).map(Some)
    }

    fn of(client: Arc<Client>, published: Published) -> Result<Self, ClusterError> {
        let (schema, _) = index::schema::schema();
        let totals = published.totals.iter();
        let totals = totals.filter_map(|(name, &totals)| Some((schema.get_field(name).ok()?, totals)));
        let statistics = Arc::new(Statistics::elsewhere(published.documents, totals.collect()));
        let opened = index::hold(&[], published.settings.clone(), Arc::clone(&statistics))?;
        Ok(Self {
            scale: Scale::of(&client),
            empty: query::Searcher::over(opened),
            columns: Columns::default(),
            facet_values: OnceLock::new(),
            vocabulary: OnceLock::new(),
            client,
            published,
            statistics,
        })
    }

    /// What the generation was built with.
    pub fn settings(&self) -> &IndexSettings {
        &self.published.settings
    }

    /// Answers what is asked, as [`query::Searcher::answer`] does.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn answer(&self, asked: &Asked) -> Result<Answered, ClusterError> {
        let plan = self.empty.plan_of(asked);
        let conditions = self.conditions(&plan)?;
        let strict = strict::documents(self, &plan, &conditions, asked)?;
        let related = if asked.related && strict.total < query::ENOUGH_STRICT {
            related::documents(self, &plan, &conditions)?
        } else {
            Vec::new()
        };
        let related_total = related.len();
        let first = asked.offset.saturating_sub(strict.total);
        let room = asked.limit - strict.found.len();
        let wanted: Vec<(String, f32)> = related.into_iter().skip(first).take(room).collect();
        let mut found = strict.found;
        found.extend(self.related_documents(&wanted)?);
        let (hits, held) = self.hits(found, &plan, asked.passages)?;
        let answer = Answer {
            query: asked.query.clone(),
            total: strict.total,
            related: related_total,
            hits,
            facets: strict.facets,
            notes: plan.notes,
        };
        Ok(Answered { answer, held })
    }

    /// The best passages of a hit, as [`query::Searcher::passages`] gives them.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn passages(&self, asked: &Asked, id: &str, tier: Tier) -> Result<Vec<Snippet>, ClusterError> {
        let documents = self.documents(&[&id.to_owned()])?;
        let held = self.held(documents.into_values().collect())?;
        self.settle(|| held.passages(asked, id, tier))
    }

    /// Explains an answer, as [`query::Searcher::explain`] does.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn explain(&self, answered: &Answered) -> Result<query::explain::Explanation, ClusterError> {
        let Answered { answer, held } = answered;
        self.settle(|| held.explain(&answer.query, &answer.hits))
    }

    /// Runs a step until it misses no count.
    fn settle<T>(&self, step: impl Fn() -> Result<T, IndexError>) -> Result<T, ClusterError> {
        loop {
            let done = step();
            let missing = self.statistics.missing();
            if missing.is_empty() {
                return Ok(done?);
            }
            self.statistics.tell(frequencies::of(self, missing)?);
        }
    }

    fn conditions(&self, plan: &Plan) -> Result<Conditions, ClusterError> {
        let columns = |column: &'static str, holds: &dyn Fn(&str) -> bool| {
            let values = self.columns.values(self, column)?;
            Ok(values.iter().filter(|value| holds(value)).cloned().collect())
        };
        Conditions::read(&plan.filters, &columns)
    }

    /// The documents of these ids, in their order.
    fn related_documents(&self, wanted: &[(String, f32)]) -> Result<Vec<Found>, ClusterError> {
        let ids: Vec<&String> = wanted.iter().map(|(id, _)| id).collect();
        let mut documents = self.documents(&ids)?;
        let found = wanted.iter().filter_map(|(id, score)| {
            let document = documents.remove(id)?;
            Some(Found {
                document,
                score: *score,
                tier: Tier::Related,
            })
        });
        Ok(found.collect())
    }

    /// The documents of these ids that are there.
    fn documents(&self, ids: &[&String]) -> Result<BTreeMap<String, IndexDocument>, ClusterError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let query = json!({ "bool": { "filter": { "terms": { "id": ids } } } });
        let answer = self.ask(&json!({ "size": ids.len(), "query": query, "_source": self.wanted() }))?;
        let documents = hits_of(&answer).iter().map(document);
        let named = documents.map(|document| document.map(|document| (document.id.clone(), document)));
        named.collect()
    }

    /// What of a document is fetched.
    fn wanted(&self) -> Value {
        json!([STORED])
    }

    /// Hits as they are shown, and the index of their documents.
    fn hits(
        &self,
        found: Vec<Found>,
        plan: &Plan,
        passages: bool,
    ) -> Result<(Vec<Hit>, query::Searcher), ClusterError> {
        let (order, documents): (Vec<_>, Vec<_>) = found
            .into_iter()
            .map(|found| ((found.document.id.clone(), (found.tier, found.score)), found.document))
            .unzip();
        let held = self.held(documents)?;
        let hits = self.settle(|| held.hits_of(&order, plan, passages))?;
        Ok((hits, held))
    }

    /// An index of some documents that counts as the whole one does.
    fn held(&self, mut documents: Vec<IndexDocument>) -> Result<query::Searcher, ClusterError> {
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        let settings = self.published.settings.clone();
        let opened = index::hold(&documents, settings, Arc::clone(&self.statistics))?;
        Ok(self.empty.also_over(opened))
    }

    /// Asks as [`Self::ask`], for what each named query scored besides.
    fn ask_named(&self, query: &Value) -> Result<Value, ClusterError> {
        let path = "_search?search_type=dfs_query_then_fetch&include_named_queries_score=true";
        self.client.post(&format!("/{}/{path}", self.published.index), query)
    }

    /// Asks for documents, counted over all shards.
    fn ask(&self, query: &Value) -> Result<Value, ClusterError> {
        let path = format!("/{}/_search?search_type=dfs_query_then_fetch", self.published.index);
        self.client.post(&path, query)
    }
}

/// The greatest scores first, then by id.
fn in_order() -> Value {
    json!([{ "_score": "desc" }, { "id": "asc" }])
}

fn hits_of(answer: &Value) -> &[Value] {
    answer["hits"]["hits"].as_array().map_or(&[], Vec::as_slice)
}

fn document(hit: &Value) -> Result<IndexDocument, ClusterError> {
    let found = source::document(&hit["_source"]);
    found.ok_or_else(|| ClusterError::Garbled("stored".to_owned()))
}
