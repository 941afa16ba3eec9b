//! What a search costs in a browser: bytes, requests, dependent rounds and time, over a plain static server
//! that compresses nothing.
//!
//! `cargo bench --profile dev --bench browser -- SITE [--substrings N] [QUERY…]` opens the home page of a built
//! site with the first query in a fresh Chromium (the cold start) and then asks the others one after another;
//! with `--substrings`, then N random substrings of the site's texts, of 2 to 6 characters, each in a fresh page.
#![allow(clippy::print_stdout, reason = "a bench reports to the terminal")]

#[expect(dead_code, reason = "a measurement needs only a part of what journeys do")]
#[path = "../tests/browser/driver.rs"]
mod driver;
#[path = "../tests/browser/server.rs"]
mod server;

use driver::{Chromium, Tab};
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The first one is the cold start.
const QUERIES: [&str; 21] = [
    "未成年人",
    "危险驾驶",
    "非法占用农用地",
    "公益诉讼",
    "公益诉讼 生态环境",
    "益诉",
    "公益訴訟",
    "２０１８年",
    "刑法第264条",
    "第二百六十四条",
    "检例第142号",
    "认罪认罚从宽",
    "检察建议",
    "“社会治理”",
    "诈骗 -电信",
    "盗窃 或 抢劫",
    "标题:检察",
    "文身",
    "民事诉讼监督",
    "人民法院应当依法审理",
    "孩子给主播打赏的钱能不能要回来",
];

/// What a request waits for: requests that begin before another one's answer came are of one round with it.
const DELAY: Duration = Duration::from_millis(50);

/// Notes when the results of the query that is asked stand, and what was loaded by then.
const PROBE: &str = r"
    performance.setResourceTimingBufferSize(100000);
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
    const found = before.filter(entry => entry.name.includes('/search/') && !entry.name.endsWith('current.js'));
    return {
      requests: before.length, bytes: sum(before), rounds: Math.max(0, ...before.map(entry => entry.round)),
      found: sum(found), later: sum(all.filter(entry => entry.end > at)),
      total: Number(document.querySelector('#total').dataset.count)
    };
})()";

/// Milliseconds of the main thread that a query takes once its files are there: the median of seven.
const AGAIN: &str = r"(async query => {
    const times = [];
    for (let i = 0; i < 7; i++) {
      const from = performance.now();
      await jianyan.search(query);
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[3];
})";

/// A random substring of a random document.
const DRAW: &str = r"(async () => {
    const bundle = await jianyan.open();
    for (;;) {
      const { blocks } = await bundle.passage(Math.floor(Math.random() * bundle.directory.n), 0);
      const { text = '' } = blocks[Math.floor(Math.random() * blocks.length)] || {};
      const runs = text.match(/\p{Script=Han}{2,}/gu) || [], run = runs[Math.floor(Math.random() * runs.length)] || '';
      const length = Math.min(2 + Math.floor(Math.random() * 5), run.length), at = Math.floor(Math.random() * (run.length - length + 1));
      if (length > 1) return run.slice(at, at + length);
    }
})()";

/// The cost of one query.
#[derive(Debug, Deserialize)]
struct Cost {
    requests: usize,
    bytes: u64,
    /// Bytes that the query itself asked for.
    found: u64,
    rounds: usize,
    later: u64,
    total: usize,
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .peekable();
    let Some(site) = arguments.next().map(PathBuf::from) else {
        println!("usage: cargo bench --profile dev --bench browser -- SITE [--substrings N] [QUERY…]");
        return;
    };
    let mut substrings = 0;
    if arguments.next_if(|argument| argument == "--substrings").is_some() {
        substrings = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1000);
    }
    let mut queries: Vec<String> = arguments.collect();
    if queries.is_empty() {
        queries = QUERIES.map(str::to_owned).to_vec();
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(measure(site, &queries, substrings));
}

async fn measure(site: PathBuf, queries: &[String], substrings: usize) {
    let base = server::serve(site, "", DELAY);
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    tab.page
        .evaluate_on_new_document(PROBE)
        .await
        .expect("the probe is set");
    let mut costs = Vec::new();
    println!("| query | found | requests | bytes | rounds | later bytes | client ms |");
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
        let cost = settled(&tab, Duration::from_millis(1_500)).await;
        let again: f64 = tab.value(&format!("{AGAIN}({query:?})")).await;
        println!(
            "| {query} | {} | {} | {} | {} | {} | {again:.1} |",
            cost.total, cost.requests, cost.bytes, cost.rounds, cost.later
        );
        costs.push((cost, again));
    }
    further(&costs);
    random(&tab, &base, substrings).await;
    chromium.stop().await;
}

/// The cost once the results stand and nothing more comes.
async fn settled(tab: &Tab, quiet: Duration) -> Cost {
    tab.until("window.probe && window.probe.at").await;
    tokio::time::sleep(quiet).await;
    tab.value(READ).await
}

/// The middle of what the queries after the first one cost.
fn further(costs: &[(Cost, f64)]) {
    let middle = |mut list: Vec<f64>| {
        list.sort_by(f64::total_cmp);
        (list[list.len() / 2], list[list.len() * 95 / 100])
    };
    if costs.len() > 1 {
        let of = |value: fn(&Cost) -> f64| middle(costs[1..].iter().map(|(cost, _)| value(cost)).collect()).0;
        println!(
            "\nA further query, median of {}: {} bytes, {} requests, {} rounds; client time p95 {:.1} ms",
            costs.len() - 1,
            of(|cost| cost.bytes as f64),
            of(|cost| cost.requests as f64),
            of(|cost| cost.rounds as f64),
            middle(costs.iter().map(|(_, again)| *again).collect()).1
        );
    }
}

/// What random substrings cost, each in a page that has only the directory.
async fn random(tab: &Tab, base: &str, count: usize) {
    let (mut bytes, mut requests) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let query: String = tab.value(DRAW).await;
        tab.go("about:blank").await;
        tab.go(&format!("{base}index.html#q={query}")).await;
        let cost = settled(tab, Duration::ZERO).await;
        bytes.push(cost.found);
        requests.push(cost.requests);
    }
    bytes.sort_unstable();
    requests.sort_unstable();
    if count > 0 {
        println!(
            "\n{count} random substrings: median {} bytes, p95 {}, most {}; requests with the page: median {}, p95 {}",
            bytes[count / 2],
            bytes[count * 95 / 100],
            bytes[count - 1],
            requests[count / 2],
            requests[count * 95 / 100],
        );
    }
}
