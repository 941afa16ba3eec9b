//! Opening a committed index.

use super::error::IndexError;
use super::read_only::ReadOnlyDirectory;
use super::schema::{self, Fields};
use super::settings::{FORMAT, IndexSettings};
use super::statistics::Statistics;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term};

/// An index as it was committed.
pub struct Opened {
    /// The tantivy index.
    pub index: Index,
    /// A searcher over its one segment (over none, when it has no documents).
    pub searcher: Searcher,
    pub fields: Fields,
    /// What it was built with.
    pub settings: IndexSettings,
    /// What scores count.
    pub(crate) statistics: Arc<Statistics>,
}

impl Opened {
    /// In how many documents a term stands.
    ///
    /// # Errors
    /// The index can't be read.
    pub(crate) fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        self.statistics.frequency(&self.searcher, term)
    }

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

    /// A stored JSON value of a document; the default where it is missing.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn stored<T: DeserializeOwned + Default>(&self, doc: u32, field: Field) -> Result<T, IndexError> {
        let stored: TantivyDocument = self.searcher.doc(DocAddress::new(0, doc))?;
        Ok(stored_value(&stored, field))
    }

    /// All values of a field of whole values, each with its documents.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn values_of(&self, field: Field) -> Result<Vec<(String, Vec<u32>)>, IndexError> {
        let mut values = Vec::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while let Some((name, _)) = terms.next() {
                values.push(String::from_utf8_lossy(name).into_owned());
            }
        }
        let documents = |value: String| Ok((value.clone(), self.documents_of(field, &value)?));
        values.into_iter().map(documents).collect()
    }
}

/// A stored JSON value; the default where it is missing.
pub(crate) fn stored_value<T: DeserializeOwned + Default>(stored: &TantivyDocument, field: Field) -> T {
    let text = stored
        .get_first(field)
        .and_then(|value| value.as_str())
        .unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
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
    let mut index = Index::open(ReadOnlyDirectory {
        inner: directory,
        root: dir.to_owned(),
    })?;
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
    let statistics = Arc::new(Statistics::of(&searcher, &fields.scored())?);
    Ok(Opened {
        index,
        searcher,
        fields,
        settings,
        statistics,
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
