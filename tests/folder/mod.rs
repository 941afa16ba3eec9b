//! What a folder holds.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::path::Path;

/// Bytes by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file below a folder.
pub(crate) fn files(root: &Path) -> Files {
    walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap();
            (
                path.to_string_lossy().replace('\\', "/"),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// Every file of a site or an index but for what the program keeps there for itself.
pub(crate) fn without_state(root: &Path) -> Files {
    let mut files = files(root);
    files.retain(|path, _| !path.starts_with(".jianyan/"));
    files
}

/// Copies a folder with all that it holds.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
}
