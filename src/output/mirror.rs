//! A site carried over to another folder, such as a file share: what has changed, and nothing else.
//!
//! The folder is written like any site: aside first, then put in place in order, with a journal that the next run
//! carries out. What its manifest names counts as in place, so that a slow share is asked for nothing that hasn't
//! changed; once a week each file is looked at.

use super::folder::STATE;
use super::{Comparison, Manifest, OutputError, SiteFolder, Summary, manifest, real_parent};
use crate::audience::Audience;
use crate::cache::Stamp;
use crate::disk::Folder;
use crate::sink::Sink;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// Files that are on their way at one time: what a share costs is waiting.
const AT_ONCE: usize = 8;

/// A folder that a site is carried over to.
#[derive(Debug)]
pub(crate) struct Mirror {
    place: PathBuf,
    audience: Audience,
    /// Folders that it may not overlap with.
    others: Vec<PathBuf>,
}

impl Mirror {
    /// A folder for an audience, outside of `others`.
    ///
    /// # Errors
    /// [`OutputError::MirrorInside`]. A share that isn't connected is an error only when it is written to.
    pub(crate) fn at(place: &Path, audience: Audience, others: &[&Path]) -> Result<Self, OutputError> {
        let mirror = Self {
            place: place.to_owned(),
            audience,
            others: others.iter().map(|&folder| folder.to_owned()).collect(),
        };
        match mirror.check() {
            Err(OutputError::Io(_)) | Ok(()) => Ok(mirror),
            Err(error) => Err(error),
        }
    }

    /// Looks where it is. The folder that it stands in must be there: where a share isn't connected, none is made.
    fn check(&self) -> Result<(), OutputError> {
        let parent = real_parent(&self.place)?;
        let real = match self.place.file_name() {
            Some(name) => parent.join(name),
            None => parent,
        };
        let overlaps = |folder: &PathBuf| {
            let folder = folder.canonicalize();
            folder.is_ok_and(|folder| real.starts_with(&folder) || folder.starts_with(&real))
        };
        if self.others.iter().any(overlaps) {
            Err(OutputError::MirrorInside(self.place.clone()))
        } else {
            Ok(())
        }
    }

    /// Where it is.
    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// Carries over the site in the folder `root`.
    ///
    /// # Errors
    /// What the file system says; a file that is not as the manifest says is an error, too. What stands in the mirror
    /// is whole in either case.
    pub(crate) fn write(&self, root: &Path) -> Result<Summary, OutputError> {
        self.check()?;
        let root = Folder::open(root)?;
        let manifest = Manifest::load(&root.sub(STATE)?)?;
        let manifest = manifest.ok_or_else(|| io::Error::other(".jianyan/manifest.tsv: damaged"))?;
        let target = SiteFolder::open(&self.place, self.audience, Comparison::Manifest)?;
        let carry = |(path, stamp): (&String, &Stamp)| -> io::Result<()> {
            if target.keep(path, stamp) {
                return Ok(());
            }
            target.put(path, manifest::read_as_built(&root, path, stamp)?)
        };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
        let threads = threads.map_err(io::Error::other)?;
        threads.install(|| manifest.files.par_iter().try_for_each(carry))?;
        if target.is_done(&manifest.generation) {
            Ok(target.stay()?)
        } else {
            Ok(target.commit(&manifest.generation)?)
        }
    }
}
