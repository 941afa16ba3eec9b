//! The formats that commands write in: one list, of which each command offers some.

use super::error::CliError;
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

/// A format. A command writes what it doesn't offer as what it writes unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// For code review.
    Sarif,
    /// Of the evaluations of TREC.
    Trec,
    /// For spreadsheets.
    Csv,
    /// A workbook.
    Xlsx,
    /// With footnotes.
    Markdown,
    /// A page to paste into a word processor.
    Html,
    /// A Word file.
    Docx,
    /// A JSON record a line.
    Ndjson,
    /// For reference managers.
    Bibtex,
}

/// Of `check`.
pub(super) const CHECK: [Format; 3] = [Format::Human, Format::Json, Format::Sarif];

/// Of `search`.
pub(super) const SEARCH: [Format; 3] = [Format::Human, Format::Json, Format::Trec];

/// Of `eval`.
pub(super) const EVAL: [Format; 2] = [Format::Human, Format::Json];

/// Of `ledger`.
pub(super) const LEDGER: [Format; 4] = [Format::Human, Format::Csv, Format::Xlsx, Format::Json];

/// Of `stats`.
pub(super) const STATS: [Format; 4] = [Format::Markdown, Format::Html, Format::Docx, Format::Json];

/// Of `due`.
pub(super) const DUE: [Format; 3] = [Format::Human, Format::Docx, Format::Json];

/// Of `verify`.
pub(super) const VERIFY: [Format; 3] = [Format::Human, Format::Json, Format::Sarif];

/// Of `export`.
pub(super) const EXPORT: [Format; 4] = [Format::Ndjson, Format::Bibtex, Format::Csv, Format::Docx];

/// Takes one of the formats that a command offers.
pub(super) fn formats(offered: &[Format]) -> impl TypedValueParser<Value = Format> {
    let values = offered.iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(values).try_map(|text| Format::from_str(&text, false))
}

/// A value for programs, with the end of its last line.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, CliError> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
