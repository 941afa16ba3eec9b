//! Watching the corpus: by the system's notices where they work, by polling where they don't (network shares).

use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// An editor writes a file in several steps; so long after the last of them a change counts as one.
const SETTLE: Duration = Duration::from_millis(60);
/// How often a folder without notices is looked at.
const POLL: Duration = Duration::from_secs(2);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// By the system's notices; by looking where it gives none.
    Notices,
    /// By looking every two seconds: what another machine writes on a share raises no notice here.
    Polling,
}

/// A stream of changes, batched.
pub(super) struct Changes {
    receiver: Receiver<()>,
    _watcher: Option<Box<dyn Watcher + Send>>,
}

/// Watches folders and everything below them.
pub(super) fn watch(folders: &[PathBuf], watching: Watching) -> Changes {
    let (sender, receiver) = channel();
    let by_notices = (watching == Watching::Notices)
        .then(|| RecommendedWatcher::new(notice(folders, &sender), Config::default()).ok())
        .flatten();
    let watcher = by_notices
        .and_then(|watcher| watching_below(folders, watcher))
        .or_else(|| {
            let config = Config::default().with_poll_interval(POLL);
            watching_below(folders, PollWatcher::new(notice(folders, &sender), config).ok()?)
        });
    Changes {
        receiver,
        _watcher: watcher,
    }
}

fn notice(folders: &[PathBuf], sender: &Sender<()>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let (folders, sender) = (folders.to_owned(), sender.clone());
    move |event| {
        let tells = |event: notify::Event| {
            !event.kind.is_access()
                && (event.paths.is_empty()
                    || event
                        .paths
                        .iter()
                        .any(|path| folders.iter().all(|folder| is_read(folder, path))))
        };
        if event.is_ok_and(tells) {
            // The receiver lives as long as the preview.
            let _ = sender.send(());
        }
    }
}

/// Whether a path may be one that a corpus is read from: what is hidden below it is not, such as the repository of
/// git, and files that are written aside to be put in place.
fn is_read(folder: &Path, path: &Path) -> bool {
    // Notices may name a relative folder by its whole path, which is not the corpus's to judge.
    let whole = std::path::absolute(folder).unwrap_or_default();
    let Ok(below) = path.strip_prefix(folder).or_else(|_| path.strip_prefix(&whole)) else {
        return true;
    };
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    !parts.any(|part| part.starts_with('.') && part != ".." && part != ".")
}

fn watching_below<W: Watcher + Send + 'static>(folders: &[PathBuf], mut watcher: W) -> Option<Box<dyn Watcher + Send>> {
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    }
    Some(Box::new(watcher))
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

#[cfg(test)]
mod tests {
    use super::is_read;
    use std::path::Path;

    #[test]
    fn what_is_hidden_changes_nothing() {
        for (path, read) in [
            ("/c/案例/甲.md", true),
            ("/c/.git/index", false),
            ("/c/案例/.jianyan-x1", false),
            ("./c/甲.md", true),
            ("../c/甲.md", true),
        ] {
            assert_eq!(is_read(Path::new("/c"), Path::new(path)), read, "{path}");
        }
        let whole = std::path::absolute("c").unwrap();
        assert!(is_read(Path::new("c"), &whole.join("甲.md")) && !is_read(Path::new("c"), &whole.join(".git/index")));
        assert!(is_read(Path::new("/home/.own/c"), Path::new("/home/.own/c/甲.md")));
    }
}
