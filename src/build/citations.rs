//! What the documents of a corpus cite, judged by what the corpus holds: notes for their authors.
//!
//! A verdict follows from the text of the document and from all that the others say, so its key holds the generation
//! of the corpus: where nothing has changed, nothing is judged again, and where something has, everything is.

use super::render::documents;
use super::{BuildError, Loaded};
use crate::cache::{self, Key, Recipe};
use crate::diagnostic::{Diagnostic, Group, LineIndex, Severity, Stored};
use crate::index::{self, IndexError};
use crate::message::Catalogue;
use crate::record::Kind;
use crate::site::Entry;
use crate::verify::{Citation, Own, Shelf, Verdict, Verifier, report};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The file of the cache.
const NAME: &str = "citations";
/// Characters of a citation that a diagnostic quotes.
const QUOTED: usize = 60;
/// Documents that one verifier judges: it reads what they cite once.
const BATCH: usize = 64;

/// What was found, by the key of its document.
type Judged = Vec<(Key, Vec<Stored>)>;

/// The findings about citations, in the order of the entries. `index` is the folder whose cache remembers them.
///
/// # Errors
/// Where an index to judge by can't be written or read.
pub(crate) fn check_citations(loaded: &Loaded, index: &Path) -> Result<Vec<Diagnostic>, BuildError> {
    let keys: Vec<Key> = loaded.entries.iter().map(|entry| key(loaded, entry)).collect();
    let remembered: Judged = cache::recall(index, NAME).unwrap_or_default();
    let judged = if remembered.iter().map(|(key, _)| *key).eq(keys.iter().copied()) {
        remembered
    } else {
        judge(loaded, &keys)?
    };
    // A folder that isn't there, or that may not be written, remembers nothing.
    if index.join("meta.json").is_file() {
        let _ = cache::folder(index).and_then(|folder| cache::store(&folder, NAME, &judged));
    }
    let found = judged.iter().flat_map(|(_, found)| found).filter_map(Stored::restore);
    // What the check of articles has said already.
    let beyond = loaded
        .diagnostics
        .iter()
        .filter(|said| said.code == "article-beyond-law");
    let said: BTreeSet<_> = beyond.map(line).collect();
    Ok(found
        .filter(|finding| finding.code != "citation-absent" || !said.contains(&line(finding)))
        .collect())
}

/// The file and the line that a finding is about.
fn line(finding: &Diagnostic) -> (&str, Option<u32>) {
    (&finding.file, finding.position.map(|position| position.line))
}

fn key(loaded: &Loaded, entry: &Entry) -> Key {
    Recipe::of(NAME)
        .with(&loaded.generation)
        .with(loaded.now.to_string())
        .with(loaded.lang.tag())
        .with(&entry.document.record().file)
        .with(entry.document.source().stamp().hash)
        .key()
}

/// Judges every document by an index of all of them.
fn judge(loaded: &Loaded, keys: &[Key]) -> Result<Judged, BuildError> {
    let folder = tempfile::tempdir().map_err(BuildError::Site)?;
    index::write(folder.path(), documents(loaded), &loaded.index_settings()).map_err(BuildError::Index)?;
    let shelf = Arc::new(Shelf::new(index::open(folder.path()).map_err(BuildError::Index)?));
    let entries: Vec<(&Key, &Entry)> = keys.iter().zip(&loaded.entries).collect();
    let batches: Result<Vec<Judged>, IndexError> = entries
        .par_chunks(BATCH)
        .map(|batch| {
            let verifier = Verifier::of(Arc::clone(&shelf), loaded.now);
            let one = |(key, entry): &(&Key, &Entry)| Ok((**key, of_entry(&verifier, entry, loaded)?));
            batch.iter().map(one).collect()
        })
        .collect();
    Ok(batches.map_err(BuildError::Index)?.into_iter().flatten().collect())
}

fn of_entry(verifier: &Verifier, entry: &Entry, loaded: &Loaded) -> Result<Vec<Stored>, IndexError> {
    let (record, source) = (entry.document.record(), entry.document.source());
    let own = Own {
        id: &record.id,
        law: (record.kind == Kind::Law).then_some(record.title.as_str()),
    };
    let citations = verifier.verify_within(source, &own)?;
    let lines = LineIndex::new(&source.text);
    let words = Catalogue::of(loaded.lang);
    let found = citations.iter().filter_map(|citation| {
        let code = code(citation.judged.verdict)?;
        let finding = Diagnostic::new(Group::Markdown, Severity::Note, code, &source.file)
            .arg("text", citation.text.chars().take(QUOTED).collect::<String>())
            .arg("said", said(citation, words))
            .place(&lines, citation.span.clone());
        Some(Stored::from(&finding))
    });
    Ok(found.collect())
}

/// The rule of a verdict that somebody has to look at.
fn code(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Outdated => Some("citation-outdated"),
        Verdict::Misplaced => Some("citation-misplaced"),
        Verdict::Differs => Some("citation-differs"),
        Verdict::Absent => Some("citation-absent"),
        Verdict::Exact | Verdict::Unheld => None,
    }
}

fn said(citation: &Citation, words: &Catalogue) -> String {
    report::explained(citation, words).join(words.get("verify.joint"))
}
