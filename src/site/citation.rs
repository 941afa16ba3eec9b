//! How a document is cited: GB/T 7714-2015, as a report `[R]`; and as office papers do, by its number.

use super::words::shown;
use crate::record::{Detail, Record};

/// Authors named before 等.
const NAMED_AUTHORS: usize = 3;

/// The citation of a document, with full stops and commas as the standard sets them.
///
/// Without authors the office stands in their place; a document without date has none.
pub(super) fn citation(record: &Record) -> String {
    let units = record.units.join(", ");
    let mut authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
    let more = authors.len() > NAMED_AUTHORS;
    authors.truncate(NAMED_AUTHORS);
    let mut by = authors.join(", ");
    if more {
        by.push_str(", 等");
    }
    let issued = [
        if by.is_empty() { String::new() } else { units.clone() },
        record.date.map(shown).unwrap_or_default(),
    ];
    let issued: Vec<&str> = issued
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    let number = match &record.detail {
        Detail::Case(case) => case.number.as_deref(),
        Detail::Recommendation(recommendation) => recommendation.number.as_deref(),
        Detail::Report(_) | Detail::Topic(_) => None,
    };
    let title = match number {
        Some(number) => format!("{}: {number}[R]", record.title),
        None => format!("{}[R]", record.title),
    };
    let by = if by.is_empty() { units } else { by };
    let parts = [by, title, issued.join(", ")];
    let parts: Vec<&str> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    parts.join(". ") + "."
}

/// How office papers cite what has a number: the title in 《》 and its number in brackets,
/// 《关于加强……的检察建议书》（澄检建〔2022〕9号）; a case goes without 《》: ……案（检例第142号）.
pub(super) fn office_citation(record: &Record) -> Option<String> {
    match &record.detail {
        Detail::Case(case) => Some(format!("{}（{}）", record.title, case.number.as_deref()?)),
        Detail::Recommendation(recommendation) => {
            Some(format!("《{}》（{}）", record.title, recommendation.number.as_deref()?))
        }
        Detail::Report(_) | Detail::Topic(_) => None,
    }
}
