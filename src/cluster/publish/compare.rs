//! What has changed since the generation that is searched.

use super::super::client::Client;
use super::super::error::ClusterError;
use super::super::mapping::HASH;
use super::super::published::Published;
use super::super::source::Record;
use super::Progress;
use crate::index::Documents;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Names that are asked for at once.
const PAGE: usize = 10_000;
/// Documents that are read side by side between two notes of progress.
const STEP: u32 = 1_024;

/// What is to be done with each document.
pub(super) struct Plan {
    /// Numbers of those that are sent.
    pub(super) send: Vec<u32>,
    /// How many come over.
    pub(super) kept: u64,
    /// Their names.
    pub(super) keep: Vec<String>,
    /// Names of those that stand there and don't come over.
    pub(super) leave: Vec<String>,
}

impl Plan {
    pub(super) fn of(
        client: &Client,
        published: Option<&Published>,
        documents: &Documents,
        progress: &dyn Progress,
    ) -> Result<Self, ClusterError> {
        let mut there = match published {
            Some(published) => standing(client, published)?,
            None => HashMap::new(),
        };
        let mut plan = Self {
            send: Vec::new(),
            kept: 0,
            keep: Vec::new(),
            leave: Vec::new(),
        };
        if there.is_empty() {
            plan.send = (0..documents.count()).collect();
            progress.advance(documents.count().into());
            return Ok(plan);
        }
        for start in (0..documents.count()).step_by(STEP as usize) {
            let end = documents.count().min(start + STEP);
            let records: Vec<Record> = (start..end)
                .into_par_iter()
                .map(|number| documents.get(number).map(|document| Record::of(&document)))
                .collect::<Result<_, _>>()?;
            for (number, record) in (start..end).zip(records) {
                let same = there
                    .get(&record.name)
                    .is_some_and(|hash| *hash == record.hash.to_string());
                if same {
                    there.remove(&record.name);
                    plan.keep.push(record.name);
                } else {
                    plan.send.push(number);
                }
            }
            progress.advance((end - start).into());
        }
        plan.kept = plan.keep.len() as u64;
        plan.leave = there.into_keys().collect();
        Ok(plan)
    }

    /// Whether the documents that stand there are those that are here.
    pub(super) fn is_nothing(&self) -> bool {
        self.send.is_empty() && self.leave.is_empty()
    }
}

/// The documents of an index by their names, each with the name of its content; none where not all can be had: what
/// isn't known to stand there is sent.
fn standing(client: &Client, published: &Published) -> Result<HashMap<String, String>, ClusterError> {
    let mut found = HashMap::new();
    // A page may be asked for again where its answer was lost, which one of a scroll may not.
    let mut ask = json!({
        "size": PAGE,
        "sort": [{ "id": "asc" }],
        "track_total_hits": false,
        "_source": false,
        "docvalue_fields": [HASH],
    });
    loop {
        let page = client.post(&format!("/{}/_search", published.index), &ask)?;
        let hits = page["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        let hash = |hit: &Value| {
            let hash = hit["fields"][HASH][0].as_str()?.to_owned();
            Some((hit["_id"].as_str()?.to_owned(), hash))
        };
        found.extend(hits.iter().filter_map(hash));
        match hits.last() {
            Some(last) if hits.len() == PAGE => ask["search_after"] = last["sort"].clone(),
            _ => break,
        }
    }
    if found.len() as u64 != published.documents {
        found.clear();
    }
    Ok(found)
}
