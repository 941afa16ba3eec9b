//! From entries to index, pages and bundle.

use super::document::index_document;
use super::generation::source_text;
use super::links::{FILES, Links};
use super::{BuildError, Loaded, Phase, Progress};
use crate::audience::Audience;
use crate::diagnostic::{self, Diagnostic};
use crate::index::document::IndexDocument;
use crate::index::{self, IndexSettings, Prepared};
use crate::output::Sink;
use crate::site::{Entry, Site};
use crate::{bundle, export, markdown};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// Documents that are rendered side by side before the index takes them; bounds what is in memory.
const BATCH: usize = 256;

/// What writing found and did.
#[derive(Debug)]
pub struct Written {
    /// What rendering had to say, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The index, not yet in place: it goes there when the site does.
    pub index: Prepared,
}

/// Renders every entry, prepares the index in the folder `index` and writes everything else into `sink`.
pub fn write(loaded: &Loaded, index: &Path, sink: &dyn Sink, progress: &dyn Progress) -> Result<Written, BuildError> {
    let site = Site::new(
        &loaded.settings,
        loaded.audience,
        loaded.lang,
        loaded.now,
        &loaded.entries,
    );
    progress.begin(Phase::Render, loaded.entries.len());
    let rendering = Rendering {
        loaded,
        site: &site,
        sink,
        progress,
        found: Mutex::default(),
    };
    let documents = (0..loaded.entries.len())
        .step_by(BATCH)
        .flat_map(|start| rendering.batch(start));
    let prepared = index::prepare(index, documents, &index_settings(loaded)).map_err(BuildError::Index)?;
    let Found {
        mut diagnostics,
        attachments,
        failure,
    } = rendering.finish();
    if let Some(error) = failure {
        return Err(BuildError::Site(error));
    }

    progress.begin(Phase::Bundle, 0);
    let opened = index::open(prepared.folder()).map_err(BuildError::Index)?;
    bundle::write(&opened, bundle::Layout::default(), &mut |path, bytes| {
        sink.put(&format!("search/{path}"), bytes)
    })
    .map_err(BuildError::Bundle)?;
    site.pages(&mut |path, html| sink.put(&path, html.into_bytes()))
        .map_err(BuildError::Site)?;
    site.ledger(&mut |path, text| sink.put(&path, text.into_bytes()))
        .map_err(BuildError::Site)?;
    site.assets(bundle::CLIENT, &mut |path, text| sink.put(&path, text.into_bytes()))
        .map_err(BuildError::Site)?;
    let evidence = loaded.entries.iter().flat_map(|entry| entry.evidence.iter().flatten());
    let evidence = evidence.filter_map(|file| Some(file.strip_prefix(FILES)?.trim_start_matches('/').to_owned()));
    let files: BTreeSet<String> = attachments
        .into_iter()
        .chain(loaded.settings.emblem.clone())
        .chain(evidence)
        .collect();
    for file in &files {
        if let Some(path) = loaded.attachments.get(file) {
            let bytes = std::fs::read(path).map_err(BuildError::Site)?;
            sink.put(&format!("{FILES}/{file}"), bytes).map_err(BuildError::Site)?;
        }
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Written {
        diagnostics,
        index: prepared,
    })
}

/// What rendering would have to say, without writing anything.
pub fn check_bodies(loaded: &Loaded) -> Vec<Diagnostic> {
    let found = loaded
        .entries
        .par_iter()
        .flat_map_iter(|entry| render(entry, &links(loaded, entry)).1);
    found.collect()
}

/// What the index takes of every document, in order, rendered in batches and written nowhere.
pub fn documents(loaded: &Loaded) -> impl Iterator<Item = IndexDocument> + '_ {
    let batch = |start: usize| -> Vec<IndexDocument> {
        let entries = &loaded.entries[start..(start + BATCH).min(loaded.entries.len())];
        let taken = entries
            .par_iter()
            .map(|entry| index_document(entry, &render(entry, &links(loaded, entry)).0));
        taken.collect()
    };
    (0..loaded.entries.len()).step_by(BATCH).flat_map(batch)
}

/// The links of an entry's body.
fn links<'a>(loaded: &'a Loaded, entry: &'a Entry) -> Links<'a> {
    Links::new(&loaded.links, &entry.document.record().file, &entry.page, &loaded.pages)
}

fn render(entry: &Entry, links: &Links) -> markdown::Outcome {
    let source = entry.document.source();
    markdown::render(
        &source.file,
        &source.text,
        source.body.clone(),
        &entry.document.record().title,
        links,
    )
}

fn index_settings(loaded: &Loaded) -> IndexSettings {
    IndexSettings {
        generation: loaded.generation.clone(),
        audience: loaded.audience.key().to_owned(),
        language: loaded.lang.tag().to_owned(),
        synonyms: loaded.settings.synonyms.clone(),
        now: loaded.now.to_string(),
        ..IndexSettings::default()
    }
}

/// The record as JSON stands beside the page and the source.
fn record_file(entry: &Entry) -> String {
    format!("{}.json", entry.page.strip_suffix(".html").unwrap_or(&entry.page))
}

/// What rendering gathers on the way.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    attachments: BTreeSet<String>,
    failure: Option<io::Error>,
}

/// Renders documents in batches: pages go to the sink, what the index takes goes on.
struct Rendering<'a> {
    loaded: &'a Loaded,
    site: &'a Site<'a>,
    sink: &'a dyn Sink,
    progress: &'a dyn Progress,
    found: Mutex<Found>,
}

impl Rendering<'_> {
    fn batch(&self, start: usize) -> Vec<IndexDocument> {
        let end = (start + BATCH).min(self.loaded.entries.len());
        (start..end).into_par_iter().map(|index| self.document(index)).collect()
    }

    fn document(&self, index: usize) -> IndexDocument {
        let entry = &self.loaded.entries[index];
        let links = links(self.loaded, entry);
        let (rendered, diagnostics) = render(entry, &links);
        let document = index_document(entry, &rendered);
        let page = self.site.document_page(index, &rendered);
        let outcome = self.sink.put(&entry.page, page.into_bytes()).and_then(|()| {
            let source = source_text(entry, &links)?.into_owned();
            self.sink.put(&entry.source, source.into_bytes())?;
            self.sink
                .put(&record_file(entry), serde_json::to_vec(&export::record(&document))?)
        });
        let attachments = links.files();
        self.note(|found| {
            found
                .diagnostics
                .extend(diagnostics.into_iter().filter(|told| self.may_tell(told)));
            found.attachments.extend(attachments);
            if let Err(error) = outcome {
                found.failure.get_or_insert(error);
            }
        });
        self.progress.advance(1);
        document
    }

    /// The public is not told of links that lead nowhere: they may lead to what is held back, and both look alike.
    fn may_tell(&self, finding: &Diagnostic) -> bool {
        self.loaded.audience == Audience::Internal || !matches!(finding.code, "dead-link" | "dead-image")
    }

    fn note(&self, add: impl FnOnce(&mut Found)) {
        add(&mut self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }

    fn finish(self) -> Found {
        self.found
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
