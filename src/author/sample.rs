//! The sample corpus, which an empty corpus can begin with: to be looked at, tried out and thrown away.

use super::AuthorError;
use crate::disk::Folder;
use std::path::Path;

/// Its files: paths below the corpus, with `/`, and what is in them.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));

/// Puts the sample into a corpus. A file that is there stays as it is.
///
/// # Errors
/// Where a file can't be written.
pub(crate) fn put_sample(corpus: &Path) -> Result<(), AuthorError> {
    let failed = |error| AuthorError::Io(corpus.to_owned(), error);
    let folder = Folder::named(corpus).map_err(failed)?;
    for (path, bytes) in FILES {
        let put = || -> std::io::Result<()> {
            let below = Path::new(path).parent().unwrap_or(Path::new(""));
            folder.make(below)?;
            match folder.size(path)? {
                Some(_) => Ok(()),
                None => folder.put(path, bytes),
            }
        };
        put().map_err(|error| AuthorError::Io(corpus.join(path), error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_put_beside_what_is_there() {
        let corpus = tempfile::tempdir().unwrap();
        std::fs::write(corpus.path().join("jianyan.yaml"), "title: 本院\n").unwrap();
        put_sample(corpus.path()).unwrap();
        put_sample(corpus.path()).unwrap();
        let read = crate::corpus::read(corpus.path()).unwrap();
        assert!(read.sources.len() > 50);
        let own = std::fs::read(corpus.path().join("jianyan.yaml")).unwrap();
        assert_eq!(own, "title: 本院\n".as_bytes());
    }
}
