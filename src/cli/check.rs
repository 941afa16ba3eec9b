//! `jianyan check`

use super::args::{CheckArgs, CheckFormat, Common};
use super::error::CliError;
use super::{Ending, report};
use crate::audience::Drafts;
use crate::build::{self, BuildError, Silent};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::message::Lang;
use serde_json::{Value, json};
use std::io::IsTerminal;

pub(super) fn run(common: &Common, arguments: &CheckArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let loaded = build::load(&common.options(Drafts::Shown), &Silent)?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(build::check_bodies(&loaded));
    diagnostic::sort(&mut diagnostics);
    match arguments.format {
        CheckFormat::Human => {
            let to_terminal = std::io::stdout().is_terminal();
            print!("{}", report::render(&diagnostics, &loaded.sources, lang, to_terminal));
            println!("{}", report::summary(&diagnostics, lang));
        }
        CheckFormat::Json => {
            let list: Vec<Value> = diagnostics.iter().map(|finding| as_json(finding, lang)).collect();
            let text = serde_json::to_string_pretty(&json!({ "diagnostics": list }))
                .map_err(|error| CliError::Build(BuildError::Site(error.into())))?;
            println!("{text}");
        }
    }
    let bad = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if bad { Ending::Findings } else { Ending::Good })
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
