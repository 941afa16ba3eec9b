//! Which files of a folder are ours, and what they hold.

use crate::cache::Stamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Its file in the state folder.
pub(super) const NAME: &str = "manifest.tsv";

/// The text of a manifest. One line a file: hash, size, path; the generation first, retired files with `-` for both.
pub(super) fn text<'a>(
    generation: &str,
    files: impl Iterator<Item = (&'a String, &'a Stamp)>,
    retired: &BTreeSet<String>,
) -> String {
    let mut text = format!("generation\t{generation}\n");
    for (path, stamp) in files {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{:032x}\t{}\t{path}", u128::from_be_bytes(stamp.hash), stamp.size);
    }
    for path in retired {
        let _ = writeln!(text, "-\t-\t{path}");
    }
    text
}

/// The files of one committed generation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Generation that they belong to; empty before the first.
    pub generation: String,
    /// Path to stamp.
    pub files: BTreeMap<String, Stamp>,
    /// Files of the search bundle of the generation before, kept for pages that are open.
    pub retired: BTreeSet<String>,
}

impl Manifest {
    /// Reads the manifest of a state folder; one that is missing or damaged counts as empty, so that
    /// everything is written again.
    pub fn load(state: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(state.join(NAME)) {
            Ok(text) => Ok(Self::from_text(&text).unwrap_or_default()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
                Ok(Self::default())
            }
            Err(error) => Err(error),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let generation = lines.next()?.strip_prefix("generation\t")?.to_owned();
        let mut manifest = Self {
            generation,
            ..Self::default()
        };
        for line in lines {
            let mut parts = line.splitn(3, '\t');
            let (hash, size, path) = (parts.next()?, parts.next()?, parts.next()?);
            if !super::is_of_a_site(path) {
                return None;
            }
            match (hash, size, path) {
                ("-", "-", path) => {
                    manifest.retired.insert(path.to_owned());
                }
                (hash, size, path) => {
                    let hash = u128::from_str_radix(hash, 16).ok()?.to_be_bytes();
                    manifest.files.insert(
                        path.to_owned(),
                        Stamp {
                            size: size.parse().ok()?,
                            hash,
                        },
                    );
                }
            }
        }
        Some(manifest)
    }
}
