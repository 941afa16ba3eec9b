//! Builds the tree from the parser's events.

use crate::yaml::event::is_null;
use crate::yaml::exact::{self, Exact, Scalar};
use crate::yaml::{Entry, MAX_ALIAS_BYTES, MAX_ALIAS_NODES, MAX_DEPTH, Node, Problem, ProblemKind, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Parses one YAML document. `offset` is the text's place in its file and is added to every span.
///
/// The node is `None` for a text that holds nothing. Problems come in the order of the text; after
/// one that stops the reading the tree holds what was complete before it.
pub(crate) fn parse(text: &str, offset: usize) -> (Option<Node>, Vec<Problem>) {
    parse_as(text, text, offset)
}

/// Parses one document, of which the parser gets another text of as many characters.
fn parse_as(text: &str, given: &str, offset: usize) -> (Option<Node>, Vec<Problem>) {
    let mut builder = Builder::new(text, offset);
    let mut documents = 0;
    for event in Parser::new_from_str(given) {
        match event {
            Err(error) => {
                if let Some(other) = exact::without_remark(given, error.marker().index()) {
                    return parse_as(text, &other, offset);
                }
                builder.syntax_error(&error);
                break;
            }
            Ok((Event::DocumentStart(_), span)) => {
                documents += 1;
                if documents > 1 {
                    let span = builder.bytes(span);
                    builder.problem(ProblemKind::SecondDocument, span);
                    break;
                }
            }
            Ok((event, span)) => builder.event(event, span),
        }
        if builder.stopped {
            break;
        }
    }
    builder.finish()
}

/// A collection whose end hasn't come yet.
struct Open {
    value: Value,
    /// Where its anchor or tag begins, else as `start`.
    lead: usize,
    start: usize,
    end: usize,
    anchor: usize,
    /// In a mapping: the key whose value comes next; `None` inside for a key that is passed over.
    key: Option<Option<(String, Range<usize>)>>,
    /// In a mapping: the keys so far.
    seen: BTreeSet<String>,
}

/// What anchors and aliases have copied.
#[derive(Default)]
struct Copied {
    nodes: usize,
    bytes: usize,
}

impl Copied {
    /// Counts one more; whether that is still within the bounds.
    fn holds(&mut self, node: &Node) -> bool {
        self.nodes += node.size();
        self.bytes += node.bytes();
        self.nodes <= MAX_ALIAS_NODES && self.bytes <= MAX_ALIAS_BYTES
    }
}

/// Characters between two known byte offsets.
const STRIDE: usize = 64;

struct Builder<'a> {
    text: &'a str,
    offset: usize,
    /// Byte offset of each [`STRIDE`]th character: the parser counts characters.
    strides: Vec<usize>,
    open: Vec<Open>,
    /// Where what was read last ends.
    read: usize,
    root: Option<Node>,
    anchors: BTreeMap<usize, Node>,
    copied: Copied,
    problems: Vec<Problem>,
    stopped: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        Self {
            text,
            offset,
            strides: text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect(),
            open: Vec::new(),
            read: 0,
            root: None,
            anchors: BTreeMap::new(),
            copied: Copied::default(),
            problems: Vec::new(),
            stopped: false,
        }
    }

    fn event(&mut self, event: Event, span: Span) {
        let span = self.bytes(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let null = plain && is_null(&text);
                let place = self.scalar_place(Scalar {
                    span,
                    style,
                    empty: text.is_empty(),
                    marked: anchor > 0 || tag.is_some(),
                });
                let value = if null {
                    Value::Null
                } else {
                    Value::Scalar {
                        text: text.into_owned(),
                        quoted: !plain,
                    }
                };
                let Exact { lead, value: span } = place;
                self.add(Node { value, span, lead }, anchor);
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(Value::Sequence(Vec::new()), &span, anchor, tag.is_some());
            }
            Event::MappingStart(anchor, tag) => {
                self.start(Value::Mapping(Vec::new()), &span, anchor, tag.is_some());
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => {}
        }
    }

    /// The exact place of a scalar in the file.
    fn scalar_place(&mut self, scalar: Scalar) -> Exact {
        let offset = self.offset;
        let span = scalar.span.start - offset..scalar.span.end - offset;
        let found = exact::scalar(self.text, self.read, &Scalar { span, ..scalar });
        self.read = self.read.max(found.value.end);
        Exact {
            lead: found.lead + offset,
            value: found.value.start + offset..found.value.end + offset,
        }
    }

    fn start(&mut self, value: Value, span: &Range<usize>, anchor: usize, tagged: bool) {
        if self.open.len() >= MAX_DEPTH {
            self.problem(ProblemKind::TooDeep, span.clone());
            return;
        }
        let (at, marked) = (span.start - self.offset, anchor > 0 || tagged);
        let found = match value {
            Value::Sequence(_) => exact::list(self.text, self.read, at, marked),
            _ => exact::collection(self.text, at, marked),
        };
        let start = found.value.start;
        let flow = self.text[start..].starts_with(['[', '{']);
        self.read = self.read.max(start + usize::from(flow));
        self.open.push(Open {
            value,
            lead: found.lead + self.offset,
            start: start + self.offset,
            end: start + self.offset,
            anchor,
            key: None,
            seen: BTreeSet::new(),
        });
    }

    /// Closes the innermost collection. A block ends with its last child, a flow collection with
    /// its bracket, at which the parser's end of it begins.
    fn end(&mut self, bracket: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let is = |at: usize, signs: &[u8]| self.text.as_bytes().get(at).is_some_and(|byte| signs.contains(byte));
        let mut close = bracket.start - self.offset;
        // Behind a last comma the end is said to be at that comma.
        if is(close, b",") {
            close = exact::skip(self.text, close + 1);
        }
        let flow = is(open.start - self.offset, b"[{") && is(close, b"]}");
        let end = if flow { self.offset + close + 1 } else { open.end };
        if flow {
            self.read = self.read.max(end - self.offset);
        }
        self.add(
            Node {
                value: open.value,
                span: open.start..end.max(open.start),
                lead: open.lead,
            },
            open.anchor,
        );
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) {
        self.read = self.read.max(span.end - self.offset);
        let lead = span.start;
        let Some(target) = self.anchors.get(&anchor) else {
            self.problem(ProblemKind::SelfAlias, span.clone());
            self.add(
                Node {
                    value: Value::Null,
                    span,
                    lead,
                },
                0,
            );
            return;
        };
        if !self.copied.holds(target) {
            self.problem(ProblemKind::TooManyAliases, span);
            return;
        }
        let value = target.value.clone();
        self.add(Node { value, span, lead }, 0);
    }

    fn add(&mut self, node: Node, anchor: usize) {
        if anchor > 0 {
            if !self.copied.holds(&node) {
                self.problem(ProblemKind::TooManyAliases, node.span);
                return;
            }
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.end = open.end.max(node.span.end);
        match &mut open.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(entries) => match open.key.take() {
                None => self.key(node),
                Some(None) => {}
                Some(Some((key, key_span))) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
            },
            Value::Null | Value::Scalar { .. } => {}
        }
    }

    fn key(&mut self, node: Node) {
        let span = node.span;
        let problem = match node.value {
            Value::Sequence(_) | Value::Mapping(_) => Some(ProblemKind::ComplexKey),
            Value::Null => self.take_key(self.text_at(&span).to_string(), &span),
            Value::Scalar { text, .. } => self.take_key(text, &span),
        };
        if let Some(kind) = problem {
            if let Some(open) = self.open.last_mut() {
                open.key = Some(None);
            }
            self.problem(kind, span);
        }
    }

    /// Keeps a key until its value comes, unless its mapping has it already.
    fn take_key(&mut self, key: String, span: &Range<usize>) -> Option<ProblemKind> {
        let open = self.open.last_mut()?;
        if !open.seen.insert(key.clone()) {
            return Some(ProblemKind::DuplicateKey(key));
        }
        open.key = Some(Some((key, span.clone())));
        None
    }

    fn text_at(&self, span: &Range<usize>) -> &'a str {
        self.text
            .get(span.start - self.offset..span.end - self.offset)
            .unwrap_or_default()
    }

    fn problem(&mut self, kind: ProblemKind, span: Range<usize>) {
        self.stopped |= kind.stops();
        self.problems.push(Problem { kind, span });
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let start = self.byte_of(error.marker());
        let span = self.offset + start..self.offset + start;
        self.problem(classify(error.info(), self.text, start), span);
    }

    /// Closes the root where the reading stopped inside it: what was complete is kept, the value in
    /// which it stopped is not.
    fn finish(mut self) -> (Option<Node>, Vec<Problem>) {
        self.open.truncate(1);
        if let Some(open) = self.open.pop() {
            self.root = Some(Node {
                value: open.value,
                span: open.start..open.end,
                lead: open.lead,
            });
        }
        (self.root, self.problems)
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte_of(&span.start);
        let end = self.byte_of(&span.end).max(start);
        self.offset + start..self.offset + end
    }

    /// Byte offset of a marker, which counts characters.
    fn byte_of(&self, marker: &Marker) -> usize {
        let Some(&base) = self.strides.get(marker.index() / STRIDE) else {
            return self.text.len();
        };
        let rest = self.text[base..].chars().take(marker.index() % STRIDE);
        base + rest.map(char::len_utf8).sum::<usize>()
    }
}

/// The kind of a syntax error, by the parser's words and the line that it stands in.
fn classify(info: &str, text: &str, at: usize) -> ProblemKind {
    let before = &text[..at];
    let line = text[before.rfind('\n').map_or(0, |start| start + 1)..]
        .lines()
        .next()
        .unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start().len()];
    if info.contains("tab") || indent.contains('\t') {
        ProblemKind::Tab
    } else if info.contains("quoted scalar") || info.contains("unexpected end of stream") {
        ProblemKind::Quote
    } else if ["flow", "bracket", "illegal placement", "node content"]
        .iter()
        .any(|word| info.contains(word))
    {
        ProblemKind::Bracket
    } else if info.contains("mapping values are not allowed") || info.contains("simple key") {
        ProblemKind::Colon
    } else if info.contains("indent") || info.contains("block mapping") || info.contains("block collection") {
        ProblemKind::Indent
    } else {
        ProblemKind::Syntax(info.to_string())
    }
}
