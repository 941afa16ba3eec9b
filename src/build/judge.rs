//! The second stage of loading: documents and attachments, each judged by itself.

use super::read::Read;
use super::recall::{Judged, Recall};
use super::{BuildError, Options, Phase, Progress};
use super::{attachment, evidence, gathered};
use crate::audience::Candidate;
use crate::cache::{Key, Recipe, Remembered};
use crate::corpus::{Attachment, Source};
use crate::diagnostic::{Diagnostic, Stored};
use crate::reading::Reading;
use crate::settings::{Gathered, Settings};
use crate::{check, record};
use rayon::prelude::*;
use std::sync::Arc;

/// The documents of a corpus with what was found in each.
pub(super) struct Candidates {
    pub settings: Settings,
    pub corpora: Vec<Gathered>,
    /// Number of documents read, those that were refused included.
    pub read: usize,
    /// In the order of ids.
    pub documents: Vec<Candidate>,
    /// Those that pass.
    pub attachments: Vec<Attachment>,
    /// What was found besides what stands at each document.
    pub diagnostics: Vec<Diagnostic>,
}

impl Candidates {
    /// Judges what was read.
    pub(super) fn of(
        read: Read,
        options: &Options,
        recall: &mut Recall,
        progress: &dyn Progress,
    ) -> Result<Self, BuildError> {
        let Read {
            settings,
            corpora,
            sources,
            attachments,
            mut diagnostics,
        } = read;
        let read = sources.len();
        progress.begin(Phase::Check, read);
        let (mut documents, refused) = judge(sources, &settings, &corpora, options, recall, progress);
        recall.found.store().map_err(BuildError::Site)?;
        evidence::settle(&mut documents, &attachments, &corpora);
        let (attachments, found) = attachment::judge(attachments, options.audience, recall);
        diagnostics.extend(refused);
        diagnostics.extend(found);
        Ok(Self {
            settings,
            corpora,
            read,
            documents,
            attachments,
            diagnostics,
        })
    }
}

/// Judges each document by itself, in parallel and in order. A classified file is refused before
/// anything else is read of it.
fn judge(
    sources: Vec<Arc<Source>>,
    settings: &Settings,
    corpora: &[Gathered],
    options: &Options,
    recall: &Recall,
    progress: &dyn Progress,
) -> (Vec<Candidate>, Vec<Diagnostic>) {
    let measure = Recipe::of("judgement")
        .with(format!("{settings:?}{corpora:?}"))
        .with(options.now.to_string())
        .key();
    let judged: Vec<Result<Candidate, Diagnostic>> = sources
        .into_par_iter()
        .map(|source| {
            progress.advance(1);
            let key = || {
                let recipe = Recipe::of("judged").with(measure).with(&source.id).with(&source.file);
                recipe.with(source.stamp().hash).key()
            };
            let known = recall.found.is_kept().then(key);
            let make = || judge_one(&source, settings, corpora, options.now, (&recall.found, known));
            let (record, findings) = recall.judged.get(key, make)?;
            Ok(Candidate {
                record,
                source,
                findings,
            })
        })
        .collect();
    let mut candidates = Vec::with_capacity(judged.len());
    let mut refused = Vec::new();
    for document in judged {
        match document {
            Ok(candidate) => candidates.push(candidate),
            Err(refusal) => refused.push(refusal),
        }
    }
    gathered::resolve(&mut candidates, corpora);
    // An id of the front matter may stand elsewhere in the order than the path.
    candidates.sort_by(|a, b| a.record.id.cmp(&b.record.id));
    (candidates, refused)
}

/// Judges a document; what the last build found in it under this key, it needn't find again.
fn judge_one(
    source: &Source,
    settings: &Settings,
    corpora: &[Gathered],
    now: jiff::civil::Date,
    (found, key): (&Remembered<Vec<Stored>>, Option<Key>),
) -> Judged {
    let stored = key.and_then(|key| found.find(key));
    let known: Option<Vec<Diagnostic>> = stored.and_then(|stored| stored.iter().map(Stored::restore).collect());
    // Of few documents the secrecy mark has to be read; what was read is judged further.
    let mut reading = (known.is_none() && check::may_be_classified(source)).then(|| Reading::of(source));
    let refusal = match &reading {
        Some(reading) => check::secrecy_of(reading, &source.file),
        None if known.is_none() => check::secrecy_of_name(&source.file),
        None => None,
    };
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let (mut record, mut findings) = record::read_within(source, &settings.folders);
    gathered::place(&mut record, corpora);
    let judged = known.unwrap_or_else(|| {
        let reading = reading.take().unwrap_or_else(|| Reading::of(source));
        let mut judged = check::record(source, &reading, &record, settings, now);
        judged.extend(check::privacy_of(&reading, source, record.visibility));
        judged
    });
    if let Some(key) = key {
        found.note(key, judged.iter().map(Stored::from).collect());
    }
    findings.extend(judged);
    Ok((record, findings))
}
