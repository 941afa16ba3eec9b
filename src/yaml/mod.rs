//! YAML as a tree of values that know where they stand.
//!
//! [`parse`] takes a front matter or a settings file and gives a [`Node`]. Scalars stay text: what
//! `no`, `1.10` or `2023-01` mean is for the reader of the record to say.

mod build;
mod event;
mod exact;

pub(crate) use build::parse;
pub(crate) use event::{Event, events};
pub(crate) use exact::skip;

use std::ops::Range;

/// Levels of nesting after which a YAML text is refused.
pub(crate) const MAX_DEPTH: usize = 64;
/// Nodes that the aliases of one text may unfold to in all.
pub(crate) const MAX_ALIAS_NODES: usize = 10_000;
/// Bytes of keys and texts that they may unfold to in all.
pub(crate) const MAX_ALIAS_BYTES: usize = 1 << 20;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub value: Value,
    /// Byte range in the file: the characters of the value alone, of a block scalar those of its lines. An alias has the
    /// range of the alias, what it unfolds to its own.
    pub span: Range<usize>,
    /// Where the node begins: with its anchor, its tag or the `|` of a block scalar, else where the value does.
    pub lead: usize,
}

/// What a YAML text can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, a number, a date: as written, with escapes resolved.
    Scalar {
        text: String,
        /// Whether it stood in quotes or in a block (`|`, `>`).
        quoted: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in their order, each key once.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub key: String,
    /// Byte range of the key in the file.
    pub key_span: Range<usize>,
    pub value: Node,
}

impl Node {
    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a sequence.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Whether there is nothing.
    pub(crate) fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// Whether it holds only places for values, as a form does that nobody filled in.
    pub(crate) fn says_nothing(&self) -> bool {
        self.says_nothing_where(&|_| true)
    }

    /// The same where a mapping without entries needs a look: it may have keys that were passed over.
    pub(crate) fn says_nothing_where(&self, is_empty: &impl Fn(&Node) -> bool) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Scalar { text, .. } => text.trim().is_empty(),
            Value::Sequence(items) => items.iter().all(|item| item.says_nothing_where(is_empty)),
            Value::Mapping(entries) if entries.is_empty() => is_empty(self),
            Value::Mapping(entries) => entries.iter().all(|entry| entry.value.says_nothing_where(is_empty)),
        }
    }

    /// The value as text, lists and mappings included, for keys that nobody knows.
    pub(crate) fn to_plain_text(&self) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::Scalar { text, .. } => text.clone(),
            Value::Sequence(items) => join(items.iter().map(Node::to_plain_text)),
            Value::Mapping(entries) => join(
                entries
                    .iter()
                    .map(|entry| format!("{}: {}", entry.key, entry.value.to_plain_text())),
            ),
        }
    }

    /// Number of nodes, this one included.
    fn size(&self) -> usize {
        1 + match &self.value {
            Value::Null | Value::Scalar { .. } => 0,
            Value::Sequence(items) => items.iter().map(Node::size).sum(),
            Value::Mapping(entries) => entries.iter().map(|entry| entry.value.size()).sum(),
        }
    }

    /// Bytes of its keys and texts.
    fn bytes(&self) -> usize {
        match &self.value {
            Value::Null => 0,
            Value::Scalar { text, .. } => text.len(),
            Value::Sequence(items) => items.iter().map(Node::bytes).sum(),
            Value::Mapping(entries) => entries.iter().map(|entry| entry.key.len() + entry.value.bytes()).sum(),
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Something that is wrong with a YAML text. After a syntax error the tree holds what was read
/// before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Byte range in the file.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// A tab where indentation must be spaces.
    Tab,
    /// A colon in a value, or a key where none can be.
    Colon,
    /// A quote that isn't closed, or text after the closing one.
    Quote,
    /// A `[` or `{` that isn't closed, or a list in it without commas.
    Bracket,
    /// Lines that don't stand under one another.
    Indent,
    /// Any other error, in the parser's words.
    Syntax(String),
    /// A key that its mapping has already; the first value holds.
    DuplicateKey(String),
    /// A key that is a list or a mapping; it is passed over.
    ComplexKey,
    /// Nested more than [`MAX_DEPTH`] levels deep.
    TooDeep,
    /// Aliases unfold to more than [`MAX_ALIAS_NODES`] nodes or [`MAX_ALIAS_BYTES`] bytes.
    TooManyAliases,
    /// An alias to a value that isn't complete where it stands.
    SelfAlias,
    /// A second document after `---`; it is passed over.
    SecondDocument,
}

impl ProblemKind {
    /// Whether the text after the problem was not read.
    pub(crate) fn stops(&self) -> bool {
        !matches!(self, Self::DuplicateKey(_) | Self::ComplexKey | Self::SelfAlias)
    }
}

#[cfg(test)]
mod tests;
