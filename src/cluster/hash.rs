//! Names of documents and contents in a cluster.

use crate::cache::{Key, Recipe};

/// Under which name a document stands in a cluster: ids of documents may be longer than a cluster takes.
pub(super) fn name(id: &str) -> String {
    let hash = blake3::hash(id.as_bytes()).to_hex();
    hash[..32].to_owned()
}

/// Names what stands there of a document: its content, and the program that made words of it.
pub(super) fn content(stored: &str) -> Key {
    Recipe::of("cluster").with(stored).key()
}
