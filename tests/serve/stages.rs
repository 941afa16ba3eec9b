//! Pages are made when they are asked for; lists follow, and search, and what is no longer wanted stops.

use crate::serve::preview::{Preview, REPORT};
use jianyan::audience::{Audience, Drafts};
use jianyan::build::{self, Live, Loaded, Made, Options, Said};
use jianyan::output::Memory;
use std::collections::BTreeMap;
use std::path::Path;

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

/// A corpus of two reports, of which one has a picture and a dead link.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("a.md", REPORT);
    write("b.md", &REPORT.replace("两处", "[死](没有.md)链接，![图](图.png)"));
    write("图.png", "picture");
    write("无人.png", "nobody links to it");
    folder
}

#[test]
fn what_is_made_when_asked_for_is_what_a_build_writes() {
    let (corpus, index) = (corpus(), tempfile::tempdir().unwrap());
    let loaded = load(corpus.path());
    let built = Memory::default();
    let mut written = build::write(&loaded, index.path(), &built, &build::Silent).unwrap();
    build::project(&mut written, index.path(), &built, &build::Silent).unwrap();
    let built = built.into_files();

    let (live, around, search) = (Live::new(&loaded), Memory::default(), Memory::default());
    live.around(&around).unwrap();
    let index = tempfile::tempdir().unwrap();
    let mut said = Said::keeping();
    for _ in 0..2 {
        let found = live.search(index.path(), &search, &said, &|| Ok(())).unwrap();
        let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(
            codes,
            ["dead-link"],
            "what rendering found is known, rendered anew or not"
        );
        said.settle();
    }
    let mut shown: BTreeMap<String, Vec<u8>> = around.into_files();
    shown.extend(search.into_files());
    for path in built.keys() {
        let made = match live.file(path).unwrap() {
            None => continue,
            Some(Made::Page(bytes, _) | Made::Text(bytes)) => bytes,
            Some(Made::Attachment(attachment)) => attachment.read().unwrap(),
        };
        assert!(shown.insert(path.clone(), made).is_none(), "{path}");
    }
    assert!(shown == built, "{:?}\n{:?}", shown.keys(), built.keys());
    for other in ["c.html", "files/无人.png", "files/../a.md", "a.txt", "a", ""] {
        assert!(live.file(other).unwrap().is_none(), "{other}");
    }
}

#[test]
fn what_is_no_longer_wanted_stops_and_the_next_is_whole() {
    let (corpus, index) = (corpus(), tempfile::tempdir().unwrap());
    let loaded = load(corpus.path());
    let (live, said) = (Live::new(&loaded), Said::keeping());
    let refused = || Err(std::io::ErrorKind::Interrupted.into());
    let outcome = live.search(index.path(), &Memory::default(), &said, &refused);
    assert!(outcome.is_err());
    let search = Memory::default();
    live.search(index.path(), &search, &said, &|| Ok(())).unwrap();
    assert!(search.into_files().contains_key("search/current.js"));
}

#[test]
fn of_saves_that_follow_one_another_the_last_is_shown_and_found() {
    let preview = Preview::start();
    let report = "/%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html";
    for number in 0..30 {
        let text = REPORT.replace("两处", &format!("第{number}稿"));
        std::fs::write(preview.corpus().join("调研报告/a.md"), text).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20 * (number % 7)));
    }
    let started = std::time::Instant::now();
    while !preview.get(report).body.contains("第29稿采砂点") {
        assert!(started.elapsed().as_secs() < 20, "{}", preview.get(report).body);
    }
}

#[test]
fn a_page_is_told_of_what_changes_it_and_of_nothing_else() {
    let preview = Preview::start();
    // Whole at once: a file that is seen half written is another change.
    let write = |name: &str, text: &str| {
        let aside = preview.corpus().with_file_name("aside");
        std::fs::write(&aside, text).unwrap();
        std::fs::rename(aside, preview.corpus().join(name)).unwrap();
    };
    let stamp = |page: &str| {
        let body = preview.get(page).body;
        let (_, rest) = body.split_once("data-stamp=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    // As a page does: it shows what is there now where its own stamp is among those that are told.
    let is_current = |seen: &str, page: &str| {
        let now = preview.get(&format!("/_/stamp?page={page}")).body;
        now.split(' ').any(|stamp| stamp == seen)
    };
    let wait_for_a_change = |seen: &str, page: &str| {
        let mut news = preview.get("/_/news/").body;
        while is_current(seen, page) {
            news = preview.get(&format!("/_/news/{news}")).body;
        }
    };
    let report = "/%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A/a.html";
    let (own, home, check) = (stamp(report), stamp("/"), stamp("/_/check"));
    assert!(
        is_current(&own, report),
        "what is asked for is what the page says of itself"
    );
    // Answered when it is there.
    preview.get("/search/current.js");
    assert!(
        is_current(&home, "/index.html"),
        "the search that comes is the one that the page has waited for"
    );
    let news = preview.get("/_/news/").body;
    assert_eq!(
        preview.get("/_/news/seen-long-ago").body,
        news,
        "who knows another state is answered at once"
    );

    write("b.md", &REPORT.replace("河道", "船闸"));
    wait_for_a_change(&home, "/index.html"); // It is among the newest.
    assert_eq!(stamp(report), own, "another document is another page's affair");
    let other = REPORT.replace("河道", "船闸");
    write("b.md", &other.replace("两处", "[死](没有.md)链接，两处"));
    wait_for_a_change(&check, "/_/check"); // Its dead link is reported.

    let own = stamp(report);
    write("调研报告/a.md", &REPORT.replace("两处", "三处"));
    wait_for_a_change(&own, report);
    assert!(preview.get(report).body.contains("三处采砂点"));
}
