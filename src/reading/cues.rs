//! What introduces a passage: the header of a column, another cell of the row, the line before.

use super::{Passage, What};
use crate::markdown::Part;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a passage that may introduce the next one, at most, unless it ends with a colon.
const SHORT: usize = 12;
/// The same for cells, headers among them.
const SHORT_CELL: usize = 24;
/// Characters of a long one that are kept: its end.
const KEPT: usize = 20;
/// Rows that a head has at most.
const HEAD: usize = 2;
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
/// Headers beside which 姓名 is that of somebody who is accused.
const OF_ACCUSED: [&str; 12] = [
    "罪名",
    "涉嫌罪名",
    "指控罪名",
    "认定罪名",
    "案由",
    "刑期",
    "刑罚",
    "判决结果",
    "判处刑罚",
    "强制措施",
    "犯罪事实",
    "量刑建议",
];
/// What such a table says of the names in it.
const ACCUSED: &str = "被告人";
/// Cells of a row of which each introduces the others, at most; of a longer one the first does alone.
const WIDE: usize = 12;
/// Identities of a table that are said of all its other values at most: a list of them says nothing of each.
const MOST_IDENTITIES: usize = 16;

/// Gives the passages of a body their cues.
pub(super) fn introduce(passages: &mut [(Passage, Part)]) {
    lines(passages);
    tables(passages);
}

/// The line before a paragraph, a block of code or a table; for each item of a list the line before the list, and the
/// items that hold it.
fn lines(passages: &mut [(Passage, Part)]) {
    let mut before = String::new();
    let mut labels = Labels::default();
    let mut series = Series::default();
    let mut items: Vec<String> = Vec::new();
    let mut in_table = false;
    for (passage, part) in passages.iter_mut() {
        if matches!(part, Part::Target | Part::Hidden) {
            continue;
        }
        let is_cell = matches!(part, Part::Cell { .. });
        if in_table && !is_cell {
            before.clear();
        }
        in_table = is_cell;
        let depth = if let Part::Item(depth) = part { *depth } else { 0 };
        items.resize(depth.saturating_sub(1), String::new());
        let label = labels.of(depth).filter(|it| **it != before && !is_cell);
        let text = passage.text.text();
        let numbered = if is_cell { None } else { series.of(text, &before) };
        let label = label
            .filter(|it| !it.is_empty())
            .or(numbered.as_ref().filter(|it| **it != before));
        let introductions = std::iter::once(&before).chain(label).chain(&items);
        passage.cues.extend(introductions.filter(|it| !it.is_empty()).cloned());
        match part {
            Part::Cell { .. } => {}
            Part::Code => before.clear(),
            _ if depth == 0 => before = introduction(text),
            _ => items.push(introduction(text)),
        }
        match part {
            Part::Paragraph | Part::Item(_) => labels.take(depth, text),
            Part::Cell { .. } => {}
            _ => labels.at_depth.clear(),
        }
    }
    let is_item = |at: usize, passages: &[(Passage, Part)]| matches!(passages[at].1, Part::Item(_));
    let mut from = 0;
    while from < passages.len() {
        let count = (from..passages.len()).take_while(|&at| is_item(at, passages)).count();
        labelled_items(&mut passages[from..from + count]);
        from += count.max(1);
    }
}

/// At each depth of lists, and outside of them, the last text that ends with a colon: what it says goes for each of the
/// short texts after it, one below the other.
#[derive(Default)]
struct Labels {
    at_depth: Vec<String>,
}

impl Labels {
    fn of(&self, depth: usize) -> Option<&String> {
        self.at_depth.get(depth)
    }

    fn take(&mut self, depth: usize, text: &str) {
        self.at_depth.resize(depth + 1, String::new());
        let is_entry = !is_longer(text.trim(), SHORT) && !text.contains(['。', '：', ':']);
        if !is_entry {
            let is_label = text.trim_end().ends_with([':', '：']);
            self.at_depth[depth] = if is_label { introduction(text) } else { String::new() };
        }
    }
}

/// Short texts that are numbered alike, each of which the line before the first introduces: 一、被告人, （一）张伟, （二）李强.
#[derive(Default)]
struct Series {
    /// The signs around its numbers.
    signs: String,
    introduction: String,
}

impl Series {
    /// What introduces a text, if it is numbered.
    fn of(&mut self, text: &str, before: &str) -> Option<String> {
        let text = text.trim();
        if is_longer(text, SHORT) {
            return None;
        }
        let is_number = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
        let signs = |text: &str| {
            text.trim_start()
                .chars()
                .take_while(|it| "（(、.．)）".contains(*it))
                .collect::<String>()
        };
        let first = signs(text);
        let rest = text[first.len()..].trim_start_matches(is_number);
        let last = signs(rest);
        if rest.len() + first.len() == text.len() || last.is_empty() {
            return None;
        }
        let around = first + &last;
        if around != self.signs {
            (self.signs, self.introduction) = (around, before.to_owned());
        }
        Some(self.introduction.clone()).filter(|it| !it.is_empty())
    }
}

/// Whether a text has more characters than these.
fn is_longer(text: &str, most: usize) -> bool {
    text.chars().nth(most).is_some()
}

/// In a list what a label such as 身份 says of the item with a name: 姓名：王小明 above 身份：被害人.
fn labelled_items(items: &mut [(Passage, Part)]) {
    let mut said: Option<String> = None;
    for (passage, _) in items.iter() {
        let text = passage.text.text();
        if let Some((label, value)) = text.split_once([':', '：'])
            && IDENTITIES.contains(&label.trim())
        {
            said = Some(value.chars().take(SHORT_CELL).collect());
        }
    }
    let Some(said) = said else { return };
    for (passage, _) in items {
        if passage.text.text().trim_start().starts_with("姓名") {
            passage.cues.push(said.clone());
        }
    }
}

/// What of a text may introduce the next.
fn introduction(text: &str) -> String {
    let text = text.trim();
    if is_longer(text, SHORT) && !text.ends_with([':', '：']) {
        return String::new();
    }
    let length = text.chars().count();
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
        let heads: Vec<_> = (0..row.min(HEAD)).filter_map(|row| cells.get(&(table, row))).collect();
        for (place, &(column, at)) in of_row.iter().enumerate() {
            // A header over several columns is the last of its row that begins at or before them.
            let above = heads
                .iter()
                .filter_map(|head| head[..head.partition_point(|(known, _)| *known <= column)].last());
            let above = above.filter(|(known, _)| *known == column || of_row.len() > 1);
            let near = if of_row.len() <= WIDE {
                0..of_row.len()
            } else {
                place.saturating_sub(1)..place
            };
            let first = (near.start > 0).then_some(0);
            let beside = first.into_iter().chain(near).filter(|&other| other != place);
            let all = above.map(|(_, at)| *at).chain(beside.map(|other| of_row[other].1));
            let short = all
                .map(text)
                .filter(|text| !text.is_empty() && text.chars().count() <= SHORT_CELL);
            cues.push((at, short.collect()));
        }
    }
    cues.extend(identities(&cells, &text));
    cues.extend(accused(&cells, &text));
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
        let told = told.take(MOST_IDENTITIES);
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

/// In a table of crimes the names are those of who is accused: 张建国 below 姓名 beside 罪名, or beside 姓名 above it.
fn accused(
    cells: &BTreeMap<(usize, usize), Vec<(usize, usize)>>,
    text: &impl Fn(usize) -> String,
) -> Vec<(usize, Vec<String>)> {
    let label = |at: usize| -> String {
        let bare: String = text(at).chars().filter(|it| !it.is_whitespace()).collect();
        bare.trim_end_matches([':', '：']).to_owned()
    };
    let is_told = |at: usize| OF_ACCUSED.contains(&&*label(at));
    let mut tables: BTreeMap<usize, Vec<&Vec<(usize, usize)>>> = BTreeMap::new();
    for (&(table, _), row) in cells {
        tables.entry(table).or_default().push(row);
    }
    let mut named = Vec::new();
    for rows in tables.into_values() {
        let head = rows.first().filter(|head| head.iter().any(|&(_, at)| is_told(at)));
        let columns: BTreeSet<usize> = head
            .into_iter()
            .flat_map(|head| head.iter())
            .filter(|&&(_, at)| label(at) == "姓名")
            .map(|&(column, _)| column)
            .collect();
        let below = rows.iter().skip(1).flat_map(|row| row.iter());
        named.extend(below.filter(|(column, _)| columns.contains(column)).map(|(_, at)| *at));
        let is_pair = rows.iter().all(|row| row.len() == 2) && rows.iter().any(|row| is_told(row[0].1));
        let beside = rows.iter().filter(|row| is_pair && label(row[0].1) == "姓名");
        named.extend(beside.map(|row| row[1].1));
    }
    named.into_iter().map(|at| (at, vec![ACCUSED.to_owned()])).collect()
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
