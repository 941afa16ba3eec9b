//! Files that are not yet in place: written whole under names that nobody can guess, and renamed.

use super::{Folder, Step, step};
use cap_std::fs::OpenOptions;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Hexadecimal digits of a name.
const DIGITS: usize = 32;

/// Who makes files aside. Each sweeps its own alone: those of another may still be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// What writes the output, and files that a person names.
    Output,
    /// What writes documents; it holds their folder. Until such a file has the mode of the one that it replaces, it is
    /// its owner's alone.
    Author,
    /// The same where there is no file to replace: it is whose the umask lets.
    NewOfAuthor,
}

impl Maker {
    /// How the names begin. Hidden, so that whoever reads the folder meanwhile passes them over.
    fn prefix(self) -> &'static str {
        match self {
            Maker::Output => ".new-",
            Maker::Author | Maker::NewOfAuthor => ".jianyan-",
        }
    }

    fn made(self, name: &OsStr) -> bool {
        let digits = name.to_str().and_then(|name| name.strip_prefix(self.prefix()));
        digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    }

    fn options(self) -> OpenOptions {
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        if self == Maker::Author {
            use cap_std::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options
    }
}

/// A file that is not yet in place. Dropped, it is taken away.
#[derive(Debug)]
pub struct Aside<'a> {
    folder: &'a Folder,
    name: PathBuf,
}

impl Folder {
    /// Begins a file under a name that nobody can guess.
    ///
    /// # Errors
    /// What the file system says.
    pub fn aside(&self, maker: Maker) -> io::Result<(File, Aside<'_>)> {
        step(Step::Fills)?;
        let name = PathBuf::from(format!("{}{}", maker.prefix(), unguessable()?));
        let file = self.new_file_with(&name, &mut maker.options())?;
        let folder = self;
        Ok((file, Aside { folder, name }))
    }

    /// Writes a file aside and renames it over, so that readers see the old one or the new one, whole.
    ///
    /// # Errors
    /// [`super::Refused`] where something else than a file stands there, or what the file system says.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<()> {
        self.at(path.as_ref(), |folder, name| {
            let (mut file, aside) = folder.aside(Maker::Output)?;
            file.write_all(bytes)?;
            drop(file);
            aside.persist(name)
        })
    }

    /// Removes what a killed run of a maker left of files that were not yet in place.
    ///
    /// # Errors
    /// What the file system says.
    pub fn sweep(&self, maker: Maker) -> io::Result<()> {
        for name in self.names()? {
            if maker.made(&name) && self.size(&name).is_ok_and(|size| size.is_some()) {
                self.remove_file(&name)?;
            }
        }
        Ok(())
    }
}

impl Aside<'_> {
    /// Puts the file in place, over the one that may be there.
    ///
    /// # Errors
    /// [`super::Refused`] where something else than a file stands there, or what the file system says.
    pub fn persist(self, name: &Path) -> io::Result<()> {
        self.folder.size(name)?;
        self.folder.rename(&self.name, self.folder, name)
    }

    /// Puts the file in place where nothing stands yet.
    ///
    /// # Errors
    /// Where something does, or what the file system says.
    pub fn persist_new(self, name: &Path) -> io::Result<()> {
        step(Step::Fills)?;
        let dir = &self.folder.dir;
        // A second name that is given only where there is none yet; then the first goes.
        match dir.hard_link(&self.name, dir, name) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // A file system without second names: who comes between is not written over.
            Err(_) if dir.symlink_metadata(name).is_ok() => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => self.folder.rename(&self.name, self.folder, name),
        }
    }
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        // Persisted, it isn't there any more; what can't be removed is removed by the next run.
        self.folder.discard(&self.name);
    }
}

fn unguessable() -> io::Result<String> {
    let mut random = [0; DIGITS / 2];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(hex::encode(random))
}
