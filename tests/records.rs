//! Records for other programs: of the documented form, with nothing in them that an engine's index would refuse.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(audience: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(root())
        .args(["--lang", "zh", "--now", "2026-11-20", "--audience", audience])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn records(audience: &str) -> Vec<Value> {
    let text = run(audience, &["export", "--format", "ndjson"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(record: &Value) -> BTreeSet<String> {
    record.as_object().unwrap().keys().cloned().collect()
}

/// What is wrong with a value under the parts of JSON Schema that the documented one uses.
fn wrong(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    let say = |what: &str| Some(format!("{what}: {value}"));
    for (key, rule) in schema.as_object()? {
        let failed = match key.as_str() {
            "$ref" => wrong(
                value,
                root.pointer(&rule.as_str()?[1..]).expect("a reference leads somewhere"),
                root,
            ),
            "type" => {
                let fits = match rule.as_str()? {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "integer" => value.is_i64(),
                    "string" => value.is_string(),
                    other => panic!("the type {other} is not checked"),
                };
                (!fits).then(|| say("type")).flatten()
            }
            "enum" => (!rule.as_array()?.contains(value)).then(|| say("enum")).flatten(),
            "pattern" => {
                let text = value.as_str().unwrap_or_default();
                (!fits(text, rule.as_str()?)).then(|| say("pattern")).flatten()
            }
            "minLength" => value
                .as_str()
                .is_some_and(str::is_empty)
                .then(|| say("minLength"))
                .flatten(),
            "minItems" => value
                .as_array()
                .is_some_and(Vec::is_empty)
                .then(|| say("minItems"))
                .flatten(),
            "items" => value
                .as_array()
                .into_iter()
                .flatten()
                .find_map(|item| wrong(item, rule, root)),
            "required" => rule
                .as_array()?
                .iter()
                .any(|name| value.get(name.as_str().unwrap_or_default()).is_none())
                .then(|| say("required"))
                .flatten(),
            "additionalProperties" => keys(value)
                .iter()
                .any(|name| schema["properties"].get(name).is_none())
                .then(|| say("additionalProperties"))
                .flatten(),
            "properties" => rule
                .as_object()?
                .iter()
                .filter_map(|(name, rule)| Some((value.get(name)?, rule)))
                .find_map(|(inner, rule)| wrong(inner, rule, root)),
            "$schema" | "$defs" | "title" | "description" => None,
            other => panic!("{other} is not checked"),
        };
        if failed.is_some() {
            return failed;
        }
    }
    None
}

/// The three patterns of the schema.
fn fits(text: &str, pattern: &str) -> bool {
    match pattern {
        r"^\d{4}-\d{2}-\d{2}$" => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        r"^[^#]+(#.+)?$" => {
            let (law, article) = text.split_once('#').unwrap_or((text, "whole"));
            !law.is_empty() && !article.is_empty()
        }
        r"\.html$" => text.ends_with(".html"),
        other => panic!("the pattern {other} is not checked"),
    }
}

/// The fields of records, and `folder`: each folder of the sample says no more than the kind.
fn used(records: &[Value]) -> BTreeSet<String> {
    let all = records.iter().flat_map(keys);
    all.chain(["folder".to_owned()]).collect()
}

#[test]
fn every_record_is_of_the_documented_form() {
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("docs/record.schema.json")).unwrap()).unwrap();
    let (internal, public) = (records("internal"), records("public"));
    assert!(internal.len() > 90 && public.len() > 15 && public.len() < internal.len());
    for record in internal.iter().chain(&public) {
        assert_eq!(wrong(record, &schema, &schema), None, "{}", record["id"]);
    }
    // The schema is not one that takes anything.
    for bad in [
        json!({ "id": "甲", "kind": "essay" }),
        json!({ "id": "甲", "kind": "report", "title": "", "url": "a.html", "body": "", "passages": [], "more": 1 }),
        json!({ "id": "甲", "kind": "report", "title": "", "url": "a.html", "body": "", "passages": [{}] }),
        json!({ "id": "甲", "kind": "report", "title": "", "url": "a.html", "body": "", "passages": [], "unit": [] }),
        json!({ "id": "甲", "kind": "report", "title": "", "url": "a.html", "body": "", "passages": [], "date": "2024" }),
    ] {
        assert!(wrong(&bad, &schema, &schema).is_some(), "{bad}");
    }
    let used = used(&internal);
    let documented = keys(&schema["properties"]);
    assert_eq!(used, documented, "each documented field occurs, and no other");
}

#[test]
fn a_record_of_the_sample_corpus_has_what_its_front_matter_says() {
    let records = records("internal");
    let report = records
        .iter()
        .find(|record| record["id"].as_str().unwrap().contains("/R01-"))
        .unwrap();
    assert_eq!(report["title"], "关于澄溪县未成年人文身情况的调研报告");
    assert_eq!((&report["date"], &report["year"]), (&"2022-05-18".into(), &2022.into()));
    assert_eq!(report["author"], json!(["熊某", "白某"]));
    assert!(report["body"].as_str().unwrap().contains("发放问卷1200份"));
    assert!(
        report["law"]
            .as_array()
            .unwrap()
            .contains(&"未成年人保护法#106条".into())
    );
}

#[test]
fn bibliographies_and_lists_have_a_line_a_document() {
    let bibtex = run("internal", &["export", "--format", "bibtex"]);
    assert_eq!(bibtex.matches("\n@").count() + 1, records("internal").len());
    let entry = bibtex
        .split("\n\n")
        .find(|entry| entry.contains("未成年人文身情况的调研报告"))
        .unwrap();
    assert!(
        entry.contains("author = {{熊某} and {白某}}") && entry.contains("year = {2022}"),
        "{entry}"
    );
    let csv = run("internal", &["export", "--format", "csv"]);
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("2022-05-18,澄溪县人民检察院,未成年人检察办公室,熊某；白某"));
}

#[test]
fn a_site_holds_the_record_of_every_document() {
    let folder = tempfile::tempdir().unwrap();
    let [site, index] = ["site", "index"].map(|name| folder.path().join(name));
    run(
        "public",
        &[
            "--site",
            site.to_str().unwrap(),
            "--index",
            index.to_str().unwrap(),
            "build",
            "--quiet",
        ],
    );
    let read = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(site.join("data").join(name)).unwrap()).unwrap()
    };
    let files = read("records.json");
    let written = files["files"].as_array().unwrap().iter().flat_map(|listed| {
        let records = read(listed["file"].as_str().unwrap())["records"]
            .as_array()
            .unwrap()
            .clone();
        assert_eq!(
            (records.len() as u64, &records[0]["id"]),
            (listed["count"].as_u64().unwrap(), &listed["first"])
        );
        records
    });
    let written: Vec<Value> = written.collect();
    assert_eq!(written.len(), records("public").len());
    for (mut record, written) in records("public").into_iter().zip(written) {
        let fields = record.as_object_mut().unwrap();
        for text in ["headings", "body", "extra", "passages"] {
            fields.remove(text);
        }
        assert_eq!(written, record);
    }
}
