//! Tools of the npm registry, by version and checksum, kept in a cache outside of the project that npm fills once.
//!
//! Where there is no npm and no network they can't be had: the test says so and checks nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

fn cache() -> Option<PathBuf> {
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    let cache = home.join("jianyan-tests");
    std::fs::create_dir_all(&cache).ok()?;
    Some(cache)
}

/// One file of a package's tarball; `checksum` is its BLAKE3. `tarball` is the name that npm gives it.
#[allow(dead_code, reason = "one of the tests that share this takes no file of a tarball")]
pub(super) fn file(package: &str, tarball: &str, file: &str, checksum: &str) -> Option<String> {
    let cache = cache()?;
    let at = cache.join(tarball);
    if !at.is_file() {
        let mut npm = Command::new("npm");
        npm.args(["pack", "--silent", package, "--pack-destination"])
            .arg(&cache);
        npm.output().ok().filter(|output| output.status.success())?;
    }
    let unpacked = Command::new("tar").arg("-xzOf").arg(&at).arg(file).output().ok()?;
    let found = blake3::hash(&unpacked.stdout).to_hex().to_string();
    assert_eq!(found, checksum, "{file} of {} is another one", at.display());
    String::from_utf8(unpacked.stdout).ok()
}

/// A folder with what the lock file beside this one names, each package by its checksum; `name` is the folder's.
#[allow(dead_code, reason = "one of the tests that share this needs no more than a file")]
pub(super) fn installed(name: &str) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm").join(name);
    let lock = std::fs::read(source.join("package-lock.json")).unwrap();
    let folder = cache()?.join(format!("{name}-{}", &blake3::hash(&lock).to_hex()[..16]));
    if !folder.join("complete").is_file() {
        std::fs::create_dir_all(&folder).ok()?;
        for file in std::fs::read_dir(source).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.join(file.file_name())).ok()?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
            .current_dir(&folder);
        npm.output().ok().filter(|output| output.status.success())?;
        std::fs::write(folder.join("complete"), "").ok()?;
    }
    // What is off and on may change without the lock.
    let rules = ".htmlvalidate.json";
    let _ = std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/npm")
            .join(name)
            .join(rules),
        folder.join(rules),
    );
    Some(folder)
}
