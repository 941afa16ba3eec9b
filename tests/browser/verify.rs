//! 引注核验 in the site, from disk and from a server, and at the desk: each citation is marked, with its verdict and its source.

use crate::desk::Preview;
use crate::driver::{Chromium, Tab};
use crate::journey;

/// The verdict and the words of each entry of the list.
const FOUND: &str = "[...document.querySelectorAll('[data-verify-list] > li')].map(item => \
     item.querySelector('.verdict').className.split(' ')[1] + ' ' + item.querySelector('q').textContent)";

async fn judged(tab: &Tab, draft: &str) -> Vec<String> {
    tab.click("[data-verify] textarea").await;
    tab.insert(draft).await;
    tab.click("[data-verify] [type=submit]").await;
    tab.until("document.querySelector('[data-verify-list] > li')").await;
    tab.value(FOUND).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_draft_is_judged_by_the_page_itself() {
    journey(|tab, _| async move {
        tab.click(".hero-links a[href=\"verify.html\"]").await;
        tab.until("document.querySelector('[data-verify]')").await;
        let found = judged(
            &tab,
            "鲁某等人养老诈骗案（（2022）东0726刑初97号）指出：“最大一笔18万元，是一对夫妇多年的积蓄”。\
             王某盗窃案（（2022）东0726刑初97号）另见（2022）东0726刑初9997号。",
        )
        .await;
        assert_eq!(
            found,
            [
                "exact （2022）东0726刑初97号",
                "differs 最大一笔18万元，是一对夫妇多年的积蓄",
                "misplaced （2022）东0726刑初97号",
                "unheld （2022）东0726刑初9997号",
            ]
        );
        let summary: String = tab
            .value("document.querySelector('[data-verify-status]').textContent")
            .await;
        assert_eq!(summary, "共 4 处引注：一致 1，出处不符 1，有出入 1，未收录 1。");
        let (draft, source): (String, String) = (
            tab.value("document.querySelector('.difference del').textContent").await,
            tab.value("document.querySelector('.difference ins').textContent").await,
        );
        assert_eq!((draft.as_str(), source.as_str()), ("18万", "17万"));
        // The list shows what needs somebody's eyes, and the source is a click away.
        let shown: u32 = tab
            .value("document.querySelectorAll('[data-verify-list] > li:not([hidden])').length")
            .await;
        assert_eq!(shown, 2);
        tab.value::<bool>("document.querySelector('.verify-text a.cited.differs').click(), true")
            .await;
        tab.until("document.activeElement.matches('[data-verify-list] > li')")
            .await;
        let href: String = tab
            .value("document.activeElement.querySelector('a[target]').href")
            .await;
        tab.go(&href).await;
        tab.until("document.querySelector('article.body')").await;
        tab
    })
    .await;
}

const RULES: &str = "---\nkind: law\ntitle: 某县禁猎条例\nissuer: [某县人民代表大会常务委员会]\ndate: 2020-05-28\n---\n\n\
    第一条　为了保护野生鸟类，制定本条例。\n\n第二条　每年三月至五月为禁猎期，任何人不得猎捕。\n\n第三条　本条例自公布之日起施行。\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_judges_a_pasted_draft() {
    let preview = Preview::with(&[("a.md", RULES)], &[]);
    let chromium = Chromium::start().await;
    // The index follows behind the first pages.
    let tab = chromium
        .open(&format!("{}index.html#q=%E7%8C%8E%E6%8D%95", preview.base))
        .await;
    tab.until("document.querySelector('#results [data-id] mark')").await;
    tab.go(&preview.desk("verify")).await;
    tab.until("document.querySelector('[data-verify]')").await;
    let draft = "《某县禁猎条例》第二条规定：“每年三月至六月为禁猎期，任何人不得猎捕”。又见第五条。";
    let found = judged(&tab, draft).await;
    assert!(
        found.contains(&"differs 每年三月至六月为禁猎期，任何人不得猎捕".to_owned()),
        "{found:?}"
    );
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}
