//! What all of these need: a desk with a stranger's things, and a folder of the person's own beside it.

use crate::desk::Desk;
use crate::folder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Longer than any build of these corpora takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A desk with a small corpus and a folder of the person's own that nobody may touch.
pub(super) struct Home {
    pub desk: Desk,
    own: BTreeMap<PathBuf, Vec<u8>>,
}

pub(super) const OWN: &str = "own";

impl Home {
    pub(super) fn new() -> Self {
        let desk = Desk::new();
        desk.write("corpus/报告/甲.md", document("甲", "正文。[乙](乙.txt)"));
        desk.write("corpus/报告/乙.txt", "附件");
        for name in ["keys", "p/index.html", "p/lock", "p/甲.html", "secret.yaml"] {
            desk.write(&format!("{OWN}/{name}"), format!("own {name}"));
        }
        // Named as a document, and as what a writer of ours might have left.
        for name in ["甲.md", ".jianyan-1-0.tmp"] {
            desk.write(&format!("{OWN}/{name}"), document("甲", "own"));
        }
        let own = everything(&desk.path(OWN));
        Self { desk, own }
    }

    /// With a site and an index that were built already.
    pub(super) fn built() -> Self {
        static TEMPLATE: OnceLock<Home> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let home = Self::new();
            home.desk.expect(0, &["build"]);
            home
        });
        let home = Self::new();
        for folder in ["site", "index"] {
            folder::copy(&template.desk.path(folder), &home.desk.path(folder));
        }
        home
    }

    /// Runs the program and holds that it ends and that what is the person's own is as it was.
    pub(super) fn run(&self, arguments: &[&str], why: &str) -> Output {
        let mut command = self.desk.command(arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = ended(child, why);
        assert!(!said(&output).contains("panicked"), "{why}: {}", said(&output));
        self.is_untouched(why);
        output
    }

    pub(super) fn is_untouched(&self, why: &str) {
        let now = everything(&self.desk.path(OWN));
        assert!(now == self.own, "{why}: {:?} became {:?}", self.own.keys(), now.keys());
    }
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

pub(super) fn document(title: &str, body: &str) -> String {
    format!("---\nkind: report\ntitle: {title}\ndate: 2024-03-05\nsummary: 一句话。\n---\n\n{body}\n")
}

/// Waits for the end of a process; one that waits for something itself is ended, and the test fails.
fn ended(mut child: Child, why: &str) -> Output {
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{why}: it doesn't end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

/// Folders and files below a folder; no link is followed.
fn everything(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let held = |path: &Path| {
        if path.is_file() {
            std::fs::read(path).unwrap()
        } else {
            Vec::new()
        }
    };
    entries
        .map(|entry| (entry.path().to_owned(), held(entry.path())))
        .collect()
}
