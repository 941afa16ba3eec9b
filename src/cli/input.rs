//! Files that a person names: read up to a size, and only where they have an end.

use crate::disk::{Found, Refused};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file; nothing where it has more than `most`.
///
/// # Errors
/// The file can't be read, or isn't an ordinary file: a pipe waits for a writer and a device may never end.
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(Refused {
            path: path.to_owned(),
            found: Found::NoFile,
        }
        .into());
    }
    // The length that is reported need not be the one that is read.
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::refused;

    #[test]
    fn a_file_is_read_up_to_a_size() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "1234").unwrap();
        assert_eq!(bytes(&file, 4).unwrap().unwrap(), b"1234");
        assert_eq!(bytes(&file, 3).unwrap(), None);
        assert!(refused(&bytes(folder.path(), 4).unwrap_err()).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_an_end_is_refused() {
        assert!(refused(&bytes(Path::new("/dev/zero"), 4).unwrap_err()).is_some());
    }
}
