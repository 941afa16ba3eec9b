//! What a gateway refuses, what it says of itself, and how it follows a new build.

use super::{Sample, json, question};
use crate::served::Served;

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| {
        let (own, value) = line.split_once(": ")?;
        own.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// Sends a request with further headers.
fn ask(gateway: &Served, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = if method == "POST" {
        format!("Content-Length: {}\r\n", body.len())
    } else {
        String::new()
    };
    gateway.send(format!("{method} {target} HTTP/1.1\r\n{headers}{length}\r\n{body}").as_bytes())
}

#[test]
fn it_reads_alone_and_within_limits_and_says_why_not() {
    let sample = Sample::built();
    let gateway = Served::gateway(&mut sample.command(&["gateway", "--rate", "5", "--host", "search.example"]));
    let host = gateway.address.as_str();
    let search = question("search", &[("q", "文身")]);
    let long = "长".repeat(2_001);
    let hosts = [("Host", host)];
    for (method, target, headers, body, expected, sentence) in [
        ("GET", search.as_str(), &hosts[..], "", "200", ""),
        ("GET", &search, &[("Host", "search.example")], "", "200", ""),
        ("GET", &search, &[("Host", "other.example")], "", "403", ""),
        (
            "GET",
            &search,
            &[("Host", host), ("Sec-Fetch-Site", "cross-site")],
            "",
            "403",
            "",
        ),
        ("POST", &search, &hosts, "", "405", ""),
        ("DELETE", &search, &hosts, "", "405", ""),
        ("GET", "/api/none", &hosts, "", "404", ""),
        ("GET", "/index.html", &hosts, "", "404", ""),
        ("GET", "/../jianyan.yaml", &hosts, "", "404", ""),
        (
            "GET",
            &question("search", &[("q", &long)]),
            &hosts,
            "",
            "413",
            "检索词过长，最多 2000 字。",
        ),
        (
            "GET",
            &question("search", &[("offset", "10001")]),
            &hosts,
            "",
            "400",
            "只能取前 10000 篇",
        ),
        (
            "POST",
            "/api/like",
            &[
                ("Host", host),
                ("Origin", "https://search.example"),
                ("Sec-Fetch-Site", "same-origin"),
            ],
            "未成年人文身",
            "200",
            "",
        ),
        (
            "POST",
            "/api/like",
            &[("Host", host), ("X-Forwarded-For", "10.0.0.8")],
            &"长".repeat(30_000),
            "413",
            "最多 64 KB",
        ),
    ] {
        let answer = ask(&gateway, method, target, headers, body);
        assert_eq!(status(&answer), expected, "{method} {target} {headers:?}: {answer}");
        assert!(answer.contains(sentence), "{target}: {answer}");
    }
    let many = json(&ask(
        &gateway,
        "GET",
        &question(
            "search",
            &[("limit", "5000"), ("q", "类别:调研报告 OR 类别:项目 OR 类别:案例")],
        ),
        &hosts,
        "",
    ));
    assert!(
        many["hits"].as_array().unwrap().len() <= 100 && many["total"].as_u64() > Some(50),
        "{}",
        many["total"]
    );

    // One reader asks too often; another one, behind the same web server, doesn't.
    let of = |reader| [("Host", host), ("X-Forwarded-For", reader)];
    let answers: Vec<String> = (0..40)
        .map(|_| ask(&gateway, "GET", "/api/dated?q=1", &of("10.0.0.1"), ""))
        .collect();
    let refused = answers
        .iter()
        .find(|answer| status(answer) == "429")
        .expect("it is too often");
    assert!(refused.contains("检索过于频繁，请稍候再试。"), "{refused}");
    assert_eq!(header(refused, "Retry-After"), Some("2"));
    assert_eq!(
        status(&ask(&gateway, "GET", "/api/dated?q=1", &of("10.0.0.1, 10.0.0.2"), "")),
        "200"
    );

    let metrics = ask(&gateway, "GET", "/metrics", &hosts, "");
    for line in [
        "jianyan_gateway_up 1",
        "jianyan_gateway_documents 110",
        "{for=\"dated\",status=\"429\"}",
        "{for=\"like\",status=\"413\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
}

#[test]
fn what_a_client_has_is_not_sent_again_until_the_index_is_another() {
    let sample = Sample::built();
    let gateway = sample.gateway();
    let target = question("search", &[("q", "文身")]);
    let first = gateway.get(&target);
    let tag = header(&first, "ETag").unwrap();
    assert_eq!(header(&first, "Cache-Control"), Some("private, no-cache"));
    let again = |target: &str, tag: &str| {
        let headers = [("Host", gateway.address.as_str()), ("If-None-Match", tag)];
        ask(&gateway, "GET", target, &headers, "")
    };
    // A web server that compresses weakens the tag.
    for known in [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}")] {
        let answer = again(&target, &known);
        assert_eq!(
            (status(&answer), answer.ends_with("\r\n\r\n")),
            ("304", true),
            "{answer}"
        );
    }
    assert_eq!(status(&again(&question("search", &[("q", "地名")]), tag)), "200");
    let health = json(&gateway.get("/health"));
    assert_eq!(
        (health["status"].as_str(), health["documents"].as_u64()),
        (Some("ok"), Some(110))
    );

    // Built anew for another day.
    let output = sample
        .command(&[])
        .args(["build", "-q"])
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(status(&again(&target, tag)), "304", "nothing has changed");
    let mut other = std::process::Command::new(env!("CARGO_BIN_EXE_jianyan"));
    let output = other
        .current_dir(sample.path("."))
        .args(["--now", "2026-11-21", "--lang", "zh", "--corpus"])
        .arg(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
        .args(["build", "-q"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let answer = again(&target, tag);
    assert_eq!(status(&answer), "200");
    assert_ne!(header(&answer, "ETag"), Some(tag));
    assert_ne!(json(&gateway.get("/health"))["generation"], health["generation"]);

    std::fs::remove_dir_all(sample.path("index")).unwrap();
    let answer = gateway.get("/health");
    assert_eq!(status(&answer), "503");
    assert!(json(&answer)["message"].as_str().unwrap().contains("索引"), "{answer}");
    assert_eq!(status(&gateway.get(&target)), "503");
}

#[test]
fn an_index_of_the_office_answers_no_public() {
    let sample = Sample::built();
    let output = sample
        .command(&["--audience", "public", "gateway", "--port", "0"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("这个索引是内网版"), "{told}");
    let output = sample.command(&["gateway", "--address", "0.0.0.0"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("--address") && told.contains("0.0.0.0"), "{told}");
}

#[test]
fn a_site_that_is_asked_elsewhere_has_no_files_of_search_and_its_preview_needs_no_gateway() {
    let desk = crate::desk::Desk::new();
    desk.write(
        "corpus/a.md",
        "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n",
    );
    desk.expect(0, &["build", "-q"]);
    let page = desk.read("site/index.html");
    assert!(page.contains("search/current.js") && page.contains("verify.html") && !page.contains("connect-src"));
    desk.write("corpus/jianyan.yaml", "检索: 检索服务\n");
    desk.expect(0, &["build", "-q"]);
    let page = desk.read("site/index.html");
    assert!(
        !page.contains("search/current.js") && !page.contains("verify.html") && page.contains(" connect-src 'self';")
    );
    let folder = walkdir::WalkDir::new(desk.path("site/search")).into_iter().flatten();
    assert_eq!(folder.filter(|entry| entry.file_type().is_file()).count(), 0);
    assert!(!desk.path("site/verify.html").exists());
    desk.write("corpus/jianyan.yaml", "search: egnine\n");
    let (_, said) = desk.expect(1, &["build"]);
    assert!(said.contains("egnine") && said.contains("engine"), "{said}");
}
