//! Accessibility of the preview: axe-core finds nothing, of any severity, on a page of the desk or on a page with the
//! preview's bar, in any state that an author brings it to, light or dark, in Chinese or English.

use crate::axe::{axe, findings};
use crate::desk::{Preview, choose_file, docx};
use crate::driver::{Chromium, Tab};

const FAULTY: &str = "---\nkind: report\ntitel: 河道\ntitle: 河道\ndate: 2024年13月5日\nunit: 某院\nsummary: 摘要。\nvisibility: public\n---\n\n\
    两处采砂点，电话13812345678。\n\n![现场](无.png)\n\n| 乡镇 | 处 |\n| --- | --- |\n| 东乡 | 2 |\n";
const DRAFT: &str = "---\nkind: report\ntitle: 未完成的稿子\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\ndraft: true\n---\n\n两处采砂点。\n";
const RECOMMENDATION: &str = "---\nkind: recommendation\ntitle: 关于整治噪声的检察建议书\ndate: 2026-05-06\nunit: 某县人民检察院\nsummary: 督促整治噪声。\n\
    number: 某检建〔2026〕3号\naddressee: 某县城市管理局\nissued: 2026-05-06\ndelivered: 2026-05-08\n---\n\n广场音响扰民。\n";
const DOCUMENTS: [(&str, &str); 3] = [("a.md", FAULTY), ("b.md", DRAFT), ("c.md", RECOMMENDATION)];

/// What an author does on a page.
enum Done {
    Nothing,
    Script(&'static str),
    /// A file of this name is chosen to be imported.
    Chosen(&'static str),
}
use Done::{Chosen, Nothing, Script};

const SUBMIT: Done = Script("document.querySelector('[type=submit].primary').click()");
const OPEN: Done = Script("document.querySelector('details.desk-more').open = true");
/// A text with all that the view renders, and with something to find in it.
const WRITE: Done = Script(
    "(() => { const form = document.querySelector('[data-desk-form]'); form.elements.title.value = '河道'; \
     form.elements.body.value = '## 一、基本情况\\n\\n走访[^1]，电话13812345678，见[方案](无.md)。\\n\\n\
     | 乡镇 | 处 |\\n| --- | --- |\\n| 东乡 | 2 |\\n\\n```\\n原文\\n```\\n\\n[^1]: 数据来源。\\n'; form.dispatchEvent(new Event('input')) })()",
);

/// An adoption before its report.
const UNSURE: Done = Script(
    "(() => { const all = document.querySelector('[data-desk-form]').elements; all.date.value = '2024-03-01'; all.form.value = 'decision'; \
     all.level.value = 'county'; all.authority.value = '某县人民政府'; all.effect.value = 'issued'; document.querySelector('.primary').click() })()",
);

const FORM: &str = "document.querySelector('[data-desk-form]')";
const INVALID: &str = "document.querySelector('.problem') && document.activeElement.matches('[aria-invalid=true]')";
const ALERT: &str = "document.querySelector('[data-desk-alert]').textContent";
const FINDING: &str = "document.querySelector('.finding')";

/// Ids that stand twice, and references to none: axe leaves both to be looked at.
const BROKEN: &str = "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); const known = new Set(ids); \
    const names = ['for', 'aria-describedby', 'aria-errormessage', 'aria-labelledby', 'aria-controls']; \
    const all = names.flatMap(name => [...document.querySelectorAll(`[${name}]`)].flatMap(e => e.getAttribute(name).split(' '))); \
    return [...ids.filter((id, at) => ids.indexOf(id) !== at).map(id => 'twice: ' + id), ...all.filter(id => !known.has(id)).map(id => 'no such id: ' + id)] })()";

/// Pages of the desk, what is done there, and what is true once it is done.
const DESK: [(&str, Done, &str); 21] = [
    ("new", Nothing, FORM),
    ("new?kind=report", OPEN, FORM),
    ("new?kind=case", OPEN, FORM),
    ("new?kind=recommendation", OPEN, FORM),
    ("new?kind=topic", OPEN, FORM),
    (
        "new",
        WRITE,
        "document.querySelector('[data-desk-view] td') && document.querySelector('[data-desk-fix]:not([hidden])')",
    ),
    ("new", SUBMIT, INVALID),
    (
        "new",
        Chosen("调研稿.docx"),
        "document.querySelector('.guessed') && document.querySelector('[data-desk-report] li')",
    ),
    ("new", Chosen("坏.docx"), ALERT),
    (
        "edit?file=a.md",
        Nothing,
        "document.querySelector('[data-desk-problems] button')",
    ),
    (
        "edit?file=c.md",
        Script("document.querySelector('[name=mark]').value = '0', document.querySelector('.primary').click()"),
        ALERT,
    ),
    ("adopt?file=a.md", Nothing, FORM),
    ("adopt?file=a.md", SUBMIT, INVALID),
    (
        "adopt?file=b.md",
        UNSURE,
        "document.querySelector('.problem.warning') && document.querySelector('.unsure').textContent",
    ),
    ("reply?file=c.md", Nothing, FORM),
    ("reply?file=c.md", SUBMIT, INVALID),
    ("review?file=a.md", Nothing, FORM),
    ("review?file=a.md", SUBMIT, INVALID),
    ("adopt?file=z.md", Nothing, "document.querySelector('.notice')"),
    ("check", Nothing, FINDING),
    ("check", Script("document.querySelector('a.where').focus()"), FINDING),
];

/// Pages of the site with the bar above them.
const SITE: [(&str, &str); 4] = [
    ("a.html", FINDING),
    ("b.html", "document.querySelector('.desk-bar .badge.draft')"),
    ("c.html", "document.querySelector('.desk-bar a[href*=reply]')"),
    (
        "index.html#q=%E9%87%87%E7%A0%82",
        "document.querySelector('.desk-bar') && document.querySelector('.facet')",
    ),
];

async fn does(tab: &Tab, preview: &Preview, done: &Done) {
    match done {
        Nothing => {}
        Script(script) => drop(tab.value::<bool>(&format!("(({script}), true)")).await),
        Chosen(name) => choose_file(tab, &preview.corpus.with_file_name(name)).await,
    }
}

/// What is found in every state of a preview.
async fn walk(tab: &Tab, preview: &Preview, axe: &str) -> Vec<String> {
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        tab.prefer(scheme).await;
        let desk = DESK
            .iter()
            .map(|(page, done, stands)| (preview.desk(page), done, *stands));
        let site = SITE
            .iter()
            .map(|(page, stands)| (format!("{}{page}", preview.base), &Nothing, *stands));
        for (number, (url, done, stands)) in desk.chain(site).enumerate() {
            tab.go("about:blank").await;
            tab.go(&url).await;
            tab.until("document.readyState === 'complete'").await;
            does(tab, preview, done).await;
            tab.until(stands).await;
            let mut found = findings(tab, axe).await;
            found.extend(tab.value::<Vec<String>>(BROKEN).await);
            all.extend(
                found
                    .into_iter()
                    .map(|finding| format!("{scheme}, state {number}, {url}: {finding}")),
            );
        }
    }
    all
}

async fn no_state_has_a_finding(lang: &str) {
    let Some(axe) = axe() else { return };
    let preview = Preview::with(&DOCUMENTS, &["--lang", lang]);
    docx(&preview.corpus.with_file_name("调研稿.docx"));
    // The beginning of an archive alone: what a file is, its bytes say, whatever its name.
    std::fs::write(preview.corpus.with_file_name("坏.docx"), b"PK\x03\x04\x14\0\0\0").unwrap();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.home()).await;
    let all = walk(&tab, &preview, &axe).await;
    assert!(all.is_empty(), "{}", all.join("\n"));
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_state_of_the_desk_has_a_finding_in_chinese() {
    no_state_has_a_finding("zh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_state_of_the_desk_has_a_finding_in_english() {
    no_state_has_a_finding("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_overview_has_a_finding_where_nothing_is_wrong_held_back_or_allowed() {
    let Some(axe) = axe() else { return };
    let (empty, public) = (Preview::start(), Preview::with(&DOCUMENTS, &["--audience", "public"]));
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    for (url, stands) in [
        (empty.desk("check"), "document.querySelector('main .notice')"),
        (public.desk("check"), "document.querySelector('.desk-file .links li')"),
        (format!("{}_/new", empty.base), "document.querySelector('main .notice')"),
    ] {
        tab.go(&url).await;
        tab.until(stands).await;
        assert_eq!(findings(&tab, &axe).await, [""; 0], "{url}");
    }
    chromium.stop().await;
}

/// A check that finds nothing has to be one that could.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_planted_in_a_form_is_found() {
    let Some(axe) = axe() else { return };
    let preview = Preview::start();
    let chromium = Chromium::start().await;
    let tab = chromium.open(&preview.desk("new")).await;
    tab.until(FORM).await;
    assert_eq!(findings(&tab, &axe).await, [""; 0]);
    tab.value::<bool>(
        "(document.querySelector('label[for=desk-title]').remove(), document.querySelector('#desk-unit').setAttribute('aria-describedby', 'nowhere'), \
         document.querySelector('.hint').style.color = '#bbb', document.querySelector('#desk-body').id = 'desk-date', true)",
    )
    .await;
    let found = findings(&tab, &axe).await.join("\n");
    for rule in ["label", "color-contrast"] {
        assert!(found.contains(&format!("{rule} (")), "{rule}: {found}");
    }
    let broken: Vec<String> = tab.value(BROKEN).await;
    assert_eq!(
        broken,
        ["twice: desk-date", "no such id: desk-body", "no such id: nowhere"]
    );
    chromium.stop().await;
}
