//! The program as its users run it: exit codes, shapes of output, editions, the preview.

#[allow(dead_code)]
mod payload;

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A working folder with a corpus, an index and a site.
struct Desk(tempfile::TempDir);

impl Desk {
    /// A desk with the sample corpus.
    fn sample() -> Self {
        let desk = Self::empty();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
            &desk.path("corpus"),
        );
        desk
    }

    fn empty() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.path("corpus")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path("corpus").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(self.0.path())
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .args(["--now", "2026-11-20"]);
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs and expects an exit code; gives standard output.
    fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder with its bytes, without what the program keeps for itself.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| {
            entry.file_type().is_file() && !entry.path().components().any(|part| part.as_os_str() == ".jianyan")
        })
        .map(|entry| {
            (
                entry.path().strip_prefix(folder).unwrap().to_owned(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

const GOOD: &str = "---\nkind: report\ntitle: 关于河道治理的调研报告\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 摘要。\n---\n\n河道里有非法采砂。\n";

#[test]
fn the_same_corpus_gives_the_same_site_byte_for_byte_in_any_folder() {
    let (one, other) = (Desk::sample(), Desk::sample());
    one.expect(0, &["build", "-q"]);
    other.expect(0, &["build", "-q"]);
    let (first, second) = (bytes(&one.path("site")), bytes(&other.path("site")));
    assert!(first.len() > 300);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(content == &second[path], "{} differs", path.display());
    }
    // Building again changes nothing, and says so.
    let said = one.expect(0, &["build", "-q"]);
    assert!(said.contains("写入 0 个文件"), "{said}");
    assert!(bytes(&one.path("site")) == first);
}

#[test]
fn the_public_edition_holds_nothing_internal() {
    let desk = Desk::sample();
    desk.expect(0, &["--audience", "public", "build", "-q"]);
    let mut haystack = Vec::new();
    for (path, content) in bytes(&desk.path("site")).into_iter().chain(bytes(&desk.path("index"))) {
        haystack.extend(path.to_string_lossy().into_owned().into_bytes());
        haystack.extend(&content);
        if content.starts_with(&[0xFF, 0xFE]) {
            haystack.extend(payload::unpack(&content).expect("a data file reads"));
        }
    }
    let text = String::from_utf8_lossy(&haystack);
    for internal in [
        "金丝雀C10不得外传",
        "金丝雀R13不得外传",
        "柯某某（未成年人）附条件不起诉案",
        "医药购销领域乱象调查",
        "研究室档案 2022-研-011",
        "澄委批〔2022〕31号",
        "澄检建〔2023〕21号",
    ] {
        assert!(!text.contains(internal), "{internal} is in the public edition");
    }
    for public in ["关于澄溪县未成年人文身情况的调研报告", "澄人常〔2022〕15号"] {
        assert!(text.contains(public), "{public} is missing from the public edition");
    }
    let refused = desk.run(&["build", "-q"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("另一类读者"));
}

#[test]
fn exit_codes_tell_what_happened() {
    let desk = Desk::empty();
    desk.write("好.md", GOOD);
    desk.expect(0, &["build"]);
    desk.expect(0, &["search", "采砂"]);
    desk.write("坏.md", "---\nkind: raport\ntitle: 坏\n---\n正文\n");
    desk.expect(1, &["check"]);
    desk.expect(1, &["build"]);
    assert!(
        desk.path("site/好.html").is_file() && desk.path("site/坏.html").is_file(),
        "one bad document stops no other"
    );
    desk.expect(2, &["frobnicate"]);
    desk.expect(2, &["search"]);
    desk.expect(3, &["--corpus", "nowhere", "build"]);
    desk.expect(3, &["--index", "nowhere", "search", "采砂"]);
}

#[test]
fn strict_writes_nothing_when_there_are_errors() {
    let desk = Desk::empty();
    desk.write("坏.md", "---\nkind: raport\ntitle: 坏\n---\n正文\n");
    desk.expect(1, &["build", "--strict"]);
    assert!(!desk.path("site/index.html").exists());
}

#[test]
fn check_says_where_and_how_in_json_and_for_people() {
    let desk = Desk::empty();
    desk.write(
        "报告/坏.md",
        "---\nkind: report\ntitel: 写错的键\ndate: 2024-13-05\n---\n见[附件](没有.md)。\n",
    );
    let json: Value = serde_json::from_str(&desk.expect(1, &["check", "--format", "json"])).unwrap();
    let findings = json["diagnostics"].as_array().unwrap();
    let of = |code: &str| {
        findings
            .iter()
            .find(|finding| finding["code"] == code)
            .unwrap_or_else(|| panic!("{code} in {json:#}"))
    };
    let key = of("unknown-key");
    assert_eq!(
        (key["line"].as_u64(), key["column"].as_u64(), key["file"].as_str()),
        (Some(3), Some(1), Some("报告/坏.md"))
    );
    assert!(key["message"].as_str().unwrap().contains("titel") && key["help"].as_str().unwrap().contains("title"));
    assert_eq!(of("dead-link")["line"], 6);
    assert_eq!(of("dead-link")["group"], "markdown");

    let people = desk.run(&["check"]);
    let said = String::from_utf8(people.stdout).unwrap();
    assert!(
        said.contains("报告/坏.md:3:1") && said.contains("titel: 写错的键"),
        "{said}"
    );
    let english = String::from_utf8(desk.run(&["--lang", "en", "check"]).stdout).unwrap();
    assert!(english.contains("warning") && !english.contains("警告"), "{english}");
}

#[test]
fn search_explains_itself() {
    let desk = Desk::empty();
    desk.write("a.md", GOOD);
    desk.expect(0, &["build", "-q"]);
    let arguments = ["search", "--explain", "非法采砂 -盗窃 kind:report"];
    let json = desk.expect(0, &["search", "--explain", "--format", "json", arguments[2]]);
    let found: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["total"], 1);
    let explanation = &found["explanation"];
    assert_eq!(explanation["clauses"][0][0]["typed"], "非法采砂");
    assert_eq!(explanation["tokens"][0]["fields"][0]["documents"], 1);
    let parts = explanation["hits"][0]["contributions"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    assert!((sum - found["hits"][0]["score"].as_f64().unwrap()).abs() < 1e-4);

    let human = desk.expect(0, &arguments);
    for line in [
        "检索词  非法采砂 = 非法·法采·采砂\n",
        "排除　  盗窃 = 盗窃\n",
        "筛选　  kind:report\n",
        "词元 非法  正文 1×1（1 篇）\n",
        "短语 非法·法采·采砂  正文 1×0.5（至多 1 篇）\n",
        "由以下各项相加",
    ] {
        assert!(human.contains(line), "{line} in {human}");
    }
    let plain = desk.expect(0, &["search", "--format", "json", "采砂"]);
    assert!(!plain.contains("explanation"));
}

#[test]
fn eval_measures_search_beside_its_baselines() {
    let desk = Desk::empty();
    desk.write("a.md", GOOD);
    desk.expect(0, &["build", "-q"]);
    let file = |name: &str, text: &str| std::fs::write(desk.path(name), text).unwrap();
    file("queries.tsv", "1\t非法采砂\t词语\n2\t採砂 河道\t繁体\n");
    file("qrels.tsv", "1\ta\t1\n2\ta\t1\n");
    let arguments = ["eval", "queries.tsv", "qrels.tsv", "--format", "json"];
    let found: Value = serde_json::from_str(&desk.expect(0, &arguments)).unwrap();
    assert_eq!(found["total"]["queries"], 2);
    assert_eq!(found["total"]["jianyan"]["ndcg_10"], 1.0);
    assert_eq!(found["total"]["grep"]["mrr_10"], 0.5);
    assert_eq!(found["groups"][1]["group"], "繁体");
    assert_eq!(found["groups"][1]["any_token"]["recall_50"], 1.0);
    let table = desk.expect(0, &arguments[..3]);
    assert!(
        table.lines().count() == 1 + 3 * 3 && table.contains("合计（2）"),
        "{table}"
    );

    file("qrels.tsv", "1\ta\n");
    let refused = desk.run(&arguments);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("qrels.tsv 第 1 行"), "{said}");
}

#[test]
fn search_answers_people_programs_and_evaluations() {
    let desk = Desk::sample();
    desk.expect(0, &["build", "-q"]);
    let json: Value =
        serde_json::from_str(&desk.expect(0, &["search", "--format", "json", "文身", "类别:案例"])).unwrap();
    assert_eq!(json["total"], 1);
    let hit = &json["hits"][0];
    assert_eq!(hit["id"], "案例/C02-督促整治文身场所向未成年人提供服务行政公益诉讼案");
    assert_eq!(
        (hit["tier"].as_str(), hit["kind"].as_str()),
        (Some("strict"), Some("case"))
    );
    assert!(hit["snippet"].as_str().unwrap().contains("<mark>文身</mark>"));
    assert_eq!(json["facets"]["kind"]["case"], 1);

    let human = desk.expect(0, &["search", "检例第142号"]);
    assert!(
        human.contains("检索到 2 篇") && human.contains("关于澄溪县未成年人文身情况的调研报告"),
        "{human}"
    );
    assert!(
        human.contains("类别：案例 1 · 调研报告 1") && human.contains("年份：2022 2"),
        "{human}"
    );

    std::fs::write(desk.path("q.tsv"), "q1\t文身\nq2\t古树名木 保护\n").unwrap();
    let trec = desk.expect(0, &["search", "--queries", "q.tsv", "--format", "trec", "--limit", "5"]);
    let lines: Vec<Vec<&str>> = trec.lines().map(|line| line.split(' ').collect()).collect();
    assert!(
        lines
            .iter()
            .all(|line| line.len() == 6 && line[1] == "Q0" && line[5] == "jianyan"),
        "{trec}"
    );
    assert!(lines.iter().any(|line| line[0] == "q2"));
    assert_eq!(lines[0][3], "1");
    assert!(
        lines[0][4].parse::<f32>().unwrap() > 1_000.0,
        "strict stands before related"
    );
}

#[test]
fn search_finds_what_is_like_a_document_or_a_text() {
    let desk = Desk::sample();
    desk.expect(0, &["build", "-q"]);
    let own = "调研报告/R01-关于澄溪县未成年人文身情况的调研报告";
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "--like", own, "--format", "json"])).unwrap();
    let hits = json["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 10);
    assert!(hits.iter().all(|hit| hit["id"] != own));
    assert_eq!(
        (hits[0]["band"].as_str(), hits[0]["phrases"][0].as_str()),
        (Some("near"), Some("未成年人文身情况"))
    );
    assert_eq!(json["like"], own);
    let unknown = desk.run(&["search", "--like", "没有这篇"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("没有标识为“没有这篇”的文献"));

    let mut child = desk
        .command(&["search", "--like", "-", "--limit", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = "电瓶车盗窃案件高发，被盗车辆改装后销售，充电引发火灾。";
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let human = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    for part in [
        "链条调研",
        "高度相似",
        "调研报告",
        "沈某",
        "2024-07-09",
        "已转化",
        "市级转化",
        "共有词句：",
    ] {
        assert!(human.contains(part), "{part} in {human}");
    }
}

#[test]
fn an_empty_result_helps_people_and_programs() {
    let desk = Desk::sample();
    desk.expect(0, &["build", "-q"]);
    let human = desk.expect(0, &["search", "认罪任罚", "月球"]);
    assert!(human.contains("检索到 0 篇") && human.contains("认罪认罚（"), "{human}");
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "认罪任罚", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["help"][0]["q"], &json["help"][0]["why"]),
        (&"认罪认罚".into(), &"sound".into())
    );
    assert!(json["help"][0]["n"].as_u64().unwrap() > 0);
    let json: Value = serde_json::from_str(&desk.expect(0, &["search", "文身", "--format", "json"])).unwrap();
    assert!(json.get("help").is_none());
}

#[test]
fn of_two_documents_with_one_id_the_second_is_named_and_left_out() {
    let desk = Desk::empty();
    for (name, visibility) in [("a.md", "internal"), ("b.md", "public"), ("c.md", "public")] {
        let front = format!(
            "kind: report\nid: 同\nvisibility: {visibility}\nreview: {{by: 保密岗, date: 2024-03-06, result: 可以公开}}"
        );
        desk.write(
            name,
            &GOOD
                .replace("kind: report", &front)
                .replace("河道里", &format!("{name} 河道里")),
        );
    }
    let json: Value = serde_json::from_str(&desk.expect(1, &["check", "--format", "json"])).unwrap();
    let doubles: Vec<_> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "duplicate-id")
        .collect();
    assert_eq!(
        doubles
            .iter()
            .map(|finding| finding["file"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["b.md", "c.md"]
    );
    desk.expect(1, &["build", "-q"]);
    assert!(
        std::fs::read_to_string(desk.path("site/同.html"))
            .unwrap()
            .contains("a.md 河道里")
    );

    // What the public sees does not hang on what is internal, and is not told of it.
    let public = desk.run(&["--audience", "public", "--index", "i", "--site", "s", "build"]);
    assert!(
        std::fs::read_to_string(desk.path("s/同.html"))
            .unwrap()
            .contains("b.md 河道里")
    );
    let said = String::from_utf8(public.stderr).unwrap();
    assert!(
        said.contains("c.md") && said.contains("b.md") && !said.contains("a.md"),
        "{said}"
    );
}

#[test]
fn the_emblem_goes_along_and_a_missing_one_is_told_of() {
    let desk = Desk::empty();
    desk.write("甲.md", GOOD);
    desk.write("图/院徽.png", "png");
    desk.write("jianyan.yaml", "title: 库\nemblem: 图/院徽.png\n");
    desk.expect(0, &["build", "-q"]);
    assert!(desk.path("site/files/图/院徽.png").is_file());
    assert!(
        std::fs::read_to_string(desk.path("site/index.html"))
            .unwrap()
            .contains("class=\"emblem\"")
    );
    desk.write("jianyan.yaml", "title: 库\nemblem: 图/没有.png\n");
    let json: Value = serde_json::from_str(&desk.expect(0, &["check", "--format", "json"])).unwrap();
    let missing = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "missing-emblem")
        .unwrap();
    assert_eq!(
        (
            missing["file"].as_str(),
            missing["line"].as_u64(),
            missing["column"].as_u64()
        ),
        (Some("jianyan.yaml"), Some(2), Some(9))
    );
    desk.expect(0, &["build", "-q"]);
    assert!(
        !std::fs::read_to_string(desk.path("site/index.html"))
            .unwrap()
            .contains("class=\"emblem\"")
    );
}

#[test]
fn options_may_stand_behind_the_query() {
    let desk = Desk::empty();
    desk.write("甲.md", GOOD);
    desk.write("乙.md", &GOOD.replace("非法采砂", "采砂与盗窃"));
    desk.expect(0, &["build", "-q"]);
    for arguments in [
        &["search", "采砂 -盗窃", "--format", "json", "--limit", "5"] as &[&str],
        &["search", "采砂", "--format", "json", "--", "-盗窃"],
    ] {
        let answer: Value = serde_json::from_str(&desk.expect(0, arguments)).unwrap();
        assert_eq!(
            (answer["query"].as_str(), answer["total"].as_u64()),
            (Some("采砂 -盗窃"), Some(1)),
            "{arguments:?}"
        );
    }
}

#[test]
fn classified_files_are_refused_and_not_quoted() {
    let desk = Desk::empty();
    desk.write("好.md", GOOD);
    desk.write("密.md", "机密★10年\n\n# 不能说的题目\n\n不能说的内容\n");
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("涉密文件不得存入本库") && !said.contains("不能说"),
        "{said}"
    );
    assert!(!desk.path("site/密.html").exists());
}

#[test]
fn attachments_that_are_linked_go_along() {
    let desk = Desk::empty();
    desk.write(
        "报告/甲.md",
        &format!("{GOOD}\n![图](<图片/图 一.png>)\n\n[附表](附表.xlsx) [网页](页.html)\n"),
    );
    desk.write("报告/图片/图 一.png", "png");
    desk.write("报告/附表.xlsx", "xlsx");
    desk.write("报告/页.html", "<script>alert(1)</script>");
    desk.write("报告/无关.pdf", "pdf");
    desk.run(&["build"]);
    let site = desk.path("site");
    assert!(site.join("files/报告/图片/图 一.png").is_file() && site.join("files/报告/附表.xlsx").is_file());
    assert!(!site.join("files/报告/页.html").exists(), "active content stays behind");
    assert!(
        !site.join("files/报告/无关.pdf").exists(),
        "only what is linked goes along"
    );
    let page = std::fs::read_to_string(site.join("报告/甲.html")).unwrap();
    assert!(
        page.contains("../files/%E6%8A%A5%E5%91%8A/%E5%9B%BE%E7%89%87/%E5%9B%BE%20%E4%B8%80.png"),
        "{page}"
    );
}

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
