//! Accessibility: axe-core finds nothing, of any severity, on any kind of page, light or dark.
//! `axe_desk` asks it about the preview.

use crate::driver::{Chromium, Tab};
use crate::site;

#[path = "../npm/mod.rs"]
mod npm;

const VERSION: &str = "4.10.3";

/// BLAKE3 of `package/axe.min.js` in the tarball of that version on the npm registry.
const CHECKSUM: &str = "a3036ebd965e778aa2f253a311008bcd427e059e24750494fbb353303cfe625b";

/// The script of axe-core, where it can be had.
pub(crate) fn axe() -> Option<String> {
    let axe = npm::file(
        &format!("axe-core@{VERSION}"),
        &format!("axe-core-{VERSION}.tgz"),
        "package/axe.min.js",
        CHECKSUM,
    );
    if axe.is_none() {
        eprintln!(
            "NOT CHECKED: axe-core {VERSION} is neither cached nor to be had from the npm registry; accessibility was not tested"
        );
    }
    axe
}

/// A page of every kind, with what is true once it stands.
fn pages() -> Vec<(String, &'static str)> {
    let mut pages: Vec<(String, &str)> = [
        ("index.html", "true"),
        ("index.html#q=%E6%96%87%E8%BA%AB", "document.querySelector('.facet')"),
        (
            "index.html#q=%E4%BA%95%E7%9B%96",
            "document.querySelector('#total').dataset.count === '0'",
        ),
        ("novelty.html", "true"),
        ("basket.html", "true"),
        ("verify.html", "true"),
        ("404.html", "true"),
        ("lists/index.html", "true"),
        ("lists/author/index.html", "true"),
        ("lists/kind/topic/index.html", "true"),
        ("lists/year/index.html", "true"),
        ("lists/kind/report/index.html", "true"),
        ("laws/index.html", "true"),
        ("laws/刑法/index.html", "true"),
        ("laws/未成年人保护法/第106条/index.html", "true"),
    ]
    .map(|(page, stands)| (page.to_owned(), stands))
    .into();
    let first = |folder: &str, ending: &str| {
        let files = std::fs::read_dir(site::folder().join(folder)).unwrap();
        let mut names: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.retain(|name| name.ends_with(ending));
        names.sort();
        names
    };
    for kind in ["调研报告", "案例", "检察建议", "项目（课题）", "法律法规"] {
        pages.push((
            format!("{kind}/{}", first(kind, ".html")[0]),
            "document.querySelector('.body')",
        ));
    }
    pages.extend(
        first("boards", ".html")
            .into_iter()
            .map(|name| (format!("boards/{name}"), "true")),
    );
    for folder in ["boards/people", "boards/departments"] {
        for name in first(folder, ".html").into_iter().take(2) {
            pages.push((format!("{folder}/{name}"), "true"));
        }
        pages.push((format!("{folder}/index.html"), "true"));
    }
    pages
}

/// What axe-core finds on the page that stands.
pub(crate) async fn findings(tab: &Tab, axe: &str) -> Vec<String> {
    tab.page.evaluate(axe).await.unwrap();
    tab.value::<bool>(
        "(window.found = null, axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => { window.found = \
         violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.slice(0, 3).map(node => `${node.target} ${node.failureSummary}`).join('; ')}`) }), true)",
    )
    .await;
    tab.until("window.found").await;
    tab.value("window.found").await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_has_a_finding_in_either_colour_scheme() {
    let Some(axe) = axe() else { return };
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}index.html", site::file_url())).await;
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        tab.prefer(scheme).await;
        for (page, stands) in pages() {
            tab.go("about:blank").await;
            tab.go(&format!("{}{page}", site::file_url())).await;
            tab.until(&format!("document.readyState === 'complete' && {stands}"))
                .await;
            all.extend(
                findings(&tab, &axe)
                    .await
                    .into_iter()
                    .map(|finding| format!("{scheme} {page}: {finding}")),
            );
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    chromium.stop().await;
}

/// A check that finds nothing has to be one that could.
#[tokio::test(flavor = "multi_thread")]
async fn a_planted_violation_is_found() {
    let Some(axe) = axe() else { return };
    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{}lists/index.html", site::file_url())).await;
    assert_eq!(findings(&tab, &axe).await, [""; 0]);
    tab.value::<bool>(
        "(document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><button type=\"button\"></button><p class=\"count\" id=\"pale\">太淡的字</p>'), \
         document.getElementById('pale').style.color = '#ddd', true)",
    )
    .await;
    let found = findings(&tab, &axe).await.join("\n");
    for rule in ["image-alt", "button-name", "color-contrast"] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
    chromium.stop().await;
}
