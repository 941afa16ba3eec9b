//! Diagnostics as SARIF 2.1.0, the format that code review on GitHub, GitLab and Gitee's CI reads.

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Severity, position_of};
use crate::message::Lang;
use crate::settings::Settings;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Characters that a relative URI can't hold as they are.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as a reference.
pub(super) fn uri(path: &str) -> String {
    utf8_percent_encode(path, RESERVED).to_string()
}

/// The log of one run; files are named from here, by the corpus as it was given.
pub(super) fn log(
    diagnostics: &[Diagnostic],
    sources: &BTreeMap<String, Arc<Source>>,
    corpus: &Path,
    settings: &Settings,
    lang: Lang,
) -> Value {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|finding| finding.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let place = |code: &str| codes.iter().position(|known| *known == code);
    let root = corpus.to_string_lossy().replace('\\', "/");
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|finding| {
            // A file of a further corpus lies where the site file says.
            let file = settings.gathered(&finding.file).map_or_else(
                || finding.file.clone(),
                |further| format!("{}{}", further.path, &finding.file[further.prefix.len()..]),
            );
            let path = format!("{}/{file}", root.trim_end_matches('/'));
            let mut location = json!({
                "artifactLocation": { "uri": uri(&path) }
            });
            if let Some(region) = region(finding, sources.get(&finding.file)) {
                location["region"] = region;
            }
            json!({
                "ruleId": finding.code,
                "ruleIndex": place(finding.code),
                "level": level(finding.severity),
                "message": { "text": format!("{}。{}", finding.message(lang), finding.help(lang)) },
                "locations": [{ "physicalLocation": location }],
                "properties": { "group": finding.group },
            })
        })
        .collect();
    document(&rules, &results)
}

/// The log of one run.
pub(super) fn document(rules: &[Value], results: &[Value]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "jianyan", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Where it stands; the end is behind the last character.
fn region(finding: &Diagnostic, source: Option<&Arc<Source>>) -> Option<Value> {
    let start = finding.position?;
    let mut region = json!({ "startLine": start.line, "startColumn": start.column });
    if let (Some(source), Some(span)) = (source, &finding.span) {
        let end = position_of(&source.text, span.end);
        region["endLine"] = json!(end.line);
        region["endColumn"] = json!(end.column);
    }
    Some(region)
}
