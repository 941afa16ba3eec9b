//! What the threads of a preview share: the newest build as far as it has come, and what is under way for writers.

use super::pages::{Pages, Questions};
use super::turns::Turns;
use crate::author::Written;
use crate::build::{Loaded, Options};
use crate::cache::Stamp;
use crate::diagnostic::{self, Diagnostic};
use crate::http::{Bytes, Token, random_name};
use crate::mcp::Endpoint;
use crate::message::{Catalogue, Lang};
use crate::output::{Held, POINTER};
use crate::site::{Desk, Entry};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;

/// Where the files of search are.
const SEARCH: &str = "search/";
/// Where attachments are, which are looked for when they are asked for.
const FILES: &str = "files/";
/// Files that were imported and are not saved yet: the pictures of so many at most are kept, the oldest go first.
const MOST_IMPORTED: usize = 8;

/// Word files that are made or waited for at a time.
const MOST_PAPERS: usize = 4;

/// Writes that can be taken back: so many, and so many bytes of them, the oldest go first.
const MOST_UNDOS: usize = 32;
const MOST_TO_UNDO: usize = 64 << 20;

/// Pictures of an imported file: the name in its body, and the bytes.
pub(super) type Pictures = Arc<[(String, Vec<u8>)]>;

/// How far a build has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Documents are loaded: their pages can be made.
    Documents,
    /// Lists and boards are there, too.
    Pages,
    /// And search.
    Whole,
}

/// Files of the site by path.
type Files = BTreeMap<String, Held>;

/// A build, as far as it has come. What isn't there yet is as the builds before had it.
pub(super) struct Build {
    pub number: u64,
    pub stage: Stage,
    pub loaded: Arc<Loaded>,
    /// Pages of documents, and what else is made of them.
    pub pages: Arc<Pages>,
    /// What is around the documents.
    around: Arc<Files>,
    /// What search needs.
    pub search: Arc<Files>,
    /// The first search of this preview, by its pointer.
    first_search: Option<Stamp>,
    /// What rendering all documents had to say.
    rendering: Arc<Vec<Diagnostic>>,
    /// All that was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Made for the first page that needs it.
    desk: Arc<OnceLock<Desk>>,
    /// The overview of findings, likewise.
    pub overview: OnceLock<Bytes>,
}

impl Build {
    /// The first one, with the questions that its pages will ask.
    pub(super) fn first(loaded: Arc<Loaded>) -> (Self, Questions) {
        let (pages, questions) = Pages::new();
        let build = Self {
            number: 1,
            stage: Stage::Documents,
            diagnostics: loaded.diagnostics.clone(),
            loaded,
            pages: Arc::new(pages),
            around: Arc::default(),
            search: Arc::default(),
            first_search: None,
            rendering: Arc::default(),
            desk: Arc::default(),
            overview: OnceLock::new(),
        };
        (build, questions)
    }

    /// The next one, when its documents are loaded.
    pub(super) fn followed_by(&self, pages: Pages, loaded: Arc<Loaded>) -> Self {
        Self {
            number: self.number + 1,
            stage: Stage::Documents,
            diagnostics: told(&loaded, &self.rendering),
            loaded,
            pages: Arc::new(pages),
            desk: Arc::default(),
            ..self.again()
        }
    }

    /// The same with what is around the documents.
    pub(super) fn with_pages(&self, around: Arc<Files>) -> Self {
        Self {
            stage: Stage::Pages,
            around,
            ..self.again()
        }
    }

    /// The same with search, and with what rendering had to say.
    fn with_search(&self, search: Files, rendering: Arc<Vec<Diagnostic>>) -> Self {
        Self {
            stage: Stage::Whole,
            first_search: self.first_search.or_else(|| Some(search.get(POINTER)?.0)),
            search: Arc::new(search),
            diagnostics: told(&self.loaded, &rendering),
            rendering,
            ..self.again()
        }
    }

    fn again(&self) -> Self {
        Self {
            number: self.number,
            stage: self.stage,
            loaded: Arc::clone(&self.loaded),
            pages: Arc::clone(&self.pages),
            around: Arc::clone(&self.around),
            search: Arc::clone(&self.search),
            first_search: self.first_search,
            rendering: Arc::clone(&self.rendering),
            diagnostics: self.diagnostics.clone(),
            desk: Arc::clone(&self.desk),
            overview: OnceLock::new(),
        }
    }

    /// A file that no document has.
    pub(super) fn file(&self, path: &str) -> Option<&Held> {
        self.around.get(path).or_else(|| self.search.get(path))
    }

    /// Whether a pointer is that of the first search: a page that was there before it has waited for it.
    pub(super) fn is_first_search(&self, (stamp, _): &Held) -> bool {
        self.first_search == Some(*stamp)
    }

    /// Whether a path that leads nowhere may lead somewhere at a later stage.
    pub(super) fn may_come(&self, path: &str) -> bool {
        let comes_with = if path.starts_with(SEARCH) {
            Stage::Whole
        } else {
            Stage::Pages
        };
        let of_document = |entry: &Entry| {
            let stem = |path: &str| path.rsplit_once('.').map(|(stem, _)| stem.to_owned());
            stem(&entry.page) == stem(path)
        };
        let is_there = || self.file(path).is_some() || self.loaded.entries.iter().any(of_document);
        self.stage < comes_with && !path.starts_with(FILES) && !is_there()
    }

    pub(super) fn desk(&self) -> &Desk {
        self.desk.get_or_init(|| self.loaded.site().desk())
    }
}

/// What the threads share.
pub(super) struct Shared {
    pub options: Options,
    pub token: Token,
    /// Answers models.
    pub models: Endpoint,
    /// Tells the builds of this preview from those of an earlier one at the same port.
    run: String,
    current: watch::Sender<Arc<Build>>,
    /// Files of the search before the newest whole one.
    left_over: Mutex<BTreeSet<String>>,
    /// Held by the one who writes into the corpus.
    pub writing: Mutex<()>,
    /// Held by the one who reads a file into a form: one at a time, for what a hostile one takes.
    pub importing: Arc<tokio::sync::Mutex<()>>,
    /// Word files: one is made at a time, a few wait.
    pub papers: Turns,
    imported: Mutex<VecDeque<(String, Pictures)>>,
    undos: Mutex<VecDeque<(String, Arc<Written>)>>,
}

impl Shared {
    pub(super) fn new(options: &Options, token: Token, models: Endpoint, first: Build) -> Self {
        Self {
            options: options.clone(),
            token,
            models,
            run: random_name().unwrap_or_default(),
            current: watch::Sender::new(Arc::new(first)),
            left_over: Mutex::default(),
            writing: Mutex::default(),
            importing: Arc::default(),
            papers: Turns::of(MOST_PAPERS),
            imported: Mutex::default(),
            undos: Mutex::default(),
        }
    }

    pub(super) fn newest(&self) -> Arc<Build> {
        Arc::clone(&self.current.borrow())
    }

    /// Names the state of the preview: of another state, or another run, it is another name.
    pub(super) fn name_of(&self, build: &Build) -> String {
        format!("{}-{}-{}", self.run, build.number, build.stage as u8)
    }

    pub(super) fn publish(&self, build: Build) {
        self.current.send_replace(Arc::new(build));
    }

    /// Publishes what the newest build has come to, if that is still the one of a number; says whether.
    pub(super) fn advance(&self, number: u64, further: impl FnOnce(&Build) -> Build) -> bool {
        self.current.send_if_modified(|current| {
            let is_newest = current.number == number;
            if is_newest {
                *current = Arc::new(further(current));
            }
            is_newest
        })
    }

    /// Publishes search, with which a build is whole. What a page that is open now may still ask of the search before
    /// stays one build longer.
    pub(super) fn complete(&self, number: u64, mut search: Files, rendering: Arc<Vec<Diagnostic>>) -> bool {
        let mut left_over = lock(&self.left_over);
        self.advance(number, |build| {
            let stays: Files = (build.search.iter())
                .filter(|(path, _)| !search.contains_key(*path) && !left_over.contains(*path))
                .map(|(path, held)| (path.clone(), held.clone()))
                .collect();
            *left_over = stays.keys().cloned().collect();
            search.extend(stays);
            build.with_search(search, rendering)
        })
    }

    /// Waits until the newest build is what is asked for; for ever, where it doesn't come.
    pub(super) async fn until(&self, wanted: impl FnMut(&Arc<Build>) -> bool) -> Arc<Build> {
        let mut builds = self.current.subscribe();
        match builds.wait_for(wanted).await {
            Ok(build) => Arc::clone(&build),
            // The sender is ours, and lives as long as `self`.
            Err(_) => self.newest(),
        }
    }

    /// Keeps the pictures of an imported file, under a name, until it is saved.
    pub(super) fn keep(&self, name: String, pictures: Pictures) {
        let mut imported = lock(&self.imported);
        imported.push_back((name, pictures));
        while imported.len() > MOST_IMPORTED {
            imported.pop_front();
        }
    }

    /// The pictures of an imported file.
    pub(super) fn pictures(&self, name: &str) -> Option<Pictures> {
        let imported = lock(&self.imported);
        let (_, pictures) = imported.iter().find(|(known, _)| known == name)?;
        Some(Arc::clone(pictures))
    }

    /// Offers to take a write back: a name for it, with the word for the button.
    pub(super) fn offer(&self, undo: Option<Written>, lang: Lang) -> Option<Value> {
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
    pub(super) fn offered(&self, name: &str) -> Option<Arc<Written>> {
        let undos = lock(&self.undos);
        let (_, undo) = undos.iter().find(|(known, _)| known == name)?;
        Some(Arc::clone(undo))
    }
}

/// A thread that panicked left nothing half done behind a lock of ours.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything that was found, with what rendering had to say.
pub(super) fn told(loaded: &Loaded, rendering: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut all = loaded.diagnostics.clone();
    all.extend(rendering.iter().cloned());
    diagnostic::sort(&mut all);
    all
}
