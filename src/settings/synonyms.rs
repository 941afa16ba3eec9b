//! The synonyms, `synonyms.yaml`.

use crate::diagnostic::Severity;
use crate::record::fields::{Reader, Split};
use crate::record::keys::Key;
use crate::yaml::{self, Node};
use std::collections::BTreeSet;

/// The groups that ship with the program for an office to start from: those of the sample corpus.
pub(crate) const STARTER: &str = include_str!("../../corpus/synonyms.yaml");

/// The thesaurus that is built in.
const THESAURUS: &str = include_str!("../assets/data/thesaurus.yaml");

const FILE: &[Key] = &[
    Key::new("groups", "组", &["同义词"]),
    Key::new("builtin", "内置", &["内置词库"]),
    Key::new("off", "停用", &["停用词"]),
];

/// The groups: a list of lists, or one under `groups`. A member of two groups stays in the first, and
/// a group of fewer than two members is none. Those of the thesaurus follow, unless `builtin` is false, without the groups of
/// which `off` names a member.
pub(super) fn read(reader: &Reader, node: &Node) -> Vec<Vec<String>> {
    let file = match node.items() {
        Some(_) => None,
        None => reader.fields(node, FILE),
    };
    let nodes = match (&file, node.items()) {
        (Some(fields), _) => fields.items("groups"),
        (None, Some(items)) => items.iter().collect(),
        (None, None) => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    let groups = nodes
        .into_iter()
        .filter_map(|node| group(reader, node, &mut seen))
        .collect();
    let fields = file.as_ref();
    let off = fields.map_or_else(Vec::new, |fields| fields.texts("off", Split::Whole));
    if fields.and_then(|fields| fields.flag("builtin")) == Some(false) {
        groups
    } else {
        with_thesaurus(groups, &off)
    }
}

/// An office's groups, and the thesaurus but for the groups of which a member is switched off. A group of the thesaurus that
/// shares a member with one of the office's goes into that.
pub(super) fn with_thesaurus(mut groups: Vec<Vec<String>>, off: &[String]) -> Vec<Vec<String>> {
    let own = groups.len();
    for members in thesaurus() {
        if members.iter().any(|member| off.contains(member)) {
            continue;
        }
        let shared = groups[..own]
            .iter()
            .position(|group| members.iter().any(|member| group.contains(member)));
        let known = |member: &String| groups[..own].iter().any(|group| group.contains(member));
        let more: Vec<String> = members.iter().filter(|member| !known(member)).cloned().collect();
        match shared {
            Some(at) => groups[at].extend(more),
            None => groups.push(more),
        }
    }
    groups
}

/// The groups of the thesaurus.
fn thesaurus() -> Vec<Vec<String>> {
    let (node, _) = yaml::parse(THESAURUS, 0);
    let entries = node.as_ref().and_then(Node::entries).unwrap_or_default();
    let groups = entries.iter().find(|entry| entry.key == "groups");
    let groups = groups.and_then(|entry| entry.value.items()).unwrap_or_default();
    let members = |group: &Node| {
        let members = group.items().unwrap_or_default().iter();
        members.filter_map(Node::text).map(str::to_owned).collect()
    };
    groups.iter().map(members).collect()
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
