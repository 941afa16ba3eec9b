//! Likeness in the browser: 相似文献 when it comes into view, 选题查新 for a pasted text.

use crate::{TOTAL, journey};

const CARDS: &str = "[...document.querySelectorAll('[data-near] .card')]";

#[tokio::test(flavor = "multi_thread")]
async fn similar_documents_come_with_their_reason_when_one_gets_there() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report")).await;
        tab.until(&format!("{TOTAL} >= 1")).await;
        tab.click("#results [data-id] a").await;
        // The page has gone to the passage by itself, once.
        tab.until("document.querySelector('[data-similar]') && document.querySelector('main mark.current')")
            .await;
        let asked = |tab: &crate::driver::Tab| {
            let requests = tab.watch.requests.lock().unwrap();
            requests.iter().filter(|url| url.ends_with("assets/similar.js")).count()
        };
        assert_eq!(asked(&tab), 0, "nothing is loaded before");
        // The page may still be on its own way to the passage: one goes there until it stays.
        tab.until(
            "(document.querySelector('[data-similar]').scrollIntoView(), document.querySelectorAll('.similar .card').length >= 2)",
        )
        .await;
        let reason: String = tab.value("document.querySelector('.similar .reason').textContent").await;
        assert!(reason.contains("共有词句：") && reason.contains("未成年人文身"), "{reason}");
        let own: bool = tab
            .value("[...document.querySelectorAll('.similar .card')].some(card => card.querySelector('a').textContent === document.querySelector('h1').textContent)")
            .await;
        assert!(!own, "a document is not like itself");
        assert_eq!(asked(&tab), 1);
        tab.click(".similar .card a").await;
        tab.until("document.querySelector('main mark')").await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_abstract_finds_what_was_done() {
    journey(|tab, _| async move {
        tab.click(".hero-links a").await;
        tab.until("document.activeElement.matches('textarea')").await;
        tab.insert(
            "电瓶车盗窃案件高发，被盗车辆改装后销售，充电引发火灾。拟从盗窃电动自行车案件入手提出综合治理建议。",
        )
        .await;
        tab.until(&format!("{CARDS}.length >= 2")).await;
        let verdict: String = tab.value("document.querySelector('[data-verdict]').textContent").await;
        assert!(verdict.starts_with("已有高度相似的调研报告或项目"), "{verdict}");
        let first: String = tab.value(&format!("{CARDS}[0].textContent")).await;
        for part in [
            "链条调研",
            "高度相似",
            "调研报告",
            "已转化",
            "沈某",
            "2024-07-09",
            "市级转化",
            "共有词句：",
        ] {
            assert!(first.contains(part), "{part} in {first}");
        }
        let kinds: Vec<String> = tab
            .value(&format!("{CARDS}.map(card => card.dataset.id.split('/')[0])"))
            .await;
        let last_first = kinds
            .iter()
            .rposition(|kind| kind == "调研报告" || kind.starts_with("项目"));
        let first_other = kinds.iter().position(|kind| kind == "案例" || kind == "检察建议");
        assert!(first_other.is_none_or(|other| last_first < Some(other)), "{kinds:?}");

        // Back from a document the text is still there.
        tab.click("[data-near] .card a").await;
        tab.until("document.querySelector('article.body')").await;
        tab.value::<bool>("setTimeout(() => history.back()), true").await;
        tab.until(&format!("{CARDS}.length >= 2")).await;

        tab.value::<bool>("document.querySelector('textarea').value = '石灰岩溶洞蝙蝠观测', true")
            .await;
        tab.click("[data-novelty] button").await;
        tab.until("document.querySelector('[data-verdict]').textContent === '没有找到相近的调研报告或项目。'")
            .await;
        tab.until(&format!("{CARDS}.length === 0")).await;
        tab
    })
    .await;
}
