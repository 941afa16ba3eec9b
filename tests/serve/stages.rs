//! A save is shown as soon as its own page is there; the rest of the site follows, and search.

use crate::preview::{Preview, REPORT};
use jianyan::audience::{Audience, Drafts};
use jianyan::build::{self, Loaded, Options, Stage};
use jianyan::output::Memory;
use std::path::Path;
use std::sync::{Arc, Mutex};

fn load(corpus: &Path) -> Loaded {
    let options = Options {
        corpus: corpus.to_owned(),
        audience: Audience::Internal,
        drafts: Drafts::Shown,
        lang: None,
        now: jiff::civil::date(2024, 6, 1),
    };
    build::load(&options, &build::Silent).unwrap()
}

#[test]
fn the_page_that_was_saved_comes_first_then_all_pages_then_search() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    let write = |name: &str, text: &str| std::fs::write(corpus.join(name), text).unwrap();
    write("a.md", REPORT);
    write("b.md", &REPORT.replace("河道", "船闸"));
    write("图.png", "picture");
    let before = load(&corpus);
    write("b.md", &REPORT.replace("两处", "[死](没有.md)链接，![图](图.png)"));
    write("c.md", &REPORT.replace("河道", "码头"));
    let after = load(&corpus);
    let saved = after.written_since(&before);
    let names: Vec<&str> = saved.iter().map(|&index| after.entries[index].page.as_str()).collect();
    assert_eq!(names, ["b.html", "c.html"], "what changed and what is new");
    assert!(after.written_since(&after).is_empty());

    let index = tempfile::tempdir().unwrap();
    let memory = Memory::after(Arc::default());
    let stages = Mutex::new(Vec::new());
    let reached = |stage, said: Vec<jianyan::diagnostic::Diagnostic>| {
        let files: Vec<String> = memory.so_far().into_keys().collect();
        let codes: Vec<_> = said.iter().map(|finding| finding.code).collect();
        stages.lock().unwrap().push((stage, files, codes));
    };
    build::write_in_stages(&after, &saved, index.path(), &memory, &reached).unwrap();
    let stages = stages.into_inner().unwrap();
    let [(Stage::Saved, first, dead), (Stage::Pages, pages, _)] = stages.as_slice() else {
        panic!("{stages:?}");
    };
    assert_eq!(
        first,
        &["b.html", "b.json", "b.md", "c.html", "c.json", "c.md", "files/图.png"]
    );
    assert_eq!(dead, &["dead-link"], "what rendering the saved page found");
    let has = |files: &[String], path: &str| files.iter().any(|file| file == path);
    assert!(has(pages, "a.html") && has(pages, "index.html") && !pages.iter().any(|file| file.starts_with("search/")));
    let whole: Vec<String> = memory.into_held().into_keys().collect();
    assert!(has(&whole, "search/current.js") && pages.iter().all(|page| has(&whole, page)));
}

#[test]
fn a_page_is_told_of_what_changes_it_and_of_nothing_else() {
    let preview = Preview::start();
    let write = |name: &str, text: &str| std::fs::write(preview.corpus().join(name), text).unwrap();
    let stamp = |page: &str| {
        let body = preview.get(page).body;
        let (_, rest) = body.split_once("data-stamp=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let now = |page: &str| preview.get(&format!("/_/stamp?page={page}")).body;
    // As a page does: what it shows is looked at whenever there are news.
    let after = |seen: &str, page: &str| {
        let mut news = preview.get("/_/news/").body;
        while now(page) == seen {
            news = preview.get(&format!("/_/news/{news}")).body;
        }
        now(page)
    };
    let report = "/%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html";
    let (own, home, check) = (stamp(report), stamp("/"), stamp("/_/check"));
    assert_eq!(now(report), own, "what is asked for is what the page says of itself");
    let news = preview.get("/_/news/").body;
    assert_eq!(
        preview.get("/_/news/seen-long-ago").body,
        news,
        "who knows another state is answered at once"
    );

    write("b.md", &REPORT.replace("河道", "船闸"));
    assert_ne!(after(&home, "/index.html"), home, "it is among the newest");
    assert_eq!(stamp(report), own, "another document is another page's affair");
    write("b.md", &REPORT.replace("两处", "[死](没有.md)链接，两处"));
    assert_ne!(after(&check, "/_/check"), check, "its dead link is told of");

    let own = stamp(report);
    write("调研报告/a.md", &REPORT.replace("两处", "三处"));
    assert_ne!(after(&own, report), own);
    assert!(preview.get(report).body.contains("三处采砂点"));
}
