//! Facet counts over strict matches, from the fast fields.

use crate::index::Opened;
use crate::index::facet;
use std::collections::BTreeMap;

/// For each facet the number of the given documents a value. A facet without a value is left out.
pub(super) fn counts(docs: &[u32], opened: &Opened) -> tantivy::Result<BTreeMap<String, BTreeMap<String, usize>>> {
    let mut out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for reader in opened.searcher.segment_readers() {
        let columns = reader.fast_fields();
        for name in facet::facets().map(|filter| filter.column) {
            let Some(column) = columns.str(name)? else { continue };
            let mut by_ordinal = vec![0; column.num_terms()];
            for &doc in docs {
                column
                    .ords()
                    .values_for_doc(doc)
                    .for_each(|ordinal| by_ordinal[ordinal as usize] += 1);
            }
            let values = out.entry(name.to_owned()).or_default();
            for (ordinal, &count) in by_ordinal.iter().enumerate().filter(|&(_, &count)| count > 0) {
                let mut value = String::new();
                column.ord_to_str(ordinal as u64, &mut value)?;
                values.insert(value, count);
            }
        }
        let years = columns.i64("year")?;
        for year in docs.iter().flat_map(|&doc| years.values_for_doc(doc)) {
            *out.entry("year".to_owned())
                .or_default()
                .entry(year.to_string())
                .or_default() += 1;
        }
    }
    out.retain(|_, values| !values.is_empty());
    Ok(out)
}
