//! Several corpora in one site: their ids, links, units and departments are kept apart, the gate holds for all of
//! them, and nothing is written into any but the site's own.

use crate::desk;
use crate::folder;
use crate::served;

use desk::Desk;
use folder::{Files, files, without_state};
use jianyan::query::{Options, Searcher};
use serde_json::Value;
use served::Served;
use std::time::Duration;

const SITE: &str = "title: 检研\ncorpora:\n  - path: ../east\n    unit: 东县人民检察院\n    prefix: 东县\n  - 路径: ../west\n    单位: 西县人民检察院\n    前缀: 西县\n";

/// A public document, with more lines of front matter.
fn document(title: &str, more: &str, body: &str) -> String {
    format!(
        "---\nkind: report\ngenre: 调研报告\ntitle: {title}\ndate: 2024-03-05\nsummary: 一句话。\nvisibility: public\nreview: {{by: 某某, date: 2024-03-06, result: 同意公开}}\n{more}---\n\n{body}\n"
    )
}

/// Three corpora side by side: `corpus`, which gathers, `east` and `west`.
fn gathered() -> Desk {
    let desk = Desk::new();
    desk.write("corpus/jianyan.yaml", SITE);
    desk.write(
        "corpus/报告/甲.md",
        document(
            "本院的甲",
            "unit: 本院\ndepartments: [第一检察部]\nrelated: [东县/报告/甲]\n",
            "河道。[东县的](../东县/报告/甲.md)",
        ),
    );
    desk.write(
        "east/报告/甲.md",
        document(
            "东县的甲",
            "departments: [第一检察部]\nrelated: [乙, 西县/报告/甲]\n",
            "河道。[乙](乙.md) [根](/报告/乙.md) [外](../../报告/甲.md) ![图](图.png)",
        ),
    );
    desk.write(
        "east/报告/乙.md",
        document("东县的乙", "unit: 东县二院\nid: 乙\nrelated: [报告/甲]\n", "河道。"),
    );
    desk.write("east/报告/图.png", "png");
    desk.write("east/jianyan.yaml", "title: 东县的站点\n");
    desk.write("east/people.yaml", "- name: 张某\n");
    desk.write(
        "west/报告/甲.md",
        document("西县的甲", "", "河道，内部的。").replace("public", "internal"),
    );
    desk
}

/// Builds for an audience into folders of a name; the files of the site.
fn build(desk: &Desk, audience: &str, name: &str) -> Files {
    let (site, index) = (format!("{name}-site"), format!("{name}-index"));
    desk.expect(
        0,
        &["--audience", audience, "--site", &site, "--index", &index, "build"],
    );
    without_state(&desk.path(&site))
}

/// The ids that a query finds, sorted.
fn search(desk: &Desk, index: &str, query: &str) -> Vec<String> {
    let searcher = Searcher::open(&desk.path(index)).unwrap();
    let answer = searcher.search(query, &Options { limit: 20, offset: 0 }).unwrap();
    let mut ids: Vec<String> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    ids.sort();
    ids
}

/// What `check` finds in the settings: codes and lines.
fn codes(desk: &Desk) -> Vec<String> {
    let output = desk.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = report["diagnostics"].as_array().unwrap().iter();
    found
        .filter(|finding| finding["group"] == "settings")
        .map(|finding| format!("{} {}", finding["code"].as_str().unwrap(), finding["line"]))
        .collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn ids_links_and_files_stand_below_a_folder_of_their_own() {
    let desk = gathered();
    let site = build(&desk, "internal", "all");
    let page = |name: &str| text(site.get(name).unwrap_or_else(|| panic!("{name} in {:?}", site.keys())));
    let east = page("东县/报告/甲.html");
    for target in ["%E4%B9%99.html", "%E4%B8%9C%E5%8E%BF/%E6%8A%A5%E5%91%8A/%E5%9B%BE.png"] {
        assert!(east.contains(target), "{target} in {east}");
    }
    assert!(
        east.contains(">根</a>") && !east.contains(">外</a>"),
        "a link out of its corpus leads nowhere"
    );
    assert!(site.contains_key("files/东县/报告/图.png"));
    // What it refers to is read in its own corpus first, then in the whole site.
    assert!(east.contains("东县的乙") && east.contains("西县的甲"));
    assert!(page("东县/乙.html").contains("东县的甲"));
    assert!(page("报告/甲.html").contains("东县的甲"));
    assert!(!page("index.html").contains("东县的站点"));
}

#[test]
fn units_and_departments_are_kept_apart() {
    let desk = gathered();
    let site = build(&desk, "internal", "all");
    let index = "all-index";
    assert_eq!(search(&desk, index, "河道").len(), 4);
    assert_eq!(search(&desk, index, "河道 单位:东县人民检察院"), ["东县/报告/甲"]);
    assert_eq!(search(&desk, index, "河道 单位:东县"), ["东县/乙", "东县/报告/甲"]);
    assert_eq!(search(&desk, index, "河道 单位:西县人民检察院"), ["西县/报告/甲"]);
    assert_eq!(search(&desk, index, "河道 单位:本院"), ["报告/甲"]);
    assert_eq!(search(&desk, index, "河道 部门:第一检察部（东县）"), ["东县/报告/甲"]);
    let folders: Vec<&str> = site
        .keys()
        .filter_map(|path| path.strip_prefix("boards/departments/"))
        .collect();
    assert_eq!(
        folders.iter().filter(|name| name.contains("第一检察部")).count(),
        2,
        "{folders:?}"
    );
    let ledger = desk.run(&["ledger", "--by", "unit", "--format", "json"]);
    let ledger: Value = serde_json::from_slice(&ledger.stdout).unwrap();
    assert_eq!(ledger["rows"].as_array().unwrap().len(), 4, "{ledger}");
}

#[test]
fn the_gate_holds_for_every_corpus() {
    let desk = gathered();
    let public = build(&desk, "public", "out");
    let all: Vec<u8> = public.values().flatten().copied().collect();
    for hidden in ["西县", "内部的", "../east", "张某"] {
        assert!(
            !all.windows(hidden.len()).any(|part| part == hidden.as_bytes()),
            "{hidden}"
        );
    }
    // A corpus in which nothing is public changes no byte.
    let short: String = SITE.split("  - 路径").next().unwrap().to_owned();
    desk.write("corpus/jianyan.yaml", short);
    desk.write("east/报告/甲.md", desk.read("east/报告/甲.md"));
    assert!(build(&desk, "public", "without") == public);
    // Personal data and secrecy marks are found as anywhere.
    desk.write("east/报告/丙.md", document("丙", "", "联系人手机13800138000。"));
    desk.write("east/报告/丁.md", "机密★五年\n\n正文。\n");
    for (audience, code, file) in [
        ("public", "privacy-mobile", "东县/报告/丙.md"),
        ("internal", "classified", "东县/报告/丁.md"),
    ] {
        let output = desk.run(&["--audience", audience, "check"]);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(code) && said.contains(file), "{audience}: {said}");
    }
    let public = build(&desk, "public", "without");
    assert!(!public.contains_key("东县/报告/丙.html") && !public.contains_key("东县/报告/丁.html"));
}

#[test]
fn after_any_change_of_any_corpus_the_site_is_that_of_a_clean_build() {
    let desk = gathered();
    let edits: [(&str, &dyn Fn()); 6] = [
        ("edited", &|| {
            desk.write("east/报告/甲.md", document("改了的甲", "", "新河道。[乙](乙.md)"));
        }),
        ("new", &|| {
            desk.write("west/报告/丙.md", document("丙", "related: [报告/甲]\n", "河道。"));
        }),
        ("gone", &|| std::fs::remove_file(desk.path("east/报告/乙.md")).unwrap()),
        ("unit", &|| {
            desk.write("corpus/jianyan.yaml", SITE.replace("西县人民检察院", "西县检察院"));
        }),
        ("prefix", &|| {
            desk.write("corpus/jianyan.yaml", SITE.replace("前缀: 西县", "前缀: 西"));
        }),
        ("fewer", &|| {
            desk.write("corpus/jianyan.yaml", SITE.split("  - 路径").next().unwrap());
        }),
    ];
    let audiences = ["internal", "public"];
    for audience in audiences {
        build(&desk, audience, audience);
    }
    for ((name, edit), audience) in edits.iter().flat_map(|edit| audiences.map(|audience| (edit, audience))) {
        if audience == "internal" {
            edit();
        }
        let site = build(&desk, audience, audience);
        let clean = build(&desk, audience, &format!("{name}-{audience}"));
        for (path, bytes) in &clean {
            assert!(site.get(path) == Some(bytes), "{name}: {path}");
        }
        let more = site
            .keys()
            .filter(|path| !clean.contains_key(*path) && !path.starts_with("search/"));
        assert_eq!(more.collect::<Vec<_>>(), [""; 0], "{name}");
    }
}

#[test]
fn a_corpus_that_can_not_be_gathered_is_told_of_and_the_rest_is_built() {
    let desk = gathered();
    for (entry, code) in [
        ("path: ../nowhere", "missing-corpus 3"),
        ("path: ../east/报告/甲.md\n    prefix: 一", "missing-corpus 3"),
        ("prefix: 一", "corpus-without-path 3"),
        ("path: ../corpus", "corpus-twice 3"),
        ("path: 报告", "corpus-twice 3"),
        ("path: ..", "corpus-twice 3"),
        ("path: ../east\n    prefix: 报告", "corpus-prefix 4"),
        ("path: ../east\n    prefix: 一/二", "corpus-prefix 4"),
        ("path: ../east\n    prefix: ..", "corpus-prefix 4"),
        (
            "path: ../east\n    prefix: 一\n  - path: ../west\n    prefix: 一",
            "corpus-prefix 6",
        ),
        (
            "path: ../east\n    prefix: 一\n  - path: ../east\n    prefix: 二",
            "corpus-twice 5",
        ),
    ] {
        desk.write("corpus/jianyan.yaml", format!("title: 检研\ncorpora:\n  - {entry}\n"));
        assert_eq!(codes(&desk), [code], "{entry}");
        let output = desk.run(&["build"]);
        assert_eq!(output.status.code(), Some(1), "{entry}: {}", text(&output.stderr));
        assert!(desk.path("site/报告/甲.html").exists(), "{entry}");
    }
    // Without a prefix the folder's name is one.
    desk.write("corpus/jianyan.yaml", "corpora:\n  - path: ../east\n");
    assert_eq!(codes(&desk), [""; 0]);
    assert!(build(&desk, "internal", "named").contains_key("east/报告/甲.html"));
}

#[test]
fn nothing_is_written_into_a_further_corpus() {
    let desk = gathered();
    desk.write(
        "east/报告/丙.md",
        document("丙", "lines: 民事检察\n", "手机13800138000。").replace("public", "internal"),
    );
    let before = files(&desk.path("east"));
    let event = [
        "--form",
        "norm",
        "--level",
        "county",
        "--authority",
        "某局",
        "--effect",
        "issued",
        "--date",
        "2024-05-01",
    ];
    let output = desk.run(&[&["adopt", "东县/报告/甲"], &event[..]].concat());
    let said = text(&output.stderr);
    assert_ne!(output.status.code(), Some(0));
    assert!(said.contains("../east") && said.contains("东县/报告/甲"), "{said}");
    desk.run(&["check", "--fix"]);
    assert!(files(&desk.path("east")) == before);
    // In its own corpus it is an entry like any other.
    let output = desk.run(&[&["--corpus", "east", "adopt", "报告/甲"], &event[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // And a finding about one file of it can be asked for by the name that `check` gives it.
    let said = text(&desk.run(&["check", "东县/报告/丙.md"]).stdout);
    assert!(
        said.contains("东县/报告/丙.md") && !said.contains("报告/甲.md"),
        "{said}"
    );
}

/// A page of the preview, by names as they are.
fn get(preview: &Served, path: &str, query: &str) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let path: Vec<String> = path.split('/').map(part).collect();
    let path = path.join("/").replace("%2E", ".").replace("%5F", "_");
    preview.get(&format!("/{path}?token={}{query}", preview.token))
}

#[test]
fn the_preview_follows_further_corpora_and_has_no_forms_for_them() {
    let desk = gathered();
    let preview = Served::start(&mut desk.command(&["serve"]));
    let form = "_/edit?file=";
    assert!(get(&preview, "报告/甲.html", "").contains(form));
    assert!(!get(&preview, "东县/报告/甲.html", "").contains(form));
    let refused = get(
        &preview,
        "_/edit",
        "&file=%E4%B8%9C%E5%8E%BF%2F%E6%8A%A5%E5%91%8A%2F%E7%94%B2.md",
    );
    assert!(
        refused.starts_with("HTTP/1.1 403") && refused.contains("../east"),
        "{refused}"
    );
    desk.write("east/报告/甲.md", document("改过的东县的甲", "", "新河道。"));
    let shown = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(200));
        get(&preview, "东县/报告/甲.html", "").contains("改过的东县的甲")
    });
    assert!(shown, "the change of a further corpus is not seen");
}
