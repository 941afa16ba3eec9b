//! The preview follows the corpus.

use crate::desk::{Desk, GOOD};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A preview that is ended when dropped.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    fn start(desk: &Desk) -> Self {
        let mut child = desk
            .command(&["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_preview_follows_a_change_and_writes_nothing() {
    let desk = Desk::empty();
    desk.write("a.md", GOOD);
    desk.write("draft.md", &GOOD.replace("kind: report", "kind: report\ndraft: true"));
    let preview = Preview::start(&desk);
    let (status, page) = preview.get("/a.html");
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(page.contains("河道里有非法采砂") && page.contains("_/preview.js") && page.contains("connect-src 'self'"));
    assert_eq!(
        preview.get("/draft.html").0,
        "HTTP/1.1 200 OK",
        "drafts are shown in the preview"
    );
    assert_eq!(preview.get("/nothing.html").0, "HTTP/1.1 404 Not Found");

    desk.write("a.md", &GOOD.replace("非法采砂", "两处暗管"));
    let started = Instant::now();
    // State 3 is the first build with its search; then come the pages of the second, and its search.
    let state = preview.get("/_/after/3").1;
    assert!(
        ["4", "5"].contains(&&*state),
        "a waiting page is told of the new build: {state}"
    );
    assert!(preview.get("/a.html").1.contains("两处暗管"));
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "it does not wait for the end of a poll"
    );
    assert!(!desk.path("site").exists() && !desk.path("index").exists());
}
