//! A working folder, and what stands in it.

use crate::folder::copy;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A working folder with a corpus, an index and a site.
pub struct Desk(tempfile::TempDir);

impl Desk {
    /// A desk with the sample corpus.
    pub fn sample() -> Self {
        let desk = Self::empty();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
            &desk.path("corpus"),
        );
        desk
    }

    pub fn empty() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.path("corpus")).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path("corpus").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(self.0.path())
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .args(["--now", "2026-11-20"]);
        command.args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs and expects an exit code; gives standard output.
    pub fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }
}

pub const GOOD: &str = "---\nkind: report\ntitle: 关于河道治理的调研报告\ndate: 2024-03-05\nunit: 某县人民检察院\nsummary: 摘要。\n---\n\n河道里有非法采砂。\n";
