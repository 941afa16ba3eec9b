//! What users meet, each from where they start: a prosecutor's article, a leader's number, an author's adoption.

use crate::desk::{Preview, choose, open_form, type_into};
use crate::driver::{Chromium, Tab};
use crate::{TOTAL, journey, site};

/// Catches what is copied, which no page may read back.
const CATCH: &str = "(navigator.clipboard.writeText = async text => { window.caught = text }, true)";

/// Presses what is there wherever it stands: a page that opens at its hit may still move.
async fn pressed(tab: &Tab, selector: &str) {
    tab.until(&format!("document.querySelector({selector:?})")).await;
    tab.value::<bool>(&format!("(document.querySelector({selector:?}).click(), true)"))
        .await;
}

/// Counts what a hand does.
struct Hand<'a> {
    tab: &'a Tab,
    actions: usize,
}

impl Hand<'_> {
    async fn click(&mut self, selector: &str) {
        pressed(self.tab, selector).await;
        self.actions += 1;
    }

    async fn insert(&mut self, text: &str) {
        self.tab.insert(text).await;
        self.actions += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_a_case_that_applies_it_and_its_paragraph_with_source_in_eight_actions() {
    journey(|tab, base| async move {
        tab.until("document.activeElement.matches('input[type=search]')").await;
        let mut hand = Hand { tab: &tab, actions: 0 };
        hand.insert("未成年人保护法第一百零六条").await;
        // The article's own text comes first, and the hit opens there.
        tab.until("(document.querySelector('#results [data-id]') || {dataset: {}}).dataset.id === '法律法规/L03-未成年人保护法'")
            .await;
        let shown: String = tab.value("document.querySelector('#results [data-id] .snippet').textContent").await;
        assert!(shown.contains("第一百零六条") && shown.contains("公益诉讼"), "{shown}");
        hand.click("#results [data-id] h3 a").await;
        tab.until("document.querySelector('#a106') && document.querySelector('.badge.in-force')").await;
        tab.until("(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector('#a106').getBoundingClientRect())").await;
        // Who cites it stands beside it.
        hand.click("#a106 .citers").await;
        tab.until("document.querySelector('.list-note a') && document.querySelector('.card')").await;
        let back: String = tab.value("decodeURIComponent(document.querySelector('.list-note a').getAttribute('href'))").await;
        assert!(back.ends_with("#a106"), "the list leads back to the text: {back}");
        hand.click(".card .card-title a[href*='C02-']").await;
        tab.until("document.querySelector('article.body a.law[href*=\"#a106\"]') && document.querySelector('[data-quote]:not([hidden])')").await;
        tab.value::<bool>(CATCH).await;
        // A passage is selected, and copied with where it stands.
        tab.value::<bool>(
            "(() => { const own = document.querySelector('article.body a.law[href*=\"#a106\"]').closest('[id]'); \
             own.scrollIntoView(); getSelection().selectAllChildren(own); window.own = own; return true })()",
        )
        .await;
        hand.actions += 1;
        tab.until("document.querySelector('.quote-beside:not([hidden])')").await;
        hand.click(".quote-beside").await;
        tab.until("window.caught").await;
        let (caught, text, id): (String, String, String) = (
            tab.value("window.caught").await,
            tab.value("window.own.textContent.trim().slice(0, 20)").await,
            tab.value("window.own.id").await,
        );
        for part in ["“", &text, "——《督促整治文身场所向未成年人提供服务行政公益诉讼案》", "澄溪县人民检察院", "段\n", &base, &format!("#{id}")] {
            assert!(caught.contains(part), "{part}: {caught}");
        }
        assert!(hand.actions <= 8, "{} actions", hand.actions);
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passages_are_put_by_cited_together_and_forgotten() {
    journey(|tab, base| async move {
        for query in ["安澜里", "未成年人保护法第一百零六条"] {
            let escaped = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
            tab.go("about:blank").await;
            tab.go(&format!("{base}index.html#q={escaped}")).await;
            tab.until(&format!("{TOTAL} >= 1")).await;
            tab.click("#results [data-id] h3 a").await;
            // The page has gone to its first mark: a click finds nothing that still moves.
            tab.until("document.querySelector('[data-basket-add]:not([hidden])') && document.querySelector('article.body mark.current')")
                .await;
            pressed(&tab, "[data-basket-add]").await;
            tab.until("document.querySelector('[data-basket-said]').textContent.includes('已放入')")
                .await;
        }
        tab.click(".basket-said a").await;
        tab.until("document.querySelectorAll('[data-basket-list] li').length === 2")
            .await;
        let listed: String = tab
            .value("document.querySelector('[data-basket-list]').textContent")
            .await;
        assert!(listed.contains("安澜里") && listed.contains("第106条 移除"), "{listed}");
        tab.value::<bool>(CATCH).await;
        tab.click("[data-basket-do=copy]").await;
        tab.until("window.caught").await;
        let cited: String = tab.value("window.caught").await;
        assert_eq!(cited.matches("——《").count(), 2, "{cited}");
        assert!(cited.contains("#a106"), "{cited}");
        tab.click("[data-basket-list] button").await;
        tab.until("document.querySelectorAll('[data-basket-list] li').length === 1")
            .await;
        tab.click("[data-basket-do=clear]").await;
        tab.until("!document.querySelector('[data-basket-empty]').hidden && !localStorage.getItem('jianyan.basket')")
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_law_is_read_by_its_articles() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}laws/index.html")).await;
        tab.until("document.querySelector('[data-law-filter]:not([hidden])')")
            .await;
        tab.click("#law-filter").await;
        tab.insert("刑事诉讼").await;
        tab.until("document.querySelectorAll('[data-law]:not([hidden])').length === 1")
            .await;
        tab.click("[data-law=刑事诉讼法] .section-more").await;
        tab.until("document.querySelector('[data-jump]:not([hidden])')").await;
        for (asked, id) in [("177", "a177"), ("第二百八十二条", "a282")] {
            tab.value::<bool>(
                "(document.getElementById('page-jump').value = '', document.getElementById('page-jump').focus(), true)",
            )
            .await;
            tab.insert(asked).await;
            tab.press("#page-jump", "Enter").await;
            tab.until(&format!(
                "location.hash === '#{id}' && document.activeElement.id === '{id}'"
            ))
            .await;
        }
        tab.value::<bool>("(document.getElementById('page-jump').value = '9', true)")
            .await;
        tab.click("[data-jump] button").await;
        tab.until("document.getElementById('page-jump-said').textContent === '没有这一条'")
            .await;
        // A law that isn't here says so where its articles are listed.
        tab.go(&format!("{base}laws/index.html")).await;
        tab.click("[data-law=民法典] h2 a").await;
        tab.until("document.querySelector('.list-note').textContent === '本库未收录《民法典》'")
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_is_asked_for_within_words_and_lists_opens_there() {
    journey(|tab, base| async move {
        for (query, id, place) in [
            ("刑法第264条", "L01-", "a264"),
            ("刑诉法177条", "L02-", "a177"),
            ("刑法第一百三十三条之一", "L01-", "a133-1"),
            ("刑法第385、397条", "L01-", "a385"),
        ] {
            let escaped = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
            tab.go("about:blank").await;
            tab.go(&format!("{base}index.html#q={escaped}")).await;
            tab.until(&format!("{TOTAL} >= 1")).await;
            let href: String = tab
                .value("decodeURIComponent(document.querySelector('#results [data-id] h3 a').getAttribute('href'))")
                .await;
            assert!(
                href.contains(id) && href.ends_with(&format!("at={place}")),
                "{query}: {href}"
            );
        }
        tab
    })
    .await;
}

/// The number behind a name in what a page shows.
async fn number(tab: &Tab, selector: &str, name: &str) -> String {
    let text: String = tab
        .value(&format!("document.querySelector({selector:?}).innerText"))
        .await;
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let behind = text.split(name).skip(1);
    let mut numbers = behind.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    let found = numbers.find(|number| !number.is_empty());
    found.unwrap_or_else(|| panic!("{name}: {text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_reads_the_same_number_in_four_places() {
    journey(|tab, base| async move {
        let mut read = Vec::new();
        for (page, ready, selector) in [
            ("index.html", "true", "main"),
            ("boards/overview.html", "true", ".tiles"),
            (
                "boards/ledger.html",
                "document.querySelector('[data-filter]:not([hidden])')",
                ".figures",
            ),
        ] {
            tab.go(&format!("{base}{page}")).await;
            tab.until(&format!("document.readyState === 'complete' && {ready}"))
                .await;
            read.push(number(&tab, selector, "已转化").await);
        }
        // The fourth is the basis of the figure, document by document.
        tab.click("[data-basis=adopted]").await;
        tab.until("!document.querySelector('#ledger-basis').hidden").await;
        read.push(number(&tab, "#ledger-basis", "已转化").await);
        assert_eq!(read, ["12", "12", "12", "12"]);
        let mut late = Vec::new();
        for (page, selector, name) in [
            ("index.html", "main", "逾期未回复"),
            ("boards/replies.html", ".tiles", "逾期未回复"),
        ] {
            tab.go(&format!("{base}{page}")).await;
            tab.until("document.readyState === 'complete'").await;
            late.push(number(&tab, selector, name).await);
        }
        assert_eq!(late[0], late[1]);
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recommendations_are_narrowed_counted_and_exported() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}boards/replies.html")).await;
        tab.until("document.querySelector('[data-replies-filter]:not([hidden])')").await;
        let shown = "document.querySelectorAll('[data-replies] tbody tr:not([hidden])').length";
        assert_eq!(tab.value::<usize>(shown).await, 13);
        let choose = |name: &str, value: &str| {
            format!(
                "(() => {{ const field = document.querySelector('[data-replies-filter]').elements[{name:?}]; field.value = {value:?}; \
                 field.dispatchEvent(new Event('change', {{ bubbles: true }})); return field.value }})()"
            )
        };
        assert_eq!(tab.value::<String>(&choose("department", "公益诉讼检察部")).await, "公益诉讼检察部");
        let narrowed: usize = tab.value(shown).await;
        assert!(narrowed > 1 && narrowed < 13, "{narrowed}");
        assert_eq!(tab.value::<String>(&choose("year", "2022")).await, "2022");
        assert_eq!(tab.value::<usize>(shown).await, 1);
        let said: String = tab.value("document.querySelector('[data-replies-said]').textContent").await;
        assert_eq!(said, "共 1 件；承办部门：公益诉讼检察部；制发年份：2022");
        tab.value::<bool>(
            "(() => { URL.createObjectURL = blob => { blob.text().then(text => { window.table = text; }); return '#' }; \
             HTMLAnchorElement.prototype.click = () => {}; return true })()",
        )
        .await;
        tab.click("[data-replies-export=csv]").await;
        tab.until("window.table").await;
        let table: String = tab.value("window.table").await;
        let lines: Vec<&str> = table.trim().lines().collect();
        assert!(lines.len() == 2 && lines[1].contains("传统地名") && lines[1].contains("2022-09-20"), "{table}");
        assert!(lines[0].contains("办理经过") && lines[1].contains("送达") && lines[1].contains("回复 采纳"), "{table}");
        pressed(&tab, "[data-replies] tbody tr:not([hidden]) .history summary").await;
        let told: String = tab.value("document.querySelector('[data-replies] .history details[open] ol').textContent").await;
        assert!(told.contains("制发") && told.contains("办结"), "{told}");
        tab.click("[data-replies-filter] [type=reset]").await;
        tab.until(&format!("{shown} === 13")).await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_filter_of_the_ledger_is_folded_on_a_narrow_window() {
    let chromium = Chromium::start_with(&[], (390, 844)).await;
    let tab = chromium.open(&format!("{}boards/ledger.html", site::file_url())).await;
    tab.until("document.querySelector('[data-filter]:not([hidden])')").await;
    let seen = "Boolean(document.querySelector('[data-filter] [name=department]').offsetParent)";
    assert!(!tab.value::<bool>(seen).await);
    tab.click("[data-fold]").await;
    tab.until(&format!(
        "{seen} && document.querySelector('[data-fold][aria-expanded=true]')"
    ))
    .await;
    tab.assert_quiet_within(&site::file_url());
    chromium.stop().await;
}

const REPORT: &str = "---\nkind: report\ntitle: 河道采砂调研\ndate: 2026-03-05\nunit: 某院\nsummary: 摘要。\nauthors: [张某] # 执笔\n---\n\n两处采砂点。\n";

/// An author makes an adoption, fixes it and takes it back, and meets no YAML.
#[tokio::test(flavor = "multi_thread")]
async fn an_adoption_is_made_fixed_and_taken_back_in_forms() {
    let preview = Preview::with(&[("调研报告/a.md", REPORT)], &[]);
    let file = preview.corpus.join("调研报告/a.md");
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    tab.go(&format!("{}%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html", preview.base))
        .await;
    let said = "(document.querySelector('.desk-said') || {textContent: ''}).textContent";
    let without_yaml = "!document.querySelector('main textarea[name=front]')";

    open_form(&tab, "adopt").await;
    assert!(tab.value::<bool>(without_yaml).await);
    type_into(&tab, "[name=date]", "2026-05-06").await;
    choose(&tab, "form", "decision").await;
    choose(&tab, "level", "county").await;
    type_into(&tab, "[name=authority]", "某县水务局").await;
    choose(&tab, "effect", "issued").await;
    tab.click("[type=submit].primary").await;
    tab.until(&format!(
        "{said}.includes('已登记，写入 调研报告/a.md') && document.querySelector('.badge.adopted')"
    ))
    .await;

    // The entry stands on the page of its report, and opens in its own form.
    tab.click(".desk-entries a[href*='at=0'][href*=token]").await;
    tab.until("document.querySelector('[data-desk-form=adopt] [name=at]')")
        .await;
    assert!(tab.value::<bool>(without_yaml).await);
    let kept: String = tab.value("document.querySelector('[name=authority]').value").await;
    assert_eq!(kept, "某县水务局");
    // What the corpus has is offered, so that nobody writes it in another way.
    let offered: String = tab
        .value("document.querySelector('[name=authority]').list.options[0].value")
        .await;
    assert_eq!(offered, "某县水务局");
    type_into(&tab, "[name=authority]", "某县人民政府办公室").await;
    tab.click("[type=submit].primary").await;
    tab.until(&format!(
        "{said}.includes('已登记') && document.querySelector('main').textContent.includes('某县人民政府办公室')"
    ))
    .await;
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("某县人民政府办公室") && text.contains("authors: [张某] # 执笔\n"),
        "{text}"
    );

    tab.click(".desk-entries a[href*='at=0'][href*=token]").await;
    tab.until("document.querySelector('[data-desk-form=adopt] [name=remove]')")
        .await;
    tab.click("[name=remove]").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body') && !document.querySelector('.badge.adopted') && !document.querySelector('.desk-entries')")
        .await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), REPORT);
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_for_a_year_leads_to_its_filter_and_cases_are_chosen_by_the_type_in_their_number() {
    journey(|tab, base| async move {
        let ask = |query: &str| {
            let escaped = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
            format!("{base}index.html#q={escaped}")
        };
        // The word is looked for as it stands, and the year is offered.
        tab.go(&ask("去年 未成年人")).await;
        tab.until("[...document.querySelectorAll('a, button')].some(link => link.textContent.includes('年份:2025年'))")
            .await;
        let strict: usize = tab.value(TOTAL).await;
        assert!(strict >= 1);
        tab.value::<bool>(
            "([...document.querySelectorAll('a, button')].find(link => link.textContent.includes('年份:2025年')).click(), true)",
        )
        .await;
        tab.until("document.querySelector('input[type=search]').value.includes('年份:2025年')").await;
        tab.until("[...document.querySelectorAll('#results [data-tier=strict]')].every(hit => hit.textContent.includes('2025-'))")
            .await;

        // A name found alone says what the document is about.
        tab.go("about:blank").await;
        tab.go(&ask("丁某")).await;
        tab.until("document.querySelector('#results .snippet mark')").await;
        let shown: String = tab.value("document.querySelector('#results .snippet').textContent").await;
        assert!(shown.starts_with("丁某") && shown.chars().count() > 20, "{shown}");

        tab.go("about:blank").await;
        tab.go(&ask("东07")).await;
        let row = "document.querySelector('[data-facet=case_type] [data-value=\"刑初\"]')";
        tab.until(row).await;
        tab.value::<bool>(&format!("({row}.click(), true)")).await;
        tab.until("location.hash.includes('case_type')").await;
        tab.until("[...document.querySelectorAll('#results [data-tier=strict]')].length >= 2").await;
        tab
    })
    .await;
}
