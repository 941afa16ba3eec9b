//! Watching the corpus: by the system's notices where they work, by polling where they don't (network shares).

use crate::build::Options;
use crate::settings;
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// An editor writes a file in several steps; so long after the last of them a change counts as one.
const SETTLE: Duration = Duration::from_millis(60);
/// How often a folder without notices is looked at.
const POLL: Duration = Duration::from_secs(2);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watching {
    /// By the system's notices; by looking where it gives none.
    Notices,
    /// By looking every two seconds: what another machine writes on a share raises no notice here.
    Polling,
}

/// A stream of changes, batched.
pub(super) struct Changes {
    receiver: Receiver<Vec<PathBuf>>,
    _watcher: Option<Box<dyn Watcher + Send>>,
}

/// The folders that a preview reads: its corpus, and those that this gathers.
pub(super) fn folders(options: &Options) -> Vec<PathBuf> {
    let (settings, _) = settings::read(&options.corpus);
    let gathered = settings.corpora.iter().map(|corpus| corpus.folder(&options.corpus));
    std::iter::once(options.corpus.clone()).chain(gathered).collect()
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

fn notice(
    folders: &[PathBuf],
    sender: &Sender<Vec<PathBuf>>,
) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let (folders, sender) = (folders.to_owned(), sender.clone());
    move |event| {
        let Some(event) = event.ok().filter(|event| !event.kind.is_access()) else {
            return;
        };
        // A notice that names nothing, or a place that is not known, may mean anything.
        let written = if event.paths.is_empty() || event.need_rescan() {
            folders.clone()
        } else {
            event.paths.iter().flat_map(|path| read_from(&folders, path)).collect()
        };
        if !written.is_empty() {
            // The receiver lives as long as the preview.
            let _ = sender.send(written);
        }
    }
}

/// What a notice about a path means for those who read the folders: the path as it is there; nothing for what is hidden
/// below them, such as the repository of git and files that are written aside to be put in place; for a path
/// elsewhere all of them.
fn read_from(folders: &[PathBuf], path: &Path) -> Vec<PathBuf> {
    let below = folders.iter().find_map(|folder| Some((folder, below(folder, path)?)));
    let Some((folder, below)) = below else {
        return folders.to_owned();
    };
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    let hidden = parts.any(|part| part.starts_with('.') && part != ".." && part != ".");
    if hidden { Vec::new() } else { vec![folder.join(below)] }
}

/// The way from a folder to a path. Notices may name a relative folder by its whole path.
fn below<'a>(folder: &Path, path: &'a Path) -> Option<&'a Path> {
    let whole = std::path::absolute(folder).unwrap_or_default();
    path.strip_prefix(folder).or_else(|_| path.strip_prefix(whole)).ok()
}

fn watching_below<W: Watcher + Send + 'static>(folders: &[PathBuf], mut watcher: W) -> Option<Box<dyn Watcher + Send>> {
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    }
    Some(Box::new(watcher))
}

impl Changes {
    /// Waits for a change and for quiet after it: where something was written, files or folders. Nothing when there
    /// will be no more.
    pub(super) fn wait(&self) -> Option<BTreeSet<PathBuf>> {
        let mut written: BTreeSet<PathBuf> = self.receiver.recv().ok()?.into_iter().collect();
        loop {
            match self.receiver.recv_timeout(SETTLE) {
                Ok(more) => written.extend(more),
                Err(RecvTimeoutError::Timeout) => return Some(written),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_from;
    use std::path::{Path, PathBuf, absolute};

    #[test]
    fn a_notice_names_what_is_read_as_it_is_read() {
        let read = |folder: &str, path: &Path| read_from(&[PathBuf::from(folder), "/further".into()], path);
        for (folder, path, written) in [
            ("/c", "/c/案例/甲.md", Some("/c/案例/甲.md")),
            ("/c", "/c/.git/index", None),
            ("/c", "/c/案例/.jianyan-x1", None),
            ("./c", "./c/甲.md", Some("./c/甲.md")),
            ("../c", "../c/甲.md", Some("../c/甲.md")),
            ("/home/.own/c", "/home/.own/c/甲.md", Some("/home/.own/c/甲.md")),
            ("/c", "/further/乙.md", Some("/further/乙.md")),
            ("/c", "/c", Some("/c")),
        ] {
            assert_eq!(
                read(folder, Path::new(path)),
                Vec::from_iter(written.map(PathBuf::from)),
                "{path}"
            );
        }
        let whole = absolute("c").unwrap();
        assert_eq!(read("c", &whole.join("甲.md")), [PathBuf::from("c/甲.md")]);
        assert!(read("c", &whole.join(".git/index")).is_empty());
    }

    #[test]
    fn a_notice_of_an_unknown_place_means_everything() {
        let folders = ["/c".into(), "/further".into()];
        assert_eq!(read_from(&folders, Path::new("/elsewhere/甲.md")), folders);
    }
}
