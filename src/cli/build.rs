//! `jianyan build`

use super::args::{BuildArgs, Common};
use super::error::CliError;
use super::progress::Shown;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{self, BuildError, Phase, Progress};
use crate::diagnostic::{self, Severity};
use crate::message::Catalogue;
use crate::output::{Archive, Purpose, SiteFolder, claim};
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
    let site = SiteFolder::open(&common.site, common.audience)?;
    let index = claim(&common.index, Purpose::Index, common.audience)?;

    let loaded = build::load(&common.options(Drafts::Hidden), &progress)?;
    let errors = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if arguments.strict && errors > 0 {
        progress.finish();
        eprint!(
            "{}",
            report::render(
                &loaded.diagnostics,
                &loaded.sources,
                lang,
                std::io::stderr().is_terminal()
            )
        );
        return Err(CliError::Strict(errors));
    }
    let written = build::write(&loaded, index.root(), &site, &progress)?;
    progress.begin(Phase::Commit, 0);
    let summary = site.commit(&loaded.generation).map_err(BuildError::Site)?;
    // One decision after the other: whatever fails before leaves both as they were.
    written.index.commit().map_err(BuildError::Index)?;
    // The index is still claimed: nobody builds the site anew meanwhile.
    let packed = archive.map(|archive| archive.write(&common.site)).transpose();
    progress.finish();
    let packed = packed.map_err(|error| CliError::Zip(error.to_string()))?;

    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(written.diagnostics);
    diagnostic::sort(&mut diagnostics);
    if !arguments.quiet {
        eprint!(
            "{}",
            report::render(&diagnostics, &loaded.sources, lang, std::io::stderr().is_terminal())
        );
    }
    eprintln!("{}", report::summary(&diagnostics, lang));
    let words = Catalogue::of(lang);
    let args = [
        ("documents", loaded.entries.len().to_string()),
        ("read", loaded.documents.to_string()),
        ("held", loaded.held_back.len().to_string()),
        ("written", summary.written.to_string()),
        ("unchanged", summary.unchanged.to_string()),
        ("seconds", format!("{:.1}", started.elapsed().as_secs_f64())),
        ("page", common.site.join("index.html").display().to_string()),
    ];
    println!("{}", words.format("build.done", &args));
    if let (Some(file), Some(bytes)) = (&arguments.zip, packed) {
        let args = [
            ("path", file.display().to_string()),
            ("megabytes", format!("{:.1}", bytes as f64 / f64::from(1 << 20))),
            (
                "audience",
                words.get(&format!("audience.{}", common.audience.key())).to_owned(),
            ),
        ];
        println!("{}", words.format("build.zip", &args));
    }
    let bad = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if bad { Ending::Findings } else { Ending::Good })
}
