//! A site in one file, for carrying it to a network that this machine isn't on.
//!
//! The archive holds what the manifest names and nothing else (not what the bundle keeps of the generation before), in
//! the order of paths and without times: the same site gives the same bytes. Its comment names audience and generation;
//! the marker goes along, so that the unpacked folder is known as what it is.

use super::folder::{MARKER, Marker};
use super::{Manifest, OutputError, Purpose, manifest};
use crate::audience::Audience;
use crate::cache::Stamp;
use crate::disk;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The place of an archive, looked at before anything is built.
#[derive(Debug)]
pub struct Archive {
    file: PathBuf,
    audience: Audience,
}

impl Archive {
    /// An archive for an audience in a file, which isn't there yet or is one of ours for the same audience, and stands
    /// outside of `folders`.
    ///
    /// # Errors
    /// [`OutputError::Inside`], [`OutputError::Taken`], or that the folder of the file can't be read.
    pub fn at(file: &Path, audience: Audience, folders: &[&Path]) -> Result<Self, OutputError> {
        let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new(".")).canonicalize()?;
        let inside = |folder: &&&Path| folder.canonicalize().is_ok_and(|folder| parent.starts_with(folder));
        if folders.iter().any(|folder| inside(&folder)) || file.file_name().is_none() {
            return Err(OutputError::Inside(file.to_owned()));
        }
        if file.exists() {
            let comment = File::open(file).and_then(|open| {
                let archive = ZipArchive::new(open).map_err(io::Error::other)?;
                Ok(String::from_utf8_lossy(archive.comment()).into_owned())
            });
            let comment = comment.unwrap_or_default();
            if !comment.starts_with(&format!("jianyan {} ", audience.key())) {
                return Err(OutputError::Taken(file.to_owned()));
            }
        }
        Ok(Self {
            file: file.to_owned(),
            audience,
        })
    }

    /// Writes the site in the folder `root` into the archive, aside first and then renamed over; gives its bytes.
    ///
    /// # Errors
    /// What the file system says; a file that is not as the manifest says is an error, too.
    pub fn write(&self, root: &Path) -> io::Result<u64> {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let aside = self.file.with_file_name(format!(".{name}.new"));
        let written = self.fill(root, &aside).and_then(|bytes| {
            disk::rename(&aside, &self.file)?;
            Ok(bytes)
        });
        if written.is_err() {
            // What went wrong is told; that half of it stays would be no news.
            let _ = std::fs::remove_file(&aside);
        }
        written
    }

    fn fill(&self, root: &Path, aside: &Path) -> io::Result<u64> {
        let manifest = Manifest::load(&root.join(".jianyan"))?;
        let mut zip = ZipWriter::new(BufWriter::new(disk::create(aside)?));
        zip.set_comment(format!("jianyan {} {}", self.audience.key(), manifest.generation))?;
        // The date of all is that from which zips count.
        let options = SimpleFileOptions::default()
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let mut put = |path: &str, bytes: &[u8]| {
            let options = options.large_file(u32::try_from(bytes.len()).is_err());
            zip.start_file(path, options)?;
            zip.write_all(bytes)
        };
        put(MARKER, &Marker::of(Purpose::Site, self.audience).to_bytes()?)?;
        // What an earlier generation left stays behind.
        let text = manifest::text(&manifest.generation, manifest.files.iter(), &Default::default());
        put(".jianyan/manifest.tsv", text.as_bytes())?;
        for (path, stamp) in &manifest.files {
            let bytes = std::fs::read(root.join(path))?;
            if Stamp::of(&bytes) != *stamp {
                return Err(io::Error::other(format!("{path}: changed since it was built")));
            }
            put(path, &bytes)?;
        }
        let mut out = zip.finish()?;
        out.flush()?;
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }
}
