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
    shared.publish(rebuild(options, listener).map_err(ServeError::Build)?);
    let server = http::bind(port).map_err(|cause| ServeError::Port(port, cause))?;
    listener.ready(&http::address(&server));
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || http::serve(&server, &serving));
    while changes.wait() {
        match rebuild(options, listener) {
            Ok(files) => shared.publish(files),
            Err(error) => listener.failed(error),
        }
    }
    Ok(())
}

fn rebuild(options: &Options, listener: &dyn Listener) -> Result<BTreeMap<String, Held>, BuildError> {
    let started = Instant::now();
    let loaded = build::load(options, &Silent)?;
    let index = tempfile::tempdir().map_err(BuildError::Site)?;
    let memory = Memory::default();
    let written = build::write(&loaded, index.path(), &memory, &Silent)?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(written.diagnostics);
    crate::diagnostic::sort(&mut diagnostics);
    listener.built(&loaded, &diagnostics, started.elapsed());
    Ok(memory.into_held())
}
