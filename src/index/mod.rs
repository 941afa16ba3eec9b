//! The tantivy index: schema, analyzer, writer.
pub mod analyzer;
pub mod document;
