//! The front matter of a document as a tree, and where a key stands in it.

use crate::corpus::Source;
use crate::diagnostic::Severity;
use crate::record::fields::Reader;
use crate::record::keys;
use crate::yaml::{self, Node, Value};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// A front matter that was parsed.
pub struct Front {
    /// The mapping; `None` without a front matter, or with one that holds nothing usable.
    pub node: Option<Node>,
    /// Whether part of it could not be read, so that nothing may be concluded from what is missing.
    pub broken: bool,
}

/// Parses the front matter and tells what is wrong with it.
pub fn parse(source: &Source, reader: &Reader) -> Front {
    let Some(range) = source.front.clone() else {
        return Front {
            node: None,
            broken: false,
        };
    };
    let (text, repaired) = with_ascii_colons(&source.text[range.clone()]);
    for at in repaired {
        let span = range.start + at..range.start + at + '：'.len_utf8();
        reader.tell(Severity::Warning, "full-width-colon", &span, &[]);
    }
    let (node, problems) = yaml::parse(&text, range.start);
    problems.iter().for_each(|problem| reader.tell_yaml(problem));
    let broken = problems.iter().any(|problem| problem.kind.stops());
    match node {
        Some(Node {
            value: Value::Mapping(_),
            ..
        }) => Front { node, broken },
        Some(Node { value: Value::Null, .. }) | None => Front { node: None, broken },
        Some(other) => {
            if !broken {
                reader.tell(Severity::Error, "front-matter-not-a-mapping", &other.span, &[]);
            }
            Front {
                node: None,
                broken: true,
            }
        }
    }
}

/// `标题：一` is meant as `标题: 一`. The colon of a known key becomes an ASCII one and spaces, as many
/// bytes as before; their offsets are returned.
pub fn with_ascii_colons(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut places = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(colon) = line.find('：') {
            let key = line[..colon].trim_start_matches([' ', '-']).trim_end();
            if !line[..colon].contains(':') && keys::is_known_anywhere(key) {
                places.push(start + colon);
            }
        }
        start += line.len();
    }
    if places.is_empty() {
        return (Cow::Borrowed(text), places);
    }
    let mut repaired = text.to_string();
    places
        .iter()
        .for_each(|&at| repaired.replace_range(at..at + '：'.len_utf8(), ":  "));
    (Cow::Owned(repaired), places)
}

/// Where the values of a front matter stand. Parses it again when first asked: it is for
/// diagnostics, which are few.
pub struct Places<'a> {
    source: &'a Source,
    tree: OnceCell<Tree>,
}

/// A front matter as it stands, and whether part of it could not be read.
struct Tree {
    root: Option<Node>,
    broken: bool,
}

impl<'a> Places<'a> {
    /// The places of a document's front matter.
    pub fn new(source: &'a Source) -> Self {
        Self {
            source,
            tree: OnceCell::new(),
        }
    }

    fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| tree(self.source))
    }

    /// Whether there is a front matter that was read to its end: only then is something missing in it.
    pub fn are_whole(&self) -> bool {
        let Tree { root, broken } = self.tree();
        let is_mapping = |node: &Node| matches!(node.value, Value::Mapping(_));
        !broken && root.as_ref().is_some_and(is_mapping)
    }

    /// Byte range of the value at a path of English keys and, in lists, of numbers from 0.
    pub fn find(&self, path: &[&str]) -> Option<Range<usize>> {
        let root = self.tree().root.as_ref()?;
        let node = path.iter().try_fold(root, |node, step| child(node, step))?;
        Some(node.span.clone())
    }

    /// The value at a path, or what is nearest above it but the root.
    pub fn find_nearest(&self, path: &[&str]) -> Option<Range<usize>> {
        (1..=path.len()).rev().find_map(|length| self.find(&path[..length]))
    }
}

fn tree(source: &Source) -> Tree {
    let Some(range) = source.front.clone() else {
        return Tree {
            root: None,
            broken: false,
        };
    };
    let (text, _) = with_ascii_colons(&source.text[range.clone()]);
    let (root, problems) = yaml::parse(&text, range.start);
    let broken = problems.iter().any(|problem| problem.kind.stops());
    Tree { root, broken }
}

/// Where the value at a path of English keys and, in lists, of numbers from 0 stands in the file.
pub fn locate(source: &Source, path: &[&str]) -> Option<Range<usize>> {
    Places::new(source).find(path)
}

fn child<'n>(node: &'n Node, step: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
        Value::Mapping(entries) => {
            let entry = entries.iter().find(|entry| keys::may_mean(&entry.key, step))?;
            Some(&entry.value)
        }
        // A single value stands where a list is meant.
        Value::Scalar { .. } if step == "0" => Some(node),
        Value::Scalar { .. } | Value::Null => None,
    }
}
