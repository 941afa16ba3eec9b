//! A site in one file, for carrying it to a network that this machine isn't on.
//!
//! The archive holds what the manifest names and nothing else (not what the bundle keeps of the generation before), in
//! the order of paths and without times: the same site gives the same bytes. Its comment names audience and generation;
//! the marker goes along, so that the unpacked folder is known as what it is.

use super::folder::{MARKER, Marker};
use super::{Manifest, OutputError, Purpose, manifest, real_parent};
use crate::audience::Audience;
use crate::disk::{self, Folder, Maker};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Where the manifest stands, in an archive.
const MANIFEST: &str = ".jianyan/manifest.tsv";
/// Bytes of a marker or a manifest that is read of an archive at most.
const LARGEST_STATE: u64 = 256 << 20;

/// The place of an archive, looked at before anything is built.
#[derive(Debug)]
pub(crate) struct Archive {
    folder: Folder,
    name: OsString,
    audience: Audience,
}

impl Archive {
    /// An archive for an audience in a file, which isn't there yet or is one of ours for the same audience, and stands
    /// outside of `folders`.
    ///
    /// # Errors
    /// [`OutputError::Inside`], [`OutputError::Taken`], or that the folder of the file can't be read.
    pub(crate) fn at(file: &Path, audience: Audience, folders: &[&Path]) -> Result<Self, OutputError> {
        let parent = real_parent(file)?;
        let inside = |folder: &&&Path| folder.canonicalize().is_ok_and(|folder| parent.starts_with(folder));
        let Some(name) = file
            .file_name()
            .filter(|_| !folders.iter().any(|folder| inside(&folder)))
        else {
            return Err(OutputError::Inside(file.to_owned()));
        };
        let folder = Folder::named(&parent)?;
        match folder.open_file(name) {
            Ok(open) if is_ours(&open, audience) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if disk::refused(&error).is_none() => return Err(error.into()),
            _ => return Err(OutputError::Taken(file.to_owned())),
        }
        Ok(Self {
            folder,
            name: name.to_owned(),
            audience,
        })
    }

    /// Writes the site in the folder `root` into the archive, aside first and then renamed over; gives its bytes.
    ///
    /// # Errors
    /// What the file system says; a file that is not as the manifest says is an error, too.
    pub(crate) fn write(&self, root: &Path) -> io::Result<u64> {
        let (file, aside) = self.folder.aside(Maker::Output)?;
        let bytes = self.fill(&Folder::open(root)?, file)?;
        aside.persist(Path::new(&self.name))?;
        Ok(bytes)
    }

    fn fill(&self, root: &Folder, file: File) -> io::Result<u64> {
        let manifest = Manifest::load(&root.sub(super::folder::STATE)?)?.unwrap_or_default();
        let mut zip = ZipWriter::new(BufWriter::new(file));
        zip.set_comment(format!("{}{}", comment(self.audience), manifest.generation))?;
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
        let text = manifest::text(&manifest.generation, manifest.files.iter(), &BTreeMap::new());
        put(MANIFEST, text.as_bytes())?;
        for (path, stamp) in &manifest.files {
            put(path, &manifest::read_as_built(root, path, stamp)?)?;
        }
        let mut out = zip.finish()?;
        out.flush()?;
        let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }
}

/// How the comment of an archive for an audience begins.
fn comment(audience: Audience) -> String {
    format!("jianyan {} ", audience.key())
}

/// Whether a file is an archive of ours for an audience, and as it was written: it has our marker, and of other entries
/// exactly those that its manifest names, in their sizes. What somebody put into it is not ours to lose.
fn is_ours(file: &File, audience: Audience) -> bool {
    let Ok(mut archive) = ZipArchive::new(file) else {
        return false;
    };
    if !String::from_utf8_lossy(archive.comment()).starts_with(&comment(audience)) || !is_whole(file, &mut archive) {
        return false;
    }
    let marker = Marker::of(Purpose::Site, audience).to_bytes().ok();
    let Some(manifest) = entry(&mut archive, MANIFEST).and_then(|bytes| Manifest::from_bytes(&bytes)) else {
        return false;
    };
    let named = manifest.files.iter().all(|(path, stamp)| {
        let index = archive.index_for_name(path);
        index.is_some_and(|index| {
            archive
                .by_index_raw(index)
                .is_ok_and(|entry| entry.size() == stamp.size)
        })
    });
    named && archive.len() == manifest.files.len() + 2 && entry(&mut archive, MARKER) == marker
}

/// Whether a file begins with an archive's first entry and ends with its comment.
fn is_whole(mut file: &File, archive: &mut ZipArchive<&File>) -> bool {
    const END: &[u8] = b"PK\x05\x06";
    /// Bytes of the record at the end, without its comment.
    const LENGTH: u64 = 22;
    let begins = (0..archive.len()).any(|at| archive.by_index_raw(at).is_ok_and(|entry| entry.header_start() == 0));
    let behind = LENGTH + archive.comment().len() as u64;
    let mut mark = [0; END.len()];
    let ends = file
        .metadata()
        .and_then(|data| file.seek(SeekFrom::Start(data.len().saturating_sub(behind))))
        .and_then(|_| file.read_exact(&mut mark));
    begins && ends.is_ok() && mark == END
}

fn entry(archive: &mut ZipArchive<&File>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let entry = archive.by_name(name).ok()?;
    entry.take(LARGEST_STATE).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
