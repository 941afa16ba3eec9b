//! Builds again and again: what a save changes is shown as soon as it is loaded, the rest follows behind it, and gives
//! way to the next save.

use super::pages::{Pages, Questions};
use super::state::{Build, Shared, lock, told};
use super::watch::Changes;
use super::{Listener, UntilTold};
use crate::build::{self, BuildError, Live, Loaded, Options, Recall, Said, Silent};
use crate::cache::Stamp;
use crate::diagnostic::Diagnostic;
use crate::http::Token;
use crate::mcp::{Endpoint, Source};
use crate::output::Memory;
use crate::sink::Sink;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::sync::oneshot;

/// What loads: what it knows of one state of the corpus, it needn't find out again for the next.
pub(super) struct Builder {
    options: Options,
    recall: Recall,
    /// Where the index lives.
    index: PathBuf,
    /// Where the preview is served.
    address: String,
    listener: Arc<UntilTold>,
}

impl Builder {
    pub(super) fn new(options: &Options, folder: &Path, address: String, listener: Arc<UntilTold>) -> Self {
        Self {
            options: options.clone(),
            recall: Recall::keeping(),
            index: folder.join("index"),
            address,
            listener,
        }
    }

    /// Loads and says how that went, then follows the changes of the corpus for as long as the process lives.
    pub(super) fn run(
        mut self,
        token: Token,
        changes: &Changes,
        first: oneshot::Sender<Result<Arc<Shared>, BuildError>>,
    ) {
        let begun = Instant::now();
        let loaded = std::fs::create_dir(&self.index)
            .map_err(BuildError::Site)
            .and_then(|()| self.load());
        let loaded = match loaded {
            Ok(loaded) => loaded,
            // Nobody waits any more where the process is about to end.
            Err(error) => return drop(first.send(Err(error))),
        };
        let (build, questions) = Build::first(Arc::clone(&loaded));
        let models = Endpoint::new(Source {
            index: self.index.clone(),
            now: self.options.now,
            site: self.address.clone(),
            lang: loaded.lang,
        });
        let shared = Arc::new(Shared::new(&self.options, token, models, build));
        let follower = Arc::new(Follower {
            shared: Arc::clone(&shared),
            index: self.index.clone(),
            newest: AtomicU64::new(1),
            said: Mutex::new(Said::keeping()),
            listener: Arc::clone(&self.listener),
        });
        follower.begin(1, begun, questions, loaded);
        let _ = first.send(Ok(shared));
        while let Some(written) = changes.wait() {
            written.iter().for_each(|path| self.recall.forget(path));
            let begun = Instant::now();
            match self.load() {
                Ok(loaded) => follower.next(begun, loaded),
                Err(error) => self.listener.failed(error),
            }
        }
    }

    fn load(&mut self) -> Result<Arc<Loaded>, BuildError> {
        Ok(Arc::new(build::load_again(&self.options, &mut self.recall, &Silent)?))
    }
}

/// What follows behind the pages of documents: lists and boards, then search.
struct Follower {
    shared: Arc<Shared>,
    index: PathBuf,
    /// The number of the newest build: what follows an older one is no longer wanted.
    newest: AtomicU64,
    /// What rendering had to say last; held while search is written, by one build at a time.
    said: Mutex<Said>,
    listener: Arc<UntilTold>,
}

impl Follower {
    /// A newer state of the corpus: its documents are shown at once.
    fn next(self: &Arc<Self>, begun: Instant, loaded: Arc<Loaded>) {
        let last = self.shared.newest();
        let number = last.number + 1;
        self.newest.store(number, Ordering::SeqCst);
        let (pages, questions) = Pages::new();
        self.shared.publish(last.followed_by(pages, Arc::clone(&loaded)));
        self.begin(number, begun, questions, loaded);
    }

    fn begin(self: &Arc<Self>, number: u64, begun: Instant, questions: Questions, loaded: Arc<Loaded>) {
        let follower = Arc::clone(self);
        let (state, all) = (Arc::clone(&loaded), loaded);
        questions.answer(state, move |live| {
            let wanted = || follower.wanted(number);
            match follower.follow(number, live, &all, &wanted) {
                Ok(Some(diagnostics)) => follower.listener.built(&all, &diagnostics, begun.elapsed()),
                Ok(None) => {}
                // What was told to stop has not failed.
                Err(error) if wanted().is_ok() => follower.listener.failed(error),
                Err(_) => {}
            }
        });
    }

    fn wanted(&self, number: u64) -> io::Result<()> {
        if self.newest.load(Ordering::SeqCst) == number && !self.listener.has_ended() {
            Ok(())
        } else {
            Err(io::ErrorKind::Interrupted.into())
        }
    }

    /// Makes what is around the documents, then search, and publishes each; gives all that was found.
    fn follow(
        &self,
        number: u64,
        live: &Live,
        loaded: &Loaded,
        wanted: &(dyn Fn() -> io::Result<()> + Sync),
    ) -> Result<Option<Vec<Diagnostic>>, BuildError> {
        let around = While {
            wanted,
            memory: Memory::default(),
        };
        let of_templates = live.around(&around)?;
        let around = Arc::new(around.memory.into_held());
        self.shared.advance(number, |build| build.with_pages(around));

        let mut said = lock(&self.said);
        wanted().map_err(BuildError::Site)?;
        let search = While {
            wanted,
            memory: Memory::after(Arc::clone(&self.shared.newest().search)),
        };
        let mut rendering = live.search(&self.index, &search, &said, wanted)?;
        said.settle();
        drop(said);
        rendering.extend(of_templates);
        let rendering = Arc::new(rendering);
        let diagnostics = told(loaded, &rendering);
        let search = search.memory.into_held();
        let done = self.shared.complete(number, search, rendering);
        Ok(done.then_some(diagnostics))
    }
}

/// A site in memory that takes files for as long as it is wanted.
struct While<'a> {
    wanted: &'a (dyn Fn() -> io::Result<()> + Sync),
    memory: Memory,
}

impl Sink for While<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        (self.wanted)()?;
        self.memory.put(path, bytes)
    }

    fn keep(&self, path: &str, stamp: &Stamp) -> bool {
        self.memory.keep(path, stamp)
    }
}
