//! Facet columns: for each document the values that it has.

use super::bytes::{push, push_bytes};
use super::pack::Packer;
use super::{Error, Result};
use std::collections::BTreeMap;
use tantivy::SegmentReader;

/// Columns of texts.
const TEXTS: [&str; 12] = [
    "kind", "unit", "department", "author", "line", "tag", "cause", "level", "form", "rank", "case_level", "state",
];

/// Columns of one number a document.
const NUMBERS: [&str; 2] = ["year", "date"];

/// Hands out a file a column that has any value; gives their paths.
pub(crate) fn write(segment: &SegmentReader, packer: &mut Packer<'_, '_>) -> Result<BTreeMap<&'static str, String>> {
    let mut paths = BTreeMap::new();
    for name in TEXTS {
        if let Some((values, ordinals)) = texts(segment, name)? {
            paths.insert(name, packer.single(&[&values, &ordinals])?);
        }
    }
    for name in NUMBERS {
        if let Some(column) = numbers(segment, name)? {
            paths.insert(name, packer.single(&[&column])?);
        }
    }
    Ok(paths)
}

/// The values as JSON with its length, and for each document their count and ordinals.
fn texts(segment: &SegmentReader, name: &str) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let Some(column) = segment.fast_fields().str(name)? else { return Ok(None) };
    let mut values = Vec::new();
    for ordinal in 0..column.num_terms() as u64 {
        let mut value = String::new();
        column.ord_to_str(ordinal, &mut value)?;
        values.push(value);
    }
    if values.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_vec(&values).map_err(|error| Error::Shape(error.to_string()))?;
    let mut head = Vec::new();
    push_bytes(&mut head, &json);
    let mut ordinals = Vec::new();
    for doc in 0..segment.max_doc() {
        let own: Vec<u64> = column.ords().values_for_doc(doc).collect();
        push(&mut ordinals, own.len() as u32);
        own.iter().for_each(|&ordinal| push(&mut ordinals, ordinal as u32));
    }
    Ok(Some((head, ordinals)))
}

/// For each document its number, folded to be positive, plus one; 0 where it has none.
fn numbers(segment: &SegmentReader, name: &str) -> Result<Option<Vec<u8>>> {
    let Some(column) = segment.fast_fields().column_opt::<i64>(name)? else { return Ok(None) };
    let mut out = Vec::new();
    let mut any = false;
    for doc in 0..segment.max_doc() {
        let value = column.first(doc);
        any |= value.is_some();
        push(&mut out, value.map_or(0, |value| ((value << 1) ^ (value >> 63)) as u32 + 1));
    }
    Ok(any.then_some(out))
}
