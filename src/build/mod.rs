//! The whole way of the data, once: [`load`] reads and judges the corpus, [`write`] makes pages and index of what passed
//! the gate, [`project`] the bundle of the index.

mod around;
mod attachment;
mod authority;
mod carried;
mod citations;
mod document;
mod encoding;
mod entries;
mod evidence;
mod gate;
mod gathered;
mod generation;
mod inputs;
mod judge;
mod keys;
mod links;
mod live;
mod load;
mod loaded;
mod look;
mod making;
mod mentions;
mod pages;
mod paper;
mod preview;
mod project;
mod read;
mod recall;
mod records;
mod relate;
mod render;
mod standing;
mod status;
mod write;
mod writing;

pub(crate) use carried::REFUSALS;
pub(crate) use citations::check_citations;
pub(crate) use inputs::Inputs;
pub use live::{Live, Made, Said};
pub(crate) use load::load_again;
pub use load::{load, load_without};
pub use loaded::Loaded;
pub(crate) use paper::{Carry, paper};
pub(crate) use preview::{Preview, preview};
pub use project::project;
pub(crate) use recall::Recall;
pub(crate) use render::{check_bodies, documents};
pub(crate) use write::last_look;
pub use write::write;

use crate::audience::{Audience, Drafts};
use crate::bundle;
use crate::index::IndexError;
use crate::message::Lang;
use crate::output::OutputError;
use std::path::PathBuf;

/// What a run is asked for. Today's date comes in as a value.
#[derive(Debug, Clone)]
pub struct Options {
    /// The corpus folder.
    pub corpus: PathBuf,
    /// Who it is for.
    pub audience: Audience,
    /// Whether drafts pass.
    pub drafts: Drafts,
    /// Language of the interface, over the site file's.
    pub lang: Option<Lang>,
    /// The reference day of every figure that depends on one.
    pub now: jiff::civil::Date,
}

/// Something to report while a run goes on.
pub trait Progress: Sync {
    /// A phase begins, with the number of steps that it will take.
    fn begin(&self, phase: Phase, steps: usize);
    /// So many steps are done.
    fn advance(&self, steps: usize);
}

/// The phases of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reading and checking documents.
    Check,
    /// Rendering pages and indexing.
    Render,
    /// Writing the search bundle.
    Bundle,
    /// Putting files in place.
    Commit,
}

/// A progress that tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Phase, _: usize) {}
    fn advance(&self, _: usize) {}
}

/// Why a run could not finish: the machine failed, or an output folder is not ours to write.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Reading the corpus failed as a whole.
    #[error("the corpus {0} can't be read")]
    Corpus(PathBuf, #[source] std::io::Error),
    /// An output folder.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Writing or reading the index failed.
    #[error("the index can't be written")]
    Index(#[source] IndexError),
    /// Writing the search bundle failed.
    #[error("the files for search can't be written")]
    Bundle(#[source] bundle::Error),
    /// Writing the site failed.
    #[error("the site can't be written")]
    Site(#[source] std::io::Error),
}
