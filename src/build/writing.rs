//! What all stages of writing look at, and what needs no document made: what is around them, and attachments.

use super::around::{around, beside, place};
use super::keys::Keys;
use super::look::Look;
use super::{BuildError, Loaded, Progress};
use crate::output::FILES;
use crate::sink::Sink;
use crate::site::Site;
use std::collections::BTreeSet;

/// A run that writes a corpus.
pub(super) struct Writing<'a> {
    pub loaded: &'a Loaded,
    pub site: &'a Site<'a>,
    pub keys: Keys<'a>,
    pub sink: &'a Look<'a>,
    pub progress: &'a dyn Progress,
}

impl<'a> Writing<'a> {
    /// Writes it to a sink.
    pub(super) fn new(loaded: &'a Loaded, site: &'a Site<'a>, sink: &'a Look<'a>, progress: &'a dyn Progress) -> Self {
        Self {
            loaded,
            site,
            keys: Keys::of(loaded),
            sink,
            progress,
        }
    }

    /// Writes what is around the documents: lists, boards, the ledger, scripts and styles.
    pub(super) fn around(&self) -> Result<(), BuildError> {
        around(self.site, self.sink).map_err(BuildError::Site)
    }

    /// Writes the attachments that pages link to, the emblem and the evidence.
    pub(super) fn attachments(&self, linked: BTreeSet<String>) -> Result<(), BuildError> {
        let mut files = beside(self.loaded);
        files.extend(linked);
        for file in &files {
            if let Some(attachment) = self.loaded.attachments.get(file) {
                let bytes = attachment.read().map_err(BuildError::Site)?;
                let path = format!("{FILES}/{}", place(self.loaded, file));
                self.sink.put(&path, bytes).map_err(BuildError::Site)?;
            }
        }
        Ok(())
    }
}
