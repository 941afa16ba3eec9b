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

use crate::build::{self, BuildError, Loaded, Options, Recall, Silent};
use crate::diagnostic::Diagnostic;
use crate::output::{Held, Memory};
use crate::settings;
use crate::site::{Desk, Site};
use guard::Guard;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
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

/// A build, with its number from 1.
struct Build {
    number: u64,
    /// Whether its search is there, too; until then it has that of the build before.
    whole: bool,
    files: Arc<BTreeMap<String, Held>>,
    loaded: Arc<Loaded>,
    diagnostics: Vec<Diagnostic>,
    /// Made for the first page that needs it.
    desk: OnceLock<Desk>,
}

impl Build {
    fn new(files: BTreeMap<String, Held>, loaded: Arc<Loaded>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            number: 1,
            whole: false,
            files: Arc::new(files),
            loaded,
            diagnostics,
            desk: OnceLock::new(),
        }
    }

    /// Rises with every change that an open page must know of: the pages of a build, then its search.
    fn state(&self) -> u64 {
        2 * self.number + u64::from(self.whole)
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

    fn publish(&self, mut build: Build) {
        let mut current = lock(&self.current);
        build.number = current.number + 1;
        *current = Arc::new(build);
        self.changed.notify_all();
    }

    /// Takes the whole of the newest build, of which the pages are there. What a page that is open now may still ask
    /// of the search before stays one build longer.
    fn complete(&self, mut build: Build) {
        let mut current = lock(&self.current);
        let mut left_over = lock(&self.left_over);
        let of_search = current.files.iter().filter(|(path, _)| path.starts_with("search/"));
        let stays: Vec<_> = of_search
            .filter(|(path, _)| !build.files.contains_key(*path) && !left_over.contains(*path))
            .map(|(path, held)| (path.clone(), held.clone()))
            .collect();
        *left_over = stays.iter().map(|(path, _)| path.clone()).collect();
        Arc::make_mut(&mut build.files).extend(stays);
        build.number = current.number;
        build.whole = true;
        *current = Arc::new(build);
        self.changed.notify_all();
    }

    /// Waits until there is a build after `seen`, or for the time of one long poll.
    fn wait_after(&self, seen: u64, longest: Duration) -> u64 {
        self.wait_while(longest, |current| current.number <= seen).number
    }

    /// Waits until something has changed since the state `seen`, or for the time of one long poll.
    fn wait_for_change(&self, seen: u64, longest: Duration) -> u64 {
        self.wait_while(longest, |current| current.state() <= seen).state()
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
    let mut recall = Recall::keeping();
    let first = rebuild(options, &mut recall, index.path(), Arc::default(), listener, &|_| ());
    let first = first.map_err(ServeError::Build)?;
    let taken = |cause: String| ServeError::Port(port, cause);
    let server = TcpListener::bind(("127.0.0.1", port)).map_err(|error| taken(error.to_string()))?;
    let address = server.local_addr().map_err(|error| taken(error.to_string()))?;
    let token = guard::token().map_err(taken)?;
    let shared = Arc::new(Shared {
        options: options.clone(),
        guard: Guard::new(address.port(), &token),
        current: Mutex::new(Arc::new(Build { whole: true, ..first })),
        changed: Condvar::new(),
        left_over: Mutex::default(),
        writing: Mutex::new(()),
        imported: Mutex::default(),
    });
    listener.ready(&format!("http://{address}/"), &token);
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || http::serve(&server, &serving));
    while changes.wait() {
        let old = Arc::clone(&shared.newest().files);
        match rebuild(options, &mut recall, index.path(), old, listener, &|build| {
            shared.publish(build)
        }) {
            Ok(build) => shared.complete(build),
            Err(error) => listener.failed(error),
        }
    }
    Ok(())
}

/// Builds; `shown` takes the build as soon as its pages stand, with the search of before.
fn rebuild(
    options: &Options,
    recall: &mut Recall,
    index: &Path,
    old: Arc<BTreeMap<String, Held>>,
    listener: &dyn Listener,
    shown: &dyn Fn(Build),
) -> Result<Build, BuildError> {
    let started = Instant::now();
    let loaded = Arc::new(build::load_again(options, recall, &Silent)?);
    let memory = Memory::after(old);
    let early = || {
        let files = memory.so_far("search/");
        shown(Build::new(files, Arc::clone(&loaded), loaded.diagnostics.clone()));
    };
    let written = build::write_pages_first(&loaded, index, &memory, &early)?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(written.diagnostics);
    crate::diagnostic::sort(&mut diagnostics);
    listener.built(&loaded, &diagnostics, started.elapsed());
    Ok(Build::new(memory.into_held(), loaded, diagnostics))
}
