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
    /// The same, for Quickwit.
    Quickwit,
    /// For reference managers.
    Bibtex,
}

/// A format that a command offers, with what it is there.
pub(super) type Offer = (Format, &'static str);

const HUMAN: Offer = (Format::Human, "给人看 · for people");
const JSON: Offer = (Format::Json, "给程序 · for programs");
const SARIF: Offer = (Format::Sarif, "给代码评审平台 · for code review");

/// Of `check`.
pub(super) const CHECK: [Offer; 3] = [HUMAN, JSON, SARIF];

/// Of `search`.
pub(super) const SEARCH: [Offer; 3] = [HUMAN, JSON, (Format::Trec, "评测格式 · qid Q0 id rank score jianyan")];

/// Of `eval`.
pub(super) const EVAL: [Offer; 2] = [HUMAN, JSON];

/// Of `ledger`.
pub(super) const LEDGER: [Offer; 4] = [
    HUMAN,
    (Format::Csv, "给电子表格（Excel、WPS）· for spreadsheets"),
    (
        Format::Xlsx,
        "Excel、WPS 工作簿：分项和台账各一张表 · a workbook: the figures and the events",
    ),
    JSON,
];

/// Of `stats`.
pub(super) const STATS: [Offer; 4] = [
    (Format::Markdown, "Markdown，依据为脚注 · with footnotes"),
    (
        Format::Html,
        "网页，可整段粘贴进 WPS、Word · a page to paste into WPS or Word",
    ),
    (
        Format::Docx,
        "Word 文件，公文版式 · a Word file in the layout of official papers",
    ),
    JSON,
];

/// Of `due`.
pub(super) const DUE: [Offer; 3] = [
    HUMAN,
    (
        Format::Docx,
        "催办函（Word 文件），一部门一函 · letters as a Word file, one a department",
    ),
    JSON,
];

/// Of `verify`.
pub(super) const VERIFY: [Offer; 3] = [HUMAN, JSON, SARIF];

/// Of `export`.
pub(super) const EXPORT: [Offer; 5] = [
    (
        Format::Ndjson,
        "每行一条 JSON 记录，供 OpenSearch 等 · a JSON record a line, for OpenSearch and others",
    ),
    (
        Format::Quickwit,
        "同上，配 Quickwit 索引配置 · the same, with the configuration of a Quickwit index",
    ),
    (Format::Bibtex, "文献管理软件用 · for reference managers"),
    (Format::Csv, "给电子表格（Excel、WPS）· for spreadsheets"),
    (
        Format::Docx,
        "一篇文献的 Word 文件，公文版式 · a document as a Word file in the layout of official papers",
    ),
];

/// Takes one of the formats that a command offers.
pub(super) fn formats(offered: &[Offer]) -> impl TypedValueParser<Value = Format> {
    let values = offered
        .iter()
        .filter_map(|(format, help)| Some(format.to_possible_value()?.help(*help)));
    PossibleValuesParser::new(values).try_map(|text| Format::from_str(&text, false))
}

/// A value for programs, with the end of its last line.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, CliError> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
