//! Puts the scripts and stylesheets that the program embeds below `OUT_DIR`: each as `scripts/shrink` shrunk it, or as it
//! is written where its source has changed since, so that an edit is seen at once; and the list of the sample corpus's files.
//!
//! `JIANYAN_SOURCES` names the state of the program's own sources: what one program remembered, no
//! other takes up.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=corpus");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=JIANYAN_SOURCES={:016x}", sources()?);
    let assets = Path::new("src/assets");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let shrunk = fs::read_to_string(assets.join("shrunk/sources"))?;
    for (folder, ending) in [("client", "js"), ("styles", "css")] {
        fs::create_dir_all(out.join(folder))?;
        for file in fs::read_dir(assets.join(folder))? {
            let file = file?.path();
            if file.extension().is_some_and(|own| own == ending) {
                let name = file.file_name().ok_or("a source has a name")?.to_string_lossy();
                let name = format!("{folder}/{name}");
                let fresh = is_fresh(&shrunk, &name, &fs::read(&file)?);
                let from = if fresh { assets.join("shrunk").join(&name) } else { file };
                fs::copy(from, out.join(name))?;
            }
        }
    }
    fs::write(out.join("sample.rs"), sample()?)?;
    Ok(())
}

/// The files of the sample corpus as Rust: pairs of a path below it, with `/`, and the bytes.
fn sample() -> Result<String, Box<dyn Error>> {
    let root = Path::new("corpus").canonicalize()?;
    let mut files = BTreeMap::new();
    gather(&root, &mut files)?;
    let mut list = String::from("&[\n");
    for path in files.keys() {
        let parts = path.strip_prefix(&root)?.components();
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
        list += &format!(
            "({:?}, include_bytes!({:?})),\n",
            parts.join("/"),
            path.display().to_string()
        );
    }
    Ok(list + "]")
}

/// Whether the list of shrunk files names this one with the hash that its source has now.
fn is_fresh(shrunk: &str, name: &str, source: &[u8]) -> bool {
    let hash = format!("{:08x}", crc32fast::hash(source));
    shrunk
        .lines()
        .any(|line| line.starts_with(&hash) && line.split(' ').nth(2) == Some(name))
}

/// A hash of every source file, the locked libraries and this script.
fn sources() -> std::io::Result<u64> {
    let mut files = BTreeMap::new();
    gather(Path::new("src"), &mut files)?;
    for file in ["Cargo.lock", "Cargo.toml", "build.rs"] {
        files.insert(PathBuf::from(file), std::fs::read(file)?);
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(hasher.finish())
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            let bytes = std::fs::read(&path)?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}
