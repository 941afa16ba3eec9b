//! Filters as tantivy queries. A filter that tests substrings looks through the values of its column.

mod loose;

use super::plan::reading;
use super::strict::{all, any, piece, term};
use super::syntax::{Filter, Time};
use crate::index::Opened;
use crate::index::facet::{Closed, Looks};
use crate::index::schema::{Fields, Within};
use crate::record::name;
use crate::text::normalize;
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{EmptyQuery, Query, RangeQuery};
use tantivy::schema::Field;

/// The filters that must hold, one query a group; several of one group mean or.
pub(super) fn required(filters: &[Filter], opened: &Opened) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let required = || filters.iter().filter(|filter| !filter.excluded);
    let groups: BTreeSet<usize> = required().map(|filter| filter.group).collect();
    let of_group = |group| {
        let same = required().filter(|filter| filter.group == group);
        Ok(any(queries(same, opened)?))
    };
    groups.into_iter().map(of_group).collect()
}

/// The filters of which none may hold.
pub(super) fn excluded(filters: &[Filter], opened: &Opened) -> tantivy::Result<Vec<Box<dyn Query>>> {
    queries(filters.iter().filter(|filter| filter.excluded), opened)
}

/// One query a filter, but one for all numbers, so that thousands of them cost one look through the index.
fn queries<'a>(filters: impl Iterator<Item = &'a Filter>, opened: &Opened) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let (numbers, others): (Vec<&Filter>, Vec<&Filter>) =
        filters.partition(|filter| matches!(filter.name.looks, Looks::Number));
    let mut all: Vec<_> = others
        .into_iter()
        .map(|filter| query(filter, opened))
        .collect::<tantivy::Result<_>>()?;
    if !numbers.is_empty() {
        let normal = numbers.iter().map(|filter| normalize(&filter.value).trim().to_owned());
        let numbers = loose::Numbers::read(normal);
        all.push(values(opened, Some(opened.fields.number), |known| numbers.hold(known))?);
    }
    Ok(all)
}

fn query(filter: &Filter, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let value = filter.value.trim();
    let normal = normalize(value).trim().to_owned();
    let fields = &opened.fields;
    let column = fields.facet(filter.name.column);
    match filter.name.looks {
        Looks::Title => title(filter, opened),
        Looks::Contains => {
            let bare = bare(value);
            values(opened, column, |known| self::bare(known).contains(&bare))
        }
        Looks::Equals => values(opened, column, |known| normalize(known).trim() == normal),
        Looks::Closed(vocabulary) => Ok(closed(column, vocabulary, value)),
        Looks::Number => queries(std::iter::once(filter), opened).map(any),
        Looks::Law => law(value, opened),
        Looks::Time => Ok(time(fields, filter)),
    }
}

/// A name without blanks and without the dots between its parts, which people write in many ways: 买买提·艾力.
fn bare(name: &str) -> String {
    let is_sign = |letter: char| letter.is_whitespace() || name::is_dot(letter);
    normalize(name).replace(is_sign, "")
}

/// Documents that hold a value for which the test holds.
fn values(opened: &Opened, field: Option<Field>, holds: impl Fn(&str) -> bool) -> tantivy::Result<Box<dyn Query>> {
    let Some(field) = field else {
        return Ok(Box::new(EmptyQuery));
    };
    let mut found = Vec::new();
    for reader in opened.searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if let Ok(value) = std::str::from_utf8(terms.key())
                && holds(value)
            {
                found.push(term(field, value));
            }
        }
    }
    Ok(any(found))
}

/// One of the values of a closed vocabulary, by their keys.
fn closed(column: Option<Field>, vocabulary: Closed, value: &str) -> Box<dyn Query> {
    let keys = vocabulary.keys(value).into_iter();
    any(keys.filter_map(|key| Some(term(column?, key))).collect())
}

/// The pieces of the value occur in the title.
fn title(filter: &Filter, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let fields = &opened.fields;
    let Some(pieces) = reading::pieces(&filter.value, filter.quoted) else {
        return Ok(Box::new(EmptyQuery));
    };
    let within = Within {
        texts: &[fields.title],
        chars: fields.title_chars,
        parts: fields.title_parts,
    };
    let found = pieces.iter().map(|part| piece(part, &within, opened));
    Ok(all(found.collect::<tantivy::Result<_>>()?))
}

/// A law with its article, an article of any law, or part of a law's name.
fn law(value: &str, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let asked = loose::law(&normalize(value));
    values(opened, Some(opened.fields.laws), |known| {
        asked.iter().any(|asked| match asked {
            loose::Law::Term(law) => known == law,
            loose::Law::Article(article) => known.ends_with(article),
            loose::Law::Part(part) => normalize(known).contains(part),
        })
    })
}

/// The date lies in one of the times.
fn time(fields: &Fields, filter: &Filter) -> Box<dyn Query> {
    let lies = |time: &Time| -> Box<dyn Query> {
        let (field, range) = match time {
            Time::Years(years) => (fields.year, years),
            Time::Days(days) => (fields.date, days),
        };
        let bound = |value: i64| Bound::Included(Term::from_field_i64(field, value));
        Box::new(RangeQuery::new(bound(*range.start()), bound(*range.end())))
    };
    any(filter.times.iter().map(lies).collect())
}
