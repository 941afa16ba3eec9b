//! What introduces a passage: the header of a column, another cell of the row, the line before.

use super::{Passage, What};
use crate::markdown::Part;
use std::collections::BTreeMap;

/// Characters of a passage that may introduce the next one, at most, unless it ends with a colon.
const SHORT: usize = 12;
/// Characters of a long one that are kept: its end.
const KEPT: usize = 20;
/// Cells of a row of which each introduces the others, at most; of a longer one the first does alone.
const WIDE: usize = 12;

/// Gives the passages of a body their cues.
pub(super) fn introduce(passages: &mut [(Passage, Part)]) {
    lines(passages);
    tables(passages);
}

/// The line before a paragraph, and the line before a list for each of its items.
fn lines(passages: &mut [(Passage, Part)]) {
    let mut before = String::new();
    for (passage, part) in passages {
        match part {
            Part::Target | Part::Hidden => continue,
            Part::Cell { .. } | Part::Code => before.clear(),
            _ => {
                if !before.is_empty() {
                    passage.cues.push(before.clone());
                }
                if *part != Part::Item {
                    before = introduction(passage.text.text());
                }
            }
        }
    }
}

/// What of a text may introduce the next.
fn introduction(text: &str) -> String {
    let text = text.trim();
    let length = text.chars().count();
    if length > SHORT && !text.ends_with([':', '：']) {
        return String::new();
    }
    text.chars().skip(length.saturating_sub(KEPT)).collect()
}

fn tables(passages: &mut [(Passage, Part)]) {
    let mut cells: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (at, (_, part)) in passages.iter().enumerate() {
        if let Part::Cell { table, row, column } = *part {
            cells.entry((table, row)).or_default().push((column, at));
        }
    }
    let text = |at: usize| passages[at].0.text.text().trim().to_owned();
    let mut cues: Vec<(usize, Vec<String>)> = Vec::new();
    for (&(table, row), of_row) in &cells {
        let header = cells.get(&(table, 0)).filter(|_| row > 0);
        for (place, &(column, at)) in of_row.iter().enumerate() {
            let above = header.into_iter().flatten().filter(|(known, _)| *known == column);
            let others = of_row.iter().enumerate().filter(|&(other, _)| other != place);
            let beside = others.filter(|&(other, _)| of_row.len() <= WIDE || other == 0 || other + 1 == place);
            let all = above.map(|&(_, at)| at).chain(beside.map(|(_, &(_, at))| at));
            let short = all
                .map(text)
                .filter(|text| !text.is_empty() && text.chars().count() <= SHORT);
            cues.push((at, short.collect()));
        }
    }
    for (at, cues) in cues {
        passages[at].0.cues = cues;
    }
}

/// Gives the cells of rows their cues; used for what isn't Markdown.
pub(super) fn of_rows(rows: Vec<Vec<Passage>>) -> Vec<Passage> {
    let mut list: Vec<(Passage, Part)> = Vec::new();
    for (row, cells) in rows.into_iter().enumerate() {
        for (column, passage) in cells.into_iter().enumerate() {
            let table = match passage.what {
                What::Cell { table, .. } => table,
                _ => 0,
            };
            list.push((passage, Part::Cell { table, row, column }));
        }
    }
    tables(&mut list);
    list.into_iter().map(|(passage, _)| passage).collect()
}
