//! The journeys in Firefox ESR, from disk and from a server: what Chromium does must hold in another engine.

use crate::bidi::{Firefox, Window, key};
use crate::{TOTAL, site};

/// A journey starts on the home page, with nothing stored.
type Journey = fn(&mut Window<'_>, &str);

const JOURNEYS: [(&str, Journey); 12] = [
    ("from a word to its passage", from_a_word_to_its_passage),
    ("narrowing is a step of the history", narrowing_is_a_step_of_the_history),
    ("the way back keeps the place", the_way_back_keeps_the_place),
    ("nothing wipes a search", nothing_wipes_a_search),
    ("marks are walked and taken away", marks_are_walked_and_taken_away),
    ("a search needs no mouse", a_search_needs_no_mouse),
    ("a citation is copied", a_citation_is_copied),
    (
        "the appearance that was chosen stays",
        the_appearance_that_was_chosen_stays,
    ),
    ("nothing found says so", nothing_found_says_so),
    ("a figure leads to its lines", a_figure_leads_to_its_lines),
    ("similar work is found", similar_work_is_found),
    ("paper holds the text", paper_holds_the_text),
];

fn all_journeys(base: &str) {
    let mut firefox = Firefox::start();
    for (name, journey) in JOURNEYS {
        eprintln!("{name}");
        let mut window = firefox.open(&format!("{base}index.html"));
        journey(&mut window, base);
        window.assert_quiet_within(base);
        window.close();
    }
}

#[test]
fn journeys_from_disk() {
    all_journeys(&site::file_url());
}

#[test]
fn journeys_from_a_server() {
    all_journeys(&site::http_url());
}

#[test]
fn what_a_page_complains_of_is_noticed() {
    // Of what is missing on a disk Firefox tells nothing; of what a server hasn't got it does.
    let base = site::http_url();
    let mut firefox = Firefox::start();
    let mut window = firefox.open(&format!("{base}index.html"));
    assert_eq!(window.complaints(), [""; 0]);
    // A step within the page leaves nothing behind.
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB"));
    window.until(&format!("{TOTAL} >= 5"));
    window.value::<bool>("(console.error('said'), true)");
    window.value::<bool>(
        "(document.body.append(Object.assign(new Image(), { src: 'https://example.org/a.png' })), true)",
    );
    window.value::<bool>(
        "(document.head.append(Object.assign(document.createElement('script'), { src: 'assets/none.js' })), true)",
    );
    window.value::<bool>("(setTimeout(() => { throw new Error('thrown') }), true)");
    std::thread::sleep(std::time::Duration::from_secs(1));
    window.value::<bool>("true");
    let complaints = window.complaints().join("\n");
    for part in ["said", "policy: img-src https://example.org/a.png", "404 ", "thrown"] {
        assert!(complaints.contains(part), "{part}: {complaints}");
    }
}

#[test]
fn journeys_in_english() {
    let base = site::english_url();
    let mut firefox = Firefox::start();
    let mut window = firefox.open(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB"));
    window.until(&format!("{TOTAL} >= 5"));
    window.click("#results [data-id] h3 a");
    window.until("document.querySelector('[data-print]:not([hidden])')");
    assert_eq!(
        window.value::<String>("document.querySelector('[data-print]').textContent"),
        "Print"
    );
    let languages: (String, String) =
        window.value("[document.documentElement.lang, document.querySelector('h1').lang]");
    assert_eq!(languages, ("en".to_owned(), "zh-CN".to_owned()));
    window.resize(390, 844);
    for page in [
        "index.html",
        "lists/index.html",
        "boards/overview.html",
        "boards/ledger.html",
    ] {
        window.go(&format!("{base}{page}"));
        let wide: i64 = window.value("document.documentElement.scrollWidth - innerWidth");
        assert!(wide <= 0, "{page} is {wide} pixels wider than a phone");
    }
    window.assert_quiet_within(&base);
    window.close();
}

fn from_a_word_to_its_passage(window: &mut Window<'_>, _: &str) {
    window.click("input[type=search]");
    window.press("文身");
    window.until(&format!("{TOTAL} >= 5"));
    window.until("document.querySelector('#results [data-tier=strict] mark').textContent === '文身'");
    window.click("#results [data-id] h3 a");
    window.until("document.querySelector('article.body') && document.querySelector('main mark.current')");
    window.until("(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector('main mark.current').getBoundingClientRect())");
    window.value::<bool>("(setTimeout(() => history.back()), true)");
    window.until(&format!(
        "{TOTAL} >= 5 && document.querySelector('input[type=search]').value === '文身'"
    ));
}

fn narrowing_is_a_step_of_the_history(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB"));
    window.until(&format!("{TOTAL} >= 5"));
    let all: usize = window.value(TOTAL);
    window.click("[data-facet=kind] [data-value=report]");
    window.until(&format!("{TOTAL} < {all}"));
    let counted: String =
        window.value("document.querySelector('[data-facet=kind] [aria-pressed=true] .count').textContent");
    assert_eq!(counted, window.value::<usize>(TOTAL).to_string());
    window.value::<bool>("(setTimeout(() => history.back()), true)");
    window.until(&format!("{TOTAL} === {all} && !location.hash.includes('kind')"));
}

fn the_way_back_keeps_the_place(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%B2%BB%E7%90%86"));
    window.until(&format!("{TOTAL} > 10 && document.querySelector('.facet')"));
    window.click("[data-more] button");
    window.until("document.querySelectorAll('#results .card').length > 10");
    window.value::<bool>("([...document.querySelectorAll('#results .card')].pop().scrollIntoView(), true)");
    window.until("history.state && history.state.y > 500 && Math.abs(history.state.y - scrollY) < 1");
    let there: (usize, f64) = window.value("[document.querySelectorAll('#results .card').length, scrollY]");
    window.value::<bool>("([...document.querySelectorAll('#results h3 a')].pop().click(), true)");
    window.until("document.querySelector('article.body') && document.querySelector('main mark.current')");
    window.value::<bool>("(setTimeout(() => history.back()), true)");
    window.until(&format!(
        "document.querySelectorAll('#results .card').length === {} && Math.abs(scrollY - {}) < 3",
        there.0, there.1
    ));
}

fn nothing_wipes_a_search(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB"));
    window.until(&format!("{TOTAL} >= 5 && document.querySelector('.facet')"));
    window.value::<bool>("(document.querySelector('.skip').click(), true)");
    window.until("document.activeElement.id === 'page-main' && location.hash.includes('q=')");
    for place in ["[data-sort]", "[data-within] input"] {
        window.value::<bool>(&format!("(document.querySelector({place:?}).focus(), true)"));
        window.press(key::ESCAPE);
        window.until(&format!("{TOTAL} >= 5 && location.hash.includes('q=')"));
    }
    window.go(&format!("{base}index.html#q=%E2%80%BB"));
    window.until(&format!(
        "{TOTAL} === 0 && document.querySelector('#total').textContent.includes('符号不参与检索')"
    ));
}

fn marks_are_walked_and_taken_away(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report"));
    window.until(&format!("{TOTAL} >= 1"));
    window.click("#results [data-id] h3 a");
    window.until("document.querySelector('main mark.current')");
    let place = "[...document.querySelectorAll('main mark')].indexOf(document.querySelector('main mark.current'))";
    let first: i64 = window.value(place);
    window.click("[data-marks-step='1']");
    window.until(&format!("{place} > {first}"));
    window.click("[data-marks-step='-1']");
    window.until(&format!("{place} === {first}"));
    window.click("[data-marks-clear]");
    window.until("!document.querySelector('main mark') && document.querySelector('[data-marks]').hidden");
}

fn a_search_needs_no_mouse(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}lists/index.html"));
    window.press("/");
    window.until("document.activeElement.matches('input[type=search]')");
    window.press("文身");
    window.press(key::ENTER);
    window.until(&format!("location.pathname.endsWith('/index.html') && {TOTAL} >= 5"));
    window.press("/");
    window.press(key::DOWN);
    window.press(key::DOWN);
    window.until("document.activeElement === document.querySelectorAll('#results [data-id] h3 a')[1]");
    window.press("/");
    window.press(key::ESCAPE);
    window.until("!document.querySelector('#results [data-id]') && !document.querySelector('[data-front]').hidden");
}

fn a_citation_is_copied(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report"));
    window.until(&format!("{TOTAL} >= 1"));
    window.click("#results [data-id] h3 a");
    window.click("[data-copy]:not([hidden])");
    window.until("document.querySelector('[data-copy]').textContent === '已复制'");
    window.press("/");
    window.press_with_control("v");
    window.until(
        "document.querySelector('input[type=search]').value === document.querySelector('#page-citation').textContent",
    );
}

fn the_appearance_that_was_chosen_stays(window: &mut Window<'_>, base: &str) {
    let paper = "getComputedStyle(document.body).backgroundColor";
    let light: String = window.value(paper);
    window.click("[data-theme-choice=dark]");
    window.until(&format!("{paper} !== {light:?}"));
    window.go(&format!("{base}lists/index.html"));
    window.until(&format!(
        "{paper} !== {light:?} && document.querySelector('[data-theme-choice=dark][aria-pressed=true]')"
    ));
}

fn nothing_found_says_so(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E4%BA%95%E7%9B%96"));
    window.until(&format!("{TOTAL} === 0"));
    window.until("document.querySelector('main').textContent.includes('未检索到包含“井盖”的文献')");
}

fn a_figure_leads_to_its_lines(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}boards/ledger.html#since=2022-01-01"));
    window.until("document.querySelector('[data-figure=adopted]').textContent === '12篇'");
    window.click("[data-basis=adopted]");
    window.until("!document.querySelector('#ledger-basis').hidden && document.querySelectorAll('#ledger-basis .place a').length >= 12");
}

fn similar_work_is_found(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}novelty.html"));
    window.until("document.activeElement.matches('textarea')");
    window.press("电瓶车盗窃案件高发，被盗车辆改装后销售，充电引发火灾。拟从盗窃电动自行车案件入手提出综合治理建议。");
    window.until("document.querySelector('[data-verdict]').textContent.startsWith('已有高度相似的调研报告或项目')");
    window.click("[data-near] .card a");
    window.until("document.querySelector('article.body')");
}

fn paper_holds_the_text(window: &mut Window<'_>, base: &str) {
    window.go(&format!("{base}index.html#q=%E6%96%87%E8%BA%AB&kind=report"));
    window.click("#results [data-id] h3 a");
    window.until("document.querySelector('[data-print]:not([hidden])')");
    // A page of Chinese text with its fonts has some tens of kilobytes.
    assert!(window.print().len() > 20_000);
}
