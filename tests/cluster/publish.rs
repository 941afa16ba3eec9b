//! Generations, one after another.

use super::Town;
use serde_json::json;

#[test]
fn only_what_has_changed_is_sent_and_the_content_is_that_of_a_clean_index() {
    let Some(town) = Town::new("changes") else { return };
    town.build(1..=40, 3);
    assert!(town.publish(0).contains("共 40 篇，发送 40 篇，沿用 0 篇"));
    assert!(town.publish(0).contains("无需发布"));
    let first = town.index().unwrap();
    town.write(3, 3, "又查明一节。");
    town.remove(7);
    town.build(41..=42, 2);
    assert!(town.publish(0).contains("共 41 篇，发送 3 篇，沿用 38 篇"));
    let second = town.index().unwrap();
    assert_ne!(first, second);
    let mut kept = vec![first.clone(), second.clone()];
    kept.sort();
    assert_eq!(town.indexes(), kept, "the generation before stays until the next");

    let clean = Town::new("clean").unwrap();
    std::fs::remove_dir_all(clean.desk.path("corpus")).unwrap();
    std::fs::rename(town.desk.path("corpus"), clean.desk.path("corpus")).unwrap();
    clean.desk.expect(0, &["build", "-q"]);
    assert!(clean.publish(0).contains("发送 41 篇"));
    assert!(town.content() == clean.content());
    assert_eq!(town.content().1, 0, "no deleted document counts");
    std::fs::rename(clean.desk.path("corpus"), town.desk.path("corpus")).unwrap();

    town.remove(1);
    town.desk.expect(0, &["build", "-q"]);
    assert!(town.publish(0).contains("共 40 篇，发送 0 篇，沿用 40 篇"));
    let mut kept = vec![second, town.index().unwrap()];
    kept.sort();
    assert_eq!(town.indexes(), kept);
}

#[test]
fn what_stands_there_is_noted_beside_the_mapping() {
    let Some(town) = Town::new("noted") else { return };
    town.build(1..=5, 2);
    let output = town
        .command(&town.node, &["--shards", "5", "--replicas", "0"])
        .output()
        .unwrap();
    super::told(&output, 0);
    let index = town.index().unwrap();
    let (_, found) = town.ask("GET", &format!("/{index}/_mapping"), &serde_json::Value::Null);
    let note = &found[&index]["mappings"]["_meta"]["jianyan"];
    assert_eq!(
        (&note["documents"], &note["settings"]["audience"]),
        (&json!(5), &json!("internal"))
    );
    assert_eq!(note["totals"]["title"]["documents"], 5);
    let (_, found) = town.ask("GET", &format!("/{index}/_settings"), &serde_json::Value::Null);
    let settings = &found[&index]["settings"]["index"];
    assert_eq!(
        (&settings["number_of_shards"], &settings["number_of_replicas"]),
        (&json!("5"), &json!("0"))
    );
    // Another number of copies is set where it stands; another number of shards needs an index of its own.
    let output = town
        .command(&town.node, &["--shards", "5", "--replicas", "1"])
        .output()
        .unwrap();
    assert!(super::told(&output, 0).contains("无需发布"));
    assert!(town.publish(0).contains("沿用 5 篇"));
}

#[test]
fn an_audience_is_never_published_as_another() {
    let Some(town) = Town::new("audience") else { return };
    town.build(1..=2, 1);
    let own = [
        "--audience",
        "public",
        "publish",
        "--engine",
        &town.node,
        "--engine-alias",
        &town.alias,
    ];
    let (_, said) = town.desk.expect(2, &own);
    assert!(said.contains("为另一类读者建立的（internal）"), "{said}");
    assert_eq!(town.indexes(), [""; 0]);
    town.publish(0);
    town.desk.expect(
        0,
        &[
            "--audience",
            "public",
            "--index",
            "index-public",
            "--site",
            "site-public",
            "build",
            "-q",
        ],
    );
    let own = [&["--index", "index-public"][..], &own].concat();
    let (_, said) = town.desk.expect(2, &own);
    assert!(said.contains("供另一类读者使用（internal）"), "{said}");
    assert_eq!(town.indexes().len(), 1);
}
