//! A search in a cluster: the plan that the index here is asked with, in the query language there.
//!
//! The cluster finds and counts: strict documents, their order and facets ([`compile`]), what may be near
//! ([`related`]). What is weighed and cut is weighed and cut by the code of [`query`](crate::query), over an index of a few
//! documents in memory that counts as the whole one does: how tokens weigh, passages, reasons. A step that asks for a count
//! that isn't known notes it as missing; they are asked for together, and the step runs again.

mod columns;
mod compile;
mod frequencies;
mod like;
mod related;

use super::client::Client;
use super::error::ClusterError;
use super::mapping::STORED;
use super::published::Published;
use super::source;
use crate::index::document::IndexDocument;
use crate::index::{self, FieldTotals, IndexError, IndexSettings, Statistics};
use crate::query::filter::Conditions;
use crate::query::plan::Plan;
use crate::query::{self, Answer, Hit, Tier};
use columns::Columns;
use compile::Scale;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Hits of one request.
const PAGE: usize = 1_000;

/// A generation in a cluster, which answers as the index that it was published from.
pub struct Searcher {
    client: Client,
    published: Published,
    statistics: Arc<Statistics>,
    /// Without a document: what is planned and weighed before any is there.
    empty: query::Searcher,
    columns: Columns,
    scale: Scale,
    passages: bool,
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

/// What the strict documents of a plan are.
struct Strict {
    total: usize,
    facets: BTreeMap<String, BTreeMap<String, usize>>,
    found: Vec<Found>,
}

impl Searcher {
    /// Opens what stands behind the alias.
    ///
    /// # Errors
    /// The cluster can't be asked, or holds nothing that this version reads.
    pub fn open(client: Client) -> Result<Self, ClusterError> {
        let published = Published::read(&client)?;
        let (schema, _) = index::schema::schema();
        let totals = published.totals.iter().filter_map(|(name, totals)| {
            let (documents, tokens) = (totals.documents, totals.tokens);
            Some((schema.get_field(name).ok()?, FieldTotals { documents, tokens }))
        });
        let statistics = Arc::new(Statistics::elsewhere(published.documents, totals.collect()));
        let opened = index::hold(&[], published.settings.clone(), Arc::clone(&statistics))?;
        Ok(Self {
            scale: Scale::of(&client),
            empty: query::Searcher::over(opened),
            columns: Columns::default(),
            passages: true,
            client,
            published,
            statistics,
        })
    }

    /// Answers without the passages of the hits.
    #[must_use]
    pub fn without_passages(self) -> Self {
        Self {
            passages: false,
            ..self
        }
    }

    /// What the generation was built with.
    pub fn settings(&self) -> &IndexSettings {
        &self.published.settings
    }

    /// Answers a query, as [`query::Searcher::search`] does.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn search(&self, query: &str, options: &query::Options) -> Result<Answered, ClusterError> {
        let plan = self.empty.plan(query);
        let conditions = self.conditions(&plan)?;
        let strict = self.strict(&plan, &conditions, options)?;
        let related = if strict.total < query::ENOUGH_STRICT {
            related::documents(self, &plan, &conditions)?
        } else {
            Vec::new()
        };
        let related_total = related.len();
        let first = options.offset.saturating_sub(strict.total);
        let room = options.limit - strict.found.len();
        let wanted: Vec<(String, f32)> = related.into_iter().skip(first).take(room).collect();
        let mut found = strict.found;
        found.extend(self.related_documents(&wanted)?);
        let (hits, held) = self.hits(found, &plan)?;
        let answer = Answer {
            query: query.to_owned(),
            total: strict.total,
            related: related_total,
            hits,
            facets: strict.facets,
            notes: plan.notes,
        };
        Ok(Answered { answer, held })
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

    fn strict(&self, plan: &Plan, conditions: &Conditions, options: &query::Options) -> Result<Strict, ClusterError> {
        if plan.is_empty() {
            return Ok(Strict {
                total: 0,
                facets: BTreeMap::new(),
                found: Vec::new(),
            });
        }
        let parts = self.settle(|| self.empty.parts(plan))?;
        let mut query = compile::strict(plan, conditions);
        let (schema, _) = index::schema::schema();
        query["bool"]["should"] = json!(compile::scores(&parts, &schema, self.scale));
        let last = options.offset.saturating_add(options.limit);
        let mut asked = json!({
            "size": last.min(PAGE),
            "query": query,
            "sort": in_order(),
            "track_total_hits": true,
            "aggs": columns::facets(),
            "_source": self.wanted(),
        });
        let mut answer = self.ask(&asked)?;
        let total = answer["hits"]["total"]["value"].as_u64().unwrap_or(0) as usize;
        let facets = columns::counts(&answer);
        let mut found = Vec::new();
        let mut seen = 0;
        asked["aggs"] = json!({});
        asked["track_total_hits"] = json!(false);
        loop {
            let hits = hits_of(&answer);
            for hit in hits.iter().take(last - seen) {
                if seen >= options.offset {
                    let score = hit["sort"][0].as_f64().unwrap_or(0.0) as f32;
                    found.push(Found {
                        document: document(hit)?,
                        score,
                        tier: Tier::Strict,
                    });
                }
                seen += 1;
            }
            let Some(after) = hits.last().filter(|_| seen < last.min(total)).map(|hit| &hit["sort"]) else {
                return Ok(Strict { total, facets, found });
            };
            asked["search_after"] = after.clone();
            asked["size"] = json!((last - seen).min(PAGE));
            answer = self.ask(&asked)?;
        }
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
    fn hits(&self, found: Vec<Found>, plan: &Plan) -> Result<(Vec<Hit>, query::Searcher), ClusterError> {
        let (order, documents): (Vec<(String, (Tier, f32))>, Vec<IndexDocument>) = found
            .into_iter()
            .map(|found| ((found.document.id.clone(), (found.tier, found.score)), found.document))
            .unzip();
        let held = self.held(documents)?;
        let hits = self.settle(|| held.hits_of(&order, plan, self.passages))?;
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
