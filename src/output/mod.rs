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
mod mirror;
mod recover;
mod stands;

pub(crate) use crate::cache::Stamp;
pub(crate) use archive::Archive;
pub(crate) use folder::{Claim, OutputError};
pub use folder::{Purpose, claim};
pub use manifest::Manifest;
pub(crate) use mirror::Mirror;

use crate::audience::Audience;
use crate::disk::Folder;
use crate::sink::Sink;
use journal::{Journal, Removal};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// When a file is put in place: lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Named by its content: nothing refers to it yet.
    Content,
    /// Everything that pages use.
    Asset,
    Page,
    /// `search/current.js`, which names the generation.
    Pointer,
}

/// The path of the one mutable file of the search bundle.
pub const POINTER: &str = "search/current.js";
/// Folder of a site that attachments go to, at their path below the corpus.
pub const FILES: &str = "files";

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

/// How what stands in a folder is compared with what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// By size, and by content what is younger than the manifest; by content all once a week.
    Stamps,
    /// By content.
    Contents,
    /// By the manifest alone; once a week by size, and by content what is younger than the manifest. For a folder where
    /// each question takes long.
    Manifest,
}

/// The file whose time says when all was compared by content the last time, and how long that holds.
const COMPARED: &str = "compared";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The folder that a path stands in, without links; the working folder where it names none.
fn real_parent(path: &Path) -> io::Result<PathBuf> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).canonicalize()
}

/// A site folder that is being written.
pub struct SiteFolder {
    claim: Claim,
    /// Where files wait until all are there.
    stage: Folder,
    old: Manifest,
    /// When the manifest was written; nothing where every file is to be read.
    since: Option<SystemTime>,
    /// Whether what the manifest names counts as in place.
    trusts: bool,
    /// Whether all is compared this time that is to be compared once a week.
    compares: bool,
    new: Mutex<BTreeMap<String, (Stamp, bool)>>,
}

impl SiteFolder {
    /// Opens a folder for writing; carries out what a killed run left.
    ///
    /// # Errors
    /// As those of [`claim`].
    pub fn open(root: &Path, audience: Audience, comparison: Comparison) -> Result<Self, OutputError> {
        let claim = claim(root, Purpose::Site, audience)?;
        if let Some(journal) = Journal::load(claim.state())? {
            journal.carry_out(claim.folder(), claim.state())?;
        }
        claim.state().remove_dir_all(journal::STAGE)?;
        let stage = claim.state().make(journal::STAGE)?;
        let was_compared = was_compared(claim.state())?;
        let since = match comparison {
            Comparison::Stamps if was_compared => claim.state().stat(manifest::NAME)?,
            Comparison::Manifest => claim.state().stat(manifest::NAME)?,
            _ => None,
        };
        let old = match Manifest::load(claim.state())? {
            Some(manifest) => manifest,
            None => recovered(&claim)?,
        };
        Ok(Self {
            claim,
            stage,
            old,
            since: since.and_then(|(_, time)| time),
            trusts: comparison == Comparison::Manifest && was_compared,
            compares: comparison == Comparison::Contents || !was_compared,
            new: Mutex::default(),
        })
    }

    /// Puts everything in place and removes what is no longer there. Files of the search bundle that
    /// the last generation used stay one build longer, for pages that are open; not where a page goes, whose text
    /// they hold.
    ///
    /// # Errors
    /// What the file system says; the next run goes on where this one stopped.
    pub fn commit(self, generation: &str) -> io::Result<Summary> {
        let new = self.new.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let going = |files: BTreeMap<String, Stamp>| files.into_iter().filter(|(path, _)| !new.contains_key(path));
        let known: BTreeSet<String> = self.old.files.keys().cloned().collect();
        let gone: Vec<Removal> = going(self.old.files).collect();
        let stays = !self.old.generation.is_empty() && !gone.iter().any(|(path, _)| path.ends_with(".html"));
        let (retired, gone): (Vec<_>, Vec<_>) = gone
            .into_iter()
            .partition(|(path, _)| stays && path.starts_with("search/"));
        let retired: BTreeMap<String, Stamp> = retired.into_iter().collect();
        let removals: Vec<Removal> = gone.into_iter().chain(going(self.old.retired)).collect();
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
        let (first, removals) = in_the_way(removals, &moves);
        let journal = Journal { first, moves, removals };
        journal.store(self.claim.state(), &manifest)?;
        drop(manifest);
        journal.carry_out(self.claim.folder(), self.claim.state())?;
        if self.compares {
            self.claim.state().put(COMPARED, b"")?;
        }
        Ok(summary)
    }
}

/// What a folder without its manifest holds of ours. Where a page that every site has is somebody else's, so is the
/// folder, whatever its marker says.
fn recovered(claim: &Claim) -> Result<Manifest, OutputError> {
    let manifest = recover::recover(claim.folder())?;
    for page in ["index.html", "404.html"] {
        if !manifest.files.contains_key(page) && claim.folder().stat(page)?.is_some() {
            return Err(OutputError::Foreign(claim.root().to_owned()));
        }
    }
    Ok(manifest)
}

/// Whether all was compared by content within a week.
fn was_compared(state: &Folder) -> io::Result<bool> {
    let compared = state.stat(COMPARED)?.and_then(|(_, time)| time);
    Ok(compared.is_some_and(|time| time.elapsed().is_ok_and(|since| since < WEEK)))
}

/// Removals apart that a move needs: of a file where a folder is to be, and of the files of a folder where a file is.
fn in_the_way(removals: Vec<Removal>, moves: &[String]) -> (Vec<Removal>, Vec<Removal>) {
    let files: BTreeSet<&str> = moves.iter().map(String::as_str).collect();
    let folders: BTreeSet<&str> = moves.iter().flat_map(|path| above(path)).collect();
    removals
        .into_iter()
        .partition(|(path, _)| folders.contains(path.as_str()) || above(path).any(|folder| files.contains(folder)))
}

/// The folders that a path leads through.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

impl SiteFolder {
    /// Whether the file of a path is in place; an error where something stands there that we don't write over.
    fn stands(&self, path: &str, stamp: &Stamp) -> io::Result<bool> {
        if self.trusts && self.old.files.get(path) == Some(stamp) {
            return Ok(true);
        }
        match self.is_in(self.claim.folder(), path, stamp) {
            Err(_) if self.gives_way(path) => Ok(false),
            stands => Ok(stands? && self.old.files.get(path) == Some(stamp)),
        }
    }

    /// Whether what stands in the way of a path is ours: a file where a folder is to be, or the files of a folder.
    fn gives_way(&self, path: &str) -> bool {
        let known = |path: &str| self.old.files.contains_key(path);
        let inside = format!("{path}/");
        let below = self.old.files.range(inside.clone()..).next();
        above(path).any(known) || below.is_some_and(|(other, _)| other.starts_with(&inside))
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
            self.stage.write_new(journal::staged(path), &bytes)?;
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
