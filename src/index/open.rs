//! Opening a committed index.

use super::error::IndexError;
use super::read_only::ReadOnlyDirectory;
use super::schema::{self, Fields};
use super::settings::{FORMAT, IndexSettings};
use std::path::Path;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, ReloadPolicy, Searcher, TERMINATED, Term};

/// An index as it was committed.
pub struct Opened {
    /// The tantivy index.
    pub index: Index,
    /// A searcher over its one segment (over none, when it has no documents).
    pub searcher: Searcher,
    /// Its fields.
    pub fields: Fields,
    /// What it was built with.
    pub settings: IndexSettings,
}

impl Opened {
    /// The documents of a term that is a whole value, rising.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn documents_of(&self, field: Field, value: &str) -> Result<Vec<u32>, IndexError> {
        let term = Term::from_field_text(field, value);
        let mut docs = Vec::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            if let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    docs.push(postings.doc());
                    postings.advance();
                }
            }
        }
        Ok(docs)
    }
}

/// Opens the index in a folder.
///
/// # Errors
/// [`IndexError::Missing`] without an index there, [`IndexError::Format`] when another version wrote
/// it, otherwise what the file system or tantivy says.
pub fn open(dir: &Path) -> Result<Opened, IndexError> {
    if !dir.join("meta.json").is_file() {
        return Err(IndexError::Missing(dir.to_owned()));
    }
    let directory = tantivy::directory::MmapDirectory::open(dir).map_err(|error| match error {
        OpenDirectoryError::DoesNotExist(dir) => IndexError::Missing(dir),
        other => IndexError::Engine(other.into()),
    })?;
    let mut index = Index::open(ReadOnlyDirectory(directory))?;
    let settings = read_settings(index.load_metas()?.payload.as_deref().unwrap_or_default(), dir)?;
    let (schema, fields) = schema::schema();
    if index.schema() != schema {
        return Err(IndexError::Format {
            dir: dir.to_owned(),
            found: settings.format,
        });
    }
    index.set_tokenizers(schema::tokenizers());
    // Whoever wants a newer commit opens the folder anew: no thread that watches files.
    let searcher = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?
        .searcher();
    Ok(Opened {
        index,
        searcher,
        fields,
        settings,
    })
}

/// The settings in a commit's payload. The format is looked at first: other formats may lay out the
/// rest in other ways.
fn read_settings(payload: &str, dir: &Path) -> Result<IndexSettings, IndexError> {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let found = serde_json::from_str::<Format>(payload).map_or(0, |format| format.format);
    let settings = (found == FORMAT).then(|| serde_json::from_str(payload).ok()).flatten();
    settings.ok_or_else(|| IndexError::Format {
        dir: dir.to_owned(),
        found,
    })
}
