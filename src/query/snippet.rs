//! The passage that a hit shows: `docs/search.md`, section 6, which the browser's client follows step by step.
//!
//! [`seat`] tells by the positions of the index in which stretches of the body most of the query stands; of these the
//! passages are read ([`find`]), and the best window of the best one is cut out ([`cut`]).

mod cut;
mod find;
mod number;
mod seat;

use super::answer::Tier;
use super::plan::Plan;
use crate::index::document::Passage;
use crate::index::schema::Texts;
use crate::index::stretch::{self, Place};
use find::{Needles, Range, Window};
pub(super) use seat::{Seat, Seats};

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

/// A document as it is stored.
pub(super) struct Document<'a> {
    pub(super) title: &'a str,
    pub(super) blocks: &'a [Passage],
    pub(super) texts: &'a Texts,
    /// Terms of `laws` that are asked for and that it has.
    pub(super) laws: Vec<&'a str>,
    /// Positions of a stretch of its body.
    pub(super) stretch: u32,
}

/// A passage with what was found in it.
struct Choice<'a> {
    place: Place<'a>,
    ranges: Vec<Range>,
    window: Window,
    rank: usize,
}

/// The best passage of a document: the one with the window that holds the most of what is looked for, the first of
/// several, headings and texts beside the body after the others. An article that was asked for with its law
/// (刑法第264条) is looked for where that law is cited, in that law itself where it opens, then under any law; where nothing
/// that was typed stands, its tokens are. Without any of it the document's beginning is shown, or its title; it follows a
/// text beside the body that is no more than what was found, such as an author's name.
pub(super) fn best(plan: &Plan, tier: Tier, document: &Document<'_>, seats: &[Seat]) -> Snippet {
    let stretches = stretches(document);
    let choices = Needles::in_turn(plan, tier, document);
    let found = choices
        .iter()
        .find_map(|needles| Some((needles, choose(needles, &stretches, seats)?)));
    let begin = beginning(document, &stretches[0]);
    let Some((needles, choice)) = found else {
        return shown(begin, &cut::around(begin.text, &Window::default(), &[]));
    };
    let place = choice.place;
    let own = cut::around(place.text, &choice.window, &choice.ranges);
    let is_found = is_one_mark(&own) && place.text == place.text.trim();
    if !place.anchor.is_empty() || !is_found || begin.text == place.text {
        return shown(place, &own);
    }
    let text = format!("{} · {}", place.text, begin.text);
    shown(place, &cut::around(&text, &Window::default(), &needles.find(&text)))
}

/// Whether a snippet is no more than what was found.
fn is_one_mark(html: &str) -> bool {
    let marked = html
        .strip_prefix("<mark>")
        .and_then(|rest| rest.strip_suffix("</mark>"));
    marked.is_some_and(|text| !text.contains("<mark>"))
}

/// The stretches of a document, the first one with the texts beside the body.
fn stretches<'a>(document: &Document<'a>) -> Vec<Vec<Place<'a>>> {
    let Texts {
        summary,
        keywords,
        extra,
        ..
    } = document.texts;
    let mut stretches = stretch::cut(document.blocks, document.stretch);
    let first = &mut stretches[0];
    first.splice(0..0, summary.iter().map(|text| Place::aside(text)));
    first.extend(keywords.iter().chain(extra).map(|text| Place::aside(text)));
    stretches
}

/// The best passage of the stretches that may hold it: looked through until none can be better.
fn choose<'a>(needles: &Needles, stretches: &[Vec<Place<'a>>], seats: &[Seat]) -> Option<Choice<'a>> {
    let mut best: Option<Choice<'_>> = None;
    for seat in seats {
        if best.as_ref().is_some_and(|best| best.window.weight >= seat.weight) {
            break;
        }
        for &place in stretches.get(seat.stretch as usize).into_iter().flatten() {
            let ranges = needles.find(place.text);
            let Some(window) = find::best_window(&ranges).filter(|window| window.weight >= needles.least()) else {
                continue;
            };
            let last = place.anchor.is_empty() || place.section == place.text;
            let rank = window.weight * 2 - usize::from(last);
            if best.as_ref().is_none_or(|best| rank > best.rank) {
                best = Some(Choice {
                    place,
                    ranges,
                    window,
                    rank,
                });
            }
        }
    }
    best
}

fn shown(place: Place<'_>, html: &str) -> Snippet {
    Snippet {
        section: place.section.to_owned(),
        anchor: place.anchor.to_owned(),
        html: html.to_owned(),
    }
}

/// Where a document begins: the summary, or the first passage that is not a heading, or the title.
fn beginning<'a>(document: &Document<'a>, first: &[Place<'a>]) -> Place<'a> {
    let prose = first.iter().find(|place| place.text != place.section);
    prose.or(first.first()).copied().unwrap_or(Place::aside(document.title))
}

#[cfg(test)]
mod tests;
