//! What has not changed comes over from the generation before, inside the cluster.

use super::super::answer;
use super::super::client::Client;
use super::super::error::ClusterError;
use super::compare::Plan;
use super::{New, Progress};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Names in one request, at most.
const NAMES: usize = 20_000;
/// Documents that a node carries over at once: the largest are a megabyte.
const BATCH: usize = 100;
/// Pause between two looks at how far it is.
const PAUSE: Duration = Duration::from_millis(300);
/// Pause before the same is begun again, where a node was lost.
const AGAIN: Duration = Duration::from_secs(3);

/// Lets the kept documents of a plan come over.
pub(super) fn bring(
    client: &Client,
    from: &str,
    new: &New,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    let mut before = 0;
    for query in queries(plan) {
        before += once(client, from, new, &query, before, plan.kept, progress)?;
    }
    Ok(())
}

/// Queries that together find the kept documents alone: all but a few, or those of a list at a time.
fn queries(plan: &Plan) -> Vec<Value> {
    if plan.leave.is_empty() {
        return vec![json!({ "match_all": {} })];
    }
    if plan.leave.len() <= NAMES {
        return vec![json!({ "bool": { "must_not": { "ids": { "values": plan.leave } } } })];
    }
    let some = |names: &[String]| json!({ "ids": { "values": names } });
    plan.keep.chunks(NAMES).map(some).collect()
}

/// Lets come over what a query finds; gives how many documents these are. What is there already isn't written again, so
/// it may be begun anew at any time.
fn once(
    client: &Client,
    from: &str,
    new: &New,
    query: &Value,
    before: u64,
    all: u64,
    progress: &dyn Progress,
) -> Result<u64, ClusterError> {
    let path = "/_reindex?wait_for_completion=false&slices=auto&require_alias=true";
    let body = json!({
        "conflicts": "proceed",
        "source": { "index": from, "query": query, "size": BATCH },
        "dest": { "index": new.incoming, "op_type": "create" },
    });
    let (mut shown, mut moved) = (before, Instant::now());
    let started = Instant::now();
    loop {
        let mut failed = ClusterError::Busy;
        let begun = client.post(path, &body)?;
        let task = begun["task"].as_str().unwrap_or_default().to_owned();
        loop {
            std::thread::sleep(PAUSE);
            let found = match client.get(&format!("/_tasks/{task}")) {
                Ok(found) => found,
                // The node that did it is gone, and what it knew of it.
                Err(ClusterError::Missing(_)) => break,
                Err(error) => return Err(error),
            };
            let status = &found["task"]["status"];
            let done = before + count(&status["created"]) + count(&status["version_conflicts"]);
            let done = done.min(all);
            progress.advance(done.saturating_sub(shown));
            if done > shown {
                (shown, moved) = (done, Instant::now());
            }
            if found["completed"] != true {
                if moved.elapsed() > client.patience() {
                    // It ends with the index that it fills, too.
                    let _ = client.post(&format!("/_tasks/{task}/_cancel"), &json!({}));
                    return Err(ClusterError::Busy);
                }
                continue;
            }
            match failure(&found, &new.index) {
                None => return Ok(count(&found["response"]["total"])),
                Some(error) if error.passes() || is_lost(&error) => failed = error,
                Some(error) => return Err(error),
            }
            break;
        }
        if started.elapsed() > client.patience() {
            return Err(failed);
        }
        std::thread::sleep(AGAIN);
    }
}

/// Whether a node went away with what was read on it: a cluster says then that its search has failed.
fn is_lost(error: &ClusterError) -> bool {
    matches!(error, ClusterError::Unexpected(500.., ..))
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

/// Why a task that is over didn't do all.
fn failure(found: &Value, index: &str) -> Option<ClusterError> {
    let one = &found["response"]["failures"][0];
    let error = match (&found["error"], one) {
        (Value::Null, Value::Null) => return None,
        (Value::Null, one) if one["cause"].is_object() => &one["cause"],
        (Value::Null, one) => &one["reason"],
        (error, _) => error,
    };
    let status = one["status"].as_u64().unwrap_or(500) as u16;
    Some(answer::of(status, error, index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(keep: usize, leave: usize) -> Plan {
        let names = |count: usize| (0..count).map(|number| number.to_string()).collect();
        Plan {
            send: Vec::new(),
            kept: keep as u64,
            keep: names(keep),
            leave: names(leave),
        }
    }

    #[test]
    fn what_comes_over_is_asked_for_in_bounded_requests() {
        assert_eq!(queries(&plan(9, 0)), [json!({ "match_all": {} })]);
        let few = queries(&plan(50_000, 2));
        assert_eq!(few[0]["bool"]["must_not"]["ids"]["values"], json!(["0", "1"]));
        let many = queries(&plan(50_000, 20_001));
        assert_eq!(many.len(), 3);
        assert_eq!(many[2]["ids"]["values"].as_array().unwrap().len(), 10_000);
    }
}
