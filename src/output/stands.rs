//! Whether a site stands as the last build left it.

use super::{Manifest, SiteFolder, Summary};
use crate::cache::{Key, Recipe, Stamp};
use crate::disk::Folder;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::sync::PoisonError;

impl SiteFolder {
    /// Names what the last build left: its generation and its files.
    pub fn left(&self) -> Key {
        name(&self.old.generation, self.old.files.iter())
    }

    /// Names what this build will leave.
    pub fn will_leave(&self, generation: &str) -> Key {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        name(generation, new.iter().map(|(path, (stamp, _))| (path, stamp)))
    }

    /// Whether every file is in place as the last build left it. Where it is time to compare everything by content, or
    /// the manifest is missing, that isn't known.
    pub fn all_stands(&self) -> bool {
        let mut folders: BTreeMap<&str, Vec<(&str, &Stamp)>> = BTreeMap::new();
        for (path, stamp) in &self.old.files {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            folders.entry(folder).or_default().push((name, stamp));
        }
        let stands = |(path, files): (&str, Vec<(&str, &Stamp)>)| {
            if path.is_empty() {
                self.all_stand_in(self.claim.folder(), &files)
            } else {
                let folder = self.claim.folder().sub(path);
                folder.is_ok_and(|folder| self.all_stand_in(&folder, &files))
            }
        };
        !self.compares && folders.into_par_iter().all(stands)
    }

    fn all_stand_in(&self, folder: &Folder, files: &[(&str, &Stamp)]) -> bool {
        let stands = |&(name, stamp): &(&str, &Stamp)| self.is_in(folder, name, stamp).unwrap_or_default();
        files.par_iter().all(stands)
    }

    /// Whether a file stands in a folder with the content of a stamp.
    pub(super) fn is_in(&self, folder: &Folder, name: &str, stamp: &Stamp) -> io::Result<bool> {
        let Some((size, written)) = folder.stat(name)? else {
            return Ok(false);
        };
        // Without the time of the manifest every file is read.
        let is_older = self.since.zip(written).is_some_and(|(since, written)| written < since);
        Ok(size == stamp.size && (is_older || Stamp::of(&folder.read(name)?) == *stamp))
    }

    /// Whether committing what this build has written would change nothing.
    pub(super) fn is_done(&self, generation: &str) -> bool {
        let is_staged = |(_, staged): &(Stamp, bool)| *staged;
        let stages = self
            .new
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .any(is_staged);
        !stages && !self.compares && self.old.retired.is_empty() && self.left() == self.will_leave(generation)
    }

    /// Leaves everything as it is, but for search files of the generation before, whose time is over.
    ///
    /// # Errors
    /// What the file system says.
    pub fn stay(self) -> io::Result<Summary> {
        let unchanged = self.old.files.len();
        if self.old.retired.is_empty() {
            return Ok(Summary {
                unchanged,
                ..Summary::default()
            });
        }
        let Manifest { generation, files, .. } = &self.old;
        let generation = generation.clone();
        let kept = files.iter().map(|(path, stamp)| (path.clone(), (*stamp, false)));
        *self.new.lock().unwrap_or_else(PoisonError::into_inner) = kept.collect();
        self.commit(&generation)
    }
}

fn name<'a>(generation: &str, files: impl Iterator<Item = (&'a String, &'a Stamp)>) -> Key {
    let mut recipe = Recipe::of("files of a site").with(generation);
    for (path, stamp) in files {
        recipe.add(path);
        recipe.add(stamp.hash);
    }
    recipe.key()
}
