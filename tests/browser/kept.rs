//! What a reader keeps and asks for by hand: searches, people, keys; and an author's entry in its form.

use crate::desk::{Preview, open_form, type_into};
use crate::driver::Chromium;
use crate::{TOTAL, journey, site};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

fn found(base: &str, query: &str) -> String {
    format!("{base}index.html#q={}", utf8_percent_encode(query, NON_ALPHANUMERIC))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_kept_says_what_is_new_and_is_forgotten() {
    journey(|tab, base| async move {
        tab.go("about:blank").await;
        tab.go(&found(&base, "文身")).await;
        tab.until("document.querySelector('[data-save]') && document.querySelector('.facet')").await;
        tab.click("[data-save]").await;
        tab.until("document.querySelector('[data-save]').textContent.includes('已保存')").await;
        // As though it had been kept before the first of them was there.
        let older = "(() => { const key = Object.keys(localStorage).find(key => key.startsWith('jianyan.saved:')); \
             const [one] = JSON.parse(localStorage.getItem(key)); one.ids.shift(); one.total--; one.day = '2026-01-02'; \
             localStorage.setItem(key, JSON.stringify([one])); return one.total })()";
        let before: usize = tab.value(older).await;
        assert!(before >= 1);
        tab.go("about:blank").await;
        tab.go(&format!("{base}index.html")).await;
        tab.until("document.querySelector('.saved li') && document.querySelector('.saved').textContent.includes('新增 1 篇')")
            .await;
        tab.click(".saved li a").await;
        tab.until("document.querySelector('.saved-said')").await;
        let said: String = tab.value("document.querySelector('.saved-said').textContent").await;
        assert_eq!(said, "上次（2026-01-02）以来新增 1 篇。");
        tab.until("document.querySelectorAll('#results .badge.fresh').length === 1").await;
        tab.go("about:blank").await;
        tab.go(&format!("{base}index.html")).await;
        tab.until("document.querySelector('.saved .section-more')").await;
        tab.click(".saved .section-more").await;
        tab.until("!document.querySelector('.saved') && !Object.keys(localStorage).some(key => key.startsWith('jianyan.saved:'))")
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_shows_whose_it_is_and_years_count_from_the_reference_day() {
    journey(|tab, base| async move {
        tab.go("about:blank").await;
        tab.go(&found(&base, "熊某")).await;
        tab.until("document.querySelector('.person a')").await;
        let card: String = tab.value("document.querySelector('.person').textContent").await;
        assert!(card.starts_with("熊某") && card.contains("检察院"), "{card}");
        let href: String = tab
            .value("document.querySelector('.person a').getAttribute('href')")
            .await;
        assert!(href.starts_with("boards/people/"), "{href}");
        // Authors are counted when somebody asks.
        tab.until("document.querySelector('[data-facet=author] button')").await;
        tab.click("[data-facet=author] button").await;
        tab.until("document.querySelector('[data-facet=author] [data-value=熊某]')")
            .await;
        tab.go("about:blank").await;
        tab.go(&found(&base, "检察 年份:去年")).await;
        tab.until(&format!(
            "{TOTAL} >= 1 && document.querySelector('[data-notes]').textContent.includes('去年 = 2025年')"
        ))
        .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_shown_and_put_away() {
    journey(|tab, _| async move {
        tab.until("document.querySelector('.themes-switch:not([hidden])')")
            .await;
        let question = "(document.activeElement.blur(), document.body.dispatchEvent(new KeyboardEvent('keydown', \
             { key: '?', bubbles: true, cancelable: true })), true)";
        tab.value::<bool>(question).await;
        tab.until("document.querySelector('.keys[role=dialog]') && document.activeElement.closest('.keys')")
            .await;
        let shown: String = tab.value("document.querySelector('.keys').textContent").await;
        assert!(shown.contains("到检索框") && shown.contains("Enter"), "{shown}");
        tab.press(".keys button", "Escape").await;
        tab.until("!document.querySelector('.keys')").await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_not_held_says_so() {
    journey(|tab, base| async move {
        let page = |name: &str| format!("{base}{}", utf8_percent_encode(name, NON_ALPHANUMERIC).to_string().replace("%2F", "/"));
        tab.go(&page("调研报告/R11-社区矫正对象就业状况调查.html")).await;
        tab.until("document.querySelector('.unheld')").await;
        let said: String = tab
            .value("(one => one.textContent + getComputedStyle(one, '::after').content)(document.querySelector('.unheld'))")
            .await;
        assert!(said.starts_with("检例第134号") && said.contains("本库未收录"), "{said}");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_of_marks_covers_no_text_on_a_telephone() {
    let chromium = Chromium::start_with(&[], (390, 844)).await;
    let base = site::file_url();
    let tab = chromium.open(&found(&base, "文身")).await;
    tab.until("document.querySelector('#results [data-id] h3 a')").await;
    tab.value::<bool>("(document.querySelector('#results [data-id] h3 a').click(), true)")
        .await;
    tab.until("document.querySelector('.mark-bar:not([hidden])') && document.querySelector('mark.current')")
        .await;
    // The mark that is looked at stands above the bar, and so does the last text of the page.
    tab.until(
        "document.querySelector('mark.current').getBoundingClientRect().bottom <= document.querySelector('.mark-bar').getBoundingClientRect().top",
    )
    .await;
    tab.value::<bool>("(scrollTo(0, document.documentElement.scrollHeight), true)")
        .await;
    tab.until(
        "document.querySelector('.site-footer').getBoundingClientRect().bottom <= document.querySelector('.mark-bar').getBoundingClientRect().top + 1",
    )
    .await;
    tab.assert_quiet_within(&base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_edited_in_its_form_and_every_other_byte_stays() {
    let text = "---\nkind: report # 种类\ntitle: 关于河道的调研\ndate: 2024-03-05\nunit: 某县人民检察院\nauthors:\n  - {name: 白某, role: 执笔}\n\
        tags:\n  - 河道 # 要紧\n  - 水源\nsummary: 河道。\n---\n\n河道的情况。\n";
    let preview = Preview::with(
        &[
            ("调研报告/a.md", text),
            ("调研报告/b.md", &text.replace("河道", "道路")),
        ],
        &[],
    );
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.until("document.querySelector('.desk-bar')").await;
    tab.go(&format!("{}%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html", preview.base))
        .await;
    open_form(&tab, "edit").await;
    assert_eq!(
        tab.value::<String>("document.querySelector('#desk-title').value").await,
        "关于河道的调研"
    );
    assert!(
        tab.value::<bool>("document.querySelector('#desk-authors').disabled")
            .await,
        "with roles, in YAML alone"
    );
    type_into(&tab, "#desk-tags", "河道、水源、桥梁").await;
    tab.value::<bool>("(document.activeElement.blur(), true)").await;
    tab.until("document.querySelector('#desk-front').value.includes('  - 桥梁')")
        .await;
    // The other way round: what is written as YAML stands in the form.
    tab.value::<bool>(
        "(area => { area.value = area.value.replace('title: 关于河道的调研', 'title: 关于河道和桥梁的调研'); \
         area.dispatchEvent(new Event('input', { bubbles: true })); area.dispatchEvent(new Event('change', { bubbles: true })); return true })\
         (document.querySelector('#desk-front'))",
    )
    .await;
    tab.until("document.querySelector('#desk-title').value === '关于河道和桥梁的调研'")
        .await;
    tab.click("[data-desk-form] [type=submit]").await;
    tab.until("!document.querySelector('[data-desk-form]')").await;
    let new = std::fs::read_to_string(preview.corpus.join("调研报告/a.md")).unwrap();
    let expected = text
        .replace("title: 关于河道的调研", "title: 关于河道和桥梁的调研")
        .replace("  - 水源\n", "  - 水源\n  - 桥梁\n");
    assert_eq!(new, expected);
    chromium.stop().await;
}
