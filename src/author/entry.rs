//! Where an entry goes in a front matter and how it is written there: in the style, the
//! indentation and the language of what stands around it.

use super::AuthorError;
use super::yaml_text::scalar;
use crate::corpus::Source;
use crate::diagnostic::Group;
use crate::record::fields::Reader;
use crate::record::keys::{self, Key};
use crate::record::{Record, Vocabulary, front};
use crate::yaml::{Entry, Node, Value};
use std::ops::Range;

/// A change of a text: what stands in the range gives way to the new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte range in the source's text.
    pub at: Range<usize>,
    /// The new text, with `\n` line ends.
    pub text: String,
}

impl Edit {
    fn insert(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }
}

/// A value in both languages; they differ for closed vocabularies alone.
pub struct Word {
    key: &'static str,
    english: String,
    chinese: String,
}

impl Word {
    /// A text that is the same in both.
    pub fn text(key: &'static str, text: &str) -> Self {
        Self {
            key,
            english: scalar(text),
            chinese: scalar(text),
        }
    }

    /// A date, which needs no quotes.
    pub fn day(key: &'static str, day: impl ToString) -> Self {
        Self {
            key,
            english: day.to_string(),
            chinese: day.to_string(),
        }
    }

    /// A value of a closed vocabulary.
    pub fn of(key: &'static str, value: impl Vocabulary) -> Self {
        let (english, chinese) = value.names();
        Self {
            key,
            english: english.to_owned(),
            chinese: scalar(chinese),
        }
    }
}

/// An entry: a mapping below a key of the front matter.
pub struct NewEntry {
    /// The English key that it stands below.
    pub key: &'static str,
    /// Whether that key holds a list of such entries.
    pub listed: bool,
    /// The keys of the entry.
    pub table: &'static [Key],
    /// Its values in their order.
    pub words: Vec<Word>,
}

impl NewEntry {
    /// The changes that put the entry into the front matter of a document.
    ///
    /// # Errors
    /// Where the front matter doesn't read, holds something that isn't a list where one must be, or
    /// has the entry already where there can be only one.
    pub fn edits(&self, source: &Source, record: &Record) -> Result<Vec<Edit>, AuthorError> {
        let reader = Reader::new(&source.file, &source.text, Group::Record);
        let front = front::parse(source, &reader);
        let unreadable = || AuthorError::Unreadable(source.file.clone());
        if front.broken {
            return Err(unreadable());
        }
        let Some(root) = front.node else {
            return match &source.front {
                Some(front) => Ok(vec![Edit::insert(front.end, self.block_below("", self.key, false))]),
                // Something like a front matter that was not taken for one: not ours to guess.
                None if source.text.starts_with("---") => Err(unreadable()),
                None => Ok(vec![Edit::insert(0, self.whole_front_matter(record))]),
            };
        };
        let place = Place {
            text: &source.text,
            front_end: source.front.as_ref().map_or(0, |front| front.end),
            root: &root,
        };
        let entries = root.entries().unwrap_or_default();
        let known = keys::of_kind(record.kind).iter().chain(keys::COMMON);
        let found = entries
            .iter()
            .find(|entry| keys::find(&entry.key, known.clone()) == Some(self.key));
        match found {
            None => Ok(self.with_key(&place, entries)),
            Some(entry) if entry.value.is_null() => self.below_empty_key(&place, entry),
            Some(entry) if self.listed => self.appended(&place, entry),
            Some(_) => Err(AuthorError::AlreadyThere(source.file.clone())),
        }
        .and_then(|edits| edits.ok_or_else(|| AuthorError::NotAList(source.file.clone(), self.key)))
    }
}

/// The change that gives a key of the front matter another value, or the key itself where it isn't there.
///
/// # Errors
/// Where the front matter doesn't read or there is none.
pub fn set(source: &Source, record: &Record, word: &Word) -> Result<Edit, AuthorError> {
    let reader = Reader::new(&source.file, &source.text, Group::Record);
    let parsed = front::parse(source, &reader);
    let unreadable = || AuthorError::Unreadable(source.file.clone());
    let root = parsed.node.filter(|_| !parsed.broken).ok_or_else(unreadable)?;
    let end = source.front.as_ref().map_or(0, |front| front.end);
    let place = Place {
        text: &source.text,
        front_end: end,
        root: &root,
    };
    let entries = root.entries().unwrap_or_default();
    let known = keys::of_kind(record.kind).iter().chain(keys::COMMON);
    let found = entries
        .iter()
        .find(|entry| keys::find(&entry.key, known.clone()) == Some(word.key));
    let written = |chinese: bool| if chinese { &word.chinese } else { &word.english };
    match found {
        Some(entry) if entry.value.is_null() && entry.value.span.is_empty() => Err(unreadable()),
        Some(entry) => {
            let old = &source.text[entry.value.span.clone()];
            Ok(Edit {
                at: entry.value.span.clone(),
                text: written(!old.is_ascii() || !entry.key.is_ascii()).clone(),
            })
        }
        None if place.starts_with(&root, '{') => Err(unreadable()),
        None => {
            let chinese = entries.first().is_some_and(|entry| !entry.key.is_ascii());
            let name = if chinese {
                keys::chinese_name(word.key)
            } else {
                word.key
            };
            Ok(Edit::insert(
                end,
                format!("{}{name}: {}\n", place.indent(), written(chinese)),
            ))
        }
    }
}

/// What the edits are made in.
struct Place<'a> {
    text: &'a str,
    front_end: usize,
    root: &'a Node,
}

impl<'a> Place<'a> {
    fn starts_with(&self, node: &Node, mark: char) -> bool {
        self.text[node.span.start..].starts_with(mark)
    }

    /// What stands before an offset in its line.
    fn before(&self, at: usize) -> &'a str {
        let start = self.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        &self.text[start..at]
    }

    /// The start of the next line.
    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.front_end, |feed| at + feed + 1)
    }

    /// The indentation of the keys of the front matter.
    fn indent(&self) -> &'a str {
        let first = self.root.entries().and_then(<[Entry]>::first);
        first.map_or("", |entry| self.before(entry.key_span.start))
    }
}

/// Edits, or `None` where the value is something that can't be added to without changing it.
type Edits = Result<Option<Vec<Edit>>, AuthorError>;

impl NewEntry {
    /// The key isn't there: it becomes the last one.
    fn with_key(&self, place: &Place, entries: &[Entry]) -> Option<Vec<Edit>> {
        let chinese = entries.first().is_some_and(|entry| !entry.key.is_ascii());
        if !place.starts_with(place.root, '{') {
            let text = self.block_below(place.indent(), self.name(chinese), chinese);
            return Some(vec![Edit::insert(place.front_end, text)]);
        }
        let value = self.inline(chinese);
        let value = if self.listed { format!("[{value}]") } else { value };
        let pair = format!("{}: {value}", self.name(chinese));
        Some(vec![match entries.last() {
            Some(last) => Edit::insert(last.value.span.end, format!(", {pair}")),
            None => Edit::insert(place.root.span.start + 1, pair),
        }])
    }

    /// The key is there without a value.
    fn below_empty_key(&self, place: &Place, entry: &Entry) -> Edits {
        if place.starts_with(place.root, '{') {
            return Ok(None);
        }
        let indent = place.indent();
        let mut edits = Vec::new();
        if !entry.value.span.is_empty() {
            // A null that is written out (`~`) can't stay beside a value.
            edits.push(Edit {
                at: entry.value.span.clone(),
                text: String::new(),
            });
        }
        let text = self.block_value(indent, !entry.key.is_ascii());
        edits.push(Edit::insert(
            place.next_line(entry.value.span.end.max(entry.key_span.end)),
            text,
        ));
        Ok(Some(edits))
    }

    /// The key has entries: this one comes after the last.
    fn appended(&self, place: &Place, entry: &Entry) -> Edits {
        let value = &entry.value;
        Ok(match &value.value {
            Value::Sequence(items) if place.starts_with(value, '[') => Some(self.in_flow(place, entry, items)),
            Value::Sequence(items) => self.in_block(place, entry, items),
            Value::Mapping(_) if place.starts_with(value, '{') => {
                let chinese = is_chinese(value, entry);
                Some(vec![
                    Edit::insert(value.span.start, "[".to_owned()),
                    Edit::insert(value.span.end, format!(", {}]", self.inline(chinese))),
                ])
            }
            _ => None,
        })
    }

    fn in_flow(&self, place: &Place, entry: &Entry, items: &[Node]) -> Vec<Edit> {
        let Some(last) = items.last() else {
            let text = self.inline(!entry.key.is_ascii());
            return vec![Edit::insert(entry.value.span.start + 1, text)];
        };
        // Where the last stands in a line of its own, so does the new one.
        let before = place.before(last.span.start);
        let parting = if before.trim().is_empty() {
            format!(",\n{before}")
        } else {
            ", ".to_owned()
        };
        let text = parting + &self.inline(is_chinese(last, entry));
        vec![Edit::insert(last.span.end, text)]
    }

    fn in_block(&self, place: &Place, entry: &Entry, items: &[Node]) -> Option<Vec<Edit>> {
        let last = items.last()?;
        let lead = place.text[..last.span.start].trim_end();
        let dash = lead.strip_suffix('-')?.len();
        let indent = place.before(dash);
        if !indent.chars().all(|character| character == ' ') {
            return None;
        }
        let gap = &place.text[dash + 1..last.span.start];
        let gap = if gap.contains('\n') { " " } else { gap };
        let chinese = is_chinese(last, entry);
        let text = if place.starts_with(last, '{') {
            format!("{indent}-{gap}{}\n", self.inline(chinese))
        } else {
            self.block(&format!("{indent}-{gap}"), &format!("{indent} {gap}"), chinese)
        };
        let end = place.text[..entry.value.span.end].trim_end().len();
        Some(vec![Edit::insert(place.next_line(end), text)])
    }

    fn name(&self, chinese: bool) -> &'static str {
        if chinese {
            keys::chinese_name(self.key)
        } else {
            self.key
        }
    }

    fn pairs(&self, chinese: bool) -> impl Iterator<Item = String> {
        self.words.iter().map(move |word| {
            let known = self.table.iter().find(|key| key.0 == word.key);
            match known {
                Some(key) if chinese => format!("{}: {}", key.1, word.chinese),
                _ => format!("{}: {}", word.key, word.english),
            }
        })
    }

    fn inline(&self, chinese: bool) -> String {
        format!("{{{}}}", self.pairs(chinese).collect::<Vec<_>>().join(", "))
    }

    /// A line for each value, the first after one lead, the others after another.
    fn block(&self, first: &str, others: &str, chinese: bool) -> String {
        let leads = std::iter::once(first).chain(std::iter::repeat(others));
        leads
            .zip(self.pairs(chinese))
            .map(|(lead, pair)| format!("{lead}{pair}\n"))
            .collect()
    }

    fn block_value(&self, indent: &str, chinese: bool) -> String {
        if self.listed {
            self.block(&format!("{indent}  - "), &format!("{indent}    "), chinese)
        } else {
            self.block(&format!("{indent}  "), &format!("{indent}  "), chinese)
        }
    }

    fn block_below(&self, indent: &str, key: &str, chinese: bool) -> String {
        format!("{indent}{key}:\n{}", self.block_value(indent, chinese))
    }

    /// A document without front matter gets one that says what was read from its text and name.
    fn whole_front_matter(&self, record: &Record) -> String {
        let date = record.date.map_or_else(String::new, |date| format!("date: {date}\n"));
        let (kind, title) = (record.kind.key(), scalar(&record.title));
        let entry = self.block_below("", self.key, false);
        format!("---\nkind: {kind}\ntitle: {title}\n{date}{entry}---\n\n")
    }
}

/// Whether entries are written with Chinese keys: as the one before, else as the key above.
fn is_chinese(like: &Node, above: &Entry) -> bool {
    let first = like.entries().and_then(<[Entry]>::first);
    !first.map_or(&above.key, |entry| &entry.key).is_ascii()
}
