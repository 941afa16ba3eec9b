//! The second stage of writing: makes what doesn't stand. Each document is rendered once, for the index, its page and
//! its record, by whichever needs it first.

use super::BuildError;
use super::document::index_document;
use super::encoding::encoded;
use super::generation::source_text;
use super::links::Links;
use super::pages::{Page, Pages};
use super::records::{self, Run};
use super::render::render;
use super::standing::{PageNotes, Standing, records_key};
use super::writing::Writing;
use crate::audience::Audience;
use crate::cache::Stamp;
use crate::diagnostic::{Diagnostic, Stored};
use crate::disk::Folder;
use crate::index::document::IndexDocument;
use crate::index::{self, Prepared};
use crate::sink::Sink;
use crate::{export, markdown};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What all pages came to.
pub(super) struct Made {
    /// What rendering had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The attachments that pages link to.
    pub files: BTreeSet<String>,
    /// Pages that were made; the others stood.
    pub pages: usize,
    /// What the pages came to, for the next run.
    pub remembered: Pages,
}

/// A run that makes what doesn't stand.
pub(super) struct Making<'a> {
    writing: &'a Writing<'a>,
    runs: Vec<Run>,
    remembered: Pages,
    /// Entries whose page stands or was made.
    done: Vec<AtomicBool>,
    made: AtomicUsize,
    found: Mutex<Found>,
}

/// What is gathered on the way.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    files: BTreeSet<String>,
    failure: Option<io::Error>,
}

impl Found {
    fn add(&mut self, outcome: PageNotes) {
        self.diagnostics.extend(outcome.findings);
        self.files.extend(outcome.files);
    }
}

impl<'a> Making<'a> {
    /// Goes on from what stands.
    pub(super) fn after(standing: Standing, writing: &'a Writing<'a>) -> Self {
        let done = standing.pages.iter().map(|page| AtomicBool::new(page.is_some()));
        let done = done.collect();
        let mut found = Found::default();
        standing.pages.into_iter().flatten().for_each(|page| found.add(page));
        Self {
            writing,
            runs: standing.runs,
            remembered: standing.remembered,
            done,
            made: AtomicUsize::new(0),
            found: Mutex::new(found),
        }
    }

    /// Writes the index, with the pages of the documents that it asks for; it is not in place yet.
    pub(super) fn index(&self, folder: &Path) -> Result<Prepared, BuildError> {
        let make = |block: Range<usize>| Ok(block.into_par_iter().map(|index| self.document(index)).collect());
        let parts = self.writing.keys.parts(&make);
        let folder = Folder::create(folder).map_err(|error| BuildError::Index(error.into()))?;
        index::prepare(folder, parts, &self.writing.loaded.index_settings()).map_err(BuildError::Index)
    }

    /// Makes the pages and files of records that are still lacking, and the list of these.
    pub(super) fn rest(self) -> Result<Made, BuildError> {
        self.all((0..self.done.len()).filter(|&index| !self.is_done(index)).collect());
        let ranges = self
            .runs
            .iter()
            .flat_map(|run| run.range.clone().map(move |index| (run, index)));
        let lacking = ranges.filter(|(run, index)| run.lacks(*index)).map(|(_, index)| index);
        self.all(lacking.collect());
        let list = records::list(&self.runs, &self.writing.loaded.ids()).map_err(io::Error::from);
        list.and_then(|list| self.writing.sink.put(records::LIST, list))
            .map_err(BuildError::Site)?;
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        match found.failure {
            Some(error) => Err(BuildError::Site(error)),
            None => Ok(Made {
                diagnostics: found.diagnostics,
                files: found.files,
                pages: self.made.into_inner(),
                remembered: self.remembered,
            }),
        }
    }

    fn all(&self, documents: Vec<usize>) {
        documents.into_par_iter().for_each(|index| drop(self.document(index)));
    }

    fn is_done(&self, index: usize) -> bool {
        self.done[index].load(Ordering::Relaxed)
    }

    /// Renders a document for the index, and its page and its record with it where they aren't done yet.
    fn document(&self, index: usize) -> IndexDocument {
        let Writing { loaded, site, .. } = self.writing;
        let entry = &loaded.entries[index];
        let links = loaded.links(entry).with_mentions(site, entry);
        let (rendered, diagnostics) = render(entry, &links);
        let document = index_document(entry, &rendered, loaded);
        if !self.is_done(index) {
            self.try_to(self.page(index, &rendered, diagnostics, links));
        }
        self.try_to(self.record(index, &document));
        document
    }

    /// Makes and hands out the page of an entry.
    fn page(
        &self,
        index: usize,
        rendered: &markdown::Rendered,
        mut findings: Vec<Diagnostic>,
        links: Links,
    ) -> io::Result<()> {
        let Writing { loaded, site, .. } = self.writing;
        let entry = &loaded.entries[index];
        findings.retain(|finding| self.may_tell(finding));
        let page = encoded(&entry.page, site.document_page(index, rendered));
        let source = entry.source.as_ref().map(|path| -> io::Result<_> {
            let text = source_text(entry, &links)?;
            Ok((path, text.into_owned().into_bytes()))
        });
        let source = source.transpose()?;
        let nameable = links.asked_only(&loaded.targets[index]);
        let files = links.files();
        // A page that asked where something leads that its name doesn't say is made each time.
        if let Some(key) = self.writing.keys.page(site, index).filter(|_| nameable) {
            let known = Page {
                page: Stamp::of(&page),
                source: source.as_ref().map(|(_, bytes)| Stamp::of(bytes)),
                files: files.clone(),
                findings: findings.iter().map(Stored::from).collect(),
            };
            self.remembered.note(key, known);
        }
        self.note(|found| found.add(PageNotes { findings, files }));
        self.done[index].store(true, Ordering::Relaxed);
        self.made.fetch_add(1, Ordering::Relaxed);
        self.writing.progress.advance(1);
        for (path, bytes) in std::iter::once((&entry.page, page)).chain(source) {
            self.writing.sink.put(path, bytes)?;
        }
        Ok(())
    }

    /// Notes the record of a document where its file is to be made; hands that out with the last one.
    fn record(&self, index: usize, document: &IndexDocument) -> io::Result<()> {
        let Some(run) = records::of(&self.runs, index).filter(|run| run.lacks(index)) else {
            return Ok(());
        };
        let record = serde_json::to_string(&export::record(document))?;
        self.writing.sink.look_at_record(&run.path, index, &record);
        let Some(file) = run.add(index, record) else {
            return Ok(());
        };
        if let Some(key) = records_key(&self.writing.keys, run) {
            self.remembered.note_records(key, Stamp::of(file.as_bytes()));
        }
        self.writing.sink.text(&run.path, file)
    }

    /// Links that lead nowhere are not reported to the public: they may lead to what is held back, and both look alike.
    fn may_tell(&self, finding: &Diagnostic) -> bool {
        self.writing.loaded.audience == Audience::Internal || !matches!(finding.code, "dead-link" | "dead-image")
    }

    /// Remembers the first failure: the other threads go on meanwhile.
    fn try_to(&self, result: io::Result<()>) {
        if let Err(error) = result {
            self.note(|found| {
                found.failure.get_or_insert(error);
            });
        }
    }

    fn note(&self, add: impl FnOnce(&mut Found)) {
        add(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
