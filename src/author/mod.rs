//! What the program writes into a corpus for its authors: new files, and entries in the front
//! matter of those that are there.
//!
//! **Invariant**: nothing of an author's is lost. A new file never takes the place of another; an
//! entry leaves every other byte of its file as it is, and a text that would not read back as
//! what it was, with the entry, is never put in place.

mod add;
mod aside;
mod edit;
mod entry;
mod essence;
mod fields;
mod file;
mod fix;
mod form;
mod front;
mod held;
mod mask;
mod register;
mod sample;
mod scaffold;
mod schema;
mod spot;
#[cfg(test)]
mod tests;
mod written;
mod yaml_text;

pub(crate) use add::{ATTACHMENTS, picture_folder, with_pictures, write_new};
pub(crate) use add::{Added, add};
pub(crate) use edit::{Opened, open};
pub(crate) use entry::Fault;
pub use entry::{EntryKind, Values};
pub(crate) use fields::{filled, with_field};
pub(crate) use file::{Undo, take_back};
pub(crate) use fix::day;
pub(crate) use fix::{Fix, harmless};
pub use fix::{Surroundings, fixed, fixes, write};
pub(crate) use form::{Composed, Field, Place, Shape, compose, fields};
pub use front::Why;
pub use register::{Change, Desk, Mode, enter};
pub(crate) use register::{Entered, entries};
pub(crate) use sample::put_sample;
pub(crate) use scaffold::{UNDATED, stem};
pub(crate) use scaffold::{create, sections};
pub(crate) use schema::schema;
pub(crate) use spot::read;
pub(crate) use written::Written;
pub(crate) use yaml_text::{flow, scalar};

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Position, position_of};
use crate::disk::cause;
use crate::message::{Catalogue, Lang};
use crate::record::{Kind, Vocabulary};
use crate::settings::Settings;

use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AuthorError {
    /// A title of which no name can be made.
    EmptyTitle,
    /// There is such a file (or one that differs in case alone).
    Exists(PathBuf),
    /// No document has this id; the nearest that one has.
    Unknown(String, String),
    /// The document of this id is of the first kind, not of the second.
    OtherKind(String, Kind, Kind),
    /// A file that must not be in the corpus at all.
    Classified(String),
    /// The front matter of this file can't be written into at a place.
    CannotWrite(String, Position, Why),
    /// The file of this id is there and was not read: what there is to say of it.
    NotRead(Box<Diagnostic>),
    /// The bytes of this file are no text in an encoding that is read.
    Undecodable(String),
    /// This file's encoding lacks a character of what is to be written, or can't be written as it is.
    Encoding(String),
    /// The front matter of this file would end at a line of dashes before its end.
    FrontEnds(String),
    /// This file has no such entry.
    NoEntry(String),
    /// This file has the entry already.
    AlreadyThere(String),
    /// With the entry the document would have an error: the document as it would be, with what is wrong.
    Refused(Box<Entered>),
    /// This document is of a further corpus, which is in this folder, and is written to there.
    Gathered(String, String),
    /// Somebody else has written this file meanwhile.
    Changed(PathBuf),
    /// This file was written again after the write that is to be taken back.
    WrittenSince(PathBuf),
    /// Another process holds this folder for too long.
    Busy(PathBuf),
    /// This file may not be written.
    ReadOnly(PathBuf),
    /// This file has so many names: under the others it would stay as it was.
    HardLink(PathBuf, u64),
    /// A link leads this path out of the corpus.
    Outside(PathBuf),
    /// The machine failed at this file.
    Io(PathBuf, #[source] io::Error),
}

impl std::fmt::Display for AuthorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl AuthorError {
    /// What went wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (key, mut args) = self.worded();
        let words = Catalogue::of(lang);
        // Why, in the language of the rest.
        match self {
            AuthorError::CannotWrite(_, _, why) => args.push(("why", words.get(why.code()).to_owned())),
            AuthorError::NotRead(finding) => args.push(("why", finding.message(lang))),
            AuthorError::Io(_, error) => args.push(("cause", cause(error, lang))),
            _ => {}
        }
        words.format(key, &args)
    }

    /// That a front matter can't be written into at the place of a refusal.
    fn cannot_write(source: &Source, refusal: &front::Refusal) -> Self {
        let place = position_of(&source.text, refusal.at);
        AuthorError::CannotWrite(source.file.clone(), place, refusal.why)
    }

    /// That a front matter can't be written into, at a line or else where it begins.
    fn cannot_write_at(source: &Source, line: Option<u32>) -> Self {
        let place = Position {
            line: line.unwrap_or(1),
            column: 1,
        };
        AuthorError::CannotWrite(source.file.clone(), place, Why::Style)
    }

    fn worded(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            AuthorError::EmptyTitle => ("error.empty-title", Vec::new()),
            AuthorError::Exists(path) => ("error.exists", vec![("path", shown(path))]),
            AuthorError::Unknown(id, nearest) => (
                "error.unknown-id",
                vec![("id", id.clone()), ("nearest", nearest.clone())],
            ),
            AuthorError::OtherKind(id, found, wanted) => {
                let (found, wanted) = (found.names(), wanted.names());
                let args = [
                    ("found_key", found.0),
                    ("found_name", found.1),
                    ("wanted_key", wanted.0),
                    ("wanted_name", wanted.1),
                ];
                let args = args.map(|(name, value)| (name, value.to_owned()));
                ("error.other-kind", [vec![("id", id.clone())], args.to_vec()].concat())
            }
            AuthorError::Classified(file) => ("error.classified", vec![("path", file.clone())]),
            AuthorError::CannotWrite(file, place, _) => {
                let place = format!("{file}:{}:{}", place.line, place.column);
                ("error.cannot-write", vec![("place", place)])
            }
            AuthorError::NotRead(finding) => ("error.not-read", vec![("path", finding.file.clone())]),
            AuthorError::Undecodable(file) => ("error.undecodable", vec![("path", file.clone())]),
            AuthorError::Encoding(file) => ("error.encoding", vec![("path", file.clone())]),
            AuthorError::FrontEnds(file) => ("error.front-ends", vec![("path", file.clone())]),
            AuthorError::NoEntry(file) => ("error.no-entry", vec![("path", file.clone())]),
            AuthorError::Busy(path) => ("error.busy-folder", vec![("path", shown(path))]),
            AuthorError::ReadOnly(path) => ("error.read-only", vec![("path", shown(path))]),
            AuthorError::HardLink(path, names) => {
                let others = names.saturating_sub(1).to_string();
                ("error.hard-link", vec![("path", shown(path)), ("count", others)])
            }
            AuthorError::Gathered(file, folder) => (
                "error.gathered",
                vec![("path", file.clone()), ("folder", folder.clone())],
            ),
            AuthorError::Outside(path) => ("error.leads-out", vec![("path", shown(path))]),
            AuthorError::Changed(path) => ("error.changed", vec![("path", shown(path))]),
            AuthorError::WrittenSince(path) => ("error.written-since", vec![("path", shown(path))]),
            AuthorError::AlreadyThere(file) => ("error.already-there", vec![("path", file.clone())]),
            AuthorError::Refused(entered) => ("error.refused", vec![("path", entered.source.file.clone())]),
            AuthorError::Io(path, _) => ("error.write-file", vec![("path", shown(path))]),
        }
    }
}

/// Holds for a document of the corpus itself, by its file or its id. What a site gathers from other corpora is
/// another office's: it is written to in its own corpus alone.
///
/// # Errors
/// [`AuthorError::Gathered`] for any other.
pub fn is_own(path: &str, settings: &Settings) -> Result<(), AuthorError> {
    match settings.gathered(path) {
        None => Ok(()),
        Some(corpus) => Err(AuthorError::Gathered(path.to_owned(), corpus.path.clone())),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
