//! What scores count over a whole index: documents and tokens of each field, and in how many documents a term stands.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The size of a scored field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldTotals {
    /// Documents that have a token in it: the N of its BM25, as Lucene counts it.
    pub documents: u64,
    /// Tokens of all documents.
    pub tokens: u64,
}

/// The statistics of an index.
#[derive(Debug, Default)]
pub(crate) struct Statistics {
    /// Number of all documents.
    pub documents: u64,
    fields: BTreeMap<Field, FieldTotals>,
    /// Of an index that lies elsewhere; the index at hand then holds some of its documents.
    elsewhere: Option<Mutex<Known>>,
}

/// What is known of the terms of an index that lies elsewhere.
#[derive(Debug, Default)]
struct Known {
    frequencies: BTreeMap<Term, u64>,
    missing: BTreeSet<Term>,
}

impl Statistics {
    /// Counts those of the index at hand.
    pub(super) fn of(searcher: &Searcher, scored: &[Field]) -> tantivy::Result<Self> {
        let mut fields: BTreeMap<Field, FieldTotals> = BTreeMap::new();
        for reader in searcher.segment_readers() {
            for &field in scored {
                let norms = reader.get_fieldnorms_reader(field)?;
                let totals = fields.entry(field).or_default();
                totals.documents += (0..reader.max_doc()).filter(|&doc| norms.fieldnorm_id(doc) > 0).count() as u64;
                totals.tokens += reader.inverted_index(field)?.total_num_tokens();
            }
        }
        Ok(Self {
            documents: searcher.num_docs(),
            fields,
            elsewhere: None,
        })
    }

    /// Those of an index that lies elsewhere. In how many documents a term stands is [told](Self::tell) as it is asked
    /// for.
    pub(crate) fn elsewhere(documents: u64, fields: BTreeMap<Field, FieldTotals>) -> Self {
        Self {
            documents,
            fields,
            elsewhere: Some(Mutex::default()),
        }
    }

    /// The size of a scored field.
    pub(crate) fn field(&self, field: Field) -> FieldTotals {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    /// In how many documents a term stands; 0, with the term noted as missing, where that isn't known yet.
    pub(crate) fn frequency(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let Some(mut known) = self.known() else {
            return searcher.doc_freq(term);
        };
        if let Some(&frequency) = known.frequencies.get(term) {
            return Ok(frequency);
        }
        known.missing.insert(term.clone());
        Ok(0)
    }

    /// The terms that were asked for and aren't known yet; they aren't missing any more.
    pub(crate) fn missing(&self) -> BTreeSet<Term> {
        self.known()
            .map_or_else(BTreeSet::new, |mut known| std::mem::take(&mut known.missing))
    }

    /// Takes note of in how many documents terms stand.
    pub(crate) fn tell(&self, frequencies: impl IntoIterator<Item = (Term, u64)>) {
        if let Some(mut known) = self.known() {
            known.frequencies.extend(frequencies);
        }
    }

    fn known(&self) -> Option<MutexGuard<'_, Known>> {
        let known = self.elsewhere.as_ref()?;
        Some(known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The statistics of one field, as tantivy's BM25 asks for them.
pub(crate) struct OfField<'a> {
    pub statistics: &'a Statistics,
    pub searcher: &'a Searcher,
    pub field: Field,
}

impl Bm25StatisticsProvider for OfField<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.statistics.field(field).tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.statistics.field(self.field).documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.statistics.frequency(self.searcher, term)
    }
}
