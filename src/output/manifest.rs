//! Which files of a folder are ours, and what they hold.

use crate::cache::Stamp;
use crate::disk::Folder;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// Its file in the state folder.
pub(super) const NAME: &str = "manifest.tsv";

/// What begins the line of a retired file.
const RETIRED: char = '-';

/// What begins the last line, which a manifest that was cut off lacks.
const END: &str = "end\t";

/// The text of a manifest. One line a file: hash, size, path; the generation first, retired files with `-` before it,
/// and the number of files last.
pub(super) fn text<'a>(
    generation: &str,
    files: impl Iterator<Item = (&'a String, &'a Stamp)>,
    retired: &BTreeMap<String, Stamp>,
) -> String {
    let mut text = format!("generation\t{generation}\n");
    let mut line = |mark: &str, path: &str, stamp: &Stamp| {
        let hash = u128::from_be_bytes(stamp.hash);
        // Writing to a string can't fail.
        let _ = writeln!(text, "{mark}{hash:032x}\t{}\t{path}", stamp.size);
    };
    files.for_each(|(path, stamp)| line("", path, stamp));
    retired.iter().for_each(|(path, stamp)| line("-", path, stamp));
    let files = text.lines().count() - 1;
    let _ = writeln!(text, "{END}{files}");
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
    pub retired: BTreeMap<String, Stamp>,
}

impl Manifest {
    /// Reads the manifest of a state folder; nothing where it is missing, damaged or cut off.
    ///
    /// # Errors
    /// What the file system says.
    pub fn load(state: &Folder) -> io::Result<Option<Self>> {
        match state.read(NAME) {
            Ok(bytes) => Ok(Self::from_bytes(&bytes).filter(|_| is_whole(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads a manifest; nothing where it is damaged.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?;
        let mut lines = text.lines();
        let generation = lines.next()?.strip_prefix("generation\t")?.to_owned();
        let mut manifest = Self {
            generation,
            ..Self::default()
        };
        for line in lines.filter(|line| !line.starts_with(END)) {
            let mut parts = line.splitn(3, '\t');
            let (hash, size, path) = (parts.next()?, parts.next()?, parts.next()?);
            if !super::is_of_a_site(path) {
                return None;
            }
            let (files, hash) = match hash.strip_prefix(RETIRED) {
                Some(hash) => (&mut manifest.retired, hash),
                None => (&mut manifest.files, hash),
            };
            let stamp = Stamp {
                size: size.parse().ok()?,
                hash: u128::from_str_radix(hash, 16).ok()?.to_be_bytes(),
            };
            files.insert(path.to_owned(), stamp);
        }
        Some(manifest)
    }
}

/// Whether a manifest ends as it was written.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let count = text.lines().count().saturating_sub(2);
    text.ends_with(&format!("\n{END}{count}\n"))
}

/// A file below `root`, which must be what its manifest says.
///
/// # Errors
/// What the file system says, and that it has changed since it was built.
pub(super) fn read_as_built(root: &Folder, path: &str, stamp: &Stamp) -> io::Result<Vec<u8>> {
    let bytes = root.read(path)?;
    if Stamp::of(&bytes) != *stamp {
        return Err(io::Error::other(format!("{path}: changed since it was built")));
    }
    Ok(bytes)
}
