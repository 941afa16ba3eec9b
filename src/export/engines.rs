//! How other engines should index the records: by pairs of characters, as ours does.

use crate::index::facet::FILTERS;
use serde_json::{Value, json};

/// Mapping and settings of an OpenSearch (or Elasticsearch) index: `cjk_bigram` makes the pairs.
pub(crate) const OPENSEARCH: &str = include_str!("../assets/data/opensearch.json");

/// The configuration of a Quickwit index. Its analyzer takes Chinese characters one by one; with positions a word in
/// quotation marks is found as it stands. (Pairs from its `ngram` tokenizer have no positions.)
pub(crate) fn quickwit() -> Value {
    let text = |name: &str| json!({ "name": name, "type": "text", "tokenizer": "chinese_compatible", "record": "position", "fieldnorms": true });
    let texts = |name: &str| json!({ "name": name, "type": "array<text>", "tokenizer": "chinese_compatible", "record": "position", "fieldnorms": true });
    let word = |name: &str| json!({ "name": name, "type": "text", "tokenizer": "raw", "fast": true });
    let words = |name: &str| json!({ "name": name, "type": "array<text>", "tokenizer": "raw", "fast": true });
    let mut fields = vec![word("id"), word("kind"), text("title")];
    fields.push(json!({ "name": "date", "type": "datetime", "input_formats": ["%Y-%m-%d"], "fast": true }));
    fields.push(json!({ "name": "year", "type": "i64", "fast": true }));
    let columns = FILTERS
        .iter()
        .filter(|filter| !matches!(filter.column, "title" | "kind" | "year"));
    fields.extend(columns.map(|filter| words(filter.column)));
    fields.extend(["summary", "keywords", "headings", "extra"].map(texts));
    fields.push(text("body"));
    fields.push(json!({ "name": "url", "type": "text", "indexed": false }));
    fields.push(json!({ "name": "passages", "type": "array<json>", "indexed": false }));
    json!({
        "version": "0.8",
        "index_id": "jianyan",
        "doc_mapping": { "mode": "lenient", "field_mappings": fields },
        "search_settings": { "default_search_fields": ["title", "body", "summary", "keywords", "extra"] },
    })
}
