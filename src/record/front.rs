//! The front matter of a document as a tree, and where a key stands in it.

use crate::corpus::Source;
use crate::diagnostic::Severity;
use crate::record::fields::Reader;
use crate::record::inside::{Inside, Lines};
use crate::record::keys;
use crate::record::nearest::near;
use crate::yaml::{self, Node, Value};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// A front matter that was parsed.
pub(crate) struct Front {
    /// The mapping; `None` without a front matter, or with one that holds nothing usable.
    pub node: Option<Node>,
    /// Whether part of it could not be read, so that nothing may be concluded from what is missing.
    pub broken: bool,
}

/// Parses the front matter and tells what is wrong with it.
pub(crate) fn parse(source: &Source, reader: &Reader) -> Front {
    let Some(range) = source.front.clone() else {
        return Front {
            node: None,
            broken: false,
        };
    };
    let repaired = repair(&source.text[range.clone()]);
    let text = &repaired.text;
    for at in repaired.colons {
        let span = range.start + at..range.start + at + '：'.len_utf8();
        reader.tell(Severity::Warning, "full-width-colon", &span, &[]);
    }
    if let Some(&(at, letter)) = repaired.blanks.first() {
        let span = range.start + at..range.start + at + letter.len_utf8();
        let (name, count) = (format!("U+{:04X}", letter as u32), repaired.blanks.len().to_string());
        reader.tell(
            Severity::Warning,
            "odd-blank",
            &span,
            &[("found", &name), ("count", &count)],
        );
    }
    let (mut node, problems) = yaml::parse(text, range.start);
    if let Some(node) = &mut node {
        cut_long_lists(node, reader);
        tell_cut_values(node, None, source, range.end, reader);
    }
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

/// Entries of a list at most, more than any document has: there may be a page for each.
const MOST_ENTRIES: usize = 2_000;

/// Leaves out what goes over that.
fn cut_long_lists(node: &mut Node, reader: &Reader) {
    match &mut node.value {
        Value::Sequence(items) => {
            if let Some(first) = items.get(MOST_ENTRIES) {
                let (count, limit) = (items.len().to_string(), MOST_ENTRIES.to_string());
                let args = [("count", &*count), ("limit", &*limit)];
                reader.tell(Severity::Error, "list-too-long", &first.span, &args);
                items.truncate(MOST_ENTRIES);
            }
            items.iter_mut().for_each(|item| cut_long_lists(item, reader));
        }
        Value::Mapping(entries) => entries
            .iter_mut()
            .for_each(|entry| cut_long_lists(&mut entry.value, reader)),
        Value::Null | Value::Scalar { .. } => {}
    }
}

/// What follows a blank and `#` is not part of a value, which an author who writes 附件 #1 doesn't know. A remark after
/// a blank (`# 请核对`) is only said of where sentences stand.
fn tell_cut_values(node: &Node, key: Option<&str>, source: &Source, end: usize, reader: &Reader) {
    match &node.value {
        Value::Scalar { quoted: false, .. } => {
            tell_mark(node, source, reader);
            let Some((line, cut)) = comment_behind(node, source, end) else {
                return;
            };
            let written = source.text.get(node.span.clone()).unwrap_or_default();
            let remark = cut.starts_with([' ', '\t', '#']);
            let sentence = key.is_some_and(holds_sentence);
            if written.is_empty() || remark && (!sentence || cut.trim_start().starts_with("请核对")) {
                return;
            }
            let severity = if remark { Severity::Note } else { Severity::Warning };
            tell_cut(severity, node, written, line, reader);
        }
        // `title: #清朗行动` has no value at all.
        Value::Null if node.span.is_empty() => {
            tell_mark(node, source, reader);
            let title = key.is_some_and(|key| keys::may_mean(key, "title"));
            if let (Some(key), Some((line, cut))) = (key, comment_behind(node, source, end))
                && let said = if title { cut.trim_start() } else { cut }
                && said.starts_with(char::is_alphanumeric)
                && !said.starts_with('请')
            {
                tell_cut(Severity::Warning, node, &format!("{key}:"), line, reader);
            }
        }
        Value::Sequence(items) => items
            .iter()
            .for_each(|item| tell_cut_values(item, key, source, end, reader)),
        Value::Mapping(entries) => entries
            .iter()
            .for_each(|entry| tell_cut_values(&entry.value, Some(&entry.key), source, end, reader)),
        _ => {}
    }
}

/// Whether a key is that of the title or the summary, or a slip of it.
fn holds_sentence(key: &str) -> bool {
    const SENTENCES: [&str; 2] = ["title", "summary"];
    let meant = if keys::is_known_anywhere(key) {
        key
    } else {
        near(key, SENTENCES).unwrap_or(key)
    };
    SENTENCES.iter().any(|sentence| keys::may_mean(meant, sentence))
}

/// The rest of a value's line where a comment begins it, and that comment without its `#`. A sentence that goes on in
/// the next line, with a `#` before its first word, is cut, too.
fn comment_behind<'s>(node: &Node, source: &'s Source, end: usize) -> Option<(&'s str, &'s str)> {
    const BLANK: [char; 2] = [' ', '\t'];
    let rest = source.text.get(node.span.end..end)?;
    let line = rest.split('\n').next()?;
    if let Some(cut) = line.trim_start_matches(BLANK).strip_prefix('#') {
        return Some((line, cut));
    }
    let before = source.text[..node.span.start].rsplit('\n').next()?;
    let indent = before.len() - before.trim_start_matches([' ', '-']).len();
    // A value below its key goes on at its own indentation.
    let least = indent + usize::from(!before.trim().is_empty());
    let next = rest.get(line.len() + 1..)?.split('\n').next()?;
    let cut = next.trim_start_matches(BLANK).strip_prefix('#')?;
    let goes_on = line.trim().is_empty() && next.len() - cut.len() > least && cut.starts_with(char::is_alphanumeric);
    (goes_on && !node.span.is_empty()).then(|| (&rest[..line.len() + 1 + next.len()], cut))
}

fn tell_cut(severity: Severity, node: &Node, written: &str, line: &str, reader: &Reader) {
    let span = node.span.start..node.span.end + line.len();
    reader.tell(
        severity,
        "value-cut",
        &span,
        &[("value", written), ("cut", line.trim())],
    );
}

/// `title: &河道 治理` and `title: !重要 治理` lose a word that YAML takes for a mark: an anchor that nothing refers to,
/// a tag that isn't YAML's own.
fn tell_mark(node: &Node, source: &Source, reader: &Reader) {
    let marks = source.text.get(node.lead..node.span.start).unwrap_or_default();
    let front = source
        .front
        .clone()
        .and_then(|range| source.text.get(range))
        .unwrap_or_default();
    for mark in marks.split_whitespace() {
        let unused = mark
            .strip_prefix('&')
            .is_some_and(|name| !front.contains(&format!("*{name}")));
        if unused || mark.starts_with('!') && !mark.starts_with("!!") {
            reader.tell(
                Severity::Warning,
                "value-mark",
                &(node.lead..node.span.end),
                &[("mark", mark)],
            );
        }
    }
}

/// A front matter as YAML can read it: what was put in place has as many bytes as what stood there.
struct Repaired<'a> {
    text: Cow<'a, str>,
    /// Full-width colons after keys.
    colons: Vec<usize>,
    /// Blanks other than the plain one where YAML asks for that.
    blanks: Vec<(usize, char)>,
}

/// A front matter as YAML can read it, of as many bytes: every value stands where it stood.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    repair(text).text
}

/// `标题：一` is meant as `标题: 一`, a blank of another kind as a blank, and `{amount: 1,846,000}` as one number, whose
/// commas become `_` for the time being.
fn repair(text: &str) -> Repaired<'_> {
    let mut edits: Vec<(usize, char)> = Vec::new();
    let (mut colons, mut blanks, mut depth, mut start) = (Vec::new(), Vec::new(), 0usize, 0);
    let mut lines = Lines::default();
    for line in text.split_inclusive('\n') {
        let margin = line.len() - line.trim_start_matches(|letter| letter == ' ' || is_odd(letter)).len();
        let inside = lines.next(line, margin);
        if inside != Inside::Nothing {
            // Only where it begins the line is a blank of another kind meant as indentation.
            if inside == Inside::Lines && line.starts_with(is_odd) {
                let margins = line[..margin].char_indices().filter(|(_, letter)| is_odd(*letter));
                blanks.extend(margins.map(|(at, letter)| (start + at, letter)));
            }
            start += line.len();
            continue;
        }
        let (colon, odd) = of_key(line);
        colons.extend(colon.map(|at| start + at));
        blanks.extend(odd.into_iter().map(|(at, letter)| (start + at, letter)));
        edits.extend(separators(line, depth).map(|at| (start + at, ',')));
        depth = (depth + line.matches('{').count()).saturating_sub(line.matches('}').count());
        start += line.len();
    }
    edits.extend(colons.iter().map(|&at| (at, '：')));
    edits.extend(&blanks);
    if edits.is_empty() {
        return Repaired {
            text: Cow::Borrowed(text),
            colons,
            blanks,
        };
    }
    let mut repaired = text.to_string();
    for (at, letter) in edits {
        let new = match letter {
            ',' => "_",
            '：' => ":  ",
            _ => &"    "[..letter.len_utf8()],
        };
        repaired.replace_range(at..at + letter.len_utf8(), new);
    }
    Repaired {
        text: Cow::Owned(repaired),
        colons,
        blanks,
    }
}

/// The full-width colon of a line's key, and the blanks of other kinds around the key or before an item.
fn of_key(line: &str) -> (Option<usize>, Vec<(usize, char)>) {
    let margins = || line.char_indices().take_while(|(_, letter)| is_margin(*letter));
    let Some(colon) = line.find(['：', ':']) else {
        let is_item = line.trim_start_matches(is_odd).starts_with('-');
        let odd = margins().filter(|(_, letter)| is_item && is_odd(*letter));
        return (None, odd.collect());
    };
    let key = line[..colon].trim_start_matches(is_margin).trim();
    if !keys::is_known_anywhere(key) {
        return (None, Vec::new());
    }
    let wide = line[colon..].starts_with('：').then_some(colon);
    let after = line[colon..]
        .char_indices()
        .skip(1)
        .take_while(|(_, letter)| letter.is_whitespace() && !matches!(letter, '\n' | '\r'))
        // A tab there is YAML, but not to every reader of it.
        .filter(|(_, letter)| is_odd(*letter) || *letter == '\t')
        .map(|(at, letter)| (colon + at, letter));
    let before = line[..colon].char_indices().filter(|(_, letter)| is_odd(*letter));
    (wide, before.chain(after).collect())
}

/// What may stand before a key: blanks of any kind and the mark of a list.
fn is_margin(letter: char) -> bool {
    letter == '-' || letter == '{' || letter == ' ' || is_odd(letter)
}

/// A blank, or something that nobody sees, that YAML takes for text.
fn is_odd(letter: char) -> bool {
    let blank = letter.is_whitespace() && !matches!(letter, ' ' | '\t' | '\n' | '\r');
    blank || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Bytes of a key whose value is a figure, at most.
const LONGEST_KEY: usize = 64;

/// The commas that part the thousands of a figure between braces, where YAML takes them for the end of the value.
fn separators(line: &str, depth: usize) -> impl Iterator<Item = usize> {
    let mut found = Vec::new();
    let open = if depth > 0 { Some(0) } else { line.find('{') };
    // Where the key begins: behind the last sign that separates it from what stands before.
    let (mut start, mut read) = (0, 0);
    for (colon, _) in line.match_indices(':') {
        let separator = line[read..colon].rfind(['{', ',', ' ']);
        start = separator.map_or(start, |at| read + at + 1);
        read = colon;
        let key = &line[start..colon];
        let inside = open.is_some_and(|open| open < colon || depth > 0);
        if !inside || key.len() > LONGEST_KEY || keys::find(key, keys::BENEFITS.iter()).is_none() {
            continue;
        }
        let value = colon + 1 + line[colon + 1..].len() - line[colon + 1..].trim_start().len();
        let bytes = line.as_bytes();
        let digits = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut at = value + digits(value);
        while at > value && bytes.get(at) == Some(&b',') && digits(at + 1) == 3 {
            found.push(at);
            at += 4;
        }
    }
    found.into_iter()
}

/// Where the values of a front matter stand. Parses it again when first asked: it is for
/// diagnostics, which are few.
pub(crate) struct Places<'a> {
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
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            tree: OnceCell::new(),
        }
    }

    fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| tree(self.source))
    }

    /// Whether there is a front matter that was read to its end: only then is something missing in it.
    pub(crate) fn are_whole(&self) -> bool {
        let Tree { root, broken } = self.tree();
        let is_mapping = |node: &Node| matches!(node.value, Value::Mapping(_));
        !broken && root.as_ref().is_some_and(is_mapping)
    }

    /// Whether a key stands at the top, with a value or without.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        let entries = self.tree().root.as_ref().and_then(Node::entries).unwrap_or_default();
        entries.iter().any(|entry| keys::may_mean(&entry.key, key))
    }

    /// Byte range of the value at a path of English keys and, in lists, of numbers from 0.
    pub(crate) fn find(&self, path: &[&str]) -> Option<Range<usize>> {
        let root = self.tree().root.as_ref()?;
        let node = path.iter().try_fold(root, |node, step| child(node, step))?;
        Some(node.span.clone())
    }

    /// Byte range of a word below a key: of a value that says that word alone, or within a text that lists several.
    pub(crate) fn find_word(&self, key: &str, word: &str) -> Option<Range<usize>> {
        let node = child(self.tree().root.as_ref()?, key)?;
        let values = node.items().unwrap_or(std::slice::from_ref(node));
        let alone = |value: &&Node| value.text().is_some_and(|text| text.trim() == word);
        if let Some(value) = values.iter().find(alone) {
            return Some(value.span.clone());
        }
        values.iter().find_map(|value| {
            let text = self.source.text.get(value.span.clone())?;
            let mut places = text.match_indices(word).map(|(at, _)| at..at + word.len());
            let place = places.find(|place| is_whole(text, place))?;
            Some(value.span.start + place.start..value.span.start + place.end)
        })
    }

    /// The value at a path, or what is nearest above it but the root.
    pub(crate) fn find_nearest(&self, path: &[&str]) -> Option<Range<usize>> {
        (1..=path.len()).rev().find_map(|length| self.find(&path[..length]))
    }
}

/// Whether a place of a text holds one of the words that it lists, and not a part of one.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let parts = |letter: char| letter.is_whitespace() || "、，,；;'\"[]［］【】".contains(letter);
    text[..place.start].chars().next_back().is_none_or(parts) && text[place.end..].chars().next().is_none_or(parts)
}

fn tree(source: &Source) -> Tree {
    let Some(range) = source.front.clone() else {
        return Tree {
            root: None,
            broken: false,
        };
    };
    let repaired = repair(&source.text[range.clone()]);
    let (root, problems) = yaml::parse(&repaired.text, range.start);
    let broken = problems.iter().any(|problem| problem.kind.stops());
    Tree { root, broken }
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
