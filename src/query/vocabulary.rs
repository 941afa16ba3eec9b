//! The values that a search box suggests: tags, causes, laws, numbers, authors, units, departments, titles.

use super::search::read;
use crate::audience::Audience;
use crate::index::Opened;
use crate::index::document::Meta;
use serde::Serialize;
use std::cmp::Reverse;
use tantivy::{DocAddress, SegmentReader, TantivyDocument};

/// The classes of values in the order of their lists, with the most characters that a list may hold: so that
/// the file of all is bounded, however large the corpus.
pub(crate) const CLASSES: [(&str, usize); 8] = [
    ("tag", 3_000),
    ("cause", 2_000),
    ("law", 3_000),
    ("number", 3_000),
    ("author", 2_000),
    ("unit", 2_000),
    ("department", 2_000),
    ("title", 10_000),
];

/// Characters that a value takes besides its own, with its count.
pub(crate) const AROUND: usize = 6;
/// Longer values are no suggestion.
const LONGEST: usize = 80;

/// A value with the number of documents that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry(pub String, pub u32);

/// The most frequent values of each class; of titles the newest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    /// The lists, in the order of the classes.
    pub classes: [Vec<Entry>; CLASSES.len()],
}

impl Vocabulary {
    /// Reads it from an index. Persons only from one for the internal audience, as on the lists.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn read(opened: &Opened) -> tantivy::Result<Self> {
        let mut vocabulary = Self::default();
        let internal = opened.settings.audience == Audience::Internal.key();
        for segment in opened.searcher.segment_readers() {
            for ((name, room), list) in CLASSES.into_iter().zip(&mut vocabulary.classes) {
                let values = match name {
                    "title" => titles(opened, segment, room)?,
                    "law" => terms(segment, "laws")?,
                    "number" => terms(segment, "number")?,
                    "author" if !internal => Vec::new(),
                    _ => facet(segment, name)?,
                };
                *list = of_class(name, values, room);
            }
        }
        Ok(vocabulary)
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().flatten().map(|entry| entry.0.as_str())
    }
}

/// The list of a class, from its values as the index has them: as people write them, those that have room.
pub(crate) fn of_class(name: &str, values: Vec<Entry>, room: usize) -> Vec<Entry> {
    let shown: fn(&str) -> String = match name {
        "law" => law,
        "number" => number,
        _ => return fitting(values, room),
    };
    let shown = values
        .into_iter()
        .map(|Entry(value, count)| Entry(shown(&value), count));
    fitting(ordered(shown.collect()), room)
}

/// The first values that have room, without the long ones.
fn fitting(values: Vec<Entry>, mut room: usize) -> Vec<Entry> {
    let mut out = Vec::new();
    for entry in values {
        let length = entry.0.chars().count();
        if length == 0 || length > LONGEST {
            continue;
        }
        let Some(left) = room.checked_sub(length + AROUND) else {
            break;
        };
        room = left;
        out.push(entry);
    }
    out
}

/// Titles of the newest documents, as many as could have room.
fn titles(opened: &Opened, segment: &SegmentReader, room: usize) -> tantivy::Result<Vec<Entry>> {
    let dates = segment.fast_fields().column_opt::<i64>("date")?;
    let date = |doc: u32| dates.as_ref().and_then(|dates| dates.first(doc));
    let mut docs: Vec<u32> = (0..segment.max_doc()).collect();
    docs.sort_by_key(|&doc| (Reverse(date(doc)), doc));
    docs.truncate(room / AROUND);
    let title = |doc| {
        let stored: TantivyDocument = opened.searcher.doc(DocAddress::new(0, doc))?;
        Ok(read::<Meta>(&stored, opened.fields.meta).title)
    };
    // No more titles are read than have room.
    let mut failed = None;
    let titles = docs
        .into_iter()
        .map_while(|doc| title(doc).map_err(|error| failed = Some(error)).ok());
    let out = titles_of(titles, room);
    failed.map_or(Ok(out), Err)
}

/// Titles in their order, each once, as many as could have room.
pub(crate) fn titles_of(titles: impl Iterator<Item = String>, room: usize) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut used = 0;
    for title in titles {
        used += title.chars().count();
        if !out.iter().any(|known| known.0 == title) {
            out.push(Entry(title, 1));
        }
        if used > room {
            break;
        }
    }
    out
}

/// The values of a facet, the most frequent first.
fn facet(segment: &SegmentReader, name: &str) -> tantivy::Result<Vec<Entry>> {
    let Some(column) = segment.fast_fields().str(name)? else {
        return Ok(Vec::new());
    };
    let mut counts = vec![0u32; column.num_terms()];
    for doc in 0..segment.max_doc() {
        let ordinals = column.ords().values_for_doc(doc);
        ordinals.for_each(|ordinal| counts[ordinal as usize] += 1);
    }
    let mut out = Vec::new();
    for (ordinal, count) in counts.into_iter().enumerate() {
        let mut value = String::new();
        column.ord_to_str(ordinal as u64, &mut value)?;
        out.push(Entry(value, count));
    }
    Ok(ordered(out))
}

/// The terms of a field, the most frequent first.
fn terms(segment: &SegmentReader, name: &str) -> tantivy::Result<Vec<Entry>> {
    let index = segment.inverted_index(segment.schema().get_field(name)?)?;
    let mut stream = index.terms().stream()?;
    let mut out = Vec::new();
    while let Some((key, info)) = stream.next() {
        out.push(Entry(String::from_utf8_lossy(key).into_owned(), info.doc_freq));
    }
    Ok(ordered(out))
}

fn ordered(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    entries
}

/// A term of `laws` as people write it: `刑法#120条-1` as 刑法第120条之一.
pub fn law(term: &str) -> String {
    let Some((law, article)) = term.split_once('#') else {
        return term.to_owned();
    };
    let Some((article, of)) = article.split_once('-') else {
        return format!("{law}第{article}");
    };
    let numeral = of
        .parse::<usize>()
        .ok()
        .and_then(|of| "一二三四五六七八九十".chars().nth(of.checked_sub(1)?));
    match numeral {
        Some(numeral) => format!("{law}第{article}之{numeral}"),
        None => format!("{law}第{article}之{of}"),
    }
}

/// `高检建2020-4号` as 高检建〔2020〕4号, `检例142号` as 检例第142号; others as they stand.
fn number(term: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = term.strip_prefix("检例") {
        return format!("检例第{rest}");
    }
    let parts = term.rsplit_once('-').and_then(|(before, rest)| {
        let (letters, year) = before.split_at_checked(before.len().checked_sub(4)?)?;
        digits(year).then_some((letters, year, rest))
    });
    match parts {
        Some((letters, year, rest)) => format!("{letters}〔{year}〕{rest}"),
        None => term.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::number::canonical;

    #[test]
    fn terms_are_shown_as_people_write_them_and_read_back() {
        for (term, shown) in [
            ("检例142号", "检例第142号"),
            ("高检建2020-4号", "高检建〔2020〕4号"),
            ("(2022)澄0123刑初45号", "(2022)澄0123刑初45号"),
            ("2020-4号", "〔2020〕4号"),
        ] {
            assert_eq!(number(term), shown);
            assert_eq!(canonical(shown).as_deref(), Some(term));
        }
        assert_eq!(law("刑法#264条"), "刑法第264条");
        assert_eq!(law("刑法#120条-1"), "刑法第120条之一");
        assert_eq!(law("刑法#120条-12"), "刑法第120条之12");
        assert_eq!(law("刑法#120条-0"), "刑法第120条之0");
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let entry = |text: &str| Entry(text.to_owned(), 1);
        let long = "长".repeat(LONGEST + 1);
        let values = vec![entry("文身"), entry(&long), entry("快递物流"), entry("地名")];
        assert_eq!(fitting(values.clone(), 100).len(), 3);
        assert_eq!(fitting(values, 2 + AROUND), [entry("文身")]);
    }
}
