//! A remembered value in a file: a stamp of the content first, so that damage is noticed.

use super::{Key, Recipe, Stamp};
use crate::disk::Folder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;

/// Names the program that wrote a file and what the file is; another program's files are not read.
fn header(name: &str, content: &Stamp) -> String {
    let program: Key = Recipe::of(name).key();
    format!(
        "{program} {} {:032x}\n",
        content.size,
        u128::from_be_bytes(content.hash)
    )
}

/// The value that was stored in a file of a cache folder; nothing where it is missing, damaged, cut
/// short or another program's.
pub(crate) fn load<T: DeserializeOwned>(folder: &Folder, name: &str) -> Option<T> {
    let bytes = folder.read(name).ok()?;
    let end = bytes.iter().position(|&byte| byte == b'\n')? + 1;
    let (head, content) = bytes.split_at(end);
    (head == header(name, &Stamp::of(content)).as_bytes())
        .then(|| serde_json::from_slice(content).ok())
        .flatten()
}

/// Stores a value in a file of a cache folder: written aside, then renamed over.
///
/// # Errors
/// What the file system says.
pub(crate) fn store<T: Serialize>(folder: &Folder, name: &str, value: &T) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(value).map_err(io::Error::from)?;
    let header = header(name, &Stamp::of(&bytes));
    // In place: of 100,000 documents this is much, and memory is at its fullest then.
    bytes.splice(0..0, header.into_bytes());
    if folder.size(name).is_err() {
        folder.clear(name)?;
    }
    folder.put(name, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_only_as_it_was_stored() {
        let desk = tempfile::tempdir().unwrap();
        let folder = Folder::open(desk.path()).unwrap();
        let value = vec![("甲".to_owned(), 1), ("乙".to_owned(), 2)];
        let read = || load::<Vec<(String, i32)>>(&folder, "values");
        assert_eq!(read(), None);
        store(&folder, "values", &value).unwrap();
        assert_eq!(read(), Some(value.clone()));

        let file = folder.path().join("values");
        let whole = std::fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            std::fs::write(&file, &damaged).unwrap();
            assert_eq!(read(), None, "byte {at}");
            std::fs::write(&file, &whole[..at]).unwrap();
            assert_eq!(read(), None, "cut at {at}");
        }
        std::fs::write(&file, &whole).unwrap();
        std::fs::rename(&file, folder.path().join("others")).unwrap();
        assert_eq!(load::<Vec<(String, i32)>>(&folder, "others"), None);
    }
}
