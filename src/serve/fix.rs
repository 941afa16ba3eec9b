//! Fixes in a form what has one right answer, as `check --fix` does in a file: the author sees it before it is saved.

use super::form::{Values, body, copy, failed};
use super::{Build, Shared};
use crate::author::{self, Fix, Opened, Surroundings};
use crate::build;
use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group};
use crate::http::{Reply, StatusCode};
use crate::message::Catalogue;
use crate::record::Kind;
use serde_json::json;

/// The changes from a byte of the text on that have one right answer and bring no new error.
pub(super) fn offered(source: &Source, findings: &[Diagnostic], from: usize, build: &Build) -> Vec<Fix> {
    let mut fixes = author::fixes(source, findings);
    fixes.retain(|fix| fix.at.start >= from);
    let has = |id: &str| build.loaded.sources.values().any(|source| source.id == id);
    let around = Surroundings {
        settings: &build.loaded.settings,
        now: build.loaded.now,
        has: &has,
    };
    author::harmless(source, fixes, &around)
}

/// The texts of a form with these changes made, and how many they are. Of a new document it is the body: the rest
/// stands in fields, which say themselves what they need.
pub(super) fn fix(values: &Values, shared: &Shared) -> Reply {
    let build = shared.newest();
    let (source, from) = if values.contains_key("file") {
        let text = |copy: Opened| copy.with(values.get("front").map_or("", String::as_str), body(values));
        match copy(values, shared, &build).and_then(text) {
            Ok(source) => (source, 0),
            Err(error) => return failed(&error, build.loaded.lang),
        }
    } else {
        let Some(kind) = values.get("kind").and_then(|kind| Kind::parse(kind)) else {
            return Reply::failure(StatusCode::BAD_REQUEST);
        };
        let composed = author::compose(kind, values, body(values), &build.loaded.settings);
        let source = Source::of("_".to_owned(), "_.md".to_owned(), composed.text);
        let from = source.body.start;
        (source, from)
    };
    let judged = build::preview(&build.loaded, &source, "_/page");
    let fixes = offered(&source, &judged.findings, from, &build);
    let fixed = Source::of(
        source.id.clone(),
        source.file.clone(),
        author::fixed(&source.text, &fixes),
    );
    // What has no rule stays, and the author is told so.
    let after = build::preview(&build.loaded, &fixed, "_/page");
    let left = after
        .findings
        .iter()
        .filter(|finding| finding.group == Group::Privacy)
        .count();
    let words = Catalogue::of(build.loaded.lang);
    let left = (left > 0).then(|| words.format("desk.fix_left", &[("count", left.to_string())]));
    let text = fixed.body_text();
    Reply::json(&json!({
        "front": fixed.front_text(),
        "body": if from > 0 { text.trim_start_matches('\n') } else { text },
        "count": fixes.len(),
        "left": left,
    }))
}
