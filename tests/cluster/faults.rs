//! Bad days: a sentence each, nothing lost, and the next run puts it right.

use super::proxy::{Fate, proxy};
use super::{Town, ask, told};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

const FLOOD: &str = r#"{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"},"status":429}"#;
/// Documents so long that they take several requests.
const LONG: usize = 4_000;

/// The index that a request is about, without its alias for writing.
fn index_of(line: &str) -> String {
    let path = line.split('/').nth(1).unwrap();
    path.trim_end_matches(".incoming").to_owned()
}

#[test]
fn lost_answers_and_a_busy_cluster_change_nothing() {
    let Some(town) = Town::new("lost") else { return };
    town.build(1..=12, 40);
    // Every kind of request goes wrong in every way before it passes.
    let mut count = std::collections::HashMap::new();
    let between = proxy(&town.node, move |line| {
        let kind = line
            .split(['?', '/', '-'])
            .filter(|part| part.starts_with('_'))
            .collect::<String>();
        let kind = format!("{}{kind}", line.split(' ').next().unwrap());
        let at = count.entry(kind).or_insert(0);
        *at += 1;
        match *at {
            1 => Fate::Answered(429, "busy"),
            2 => Fate::Cut,
            3 => Fate::Lost,
            4 => Fate::Answered(503, "{}"),
            _ => Fate::Passes,
        }
    });
    assert!(told(&town.publish_at(&between), 0).contains("共 12 篇，发送 12 篇"));
    let (documents, deleted) = town.content();
    assert_eq!((documents.len(), deleted), (12, json!(0)));
    assert_eq!(town.indexes().len(), 1);
}

#[test]
fn a_full_disk_leaves_what_was_published() {
    let Some(town) = Town::new("full") else { return };
    town.build(1..=3, 2);
    town.publish(0);
    let before = town.index();
    town.build(4..=9, LONG);
    // Once as a proxy says it, once as the cluster itself does.
    let node = town.node.clone();
    let blocked = proxy(&town.node, move |line| {
        if line.contains("_bulk") {
            let block = json!({ "index": { "blocks": { "read_only_allow_delete": true } } });
            ask(&node, "PUT", &format!("/{}/_settings", index_of(line)), &block);
        }
        Fate::Passes
    });
    let bulks = AtomicUsize::new(0);
    let flooded = proxy(&town.node, move |line| {
        let second = line.contains("_bulk") && bulks.fetch_add(1, Ordering::Relaxed) > 0;
        if second {
            Fate::Answered(429, FLOOD)
        } else {
            Fate::Passes
        }
    });
    for engine in [blocked, flooded] {
        let said = told(&town.publish_at(&engine), 3);
        assert!(said.contains("磁盘已满"), "{said}");
        assert_eq!(town.index(), before);
        assert_eq!(town.content().0.len(), 3);
    }
    assert!(town.publish(0).contains("共 9 篇，发送 6 篇，沿用 3 篇"));
}

#[test]
fn a_name_that_is_not_ours_is_left_alone() {
    let Some(town) = Town::new("elsewhere") else { return };
    town.build(1..=2, 1);
    let foreign = format!("{}-foreign", town.alias);
    let aliases = json!({ "aliases": { &town.alias: {} } });
    assert_eq!(town.ask("PUT", &format!("/{foreign}"), &aliases).0, 200);
    let said = town.publish(3);
    assert!(said.contains("不是由本程序发布的索引的别名"), "{said}");
    assert_eq!(
        (town.index(), town.indexes()),
        (Some(foreign.clone()), vec![foreign.clone()])
    );
    town.ask("DELETE", &format!("/{foreign}"), &Value::Null);
    // Nor is an index that bears the name itself.
    assert_eq!(town.ask("PUT", &format!("/{}", town.alias), &json!({})).0, 200);
    assert!(town.publish(3).contains("不是由本程序发布的索引的别名"));
    town.ask("DELETE", &format!("/{}", town.alias), &Value::Null);
    town.publish(0);
}

#[test]
fn an_index_of_another_format_is_replaced() {
    let Some(town) = Town::new("format") else { return };
    town.build(1..=4, 1);
    town.publish(0);
    let index = town.index().unwrap();
    let path = format!("/{index}/_mapping");
    let (_, mut found) = town.ask("GET", &path, &Value::Null);
    let meta = &mut found[&index]["mappings"]["_meta"];
    meta["jianyan"]["format"] = json!(99);
    assert_eq!(town.ask("PUT", &path, &json!({ "_meta": meta })).0, 200);
    assert!(town.publish(0).contains("发送 4 篇，沿用 0 篇"));
    assert_ne!(town.index(), Some(index));
}

#[test]
fn an_index_that_is_deleted_under_us_is_not_made_out_of_what_is_sent() {
    let Some(town) = Town::new("deleted") else { return };
    town.build(1..=6, LONG);
    let node = town.node.clone();
    let bulks = AtomicUsize::new(0);
    let between = proxy(&town.node, move |line| {
        if line.contains("_bulk") && bulks.fetch_add(1, Ordering::Relaxed) == 1 {
            ask(&node, "DELETE", &format!("/{}", index_of(line)), &Value::Null);
        }
        Fate::Passes
    });
    let said = told(&town.publish_at(&between), 3);
    assert!(said.contains("集群中没有"), "{said}");
    assert_eq!((town.indexes().len(), town.index()), (0, None));
    assert!(town.publish(0).contains("共 6 篇"));
}

#[test]
fn a_run_that_is_cut_off_leaves_the_old_generation_and_the_next_one_tidies_up() {
    let Some(town) = Town::new("killed") else { return };
    town.build(1..=3, 2);
    town.publish(0);
    let before = town.index();
    town.build(4..=9, LONG);
    let (reached, wait) = mpsc::channel();
    let bulks = AtomicUsize::new(0);
    let between = proxy(&town.node, move |line| {
        if line.contains("_bulk") && bulks.fetch_add(1, Ordering::Relaxed) == 1 {
            // The test ends the program now; this request never arrives.
            let _ = reached.send(());
            std::thread::sleep(Duration::from_secs(2));
            return Fate::Cut;
        }
        Fate::Passes
    });
    let mut run = town.command(&between, &[]).stderr(Stdio::null()).spawn().unwrap();
    wait.recv_timeout(Duration::from_secs(120)).unwrap();
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(town.index(), before);
    assert_eq!(town.content().0.len(), 3);
    assert_eq!(town.indexes().len(), 2);
    assert!(town.publish(0).contains("共 9 篇，发送 6 篇，沿用 3 篇"));
    assert_eq!(town.indexes().len(), 2, "the one that is searched and the one before");
}

/// Kills a node of the cluster in a folder of `scripts/cluster` (`JIANYAN_CLUSTER`), so it needs a cluster of its own.
#[test]
fn a_node_that_dies_in_the_middle_is_done_without() {
    let Some(town) = Town::new("node") else { return };
    let Some(folder) = std::env::var_os("JIANYAN_CLUSTER").map(PathBuf::from) else {
        println!("skipped: JIANYAN_CLUSTER names no folder of a cluster that may lose a node");
        return;
    };
    let script = move |what: &str| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/cluster");
        let ended = std::process::Command::new(script)
            .args([what, "2"])
            .arg(&folder)
            .output()
            .unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    let script = Arc::new(script);
    let begun = |kind: &'static str| {
        let (script, seen) = (Arc::clone(&script), AtomicUsize::new(0));
        proxy(&town.node, move |line| {
            if line.contains(kind) && seen.fetch_add(1, Ordering::Relaxed) == 0 {
                script("kill");
            }
            Fate::Passes
        })
    };
    town.build(1..=6, LONG);
    let sent = told(&town.publish_at(&begun("_bulk")), 0);
    assert!(sent.contains("共 6 篇，发送 6 篇"), "{sent}");
    script("restart");
    town.write(1, LONG, "又查明一节。");
    town.desk.expect(0, &["build", "-q"]);
    let brought = told(&town.publish_at(&begun("_tasks")), 0);
    assert!(brought.contains("共 6 篇，发送 1 篇，沿用 5 篇"), "{brought}");
    script("restart");
    assert_eq!(town.content().0.len(), 6);
    assert_eq!(town.content().1, 0);
}
