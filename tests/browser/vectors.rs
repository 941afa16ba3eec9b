//! A sample of the vectors in a real browser, with the content security policy and without it: nothing runs.
//! `tests/untrusted/vectors.rs` tries all of them by a parser.

use crate::driver::Chromium;
use crate::made::{self, KINDS};
use crate::site;
use chromiumoxide::cdp::browser_protocol::page::{AddScriptToEvaluateOnNewDocumentParams, SetBypassCspParams};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Counts what runs, from any caller.
const COUNTER: &str = "window.ran = 0; window.alert = window.confirm = window.prompt = () => { window.ran += 1 };";
/// Everything that a page may wait for: what stands in it is pointed at, opened and focused.
const PROVOKED: &str = "(() => { document.querySelectorAll('main *').forEach(element => { for (const type of ['mouseover', 'focus', \
    'toggle', 'load', 'error', 'begin', 'click']) if (type !== 'click' || element.localName !== 'a') element.dispatchEvent(new Event(type)) }); \
    return true })()";

#[tokio::test(flavor = "multi_thread")]
async fn no_vector_runs_with_the_policy_or_without_it() {
    let root = tempfile::tempdir().unwrap();
    let (corpus, built) = (root.path().join("corpus"), root.path().join("site"));
    std::fs::create_dir(&corpus).unwrap();
    for (group, kinds) in KINDS.chunks(15).enumerate() {
        let vectors: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        std::fs::write(corpus.join(format!("{group}.md")), made::document(&vectors).0).unwrap();
    }
    site::build(&corpus, &root.path().join("index"), &built);
    let base = format!("file://{}/", built.display());
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    tab.page
        .execute(AddScriptToEvaluateOnNewDocumentParams::new(COUNTER))
        .await
        .unwrap();
    let query = |kind: &str| format!("index.html#q={}", utf8_percent_encode(kind, NON_ALPHANUMERIC));
    let searches = KINDS.iter().step_by(12).map(|kind| query(kind));
    let pages: Vec<String> = (0..KINDS.len().div_ceil(15))
        .map(|group| format!("{group}.html"))
        .chain(searches)
        .collect();
    for bypass in [false, true] {
        tab.page.execute(SetBypassCspParams::new(bypass)).await.unwrap();
        for page in &pages {
            tab.go(&format!("{base}{page}")).await;
            if page.contains("#q=") {
                tab.until("document.querySelector('#total[data-count]')").await;
            }
            tab.value::<bool>(PROVOKED).await;
            tab.until("document.readyState === 'complete'").await;
            assert_eq!(
                tab.value::<usize>("window.ran").await,
                0,
                "{page}, policy off: {bypass}"
            );
        }
    }
    let asked = tab.watch.requests.lock().unwrap().clone();
    let outside: Vec<_> = asked
        .iter()
        .filter(|url| !url.starts_with(&base) && !url.starts_with("data:") && !url.starts_with("about:"))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    // The counter counts: without the policy, a vector that stood in a page would run.
    let probe = built.join("probe.html");
    std::fs::write(&probe, "<!DOCTYPE html><title>a</title><img src=x onerror=alert(1)>").unwrap();
    tab.go(&format!("{base}probe.html")).await;
    tab.until("window.ran > 0").await;
    chromium.stop().await;
}
