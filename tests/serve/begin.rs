//! Where nothing is yet, the preview begins.

use crate::served::Served;
use std::process::Command;

/// The program in a folder.
fn program(folder: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
    command.current_dir(folder).env("LANG", "zh_CN.UTF-8");
    command
}

#[test]
fn a_preview_without_a_corpus_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(program(folder.path()).arg("serve"));
    assert!(folder.path().join("corpus").is_dir());
    let page = served.get(&format!("/_/new?token={}", served.token));
    assert!(page.contains("新建"), "{page}");
}

#[test]
fn a_corpus_that_was_named_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path())
        .args(["--corpus", "语料", "serve"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!folder.path().join("语料").exists());
}

#[test]
fn without_a_command_help_is_offered_where_something_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let output = program(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("corpus").exists());
}
