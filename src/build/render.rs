//! Bodies of entries, rendered: for a page, for the index, or for what there is to say.

use super::Loaded;
use super::document::index_document;
use super::links::Links;
use crate::diagnostic::Diagnostic;
use crate::index::document::IndexDocument;
use crate::markdown;
use crate::site::Entry;
use rayon::prelude::*;

/// Documents that an export renders side by side; bounds what is in memory.
const BATCH: usize = 256;

pub(super) fn render(entry: &Entry, links: &Links) -> markdown::Outcome {
    let source = entry.document.source();
    markdown::render(
        &source.file,
        &source.text,
        source.body.clone(),
        &entry.document.record().title,
        links,
    )
}

/// What rendering would have to say, without writing anything.
pub(crate) fn check_bodies(loaded: &Loaded) -> Vec<Diagnostic> {
    let found = loaded
        .entries
        .par_iter()
        .flat_map_iter(|entry| render(entry, &loaded.links(entry)).1);
    let mut found: Vec<Diagnostic> = found.collect();
    if !loaded.settings.templates.is_empty() {
        found.extend(loaded.site().template_findings());
    }
    found
}

/// What the index takes of every document, in order, rendered in batches and written nowhere.
pub(crate) fn documents(loaded: &Loaded) -> impl Iterator<Item = IndexDocument> + '_ {
    let batch = |start: usize| -> Vec<IndexDocument> {
        let entries = &loaded.entries[start..(start + BATCH).min(loaded.entries.len())];
        let taken = entries
            .par_iter()
            .map(|entry| index_document(entry, &render(entry, &loaded.links(entry)).0, loaded));
        taken.collect()
    };
    (0..loaded.entries.len()).step_by(BATCH).flat_map(batch)
}
