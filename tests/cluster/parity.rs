//! A cluster gives the same answers as the index: what is found, in which order, with which scores, facets and passages.

use super::real::Real;
use crate::client::corpus::{self, synonyms};
use crate::client::queries::queries;
use jianyan::audience::Audience;
use jianyan::cluster::{self, Layout, publish};
use jianyan::index::{self, Documents, IndexSettings};
use jianyan::query::{Alike, Answer, Asked, Hit, Order, Searcher};
use std::path::Path;
use std::process::Command;

const SEED: u64 = 20_261_120;
/// Scores differ by no more than this share.
const NEAR: f32 = 1e-4;
/// Documents whose scores differ by less change places.
const EQUAL: f32 = 1e-5;

/// How many queries are tried in all.
fn count() -> usize {
    let named = std::env::var("JIANYAN_PARITY").ok();
    named
        .and_then(|count| count.parse().ok())
        .unwrap_or_else(|| crate::client::parity::thorough(300, 2_000))
}

fn near(one: f32, other: f32, share: f32) -> bool {
    (one - other).abs() <= share * one.abs().max(other.abs()).max(1e-6)
}

/// What differs between two answers, if anything does.
fn different(local: &Answer, remote: &Answer) -> Option<String> {
    if (local.total, local.related) != (remote.total, remote.related) {
        let [here, there] = [local, remote].map(|answer| (answer.total, answer.related));
        return Some(format!("totals {here:?}, there {there:?}"));
    }
    if local.facets != remote.facets || local.notes != remote.notes {
        return Some(format!("facets {:?}, there {:?}", local.facets, remote.facets));
    }
    let pairs = local.hits.iter().zip(&remote.hits).enumerate();
    let found = pairs
        .into_iter()
        .find_map(|(at, (here, there))| different_hits(&local.hits, here, there).map(|what| (at, what)));
    found.map(|(at, what)| format!("{what} at {at}"))
}

fn different_hits(all: &[Hit], here: &Hit, there: &Hit) -> Option<String> {
    if !near(here.score, there.score, NEAR) {
        return Some(format!(
            "score {} {}, there {} {}",
            here.id, here.score, there.id, there.score
        ));
    }
    if here.id != there.id {
        let other = all.iter().find(|hit| hit.id == there.id);
        let equal = other.is_some_and(|other| near(other.score, here.score, EQUAL));
        return (!equal).then(|| format!("order {} {}, there {} {}", here.id, here.score, there.id, there.score));
    }
    let shown = |hit: &Hit| (hit.snippet.clone(), hit.section.clone(), hit.anchor.clone(), hit.tier);
    (shown(here) != shown(there)).then(|| format!("passage of {}: {} there {}", here.id, here.snippet, there.snippet))
}

/// What differs between the two, asked a query in all ways.
fn difference(local: &Searcher, remote: &cluster::Searcher, query: &str) -> Option<String> {
    let asked = Asked {
        limit: 60,
        ..Asked::of(query)
    };
    let here = local.answer(&asked).unwrap();
    let there = match remote.answer(&asked) {
        Ok(answered) => answered,
        Err(error) => return Some(format!("{error:?}")),
    };
    if let Some(what) = different(&here, &there.answer) {
        return Some(what);
    }
    let [own, explained] = [
        local.explain(query, &here.hits).unwrap(),
        remote.explain(&there).unwrap(),
    ];
    for (one, other) in own.hits.iter().zip(&explained.hits) {
        if one.contributions.len() != other.contributions.len() {
            return Some(format!("reasons {one:?}, there {other:?}"));
        }
    }
    if here.total == 0 {
        let [here, there] = [local.help(query).unwrap(), remote.help(query).unwrap()];
        if here != there {
            return Some(format!("help {here:?}, there {there:?}"));
        }
    }
    [Order::Date, Order::Level].into_iter().find_map(|order| {
        let asked = Asked {
            order,
            limit: 7,
            offset: 2,
            ..Asked::of(query)
        };
        let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        let here = ids(&local.answer(&asked).unwrap().hits);
        let there = ids(&remote.answer(&asked).unwrap().answer.hits);
        (here != there).then(|| format!("{order:?}: {here:?}, there {there:?}"))
    })
}

/// What is near a document: all but its score, which is near.
fn alike(found: Vec<Alike>) -> Vec<String> {
    let one = |one: Alike| format!("{:?}", (one.id, one.band, one.phrases, one.laws, one.causes));
    found.into_iter().map(one).collect()
}

/// What differs between an index folder and a cluster that it is published to, over so many parts each.
fn differences(test: &str, dir: &Path, count: usize) -> Option<(usize, Vec<String>)> {
    let opened = index::open(dir).unwrap();
    let held = Documents::of(&opened).unwrap();
    let documents: Vec<_> = (0..held.count()).map(|doc| held.get(doc).unwrap()).collect();
    let queries = queries(SEED, &documents, count);
    let local = Searcher::open(dir).unwrap();
    let mut failures = Vec::new();
    for (at, shards) in [1, 3, 5].into_iter().enumerate() {
        let real = Real::of(&format!("{test}-{shards}"), Audience::Internal)?;
        publish(&real.client(), &opened, Layout { shards, replicas: 1 }, &super::Quiet).unwrap();
        let remote = cluster::Searcher::open(real.client()).unwrap();
        assert_eq!(local.vocabulary().unwrap(), remote.vocabulary().unwrap());
        assert!(
            local
                .facet_values()
                .unwrap()
                .keys()
                .eq(remote.facet_values().unwrap().keys())
        );
        let mine = queries.iter().skip(at).step_by(3);
        let differs = mine.filter_map(|query| {
            let what = difference(&local, &remote, query)?;
            Some(format!(
                "{query:?} in {shards}: {}",
                what.chars().take(600).collect::<String>()
            ))
        });
        failures.extend(differs);
        for document in documents.iter().skip(at).step_by(documents.len() / 10) {
            let here = alike(local.like_document(&document.id, 10).unwrap().unwrap());
            let there = alike(remote.like_document(&document.id, 10).unwrap().unwrap());
            if here != there {
                failures.push(format!("like {} in {shards}: {here:?}, there {there:?}", document.id));
            }
        }
    }
    Some((queries.len(), failures))
}

fn check(test: &str, dir: &Path, count: usize) {
    let Some((asked, failures)) = differences(test, dir, count) else {
        return;
    };
    println!("{test}: {} of {asked} queries differ", failures.len());
    assert!(
        failures.is_empty(),
        "{} of {asked} differ:\n{}",
        failures.len(),
        failures[..failures.len().min(20)].join("\n")
    );
}

#[test]
fn a_cluster_answers_as_the_index_over_generated_documents() {
    let dir = tempfile::tempdir().unwrap();
    let settings = IndexSettings {
        synonyms: synonyms(),
        now: "2026-11-20".to_owned(),
        ..IndexSettings::default()
    };
    index::write(dir.path(), corpus::documents(SEED, 320).into_iter(), &settings).unwrap();
    check("parity", dir.path(), count());
}

#[test]
fn a_cluster_answers_as_the_index_over_real_documents() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-corpus");
    if !corpus.is_dir() || std::env::var_os("JIANYAN_ENGINE").is_none() {
        println!("real parity: skipped, there is no cluster or no {}", corpus.display());
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(root.path())
        .arg("--corpus")
        .arg(&corpus)
        .args(["--now", "2026-11-20", "build", "-q"])
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    check("real-parity", &root.path().join("index"), count());
}
