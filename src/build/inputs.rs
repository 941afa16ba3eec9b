//! What a run is made from, as far as that is known before a document is read, and what an earlier run of the same came
//! to.
//!
//! **Invariant**: a run whose inputs have the same key, and whose outputs stand as that run left them, would change
//! nothing and say the same.

use super::Options;
use crate::cache::{self, Key, Recipe, Sealed};
use crate::corpus::Survey;
use crate::settings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// The file of the cache.
const NAME: &str = "run";

/// Everything that decides a run, looked at.
pub(crate) struct Inputs {
    surveys: Vec<Survey>,
    /// Of the program, the options and the settings.
    asked: Key,
    taken: SystemTime,
    /// Of all, as it was when it was looked at.
    key: Key,
}

impl Inputs {
    /// Looks at everything that decides a run, which says what it finds in a `manner`; `taken` is the present.
    ///
    /// # Errors
    /// That the corpus can't be read as a whole.
    pub(crate) fn of(options: &Options, manner: &str, taken: SystemTime) -> io::Result<Self> {
        let (settings, findings) = settings::read(&options.corpus);
        let further = settings.corpora.iter().map(|corpus| corpus.folder(&options.corpus));
        let surveys = std::iter::once(options.corpus.clone()).chain(further);
        let surveys: Vec<Survey> = surveys.map(|folder| Survey::of(&folder)).collect::<io::Result<_>>()?;
        let Options {
            corpus: _,
            audience,
            drafts,
            lang,
            now,
        } = options;
        let asked = Recipe::of("what is asked")
            .with(format!("{audience:?} {drafts:?} {lang:?} {now}"))
            .with(format!("{settings:?} {findings:?}"))
            .with(manner)
            .key();
        let mut inputs = Self {
            surveys,
            asked,
            taken,
            key: asked,
        };
        inputs.key = inputs.key_at(taken);
        Ok(inputs)
    }

    fn key_at(&self, taken: SystemTime) -> Key {
        let keys = self.surveys.iter().map(|survey| survey.key(taken));
        let recipe = Recipe::of("inputs").with(self.asked);
        keys.fold(recipe, super::super::cache::Recipe::with).key()
    }

    /// What the last run came to, if it was made from the same and the outputs that it left are those that stand. It may
    /// have been asked just after a document was written; it is remembered for later runs.
    pub(crate) fn recall<T: Serialize + DeserializeOwned>(&self, index: &Path, stands: Key) -> Option<T> {
        let sealed = Sealed::recall(index, NAME)?;
        let taken = sealed.taken;
        let value = sealed.open(with(self.key_at(taken), stands))?;
        if self.surveys.iter().any(|survey| survey.is_fresh(taken)) {
            self.remember(index, stands, &value);
        }
        Some(value)
    }

    /// Remembers what a run came to, with the outputs that stand now. A disk without room keeps it from nothing but to
    /// do the same again.
    pub(crate) fn remember<T: Serialize>(&self, index: &Path, stands: Key, value: &T) {
        let sealed = Sealed::of(self.taken, with(self.key, stands), value);
        drop(sealed.and_then(|sealed| sealed.store(&cache::folder(index)?, NAME)));
    }
}

fn with(inputs: Key, stands: Key) -> Key {
    Recipe::of("run").with(inputs).with(stands).key()
}
