//! A working folder with an empty corpus, in which the program runs as an author runs it.
#![allow(dead_code, reason = "each test uses a part of it")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The working folder; it goes with its owner.
pub(crate) struct Desk {
    root: tempfile::TempDir,
    /// Where the paths of a test begin.
    base: PathBuf,
}

impl Desk {
    /// Paths begin at the working folder.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("corpus")).unwrap();
        let base = root.path().to_owned();
        Self { root, base }
    }

    /// Paths begin at the corpus.
    pub(crate) fn of_documents() -> Self {
        let desk = Self::new();
        let base = desk.root.path().join("corpus");
        Self { base, ..desk }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.base.join(file)
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// The program, in Chinese and on a day of its own.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_on("2026-11-20", arguments)
    }

    /// The same on another day.
    pub(crate) fn command_on(&self, day: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(self.root.path())
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL");
        command.args(["--now", day]).args(arguments);
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
        output
    }

    /// Runs, expects an exit code, and gives standard output and standard error.
    pub(crate) fn expect(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let said = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", said.0, said.1);
        said
    }

    /// Files of the corpus, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let corpus = self.root.path().join("corpus");
        let all = walkdir::WalkDir::new(&corpus).sort_by_file_name().into_iter().flatten();
        let is_shown = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
        all.filter(|entry| entry.file_type().is_file() && is_shown(entry))
            .map(|entry| entry.path().strip_prefix(&corpus).unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    /// Codes of what `check` finds, with their severity.
    pub(crate) fn findings(&self) -> Vec<(String, String)> {
        let report: Value = serde_json::from_slice(&self.run(&["check", "--format", "json"]).stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.map(|finding| (text(&finding["severity"]), text(&finding["code"])))
            .collect()
    }

    /// All pages of the built site, as one text.
    pub(crate) fn pages(&self) -> String {
        self.expect(0, &["build", "-q"]);
        walkdir::WalkDir::new(self.root().join("site"))
            .into_iter()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
            .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
            .collect()
    }

    /// The root, for what is asked of it whole.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }
}
