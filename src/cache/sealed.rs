//! A remembered value that can be read only with everything that it was made from.
//!
//! The cache of a public index may know nothing that the public doesn't. What a whole run came to reveals the office's
//! own documents, so it is stored under a cipher whose secret is the key of all inputs, their times among them: who
//! doesn't hold the corpus reads noise of a length in steps.

use super::{Key, Recipe, recall, store};
use crate::disk::Folder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// What is stored is made as long as the next multiple of this.
const STEP: usize = 16 << 10;

/// A value under a cipher, and when its inputs were looked at.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// When the inputs were looked at.
    pub taken: SystemTime,
    proof: Key,
    #[serde(with = "hex::serde")]
    bytes: Vec<u8>,
}

impl Sealed {
    /// Seals a value with the key of all that it was made from.
    ///
    /// # Errors
    /// That the value can't be written as JSON.
    pub(crate) fn of<T: Serialize>(taken: SystemTime, key: Key, value: &T) -> io::Result<Self> {
        let mut bytes = serde_json::to_vec(value).map_err(io::Error::from)?;
        // JSON may end in blanks.
        bytes.resize(bytes.len().next_multiple_of(STEP), b' ');
        cipher(key, &mut bytes);
        let proof = proof(key);
        Ok(Self { taken, proof, bytes })
    }

    /// The value, given its key.
    pub(crate) fn open<T: DeserializeOwned>(mut self, key: Key) -> Option<T> {
        if self.proof != proof(key) {
            return None;
        }
        cipher(key, &mut self.bytes);
        serde_json::from_slice(&self.bytes).ok()
    }

    /// The one that the cache of an index folder holds.
    pub(crate) fn recall(index: &Path, name: &str) -> Option<Self> {
        recall(index, name)
    }

    /// Stores it in the cache of an index folder.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn store(&self, cache: &Folder, name: &str) -> io::Result<()> {
        store(cache, name, self)
    }
}

fn proof(key: Key) -> Key {
    Recipe::of("proof of a key").with(key).key()
}

/// Adds the stream of a key to bytes; a second time, it takes it away.
fn cipher(key: Key, bytes: &mut [u8]) {
    let mut stream = vec![0; bytes.len()];
    let mut hasher = blake3::Hasher::new_derive_key("jianyan 2026-11-29 what a run came to");
    hasher.update(key.as_ref()).finalize_xof().fill(&mut stream);
    bytes.iter_mut().zip(stream).for_each(|(byte, other)| *byte ^= other);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_with_its_key_alone_and_shows_neither_itself_nor_its_length() {
        let [key, other] = ["one", "other"].map(|name| Recipe::of(name).key());
        let sealed = |text: &str| Sealed::of(SystemTime::UNIX_EPOCH, key, &text).unwrap();
        assert_eq!(sealed("甲").open::<String>(key).as_deref(), Some("甲"));
        assert_eq!(sealed("甲").open::<String>(other), None);
        let stored = serde_json::to_string(&sealed("canary")).unwrap();
        assert!(!stored.contains(&hex::encode("canary")));
        assert_eq!(sealed("a").bytes.len(), sealed("a longer one").bytes.len());
    }
}
