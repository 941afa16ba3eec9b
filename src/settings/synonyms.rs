//! The synonyms, `synonyms.yaml`.

use crate::diagnostic::Severity;
use crate::record::fields::Reader;
use crate::record::keys::Key;
use crate::yaml::Node;
use std::collections::BTreeSet;

/// The groups that ship with the program for an office to start from: those of the sample corpus.
pub const STARTER: &str = include_str!("../../corpus/synonyms.yaml");

const FILE: &[Key] = &[Key("groups", "组", &["同义词"])];

/// The groups: a list of lists, or one under `groups`. A member of two groups stays in the first, and
/// a group of fewer than two members is none.
pub fn read(reader: &Reader, node: &Node) -> Vec<Vec<String>> {
    let file = node.entries().and_then(|_| reader.fields(node, FILE));
    let nodes = match (&file, node.items()) {
        (Some(fields), _) => fields.items("groups"),
        (None, Some(items)) => items.iter().collect(),
        (None, None) => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    nodes
        .into_iter()
        .filter_map(|node| group(reader, node, &mut seen))
        .collect()
}

fn group(reader: &Reader, node: &Node, seen: &mut BTreeSet<String>) -> Option<Vec<String>> {
    let mut members = Vec::new();
    for item in node.items().unwrap_or(std::slice::from_ref(node)) {
        let Some(word) = reader.text(item, "groups") else {
            continue;
        };
        if seen.insert(word.clone()) {
            members.push(word);
        } else {
            reader.tell(Severity::Warning, "synonym-twice", &item.span, &[("word", &word)]);
        }
    }
    if members.len() < 2 {
        reader.tell(Severity::Warning, "synonym-alone", &node.span, &[]);
        return None;
    }
    Some(members)
}
