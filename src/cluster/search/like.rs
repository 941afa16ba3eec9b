//! Documents like a text or a document, found in a cluster.

use super::super::error::ClusterError;
use super::{Searcher, compile, document, hits_of, in_order};
use crate::index;
use crate::query::similar::{Likeness, Source};
use crate::query::{self, Alike, Near};
use serde_json::{Value, json};

impl Searcher {
    /// The documents nearest to a text, as [`query::Searcher::like_text`] gives them.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn like_text(&self, text: &str, limit: usize) -> Result<Vec<Alike>, ClusterError> {
        Ok(self.like(&Source::text(text), None, limit)?.0)
    }

    /// The documents like the one of an id; `None` when there is no such document.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn like_document(&self, id: &str, limit: usize) -> Result<Option<Vec<Alike>>, ClusterError> {
        let source = self.source(id)?;
        let found = source.map(|source| self.like(&source, Some(id), limit)).transpose()?;
        Ok(found.map(|(alike, _)| alike))
    }

    /// The documents nearest to a text, with what a page shows of them.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn near_text(&self, text: &str, limit: usize) -> Result<Vec<Near>, ClusterError> {
        let (alike, held) = self.like(&Source::text(text), None, limit)?;
        shown(alike, &held)
    }

    /// The documents like the one of an id, with what a page shows of them; none when there is no such document.
    ///
    /// # Errors
    /// The cluster can't be asked.
    pub fn near_document(&self, id: &str, limit: usize) -> Result<Vec<Near>, ClusterError> {
        let Some(source) = self.source(id)? else {
            return Ok(Vec::new());
        };
        let (alike, held) = self.like(&source, Some(id), limit)?;
        shown(alike, &held)
    }

    fn source(&self, id: &str) -> Result<Option<Source>, ClusterError> {
        let own = self.documents(&[&id.to_owned()])?;
        let held = self.held(own.into_values().collect())?;
        Ok(held.source(id)?.map(|(_, source)| source))
    }

    fn like(
        &self,
        source: &Source,
        own: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Alike>, query::Searcher), ClusterError> {
        let normal = source.normal();
        let opened = self.empty.opened();
        let likeness = self.settle(|| Ok(Likeness::choose(source, &normal, opened)?))?;
        let (schema, _) = index::schema::schema();
        let parts = likeness.parts(opened);
        let tokens = parts.iter().map(|part| compile::scored(part, 1.0, &schema, self.scale));
        let laws = likeness.laws.iter().map(|(law, added)| {
            let holding = compile::holding("laws", law);
            json!({ "constant_score": { "filter": holding, "boost": added } })
        });
        let should: Vec<Value> = tokens.chain(laws).collect();
        if should.is_empty() || limit == 0 {
            return Ok((Vec::new(), self.held(Vec::new())?));
        }
        let refused: Vec<Value> = own.map(|id| compile::holding("id", id)).into_iter().collect();
        let query = json!({ "bool": { "should": should, "minimum_should_match": 1, "must_not": refused } });
        let answer = self.ask(&json!({
            "size": limit,
            "query": query,
            "sort": in_order(),
            "track_total_hits": false,
            "_source": self.wanted(),
        }))?;
        let mut found = Vec::new();
        let mut documents = Vec::new();
        for hit in hits_of(&answer) {
            let document = document(hit)?;
            found.push((document.id.clone(), hit["sort"][0].as_f64().unwrap_or(0.0) as f32));
            documents.push(document);
        }
        let held = self.held(documents)?;
        let found = held.numbered(&found)?;
        let alike = self.settle(|| held.alike(&found, source, &likeness))?;
        Ok((alike, held))
    }
}

fn shown(alike: Vec<Alike>, held: &query::Searcher) -> Result<Vec<Near>, ClusterError> {
    let near = alike.into_iter().map(|alike| held.near(alike));
    Ok(near.collect::<Result<_, _>>()?)
}
