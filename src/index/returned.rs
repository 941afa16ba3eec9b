//! Documents as they were handed over, from what the index holds of them: the inverse of [`Fields::fill`].

use super::document::IndexDocument;
use super::error::IndexError;
use super::facet::{self, Facets};
use super::open::{Opened, stored_value};
use super::schema::{Fields, Texts};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Value;
use tantivy::{DocAddress, SegmentReader, TantivyDocument};

/// The documents of an index, one by one.
pub struct Documents<'a> {
    opened: &'a Opened,
    /// The columns of facets that have any value.
    facets: Vec<(&'static str, StrColumn)>,
    year: Option<Column<i64>>,
    date: Option<Column<i64>>,
}

impl<'a> Documents<'a> {
    /// Those of an index.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn of(opened: &'a Opened) -> Result<Self, IndexError> {
        let mut documents = Self {
            opened,
            facets: Vec::new(),
            year: None,
            date: None,
        };
        if let Some(reader) = opened.searcher.segment_readers().first() {
            let columns = reader.fast_fields();
            for filter in facet::facets() {
                if let Some(column) = columns.str(filter.column)? {
                    documents.facets.push((filter.column, column));
                }
            }
            documents.year = columns.i64("year").ok();
            documents.date = columns.i64("date").ok();
        }
        Ok(documents)
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.opened
            .searcher
            .segment_readers()
            .first()
            .map_or(0, SegmentReader::max_doc)
    }

    /// A document, but for what it adds to the ledger.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn get(&self, doc: u32) -> Result<IndexDocument, IndexError> {
        let stored: TantivyDocument = self.opened.searcher.doc(DocAddress::new(0, doc))?;
        let fields: &Fields = &self.opened.fields;
        let texts: Texts = stored_value(&stored, fields.texts);
        let meta: super::document::Meta = stored_value(&stored, fields.meta);
        let id = stored
            .get_first(fields.id)
            .and_then(|id| id.as_str().map(str::to_owned));
        Ok(IndexDocument {
            id: id.unwrap_or_default(),
            title: meta.title.clone(),
            summary: texts.summary,
            keywords: texts.keywords,
            headings: texts.headings,
            blocks: stored_value(&stored, fields.blocks),
            extra: texts.extra,
            numbers: texts.numbers,
            laws: texts.laws,
            facets: self.facets(doc)?,
            meta,
            authority: stored_value(&stored, fields.authority),
            ledger: Vec::new(),
        })
    }

    fn facets(&self, doc: u32) -> Result<Facets, IndexError> {
        let mut facets = Facets::default();
        for (name, column) in &self.facets {
            let mut values = Vec::new();
            for ord in column.term_ords(doc) {
                let mut value = String::new();
                column.ord_to_str(ord, &mut value)?;
                values.push(value);
            }
            facets.put(name, values);
        }
        let number = |column: &Option<Column<i64>>| column.as_ref().and_then(|column| column.first(doc));
        facets.year = number(&self.year).and_then(|year| year.try_into().ok());
        facets.date = number(&self.date).and_then(|date| date.try_into().ok());
        Ok(facets)
    }
}
