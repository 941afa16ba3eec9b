//! Documents that are near to a query, found in a cluster.
//!
//! A cluster adds up what tokens are worth field by field, where our value takes the fields as one: its sum is never less,
//! as that value grows the slower the greater it is, and as its average length counts all documents. So documents come in
//! the order of a bound on what they have, each with what the tokens scored in its fields, by which their frequencies are
//! known; what they have is computed from these as in an index, until no further one can count.

use super::super::error::ClusterError;
use super::super::term::escape;
use super::{Searcher, compile, hits_of, in_order};
use crate::index::analyzer::key;
use crate::index::{self, FieldTotals};
use crate::query::filter::Conditions;
use crate::query::plan::{Plan, RelatedPlace, RelatedToken};
use crate::query::related::{self, Near, Occurrences, Read};
use crate::query::{ENOUGH_STRICT, MOST_RELATED};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, Schema};

/// Candidates of one request.
const PAGE: usize = 100;
/// Candidates that are looked at.
const MOST: usize = 10_000;
/// BM25's.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// A weight so small that it shows a frequency and changes no order.
const TRACE: f64 = 1e-6;

/// The near documents of a plan that aren't strict and pass its filters, the nearest first, with their scores.
pub(super) fn documents(
    searcher: &Searcher,
    plan: &Plan,
    conditions: &Conditions,
) -> Result<Vec<(String, f32)>, ClusterError> {
    if plan.clauses.is_empty() {
        return Ok(Vec::new());
    }
    let opened = searcher.empty.opened();
    let read = searcher.settle(|| Ok(related::read(&plan.related, opened)?))?;
    let asked = Asked::new(searcher, plan, &read);
    let mut all = Candidates::new(&asked, None);
    let known = loop {
        let near = all.near()?;
        if all.is_final(near.best) && (near.is_known || all.bound < related::least_known(opened)) {
            break near;
        }
        all.more()?;
    };
    let is_known = known.is_known || known.best > 0.0 && asked.is_held_whole(&read)?;
    if !is_known {
        return Ok(Vec::new());
    }
    let strict = compile::strict(plan, conditions);
    let least = known.least();
    let apart = strict_ids(searcher, &strict)?;
    // Without filters those that were seen are the first of those that pass.
    let mut passed = if plan.filters.is_empty() && plan.excluded.is_empty() {
        all
    } else {
        Candidates::new(&asked, Some(compile::passing(Vec::new(), plan, conditions)))
    };
    let mut found = loop {
        let near = passed.near()?;
        let mut found: Vec<(String, f64)> = Vec::new();
        for (doc, &score) in near.scores.iter().enumerate() {
            let id = &passed.ids[doc];
            if score > 0.0 && score >= least && !apart.contains(id) {
                found.push((id.clone(), score));
            }
        }
        let mut scores: Vec<f64> = found.iter().map(|(_, score)| *score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let enough = (!plan.score.numbered).then(|| scores.get(MOST_RELATED - 1)).flatten();
        if passed.is_final(enough.map_or(least, |enough| enough.max(least))) {
            break found;
        }
        passed.more()?;
    };
    if plan.score.numbered {
        let scores = as_strict(searcher, plan, &found)?;
        for (id, score) in &mut found {
            *score = scores.get(id).copied().unwrap_or(0.0);
        }
    }
    let mut found: Vec<(String, f32)> = found.into_iter().map(|(id, score)| (id, score as f32)).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MOST_RELATED);
    Ok(found)
}

/// The ids of the strict documents, which are few.
fn strict_ids(searcher: &Searcher, strict: &Value) -> Result<BTreeSet<String>, ClusterError> {
    let asked = json!({ "size": ENOUGH_STRICT, "query": strict, "sort": [{ "id": "asc" }], "_source": false });
    let answer = searcher.ask(&asked)?;
    let ids = hits_of(&answer).iter().filter_map(|hit| hit["sort"][0].as_str());
    Ok(ids.map(str::to_owned).collect())
}

/// What documents score as strict ones do.
fn as_strict(searcher: &Searcher, plan: &Plan, found: &[(String, f64)]) -> Result<BTreeMap<String, f64>, ClusterError> {
    let parts = searcher.settle(|| searcher.empty.parts(plan))?;
    let (schema, _) = index::schema::schema();
    let scores = compile::scores(&parts, &schema, searcher.scale);
    let mut out = BTreeMap::new();
    for ids in found.chunks(PAGE) {
        let ids: Vec<&String> = ids.iter().map(|(id, _)| id).collect();
        let query = json!({ "bool": { "filter": [{ "terms": { "id": ids } }], "should": scores } });
        let asked = json!({ "size": ids.len(), "query": query, "sort": in_order(), "_source": false });
        for hit in hits_of(&searcher.ask(&asked)?) {
            let (score, id) = (hit["sort"][0].as_f64(), hit["sort"][1].as_str());
            out.extend(id.map(str::to_owned).zip(score));
        }
    }
    Ok(out)
}

/// A token in a field, under a name: what a cluster says of it is its score.
struct Scored {
    field: Field,
    text: String,
    /// What it would score that stood there any number of times.
    most: f64,
}

/// What is asked for.
struct Asked<'a> {
    searcher: &'a Searcher,
    plan: &'a Plan,
    schema: Schema,
    names: BTreeMap<String, Scored>,
    /// What adds up to the bound.
    queries: Vec<Value>,
}

impl<'a> Asked<'a> {
    fn new(searcher: &'a Searcher, plan: &'a Plan, read: &[Read<'_>]) -> Self {
        let (schema, _) = index::schema::schema();
        let mut asked = Self {
            searcher,
            plan,
            schema,
            names: BTreeMap::new(),
            queries: Vec::new(),
        };
        let typed = asked.all(&plan.related.typed, 1.0, read);
        asked.queries.extend(typed);
        for group in &plan.related.groups {
            let members: Vec<Value> = group
                .others
                .iter()
                .map(|member| json!({ "bool": { "should": asked.all(member, related::WIDENED, read) } }))
                .collect();
            asked.queries.push(json!({ "dis_max": { "queries": members } }));
            for member in &group.typed {
                let told = asked.all(member, TRACE, read);
                asked.queries.extend(told);
            }
        }
        asked
    }

    fn all(&mut self, tokens: &[RelatedToken], factor: f64, read: &[Read<'_>]) -> Vec<Value> {
        let mut out = Vec::new();
        for token in tokens {
            let Some(read) = read.iter().find(|read| is_same(read.token, token)) else {
                continue;
            };
            let most = token.weight * factor * read.idf * (1.0 + K1);
            for sought in &read.fields {
                if token.place == RelatedPlace::Characters {
                    // Its length counts more than with BM25: only that it can't have more is known beforehand.
                    let term = compile::term("chars", &token.text);
                    out.push(json!({ "constant_score": { "filter": term, "boost": most } }));
                    out.extend(self.named(token, sought.field, most * TRACE));
                } else {
                    out.extend(self.named(token, sought.field, most));
                }
            }
        }
        out
    }

    /// A token in a field; nothing where no document has it there.
    fn named(&mut self, token: &RelatedToken, field: Field, most: f64) -> Option<Value> {
        let opened = self.searcher.empty.opened();
        let term = index::schema::Fields::term(field, &token.text);
        // It was asked for when the tokens were chosen.
        let documents = opened.frequency(&term).ok().filter(|&documents| documents > 0)?;
        let FieldTotals { documents: all, .. } = opened.statistics.field(field);
        let (n, all) = (documents as f64, all as f64);
        let idf = (1.0 + (all - n + 0.5) / (n + 0.5)).ln();
        let boost = most / (idf * (1.0 + K1)) * f64::from(self.searcher.scale.0);
        let name = self.names.len().to_string();
        let scored = Scored {
            field,
            text: token.text.clone(),
            most,
        };
        self.names.insert(name.clone(), scored);
        let (field, word) = (self.schema.get_field_name(field), key(&token.text));
        Some(json!({ "term": { field: { "value": escape(&word), "boost": boost, "_name": name } } }))
    }

    /// Whether a document holds all that tells, however little it is worth.
    fn is_held_whole(&self, read: &[Read<'_>]) -> Result<bool, ClusterError> {
        let telling = self.plan.related.typed.iter().filter(|token| token.telling);
        let read = telling.filter_map(|token| read.iter().find(|read| is_same(read.token, token)));
        let holding = |read: &Read<'_>| {
            let fields = read
                .fields
                .iter()
                .map(|sought| self.schema.get_field_name(sought.field));
            compile::any(
                fields
                    .map(|field| compile::term(field, &key(&read.token.text)))
                    .collect(),
            )
        };
        let all: Vec<Value> = read.map(holding).collect();
        if all.is_empty() {
            return Ok(false);
        }
        let query = json!({ "size": 0, "track_total_hits": 1, "terminate_after": 1, "query": compile::all(all) });
        let answer = self.searcher.ask(&query)?;
        Ok(answer["hits"]["total"]["value"].as_u64().is_some_and(|total| total > 0))
    }
}

fn is_same(one: &RelatedToken, other: &RelatedToken) -> bool {
    one.text == other.text && one.place == other.place
}

/// Documents in the order of what they can have at most.
struct Candidates<'a> {
    asked: &'a Asked<'a>,
    /// What they must match besides.
    only: Option<Value>,
    ids: Vec<String>,
    told: BTreeMap<(Field, String), BTreeMap<u32, (u32, u32)>>,
    /// No further one has more.
    bound: f64,
    after: Option<Value>,
}

impl<'a> Candidates<'a> {
    fn new(asked: &'a Asked<'a>, only: Option<Value>) -> Self {
        Self {
            asked,
            only,
            ids: Vec::new(),
            told: BTreeMap::new(),
            bound: f64::INFINITY,
            after: None,
        }
    }

    fn near(&self) -> Result<Near, ClusterError> {
        let opened = self.asked.searcher.empty.opened();
        Ok(related::near(&self.asked.plan.related, opened, self).map_err(index::IndexError::from)?)
    }

    /// Whether no further document reaches a score.
    fn is_final(&self, score: f64) -> bool {
        self.bound < score || self.bound <= 0.0
    }

    /// Takes further ones.
    fn more(&mut self) -> Result<(), ClusterError> {
        if self.asked.queries.is_empty() || self.ids.len() >= MOST {
            self.bound = 0.0;
            return Ok(());
        }
        let mut query = json!({ "bool": { "should": self.asked.queries, "minimum_should_match": 1 } });
        if let Some(only) = &self.only {
            query["bool"]["filter"] = json!([only]);
        }
        let scored: BTreeSet<Field> = self.asked.names.values().map(|scored| scored.field).collect();
        let lengths = scored
            .into_iter()
            .map(|field| format!("lengths.{}", self.asked.schema.get_field_name(field)));
        let mut body = json!({
            "size": PAGE,
            "query": query,
            "sort": in_order(),
            "track_total_hits": false,
            "_source": false,
            "docvalue_fields": lengths.collect::<Vec<String>>(),
        });
        if let Some(after) = self.after.take() {
            body["search_after"] = after;
        }
        let answer = self.asked.searcher.ask_named(&body)?;
        let hits = hits_of(&answer);
        for hit in hits {
            self.take(hit)?;
        }
        self.after = hits.last().map(|hit| hit["sort"].clone());
        self.bound = match hits.last() {
            // A sum in single precision may be a little less than what it bounds.
            Some(last) if hits.len() == PAGE => last["sort"][0].as_f64().unwrap_or(0.0) * (1.0 + 1e-5),
            _ => 0.0,
        };
        Ok(())
    }

    fn take(&mut self, hit: &Value) -> Result<(), ClusterError> {
        let garbled = |what: &str| ClusterError::Garbled(what.to_owned());
        let id = hit["sort"][1].as_str().ok_or_else(|| garbled("sort"))?;
        let doc = self.ids.len() as u32;
        self.ids.push(id.to_owned());
        let scores = hit["matched_queries"]
            .as_object()
            .ok_or_else(|| garbled("matched_queries"))?;
        for (name, score) in scores {
            let (Some(scored), Some(score)) = (self.asked.names.get(name), score.as_f64()) else {
                continue;
            };
            let field = self.asked.schema.get_field_name(scored.field);
            let length = hit["fields"][format!("lengths.{field}")][0].as_u64();
            let length = length.ok_or_else(|| garbled("lengths"))?;
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            let length = FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length));
            let totals = self.asked.searcher.empty.opened().statistics.field(scored.field);
            let average = totals.tokens as f64 / totals.documents as f64;
            // What a frequency adds, turned round.
            let share = score / scored.most;
            let norm = 1.0 - B + B * f64::from(length) / average;
            let frequency = (K1 * norm * share / (1.0 - share)).round().max(1.0) as u32;
            let token = (scored.field, scored.text.clone());
            self.told.entry(token).or_default().insert(doc, (frequency, length));
        }
        Ok(())
    }
}

impl Occurrences for Candidates<'_> {
    fn documents(&self) -> usize {
        self.ids.len()
    }

    fn each(&self, field: Field, token: &str, take: &mut dyn FnMut(u32, u32, u32)) -> tantivy::Result<()> {
        for (&doc, &(frequency, length)) in self.told.get(&(field, token.to_owned())).into_iter().flatten() {
            take(doc, frequency, length);
        }
        Ok(())
    }
}
