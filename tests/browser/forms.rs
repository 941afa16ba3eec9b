//! The forms of the preview in a real browser: a report from an empty form and from a Word file, an
//! adoption, and the search that finds both.

use crate::desk::{Preview, choose, choose_file, docx, open_form, type_into};
use crate::driver::{Chromium, Tab};
use chromiumoxide::cdp::browser_protocol::input::ImeSetCompositionParams;
use chromiumoxide::cdp::browser_protocol::page::{EventJavascriptDialogOpening, HandleJavaScriptDialogParams};
use futures::StreamExt;

/// The first result of a search in the preview.
async fn finds(tab: &Tab, preview: &Preview, query: &str, title: &str) {
    let query: String = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC).to_string();
    tab.go("about:blank").await;
    tab.go(&format!("{}index.html#q={query}", preview.base)).await;
    tab.until(&format!(
        "(document.querySelector('#results [data-tier=strict]') || {{textContent: ''}}).textContent.includes({title:?})"
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_from_an_empty_form_to_its_adoption() {
    let preview = Preview::start();
    let chromium = Chromium::start().await;
    // The address that the terminal shows gives every page its way to the desk.
    let tab = chromium.open(&preview.home()).await;
    let address: String = tab.value("location.href").await;
    assert!(
        !address.contains("token"),
        "the token doesn't stay in the address: {address}"
    );
    open_form(&tab, "new").await;

    type_into(&tab, "[name=title]", "关于河道采砂治理的调研报告").await;
    type_into(&tab, "[name=date]", "三月").await;
    type_into(&tab, "[name=summary]", "查明采砂点的分布和成因。").await;
    type_into(&tab, "[name=body]", "## 一、基本情况\n\n走访了沿岸的青石滩。").await;
    tab.until("document.querySelector('[data-desk-view]').textContent.includes('青石滩')")
        .await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('[name=date][aria-invalid=true]')")
        .await;
    // The field to fix has the focus.
    tab.until("document.activeElement.name === 'date'").await;
    let told: String = tab
        .value("document.querySelector('[data-field=date] .problem').textContent")
        .await;
    assert!(told.contains("不是日期"), "{told}");
    assert!(preview.documents().is_empty());

    type_into(&tab, "[name=date]", "2026年3月5日").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body') && !document.querySelector('[data-desk-form]')")
        .await;
    assert_eq!(
        preview.documents(),
        ["调研报告/2026-03-05-关于河道采砂治理的调研报告.md"]
    );

    open_form(&tab, "adopt").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelectorAll('[aria-invalid=true]').length === 4")
        .await;
    type_into(&tab, "[name=date]", "2026-05-06").await;
    choose(&tab, "form", "decision").await;
    choose(&tab, "level", "county").await;
    type_into(&tab, "[name=authority]", "某县水务联席会议").await;
    choose(&tab, "effect", "issued").await;
    let before = std::fs::read(preview.corpus.join(&preview.documents()[0])).unwrap();
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('.badge.adopted')").await;

    // It says what was written, and takes it back; done again, it stays.
    let said = "(document.querySelector('.desk-said') || {textContent: ''}).textContent";
    tab.until(&format!("{said}.includes('已登记，写入 调研报告/')")).await;
    tab.click(".desk-said button").await;
    tab.until(&format!(
        "{said}.includes('已撤销') && !document.querySelector('.badge.adopted')"
    ))
    .await;
    assert_eq!(
        std::fs::read(preview.corpus.join(&preview.documents()[0])).unwrap(),
        before
    );
    open_form(&tab, "adopt").await;
    type_into(&tab, "[name=date]", "2026-05-06").await;
    choose(&tab, "form", "decision").await;
    choose(&tab, "level", "county").await;
    type_into(&tab, "[name=authority]", "某县水务联席会议").await;
    choose(&tab, "effect", "issued").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('.badge.adopted')").await;

    finds(&tab, &preview, "青石滩", "关于河道采砂治理的调研报告").await;
    finds(&tab, &preview, "水务联席会议", "关于河道采砂治理的调研报告").await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_file_becomes_a_report() {
    let preview = Preview::start();
    let word = preview.corpus.with_file_name("调研稿.docx");
    docx(&word);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("new")).await;
    choose_file(&tab, &word).await;
    tab.until("document.querySelector('[name=title]').value.includes('快递')")
        .await;
    tab.until("document.querySelector('[data-desk-view] td')").await;
    tab.until("document.querySelector('[data-field=title] .guessed')").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body td') && !document.querySelector('[data-desk-form]')")
        .await;
    let text = std::fs::read_to_string(preview.corpus.join(&preview.documents()[0])).unwrap();
    assert!(
        text.contains("[^") && text.contains("邮政管理局"),
        "the note came along: {text}"
    );
    finds(&tab, &preview, "三十二个网点", "快递").await;
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_not_lost_and_a_change_elsewhere_is_told() {
    let preview = Preview::start();
    let path = preview.corpus.join("a.md");
    let text = REPORT;
    std::fs::write(&path, text).unwrap();
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    let mut dialogs = tab.page.event_listener::<EventJavascriptDialogOpening>().await.unwrap();
    let page = tab.page.clone();
    tokio::spawn(async move {
        while dialogs.next().await.is_some() {
            let _ = page.execute(HandleJavaScriptDialogParams::new(true)).await;
        }
    });
    let edit = preview.desk("edit?file=a.md");
    loop {
        tab.go(&edit).await;
        if tab
            .value("Boolean(document.querySelector('[data-desk-form=edit]'))")
            .await
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    type_into(&tab, "[name=body]", "\n我写的。\n").await;
    std::fs::write(&path, text.replace("两处", "三处")).unwrap();
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('[data-desk-alert]').textContent.includes('已被改动')")
        .await;
    let typed: String = tab.value("document.querySelector('[name=body]').value").await;
    assert!(typed.contains("我写的"), "{typed}");
    assert!(std::fs::read_to_string(&path).unwrap().contains("三处"));
    chromium.stop().await;
}

const RECOMMENDATION: &str = "---\nkind: recommendation\ntitle: 关于整治噪声的检察建议书\ndate: 2026-05-06\nunit: 某县人民检察院\nsummary: 督促整治噪声。\n\
    number: 某检建〔2026〕3号\naddressee: 某县城市管理局\nissued: 2026-05-06\ndelivered: 2026-05-08\n---\n\n广场音响扰民。\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_registered_shows_and_is_found() {
    let preview = Preview::with(&[("检察建议/a.md", RECOMMENDATION)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.go(&preview.desk("open?file=%E6%A3%80%E5%AF%9F%E5%BB%BA%E8%AE%AE%2Fa.md&after=0"))
        .await;
    tab.until("document.querySelector('.badge.overdue')").await;
    open_form(&tab, "reply").await;
    type_into(&tab, "[name=date]", "2026-05-01").await;
    tab.click("[type=submit].primary").await;
    // What was not chosen is told at its field, which has the focus.
    tab.until("document.activeElement.name === 'outcome'").await;
    choose(&tab, "outcome", "accepted").await;
    type_into(&tab, "[name=date]", "2026-06-18").await;
    type_into(&tab, "[name=summary]", "已换用定向音柱，劝离二十三次。").await;
    tab.click("[type=submit].primary").await;
    tab.until(
        "document.querySelector('.badge.replied') && document.querySelector('main').textContent.includes('定向音柱')",
    )
    .await;
    let text = std::fs::read_to_string(preview.corpus.join("检察建议/a.md")).unwrap();
    assert!(
        text.contains(
            "reply:\n  date: 2026-06-18\n  outcome: accepted\n  summary: 已换用定向音柱，劝离二十三次。\n---\n"
        ),
        "{text}"
    );
    finds(&tab, &preview, "定向音柱", "关于整治噪声的检察建议书").await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_is_recorded_and_the_document_is_public() {
    let report = "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\nvisibility: internal\n---\n\n两处采砂点。\n";
    let preview = Preview::with(&[("a.md", report)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.go(&format!("{}a.html", preview.base)).await;
    open_form(&tab, "review").await;
    type_into(&tab, "[name=by]", "办公室保密审查岗").await;
    type_into(&tab, "[name=result]", "可以公开").await;
    tab.click("[type=submit].primary").await;
    tab.until(
        "document.querySelector('article.body') && !document.querySelector('.desk-actions a[href*=\"_/review\"]')",
    )
    .await;
    let text = std::fs::read_to_string(preview.corpus.join("a.md")).unwrap();
    assert!(
        text.contains("visibility: public\n") && text.contains("  by: 办公室保密审查岗\n"),
        "{text}"
    );
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_leads_to_the_line_and_a_fixed_one_leaves_it() {
    let bad = "---\nkind: report\ntitel: 河道\ntitle: 河道\ndate: 2024年13月5日\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n";
    let preview = Preview::with(&[("a.md", bad)], &[]);
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.click(".desk-bar a[href*=\"_/check\"]").await;
    tab.until("document.querySelectorAll('.finding').length === 2").await;
    let first: String = tab.value("document.querySelector('.finding').textContent").await;
    assert!(
        first.contains("错误") && first.contains("第 5 行") && first.contains("不是日期"),
        "{first}"
    );
    // The link carries the token and goes to the line.
    tab.click(".finding.error a.where").await;
    tab.until("document.activeElement && document.activeElement.name === 'front'")
        .await;
    let marked: String = tab
        .value("(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd) })()")
        .await;
    assert_eq!(marked, "date: 2024年13月5日");
    tab.insert("date: 2024年3月5日").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body') && !document.querySelector('[data-desk-form]')")
        .await;
    tab.go(&preview.desk("check")).await;
    tab.until("document.querySelectorAll('.finding').length === 1 && !document.querySelector('.finding.error')")
        .await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_while_an_input_method_composes_in_a_form() {
    let preview = Preview::start();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("new")).await;
    tab.click("[name=body]").await;
    tab.value::<bool>("document.activeElement.value = '', true").await;
    let asked = || {
        let requests = tab.watch.requests.lock().unwrap();
        requests.iter().filter(|url| url.contains("_/preview?")).count()
    };
    let before = asked();
    for letters in ["q", "qi", "qing", "qingshi"] {
        let length = letters.len() as i64;
        let composing = ImeSetCompositionParams::new(letters, length, length);
        tab.page.execute(composing).await.unwrap();
    }
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    assert_eq!(asked(), before, "a composition is no text yet");
    tab.insert("青石滩").await;
    tab.until("document.querySelector('[data-desk-view]').textContent.trim() === '青石滩'")
        .await;
    let typed: String = tab.value("document.querySelector('[name=body]').value").await;
    assert_eq!(
        typed, "青石滩",
        "the text is the author's, whatever was shown beside it"
    );
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_fits_a_narrow_dark_and_an_english_window() {
    let preview = Preview::with(&[("a.md", REPORT), ("b.md", RECOMMENDATION)], &["--lang", "en"]);
    let chromium = Chromium::start_with(&[], (390, 844)).await;
    let tab = chromium.open(&preview.home()).await;
    tab.prefer("dark").await;
    for page in [
        "new",
        "new?kind=case",
        "new?kind=recommendation",
        "new?kind=topic",
        "edit?file=a.md",
        "adopt?file=a.md",
        "review?file=a.md",
        "reply?file=b.md",
        "check",
    ] {
        tab.go(&preview.desk(page)).await;
        tab.until("document.querySelector('main h1')").await;
        let (wide, han): (Vec<String>, Vec<String>) = (
            tab.value("[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.visually-hidden')).map(e => e.tagName + '.' + e.className)").await,
            // Names that are values of the front matter stay as they are.
            tab.value("[...document.querySelectorAll('main label, main legend, main button, main h1, main h2')].map(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')).filter(text => /\\p{Script=Han}/u.test(text) && !/^[\\s\\p{Script=Han}]*$/u.test(text))").await,
        );
        assert!(wide.is_empty(), "{page}: {wide:?}");
        assert!(han.is_empty(), "{page}: {han:?}");
        let paper: String = tab.value("getComputedStyle(document.body).backgroundColor").await;
        let light = paper
            .trim_start_matches("rgb(")
            .split(',')
            .next()
            .unwrap()
            .trim()
            .parse::<u32>()
            .unwrap();
        assert!(light < 80, "{page} is dark: {paper}");
    }
    chromium.stop().await;
}

const REPORT: &str =
    "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n";
