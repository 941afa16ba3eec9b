//! A folder that is held open.

use super::patience::patiently;
use super::{Found, Refused, Step, refused, step};
use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// A folder that is held open. Paths are below it; none of their components is ever followed as a link.
#[derive(Debug)]
pub struct Folder {
    pub(super) dir: Dir,
    path: PathBuf,
}

/// Whether a folder is made where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Made,
    Error,
}

impl Folder {
    /// Opens a folder.
    ///
    /// Whoever runs the program stands in a folder that may be somebody else's, so no component of a relative path may
    /// be a link. Of an absolute path it is the last that may not: how a machine is laid out is its owner's affair.
    ///
    /// # Errors
    /// [`Refused`], or what the file system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::reach(path, Missing::Error)
    }

    /// Opens a folder like [`Folder::open`] and makes it where it isn't there.
    ///
    /// # Errors
    /// As [`Folder::open`].
    pub fn create(path: &Path) -> io::Result<Self> {
        step(Step::Fills)?;
        Self::reach(path, Missing::Made)
    }

    /// Opens the folder that a person named, wherever the path leads; the empty path is the folder one stands in.
    ///
    /// # Errors
    /// What the file system says.
    pub fn named(path: &Path) -> io::Result<Self> {
        let place = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        Ok(Self {
            dir: Dir::open_ambient_dir(place, ambient_authority())?,
            path: path.to_owned(),
        })
    }

    fn reach(path: &Path, missing: Missing) -> io::Result<Self> {
        let rooted = matches!(
            path.components().next(),
            Some(Component::Prefix(_) | Component::RootDir)
        );
        let (mut folder, rest) = match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) if rooted => {
                if missing == Missing::Made {
                    std::fs::create_dir_all(parent)?;
                }
                (Self::named(parent)?, Path::new(name))
            }
            _ if rooted => (Self::named(path)?, Path::new("")),
            _ => (Self::named(Path::new(""))?, path),
        };
        for component in rest.components() {
            let dir = match component {
                Component::Normal(name) => folder.step_into(Path::new(name), missing)?,
                Component::ParentDir => folder.dir.open_parent_dir(ambient_authority())?,
                _ => continue,
            };
            folder = Self {
                dir,
                path: folder.path.join(component),
            };
        }
        Ok(Self {
            path: path.to_owned(),
            ..folder
        })
    }

    /// The same folder, held a second time.
    ///
    /// # Errors
    /// What the file system says.
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(Self {
            dir: self.dir.try_clone()?,
            path: self.path.clone(),
        })
    }

    /// Where it is, for messages and for who opens files by their paths.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn step_into(&self, name: &Path, missing: Missing) -> io::Result<Dir> {
        match self.dir.open_dir_nofollow(name) {
            Err(error) if error.kind() == ErrorKind::NotFound && missing == Missing::Made => {
                match self.dir.create_dir(name) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                    _ => {}
                }
                self.dir
                    .open_dir_nofollow(name)
                    .map_err(|error| self.no_folder(name, error))
            }
            other => other.map_err(|error| self.no_folder(name, error)),
        }
    }

    /// Why a name can't be opened as a folder.
    fn no_folder(&self, name: &Path, error: io::Error) -> io::Error {
        match self.dir.symlink_metadata(name) {
            Ok(data) if data.is_symlink() => self.refuse(name, Found::Link),
            Ok(data) if !data.is_dir() => self.refuse(name, Found::NoFolder),
            _ => error,
        }
    }

    fn refuse(&self, name: &Path, found: Found) -> io::Error {
        let path = self.path.join(name);
        Refused { path, found }.into()
    }

    fn walk(&self, path: &Path, missing: Missing) -> io::Result<Self> {
        let mut folder = self.try_clone()?;
        for component in path.components() {
            let Component::Normal(name) = component else {
                return Err(self.refuse(path, Found::Outside));
            };
            folder = Self {
                dir: folder.step_into(Path::new(name), missing)?,
                path: folder.path.join(name),
            };
        }
        Ok(folder)
    }

    /// A folder below this one.
    ///
    /// # Errors
    /// [`Refused`], or what the file system says.
    pub fn sub(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        self.walk(path.as_ref(), Missing::Error)
    }

    /// A folder below this one, made where it isn't there.
    ///
    /// # Errors
    /// As [`Folder::sub`].
    pub fn make(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        step(Step::Fills)?;
        self.walk(path.as_ref(), Missing::Made)
    }

    /// Does something in the folder of a path, by the last component's name.
    pub(super) fn at<T>(&self, path: &Path, act: impl FnOnce(&Self, &Path) -> io::Result<T>) -> io::Result<T> {
        let mut components = path.components();
        let Some(Component::Normal(name)) = components.next_back() else {
            return Err(self.refuse(path, Found::Outside));
        };
        let parent = components.as_path();
        if parent.as_os_str().is_empty() {
            return act(self, Path::new(name));
        }
        act(&self.sub(parent)?, Path::new(name))
    }

    /// The size of a file; nothing where there is none.
    ///
    /// # Errors
    /// [`Refused`] where a link leads there or something else than a file stands there.
    pub fn size(&self, path: impl AsRef<Path>) -> io::Result<Option<u64>> {
        Ok(self.stat(path)?.map(|(size, _)| size))
    }

    /// The size of a file and when it was last written, where the system tells; nothing where there is none.
    ///
    /// # Errors
    /// As [`Folder::size`].
    pub fn stat(&self, path: impl AsRef<Path>) -> io::Result<Option<(u64, Option<SystemTime>)>> {
        let found = self.at(path.as_ref(), |folder, name| {
            let data = folder.dir.symlink_metadata(name)?;
            let written = data.modified().ok().map(cap_std::time::SystemTime::into_std);
            folder.is_plain(name, &data).map(|()| (data.len(), written))
        });
        match found {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    fn is_plain(&self, name: &Path, data: &cap_std::fs::Metadata) -> io::Result<()> {
        match data {
            data if data.is_symlink() => Err(self.refuse(name, Found::Link)),
            data if !data.is_file() => Err(self.refuse(name, Found::NoFile)),
            _ => Ok(()),
        }
    }

    /// Opens a plain file. What it is, is seen before, so that no pipe or device is opened, and after, since it may
    /// have been swapped meanwhile.
    fn plain(&self, name: &Path, options: &mut OpenOptions) -> io::Result<File> {
        match self.dir.symlink_metadata(name) {
            Ok(data) => self.is_plain(name, &data)?,
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Err(_) => {}
        }
        options.follow(FollowSymlinks::No);
        no_waiting(options);
        let file = self.dir.open_with(name, options)?;
        self.is_plain(name, &file.metadata()?)?;
        Ok(file.into_std())
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`Refused`] where a link leads there or something else than a file stands there, or what the file system says.
    pub fn read(&self, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open_file(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn open_file(&self, path: impl AsRef<Path>) -> io::Result<File> {
        self.at(path.as_ref(), |folder, name| {
            folder.plain(name, OpenOptions::new().read(true))
        })
    }

    /// Opens a file that is there for reading and writing; nothing of it changes by that.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn open_to_write(&self, path: impl AsRef<Path>) -> io::Result<File> {
        self.at(path.as_ref(), |folder, name| {
            folder.plain(name, OpenOptions::new().read(true).write(true))
        })
    }

    /// Opens a file to lock it; one that is there keeps its bytes.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        step(Step::Fills)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        self.plain(Path::new(name), &mut options)
    }

    /// Writes a file that isn't there yet.
    ///
    /// # Errors
    /// What the file system says; also where there is one.
    pub fn write_new(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<()> {
        step(Step::Fills)?;
        self.at(path.as_ref(), |folder, name| folder.new_file(name)?.write_all(bytes))
    }

    fn new_file(&self, name: &Path) -> io::Result<File> {
        self.new_file_with(name, &mut OpenOptions::new())
    }

    pub(super) fn new_file_with(&self, name: &Path, options: &mut OpenOptions) -> io::Result<File> {
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        Ok(self.dir.open_with(name, options)?.into_std())
    }

    /// Moves a file or a folder to a path below another folder, or below this one.
    ///
    /// # Errors
    /// [`Refused`] where a link leads to one of the two or stands there, or what the file system says.
    pub fn rename(&self, from: impl AsRef<Path>, target: &Folder, to: impl AsRef<Path>) -> io::Result<()> {
        step(Step::Moves)?;
        self.at(from.as_ref(), |source, from| {
            target.at(to.as_ref(), |target, to| {
                if target.dir.symlink_metadata(to).is_ok_and(|data| data.is_symlink()) {
                    return Err(target.refuse(to, Found::Link));
                }
                target.unmark(to);
                patiently(|| target.path.join(to), || source.dir.rename(from, &target.dir, to))
            })
        })
    }

    /// Takes the mark off a file that is to go: a copy from a disc, say, is read-only. Only Windows keeps such a file from
    /// being replaced.
    fn unmark(&self, name: &Path) {
        if cfg!(windows)
            && let Ok(data) = self.dir.symlink_metadata(name)
            && data.is_file()
            && data.permissions().readonly()
        {
            let mut permissions = data.permissions();
            permissions.set_readonly(false);
            // What can't be changed is said by the step that follows.
            let _ = self.dir.set_permissions(name, permissions);
        }
    }

    /// Removes a file. A link is not a file.
    ///
    /// # Errors
    /// [`Refused`], or what the file system says.
    pub fn remove_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step(Step::Moves)?;
        self.at(path.as_ref(), |folder, name| {
            let data = folder.dir.symlink_metadata(name)?;
            folder.is_plain(name, &data)?;
            folder.unmark(name);
            patiently(|| folder.path.join(name), || folder.dir.remove_file(name))
        })
    }

    /// Takes a file away that nobody needs any more; what can't be removed stays.
    pub fn discard(&self, name: impl AsRef<Path>) {
        let _ = self.dir.remove_file(name);
    }

    /// Whether an open file still is the one of a name; where the system doesn't tell, it is taken to be.
    pub fn is_at(&self, name: impl AsRef<Path>, file: &File) -> bool {
        #[cfg(unix)]
        {
            use cap_std::fs::MetadataExt as _;
            use std::os::unix::fs::MetadataExt as _;
            let (own, there) = (file.metadata(), self.dir.symlink_metadata(name));
            own.is_ok_and(|own| there.is_ok_and(|there| (own.dev(), own.ino()) == (there.dev(), there.ino())))
        }
        #[cfg(not(unix))]
        {
            let _ = (name.as_ref(), file);
            true
        }
    }

    /// Sees that its names reach the disk, where folders can be synced.
    pub fn sync(&self) {
        drop(self.dir.open(".").map(|folder| folder.sync_all()));
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn remove_dir(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step(Step::Moves)?;
        self.at(path.as_ref(), |folder, name| folder.dir.remove_dir(name))
    }

    /// Removes a folder with everything in it, where it is there. Links in it go; what they lead to stays.
    ///
    /// # Errors
    /// [`Refused`] where it is a link, or what the file system says.
    pub fn remove_dir_all(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        match self.sub(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            other => drop(other?),
        }
        step(Step::Moves)?;
        self.at(path, |folder, name| folder.dir.remove_dir_all(name))
    }

    /// Removes what stands at a path, a file or a folder with everything in it; nothing is done where there is none.
    ///
    /// # Errors
    /// [`Refused`] where it is a link, or what the file system says.
    pub fn clear(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        match self.size(path) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => self.remove_file(path),
            Err(error) if refused(&error).is_some_and(|refused| refused.found == Found::NoFile) => {
                self.remove_dir_all(path)
            }
            Err(error) => Err(error),
        }
    }

    /// The names of what stands in it, sorted.
    ///
    /// # Errors
    /// What the file system says.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let entries = self.dir.entries()?;
        let mut names: Vec<_> = entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
        names.sort();
        Ok(names)
    }
}

/// A pipe that took the place of a file is opened without waiting for somebody at its other end.
fn no_waiting(options: &mut OpenOptions) {
    #[cfg(unix)]
    cap_fs_ext::OpenOptionsSyncExt::nonblock(options, true);
    #[cfg(not(unix))]
    let _ = options;
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
