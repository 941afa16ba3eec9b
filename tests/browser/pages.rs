//! Journeys through the interface: keyboard, narrowing, marks, copying.

use crate::driver::Chromium;
use crate::{TOTAL, journey, site};

const FIRST: &str = "#results [data-id] a";

#[tokio::test(flavor = "multi_thread")]
async fn a_search_needs_no_mouse() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}lists/index.html")).await;
        tab.press("body", "/").await;
        tab.until("document.activeElement.matches('input[type=search]')").await;
        tab.insert("文身").await;
        tab.press("input[type=search]", "Enter").await;
        tab.until(&format!("{TOTAL} >= 5 && location.pathname.endsWith('index.html')"))
            .await;
        tab.press("body", "/").await;
        tab.press("input[type=search]", "ArrowDown").await;
        tab.press(FIRST, "ArrowDown").await;
        tab.until("document.activeElement === document.querySelectorAll('#results [data-id] h3 a')[1]")
            .await;
        tab.press("body", "/").await;
        tab.press("input[type=search]", "Escape").await;
        tab.until("!document.querySelector('#results [data-id]') && !document.querySelector('[data-front]').hidden")
            .await;
        assert_eq!(tab.value::<String>("location.hash").await, "");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn narrowing_is_a_step_of_the_history() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB")).await;
        tab.until(&format!("{TOTAL} >= 5")).await;
        let all: usize = tab.value(TOTAL).await;
        tab.click("[data-facet=kind] [data-value=report]").await;
        tab.until(&format!("{TOTAL} < {all}")).await;
        let counted: String = tab
            .value("document.querySelector('[data-facet=kind] [aria-pressed=true] .count').textContent")
            .await;
        assert_eq!(counted, tab.value::<usize>(TOTAL).await.to_string());
        tab.click("[data-facet=year] [data-value=\"2022\"]").await;
        tab.until("location.hash.includes('year=2022')").await;
        tab.value::<bool>("setTimeout(() => history.back()), true").await;
        tab.until("!location.hash.includes('year') && location.hash.includes('kind=report')")
            .await;
        tab.click("[data-chips] button:last-child").await;
        tab.until(&format!("{TOTAL} === {all} && !location.hash.includes('kind')"))
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_narrow_window_facets_come_up_as_a_sheet_that_the_keyboard_works() {
    const VALUE: &str = "[data-facet=kind] [data-value=report]";
    let chromium = Chromium::start_with(&[], (390, 844)).await;
    let tab = chromium.open("about:blank").await;
    tab.go(&format!("{}index.html#q=%E6%96%87%E8%BA%AB", site::file_url()))
        .await;
    tab.until(&format!("{TOTAL} >= 5 && document.querySelector('{VALUE}')"))
        .await;
    let all: usize = tab.value(TOTAL).await;
    let first: f64 = tab
        .value("document.querySelector('#results').getBoundingClientRect().top")
        .await;
    tab.click("[data-facets] summary").await;
    tab.until("document.querySelector('[data-facets]').open").await;
    let (bottom, height, moved): (f64, f64, f64) = (
        tab.value("document.querySelector('[data-facets]').getBoundingClientRect().bottom - innerHeight")
            .await,
        tab.value("document.querySelector('[data-facets]').getBoundingClientRect().height / innerHeight")
            .await,
        tab.value("document.querySelector('#results').getBoundingClientRect().top")
            .await,
    );
    assert!(bottom.abs() < 1.0 && height <= 0.76, "{bottom} {height}");
    assert!(moved <= first, "the results stay where they are");
    tab.value::<bool>(&format!("document.querySelector('{VALUE}').focus(), true"))
        .await;
    tab.press(VALUE, "Enter").await;
    tab.until(&format!(
        "{TOTAL} < {all} && document.querySelector('{VALUE}[aria-pressed=true]')"
    ))
    .await;
    tab.until(&format!("document.activeElement === document.querySelector('{VALUE}')"))
        .await;
    tab.press(VALUE, "Escape").await;
    tab.until("!document.querySelector('[data-facets]').open && document.activeElement.matches('summary')")
        .await;
    let kept: bool = tab
        .value("location.hash.includes('kind=report') && document.querySelector('input[type=search]').value === '文身'")
        .await;
    assert!(kept, "Esc puts away the sheet, not the search");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_are_walked_and_taken_away() {
    journey(|tab, base| async move {
        // Bold type stands inside the words that are looked for.
        tab.go(&format!(
            "{base}index.html#q=%E6%A1%A5%E5%A4%B4%E8%80%81%E8%A1%97%E5%B7%B7%E5%8F%A3"
        ))
        .await;
        tab.until(&format!("{TOTAL} === 1")).await;
        tab.click(FIRST).await;
        tab.until("document.querySelectorAll('main mark.current').length === 3")
            .await;
        let text: String = tab
            .value("[...document.querySelectorAll('main mark.current')].map(mark => mark.textContent).join('')")
            .await;
        assert_eq!(text, "桥头老街巷口");
        let plain: String = tab.value("document.querySelector('article').textContent").await;
        tab.click("[data-marks-step='1']").await;
        tab.until("document.querySelector('main mark.current')").await;
        tab.click("[data-marks-clear]").await;
        tab.until("!document.querySelector('main mark') && document.querySelector('[data-marks]').hidden")
            .await;
        assert_eq!(
            tab.value::<String>("document.querySelector('article').textContent")
                .await,
            plain
        );
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citation_is_copied() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report"))
            .await;
        tab.until(&format!("{TOTAL} >= 1")).await;
        tab.click(FIRST).await;
        tab.until("document.readyState === 'complete' && document.querySelector('[data-copy]:not([hidden])')")
            .await;
        tab.click("[data-copy]").await;
        tab.until("document.querySelector('[data-copy]').textContent === '已复制'")
            .await;
        tab.until("document.querySelector('[data-copy]').textContent === '复制引文'")
            .await;
        tab
    })
    .await;
}

/// Catches what is copied, which no page may read back.
const CATCH: &str = "(navigator.clipboard.writeText = async text => { window.caught = text }, true)";

#[tokio::test(flavor = "multi_thread")]
async fn the_gist_and_the_address_of_a_passage_are_copied() {
    journey(|tab, base| async move {
        let page = crate::reading::page_with("<aside class=\"references\"", "</aside>", "data-copy-section");
        tab.go(&format!("{base}{page}")).await;
        tab.until("document.querySelector('[data-copy-section]:not([hidden])')").await;
        tab.value::<bool>(CATCH).await;
        tab.click("[data-copy-section]").await;
        tab.until("window.caught").await;
        let (gist, shown): (String, String) = (
            tab.value("window.caught").await,
            tab.value("(() => { const heading = document.getElementById(document.querySelector('[data-copy-section]').dataset.copySection), texts = []; \
                       for (let one = heading.nextElementSibling; one.tagName !== 'H2'; one = one.nextElementSibling) texts.push(one.textContent.trim()); \
                       return texts.join('\\n') })()")
                .await,
        );
        assert!(gist.chars().count() > 40 && !gist.contains("要旨"), "{gist}");
        assert_eq!(gist, shown);

        // The address names the passage that is selected, and leads there.
        let place: String = tab
            .value("(() => { const last = [...document.querySelectorAll('article.body > p[id]')].pop(); getSelection().selectAllChildren(last); return last.id })()")
            .await;
        tab.until("!getSelection().isCollapsed").await;
        tab.value::<bool>("(window.caught = '', true)").await;
        tab.click("[data-copy-link]").await;
        tab.until("window.caught").await;
        let address: String = tab.value("window.caught").await;
        assert!(address.starts_with(&base) && address.ends_with(&format!("#{place}")), "{address} for {place}");
        tab.go("about:blank").await;
        tab.go(&address).await;
        tab.until("document.querySelector('article.body :target')").await;
        tab.until("(({ top, bottom }) => bottom > 0 && top < innerHeight)(document.querySelector('article.body :target').getBoundingClientRect())").await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn synonyms_can_be_left_out() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E7%BA%B9%E8%BA%AB")).await;
        tab.until(&format!("{TOTAL} >= 5")).await;
        tab.click("[data-notes] button").await;
        tab.until(&format!("{TOTAL} === 0")).await;
        tab
    })
    .await;
}

/// What a first search waits for, in the order of the requests.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_results_come_before_all_that_can_wait() {
    journey(|tab, base| async move {
        tab.go("about:blank").await;
        tab.watch.requests.lock().unwrap().clear();
        tab.go(&format!("{base}index.html#q=%E6%9C%AA%E6%88%90%E5%B9%B4%E4%BA%BA"))
            .await;
        tab.until("document.querySelector('.facet') && !document.querySelector('.themes-switch').hidden")
            .await;
        let requests = tab.watch.requests.lock().unwrap().clone();
        let later = |url: &String| url.contains("assets/facets.") || url.ends_with("assets/tools.js");
        let passage = |url: &String| url.contains("/search/") && url.contains("-0.js");
        let first = requests.iter().position(later).expect("they are loaded");
        let last = requests.iter().rposition(passage).expect("results are shown");
        assert!(last < first && first <= 18, "{requests:#?}");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_opened_with_a_filter_and_a_remark_shows_both() {
    journey(|tab, base| async move {
        tab.go("about:blank").await;
        tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB+%E7%B1%BB%E5%88%AB%3A&kind=report&sort=date"))
            .await;
        tab.until(&format!("{TOTAL} >= 1 && document.querySelector('[data-chips] button')"))
            .await;
        let remarks: String = tab.value("document.querySelector('[data-notes]').textContent").await;
        assert!(remarks.contains("筛选条件没有可用的值") && remarks.contains("类别:"), "{remarks}");
        tab.go("about:blank").await;
        tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report&sort=date")).await;
        tab.until(&format!("{TOTAL} >= 1")).await;
        let dates: Vec<String> = tab
            .value("[...document.querySelectorAll('#results [data-tier=strict] .part:last-child')].map(part => part.textContent)")
            .await;
        assert!(!dates.is_empty() && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
        tab
    })
    .await;
}
