//! Files written whole or not at all: aside first, then in their place. What takes the place of a file is that file for
//! everybody: its mode, its owner where that is allowed, its extended attributes.

use super::AuthorError;
use super::spot::Spot;
use crate::disk::{self, Aside, Maker, refused};
use std::fs::File;
use std::io::{self, ErrorKind};

/// Puts new bytes in the place of those that a file has.
///
/// # Errors
/// Where the file may not be written or has a second name, somebody else has written it, or the machine fails: it stays
/// as it was.
pub(super) fn replace(spot: &Spot, old: &[u8], new: &[u8]) -> Result<(), AuthorError> {
    let there = to_be_replaced(spot)?;
    let fail = |error| spot.failed(error);
    let (file, aside) = written(spot, new, Maker::Author).map_err(fail)?;
    keep_attributes(&there, &file).map_err(fail)?;
    drop((there, file));
    if spot.read()? != old {
        return Err(AuthorError::Changed(spot.path.clone()));
    }
    aside.persist(&spot.name).map_err(fail)?;
    spot.folder.sync();
    Ok(())
}

/// Writes a new file, never over another.
///
/// # Errors
/// Where there is one, or the machine fails.
pub(super) fn create(spot: &Spot, bytes: &[u8]) -> Result<(), AuthorError> {
    let put = || {
        let (file, aside) = written(spot, bytes, Maker::NewOfAuthor)?;
        drop(file);
        aside.persist_new(&spot.name)
    };
    put().map_err(|error| spot.failed(error))?;
    spot.folder.sync();
    Ok(())
}

fn written<'a>(spot: &'a Spot, bytes: &[u8], maker: Maker) -> io::Result<(File, Aside<'a>)> {
    let (mut file, aside) = spot.folder.aside(maker)?;
    disk::write_all(&mut file, bytes)?;
    file.sync_all()?;
    Ok((file, aside))
}

/// Opens a file that is to be replaced. One that its owner has closed against writing is not written, nor one of which
/// another name would keep the old text.
fn to_be_replaced(spot: &Spot) -> Result<File, AuthorError> {
    let there = spot.open()?;
    let found = there.metadata().map_err(|error| spot.failed(error))?;
    if found.permissions().readonly() {
        return Err(AuthorError::ReadOnly(spot.path.clone()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if found.nlink() > 1 {
            return Err(AuthorError::HardLink(spot.path.clone(), found.nlink()));
        }
    }
    let may_not = |error: &io::Error| {
        let kind = error.kind();
        refused(error).is_none() && matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
    };
    match spot.folder.open_to_write(&spot.name) {
        Ok(_) => Ok(there),
        Err(error) if may_not(&error) => Err(AuthorError::ReadOnly(spot.path.clone())),
        Err(error) => Err(spot.failed(error)),
    }
}

/// Gives a file what another has besides its bytes.
#[cfg(unix)]
fn keep_attributes(from: &File, to: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    use xattr::FileExt;
    let (old, new) = (from.metadata()?, to.metadata()?);
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) && fchown(to, Some(old.uid()), Some(old.gid())).is_err() {
        // Only the system's own user may give files away; a group of one's own may be kept.
        drop(fchown(to, None, Some(old.gid())));
    }
    disk::set_permissions(to, old.permissions())?;
    // A file system without attributes has none to lose.
    for name in from.list_xattr().into_iter().flatten() {
        if let Ok(Some(value)) = from.get_xattr(&name) {
            match to.set_xattr(&name, &value) {
                Err(error) if name.to_string_lossy().starts_with("user.") => return Err(error),
                // Those of the system are its own to give.
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_attributes(from: &File, to: &File) -> io::Result<()> {
    disk::set_permissions(to, from.metadata()?.permissions())
}
