//! The passage of a strict hit and its marks, judged by the text that is shown: what was typed is marked wherever it stands
//! there, and nothing else is.

use super::brute::{folded, stretches};
use super::generate::Request;
use jianyan::index::document::IndexDocument;
use jianyan::query::{Answer, Hit, Tier};

/// Hits of a query that are looked at.
const LOOKED: usize = 4;
/// Characters of a text that are shown together wherever in it a window begins.
const SHORT: usize = 100;

/// A text as it is compared, several blanks as one, and for each of its characters the place that it ends at in the text.
fn compared(text: &[char]) -> (Vec<char>, Vec<std::ops::Range<usize>>) {
    let (mut normal, mut places): (Vec<char>, Vec<std::ops::Range<usize>>) = (Vec::new(), Vec::new());
    for (at, &c) in text.iter().enumerate() {
        match places.last_mut() {
            Some(last) if folded(c) == ' ' && normal.last() == Some(&' ') => last.end = at + 1,
            _ => {
                normal.push(folded(c));
                places.push(at..at + 1);
            }
        }
    }
    (normal, places)
}

/// Where any of the needles stands.
fn covered(text: &[char], needles: &[Vec<char>]) -> Vec<bool> {
    let (normal, places) = compared(text);
    let mut out = vec![false; text.len()];
    for needle in needles {
        for (at, window) in normal.windows(needle.len()).enumerate() {
            if window == needle {
                out[places[at].start..places[at + needle.len() - 1].end].fill(true);
            }
        }
    }
    out
}

fn is_within(text: &str, needle: &[char]) -> bool {
    let text: Vec<char> = text.chars().collect();
    covered(&text, &[needle.to_vec()]).contains(&true)
}

/// A snippet's characters, and which of them are marked.
fn read(snippet: &str) -> (Vec<char>, Vec<bool>) {
    let (mut text, mut marks, mut rest, mut marked) = (Vec::new(), Vec::new(), snippet, false);
    let signs = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
    ];
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix("<mark>").or(rest.strip_prefix("</mark>")) {
            marked = rest.starts_with("<m");
            rest = behind;
            continue;
        }
        let sign = signs
            .iter()
            .find_map(|(name, sign)| Some((rest.strip_prefix(name)?, *sign)));
        let (behind, c) = sign.unwrap_or((&rest[first.len_utf8()..], first));
        text.push(c);
        marks.push(marked);
        rest = behind;
    }
    (text, marks)
}

/// What is looked for in texts: each word's stretches, and it as a whole, as it is read in quotes.
fn needles(request: &Request) -> (Vec<Vec<char>>, Vec<Vec<char>>) {
    let words = request.clauses.iter().flatten();
    let characters = |text: &String| text.chars().collect::<Vec<char>>();
    let own: Vec<Vec<char>> = words
        .clone()
        .flat_map(|word| stretches(&word.text, word.quoted))
        .map(|text| characters(&text))
        .collect();
    let wholes = words.filter(|word| word.text.encode_utf16().count() <= 64);
    let wholes = wholes
        .flat_map(|word| stretches(&word.text, true))
        .map(|text| characters(&text));
    let wholes = wholes.filter(|whole| !own.contains(whole)).collect();
    (own, wholes)
}

/// Checks what the first strict hits show; tells how many passages had something to mark.
pub(super) fn check(query: &str, request: &Request, answer: &Answer, documents: &[IndexDocument]) -> usize {
    let (own, wholes) = needles(request);
    let strict = answer.hits.iter().filter(|hit| hit.tier == Tier::Strict).take(LOOKED);
    strict
        .filter(|hit| is_marked(query, hit, &own, &wholes, &documents[hit.doc as usize]))
        .count()
}

fn is_marked(query: &str, hit: &Hit, own: &[Vec<char>], wholes: &[Vec<char>], document: &IndexDocument) -> bool {
    let snippet = &hit.snippet;
    let lists = [&document.summary, &document.keywords, &document.extra];
    let texts: Vec<&String> = lists
        .into_iter()
        .flatten()
        .chain(document.blocks.iter().map(|block| &block.text))
        .collect();
    if !texts
        .iter()
        .any(|text| own.iter().any(|needle| is_within(text, needle)))
    {
        return false;
    }
    let (text, marks) = read(snippet);
    let all: Vec<Vec<char>> = own.iter().chain(wholes).cloned().collect();
    let wanted = covered(&text, &all);
    // What stands across the edge of what is shown is marked up to it.
    let (first, last) = (
        usize::from(text[0] == '…'),
        text.len() - usize::from(text.ends_with(&['…'])),
    );
    let run = |at: usize| {
        let from = (0..=at).rev().take_while(|&at| marks[at]).last().unwrap_or(at);
        let to = (at..text.len()).take_while(|&at| marks[at]).last().unwrap_or(at);
        from == first || to + 1 == last
    };
    for at in 0..text.len() {
        let edge = marks[at] && run(at);
        assert!(
            marks[at] == wanted[at] || edge,
            "{query}: {} of {snippet} in {}",
            text[at],
            hit.id
        );
    }
    assert!(marks.contains(&true), "{query}: no mark in {snippet} of {}", hit.id);
    // A short text with all that was typed is shown rather than one with less.
    let holds = |text: &str| own.iter().all(|needle| is_within(text, needle));
    if wholes.is_empty() && texts.iter().any(|text| text.chars().count() <= SHORT && holds(text)) {
        let shown: String = text.iter().collect();
        assert!(holds(&shown), "{query}: {snippet} of {} lacks a word", hit.id);
    }
    true
}
