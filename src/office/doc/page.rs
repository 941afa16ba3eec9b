//! What is said of letters and paragraphs: runs of bytes, each with its list of changes, in pages of 512 bytes.

use super::bytes::{place_at, u8_at, u16_at, u32_at};
use crate::office::room::kept;

/// Bytes of a page.
const PAGE: usize = 512;
/// Runs of a file at most.
const MOST: usize = 4_000_000;

/// A run of bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
    /// The number of the paragraph's style; 0 for letters.
    pub style: u16,
    /// Where its changes lie in the stream.
    pub changes: std::ops::Range<usize>,
}

/// The runs of all pages that a list of the table names, in their order.
pub(super) fn runs(main: &[u8], list: &[u8], of_paragraphs: bool) -> Vec<Run> {
    let count = list.len().saturating_sub(4) / 8;
    let mut runs = Vec::new();
    for at in 0..count {
        let Some(number) = place_at(list, 4 * (count + 1) + 4 * at) else {
            break;
        };
        let start = (number & 0x003F_FFFF) * PAGE;
        let Some(page) = main.get(start..start + PAGE) else {
            continue;
        };
        if runs.len() > MOST || kept(usize::from(page[PAGE - 1]) * size_of::<Run>()).is_err() {
            break;
        }
        let found = (0..usize::from(page[PAGE - 1])).filter_map(|at| run(page, at, start, of_paragraphs));
        runs.extend(found);
    }
    runs.sort_by_key(|run| run.start);
    runs
}

fn run(page: &[u8], at: usize, start: usize, of_paragraphs: bool) -> Option<Run> {
    let count = usize::from(page[PAGE - 1]);
    let (first, last) = (u32_at(page, 4 * at)?, u32_at(page, 4 * at + 4)?);
    let told = 4 * (count + 1) + if of_paragraphs { 13 * at } else { at };
    let place = 2 * usize::from(u8_at(page, told)?);
    let mut run = Run {
        start: first,
        end: last,
        style: 0,
        changes: 0..0,
    };
    if place == 0 {
        return Some(run);
    }
    let length = usize::from(u8_at(page, place)?);
    let (from, length) = match (of_paragraphs, length) {
        (false, length) => (place + 1, length),
        (true, 0) => (place + 2, 2 * usize::from(u8_at(page, place + 1)?)),
        (true, length) => (place + 1, 2 * length - 1),
    };
    let from_changes = if of_paragraphs {
        run.style = u16_at(page, from)?;
        from + 2
    } else {
        from
    };
    let end = (from + length).min(PAGE);
    run.changes = start + from_changes.min(end)..start + end;
    Some(run)
}

/// The run that a place of the text lies in.
pub(super) fn at(runs: &[Run], place: u32) -> Option<&Run> {
    let after = runs.partition_point(|run| run.start <= place);
    let run = runs.get(after.checked_sub(1)?)?;
    (place < run.end).then_some(run)
}
