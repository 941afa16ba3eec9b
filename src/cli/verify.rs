//! `jianyan verify`

use super::args::VerifyArgs;
use super::common::Common;
use super::error::CliError;
use super::format::{Format, pretty};
use super::{Ending, input, sarif, terminal};
use crate::corpus::Source;
use crate::import::{self, LARGEST, Refusal};
use crate::message::{Catalogue, Lang};
use crate::verify::{Citation, Verdict, Verifier, report};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{IsTerminal, Read as _};
use std::path::Path;

/// A draft with its citations.
struct Read {
    file: String,
    citations: Vec<Citation>,
}

/// Judges the citations of drafts by the index. What can't be read is told, and the others are judged.
pub(super) fn run(common: &Common, arguments: &VerifyArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let fail = |cause: String| CliError::Index(common.index.clone(), cause);
    let opened = crate::index::open(&common.index).map_err(|error| fail(error.message(lang)))?;
    let verifier = Verifier::new(opened, common.reference_day());
    let mut drafts = Vec::new();
    let mut refused = false;
    for file in &arguments.files {
        match draft(file)? {
            Ok(source) => drafts.push(Read {
                file: file.display().to_string(),
                citations: verifier.verify(&source).map_err(|error| fail(error.message(lang)))?,
            }),
            Err(refusal) => {
                refused = true;
                terminal::tell(refusal.message(&terminal::name(file), lang));
            }
        }
    }
    let text = match arguments.format {
        Format::Json => pretty(&as_json(&drafts, lang))?,
        Format::Sarif => pretty(&sarif(&drafts, lang))?,
        _ => human(&drafts, arguments.all, lang),
    };
    terminal::print(&text);
    let findings = drafts.iter().flat_map(|draft| &draft.citations);
    let found = findings
        .into_iter()
        .any(|citation| citation.judged.verdict.is_finding());
    Ok(if found || refused {
        Ending::Findings
    } else {
        Ending::Good
    })
}

/// Reads a draft: Markdown as it is, what else can be imported as the Markdown that it would become; `-` is standard
/// input.
fn draft(file: &Path) -> Result<Result<Source, Refusal>, CliError> {
    let is_input = file == Path::new("-");
    let name = if is_input {
        String::new()
    } else {
        file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    };
    let bytes = if is_input {
        let mut bytes = Vec::new();
        let read = std::io::stdin().take(LARGEST).read_to_end(&mut bytes);
        read.map_err(CliError::Input)?;
        bytes
    } else {
        match input::bytes(file, LARGEST).map_err(|error| CliError::File(file.to_owned(), error))? {
            Some(bytes) => bytes,
            None => return Ok(Err(Refusal::TooLarge)),
        }
    };
    Ok(import::to_look_at(&name, bytes))
}

fn as_json(drafts: &[Read], lang: Lang) -> Value {
    let words = Catalogue::of(lang);
    let one = |draft: &Read, citation: &Citation| {
        let mut value = report::json(citation, words);
        value["file"] = draft.file.clone().into();
        value
    };
    let citations: Vec<Value> = drafts
        .iter()
        .flat_map(|draft| draft.citations.iter().map(move |citation| one(draft, citation)))
        .collect();
    json!({ "citations": citations, "counts": report::counts(all(drafts)) })
}

fn all(drafts: &[Read]) -> impl Iterator<Item = &Citation> + Clone {
    drafts.iter().flat_map(|draft| &draft.citations)
}

/// Findings first to last, and how many there are of each verdict.
fn human(drafts: &[Read], every: bool, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    let colour = terminal::is_coloured(std::io::stdout().is_terminal());
    let mut out = String::new();
    for draft in drafts {
        let shown = draft
            .citations
            .iter()
            .filter(|citation| every || citation.judged.verdict.is_finding());
        for citation in shown {
            let headline = report::headline(citation, words);
            let headline = if colour && citation.judged.verdict.is_finding() {
                format!("\u{1b}[31m{headline}\u{1b}[0m")
            } else {
                headline
            };
            let _ = writeln!(out, "{}:{}:{}: {headline}", draft.file, citation.line, citation.column);
            for line in report::explained(citation, words) {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out + &report::summary(all(drafts), words) + "\n"
}

/// The findings as code review platforms take them.
fn sarif(drafts: &[Read], lang: Lang) -> Value {
    let words = Catalogue::of(lang);
    let findings = drafts.iter().flat_map(|draft| {
        let of_draft = draft
            .citations
            .iter()
            .filter(|citation| citation.judged.verdict.is_finding());
        of_draft.map(move |citation| (draft, citation))
    });
    let result = |(draft, citation): (&Read, &Citation)| {
        let mut said = vec![report::headline(citation, words)];
        said.extend(report::explained(citation, words));
        json!({
            "ruleId": citation.judged.verdict.key(),
            "level": "warning",
            "message": { "text": said.join("\n") },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": super::sarif::uri(&draft.file) },
                "region": { "startLine": citation.line, "startColumn": citation.column },
            } }],
        })
    };
    let results: Vec<Value> = findings.map(result).collect();
    let rules: Vec<Value> = Verdict::ALL
        .into_iter()
        .filter(|verdict| verdict.is_finding())
        .map(|verdict| {
            let text = report::verdict(verdict, words);
            json!({ "id": verdict.key(), "shortDescription": { "text": text } })
        })
        .collect();
    sarif::document(&rules, &results)
}
