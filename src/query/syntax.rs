//! The query language: from what was typed to words, exclusions and filters.
//!
//! Nothing that a person types is an error: what can't be taken as an operator is taken literally, and
//! a [`Note`] says so.

use super::answer::Note;
use crate::index::analyzer::{articles, units};
use crate::index::facet::{self, Looks};
use crate::text::normalize;
use serde::Serialize;
use std::ops::RangeInclusive;

mod time;

/// A query as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// All of these must match; each is one word, or several joined by OR.
    pub clauses: Vec<Vec<Word>>,
    /// None of these may match.
    pub excluded: Vec<Word>,
    /// Filters, in the order typed.
    pub filters: Vec<Filter>,
    /// What was taken literally.
    pub notes: Vec<Note>,
}

/// A word or an exact phrase, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The text without quotes and operators.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// A filter as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// What it looks at.
    pub name: &'static facet::Filter,
    /// The value as typed.
    pub value: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// The time, for a filter that looks at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Filters of one number are alternatives: those of one name, and those joined by OR.
    pub group: usize,
    /// Whether it drops the documents that it holds for.
    pub excluded: bool,
}

/// A time that a filter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// Years.
    Years(RangeInclusive<i64>),
    /// Whole months, as days since 1970-01-01.
    Days(RangeInclusive<i64>),
}

/// Reads a query.
pub fn parse(query: &str) -> Parsed {
    let mut reader = Reader {
        rest: query,
        notes: Vec::new(),
    };
    let mut items = Vec::new();
    while let Some(item) = reader.next_item() {
        items.push(item);
    }
    assemble(join_spans(items), reader.notes)
}

/// Makes one word of the plain words that an article span runs through: 第 264 条 is one thing.
fn join_spans(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut run: Vec<String> = Vec::new();
    for item in items {
        match item {
            Item::Word(Word { text, quoted: false }) => run.push(text),
            other => {
                out.extend(join_run(std::mem::take(&mut run)));
                out.push(other);
            }
        }
    }
    out.extend(join_run(run));
    out
}

/// Joins the words of a run of plain words between which some article span runs on.
fn join_run(words: Vec<String>) -> impl Iterator<Item = Item> {
    let mut normal = String::new();
    let mut ends = Vec::with_capacity(words.len());
    for word in &words {
        normal.push_str(&normalize(word));
        ends.push(normal.len());
        normal.push(' ');
    }
    let spans = articles(&normal);
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut runs_on = false;
    for (word, end) in words.into_iter().zip(ends) {
        match joined.last_mut().filter(|_| runs_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(&word);
            }
            None => joined.push(word),
        }
        runs_on = spans.iter().any(|span| span.start < end && end < span.end);
    }
    joined.into_iter().map(|text| Item::Word(Word { text, quoted: false }))
}

/// What a query is a row of.
#[derive(Debug)]
enum Item {
    Word(Word),
    Excluded(Word),
    Filter(Filter),
    /// `OR` or `或` as a word of its own, as typed.
    Or(String),
}

struct Reader<'a> {
    rest: &'a str,
    notes: Vec<Note>,
}

impl Reader<'_> {
    fn note(&mut self, code: &'static str, about: &str) {
        self.notes.push(Note {
            code,
            about: about.to_owned(),
        });
    }

    fn next_item(&mut self) -> Option<Item> {
        self.rest = self.rest.trim_start();
        let after_sign = self.rest.strip_prefix(['-', '－']);
        if let Some(after) = after_sign.filter(|after| after.starts_with(|c: char| !c.is_whitespace())) {
            self.rest = after;
            return Some(match self.operand()? {
                Item::Filter(filter) => Item::Filter(Filter {
                    excluded: true,
                    ..filter
                }),
                Item::Word(word) => Item::Excluded(word),
                Item::Or(text) => Item::Excluded(Word { text, quoted: false }),
                excluded => excluded,
            });
        }
        self.operand()
    }

    /// A word, a quote, a filter or a joining word.
    fn operand(&mut self) -> Option<Item> {
        if let Some(text) = self.quote() {
            return Some(Item::Word(Word { text, quoted: true }));
        }
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let text = &self.rest[..end];
        if let Some(item) = self.filter(text) {
            return Some(item);
        }
        let text = text.to_owned();
        self.rest = &self.rest[end..];
        Some(if matches!(text.as_str(), "OR" | "或") {
            Item::Or(text)
        } else {
            Item::Word(Word { text, quoted: false })
        })
    }

    /// The text of a quote that begins here. An opening mark without its closing one is dropped.
    fn quote(&mut self) -> Option<String> {
        let mut chars = self.rest.chars();
        let close = match chars.next()? {
            '"' => '"',
            '“' => '”',
            '「' => '」',
            _ => return None,
        };
        let after = chars.as_str();
        let Some(end) = after.find(close) else {
            self.note("query.unclosed-quote", self.rest);
            self.rest = after;
            return self.quote();
        };
        let text = after[..end].to_owned();
        self.rest = &after[end + close.len_utf8()..];
        Some(text)
    }

    /// The filter that a word is, with its value taken off the rest.
    fn filter(&mut self, word: &str) -> Option<Item> {
        let (typed_name, _) = word.split_once([':', '：'])?;
        let Some(name) = facet::of_name(typed_name) else {
            if !typed_name.is_empty()
                && typed_name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            {
                self.note("query.unknown-filter", typed_name);
            }
            return None;
        };
        let whole = self.rest;
        let colon = typed_name.len() + self.rest[typed_name.len()..].chars().next().map_or(0, char::len_utf8);
        self.rest = &self.rest[colon..];
        let notes_before = self.notes.len();
        let quote = self.quote();
        let quoted = quote.is_some();
        let value = quote.unwrap_or_else(|| {
            let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
            let value = self.rest[..end].to_owned();
            self.rest = &self.rest[end..];
            value
        });
        let timed = matches!(name.looks, Looks::Time);
        let time = timed.then(|| time::read(value.trim())).flatten();
        if units(&normalize(&value)).next().is_none() || timed && time.is_none() {
            self.notes.truncate(notes_before);
            self.note("query.bad-filter", word);
            self.rest = whole;
            return None;
        }
        Some(Item::Filter(Filter {
            name,
            value,
            quoted,
            time,
            group: 0,
            excluded: false,
        }))
    }
}

/// Joins words and filters by OR and sorts the rest.
fn assemble(items: Vec<Item>, notes: Vec<Note>) -> Parsed {
    let mut parsed = Parsed {
        notes,
        ..Parsed::default()
    };
    let mut groups = Groups::default();
    let mut items = items.into_iter().peekable();
    // What the last item was, so that OR may follow it.
    let mut last = Last::Other;
    while let Some(item) = items.next() {
        let joined = match (&item, items.peek()) {
            (Item::Or(_), Some(Item::Word(_))) => last == Last::Word,
            (Item::Or(_), Some(Item::Filter(filter))) => last == Last::Filter && !filter.excluded,
            _ => false,
        };
        match item {
            Item::Or(_) if joined => match items.next() {
                Some(Item::Word(word)) => parsed
                    .clauses
                    .last_mut()
                    .into_iter()
                    .for_each(|clause| clause.push(word.clone())),
                Some(Item::Filter(filter)) => {
                    let group = groups.join();
                    parsed
                        .filters
                        .iter_mut()
                        .rev()
                        .take(1)
                        .for_each(|before| before.group = group);
                    parsed.filters.push(Filter { group, ..filter });
                }
                _ => {}
            },
            Item::Or(text) => parsed.notes.push(Note {
                code: "query.dangling-operator",
                about: text,
            }),
            Item::Word(word) => {
                parsed.clauses.push(vec![word]);
                last = Last::Word;
            }
            Item::Excluded(word) => {
                parsed.excluded.push(word);
                last = Last::Other;
            }
            Item::Filter(filter) => {
                last = if filter.excluded { Last::Other } else { Last::Filter };
                let group = groups.of(filter.name);
                parsed.filters.push(Filter { group, ..filter });
            }
        }
    }
    parsed
}

/// What an item was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Word,
    Filter,
    Other,
}

/// Numbers of groups of filters.
#[derive(Debug, Default)]
struct Groups {
    used: usize,
    by_name: Vec<(&'static facet::Filter, usize)>,
    /// The group that OR goes on with, while it goes on.
    joined: Option<usize>,
}

impl Groups {
    fn next(&mut self) -> usize {
        self.used += 1;
        self.used
    }

    /// The group of a filter that no OR stands before.
    fn of(&mut self, name: &'static facet::Filter) -> usize {
        self.joined = None;
        if let Some(&(_, group)) = self.by_name.iter().find(|(known, _)| *known == name) {
            return group;
        }
        let group = self.next();
        self.by_name.push((name, group));
        group
    }

    /// The group of a filter that OR joins to the one before.
    fn join(&mut self) -> usize {
        match self.joined {
            Some(group) => group,
            None => {
                let group = self.next();
                self.joined = Some(group);
                group
            }
        }
    }
}

#[cfg(test)]
mod tests;
