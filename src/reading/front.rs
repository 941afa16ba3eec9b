//! The values of a front matter as they are read: folded lines joined, escapes resolved, markup gone.

use super::{Passage, What};
use crate::corpus::Source;
use crate::markdown::{self, Part};
use crate::record::keys;
use crate::text::Traced;
use crate::yaml::{self, Entry, Node, Value};
use std::ops::Range;

/// Characters of a value that may introduce its neighbours, at most.
const SHORT: usize = 12;
/// Neighbours on either side that may introduce a value, and what may introduce it in all.
const NEAR: usize = 8;
const MOST_CUES: usize = 32;

/// The passages of a document's front matter: its values, and apart from them what is not a value: comments, and whatever
/// of a damaged one could not be read.
pub(super) fn passages(source: &Source) -> Vec<Passage> {
    let Some(range) = source.front.clone() else {
        return Vec::new();
    };
    let (root, _) = yaml::parse(&source.text[range.clone()], range.start);
    let mut reader = Reader {
        text: &source.text,
        passages: Vec::new(),
        read: Vec::new(),
    };
    if let Some(root) = &root {
        reader.node(root, "", &[], true);
    }
    reader.rest(range);
    reader.passages
}

/// The passages of a file of keys and values (JSON); none where it isn't one.
pub(super) fn of_values(text: &str) -> Option<Vec<Passage>> {
    let (root, problems) = yaml::parse(text, 0);
    let root = root.filter(|root| problems.is_empty() && !matches!(root.value, Value::Scalar { .. }))?;
    let mut reader = Reader {
        text,
        passages: Vec::new(),
        read: Vec::new(),
    };
    reader.node(&root, "", &[], false);
    reader.rest(0..text.len());
    Some(reader.passages)
}

struct Reader<'a> {
    text: &'a str,
    passages: Vec<Passage>,
    /// What was read, in bytes of the source.
    read: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, key: &str, beside: &[String], top: bool) {
        match &node.value {
            Value::Null => {}
            Value::Scalar { text, .. } => self.scalar(text, node, key, beside),
            Value::Sequence(items) => self.sequence(items, key, beside),
            Value::Mapping(entries) => {
                // 被害人: {姓名: 张伟}: the outer key says whose the inner ones are.
                let own = (!key.is_empty()).then(|| key.to_owned());
                let beside: Vec<String> = own.into_iter().chain(beside.iter().cloned()).take(MOST_CUES).collect();
                for (at, entry) in entries.iter().enumerate() {
                    let near = &entries[at.saturating_sub(NEAR)..entries.len().min(at + 1 + NEAR)];
                    self.entry(entry, near, &beside, top);
                }
            }
        }
    }

    /// The items of a list, each introduced by the one before it; and all in a row, for a number may be cut at them.
    fn sequence(&mut self, items: &[Node], key: &str, beside: &[String]) {
        let mut row = Traced::default();
        let mut before: Option<&str> = None;
        for item in items {
            let introduces = before.filter(|text| text.chars().count() <= SHORT).map(str::to_owned);
            let beside: Vec<String> = introduces
                .into_iter()
                .chain(beside.iter().cloned())
                .take(MOST_CUES)
                .collect();
            self.node(item, key, &beside, false);
            before = item.text();
            if before.is_some_and(|text| text.chars().any(|it| it.is_ascii_digit())) {
                let written = &self.text[item.span.clone()];
                row.append(&Traced::aligned(before.unwrap_or_default(), written, item.span.start));
                row.push(" ", item.span.end..item.span.end);
            }
        }
        if items.len() > 1 && !row.is_empty() {
            let cues = vec![key.to_owned()];
            let what = What::Value;
            self.passages.push(Passage { text: row, what, cues });
        }
    }

    fn entry(&mut self, entry: &Entry, near: &[Entry], outer: &[String], top: bool) {
        self.read.push(entry.key_span.clone());
        let key = Traced::aligned(&entry.key, &self.text[entry.key_span.clone()], entry.key_span.start);
        self.passages.push(Passage::new(key, What::Value));
        // In {role: 被害人, name: 王小明} one value introduces the other.
        let others = near.iter().filter(|other| !top && other.key != entry.key);
        let beside: Vec<String> = others
            .filter_map(|other| other.value.text())
            .filter(|text| text.chars().count() <= SHORT)
            .map(str::to_owned)
            .chain(outer.iter().cloned())
            .take(MOST_CUES)
            .collect();
        let is_title = top && keys::may_mean(&entry.key, "title");
        let from = self.passages.len();
        self.node(&entry.value, &entry.key, &beside, false);
        if is_title {
            for passage in self.passages[from..].iter_mut().filter(|it| it.what != What::Hidden) {
                passage.what = What::Title;
            }
        }
    }

    fn scalar(&mut self, text: &str, node: &Node, key: &str, beside: &[String]) {
        self.read.push(node.span.clone());
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let text = Traced::aligned(text, written, node.span.start);
        let mut cues: Vec<String> = beside.to_vec();
        cues.push(key.to_owned());
        // An author may mark a value up like his text.
        if text.text().contains(['*', '_', '~', '[', '<', '&', '`', '\\', '%']) {
            for inner in markdown::passages(text.text()).list {
                let what = if inner.part == Part::Hidden {
                    What::Hidden
                } else {
                    What::Value
                };
                self.passages.push(Passage {
                    text: text.through(&inner.text),
                    what,
                    cues: cues.clone(),
                });
            }
        }
        self.passages.push(Passage {
            text,
            what: What::Value,
            cues,
        });
    }

    /// What of the front matter is neither key nor value.
    fn rest(&mut self, range: Range<usize>) {
        let mut read = std::mem::take(&mut self.read);
        read.sort_by_key(|span| (span.start, span.end));
        let mut at = range.start;
        for span in read.into_iter().chain(std::iter::once(range.end..range.end)) {
            if span.start > at {
                self.unread(at..span.start);
            }
            at = at.max(span.end);
        }
    }

    fn unread(&mut self, span: Range<usize>) {
        let mut start = span.start;
        for line in self.text[span].split_inclusive('\n') {
            if line.chars().any(char::is_alphanumeric) {
                let text = Traced::verbatim(line, start);
                self.passages.push(Passage::new(text, What::Hidden));
            }
            start += line.len();
        }
    }
}
