//! `jianyan build`

use super::args::BuildArgs;
use super::common::Common;
use super::error::CliError;
use super::progress::Shown;
use super::terminal;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{self, BuildError, Inputs, Loaded, Options, Phase, Progress};
use crate::cache::{Key, Recipe};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::index;
use crate::message::{Catalogue, Lang};
use crate::output::{Archive, Comparison, Mirror, OutputError, Purpose, SiteFolder, Summary, claim};
use serde::{Deserialize, Serialize};
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Instant, SystemTime};

pub(super) fn run(common: &Common, arguments: &BuildArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let started = Instant::now();
    let progress = Shown::new(lang);
    let folders: [&Path; 3] = [&common.corpus, &common.site, &common.index];
    let archive = arguments.zip.as_ref();
    let archive = archive
        .map(|file| Archive::at(file, common.audience, &folders))
        .transpose()?;
    let mirror = arguments.to.as_ref();
    let mirror = mirror
        .map(|place| Mirror::at(place, common.audience, &folders))
        .transpose()?;
    // Claimed before anything is read: a folder that is not ours is told of at once.
    // An archive holds what the manifest says; a build before it puts right what is otherwise.
    let comparison = match archive {
        Some(_) => Comparison::Contents,
        None => Comparison::Stamps,
    };
    let site = SiteFolder::open(&common.site, common.audience, comparison)?;
    let folder = claim(&common.index, Purpose::Index, common.audience)?;
    let options = common.options(Drafts::Hidden);
    // Taken before anything is read: what changes while this runs is seen by the next. A corpus that can't be read is
    // reported where it is read.
    let inputs = Inputs::of(&options, &manner(lang), SystemTime::now()).ok();
    if archive.is_none()
        && let Some(outcome) = standing(inputs.as_ref(), &site, folder.root(), arguments.strict)
    {
        let summary = site.stay().map_err(BuildError::Site)?;
        progress.finish();
        let ending = outcome.tell(common, arguments, lang, summary, started);
        carry(mirror, &common.site, lang)?;
        return Ok(ending);
    }
    let (outcome, summary) = build_all(
        site,
        folder.root(),
        &Run {
            options: &options,
            strict: arguments.strict,
            comparison,
            place: &common.site,
            lang,
            progress: &progress,
        },
        inputs,
    )?;
    // The index is still claimed: nobody builds the site anew meanwhile.
    let packed = archive.map(|archive| archive.write(&common.site)).transpose();
    progress.finish();
    let packed = packed.map_err(|error| CliError::Zip(error.to_string()))?;

    let ending = outcome.tell(common, arguments, lang, summary, started);
    if let (Some(file), Some(bytes)) = (&arguments.zip, packed) {
        tell_archive(file, bytes, common, lang);
    }
    carry(mirror, &common.site, lang)?;
    Ok(ending)
}

/// Says where the archive is.
fn tell_archive(file: &Path, bytes: u64, common: &Common, lang: Lang) {
    let words = Catalogue::of(lang);
    let audience = format!("audience.{}", common.audience.key());
    let args = [
        ("path", file.display().to_string()),
        ("megabytes", format!("{:.1}", bytes as f64 / f64::from(1 << 20))),
        ("audience", words.get(&audience).to_owned()),
    ];
    terminal::print_line(words.format("build.zip", &args));
}

/// Carries the site over to where it is wanted, too, and says so.
fn carry(mirror: Option<Mirror>, site: &Path, lang: Lang) -> Result<(), CliError> {
    let Some(mirror) = mirror else { return Ok(()) };
    let summary = mirror.write(site).map_err(|error| match error {
        OutputError::Io(error) => CliError::Mirror(mirror.place().to_owned(), error),
        other => other.into(),
    })?;
    let args = [
        ("path", mirror.place().display().to_string()),
        ("written", summary.written.to_string()),
        ("unchanged", summary.unchanged.to_string()),
        ("removed", summary.removed.to_string()),
    ];
    terminal::print_line(Catalogue::of(lang).format("build.to", &args));
    Ok(())
}

/// What a build is asked for.
struct Run<'a> {
    options: &'a Options,
    strict: bool,
    comparison: Comparison,
    /// The folder of the site.
    place: &'a Path,
    lang: Lang,
    progress: &'a Shown,
}

/// Reads, writes and puts in place; remembers what that came to.
fn build_all(
    mut site: SiteFolder,
    index: &Path,
    run: &Run,
    inputs: Option<Inputs>,
) -> Result<(Outcome, Summary), CliError> {
    let mut leaks = Vec::new();
    let (loaded, mut written) = loop {
        let loaded = build::load_without(run.options, &leaks, index, run.progress)?;
        if run.strict {
            stop_at_errors(&loaded, run.lang, run.progress)?;
        }
        let written = build::write(&loaded, index, &site, run.progress)?;
        if written.leaks.is_empty() {
            break (loaded, written);
        }
        if let Some(leak) = written.leaks.iter().find(|leak| leak.id.is_none()) {
            run.progress.finish();
            return Err(CliError::Leak(leak.finding.message(run.lang)));
        }
        // Again without the documents that would have leaked; nothing of them is in place.
        leaks.extend(written.leaks);
        drop(site);
        site = SiteFolder::open(run.place, run.options.audience, run.comparison)?;
    };
    let generation = loaded.generation.clone();
    let outcome = Outcome::of(loaded, std::mem::take(&mut written.diagnostics), run.lang);
    build::project(&mut written, index, &site, run.progress)?;
    run.progress.begin(Phase::Commit, 0);
    let will_leave = site.will_leave(&generation);
    let summary = site.commit(&generation).map_err(BuildError::Site)?;
    // One decision after the other: whatever fails before leaves both as they were.
    written.index.commit().map_err(BuildError::Index)?;
    if let (Some(inputs), Ok(left)) = (inputs, index::left(index)) {
        inputs.remember(index, both(will_leave, left), &outcome);
    }
    Ok((outcome, summary))
}

/// How this run says what it finds.
fn manner(lang: Lang) -> String {
    format!("{lang:?} {}", terminal::is_coloured(std::io::stderr().is_terminal()))
}

/// What stands in both folders.
fn both(site: Key, index: Key) -> Key {
    Recipe::of("outputs").with(site).with(index).key()
}

/// What the last run came to, where this one would change nothing and say the same.
fn standing(inputs: Option<&Inputs>, site: &SiteFolder, index: &Path, strict: bool) -> Option<Outcome> {
    let stands = both(site.left(), index::left(index).ok()?);
    let outcome: Outcome = inputs?.recall(index, stands)?;
    // A strict run ends at errors and says so.
    (!(strict && outcome.bad) && site.all_stands()).then_some(outcome)
}

/// Ends a strict run on the first errors, before anything is written.
fn stop_at_errors(loaded: &Loaded, lang: Lang, progress: &Shown) -> Result<(), CliError> {
    let errors = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if errors == 0 {
        return Ok(());
    }
    progress.finish();
    let on_terminal = std::io::stderr().is_terminal();
    terminal::tell_text(&report::render(&loaded.diagnostics, &loaded.sources, lang, on_terminal));
    Err(CliError::Strict(errors))
}

/// What is left to say of a corpus once its pages are written: the corpus itself is given up, since it is most of what
/// a build holds in memory.
#[derive(Serialize, Deserialize)]
struct Outcome {
    entries: usize,
    documents: usize,
    held_back: usize,
    report: String,
    findings: String,
    bad: bool,
}

impl Outcome {
    fn of(loaded: Loaded, rendering: Vec<Diagnostic>, lang: Lang) -> Self {
        let entries = loaded.entries.len();
        drop(loaded.entries);
        let mut diagnostics = loaded.diagnostics;
        diagnostics.extend(rendering);
        diagnostic::sort(&mut diagnostics);
        let findings = report::summary(&diagnostics, lang);
        let bad = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
        let on_terminal = std::io::stderr().is_terminal();
        Self {
            report: report::folded(diagnostics, &loaded.sources, (lang, "build.more"), on_terminal),
            findings,
            bad,
            entries,
            documents: loaded.documents,
            held_back: loaded.held_back.len(),
        }
    }

    /// Says what the run came to.
    fn tell(self, common: &Common, arguments: &BuildArgs, lang: Lang, summary: Summary, started: Instant) -> Ending {
        if !arguments.quiet {
            terminal::tell_text(&self.report);
        }
        terminal::tell(self.findings);
        let args = [
            ("documents", self.entries.to_string()),
            ("read", self.documents.to_string()),
            ("held", self.held_back.to_string()),
            ("written", summary.written.to_string()),
            ("unchanged", summary.unchanged.to_string()),
            ("seconds", format!("{:.1}", started.elapsed().as_secs_f64())),
            ("page", common.site.join("index.html").display().to_string()),
        ];
        terminal::print_line(Catalogue::of(lang).format("build.done", &args));
        if self.bad { Ending::Findings } else { Ending::Good }
    }
}
