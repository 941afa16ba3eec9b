//! The one way to write into a front matter: it puts a value in the place of exactly the characters of another, or an entry
//! where its place is, and leaves every other character as it is.
//!
//! **Invariant**: what was written is read again before anybody gets it. The new text says node by node what the old one
//! said, with the change and nothing else; where that can't be had the answer is a [`Refusal`] with its place.

mod anchor;
mod block;
mod flow;
mod remove;
mod value;

use super::file::Edit;
use crate::corpus::Source;
use crate::record::front::readable;
use crate::record::keys::{self, Key};
use crate::yaml::{self, Entry, Event, Node, Value};
use std::ops::Range;

/// Why nothing can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Byte offset in the source's text.
    pub at: usize,
    pub why: Why,
}

/// The ways in which a front matter can't be written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It isn't YAML there.
    Yaml,
    /// It isn't taken for a front matter, or not for a whole one.
    NotFront,
    /// Something stands there that is neither a list nor an entry.
    NotAList,
    /// A text stands there where an entry is meant.
    Text,
    /// An alias (`*name`) stands there.
    Alias,
    /// What stands there is used again elsewhere by its anchor (`&name`).
    Anchor,
    /// A tag (`!name`) says that something else stands there.
    Tag,
    /// A way of writing that can't be added to without changing it.
    Style,
    /// The key stands there a second time.
    Twice,
    /// A merge (`<<`) brings the key in.
    Merge,
}

impl Why {
    /// The key of its sentence in the catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Why::Yaml => "error.cannot-write.yaml",
            Why::NotFront => "error.cannot-write.front",
            Why::NotAList => "error.cannot-write.list",
            Why::Text => "error.cannot-write.text",
            Why::Alias => "error.cannot-write.alias",
            Why::Anchor => "error.cannot-write.anchor",
            Why::Tag => "error.cannot-write.tag",
            Why::Style => "error.cannot-write.style",
            Why::Twice => "error.cannot-write.twice",
            Why::Merge => "error.cannot-write.merge",
        }
    }
}

/// A value to be written: what it says, and how it is written where nothing asks for quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scalar {
    /// What it says.
    pub text: String,
    /// As YAML of one line that stands in a block and in `[…]` or `{…}` alike.
    pub yaml: String,
}

/// What is put into a front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum New {
    /// A value.
    Scalar(Scalar),
    /// Keys and values in their order.
    Mapping(Vec<(String, Scalar)>),
}

/// A front matter that is there and reads.
pub(super) struct Front {
    /// Its text as YAML reads it: the colons of 标题： are ASCII ones there. As long as the text of the file.
    text: String,
    /// Where it begins in the file.
    start: usize,
    /// Its keys; `None` where it says nothing.
    root: Option<Node>,
    /// Keys that stand there a second time, and where.
    doubled: Vec<(String, usize)>,
    events: Vec<(Event, Range<usize>)>,
}

/// Changes of the text, and what it then says.
struct Plan {
    edits: Vec<Edit>,
    says: Vec<Event>,
}

/// A plan, or the place and the reason why there is none.
type Planned = Result<Plan, (usize, Why)>;

/// Whether a merged mapping, or one of several, has such a key, itself or by a merge of its own.
fn brings(merged: &Node, is_key: &impl Fn(&str) -> bool) -> bool {
    let entries = merged.entries().unwrap_or_default();
    let items = merged.items().unwrap_or_default();
    let has = |entry: &Entry| is_key(&entry.key) || entry.key == "<<" && brings(&entry.value, is_key);
    entries.iter().any(has) || items.iter().any(|item| brings(item, is_key))
}

impl Front {
    /// The front matter of a document; `None` where it has none.
    ///
    /// # Errors
    /// Where it doesn't read.
    pub(super) fn of(source: &Source) -> Result<Option<Self>, Refusal> {
        let Some(range) = source.front.clone() else {
            // Something like a front matter that was not taken for one: not ours to guess.
            return if source.unreadable || source.text.starts_with("---") {
                Err(Refusal {
                    at: 0,
                    why: Why::NotFront,
                })
            } else {
                Ok(None)
            };
        };
        if source.unreadable {
            // It ends at a line of dashes of its own, or something stands before it.
            let begins = source.text.starts_with("---");
            return Err(Refusal {
                at: if begins { range.end } else { 0 },
                why: Why::NotFront,
            });
        }
        let text = readable(&source.text[range.clone()]).into_owned();
        let (root, problems) = yaml::parse(&text, 0);
        let refusal = |at: usize| Refusal {
            at: range.start + at,
            why: Why::Yaml,
        };
        let passed_over = |kind: &yaml::ProblemKind| {
            matches!(kind, yaml::ProblemKind::DuplicateKey(_) | yaml::ProblemKind::ComplexKey)
        };
        if let Some(problem) = problems.iter().find(|problem| !passed_over(&problem.kind)) {
            let refusal = refusal(problem.span.start);
            return Err(match problem.kind {
                yaml::ProblemKind::SecondDocument => Refusal {
                    why: Why::NotFront,
                    ..refusal
                },
                _ => refusal,
            });
        }
        let doubled = problems.iter().filter_map(|problem| match &problem.kind {
            yaml::ProblemKind::DuplicateKey(key) => Some((key.clone(), problem.span.start)),
            _ => None,
        });
        let doubled = doubled.collect();
        let root = root.filter(|root| !root.is_null());
        if let Some(other) = root.iter().find(|root| root.entries().is_none()) {
            return Err(refusal(other.span.start));
        }
        let events = yaml::events(&text).ok_or_else(|| refusal(0))?;
        Ok(Some(Self {
            text,
            start: range.start,
            root,
            doubled,
            events,
        }))
    }

    /// Why nothing can be written at a place of this front matter.
    pub(super) fn refusal(&self, at: usize, why: Why) -> Refusal {
        Refusal {
            at: self.start + at,
            why,
        }
    }

    /// The entries of the front matter.
    pub(super) fn entries(&self) -> &[Entry] {
        self.root.as_ref().and_then(Node::entries).unwrap_or_default()
    }

    /// The entry of a key of these tables, by its English name.
    pub(super) fn find<'k>(&self, key: &str, known: impl Iterator<Item = &'k Key> + Clone) -> Option<&Entry> {
        self.entries()
            .iter()
            .find(|entry| keys::find(&entry.key, known.clone()) == Some(key))
    }

    /// Where a key stands a second time, which doesn't count.
    pub(super) fn find_second<'k>(&self, key: &str, known: impl Iterator<Item = &'k Key> + Clone) -> Option<usize> {
        let is_same = |name: &str| keys::find(name, known.clone()) == Some(key);
        let doubled = self.doubled.iter().find(|(name, _)| is_same(name)).map(|(_, at)| *at);
        let other = self.entries().iter().filter(|entry| is_same(&entry.key)).nth(1);
        doubled.or(other.map(|entry| entry.key_span.start))
    }

    /// The merge (`<<`) that brings a key in, which this program doesn't read and others do.
    pub(super) fn find_merged<'k>(&self, key: &str, known: impl Iterator<Item = &'k Key> + Clone) -> Option<&Entry> {
        let is_key = |name: &str| keys::find(name, known.clone()) == Some(key);
        let merges = self.entries().iter().filter(|entry| entry.key == "<<");
        merges.into_iter().find(|merge| brings(&merge.value, &is_key))
    }

    /// Puts a pair at the end of a mapping: of the front matter itself, or of one in it.
    ///
    /// # Errors
    /// Where it can't be written there.
    pub(super) fn with_pair(
        &self,
        mapping: Option<&Node>,
        key: &str,
        new: &New,
        listed: bool,
    ) -> Result<Vec<Edit>, Refusal> {
        let plan = match mapping.or(self.root.as_ref()) {
            None => Ok(self.only_pair(key, new, listed)),
            Some(node) if self.is_flow(node) => self.pair_in_flow(node, key, new, listed),
            Some(node) => self.pair_in_block(node, key, new, listed),
        };
        self.read_again(plan)
    }

    /// Puts something in the place of nothing: `key:`, `~`, `null`, `''`, `{}`.
    ///
    /// # Errors
    /// Where it can't be written there.
    pub(super) fn fill(&self, entry: &Entry, new: &New, listed: bool) -> Result<Vec<Edit>, Refusal> {
        self.read_again(self.filled(entry, new, listed))
    }

    /// Puts an item behind the last of a list; one that stands alone becomes the first of a list.
    ///
    /// # Errors
    /// Where it can't be written there.
    pub(super) fn append(&self, entry: &Entry, new: &New) -> Result<Vec<Edit>, Refusal> {
        let value = &entry.value;
        let plan = self.writable(value).and_then(|()| match &value.value {
            Value::Sequence(items) if self.is_flow(value) => self.item_in_flow(value, items, new),
            Value::Sequence(items) => self.item_in_block(entry, items, new),
            Value::Mapping(_) if self.is_flow(value) => Ok(self.beside_one(value, new)),
            _ => Err((value.span.start, Why::NotAList)),
        });
        self.read_again(plan)
    }

    /// Puts an entry in the place of a text that is written for one: of the value of a key, or of an item of its list.
    ///
    /// # Errors
    /// Where it can't be written there.
    pub(super) fn expand(&self, entry: &Entry, index: usize, new: &New, listed: bool) -> Result<Vec<Edit>, Refusal> {
        let plan = match &entry.value.value {
            Value::Sequence(items) => self.item_expanded(&entry.value, items, index, new),
            _ => self.filled(entry, new, listed),
        };
        self.read_again(plan)
    }

    /// Gives a value in the place of another.
    ///
    /// # Errors
    /// Where it can't be written there.
    pub(super) fn set(&self, node: &Node, scalar: &Scalar) -> Result<Vec<Edit>, Refusal> {
        self.read_again(self.in_place(node, scalar))
    }

    /// Takes a pair of a mapping away, with its comments.
    ///
    /// # Errors
    /// Where something else would go with it.
    pub(super) fn without_pair(&self, mapping: Option<&Node>, entry: &Entry) -> Result<Vec<Edit>, Refusal> {
        let plan = match mapping.or(self.root.as_ref()) {
            Some(node) => self.pair_removed(node, entry),
            None => Err((0, Why::Style)),
        };
        self.read_again(plan)
    }

    /// Takes an item of a list away, with its comments.
    ///
    /// # Errors
    /// Where something else would go with it.
    pub(super) fn without_item(&self, list: &Node, index: usize) -> Result<Vec<Edit>, Refusal> {
        self.read_again(self.item_removed(list, index))
    }

    /// The changes in the source's text, where the new one says what it should.
    fn read_again(&self, plan: Planned) -> Result<Vec<Edit>, Refusal> {
        let refusal = |(at, why)| Refusal {
            at: self.start + at,
            why,
        };
        let Plan { edits, says } = plan.map_err(refusal)?;
        let first = edits.first().map_or(0, |edit| edit.at.start);
        if let Some(at) = self.shared_place(&says) {
            return Err(refusal((at, Why::Anchor)));
        }
        let new = applied(&self.text, &edits);
        if !yaml::events(&new).is_some_and(|found| found.iter().map(|(event, _)| event).eq(&says)) {
            return Err(refusal((first, Why::Style)));
        }
        let shifted = |edit: Edit| Edit {
            at: edit.at.start + self.start..edit.at.end + self.start,
            text: edit.text,
        };
        Ok(edits.into_iter().map(shifted).collect())
    }

    /// Whether a value may be added to: it isn't one that stands elsewhere, nor one that is used again.
    fn writable(&self, node: &Node) -> Result<(), (usize, Why)> {
        if self.is_alias(node) {
            return Err((node.span.start, Why::Alias));
        }
        let all = self.events_of(node);
        if self.is_used_again(&all) {
            return Err((node.lead, Why::Anchor));
        }
        Ok(())
    }

    /// Where an anchor stands whose value would change with its aliases, if the text said this.
    fn shared_place(&self, says: &[Event]) -> Option<usize> {
        let old: Vec<&Event> = self.events.iter().map(|(event, _)| event).collect();
        let new: Vec<&Event> = says.iter().collect();
        let changed = anchor::shared(&old).into_iter().find(|range| {
            let there = anchor::of(old[range.start]).and_then(|anchor| anchor::node(&new, anchor));
            there.is_none_or(|there| new[there] != old[range.clone()])
        })?;
        let at = self.events[changed.start].1.start;
        let lead = self.text[..at].trim_end().rfind('&');
        let is_before = |lead: &usize| !self.text[*lead..at].contains('\n');
        let begins = self.text[at..].starts_with('&');
        Some(if begins {
            at
        } else {
            lead.filter(is_before).unwrap_or(at)
        })
    }

    /// Whether an anchor among these events has an alias outside of them.
    fn is_used_again(&self, range: &Range<usize>) -> bool {
        let within = self.events[range.clone()].iter();
        let anchors: Vec<usize> = within.filter_map(|(event, _)| anchor::of(event)).collect();
        let outside = |(at, (event, _)): (usize, &(Event, Range<usize>))| {
            !range.contains(&at) && matches!(event, Event::Alias(anchor) if anchors.contains(anchor))
        };
        !anchors.is_empty() && self.events.iter().enumerate().any(outside)
    }

    pub(crate) fn is_alias(&self, node: &Node) -> bool {
        let quoted = matches!(node.value, Value::Scalar { quoted: true, .. });
        !quoted && self.text[node.span.start..].starts_with('*')
    }

    fn is_flow(&self, node: &Node) -> bool {
        matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
            && self.text[node.span.start..].starts_with(['[', '{'])
    }

    /// The numbers of a node's events.
    fn events_of(&self, node: &Node) -> Range<usize> {
        let is_collection = matches!(node.value, Value::Sequence(_) | Value::Mapping(_)) && !self.is_alias(node);
        let start = self.events.iter().position(|(event, place)| match event {
            Event::Sequence(_) | Event::Mapping(_) => {
                is_collection && place.start == node.lead && self.fits(event, node)
            }
            Event::Scalar { .. } => !is_collection && *place == node.span,
            Event::Alias(_) => !is_collection && place.start == node.span.start,
            Event::End => false,
        });
        let start = start.unwrap_or(self.events.len());
        start..start + anchor::length(self.events[start..].iter().map(|(event, _)| event))
    }

    fn fits(&self, event: &Event, node: &Node) -> bool {
        matches!(
            (event, &node.value),
            (Event::Sequence(_), Value::Sequence(_)) | (Event::Mapping(_), Value::Mapping(_))
        )
    }

    /// What the text says, with these events in the place of others.
    fn says(&self, old: Range<usize>, new: Vec<Event>) -> Vec<Event> {
        let own = |range: Range<usize>| self.events[range].iter().map(|(event, _)| event.clone());
        own(0..old.start)
            .chain(new)
            .chain(own(old.end..self.events.len()))
            .collect()
    }

    /// What the text says, with these events before the end of a collection.
    fn says_at_end(&self, collection: &Node, new: Vec<Event>) -> Vec<Event> {
        let end = self.events_of(collection).end.saturating_sub(1);
        self.says(end..end, new)
    }
}

impl New {
    /// What it says.
    fn events(&self) -> Vec<Event> {
        let text = |text: &str| Event::Scalar {
            text: text.to_owned(),
            null: false,
            marks: (0, None),
        };
        match self {
            New::Scalar(scalar) => vec![text(&scalar.text)],
            New::Mapping(pairs) => {
                let inner = pairs.iter().flat_map(|(key, scalar)| [text(key), text(&scalar.text)]);
                std::iter::once(Event::Mapping((0, None)))
                    .chain(inner)
                    .chain([Event::End])
                    .collect()
            }
        }
    }

    /// What it says as the only item of a list, or by itself.
    fn events_as(&self, listed: bool) -> Vec<Event> {
        if !listed {
            return self.events();
        }
        std::iter::once(Event::Sequence((0, None)))
            .chain(self.events())
            .chain([Event::End])
            .collect()
    }

    /// In one line.
    fn inline(&self) -> String {
        match self {
            New::Scalar(scalar) => scalar.yaml.clone(),
            New::Mapping(pairs) => {
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(key, scalar)| format!("{key}: {}", scalar.yaml))
                    .collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }

    /// In one line, as the only item of a list or by itself.
    fn inline_as(&self, listed: bool) -> String {
        if listed {
            format!("[{}]", self.inline())
        } else {
            self.inline()
        }
    }

    /// A line for each pair, the first after one lead, the others after another.
    fn lines(&self, first: &str, others: &str) -> String {
        match self {
            New::Scalar(scalar) => format!("{first}{}\n", scalar.yaml),
            New::Mapping(pairs) => {
                let leads = std::iter::once(first).chain(std::iter::repeat(others));
                leads
                    .zip(pairs)
                    .map(|(lead, (key, scalar))| format!("{lead}{key}: {}\n", scalar.yaml))
                    .collect()
            }
        }
    }
}

/// A text with changes made, which come in order.
pub(super) fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 200);
    let mut done = 0;
    for edit in edits {
        out += &text[done..edit.at.start];
        out += &edit.text;
        done = edit.at.end;
    }
    out + &text[done..]
}
