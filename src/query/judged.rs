//! A judged set: queries and which documents answer them, as two tab-separated files.

use std::collections::{BTreeMap, BTreeSet};

/// A query of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub id: String,
    /// The query as typed.
    pub query: String,
    /// The group that it is reported in; empty without one.
    pub group: String,
}

/// Grades by query id and document id; above 0 is relevant.
pub(crate) type Grades = BTreeMap<String, BTreeMap<String, u32>>;

/// Number of the first line, from 1, that is not of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadLine(pub usize);

/// Reads `qid<TAB>query`, perhaps with `<TAB>group`. Blank lines and a byte order mark are passed over.
///
/// # Errors
/// A line of other columns, one without an id or a query, or an id that was there before.
pub(crate) fn queries(text: &str) -> Result<Vec<Judged>, BadLine> {
    let mut known = BTreeSet::new();
    let mut out = Vec::new();
    for (number, columns) in rows(text) {
        let (id, query, group) = match columns.as_slice() {
            [id, query] => (*id, *query, ""),
            [id, query, group] => (*id, *query, *group),
            _ => return Err(BadLine(number)),
        };
        if id.is_empty() || query.is_empty() || !known.insert(id) {
            return Err(BadLine(number));
        }
        out.push(Judged {
            id: id.to_owned(),
            query: query.to_owned(),
            group: group.to_owned(),
        });
    }
    Ok(out)
}

/// Reads `qid<TAB>docid<TAB>grade`. Blank lines and a byte order mark are passed over.
///
/// # Errors
/// A line of other columns, a grade that is not a whole number from 0 on, or a document judged twice for a query.
pub(crate) fn grades(text: &str) -> Result<Grades, BadLine> {
    let mut out = Grades::new();
    for (number, columns) in rows(text) {
        let [query, document, grade] = columns.as_slice() else {
            return Err(BadLine(number));
        };
        let grade = grade.parse().map_err(|_| BadLine(number))?;
        let of_query = out.entry((*query).to_owned()).or_default();
        if of_query.insert((*document).to_owned(), grade).is_some() {
            return Err(BadLine(number));
        }
    }
    Ok(out)
}

/// Lines that aren't blank with their numbers, cut at tabs.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| (number, line.split('\t').map(str::trim).collect()))
}

#[cfg(test)]
mod tests;
