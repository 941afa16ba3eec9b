//! `jianyan build`

use super::args::{BuildArgs, Common};
use super::error::CliError;
use super::progress::Shown;
use super::terminal;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{self, BuildError, Loaded, Phase, Progress};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::message::{Catalogue, Lang};
use crate::output::{Archive, Comparison, Purpose, SiteFolder, claim};
use std::io::IsTerminal;
use std::time::Instant;

pub(super) fn run(common: &Common, arguments: &BuildArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let started = Instant::now();
    let progress = Shown::new(lang);
    let archive = match &arguments.zip {
        Some(file) => Some(Archive::at(
            file,
            common.audience,
            &[&common.corpus, &common.site, &common.index],
        )?),
        None => None,
    };
    // Claimed before anything is read: a folder that is not ours is told of at once.
    // An archive holds what the manifest says; a build before it puts right what is otherwise.
    let comparison = match archive {
        Some(_) => Comparison::Contents,
        None => Comparison::Stamps,
    };
    let mut site = SiteFolder::open(&common.site, common.audience, comparison)?;
    let index = claim(&common.index, Purpose::Index, common.audience)?;
    let options = common.options(Drafts::Hidden);
    let mut leaks = Vec::new();
    let (loaded, mut written) = loop {
        let loaded = build::load_without(&options, &leaks, &progress)?;
        if arguments.strict {
            stop_at_errors(&loaded, lang, &progress)?;
        }
        let written = build::write(&loaded, index.root(), &site, &progress)?;
        if written.leaks.is_empty() {
            break (loaded, written);
        }
        if let Some(leak) = written.leaks.iter().find(|leak| leak.id.is_none()) {
            progress.finish();
            return Err(CliError::Leak(leak.finding.message(lang)));
        }
        // Again without the documents that would have leaked; nothing of them is in place.
        leaks.extend(written.leaks);
        drop(site);
        site = SiteFolder::open(&common.site, common.audience, comparison)?;
    };
    let outcome = Outcome::of(loaded, std::mem::take(&mut written.diagnostics), lang);
    build::project(&written, index.root(), &site, &progress)?;
    progress.begin(Phase::Commit, 0);
    let summary = site.commit(&outcome.generation).map_err(BuildError::Site)?;
    // One decision after the other: whatever fails before leaves both as they were.
    written.index.commit().map_err(BuildError::Index)?;
    // The index is still claimed: nobody builds the site anew meanwhile.
    let packed = archive.map(|archive| archive.write(&common.site)).transpose();
    progress.finish();
    let packed = packed.map_err(|error| CliError::Zip(error.to_string()))?;

    if !arguments.quiet {
        terminal::tell_text(&outcome.report);
    }
    terminal::tell(outcome.findings);
    let words = Catalogue::of(lang);
    let args = [
        ("documents", outcome.entries.to_string()),
        ("read", outcome.documents.to_string()),
        ("held", outcome.held_back.to_string()),
        ("written", summary.written.to_string()),
        ("unchanged", summary.unchanged.to_string()),
        ("seconds", format!("{:.1}", started.elapsed().as_secs_f64())),
        ("page", common.site.join("index.html").display().to_string()),
    ];
    terminal::print_line(words.format("build.done", &args));
    if let (Some(file), Some(bytes)) = (&arguments.zip, packed) {
        let args = [
            ("path", file.display().to_string()),
            ("megabytes", format!("{:.1}", bytes as f64 / f64::from(1 << 20))),
            (
                "audience",
                words.get(&format!("audience.{}", common.audience.key())).to_owned(),
            ),
        ];
        terminal::print_line(words.format("build.zip", &args));
    }
    Ok(if outcome.bad { Ending::Findings } else { Ending::Good })
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
struct Outcome {
    generation: String,
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
        Self {
            report: report::render(&diagnostics, &loaded.sources, lang, std::io::stderr().is_terminal()),
            findings: report::summary(&diagnostics, lang),
            bad: diagnostics.iter().any(|finding| finding.severity == Severity::Error),
            entries,
            documents: loaded.documents,
            held_back: loaded.held_back.len(),
            generation: loaded.generation,
        }
    }
}
