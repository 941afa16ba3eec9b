//! The passage that a hit shows: the window with the most of what was looked for.

mod cut;
mod find;

use super::answer::Tier;
use super::plan::Mark;
use crate::index::document::Passage;
use crate::index::schema::Texts;
use crate::text::{normalize, normalize_mapped};
use find::{Found, Needles};

/// A passage cut for display.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Section that it stands in; empty outside the body.
    pub section: String,
    /// Anchor in the page; empty outside the body.
    pub anchor: String,
    /// HTML-escaped text with `<mark>` around what was found.
    pub html: String,
}

/// A snippet's HTML as plain text, with what is put in the place of its marks.
pub fn plain(html: &str, (start, end): (&str, &str)) -> String {
    html.replace("<mark>", start)
        .replace("</mark>", end)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// A passage of the body or another text of the page.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    section: &'a str,
    anchor: &'a str,
    text: &'a str,
}

/// The best passage of a document: the one with the window that holds the most different words, the first
/// of several, a heading after the others. Without any, its beginning. An article that was asked for with its
/// law (刑法第264条) is looked for where that law is cited, however it is written, before all else; where no
/// passage cites it, under any law.
pub fn best(marks: &[Mark], tier: Tier, blocks: &[Passage], texts: &Texts) -> Snippet {
    let mut needles = Needles::new(marks, tier);
    let mut best = choose(&needles, blocks, texts);
    if needles
        .cited_weight()
        .is_some_and(|cited| best.is_none_or(|(weight, _)| weight < cited))
    {
        needles.loosen();
        best = choose(&needles, blocks, texts);
    }
    match best {
        Some((_, candidate)) => around_window(candidate, &needles),
        None => beginning(blocks, texts),
    }
}

/// The best passage with the weight of its window.
fn choose<'a>(needles: &Needles, blocks: &'a [Passage], texts: &'a Texts) -> Option<(usize, Candidate<'a>)> {
    let weights = needles.weights();
    let mut best: Option<(usize, usize, Candidate)> = None;
    for candidate in candidates(blocks, texts) {
        let found = needles.find(&normalize(candidate.text));
        let Some(window) = find::best_window(&found, &weights) else {
            continue;
        };
        let heading = candidate.section == candidate.text;
        let rank = window.weight * 2 - usize::from(heading);
        if best.is_none_or(|(known, ..)| rank > known) {
            best = Some((rank, window.weight, candidate));
        }
    }
    best.map(|(_, weight, candidate)| (weight, candidate))
}

fn candidates<'a>(blocks: &'a [Passage], texts: &'a Texts) -> impl Iterator<Item = Candidate<'a>> {
    let body = blocks.iter().map(|block| Candidate {
        section: &block.section,
        anchor: &block.anchor,
        text: &block.text,
    });
    let others = texts.summary.iter().chain(&texts.keywords).chain(&texts.extra);
    body.chain(others.map(|text| Candidate {
        section: "",
        anchor: "",
        text,
    }))
}

fn around_window(candidate: Candidate, needles: &Needles) -> Snippet {
    let mapped = normalize_mapped(candidate.text);
    let found = needles.find(&mapped.text);
    let ends: Vec<usize> = mapped
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([mapped.text.len()])
        .collect();
    // Offsets of the normal form are on character borders: the search always succeeds.
    let character = |at: usize| ends.binary_search(&at).unwrap_or_else(|near| near);
    let raw = |from: usize, to: usize| mapped.raw_range(character(from), character(to));
    let window = find::best_window(&found, &needles.weights());
    let window = window.map_or(0..0, |window| raw(window.start, window.end));
    let marks: Vec<_> = found.iter().map(|&Found { start, end, .. }| raw(start, end)).collect();
    let html = cut::around(candidate.text, window, &marks);
    Snippet {
        section: candidate.section.to_owned(),
        anchor: candidate.anchor.to_owned(),
        html,
    }
}

/// The summary's beginning, or that of the first passage that is no heading.
fn beginning(blocks: &[Passage], texts: &Texts) -> Snippet {
    if let Some(summary) = texts.summary.iter().find(|text| !text.trim().is_empty()) {
        return Snippet {
            html: cut::around(summary, 0..0, &[]),
            ..Snippet::default()
        };
    }
    let prose = blocks
        .iter()
        .find(|block| block.text != block.section)
        .or(blocks.first());
    prose.map_or_else(Snippet::default, |block| Snippet {
        section: block.section.clone(),
        anchor: block.anchor.clone(),
        html: cut::around(&block.text, 0..0, &[]),
    })
}

#[cfg(test)]
mod tests;
