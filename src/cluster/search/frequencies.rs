//! In how many documents terms stand.

use super::super::error::ClusterError;
use super::Searcher;
use super::compile;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::schema::Schema;

/// Terms of one request.
const MOST: usize = 500;

/// In how many documents each of these terms stands. No document of an index there was ever deleted or replaced, so
/// that what is found is what scores count.
pub(super) fn of(searcher: &Searcher, terms: BTreeSet<Term>) -> Result<Vec<(Term, u64)>, ClusterError> {
    let (schema, _) = crate::index::schema::schema();
    let terms: Vec<Term> = terms.into_iter().collect();
    let mut known = Vec::with_capacity(terms.len());
    for asked in terms.chunks(MOST) {
        let filters = asked.iter().enumerate();
        let filters: Map<String, Value> = filters
            .map(|(at, term)| (at.to_string(), holding(term, &schema)))
            .collect();
        let query = json!({
            "size": 0,
            "track_total_hits": false,
            "aggs": { "terms": { "filters": { "filters": filters } } },
        });
        let answer = searcher.ask(&query)?;
        let counts = &answer["aggregations"]["terms"]["buckets"];
        for (at, term) in asked.iter().enumerate() {
            let count = counts[at.to_string()]["doc_count"].as_u64();
            let count = count.ok_or_else(|| ClusterError::Garbled("aggregations".to_owned()))?;
            known.push((term.clone(), count));
        }
    }
    Ok(known)
}

fn holding(term: &Term, schema: &Schema) -> Value {
    let field = schema.get_field_name(term.field());
    let name = term.value().as_str().map(str::to_owned).unwrap_or_default();
    compile::holding(field, &name)
}
