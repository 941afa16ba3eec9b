//! Entering what became of a document: the adoption of a report, the reply to a recommendation, the review
//! before it is published.

use super::entry::{self, Edit, NewEntry, Word};
use super::file::Original;
use super::{AuthorError, is_own};
use crate::check;
use crate::corpus::decode::decode;
use crate::corpus::{self, Source};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::reading::Reading;
use crate::record::number::document_number;
use crate::record::{self, Adoption, Detail, Kind, Record, Reply, Review, Visibility, keys, write};
use crate::settings::Settings;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What was written, or would have been.
#[derive(Debug)]
pub struct Entered {
    /// The document as it is now.
    pub source: Source,
    /// What there is to say of it that there was not before.
    pub findings: Vec<Diagnostic>,
}

/// Enters an event into the front matter of a report. Of the event, `line` is not looked at.
/// A new finding of the weight `refuse` or a heavier one keeps it from being written.
///
/// # Errors
/// Where there is no such report, its front matter doesn't read, it has that very event, or it
/// would have a finding with it that is refused.
pub fn adopt(
    corpus: &Path,
    id: &str,
    event: Adoption,
    settings: &Settings,
    now: Date,
    refuse: Severity,
) -> Result<Entered, AuthorError> {
    let (source, mut record) = find(corpus, id, Some(Kind::Report), settings)?;
    let before = record.clone();
    let mut words = Vec::new();
    words.extend(event.date.map(|date| Word::day("date", date)));
    words.push(Word::of("form", event.form));
    words.extend(event.level.map(|level| Word::of("level", level)));
    words.extend(event.authority.as_ref().map(|text| Word::text("authority", text)));
    words.extend(event.effect.map(|effect| Word::of("effect", effect)));
    for (key, value) in [
        ("document", &event.document),
        ("evidence", &event.evidence),
        ("note", &event.note),
    ] {
        words.extend(value.as_ref().map(|text| Word::text(key, text)));
    }
    let entry = NewEntry {
        key: "adoptions",
        listed: true,
        table: keys::ADOPTION,
        words,
    };
    let event = Adoption {
        document: event.document.as_deref().map(document_number),
        line: 0,
        ..event
    };
    if let Detail::Report(report) = &mut record.detail {
        let same = |known: &Adoption| {
            Adoption {
                line: 0,
                ..known.clone()
            } == event
        };
        if report.adoptions.iter().any(same) {
            return Err(AuthorError::AlreadyThere(source.file));
        }
        report.adoptions.push(event);
        report.adoptions.sort_by_key(|event| (event.date.is_none(), event.date));
    }
    let edits = entry.edits(&source, &before)?;
    enter(corpus, &source, &record, &edits, settings, now, refuse)
}

/// Enters the reply of the addressee into the front matter of a recommendation.
///
/// # Errors
/// Where there is no such recommendation, its front matter doesn't read, it has a reply, or it
/// would have a finding with it that is refused.
pub fn reply(
    corpus: &Path,
    id: &str,
    reply: Reply,
    settings: &Settings,
    now: Date,
    refuse: Severity,
) -> Result<Entered, AuthorError> {
    let (source, mut record) = find(corpus, id, Some(Kind::Recommendation), settings)?;
    let before = record.clone();
    let mut words = Vec::new();
    words.extend(reply.date.map(|date| Word::day("date", date)));
    words.extend(reply.outcome.map(|outcome| Word::of("outcome", outcome)));
    words.extend(reply.summary.as_ref().map(|text| Word::text("summary", text)));
    let entry = NewEntry {
        key: "reply",
        listed: false,
        table: keys::REPLY,
        words,
    };
    if let Detail::Recommendation(recommendation) = &mut record.detail {
        recommendation.reply = Some(reply);
    }
    let edits = entry.edits(&source, &before)?;
    enter(corpus, &source, &record, &edits, settings, now, refuse)
}

/// Enters the review for secrecy (保密审查) into the front matter of a document, with whom it may be shown to.
///
/// # Errors
/// Where there is no such document, its front matter doesn't read, it has a review, or it would have a finding with
/// it that is refused: personal data in what is to be public is an error.
pub fn review(
    corpus: &Path,
    id: &str,
    review: Review,
    visibility: Visibility,
    settings: &Settings,
    now: Date,
    refuse: Severity,
) -> Result<Entered, AuthorError> {
    let (source, before) = find(corpus, id, None, settings)?;
    let mut words = Vec::new();
    words.extend(review.by.as_ref().map(|text| Word::text("by", text)));
    words.extend(review.date.map(|date| Word::day("date", date)));
    words.extend(review.result.as_ref().map(|text| Word::text("result", text)));
    let entry = NewEntry {
        key: "review",
        listed: false,
        table: keys::REVIEW,
        words,
    };
    let mut edits = entry.edits(&source, &before)?;
    if before.visibility != visibility {
        edits.push(entry::set(&source, &before, &Word::of("visibility", visibility))?);
        edits.sort_by_key(|edit| edit.at.start);
    }
    let record = Record {
        review: Some(review),
        visibility,
        ..before
    };
    enter(corpus, &source, &record, &edits, settings, now, refuse)
}

/// The document of an id and its record, where it is of the kind that is wanted. A classified one is not read.
fn find(corpus: &Path, id: &str, kind: Option<Kind>, settings: &Settings) -> Result<(Source, Record), AuthorError> {
    let read = corpus::read(corpus).map_err(|error| AuthorError::Io(corpus.to_owned(), error))?;
    let id: String = id.trim().replace('\\', "/").nfc().collect();
    let id = id.strip_suffix(".md").unwrap_or(&id);
    is_own(id, settings)?;
    let has_id = |source: &&Arc<Source>| check::secrecy(source).is_none() && record::read(source).0.id == id;
    let by_path = read.sources.iter().find(|source| source.id == id);
    let Some(source) = by_path.or_else(|| read.sources.iter().find(has_id)) else {
        let ids: BTreeSet<&str> = read.sources.iter().map(|source| source.id.as_str()).collect();
        // The name without its folder is the likeliest slip.
        let part_of = ids.iter().copied().find(|known| !id.is_empty() && known.contains(id));
        let nearest = part_of.or_else(|| check::nearest_id(id, &ids)).unwrap_or("—");
        return Err(AuthorError::Unknown(id.to_owned(), nearest.to_owned()));
    };
    if check::secrecy(source).is_some() {
        return Err(AuthorError::Classified(source.file.clone()));
    }
    let (record, _) = record::read(source);
    match kind.filter(|kind| *kind != record.kind) {
        None => Ok((Source::clone(source), record)),
        Some(wanted) => Err(AuthorError::OtherKind(record.id, record.kind, wanted)),
    }
}

/// Makes the changes if the file then reads as expected, and as nothing else.
fn enter(
    corpus: &Path,
    source: &Source,
    expected: &Record,
    edits: &[Edit],
    settings: &Settings,
    now: Date,
    refuse: Severity,
) -> Result<Entered, AuthorError> {
    let unreadable = || AuthorError::Unreadable(source.file.clone());
    let original = Original::open(corpus, source)?;
    let bytes = original.changed(source, edits).ok_or_else(unreadable)?;
    let decoded = decode(bytes.clone()).map_err(|_| unreadable())?;
    let new = Source::of(source.id.clone(), source.file.clone(), decoded.text);
    if new.body_text() != source.body_text() && source.front.is_some() {
        return Err(unreadable());
    }
    if essence(&record::read(&new).0) != essence(expected) {
        return Err(unreadable());
    }
    let known = findings(source, settings, now);
    let is_new = |finding: &Diagnostic| {
        !known
            .iter()
            .any(|old| (old.code, &old.args, old.severity) == (finding.code, &finding.args, finding.severity))
    };
    let mut found = findings(&new, settings, now);
    found.retain(is_new);
    let refused = found.iter().any(|finding| finding.severity <= refuse);
    let entered = Entered {
        source: new,
        findings: found,
    };
    if refused {
        return Err(AuthorError::Refused(Box::new(entered)));
    }
    original.replace(&bytes)?;
    Ok(entered)
}

/// What a record says, without the lines that it says it in; `None` where that can't be told.
fn essence(record: &Record) -> Option<impl PartialEq> {
    let public = write::front_matter(record).ok()?;
    let more = (
        record.id.clone(),
        record.draft,
        record.review.clone(),
        record.unknown.clone(),
    );
    Some((public, more))
}

fn findings(source: &Source, settings: &Settings, now: Date) -> Vec<Diagnostic> {
    let (record, mut found) = record::read(source);
    let reading = Reading::of(source);
    found.extend(check::record(source, &reading, &record, settings, now));
    found.extend(check::privacy_of(&reading, source, record.visibility));
    diagnostic::sort(&mut found);
    found
}
