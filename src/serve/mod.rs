//! The preview server: builds into memory, serves on 127.0.0.1, follows every change of the corpus.
//!
//! Threads and blocking sockets, no async runtime. Nothing is written to the site or index folder:
//! the index of a preview lives in a temporary folder, its pages in memory, drafts among them.

mod http;
mod watch;

use crate::build::{self, BuildError, Options, Silent};
use crate::diagnostic::Diagnostic;
use crate::output::{Held, Memory};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the preview has to tell while it runs.
pub trait Listener: Sync {
    /// It serves at this address.
    fn ready(&self, address: &str);
    /// A build is done.
    fn built(&self, loaded: &build::Loaded, diagnostics: &[Diagnostic], time: Duration);
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

/// The files of the newest build, with its number.
#[derive(Default)]
struct Current {
    number: u64,
    files: Arc<BTreeMap<String, Held>>,
}

/// What the threads share.
#[derive(Default)]
struct Shared {
    current: Mutex<Current>,
    changed: Condvar,
}

impl Shared {
    fn publish(&self, files: BTreeMap<String, Held>) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.number += 1;
        current.files = Arc::new(files);
        self.changed.notify_all();
    }

    /// Adds what follows the pages of the newest build; an open page needn't load again for it.
    fn complete(&self, files: BTreeMap<String, Held>) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).files = Arc::new(files);
    }

    fn newest(&self) -> (u64, Arc<BTreeMap<String, Held>>) {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        (current.number, Arc::clone(&current.files))
    }

    /// Waits until there is a build after `seen`, or for the time of one long poll.
    fn wait_after(&self, seen: u64, longest: Duration) -> u64 {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .changed
            .wait_timeout_while(current, longest, |current| current.number <= seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.number
    }
}

/// Builds, serves and follows changes until the process ends.
pub fn run(options: &Options, port: u16, listener: &dyn Listener) -> Result<(), ServeError> {
    // Watched before the first build, so that no change falls between the two.
    let changes = watch::watch(&options.corpus);
    let shared = Arc::new(Shared::default());
    // Lives as long as the preview: what one build made, the next takes up.
    let index = tempfile::tempdir().map_err(|error| ServeError::Build(BuildError::Site(error)))?;
    rebuild(options, index.path(), &shared, listener).map_err(ServeError::Build)?;
    let server = http::bind(port).map_err(|cause| ServeError::Port(port, cause))?;
    listener.ready(&http::address(&server));
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || http::serve(&server, &serving));
    while changes.wait() {
        if let Err(error) = rebuild(options, index.path(), &shared, listener) {
            listener.failed(error);
        }
    }
    Ok(())
}

/// Builds and publishes: the pages as soon as they stand, with the search of before, then all.
fn rebuild(options: &Options, index: &Path, shared: &Shared, listener: &dyn Listener) -> Result<(), BuildError> {
    let started = Instant::now();
    let loaded = build::load(options, &Silent)?;
    let memory = Memory::after(shared.newest().1);
    let shown = || shared.publish(memory.so_far("search/"));
    let written = build::write_pages_first(&loaded, index, &memory, &shown)?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(written.diagnostics);
    crate::diagnostic::sort(&mut diagnostics);
    listener.built(&loaded, &diagnostics, started.elapsed());
    shared.complete(memory.into_held());
    Ok(())
}
