//! What earlier runs made, looked up by the content of everything that went in.
//!
//! A pure step that costs time has a [`Key`]: the hash of all its inputs, of the program's own sources
//! among them. What it gave is found again under that key or made anew; nothing here knows what has
//! changed, and nothing is ever told. **Invariant**: whatever is lost, damaged or left by another
//! program is as if it had never been; no run gives other files because of it.
//!
//! The cache stands below the index folder, in [`FOLDER`]: it holds only what the audience of that
//! folder may see, and what a run did not use, it removes.

mod file;
mod remembered;
mod sealed;
mod step;

pub(crate) use file::{load, store};
pub(crate) use remembered::Remembered;
pub(crate) use sealed::Sealed;
pub(crate) use step::Step;

use crate::disk::{Folder, Found, Maker, refused};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use std::path::Path;

/// Where the cache is, below an index folder.
pub const FOLDER: &str = ".jianyan/cache";

/// The cache of an index folder, made where it isn't there; what a killed run left half written goes.
///
/// # Errors
/// What the file system says, or that a link leads there.
pub fn folder(index: &Path) -> io::Result<Folder> {
    let folder = make(&Folder::open(index)?, FOLDER)?;
    folder.sweep(Maker::Output)?;
    Ok(folder)
}

/// Makes a folder of a cache. A file in its place goes: all that is there is ours, and can be made anew.
///
/// # Errors
/// As [`folder`].
pub fn make(folder: &Folder, path: &str) -> io::Result<Folder> {
    match folder.make(path) {
        Err(error) if refused(&error).is_some_and(|refused| refused.found == Found::NoFolder) => {
            folder.clear(path)?;
            folder.make(path)
        }
        other => other,
    }
}

/// A value that the cache of an index folder remembers.
pub fn recall<T: DeserializeOwned>(index: &Path, name: &str) -> Option<T> {
    load(&Folder::open(index).and_then(|index| index.sub(FOLDER)).ok()?, name)
}

/// Names everything that a step was made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(#[serde(with = "hex::serde")] [u8; 16]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A number below `bound` that a name draws by lot, the same in every version of the program; `bound` isn't zero.
pub fn lot(name: &str, bound: u64) -> u64 {
    (u128::from_be_bytes(half(&blake3::hash(name.as_bytes()))) % u128::from(bound)) as u64
}

/// A key while its parts are added. Each part counts with its length, so that no two lists of parts
/// read the same.
pub struct Recipe(blake3::Hasher);

impl Recipe {
    /// Begins the key of a step, by the step's name.
    pub fn of(step: &str) -> Self {
        Recipe(blake3::Hasher::new())
            .with(env!("CARGO_PKG_VERSION"))
            .with(env!("JIANYAN_SOURCES"))
            .with(step)
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        self.add(part);
        self
    }

    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The key of all parts.
    pub fn key(&self) -> Key {
        Key(half(&self.0.finalize()))
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Size and content hash of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// First half of its blake3.
    #[serde(with = "hex::serde")]
    pub hash: [u8; 16],
}

impl Stamp {
    /// The stamp of a content.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            hash: half(&blake3::hash(bytes)),
        }
    }
}

fn half(hash: &blake3::Hash) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash.as_bytes()[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_every_part_and_where_it_ends() {
        let key = |parts: &[&str]| {
            let mut recipe = Recipe::of("step");
            parts.iter().for_each(|part| recipe.add(part));
            recipe.key()
        };
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
        for other in [&["ab"][..], &["a", "c"], &["", "ab"], &["a", "b", ""], &["b", "a"]] {
            assert_ne!(key(&["a", "b"]), key(other), "{other:?}");
        }
        assert_ne!(Recipe::of("one").key(), Recipe::of("other").key());
    }
}
