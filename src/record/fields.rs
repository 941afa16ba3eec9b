//! Reads typed values off a YAML tree and says what could not be used.

use crate::diagnostic::{Diagnostic, Group, LineIndex, Severity};
use crate::record::date::Day;
use crate::record::keys::{self, Key, Shape};
use crate::record::nearest::nearest;
use crate::record::quantity::{Counted, quantity};
use crate::record::words::{listed, may_be_several, words};
use crate::record::{KeyLines, Kind, Located, Quantity, Vocabulary};
use crate::text::normalize::seen;
use crate::yaml::{Entry, Node, Problem, ProblemKind, Value};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

/// One file that is being read, with what there is to say of it.
pub(crate) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    group: Group,
    lines: OnceCell<LineIndex<'a>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a> Reader<'a> {
    /// A reader of a file with its text; its diagnostics are of this group.
    pub(crate) fn new(file: &'a str, text: &'a str, group: Group) -> Self {
        Self {
            file,
            text,
            group,
            lines: OnceCell::new(),
            diagnostics: RefCell::default(),
        }
    }

    /// What was found, in the order of the file.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.into_inner();
        crate::diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Adds a diagnostic about a place.
    pub(crate) fn tell(
        &self,
        severity: Severity,
        code: &'static str,
        span: &Range<usize>,
        args: &[(&'static str, &str)],
    ) {
        let diagnostic = Diagnostic::new(self.group, severity, code, self.file).place(self.lines(), span.clone());
        self.push(
            args.iter()
                .fold(diagnostic, |diagnostic, (name, value)| diagnostic.arg(name, value)),
        );
    }

    /// Adds a diagnostic about the file as a whole.
    pub(crate) fn tell_file(&self, severity: Severity, code: &'static str, args: &[(&'static str, &str)]) {
        let diagnostic = Diagnostic::new(self.group, severity, code, self.file);
        self.push(
            args.iter()
                .fold(diagnostic, |diagnostic, (name, value)| diagnostic.arg(name, value)),
        );
    }

    /// What stands at a place of the file.
    pub(crate) fn written(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Adds a problem of the YAML itself.
    pub(crate) fn tell_yaml(&self, problem: &Problem) {
        let tell = |severity, code| self.tell(severity, code, &problem.span, &[]);
        match &problem.kind {
            ProblemKind::Tab => tell(Severity::Error, "yaml-tab"),
            ProblemKind::Colon => tell(Severity::Error, "yaml-colon"),
            ProblemKind::Quote => tell(Severity::Error, "yaml-quote"),
            ProblemKind::Bracket => tell(Severity::Error, "yaml-bracket"),
            ProblemKind::Indent => tell(Severity::Error, "yaml-indent"),
            ProblemKind::ComplexKey => tell(Severity::Error, "yaml-complex-key"),
            ProblemKind::TooDeep => tell(Severity::Error, "yaml-too-deep"),
            ProblemKind::TooManyAliases => tell(Severity::Error, "yaml-too-many-aliases"),
            ProblemKind::SelfAlias => tell(Severity::Error, "yaml-self-alias"),
            ProblemKind::SecondDocument => tell(Severity::Error, "yaml-second-document"),
            ProblemKind::DuplicateKey(key) => {
                self.tell(Severity::Error, "duplicate-key", &problem.span, &[("key", key)]);
            }
            ProblemKind::Syntax(detail) => {
                self.tell(Severity::Error, "yaml-syntax", &problem.span, &[("detail", detail)]);
            }
        }
    }

    /// Line of a byte offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.lines().position(offset).line
    }

    /// Byte range of what a line, counted from 1, says: without indentation and the mark of a list.
    pub(crate) fn line_text(&self, line: u32) -> Range<usize> {
        let span = self.lines().line_span(line);
        let said = self.text[span.clone()].trim_start_matches([' ', '-']);
        span.end - said.len()..span.end
    }

    /// Reads a node as a mapping with keys of the table. `None`, and a diagnostic, for anything else.
    pub(crate) fn fields<'n>(&'n self, node: &'n Node, table: &[Key]) -> Option<Fields<'n, 'a>> {
        self.collect(node, table, |key, span| self.unknown_key(key, span, table))
    }

    /// Reads the top level of a front matter: the keys of every kind and those of this one.
    pub(crate) fn top_fields<'n>(&'n self, node: &'n Node, kind: Kind) -> Option<Fields<'n, 'a>> {
        let table = [keys::of_kind(kind), keys::COMMON].concat();
        self.collect(node, &table, |key, span| match keys::other_kind_with(key, kind) {
            None => self.unknown_key(key, span, &table),
            Some(other) => {
                let (kind_key, kind_name) = other.names();
                let args = [("key", key), ("kind_key", kind_key), ("kind_name", kind_name)];
                self.tell(Severity::Warning, "key-of-other-kind", span, &args);
            }
        })
    }

    fn collect<'n>(
        &'n self,
        node: &'n Node,
        table: &[Key],
        unknown: impl Fn(&str, &Range<usize>),
    ) -> Option<Fields<'n, 'a>> {
        let Some(entries) = node.entries() else {
            let names: Vec<_> = table.iter().map(|key| key.zh).collect();
            let keys: Vec<_> = table.iter().map(|key| key.name).collect();
            let args = [("names", &*names.join("、")), ("keys", &*keys.join(", "))];
            self.tell(Severity::Error, "not-a-mapping", &node.span, &args);
            return None;
        };
        let mut fields = Fields {
            reader: self,
            span: node.span.clone(),
            entries,
            known: BTreeMap::new(),
            unknown: Vec::new(),
        };
        let mut figure = false;
        for entry in entries {
            let known = keys::find(&entry.key, table.iter());
            // Within braces a comma cuts a figure into keys.
            figure = match known {
                Some(name) => table
                    .iter()
                    .any(|key| key.name == name && matches!(key.shape, Shape::Quantity)),
                None => figure && is_cut_figure(entry),
            };
            if let Some(key) = known {
                fields.add(key, entry);
            } else if !figure {
                unknown(&entry.key, &entry.key_span);
                fields.unknown.push((entry.key.clone(), entry.value.to_plain_text()));
            }
        }
        Some(fields)
    }

    /// Says that a key isn't known, with the nearest one in the script that its author writes.
    fn unknown_key(&self, key: &str, span: &Range<usize>, table: &[Key]) {
        let name = |known: &Key| if key.is_ascii() { known.name } else { known.zh };
        let nearest = nearest(key, table.iter().map(name)).unwrap_or_default();
        self.tell(
            Severity::Warning,
            "unknown-key",
            span,
            &[("key", key), ("nearest", nearest)],
        );
    }

    /// The text of a scalar, trimmed, without characters that nobody sees: a name with one in it isn't another name.
    /// `None` for an empty one, and with a diagnostic for anything but a scalar.
    pub(crate) fn text(&self, node: &Node, key: &str) -> Option<String> {
        match &node.value {
            Value::Null => None,
            Value::Scalar { text, .. } => Some(seen(text).trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Sequence(items) if items.len() == 1 => self.text(&items[0], key),
            Value::Sequence(_) | Value::Mapping(_) => {
                self.tell(Severity::Error, "not-a-text", &node.span, &[("key", key)]);
                None
            }
        }
    }

    /// A value of a closed vocabulary.
    pub(crate) fn choice<V: Vocabulary>(&self, node: &Node, key: &str) -> Option<V> {
        let text = self.text(node, key)?;
        let value = V::read(&text);
        if value.is_none() {
            let (keys, names): (Vec<_>, Vec<_>) = V::all().iter().map(|value| value.names()).unzip();
            let meant = nearest_value::<V>(&text).map_or("", |value| {
                let (key, name) = value.names();
                if text.is_ascii() { key } else { name }
            });
            self.tell_unknown(&node.span, key, &text, (&keys, &names), meant);
        }
        value
    }

    /// Says that a value is none of those that its key may have, given by their English and Chinese names.
    pub(crate) fn unknown_value(&self, span: &Range<usize>, key: &str, value: &str, keys: &[&str], names: &[&str]) {
        let candidates = if value.is_ascii() { keys } else { names };
        let nearest = nearest(value, candidates.iter().copied()).unwrap_or_default();
        self.tell_unknown(span, key, value, (keys, names), nearest);
    }

    fn tell_unknown(&self, span: &Range<usize>, key: &str, value: &str, known: (&[&str], &[&str]), nearest: &str) {
        let (keys, names) = (known.0.join(", "), known.1.join("、"));
        let args = [
            ("key", key),
            ("value", value),
            ("nearest", nearest),
            ("keys", &*keys),
            ("names", &*names),
        ];
        self.tell(Severity::Error, "unknown-value", span, &args);
    }

    /// A date.
    pub(crate) fn day(&self, node: &Node, key: &str) -> Option<Day> {
        let text = self.text(node, key)?;
        let day = Day::parse(&text);
        if day.is_none() {
            self.tell(
                Severity::Error,
                "not-a-date",
                &node.span,
                &[("key", key), ("value", &text)],
            );
        }
        day
    }

    fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    fn lines(&self) -> &LineIndex<'a> {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }
}

/// How one text is split where a list is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Split {
    /// Not at all: sentences, ids.
    Whole,
    /// At 、 ， ； and their ASCII forms, outside brackets.
    Words,
}

/// The values of one mapping by their English keys.
pub(crate) struct Fields<'n, 'a> {
    reader: &'n Reader<'a>,
    span: Range<usize>,
    /// All entries, in the order of the file.
    entries: &'n [Entry],
    /// The entry of each key that is there, by the English key.
    known: BTreeMap<&'static str, &'n Entry>,
    /// Keys that the table doesn't have, with their values as text.
    pub unknown: Vec<(String, String)>,
}

impl<'n, 'a> Fields<'n, 'a> {
    fn add(&mut self, key: &'static str, entry: &'n Entry) {
        if self.known.contains_key(key) {
            self.reader.tell(
                Severity::Error,
                "duplicate-key",
                &entry.key_span,
                &[("key", &entry.key)],
            );
        } else {
            self.known.insert(key, entry);
        }
    }

    /// The file that is being read.
    pub(crate) fn reader(&self) -> &'n Reader<'a> {
        self.reader
    }

    /// Byte range of the mapping.
    pub(crate) fn span(&self) -> &Range<usize> {
        &self.span
    }

    /// Line of the mapping's start.
    pub(crate) fn line(&self) -> u32 {
        self.reader.line(self.span.start)
    }

    /// Line of each key that is there, by its English key.
    pub(crate) fn lines(&self) -> KeyLines {
        let line = |entry: &Entry| self.reader.line(entry.key_span.start);
        self.known.iter().map(|(key, entry)| (*key, line(entry))).collect()
    }

    /// The value of a key that has one.
    pub(crate) fn node(&self, key: &str) -> Option<&'n Node> {
        self.known
            .get(key)
            .map(|entry| &entry.value)
            .filter(|node| !node.is_null())
    }

    /// A key as its author wrote it.
    fn written<'k>(&self, key: &'k str) -> &'k str
    where
        'n: 'k,
    {
        self.known.get(key).map_or(key, |entry| &entry.key)
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.reader.text(self.node(key)?, self.written(key))
    }

    /// A list of texts; a single text is accepted, and each is split as said.
    pub(crate) fn texts(&self, key: &str, split: Split) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        let read = |node: &Node| match split {
            Split::Words => self.told_parts(node, key),
            Split::Whole => self.reader.text(node, self.written(key)).into_iter().collect(),
        };
        nodes.iter().flat_map(read).collect()
    }

    /// The texts that one value lists, and a note on one that looks like several.
    fn told_parts(&self, node: &Node, key: &str) -> Vec<String> {
        let parts = self.parts(node, key);
        for part in parts.iter().filter(|part| may_be_several(part)) {
            self.tell_several(node, part);
        }
        parts
    }

    /// Says that a text counts as one value though it looks like several.
    pub(crate) fn tell_several(&self, node: &Node, text: &str) {
        self.reader
            .tell(Severity::Note, "several-in-one", &node.span, &[("value", text)]);
    }

    /// The texts that one value lists: 熊某，白某 or ［熊某、白某］. What stands in quotes is one.
    pub(crate) fn parts(&self, node: &Node, key: &str) -> Vec<String> {
        self.parts_by(node, key, words)
    }

    /// The texts that one value lists, split as the function does it.
    pub(crate) fn parts_by(&self, node: &Node, key: &str, split: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        let Some(text) = self.reader.text(node, self.written(key)) else {
            return Vec::new();
        };
        let quoted = matches!(node.value, Value::Scalar { quoted: true, .. });
        let listed = listed(&text);
        let plain = listed == [&*text];
        let parts: Vec<String> = listed.into_iter().flat_map(split).collect();
        if parts.is_empty() || quoted && plain && !text.contains('\n') && self.is_item(node, key) {
            return vec![text];
        }
        if parts.len() > 1 || !plain {
            let count = parts.len().to_string();
            self.reader.tell(
                Severity::Note,
                "text-as-list",
                &node.span,
                &[("key", self.written(key)), ("count", &count)],
            );
        }
        parts
    }

    /// Whether a value is one of a list.
    fn is_item(&self, node: &Node, key: &str) -> bool {
        let items = self.node(key).and_then(Node::items).unwrap_or_default();
        items.iter().any(|item| std::ptr::eq(item, node))
    }

    /// The items of a list of mappings; a single one is accepted.
    pub(crate) fn items(&self, key: &str) -> Vec<&'n Node> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node {
                value: Value::Sequence(items),
                ..
            }) => items.iter().filter(|item| !item.is_null()).collect(),
            Some(node) => vec![node],
        }
    }

    /// A mapping with keys of its own.
    pub(crate) fn fields(&self, key: &str, table: &[Key]) -> Option<Fields<'n, 'a>> {
        self.reader.fields(self.node(key)?, table)
    }

    /// A value of a closed vocabulary.
    pub(crate) fn choice<V: Vocabulary>(&self, key: &str) -> Option<V> {
        self.reader.choice(self.node(key)?, self.written(key))
    }

    /// A date.
    pub(crate) fn day(&self, key: &str) -> Option<Day> {
        self.reader.day(self.node(key)?, self.written(key))
    }

    /// A date with its line.
    pub(crate) fn located_day(&self, key: &str) -> Option<Located<Day>> {
        let node = self.node(key)?;
        Some(Located {
            value: self.reader.day(node, self.written(key))?,
            line: self.reader.line(node.span.start),
        })
    }

    /// A figure of what it counts, with its line.
    pub(crate) fn quantity(&self, key: &str, counted: Counted) -> Option<Located<Quantity>> {
        let node = self.node(key)?;
        let text = self.reader.text(node, self.written(key))? + &self.rest_of_figure(node);
        let Some(value) = quantity(&text, counted) else {
            self.reader.tell(
                Severity::Error,
                "not-a-number",
                &node.span,
                &[("key", key), ("value", &text)],
            );
            return None;
        };
        Some(Located {
            value,
            line: self.reader.line(node.span.start),
        })
    }

    /// What a comma within braces cut off a figure: `{amount: ￥1,846,000}`.
    fn rest_of_figure(&self, node: &Node) -> String {
        let after = self
            .entries
            .iter()
            .skip_while(|entry| !std::ptr::eq(&raw const entry.value, node));
        let rest = after.skip(1).take_while(|entry| is_cut_figure(entry));
        rest.map(|entry| format!(",{}", entry.key)).collect()
    }

    /// Yes or no; `None` where the key is missing or its value is neither.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        let text = self.reader.text(node, self.written(key))?;
        let said = yes_or_no(&text);
        if said.is_none() {
            self.reader
                .unknown_value(&node.span, key, &text, &["true", "false"], &["是", "否"]);
        }
        said
    }
}

/// Yes or no, as people write them; `None` for anything else.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" | "y" | "是" | "有" => Some(true),
        "false" | "no" | "off" | "0" | "n" | "否" | "无" => Some(false),
        _ => None,
    }
}

/// Whether an entry is digits without a value, and no key.
fn is_cut_figure(entry: &Entry) -> bool {
    entry.value.is_null() && entry.key.starts_with(|digit: char| digit.is_ascii_digit())
}

/// The value of a vocabulary that was probably meant, by the nearest of all its spellings. Of 人大决议（决定、审议意见）
/// people write the first part.
fn nearest_value<V: Vocabulary>(text: &str) -> Option<V> {
    let spelt = V::all().iter().flat_map(|&value| {
        let parts = value
            .spellings()
            .iter()
            .flat_map(|&known| [Some(known), known.split_once('（').map(|(part, _)| part)]);
        parts.flatten().map(move |known| (known, value))
    });
    let spelt: Vec<(&str, V)> = spelt.filter(|(known, _)| known.is_ascii() == text.is_ascii()).collect();
    let found = nearest(text, spelt.iter().map(|&(known, _)| known))?;
    spelt
        .iter()
        .find(|&&(known, _)| known == found)
        .map(|&(_, value)| value)
}
