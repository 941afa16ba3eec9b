//! Whatever happens to a build, what is there can be read: pages are whole, links lead somewhere, search answers from
//! one generation, and the next build makes what a build from nothing makes.
//!
//! `JIANYAN_EVERY_STEP=1 JIANYAN_KILLS=200 cargo test --test atomic` takes every step for every fault, and ten times the
//! moments to kill at.

use crate::client::engine;
use crate::folder;

use engine::Client;
use folder::{Files, copy, files};
use jianyan::audience::Audience;
use jianyan::output::{Purpose, claim};
use jianyan::query::{Options, Searcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn document(title: &str, body: &str) -> String {
    format!(
        "---\nkind: report\ntitle: {title}\ndate: 2024-03-05\nunit: 某县人民检察院\ntags: [河道]\nsummary: 一句话。\n---\n\n{body}\n"
    )
}

/// The corpus before the change, and after it: one edited, two that refer to each other new, one gone.
fn editions() -> [Vec<(&'static str, String)>; 2] {
    let kept = ("留.md", document("留下的", "河道不变。[改](改.md)"));
    [
        vec![
            kept.clone(),
            ("改.md", document("要改的", "河道原文。[去](去.md)")),
            ("去.md", document("要去的", "河道旧文。")),
        ],
        vec![
            kept,
            ("改.md", document("改过的", "河道新文。[新](新.md)")),
            ("新.md", document("新来的", "河道又一。[又](又.md)")),
            ("又.md", document("又来的", "河道又二。[新](新.md)")),
        ],
    ]
}

struct Desk(tempfile::TempDir);

impl Desk {
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With the second edition as its corpus, and the site and index of the first.
    fn changed() -> Self {
        static BUILT: OnceLock<Desk> = OnceLock::new();
        let built = BUILT.get_or_init(|| {
            let desk = Desk::empty();
            desk.take(&editions()[0]);
            desk.build();
            desk
        });
        let desk = Desk::empty();
        for folder in ["site", "index"] {
            copy(&built.path(folder), &desk.path(folder));
        }
        desk.take(&editions()[1]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn take(&self, edition: &[(&str, String)]) {
        for (file, text) in edition {
            write(&self.path("corpus").join(file), text.as_bytes());
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .current_dir(self.0.path())
            .args(["--lang", "zh", "--now", "2026-11-20", "build"]);
        command
    }

    fn build(&self) {
        let output = self.command().output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }

    fn build_with(&self, fault: &str) -> Output {
        self.command().env("JIANYAN_FAULT", fault).output().unwrap()
    }

    /// Holds at any moment, `fault` being what has just happened.
    fn is_readable(&self, fault: &str) {
        let site = files(&self.path("site"));
        for (path, bytes) in &site {
            let whole = !path.ends_with(".html") || bytes.trim_ascii_end().ends_with(b"</html>");
            assert!(whole, "{fault}: {path} is cut short");
        }
        let mut seen = BTreeSet::new();
        let mut open = vec!["index.html".to_owned()];
        while let Some(path) = open.pop() {
            let bytes = site
                .get(&path)
                .unwrap_or_else(|| panic!("{fault}: {path} is not there"));
            if path.ends_with(".html") && seen.insert(path.clone()) {
                open.extend(links(&path, std::str::from_utf8(bytes).unwrap()));
            }
        }
        assert!(seen.len() > 15, "{fault}: {seen:?}");
        // Every file that the search asks for is there, and it answers from one generation.
        let bundle: Files = site
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("search/")?.to_owned(), bytes)))
            .collect();
        let client = Client::new(Rc::new(bundle));
        let answer = client
            .ask("河道", 10)
            .unwrap_or_else(|error| panic!("{fault}: {error}"));
        let ids: BTreeSet<&str> = answer.shown.iter().map(|hit| hit.id.as_str()).collect();
        let [old, new] = [["去", "改", "留"].into(), ["又", "改", "新", "留"].into()];
        assert!(ids == old || ids == new, "{fault}: {ids:?}");
        assert!(
            answer.shown.iter().all(|hit| !hit.parts.is_empty()),
            "{fault}: no passage"
        );
        let searcher = Searcher::open(&self.path("index")).unwrap_or_else(|error| panic!("{fault}: {error:?}"));
        let found = searcher.search("河道", &Options { limit: 10, offset: 0 }).unwrap();
        let found: BTreeSet<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
        // Between the two commits a journal stands, which the next command carries out.
        assert!(
            found == ids || self.is_under_way(),
            "{fault}: index {found:?}, site {ids:?}"
        );
    }

    fn is_under_way(&self) -> bool {
        let state = self.path("site").join(".jianyan");
        state.join("journal.json").exists() || self.path("index").join(".building").exists()
    }

    /// The next build makes what a build from nothing makes.
    fn recovers(&self, fault: &str) {
        let output = self.command().output().unwrap();
        assert!(output.status.success(), "{fault}: {}", said(&output));
        self.is_readable(fault);
        assert!(!self.is_under_way(), "{fault}: the journal stays");
        static CLEAN: OnceLock<Files> = OnceLock::new();
        let clean = CLEAN.get_or_init(|| {
            let desk = Desk::empty();
            desk.take(&editions()[1]);
            desk.build();
            files(&desk.path("site"))
        });
        let has = files(&self.path("site"));
        for (path, bytes) in clean.iter().filter(|(path, _)| !path.starts_with(".jianyan")) {
            assert!(
                has.get(path) == Some(bytes),
                "{fault}: {path} differs from a clean build"
            );
        }
        // What the generation before used of the bundle stays one build longer; nothing else does.
        let more = has
            .keys()
            .filter(|path| !clean.contains_key(*path) && !path.starts_with("search/"));
        assert_eq!(more.collect::<Vec<_>>(), [""; 0], "{fault}");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The files that a page names.
fn links(page: &str, html: &str) -> Vec<String> {
    let attributes = ["href=\"", "src=\""];
    let named = attributes.iter().flat_map(|name| html.split(name).skip(1));
    named
        .filter_map(|rest| rest.split('"').next())
        .map(|target| target.split(['#', '?']).next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .map(|target| {
            let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
            parts.pop();
            for part in percent_encoding::percent_decode_str(target)
                .decode_utf8()
                .unwrap()
                .split('/')
            {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part.to_owned()),
                }
            }
            parts.join("/")
        })
        .collect()
}

/// Tries a fault step by step, until a build has no step of that number. The three faults share the steps between
/// them, each taking every third; with `JIANYAN_EVERY_STEP` each takes all.
fn step_by_step(fault: &str, first: usize, ends: impl Fn(&Output) -> bool) {
    let (first, stride) = match std::env::var_os("JIANYAN_EVERY_STEP") {
        Some(_) => (1, 1),
        None => (first, 3),
    };
    for step in (first..).step_by(stride) {
        let desk = Desk::changed();
        let fault = format!("{fault}:{step}");
        let output = desk.build_with(&fault);
        desk.is_readable(&fault);
        if output.status.success() {
            assert!(step > 40, "a build of {step} steps");
            return;
        }
        assert!(ends(&output), "{fault}: {:?} {}", output.status, said(&output));
        desk.recovers(&fault);
    }
}

fn fails(output: &Output) -> bool {
    output.status.code() == Some(3) && !said(output).contains("panicked")
}

#[test]
fn any_step_may_fail() {
    step_by_step("fail", 1, fails);
}

#[test]
fn the_disk_may_be_full_from_any_step_on() {
    step_by_step("full", 2, fails);
}

#[test]
fn the_power_may_go_at_any_step() {
    step_by_step("kill", 3, |output| output.status.code().is_none());
}

#[test]
fn the_process_may_be_killed_at_any_moment() {
    let moments = std::env::var("JIANYAN_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(20);
    let mut random = fastrand::Rng::with_seed(7);
    // How long a build takes depends on the machine: the moments are spread over all of it.
    let started = Instant::now();
    Desk::changed().build();
    let whole = started.elapsed().as_millis() as u64;
    let (mut under_way, mut done) = (0, 0);
    for number in 0..moments {
        let desk = Desk::changed();
        let mut running = desk
            .command()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random.u64(0..=whole)));
        running.kill().unwrap();
        let ended = running.wait().unwrap().success();
        under_way += usize::from(desk.is_under_way());
        done += usize::from(ended);
        desk.is_readable(&format!("killed, {number}"));
        desk.recovers(&format!("killed, {number}"));
    }
    println!(
        "{moments} kills within {whole} ms: {under_way} left what the next build has to see to, {done} came too late"
    );
}

#[test]
fn a_target_that_is_read_only_stays_as_it_is() {
    let desk = Desk::changed();
    let before = [files(&desk.path("site")), files(&desk.path("index"))];
    let output = desk.build_with("read-only:1");
    assert!(fails(&output), "{}", said(&output));
    assert!(before == [files(&desk.path("site")), files(&desk.path("index"))]);
    desk.recovers("read-only");
}

#[test]
fn a_second_build_at_once_is_told_to_wait() {
    let desk = Desk::changed();
    for (folder, purpose) in [("site", Purpose::Site), ("index", Purpose::Index)] {
        let first = claim(&desk.path(folder), purpose, Audience::Internal).unwrap();
        let output = desk.command().output().unwrap();
        assert!(fails(&output), "{}", said(&output));
        assert!(said(&output).contains("另一个"), "{}", said(&output));
        desk.is_readable("second build");
        drop(first);
    }
    desk.recovers("second build");
}

#[test]
fn a_first_build_that_was_cut_short_is_done_by_the_next() {
    for fault in ["kill:3", "fail:20", "full:60", "kill:100", "kill:130"] {
        let desk = Desk::empty();
        desk.take(&editions()[1]);
        let output = desk.build_with(fault);
        assert!(!output.status.success(), "{fault}");
        desk.recovers(fault);
    }
}
