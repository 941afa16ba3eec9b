//! What a client makes of a server that fails it, and what it says then.

use super::super::{Address, Client, ClusterError};
use crate::audience::Audience;
use crate::message::Lang;
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a fake server does with a request.
#[derive(Clone, Copy)]
enum Does {
    /// Answers.
    Says(u16, &'static str),
    /// Closes the connection without an answer.
    Cuts,
    /// Closes it in the middle of the answer.
    Halves,
    /// Says something that isn't HTTP.
    Babbles,
    /// Says nothing for long.
    Waits,
}

/// A server that says what it is, and then does one thing after another; the last one for ever.
struct Fake {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    fn new(does: &[Does]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let (noted, does) = (Arc::clone(&seen), does.to_vec());
        std::thread::spawn(move || {
            let mut next = 0;
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                let greeting = request.starts_with("GET / ");
                noted.lock().unwrap().push(request);
                let about = r#"{"version":{"number":"2.19.6","distribution":"opensearch"}}"#;
                let what = if greeting {
                    Does::Says(200, about)
                } else {
                    does[next.min(does.len() - 1)]
                };
                next += usize::from(!greeting);
                answer(stream, what);
            }
        });
        Self { url, seen }
    }

    fn asked(&self) -> usize {
        self.seen.lock().unwrap().len() - 1
    }
}

fn read(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    lines.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        let line = line.trim().to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    Some(first + &String::from_utf8_lossy(&body))
}

fn answer(mut stream: TcpStream, does: Does) {
    let whole = |status: u16, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
    };
    let said = match does {
        Does::Says(status, body) => whole(status, body),
        Does::Cuts => return,
        Does::Halves => "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"took\"".to_owned(),
        Does::Babbles => "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
        Does::Waits => {
            // Until the client goes away.
            let _ = stream.read(&mut [0]);
            return;
        }
    };
    // A client that has gone away sees nothing of it.
    let _ = stream.write_all(said.as_bytes());
}

fn reach(urls: &[&str]) -> Result<Client, ClusterError> {
    let address = Address::new(&urls.join(","), None, None, None, Audience::Public)?;
    let client = Client::connect(&address.answering_within(Duration::from_millis(400)))?;
    Ok(client.patient(Duration::from_millis(900)))
}

const FLOOD: &str = r#"{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"},"status":429}"#;

#[test]
fn what_passes_is_asked_again() {
    let good = Does::Says(200, r#"{"took":1}"#);
    for fault in [
        Does::Says(429, "busy"),
        Does::Says(503, "{}"),
        Does::Says(502, "<html>"),
        Does::Cuts,
        Does::Halves,
    ] {
        let fake = Fake::new(&[fault, fault, good]);
        let client = reach(&[&fake.url]).unwrap();
        assert_eq!(
            client.post("/a/_search", &json!({ "size": 1 })).unwrap(),
            json!({ "took": 1 })
        );
        assert_eq!(fake.asked(), 3);
    }
}

#[test]
fn what_does_not_pass_is_said_at_once_and_what_lasts_in_the_end() {
    let once = |does| {
        let fake = Fake::new(&[does]);
        let error = reach(&[&fake.url])
            .unwrap()
            .get("/jianyan-public/_mapping")
            .unwrap_err();
        (error, fake.asked())
    };
    assert!(matches!(once(Does::Says(429, FLOOD)), (ClusterError::Full, 1)));
    assert!(matches!(
        once(Does::Says(401, "Unauthorized")),
        (ClusterError::Refused, 1)
    ));
    assert!(matches!(once(Does::Says(404, "{}")), (ClusterError::Missing(name), 1) if name == "jianyan-public"));
    assert!(matches!(
        once(Does::Says(200, "<html>login</html>")),
        (ClusterError::Garbled(_), 1)
    ));
    assert!(matches!(
        once(Does::Says(302, "")),
        (ClusterError::Unexpected(302, ..), 1)
    ));
    assert!(matches!(
        once(Does::Says(500, "oops")),
        (ClusterError::Unexpected(500, ..), 1)
    ));
    assert!(matches!(once(Does::Says(429, "busy")), (ClusterError::Busy, 2..)));
    assert!(matches!(once(Does::Cuts), (ClusterError::Away(..), 2..)));
    assert!(matches!(
        once(Does::Babbles),
        (ClusterError::Away(..) | ClusterError::Garbled(_), 1..)
    ));
    assert!(matches!(once(Does::Waits), (ClusterError::Timeout(_), 1..)));
}

#[test]
fn another_node_answers_for_one_that_is_away() {
    let fake = Fake::new(&[Does::Says(200, "{}")]);
    let client = reach(&["http://127.0.0.1:1", &fake.url]);
    assert!(client.is_ok_and(|client| client.get("/_cluster/health").is_ok()));
}

#[test]
fn every_failure_has_its_sentence_in_both_languages() {
    let text = || "某处".to_owned();
    let all = [
        ClusterError::Address(text()),
        ClusterError::Secret,
        ClusterError::Plain(text()),
        ClusterError::NoAuthority(text()),
        ClusterError::File(text(), text()),
        ClusterError::Credentials,
        ClusterError::Away(text(), text()),
        ClusterError::Tls(text(), text()),
        ClusterError::Timeout(text()),
        ClusterError::Refused,
        ClusterError::Full,
        ClusterError::Busy,
        ClusterError::TooLarge,
        ClusterError::Missing(text()),
        ClusterError::Format(text(), 9),
        ClusterError::Elsewhere(text()),
        ClusterError::Clauses,
        ClusterError::Audience(text(), text()),
        ClusterError::IndexAudience(text()),
        ClusterError::Disagrees(text()),
        ClusterError::Garbled(text()),
        ClusterError::Unexpected(500, text(), text()),
    ];
    for error in all {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| error.message(lang));
        assert!(zh.ends_with(['。', '）']) || zh.contains('：'), "{zh}");
        assert!(zh != en && !zh.contains('{') && !en.contains('{'), "{zh} {en}");
    }
}
