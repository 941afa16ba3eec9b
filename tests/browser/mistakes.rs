//! What an author does wrong in the forms, and what the forms make of it.

use crate::desk::{Preview, choose, choose_file, docx, open_form, type_into};
use crate::driver::{Chromium, Tab};
use chromiumoxide::cdp::browser_protocol::page::{EventJavascriptDialogOpening, HandleJavaScriptDialogParams};
use futures::StreamExt;

const REPORT: &str = "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\nvisibility: internal\n---\n\n两处采砂点，电话13812345678。\n";

/// The text of an element.
async fn text(tab: &Tab, selector: &str) -> String {
    tab.until(&format!("document.querySelector({selector:?})")).await;
    tab.value(&format!("document.querySelector({selector:?}).textContent"))
        .await
}

async fn submit(tab: &Tab) {
    tab.click("[type=submit].primary").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mobile_number_in_a_public_text_is_shown_masked_brought_back_and_masked_again() {
    let preview = Preview::start();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("new")).await;
    // Long paragraphs, broken into many lines: the one that is wrong is far below the first.
    let long = "走访沿岸的采砂点，记下位置和方量。".repeat(40);
    let body = format!("{}电话13812345678。\n\n{long}", format!("{long}\n\n").repeat(6));
    type_into(&tab, "[name=title]", "河道").await;
    type_into(&tab, "[name=summary]", "摘要。").await;
    choose(&tab, "visibility", "public").await;
    submit(&tab).await;
    let told = text(&tab, "[data-field=visibility] .problem").await;
    assert!(told.contains("请填写审查人、审查日期和审查结论"), "{told}");
    for (name, value) in [("by", "办公室"), ("date", "2026-11-19"), ("result", "可以公开")] {
        type_into(&tab, &format!("[name='review.{name}']"), value).await;
    }
    type_into(&tab, "[name=body]", &body).await;
    submit(&tab).await;
    tab.until("document.querySelector('[data-desk-alert]').textContent.includes('正文第 13 行：疑似手机号码')")
        .await;
    let chosen: String = tab
        .value("(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd) })()")
        .await;
    assert_eq!(chosen, "电话13812345678。");
    let scrolled: (f64, f64) = tab
        .value("[document.activeElement.scrollTop, document.activeElement.getBoundingClientRect().top]")
        .await;
    assert!(
        scrolled.0 > 1000.0 && scrolled.1 < 400.0,
        "the line is in sight: {scrolled:?}"
    );
    assert!(preview.documents().is_empty());

    tab.click("[data-desk-fix]").await;
    tab.until("document.querySelector('[name=body]').value.includes('电话×××。')")
        .await;
    tab.until("document.querySelector('[data-desk-status]').textContent.startsWith('已改正 1 处')")
        .await;
    tab.value::<bool>("document.execCommand('undo')").await;
    tab.until("document.querySelector('[name=body]').value.includes('13812345678')")
        .await;
    tab.click("[data-desk-fix]").await;
    tab.until("document.querySelector('[name=body]').value.includes('电话×××。')")
        .await;
    submit(&tab).await;
    tab.until("document.querySelector('article.body') && !document.querySelector('[data-desk-form]')")
        .await;
    let saved = std::fs::read_to_string(preview.corpus.join(&preview.documents()[0])).unwrap();
    assert!(saved.contains("电话×××。") && !saved.contains("138"), "{saved}");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adoption_that_is_probably_wrong_is_asked_about_before_it_is_entered() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("adopt?file=a.md")).await;
    type_into(&tab, "[name=date]", "2024-03-01").await;
    choose(&tab, "form", "decision").await;
    choose(&tab, "level", "county").await;
    type_into(&tab, "[name=authority]", "县长王某").await;
    choose(&tab, "effect", "issued").await;
    submit(&tab).await;
    for (field, message) in [("date", "早于成文日期"), ("authority", "写的是个人")] {
        let told = text(&tab, &format!("[data-field={field}] .problem")).await;
        assert!(told.contains(message), "{told}");
    }
    let alert = text(&tab, "[data-desk-alert]").await;
    assert!(alert.starts_with("尚未登记"), "{alert}");
    let read = || std::fs::read_to_string(preview.corpus.join("a.md")).unwrap();
    assert_eq!(read(), REPORT);
    // What was changed is looked at anew.
    type_into(&tab, "[name=authority]", "某县人民政府").await;
    submit(&tab).await;
    tab.until("!document.querySelector('[data-field=authority] .problem') && document.querySelector('[data-field=date] .problem')")
        .await;
    assert_eq!(read(), REPORT);
    submit(&tab).await;
    tab.until("document.querySelector('.badge.adopted')").await;
    assert!(read().contains("authority: 某县人民政府"), "{}", read());
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_of_a_text_with_personal_data_leads_to_its_line() {
    let preview = Preview::with(&[("a.md", REPORT)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.go(&format!("{}a.html", preview.base)).await;
    open_form(&tab, "review").await;
    type_into(&tab, "[name=by]", "办公室").await;
    type_into(&tab, "[name=result]", "不宜公开").await;
    submit(&tab).await;
    let told = text(&tab, "[data-field=result] .problem").await;
    assert!(told.contains("公开范围请选“内部”"), "{told}");
    type_into(&tab, "[name=result]", "可以公开").await;
    submit(&tab).await;
    let listed = text(&tab, "[data-desk-problems] li").await;
    assert!(listed.contains("疑似手机号码：138********"), "{listed}");
    assert_eq!(std::fs::read_to_string(preview.corpus.join("a.md")).unwrap(), REPORT);
    let link: String = tab.value("document.querySelector('[data-desk-problems] a').href").await;
    let tab = chromium.open(&link).await;
    tab.until("document.activeElement.name === 'body'").await;
    let chosen: String = tab
        .value("(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd) })()")
        .await;
    assert!(chosen.contains("13812345678"), "{chosen}");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_asks_before_it_replaces_what_is_filled_in() {
    let preview = Preview::start();
    let word = preview.corpus.with_file_name("调研稿.docx");
    docx(&word);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("new")).await;
    let mut dialogs = tab.page.event_listener::<EventJavascriptDialogOpening>().await.unwrap();
    let page = tab.page.clone();
    let asked = tokio::spawn(async move {
        let dialog = dialogs.next().await.unwrap();
        page.execute(HandleJavaScriptDialogParams::new(false)).await.unwrap();
        dialog.message.clone()
    });
    type_into(&tab, "[name=title]", "我的题目").await;
    choose_file(&tab, &word).await;
    let message = asked.await.unwrap();
    assert!(message.contains("替换"), "{message}");
    let kept: String = tab.value("document.querySelector('[name=title]').value").await;
    assert_eq!(kept, "我的题目");
    chromium.stop().await;
}
