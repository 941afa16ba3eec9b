//! Why a document is like a text: what both say in the same words.

use super::telling::{Place, Telling};

/// The longest phrases of the text that a document holds token by token, at most so many: the longest first, then
/// the first; none inside another one. Two units make a phrase only where their token is one of the chosen.
pub(super) fn phrases(telling: &Telling, held: &[bool], most: usize) -> Vec<String> {
    // Units, start and end of each run of neighbouring tokens.
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let mut last: Option<(Place, bool)> = None;
    let mut end_run = |run: Option<(Place, bool)>| {
        if let Some((run, _)) = run.filter(|(run, chosen)| run.units > 2 || *chosen) {
            runs.push((run.units, run.start, run.end));
        }
    };
    for place in telling.places.iter().filter(|place| held[place.token]) {
        match &mut last {
            Some((run, _)) if place.units == 2 && run.units > 1 && place.unit + 1 == run.unit + run.units => {
                run.units += 1;
                run.end = place.end;
            }
            _ => end_run(last.replace((*place, telling.tokens[place.token].chosen))),
        }
    }
    end_run(last);
    runs.sort_by_key(|&(units, start, _)| (std::cmp::Reverse(units), start));
    let mut phrases: Vec<String> = Vec::new();
    for (_, start, end) in runs {
        let text = &telling.normal[start..end];
        if phrases.len() < most && !phrases.iter().any(|known| known.contains(text)) {
            phrases.push(text.to_owned());
        }
    }
    phrases
}
