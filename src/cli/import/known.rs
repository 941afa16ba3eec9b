//! Which files earlier runs took from folders: their hashes, in a hidden file of the corpus.

use crate::disk::{self, Folder};
use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

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
    /// Reads what earlier runs noted: never through a link or from a pipe, since the corpus may be a stranger's.
    pub(super) fn read(corpus: &Path) -> Self {
        let bytes = Folder::named(corpus).and_then(|folder| folder.read(FILE));
        let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self {
            targets: lines
                .map(|(hash, target)| (hash.to_owned(), target.to_owned()))
                .collect(),
            path: corpus.join(FILE),
            changed: false,
        }
    }

    /// Where a file of these bytes went.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<&str> {
        self.targets.get(&hash(bytes)).map(String::as_str)
    }

    /// Notes where a file went, in one spelling on all systems.
    pub(super) fn note(&mut self, bytes: &[u8], target: &str) {
        let target = target.replace(['\t', '\n', '\r'], " ").replace(MAIN_SEPARATOR, "/");
        self.changed |= self.targets.insert(hash(bytes), target.clone()) != Some(target);
    }

    /// Writes it down. Without it the next run takes longer and names what is there already, no more.
    pub(super) fn store(&self) {
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_put_in_its_place_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        let mut known = Known::read(&corpus);
        known.note(b"bytes", "corpus/a.md");
        known.store();
        assert_eq!(Known::read(&corpus).find(b"bytes"), Some("corpus/a.md"));
        let elsewhere = folder.path().join("elsewhere.tsv");
        std::fs::rename(corpus.join(FILE), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, corpus.join(FILE)).unwrap();
        assert_eq!(Known::read(&corpus).find(b"bytes"), None);
    }
}
