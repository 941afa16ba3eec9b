//! What introduces a passage: the header of a column, another cell of the row, the line before.

use super::{Passage, What};
use crate::markdown::Part;
use std::collections::BTreeMap;

/// Characters of a passage that may introduce the next one, at most, unless it ends with a colon.
const SHORT: usize = 12;
/// Characters of a long one that are kept: its end.
const KEPT: usize = 20;
/// Labels of a row whose value says who all the others speak of.
const IDENTITIES: [&str; 8] = [
    "身份",
    "诉讼身份",
    "诉讼地位",
    "诉讼角色",
    "角色",
    "身份类别",
    "人员类别",
    "类别",
];
/// Cells of a row of which each introduces the others, at most; of a longer one the first does alone.
const WIDE: usize = 12;

/// Gives the passages of a body their cues.
pub(super) fn introduce(passages: &mut [(Passage, Part)]) {
    lines(passages);
    tables(passages);
}

/// The line before a paragraph; for each item of a list the line before the list, and the items that hold it.
fn lines(passages: &mut [(Passage, Part)]) {
    let mut before = String::new();
    let mut items: Vec<String> = Vec::new();
    for (passage, part) in passages {
        match part {
            Part::Target | Part::Hidden => continue,
            Part::Cell { .. } | Part::Code => {
                before.clear();
                items.clear();
            }
            _ => {
                let depth = if let Part::Item(depth) = part { *depth } else { 0 };
                items.resize(depth.saturating_sub(1), String::new());
                let introductions = std::iter::once(&before).chain(&items);
                passage.cues.extend(introductions.filter(|it| !it.is_empty()).cloned());
                let of_this = introduction(passage.text.text());
                match depth {
                    0 => before = of_this,
                    _ => items.push(of_this),
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
    cues.extend(identities(&cells, &text));
    for (at, cues) in cues {
        let known = &mut passages[at].0.cues;
        for cue in cues {
            if !known.contains(&cue) {
                known.push(cue);
            }
        }
    }
}

/// In a table of two columns what a label such as 身份 says of all other values: 姓名 | 王小明 above 身份 | 被害人.
fn identities(
    cells: &BTreeMap<(usize, usize), Vec<(usize, usize)>>,
    text: &impl Fn(usize) -> String,
) -> Vec<(usize, Vec<String>)> {
    let mut tables: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (&(table, _), row) in cells {
        if let &[(_, label), (_, value)] = row.as_slice() {
            tables.entry(table).or_default().push((label, value));
        }
    }
    let mut cues = Vec::new();
    for rows in tables.into_values() {
        let told = rows.iter().filter(|(label, _)| {
            let label: String = text(*label).chars().filter(|it| !it.is_whitespace()).collect();
            IDENTITIES.contains(&label.trim_end_matches([':', '：']))
        });
        let told: Vec<(usize, String)> = told.map(|&(_, value)| (value, text(value))).collect();
        let said = |at: usize| {
            told.iter()
                .filter(move |(by, _)| *by != at)
                .map(|(_, said)| said.clone())
        };
        cues.extend(
            rows.iter()
                .filter(|_| !told.is_empty())
                .map(|&(_, value)| (value, said(value).collect())),
        );
    }
    cues
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
