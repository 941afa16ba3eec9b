//! Footnotes that hidden text alone refers to: they are hidden with it.

use super::parse::Parsed;
use super::piece::{Element, Piece};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of the footnotes that pieces refer to.
pub(super) fn marks(pieces: &[Piece<'_>]) -> BTreeSet<u32> {
    let marks = pieces.iter().filter_map(|piece| match piece {
        Piece::Mark(number) => Some(*number),
        _ => None,
    });
    marks.collect()
}

/// Drops each footnote that a body referred to, itself or through another one, as long as nothing of it was hidden, and
/// doesn't any more; the others are numbered anew. `marked` are the numbers that the body referred to then.
pub(super) fn drop_hidden(marked: &BTreeSet<u32>, cleaned: &mut Parsed<'_>) {
    let shown = marks(&cleaned.pieces);
    if shown == *marked {
        return;
    }
    let of_notes = marks_of_notes(&cleaned.footnotes);
    let (before, after) = (reached(marked, &of_notes), reached(&shown, &of_notes));
    let is_shown = |number: &&u32| !before.contains(number) || after.contains(number);
    let kept = of_notes.keys().filter(is_shown);
    let anew: BTreeMap<u32, u32> = kept.copied().zip(1..).collect();
    let mut hidden = false;
    cleaned.footnotes.retain(|piece| {
        if let Piece::Open(Element::Footnote(number)) = piece {
            hidden = !anew.contains_key(number);
        }
        let kept = !hidden && !anew.is_empty();
        hidden &= !matches!(piece, Piece::Close(Element::Footnote(_)));
        kept
    });
    for piece in cleaned.pieces.iter_mut().chain(&mut cleaned.footnotes) {
        if let Piece::Mark(number) | Piece::Open(Element::Footnote(number)) | Piece::Close(Element::Footnote(number)) =
            piece
        {
            *number = anew.get(number).copied().unwrap_or(*number);
        }
    }
}

/// For each footnote those that it refers to.
fn marks_of_notes(footnotes: &[Piece<'_>]) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut all: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut open = None;
    for piece in footnotes {
        match (piece, open) {
            (Piece::Open(Element::Footnote(number)), _) => {
                all.entry(*number).or_default();
                open = Some(*number);
            }
            (Piece::Mark(number), Some(note)) => {
                all.entry(note).or_default().insert(*number);
            }
            _ => {}
        }
    }
    all
}

/// The footnotes that some marks lead to, through others, too.
fn reached(marks: &BTreeSet<u32>, of_notes: &BTreeMap<u32, BTreeSet<u32>>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u32> = marks.iter().copied().collect();
    while let Some(number) = open.pop() {
        if found.insert(number) {
            open.extend(of_notes.get(&number).into_iter().flatten());
        }
    }
    found
}
