//! What is internal, a draft or secret appears in nothing that is made for the public: no byte of the site, no
//! payload of the bundle, no term or stored field of the index, no diagnostic and no list.

pub(crate) mod corpus;
use crate::folder;
use crate::gateway::question;
use crate::served::Served;
pub(crate) mod search_for;

use corpus::Canaries;
use folder::files;
use search_for::{found, in_index, in_site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Output};

const NOW: &str = "2026-11-20";

/// A folder with a corpus and what is built of it.
struct Desk {
    root: tempfile::TempDir,
    canaries: Canaries,
}

impl Desk {
    fn whole() -> Self {
        let root = tempfile::tempdir().unwrap();
        let canaries = corpus::write_whole(&root.path().join("corpus"));
        Self { root, canaries }
    }

    fn twin() -> Self {
        let root = tempfile::tempdir().unwrap();
        corpus::write_twin(&root.path().join("corpus"));
        Self {
            root,
            canaries: Canaries::default(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn run(&self, audience: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .current_dir(self.root.path())
            .args(["--lang", "zh", "--now", NOW, "--audience", audience])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Everything that a command says.
    fn told(&self, audience: &str, arguments: &[&str]) -> String {
        let output = self.run(audience, arguments);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    fn build(&self, audience: &str) -> String {
        self.told(audience, &["build"])
    }
}

#[test]
fn the_search_for_canaries_finds_them_where_they_are() {
    let desk = Desk::whole();
    desk.build("internal");
    let site = in_site(&files(&desk.path("site")), &desk.canaries);
    for needed in [".html", ".md", "search/", "files/", "file names"] {
        assert!(
            site.iter().any(|(place, _)| place.contains(needed)),
            "nothing in {needed}: {site:?}"
        );
    }
    let in_payloads: BTreeSet<&String> = site
        .iter()
        .filter(|(place, _)| place.starts_with("search/"))
        .map(|(_, canary)| canary)
        .collect();
    let index = in_index(&desk.path("index"), &desk.canaries);
    assert!(in_payloads.len() > 40, "{}", in_payloads.len());
    assert!(index.len() > 40, "{}", index.len());
    let seen: BTreeSet<&String> = site.iter().map(|(_, canary)| canary).chain(&index).collect();
    let missed: Vec<_> = desk
        .canaries
        .internal
        .iter()
        .filter(|canary| !seen.contains(canary))
        .collect();
    // What the office has in its settings, and is shown only where it counts; what authors hid, and is shown nowhere.
    let most = desk.canaries.internal.len() / 4;
    assert!(missed.len() < most, "{} of fewer than {most}: {missed:?}", missed.len());
    let nowhere: Vec<_> = desk
        .canaries
        .nowhere
        .iter()
        .filter(|canary| seen.contains(canary))
        .collect();
    assert!(nowhere.is_empty(), "drafts and secrets: {nowhere:?}");
}

#[test]
fn no_canary_is_in_anything_that_is_made_for_the_public() {
    let desk = Desk::whole();
    let told = desk.build("public");
    assert_eq!(found(&told, &desk.canaries), [""; 0], "{told}");
    let site = in_site(&files(&desk.path("site")), &desk.canaries);
    assert!(site.is_empty(), "{site:#?}");
    let index = in_index(&desk.path("index"), &desk.canaries);
    assert!(index.is_empty(), "{index:#?}");
    for file in files(&desk.path("index")).into_iter().chain(files(&desk.path("site"))) {
        let text = String::from_utf8_lossy(&file.1);
        assert_eq!(found(&text, &desk.canaries), [""; 0], "{}", file.0);
    }
}

#[test]
fn no_list_for_the_public_has_a_canary() {
    let desk = Desk::whole();
    desk.build("public");
    for arguments in [
        &["ledger", "--format", "json"][..],
        &["ledger", "--format", "csv"],
        &["ledger", "--by", "department"],
        &["ledger", "--events", "--format", "json"],
        &["ledger", "--events", "--format", "csv"],
        &["stats", "--format", "markdown"],
        &["stats", "--format", "html"],
        &["stats", "--format", "json"],
        &["due"],
        &["due", "--format", "json"],
        &["search", "河道"],
        &["search", "正文", "--format", "json"],
        &["search", "--like", "公开/甲报告"],
        &["export", "--format", "ndjson"],
        &["export", "--format", "bibtex"],
        &["export", "--format", "csv"],
        &["build", "--strict"],
    ] {
        let told = desk.told("public", arguments);
        assert_eq!(found(&told, &desk.canaries), [""; 0], "{arguments:?}: {told}");
    }
}

#[test]
fn no_answer_to_a_page_of_the_public_has_a_canary() {
    let desk = Desk::whole();
    desk.build("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
    command.current_dir(desk.root.path());
    let gateway = Served::gateway(command.args(["--audience", "public", "gateway", "--rate", "10000", "--with-site"]));
    let canaries = || desk.canaries.all().map(String::as_str);
    let words = [
        "河道",
        "甲某",
        "治理 -河流",
        "类别:调研报告",
        "年份:2024",
        "去年 河道",
        "井盖",
    ];
    let mut answered = 0;
    for query in words.into_iter().chain(canaries()) {
        for (name, parameters) in [
            ("search", &[("limit", "100")][..]),
            ("passages", &[("id", "公开/甲报告")]),
            ("help", &[]),
            ("dated", &[]),
            ("like", &[("id", "公开/甲报告")]),
            ("like", &[("id", query)]),
            ("passages", &[("id", query)]),
            ("vocabulary", &[]),
        ] {
            let answer = gateway.get(&question(name, &[&[("q", query)], parameters].concat()));
            answered += usize::from(answer.starts_with("HTTP/1.1 200"));
            // An answer says what it was asked, and what of that could be dropped.
            let told = answer.replace(query, "");
            assert_eq!(found(&told, &desk.canaries), [""; 0], "{name} {query}: {answer}");
        }
    }
    for page in [
        "/",
        "/metrics",
        "/health",
        "/api/folds",
        "/api/sounds",
        "/.jianyan/manifest.tsv",
    ] {
        let told = gateway.get(page);
        assert_eq!(found(&told, &desk.canaries), [""; 0], "{page}: {told}");
    }
    assert!(answered > 8 * words.len(), "{answered}");
}

#[test]
fn the_public_tree_is_that_of_a_corpus_in_which_nothing_internal_exists() {
    let (whole, twin) = (Desk::whole(), Desk::twin());
    whole.build("public");
    twin.build("public");
    let (has, wanted) = (files(&whole.path("site")), files(&twin.path("site")));
    assert_eq!(has.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    let differ: Vec<_> = has
        .iter()
        .filter(|(path, bytes)| wanted[*path] != **bytes)
        .map(|(path, _)| path)
        .collect();
    assert!(differ.is_empty(), "differ: {differ:?}");
    assert!(has.len() > 30);
    assert_eq!(
        search_for::dump(&whole.path("index")),
        search_for::dump(&twin.path("index")),
        "the indexes differ"
    );
}

#[test]
fn the_public_is_told_the_same_in_both() {
    let (whole, twin) = (Desk::whole(), Desk::twin());
    for arguments in [
        &["ledger", "--format", "json"][..],
        &["export", "--format", "ndjson"],
        &["stats", "--format", "json"],
        &["due", "--format", "json"],
    ] {
        let [a, b] = [&whole, &twin].map(|desk| desk.run("public", arguments).stdout);
        assert_eq!(
            String::from_utf8_lossy(&a),
            String::from_utf8_lossy(&b),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_check_for_the_public_says_what_is_held_back_and_why() {
    let desk = Desk::whole();
    let output = desk.run("public", &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let held: BTreeMap<String, (String, Option<String>)> = report["held_back"]
        .as_array()
        .unwrap()
        .iter()
        .map(|held| {
            let text = |key: &str| held[key].as_str().map(str::to_owned);
            let file = text("file").unwrap();
            let name = file.split("zq").next().unwrap().to_owned();
            (name + &file[file.len() - 5..], (text("reason").unwrap(), text("code")))
        })
        .collect();
    let reasons: BTreeSet<(&str, Option<&str>)> = held
        .values()
        .map(|(reason, code)| (reason.as_str(), code.as_deref()))
        .collect();
    let wanted = [
        ("draft", None),
        ("finding", Some("public-without-review")),
        ("finding", Some("privacy-mobile")),
        ("internal", None),
    ];
    assert_eq!(reasons, wanted.into());
    assert_eq!(report["held_back"].as_array().unwrap().len(), 8);
    let human = desk.told("public", &["check"]);
    for word in ["内部", "草稿", "privacy-mobile"] {
        assert!(human.contains(word), "{word}: {human}");
    }
    // A secret file is told of, not quoted, and nothing of it but its name is known.
    let output = desk.run("internal", &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let secret: Vec<_> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|told| told["code"] == "classified")
        .collect();
    assert_eq!(secret.len(), 2);
}
