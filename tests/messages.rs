//! Every sentence exists in both languages with the same arguments, and every one is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PARTS: [&str; 4] = ["diagnostics", "help", "interface", "terminal"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalogue(part: &str, lang: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("src/assets/messages/{part}.{lang}.json"));
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The arguments of a text. A key of the front matter is `key` or `first` in English, `name` or
/// `first_name` in Chinese.
fn arguments(text: &str) -> BTreeSet<String> {
    let names = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    names
        .map(|(name, _)| name.split(':').next().unwrap_or(name))
        .map(|name| name.replace("_name", "").replace("_key", "").replace("name", "key"))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    for part in PARTS {
        let (zh, en) = (catalogue(part, "zh"), catalogue(part, "en"));
        assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>(), "{part}");
        for (key, text) in &zh {
            assert_eq!(arguments(text), arguments(&en[key]), "{part}: {key}");
            assert!(!text.trim().is_empty() && !en[key].trim().is_empty(), "{part}: {key}");
        }
    }
}

#[test]
fn every_diagnostic_has_a_message_and_a_help() {
    let keys = catalogue("diagnostics", "zh");
    let codes: BTreeSet<&str> = keys
        .keys()
        .filter_map(|key| key.rsplit_once('.'))
        .map(|(code, _)| code)
        .collect();
    for code in codes {
        assert!(
            keys.contains_key(&format!("{code}.message")) && keys.contains_key(&format!("{code}.help")),
            "{code}"
        );
    }
}

/// Sources in which a key can be used: Rust, scripts and templates, without the catalogues.
fn sources() -> String {
    walkdir::WalkDir::new(root().join("src"))
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "js" || ending == "html")
        })
        .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
        .collect()
}

#[test]
fn no_sentence_is_unused() {
    // A key is used whole, by its code (diagnostics), or by the prefix that a value is added to (`kind.` + key).
    let uses = |key: &str| {
        let (stem, _) = key.rsplit_once('.').unwrap_or((key, ""));
        [
            format!("\"{key}\""),
            format!("'{key}'"),
            format!("\"{stem}\""),
            format!("\"{stem}.{{"),
            format!("'{stem}.' +"),
            format!("\"{stem}.\" ~"),
        ]
    };
    // What the help says is looked up by the names of commands and arguments: `cli/help.rs` compares them.
    let keys: Vec<String> = PARTS
        .iter()
        .filter(|part| **part != "help")
        .flat_map(|part| catalogue(part, "zh").into_keys())
        .collect();
    let needles: Vec<String> = keys.iter().flat_map(|key| uses(key)).collect();
    let ways = needles.len() / keys.len();
    let finder = aho_corasick::AhoCorasick::new(&needles).unwrap();
    let text = sources();
    let used: BTreeSet<&str> = finder
        .find_overlapping_iter(&text)
        .map(|hit| keys[hit.pattern().as_usize() / ways].as_str())
        .collect();
    let unused: Vec<&String> = keys.iter().filter(|key| !used.contains(key.as_str())).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}
