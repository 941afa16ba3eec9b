//! A corpus with bad documents among good ones.

use crate::desk::Desk;
use crate::hostile::documents::documents;
use crate::hostile::run;
use serde_json::Value;
use std::collections::BTreeSet;

const GOOD: [&str; 3] = ["好的一", "好的二", "好的三"];

#[test]
fn each_of_sixty_bad_documents_is_told_of_and_the_good_ones_are_built() {
    let desk = Desk::new();
    let bad = documents();
    assert!(bad.len() >= 60);
    for (name, bytes) in &bad {
        desk.write(&format!("corpus/坏/{name}.md"), bytes);
    }
    for name in GOOD {
        desk.write(&format!("corpus/好/{name}.md"), format!("---\nkind: report\ntitle: {name}的调研\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 一句话。\n---\n\n{name}，正文完好。\n"));
    }
    let found: Value = serde_json::from_slice(&run(&desk, &["check", "--format", "json"]).stdout).unwrap();
    let told: BTreeSet<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["file"].as_str().unwrap())
        .collect();
    let silent: Vec<_> = bad
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !told.contains(&*format!("坏/{name}.md")))
        .collect();
    assert_eq!(silent, [""; 0]);
    assert!(GOOD.iter().all(|name| !told.contains(&*format!("好/{name}.md"))));
    let text = String::from_utf8(run(&desk, &["check", "--all"]).stdout).unwrap();
    assert!(!text.contains("不应出现"));
    run(&desk, &["check", "--fix"]);
    run(&desk, &["check", "--format", "sarif"]);
    for audience in ["internal", "public"] {
        let (index, site) = (format!("index-{audience}"), format!("site-{audience}"));
        run(
            &desk,
            &[
                "--audience",
                audience,
                "--index",
                &index,
                "--site",
                &site,
                "build",
                "-q",
            ],
        );
    }
    let output = run(
        &desk,
        &["--index", "index-internal", "search", "正文完好", "--format", "json"],
    );
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["total"], GOOD.len());
}

#[cfg(unix)]
#[test]
fn links_sizes_and_permissions_are_told_of() {
    let desk = Desk::new();
    desk.write("外.md", "# 外\n");
    desk.write("corpus/好.md", "# 好的\n\n正文完好。\n");
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(desk.path(to), desk.path(from)).unwrap();
    link("corpus", "corpus/环");
    link("外.md", "corpus/外.md");
    link("没有.md", "corpus/断.md");
    let huge = std::fs::File::create(desk.path("corpus/巨.md")).unwrap();
    huge.set_len(201 << 20).unwrap();
    desk.write("corpus/密.md", "|\n".repeat(500_001));
    desk.write("corpus/名\n二.md", "# 名\n");
    let found: Value = serde_json::from_slice(&run(&desk, &["check", "--format", "json"]).stdout).unwrap();
    let codes: BTreeSet<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    for code in [
        "link-loop",
        "link-outside",
        "link-broken",
        "file-too-large",
        "too-many-marks",
        "file-name",
    ] {
        assert!(codes.contains(code), "{code} in {codes:?}");
    }
}
