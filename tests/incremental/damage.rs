//! What happens to a site and its index between two builds: somebody edits a page, a copying program loses a file.

use fastrand::Rng;
use std::fs;
use std::path::{Path, PathBuf};

/// Does something to the folders of a build; says what.
pub(super) fn damage(out: &Path, rng: &mut Rng) -> String {
    let manifest = out.join("site/.jianyan/manifest.tsv");
    match rng.u8(..6) {
        0 => "nothing".to_owned(),
        1 => {
            fs::remove_file(manifest).unwrap();
            "manifest lost".to_owned()
        }
        2 => {
            let bytes = fs::read(&manifest).unwrap();
            let at = rng.usize(..bytes.len());
            fs::write(manifest, &bytes[..at]).unwrap();
            format!("manifest cut at {at}")
        }
        3 => {
            // A page stays as somebody edited it where the next build removes it.
            let ours = ["search", "assets"].map(|folder| out.join("site").join(folder));
            let file = any(&out.join("site"), rng, |path| {
                ours.iter().any(|folder| path.starts_with(folder))
            });
            let bytes: Vec<u8> = fs::read(&file)
                .unwrap()
                .iter()
                .map(|byte| byte.wrapping_add(1))
                .collect();
            fs::write(&file, bytes).unwrap();
            format!("{} edited to the same length", file.display())
        }
        4 => {
            let file = any(&out.join("site"), rng, |path| {
                !path.starts_with(out.join("site/.jianyan"))
            });
            fs::remove_file(&file).unwrap();
            format!("{} lost", file.display())
        }
        _ => {
            let file = any(&out.join("index/.jianyan/cache"), rng, |_| true);
            fs::remove_file(&file).unwrap();
            fs::create_dir_all(file.join("folder")).unwrap();
            format!("{} a folder", file.display())
        }
    }
}

fn any(root: &Path, rng: &mut Rng, fits: impl Fn(&Path) -> bool) -> PathBuf {
    let all: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| fits(path))
        .collect();
    rng.choice(all).unwrap()
}
