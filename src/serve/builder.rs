//! Builds again and again, and publishes each stage as soon as it is there.

use super::Listener;
use super::state::{Build, Shared};
use super::watch::Changes;
use crate::build::{self, BuildError, Loaded, Options, Recall, Silent, Stage};
use crate::diagnostic::{self, Diagnostic};
use crate::http::Token;
use crate::output::Memory;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tokio::sync::oneshot;

/// So many saved documents at most are shown before everything else.
const MOST_SAVED: usize = 100;

/// What builds: what one build made, the next takes up.
pub(super) struct Builder {
    options: Options,
    recall: Recall,
    /// Where its index lives.
    index: PathBuf,
    listener: Arc<dyn Listener>,
}

impl Builder {
    pub fn new(options: &Options, folder: &Path, listener: Arc<dyn Listener>) -> Self {
        Self {
            options: options.clone(),
            recall: Recall::keeping(),
            index: folder.join("index"),
            listener,
        }
    }

    /// Builds and says how that went, then follows the changes of the corpus for as long as the process lives.
    pub fn run(mut self, token: Token, changes: &Changes, first: oneshot::Sender<Result<Arc<Shared>, BuildError>>) {
        let built = std::fs::create_dir_all(&self.index)
            .map_err(BuildError::Site)
            .and_then(|()| self.build(1, None, &|_| ()));
        let built = built.map(|build| Arc::new(Shared::new(&self.options, token, build)));
        let Ok(shared) = &built else {
            // Nobody waits any more where the process is about to end.
            let _ = first.send(built);
            return;
        };
        let shared = Arc::clone(shared);
        let _ = first.send(built);
        let mut last = shared.newest();
        while let Some(written) = changes.wait() {
            written.iter().for_each(|path| self.recall.forget(path));
            let number = shared.newest().number + 1;
            match self.build(number, Some(&last), &|build| shared.publish(build)) {
                Ok(build) => {
                    shared.complete(build);
                    last = shared.newest();
                }
                Err(error) => self.listener.failed(error),
            }
        }
    }

    /// Builds after the last whole build; `shown` takes each stage but the last as soon as it is there.
    fn build(&mut self, number: u64, last: Option<&Build>, shown: &dyn Fn(Build)) -> Result<Build, BuildError> {
        let started = Instant::now();
        let loaded = Arc::new(build::load_again(&self.options, &mut self.recall, &Silent)?);
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
            overview: OnceLock::new(),
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
        let written = build::write_in_stages(&loaded, saved, &self.index, &memory, &reached)?;
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
