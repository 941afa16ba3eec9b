//! Further corpora, gathered below the corpus: what their documents say of units, departments and each other is meant
//! within their own corpus.

use super::recall::Recall;
use super::{BuildError, Options};
use crate::audience::Candidate;
use crate::corpus::{self, Corpus};
use crate::record::{Detail, Record};
use crate::settings::Gathered;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads the corpus and those that its site file gathers.
pub(super) fn read(options: &Options, corpora: &[Gathered], recall: &Recall) -> Result<Corpus, BuildError> {
    let read = |folder: &Path| {
        corpus::read_again(folder, &recall.read).map_err(|error| BuildError::Corpus(folder.to_owned(), error))
    };
    let mut all = read(&options.corpus)?;
    for corpus in corpora {
        all.gather(&corpus.prefix, read(&corpus.folder(&options.corpus))?);
    }
    Ok(all)
}

/// Gives a document of a further corpus its place: the unit that it doesn't name, its own id below the prefix, and
/// departments that can't be taken for those of the same name elsewhere.
pub(super) fn place(record: &mut Record, corpora: &[Gathered]) {
    let Some(corpus) = Gathered::of(corpora, &record.file) else {
        return;
    };
    record.id = corpus.own_id(record);
    if record.units.is_empty() {
        record.units.extend(corpus.unit.clone());
    }
    let own = |department: &mut String| *department = corpus.of_its_own(department);
    record.departments.iter_mut().for_each(own);
    if let Detail::Recommendation(recommendation) = &mut record.detail {
        recommendation.handling_unit.iter_mut().for_each(own);
    }
}

/// Reads the ids that documents of further corpora refer to within their own corpus first.
pub(super) fn resolve(candidates: &mut [Candidate], corpora: &[Gathered]) {
    if corpora.is_empty() {
        return;
    }
    let ids: BTreeSet<String> = candidates.iter().map(|candidate| candidate.record.id.clone()).collect();
    for candidate in candidates {
        let Some(corpus) = Gathered::of(corpora, &candidate.record.file) else {
            continue;
        };
        for id in candidate.record.references_mut() {
            let own = format!("{}/{id}", corpus.prefix);
            if ids.contains(&own) {
                *id = own;
            }
        }
    }
}
