//! `jianyan eval`

use super::Ending;
use super::args::EvalArgs;
use super::common::Common;
use super::error::CliError;
use super::format::{Format, pretty};
use super::table::Table;
use super::terminal;
use crate::message::Catalogue;
use crate::query::Searcher;
use crate::query::evaluate::{Evaluation, Figures, evaluate};
use crate::query::judged::{self, BadLine};
use std::path::Path;

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
        Format::Json => pretty(&found)?,
        _ => table(&found, words).aligned(),
    };
    for (key, list) in [("eval.unjudged", &found.unjudged), ("eval.missing", &found.missing)] {
        if !list.is_empty() {
            let arguments = [("count", list.len().to_string()), ("list", list.join("、"))];
            terminal::tell(words.format(key, &arguments));
        }
    }
    terminal::print(&text);
    Ok(Ending::Good)
}

/// A file read whole and parsed.
fn read<T>(path: &Path, parse: fn(&str) -> Result<T, BadLine>) -> Result<T, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| CliError::File(path.to_owned(), error))?;
    parse(&text).map_err(|BadLine(line)| CliError::Line(path.to_owned(), line))
}

/// Three rows a group, one for each ranking; the total last.
fn table(found: &Evaluation, words: &Catalogue) -> Table {
    let names = ["eval.group", "eval.ranking"].map(|key| words.get(key));
    let header = names.into_iter().chain(["nDCG@10", "MRR@10", "recall@50"]);
    let groups = found.groups.iter().flat_map(|group| {
        let name = if group.group.is_empty() { "–" } else { &group.group };
        rows(name, &group.figures, words)
    });
    Table {
        header: header.map(str::to_owned).collect(),
        rows: groups
            .chain(rows(words.get("eval.total"), &found.total, words))
            .collect(),
        left: 2,
    }
}

fn rows(name: &str, figures: &Figures, words: &Catalogue) -> [Vec<String>; 3] {
    let arguments = [("name", name.to_owned()), ("count", figures.queries.to_string())];
    let mut label = words.format("eval.queries", &arguments);
    let rankings = [
        ("eval.jianyan", figures.jianyan),
        ("eval.grep", figures.grep),
        ("eval.any-token", figures.any_token),
    ];
    rankings.map(|(ranking, means)| {
        let figures = [means.ndcg_10, means.mrr_10, means.recall_50].map(|figure| format!("{figure:.4}"));
        let names = [std::mem::take(&mut label), words.get(ranking).to_owned()];
        names.into_iter().chain(figures).collect()
    })
}
