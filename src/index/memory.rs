//! A few documents as an index in memory, scored as those of a larger one that lies elsewhere.

use super::document::IndexDocument;
use super::error::IndexError;
use super::open::Opened;
use super::schema;
use super::settings::IndexSettings;
use super::statistics::Statistics;
use std::sync::Arc;
use tantivy::Index;
use tantivy::directory::RamDirectory;

/// Bytes that the writer may take before it writes a segment: more than a few documents have.
const MEMORY_BUDGET: usize = 64 << 20;

/// Holds documents, in the order of their ids.
///
/// # Errors
/// What tantivy says.
pub(crate) fn hold(
    documents: &[IndexDocument],
    settings: IndexSettings,
    statistics: Arc<Statistics>,
) -> Result<Opened, IndexError> {
    let (schema, fields) = schema::schema();
    let builder = Index::builder().schema(schema).tokenizers(schema::tokenizers());
    let index = if documents.is_empty() {
        builder.create_in_ram()?
    } else {
        let mut writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY_BUDGET)?;
        for document in documents {
            writer.add_document(fields.fill(document))?;
        }
        writer.finalize()?
    };
    let searcher = index.reader()?.searcher();
    Ok(Opened {
        index,
        searcher,
        fields,
        settings,
        statistics,
    })
}
