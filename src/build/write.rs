//! From entries to index, pages and bundle.

use super::document::index_document;
use super::links::{FILES, Links};
use super::{BuildError, Loaded, Phase, Progress};
use crate::audience::Audience;
use crate::diagnostic::{self, Diagnostic};
use crate::index::document::IndexDocument;
use crate::index::{self, IndexSettings};
use crate::output::Sink;
use crate::site::{Entry, Site};
use crate::{bundle, markdown};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// Documents that are rendered side by side before the index takes them; bounds what is in memory.
const BATCH: usize = 256;

/// What writing found and did.
#[derive(Debug, Default)]
pub struct Written {
    /// What rendering had to say, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders every entry, writes the index into `index` and everything else into `sink`.
pub fn write(loaded: &Loaded, index: &Path, sink: &dyn Sink, progress: &dyn Progress) -> Result<Written, BuildError> {
    let site = site(loaded);
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
    index::write(index, documents, &index_settings(loaded)).map_err(BuildError::Index)?;
    let Found {
        mut diagnostics,
        attachments,
        failure,
    } = rendering.finish();
    if let Some(error) = failure {
        return Err(BuildError::Site(error));
    }

    progress.begin(Phase::Bundle, 0);
    let opened = index::open(index).map_err(BuildError::Index)?;
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
        .chain(loaded.settings.style.clone())
        .chain(evidence)
        .collect();
    for file in &files {
        if let Some(path) = loaded.attachments.get(file) {
            let bytes = std::fs::read(path).map_err(BuildError::Site)?;
            sink.put(&format!("{FILES}/{file}"), bytes).map_err(BuildError::Site)?;
        }
    }
    diagnostics.extend(site.template_findings());
    diagnostic::sort(&mut diagnostics);
    Ok(Written { diagnostics })
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

/// What all pages share.
fn site(loaded: &Loaded) -> Site<'_> {
    Site::new(
        &loaded.settings,
        loaded.audience,
        loaded.lang,
        loaded.now,
        &loaded.entries,
    )
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
        let page = self.site.document_page(index, &rendered);
        let outcome = self.sink.put(&entry.page, page.into_bytes()).and_then(|()| {
            self.sink
                .put(&entry.source, self.source_text(index, &links)?.into_bytes())
        });
        let attachments = links.files();
        self.note(|found| {
            found.diagnostics.extend(diagnostics);
            found.attachments.extend(attachments);
            if let Err(error) = outcome {
                found.failure.get_or_insert(error);
            }
        });
        self.progress.advance(1);
        index_document(entry, &rendered)
    }

    /// The source for download: as it is for the office, written anew from public fields for the public.
    fn source_text(&self, index: usize, links: &Links) -> io::Result<String> {
        let document = &self.loaded.entries[index].document;
        match self.loaded.audience {
            Audience::Internal => Ok(document.source().text.clone()),
            Audience::Public => {
                let front = crate::record::write::front_matter(document.record()).map_err(io::Error::other)?;
                Ok(format!(
                    "---\n{front}---\n\n{}",
                    markdown::public_source(document.body(), links)
                ))
            }
        }
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
