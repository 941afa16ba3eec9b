//! Who may read, and who may write.

use crate::serve::preview::{Preview, report};

#[test]
fn whoever_is_not_on_a_page_of_ours_writes_nothing() {
    let preview = Preview::start();
    let before = preview.files();
    let (form, token) = (report("侵入"), preview.served.token.clone());
    let target = format!("/_/save?token={token}");
    let own = format!("http://{}", preview.served.address);
    for (target, headers, expected) in [
        // Cross-site request forgery: the token is not known.
        ("/_/save".to_owned(), String::new(), 403),
        ("/_/save?token=".to_owned(), format!("Origin: {own}\r\n"), 403),
        (
            format!("/_/save?token={}", "0".repeat(32)),
            format!("Origin: {own}\r\n"),
            403,
        ),
        (format!("/_/save?token={}", &token[..31]), String::new(), 403),
        // Even with the token: another origin, a page without one, what the browser says itself.
        (target.clone(), "Origin: http://evil.example\r\n".to_owned(), 403),
        (target.clone(), "Origin: null\r\n".to_owned(), 403),
        (target.clone(), "Origin: http://127.0.0.1:1\r\n".to_owned(), 403),
        (
            target.clone(),
            format!("Origin: {own}\r\nSec-Fetch-Site: cross-site\r\n"),
            403,
        ),
        (
            target.clone(),
            format!("Origin: {own}\r\nSec-Fetch-Site: same-site\r\n"),
            403,
        ),
        ("/index.html".to_owned(), String::new(), 405),
        (format!("/_/nothing?token={token}"), String::new(), 404),
    ] {
        let answer = preview.post_with(&target, &form, &headers);
        assert_eq!(answer.status, expected, "{target} {headers}: {}", answer.body);
    }
    // A form of another page can't send JSON.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let body = form.to_string();
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            preview.served.address,
            body.len()
        );
        assert_eq!(preview.raw(head.as_bytes()).status, 415, "{kind}");
    }
    for form in ["edit", "adopt", "reply", "review", "new"] {
        assert_eq!(preview.get(&format!("/_/{form}?file=a")).status, 403, "{form}");
    }
    assert_eq!(preview.files(), before);
}

#[test]
fn another_name_for_this_machine_is_not_answered() {
    let preview = Preview::start();
    let port = preview.served.address.rsplit(':').next().unwrap();
    for (host, expected) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("rebound.example:{port}"), 403),
        (format!("127.0.0.1.rebound.example:{port}"), 403),
        (format!("[::1]:{port}"), 403),
        (format!("0.0.0.0:{port}"), 403),
        ("127.0.0.1".to_owned(), 403),
    ] {
        let answer = preview.raw(format!("GET /index.html HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        assert_eq!(answer.status, expected, "{host}");
        assert_eq!(
            answer.body.contains("采砂") || answer.body.contains("河道"),
            expected == 200,
            "{host}"
        );
    }
    assert_eq!(preview.raw(b"GET / HTTP/1.1\r\n\r\n").status, 403, "no name at all");
    // The bundle is classic scripts, which any page could load.
    let script = format!(
        "GET /search/current.js HTTP/1.1\r\nHost: {}\r\n",
        preview.served.address
    );
    assert_eq!(preview.raw(format!("{script}\r\n").as_bytes()).status, 200);
    let foreign =
        format!("{script}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n\r\n");
    assert_eq!(preview.raw(foreign.as_bytes()).status, 403);
    let head = preview.get("/index.html").head;
    for policy in [
        "Cross-Origin-Resource-Policy: same-origin",
        "X-Frame-Options: DENY",
        "frame-ancestors 'none'",
        "Referrer-Policy: same-origin",
    ] {
        assert!(head.contains(policy), "{policy}");
    }
}
