//! The search page never shows what isn't so: passages, marks, the way back, filters, what is stale. A site of its own holds
//! what the sample corpus has no need of: long documents, a folded part, a table far down.

mod asked;
mod slices;

use crate::bidi::Firefox;
use crate::driver::{Chromium, Tab};
use crate::walk::Walk;
use crate::{TOTAL, server, site};
use chromiumoxide::cdp::browser_protocol::emulation::{MediaFeature, SetEmulatedMediaParams};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn filler(count: usize) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "第{at}段，说的是另外的事情，与所查无关。\n");
        text
    })
}

fn put(corpus: &Path, id: &str, body: &str) {
    put_of(corpus, id, "2024-03-05", "", body);
}

/// Writes a document of a day, with more lines of front matter.
fn put_of(corpus: &Path, id: &str, date: &str, more: &str, body: &str) {
    let (folder, title) = id.split_once('/').unwrap();
    let kind = if folder == "案例" {
        "case\nrank: 典型案例\nlevel: province"
    } else {
        "report"
    };
    std::fs::create_dir_all(corpus.join(folder)).unwrap();
    let front = format!("---\nkind: {kind}\ntitle: {title}\ndate: {date}\nunit: 澄溪县人民检察院\n{more}---\n\n");
    std::fs::write(corpus.join(format!("{id}.md")), front + body).unwrap();
}

/// A folder with a corpus, its index and its site: a page that is open while the site is built anew needs one of its own.
struct Root {
    folder: tempfile::TempDir,
}

impl Root {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Self { folder };
        let corpus = root.corpus();
        let long = format!(
            "规定两个仓廪等次处罚。过去只看指标，忽略环节。\n\n{}所以分为两个仓廪等次，并且不问直接经手人。\n\n| 环节 | 指标 | 件数 | 比率 |\n| --- | --- | --- | --- |\n| 受理 | 甲 | 3 | 5% |\n\n碑文以繁體寫作貪墨二字。\n",
            filler(260)
        );
        put(&corpus, "调研报告/长文", &long);
        let folded = format!(
            "请看[办理通知](https://example.org/)内容如下。\n\n{}<details>\n<summary>附表</summary>\n\n折叠的段落讲述琥珀鉴定。\n\n</details>\n",
            filler(30)
        );
        put(&corpus, "调研报告/折叠", &folded);
        put(
            &corpus,
            "调研报告/未成年人文身治理",
            "未成年人文身问题。\n\n驻校联络站2015年设立。\n",
        );
        put(&corpus, "案例/某案", "基本案情与地衣有关。\n");
        std::fs::write(
            corpus.join("synonyms.yaml"),
            "groups:\n  - [文身, 纹身]\n  - [校园联络点, 联络点]\n",
        )
        .unwrap();
        for at in 0..35 {
            let body = format!(
                "第{at}号样地的苔藓可作指示。\n\n{}再看苔藓与空气，第{at}次。\n",
                filler(3)
            );
            put(&corpus, &format!("调研报告/苔藓调查{at:02}"), &body);
        }
        asked::put_all(&corpus);
        root.build();
        root
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn build(&self) {
        site::build(&self.corpus(), &self.folder.path().join("index"), &self.site());
    }

    /// Where its site is looked at: from disk and from a server.
    fn bases(&self) -> [String; 2] {
        let site = self.site();
        [
            format!("file://{}/", site.display()),
            server::serve(site, "kb/", Duration::ZERO),
        ]
    }
}

/// The address of a search.
fn search(base: &str, query: &str) -> String {
    format!("{base}index.html#q={}", utf8_percent_encode(query, NON_ALPHANUMERIC))
}

async fn found(tab: &mut impl Walk, address: &str, total: usize) {
    tab.go(address).await;
    tab.until(&format!("{TOTAL} === {total}")).await;
}

async fn rested(tab: &mut impl Walk) {
    tab.until("document.querySelector('.facet')").await;
}

/// Opens the first result and waits for its marks.
async fn opened(tab: &mut impl Walk) {
    // By the link itself: what stands around it may still come.
    tab.value::<bool>("(setTimeout(() => document.querySelector('#results h3 a').click()), true)")
        .await;
    tab.until("document.querySelector('main mark.current')").await;
}

async fn text(tab: &mut impl Walk, selector: &str) -> String {
    tab.value(&format!("document.querySelector({selector:?}).innerText"))
        .await
}

async fn go_back(tab: &mut impl Walk) {
    tab.value::<bool>("(setTimeout(() => history.back()), true)").await;
}

/// All walks but those of paper and forced colours, which one driver alone can ask for.
async fn walks(tab: &mut impl Walk, base: &str) {
    asked::quoted(tab, base).await;
    asked::listed(tab, base).await;
    asked::beside_numbers(tab, base).await;
    asked::inside_what_is_typed(tab, base).await;
    asked::language(tab, base).await;
    passages(tab, base).await;
    marks(tab, base).await;
    nothing_wipes(tab, base).await;
    way_back(tab, base).await;
    steps_of_the_history(tab, base).await;
    filters(tab, base).await;
    focus(tab, base).await;
    small_ones(tab, base).await;
}

/// Each walk from disk and from a server, in one browser each.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_search_page_shows_is_so() {
    let root = Root::new();
    for base in root.bases() {
        let chromium = Chromium::start().await;
        let mut tab = chromium.open(&format!("{base}index.html")).await;
        walks(&mut tab, &base).await;
        on_paper_and_in_forced_colours(&mut tab, &base).await;
        renewed(&mut tab, &base, &root, 1).await;
        tab.assert_quiet_within(&base);
        renewed(&mut tab, &base, &root, 2).await;
        stale(&mut tab, &base).await;
        chromium.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_search_page_shows_is_so_in_firefox() {
    let root = Root::new();
    let mut firefox = Firefox::start();
    for base in root.bases() {
        let mut window = firefox.open(&format!("{base}index.html"));
        walks(&mut window, &base).await;
        renewed(&mut window, &base, &root, 1).await;
        window.assert_quiet_within(&base);
        renewed(&mut window, &base, &root, 2).await;
        stale(&mut window, &base).await;
        window.close();
    }
}

/// The passage that holds what was typed is shown and opened: behind punctuation, in a row, in traditional characters.
async fn passages(tab: &mut impl Walk, base: &str) {
    for (query, shown) in [
        ("仓廪等次，并且不问", "并且不问直接经手人"),
        ("环节 指标 件数 比率", "件数 比率"),
        ("贪墨", "貪墨二字"),
    ] {
        found(tab, &search(base, query), 1).await;
        let snippet = text(tab, "#results .snippet").await;
        assert!(snippet.contains(shown), "{query}: {snippet}");
        opened(tab).await;
        tab.until("(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector('main mark.current').getBoundingClientRect())").await;
        let block: String = tab
            .value(
                "document.querySelector('main mark.current').closest('p, tr').textContent.trim().replace(/\\s+/g, ' ')",
            )
            .await;
        assert!(block.contains(shown), "{query} opened {block}");
    }
}

/// Marks of related results, over a link's printed number, in a folded part; taken away they stay away.
async fn marks(tab: &mut impl Walk, base: &str) {
    let marked = "[...document.querySelectorAll('main mark')].map(mark => mark.textContent).join('')";
    found(tab, &search(base, "通知内容"), 1).await;
    opened(tab).await;
    tab.until("document.querySelector('.print-links')").await;
    assert_eq!(tab.value::<String>(marked).await, "通知内容");

    // A number that goes on behind a Chinese character leaves the word whole.
    found(tab, &search(base, "联络站"), 1).await;
    opened(tab).await;
    assert_eq!(tab.value::<String>(marked).await, "联络站");

    found(tab, &search(base, "讲述琥珀鉴定方法"), 0).await;
    tab.until("document.querySelector('#results [data-tier=related]')")
        .await;
    opened(tab).await;
    assert!(tab.value::<String>(marked).await.contains("琥珀鉴定"));
    assert!(
        tab.value::<bool>("document.querySelector('main mark').closest('details').open")
            .await
    );

    for clears in [
        "document.querySelector('[data-marks-clear]').click()",
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))",
    ] {
        found(tab, &search(base, "琥珀鉴定"), 1).await;
        opened(tab).await;
        tab.value::<bool>(&format!("({clears}, true)")).await;
        tab.until("!document.querySelector('main mark') && document.querySelector('[data-marks]').hidden")
            .await;
        assert!(
            tab.value::<bool>("document.activeElement === document.querySelector('main')")
                .await
        );
        tab.go(&format!("{base}lists/index.html")).await;
        go_back(tab).await;
        tab.until("document.querySelector('article.body .anchor, article.body') && document.readyState === 'complete'")
            .await;
        assert!(
            tab.value::<bool>("!document.querySelector('main mark')").await,
            "{clears}"
        );
    }
}

/// The skip link, and Esc where something else is at hand, leave the search alone.
async fn nothing_wipes(tab: &mut impl Walk, base: &str) {
    found(tab, &search(base, "苔藓"), 35).await;
    rested(tab).await;
    tab.value::<bool>("(document.querySelector('.skip').click(), true)")
        .await;
    tab.until("document.activeElement.id === 'page-main' && location.hash.includes('q=')")
        .await;
    for place in ["[data-menu] summary", "[data-sort]", "[data-within] input"] {
        tab.value::<bool>(&format!(
            "(document.querySelector('[data-menu]').open = true, document.querySelector({place:?}).focus(), true)"
        ))
        .await;
        tab.press(place, "Escape").await;
        let kept: bool = tab
            .value(&format!(
                "{TOTAL} === 35 && location.hash.includes('q=') && !document.querySelector('[data-menu]').open"
            ))
            .await;
        assert!(kept, "{place}");
    }
}

/// From a document back to the same list, as long and as far down; a reload keeps it too.
async fn way_back(tab: &mut impl Walk, base: &str) {
    found(tab, &search(base, "苔藓"), 35).await;
    rested(tab).await;
    tab.click("[data-more] button").await;
    tab.until("document.querySelectorAll('#results .card').length === 30")
        .await;
    tab.value::<bool>("(document.querySelectorAll('#results .card')[24].scrollIntoView(), true)")
        .await;
    tab.until("history.state && history.state.y > 1000 && history.state.y === scrollY")
        .await;
    let y: f64 = tab.value("scrollY").await;
    let there = format!("document.querySelectorAll('#results .card').length === 30 && Math.abs(scrollY - {y}) < 3");
    tab.value::<bool>("(document.querySelectorAll('#results h3 a')[24].click(), true)")
        .await;
    tab.until("document.querySelector('main mark.current')").await;
    go_back(tab).await;
    tab.until(&there).await;
    rested(tab).await;
    tab.value::<bool>("(setTimeout(() => location.reload()), true)").await;
    tab.until(&there).await;
    rested(tab).await;
}

/// A submitted query is a step, with its title.
async fn steps_of_the_history(tab: &mut impl Walk, base: &str) {
    tab.go(&format!("{base}lists/index.html")).await;
    tab.go(&format!("{base}index.html")).await;
    tab.until("document.activeElement.matches('input[type=search]')").await;
    for (query, total) in [("苔藓", 35), ("地衣", 1)] {
        tab.value::<bool>("(document.querySelector('input[type=search]').select(), true)")
            .await;
        tab.insert(&query[..3]).await;
        tab.insert(&query[3..]).await;
        tab.until(&format!("{TOTAL} === {total}")).await;
        tab.press("input[type=search]", "Enter").await;
        tab.until("!history.state.open").await;
        assert!(tab.value::<String>("document.title").await.starts_with(query));
    }
    go_back(tab).await;
    tab.until(&format!("{TOTAL} === 35 && document.title.startsWith('苔藓')"))
        .await;
    go_back(tab).await;
    tab.until("!document.querySelector('[data-front]').hidden && !document.querySelector('input[type=search]').value")
        .await;
}

/// Under filters nothing is said of all documents; what can't be read is said and not applied.
async fn filters(tab: &mut impl Walk, base: &str) {
    found(tab, &(search(base, "苔藓") + "&kind=case"), 0).await;
    assert_eq!(text(tab, "#total").await, "在所选范围内没有符合“苔藓”的文献。");
    tab.until("document.querySelector('[data-notes] li button')").await;
    assert_eq!(text(tab, "[data-notes] li").await, "取消“案例”（35 篇）");
    tab.click("[data-notes] li button").await;
    tab.until(&format!("{TOTAL} === 35 && !location.hash.includes('kind')"))
        .await;
    found(tab, &search(base, "苔藓 类别:案例"), 0).await;
    assert!(text(tab, "#total").await.starts_with("在所选范围内没有"));
    for refused in ["year=abc", "year=2023..2021", "kind=nonsense", "sort=odd", "unit=none"] {
        found(tab, &format!("{}&{refused}", search(base, "苔藓")), 35).await;
        let value = refused.split_once('=').unwrap().1;
        assert!(
            text(tab, "[data-notes]").await.contains(&format!("：{value}”无法识别")),
            "{refused}"
        );
    }
}

/// The focus stays where the hand was.
async fn focus(tab: &mut impl Walk, base: &str) {
    let is = |selector: &str| format!("document.activeElement.matches({selector:?})");
    found(tab, &search(base, "苔藓"), 35).await;
    rested(tab).await;
    tab.click(".others button").await;
    tab.until(&is(".snippet + .snippet a, .snippet a")).await;
    for (length, stays) in [(30, "[data-more] button"), (35, "#results .card h3 a")] {
        tab.click("[data-more] button").await;
        tab.until(&format!(
            "document.querySelectorAll('#results .card').length === {length}"
        ))
        .await;
        tab.until(&is(stays)).await;
    }
    found(tab, &(search(base, "苔藓") + "&kind=report&year=2024"), 35).await;
    for stays in ["[data-chips] button", "#total"] {
        tab.click("[data-chips] button").await;
        tab.until(&is(stays)).await;
    }
    found(tab, &search(base, "纹身"), 1).await;
    tab.click("[data-notes] button").await;
    tab.until(&format!("{TOTAL} === 0 && {}", is("#total"))).await;
}

/// ?q=, signs, a long paste.
async fn small_ones(tab: &mut impl Walk, base: &str) {
    for page in ["index.html?q=", "?q="]
        .into_iter()
        .filter(|page| page.starts_with('i') || base.starts_with("http"))
    {
        tab.go(&format!("{base}404.html")).await;
        tab.go(&search(base, "苔藓").replace("index.html#q=", page)).await;
        tab.until(&format!(
            "{TOTAL} === 35 && location.hash.startsWith('#q=') && !location.search"
        ))
        .await;
    }
    for signs in ["※", "→", "%", "\"※\""] {
        found(tab, &search(base, signs), 0).await;
        let said = text(tab, "#total").await;
        assert!(said.contains("符号不参与检索") && !said.contains("未检索到"), "{said}");
    }
    let long: String = (0..9_000)
        .filter_map(|at| char::from_u32(0x4E00 + at))
        .flat_map(|c| [c, '，'])
        .collect();
    tab.go(&format!("{base}index.html#q=")).await;
    tab.value::<bool>("(document.querySelector('input[type=search]').focus(), true)")
        .await;
    tab.insert(&long).await;
    tab.until(&format!(
        "{TOTAL} >= 0 && document.querySelector('[data-notes]').innerText.includes('检索词过长') && \
         document.querySelector('#total').innerText.length < 100"
    ))
    .await;
}

/// Results on paper have query, filters and marks; in forced colours the current mark differs from the others.
async fn on_paper_and_in_forced_colours(tab: &mut Tab, base: &str) {
    let media = |media: &str, forced: &str| {
        let feature = MediaFeature::new("forced-colors", forced);
        SetEmulatedMediaParams::builder().media(media).feature(feature).build()
    };
    found(tab, &(search(base, "苔藓") + "&kind=report"), 35).await;
    tab.until("document.querySelector('[data-chips] button')").await;
    tab.page.execute(media("print", "none")).await.unwrap();
    assert_eq!(text(tab, ".found-said").await, "检索：苔藓；类别：调研报告");
    assert_eq!(
        tab.value::<String>("getComputedStyle(document.querySelector('.card mark')).textDecorationLine")
            .await,
        "underline"
    );
    tab.page.execute(media("", "active")).await.unwrap();
    opened(tab).await;
    tab.until("document.querySelectorAll('main mark').length > 1").await;
    let colours: Vec<String> = tab
        .value("['mark.current', 'mark:not(.current)'].map(mark => getComputedStyle(document.querySelector('main ' + mark)).backgroundColor)")
        .await;
    assert_ne!(colours[0], colours[1]);
    tab.page.execute(media("", "none")).await.unwrap();
}

/// Notes everything that the line of the total says.
const LISTEN: &str = "(window.said = '', new MutationObserver(() => { window.said += document.querySelector('#total').textContent + '; ' })\
     .observe(document.querySelector('#total'), { childList: true, characterData: true, subtree: true }), true)";

/// A page that was open when the site was built anew finds what has come since, before it says that nothing has: once over,
/// when its own files are still there, and twice, when they are not.
async fn renewed(tab: &mut impl Walk, base: &str, root: &Root, builds: usize) {
    let place = if base.starts_with("file") { "石刻" } else { "古井" };
    let word = format!("{place}{}", ["", "保护", "拓片"][builds]);
    found(tab, &search(base, "苔藓"), 35).await;
    rested(tab).await;
    for at in 0..builds {
        put(&root.corpus(), &format!("调研报告/{word}{at}"), "方才写成。\n");
        root.build();
    }
    tab.value::<bool>(LISTEN).await;
    // A page looks whether the site is another one once in two seconds.
    tokio::time::sleep(Duration::from_secs(2)).await;
    found(tab, &search(base, &word), builds).await;
    let said: String = tab.value("window.said").await;
    assert!(!said.contains("未检索到") && !said.contains("未能"), "{said}");
}

/// While an answer is waited for, the one before is marked; after a failure nothing of it is left.
async fn stale(tab: &mut impl Walk, base: &str) {
    // Another page, so that it is known what is loaded.
    let search = |query| search(base, query).replace('#', "?anew#");
    found(tab, &search("苔藓"), 35).await;
    rested(tab).await;
    // A slow share.
    tab.value::<bool>(
        "(window.load = jianyan.load, jianyan.load = (...all) => new Promise(go => setTimeout(go, 1500)).then(() => load(...all)), true)",
    )
    .await;
    tab.go(&search("仓廪等次直接")).await;
    tab.until("document.querySelector('.found[aria-busy=true]') && !document.querySelector('#total').dataset.count")
        .await;
    let shade: f64 = tab
        .value("Number(getComputedStyle(document.querySelector('.found-body')).opacity)")
        .await;
    assert!(shade < 0.5, "{shade}");
    tab.until(&format!("{TOTAL} >= 0 && !document.querySelector('.found[aria-busy]')"))
        .await;
    // The share has gone away.
    tab.value::<bool>("(jianyan.load = () => Promise.reject(new Error('gone')), true)")
        .await;
    tab.go(&search("第30号样地")).await;
    tab.until("document.querySelector('#total').textContent.includes('未能载入')")
        .await;
    let left: usize = tab
        .value("document.querySelectorAll('#results > *, .facet, [data-notes] > *').length")
        .await;
    assert_eq!(left, 0);
}
