//! Requests that are too large, too slow or none.

use crate::preview::Preview;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn what_is_too_large_or_no_request_is_refused() {
    let preview = Preview::start();
    let post = |more: &str| {
        let head = format!(
            "POST /_/save?token={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{more}\r\n",
            preview.served.token, preview.served.address
        );
        preview.raw(head.as_bytes()).status
    };
    assert_eq!(post("Content-Length: 99999999999\r\n"), 413);
    assert_eq!(post(""), 411);
    assert_eq!(post("Transfer-Encoding: chunked\r\n"), 411);
    assert_eq!(
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        411,
        "two lengths are none"
    );
    assert_eq!(post("Content-Length: 5\r\nContent-Length: 6\r\n"), 411);
    assert_eq!(post("Content-Length: -1\r\n"), 411);
    assert_eq!(preview.post("save", &json!([1])).status, 400);
    assert_eq!(preview.post("save", &json!({ "kind": "nonsense" })).status, 400);
    assert_eq!(preview.raw(b"\x16\x03\x01\x02\x00nonsense\r\n\r\n").status, 400);
    assert_eq!(
        preview
            .raw(format!("GET /{} HTTP/1.1\r\n", "a".repeat(80_000)).as_bytes())
            .status,
        413
    );
    assert_eq!(preview.get("/index.html").status, 200, "it still answers");
}

#[test]
fn a_slow_client_is_let_go_and_nobody_waits_for_it() {
    let preview = Preview::start();
    let mut slow: Vec<TcpStream> = (0..40)
        .map(|_| TcpStream::connect(&preview.served.address).unwrap())
        .collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
    }
    assert_eq!(preview.get("/index.html").status, 200, "others are answered meanwhile");
    let one = &mut slow[0];
    one.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let started = std::time::Instant::now();
    let mut answer = Vec::new();
    // A byte now and then doesn't win more time.
    while started.elapsed() < Duration::from_secs(20) && answer.is_empty() {
        let _ = one.write_all(b"a");
        let mut piece = [0; 512];
        if let Ok(count) = one.read(&mut piece) {
            answer.extend_from_slice(&piece[..count]);
        }
    }
    assert!(
        String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 408"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
}
