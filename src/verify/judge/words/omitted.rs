//! Words of a source that leave some of its own out: 受委托管理国有财产 of 受国家机关、国有公司委托管理国有财产.

use super::{TELLING, Words, place_of, words_of};
use crate::verify::judge::judged;
use crate::verify::library::Held;
use crate::verify::{Difference, Judged, Verdict};
use std::ops::Range;

/// Characters that are left out at one place at most.
const LEFT_OUT: usize = 60;
/// Places at which something is left out at most.
const PLACES: usize = 2;

/// The verdict, where the words stand in a stretch of a document but for what they leave out.
pub(super) fn omitted(words: &Words, held: &Held, within: Range<usize>) -> Option<Judged> {
    let [(_, flat)] = words.parts.as_slice() else {
        return None;
    };
    let text = &flat.letters;
    if text.len() < TELLING {
        return None;
    }
    let letters = &held.flat().letters[within.clone()];
    let mut starts = letters.iter().enumerate().filter(|(_, letter)| **letter == text[0]);
    let pieces = starts.find_map(|(start, _)| pieces(text, letters, start, PLACES))?;
    // Small pieces stand near to each other anywhere.
    if pieces.iter().map(Range::len).max()? * 2 < text.len() {
        return None;
    }
    let gaps = pieces
        .windows(2)
        .map(|pair| within.start + pair[0].end..within.start + pair[1].start);
    let differences = gaps.map(|gap| Difference {
        draft: String::new(),
        source: words_of(held, gap),
    });
    let stretch = within.start + pieces[0].start..within.start + pieces.last()?.end;
    Some(Judged {
        differences: differences.collect(),
        ..judged(Verdict::Differs, Some(place_of(held, &stretch)))
    })
}

/// The pieces of a text from a place of another on, in so many gaps: the longest first.
fn pieces(text: &[char], other: &[char], start: usize, gaps: usize) -> Option<Vec<Range<usize>>> {
    let same = text
        .iter()
        .zip(other.get(start..)?)
        .take_while(|(one, next)| one == next);
    let longest = same.count();
    if longest == text.len() {
        return Some(std::iter::once(start..start + longest).collect());
    }
    if gaps == 0 {
        return None;
    }
    (1..=longest).rev().find_map(|length| {
        let end = start + length;
        let last = (end + LEFT_OUT).min(other.len());
        let mut starts = (end + 1..last).filter(|at| other[*at] == text[length]);
        let rest = starts.find_map(|at| pieces(&text[length..], other, at, gaps - 1))?;
        Some(std::iter::once(start..end).chain(rest).collect())
    })
}
