//! The query language: from what was typed to words, exclusions and filters.
//!
//! Nothing that a person types is an error: what can't be taken as an operator is taken literally, and
//! a [`Note`] says so.

use super::answer::Note;
use super::plan::citing::NUMERALS;
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
    /// The times, for a filter that looks at them; one of them must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Time>,
    /// Filters of one number are alternatives: those of one name, and those joined by OR.
    pub group: usize,
    /// Whether it drops the documents that it holds for.
    pub excluded: bool,
}

/// A time that a filter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// From the first to the last, both included.
    Years(RangeInclusive<i64>),
    /// Whole months, as days since 1970-01-01.
    Days(RangeInclusive<i64>),
}

/// What a word that is a time counted from the reference day is read as: 2025年 for 去年.
pub(super) fn relative_time(word: &str, year: Option<i64>) -> Option<String> {
    time::read_as(word, year).filter(|_| !time::read(word, year).is_empty())
}

/// Reads a query. `year` is that of the reference day, from which 去年 and 近三年 count.
pub fn parse(query: &str, year: Option<i64>) -> Parsed {
    let mut reader = Reader {
        rest: query,
        year,
        notes: Vec::new(),
    };
    let mut items = Vec::new();
    while let Some(item) = reader.next_item() {
        // A filter without a value is none.
        if !matches!(item, Item::Nothing) {
            items.push(item);
        }
    }
    repeat_times(&mut items, year);
    assemble(join_spans(items), reader.notes)
}

/// Makes filters of the times that OR joins to a filter: 年份:2020 或 2021.
fn repeat_times(items: &mut [Item], year: Option<i64>) {
    for at in 2..items.len() {
        let [Item::Filter(before), Item::Or(_), Item::Word(word)] = &items[at - 2..=at] else {
            continue;
        };
        let times = if before.times.is_empty() || before.excluded || word.quoted {
            Vec::new()
        } else {
            time::read(&word.text, year)
        };
        if !times.is_empty() {
            let value = word.text.clone();
            items[at] = Item::Filter(Filter {
                value,
                times,
                ..before.clone()
            });
        }
    }
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
    /// A filter without a value.
    Nothing,
}

struct Reader<'a> {
    rest: &'a str,
    /// The year of the reference day.
    year: Option<i64>,
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
        Some(if is_or(&text) {
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
        let (typed_name, value) = word.split_once([':', '：'])?;
        let Some(name) = facet::of_name(&normalize(typed_name)) else {
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
        let notes_before = self.notes.len();
        self.rest = &self.rest[word.len() - value.len()..];
        let (value, quoted) = self.value(name);
        let timed = matches!(name.looks, Looks::Time);
        let times = if timed {
            time::read(&value, self.year)
        } else {
            Vec::new()
        };
        let empty = units(&normalize(&value)).next().is_none();
        let unknown = matches!(name.looks, Looks::Closed(vocabulary) if vocabulary.keys(&value).is_empty());
        if empty || unknown || timed && times.is_empty() {
            self.notes.truncate(notes_before);
            if empty || unknown {
                self.note("query.bad-filter", &whole[..whole.len() - self.rest.len()]);
                return Some(Item::Nothing);
            }
            self.note("query.bad-filter", word);
            self.rest = whole;
            return None;
        }
        if let Some(read_as) = time::read_as(&value, self.year).filter(|_| timed) {
            self.note("query.relative-year", &format!("{value} = {read_as}"));
        }
        Some(Item::Filter(Filter {
            name,
            value,
            quoted,
            times,
            group: 0,
            excluded: false,
        }))
    }

    /// The value of a filter, and whether it is quoted. One that blanks stand before is the next word; of numbers, laws and
    /// times one may go on behind blanks (第 264 条).
    fn value(&mut self, name: &'static facet::Filter) -> (String, bool) {
        if let Some(value) = self.quote() {
            return (value, true);
        }
        let mut value = self.word();
        if value.is_empty() && self.goes_on_with_value(name) {
            self.rest = self.rest.trim_start();
            if let Some(value) = self.quote() {
                return (value, true);
            }
            value = self.word();
        }
        loop {
            let next = self.next_word();
            if value.is_empty() || next.is_empty() || !goes_on(name, &value, next, self.year) {
                return (value, false);
            }
            value = format!("{value} {next}");
            self.rest = self.rest.trim_start();
            self.word();
        }
    }

    /// The rest up to the next white space.
    fn word(&mut self) -> String {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }

    /// The word behind the blanks that come next.
    fn next_word(&self) -> &str {
        self.rest.split_whitespace().next().unwrap_or_default()
    }

    /// Whether what stands behind the blanks is a value: neither an operator nor another filter, and a time where one is
    /// looked for.
    fn goes_on_with_value(&self, name: &facet::Filter) -> bool {
        let next = self.next_word();
        let word = !next.starts_with(['-', '－']) && !next.contains([':', '：']) && !is_or(next);
        let bare = next.trim_matches(['"', '“', '”', '「', '」']);
        word && (!matches!(name.looks, Looks::Time) || !time::read(bare, self.year).is_empty())
    }
}

fn is_or(word: &str) -> bool {
    matches!(word, "OR" | "ＯＲ" | "或")
}

/// Whether the word behind a value belongs to it: 〔2020〕 4 号, 第 264 条, 2024年 3月.
fn goes_on(name: &facet::Filter, value: &str, word: &str, year: Option<i64>) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let (value, word) = (normalize(value), normalize(word));
    let (Some(last), Some(first)) = (value.chars().next_back(), word.chars().next()) else {
        return false;
    };
    match name.looks {
        Looks::Number => {
            "第〕])】".contains(last) && (is_number(first) || first == '第')
                || is_number(last) && "号號".contains(first)
                || "〔[(【".contains(first)
        }
        Looks::Law => {
            last == '第' && is_number(first)
                || is_number(last) && "条條".contains(first)
                || "条條".contains(last) && first == '之'
        }
        Looks::Time => {
            ("年至到~-—–".contains(last) || "年月至到~-—–".contains(first))
                && !time::read(&format!("{value}{word}"), year).is_empty()
        }
        _ => false,
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
            Item::Nothing => {}
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
        if let Some(group) = self.joined {
            group
        } else {
            let group = self.next();
            self.joined = Some(group);
            group
        }
    }
}

#[cfg(test)]
mod tests;
