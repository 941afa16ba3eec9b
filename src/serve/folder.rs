//! The folder of one preview: for its user alone, gone when the preview ends, and swept by a later one where it
//! couldn't go.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PREFIX: &str = "jianyan-preview-";
/// Held locked as long as its preview runs. It bears its name only when it is locked, so a folder without it may be
/// one that begins.
const LOCK: &str = "lock";
/// A builder that hasn't stopped yet may still write while the folder goes.
const TRIES: usize = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// A folder below the system's one for temporary files.
pub(super) struct Folder {
    path: PathBuf,
    lock: Option<File>,
}

impl Folder {
    /// A new one. Those that earlier previews left are removed.
    pub(super) fn new() -> io::Result<Self> {
        Self::below(&std::env::temp_dir())
    }

    fn below(all: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let path = builder.tempdir_in(all)?.keep();
        let mut folder = Self { path, lock: None };
        let aside = folder.path.join("lock.new");
        let lock = OpenOptions::new().write(true).create_new(true).open(&aside)?;
        lock.try_lock()?;
        folder.lock = Some(lock);
        fs::rename(&aside, folder.path.join(LOCK))?;
        sweep(all, &folder.path);
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Windows removes no file that is open.
        self.lock = None;
        for _ in 0..TRIES {
            match fs::remove_dir_all(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => std::thread::sleep(PAUSE),
                _ => return,
            }
        }
    }
}

/// Removes what previews left that were killed: folders of this user whose lock nobody holds. What can't be removed
/// stays for the next one.
fn sweep(all: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(all) else { return };
    let named = entries.flatten().filter(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(PREFIX) && entry.path() != own
    });
    for path in named.map(|entry| entry.path()).filter(|path| is_like(path, own)) {
        let lock = OpenOptions::new().write(true).open(path.join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Whether a path is a folder of the user that `own` belongs to, and of nobody else's making: what lies in it can be
/// trusted.
#[cfg_attr(unix, expect(clippy::verbose_bit_mask, reason = "modes are written in octal"))]
fn is_like(path: &Path, own: &Path) -> bool {
    let (Ok(found), Ok(known)) = (fs::symlink_metadata(path), fs::symlink_metadata(own)) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        found.is_dir() && found.uid() == known.uid() && found.mode() & 0o077 == 0
    }
    #[cfg(not(unix))]
    {
        found.is_dir() && known.is_dir()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(all)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_goes_with_its_preview_and_one_that_is_left_with_the_next() {
        let all = tempfile::tempdir().unwrap();
        let running = Folder::below(all.path()).unwrap();
        let mut killed = Folder::below(all.path()).unwrap();
        fs::create_dir_all(killed.path().join("cache/blocks")).unwrap();
        fs::write(killed.path().join("cache/blocks/1"), "block").unwrap();
        killed.lock = None;
        let begun = all.path().join(format!("{PREFIX}begun"));
        fs::create_dir(&begun).unwrap();
        let stays = all.path().join("jianyan");
        fs::create_dir(&stays).unwrap();

        let next = Folder::below(all.path()).unwrap();
        assert!(!killed.path().exists());
        assert!(running.path().exists() && begun.exists() && stays.exists());
        std::mem::forget(killed);
        drop((running, next));
        assert_eq!(names(all.path()), ["jianyan", "jianyan-preview-begun"]);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_user_alone_and_what_others_put_there_is_not_followed() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let (all, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(elsewhere.path().join(LOCK), "").unwrap();
        fs::write(elsewhere.path().join("kept"), "").unwrap();
        symlink(elsewhere.path(), all.path().join(format!("{PREFIX}link"))).unwrap();
        // Others could have put anything there.
        let open = all.path().join(format!("{PREFIX}open"));
        fs::create_dir(&open).unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
        fs::write(open.join(LOCK), "").unwrap();
        let folder = Folder::below(all.path()).unwrap();
        assert_eq!(fs::metadata(folder.path()).unwrap().mode() & 0o777, 0o700);
        drop(folder);
        assert_eq!(names(elsewhere.path()), ["kept", LOCK]);
        assert!(open.exists());
    }
}
