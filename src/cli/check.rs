//! `jianyan check`

use super::args::CheckArgs;
use super::common::Common;
use super::error::CliError;
use super::format::{Format, pretty};
use super::terminal;
use super::{Ending, changed, report, sarif, undo};
use crate::audience::{Audience, Drafts, HeldBack, Reason};
use crate::author::{self, AuthorError, Fix, Mode, Surroundings, Undo};
use crate::build::{self, Loaded, Silent};
use crate::check::OPEN_ENDED;
use crate::corpus::Source;
use crate::diagnostic::{self, Diagnostic, Group, LineIndex, Severity};
use crate::message::{Catalogue, Lang};
use crate::settings;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;

pub(super) fn run(common: &Common, arguments: &CheckArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let only = chosen(common, arguments)?;
    let mut found = judge(common, only.as_ref())?;
    if arguments.fix {
        let mode = if arguments.dry_run { Mode::DryRun } else { Mode::Write };
        found = fix_all(common, found, only.as_ref(), lang, mode)?;
        if mode == Mode::DryRun {
            return Ok(Ending::Good);
        }
    }
    match arguments.format {
        Format::Json => {
            let list: Vec<Value> = found.diagnostics.iter().map(|finding| as_json(finding, lang)).collect();
            let held: Vec<Value> = found.held_back.iter().map(held_as_json).collect();
            let mut report = json!({ "diagnostics": list });
            if common.audience == Audience::Public {
                report["held_back"] = json!(held);
            }
            terminal::print(&pretty(&report)?);
        }
        Format::Sarif => {
            let loaded = &found.loaded;
            let log = sarif::log(
                &found.diagnostics,
                &loaded.sources,
                &common.corpus,
                &loaded.settings,
                lang,
            );
            terminal::print(&pretty(&log)?);
        }
        _ => terminal::print(&human(&found, lang, arguments.all)),
    }
    let bad = found
        .diagnostics
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    Ok(if bad { Ending::Findings } else { Ending::Good })
}

/// What a run found.
struct Found {
    loaded: Loaded,
    diagnostics: Vec<Diagnostic>,
    held_back: Vec<HeldBack>,
}

/// Reads the corpus and says what is wrong with the files that were asked for, by place.
fn judge(common: &Common, only: Option<&BTreeSet<String>>) -> Result<Found, CliError> {
    // The author is told of drafts too; what the public would get has none.
    let mut options = common.options(Drafts::Shown);
    options.audience = Audience::Internal;
    let loaded = build::load(&options, &Silent)?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(build::check_bodies(&loaded));
    diagnostics.extend(build::check_citations(&loaded, &common.index)?);
    let mut held_back = Vec::new();
    if common.audience == Audience::Public {
        let public = build::load(&common.options(Drafts::Hidden), &Silent)?;
        held_back.clone_from(&public.held_back);
        // The author is told of more than the public build says: of what is public, and of what would be.
        let published = public.entries.iter().map(|entry| entry.document.record().file.as_str());
        let attached = public.attached();
        let files = published.chain(stopped(&held_back)).chain(attached);
        diagnostics = about(files.collect(), diagnostics);
        let leaks = build::last_look(&public)?;
        diagnostics.extend(leaks.into_iter().map(|leak| leak.finding));
        diagnostics.extend(public.diagnostics);
    }
    if let Some(only) = only {
        diagnostics.retain(|finding| only.contains(&finding.file));
        held_back.retain(|document| only.contains(&document.file));
    }
    diagnostic::sort(&mut diagnostics);
    diagnostics.dedup();
    Ok(Found {
        loaded,
        diagnostics,
        held_back,
    })
}

/// The files that would be public but for what is wrong with them.
fn stopped(held_back: &[HeldBack]) -> impl Iterator<Item = &str> {
    held_back
        .iter()
        .filter(|document| matches!(document.reason, Reason::Finding(_)))
        .map(|document| document.file.as_str())
}

/// What is about these files, and what keeps an attachment or a classified file from the public: personal data is an
/// error only where the public would get it.
fn about(files: BTreeSet<&str>, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let stops = |finding: &Diagnostic| finding.group == Group::Privacy && finding.severity == Severity::Error;
    let is_refused = |finding: &Diagnostic| build::REFUSALS.contains(&finding.code);
    diagnostics.retain(|finding| files.contains(finding.file.as_str()) || stops(finding) || is_refused(finding));
    diagnostics
}

/// The files below the corpus that were named, or that git says have changed; `None` for all.
fn chosen(common: &Common, arguments: &CheckArgs) -> Result<Option<BTreeSet<String>>, CliError> {
    let mut files = BTreeSet::new();
    if let Some(base) = &arguments.changed {
        files.extend(changed::files(&common.corpus, base)?);
    } else if arguments.files.is_empty() {
        return Ok(None);
    }
    let (settings, _) = settings::read(&common.corpus);
    for file in &arguments.files {
        // A document of a further corpus is named as diagnostics name it.
        let name = file.to_string_lossy().replace('\\', "/");
        if settings.gathered(&name).is_some() {
            files.insert(name);
            continue;
        }
        files.insert(changed::below(&common.corpus, file)?);
    }
    Ok(Some(files))
}

/// The most useful first: errors before warnings before notes, personal data before the rest; of
/// one rule a few notes stand for many.
fn human(found: &Found, lang: Lang, all: bool) -> String {
    let mut diagnostics = found.diagnostics.clone();
    diagnostics.sort_by_key(|finding| (finding.severity, finding.group != diagnostic::Group::Privacy));
    let (sources, to_terminal) = (&found.loaded.sources, std::io::stdout().is_terminal());
    let mut text = if all {
        report::render(&diagnostics, sources, lang, to_terminal)
    } else {
        report::folded(diagnostics, sources, (lang, "check.more"), to_terminal)
    };
    text += &held(&found.held_back, lang);
    text + &report::summary(&found.diagnostics, lang) + "\n"
}

fn held(held_back: &[HeldBack], lang: Lang) -> String {
    if held_back.is_empty() {
        return String::new();
    }
    let words = Catalogue::of(lang);
    let mut text = words.format("check.held-back", &[("count", held_back.len().to_string())]) + "\n";
    for document in held_back {
        let reason = match document.reason {
            Reason::Draft => words.get("check.held.draft").to_owned(),
            Reason::Internal => words.get("check.held.internal").to_owned(),
            Reason::Finding(code) => words.format("check.held.finding", &[("code", code.to_owned())]),
        };
        text += &format!("  {}  {reason}\n", document.file);
    }
    text + "\n"
}

/// Rounds of fixing: what one masks may have stood before what another finds.
const ROUNDS: usize = 3;

/// Fixes what can be fixed, and says what personal data is left for the author. A dry run is one round.
fn fix_all(
    common: &Common,
    mut found: Found,
    only: Option<&BTreeSet<String>>,
    lang: Lang,
    mode: Mode,
) -> Result<Found, CliError> {
    let mut undos: BTreeMap<String, Undo> = BTreeMap::new();
    for round in 0..ROUNDS {
        let fixed = fix(common, &found, lang, mode)?;
        if fixed.changes > 0 || round == 0 {
            terminal::tell_text(&fixed.said);
        }
        // What a later round writes is taken back together with what an earlier one did.
        for undo in fixed.undos {
            match undos.get_mut(&undo.file) {
                Some(earlier) => earlier.after = undo.after,
                None => drop(undos.insert(undo.file.clone(), undo)),
            }
        }
        if fixed.changes == 0 || mode == Mode::DryRun {
            break;
        }
        found = judge(common, only)?;
    }
    if !undos.is_empty() {
        undo::remember(common, &undos.into_values().collect::<Vec<_>>());
    }
    if mode == Mode::Write {
        terminal::tell_text(&unmasked(&found, lang));
    }
    Ok(found)
}

/// What personal data is left, by file and by the reason for which no mask could be put in its place.
fn unmasked(found: &Found, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    let left = found
        .diagnostics
        .iter()
        .filter(|finding| finding.code.starts_with("privacy-"));
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in left {
        let is_open = finding.args.iter().any(|(name, _)| *name == OPEN_ENDED);
        let reason = match (found.loaded.sources.get(&finding.file), &finding.span) {
            (None, _) => "check.unmasked-attachment",
            (Some(_), None) => "check.unmasked-name",
            (Some(_), Some(_)) if is_open => "check.unmasked-open",
            (Some(_), Some(_)) => "check.unmasked-text",
        };
        *reasons.entry((&finding.file, reason)).or_default() += 1;
    }
    let count: usize = reasons.values().sum();
    let mut text = String::new();
    if count > 0 {
        text += &(words.format("check.unmasked", &[("count", count.to_string())]) + "\n");
    }
    for ((file, reason), count) in reasons {
        let args = [("file", file.to_owned()), ("count", count.to_string())];
        text += &(words.format(reason, &args) + "\n");
    }
    text
}

/// What one round of fixing did.
struct Fixed {
    /// What there is to say of it.
    said: String,
    changes: usize,
    undos: Vec<Undo>,
}

/// Fixes what has one right answer in every file that has findings, and says what was changed and what was not.
fn fix(common: &Common, found: &Found, lang: Lang, mode: Mode) -> Result<Fixed, CliError> {
    let words = Catalogue::of(lang);
    let ids: BTreeSet<&str> = found.loaded.sources.values().map(|source| source.id.as_str()).collect();
    let has = |id: &str| ids.contains(id);
    let around = Surroundings {
        settings: &found.loaded.settings,
        now: common.options(Drafts::Shown).now,
        has: &has,
    };
    let files: BTreeSet<&str> = found.diagnostics.iter().map(|finding| finding.file.as_str()).collect();
    let (mut text, mut changes, mut undos, mut written) = (String::new(), 0, Vec::new(), 0);
    // What is gathered from another corpus is fixed there.
    let own = |file: &&str| found.loaded.settings.gathered(file).is_none();
    for source in files
        .into_iter()
        .filter(own)
        .filter_map(|file| found.loaded.sources.get(file))
    {
        let fixes = author::fixes(source, &found.diagnostics);
        let fixed = match author::write(&common.corpus, source, fixes, &around, mode) {
            Err(error @ AuthorError::Io(..)) => return Err(error.into()),
            // A file that can't be written keeps none of the others from being fixed.
            Err(error) => {
                text += &words.format("check.skipped", &[("why", error.message(lang))]);
                text.push('\n');
                continue;
            }
            Ok(fixed) => fixed,
        };
        written += usize::from(!fixed.made.is_empty());
        let lines = LineIndex::new(&source.text);
        for (key, fixes) in [("check.fixed", &fixed.made), ("check.left", &fixed.left)] {
            // What only goes away belongs to a mask before it.
            for fix in fixes.iter().filter(|fix| !fix.new.is_empty()) {
                changes += usize::from(key == "check.fixed");
                text += &line(words, key, source, &lines, fix);
            }
        }
        if mode == Mode::DryRun && !fixed.made.is_empty() {
            terminal::print(&undo::difference(
                &source.file,
                &veiled(source, &fixed.made),
                &fixed.text,
            ));
        }
        undos.extend(fixed.undo);
    }
    let key = match mode {
        Mode::Write => "check.fixed-all",
        Mode::DryRun => "check.dry-run",
    };
    let args = [("files", written.to_string()), ("count", changes.to_string())];
    Ok(Fixed {
        said: text + &words.format(key, &args) + "\n",
        changes,
        undos,
    })
}

/// A line on one change.
fn line(words: &Catalogue, key: &str, source: &Source, lines: &LineIndex, fix: &Fix) -> String {
    let position = lines.position(fix.at.start);
    let args = [
        (
            "place",
            format!("{}:{}:{}", source.file, position.line, position.column),
        ),
        ("old", shown(fix, &source.text[fix.at.clone()])),
        ("new", fix.new.clone()),
        ("code", fix.code.to_owned()),
    ];
    words.format(key, &args) + "\n"
}

/// A text whose personal data is shown as in [`shown`].
fn veiled(source: &Source, fixes: &[Fix]) -> String {
    let private = fixes.iter().filter(|fix| fix.code.starts_with("privacy-"));
    let veiled: Vec<Fix> = private
        .map(|fix| Fix {
            new: shown(fix, &source.text[fix.at.clone()]),
            ..fix.clone()
        })
        .collect();
    author::fixed(&source.text, &veiled)
}

/// What was replaced, personal data but for its first character.
fn shown(fix: &Fix, old: &str) -> String {
    let private = fix.code.starts_with("privacy-");
    let mask = |(at, character): (usize, char)| if private && at > 0 { '*' } else { character };
    old.chars().enumerate().map(mask).collect()
}

fn as_json(finding: &Diagnostic, lang: Lang) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "group": finding.group,
        "file": finding.file,
        "line": finding.position.map(|position| position.line),
        "column": finding.position.map(|position| position.column),
        "message": finding.message(lang),
        "help": finding.help(lang),
    })
}

fn held_as_json(document: &HeldBack) -> Value {
    let (reason, code) = match document.reason {
        Reason::Draft => ("draft", None),
        Reason::Internal => ("internal", None),
        Reason::Finding(code) => ("finding", Some(code)),
    };
    json!({ "file": document.file, "id": document.id, "reason": reason, "code": code })
}
