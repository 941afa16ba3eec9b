//! `jianyan search --like`: documents like one, or like a text on standard input.

use super::Ending;
use super::args::{HITS, SearchArgs};
use super::common::Common;
use super::engine::Engine;
use super::error::CliError;
use super::format::{Format, pretty};
use super::terminal;
use crate::message::Catalogue;
use crate::query::Alike;
use crate::query::vocabulary::law;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::Read as _;

/// Characters of a text that are read, as on the page.
const MOST: usize = 2_000;

#[derive(Serialize)]
struct Answer<'a> {
    like: &'a str,
    hits: &'a [Alike],
}

pub(super) fn run(common: &Common, searcher: &Engine, id: &str, arguments: &SearchArgs) -> Result<Ending, CliError> {
    let limit = arguments.limit.unwrap_or(HITS);
    let found = if id == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(CliError::Input)?;
        let text: String = text.chars().take(MOST).collect();
        Some(searcher.like_text(&text, limit)?)
    } else {
        searcher.like_document(id, limit)?
    };
    let hits = found.ok_or_else(|| CliError::UnknownId(id.to_owned()))?;
    let words = Catalogue::of(common.terminal_lang());
    let out = match arguments.format {
        Format::Json => pretty(&Answer { like: id, hits: &hits })?,
        Format::Trec => hits.iter().enumerate().fold(String::new(), |mut out, (rank, hit)| {
            let document = hit.id.replace(char::is_whitespace, "_");
            let _ = writeln!(out, "1 Q0 {document} {} {} jianyan", rank + 1, hit.score);
            out
        }),
        _ => human(&hits, words),
    };
    terminal::print(&out);
    Ok(Ending::Good)
}

pub(super) fn human(hits: &[Alike], words: &Catalogue) -> String {
    let mut out = String::new();
    if hits.is_empty() {
        let _ = writeln!(out, "{}", words.get("like.none"));
    }
    for (rank, hit) in hits.iter().enumerate() {
        let band = hit.band.map(|band| words.get(&format!("like.band.{band}")).to_owned());
        let about: Vec<String> = band
            .into_iter()
            .map(|band| format!("{band} {:.0}%", 100.0 * hit.nearness))
            .chain([
                words.get(&format!("kind.{}", hit.kind)).to_owned(),
                hit.authors.join("、"),
                hit.date.clone(),
            ])
            .chain(
                hit.badges
                    .iter()
                    .map(|badge| words.get(&format!("badge.{badge}")).to_owned()),
            )
            .chain(hit.level.iter().map(|level| adopted(level, words)))
            .filter(|part| !part.is_empty())
            .collect();
        let _ = writeln!(
            out,
            "{:>3}. {}\n     {}  [{}]",
            rank + 1,
            hit.title,
            about.join(" · "),
            hit.id
        );
        let laws: Vec<String> = hit.laws.iter().map(|term| law(term)).collect();
        for (key, shared) in [
            ("like.phrases", &hit.phrases),
            ("like.causes", &hit.causes),
            ("like.laws", &laws),
        ] {
            if !shared.is_empty() {
                let label = words.get(key);
                let _ = writeln!(out, "     {label}{}", shared.join("、"));
            }
        }
    }
    out
}

/// At which level a report was adopted.
fn adopted(level: &str, words: &Catalogue) -> String {
    let level = words.get(&format!("level.{level}")).to_owned();
    words.format("novelty.level", &[("level", level)])
}
