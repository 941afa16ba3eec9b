//! What is said of an article without quotation marks: its clauses, each in the article, near to it, or the author's own.

use super::{MIDDLE, NEAR, Source, Words, place_of, scope};
use crate::verify::judge::judged;
use crate::verify::library::Held;
use crate::verify::{Difference, Judged, Verdict};
use std::ops::Range;

/// Hundredths of a clause that stand in the source right behind the clause before it, where it is the same clause with
/// another word.
const NEAR_BEHIND: usize = 55;
/// Characters between two clauses of the source at most, and those of a changed clause that the source may have more.
const GAP: usize = 4;

/// A clause beside the source.
enum Beside {
    /// It stands there.
    Same(Range<usize>),
    /// It stands there with other words.
    Near(Range<usize>, usize, Vec<Difference>),
    /// It is the author's own.
    Own,
}

/// The verdict, where most of it is the article's: then it is a quotation.
pub(super) fn told(text: &str, source: &Source) -> Option<Judged> {
    let (held, verdict) = match (source.valid.first(), source.old.first()) {
        (Some(held), _) => (held, Verdict::Exact),
        (None, Some(held)) => (held, Verdict::Outdated),
        (None, None) => return None,
    };
    let within = scope(held, source.place.as_ref())?;
    let (mut length, mut same) = (0, 0);
    let mut differences = Vec::new();
    let mut behind: Option<usize> = None;
    for clause in text.split(['，', '；', '：', ',', ';', ':']) {
        let words = Words::of(clause);
        length += words.length;
        match beside(&words, held, &within, behind) {
            Beside::Same(stretch) => {
                same += words.length;
                behind = Some(stretch.end);
            }
            Beside::Near(stretch, shared, changes) => {
                same += shared;
                differences.extend(changes);
                behind = Some(stretch.end);
            }
            Beside::Own => behind = None,
        }
    }
    if same < MIDDLE || same * 100 < length * NEAR {
        return None;
    }
    let verdict = if differences.is_empty() {
        verdict
    } else {
        Verdict::Differs
    };
    Some(Judged {
        differences,
        ..judged(verdict, Some(place_of(held, &within)))
    })
}

/// A clause within a stretch of the source; `behind` is where the clause before it ends there.
fn beside(words: &Words, held: &Held, within: &Range<usize>, behind: Option<usize>) -> Beside {
    if let Some(stretch) = words.stand(held, within.clone()) {
        return Beside::Same(stretch);
    }
    let next = behind.map(|end| end..(end + words.length + GAP).min(within.end));
    let places = [(Some(within.clone()), NEAR), (next, NEAR_BEHIND)];
    for (place, percent) in places {
        let Some(place) = place.filter(|place| !place.is_empty()) else {
            continue;
        };
        let begins = place.start;
        let Some(all) = words.near(held, place, percent) else {
            continue;
        };
        let Some(first) = all.first() else { continue };
        let far = percent == NEAR_BEHIND && first.stretch.start > begins + GAP;
        if !far {
            let shared = all.iter().map(|aligned| aligned.same).sum();
            return Beside::Near(first.stretch.clone(), shared, words.differences(held, &all));
        }
    }
    Beside::Own
}
