//! Whether what has arrived is what was sent, and the step that puts it behind the alias.

use super::super::client::Client;
use super::super::error::ClusterError;
use super::super::mapping::{self, HASH, LENGTHS, STORED};
use super::super::published::{Note, Published};
use super::super::source::{self, Record};
use super::{Layout, New, Progress, Stage};
use crate::index::{Documents, FieldTotals, Opened};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tantivy::schema::Field;

/// Documents that are looked at one by one.
const SAMPLE: u32 = 48;

/// Whether documents that are those here stand there with the same settings, laid out as asked; the number of copies is set where it is another.
pub(super) fn is_same(
    client: &Client,
    published: &Published,
    opened: &Opened,
    layout: Layout,
) -> Result<bool, ClusterError> {
    let index = &published.index;
    let found = client.get(&format!("/{index}/_settings?flat_settings=true"))?;
    let setting = |name: &str| {
        let value = &found[index]["settings"][name];
        value.as_str().and_then(|value| value.parse::<u32>().ok())
    };
    let same = published.settings == opened.settings && setting("index.number_of_shards") == Some(layout.shards);
    if same && setting("index.number_of_replicas") != Some(layout.replicas) {
        let copies = json!({ "index": { "number_of_replicas": layout.replicas } });
        client.put(&format!("/{index}/_settings"), &copies)?;
    }
    Ok(same)
}

/// Looks at an index that was filled, and notes that it is whole.
pub(super) fn settle(
    client: &Client,
    new: &New,
    opened: &Opened,
    documents: &Documents,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    progress.begin(Stage::Settle, 0);
    let index = &new.index;
    client.post(&format!("/{index}/_refresh"), &json!({}))?;
    let totals = totals(opened);
    count(client, index, documents.count().into(), &totals)?;
    sample(client, index, documents)?;
    let note = Note::whole(client.alias(), &opened.settings, documents.count().into(), &totals);
    client.put(&format!("/{index}/_mapping"), &json!({ "_meta": note.as_meta() }))?;
    client.put(
        &format!("/{index}/_settings"),
        &json!({ "index": { "refresh_interval": null } }),
    )?;
    Ok(())
}

/// The figures of each scored field, as the index on this machine has them.
fn totals(opened: &Opened) -> BTreeMap<String, FieldTotals> {
    let schema = opened.index.schema();
    let total = |(field, name): (Field, &str)| (name.to_owned(), opened.statistics.field(field));
    mapping::scored(&schema).map(total).collect()
}

/// Whether all documents are there, no shard is missing, none was deleted, and every field has its tokens.
fn count(
    client: &Client,
    index: &str,
    documents: u64,
    totals: &BTreeMap<String, FieldTotals>,
) -> Result<(), ClusterError> {
    let differs = |what: String| Err(ClusterError::Disagrees(what));
    let sums: Map<String, Value> = totals
        .keys()
        .map(|name| (name.clone(), json!({ "sum": { "field": format!("{LENGTHS}.{name}") } })))
        .collect();
    let ask = json!({ "size": 0, "track_total_hits": true, "aggs": sums });
    let found = client.post(&format!("/{index}/_search"), &ask)?;
    let failed = &found["_shards"]["failed"];
    if *failed != 0 {
        return differs(format!("_shards.failed {failed}"));
    }
    let there = &found["hits"]["total"]["value"];
    if *there != documents {
        return differs(format!("{there} / {documents}"));
    }
    for (name, total) in totals {
        let sum = found["aggregations"][name]["value"].as_f64().unwrap_or_default();
        if sum as u64 != total.tokens {
            return differs(format!("{name}: {sum} / {}", total.tokens));
        }
    }
    let stats = client.get(&format!("/{index}/_stats/docs"))?;
    let deleted = &stats["_all"]["primaries"]["docs"]["deleted"];
    if *deleted != 0 {
        return differs(format!("deleted {deleted}"));
    }
    Ok(())
}

/// Whether some documents, from the first to the last, are what they are here.
fn sample(client: &Client, index: &str, documents: &Documents) -> Result<(), ClusterError> {
    let count = documents.count();
    let last = count.saturating_sub(1);
    let looked = SAMPLE.min(count);
    let number = |at: u32| (u64::from(at) * u64::from(last) / u64::from(looked.max(2) - 1)) as u32;
    for at in 0..looked {
        let document = documents.get(number(at))?;
        let record = Record::of(&document);
        let path = format!("/{index}/_doc/{}?_source_includes={HASH},{STORED}", record.name);
        let found = client.get(&path)?;
        let source = &found["_source"];
        let same = source[HASH] == record.hash.to_string() && source::document(source).as_ref() == Some(&document);
        if !same {
            return Err(ClusterError::Disagrees(document.id));
        }
    }
    Ok(())
}

/// Puts the new index behind the alias, in one step with the old one's leaving it.
pub(super) fn switch(client: &Client, new: &New, old: Option<&str>) -> Result<(), ClusterError> {
    let (alias, index) = (client.alias(), &new.index);
    let mut actions: Vec<Value> = Vec::new();
    actions.extend(old.map(|old| json!({ "remove": { "index": old, "alias": alias } })));
    actions.push(json!({ "add": { "index": index, "alias": alias } }));
    actions.push(json!({ "remove": { "index": index, "alias": new.incoming } }));
    match client.post("/_aliases", &json!({ "actions": actions })) {
        Ok(_) => Ok(()),
        // It may have been done by a request whose answer was lost.
        Err(error) => match Published::read(client) {
            Ok(published) if published.index == *index => Ok(()),
            _ => Err(error),
        },
    }
}
