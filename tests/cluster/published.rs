//! Publishing to a real cluster: only what has changed is sent, and what is lost on the way harms nothing.

use super::real::Real;
use super::{At, change, counts, documents, index_of, quietly, write};
use crate::desk::Desk;
use jianyan::audience::Audience;
use jianyan::cluster::{Client, ClusterError, Layout, Outcome, Progress, Stage, publish};
use jianyan::index::document::IndexDocument;
use serde_json::json;
use std::time::{Duration, Instant};

const COUNT: usize = 320;

fn published(client: &Client, documents: &[IndexDocument], layout: Layout) -> Outcome {
    failing(client, documents, layout, &quietly()).unwrap()
}

fn failing(
    client: &Client,
    documents: &[IndexDocument],
    layout: Layout,
    progress: &dyn Progress,
) -> Result<Outcome, ClusterError> {
    let dir = index_of(documents, "internal");
    let opened = jianyan::index::open(dir.path()).unwrap();
    publish(client, &opened, layout, progress)
}

#[test]
fn only_what_has_changed_is_sent() {
    let Some(real) = Real::of("changed", Audience::Internal) else {
        return;
    };
    let client = real.client();
    let layout = Layout::default();
    let mut documents = documents(COUNT);
    assert_eq!(counts(&published(&client, &documents, layout)), Some((320, 320)));
    assert_eq!(real.counts(), (320, 0));
    let first = real.standing().unwrap();
    assert_eq!(published(&client, &documents, layout), Outcome::Same(first.clone()));
    change(&mut documents[17]);
    documents.remove(200);
    assert_eq!(counts(&published(&client, &documents, layout)), Some((319, 1)));
    assert_eq!(real.counts(), (319, 0), "none was deleted or written over");
    assert!(real.indexes().contains(&first), "the generation before stays");
    // Cut otherwise, nothing is sent at all.
    let five = Layout { shards: 5, replicas: 1 };
    assert_eq!(counts(&published(&client, &documents, five)), Some((319, 0)));
    assert_eq!((real.counts(), real.indexes().len()), ((319, 0), 2));
    // Nearly all changed: those that stay are named one by one.
    for document in &mut documents[..300] {
        change(document);
    }
    assert_eq!(counts(&published(&client, &documents, layout)), Some((319, 300)));
    assert_eq!(real.counts(), (319, 0));
    assert_eq!(counts(&published(&client, &[], layout)), Some((0, 0)));
    assert_eq!(counts(&published(&client, &documents, layout)), Some((319, 319)));
}

#[test]
fn a_program_that_is_killed_leaves_what_was_there() {
    let Some(real) = Real::of("killed", Audience::Internal) else {
        return;
    };
    let desk = Desk::new();
    let mut documents = documents(2_000);
    write(&desk.root().join("index"), &documents, "internal");
    let arguments = ["publish", "--engine", &real.urls, "--engine-alias", &real.alias];
    desk.expect(0, &arguments);
    let stood = real.standing().unwrap();
    for document in &mut documents[..1_500] {
        change(document);
    }
    std::fs::remove_dir_all(desk.root().join("index")).unwrap();
    write(&desk.root().join("index"), &documents, "internal");
    // At once after the index is made, and a little later: while it is brought over, and while it is sent.
    for wait in [0, 400, 900] {
        let left = real.half_made();
        let mut program = desk.command(&arguments).spawn().unwrap();
        let begun = Instant::now();
        while real.half_made().is_none_or(|made| left.as_ref() == Some(&made)) {
            assert!(begun.elapsed() < Duration::from_secs(60), "no index is made");
        }
        std::thread::sleep(Duration::from_millis(wait));
        program.kill().unwrap();
        program.wait().unwrap();
        assert_eq!(real.standing().as_ref(), Some(&stood), "killed after {wait} ms");
        assert!(real.half_made().is_some(), "killed after {wait} ms");
        assert_eq!(real.counts(), (2_000, 0));
    }
    let (said, _) = desk.expect(0, &arguments);
    assert!(said.contains("共 2000 篇，本次传送 1500 篇"), "{said}");
    assert_eq!((real.counts(), real.indexes().len()), ((2_000, 0), 2));
    assert!(real.half_made().is_none() && real.indexes().contains(&stood));
}

/// Publishes the next generation, with something that is done to the half-made index when a stage begins; gives the error.
fn harmed(real: &Real, at: Stage, harm: impl Fn(&Client, &str) + Sync) -> ClusterError {
    let client = real.client();
    let mut documents = documents(COUNT);
    published(&client, &documents, Layout::default());
    let stood = real.standing().unwrap();
    change(&mut documents[17]);
    let harming = At(|stage| {
        if stage == at {
            harm(&client, &real.half_made().unwrap());
        }
    });
    let error = failing(&client, &documents, Layout::default(), &harming).unwrap_err();
    assert_eq!(
        (real.standing().as_ref(), real.counts()),
        (Some(&stood), (320, 0)),
        "what was there stands: {error}"
    );
    assert!(real.half_made().is_none(), "nothing half made is left: {error}");
    assert_eq!(
        counts(&published(&client, &documents, Layout::default())),
        Some((320, 1))
    );
    error
}

#[test]
fn an_index_that_is_deleted_under_us_is_missed() {
    let Some(real) = Real::of("deleted", Audience::Internal) else {
        return;
    };
    for stage in [Stage::Bring, Stage::Send] {
        let error = harmed(&real, stage, |client, index| {
            drop(client.delete(&format!("/{index}")).unwrap())
        });
        assert!(matches!(error, ClusterError::Missing(_)), "{error:?}");
    }
}

#[test]
fn a_full_disk_is_told_of() {
    let Some(real) = Real::of("full", Audience::Internal) else {
        return;
    };
    for stage in [Stage::Bring, Stage::Send] {
        let error = harmed(&real, stage, |client, index| {
            let block = json!({ "index.blocks.read_only_allow_delete": true });
            client.put(&format!("/{index}/_settings"), &block).unwrap();
        });
        assert!(matches!(error, ClusterError::Full), "{error:?}");
    }
}

#[test]
fn the_generation_that_is_searched_may_go_while_another_is_made() {
    let Some(real) = Real::of("gone", Audience::Internal) else {
        return;
    };
    let client = real.client();
    let mut documents = documents(COUNT);
    published(&client, &documents, Layout::default());
    change(&mut documents[17]);
    let stood = real.standing().unwrap();
    let gone = At(|stage| {
        if stage == Stage::Bring {
            client.delete(&format!("/{stood}")).unwrap();
        }
    });
    let error = failing(&client, &documents, Layout::default(), &gone).unwrap_err();
    assert!(matches!(error, ClusterError::Missing(_)), "{error:?}");
    assert_eq!(
        counts(&published(&client, &documents, Layout::default())),
        Some((320, 320))
    );
    assert_eq!((real.counts(), real.indexes().len()), ((320, 0), 1));
}

#[test]
fn a_name_that_is_not_ours_is_left_alone() {
    let Some(real) = Real::of("theirs", Audience::Internal) else {
        return;
    };
    let client = real.client();
    let theirs = format!("{}-theirs", real.alias);
    client
        .put(&format!("/{theirs}"), &json!({ "aliases": { real.alias.clone(): {} } }))
        .unwrap();
    let documents = documents(3);
    let error = failing(&client, &documents, Layout::default(), &quietly()).unwrap_err();
    assert!(matches!(error, ClusterError::Elsewhere(_)), "{error:?}");
    assert_eq!(real.standing(), Some(theirs.clone()));
    client.delete(&format!("/{theirs}/_alias/{}", real.alias)).unwrap();
    published(&client, &documents, Layout::default());
    assert!(
        real.indexes().contains(&theirs),
        "an index of somebody else's under such a name stays"
    );
}
