//! What an index of a cluster is set up with: the fields of our own schema, under their names.

use super::term;
use crate::index::schema::{Fields, schema};
use serde_json::{Map, Value, json};
use tantivy::schema::{Field, FieldType, IndexRecordOption, Schema, TextFieldIndexing};

/// Number of the layout of an index in a cluster. It rises whenever one published before could be misread.
pub(crate) const FORMAT: u32 = 1;

/// The analyzer of all texts: words that are terms already.
const ANALYZER: &str = "words";
/// Names what stands there of a document.
pub(crate) const HASH: &str = "hash";
/// Tokens of each scored field of a document.
pub(crate) const LENGTHS: &str = "lengths";
/// The values of `number` as they are: filters look through them.
pub(crate) const NUMBERS: &str = "numbers";
/// The highest level at which a document was adopted, as a number: the order by level goes by it.
pub(crate) const HIGHEST: &str = "highest";
/// The document itself.
pub(crate) const STORED: &str = "stored";
/// Characters of the longest value that is looked up whole, at most four bytes each.
const LONGEST_VALUE: usize = 8_191;

/// What a field of the schema is in a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds<'a> {
    /// Words, by a tokenizer of ours.
    Words {
        /// Its name.
        tokenizer: &'a str,
        /// What is known of each word.
        option: IndexRecordOption,
        /// Whether lengths count: whether it is scored.
        scored: bool,
    },
    /// Whole values.
    Values,
    /// A number.
    Number,
}

/// The fields of the schema that a search needs, with what they hold there; what is stored is stored as one.
pub(crate) fn fields(schema: &Schema) -> impl Iterator<Item = (Field, &str, Holds<'_>)> {
    // What citations are judged by, and the ledger, are asked of the index folder alone.
    let apart = ["cited", "ledger"];
    schema.fields().filter_map(move |(field, entry)| {
        let holds = match entry.field_type() {
            FieldType::I64(_) => Holds::Number,
            FieldType::Str(options) => words(options.get_indexing_options()?),
            _ => return None,
        };
        (!apart.contains(&entry.name())).then(|| (field, entry.name(), holds))
    })
}

fn words(indexing: &TextFieldIndexing) -> Holds<'_> {
    let (tokenizer, scored) = (indexing.tokenizer(), indexing.fieldnorms());
    if tokenizer == "raw" && !scored {
        return Holds::Values;
    }
    Holds::Words {
        tokenizer,
        option: indexing.index_option(),
        scored,
    }
}

/// The scored fields.
pub(crate) fn scored(schema: &Schema) -> impl Iterator<Item = (Field, &str)> {
    fields(schema).filter_map(|(field, name, holds)| match holds {
        Holds::Words { scored: true, .. } => Some((field, name)),
        _ => None,
    })
}

/// Settings and mapping of an index of so many shards, each with so many copies, and what is noted beside them. It is written by an alias of its own,
/// `incoming`: a cluster makes an index that isn't there out of what it is sent, but no alias.
pub(crate) fn index(shards: u32, replicas: u32, meta: &Value, incoming: &str) -> Value {
    let (schema, _): (Schema, Fields) = schema();
    let mut properties = Map::new();
    let mut lengths = Map::new();
    for (_, name, holds) in fields(&schema) {
        let property = match holds {
            Holds::Number => json!({ "type": "long" }),
            Holds::Values => json!({ "type": "keyword", "ignore_above": LONGEST_VALUE }),
            Holds::Words { option, scored, .. } => {
                json!({ "type": "text", "analyzer": ANALYZER, "norms": scored, "index_options": known(option) })
            }
        };
        properties.insert(name.to_owned(), property);
    }
    for (_, name) in scored(&schema) {
        lengths.insert(name.to_owned(), json!({ "type": "long", "index": false }));
    }
    properties.insert(NUMBERS.to_owned(), json!({ "type": "keyword", "index": false }));
    properties.insert(HIGHEST.to_owned(), json!({ "type": "long", "index": false }));
    properties.insert(HASH.to_owned(), json!({ "type": "keyword", "index": false }));
    properties.insert(LENGTHS.to_owned(), json!({ "properties": lengths }));
    properties.insert(STORED.to_owned(), json!({ "type": "object", "enabled": false }));
    json!({
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                // Nobody asks before it is whole.
                "refresh_interval": "-1",
                "similarity": { "default": { "type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": false } },
                "analysis": analysis(),
            },
        },
        "mappings": { "dynamic": "strict", "_meta": meta, "properties": properties },
        "aliases": { incoming: {} },
    })
}

/// Words stand between blanks; terms of one position are one word with bars between; a gap is left out, its position kept.
fn analysis() -> Value {
    json!({
        "tokenizer": { ANALYZER: { "type": "pattern", "pattern": term::BLANK.to_string() } },
        "filter": {
            "beside": {
                "type": "pattern_capture",
                "preserve_original": false,
                "patterns": [format!("([^{0}]+)", term::BESIDE)],
            },
            "gap": { "type": "stop", "stopwords": [term::GAP] },
        },
        "analyzer": { ANALYZER: { "type": "custom", "tokenizer": ANALYZER, "filter": ["beside", "gap"] } },
    })
}

fn known(option: IndexRecordOption) -> &'static str {
    match option {
        IndexRecordOption::Basic => "docs",
        IndexRecordOption::WithFreqs => "freqs",
        IndexRecordOption::WithFreqsAndPositions => "positions",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::facet;

    #[test]
    fn every_field_of_a_search_has_its_kind() {
        let created = index(5, 1, &json!({}), "jianyan-public-x.incoming");
        let property = |name: &str| created["mappings"]["properties"][name].clone();
        for name in ["title", "body", "summary", "keywords", "headings", "extra"] {
            let text = json!({ "type": "text", "analyzer": "words", "norms": true, "index_options": "positions" });
            assert_eq!(property(name), text, "{name}");
        }
        for name in ["title_joints", "extra_joints"] {
            assert_eq!(
                (&property(name)["norms"], &property(name)["index_options"]),
                (&json!(false), &json!("positions"))
            );
        }
        for name in ["chars", "number"] {
            assert_eq!(
                (&property(name)["norms"], &property(name)["index_options"]),
                (&json!(true), &json!("freqs"))
            );
        }
        for name in ["title_chars", "parts", "title_parts"] {
            assert_eq!(
                (&property(name)["norms"], &property(name)["index_options"]),
                (&json!(false), &json!("docs"))
            );
        }
        let values = facet::facets()
            .map(|filter| filter.column)
            .chain(["id", "laws", "articles"]);
        values.for_each(|name| assert_eq!(property(name)["type"], "keyword", "{name}"));
        assert_eq!(property("year")["type"], "long");
        assert_eq!(property("date")["type"], "long");
        for apart in ["cited", "ledger", "meta", "blocks", "texts", "authority"] {
            assert!(property(apart).is_null(), "{apart}");
        }
        let lengths: Vec<&String> = created["mappings"]["properties"]["lengths"]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .collect();
        assert_eq!(lengths.len(), 8, "{lengths:?}");
        assert_eq!(created["settings"]["index"]["number_of_shards"], 5);
    }
}
