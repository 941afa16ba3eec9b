//! `jianyan verify`

use super::args::{Common, VerifyArgs, VerifyFormat};
use super::error::CliError;
use super::{Ending, input, sarif, terminal};
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;
use crate::import::{self, LARGEST, Refusal};
use crate::message::{Catalogue, Lang};
use crate::verify::{Citation, Cited, Difference, Note, Verdict, Verifier};
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
        VerifyFormat::Human => human(&drafts, arguments.all, lang),
        VerifyFormat::Json => serde_json::to_string_pretty(&as_json(&drafts, lang))? + "\n",
        VerifyFormat::Sarif => serde_json::to_string_pretty(&sarif(&drafts, lang))? + "\n",
    };
    // A reader that went away (head) is no failure.
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
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = if file == Path::new("-") {
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
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let source = if file == Path::new("-") || matches!(ending.as_str(), "md" | "markdown") {
        match decode(bytes) {
            Ok(decoded) => Source::of(name.clone(), name, decoded.text),
            Err(_) => return Ok(Err(Refusal::Encoding)),
        }
    } else {
        match import::read(&name, &bytes, None) {
            Ok(draft) => Source::body_only(name.clone(), name, draft.body),
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
    Ok(match check::secrecy(&source) {
        Some(_) => Err(Refusal::Classified),
        None => Ok(source),
    })
}

fn note(note: &Note, words: &Catalogue) -> String {
    words.format(note.key, &note.args)
}

fn as_json(drafts: &[Read], lang: Lang) -> Value {
    let words = Catalogue::of(lang);
    let one = |draft: &Read, citation: &Citation| {
        json!({
            "file": draft.file,
            "text": citation.text,
            "kind": citation.kind,
            "line": citation.line,
            "column": citation.column,
            "verdict": citation.judged.verdict,
            "source": citation.judged.source,
            "differences": citation.judged.differences,
            "note": citation.judged.note.as_ref().map(|said| note(said, words)),
        })
    };
    let citations: Vec<Value> = drafts
        .iter()
        .flat_map(|draft| draft.citations.iter().map(move |citation| one(draft, citation)))
        .collect();
    let counts: serde_json::Map<String, Value> = counts(drafts)
        .into_iter()
        .map(|(verdict, count)| (verdict.key().to_owned(), count.into()))
        .collect();
    json!({ "citations": citations, "counts": counts })
}

/// How many citations have each verdict.
fn counts(drafts: &[Read]) -> Vec<(Verdict, usize)> {
    let all = || drafts.iter().flat_map(|draft| &draft.citations);
    let count = |verdict: Verdict| all().filter(|citation| citation.judged.verdict == verdict).count();
    Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, count(verdict)))
        .collect()
}

/// Findings first to last, and how many there are of each verdict.
fn human(drafts: &[Read], every: bool, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = String::new();
    for draft in drafts {
        let shown = draft
            .citations
            .iter()
            .filter(|citation| every || citation.judged.verdict.is_finding());
        for citation in shown {
            let (verdict, kind) = named(citation, words);
            let verdict = match colour && citation.judged.verdict.is_finding() {
                true => format!("\u{1b}[31m{verdict}\u{1b}[0m"),
                false => verdict,
            };
            let _ = writeln!(
                out,
                "{}:{}:{}: {verdict} · {kind} · {}",
                draft.file, citation.line, citation.column, citation.text
            );
            for line in explained(citation, words) {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    let counted: Vec<String> = counts(drafts)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{} {count}", verdict_name(verdict, words)))
        .collect();
    let total: usize = drafts.iter().map(|draft| draft.citations.len()).sum();
    let counted = counted.join(if lang == Lang::Zh { "，" } else { ", " });
    let key = if total == 0 { "verify.none" } else { "verify.total" };
    out + &words.format(key, &[("total", total.to_string()), ("counts", counted)]) + "\n"
}

/// The words for a citation's verdict and kind.
fn named(citation: &Citation, words: &Catalogue) -> (String, String) {
    (
        verdict_name(citation.judged.verdict, words),
        kind_name(citation.kind, words),
    )
}

fn verdict_name(verdict: Verdict, words: &Catalogue) -> String {
    words.get(&format!("verify.verdict.{}", verdict.key())).to_owned()
}

fn kind_name(kind: Cited, words: &Catalogue) -> String {
    words.get(&format!("verify.kind.{}", kind.key())).to_owned()
}

/// The source of a verdict, what differs, and what more there is to say.
fn explained(citation: &Citation, words: &Catalogue) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(source) = &citation.judged.source {
        let place = if source.place.is_empty() {
            String::new()
        } else {
            format!(" {}", source.place)
        };
        let args = [
            ("title", source.title.clone()),
            ("place", place),
            ("id", source.id.clone()),
        ];
        lines.push(words.format("verify.source", &args));
    }
    lines.extend(citation.judged.differences.iter().map(|Difference { draft, source }| {
        words.format(
            "verify.difference",
            &[("draft", draft.clone()), ("source", source.clone())],
        )
    }));
    lines.extend(citation.judged.note.iter().map(|said| note(said, words)));
    lines
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
        let (verdict, kind) = named(citation, words);
        let mut said = vec![format!("{verdict} · {kind} · {}", citation.text)];
        said.extend(explained(citation, words));
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
            let text = verdict_name(verdict, words);
            json!({ "id": verdict.key(), "shortDescription": { "text": text } })
        })
        .collect();
    sarif::document(&rules, &results)
}
