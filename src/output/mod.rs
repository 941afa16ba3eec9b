//! Output folders: files are written aside, then renamed into place in an order that keeps every
//! page whole and search of one generation.
//!
//! A folder of ours holds `.jianyan/`: `marker.json` says what it is and for whom, `manifest.tsv`
//! which files we wrote, `stage/` what is not yet in place, `journal.json` the renames and removals
//! that a killed run still owes. A journal that is there is carried out before anything else; a
//! stage without a journal is thrown away. **Invariant**: a file is removed only while it holds what the manifest says,
//! nothing is reached through a link ([`crate::disk`]), and a folder without our marker is not written into unless empty.

mod archive;
mod folder;
mod journal;
mod manifest;

pub use crate::cache::Stamp;
pub use archive::Archive;
pub use folder::{Claim, OutputError, Purpose, claim};
pub use manifest::Manifest;

use crate::audience::Audience;
use journal::Journal;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path};
use std::sync::{Arc, Mutex};

/// Where the files of a site go: to a folder, or to memory for the preview.
pub trait Sink: Sync {
    /// Takes one file by its path below the site, with `/`.
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()>;

    /// Keeps the file of a path as the last run left it, if its content is the one of the stamp; says whether.
    fn keep(&self, path: &str, stamp: &Stamp) -> bool;
}

/// When a file is put in place: lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Named by its content: nothing refers to it yet.
    Content,
    /// Everything that pages use.
    Asset,
    /// Pages.
    Page,
    /// `search/current.js`, which names the generation.
    Pointer,
}

/// The path of the one mutable file of the search bundle.
pub const POINTER: &str = "search/current.js";

impl Turn {
    fn of(path: &str) -> Self {
        if path == POINTER {
            Turn::Pointer
        } else if path.starts_with("search/") {
            Turn::Content
        } else if path.ends_with(".html") {
            Turn::Page
        } else {
            Turn::Asset
        }
    }
}

/// A site folder that is being written.
pub struct SiteFolder {
    claim: Claim,
    old: Manifest,
    new: Mutex<BTreeMap<String, (Stamp, bool)>>,
}

impl SiteFolder {
    /// Opens a folder for writing; carries out what a killed run left.
    pub fn open(root: &Path, audience: Audience) -> Result<Self, OutputError> {
        let claim = claim(root, Purpose::Site, audience)?;
        if let Some(journal) = Journal::load(claim.state())? {
            journal.carry_out(claim.folder(), claim.state())?;
        }
        claim.state().remove_dir_all(journal::STAGE)?;
        claim.state().make(journal::STAGE)?;
        let old = Manifest::load(claim.state())?;
        Ok(Self {
            claim,
            old,
            new: Mutex::default(),
        })
    }

    /// Puts everything in place and removes what is no longer there. Files of the search bundle that
    /// the last generation used stay one build longer, for pages that are open.
    pub fn commit(self, generation: &str) -> io::Result<Summary> {
        let new = self.new.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let going = |files: BTreeMap<String, Stamp>| files.into_iter().filter(|(path, _)| !new.contains_key(path));
        let known: BTreeSet<String> = self.old.files.keys().cloned().collect();
        let gone = going(self.old.files);
        let retired_before = going(self.old.retired);
        let (retired, removals): (BTreeMap<String, Stamp>, Vec<(String, Stamp)>) = if self.old.generation == generation
        {
            (retired_before.collect(), gone.collect())
        } else {
            let (retired, gone): (Vec<_>, Vec<_>) = gone.partition(|(path, _)| path.starts_with("search/"));
            let removals = gone.into_iter().chain(retired_before).collect();
            (retired.into_iter().collect(), removals)
        };
        let manifest = manifest::text(generation, new.iter().map(|(path, (stamp, _))| (path, stamp)), &retired);
        let all = new.len();
        let mut moves: Vec<String> = new
            .into_iter()
            .filter(|(_, (_, staged))| *staged)
            .map(|(path, _)| path)
            .collect();
        // They stand in the order of their paths, and keep it within a turn.
        moves.sort_by_cached_key(|path| (Turn::of(path), known.contains(path)));
        let summary = Summary {
            written: moves.len(),
            unchanged: all - moves.len(),
            removed: removals.len(),
        };
        let journal = Journal { moves, removals };
        journal.store(self.claim.state(), &manifest)?;
        drop(manifest);
        journal.carry_out(self.claim.folder(), self.claim.state())?;
        Ok(summary)
    }
}

impl SiteFolder {
    /// Whether the file of a path is in place; an error where something stands there that we don't write over.
    fn stands(&self, path: &str, stamp: &Stamp) -> io::Result<bool> {
        let size = self.claim.folder().size(path)?;
        Ok(self.old.files.get(path) == Some(stamp) && size == Some(stamp.size))
    }

    /// Notes a file; says whether it is the first of its path.
    fn note(&self, path: &str, stamp: Stamp, staged: bool) -> io::Result<bool> {
        let mut new = self.new.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match new.get(path) {
            Some((known, _)) if *known != stamp => Err(io::Error::other(format!("two different files for {path}"))),
            Some(_) => Ok(false),
            None => {
                new.insert(path.to_owned(), (stamp, staged));
                Ok(true)
            }
        }
    }
}

impl Sink for SiteFolder {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        let stamp = Stamp::of(&bytes);
        let in_place = self.stands(path, &stamp)?;
        if self.note(path, stamp, !in_place)? && !in_place {
            self.claim.state().write_new(journal::staged(path), &bytes)?;
        }
        Ok(())
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.stands(path, stamp).unwrap_or_default() && self.note(path, *stamp, false).is_ok()
    }
}

/// Whether a path that a state file names is one of a site's: below it, and no state itself, however a system writes
/// that (`.JIANYAN`, `.jianyan.`). A file that names another is damaged or foreign; what it says is not done.
fn is_of_a_site(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    let state = first.trim_end_matches(['.', ' ']).eq_ignore_ascii_case(folder::STATE);
    !path.is_empty() && !state && !path.contains('\0') && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// What a commit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were already as they should be.
    pub unchanged: usize,
    /// Files removed.
    pub removed: usize,
}

/// A file in memory, with its stamp.
pub type Held = (Stamp, Arc<[u8]>);

/// The files of a site in memory.
#[derive(Default)]
pub struct Memory {
    old: Arc<BTreeMap<String, Held>>,
    new: Mutex<BTreeMap<String, Held>>,
}

impl Memory {
    /// A site that takes what has not changed from an older one.
    pub fn after(old: Arc<BTreeMap<String, Held>>) -> Self {
        Self {
            old,
            new: Mutex::default(),
        }
    }

    /// The files, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        let files = self.into_held().into_iter();
        files.map(|(path, (_, bytes))| (path, bytes.to_vec())).collect()
    }

    /// The files with their stamps, by path.
    pub fn into_held(self) -> BTreeMap<String, Held> {
        self.new.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The files as they are so far.
    pub fn so_far(&self) -> BTreeMap<String, Held> {
        self.new
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    fn hold(&self, path: &str, held: Held) {
        self.new
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(path.to_owned(), held);
    }
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.hold(path, (Stamp::of(&bytes), bytes.into()));
        Ok(())
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        let held = self.old.get(path).filter(|(known, _)| known == stamp);
        held.is_some_and(|held| {
            self.hold(path, held.clone());
            true
        })
    }
}

#[cfg(test)]
mod tests;
