//! What a search page asks besides hits: what else to ask, what a box suggests, how many values a facet has.

use super::super::error::ClusterError;
use super::super::mapping::NUMBERS;
use super::{Searcher, hits_of};
use crate::audience::Audience;
use crate::index::{IndexSettings, facet};
use crate::query::help::{self, Asking, Idea, Why};
use crate::query::vocabulary::{CLASSES, Entry, Vocabulary, of_class};
use crate::query::{Asked, vocabulary};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Values of a class that are looked at: more than any list has room for.
const VALUES: usize = 2_000;

impl Asking for Searcher {
    type Error = ClusterError;

    fn settings(&self) -> &IndexSettings {
        self.settings()
    }

    fn total(&self, query: &str) -> Result<usize, ClusterError> {
        let asked = Asked {
            limit: 0,
            related: false,
            facets: false,
            passages: false,
            ..Asked::of(query)
        };
        Ok(self.answer(&asked)?.answer.total)
    }

    fn spellings(&self, word: &str) -> Result<Vec<(Why, String)>, ClusterError> {
        let vocabulary = self.vocabulary()?;
        self.settle(|| help::respelt(word, self.empty.opened(), &|| Ok(vocabulary.clone())))
    }
}

impl Searcher {
    /// Other queries that find something, the likeliest first.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn help(&self, query: &str) -> Result<Vec<Idea>, ClusterError> {
        help::help(self, query)
    }

    /// Queries with a filter in place of a word that counts years from the reference day.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn dated(&self, query: &str) -> Result<Vec<Idea>, ClusterError> {
        help::dated(self, query)
    }

    /// The synonym groups of which a member stands in a query.
    pub fn groups_in(&self, query: &str) -> Vec<Vec<String>> {
        self.empty.groups_in(query)
    }

    /// How many documents there are.
    pub fn documents_in_all(&self) -> u64 {
        self.published.documents
    }

    /// For each facet that has values how many: any more count as two.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn facet_values(&self) -> Result<BTreeMap<&'static str, usize>, ClusterError> {
        if let Some(known) = self.facet_values.get() {
            return Ok(known.clone());
        }
        let columns = || facet::facets().map(|filter| filter.column);
        let count = |column: &str| (column.to_owned(), json!({ "terms": { "field": column, "size": 2 } }));
        let counts: serde_json::Map<String, Value> = columns().map(count).collect();
        let answer = self.ask(&json!({ "size": 0, "track_total_hits": false, "aggs": counts }))?;
        let held = |column: &'static str| {
            let values = answer["aggregations"][column]["buckets"].as_array().map_or(0, Vec::len);
            (values > 0).then_some((column, values))
        };
        let values: BTreeMap<_, _> = columns().filter_map(held).collect();
        Ok(self.facet_values.get_or_init(|| values).clone())
    }

    /// What a search box suggests.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn vocabulary(&self) -> Result<Vocabulary, ClusterError> {
        if let Some(known) = self.vocabulary.get() {
            return Ok(known.clone());
        }
        let internal = self.settings().audience == Audience::Internal.key();
        let mut vocabulary = Vocabulary::default();
        for (&(name, room), list) in CLASSES.iter().zip(&mut vocabulary.classes) {
            let values = match name {
                "title" => self.titles(room)?,
                "author" if !internal => Vec::new(),
                "law" => self.frequent("laws")?,
                "number" => self.frequent(NUMBERS)?,
                _ => self.frequent(name)?,
            };
            *list = of_class(name, values, room);
        }
        Ok(self.vocabulary.get_or_init(|| vocabulary).clone())
    }

    /// The values of a field that most documents have, the most frequent first.
    fn frequent(&self, field: &str) -> Result<Vec<Entry>, ClusterError> {
        let order = json!([{ "_count": "desc" }, { "_key": "asc" }]);
        let values = json!({ "terms": { "field": field, "size": VALUES, "shard_size": 5 * VALUES, "order": order } });
        let answer = self.ask(&json!({ "size": 0, "track_total_hits": false, "aggs": { "values": values } }))?;
        let found = answer["aggregations"]["values"]["buckets"].as_array();
        let entry = |bucket: &Value| {
            let count = u32::try_from(bucket["doc_count"].as_u64()?).ok()?;
            Some(Entry(bucket["key"].as_str()?.to_owned(), count))
        };
        Ok(found.into_iter().flatten().filter_map(entry).collect())
    }

    /// Titles of the newest documents, as many as could have room.
    fn titles(&self, room: usize) -> Result<Vec<Entry>, ClusterError> {
        let answer = self.ask(&json!({
            "size": room / vocabulary::AROUND,
            "query": { "match_all": {} },
            "sort": [{ "date": { "order": "desc", "missing": "_last" } }, { "id": "asc" }],
            "track_total_hits": false,
            "_source": ["stored.meta.title"],
        }))?;
        let title = |hit: &Value| hit["_source"]["stored"]["meta"]["title"].as_str().map(str::to_owned);
        Ok(vocabulary::titles_of(hits_of(&answer).iter().filter_map(title), room))
    }
}
