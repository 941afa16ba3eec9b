//! `jianyan undo`, and what it needs: the last write of a command, kept with the user's own state and not in the corpus.

use super::Ending;
use super::common::Common;
use super::entry_args::UndoArgs;
use super::error::CliError;
use super::terminal;
use crate::author::{self, Undo};
use crate::corpus::decode::decode;
use crate::message::Catalogue;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use similar::TextDiff;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A write as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    file: String,
    before: String,
    after: String,
}

/// Keeps the writes of a command, in the place of those of the one before. Where that can't be, there is none to undo.
pub(super) fn remember(common: &Common, undos: &[Undo]) {
    let Some(path) = place(&common.corpus) else { return };
    let kept: Vec<Kept> = undos
        .iter()
        .map(|undo| Kept {
            file: undo.file.clone(),
            before: BASE64_STANDARD.encode(&undo.before),
            after: undo.after.clone(),
        })
        .collect();
    let written = serde_json::to_vec(&kept)
        .map_err(io::Error::from)
        .and_then(|text| keep(&path, &text));
    if written.is_err() {
        // What is there would take back another write than the last.
        drop(std::fs::remove_file(&path));
    }
}

/// Takes the last write of a command back, file by file, as long as nobody else has changed them.
pub(super) fn run(common: &Common, arguments: &UndoArgs) -> Result<Ending, CliError> {
    let words = Catalogue::of(common.terminal_lang());
    let path = place(&common.corpus);
    let undos = path.as_deref().map(kept).unwrap_or_default();
    if undos.is_empty() {
        terminal::tell(words.get("undo.nothing"));
        return Ok(Ending::Findings);
    }
    let mut left = Vec::new();
    let mut failure = None;
    for undo in &undos {
        if arguments.dry_run {
            let text = |bytes: Vec<u8>| decode(bytes).map(|decoded| decoded.text).unwrap_or_default();
            let now = author::read(&common.corpus, &undo.file)?;
            terminal::print(&difference(&undo.file, &text(now), &text(undo.before.clone())));
            continue;
        }
        match author::take_back(&common.corpus, undo) {
            Ok(()) => {
                terminal::print_line(common.corpus.join(&undo.file).display());
                terminal::tell(words.format("undo.done", &[("path", undo.file.clone())]));
            }
            // The others are taken back all the same; this one can be, once it is again what it was.
            Err(error) => {
                left.push(undo.clone());
                if let Some(before) = failure.replace(error) {
                    terminal::tell(before.message(common.terminal_lang()));
                }
            }
        }
    }
    match (arguments.dry_run, path) {
        (false, Some(path)) if left.is_empty() => drop(std::fs::remove_file(path)),
        (false, _) => remember(common, &left),
        _ => {}
    }
    failure.map_or(Ok(Ending::Good), |error| Err(error.into()))
}

/// What a text would become, as a difference of lines.
pub(super) fn difference(file: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .header(file, file)
        .to_string()
}

fn kept(path: &Path) -> Vec<Undo> {
    let kept: Vec<Kept> = std::fs::read(path)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    let undo = |kept: Kept| {
        Some(Undo {
            before: BASE64_STANDARD.decode(kept.before).ok()?,
            file: kept.file,
            after: kept.after,
        })
    };
    kept.into_iter().filter_map(undo).collect()
}

/// For its owner alone: it holds texts of documents.
fn keep(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(text)?;
    aside.persist(path)?;
    Ok(())
}

/// The file for a corpus in the user's folder for the state of programs.
fn place(corpus: &Path) -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
    };
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")))
    };
    let corpus = corpus.canonicalize().ok()?;
    let name = blake3::hash(corpus.to_string_lossy().as_bytes()).to_hex();
    Some(state?.join("jianyan").join(format!("{}.json", &name[..16])))
}
