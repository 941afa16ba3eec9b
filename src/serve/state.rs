//! What the threads of a preview share: the newest build as far as it has come, and what is under way for writers.

use crate::author::Written;
use crate::build::{Loaded, Options, Stage};
use crate::diagnostic::Diagnostic;
use crate::http::{Bytes, Token, random_name};
use crate::message::{Catalogue, Lang};
use crate::output::Held;
use crate::site::{Desk, Site};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;

/// Where the files of search are.
const SEARCH: &str = "search/";
/// Files that were imported and are not saved yet: the pictures of so many at most are kept, the oldest go first.
const MOST_IMPORTED: usize = 8;

/// Writes that can be taken back: so many, and so many bytes of them, the oldest go first.
const MOST_UNDOS: usize = 32;
const MOST_TO_UNDO: usize = 64 << 20;

/// Pictures of an imported file: the name in its body, and the bytes.
pub(super) type Pictures = Arc<[(String, Vec<u8>)]>;

/// A build, as far as it has come.
pub(super) struct Build {
    pub number: u64,
    pub stage: Stage,
    /// Its files, by path.
    pub files: Arc<BTreeMap<String, Held>>,
    /// Those of the whole build before: they stand in for what is not there yet.
    pub before: Arc<BTreeMap<String, Held>>,
    pub loaded: Arc<Loaded>,
    pub diagnostics: Vec<Diagnostic>,
    /// Made for the first page that needs it.
    pub desk: Arc<OnceLock<Desk>>,
    /// The overview of findings, likewise.
    pub overview: OnceLock<Bytes>,
}

impl Build {
    /// The file of a path; while that may still come, as the build before had it.
    pub fn file(&self, path: &str) -> Option<&Held> {
        let may_come = match self.stage {
            Stage::Saved => true,
            Stage::Pages => path.starts_with(SEARCH),
            Stage::Whole => false,
        };
        let before = || self.before.get(path).filter(|_| may_come);
        self.files.get(path).or_else(before)
    }

    /// The same build as it is at a stage.
    pub fn at(&self, stage: Stage, files: BTreeMap<String, Held>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            number: self.number,
            stage,
            files: Arc::new(files),
            before: Arc::clone(&self.before),
            loaded: Arc::clone(&self.loaded),
            diagnostics,
            desk: Arc::clone(&self.desk),
            overview: OnceLock::new(),
        }
    }

    pub fn desk(&self) -> &Desk {
        self.desk.get_or_init(|| {
            let loaded = &self.loaded;
            Site::new(
                &loaded.settings,
                loaded.audience,
                loaded.lang,
                loaded.now,
                &loaded.entries,
            )
            .desk()
        })
    }
}

/// What the threads share.
pub(super) struct Shared {
    pub options: Options,
    pub token: Token,
    /// Tells the builds of this preview from those of an earlier one at the same port.
    run: String,
    current: watch::Sender<Arc<Build>>,
    /// Files of the search before the newest whole one.
    left_over: Mutex<BTreeSet<String>>,
    /// Held by whoever writes into the corpus.
    pub writing: Mutex<()>,
    /// Held by whoever reads a file into a form: one at a time, for what a hostile one takes.
    pub importing: tokio::sync::Mutex<()>,
    imported: Mutex<VecDeque<(String, Pictures)>>,
    undos: Mutex<VecDeque<(String, Arc<Written>)>>,
}

impl Shared {
    pub fn new(options: &Options, token: Token, first: Build) -> Self {
        Self {
            options: options.clone(),
            token,
            run: random_name().unwrap_or_default(),
            current: watch::Sender::new(Arc::new(first)),
            left_over: Mutex::default(),
            writing: Mutex::default(),
            importing: tokio::sync::Mutex::default(),
            imported: Mutex::default(),
            undos: Mutex::default(),
        }
    }

    pub fn newest(&self) -> Arc<Build> {
        Arc::clone(&self.current.borrow())
    }

    /// Names the state of the preview: of another state, or another run, it is another name.
    pub fn name_of(&self, build: &Build) -> String {
        format!("{}-{}-{}", self.run, build.number, build.stage as u8)
    }

    pub fn publish(&self, build: Build) {
        self.current.send_replace(Arc::new(build));
    }

    /// Publishes a whole build. What a page that is open now may still ask of the search before stays one build
    /// longer.
    pub fn complete(&self, mut build: Build) {
        let mut left_over = lock(&self.left_over);
        let of_search = build.before.iter().filter(|(path, _)| path.starts_with(SEARCH));
        let stays: Vec<_> = of_search
            .filter(|(path, _)| !build.files.contains_key(*path) && !left_over.contains(*path))
            .map(|(path, held)| (path.clone(), held.clone()))
            .collect();
        *left_over = stays.iter().map(|(path, _)| path.clone()).collect();
        Arc::make_mut(&mut build.files).extend(stays);
        build.before = Arc::default();
        self.publish(build);
    }

    /// Waits until the newest build is what is asked for; for ever, where it doesn't come.
    pub async fn until(&self, wanted: impl FnMut(&Arc<Build>) -> bool) -> Arc<Build> {
        let mut builds = self.current.subscribe();
        match builds.wait_for(wanted).await {
            Ok(build) => Arc::clone(&build),
            // The sender is ours, and lives as long as `self`.
            Err(_) => self.newest(),
        }
    }

    /// Keeps the pictures of an imported file, under a name, until it is saved.
    pub fn keep(&self, name: String, pictures: Pictures) {
        let mut imported = lock(&self.imported);
        imported.push_back((name, pictures));
        while imported.len() > MOST_IMPORTED {
            imported.pop_front();
        }
    }

    /// The pictures of an imported file.
    pub fn pictures(&self, name: &str) -> Option<Pictures> {
        let imported = lock(&self.imported);
        let (_, pictures) = imported.iter().find(|(known, _)| known == name)?;
        Some(Arc::clone(pictures))
    }

    /// Offers to take a write back: a name for it, with the word for the button.
    pub fn offer(&self, undo: Option<Written>, lang: Lang) -> Option<Value> {
        let undo = Arc::new(undo.filter(|undo| undo.size() <= MOST_TO_UNDO)?);
        let name = random_name().ok()?;
        let mut undos = lock(&self.undos);
        undos.push_back((name.clone(), undo));
        let size = |undos: &VecDeque<(String, Arc<Written>)>| undos.iter().map(|(_, undo)| undo.size()).sum::<usize>();
        while undos.len() > MOST_UNDOS || size(&undos) > MOST_TO_UNDO {
            undos.pop_front();
        }
        Some(json!({ "name": name, "label": Catalogue::of(lang).get("desk.undo") }))
    }

    /// The write that can be taken back under a name.
    pub fn offered(&self, name: &str) -> Option<Arc<Written>> {
        let undos = lock(&self.undos);
        let (_, undo) = undos.iter().find(|(known, _)| known == name)?;
        Some(Arc::clone(undo))
    }
}

/// A thread that panicked left nothing half done behind a lock of ours.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
