//! A working folder with an empty corpus, in which the program runs as an author runs it.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The working folder; it goes with its owner.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.path("corpus")).unwrap();
        desk
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// Runs the program, in Chinese and on a day of its own.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .current_dir(self.0.path())
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .args(["--now", "2026-11-20"])
            .args(arguments)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
        output
    }

    /// Runs, expects an exit code, and gives standard output and standard error.
    pub fn expect(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", said.0, said.1);
        said
    }

    /// Files of the corpus, sorted.
    pub fn files(&self) -> Vec<String> {
        let corpus = self.path("corpus");
        let all = walkdir::WalkDir::new(&corpus).sort_by_file_name().into_iter().flatten();
        all.filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&corpus).unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    /// The only file of a folder.
    pub fn only_file(&self, folder: &str) -> String {
        let all: Vec<_> = std::fs::read_dir(self.path(folder)).unwrap().flatten().collect();
        assert_eq!(all.len(), 1, "{folder}");
        all[0].file_name().into_string().unwrap()
    }

    /// The root, for what is asked of it whole.
    pub fn root(&self) -> &Path {
        self.0.path()
    }
}
