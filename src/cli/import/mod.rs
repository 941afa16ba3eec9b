//! `jianyan import`: files one by one; what can't be taken in is told, and the others are.
//!
//! What a folder holds is taken once: a file that an earlier run took (`known`), a text that lies there in another
//! format, and an attachment that goes with its main text are told and passed over.

mod known;
mod report;

use super::Ending;
use super::args::ImportArgs;
use super::common::Common;
use super::error::CliError;
use super::{input, terminal};
use crate::import::{self, LARGEST, Refusal, Sketch, Texts};
use crate::message::{Catalogue, Lang};
use crate::settings::{self, Settings};
use indicatif::{ProgressBar, ProgressStyle};
use known::Known;
use report::{Outcome, Row};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files after which a run that has no terminal says how far it is.
const STEP: usize = 100;

pub(super) fn run(common: &Common, arguments: &ImportArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let words = Catalogue::of(lang);
    let (settings, _) = settings::read(&common.corpus);
    let files = files(&arguments.files)?;
    let mut batch = Batch::new(common, arguments, &settings, lang, &files);
    let bar = bar(files.len());
    for (done, at) in batch.order().into_iter().enumerate() {
        batch.take(at);
        bar.inc(1);
        if bar.is_hidden() && (done + 1) % STEP == 0 {
            let args = [("done", (done + 1).to_string()), ("all", files.len().to_string())];
            terminal::tell(words.format("import.progress", &args));
        }
    }
    bar.finish_and_clear();
    batch.known.store();
    let rows = batch.rows.into_values().collect::<Vec<Row>>();
    report::tell(&rows, words);
    if let Some(path) = &arguments.report {
        report::write(path, &rows, words)?;
    }
    let refused = rows.iter().any(|row| row.outcome == Outcome::Refused);
    Ok(if refused { Ending::Findings } else { Ending::Good })
}

/// A bar on a terminal where there is much to do.
fn bar(steps: usize) -> ProgressBar {
    if steps < 5 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(steps as u64);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

/// A file that was named, or that lies in a folder that was.
struct Found {
    path: PathBuf,
    /// Whether a folder brought it.
    of_folder: bool,
}

/// A run over all files.
struct Batch<'a> {
    common: &'a Common,
    arguments: &'a ImportArgs,
    settings: &'a Settings,
    lang: Lang,
    files: &'a [Found],
    /// The main text of each attachment.
    pairs: BTreeMap<usize, usize>,
    known: Known,
    texts: Texts,
    /// What became of each file, by its place.
    rows: BTreeMap<usize, Row>,
}

impl<'a> Batch<'a> {
    fn new(
        common: &'a Common,
        arguments: &'a ImportArgs,
        settings: &'a Settings,
        lang: Lang,
        files: &'a [Found],
    ) -> Self {
        let of_folder: Vec<PathBuf> = files
            .iter()
            .filter(|file| file.of_folder)
            .map(|file| file.path.clone())
            .collect();
        let places: Vec<usize> = (0..files.len()).filter(|at| files[*at].of_folder).collect();
        let found = import::pairs(&of_folder, |path| rank(path) < OTHERS);
        let pairs = found.into_iter().map(|(one, other)| (places[one], places[other]));
        let mut texts = Texts::default();
        if !of_folder.is_empty() {
            import::texts_of(&common.corpus, &mut texts);
        }
        Self {
            common,
            arguments,
            settings,
            lang,
            files,
            pairs: pairs.collect(),
            known: Known::read(&common.corpus),
            texts,
            rows: BTreeMap::new(),
        }
    }

    /// The files in the order in which they are taken: of one text in two formats the better one first, attachments
    /// after their main texts.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.files.len()).collect();
        order.sort_by_key(|at| (self.pairs.contains_key(at), self.of_folder(*at).map(rank), *at));
        order
    }

    fn of_folder(&self, at: usize) -> Option<&Path> {
        Some(self.files[at].path.as_path()).filter(|_| self.files[at].of_folder)
    }

    fn take(&mut self, at: usize) {
        if self.rows.contains_key(&at) {
            return;
        }
        let shown = terminal::name(&self.files[at].path);
        let row = self.one(at).unwrap_or_else(|refusal| {
            let said = refusal.message(&shown, self.lang);
            terminal::tell(&said);
            Row::of(Outcome::Refused, &shown, "", &said)
        });
        self.rows.insert(at, row);
    }

    /// Takes in one file; the path of the new document goes to standard output.
    fn one(&mut self, at: usize) -> Result<Row, Refusal> {
        let file = &self.files[at];
        let shown = terminal::name(&file.path);
        let bytes = read(&file.path)?;
        let name = name_of(&file.path);
        if let Some(target) = self.known.find(&bytes).filter(|_| file.of_folder) {
            return Ok(Row::of(Outcome::Known, &shown, target, ""));
        }
        // The folder may tell the kind.
        let folder = file.path.parent().map(name_of).unwrap_or_default();
        let draft = import::read_beside(&format!("{folder}/{name}"), &bytes, self.arguments.kind, &|path| {
            beside(&file.path, path)
        });
        let mut draft = match draft {
            Err(Refusal::KeepAsAttachment(format)) => {
                return self.keep(&shown, &name, &bytes, import::reason_to_keep(format));
            }
            draft => draft?,
        };
        let sketch = Sketch::of(&draft.body);
        if let Some(other) = self.texts.like(&sketch).filter(|_| file.of_folder) {
            let other = other.to_owned();
            let args = [("path", shown.clone()), ("other", other.clone())];
            terminal::tell(Catalogue::of(self.lang).format("import.twice", &args));
            self.known.note(&bytes, &other);
            return Ok(Row::of(Outcome::Twice, &shown, &other, ""));
        }
        let attached = self.attach(at, &mut draft);
        let placed = if file.of_folder {
            import::place_beside(&self.common.corpus, &draft, &name, self.settings)?
        } else {
            import::place(&self.common.corpus, &draft, &name, self.settings)?
        };
        let target = placed.path.display().to_string();
        terminal::print_line(terminal::name(&placed.path));
        self.known.note(&bytes, &target);
        for (at, bytes) in attached {
            let path = terminal::name(&self.files[at].path);
            self.known.note(&bytes, &target);
            self.rows.insert(at, Row::of(Outcome::Attached, &path, &target, ""));
        }
        self.texts.keep(target.clone(), sketch);
        Ok(report::taken(&shown, &target, &draft, placed.pictures.len(), self.lang))
    }

    fn keep(&mut self, shown: &str, name: &str, bytes: &[u8], reason: &str) -> Result<Row, Refusal> {
        let words = Catalogue::of(self.lang);
        let path = import::keep(&self.common.corpus, name, bytes)?.display().to_string();
        let reason = words.get(reason).to_owned();
        let args = [
            ("path", shown.to_owned()),
            ("kept", path.clone()),
            ("reason", reason.clone()),
        ];
        terminal::tell(words.format("import.kept", &args));
        self.known.note(bytes, &path);
        Ok(Row::of(Outcome::Kept, shown, &path, &reason))
    }

    /// Adds the attachments of a main text to its draft; gives those that go with it.
    fn attach(&self, main: usize, draft: &mut import::Draft) -> Vec<(usize, Vec<u8>)> {
        let own = self.pairs.iter().filter(|(_, of)| **of == main);
        let mut attached = Vec::new();
        for (&at, _) in own {
            let path = &self.files[at].path;
            // What can't be read or may not be kept is told when its turn comes.
            let Ok(bytes) = read(path) else { continue };
            if draft.attach(&name_of(path), &bytes) {
                attached.push((at, bytes));
            }
        }
        attached
    }
}

/// The place of a format that can't be a main text.
const OTHERS: usize = 9;

/// Of one text in several formats the one that says most of it comes first.
fn rank(path: &Path) -> usize {
    const FORMATS: [&[&str]; OTHERS] = [
        &["docx", "docm", "dotx"],
        &["odt", "fodt"],
        &["doc", "wps", "dot", "wpt"],
        &["rtf"],
        &["html", "htm", "mht", "mhtml"],
        &["ofd"],
        &["pdf"],
        &["txt"],
        &["text"],
    ];
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    FORMATS
        .iter()
        .position(|endings| endings.contains(&&*ending))
        .unwrap_or(OTHERS)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    let bytes = input::bytes(file, LARGEST).map_err(|error| Refusal::Io(file.to_owned(), error))?;
    bytes.ok_or(Refusal::TooLarge)
}

/// The bytes of a file in the folder of the one that is imported, or below it; no link leads out of it.
fn beside(file: &Path, path: &str) -> Option<Vec<u8>> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    let real = folder.join(path).canonicalize().ok()?;
    let inside = real.starts_with(&folder);
    inside.then(|| input::bytes(&real, LARGEST).ok()).flatten().flatten()
}

/// The files that were named, and those in the folders that were named, in order.
fn files(named: &[PathBuf]) -> Result<Vec<Found>, CliError> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(Found {
                path: path.clone(),
                of_folder: false,
            });
            continue;
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| CliError::File(path.clone(), error.into()))?;
            let name = entry.file_name().to_string_lossy();
            // Hidden files, and the locks that Word leaves beside open ones.
            let passed_over = name.starts_with('.') || name.starts_with("~$");
            if entry.file_type().is_file() && !passed_over {
                files.push(Found {
                    path: entry.into_path(),
                    of_folder: true,
                });
            }
        }
    }
    Ok(files)
}
