//! A corpus whose pages are made when somebody asks for them: what a preview shows while its author writes.
//!
//! A document's page stands nowhere: [`Live::file`] makes it of what was loaded, with the bytes that a build would
//! write. What goes around the documents and what search needs ([`Live::around`], [`Live::search`]) follow behind, for
//! as long as they are wanted: where the sink or the check refuses, they stop.

use super::document::index_document;
use super::encoding::encoded;
use super::generation::source_text;
use super::links::Named;
use super::names::{self, Names};
use super::records::{self, Run};
use super::write::{Below, ids, index_settings, links, render, site};
use super::{BuildError, Loaded};
use crate::cache::{Key, Recipe, Step};
use crate::corpus::Attachment;
use crate::diagnostic::{self, Diagnostic};
use crate::index::document::IndexDocument;
use crate::index::{self, Part};
use crate::output::FILES;
use crate::output::Sink;
use crate::site::{Entry, Site, file_name};
use crate::{bundle, export};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
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
    names: Vec<OnceLock<Option<Key>>>,
}

impl<'a> Live<'a> {
    /// Prepares what all pages share.
    pub fn new(loaded: &'a Loaded) -> Self {
        let pages = loaded.entries.iter().enumerate();
        Self {
            loaded,
            site: site(loaded),
            pages: pages.map(|(index, entry)| (entry.page.as_str(), index)).collect(),
            attachments: OnceLock::new(),
            runs: records::runs(&ids(loaded)),
            names: loaded.entries.iter().map(|_| OnceLock::new()).collect(),
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
        let links = links(self.loaded, entry).with_mentions(&self.site, entry);
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
        let put = |path: String, text: String| sink.put(&path, encoded(&path, text));
        self.site
            .pages(&mut { put })
            .and_then(|()| self.site.ledger(&mut { put }))
            .and_then(|()| self.site.assets(&bundle::client(), &mut { put }))
            .and_then(|()| sink.put(records::LIST, records::list(&self.runs, &ids(self.loaded))?))
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
        let sources = self.loaded.entries.iter().map(|entry| entry.document.source());
        let blocks = names::blocks(sources.map(|source| (source.id.as_str(), source.text.len())));
        let parts = blocks.into_iter().map(|block| {
            let recipe = block
                .clone()
                .try_fold(Recipe::of("block of the index"), |recipe, index| {
                    Some(recipe.with(self.name(index)?))
                });
            Part {
                key: recipe.map(|recipe| recipe.key()),
                count: block.len(),
                make: Box::new(move || {
                    wanted()?;
                    Ok(block.into_par_iter().map(|index| self.document(index, said)).collect())
                }),
            }
        });
        let prepared = index::prepare(index, parts, &index_settings(self.loaded)).map_err(BuildError::Index)?;
        wanted().map_err(BuildError::Site)?;
        let opened = index::open(prepared.folder()).map_err(BuildError::Index)?;
        let mut memory = bundle::Memory::of(index);
        bundle::write_again(&opened, bundle::Layout::default(), &Below(sink), &mut memory)
            .map_err(BuildError::Bundle)?;
        memory.store().map_err(BuildError::Site)?;
        drop(opened);
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

    fn name(&self, index: usize) -> Option<Key> {
        *self.names[index].get_or_init(|| Names::of_index(self.loaded, index))
    }

    /// Renders a document for the index, and remembers what there was to say.
    fn document(&self, index: usize, said: &Said) -> IndexDocument {
        let entry = &self.loaded.entries[index];
        let (rendered, findings) = self.render(entry);
        if let Some(name) = self.name(index) {
            said.get(|| name, || findings);
        }
        index_document(entry, &rendered, self.loaded)
    }

    /// What rendering a document has to say, now or when it was rendered last.
    fn said(&self, index: usize, said: &Said) -> Vec<Diagnostic> {
        let render = || self.render(&self.loaded.entries[index]).1;
        match self.name(index) {
            Some(name) => said.get(|| name, render),
            None => render(),
        }
    }

    fn render(&self, entry: &Entry) -> crate::markdown::Outcome {
        render(entry, &links(self.loaded, entry).with_mentions(&self.site, entry))
    }
}

/// The attachments that belong to a site whoever links to them: emblem, style, evidence.
pub(super) fn beside(loaded: &Loaded) -> BTreeSet<String> {
    let evidence: BTreeSet<&str> = loaded
        .entries
        .iter()
        .flat_map(|entry| entry.evidence.iter().flatten())
        .filter_map(|place| place.strip_prefix(FILES)?.strip_prefix('/'))
        .collect();
    let carried = loaded.links.carried.iter();
    let evidence = carried
        .filter(|(_, place)| evidence.contains(place.as_str()))
        .map(|(file, _)| file.clone());
    let settings = &loaded.settings;
    evidence
        .chain(settings.emblem.clone())
        .chain(settings.style.clone())
        .collect()
}

/// Where an attachment stands below the folder of attachments. The style is the site file's own and no kind that goes
/// along otherwise.
pub(super) fn place(loaded: &Loaded, file: &str) -> String {
    let carried = loaded.links.carried.get(file).cloned();
    carried.unwrap_or_else(|| file_name(file))
}
