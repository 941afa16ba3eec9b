//! Which files earlier runs took from folders: their hashes, in a hidden file of the corpus.

use crate::disk;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file, below the corpus.
const FILE: &str = ".imported.tsv";

/// The files that were taken.
#[derive(Debug, Default)]
pub(super) struct Known {
    path: PathBuf,
    /// Where each went, by its hash.
    targets: BTreeMap<String, String>,
    changed: bool,
}

impl Known {
    /// Reads what earlier runs noted.
    pub fn read(corpus: &Path) -> Self {
        let path = corpus.join(FILE);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self {
            targets: lines
                .map(|(hash, target)| (hash.to_owned(), target.to_owned()))
                .collect(),
            path,
            changed: false,
        }
    }

    /// Where a file of these bytes went.
    pub fn find(&self, bytes: &[u8]) -> Option<&str> {
        self.targets.get(&hash(bytes)).map(String::as_str)
    }

    /// Notes where a file went.
    pub fn note(&mut self, bytes: &[u8], target: &str) {
        let target = target.replace(['\t', '\n', '\r'], " ");
        self.changed |= self.targets.insert(hash(bytes), target.clone()) != Some(target);
    }

    /// Writes it down. Without it the next run takes longer and names what is there already, no more.
    pub fn store(&self) {
        if self.changed {
            let lines: String = self
                .targets
                .iter()
                .map(|(hash, target)| format!("{hash}\t{target}\n"))
                .collect();
            drop(disk::write_named(&self.path, lines.as_bytes()));
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}
