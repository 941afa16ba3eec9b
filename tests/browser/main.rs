//! A real browser on the built site: what a prosecutor does, over `file://` and over `http://`.
#![allow(
    clippy::print_stderr,
    reason = "what a browser did wrong is said while the journey goes on"
)]

mod axe;
mod axe_desk;
mod bidi;
mod boards;
mod desk;
mod driver;
mod firefox;
mod forms;
mod found;
mod gateway;
mod ledger;
mod kept;
#[path = "../made/mod.rs"]
mod made;
mod meets;
mod mistakes;
mod pages;
mod preview;
mod reading;
#[path = "../served/mod.rs"]
mod served;
mod server;
mod site;
mod suggest;
mod vectors;
mod verify;
mod walk;
mod nearby;

use driver::{Chromium, Tab};

/// Runs a journey from disk and from a server; a complaint of the console or a request outside the
/// site fails it.
async fn journey<F, Fut>(steps: F)
where
    F: Fn(Tab, String) -> Fut,
    Fut: Future<Output = Tab>,
{
    for base in [site::file_url(), site::http_url()] {
        let chromium = Chromium::start().await;
        let tab = chromium.open(&format!("{base}index.html")).await;
        let tab = steps(tab, base.clone()).await;
        tab.assert_quiet_within(&base);
        chromium.stop().await;
    }
}

const TOTAL: &str = "Number((document.querySelector('#total') || {dataset: {}}).dataset.count)";

#[tokio::test(flavor = "multi_thread")]
async fn chinese_glyphs_differ() {
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}index.html", site::file_url())).await;
    let draw = |text: &str| {
        format!(
            "(() => {{ const c = document.createElement('canvas'); c.width = c.height = 64; const x = c.getContext('2d'); \
             x.font = '48px sans-serif'; x.fillText('{text}', 4, 52); \
             return Array.from(x.getImageData(0, 0, 64, 64).data).join() }})()"
        )
    };
    let (one, other): (String, String) = (tab.value(&draw("检")).await, tab.value(&draw("研")).await);
    assert_ne!(one, other, "a Chinese font is installed (scripts/browsers sees to it)");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_word_to_its_passage() {
    journey(|tab, _| async move {
        tab.click("input[type=search]").await;
        tab.insert("文身").await;
        tab.until(&format!("{TOTAL} >= 5")).await;
        let all: usize = tab.value(TOTAL).await;
        let marked: String = tab.value("document.querySelector('#results [data-id] mark').textContent").await;
        assert_eq!(marked, "文身");
        let first: String = tab.value("document.querySelector('#results [data-id]').dataset.tier").await;
        assert_eq!(first, "strict");

        tab.click("[data-facet=kind] [data-value=report]").await;
        tab.until(&format!("{TOTAL} < {all}")).await;
        let kinds: Vec<String> = tab.value("[...document.querySelectorAll('#results [data-tier=strict]')].map(e => e.dataset.id.split('/')[0])").await;
        assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "调研报告"), "{kinds:?}");

        let id: String = tab.value("document.querySelector('#results [data-id]').dataset.id").await;
        tab.click("#results [data-id] a").await;
        tab.until("document.querySelector('article.body') && document.querySelector('main mark')").await;
        let title: String = tab.value("document.querySelector('h1').textContent").await;
        assert!(id.contains(title.trim()), "{id} opened {title}");
        tab.until("(() => { const r = document.querySelector('main mark.current').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()").await;
        let words: Vec<String> = tab.value("[...document.querySelectorAll('main mark')].map(e => e.textContent)").await;
        assert!(words.iter().all(|word| word == "文身"), "{words:?}");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_and_forward_keep_the_search() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%A3%80%E4%BE%8B%E7%AC%AC142%E5%8F%B7"))
            .await;
        tab.until(&format!("{TOTAL} === 2")).await;
        tab.click("#results [data-id] a").await;
        tab.until("document.querySelector('article')").await;
        tab.value::<bool>("setTimeout(() => history.back()), true").await;
        tab.until(&format!("{TOTAL} === 2")).await;
        let query: String = tab.value("document.querySelector('input[type=search]').value").await;
        assert_eq!(query, "检例第142号");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_searched_while_an_input_method_composes() {
    use chromiumoxide::cdp::browser_protocol::input::ImeSetCompositionParams;
    journey(|tab, _| async move {
        tab.click("input[type=search]").await;
        tab.page
            .execute(ImeSetCompositionParams::new("wenshen", 7, 7))
            .await
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        let searched: bool = tab
            .value("location.hash !== '' || Boolean(document.querySelector('#results [data-id]'))")
            .await;
        assert!(!searched, "a composition is not a query");
        tab.insert("文身").await;
        tab.until(&format!("{TOTAL} >= 5")).await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_found_says_so_and_helps() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E4%BA%95%E7%9B%96")).await;
        tab.until(&format!("{TOTAL} === 0")).await;
        let text: String = tab.value("document.querySelector('main').textContent").await;
        assert!(text.contains("未检索到包含“井盖”的文献"), "{text}");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_a_facet_are_added_up_and_years_make_a_range() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%B2%BB%E7%90%86")).await;
        tab.until(&format!("{TOTAL} > 10 && document.querySelector('[data-facet=kind] [data-value]')"))
            .await;
        let count = |value: &str| format!("Number(document.querySelector('[data-facet=kind] [data-value={value}] .count').textContent)");
        let (reports, cases): (usize, usize) = (tab.value(&count("report")).await, tab.value(&count("case")).await);
        tab.click("[data-facet=kind] [data-value=report]").await;
        tab.until(&format!("{TOTAL} === {reports}")).await;
        tab.until("document.querySelector('[data-facet=kind] [data-value=report][aria-pressed=true]')").await;
        assert_eq!(tab.value::<usize>(&count("case")).await, cases, "what could be added is still counted");
        tab.click("[data-facet=kind] [data-value=case]").await;
        tab.until(&format!("{TOTAL} === {}", reports + cases)).await;
        tab.until("document.querySelectorAll('[data-facet=kind] [aria-pressed=true]').length === 2").await;

        tab.value::<bool>(
            "(() => { const [from, to] = document.querySelectorAll('.range input'); from.value = '2023'; to.value = '2024'; \
             document.querySelector('.range button').click(); return true })()",
        )
        .await;
        tab.until("location.hash.includes('year=2023..2024')").await;
        tab.until(&format!("{TOTAL} > 0 && {TOTAL} < {}", reports + cases)).await;
        let dates: Vec<String> = tab.value("[...document.querySelectorAll('[data-tier=strict] .part:last-child')].map(part => part.textContent.slice(0, 4))").await;
        assert!(dates.iter().all(|year| year == "2023" || year == "2024"), "{dates:?}");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_ordered_searched_within_and_exported() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%9C%AA%E6%88%90%E5%B9%B4%E4%BA%BA&sort=date")).await;
        tab.until(&format!("{TOTAL} > 10")).await;
        let dates: Vec<String> = tab.value("[...document.querySelectorAll('[data-tier=strict] .part:last-child')].map(part => part.textContent)").await;
        assert!(dates.len() == 10 && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
        tab.value::<bool>(
            "(() => { URL.createObjectURL = blob => { blob.text().then(text => { window.table = text; }); return '#q=' }; \
             HTMLAnchorElement.prototype.click = () => {}; return true })()",
        )
        .await;
        tab.click("[data-export]").await;
        tab.until("window.table").await;
        let (rows, total): (usize, usize) = (tab.value("window.table.trim().split('\\r\\n').length").await, tab.value(TOTAL).await);
        assert_eq!(rows, total + 1, "a row a document and a head");

        tab.click("[data-within] input").await;
        tab.insert("文身").await;
        tab.click("[data-within] button").await;
        tab.until(&format!("{TOTAL} > 0 && {TOTAL} < {total}")).await;
        let query: String = tab.value("document.querySelector('input[type=search]').value").await;
        assert_eq!(query, "未成年人 文身");
        tab.click(".others button").await;
        tab.until("document.querySelectorAll('.card .snippet + .snippet mark').length > 0").await;
        tab
    })
    .await;
}
