//! A corpus whose pages are made when somebody asks for them: what a preview shows while its author writes.
//!
//! A document's page stands nowhere: [`Live::file`] makes it of what was loaded, with the bytes that a build would
//! write. What goes around the documents and what search needs ([`Live::around`], [`Live::search`]) follow behind, for
//! as long as they are wanted: where the sink or the check refuses, they stop.

use super::around::{around, beside, place};
use super::document::index_document;
use super::encoding::encoded;
use super::generation::source_text;
use super::keys::Keys;
use super::links::Named;
use super::project::bundle;
use super::records::{self, Run};
use super::render::render;
use super::{BuildError, Loaded};
use crate::cache::{Key, Step};
use crate::corpus::Attachment;
use crate::diagnostic::{self, Diagnostic};
use crate::disk::Folder;
use crate::index::document::IndexDocument;
use crate::output::FILES;
use crate::sink::Sink;
use crate::site::{Entry, Site};
use crate::{export, index};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// What rendering the bodies had to say in the last run, by the keys of what the index takes of them.
pub type Said = Step<Key, Vec<Diagnostic>>;

/// A file of the site that was asked for.
pub enum Made {
    /// The page of a document, with what rendering it had to say.
    Page(Vec<u8>, Vec<Diagnostic>),
    /// Another file that is made of a document.
    Text(Vec<u8>),
    /// One of the corpus, as it lies there.
    Attachment(Attachment),
}

/// A loaded corpus and what all its pages share.
pub struct Live<'a> {
    loaded: &'a Loaded,
    site: Site<'a>,
    /// Indices of the entries by the names of their pages.
    pages: BTreeMap<&'a str, usize>,
    /// The attachments that the site has, by their places in it.
    attachments: OnceLock<BTreeMap<String, String>>,
    runs: Vec<Run>,
    keys: Keys<'a>,
}

impl<'a> Live<'a> {
    /// Prepares what all pages share.
    pub fn new(loaded: &'a Loaded) -> Self {
        let pages = loaded.entries.iter().enumerate();
        Self {
            loaded,
            site: loaded.site(),
            pages: pages.map(|(index, entry)| (entry.page.as_str(), index)).collect(),
            attachments: OnceLock::new(),
            runs: records::runs(&loaded.ids()),
            keys: Keys::of(loaded),
        }
    }

    /// The file at a path below the site, where it is one of a document or an attachment.
    ///
    /// # Errors
    /// Where a document's public front matter can't be written.
    pub fn file(&self, path: &str) -> io::Result<Option<Made>> {
        if let Some(place) = path.strip_prefix(FILES).and_then(|path| path.strip_prefix('/')) {
            let file = self.attachments().get(place);
            let found = file.and_then(|file| self.loaded.attachments.get(file));
            return Ok(found.cloned().map(Made::Attachment));
        }
        if let Some(run) = self.runs.iter().find(|run| run.path == path) {
            return Ok(Some(Made::Text(self.records(run)?)));
        }
        let Some((stem, ending)) = path.rsplit_once('.') else {
            return Ok(None);
        };
        let Some(&index) = self.pages.get(format!("{stem}.html").as_str()) else {
            return Ok(None);
        };
        let entry = &self.loaded.entries[index];
        let links = self.loaded.links(entry).with_mentions(&self.site, entry);
        let (rendered, findings) = render(entry, &links);
        Ok(match ending {
            "html" => {
                let page = encoded(path, self.site.document_page(index, &rendered));
                Some(Made::Page(page, findings))
            }
            _ if entry.source.as_deref() == Some(path) => {
                let text = source_text(entry, &links)?.into_owned();
                Some(Made::Text(text.into_bytes()))
            }
            _ => None,
        })
    }

    /// The records of a run of documents.
    fn records(&self, run: &Run) -> io::Result<Vec<u8>> {
        let made = run.range.clone().into_par_iter().map(|index| {
            let entry = &self.loaded.entries[index];
            let document = index_document(entry, &self.render(entry).0, self.loaded);
            serde_json::to_string(&export::record(&document))
        });
        let made: Vec<String> = made.collect::<serde_json::Result<_>>()?;
        Ok(records::file(made.into_iter()).into_bytes())
    }

    /// The attachments that pages lead to, the emblem, the style and the evidence.
    fn attachments(&self) -> &BTreeMap<String, String> {
        self.attachments.get_or_init(|| {
            let loaded = self.loaded;
            let linked = loaded.entries.iter().zip(&loaded.targets).flat_map(|(entry, targets)| {
                let from = entry.document.source().file.as_str();
                let named = targets.iter().map(move |target| loaded.links.named(from, target));
                named.filter_map(|named| match named {
                    Named::File(file) => Some(file),
                    Named::Document(..) | Named::Excluded | Named::Unknown => None,
                })
            });
            let files = linked.chain(beside(loaded));
            files.map(|file| (place(loaded, &file), file)).collect()
        })
    }

    /// Writes what is around the documents: lists, boards, the ledger, scripts and styles. Says what was wrong with
    /// the office's own templates.
    ///
    /// # Errors
    /// As the sink's.
    pub fn around(&self, sink: &dyn Sink) -> Result<Vec<Diagnostic>, BuildError> {
        around(&self.site, sink)
            .and_then(|()| sink.put(records::LIST, records::list(&self.runs, &self.loaded.ids())?))
            .map_err(BuildError::Site)?;
        Ok(self.site.template_findings())
    }

    /// Writes what search needs, with an index that lives in the folder `index` for as long as this takes, and says
    /// what rendering the bodies had to say. `wanted` is asked again and again; what it refuses with is the error.
    ///
    /// # Errors
    /// As those of `wanted`, of the sink and of the index.
    pub fn search(
        &self,
        index: &Path,
        sink: &dyn Sink,
        said: &Said,
        wanted: &(dyn Fn() -> io::Result<()> + Sync),
    ) -> Result<Vec<Diagnostic>, BuildError> {
        let make = |block: Range<usize>| {
            wanted()?;
            Ok(block.into_par_iter().map(|index| self.document(index, said)).collect())
        };
        // Not made where it isn't there: the preview has ended, and its folder went.
        let folder = Folder::open(index).map_err(|error| BuildError::Index(error.into()))?;
        let prepared = index::prepare(folder, self.keys.parts(&make), &self.loaded.index_settings());
        let prepared = prepared.map_err(BuildError::Index)?;
        wanted().map_err(BuildError::Site)?;
        bundle(&prepared, index, sink)?;
        // Models and the page of citations ask the index in its place. Where a reader holds the last one open and the
        // system replaces no open file, they go on with that one until the next build.
        let _ = prepared.commit();
        let entries = 0..self.loaded.entries.len();
        let mut all: Vec<Diagnostic> = entries
            .into_par_iter()
            .flat_map_iter(|index| self.said(index, said))
            .collect();
        diagnostic::sort(&mut all);
        Ok(all)
    }

    /// Renders a document for the index, and remembers what there was to say.
    fn document(&self, index: usize, said: &Said) -> IndexDocument {
        let entry = &self.loaded.entries[index];
        let (rendered, findings) = self.render(entry);
        if let Some(name) = self.keys.index(index) {
            said.get(|| name, || findings);
        }
        index_document(entry, &rendered, self.loaded)
    }

    /// What rendering a document has to say, now or when it was rendered last.
    fn said(&self, index: usize, said: &Said) -> Vec<Diagnostic> {
        let render = || self.render(&self.loaded.entries[index]).1;
        match self.keys.index(index) {
            Some(name) => said.get(|| name, render),
            None => render(),
        }
    }

    fn render(&self, entry: &Entry) -> crate::markdown::Outcome {
        render(entry, &self.loaded.links(entry).with_mentions(&self.site, entry))
    }
}
