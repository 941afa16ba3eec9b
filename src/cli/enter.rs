//! `jianyan adopt`, `reply`, `rectify`, `close` and `remove`

use super::common::Common;
use super::entry_args::{AdoptArgs, CloseArgs, How, RectifyArgs, RemoveArgs, ReplyArgs};
use super::error::CliError;
use super::terminal;
use super::{Ending, report, undo};
use crate::audience::Drafts;
use crate::author::{self, AuthorError, Change, Desk, Entered, EntryKind, Mode};
use crate::diagnostic::Severity;
use crate::message::{Catalogue, Lang};
use crate::record::{self, Vocabulary};
use crate::settings;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;

pub(super) fn adopt(common: &Common, arguments: &AdoptArgs) -> Result<Ending, CliError> {
    let values = [
        ("date", Some(arguments.date.to_string())),
        ("form", Some(arguments.form.names().0.to_owned())),
        ("level", Some(arguments.level.names().0.to_owned())),
        ("authority", Some(arguments.authority.clone())),
        ("effect", Some(arguments.effect.names().0.to_owned())),
        ("document", arguments.document.clone()),
        ("evidence", arguments.evidence.clone()),
        ("note", arguments.note.clone()),
    ];
    made(common, &arguments.id, EntryKind::Adoption, &values, &arguments.how)
}

pub(super) fn reply(common: &Common, arguments: &ReplyArgs) -> Result<Ending, CliError> {
    let values = [
        ("date", Some(arguments.date.to_string())),
        ("outcome", Some(arguments.outcome.names().0.to_owned())),
        ("summary", arguments.summary.clone()),
    ];
    made(common, &arguments.id, EntryKind::Reply, &values, &arguments.how)
}

pub(super) fn rectify(common: &Common, arguments: &RectifyArgs) -> Result<Ending, CliError> {
    let values = [
        ("date", Some(arguments.date.to_string())),
        ("outcome", Some(arguments.outcome.names().0.to_owned())),
    ];
    made(common, &arguments.id, EntryKind::Rectification, &values, &arguments.how)
}

pub(super) fn close(common: &Common, arguments: &CloseArgs) -> Result<Ending, CliError> {
    let values = [
        ("date", Some(arguments.date.to_string())),
        ("reason", Some(arguments.reason.clone())),
    ];
    made(common, &arguments.id, EntryKind::Closing, &values, &arguments.how)
}

pub(super) fn remove(common: &Common, arguments: &RemoveArgs) -> Result<Ending, CliError> {
    // The parser of the arguments takes names of entries alone.
    let kind = EntryKind::parse(&arguments.entry).unwrap_or(EntryKind::Adoption);
    let change = Change::Remove(from_one(arguments.number), kind);
    entered(common, &arguments.id, &change, mode(arguments.dry_run))
}

fn mode(dry_run: bool) -> Mode {
    if dry_run { Mode::DryRun } else { Mode::Write }
}

fn from_one(number: u32) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// Makes an entry of a kind, or changes one: what isn't given of it stays.
fn made(
    common: &Common,
    id: &str,
    kind: EntryKind,
    values: &[(&str, Option<String>)],
    how: &How,
) -> Result<Ending, CliError> {
    let values = values
        .iter()
        .filter_map(|(key, value)| Some(((*key).to_owned(), value.clone()?)))
        .collect();
    let entry = kind.read(&values).map_err(|faults| {
        let (key, fault) = faults[0];
        let name = kind
            .table()
            .iter()
            .find(|known| known.name == key)
            .map_or(key, |known| known.zh);
        CliError::Value(fault, format!("--{key}"), name.to_owned())
    })?;
    let change = match how.replace {
        Some(number) => Change::Set(from_one(number), entry),
        None => Change::Add(entry),
    };
    entered(common, id, &change, mode(how.dry_run))
}

/// Makes the change, names the file that was written, and what there is to say of it now; or says why it was not.
fn entered(common: &Common, id: &str, change: &Change, mode: Mode) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let (settings, _) = settings::read(&common.corpus);
    let desk = Desk {
        corpus: &common.corpus,
        settings: &settings,
        now: common.options(Drafts::Hidden).now,
        refuse: Severity::Error,
        mode,
    };
    match author::enter(desk, id, change, None) {
        Ok(entered) => {
            told(common, change, entered, mode, lang);
            Ok(Ending::Good)
        }
        Err(AuthorError::Refused(entered)) => {
            let file = entered.source.file.clone();
            say(*entered, lang);
            terminal::tell(Catalogue::of(lang).format("error.refused", &[("path", file)]));
            Ok(Ending::Findings)
        }
        Err(error) => Err(error.into()),
    }
}

fn told(common: &Common, change: &Change, mut entered: Entered, mode: Mode, lang: Lang) {
    let words = Catalogue::of(lang);
    let file = entered.source.file.clone();
    if mode == Mode::DryRun {
        terminal::print(&undo::difference(&file, &entered.before, &entered.source.text));
        say(entered, lang);
        return terminal::tell(words.get("enter.dry-run"));
    }
    terminal::print_line(common.corpus.join(&file).display());
    let undo = entered.undo.take();
    // What changed nothing leaves the write before it as the one that can be undone.
    if let Some(undo) = &undo {
        undo::remember(common, std::slice::from_ref(undo));
    }
    let key = match change {
        _ if undo.is_none() => "enter.unchanged",
        Change::Remove(..) => "enter.removed",
        _ if record::read(&entered.source).0.draft => "enter.draft",
        Change::Add(_) | Change::Set(..) => "enter.done",
    };
    say(entered, lang);
    terminal::tell(words.format(key, &[("path", file)]));
}

fn say(entered: Entered, lang: Lang) {
    let sources = BTreeMap::from([(entered.source.file.clone(), Arc::new(entered.source))]);
    let to_terminal = std::io::stderr().is_terminal();
    terminal::tell_text(&report::render(&entered.findings, &sources, lang, to_terminal));
}
