//! The preview follows the corpus.

use crate::cli::GOOD;
use crate::desk::Desk;
use crate::served::Served;
use std::time::{Duration, Instant};

/// The line of the status, and the body.
fn get(preview: &Served, path: &str) -> (String, String) {
    let answer = preview.get(path);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

#[test]
fn the_preview_follows_a_change_and_writes_nothing() {
    let desk = Desk::new();
    desk.write("corpus/a.md", GOOD);
    desk.write(
        "corpus/draft.md",
        GOOD.replace("kind: report", "kind: report\ndraft: true"),
    );
    let preview = Served::start(&mut desk.command(&["serve"]));
    let (status, page) = get(&preview, "/a.html");
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(page.contains("河道里有非法采砂") && page.contains("_/preview.js") && page.contains("connect-src 'self'"));
    assert_eq!(
        get(&preview, "/draft.html").0,
        "HTTP/1.1 200 OK",
        "drafts are shown in the preview"
    );
    assert_eq!(get(&preview, "/nothing.html").0, "HTTP/1.1 404 Not Found");

    let news = get(&preview, "/_/news/").1;
    let seen = get(&preview, "/_/stamp?page=/a.html").1;
    desk.write("corpus/a.md", GOOD.replace("非法采砂", "两处暗管"));
    let started = Instant::now();
    let mut news = get(&preview, &format!("/_/news/{news}")).1;
    while get(&preview, "/_/stamp?page=/a.html").1 == seen && started.elapsed() < Duration::from_secs(60) {
        news = get(&preview, &format!("/_/news/{news}")).1;
    }
    assert!(get(&preview, "/a.html").1.contains("两处暗管"));
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "it does not wait for the end of a poll"
    );
    assert!(!desk.path("site").exists() && !desk.path("index").exists());
}
