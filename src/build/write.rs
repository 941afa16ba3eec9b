//! From entries to index, pages and bundle: what an earlier run made is taken as it is, the rest is made.

use super::document::index_document;
use super::encoding::encoded;
use super::generation::source_text;
use super::links::Links;
use super::live::{beside, place};
use super::look::{Leak, Look};
use super::names::{self, Names};
use super::pages::{Known, Pages};
use super::records::{self, Run};
use super::{BuildError, Loaded, Phase, Progress, Silent};
use crate::audience::Audience;
use crate::cache::{Key, Recipe, Stamp};
use crate::diagnostic::{self, Diagnostic};
use crate::index::document::IndexDocument;
use crate::index::{self, IndexSettings, Part, Prepared};
use crate::output::{FILES, Sink};
use crate::site::{Entry, Site};
use crate::{bundle, export, markdown};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Documents that an export renders side by side; bounds what is in memory.
const BATCH: usize = 256;

/// What writing found and did.
#[derive(Debug)]
pub struct Written {
    /// What rendering had to say, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of documents that were made; the others stood.
    pub pages: usize,
    /// Blocks of the index that were made; the others were there.
    pub blocks: usize,
    /// What must not leave: the edition may not be put in place.
    pub leaks: Vec<Leak>,
    /// The index, not yet in place: it goes there when the site does.
    pub index: Prepared,
    remembered: Pages,
}

/// Renders every entry into `sink` and prepares the index in the folder `index`. What browsers search by follows with
/// [`project`], which needs nothing of what was loaded: a caller short of memory gives that up between the two.
pub fn write(loaded: &Loaded, index: &Path, sink: &dyn Sink, progress: &dyn Progress) -> Result<Written, BuildError> {
    let site = site(loaded);
    let look = Look::new(loaded, sink);
    let writing = Writing::new(loaded, &site, index, &look, progress);
    writing.keep_what_stands();
    writing.keep_records();
    let index = std::thread::scope(|scope| {
        // Lists and boards need nothing of the index: they are made while it is merged.
        let around = scope.spawn(|| writing.around());
        let index = writing.prepare();
        // A panic of the thread goes on here, as it would have without one.
        around.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        index
    })?;
    writing.pages();
    writing.records()?;
    writing.attachments()?;
    let mut written = writing.finish(index)?;
    written.leaks = look.leaks();
    Ok(written)
}

/// What of a loaded corpus must not leave; nothing is written.
pub fn last_look(loaded: &Loaded) -> Result<Vec<Leak>, BuildError> {
    let site = site(loaded);
    let nowhere = Nowhere;
    let look = Look::new(loaded, &nowhere);
    let writing = Writing::new(loaded, &site, Path::new(""), &look, &Silent);
    writing.around()?;
    writing.pages();
    writing.records()?;
    if let Some(error) = writing
        .found
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .failure
    {
        return Err(BuildError::Site(error));
    }
    Ok(look.leaks())
}

/// A sink that keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, _: Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    fn keep(&self, _: &str, _: &Stamp) -> bool {
        false
    }
}

/// Writes the search bundle of an index that was prepared in the folder `index`, and remembers there what the pages
/// came to.
pub fn project(written: &Written, index: &Path, sink: &dyn Sink, progress: &dyn Progress) -> Result<(), BuildError> {
    progress.begin(Phase::Bundle, 0);
    written.remembered.store().map_err(BuildError::Site)?;
    let opened = index::open(written.index.folder()).map_err(BuildError::Index)?;
    let mut memory = bundle::Memory::of(index);
    bundle::write_again(&opened, bundle::Layout::default(), &Below(sink), &mut memory).map_err(BuildError::Bundle)?;
    memory.store().map_err(BuildError::Site)
}

/// What all pages of a corpus share.
pub(super) fn site(loaded: &Loaded) -> Site<'_> {
    Site::new(
        &loaded.settings,
        loaded.audience,
        loaded.lang,
        loaded.now,
        &loaded.entries,
    )
}

/// What rendering would have to say, without writing anything.
pub fn check_bodies(loaded: &Loaded) -> Vec<Diagnostic> {
    let found = loaded
        .entries
        .par_iter()
        .flat_map_iter(|entry| render(entry, &links(loaded, entry)).1);
    let mut found: Vec<Diagnostic> = found.collect();
    if !loaded.settings.templates.is_empty() {
        found.extend(site(loaded).template_findings());
    }
    found
}

/// What the index takes of every document, in order, rendered in batches and written nowhere.
pub fn documents(loaded: &Loaded) -> impl Iterator<Item = IndexDocument> + '_ {
    let batch = |start: usize| -> Vec<IndexDocument> {
        let entries = &loaded.entries[start..(start + BATCH).min(loaded.entries.len())];
        let taken = entries
            .par_iter()
            .map(|entry| index_document(entry, &render(entry, &links(loaded, entry)).0, loaded));
        taken.collect()
    };
    (0..loaded.entries.len()).step_by(BATCH).flat_map(batch)
}

/// The links of an entry's body.
pub(super) fn links<'a>(loaded: &'a Loaded, entry: &'a Entry) -> Links<'a> {
    Links::new(&loaded.links, &entry.document.record().file, &entry.page, &loaded.pages)
}

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

pub(super) fn index_settings(loaded: &Loaded) -> IndexSettings {
    IndexSettings {
        generation: loaded.generation.clone(),
        audience: loaded.audience.key().to_owned(),
        language: loaded.lang.tag().to_owned(),
        synonyms: loaded.settings.synonyms.clone(),
        complete: loaded.settings.complete.clone(),
        now: loaded.now.to_string(),
        site: loaded.settings.base_url.clone().unwrap_or_default(),
        ..IndexSettings::default()
    }
}

/// The ids of all documents, in order.
pub(super) fn ids(loaded: &Loaded) -> Vec<&str> {
    let entries = loaded.entries.iter();
    entries.map(|entry| entry.document.record().id.as_str()).collect()
}

/// What is gathered on the way.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    attachments: BTreeSet<String>,
    failure: Option<io::Error>,
}

/// The files of the search bundle, in their folder of the site.
pub(super) struct Below<'a>(pub &'a dyn Sink);

impl bundle::Taker for Below<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.0.put(&format!("search/{path}"), bytes)
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.0.keep(&format!("search/{path}"), stamp)
    }
}

/// What rendering pages and reading templates had to say, sorted by place.
fn all_said(mut of_pages: Vec<Diagnostic>, site: &Site) -> Vec<Diagnostic> {
    of_pages.extend(site.template_findings());
    diagnostic::sort(&mut of_pages);
    of_pages
}

/// A run that writes.
struct Writing<'a> {
    loaded: &'a Loaded,
    site: &'a Site<'a>,
    index: &'a Path,
    sink: &'a Look<'a>,
    progress: &'a dyn Progress,
    runs: Vec<Run>,
    /// Made when they are first needed.
    names: Vec<OnceLock<Names>>,
    remembered: Pages,
    /// Entries whose page stands or was made.
    done: Vec<AtomicBool>,
    made: AtomicUsize,
    found: Mutex<Found>,
}

impl<'a> Writing<'a> {
    fn new(
        loaded: &'a Loaded,
        site: &'a Site<'a>,
        index: &'a Path,
        sink: &'a Look<'a>,
        progress: &'a dyn Progress,
    ) -> Self {
        progress.begin(Phase::Render, loaded.entries.len());
        let entries = 0..loaded.entries.len();
        Self {
            loaded,
            site,
            index,
            sink,
            progress,
            runs: records::runs(&ids(loaded)),
            names: entries.clone().map(|_| OnceLock::new()).collect(),
            remembered: Pages::of(index, loaded.audience),
            done: entries.map(|_| AtomicBool::new(false)).collect(),
            made: AtomicUsize::new(0),
            found: Mutex::default(),
        }
    }

    fn names(&self, index: usize) -> &Names {
        self.names[index].get_or_init(|| Names::of(self.loaded, self.site, index))
    }

    /// Keeps all pages that were made from the same.
    fn keep_what_stands(&self) {
        (0..self.loaded.entries.len())
            .into_par_iter()
            .filter(|&index| !self.done[index].load(Ordering::Relaxed))
            .for_each(|index| self.keep(index));
    }

    /// Keeps the page of an entry, if the one that is there was made from the same.
    fn keep(&self, index: usize) {
        let entry = &self.loaded.entries[index];
        let Some(key) = self.names(index).page else { return };
        let Some(known) = self.remembered.find(key) else { return };
        let source = entry.source.as_ref().zip(known.source.as_ref());
        if self.sink.keep(&entry.page, &known.page) && source.is_none_or(|(path, stamp)| self.sink.keep(path, stamp)) {
            self.remembered.keep(key);
            self.settle(index, known);
        }
    }

    /// Writes what is around the documents: lists, boards, the ledger, scripts and styles.
    fn around(&self) -> Result<(), BuildError> {
        let put = |path: String, text: String| self.sink.put(&path, encoded(&path, text));
        self.site
            .pages(&mut { put })
            .and_then(|()| self.site.ledger(&mut { put }))
            .and_then(|()| self.site.assets(&bundle::client(), &mut { put }))
            .map_err(BuildError::Site)
    }

    /// Writes the index; it is not in place yet.
    fn prepare(&self) -> Result<Prepared, BuildError> {
        let sources = self.loaded.entries.iter().map(|entry| entry.document.source());
        let blocks = names::blocks(sources.map(|source| (source.id.as_str(), source.text.len())));
        let parts = blocks.into_iter().map(|block| {
            let recipe = block
                .clone()
                .try_fold(Recipe::of("block of the index"), |recipe, index| {
                    Some(recipe.with(self.names(index).index?))
                });
            Part {
                key: recipe.map(|recipe| recipe.key()),
                count: block.len(),
                make: Box::new(move || Ok(block.into_par_iter().map(|index| self.document(index)).collect())),
            }
        });
        let settings = index_settings(self.loaded);
        index::prepare(self.index, parts, &settings).map_err(BuildError::Index)
    }

    /// Makes the pages of documents that are not done yet.
    fn pages(&self) {
        (0..self.loaded.entries.len())
            .into_par_iter()
            .filter(|&index| !self.done[index].load(Ordering::Relaxed))
            .for_each(|index| drop(self.document(index)));
    }

    /// Renders a document for the index, and its page with it where that isn't done yet.
    fn document(&self, index: usize) -> IndexDocument {
        let entry = &self.loaded.entries[index];
        let links = links(self.loaded, entry).with_mentions(self.site, entry);
        let (rendered, diagnostics) = render(entry, &links);
        let document = index_document(entry, &rendered, self.loaded);
        if !self.done[index].load(Ordering::Relaxed) {
            self.page(index, &rendered, diagnostics, links);
        }
        self.record(index, &document);
        document
    }

    /// Makes and hands out the page of an entry.
    fn page(&self, index: usize, rendered: &markdown::Rendered, findings: Vec<Diagnostic>, links: Links) {
        let entry = &self.loaded.entries[index];
        let page = encoded(&entry.page, self.site.document_page(index, rendered));
        let source = entry.source.as_ref().map(|path| {
            let text = source_text(entry, &links)?;
            Ok((path, text.into_owned().into_bytes()))
        });
        let source = match source.transpose() {
            Ok(source) => source,
            Err(error) => return self.fail(error),
        };
        let nameable = links.asked_only(&self.loaded.targets[index]);
        let known = Known {
            page: Stamp::of(&page),
            source: source.as_ref().map(|(_, bytes)| Stamp::of(bytes)),
            files: links.files(),
            findings: findings.into_iter().filter(|told| self.may_tell(told)).collect(),
        };
        // A page that asked where something leads that its name doesn't say is made each time.
        if let Some(key) = self.names(index).page.filter(|_| nameable) {
            self.remembered.note(key, &known);
        }
        for (path, bytes) in std::iter::once((&entry.page, page)).chain(source) {
            if let Err(error) = self.sink.put(path, bytes) {
                self.fail(error);
            }
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        self.settle(index, known);
    }

    /// Keeps the files of records that were made from the same.
    fn keep_records(&self) {
        self.runs.par_iter().for_each(|run| {
            let known = self
                .records_key(run)
                .and_then(|key| Some((key, self.remembered.records(key)?)));
            if let Some((key, stamp)) = known.filter(|(_, stamp)| self.sink.keep(&run.path, stamp)) {
                self.remembered.note_records(key, stamp);
                run.settle();
            }
        });
    }

    /// Names what the records of a run are made from.
    fn records_key(&self, run: &Run) -> Option<Key> {
        let names = run.range.clone().map(|index| self.names(index).index);
        let recipe = names
            .into_iter()
            .try_fold(Recipe::of("records"), |recipe, name| Some(recipe.with(name?)));
        recipe.map(|recipe| recipe.key())
    }

    /// Notes the record of a document where its file is to be made; hands that out with the last one.
    fn record(&self, index: usize, document: &IndexDocument) {
        let Some(run) = records::of(&self.runs, index).filter(|run| run.lacks(index)) else {
            return;
        };
        let record = match serde_json::to_string(&export::record(document)) {
            Ok(record) => record,
            Err(error) => return self.fail(error.into()),
        };
        self.sink.look_at_record(&run.path, index, &record);
        let Some(file) = run.add(index, record) else { return };
        if let Some(key) = self.records_key(run) {
            self.remembered.note_records(key, Stamp::of(file.as_bytes()));
        }
        if let Err(error) = self.sink.put(&run.path, file.into_bytes()) {
            self.fail(error);
        }
    }

    /// Makes the files of records that are still lacking something, and the list of all.
    fn records(&self) -> Result<(), BuildError> {
        let lacking = self
            .runs
            .iter()
            .flat_map(|run| run.range.clone().map(move |index| (run, index)));
        let lacking: Vec<usize> = lacking
            .filter(|(run, index)| run.lacks(*index))
            .map(|(_, index)| index)
            .collect();
        lacking.into_par_iter().for_each(|index| drop(self.document(index)));
        let list = records::list(&self.runs, &ids(self.loaded)).map_err(io::Error::from);
        list.and_then(|list| self.sink.put(records::LIST, list))
            .map_err(BuildError::Site)
    }

    /// The public is not told of links that lead nowhere: they may lead to what is held back, and both look alike.
    fn may_tell(&self, finding: &Diagnostic) -> bool {
        self.loaded.audience == Audience::Internal || !matches!(finding.code, "dead-link" | "dead-image")
    }

    /// A page is done.
    fn settle(&self, index: usize, known: Known) {
        self.note(|found| {
            found.diagnostics.extend(known.findings);
            found.attachments.extend(known.files);
        });
        self.done[index].store(true, Ordering::Relaxed);
        self.progress.advance(1);
    }

    fn fail(&self, error: io::Error) {
        self.note(|found| {
            found.failure.get_or_insert(error);
        });
    }

    fn note(&self, add: impl FnOnce(&mut Found)) {
        add(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Writes the attachments that the pages link to, the emblem and the evidence; for when all pages are made.
    fn attachments(&self) -> Result<(), BuildError> {
        let loaded = self.loaded;
        let mut files = beside(loaded);
        self.note(|found| files.extend(found.attachments.iter().cloned()));
        self.files(&files)
    }

    fn files(&self, files: &BTreeSet<String>) -> Result<(), BuildError> {
        for file in files {
            if let Some(attachment) = self.loaded.attachments.get(file) {
                let bytes = attachment.read().map_err(BuildError::Site)?;
                let path = format!("{FILES}/{}", place(self.loaded, file));
                self.sink.put(&path, bytes).map_err(BuildError::Site)?;
            }
        }
        Ok(())
    }

    /// Says what was found.
    fn finish(self, index: Prepared) -> Result<Written, BuildError> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = found.failure {
            return Err(BuildError::Site(error));
        }
        Ok(Written {
            diagnostics: all_said(found.diagnostics, self.site),
            pages: self.made.into_inner(),
            blocks: index.written.blocks - index.written.kept,
            leaks: Vec::new(),
            index,
            remembered: self.remembered,
        })
    }
}
