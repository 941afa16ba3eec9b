//! Documents like a text or a document: the browser finds the same ones as the index, for the same reasons.

use crate::client::engine::Client;
use crate::client::parity::{FINE, Site};
use fastrand::Rng;
use jianyan::bundle::Layout;
use jianyan::query::Alike;
use serde::Deserialize;
use serde_json::json;
use std::rc::Rc;

const LIMIT: usize = 8;

#[derive(Debug, Deserialize)]
struct Shown {
    doc: u32,
    score: f64,
    nearness: f64,
    band: Option<String>,
    phrases: Vec<String>,
    causes: Vec<String>,
    laws: Vec<String>,
}

fn client(site: &Site, layout: Layout) -> Client {
    let client = Client::new(Rc::new(site.bundle(layout)));
    client.load(&jianyan::site::likeness_script());
    client
}

fn check(client: &Client, source: &serde_json::Value, expected: &[Alike]) {
    let found: Vec<Shown> =
        serde_json::from_value(client.promised(&format!("jianyan.like({source}, {LIMIT})"))).unwrap();
    compare(&source.to_string(), &found, expected);
}

fn compare(source: &str, found: &[Shown], expected: &[Alike]) {
    assert_eq!(found.len(), expected.len(), "{source}");
    let close = |a: f64, b: f64, by: f64| (a - b).abs() <= by * a.abs().max(b.abs()).max(1e-9);
    for (shown, wanted) in found.iter().zip(expected) {
        let score = f64::from(wanted.score);
        assert!(close(shown.score, score, 1e-4), "{source}: {shown:?}, not {wanted:?}");
        if shown.doc != wanted.doc {
            let other = expected.iter().find(|other| other.doc == shown.doc);
            // The last one may be as near as one that the limit left out.
            assert!(
                other.is_none_or(|other| close(f64::from(other.score), score, 1e-5)),
                "{source}: {shown:?}"
            );
            continue;
        }
        assert!(close(shown.nearness, wanted.nearness, 1e-4));
        assert_eq!(shown.band.as_deref(), wanted.band, "{source}");
        assert_eq!(shown.phrases, wanted.phrases, "{source}");
        assert_eq!(shown.causes, wanted.causes, "{source}");
        assert_eq!(shown.laws, wanted.laws, "{source}");
    }
}

/// Sentences of several documents, cut anywhere, joined; sometimes with words that stand nowhere.
fn text(rng: &mut Rng, site: &Site) -> String {
    let mut out = String::new();
    for _ in 0..rng.usize(1..5) {
        let document = &site.documents[rng.usize(..site.documents.len())];
        if document.blocks.is_empty() {
            continue;
        }
        let block = &document.blocks[rng.usize(..document.blocks.len())].text;
        let letters: Vec<char> = block.chars().collect();
        let start = rng.usize(..letters.len());
        out.extend(&letters[start..(start + rng.usize(1..60)).min(letters.len())]);
        out += ["。", "", " ", "窨井盖"][rng.usize(..4)];
    }
    out
}

#[test]
fn texts_have_the_same_neighbours_in_the_browser() {
    let site = Site::new();
    let searcher = site.searcher();
    for (layout, seed) in [(Layout::default(), 1), (FINE, 2)] {
        let client = client(&site, layout);
        let mut rng = Rng::with_seed(seed);
        let mut reasons = 0;
        for _ in 0..150 {
            let text = text(&mut rng, &site);
            let expected = searcher.like_text(&text, LIMIT).unwrap();
            check(&client, &json!({ "text": text }), &expected);
            reasons += usize::from(expected.iter().any(|alike| !alike.phrases.is_empty()));
        }
        assert!(reasons > 100, "{reasons} of 150 say why");
    }
}

#[test]
fn documents_have_the_same_neighbours_in_the_browser() {
    let site = Site::new();
    let (searcher, client) = (site.searcher(), client(&site, FINE));
    let (mut laws, mut causes) = (0, 0);
    for document in site.documents.iter().step_by(3) {
        let expected = searcher.like_document(&document.id, LIMIT).unwrap().unwrap();
        assert!(expected.iter().all(|alike| alike.id != document.id));
        let lines: Vec<&String> = std::iter::once(&document.title).chain(&document.keywords).collect();
        let text: String = lines.into_iter().map(|line| format!("{line}\n")).collect();
        let source = json!({
            "id": document.id, "text": text.trim_end(), "causes": document.facets.cause, "laws": document.laws,
        });
        check(&client, &source, &expected);
        laws += expected.iter().filter(|alike| !alike.laws.is_empty()).count();
        causes += expected.iter().filter(|alike| !alike.causes.is_empty()).count();
    }
    assert!(laws > 20 && causes > 20, "{laws} share a law, {causes} a cause");
    assert!(searcher.like_document("没有这篇", LIMIT).unwrap().is_none());
}

/// A text costs at most a block a candidate, the passages shown and the table of characters.
#[test]
fn a_long_text_costs_no_more_than_its_candidates() {
    let site = Site::new();
    let client = client(&site, Layout::default());
    let blocks = site.documents.iter().flat_map(|document| &document.blocks);
    let text: String = blocks
        .flat_map(|block| block.text.chars())
        .step_by(3)
        .take(2_000)
        .collect();
    let parameters: serde_json::Value = serde_json::from_str(jianyan::query::similar::PARAMETERS).unwrap();
    client.promised(&format!("jianyan.like({}, {LIMIT})", json!({ "text": text })));
    let most = parameters["candidates"].as_u64().unwrap() as usize + LIMIT + 3;
    let loaded = client.loaded.borrow().len();
    assert!((20..=most).contains(&loaded), "{loaded} files, at most {most}");
}
