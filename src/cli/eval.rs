//! `jianyan eval`

use super::Ending;
use super::args::{Common, EvalArgs, EvalFormat};
use super::error::CliError;
use super::terminal;
use crate::message::Catalogue;
use crate::query::Searcher;
use crate::query::evaluate::{Evaluation, Figures, evaluate};
use crate::query::judged::{self, BadLine};
use std::fmt::Write as _;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

pub(super) fn run(common: &Common, arguments: &EvalArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let fail = |cause: String| CliError::Index(common.index.clone(), cause);
    let set = read(&arguments.queries, judged::queries)?;
    let grades = read(&arguments.qrels, judged::grades)?;
    let searcher = Searcher::open(&common.index).map_err(|error| fail(error.message(lang)))?;
    let searcher = searcher.without_passages();
    let found = evaluate(&searcher, &set, &grades).map_err(|error| fail(error.message(lang)))?;
    let words = Catalogue::of(lang);
    let text = match arguments.format {
        EvalFormat::Human => table(&found, words),
        EvalFormat::Json => serde_json::to_string_pretty(&found).map_err(|error| fail(error.to_string()))? + "\n",
    };
    for (key, list) in [("eval.unjudged", &found.unjudged), ("eval.missing", &found.missing)] {
        if !list.is_empty() {
            let arguments = [("count", list.len().to_string()), ("list", list.join("、"))];
            terminal::tell(words.format(key, &arguments));
        }
    }
    // A reader that went away (head) is no failure.
    terminal::print(&text);
    Ok(Ending::Good)
}

/// A file read whole and parsed.
fn read<T>(path: &Path, parse: fn(&str) -> Result<T, BadLine>) -> Result<T, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| CliError::File(path.to_owned(), error))?;
    parse(&text).map_err(|BadLine(line)| CliError::Line(path.to_owned(), line))
}

/// Three rows a group, one for each ranking; the total last.
fn table(found: &Evaluation, words: &Catalogue) -> String {
    let measures = ["nDCG@10", "MRR@10", "recall@50"].map(str::to_owned);
    let mut rows = vec![[words.get("eval.group").to_owned(), words.get("eval.ranking").to_owned()].to_vec()];
    rows[0].extend(measures);
    for group in &found.groups {
        let name = if group.group.is_empty() { "–" } else { &group.group };
        add(&mut rows, name, &group.figures, words);
    }
    add(&mut rows, words.get("eval.total"), &found.total, words);
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let blank = " ".repeat(width - cell.width());
            // Names stand at the left, figures at the right.
            let _ = match column {
                0 => write!(out, "{cell}{blank}"),
                1 => write!(out, "  {cell}{blank}"),
                _ => write!(out, "  {blank}{cell}"),
            };
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

fn add(rows: &mut Vec<Vec<String>>, name: &str, figures: &Figures, words: &Catalogue) {
    let arguments = [("name", name.to_owned()), ("count", figures.queries.to_string())];
    let mut label = words.format("eval.queries", &arguments);
    let rankings = [
        ("eval.jianyan", figures.jianyan),
        ("eval.grep", figures.grep),
        ("eval.any-token", figures.any_token),
    ];
    for (ranking, means) in rankings {
        let figures = [means.ndcg_10, means.mrr_10, means.recall_50].map(|figure| format!("{figure:.4}"));
        let mut row = vec![std::mem::take(&mut label), words.get(ranking).to_owned()];
        row.extend(figures);
        rows.push(row);
    }
}
