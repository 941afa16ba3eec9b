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
/// How often the same is begun again, where a node that did it is gone.
const TRIES: u32 = 5;
/// Pause between two looks at how far it is, and before it is begun again the first time.
const PAUSE: Duration = Duration::from_millis(300);

/// What a task is asked for at.
const TASKS: &str = "_tasks";

/// Lets the kept documents of a plan come over.
pub(super) fn bring(
    client: &Client,
    from: &str,
    new: &New,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<(), ClusterError> {
    let mut bringing = Bringing {
        client,
        from,
        new,
        progress,
        over: 0,
        shown: 0,
    };
    queries(plan).iter().try_for_each(|query| bringing.all(query))
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

struct Bringing<'a> {
    client: &'a Client,
    from: &'a str,
    new: &'a New,
    progress: &'a dyn Progress,
    /// How many came over by the queries before.
    over: u64,
    /// How many were reported.
    shown: u64,
}

impl Bringing<'_> {
    /// Lets come over what a query finds. What is there already isn't written again, so it may be begun anew at any time.
    fn all(&mut self, query: &Value) -> Result<(), ClusterError> {
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.once(query) {
                Err(error) if !is_final(&error) => std::thread::sleep(pause),
                other => return other,
            }
            pause *= 3;
        }
        self.once(query)
    }

    fn once(&mut self, query: &Value) -> Result<(), ClusterError> {
        let path = "/_reindex?wait_for_completion=false&slices=auto&require_alias=true";
        let body = json!({
            "conflicts": "proceed",
            "source": { "index": self.from, "query": query, "size": BATCH },
            "dest": { "index": self.new.incoming, "op_type": "create" },
        });
        let begun = self.client.post(path, &body)?;
        let task = begun["task"].as_str().unwrap_or_default();
        let mut last = (0, Instant::now());
        loop {
            std::thread::sleep(PAUSE);
            let found = self.client.get(&format!("/{TASKS}/{task}"))?;
            let status = &found["task"]["status"];
            let done = count(&status["created"]) + count(&status["version_conflicts"]);
            self.show(done);
            if found["completed"] == true {
                return match failure(&found, &self.new.index) {
                    Some(error) => Err(error),
                    None => {
                        self.over += count(&found["response"]["total"]);
                        Ok(())
                    }
                };
            }
            if done > last.0 {
                last = (done, Instant::now());
            }
            if last.1.elapsed() > self.client.patience() {
                // It goes with the index that it fills, too.
                let _ = self.client.post(&format!("/{TASKS}/{task}/_cancel"), &json!({}));
                return Err(ClusterError::Busy);
            }
        }
    }

    fn show(&mut self, done: u64) {
        let done = self.over + done;
        self.progress.advance(done.saturating_sub(self.shown));
        self.shown = self.shown.max(done);
    }
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

/// Whether beginning anew can't help. What a node knew is gone with it, in more ways than one.
fn is_final(error: &ClusterError) -> bool {
    match error {
        ClusterError::Full | ClusterError::Refused => true,
        // An index is gone; a task alone is not called so.
        ClusterError::Missing(name) => name != TASKS,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(keep: usize, leave: usize) -> Plan {
        let names = |count: usize| (0..count).map(|number| number.to_string()).collect();
        Plan {
            send: Vec::new(),
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

    #[test]
    fn a_task_that_is_over_says_what_it_lacks() {
        let said = |found: Value| failure(&found, "i");
        assert!(said(json!({ "completed": true, "response": { "failures": [] } })).is_none());
        let flood = "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]";
        let full = json!({ "response": { "failures": [{ "status": 429, "cause": { "type": "cluster_block_exception", "reason": flood } }] } });
        assert!(said(full).is_some_and(|error| is_final(&error) && matches!(error, ClusterError::Full)));
        let lost = json!({ "response": { "failures": [{ "index": "a", "shard": 1, "reason": { "type": "node_disconnected_exception", "reason": "gone" } }] } });
        assert!(said(lost).is_some_and(|error| !is_final(&error)));
        let gone =
            json!({ "error": { "type": "index_not_found_exception", "index": "a", "reason": "no such index [a]" } });
        assert!(said(gone).is_some_and(|error| is_final(&error)));
        assert!(!is_final(&ClusterError::Missing(TASKS.to_owned())));
    }
}
