//! What a step made of several things in the last run, by their keys, in a file of the cache of an index folder.

use super::{Key, folder, recall, store};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Values by the key of all that they were made from: those of the last run, and those of this one.
#[derive(Debug)]
pub(crate) struct Remembered<T> {
    /// The index folder, and the name of the file in its cache.
    place: Option<(PathBuf, &'static str)>,
    /// Loaded when it is first asked.
    old: OnceLock<BTreeMap<Key, T>>,
    new: Mutex<BTreeMap<Key, T>>,
}

/// Knows and remembers nothing.
impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self {
            place: None,
            old: OnceLock::new(),
            new: Mutex::default(),
        }
    }
}

impl<T: Serialize + DeserializeOwned + PartialEq> Remembered<T> {
    /// What the cache of an index folder has under a name.
    pub(crate) fn of(index: &Path, name: &'static str) -> Self {
        Self {
            place: Some((index.to_owned(), name)),
            ..Self::default()
        }
    }

    /// Whether it knows or remembers anything.
    pub(crate) fn is_kept(&self) -> bool {
        self.place.is_some()
    }

    /// The value of a key in the last run.
    pub(crate) fn find(&self, key: Key) -> Option<&T> {
        self.old().get(&key)
    }

    fn old(&self) -> &BTreeMap<Key, T> {
        self.old.get_or_init(|| {
            let place = self.place.as_ref();
            let list: Option<Vec<(Key, T)>> = place.and_then(|(index, name)| recall(index, name));
            list.unwrap_or_default().into_iter().collect()
        })
    }

    /// A value of the last run is one of this run, too.
    pub(crate) fn keep(&self, key: Key)
    where
        T: Clone,
    {
        if let Some(value) = self.find(key) {
            self.note(key, value.clone());
        }
    }

    /// Notes a value of this run.
    pub(crate) fn note(&self, key: Key, value: T) {
        if self.is_kept() {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            new.insert(key, value);
        }
    }

    /// Stores the values of this run, where they are others than those of the last, and forgets all.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn store(&mut self) -> io::Result<()> {
        let all = std::mem::take(self);
        let new = std::mem::take(&mut *all.new.lock().unwrap_or_else(PoisonError::into_inner));
        match &all.place {
            Some((index, name)) if new != *all.old() => {
                store(&folder(index)?, name, &new.into_iter().collect::<Vec<_>>())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Recipe;

    #[test]
    fn the_next_run_knows_what_this_one_noted_and_nothing_older() {
        let index = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| Recipe::of(name).key());
        for (known, noted) in [(None, one), (Some(one), other), (Some(other), other)] {
            let mut run = Remembered::<u32>::of(index.path(), "values");
            let found = [one, other].into_iter().find(|&key| run.find(key) == Some(&7));
            assert_eq!(found, known);
            run.note(noted, 7);
            run.store().unwrap();
        }
        let mut nothing = Remembered::<u32>::default();
        nothing.note(one, 7);
        nothing.store().unwrap();
        assert!(!nothing.is_kept() && nothing.find(one).is_none());
    }
}
