//! What a process knows of documents and attachments from its last run, so that a preview reads and judges again only
//! what has changed.
//!
//! What is made of a text is looked up, like everything of [`crate::cache`], by the key of all that goes in; what is
//! made of a file, by how it looks. Unlike a cache it never leaves the process: a judgement tells of what the audience
//! may not see.

use crate::cache::Key;
use crate::corpus::{Readings, Taken};
use crate::diagnostic::Diagnostic;
use crate::markdown::Citation;
use crate::record::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A record with what was found, or why it was refused.
pub(super) type Judged = Result<(Record, Vec<Diagnostic>), Diagnostic>;
/// What was found in an attachment.
pub(super) type Searched = Vec<Diagnostic>;
/// The targets of the links of a body and what it cites.
pub(super) type Outlined = (BTreeSet<String>, Vec<Citation>);

/// What earlier runs of a process made of single documents and attachments.
#[derive(Default)]
pub struct Recall {
    pub(super) read: Readings<Taken>,
    pub(super) searched: Readings<Searched>,
    pub(super) judged: Step<Judged>,
    pub(super) outlined: Step<Outlined>,
}

impl Recall {
    /// For a process that will run again; the default remembers nothing.
    pub fn keeping() -> Self {
        Self {
            read: Readings::keeping(),
            searched: Readings::keeping(),
            judged: Step::keeping(),
            outlined: Step::keeping(),
        }
    }

    /// Something was written at a path or below it: what is there is read again however it looks.
    pub fn forget(&mut self, path: &Path) {
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

/// The results of one step by their keys: those of the last run, and those of this one.
pub(super) struct Step<T> {
    keeps: bool,
    old: BTreeMap<Key, T>,
    new: Mutex<BTreeMap<Key, T>>,
}

impl<T> Default for Step<T> {
    fn default() -> Self {
        Self {
            keeps: false,
            old: BTreeMap::new(),
            new: Mutex::default(),
        }
    }
}

impl<T: Clone> Step<T> {
    fn keeping() -> Self {
        Self {
            keeps: true,
            ..Self::default()
        }
    }

    /// The result of a step, as the last run had it or made now.
    pub(super) fn get(&self, key: impl FnOnce() -> Key, make: impl FnOnce() -> T) -> T {
        if !self.keeps {
            return make();
        }
        let key = key();
        let result = self.old.get(&key).cloned().unwrap_or_else(make);
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        new.insert(key, result.clone());
        result
    }

    fn settle(&mut self) {
        self.old = std::mem::take(self.new.get_mut().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Recipe;

    #[test]
    fn a_step_is_made_again_only_when_its_key_was_not_there_last_time() {
        let mut step = Step::keeping();
        let made = Mutex::new(Vec::new());
        let mut run = |names: &[&'static str]| {
            for &name in names {
                let make = || {
                    made.lock().unwrap().push(name);
                    name.len()
                };
                assert_eq!(step.get(|| Recipe::of("step").with(name).key(), make), name.len());
            }
            step.settle();
            std::mem::take(&mut *made.lock().unwrap())
        };
        assert_eq!(run(&["a", "bb"]), ["a", "bb"]);
        assert_eq!(run(&["a", "ccc"]), ["ccc"]);
        assert_eq!(run(&["bb", "ccc"]), ["bb"]);
    }
}
