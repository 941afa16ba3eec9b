//! The preview in a real browser: a page that is open follows its file.

use crate::desk::{Preview, open_form};
use crate::driver::{Chromium, Tab};
use chromiumoxide::cdp::browser_protocol::input::ImeSetCompositionParams;

const REPORT: &str =
    "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n";

async fn says(tab: &Tab, text: &str) {
    tab.until(&format!(
        "document.querySelector('article.body').textContent.includes('{text}')"
    ))
    .await;
}

async fn follows(arguments: &[&str]) {
    let preview = Preview::with(&[("a.md", REPORT)], arguments);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}a.html", preview.base)).await;
    says(&tab, "两处采砂点").await;
    std::fs::write(preview.corpus.join("a.md"), REPORT.replace("两处", "三处")).unwrap();
    says(&tab, "三处采砂点").await;
    tab.go(&format!("{}index.html#q=%E9%87%87%E7%A0%82", preview.base))
        .await;
    tab.until("document.querySelector('#results [data-id] mark')").await;
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_the_preview_follows_its_file() {
    follows(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_open_before_search_stays_when_search_comes() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.value::<bool>("window.stays = true").await;
    tab.go(&format!("{}#q=%E9%87%87%E7%A0%82", preview.base)).await;
    tab.until("document.querySelector('#results [data-id] mark')").await;
    // Told of every stage by now: it has asked what it would show.
    tab.until("performance.getEntriesByType('resource').filter(e => e.name.includes('/_/stamp')).length > 1")
        .await;
    assert!(tab.value::<bool>("window.stays === true").await, "loaded again");
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_share_is_looked_at_again_and_again() {
    follows(&["--poll"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_loads_again_stays_where_it_was_read() {
    let long = format!("{REPORT}\n{}", "一段很长的文字，说明采砂的情况。\n\n".repeat(200));
    let preview = Preview::with(&[("a.md", &long)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}a.html", preview.base)).await;
    says(&tab, "两处采砂点").await;
    tab.value::<bool>("scrollTo(0, 2345), true").await;
    tab.until("scrollY === 2345").await;
    std::fs::write(preview.corpus.join("a.md"), long.replace("两处", "三处")).unwrap();
    says(&tab, "三处采砂点").await;
    tab.until("scrollY === 2345").await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_marked_and_stands_in_the_preview_alone() {
    let draft = REPORT.replace("title: 河道", "title: 未完成的稿子\ndraft: true");
    let preview = Preview::with(&[("a.md", REPORT), ("b.md", &draft)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}b.html", preview.base)).await;
    says(&tab, "两处采砂点").await;
    for place in [".desk-bar .badge.draft", "main .badge.draft"] {
        let mark: String = tab
            .value(&format!("document.querySelector('{place}').textContent"))
            .await;
        assert_eq!(mark, "草稿", "{place}");
    }
    tab.go(&format!("{}index.html#q=%E9%87%87%E7%A0%82", preview.base))
        .await;
    tab.until("document.querySelectorAll('#results [data-tier=strict]').length === 2")
        .await;
    let marked: Vec<String> = tab
        .value("[...document.querySelectorAll('#results [data-tier=strict]')].filter(e => e.textContent.includes('草稿')).map(e => e.dataset.id)")
        .await;
    assert_eq!(marked, ["b"]);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_is_being_composed_is_not_taken_away() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.click("input[type=search]").await;
    tab.value::<bool>("window.stays = true").await;
    let composing = ImeSetCompositionParams::new("caisha", 6, 6);
    tab.page.execute(composing).await.unwrap();
    std::fs::write(preview.corpus.join("a.md"), REPORT.replace("两处", "三处")).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    assert!(
        tab.value::<bool>("window.stays === true").await,
        "loaded again in the middle of a word"
    );
    tab.insert("采砂").await;
    tab.until("window.stays === undefined").await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_tabs_are_open_all_follow() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let mut tabs = Vec::new();
    for _ in 0..10 {
        let tab = chromium.open(&format!("{}a.html", preview.base)).await;
        says(&tab, "两处采砂点").await;
        tabs.push(tab);
    }
    let waiting = |tab: &Tab| {
        let requests = tab.watch.requests.lock().unwrap();
        requests.iter().filter(|url| url.contains("/_/news/")).count()
    };
    assert_eq!(
        tabs.iter().filter(|tab| waiting(tab) > 0).count(),
        1,
        "one waits for all"
    );
    for words in ["三处", "四处"] {
        std::fs::write(preview.corpus.join("a.md"), REPORT.replace("两处", words)).unwrap();
        for tab in &tabs {
            says(tab, &format!("{words}采砂点")).await;
        }
        // Whichever it was that waited: the next one takes its place.
        let at = tabs.iter().position(|tab| waiting(tab) > 0).unwrap_or_default();
        tabs.remove(at).page.close().await.unwrap();
    }
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_with_another_token_takes_nothing_from_the_author() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    for page in ["", "_/check"] {
        tab.go(&format!("{}{page}?token={}", preview.base, "0".repeat(32)))
            .await;
        tab.until("document.querySelector('main')").await;
        let kept: String = tab.value("localStorage.getItem('jianyan-token')").await;
        assert!(preview.home().ends_with(&kept), "after /{page}: {kept}");
    }
    tab.go(&format!("{}a.html", preview.base)).await;
    open_form(&tab, "edit").await;
    tab.until("document.querySelector('[name=body]').value.includes('两处采砂点')")
        .await;
    chromium.stop().await;
}
