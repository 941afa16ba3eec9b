//! Whether an index stands as the last write left it.

use super::writer::{BUILDING, META, is_segment_file};
use crate::cache::{Key, Recipe, Stamp};
use crate::disk::Folder;
use std::io;
use std::path::Path;

/// Names what the last write left in a folder, by the looks of its files; an error where a write was cut off.
///
/// # Errors
/// What the file system says.
pub(crate) fn left(dir: &Path) -> io::Result<Key> {
    let folder = Folder::open(dir)?;
    let mut recipe = Recipe::of("files of an index").with(format!("{:?}", Stamp::of(&folder.read(META)?)));
    for name in folder.names()? {
        let name = name.to_string_lossy();
        if name == BUILDING {
            return Err(io::Error::other("a write was cut off"));
        }
        if is_segment_file(&name) {
            recipe.add(format!("{name} {:?}", folder.stat(&*name)?));
        }
    }
    Ok(recipe.key())
}
