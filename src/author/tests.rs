//! What is written when somebody swaps a folder or a file of the corpus meanwhile.
#![cfg(unix)]

use super::AuthorError;
use super::aside::{create, replace};
use super::file::Original;
use super::held::Held;
use super::spot::{Spot, read};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

/// A corpus with a folder, a folder elsewhere with files of the same names, and what stands there.
fn two() -> (tempfile::TempDir, tempfile::TempDir, impl Fn() -> Vec<(String, String)>) {
    let (corpus, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir(corpus.path().join("a")).unwrap();
    fs::write(corpus.path().join("a/x.md"), "old").unwrap();
    for name in ["x.md", ".jianyan.lock", ".jianyan-1-0.tmp", ".jianyan.held"] {
        fs::write(elsewhere.path().join(name), "old").unwrap();
    }
    fs::write(elsewhere.path().join(format!(".jianyan-{}", "0".repeat(32))), "old").unwrap();
    let place = elsewhere.path().to_owned();
    let stands = move || {
        let entries = fs::read_dir(&place).unwrap().flatten();
        let text = |path: PathBuf| fs::read_to_string(path).unwrap();
        let mut all: Vec<_> = entries
            .map(|entry| (entry.file_name().into_string().unwrap(), text(entry.path())))
            .collect();
        all.sort();
        all
    };
    (corpus, elsewhere, stands)
}

#[test]
fn a_folder_that_is_swapped_for_a_link_after_the_look_leads_nothing_out() {
    let (corpus, elsewhere, stands) = two();
    let before = stands();
    let spot = Spot::of(corpus.path(), "a/x.md").unwrap();
    let new = Spot::new_in(corpus.path(), "a/y.md").unwrap();
    let aside = corpus.path().join("aside");
    fs::rename(corpus.path().join("a"), &aside).unwrap();
    symlink(elsewhere.path(), corpus.path().join("a")).unwrap();

    let held = Held::folder_of(&spot).unwrap();
    assert!(aside.join(".jianyan.lock").exists());
    replace(&spot, b"old", b"new").unwrap();
    create(&new, b"new").unwrap();
    drop(held);
    assert_eq!(stands(), before);
    assert_eq!(fs::read_to_string(aside.join("x.md")).unwrap(), "new");
    assert_eq!(fs::read_to_string(aside.join("y.md")).unwrap(), "new");
    assert_eq!(fs::read_dir(&aside).unwrap().count(), 2);
    for outcome in [Spot::of(corpus.path(), "a/x.md"), Spot::new_in(corpus.path(), "a/z.md")] {
        assert!(matches!(outcome, Err(AuthorError::Outside(_))));
    }
}

#[test]
fn a_file_that_is_swapped_for_a_link_or_a_pipe_is_neither_written_nor_waited_for() {
    let (corpus, elsewhere, stands) = two();
    let before = stands();
    let path = corpus.path().join("a/x.md");
    let spot = Spot::of(corpus.path(), "a/x.md").unwrap();
    fs::remove_file(&path).unwrap();
    symlink(elsewhere.path().join("x.md"), &path).unwrap();
    let outcome = replace(&spot, b"old", b"new");
    assert!(matches!(outcome, Err(AuthorError::Outside(_))), "{outcome:?}");

    fs::remove_file(&path).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    let outcome = replace(&spot, b"old", b"new");
    assert!(matches!(outcome, Err(AuthorError::Io(..))), "{outcome:?}");
    assert!(matches!(read(corpus.path(), "a/x.md"), Err(AuthorError::Io(..))));
    assert!(matches!(
        Original::open(corpus.path(), "a/x.md"),
        Err(AuthorError::Io(..))
    ));
    assert_eq!(stands(), before);
}

#[test]
fn a_link_to_a_place_inside_is_followed_and_stays() {
    let (corpus, ..) = two();
    symlink("a", corpus.path().join("b")).unwrap();
    symlink("a/x.md", corpus.path().join("l.md")).unwrap();
    for file in ["b/x.md", "l.md"] {
        fs::write(corpus.path().join("a/x.md"), "old").unwrap();
        replace(&Spot::of(corpus.path(), file).unwrap(), b"old", b"new").unwrap();
        assert_eq!(fs::read_to_string(corpus.path().join("a/x.md")).unwrap(), "new");
    }
    create(&Spot::new_in(corpus.path(), "b/c/d.md").unwrap(), b"new").unwrap();
    assert!(corpus.path().join("a/c/d.md").exists());
    assert!(corpus.path().join("b").is_symlink() && corpus.path().join("l.md").is_symlink());
}
