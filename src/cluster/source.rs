//! What a document is in a cluster.
//!
//! A text is the string of its words, one blank between two: the terms that our own tokenizers make for the index,
//! each [escaped](escape), those of one position joined by a bar, an empty position a gap. Lengths and positions come
//! out as in the index.

use super::hash;
use super::mapping::{self, HASH, HIGHEST, Holds, LENGTHS, NUMBERS, STORED};
use super::term::{BESIDE, BLANK, GAP, escape};
use crate::cache::Key;
use crate::index::document::IndexDocument;
use crate::index::schema::{self, Fields, schema};
use crate::record::Level;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, Schema, Value as _};
use tantivy::tokenizer::{MAX_TOKEN_LEN, TextAnalyzer, TokenizerManager};

/// A document on its way into a cluster.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// The name under which it stands there.
    pub(crate) name: String,
    /// Names its content.
    pub(crate) hash: Key,
    /// The document as it is stored.
    stored: Value,
}

impl Record {
    /// The record of a document.
    pub(crate) fn of(document: &IndexDocument) -> Self {
        // Plain structures of strings and numbers: serde_json has no way to fail on them.
        let stored = serde_json::to_value(document).unwrap_or_default();
        Self {
            name: hash::name(&document.id),
            hash: hash::content(&stored.to_string()),
            stored,
        }
    }
}

/// The document that a `_source` was made of, but for what it adds to the ledger.
pub(crate) fn document(source: &Value) -> Option<IndexDocument> {
    serde_json::from_value(source.get(STORED)?.clone()).ok()
}

/// Makes the `_source` of documents.
pub(crate) struct Writer {
    schema: Schema,
    fields: Fields,
    tokenizers: TokenizerManager,
}

/// Tells nobody what it is made of: tokenizers have nothing to tell.
impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer(..)")
    }
}

impl Writer {
    /// One for any number of documents.
    pub(crate) fn new() -> Self {
        let (schema, fields) = schema();
        Self {
            schema,
            fields,
            tokenizers: schema::tokenizers(),
        }
    }

    /// The `_source` of a document and its record.
    pub(crate) fn source(&self, document: &IndexDocument, record: Record) -> Value {
        let filled = self.fields.fill(document);
        let mut out = Map::new();
        let mut lengths = BTreeMap::new();
        for (field, name, holds) in mapping::fields(&self.schema) {
            let value = match holds {
                Holds::Number => filled
                    .get_first(field)
                    .and_then(|value| value.as_i64())
                    .map(Value::from),
                Holds::Values => values(&filled, field),
                Holds::Words {
                    tokenizer,
                    option,
                    scored,
                } => {
                    let words = self.words(&filled, field, tokenizer, option);
                    if scored {
                        lengths.insert(name, words.terms);
                    }
                    Some(words.text).filter(|text| !text.is_empty()).map(Value::from)
                }
            };
            if let Some(value) = value {
                out.insert(name.to_owned(), value);
            }
        }
        if !document.numbers.is_empty() {
            out.insert(NUMBERS.to_owned(), json!(document.numbers));
        }
        let place = |value: &String| Level::ALL.iter().position(|level| level.key() == value);
        if let Some(highest) = document.facets.level.iter().filter_map(place).max() {
            out.insert(HIGHEST.to_owned(), json!(highest));
        }
        out.insert(HASH.to_owned(), record.hash.to_string().into());
        out.insert(LENGTHS.to_owned(), json!(lengths));
        out.insert(STORED.to_owned(), record.stored);
        Value::Object(out)
    }

    fn words(&self, filled: &TantivyDocument, field: Field, tokenizer: &str, option: IndexRecordOption) -> Words {
        let mut words = Words::new(option == IndexRecordOption::WithFreqsAndPositions);
        // Every tokenizer that the schema names is registered.
        let Some(mut analyzer) = self.tokenizers.get(tokenizer) else {
            return words;
        };
        for text in filled.get_all(field).filter_map(|value| value.as_str()) {
            words.add(&mut analyzer, text);
        }
        words
    }
}

/// The whole values of a field; nothing where it has none.
fn values(filled: &TantivyDocument, field: Field) -> Option<Value> {
    let values: Vec<&str> = filled.get_all(field).filter_map(|value| value.as_str()).collect();
    match values.as_slice() {
        [] => None,
        [one] => Some(json!(one)),
        several => Some(json!(several)),
    }
}

/// The string of a field's words.
struct Words {
    text: String,
    /// How many terms stand in it.
    terms: u64,
    /// The position that the next word takes; none where positions don't count.
    next: Option<usize>,
}

impl Words {
    fn new(positions: bool) -> Self {
        Self {
            text: String::new(),
            terms: 0,
            next: positions.then_some(0),
        }
    }

    fn add(&mut self, analyzer: &mut TextAnalyzer, text: &str) {
        let mut stream = analyzer.token_stream(text);
        while stream.advance() {
            let token = stream.token();
            // What tantivy leaves out, too.
            if token.text.len() <= MAX_TOKEN_LEN {
                self.push(&token.text, token.position);
            }
        }
    }

    fn push(&mut self, term: &str, position: usize) {
        self.terms += 1;
        match self.next {
            Some(next) if position < next => self.text.push(BESIDE),
            Some(next) => {
                for _ in next..position {
                    self.separate();
                    self.text.push_str(GAP);
                }
                self.separate();
                self.next = Some(position + 1);
            }
            None => self.separate(),
        }
        self.text.push_str(&escape(term));
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push(BLANK);
        }
    }
}
