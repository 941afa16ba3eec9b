//! `jianyan search`

use super::args::{HITS, SearchArgs};
use super::common::Common;
use super::engine::Engine;
use super::error::CliError;
use super::format::{Format, pretty};
use super::terminal;
use super::{Ending, explain, like};
use crate::message::{Catalogue, Lang};
use crate::query::answer::{Answer, Hit, Tier};
use crate::query::explain::Explanation;
use crate::query::help::{Idea, Why};
use crate::query::{Asked, snippet};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal;

/// Hits for an evaluation, unless asked otherwise.
const TREC_HITS: usize = 1_000;
/// Facets that people are shown; programs get all.
const SHOWN_FACETS: [&str; 3] = ["kind", "unit", "year"];
/// Added to a strict score in TREC output, so that strict stands before related in any tool.
const STRICT_BONUS: f32 = 1_000.0;

pub(super) fn run(common: &Common, arguments: &SearchArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let searcher = Engine::open(common, &arguments.engine)?;
    if let Some(id) = &arguments.like {
        return like::run(common, &searcher, id, arguments);
    }
    let queries = queries(arguments)?;
    let limit = arguments.limit.unwrap_or(if arguments.format == Format::Trec {
        TREC_HITS
    } else {
        HITS
    });
    let mut out = String::new();
    for (id, query) in &queries {
        let is_trec = arguments.format == Format::Trec;
        let asked = Asked {
            limit,
            // Nobody sees them there.
            passages: !is_trec,
            facets: !is_trec,
            ..Asked::of(query)
        };
        let (answer, explanation) = searcher.answer(&asked, arguments.explain && !is_trec)?;
        let mut help = Vec::new();
        if !is_trec {
            help = searcher.dated(query)?;
            if answer.total == 0 {
                help.extend(searcher.help(query)?);
            }
        }
        match arguments.format {
            Format::Json => {
                let explained = Explained {
                    answer: &answer,
                    help: &help,
                    explanation,
                };
                out += &pretty(&explained)?;
            }
            Format::Trec => trec(&mut out, id, &answer),
            _ => human(&mut out, &answer, &help, explanation.as_ref(), lang),
        }
    }
    terminal::print(&out);
    Ok(Ending::Good)
}

/// An answer, with its explanation where one was asked for.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    /// Other queries, where nothing was found or a word may mean years.
    #[serde(skip_serializing_if = "<[Idea]>::is_empty")]
    help: &'a [Idea],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
}

/// The queries to ask, each with its id.
fn queries(arguments: &SearchArgs) -> Result<Vec<(String, String)>, CliError> {
    let Some(file) = &arguments.queries else {
        return Ok(vec![("1".to_owned(), arguments.query.join(" "))]);
    };
    let text = std::fs::read_to_string(file).map_err(|error| CliError::File(file.clone(), error))?;
    let pairs = text
        .lines()
        .filter_map(|line| line.trim_start_matches('\u{feff}').split_once('\t'));
    Ok(pairs.map(|(id, query)| (id.to_owned(), query.to_owned())).collect())
}

fn trec(out: &mut String, id: &str, answer: &Answer) {
    for (rank, hit) in answer.hits.iter().enumerate() {
        let score = if hit.tier == Tier::Strict {
            hit.score + STRICT_BONUS
        } else {
            hit.score
        };
        // Ids may hold spaces, which part the columns of the format.
        let document = hit.id.replace(char::is_whitespace, "_");
        let _ = writeln!(out, "{id} Q0 {document} {} {score} jianyan", rank + 1);
    }
}

fn human(out: &mut String, answer: &Answer, help: &[Idea], explanation: Option<&Explanation>, lang: Lang) {
    let words = Catalogue::of(lang);
    let colour = terminal::is_coloured(std::io::stdout().is_terminal());
    for note in &answer.notes {
        let _ = writeln!(out, "{}", words.format(note.code, &[("about", note.about.clone())]));
    }
    if let Some(explanation) = explanation {
        explain::query(out, explanation, words);
    }
    let _ = writeln!(
        out,
        "{}",
        words.format("search.total", &[("count", answer.total.to_string())])
    );
    if answer.total == 0 && !help.is_empty() {
        let _ = writeln!(out, "{}", words.get("help.intro"));
    }
    for idea in help {
        let (key, args) = idea_text(idea);
        let _ = writeln!(out, "  {}  →  {}", words.format(&key, &args), idea.q);
    }
    for name in SHOWN_FACETS {
        if let Some(counts) = answer.facets.get(name) {
            let _ = writeln!(
                out,
                "{}{}",
                words.format(
                    "search.facet",
                    &[("name", words.get(&format!("facet.{name}")).to_owned())]
                ),
                counted(name, counts, words)
            );
        }
    }
    let mut related = false;
    for (rank, hit) in answer.hits.iter().enumerate() {
        if hit.tier == Tier::Related && !related {
            related = true;
            let _ = writeln!(out, "\n—— {} ——", words.get("search.divider"));
        }
        let _ = write!(out, "\n{}", entry(rank + 1, hit, words, colour));
        if let Some(scored) = explanation.and_then(|explanation| explanation.hits.get(rank)) {
            explain::hit(out, scored, words);
        }
    }
}

/// Message and arguments of another query.
fn idea_text(idea: &Idea) -> (String, [(&'static str, String); 3]) {
    let key = match idea.why {
        Why::Sound => "sound",
        Why::Similar => "similar",
        Why::Synonym => "synonym",
        Why::Without => "without",
        Why::Part => "part",
        Why::Year => "year",
    };
    let args = [
        ("by", idea.by.clone()),
        ("word", idea.word.clone()),
        ("n", idea.n.to_string()),
    ];
    (format!("help.{key}"), args)
}

/// The values of a facet with their counts, the most frequent first.
fn counted(name: &str, counts: &BTreeMap<String, usize>, words: &Catalogue) -> String {
    let mut values: Vec<(&String, &usize)> = counts.iter().collect();
    values.sort_by_key(|(_, count)| Reverse(**count));
    let shown = values.into_iter().map(|(value, count)| match name {
        "kind" => format!("{} {count}", words.get(&format!("kind.{value}"))),
        _ => format!("{value} {count}"),
    });
    shown.collect::<Vec<_>>().join(" · ")
}

fn entry(rank: usize, hit: &Hit, words: &Catalogue, colour: bool) -> String {
    let kind = words.get(&format!("kind.{}", hit.kind)).to_owned();
    let about: Vec<&str> = [kind.as_str(), hit.meta.date.as_str()]
        .into_iter()
        .chain(hit.meta.unit.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    let mut text = format!("{rank:>3}. {}\n     {}  [{}]\n", hit.title, about.join(" · "), hit.id);
    if !hit.snippet.is_empty() {
        let section = if hit.section.is_empty() {
            String::new()
        } else {
            format!("{}：", hit.section)
        };
        let _ = writeln!(text, "     {section}{}", plain(&hit.snippet, colour));
    }
    text
}

/// A snippet's HTML as terminal text.
fn plain(snippet: &str, colour: bool) -> String {
    let (start, end) = if colour {
        ("\u{1b}[1;33m", "\u{1b}[0m")
    } else {
        ("«", "»")
    };
    snippet::plain(snippet, (start, end))
}
