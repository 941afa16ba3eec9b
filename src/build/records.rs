//! The records of all documents as JSON, in few files: each holds those of a run of documents, one a line.
//!
//! A file a document would be half of what a site of short documents is made of, and a file share takes a hundred files
//! a second.

use serde::Serialize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A run ends behind a document whose hash divides by this, so that a document more changes one file.
const RUN: u16 = 128;
/// Most documents of a run.
const MOST: usize = 512;
/// How the file of a run begins and ends.
const BEGINS: &str = "{\"jianyan\":\"records\",\"records\":[\n";
const ENDS: &str = "\n]}\n";

/// The path of the list of all runs.
pub(super) const LIST: &str = "data/records.json";

/// A run of documents and the file of their records.
pub(super) struct Run {
    /// The documents, by their numbers.
    pub range: Range<usize>,
    /// The file, below the site: named by the first of them.
    pub path: String,
    gathered: Mutex<Vec<Option<String>>>,
    /// Whether its file stands or was made.
    done: AtomicBool,
}

impl Run {
    fn new(range: Range<usize>, first: &str) -> Self {
        let name = &blake3::hash(first.as_bytes()).to_hex()[..16];
        Self {
            path: format!("data/records-{name}.json"),
            gathered: Mutex::new(vec![None; range.len()]),
            range,
            done: AtomicBool::new(false),
        }
    }

    /// Whether its file stands or was made.
    pub(super) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    /// Its file stands.
    pub(super) fn settle(&self) {
        self.done.store(true, Ordering::Relaxed);
    }

    /// Whether it waits for the record of a document.
    pub(super) fn lacks(&self, index: usize) -> bool {
        let gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        !self.is_done() && gathered[index - self.range.start].is_none()
    }

    /// Takes the record of a document; gives the file when it was the last one that was lacking.
    pub(super) fn add(&self, index: usize, record: String) -> Option<String> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_done() {
            return None;
        }
        gathered[index - self.range.start] = Some(record);
        if gathered.iter().any(Option::is_none) {
            return None;
        }
        self.settle();
        Some(file(std::mem::take(&mut *gathered).into_iter().flatten()))
    }
}

/// The file of the records of a run.
pub(super) fn file(records: impl Iterator<Item = String>) -> String {
    let records: Vec<String> = records.collect();
    format!("{BEGINS}{}{ENDS}", records.join(",\n"))
}

/// Cuts documents, given by their ids in order, into runs.
pub(super) fn runs(ids: &[&str]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, id) in ids.iter().enumerate() {
        let hash = blake3::hash(id.as_bytes());
        let [low, high, ..] = *hash.as_bytes();
        let end = index + 1;
        if u16::from_le_bytes([low, high]).is_multiple_of(RUN) || end - start == MOST || end == ids.len() {
            runs.push(Run::new(start..end, ids[start]));
            start = end;
        }
    }
    runs
}

/// The run of a document.
pub(super) fn of(runs: &[Run], index: usize) -> Option<&Run> {
    runs.get(runs.partition_point(|run| run.range.end <= index))
}

/// The list of all runs, for programs: the file of each, below the folder of the list, its first id and how many
/// documents it has.
pub(super) fn list(runs: &[Run], ids: &[&str]) -> serde_json::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Listed<'a> {
        file: &'a str,
        first: &'a str,
        count: usize,
    }
    #[derive(Serialize)]
    struct All<'a> {
        jianyan: &'static str,
        files: Vec<Listed<'a>>,
    }
    let files = runs.iter().map(|run| Listed {
        file: run.path.rsplit('/').next().unwrap_or(&run.path),
        first: ids[run.range.start],
        count: run.range.len(),
    });
    serde_json::to_vec(&All {
        jianyan: "records",
        files: files.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_every_document_once_and_a_document_more_changes_few() {
        let ids: Vec<String> = (0..4000).map(|number| format!("d{number:05}")).collect();
        let paths = |ids: &[String]| {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let runs = runs(&ids);
            let held: Vec<usize> = runs.iter().flat_map(|run| run.range.clone()).collect();
            assert!(held.iter().copied().eq(0..ids.len()));
            for index in (0..ids.len()).step_by(97) {
                assert!(of(&runs, index).unwrap().range.contains(&index));
            }
            let listed = |run: &Run| (run.path.clone(), ids[run.range.clone()].join(" "));
            runs.iter().map(listed).collect::<Vec<_>>()
        };
        let before = paths(&ids);
        assert!((10..80).contains(&before.len()), "{}", before.len());
        let mut more = ids.clone();
        more.insert(2000, "d01999-new".to_owned());
        let changed = paths(&more).iter().filter(|run| !before.contains(run)).count();
        assert!(changed <= 2, "{changed}");
    }

    #[test]
    fn the_file_of_a_run_is_made_once_when_all_its_records_are_there() {
        let ids = ["a", "b", "c"];
        let runs = runs(&ids);
        let run = of(&runs, 0).unwrap();
        let order: Vec<usize> = run.range.clone().rev().collect();
        let made: Vec<_> = order.iter().map(|&index| run.add(index, index.to_string())).collect();
        let (last, before) = made.split_last().unwrap();
        assert!(before.iter().all(Option::is_none));
        let text = last.clone().unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["records"].as_array().unwrap().len(), run.range.len());
        assert_eq!(run.add(run.range.start, "again".into()), None);
    }
}
