//! The entries of the documents that passed: what became of each, and what it has to do with the others.

use super::links::{LinkTable, Named};
use super::mentions::{self, Mentions};
use super::status::Versions;
use crate::adoption::{self, Outcome};
use crate::audience::{Audience, Cleared};
use crate::record::{Detail, Record};
use crate::settings::Settings;
use crate::site::Entry;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a document has to do with others; they stand by their indices.
struct Relations {
    outcome: Outcome,
    /// Those that it refers to, ascending.
    cites: Vec<usize>,
    /// Those that refer to it, ascending.
    cited_by: Vec<usize>,
    /// The one that replaces it.
    superseded_by: Option<usize>,
}

/// Makes entries of documents, given with the targets of their links, what their texts name, and their pages.
pub(super) fn entries(
    documents: Vec<Cleared>,
    targets: &[BTreeSet<String>],
    mentions: Vec<Mentions>,
    pages: &[String],
    links: &LinkTable,
    settings: &Settings,
    now: jiff::civil::Date,
) -> Vec<Entry> {
    let relations = relations(&documents, targets, links, settings);
    let versions = Versions::of(&documents);
    let numbered = mentions::numbered(&documents);
    let downloads = settings.has_downloads(documents.len());
    let mut entries = Vec::with_capacity(documents.len());
    for (index, ((document, relations), named)) in documents.into_iter().zip(relations).zip(mentions).enumerate() {
        let (due, state) = match &document.record().detail {
            Detail::Recommendation(recommendation) => (
                adoption::due(recommendation, settings),
                Some(adoption::state(recommendation, settings, now)),
            ),
            _ => (None, None),
        };
        let page = pages[index].clone();
        let source = downloads.then(|| format!("{}.md", page.strip_suffix(".html").unwrap_or(&page)));
        // The gate leaves nothing of evidence to the public but that there is some.
        let evidence = match document.audience() {
            Audience::Internal => links.evidence(document.record()),
            Audience::Public => Vec::new(),
        };
        let status = versions.status(document.record(), relations.superseded_by.is_some(), now);
        entries.push(Entry {
            document,
            page,
            outcome: relations.outcome,
            due,
            state,
            cites: relations.cites,
            cited_by: relations.cited_by,
            numbers: mentions::of_others(named.numbers, &numbered, index),
            laws: named.cited,
            opening: named.opening,
            articles: named.own,
            status,
            superseded_by: relations.superseded_by,
            source,
            evidence,
        });
    }
    entries
}

/// What each document has to do with the others.
fn relations(
    documents: &[Cleared],
    targets: &[BTreeSet<String>],
    links: &LinkTable,
    settings: &Settings,
) -> Vec<Relations> {
    let by_id: BTreeMap<&str, usize> = documents
        .iter()
        .enumerate()
        .map(|(index, document)| (document.record().id.as_str(), index))
        .collect();
    let cites: Vec<Vec<usize>> = documents
        .par_iter()
        .enumerate()
        .map(|(index, document)| references(index, document, &targets[index], &by_id, links))
        .collect();
    let mut cited_by = vec![Vec::new(); documents.len()];
    for (index, targets) in cites.iter().enumerate() {
        targets.iter().for_each(|&target| cited_by[target].push(index));
    }
    let records: Vec<&Record> = documents.iter().map(Cleared::record).collect();
    let outcomes = adoption::outcomes(&records, settings);
    let all = outcomes.into_iter().zip(cites).zip(cited_by);
    let mut all: Vec<Relations> = all
        .map(|((outcome, cites), cited_by)| Relations {
            outcome,
            cites,
            cited_by,
            superseded_by: None,
        })
        .collect();
    for (index, record) in records.iter().enumerate() {
        for &older in record.supersedes.iter().filter_map(|id| by_id.get(id.as_str())) {
            // What replaces a copy replaces its original.
            let original = all[older].outcome.counted.copy_of.unwrap_or(older);
            all[older].superseded_by = Some(index);
            all[original].superseded_by = Some(index);
        }
    }
    all
}

/// The documents that one refers to, in its front matter or by a link of its body.
fn references(
    index: usize,
    document: &Cleared,
    targets: &BTreeSet<String>,
    by_id: &BTreeMap<&str, usize>,
    links: &LinkTable,
) -> Vec<usize> {
    let record = document.record();
    let mut ids: Vec<&String> = record.related.iter().chain(&record.supersedes).collect();
    match &record.detail {
        Detail::Report(report) => {
            ids.extend(&report.topic);
            ids.extend(report.adoptions.iter().flat_map(|event| &event.leads_to));
        }
        Detail::Recommendation(recommendation) => ids.extend(&recommendation.source),
        Detail::Topic(topic) => ids.extend(&topic.outputs),
        Detail::Case(_) | Detail::Law(_) => {}
    }
    let linked = targets
        .iter()
        .filter_map(|target| match links.named(&record.file, target) {
            Named::Document(target, _) => Some(target),
            Named::File(_) | Named::Excluded | Named::Unknown => None,
        });
    let all: BTreeSet<usize> = ids
        .into_iter()
        .filter_map(|id| by_id.get(id.as_str()).copied())
        .chain(linked)
        .filter(|&target| target != index)
        .collect();
    all.into_iter().collect()
}
