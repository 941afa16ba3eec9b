//! The third stage of loading: what goes through the gate, and what was found of all documents together.

use super::Options;
use super::judge::Candidates;
use super::look::Leak;
use crate::audience::{self, Audience, Cleared, HeldBack};
use crate::check;
use crate::corpus::{Attachment, Source};
use crate::diagnostic::{Diagnostic, Group};
use crate::record::Record;
use crate::settings::{Gathered, PEOPLE, Person, SCORES, SYNONYMS, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What passed the gate of a corpus.
pub(super) struct Passed {
    pub settings: Settings,
    pub corpora: Vec<Gathered>,
    /// Number of documents read.
    pub read: usize,
    /// In the order of ids, each id once.
    pub documents: Vec<Cleared>,
    /// What did not pass, and why.
    pub held_back: Vec<HeldBack>,
    /// The texts that diagnostics may quote.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// By their paths below the corpus.
    pub attachments: BTreeMap<String, Attachment>,
    /// Everything that the audience is told.
    pub diagnostics: Vec<Diagnostic>,
}

impl Passed {
    /// Lets through what the audience may see; documents in which something leaked are held back.
    pub(super) fn of(judged: Candidates, leaks: &[Leak], options: &Options) -> Self {
        let mut candidates = judged.documents;
        for candidate in &mut candidates {
            let leaked = leaks
                .iter()
                .filter(|leak| leak.id.as_ref() == Some(&candidate.record.id));
            candidate.findings.extend(leaked.map(|leak| leak.finding.clone()));
        }
        let mut diagnostics = judged.diagnostics;
        let found = candidates.iter().flat_map(|candidate| &candidate.findings);
        diagnostics.extend(found.cloned());
        // A line of a public document may hold a comment or a field that its readers don't see.
        let quoted = candidates.iter().filter(|_| options.audience == Audience::Internal);
        let sources = quoted
            .map(|candidate| (candidate.source.file.clone(), Arc::clone(&candidate.source)))
            .collect();
        // The office is told everything, references to what does not pass included; what the public build
        // says and leaves out must not depend on documents that the public does not have.
        if options.audience == Audience::Internal {
            diagnostics.extend(judge_together(
                candidates
                    .iter()
                    .map(|candidate| (&candidate.record, &*candidate.source)),
                &judged.settings.people,
            ));
        }
        let (mut documents, held_back) = audience::clear(candidates, options.audience, options.drafts);
        if options.audience == Audience::Public {
            keep_public(&mut diagnostics);
            diagnostics.extend(leaks.iter().map(|leak| leak.finding.clone()));
            // The roster is the office's own.
            diagnostics.extend(judge_together(
                documents.iter().map(|document| (document.record(), document.source())),
                &[],
            ));
        }
        // Of documents with one id, whatever its case, the first stays; a diagnostic reports the others.
        let mut ids = BTreeSet::new();
        documents.retain(|document| ids.insert(document.record().id.to_lowercase()));
        // They are held to the end of the run; growing left room for as many again.
        diagnostics.shrink_to_fit();
        let attachments = judged.attachments.into_iter();
        Self {
            settings: judged.settings,
            corpora: judged.corpora,
            read: judged.read,
            documents,
            held_back,
            sources,
            attachments: attachments
                .map(|attachment| (attachment.file.clone(), attachment))
                .collect(),
            diagnostics,
        }
    }
}

fn judge_together<'a>(documents: impl Iterator<Item = (&'a Record, &'a Source)>, people: &[Person]) -> Vec<Diagnostic> {
    let (records, sources): (Vec<&Record>, Vec<&Source>) = documents.unzip();
    check::corpus(&records, &sources, people)
}

/// What a public build says is about what it publishes: its settings, its bodies and, judged after the gate, its
/// documents together. What one document's author wrote is told on the author's terminal, by `check` and the
/// internal build: a warning about a field may quote what the public doesn't see.
fn keep_public(diagnostics: &mut Vec<Diagnostic>) {
    // The roster and the scores are the office's own, and words that nobody reads may stand among the synonyms.
    diagnostics.retain(|finding| {
        finding.group == Group::Settings && !matches!(finding.file.as_str(), PEOPLE | SCORES | SYNONYMS)
    });
}
