//! The first stage of loading: what stands in the corpus folder.

use super::gathered;
use super::look;
use super::recall::Recall;
use super::{BuildError, Options};
use crate::audience::{self, Drafts};
use crate::corpus::{Attachment, Source};
use crate::diagnostic::Diagnostic;
use crate::record::vocabulary::Search;
use crate::settings::{self, Gathered, Settings};
use std::sync::Arc;

/// A corpus as it was read; nothing is judged yet.
pub(super) struct Read {
    /// The settings as the audience meets them.
    pub settings: Settings,
    /// The further corpora that the site file gathers.
    pub corpora: Vec<Gathered>,
    pub sources: Vec<Arc<Source>>,
    pub attachments: Vec<Attachment>,
    /// What was found in the settings, and what could not be read as it stands.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Reads the corpus and those that its site file gathers.
    pub(super) fn of(options: &Options, recall: &Recall) -> Result<Self, BuildError> {
        let (settings, of_settings) = settings::read(&options.corpus);
        let corpora = settings.corpora.clone();
        let corpus = gathered::read(options, &corpora, recall)?;
        let mut settings = audience::settings(settings, options.audience);
        if options.drafts == Drafts::Shown {
            // No gateway stands beside a preview.
            settings.search = Search::Browser;
        }
        let mut diagnostics = corpus.diagnostics;
        diagnostics.extend(of_settings);
        diagnostics.extend(look::of_site_file(&settings));
        Ok(Self {
            settings,
            corpora,
            sources: corpus.sources,
            attachments: corpus.attachments,
            diagnostics,
        })
    }
}
