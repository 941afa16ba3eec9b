//! Values of the fields of whole values: those that filters are looked for among, and how many documents have each.

use super::super::error::ClusterError;
use super::super::mapping::NUMBERS;
use super::Searcher;
use crate::index::facet;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Values of one request.
const PAGE: usize = 5_000;
/// Values of a facet that are counted.
const COUNTED: usize = 10_000;

/// The values of columns that were asked for: those of a generation never change.
#[derive(Debug, Default)]
pub(super) struct Columns(Mutex<BTreeMap<&'static str, Arc<Vec<String>>>>);

impl Columns {
    /// All values of a column.
    pub(super) fn values(&self, searcher: &Searcher, column: &'static str) -> Result<Arc<Vec<String>>, ClusterError> {
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held().get(column) {
            return Ok(Arc::clone(known));
        }
        let values = Arc::new(all(searcher, if column == "number" { NUMBERS } else { column })?);
        held().insert(column, Arc::clone(&values));
        Ok(values)
    }
}

fn all(searcher: &Searcher, field: &str) -> Result<Vec<String>, ClusterError> {
    let mut values = Vec::new();
    let mut after = None;
    loop {
        let mut pages = json!({ "size": PAGE, "sources": [{ "value": { "terms": { "field": field } } }] });
        if let Some(after) = after {
            pages["after"] = after;
        }
        let query = json!({ "size": 0, "track_total_hits": false, "aggs": { "values": { "composite": pages } } });
        let answer = searcher.ask(&query)?;
        let page = &answer["aggregations"]["values"];
        let found = page["buckets"].as_array().map_or(&[][..], Vec::as_slice);
        let found = found.iter().filter_map(|bucket| bucket["key"]["value"].as_str());
        values.extend(found.map(str::to_owned));
        match page.get("after_key") {
            Some(key) => after = Some(key.clone()),
            None => return Ok(values),
        }
    }
}

/// What counts the values of all facets.
pub(super) fn facets() -> Value {
    let columns = facet::facets().map(|filter| filter.column).chain(["year"]);
    let count = |column: &str| {
        let terms = json!({ "terms": { "field": column, "size": COUNTED } });
        (column.to_owned(), terms)
    };
    Value::Object(columns.map(count).collect::<Map<String, Value>>())
}

/// The counts of an answer: facet, value, documents.
pub(super) fn counts(answer: &Value) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (facet, found) in answer["aggregations"].as_object().into_iter().flatten() {
        for bucket in found["buckets"].as_array().into_iter().flatten() {
            let key = match &bucket["key"] {
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            let documents = bucket["doc_count"].as_u64().unwrap_or(0) as usize;
            out.entry(facet.clone()).or_default().insert(key, documents);
        }
    }
    out
}
