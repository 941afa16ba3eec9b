//! The preview server: builds into memory, serves on 127.0.0.1, follows every change of the corpus,
//! and offers forms to those who write.
//!
//! Threads and blocking sockets, no async runtime. Nothing is written to the site or index folder:
//! the index of a preview lives in a temporary folder, its pages in memory, drafts among them. Into the
//! corpus only `action` writes, through [`crate::author`], and `intake` what it can't read, for requests that
//! `guard` trusts.
//!
//! `request` and `reply` are HTTP; `http` is one connection; `page` gives pages of the site with the bar of
//! `finding`s; `desk` gives the forms; `intake` fills one from a file, `mend` puts what is right in the place
//! of what isn't.

mod action;
mod desk;
mod finding;
mod guard;
mod http;
mod intake;
mod mend;
mod page;
mod reply;
mod request;
mod watch;

use crate::build::{self, BuildError, Loaded, Options, Recall, Silent, Stage};
use crate::diagnostic::{self, Diagnostic};
use crate::output::{Held, Memory};
use crate::settings;
use crate::site::{Desk, Site};
use guard::Guard;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;
pub use watch::Watching;

/// What the preview has to tell while it runs.
pub trait Listener: Sync {
    /// It serves at this address, which ends with `/`; whoever writes shows this token.
    fn ready(&self, address: &str, token: &str);
    /// A build is done.
    fn built(&self, loaded: &Loaded, diagnostics: &[Diagnostic], time: Duration);
    /// A build failed; the pages of the last one stay.
    fn failed(&self, error: BuildError);
}

/// Why the preview could not start.
#[derive(Debug)]
pub enum ServeError {
    /// The first build failed.
    Build(BuildError),
    /// The port could not be taken.
    Port(u16, String),
}

/// A build, with its number from 1, as far as it has come.
struct Build {
    number: u64,
    stage: Stage,
    /// Its files, by path.
    files: Arc<BTreeMap<String, Held>>,
    /// Those of the whole build before: they stand in for what is not there yet.
    before: Arc<BTreeMap<String, Held>>,
    loaded: Arc<Loaded>,
    diagnostics: Vec<Diagnostic>,
    /// Made for the first page that needs it.
    desk: Arc<OnceLock<Desk>>,
}

impl Build {
    /// Rises with every stage and every build.
    fn state(&self) -> (u64, Stage) {
        (self.number, self.stage)
    }

    /// The file of a path; while that may still come, as the build before had it.
    fn file(&self, path: &str) -> Option<&Held> {
        let may_come = match self.stage {
            Stage::Saved => true,
            Stage::Pages => path.starts_with(SEARCH),
            Stage::Whole => false,
        };
        let before = || self.before.get(path).filter(|_| may_come);
        self.files.get(path).or_else(before)
    }

    /// The same build as it is at a stage.
    fn at(&self, stage: Stage, files: BTreeMap<String, Held>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            number: self.number,
            stage,
            files: Arc::new(files),
            before: Arc::clone(&self.before),
            loaded: Arc::clone(&self.loaded),
            diagnostics,
            desk: Arc::clone(&self.desk),
        }
    }

    fn desk(&self) -> &Desk {
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

/// Where the files of search are.
const SEARCH: &str = "search/";
/// So many saved documents at most are shown before everything else.
const MOST_SAVED: usize = 100;
/// Files that were imported and are not saved yet: the pictures of so many at most are kept, the oldest go first.
const MOST_IMPORTED: usize = 8;

/// Pictures of an imported file: the name in its body, and the bytes.
type Pictures = Arc<[(String, Vec<u8>)]>;

/// What the threads share.
struct Shared {
    options: Options,
    guard: Guard,
    current: Mutex<Arc<Build>>,
    changed: Condvar,
    /// Files of the search before the newest whole one.
    left_over: Mutex<BTreeSet<String>>,
    /// Held by whoever writes into the corpus.
    writing: Mutex<()>,
    imported: Mutex<VecDeque<(String, Pictures)>>,
}

impl Shared {
    fn newest(&self) -> Arc<Build> {
        Arc::clone(&lock(&self.current))
    }

    fn publish(&self, build: Build) {
        *lock(&self.current) = Arc::new(build);
        self.changed.notify_all();
    }

    /// Publishes a whole build. What a page that is open now may still ask of the search before stays one build
    /// longer.
    fn complete(&self, mut build: Build) {
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

    /// Waits until there is a build after `seen`, or for the time of one long poll.
    fn wait_after(&self, seen: u64, longest: Duration) -> u64 {
        self.wait_while(longest, |current| current.number <= seen).number
    }

    /// Waits until a build has come further than the state `seen`, or for so long.
    fn wait_for_change(&self, seen: (u64, Stage), longest: Duration) -> Arc<Build> {
        self.wait_while(longest, |current| current.state() == seen)
    }

    fn wait_while(&self, longest: Duration, goes_on: impl Fn(&Build) -> bool) -> Arc<Build> {
        let current = lock(&self.current);
        let waited = self
            .changed
            .wait_timeout_while(current, longest, |current| goes_on(current));
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// Keeps the pictures of an imported file, under a name, until it is saved.
    fn keep(&self, name: String, pictures: Pictures) {
        let mut imported = lock(&self.imported);
        imported.push_back((name, pictures));
        while imported.len() > MOST_IMPORTED {
            imported.pop_front();
        }
    }

    /// The pictures of an imported file.
    fn pictures(&self, name: &str) -> Option<Pictures> {
        let imported = lock(&self.imported);
        let (_, pictures) = imported.iter().find(|(known, _)| known == name)?;
        Some(Arc::clone(pictures))
    }
}

/// A thread that panicked left nothing half done behind a lock of ours.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds, serves and follows changes until the process ends.
///
/// # Errors
/// Where the first build fails or the port can't be taken.
pub fn run(options: &Options, port: u16, watching: Watching, listener: &dyn Listener) -> Result<(), ServeError> {
    // Watched before the first build, so that no change falls between the two.
    let (settings, _) = settings::read(&options.corpus);
    let gathered = settings.corpora.iter().map(|corpus| corpus.folder(&options.corpus));
    let folders: Vec<PathBuf> = std::iter::once(options.corpus.clone()).chain(gathered).collect();
    let changes = watch::watch(&folders, watching);
    // Lives as long as the preview: what one build made, the next takes up.
    let index = tempfile::tempdir().map_err(|error| ServeError::Build(BuildError::Site(error)))?;
    let mut builder = Builder {
        options,
        recall: Recall::keeping(),
        index,
        listener,
    };
    let first = builder.build(1, None, &|_| ()).map_err(ServeError::Build)?;
    let mut last = Arc::new(first);
    let taken = |cause: String| ServeError::Port(port, cause);
    let server = TcpListener::bind(("127.0.0.1", port)).map_err(|error| taken(error.to_string()))?;
    let address = server.local_addr().map_err(|error| taken(error.to_string()))?;
    let token = guard::token().map_err(taken)?;
    let shared = Arc::new(Shared {
        options: options.clone(),
        guard: Guard::new(address.port(), &token),
        current: Mutex::new(Arc::clone(&last)),
        changed: Condvar::new(),
        left_over: Mutex::default(),
        writing: Mutex::new(()),
        imported: Mutex::default(),
    });
    listener.ready(&format!("http://{address}/"), &token);
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || http::serve(&server, &serving));
    while let Some(written) = changes.wait() {
        written.iter().for_each(|path| builder.recall.forget(path));
        let number = shared.newest().number + 1;
        match builder.build(number, Some(&last), &|build| shared.publish(build)) {
            Ok(build) => {
                shared.complete(build);
                last = shared.newest();
            }
            Err(error) => listener.failed(error),
        }
    }
    Ok(())
}

/// What builds, again and again.
struct Builder<'a> {
    options: &'a Options,
    recall: Recall,
    index: TempDir,
    listener: &'a dyn Listener,
}

impl Builder<'_> {
    /// Builds after the last whole build; `shown` takes each stage but the last as soon as it is there.
    fn build(&mut self, number: u64, last: Option<&Build>, shown: &dyn Fn(Build)) -> Result<Build, BuildError> {
        let started = Instant::now();
        let loaded = Arc::new(build::load_again(self.options, &mut self.recall, &Silent)?);
        let before = last.map(|last| Arc::clone(&last.files)).unwrap_or_default();
        let memory = Memory::after(Arc::clone(&before));
        let new = Build {
            number,
            stage: Stage::Whole,
            files: Arc::default(),
            before,
            diagnostics: Vec::new(),
            desk: Arc::default(),
            loaded: Arc::clone(&loaded),
        };
        let saved = last.map_or_else(Vec::new, |last| loaded.written_since(&last.loaded));
        let saved = if saved.len() > MOST_SAVED {
            &[]
        } else {
            saved.as_slice()
        };
        let reached = |stage, said| {
            let diagnostics = match last.filter(|_| stage == Stage::Saved) {
                Some(last) => told_of(&loaded, saved, said, &last.diagnostics),
                None => told(&loaded, said),
            };
            shown(new.at(stage, memory.so_far(), diagnostics));
        };
        let written = build::write_in_stages(&loaded, saved, self.index.path(), &memory, &reached)?;
        let diagnostics = told(&loaded, written.diagnostics);
        self.listener.built(&loaded, &diagnostics, started.elapsed());
        Ok(new.at(Stage::Whole, memory.into_held(), diagnostics))
    }
}

/// Everything that was found, with what rendering had to say.
fn told(loaded: &Loaded, rendering: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut all = loaded.diagnostics.clone();
    all.extend(rendering);
    diagnostic::sort(&mut all);
    all
}

/// What is told while only the saved entries were rendered: of them what is found now, of the others what was found
/// before.
fn told_of(loaded: &Loaded, saved: &[usize], rendering: Vec<Diagnostic>, before: &[Diagnostic]) -> Vec<Diagnostic> {
    let files = saved
        .iter()
        .map(|&index| loaded.entries[index].document.source().file.as_str());
    let files: BTreeSet<&str> = files.collect();
    let is_of_saved = |finding: &&Diagnostic| files.contains(finding.file.as_str());
    let now = loaded.diagnostics.iter().filter(is_of_saved);
    let others = before.iter().filter(|finding| !is_of_saved(finding));
    let mut all: Vec<Diagnostic> = now.chain(others).cloned().collect();
    all.extend(rendering);
    diagnostic::sort(&mut all);
    all
}
