//! Verdicts as programs and people read them.

use super::{Citation, Difference, Note, Verdict};
use crate::message::Catalogue;
use serde_json::{Map, Value, json};

/// A citation as programs read it.
pub(crate) fn json(citation: &Citation, words: &Catalogue) -> Value {
    json!({
        "text": citation.text,
        "kind": citation.kind,
        "line": citation.line,
        "column": citation.column,
        "verdict": citation.judged.verdict,
        "source": citation.judged.source,
        "differences": citation.judged.differences,
        "note": citation.judged.note.as_ref().map(|said| note(said, words)),
    })
}

/// How many citations have each verdict, in the order of [`Verdict::ALL`].
pub(crate) fn counted<'a>(citations: impl Iterator<Item = &'a Citation> + Clone) -> Vec<(Verdict, usize)> {
    let count = |verdict: Verdict| {
        citations
            .clone()
            .filter(|citation| citation.judged.verdict == verdict)
            .count()
    };
    Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, count(verdict)))
        .collect()
}

/// The same as JSON.
pub(crate) fn counts<'a>(citations: impl Iterator<Item = &'a Citation> + Clone) -> Map<String, Value> {
    let counted = counted(citations).into_iter();
    counted
        .map(|(verdict, count)| (verdict.key().to_owned(), count.into()))
        .collect()
}

/// How many citations there are, and how many of each verdict.
pub(crate) fn summary<'a>(citations: impl Iterator<Item = &'a Citation> + Clone, words: &Catalogue) -> String {
    let counted: Vec<String> = counted(citations.clone())
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(judged, count)| format!("{} {count}", verdict(judged, words)))
        .collect();
    let total = citations.count();
    let key = if total == 0 { "verify.none" } else { "verify.total" };
    let counts = counted.join(words.get("verify.comma"));
    words.format(key, &[("total", total.to_string()), ("counts", counts)])
}

/// The word for a verdict.
pub(crate) fn verdict(verdict: Verdict, words: &Catalogue) -> String {
    words.get(&format!("verify.verdict.{}", verdict.key())).to_owned()
}

/// What a citation is judged as, and what it is: 有出入 · 引文 · ….
pub(crate) fn headline(citation: &Citation, words: &Catalogue) -> String {
    let (verdict, kind) = (verdict(citation.judged.verdict, words), kind(citation, words));
    format!("{verdict} · {kind} · {}", citation.text)
}

/// The word for what is cited.
pub(crate) fn kind(citation: &Citation, words: &Catalogue) -> String {
    words.get(&format!("verify.kind.{}", citation.kind.key())).to_owned()
}

/// The source of a verdict, what differs, and what more there is to say.
pub(crate) fn explained(citation: &Citation, words: &Catalogue) -> Vec<String> {
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

fn note(note: &Note, words: &Catalogue) -> String {
    words.format(note.key, &note.args)
}
