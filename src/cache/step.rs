//! What a process made in its last run, so that the next makes again only what has another key.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The results of one step by their keys: those of the last run, and those of this one.
pub struct Step<K, T> {
    keeps: bool,
    old: BTreeMap<K, T>,
    new: Mutex<BTreeMap<K, T>>,
}

impl<K, T> Default for Step<K, T> {
    fn default() -> Self {
        Self {
            keeps: false,
            old: BTreeMap::new(),
            new: Mutex::default(),
        }
    }
}

impl<K: Ord, T: Clone> Step<K, T> {
    /// For a process that will run again; the default remembers nothing.
    pub fn keeping() -> Self {
        Self {
            keeps: true,
            ..Self::default()
        }
    }

    /// The result of a step, as the last run had it or made now.
    pub fn get(&self, key: impl FnOnce() -> K, make: impl FnOnce() -> T) -> T {
        if !self.keeps {
            return make();
        }
        let key = key();
        let result = self.old.get(&key).cloned().unwrap_or_else(make);
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        new.insert(key, result.clone());
        result
    }

    /// A run is done: what it didn't ask for is forgotten.
    pub fn settle(&mut self) {
        self.old = std::mem::take(self.new.get_mut().unwrap_or_else(PoisonError::into_inner));
    }

    /// Forgets the results of the last run under some keys.
    pub fn forget(&mut self, keys: impl Fn(&K) -> bool) {
        self.old.retain(|key, _| !keys(key));
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
