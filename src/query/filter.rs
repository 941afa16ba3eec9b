//! Filters: what they ask of a document, with the values of its columns that fit, and that as tantivy queries. A filter
//! that tests substrings looks through the values of its column.

mod loose;

use super::plan::{Piece, reading};
use super::strict::{all, any, piece, term};
use super::syntax::{Filter, Time};
use crate::index::Opened;
use crate::index::facet::Looks;
use crate::index::schema::{Fields, Within};
use crate::record::name;
use crate::text::normalize;
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{EmptyQuery, Query, RangeQuery};

/// What a filter asks of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// A field of whole values has one of these.
    Values(&'static str, Vec<String>),
    /// All of these stand in the title.
    Title(Vec<Piece>),
    /// The date lies in one of these.
    Times(Vec<Time>),
}

/// The field of numbers, and that of cited articles; a facet's is its column.
const NUMBER: &str = "number";
const LAWS: &str = "laws";

/// What filters ask for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Conditions {
    /// Of each of these groups one must hold.
    pub required: Vec<Vec<Condition>>,
    /// None of these may hold.
    pub excluded: Vec<Condition>,
}

/// What a column is asked: for those of its values for which the test holds.
pub(crate) type Columns<'a, E> = dyn Fn(&'static str, &dyn Fn(&str) -> bool) -> Result<Vec<String>, E> + 'a;

impl Conditions {
    /// Reads filters; several of one group mean or.
    ///
    /// # Errors
    /// Those of the columns.
    pub(crate) fn read<E>(filters: &[Filter], columns: &Columns<'_, E>) -> Result<Self, E> {
        let required = || filters.iter().filter(|filter| !filter.excluded);
        let groups: BTreeSet<usize> = required().map(|filter| filter.group).collect();
        let of_group = |group| conditions(required().filter(|filter| filter.group == group), columns);
        Ok(Self {
            required: groups.into_iter().map(of_group).collect::<Result<_, E>>()?,
            excluded: conditions(filters.iter().filter(|filter| filter.excluded), columns)?,
        })
    }
}

/// The filters that must hold, one query a group, and those of which none may hold.
pub(super) fn queries(filters: &[Filter], opened: &Opened) -> tantivy::Result<[Vec<Box<dyn Query>>; 2]> {
    let columns = |column: &'static str, holds: &dyn Fn(&str) -> bool| values(opened, column, holds);
    let conditions = Conditions::read(filters, &columns)?;
    let group = |conditions: &Vec<Condition>| {
        let all = conditions.iter().map(|condition| query(condition, opened));
        Ok(any(all.collect::<tantivy::Result<_>>()?))
    };
    let required = conditions.required.iter().map(group);
    let excluded = conditions.excluded.iter().map(|condition| query(condition, opened));
    Ok([
        required.collect::<tantivy::Result<_>>()?,
        excluded.collect::<tantivy::Result<_>>()?,
    ])
}

/// One condition a filter, but one for all numbers, so that thousands of them cost one look through the index.
fn conditions<'a, E>(filters: impl Iterator<Item = &'a Filter>, columns: &Columns<'_, E>) -> Result<Vec<Condition>, E> {
    let (numbers, others): (Vec<&Filter>, Vec<&Filter>) =
        filters.partition(|filter| matches!(filter.name.looks, Looks::Number));
    let mut all: Vec<_> = others
        .into_iter()
        .map(|filter| condition(filter, columns))
        .collect::<Result<_, E>>()?;
    if !numbers.is_empty() {
        let normal = numbers.iter().map(|filter| normalize(&filter.value).trim().to_owned());
        let numbers = loose::Numbers::read(normal);
        let found = columns(NUMBER, &|known| numbers.hold(known))?;
        all.push(Condition::Values(NUMBER, found));
    }
    Ok(all)
}

fn condition<E>(filter: &Filter, columns: &Columns<'_, E>) -> Result<Condition, E> {
    let value = filter.value.trim();
    let column = filter.name.column;
    let holding = |column, holds: &dyn Fn(&str) -> bool| Ok(Condition::Values(column, columns(column, holds)?));
    match filter.name.looks {
        // Without a piece that can be looked for no title holds it.
        Looks::Title => Ok(reading::pieces(&filter.value, filter.quoted)
            .map_or(Condition::Values(column, Vec::new()), Condition::Title)),
        Looks::Contains => {
            let bare = bare(value);
            holding(column, &|known| self::bare(known).contains(&bare))
        }
        Looks::Equals => {
            let normal = normalize(value).trim().to_owned();
            holding(column, &|known| normalize(known).trim() == normal)
        }
        Looks::Closed(vocabulary) => {
            let keys = vocabulary.keys(value).into_iter().map(ToString::to_string);
            Ok(Condition::Values(column, keys.collect()))
        }
        Looks::Number => Ok(Condition::Values(NUMBER, Vec::new())),
        Looks::Law => {
            let asked = loose::law(&normalize(value));
            holding(LAWS, &|known| asked.iter().any(|asked| asked.holds(known)))
        }
        Looks::Time => Ok(Condition::Times(filter.times.clone())),
    }
}

/// A name without blanks and without the dots between its parts, which people write in many ways: 买买提·艾力.
fn bare(name: &str) -> String {
    let is_sign = |letter: char| letter.is_whitespace() || name::is_dot(letter);
    normalize(name).replace(is_sign, "")
}

/// The values of a column for which the test holds.
fn values(opened: &Opened, column: &str, holds: &dyn Fn(&str) -> bool) -> tantivy::Result<Vec<String>> {
    let mut found = Vec::new();
    let Ok(field) = opened.index.schema().get_field(column) else {
        return Ok(found);
    };
    for reader in opened.searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if let Ok(value) = std::str::from_utf8(terms.key())
                && holds(value)
            {
                found.push(value.to_owned());
            }
        }
    }
    Ok(found)
}

fn query(condition: &Condition, opened: &Opened) -> tantivy::Result<Box<dyn Query>> {
    let fields = &opened.fields;
    Ok(match condition {
        Condition::Values(column, values) => match opened.index.schema().get_field(column) {
            Ok(field) => any(values.iter().map(|value| term(field, value)).collect()),
            Err(_) => Box::new(EmptyQuery),
        },
        Condition::Title(pieces) => {
            let within = Within {
                texts: &[fields.title],
                chars: fields.title_chars,
                parts: fields.title_parts,
            };
            let found = pieces.iter().map(|part| piece(part, &within, opened));
            all(found.collect::<tantivy::Result<_>>()?)
        }
        Condition::Times(times) => any(times.iter().map(|time| lies(time, fields)).collect()),
    })
}

/// The date lies in a time.
fn lies(time: &Time, fields: &Fields) -> Box<dyn Query> {
    let (field, range) = match time {
        Time::Years(years) => (fields.year, years),
        Time::Days(days) => (fields.date, days),
    };
    let bound = |value: i64| Bound::Included(Term::from_field_i64(field, value));
    Box::new(RangeQuery::new(bound(*range.start()), bound(*range.end())))
}
