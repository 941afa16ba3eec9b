//! Columns: for each document the values that it has, for counts, filters and orders.

use super::bytes::{push, push_bytes};
use super::pack::Packer;
use super::{Error, Result};
use crate::index::facet;
use std::collections::BTreeMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

/// Fields whose terms a filter looks into.
const TERMS: [&str; 2] = ["number", "laws"];

/// Columns of one number a document.
const NUMBERS: [&str; 2] = ["year", "date"];

/// The values of a column in their order, and for each document which of them it has.
struct Column {
    values: Vec<String>,
    ordinals: Vec<Vec<u32>>,
}

/// Hands out a file a column that has any value; gives their paths.
pub(crate) fn write(segment: &SegmentReader, packer: &mut Packer<'_>) -> Result<BTreeMap<&'static str, String>> {
    let mut paths = BTreeMap::new();
    for filter in facet::facets() {
        let column = facet(segment, filter.column)?;
        put(
            filter.column,
            &column,
            |value| filter.spellings(value),
            packer,
            &mut paths,
        )?;
    }
    for name in TERMS {
        put(name, &terms(segment, name)?, |value| vec![value], packer, &mut paths)?;
    }
    for name in NUMBERS {
        if let Some(column) = numbers(segment, name)? {
            paths.insert(name, packer.single(&[column])?);
        }
    }
    Ok(paths)
}

/// The values as JSON with its length before it, each with what else it answers to; then for each
/// document their count and ordinals.
fn put(
    name: &'static str,
    column: &Column,
    names: impl Fn(&str) -> Vec<&str>,
    packer: &mut Packer<'_>,
    paths: &mut BTreeMap<&'static str, String>,
) -> Result<()> {
    if column.values.is_empty() {
        return Ok(());
    }
    let values: Vec<Vec<&str>> = column.values.iter().map(|value| names(value)).collect();
    let json = serde_json::to_vec(&values).map_err(|error| Error::Shape(error.to_string()))?;
    let (mut head, mut rows) = (Vec::new(), Vec::new());
    push_bytes(&mut head, &json);
    for own in &column.ordinals {
        push(&mut rows, own.len() as u32);
        own.iter().for_each(|&ordinal| push(&mut rows, ordinal));
    }
    paths.insert(name, packer.single(&[head, rows])?);
    Ok(())
}

fn facet(segment: &SegmentReader, name: &str) -> Result<Column> {
    let mut column = Column {
        values: Vec::new(),
        ordinals: Vec::new(),
    };
    let Some(source) = segment.fast_fields().str(name)? else {
        return Ok(column);
    };
    for ordinal in 0..source.num_terms() as u64 {
        let mut value = String::new();
        source.ord_to_str(ordinal, &mut value)?;
        column.values.push(value);
    }
    let of = |doc| {
        source
            .ords()
            .values_for_doc(doc)
            .map(|ordinal| ordinal as u32)
            .collect()
    };
    column.ordinals = (0..segment.max_doc()).map(of).collect();
    Ok(column)
}

fn terms(segment: &SegmentReader, name: &str) -> Result<Column> {
    let mut column = Column {
        values: Vec::new(),
        ordinals: vec![Vec::new(); segment.max_doc() as usize],
    };
    let index = segment.inverted_index(segment.schema().get_field(name)?)?;
    let mut stream = index.terms().stream()?;
    while let Some((key, info)) = stream.next() {
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            column.ordinals[postings.doc() as usize].push(column.values.len() as u32);
            postings.advance();
        }
        column.values.push(String::from_utf8_lossy(key).into_owned());
    }
    Ok(column)
}

/// For each document its number, folded to be positive, plus one; 0 where it has none.
fn numbers(segment: &SegmentReader, name: &str) -> Result<Option<Vec<u8>>> {
    let Some(column) = segment.fast_fields().column_opt::<i64>(name)? else {
        return Ok(None);
    };
    let mut out = Vec::new();
    let mut any = false;
    for doc in 0..segment.max_doc() {
        let value = column.first(doc);
        any |= value.is_some();
        push(
            &mut out,
            value.map_or(0, |value| ((value << 1) ^ (value >> 63)) as u32 + 1),
        );
    }
    Ok(any.then_some(out))
}
