//! What a build costs, beside what it can't cost less and beside what others cost on the same text, in one run.
//!
//! `cargo bench --bench phases -- [CORPUS…]` measures each corpus (without one, a corpus of 2,000 documents that it
//! generates, the same every time) and writes its section of `benches/results.md`:
//! - the floors: all files read; read, rendered with pulldown-cmark and written; tantivy alone, bigrams with positions;
//!   its segments merged into one;
//! - our build into a fresh folder, whole and phase by phase; the same again; and with one document edited;
//! - where `JIANYAN_PEERS` names the folder that `scripts/peers` filled: Hugo, and Pagefind on its pages.
//!
//! Each measurement is a process of its own: wall-clock time, and the most memory that it had in use (`VmHWM`).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench reports to the terminal"
)]

mod floors;
mod generate;
mod peers;
mod process;
mod report;

use process::{Cost, measure, timed};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that is measured.
const JIANYAN: &str = env!("CARGO_BIN_EXE_jianyan");
/// The reference day of all builds.
const NOW: &str = "2026-11-20";

/// What one corpus came to.
pub struct Figures {
    name: String,
    documents: usize,
    bytes: u64,
    floors: Vec<(&'static str, Cost)>,
    phases: Vec<(String, f64)>,
    build: Cost,
    again: Cost,
    edited: Cost,
    site: u64,
    peers: Vec<(String, Cost)>,
    /// The machine's load average of the last minute, before and after.
    load: [String; 2],
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let named: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match named.as_slice() {
        ["floor", name, corpus, out] => floors::run(name, Path::new(corpus), Path::new(out)),
        ["phases", corpus, out] => phases(Path::new(corpus), Path::new(out)),
        corpora => {
            let desk = tempfile::tempdir().expect("a temporary folder");
            let mut folders: Vec<PathBuf> = corpora.iter().map(PathBuf::from).collect();
            if folders.is_empty() {
                folders.push(generate::corpus(&desk.path().join("generated")));
            }
            let all: Vec<Figures> = folders.iter().map(|folder| figures(folder, desk.path())).collect();
            report::write(&all);
        }
    }
}

fn figures(corpus: &Path, desk: &Path) -> Figures {
    let name = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
    eprintln!("{name}");
    let before = load();
    // A copy, since one of its documents is edited; it is in the system's memory then, for all alike.
    let own = desk.join("corpus");
    let files = copy(corpus, &own);
    let fresh = |name: &str| {
        let folder = desk.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        folder
    };
    let this = std::env::current_exe().expect("the path of this program");
    let floors = floors::NAMES.map(|floor| {
        let mut command = Command::new(&this);
        command.args(["floor", floor]).arg(&own).arg(fresh("floor"));
        (floor, timed(&mut command))
    });
    fresh("floor");

    let out = fresh("phases");
    let told = Command::new(&this)
        .arg("phases")
        .arg(&own)
        .arg(&out)
        .output()
        .expect("phases");
    let phases = String::from_utf8_lossy(&told.stdout)
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(phase, seconds)| (phase.to_owned(), seconds.parse().unwrap_or_default()))
        .collect();
    fresh("phases");

    let (site, index) = (fresh("site"), fresh("index"));
    let build = || {
        let mut command = Command::new(JIANYAN);
        command
            .args(["--now", NOW, "--corpus"])
            .arg(&own)
            .arg("--site")
            .arg(&site);
        command.arg("--index").arg(&index).args(["build", "-q"]);
        measure(&mut command)
    };
    let whole = build();
    let again = build();
    let edited = &files[files.len() / 2];
    let text = std::fs::read_to_string(edited).expect("a document");
    std::fs::write(edited, text.clone() + "\n新添的一段。\n").expect("edited");
    let edit = build();
    std::fs::write(edited, text).expect("as it was");
    let size = size(&site);
    fresh("site");
    fresh("index");
    let peers = peers::run(&files, &fresh("peers"));
    fresh("peers");
    Figures {
        name,
        documents: files.len(),
        bytes: files
            .iter()
            .filter_map(|file| std::fs::metadata(file).ok())
            .map(|data| data.len())
            .sum(),
        floors: floors.into(),
        phases,
        build: whole,
        again,
        edited: edit,
        site: size,
        peers,
        load: [before, load()],
    }
}

/// Builds by the library and tells when each phase began.
fn phases(corpus: &Path, out: &Path) {
    use jianyan::audience::{Audience, Drafts};
    use jianyan::build::{self, Options, Phase, Progress};
    use jianyan::output::{Comparison, Purpose, SiteFolder, claim};
    use std::sync::Mutex;
    use std::time::Instant;

    struct Clock(Mutex<Vec<(&'static str, Instant)>>);
    impl Clock {
        fn begin(&self, name: &'static str) {
            self.0.lock().expect("one clock").push((name, Instant::now()));
        }
    }
    impl Progress for Clock {
        fn begin(&self, phase: Phase, _: usize) {
            self.begin(match phase {
                Phase::Check => "check",
                Phase::Render => "pages and index",
                Phase::Bundle => "search bundle",
                Phase::Commit => "put in place",
            });
        }
        fn advance(&self, _: usize) {}
    }
    let clock = Clock(Mutex::default());
    clock.begin("read");
    let options = Options {
        corpus: corpus.to_owned(),
        audience: Audience::Internal,
        drafts: Drafts::Hidden,
        lang: None,
        now: NOW.parse().expect("a day"),
    };
    let site = SiteFolder::open(&out.join("site"), Audience::Internal, Comparison::Stamps).expect("a folder");
    let index = claim(&out.join("index"), Purpose::Index, Audience::Internal).expect("a folder");
    let loaded = build::load_without(&options, &[], index.root(), &clock).expect("read");
    let mut written = build::write(&loaded, index.root(), &site, &clock).expect("written");
    build::project(&mut written, index.root(), &site, &clock).expect("projected");
    clock.begin("put in place");
    site.commit(&loaded.generation).expect("in place");
    written.index.commit().expect("in place");
    clock.begin("end");
    let marks = clock.0.into_inner().expect("one clock");
    for pair in marks.windows(2) {
        println!("{}\t{:.3}", pair[0].0, (pair[1].1 - pair[0].1).as_secs_f64());
    }
}

/// Copies a corpus; gives its documents, by path.
fn copy(from: &Path, to: &Path) -> Vec<PathBuf> {
    let _ = std::fs::remove_dir_all(to);
    let mut documents = Vec::new();
    for entry in walkdir::WalkDir::new(from).sort_by_file_name().into_iter().flatten() {
        let Ok(below) = entry.path().strip_prefix(from) else {
            continue;
        };
        let target = to.join(below);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
        } else {
            std::fs::copy(entry.path(), &target).expect("a copy");
            if target.extension().is_some_and(|ending| ending == "md") {
                documents.push(target);
            }
        }
    }
    documents
}

fn size(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|data| data.len())
        .sum()
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
