//! What the body of a case says of people, in sentences that can be judged by themselves.

use crate::check::bare::bare;
use crate::reading::{Passage, What};
use std::collections::BTreeMap;

/// What a body says, in its normal form: each paragraph, the items of a list together, each row of a table after the
/// headers of its columns, and a table of two columns as a whole.
pub(super) fn sayings(body: &[Passage]) -> Vec<String> {
    let shown = body.iter().filter(|passage| passage.what != What::Target);
    let mut all = Vec::new();
    let mut rows: BTreeMap<usize, BTreeMap<usize, Vec<String>>> = BTreeMap::new();
    let mut in_list = false;
    for passage in shown {
        let text = bare(passage.text.text());
        let is_item = passage.what == What::Item;
        match (passage.what, all.last_mut()) {
            (What::Cell { table, row }, _) => rows.entry(table).or_default().entry(row).or_default().push(text),
            (What::Item, Some(list)) if in_list => *list = format!("{list},{text}"),
            _ => all.push(text),
        }
        in_list = is_item;
    }
    all.extend(
        rows.into_values()
            .flat_map(|rows| of_table(&rows.into_values().collect::<Vec<_>>())),
    );
    all
}

fn of_table(rows: &[Vec<String>]) -> Vec<String> {
    let pair = |header: &String, cell: &String| format!("{header}:{cell}");
    let headers = rows.first().map_or(&[] as &[String], Vec::as_slice);
    let row = |cells: &Vec<String>| {
        if cells.len() == headers.len() {
            headers
                .iter()
                .zip(cells)
                .map(|(header, cell)| pair(header, cell))
                .collect::<Vec<_>>()
        } else {
            cells.clone()
        }
    };
    let mut all: Vec<String> = rows.iter().skip(1).map(|cells| row(cells).join(",")).collect();
    all.extend(headers.iter().cloned());
    if rows.iter().all(|cells| cells.len() == 2) {
        let lines = rows.iter().map(|cells| cells.join(":"));
        all.push(lines.collect::<Vec<_>>().join(","));
    }
    all
}
