//! The tantivy index: schema, analyzer, writer.
pub mod document;
