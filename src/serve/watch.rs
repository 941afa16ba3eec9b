//! Watching the corpus: by the system's notices where they work, by polling where they don't (network shares).

use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// An editor writes a file in several steps; so long after the last of them a change counts as one.
const SETTLE: Duration = Duration::from_millis(60);
/// How often a folder without notices is looked at.
const POLL: Duration = Duration::from_secs(2);

/// A stream of changes, batched.
pub(super) struct Changes {
    receiver: Receiver<()>,
    _watcher: Option<Box<dyn Watcher + Send>>,
}

/// Watches a folder and everything below it.
pub(super) fn watch(folder: &Path) -> Changes {
    let (sender, receiver) = channel();
    let notice = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // The receiver lives as long as the preview.
            let _ = sender.send(());
        }
    };
    let recommended = RecommendedWatcher::new(notice.clone(), Config::default())
        .and_then(|mut watcher| watcher.watch(folder, RecursiveMode::Recursive).map(|()| watcher));
    let watcher: Option<Box<dyn Watcher + Send>> = match recommended {
        Ok(watcher) => Some(Box::new(watcher)),
        Err(_) => PollWatcher::new(notice, Config::default().with_poll_interval(POLL))
            .and_then(|mut watcher| watcher.watch(folder, RecursiveMode::Recursive).map(|()| watcher))
            .ok()
            .map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>),
    };
    Changes {
        receiver,
        _watcher: watcher,
    }
}

impl Changes {
    /// Waits for a change and for quiet after it; false when there will be no more.
    pub fn wait(&self) -> bool {
        if self.receiver.recv().is_err() {
            return false;
        }
        loop {
            match self.receiver.recv_timeout(SETTLE) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}
