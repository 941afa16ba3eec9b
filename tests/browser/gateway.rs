//! A site whose search a gateway answers, on the page that any other site has.

use crate::driver::{Chromium, Tab};
use crate::served::Served;
use crate::{TOTAL, site};
use chromiumoxide::cdp::browser_protocol::input::ImeSetCompositionParams;
use std::path::Path;
use std::process::Command;

/// The sample corpus with `search: engine`, served by the gateway itself.
pub(crate) struct Asking {
    served: Served,
    /// `http://127.0.0.1:…/`.
    pub base: String,
    root: tempfile::TempDir,
}

impl Asking {
    pub(crate) fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        let [corpus, index, site] = ["语料 库", "index", "site"].map(|name| root.path().join(name));
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        for entry in walkdir::WalkDir::new(&sample).into_iter().flatten() {
            let to = corpus.join(entry.path().strip_prefix(&sample).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&to).unwrap();
            } else {
                std::fs::copy(entry.path(), &to).unwrap();
            }
        }
        let file = corpus.join("jianyan.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{text}\nsearch: engine\n")).unwrap();
        site::build(&corpus, &index, &site);
        assert!(!site.join("search").exists(), "no bundle is written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command.arg("--index").arg(&index).arg("--site").arg(&site);
        // A test is quicker than any hand.
        let served = Served::gateway(command.args(["gateway", "--with-site", "--rate", "1000"]));
        Self {
            base: format!("http://{}/", served.address),
            served,
            root,
        }
    }
}

const CARDS: &str = "document.querySelectorAll('#results [data-id]').length";

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_answers_the_page_as_the_bundle_does() {
    let asking = Asking::start();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}index.html", asking.base)).await;
    finds(&tab).await;
    narrows_and_comes_back(&tab).await;
    follows_addresses(&tab, &asking.base).await;
    helps(&tab, &asking.base).await;
    likes(&tab, &asking.base).await;
    tab.assert_quiet_within(&asking.base);
    chromium.stop().await;
}

/// Typing through an input method, further hits, further passages, a suggestion.
async fn finds(tab: &Tab) {
    tab.click("input[type=search]").await;
    let composing = ImeSetCompositionParams::new("wenshen", 7, 7);
    tab.page.execute(composing).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let asked = tab
        .watch
        .requests
        .lock()
        .unwrap()
        .iter()
        .any(|url| url.contains("/api/"));
    assert!(!asked, "a composition is not a query");
    tab.insert("未成年人").await;
    tab.until(&format!("{TOTAL} > 20 && {CARDS} === 10")).await;
    let marks = "[...document.querySelectorAll('#results .snippet mark')]";
    assert!(
        tab.value::<bool>(&format!(
            "{marks}.length > 5 && {marks}.every(mark => mark.className === 'exact')"
        ))
        .await
    );
    tab.click("[data-more] button").await;
    tab.until(&format!("{CARDS} > 20")).await;
    tab.click(".others:not([hidden]) button").await;
    tab.until("document.querySelectorAll('.card .snippet + .snippet mark').length > 0")
        .await;
}

/// Facets, another order, the list as a table, back and forth, a document and its marks.
async fn narrows_and_comes_back(tab: &Tab) {
    let all: usize = tab.value(TOTAL).await;
    let count = "Number(document.querySelector('[data-facet=kind] [data-value=report] .count').textContent)";
    tab.until("document.querySelector('[data-facet=kind] [data-value=report] .count')")
        .await;
    let reports: usize = tab.value(count).await;
    tab.click("[data-facet=kind] [data-value=report]").await;
    tab.until(&format!(
        "{TOTAL} === {reports} && document.querySelector('[data-chips] button')"
    ))
    .await;
    let chip: String = tab
        .value("document.querySelector('[data-chips] button').textContent")
        .await;
    assert_eq!(chip, "调研报告 ×");
    tab.value::<bool>("(s => { s.value = 'date'; s.dispatchEvent(new Event('change')); return true })(document.querySelector('[data-sort]'))").await;
    tab.until(
        "location.hash.includes('sort=date') && !document.querySelector('[data-found]').hasAttribute('aria-busy')",
    )
    .await;
    let dates: Vec<String> = tab
        .value("[...document.querySelectorAll('[data-tier=strict] .part:last-child')].map(part => part.textContent)")
        .await;
    assert!(dates.len() > 5 && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    tab.value::<bool>(
        "(() => { URL.createObjectURL = blob => { blob.text().then(text => { window.table = text; }); return '#q=' }; \
         HTMLAnchorElement.prototype.click = () => {}; return true })()",
    )
    .await;
    tab.click("[data-export]").await;
    tab.until("window.table").await;
    let rows: usize = tab.value("window.table.trim().split('\\r\\n').length").await;
    assert_eq!(rows, reports + 1, "a row a document and a head");
    for expected in [reports, all] {
        tab.value::<bool>("setTimeout(() => history.back()), true").await;
        tab.until(&format!("{TOTAL} === {expected} && !location.hash.includes('sort=')"))
            .await;
    }
    tab.click("#results [data-id] a").await;
    tab.until("document.querySelector('article.body') && document.querySelector('main mark.current')")
        .await;
    tab.value::<bool>("setTimeout(() => history.back()), true").await;
    tab.until(&format!("{TOTAL} === {all}")).await;
}

/// A permanent link with filters of both sorts of vocabularies, one of which nothing has; traditional characters; synonyms
/// that are taken away.
async fn follows_addresses(tab: &Tab, base: &str) {
    let link = "q=%E6%B2%BB%E7%90%86&kind=%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A&author=%E7%86%8A%E6%9F%90&tag=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA";
    tab.go(&format!("{base}lists/index.html")).await;
    tab.go(&format!("{base}index.html#{link}")).await;
    tab.until(&format!(
        "{TOTAL} > 0 && document.querySelectorAll('[data-chips] button').length === 3"
    ))
    .await;
    let said: String = tab.value("document.querySelector('[data-notes]').textContent").await;
    assert!(said.contains("没有这个"), "what can't be found by is said: {said}");
    tab.go(&format!("{base}index.html#q=%E7%B4%8B%E8%BA%AB")).await;
    tab.until(&format!(
        "{TOTAL} > 5 && document.querySelector('#results .card-title mark.synonym')"
    ))
    .await;
    tab.click("[data-notes] button").await;
    tab.until(&format!("{TOTAL} >= 0 && {TOTAL} < 5")).await;
}

/// Suggestions, words that count years, and other queries where nothing is found.
async fn helps(tab: &Tab, base: &str) {
    tab.go(&format!("{base}lists/index.html")).await;
    tab.click("input[type=search]").await;
    tab.insert("wcn").await;
    tab.until("[...document.querySelectorAll('[role=option]')].some(option => option.textContent.startsWith('未成年人保护标签'))").await;
    tab.go(&format!("{base}index.html#q=%E5%8E%BB%E5%B9%B4%20%E7%9B%97%E7%AA%83"))
        .await;
    tab.until("document.querySelector('[data-notes] a') && document.querySelector('[data-notes]').textContent.includes('2025')").await;
    tab.go(&format!("{base}index.html#q=%E4%BA%95%E7%9B%96")).await;
    tab.until(&format!("{TOTAL} === 0 && document.querySelector('[data-notes] *')"))
        .await;
    let text: String = tab.value("document.querySelector('main').textContent").await;
    assert!(text.contains("未检索到包含“井盖”的文献"), "{text}");
}

/// Documents like another one, and like a text.
async fn likes(tab: &Tab, base: &str) {
    tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report"))
        .await;
    tab.click("#results [data-id] a").await;
    tab.until("document.querySelector('[data-similar]') && document.querySelector('main mark.current')")
        .await;
    tab.until("(document.querySelector('[data-similar]').scrollIntoView(), document.querySelectorAll('.similar .card').length >= 2)").await;
    let reason: String = tab
        .value("document.querySelector('.similar .reason').textContent")
        .await;
    assert!(
        reason.contains("共有词句：") && reason.contains("未成年人文身"),
        "{reason}"
    );
    tab.go(&format!("{base}novelty.html")).await;
    tab.click("textarea").await;
    tab.insert("电瓶车盗窃案件高发，被盗车辆改装后销售。拟从盗窃电动自行车案件入手提出综合治理建议。")
        .await;
    tab.until("document.querySelectorAll('[data-near] .card .snippet mark').length > 0")
        .await;
    let first: String = tab
        .value("document.querySelector('[data-near] .card').textContent")
        .await;
    for part in ["链条调研", "沈某", "市级转化", "共有词句："] {
        assert!(first.contains(part), "{part} in {first}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_away_is_told_of_and_lists_go_on() {
    let mut asking = Asking::start();
    // The site by another server; what it is asked for is not there.
    let folder = asking.root.path().join("site");
    let base = crate::server::serve(folder, "kb/", std::time::Duration::ZERO);
    asking.served.end();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB")).await;
    tab.until("document.querySelector('#total').textContent.startsWith('检索服务暂时不可用')")
        .await;
    let busy: bool = tab
        .value("document.querySelector('[data-found]').hasAttribute('aria-busy')")
        .await;
    assert!(!busy);
    tab.go(&format!("{base}lists/index.html")).await;
    tab.until("document.querySelectorAll('main a').length > 20").await;
    // The browser itself says what it didn't get; the page throws nothing.
    let complaints = tab.watch.complaints.lock().unwrap().clone();
    let thrown: Vec<&String> = complaints
        .iter()
        .filter(|said| said.starts_with("exception") || said.starts_with("console"))
        .collect();
    assert!(thrown.is_empty(), "{thrown:?}");
    chromium.stop().await;
}
