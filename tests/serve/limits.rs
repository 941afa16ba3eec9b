//! Requests that are too large, too slow or none.

use crate::serve::preview::Preview;
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
    assert_eq!(post("Content-Length: 5\r\nContent-Length: 6\r\n"), 400);
    assert_eq!(post("Content-Length: -1\r\n"), 400);
    assert_eq!(preview.post("save", &json!([1])).status, 400);
    assert_eq!(preview.post("save", &json!({ "kind": "nonsense" })).status, 400);
    assert_eq!(preview.raw(b"\x16\x03\x01\x02\x00nonsense\r\n\r\n").status, 400);
    assert_eq!(
        preview
            .raw(format!("GET /{} HTTP/1.1\r\n", "a".repeat(80_000)).as_bytes())
            .status,
        431
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

/// Memory of the preview's process, in bytes.
#[cfg(target_os = "linux")]
fn memory(preview: &Preview) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", preview.served.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let kilobytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kilobytes << 10
}

/// What it says when somebody asks, and how long that took.
fn asked(preview: &Preview) -> Duration {
    let started = std::time::Instant::now();
    assert_eq!(preview.get("/index.html").status, 200);
    started.elapsed()
}

#[test]
fn as_many_dripping_connections_as_there_are_seats_keep_nobody_out() {
    let preview = Preview::start();
    let mut dripping: Vec<TcpStream> = Vec::new();
    for number in 0..400 {
        let mut stream = TcpStream::connect(&preview.served.address).unwrap();
        let head = match number % 3 {
            0 => "GET / HTTP/1.1\r\nX: ".to_owned(),
            1 => String::new(),
            _ => format!(
                "POST /_/save?token={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: 16000000\r\n\r\n{{",
                preview.served.token, preview.served.address
            ),
        };
        stream.write_all(head.as_bytes()).unwrap();
        dripping.push(stream);
        if number % 50 == 49 {
            assert!(asked(&preview) < Duration::from_secs(5), "after {number}");
        }
    }
    for round in 0..5 {
        for stream in &mut dripping {
            // Those that had to go don't take it.
            let _ = stream.write_all(b"a");
        }
        assert!(asked(&preview) < Duration::from_secs(5), "in round {round}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_does_not_read_takes_no_copy_of_what_is_sent() {
    let preview = Preview::start_with(|root| {
        let folder = root.join("corpus/调研报告");
        let file = [b"%PDF-1.7\n".to_vec(), vec![b'a'; 24 << 20]].concat();
        std::fs::write(folder.join("大.pdf"), file).unwrap();
        let long = "一段很长的文字，说明采砂的情况。\n\n".repeat(40_000);
        std::fs::write(
            folder.join("b.md"),
            format!("{}\n[附件](大.pdf)\n\n{long}", crate::serve::preview::REPORT),
        )
        .unwrap();
    });
    let folder = "/%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A";
    let targets = [format!("/files{folder}/%E5%A4%A7.pdf"), format!("{folder}/b.html")];
    for (target, least) in targets.iter().zip([24 << 20, 1 << 20]) {
        assert!(preview.get(target).body.len() >= least, "{target}");
    }
    let before = memory(&preview);
    let readers: Vec<TcpStream> = (0..256)
        .map(|number| {
            let mut stream = TcpStream::connect(&preview.served.address).unwrap();
            let (target, host) = (&targets[number % 2], &preview.served.address);
            let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_secs(2));
    assert!(asked(&preview) < Duration::from_secs(5));
    let more = memory(&preview).saturating_sub(before);
    assert!(more < 64 << 20, "{} MB more", more >> 20);
    drop(readers);
}

#[test]
fn pages_that_wait_for_news_keep_nobody_out() {
    let preview = Preview::start();
    let news = preview.get("/_/news/").body;
    let waiting: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = TcpStream::connect(&preview.served.address).unwrap();
            let head = format!(
                "GET /_/news/{news} HTTP/1.1\r\nHost: {}\r\n\r\n",
                preview.served.address
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert!(asked(&preview) < Duration::from_secs(5));
    drop(waiting);
}
