//! `jianyan import`

use super::Ending;
use super::args::{Common, ImportArgs};
use super::error::CliError;
use super::terminal;
use crate::import::{self, LARGEST, Refusal};
use crate::message::{Catalogue, Lang};
use crate::record::keys::chinese_name;
use crate::settings::{self, Settings};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Imports files one by one: what can't be taken in is told, and the others are.
pub(super) fn run(common: &Common, arguments: &ImportArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let words = Catalogue::of(lang);
    let (settings, _) = settings::read(&common.corpus);
    let (mut taken, mut kept, mut refused) = (0, 0, 0);
    for file in files(&arguments.files)? {
        match one(common, arguments, &file, &settings, lang) {
            Ok(Done::Taken) => taken += 1,
            Ok(Done::Kept) => kept += 1,
            Err(refusal) => {
                refused += 1;
                terminal::tell(refusal.message(&terminal::name(&file), lang));
            }
        }
    }
    let counts = [
        ("taken", taken.to_string()),
        ("kept", kept.to_string()),
        ("refused", refused.to_string()),
    ];
    terminal::tell(words.format("import.total", &counts));
    if taken > 0 {
        terminal::tell(words.get("import.next"));
    }
    Ok(if refused > 0 { Ending::Findings } else { Ending::Good })
}

enum Done {
    Taken,
    Kept,
}

/// Takes in one file; the path of the new document goes to standard output.
fn one(common: &Common, arguments: &ImportArgs, file: &Path, settings: &Settings, lang: Lang) -> Result<Done, Refusal> {
    let words = Catalogue::of(lang);
    let io = |error| Refusal::Io(file.to_owned(), error);
    if std::fs::metadata(file).map_err(io)?.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    let bytes = std::fs::read(file).map_err(io)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let draft = match import::read_beside(&name, &bytes, arguments.kind, &|path| beside(file, path)) {
        Ok(draft) => draft,
        Err(Refusal::KeepAsAttachment(format)) => {
            let path = import::keep(&common.corpus, &name, &bytes)?;
            let args = [
                ("path", terminal::name(file)),
                ("kept", terminal::name(&path)),
                ("reason", words.get(import::reason_to_keep(format)).to_owned()),
            ];
            terminal::tell(words.format("import.kept", &args));
            return Ok(Done::Kept);
        }
        Err(refusal) => return Err(refusal),
    };
    let placed = import::place(&common.corpus, &draft, &name, settings)?;
    terminal::print_line(terminal::name(&placed.path));
    let guessed: Vec<String> = draft.guessed().into_iter().map(|key| named(key, lang)).collect();
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let args = [("path", terminal::name(file)), ("keys", guessed.join(separator))];
    terminal::tell(words.format("import.guessed", &args));
    if !placed.pictures.is_empty() {
        terminal::tell(words.format("import.pictures", &[("count", placed.pictures.len().to_string())]));
    }
    for (loss, count) in &draft.losses {
        let key = format!("import.loss.{}", loss.key());
        terminal::tell(words.format(&key, &[("count", count.to_string())]));
    }
    Ok(Done::Taken)
}

/// The bytes of a file in the folder of the one that is imported, or below it; no link leads out of it.
fn beside(file: &Path, path: &str) -> Option<Vec<u8>> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    let real = folder.join(path).canonicalize().ok()?;
    let fits = real.starts_with(&folder) && std::fs::metadata(&real).is_ok_and(|data| data.len() <= LARGEST);
    fits.then(|| std::fs::read(real).ok()).flatten()
}

fn named(key: &str, lang: Lang) -> String {
    match (lang, key) {
        (Lang::En, key) => key.to_owned(),
        (Lang::Zh, "number") => "文号（编号）".to_owned(),
        (Lang::Zh, key) => chinese_name(key).to_owned(),
    }
}

/// The files that were named, and those in the folders that were named, in order.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| CliError::File(path.clone(), error.into()))?;
            let name = entry.file_name().to_string_lossy();
            // Hidden files, and the locks that Word leaves beside open ones.
            let passed_over = name.starts_with('.') || name.starts_with("~$");
            if entry.file_type().is_file() && !passed_over {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}
