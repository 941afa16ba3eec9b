//! The gate: only what it lets through can be indexed or written.
//!
//! **Invariant**: a [`Cleared`] document is made here alone. In the public audience it holds public
//! documents without drafts and open findings, and of each only its public fields: no instruction
//! or other internal event, no note, no shelf mark of evidence, no reference to a document that is
//! held back, no comment of the source.

mod reduce;

use crate::corpus::Source;
use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::record::{Record, Visibility};
use crate::settings::Settings;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Who a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// 内网版: everything but drafts and classified files.
    Internal,
    /// 公开版: public documents, their public fields.
    Public,
}

impl Audience {
    /// The value of `--audience` and of markers.
    pub fn key(self) -> &'static str {
        match self {
            Audience::Internal => "internal",
            Audience::Public => "public",
        }
    }
}

/// Whether drafts pass: only the preview shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They pass.
    Shown,
    /// They don't.
    Hidden,
}

/// A document that asks to pass, with what was found wrong with it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its record, whole.
    pub record: Record,
    /// Text and place of the file.
    pub source: Arc<Source>,
    /// Diagnostics about it.
    pub findings: Vec<Diagnostic>,
}

/// A document that may be published to the audience of the build.
#[derive(Debug, Clone)]
pub struct Cleared {
    record: Record,
    source: Arc<Source>,
    audience: Audience,
}

impl Cleared {
    /// Its record, reduced to the fields that the audience may see.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Its file, for the positions of diagnostics about its body.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Its Markdown body.
    pub fn body(&self) -> &str {
        self.source.body_text()
    }

    /// The audience that it was cleared for.
    pub fn audience(&self) -> Audience {
        self.audience
    }
}

/// A document that did not pass, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Its file below the corpus.
    pub file: String,
    /// As it would have been in addresses.
    pub id: String,
    /// Why.
    pub reason: Reason,
}

/// Why a document does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is a draft.
    Draft,
    /// It is internal.
    Internal,
    /// It has an error that forbids publication: the code of the diagnostic.
    Finding(&'static str),
}

/// Lets documents pass or holds them back; what passes keeps its order.
pub fn clear(candidates: Vec<Candidate>, audience: Audience, drafts: Drafts) -> (Vec<Cleared>, Vec<HeldBack>) {
    let mut passed = Vec::with_capacity(candidates.len());
    let mut held_back = Vec::new();
    for candidate in candidates {
        match reason(&candidate, audience, drafts) {
            Some(reason) => held_back.push(HeldBack {
                file: candidate.record.file,
                id: candidate.record.id,
                reason,
            }),
            None => passed.push(Cleared {
                record: candidate.record,
                source: candidate.source,
                audience,
            }),
        }
    }
    let ids: BTreeSet<String> = passed.iter().map(|document| document.record.id.clone()).collect();
    for document in &mut passed {
        if audience == Audience::Public {
            reduce::to_public_fields(&mut document.record);
        }
        reduce::to_known_references(&mut document.record, &ids);
    }
    (passed, held_back)
}

/// The settings that an audience may see: the public has no roster, no manual scores, no targets and no
/// points, and isn't told where further corpora lie.
pub fn settings(mut settings: Settings, audience: Audience) -> Settings {
    if audience == Audience::Public {
        settings.corpora.clear();
        settings.people.clear();
        settings.scores.clear();
        settings.targets.clear();
        settings.scoring = None;
    }
    settings
}

fn reason(candidate: &Candidate, audience: Audience, drafts: Drafts) -> Option<Reason> {
    if candidate.record.draft && drafts == Drafts::Hidden {
        return Some(Reason::Draft);
    }
    if audience == Audience::Internal {
        return None;
    }
    if candidate.record.visibility != Visibility::Public {
        return Some(Reason::Internal);
    }
    candidate
        .findings
        .iter()
        .find(|finding| forbids_publication(finding))
        .map(|finding| Reason::Finding(finding.code))
}

/// An open privacy finding of any weight, and any error of the record, hold a document back from the public.
fn forbids_publication(finding: &Diagnostic) -> bool {
    match finding.group {
        Group::Privacy => finding.severity != Severity::Note,
        Group::Record | Group::Input => finding.severity == Severity::Error,
        Group::Markdown | Group::Settings => false,
    }
}

#[cfg(test)]
mod tests;
