//! 引注核验 at the desk: a pasted text or a file, with its citations and what the corpus has of each.

use super::desk;
use super::form::UNFIT;
use super::state::{Build, Shared};
use crate::corpus::Source;
use crate::http::Reply;
use crate::import;
use crate::index::{self, IndexError};
use crate::message::Catalogue;
use crate::site::{encoded, verify_texts};
use crate::verify::{Citation, Verifier, report};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn page(shared: &Shared) -> Reply {
    let build = shared.newest();
    let words = Catalogue::of(build.loaded.lang);
    let own = json!({ "title": words.get("verify.title"), "texts": verify_texts(words) });
    desk::render(&build, "desk-verify.html", own)
}

/// Judges the citations of a text (which has no name) or a file. Nothing of it is kept.
pub(super) fn judge(name: &str, bytes: &[u8], shared: &Shared) -> Reply {
    let build = shared.newest();
    let lang = build.loaded.lang;
    let source = match import::to_look_at(name, bytes.to_vec()) {
        Ok(source) => source,
        Err(refusal) => {
            return Reply::json(&json!({ "message": refusal.message(name, lang) })).with_status(UNFIT);
        }
    };
    let Ok(answer) = judged(&source, shared, &build) else {
        // The index of a preview follows behind its first pages.
        let message = Catalogue::of(lang).get("verify.not_yet");
        return Reply::json(&json!({ "message": message })).with_status(UNFIT);
    };
    Reply::json(&answer)
}

fn judged(source: &Source, shared: &Shared, build: &Build) -> Result<Value, IndexError> {
    let asked = shared.models.source();
    let verifier = Verifier::new(index::open(&asked.index)?, asked.now);
    let citations = verifier.verify(source)?;
    let words = Catalogue::of(build.loaded.lang);
    let mut all = Vec::new();
    for citation in &citations {
        let mut one = report::json(citation, words);
        one["name"] = report::verdict(citation.judged.verdict, words).into();
        one["kind_name"] = report::kind(citation, words).into();
        if let Some(found) = &citation.judged.source {
            one["source"]["href"] = link(&found.id, &found.place, &verifier, build)?.into();
        }
        all.push(one);
    }
    Ok(json!({
        "summary": report::summary(citations.iter(), words),
        "pieces": pieces(source.body_text(), source.body.start, &citations),
        "citations": all,
    }))
}

/// The page of a document, at the place that a verdict names.
fn link(id: &str, place: &str, verifier: &Verifier, build: &Build) -> Result<Option<String>, IndexError> {
    let mut entries = build.loaded.entries.iter();
    let Some(entry) = entries.find(|entry| entry.document.record().id == id) else {
        return Ok(None);
    };
    let anchor = match verifier.read(id)? {
        Some(read) if !place.is_empty() => read.passages(place).first().map(|passage| passage.anchor.clone()),
        _ => None,
    };
    let anchor = anchor
        .filter(|anchor| !anchor.is_empty())
        .map(|anchor| format!("#{anchor}"));
    Ok(Some(format!("/{}{}", encoded(&entry.page), anchor.unwrap_or_default())))
}

/// The text cut where citations begin and end, each piece with those that it belongs to; `start` is where the text
/// begins in the file.
fn pieces(text: &str, start: usize, citations: &[Citation]) -> Vec<Value> {
    let within = |at: usize| at.saturating_sub(start).min(text.len());
    let spans: Vec<_> = citations
        .iter()
        .map(|citation| within(citation.span.start)..within(citation.span.end))
        .collect();
    let mut borders: BTreeSet<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    borders.extend([0, text.len()]);
    borders.retain(|at| text.is_char_boundary(*at));
    let borders: Vec<usize> = borders.into_iter().collect();
    let piece = |pair: &[usize]| {
        let of: Vec<usize> = (0..spans.len())
            .filter(|&number| spans[number].start <= pair[0] && pair[1] <= spans[number].end)
            .collect();
        json!({ "text": &text[pair[0]..pair[1]], "of": of })
    };
    borders.windows(2).map(piece).collect()
}
