//! The fourth stage of loading: where the documents lead, and what their texts name.

use super::entries::entries;
use super::gate::Passed;
use super::generation::{Seen, generation};
use super::links::{LinkTable, Named};
use super::mentions::Mentions;
use super::recall::{Outlined, Recall};
use super::{BuildError, Loaded, Options};
use super::{attachment, carried};
use crate::audience::Cleared;
use crate::cache::Recipe;
use crate::{diagnostic, markdown, site};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What passed the gate, with its pages and links.
pub(super) struct Linked {
    passed: Passed,
    /// The pages of the documents.
    pages: Vec<String>,
    links: LinkTable,
    /// The targets of the links of each document's body.
    targets: Vec<BTreeSet<String>>,
    /// What each document's text names besides.
    mentions: Vec<Mentions>,
}

impl Linked {
    /// Gives documents their pages and reads where they lead.
    pub(super) fn of(mut passed: Passed, recall: &Recall) -> Self {
        let ids: Vec<&str> = passed
            .documents
            .iter()
            .map(|document| document.record().id.as_str())
            .collect();
        let pages = site::names(&ids);
        let (targets, mentions): (Vec<BTreeSet<String>>, Vec<Mentions>) = passed
            .documents
            .par_iter()
            .map(|document| {
                let outlined = outlined(document, recall);
                (outlined.targets.clone(), Mentions::of(document, outlined))
            })
            .unzip();
        let links = table(&passed, &targets);
        let public = links.of_public(passed.documents.iter().zip(&targets));
        attachment::raise(&mut passed.diagnostics, &public);
        Self {
            passed,
            pages,
            links,
            targets,
            mentions,
        }
    }

    /// Makes entries of the documents, and names the state of all.
    pub(super) fn loaded(self, options: &Options) -> Result<Loaded, BuildError> {
        let Self {
            passed,
            pages,
            links,
            targets,
            mentions,
        } = self;
        let settings = passed.settings;
        let mut diagnostics = passed.diagnostics;
        diagnostic::sort(&mut diagnostics);
        let entries = entries(
            passed.documents,
            &targets,
            mentions,
            &pages,
            &links,
            &settings,
            options.now,
        );
        let lang = options.lang.unwrap_or(settings.language);
        let seen = Seen {
            entries: &entries,
            settings: &settings,
            links: &links,
            pages: &pages,
            lang,
        };
        let generation = generation(&seen, options)?;
        Ok(Loaded {
            settings,
            audience: options.audience,
            lang,
            now: options.now,
            entries,
            held_back: passed.held_back,
            diagnostics,
            documents: passed.read,
            sources: passed.sources,
            generation,
            links,
            pages,
            targets,
            attachments: passed.attachments,
        })
    }
}

/// Everything that links can lead to.
fn table(passed: &Passed, targets: &[BTreeSet<String>]) -> LinkTable {
    let numbered = passed.documents.iter().enumerate();
    let mut links = LinkTable::new(
        numbered
            .map(|(index, document)| (document.source().id.clone(), index))
            .collect(),
        passed.attachments.keys().cloned().collect(),
        passed.corpora.iter().map(|corpus| corpus.prefix.clone()).collect(),
    );
    links.carried = carried::places(links.files.iter().map(String::as_str), &passed.settings.attachments);
    links.headings = headings(&passed.documents, targets, &links);
    links
}

/// The headings of the documents that a link leads into.
fn headings(cleared: &[Cleared], targets: &[BTreeSet<String>], links: &LinkTable) -> BTreeMap<usize, BTreeSet<String>> {
    let named = cleared.iter().zip(targets).flat_map(|(document, targets)| {
        let within = targets.iter().filter(|target| target.contains('#'));
        within.filter_map(|target| match links.named(&document.record().file, target) {
            Named::Document(index, fragment) if !fragment.is_empty() => Some(index),
            _ => None,
        })
    });
    let wanted: BTreeSet<usize> = named.collect();
    let wanted: Vec<usize> = wanted.into_iter().collect();
    let read = |index: usize| {
        let document = &cleared[index];
        (index, markdown::heading_ids(document.body(), &document.record().title))
    };
    wanted.into_par_iter().map(read).collect()
}

/// What the body of a document leads to and cites.
fn outlined(document: &Cleared, recall: &Recall) -> Outlined {
    let key = || Recipe::of("outline").with(document.source().stamp().hash).key();
    recall.outlined.get(key, || {
        let outline = markdown::scan(document.body());
        Outlined {
            targets: outline.links.into_iter().map(|link| link.target).collect(),
            citations: outline.citations,
            articles: outline.articles,
            numbers: outline.numbers,
            opening: outline.opening,
        }
    })
}
