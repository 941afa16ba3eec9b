//! The ranking on the judged queries of the sample corpus: no group falls below what was reached.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The least nDCG@10 of each group, a little below what `jianyan eval` gives.
const LEAST: [(&str, f64); 7] = [
    ("question", 0.85),
    ("keyword", 0.92),
    ("number", 0.90),
    ("variant", 0.97),
    ("slang", 0.91),
    ("phrase", 0.99),
    ("topic", 0.93),
];

#[test]
fn every_group_is_ranked_as_well_as_it_was() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let jianyan = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .args(["--now", "2026-11-20", "--corpus"])
            .arg(root.join("corpus"))
            .arg("--index")
            .arg(folder.path().join("index"))
            .arg("--site")
            .arg(folder.path().join("site"))
            .args(arguments)
            .current_dir(root)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    jianyan(&["build", "-q"]);
    let found = jianyan(&[
        "eval",
        "--format",
        "json",
        "tests/judged/queries.tsv",
        "tests/judged/qrels.tsv",
    ]);
    let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(groups.len(), LEAST.len());
    for (name, least) in LEAST {
        let group = groups.iter().find(|group| group["group"] == name).unwrap();
        let ndcg = |ranking: &str| group[ranking]["ndcg_10"].as_f64().unwrap();
        assert!(ndcg("jianyan") >= least, "{name}: {}", ndcg("jianyan"));
        assert!(ndcg("jianyan") >= ndcg("grep"), "{name} is worse than a literal search");
    }
    let unknown = std::fs::read_to_string(root.join("tests/judged/unknown.tsv")).unwrap();
    let asked = unknown.lines().count();
    let answers = jianyan(&["search", "--format", "trec", "--queries", "tests/judged/unknown.tsv"]);
    let answers = String::from_utf8(answers).unwrap();
    let answered: BTreeSet<&str> = answers.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(
        asked >= 50 && answered.len() * 20 <= asked,
        "{answered:?} of {asked} unknown things are answered"
    );
    assert!(found["missing"].as_array().unwrap().is_empty() && found["unjudged"].as_array().unwrap().is_empty());
}
