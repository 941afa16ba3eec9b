//! The documents that match strictly: how many, their facets, and those of them that are shown.

use super::super::error::ClusterError;
use super::super::mapping::HIGHEST;
use super::{Found, Searcher, columns, compile, document, hits_of};
use crate::index;
use crate::query::filter::Conditions;
use crate::query::plan::Plan;
use crate::query::{Asked, Order, Tier};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Hits of one request.
const PAGE: usize = 1_000;

/// What the strict documents of a plan are.
pub(super) struct Strict {
    pub total: usize,
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// Those that are shown.
    pub found: Vec<Found>,
}

/// The strict documents of a plan, those of them that are asked for, each with its score.
pub(super) fn documents(
    searcher: &Searcher,
    plan: &Plan,
    conditions: &Conditions,
    asked: &Asked,
) -> Result<Strict, ClusterError> {
    let mut strict = Strict {
        total: 0,
        facets: BTreeMap::new(),
        found: Vec::new(),
    };
    if plan.is_empty() {
        return Ok(strict);
    }
    let last = match asked.limit {
        0 => 0,
        limit => asked.offset.saturating_add(limit),
    };
    let (keys, score) = order(asked.order);
    let mut query = compile::strict(plan, conditions);
    if last > 0 {
        let parts = searcher.settle(|| searcher.empty.parts(plan))?;
        let (schema, _) = index::schema::schema();
        query["bool"]["should"] = json!(compile::scores(&parts, &schema, searcher.scale));
    }
    let mut request = json!({
        "size": last.min(PAGE),
        "query": query,
        "sort": keys,
        "track_total_hits": true,
        "_source": searcher.wanted(),
    });
    if asked.facets {
        request["aggs"] = columns::facets();
    }
    let mut answer = searcher.ask(&request)?;
    strict.total = answer["hits"]["total"]["value"].as_u64().unwrap_or(0) as usize;
    strict.facets = columns::counts(&answer);
    request["aggs"] = json!({});
    request["track_total_hits"] = json!(false);
    let mut seen = 0;
    loop {
        let hits = hits_of(&answer);
        for hit in hits.iter().take(last - seen) {
            if seen >= asked.offset {
                strict.found.push(Found {
                    document: document(hit)?,
                    score: hit["sort"][score].as_f64().unwrap_or(0.0) as f32,
                    tier: Tier::Strict,
                });
            }
            seen += 1;
        }
        let Some(after) = hits.last().filter(|_| seen < last.min(strict.total)) else {
            return Ok(strict);
        };
        request["search_after"] = after["sort"].clone();
        request["size"] = json!((last - seen).min(PAGE));
        answer = searcher.ask(&request)?;
    }
}

/// The keys of an order, and the place of the score among them.
fn order(order: Order) -> (Value, usize) {
    let mut keys = match order {
        Order::Relevance => Vec::new(),
        Order::Date => vec![json!({ "date": { "order": "desc", "missing": "_last" } })],
        Order::Level => vec![json!({ HIGHEST: { "order": "desc", "missing": "_last" } })],
    };
    let score = keys.len();
    keys.extend([json!({ "_score": "desc" }), json!({ "id": "asc" })]);
    (json!(keys), score)
}
