//! What a search costs in a browser: bytes, requests and dependent rounds over a plain static server
//! that compresses nothing.
//!
//! `cargo bench --profile dev --bench browser -- SITE [QUERY…]` opens the home page of a built site with the first
//! query in a fresh Chromium (the cold start), then asks the others one after another.

#[expect(dead_code, reason = "a measurement needs only a part of what journeys do")]
#[path = "../tests/browser/driver.rs"]
mod driver;
#[path = "../tests/browser/server.rs"]
mod server;

use driver::Chromium;
use serde::Deserialize;
use std::path::PathBuf;

const QUERIES: [&str; 4] = ["未成年人", "危险驾驶", "非法占用农用地", "公益诉讼 生态环境"];

/// Notes when the results of the query that is asked stand: their number, the time, what was loaded by then.
const PROBE: &str = r"
    window.probe = { from: 0 };
    new MutationObserver(() => {
      const total = document.querySelector('#total');
      const stands = total && total.dataset.count !== undefined &&
        (document.querySelector('#results [data-id]') || total.dataset.count === '0');
      if (stands && !window.probe.at) window.probe.at = performance.now();
    }).observe(document, { childList: true, subtree: true, attributes: true });
";

/// What was loaded between the question and its results, and after them.
const READ: &str = r"(() => {
    const { from, at } = window.probe;
    const all = performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
      .map(entry => ({ name: entry.name, start: entry.startTime, end: entry.responseEnd, bytes: entry.encodedBodySize }))
      .filter(entry => entry.start >= from).sort((a, b) => a.start - b.start);
    const before = all.filter(entry => entry.end <= at);
    for (const entry of before) {
      entry.round = 1 + Math.max(0, ...before.filter(other => other.end <= entry.start && other.round).map(other => other.round));
    }
    const sum = list => list.reduce((total, entry) => total + entry.bytes, 0);
    return {
      requests: before.length, bytes: sum(before), rounds: Math.max(0, ...before.map(entry => entry.round)),
      later: sum(all.filter(entry => entry.end > at)), milliseconds: at - from,
      total: Number(document.querySelector('#total').dataset.count)
    };
})()";

/// The cost of one query.
#[derive(Debug, Deserialize)]
struct Cost {
    requests: usize,
    bytes: u64,
    rounds: usize,
    later: u64,
    milliseconds: f64,
    total: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(site) = arguments.next().map(PathBuf::from) else {
        println!("usage: cargo bench --profile dev --bench browser -- SITE [QUERY…]");
        return;
    };
    let mut queries: Vec<String> = arguments.collect();
    if queries.is_empty() {
        queries = QUERIES.map(str::to_owned).to_vec();
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(measure(site, &queries));
}

async fn measure(site: PathBuf, queries: &[String]) {
    let base = server::serve(site, "");
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    tab.page
        .evaluate_on_new_document(PROBE)
        .await
        .expect("the probe is set");
    println!("| query | found | requests | bytes | rounds | bytes after the results | ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (number, query) in queries.iter().enumerate() {
        if number == 0 {
            tab.go(&format!("{base}index.html#q={query}")).await;
        } else {
            tab.value::<bool>(
                "delete document.querySelector('#total').dataset.count, window.probe = { from: performance.now() }, true",
            )
            .await;
            tab.value::<bool>(&format!("location.hash = 'q=' + encodeURIComponent({query:?}), true"))
                .await;
        }
        tab.until("window.probe && window.probe.at").await;
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        let cost: Cost = tab.value(READ).await;
        println!(
            "| {query} | {} | {} | {} | {} | {} | {:.0} |",
            cost.total, cost.requests, cost.bytes, cost.rounds, cost.later, cost.milliseconds
        );
    }
    chromium.stop().await;
}
