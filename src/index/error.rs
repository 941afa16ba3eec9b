//! Why an index can't be written or opened.

use crate::disk::cause;
use crate::message::{Catalogue, Lang};
use std::path::PathBuf;

/// A failure of the index as a whole.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder.
    Missing(PathBuf),
    /// The index was written by another version in another format.
    Format {
        /// The index folder.
        dir: PathBuf,
        /// The format that it names; 0 where it names none.
        found: u32,
    },
    /// Documents were handed over out of order, or two of one id: the id at which it showed.
    Order(String),
    /// A file can't be read or written.
    Io(#[from] std::io::Error),
    /// tantivy refused.
    Engine(#[from] tantivy::TantivyError),
}

impl IndexError {
    /// The sentence about it, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (key, about) = match self {
            Self::Missing(dir) => ("index.missing", dir.display().to_string()),
            Self::Format { dir, .. } => ("index.format", dir.display().to_string()),
            Self::Order(id) => ("index.order", id.clone()),
            Self::Io(error) => ("index.io", cause(error, lang)),
            Self::Engine(error) => ("index.engine", error.to_string()),
        };
        Catalogue::of(lang).format(key, &[("about", about)])
    }
}

impl std::fmt::Display for IndexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}
