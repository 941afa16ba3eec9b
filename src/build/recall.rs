//! What a process knows of documents and attachments from its last run, so that a preview reads and judges again only
//! what has changed.
//!
//! What is made of a text is looked up, like everything of [`crate::cache`], by the key of all that goes in; what is
//! made of a file, by how it looks. Unlike a cache it never leaves the process: a judgement says what the audience
//! may not see. What is found in single documents is in the cache of the index of the office's own edition too, and of no
//! other: findings say what stands in a document.

use crate::audience::Audience;
use crate::cache::{Key, Remembered, Step};
use crate::corpus::{Readings, Taken};
use crate::diagnostic::{Diagnostic, Stored};
use crate::markdown::Citation;
use crate::record::Record;
use std::collections::BTreeSet;
use std::path::Path;

/// The file of the cache.
const FOUND: &str = "found";

/// A record with what was found, or why it was refused.
pub(super) type Judged = Result<(Record, Vec<Diagnostic>), Diagnostic>;
/// What was found in an attachment.
pub(super) type Searched = Vec<Diagnostic>;
/// What others need to know of a body.
#[derive(Debug, Clone, Default)]
pub(super) struct Outlined {
    /// The targets of its links.
    pub targets: BTreeSet<String>,
    /// Articles of law that it cites.
    pub citations: Vec<Citation>,
    /// Articles that it opens.
    pub articles: Vec<String>,
    /// Numbers of cases and documents that it names.
    pub numbers: Vec<String>,
    /// Its first sentences.
    pub opening: Option<String>,
}

/// What earlier runs of a process made of single documents and attachments.
#[derive(Default)]
pub(crate) struct Recall {
    pub(super) read: Readings<Taken>,
    pub(super) searched: Readings<Searched>,
    pub(super) judged: Step<Key, Judged>,
    pub(super) outlined: Step<Key, Outlined>,
    /// What was found in a document by itself, but for what reading its front matter says.
    pub(super) found: Remembered<Vec<Stored>>,
}

impl Recall {
    /// For a process that will run again; the default remembers nothing.
    pub(crate) fn keeping() -> Self {
        Self {
            read: Readings::keeping(),
            searched: Readings::keeping(),
            judged: Step::keeping(),
            outlined: Step::keeping(),
            found: Remembered::default(),
        }
    }

    /// For a process that builds once, with the cache of an index folder that it has claimed for an audience.
    pub(crate) fn of(index: &Path, audience: Audience) -> Self {
        Self {
            found: match audience {
                Audience::Internal => Remembered::of(index, FOUND),
                Audience::Public => Remembered::default(),
            },
            ..Self::default()
        }
    }

    /// Something was written at a path or below it: what is there is read again however it looks.
    pub(crate) fn forget(&mut self, path: &Path) {
        self.read.forget(path);
        self.searched.forget(path);
    }

    /// A run is done: what it didn't use is forgotten.
    pub(super) fn settle(&mut self) {
        self.read.settle();
        self.searched.settle();
        self.judged.settle();
        self.outlined.settle();
    }
}
