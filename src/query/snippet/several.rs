//! The passages that follow the first one, where a reader asks for more.

use super::super::answer::Tier;
use super::super::plan::Plan;
use super::find::Needles;
use super::{Choice, Document, Seat, Snippet, choice, cut, shown, stretches};
use std::cmp::Reverse;

/// Stretches of a document that are looked into.
const LOOKED: usize = 3;

/// At most `count` passages of a document, the best first: as [`super::best`] ranks them.
pub(in crate::query) fn several(
    plan: &Plan,
    tier: Tier,
    document: &Document<'_>,
    seats: &[Seat],
    count: usize,
) -> Vec<Snippet> {
    let stretches = stretches(document);
    let mut files: Vec<usize> = Vec::new();
    for seat in seats.iter().map(|seat| seat.stretch as usize) {
        if files.len() < LOOKED && !files.contains(&seat) {
            files.push(seat);
        }
    }
    let places = || files.iter().filter_map(|&file| stretches.get(file)).flatten();
    let found = Needles::in_turn(plan, tier, document).into_iter().map(|needles| {
        let choices = places().filter_map(|&place| choice(&needles, place));
        choices.collect::<Vec<Choice<'_>>>()
    });
    let mut choices = found
        .into_iter()
        .find(|choices| !choices.is_empty())
        .unwrap_or_default();
    choices.sort_by_key(|choice| Reverse(choice.rank));
    let snippet = |choice: &Choice<'_>| {
        let html = cut::around(choice.place.text, &choice.window, &choice.ranges);
        shown(choice.place, &html)
    };
    choices.iter().take(count).map(snippet).collect()
}
