//! A node that is killed: publishing and searching go on by the others.

use super::real::{Mortal, Real};
use super::{At, change, counts, documents, index_of, quietly};
use jianyan::audience::Audience;
use jianyan::cluster::{Layout, Searcher, Stage, publish};
use jianyan::query::Asked;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_node_may_be_killed_while_an_index_is_published_and_searched() {
    let test = "node";
    let Some(mortal) = Mortal::of(test) else { return };
    let real = Real::at(mortal.urls(), test, Audience::Internal);
    let mut documents = documents(3_000);
    // The one that is spoken to first, and one of the others; while documents are sent, and while they come over.
    for (node, stage, changed) in [
        ("1", Stage::Send, 0),
        ("2", Stage::Send, 1_500),
        ("1", Stage::Bring, 3),
        ("3", Stage::Bring, 0),
    ] {
        for document in &mut documents[..changed] {
            change(document);
        }
        let dir = index_of(&documents, "internal");
        let opened = jianyan::index::open(dir.path()).unwrap();
        let layout = Layout {
            shards: if changed == 0 { 5 } else { 3 },
            replicas: 1,
        };
        let client = real.client();
        let killed = AtomicBool::new(false);
        let killing = At(|at| {
            if at == stage && !killed.swap(true, Ordering::Relaxed) {
                mortal.run(&["kill", node]);
            }
        });
        let outcome = publish(&client, &opened, layout, &killing);
        println!("node {node} killed at {stage:?}: {outcome:?}");
        let searcher = Searcher::open(real.client());
        if let Ok(searcher) = searcher {
            let answer = searcher.answer(&Asked::of("检察")).unwrap().answer;
            assert!(answer.total > 0);
        }
        // A run that gave up is made good by the next.
        if outcome.is_err() {
            let outcome = publish(&real.client(), &opened, layout, &quietly()).unwrap();
            assert!(counts(&outcome).is_some());
        }
        assert_eq!(real.counts(), (3_000, 0));
        assert!(killed.into_inner());
        mortal.run(&["restart", node]);
    }
}
