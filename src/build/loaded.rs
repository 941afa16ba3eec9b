//! What loading gives: a corpus, read and judged, ready to be written.

use super::links::{LinkTable, Links};
use crate::audience::{Audience, HeldBack};
use crate::corpus::{Attachment, Source};
use crate::diagnostic::Diagnostic;
use crate::index::IndexSettings;
use crate::message::Lang;
use crate::settings::Settings;
use crate::site::{Entry, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A corpus, read and judged, ready to be written.
pub struct Loaded {
    /// Of the site file, with defaults for what it doesn't say.
    pub settings: Settings,
    /// Audience of the run.
    pub audience: Audience,
    /// Language of the interface.
    pub lang: Lang,
    /// Reference day.
    pub now: jiff::civil::Date,
    /// What passed the gate, in the order of ids.
    pub entries: Vec<Entry>,
    /// What did not, and why.
    pub held_back: Vec<HeldBack>,
    /// Everything found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of documents read.
    pub documents: usize,
    /// The decoded texts of all files that were read, for those who show a diagnostic's line; none in the public
    /// audience.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Names the state of everything that its readers see.
    pub generation: String,
    pub(super) links: LinkTable,
    pub(super) pages: Vec<String>,
    /// The targets of the links of each entry's body.
    pub(super) targets: Vec<BTreeSet<String>>,
    pub(super) attachments: BTreeMap<String, Attachment>,
}

impl Loaded {
    /// What all pages of the corpus share.
    pub fn site(&self) -> Site<'_> {
        Site::new(&self.settings, self.audience, self.lang, self.now, &self.entries)
    }

    /// The attachments to which its public documents lead.
    pub fn attached(&self) -> BTreeSet<&str> {
        let documents = self.entries.iter().map(|entry| &entry.document);
        self.links.of_public(documents.zip(&self.targets))
    }

    /// The file of the corpus that a path in the document `from` names, where it is.
    pub fn attachment(&self, from: &str, path: &str) -> Option<&Attachment> {
        self.attachments.get(self.links.file(from, path)?)
    }

    /// The links of an entry's body.
    pub(super) fn links<'a>(&'a self, entry: &'a Entry) -> Links<'a> {
        Links::new(&self.links, &entry.document.record().file, &entry.page, &self.pages)
    }

    /// The ids of all documents, in order.
    pub(super) fn ids(&self) -> Vec<&str> {
        let entries = self.entries.iter();
        entries.map(|entry| entry.document.record().id.as_str()).collect()
    }

    /// What its index keeps of it as a whole.
    pub(super) fn index_settings(&self) -> IndexSettings {
        IndexSettings {
            generation: self.generation.clone(),
            audience: self.audience.key().to_owned(),
            language: self.lang.tag().to_owned(),
            synonyms: self.settings.synonyms.clone(),
            complete: self.settings.complete.clone(),
            now: self.now.to_string(),
            site: self.settings.base_url.clone().unwrap_or_default(),
            ..IndexSettings::default()
        }
    }
}
