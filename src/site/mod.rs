//! Pages: every cleared document, the lists, the home page, and the search page's shell.
//!
//! [`names`] gives each document its file name; [`Site`] renders. Nothing here writes a file:
//! pages leave as `(path below the site, bytes)` through a sink, so that they can go to disk or
//! stay in memory.

mod names;

pub use names::{encoded, href, names};

use crate::adoption::{Due, Outcome};
use crate::audience::{Audience, Cleared};
use crate::message::Lang;
use crate::record::vocabulary::State;
use crate::settings::Settings;

/// What the pages need to know of one document besides its rendered body.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The document.
    pub document: Cleared,
    /// Its page below the site, not encoded, with `/`: `调研报告/R01-….html`.
    pub page: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Deadline of a recommendation.
    pub due: Option<Due>,
    /// State of a recommendation.
    pub state: Option<State>,
    /// Indices of the entries that it refers to (front matter and body), ascending.
    pub cites: Vec<usize>,
    /// Indices of the entries that refer to it, ascending.
    pub cited_by: Vec<usize>,
    /// Index of the entry that replaces it.
    pub superseded_by: Option<usize>,
    /// Name of its source for download, below the site.
    pub source: String,
}

/// Everything that all pages share.
pub struct Site<'a> {
    /// Settings of the corpus.
    pub settings: &'a Settings,
    /// Audience of the build.
    pub audience: Audience,
    /// Language of the interface.
    pub lang: Lang,
    /// The reference day (`--now`).
    pub now: jiff::civil::Date,
    /// All documents, in the order of their ids.
    pub entries: &'a [Entry],
}
