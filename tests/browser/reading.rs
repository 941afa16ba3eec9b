//! Journeys through reading: from home to a printed citation, contents, footnotes, lists, appearance,
//! narrow windows, pages without scripts, another language.

use crate::driver::Chromium;
use crate::{TOTAL, journey, server, site};
use chromiumoxide::cdp::browser_protocol::emulation::{SetDeviceMetricsOverrideParams, SetEmulatedMediaParams};
use chromiumoxide::cdp::browser_protocol::page::PrintToPdfParams;

/// 调研报告/R01: it has a footnote or a law, a chain and a life line.
const REPORT: &str = "%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/R01-%E5%85%B3%E4%BA%8E%E6%BE%84%E6%BA%AA%E5%8E%BF%E6%9C%AA%E6%88%90%E5%B9%B4%E4%BA%BA%E6%96%87%E8%BA%AB%E6%83%85%E5%86%B5%E7%9A%84%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A.html";

#[tokio::test(flavor = "multi_thread")]
async fn from_home_to_a_printed_citation_in_at_most_six_actions() {
    journey(|tab, _| async move {
        let mut actions = 0;
        tab.until("document.activeElement.matches('input[type=search]')").await;
        actions += 1;
        tab.insert("未成年人文身").await;
        tab.until("document.querySelector('#results [data-id*=R01]')").await;
        actions += 1;
        tab.click("#results [data-id*=R01] h3 a").await;
        tab.until("document.querySelector('[data-copy]:not([hidden])')").await;
        // The page says what became of it without another action: a resolution, with its date.
        let chain: String = tab.value("document.querySelector('.chain').textContent").await;
        assert!(chain.contains("人大决议"), "{chain}");
        let reached: String = tab
            .value("document.querySelector('.life [aria-current=step]').textContent")
            .await;
        assert!(reached.contains("成果") && reached.contains("2022-11-24"), "{reached}");
        tab.value::<bool>("(window.print = () => { window.printed = true; }, true)")
            .await;
        actions += 1;
        tab.click("[data-copy]").await;
        tab.until("document.querySelector('[data-copy]').textContent === '已复制'")
            .await;
        actions += 1;
        tab.click("[data-print]").await;
        tab.until("window.printed").await;
        assert!(actions <= 6, "{actions} actions");
        let citation: String = tab.value("document.querySelector('#page-citation').textContent").await;
        assert_eq!(
            citation,
            "熊某, 白某. 关于澄溪县未成年人文身情况的调研报告[R]. 澄溪县: 澄溪县人民检察院, 2022."
        );
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_holds_the_text_without_the_furniture() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}{REPORT}")).await;
        tab.until("document.readyState === 'complete'").await;
        tab.page.execute(SetEmulatedMediaParams::builder().media("print").build()).await.unwrap();
        let seen: Vec<String> = tab
            .value("['.site-header', '.contents', '.actions', '.similar', '.site-footer', '.anchor'].filter(name => [...document.querySelectorAll(name)].some(one => one.offsetParent))")
            .await;
        assert!(seen.is_empty(), "{seen:?} on paper");
        tab.page.execute(SetEmulatedMediaParams::builder().media("").build()).await.unwrap();
        let pdf = tab.page.pdf(PrintToPdfParams::default()).await.unwrap();
        assert!(pdf.starts_with(b"%PDF") && pdf.len() > 20_000, "{} bytes", pdf.len());
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_the_text_stand_as_footnotes_on_paper() {
    journey(|tab, base| async move {
        let page = crate::reading::page_with("article class=\"body\"", "</article>", "<a href=\"");
        tab.go(&format!("{base}{page}")).await;
        tab.until("document.querySelector('.print-links')").await;
        let (marks, lines): (usize, usize) = (
            tab.value("document.querySelectorAll('sup.print-only').length").await,
            tab.value("document.querySelectorAll('.print-links li').length").await,
        );
        assert!(marks > 0 && marks == lines);
        assert!(
            tab.value::<bool>("!document.querySelector('.print-links').offsetParent")
                .await,
            "not on the screen"
        );
        tab
    })
    .await;
}

/// The first page of a document whose body, between two texts, holds a third; its address below the site.
pub(crate) fn page_with(from: &str, to: &str, wanted: &str) -> String {
    let mut pages = Vec::new();
    for folder in ["案例", "检察建议", "调研报告"] {
        for file in std::fs::read_dir(site::folder().join(folder)).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            if !name.ends_with(".html") {
                continue;
            }
            let text = std::fs::read_to_string(file.path()).unwrap();
            let start = text.find(from).unwrap();
            let end = start + text[start..].find(to).unwrap();
            if text[start..end].contains(wanted) {
                pages.push(format!("{folder}/{name}"));
            }
        }
    }
    pages.sort();
    pages
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no page with {wanted}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn contents_follow_and_footnotes_preview() {
    journey(|tab, base| async move {
        let page = page_with("article class=\"body\"", "</article>", "class=\"footnote-mark\"");
        tab.go(&format!("{base}{page}")).await;
        tab.until("document.querySelector('.body .anchor')").await;
        let last = "[...document.querySelectorAll('.contents a')].pop()";
        tab.value::<bool>(&format!("(document.getElementById(decodeURIComponent({last}.hash.slice(1))).scrollIntoView(), true)")).await;
        tab.until("document.querySelector('.contents a[aria-current]')").await;
        tab.value::<bool>("(document.querySelector('.footnote-mark a').focus(), true)").await;
        tab.until("!document.querySelector('.note-preview').hidden").await;
        let same: bool = tab
            .value("(() => { const note = document.getElementById(decodeURIComponent(document.querySelector('.footnote-mark a').hash.slice(1))); return note.textContent.includes(document.querySelector('.note-preview').textContent) })()")
            .await;
        assert!(same);
        tab.press(".footnote-mark a", "Escape").await;
        tab.until("document.querySelector('.note-preview').hidden").await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_one_came_from_goes_on() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}lists/kind/case/index.html")).await;
        let titles: Vec<String> = tab
            .value("[...document.querySelectorAll('.card-title a')].map(a => a.textContent)")
            .await;
        tab.click(".card:nth-of-type(2) .card-title a").await;
        tab.until("document.querySelector('[data-beside]:not([hidden])')").await;
        tab.click("[data-beside] .next").await;
        tab.until(&format!(
            "document.querySelector('h1') && document.querySelector('h1').textContent === {:?}",
            titles[2]
        ))
        .await;
        tab.until("document.querySelector('[data-beside] .prev')").await;
        tab.click("[data-beside] .place").await;
        tab.until("document.querySelectorAll('.card').length > 5").await;
        // Opened by itself a document has no such row.
        tab.go(&format!("{base}{REPORT}")).await;
        tab.until("document.querySelector('[data-print]:not([hidden])')").await;
        assert!(
            tab.value::<bool>("document.querySelector('[data-beside]').hidden")
                .await
        );
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_law_to_the_documents_that_cite_an_article() {
    journey(|tab, base| async move {
        tab.click("a[href='laws/index.html']").await;
        tab.until("document.querySelector('h1').textContent === '法条索引'")
            .await;
        tab.go(&format!("{base}laws/%E5%88%91%E6%B3%95/index.html")).await;
        let articles: Vec<String> = tab
            .value("[...document.querySelectorAll('.values a')].map(a => a.textContent)")
            .await;
        assert!(articles.contains(&"第266条".to_owned()), "{articles:?}");
        tab.value::<bool>(
            "([...document.querySelectorAll('.values a')].find(a => a.textContent === '第266条').id = 'wanted', true)",
        )
        .await;
        tab.click("#wanted").await;
        // Few documents cite it: they stand on the page of the law.
        tab.until("location.hash === '#a266' && document.querySelectorAll('#a266 + ul a').length === 2")
            .await;
        tab.click("#a266 + ul a").await;
        tab.until("[...document.querySelectorAll('.laws a')].some(a => a.textContent === '刑法第266条')")
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_appearance_that_was_chosen_stays() {
    journey(|tab, base| async move {
        let paper = "getComputedStyle(document.body).backgroundColor";
        let light: String = tab.value(paper).await;
        tab.click("[data-theme-choice=dark]").await;
        tab.until(&format!("{paper} !== {light:?}")).await;
        tab.go(&format!("{base}lists/index.html")).await;
        tab.until(&format!(
            "{paper} !== {light:?} && document.querySelector('[data-theme-choice=dark][aria-pressed=true]')"
        ))
        .await;
        tab.click("[data-theme-choice=light]").await;
        tab.until(&format!("{paper} === {light:?}")).await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_one_browses_to_a_document() {
    // The site as a browser without scripts has it: pages hold no script of their own, and here no file does.
    let bare = tempfile::tempdir().unwrap();
    for file in walkdir::WalkDir::new(site::folder()).into_iter().flatten() {
        let to = bare.path().join(file.path().strip_prefix(site::folder()).unwrap());
        if file.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else if file.path().extension().is_none_or(|ending| ending != "js") {
            std::fs::copy(file.path(), to).unwrap();
        }
    }
    let chromium = Chromium::start().await;
    let tab = chromium
        .open(&format!("file://{}/index.html", bare.path().display()))
        .await;
    tab.click(".kind-report a").await;
    tab.until("document.querySelectorAll('.card').length > 20").await;
    tab.click(".card-title a").await;
    tab.until(
        "document.querySelector('article.body') && document.querySelector('.citation p').textContent.includes('[R]')",
    )
    .await;
    let dead: Vec<String> = tab
        .value("[...document.querySelectorAll('button')].filter(one => one.offsetParent && !one.closest('form')).map(one => one.textContent)")
        .await;
    assert!(dead.is_empty(), "buttons that do nothing: {dead:?}");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_window_needs_no_sideways_scrolling() {
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    tab.page
        .execute(SetDeviceMetricsOverrideParams::new(390, 844, 2.0, true))
        .await
        .unwrap();
    let base = site::file_url();
    let mut wide = Vec::new();
    for page in [
        "index.html",
        "index.html#q=%E6%96%87%E8%BA%AB",
        "lists/index.html",
        "lists/kind/topic/index.html",
        "laws/index.html",
        REPORT,
        "novelty.html",
        "basket.html",
        "verify.html",
        "404.html",
        "boards/overview.html",
        "boards/ledger.html",
        "boards/replies.html",
        "boards/topics.html",
        "boards/honours.html",
        "boards/people/index.html",
        "boards/basis.html",
        "boards/targets.html",
        "lists/year/index.html",
    ] {
        tab.go("about:blank").await;
        tab.go(&format!("{base}{page}")).await;
        tab.until("document.readyState === 'complete'").await;
        let (content, window): (u32, u32) = (
            tab.value("document.documentElement.scrollWidth").await,
            tab.value("innerWidth").await,
        );
        if content > window {
            wide.push(format!("{page}: {content} > {window}"));
        }
    }
    assert!(wide.is_empty(), "{wide:?}");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_a_page_loads() {
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    tab.page
        .evaluate_on_new_document("window.moved = 0; window.movers = ''; new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) { window.moved += one.value; for (const { node } of one.sources) window.movers += (node && node.outerHTML || '').slice(0, 80) + '; '; } }).observe({ type: 'layout-shift', buffered: true });")
        .await
        .unwrap();
    // A page comes in two halves, each painted, and what runs after it comes late, as on a slow machine.
    let late = |path: &str| {
        if path.ends_with(".css") || path.ends_with("theme.js") {
            std::time::Duration::ZERO
        } else {
            std::time::Duration::from_millis(150)
        }
    };
    let base = server::serve_by(site::folder().to_owned(), "kb/", late);
    for page in [
        "index.html",
        "lists/index.html",
        "laws/index.html",
        REPORT,
        "boards/overview.html",
        "boards/ledger.html",
        "boards/replies.html",
        "boards/topics.html",
        "boards/basis.html",
        "lists/year/index.html",
        "novelty.html",
    ] {
        tab.go("about:blank").await;
        tab.go(&format!("{base}{page}")).await;
        tab.until("document.readyState === 'complete'").await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        let moved: f64 = tab.value("window.moved").await;
        let movers: String = tab.value("window.movers").await;
        assert!(moved < 0.01, "{page} moved by {moved}: {movers}");
    }
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_speaks_english_and_the_documents_do_not() {
    let base = site::english_url();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{base}{REPORT}")).await;
    tab.until("document.querySelector('[data-print]:not([hidden])').textContent === 'Print'")
        .await;
    assert_eq!(tab.value::<String>("document.documentElement.lang").await, "en");
    let (title, lang): (String, String) = (
        tab.value("document.querySelector('h1').textContent").await,
        tab.value("document.querySelector('h1').lang").await,
    );
    assert_eq!(
        (title.as_str(), lang.as_str()),
        ("关于澄溪县未成年人文身情况的调研报告", "zh-CN")
    );
    tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB")).await;
    tab.until(&format!("{TOTAL} >= 5")).await;
    tab.assert_quiet_within(&base);
    chromium.stop().await;
}
