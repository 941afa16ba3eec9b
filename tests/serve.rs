//! The preview is for the machine's own user: what other pages, other names and other hands try.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const REPORT: &str = "---\r\nkind: report\r\ntitle: 河道\r\ndate: 2024-03-05\r\nunit: 某院\r\nsummary: 摘要。\r\n---\r\n\r\n两处采砂点。\r\n";

/// A preview of a corpus with one report, ended when dropped.
struct Preview {
    child: Child,
    address: String,
    token: String,
    root: TempDir,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Preview {
    fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        let corpus = root.path().join("corpus");
        std::fs::create_dir_all(corpus.join("调研报告")).unwrap();
        std::fs::write(corpus.join("调研报告/a.md"), REPORT).unwrap();
        std::fs::write(root.path().join("outside.md"), "外面的文件\n").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .args(["--now", "2024-06-01", "--corpus"])
            .arg(&corpus)
            .args(["serve", "--port", "0"])
            .current_dir(root.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let (address, rest) = address.split_once("/?token=").unwrap();
        let token = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        Self {
            child,
            address: address.to_owned(),
            token,
            root,
        }
    }

    fn corpus(&self) -> std::path::PathBuf {
        self.root.path().join("corpus")
    }

    /// Sends bytes as they are.
    fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        Answer {
            status: head.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn get(&self, target: &str) -> Answer {
        self.raw(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).as_bytes())
    }

    /// Posts a form as the preview's own pages do, with other headers added.
    fn post_with(&self, target: &str, form: &Value, headers: &str) -> Answer {
        let body = form.to_string();
        self.raw(
            format!(
                "POST {target} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
                self.address,
                body.len()
            )
            .as_bytes(),
        )
    }

    fn post(&self, action: &str, form: &Value) -> Answer {
        self.post_with(&format!("/_/{action}?token={}", self.token), form, "")
    }

    fn report(&self) -> String {
        std::fs::read_to_string(self.corpus().join("调研报告/a.md")).unwrap()
    }

    /// The mark of the state that a form is filled from.
    fn mark(&self) -> String {
        let page = self.get(&format!(
            "/_/edit?file={}&token={}",
            "%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A%2Fa.md", self.token
        ));
        assert_eq!(page.status, 200, "{}", page.body);
        let mark = page.body.split("name=\"mark\" value=\"").nth(1).unwrap();
        mark.split('"').next().unwrap().to_owned()
    }

    /// A form about the report that is there, with what was filled in.
    fn about(&self, values: &Value) -> Value {
        let mut form = json!({ "file": "调研报告/a.md", "mark": self.mark() });
        for (key, value) in values.as_object().unwrap() {
            form[key] = value.clone();
        }
        form
    }

    fn edit_of(&self, file: &str, body: &str) -> Value {
        json!({ "file": file, "mark": self.mark(), "front": "kind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n", "body": body })
    }

    /// Every file below the root, with its text.
    fn files(&self) -> Vec<(String, String)> {
        let files = walkdir::WalkDir::new(self.root.path())
            .sort_by_file_name()
            .into_iter()
            .flatten();
        files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                (
                    entry.path().display().to_string(),
                    std::fs::read_to_string(entry.path()).unwrap_or_default(),
                )
            })
            .collect()
    }
}

fn report(title: &str) -> Value {
    json!({ "kind": "report", "title": title, "date": "2024-05-01", "unit": "某院", "summary": "摘要。", "body": "正文。" })
}

#[test]
fn whoever_is_not_on_a_page_of_ours_writes_nothing() {
    let preview = Preview::start();
    let before = preview.files();
    let (form, token) = (report("侵入"), preview.token.clone());
    let target = format!("/_/save?token={token}");
    let own = format!("http://{}", preview.address);
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
            preview.address,
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
    let port = preview.address.rsplit(':').next().unwrap();
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
    let script = format!("GET /search/current.js HTTP/1.1\r\nHost: {}\r\n", preview.address);
    assert_eq!(preview.raw(format!("{script}\r\n").as_bytes()).status, 200);
    let foreign =
        format!("{script}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n\r\n");
    assert_eq!(preview.raw(foreign.as_bytes()).status, 403);
    let head = preview.get("/index.html").head;
    for policy in [
        "Cross-Origin-Resource-Policy: same-origin",
        "X-Frame-Options: DENY",
        "frame-ancestors 'none'",
        "Referrer-Policy: no-referrer",
    ] {
        assert!(head.contains(policy), "{policy}");
    }
}

#[test]
fn no_path_leads_out_of_the_corpus() {
    let preview = Preview::start();
    let outside = preview.root.path().join("outside.md");
    let before = preview.files();
    for file in [
        "../outside.md",
        "调研报告/../../outside.md",
        "%2e%2e/outside.md",
        "..%2foutside.md",
        "..\\outside.md",
        outside.to_str().unwrap(),
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "调研报告/a.md\0",
        "",
    ] {
        let answer = preview.post("edit", &preview.edit_of(file, "\n侵入\n"));
        assert!(
            matches!(answer.status, 403 | 422),
            "{file}: {} {}",
            answer.status,
            answer.body
        );
        for action in ["adopt", "reply", "preview"] {
            let form = json!({ "file": file, "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某委", "effect": "ordered", "outcome": "采纳", "mark": preview.mark() });
            let answer = preview.post(action, &form);
            assert!(
                answer.json().get("next").is_none() && !answer.body.contains("外面的"),
                "{action} {file}: {}",
                answer.body
            );
        }
    }
    for target in [
        "/../outside.md",
        "/%2e%2e/outside.md",
        "/..%2f..%2foutside.md",
        "//etc/passwd",
        "/files/../../outside.md",
    ] {
        let answer = preview.get(target);
        assert!(answer.status == 404 && !answer.body.contains("外面的"), "{target}");
    }
    assert_eq!(preview.files(), before);
    // A title is a name, whatever it says; a name of an upload is no path.
    for title in ["../../出逃", "..\\..\\出逃", "/etc/出逃", "C:出逃"] {
        preview.post("save", &report(title));
    }
    for name in ["../出逃.pdf", "..%5C出逃.pdf", "/tmp/出逃.pdf", ".出逃.pdf", "a\0.pdf"] {
        let name: String = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string();
        let head = format!(
            "POST /_/import?token={}&name={name} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/octet-stream\r\nContent-Length: 4\r\n\r\n%PDF",
            preview.token, preview.address
        );
        assert_eq!(preview.raw(head.as_bytes()).status, 422, "{name}");
    }
    let inside = preview.corpus();
    let strays: Vec<_> = preview
        .files()
        .into_iter()
        .filter(|(path, _)| path.contains("出逃") && !path.starts_with(inside.to_str().unwrap()))
        .collect();
    assert!(strays.is_empty(), "{strays:?}");
    assert!(!std::fs::exists("/tmp/出逃.pdf").unwrap() && std::fs::read_to_string(outside).unwrap() == "外面的文件\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::symlink;
    let preview = Preview::start();
    let outside = preview.root.path().join("out");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("b.md"), REPORT).unwrap();
    symlink(&outside, preview.corpus().join("案例")).unwrap();
    let mut form = report("出逃");
    form["kind"] = json!("case");
    let answer = preview.post("save", &form);
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert!(answer.body.contains("语料文件夹之外"));
    // A document that becomes a link after it was read.
    let (edit, file) = (
        preview.edit_of("调研报告/a.md", "\n侵入\n"),
        preview.corpus().join("调研报告/a.md"),
    );
    std::fs::remove_file(&file).unwrap();
    symlink(outside.join("b.md"), &file).unwrap();
    let answer = preview.post("edit", &edit);
    assert!(matches!(answer.status, 403 | 409), "{}", answer.body);
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(outside.join("b.md")).unwrap(), REPORT);
}

#[test]
fn of_two_writers_one_is_told() {
    let preview = Preview::start();
    let (one, other) = (
        preview.edit_of("调研报告/a.md", "\n三处采砂点。\n"),
        preview.edit_of("调研报告/a.md", "\n四处采砂点。\n"),
    );
    assert_eq!(preview.post("edit", &one).status, 200);
    let refused = preview.post("edit", &other);
    assert_eq!(refused.status, 409);
    assert!(refused.json()["message"].as_str().unwrap().contains("已被改动"));
    assert_eq!(
        preview.report(),
        REPORT.replace("两处", "三处"),
        "every other byte as it was"
    );
    let entry = json!({ "file": "调研报告/a.md", "mark": other["mark"], "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某委", "effect": "ordered" });
    assert_eq!(preview.post("adopt", &entry).status, 409);

    // At the same moment: one is written whole, and the other is told.
    let mark = preview.mark();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|number| {
                let (preview, mark) = (&preview, mark.clone());
                scope.spawn(move || {
                    let mut form =
                        json!({ "file": "调研报告/a.md", "front": "title: 河道\n", "body": format!("\n{number}\n") });
                    form["mark"] = json!(mark);
                    preview.post("edit", &form).status
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|&&status| status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [200, 409].contains(status)),
        "{statuses:?}"
    );

    let saved: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| preview.post("save", &report("同题")).status))
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(saved.iter().filter(|&&status| status == 200).count(), 1, "{saved:?}");
}

#[test]
fn what_is_too_large_or_no_request_is_refused() {
    let preview = Preview::start();
    let post = |more: &str| {
        let head = format!(
            "POST /_/save?token={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{more}\r\n",
            preview.token, preview.address
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
    let mut slow: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(&preview.address).unwrap()).collect();
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

#[test]
fn a_classified_text_is_neither_saved_nor_shown() {
    let preview = Preview::start();
    let before = preview.files();
    let mut form = report("题目");
    form["body"] = json!("机密★一年\n\n不得入库的内容");
    for action in ["save", "preview"] {
        let answer = preview.post(action, &form);
        assert!(
            !answer.json()["html"].to_string().contains("不得入库"),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("涉密文件不得存入本库"), "{}", answer.body);
    }
    let edit = preview.edit_of("调研报告/a.md", "机密★一年\n");
    assert_eq!(preview.post("edit", &edit).status, 422);
    assert_eq!(preview.files(), before);
}

#[test]
fn every_mistake_is_told_at_its_field() {
    let preview = Preview::start();
    let field = |answer: &Answer, field: &str| {
        let answer = answer.json();
        let problem = answer["problems"]
            .as_array()
            .unwrap()
            .iter()
            .find(|problem| problem["field"] == field)
            .cloned();
        problem
            .map(|problem| problem["message"].as_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    for (action, key, value, expected) in [
        ("preview", "title", "", "请写明标题"),
        ("save", "title", "", "请写明标题"),
        ("save", "title", "？？", "请写明标题"),
        ("save", "date", "", "请写明日期"),
        ("save", "date", "三月", "不是日期"),
        ("preview", "date", "2030-01-01", "2030"),
        ("preview", "genre", "调研报", "调研报"),
        ("preview", "summary", "", "摘要"),
        ("save", "visibility", "public", "保密审查"),
    ] {
        let mut form = report("题目");
        form[key] = json!(value);
        let told_at = key;
        let answer = preview.post(action, &form);
        let told = field(&answer, told_at);
        assert!(told.contains(expected), "{key}={value}: {told} in {}", answer.body);
    }
    let untitled = preview
        .post("preview", &json!({ "kind": "report", "body": "正文。" }))
        .json();
    assert_eq!(untitled["title"], "", "{untitled}");
    let entry = |key: &str, value: &str| {
        let mut form = json!({ "file": "调研报告/a.md", "mark": preview.mark(), "date": "2024-05-01", "form": "instruction", "level": "city", "authority": "某市委", "effect": "ordered" });
        form[key] = json!(value);
        preview.post("adopt", &form)
    };
    for (key, value, expected) in [
        ("date", "", "请填写"),
        ("date", "去年", "请写明日期"),
        ("form", "赞扬", "请从列表中选择"),
        ("authority", " ", "请填写"),
    ] {
        let answer = entry(key, value);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(field(&answer, key).contains(expected), "{key}={value}: {}", answer.body);
    }
    assert_eq!(preview.report(), REPORT, "nothing was written");
    assert_eq!(entry("note", "一").status, 200);
    let entered = preview.report();
    assert!(
        entered.contains("  - date: 2024-05-01\r\n    form: instruction\r\n") && entered.ends_with("两处采砂点。\r\n"),
        "{entered}"
    );
    assert_eq!(entry("note", "一").status, 422, "the same event is not entered twice");
    assert!(Path::new(&preview.corpus()).is_dir());
}

#[test]
fn a_review_is_recorded_where_nothing_speaks_against_it() {
    let preview = Preview::start();
    let review =
        json!({ "visibility": "public", "by": "办公室保密审查岗", "date": "2024-05-06", "result": "可以公开" });
    // What must not be published stays as it is.
    let path = preview.corpus().join("调研报告/a.md");
    let leaking = REPORT.replace("两处", "联系电话13800138000，两处");
    std::fs::write(&path, &leaking).unwrap();
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(
        answer.body.contains("未登记，文件未改动") && answer.body.contains("手机号码"),
        "{}",
        answer.body
    );
    assert_eq!(preview.report(), leaking);
    std::fs::write(&path, REPORT).unwrap();
    for (key, expected) in [("by", "请填写"), ("date", "请填写"), ("visibility", "请填写")] {
        let mut missing = preview.about(&review);
        missing[key] = json!("");
        let answer = preview.post("review", &missing);
        assert_eq!(answer.status, 422, "{key}");
        assert!(answer.body.contains(expected), "{key}: {}", answer.body);
    }
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let front = "summary: 摘要。\r\nreview:\r\n  by: 办公室保密审查岗\r\n  date: 2024-05-06\r\n  result: 可以公开\r\nvisibility: public\r\n---\r\n";
    assert!(preview.report().contains(front), "{}", preview.report());
    // It is recorded once.
    let answer = preview.post("review", &preview.about(&review));
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("已有这项登记"), "{}", answer.body);
}

#[test]
fn a_review_changes_whom_a_document_is_for_in_its_own_words() {
    for (front, expected) in [
        (
            "visibility: internal # 公开的须先审查\nreview: # 保密审查\n",
            "visibility: public # 公开的须先审查\nreview: # 保密审查\n  by: 某岗\n",
        ),
        ("公开范围: 内部\n", "公开范围: 公开\nreview:\n  by: 某岗\n"),
    ] {
        let preview = Preview::start();
        let path = preview.corpus().join("调研报告/a.md");
        let text = REPORT
            .replace("\r\n", "\n")
            .replace("summary: 摘要。\n", &format!("summary: 摘要。\n{front}"));
        std::fs::write(&path, &text).unwrap();
        let form = json!({ "visibility": "public", "by": "某岗", "date": "2024-05-06", "result": "可以公开" });
        let answer = preview.post("review", &preview.about(&form));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(preview.report().contains(expected), "{}", preview.report());
    }
}
