//! From entries to index, pages and bundle.

use super::document::index_document;
use super::links::{FILES, Links};
use super::{BuildError, Loaded, Phase, Progress};
use crate::audience::Audience;
use crate::diagnostic::{self, Diagnostic};
use crate::index::document::IndexDocument;
use crate::index::writer;
use crate::output::Sink;
use crate::site::Site;
use crate::{bundle, markdown, site};
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
    let site = Site {
        settings: &loaded.settings,
        audience: loaded.audience,
        lang: loaded.lang,
        now: loaded.now,
        entries: &loaded.entries,
    };
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
    writer::write(index, documents, &index_settings(loaded)).map_err(|error| BuildError::Index(error.to_string()))?;
    let Found {
        mut diagnostics,
        attachments,
        failure,
    } = rendering.finish();
    if let Some(error) = failure {
        return Err(BuildError::Site(error));
    }

    progress.begin(Phase::Bundle, 0);
    bundle::write(index, &mut |path, bytes| sink.put(&format!("search/{path}"), bytes))
        .map_err(|error| BuildError::Index(error.to_string()))?;
    site.pages(&mut |path, html| sink.put(&path, html.into_bytes()))
        .map_err(BuildError::Site)?;
    site::assets(bundle::client(), &mut |path, bytes| sink.put(&path, bytes)).map_err(BuildError::Site)?;
    for file in attachments {
        if let Some(path) = loaded.attachments.get(&file) {
            let bytes = std::fs::read(path).map_err(BuildError::Site)?;
            sink.put(&format!("{FILES}/{file}"), bytes).map_err(BuildError::Site)?;
        }
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Written { diagnostics })
}

fn index_settings(loaded: &Loaded) -> writer::IndexSettings {
    writer::IndexSettings::new(
        &loaded.generation,
        loaded.audience,
        loaded.lang,
        &loaded.settings.synonyms,
        loaded.now,
    )
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
        let source = entry.document.source();
        let record = entry.document.record();
        let links = Links::new(&self.loaded.links, &record.file, &entry.page, &self.loaded.pages);
        let (rendered, diagnostics) =
            markdown::render(&source.file, &source.text, source.body.clone(), &record.title, &links);
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
