//! What is internal reaches neither the disks of a cluster that the public is answered from, nor any of its answers.

use super::real::Real;
use crate::sealed::corpus::{self, Canaries};
use crate::sealed::search_for::found;
use jianyan::audience::Audience;
use jianyan::cluster::{Layout, publish};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn run(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(root)
        .args(["--lang", "zh", "--now", "2026-11-20"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Publishes the corpus for an audience.
fn published(root: &Path, real: &Real) {
    let index = format!("index-{}", real.audience.key());
    let site = format!("site-{}", real.audience.key());
    run(
        root,
        &[
            "--audience",
            real.audience.key(),
            "--index",
            &index,
            "--site",
            &site,
            "build",
            "-q",
        ],
    );
    let opened = jianyan::index::open(&root.join(&index)).unwrap();
    publish(&real.client(), &opened, Layout::default(), &super::Quiet).unwrap();
    real.client()
        .post(&format!("/{}/_flush", real.alias), &json!({}))
        .unwrap();
}

/// The canaries that lie on the disks of the nodes, below the folder of an index.
fn on_disks(folder: &Path, real: &Real, canaries: &Canaries) -> Vec<String> {
    let index = real.standing().unwrap();
    let settings = real
        .client()
        .get(&format!("/{index}/_settings?flat_settings=true"))
        .unwrap();
    let uuid = settings[&index]["settings"]["index.uuid"].as_str().unwrap();
    let (mut seen, mut looked) = (Vec::new(), 0);
    for file in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let path = file.path().to_string_lossy();
        // What other tests publish lies there, too.
        let is_other = path.contains("/indices/") && !path.contains(uuid);
        if is_other || !path.contains("/node-") || !file.file_type().is_file() {
            continue;
        }
        // A cluster removes files while they are looked for.
        if let Ok(bytes) = std::fs::read(file.path()) {
            looked += 1;
            seen.extend(found(&String::from_utf8_lossy(&bytes), canaries));
        }
    }
    assert!(looked > 10, "{looked} files of {}", folder.display());
    seen
}

/// Everything that the cluster says of an index.
fn answers(real: &Real) -> String {
    let client = real.client();
    let alias = &real.alias;
    let mut said: Vec<Value> = ["_mapping", "_settings", "_stats", "_alias", "_segments"]
        .iter()
        .map(|what| client.get(&format!("/{alias}/{what}")).unwrap())
        .collect();
    let all = json!({ "size": 1_000, "query": { "match_all": {} }, "_source": true });
    said.push(client.post(&format!("/{alias}/_search"), &all).unwrap());
    said.iter().map(Value::to_string).collect()
}

#[test]
fn no_canary_lies_on_a_disk_or_in_an_answer() {
    let Some(public) = Real::of("sealed-public", Audience::Public) else {
        return;
    };
    let root = tempfile::tempdir().unwrap();
    let canaries = corpus::write_whole(&root.path().join("corpus"));
    published(root.path(), &public);
    let said = answers(&public);
    assert!(said.contains("河道"));
    assert_eq!(found(&said, &canaries), [""; 0]);
    let engine = [
        "--engine",
        &public.urls,
        "--engine-alias",
        &public.alias,
        "--format",
        "json",
    ];
    for query in [
        "河道",
        "治理 第264条",
        "类别:案例",
        "落实 整治",
        "内部",
        canaries.internal[3].as_str(),
    ] {
        let said = run(
            root.path(),
            &[
                &["--audience", "public", "search"][..],
                &engine[..],
                &["--explain", query],
            ]
            .concat(),
        );
        // What was asked is repeated.
        let said = said.replace(query, "");
        assert_eq!(found(&said, &canaries), [""; 0], "{query}");
    }
    let Some(folder) = std::env::var_os("JIANYAN_ENGINE_FOLDER").map(PathBuf::from) else {
        println!("sealed: the disks are not looked at, JIANYAN_ENGINE_FOLDER names none");
        return;
    };
    assert_eq!(on_disks(&folder, &public, &canaries), [""; 0]);
    // Where they are, they are found.
    let internal = Real::of("sealed-internal", Audience::Internal).unwrap();
    published(root.path(), &internal);
    assert!(found(&answers(&internal), &canaries).len() > 40);
    assert!(on_disks(&folder, &internal, &canaries).len() > 40);
}
