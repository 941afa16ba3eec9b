//! How a corpus looks from outside, to see whether anything in it has changed.

use super::walk::{Found, walk};
use crate::cache::{Key, Recipe, Stamp};
use crate::disk::Inside;
use rayon::prelude::*;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A file system may tell the time of a write this coarsely.
const GRAIN: Duration = Duration::from_secs(3);

/// The files of a corpus folder as they look, none of them read.
pub(crate) struct Survey {
    inside: Inside,
    found: Vec<Found>,
    said: String,
}

impl Survey {
    /// Looks at a corpus folder, as [`super::read`] does before it reads.
    ///
    /// # Errors
    /// Only where `root` itself can't be read.
    pub(crate) fn of(root: &Path) -> io::Result<Self> {
        let mut diagnostics = Vec::new();
        let found = walk(root, &mut diagnostics)?;
        Ok(Self {
            inside: Inside::of(root)?,
            found,
            said: format!("{} {diagnostics:?}", root.canonicalize()?.display()),
        })
    }

    /// Names what was found by the looks of the files. Of those that were written when `taken` was the time, or just
    /// before, the content counts, too: they may have been written again since without looking different.
    pub(crate) fn key(&self, taken: SystemTime) -> Key {
        let parts: Vec<String> = self.found.par_iter().map(|found| self.part(found, taken)).collect();
        let mut recipe = Recipe::of("survey").with(&self.said);
        parts.iter().for_each(|part| recipe.add(part));
        recipe.key()
    }

    /// Whether [`Survey::key`] reads a file.
    pub(crate) fn is_fresh(&self, taken: SystemTime) -> bool {
        self.found.iter().any(|found| is_fresh(found, taken))
    }

    fn part(&self, found: &Found, taken: SystemTime) -> String {
        let mut part = format!("{}\n{:?} {:?}", found.file, found.look, found.changed);
        if is_fresh(found, taken) {
            let content = self.inside.read(&found.below).map(|bytes| Stamp::of(&bytes));
            part += &format!(" {:?}", content.map_err(|error| error.to_string()));
        }
        part
    }
}

/// Whether a file was written, or renamed, or given another time, after a time or just before it.
fn is_fresh(found: &Found, time: SystemTime) -> bool {
    let is_late = |moment: SystemTime| moment.checked_add(GRAIN).is_none_or(|end| end >= time);
    let moments = [found.look.modified, found.changed];
    moments.into_iter().flatten().any(is_late)
}
