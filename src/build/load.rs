//! From a corpus folder to the entries that pages and index are made from.

use super::evidence;
use super::gathered;
use super::generation::{Seen, generation};
use super::links::{LinkTable, Named};
use super::look::{self, Leak};
use super::mentions::{self, Mentions};
use super::recall::{Judged, Outlined, Recall};
use super::status::Versions;
use super::{BuildError, Options, Phase, Progress, attachment, carried};
use crate::adoption;
use crate::audience::{self, Audience, Candidate, Cleared, HeldBack};
use crate::cache::{Key, Recipe, Remembered};
use crate::corpus::{Attachment, Source};
use crate::diagnostic::{self, Diagnostic, Group, Stored};
use crate::message::Lang;
use crate::reading::Reading;
use crate::record::{self, Detail, Record, Visibility};
use crate::settings::{self, Gathered, PEOPLE, SCORES, SYNONYMS, Settings};
use crate::site::{self, Entry};
use crate::{check, markdown};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// A corpus, read and judged, ready to be written.
pub struct Loaded {
    /// Its settings.
    pub settings: Settings,
    /// Audience of the run.
    pub audience: Audience,
    /// Language of the interface.
    pub lang: Lang,
    /// Reference day.
    pub now: jiff::civil::Date,
    /// What passed the gate, in the order of ids.
    pub entries: Vec<Entry>,
    /// What did not, and why.
    pub held_back: Vec<HeldBack>,
    /// Everything found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of documents read.
    pub documents: usize,
    /// The decoded texts of all files that were read, for those who show a diagnostic's line; none in the public
    /// audience.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Names the state of everything that its readers see.
    pub generation: String,
    pub(super) links: LinkTable,
    pub(super) pages: Vec<String>,
    /// The targets of the links of each entry's body.
    pub(super) targets: Vec<BTreeSet<String>>,
    pub(super) attachments: BTreeMap<String, Attachment>,
}

impl Loaded {
    /// The attachments to which its public documents lead.
    pub fn attached(&self) -> BTreeSet<&str> {
        let documents = self.entries.iter().map(|entry| &entry.document);
        linked(documents.zip(&self.targets), &self.links)
    }

    /// The file of the corpus that a path in the document `from` names, where it is.
    pub fn attachment(&self, from: &str, path: &str) -> Option<&Attachment> {
        self.attachments.get(self.links.file(from, path)?)
    }
}

/// Reads and judges a corpus.
pub fn load(options: &Options, progress: &dyn Progress) -> Result<Loaded, BuildError> {
    load_with(options, &[], &mut Recall::default(), progress)
}

/// Reads and judges a corpus like [`load`], with the cache of the folder `index`; documents in which something leaked
/// are held back.
pub fn load_without(
    options: &Options,
    leaks: &[Leak],
    index: &Path,
    progress: &dyn Progress,
) -> Result<Loaded, BuildError> {
    load_with(options, leaks, &mut Recall::of(index, options.audience), progress)
}

/// Reads and judges a corpus like [`load`]; what a process knows of a document from its last run, it doesn't find out
/// again.
pub fn load_again(options: &Options, recall: &mut Recall, progress: &dyn Progress) -> Result<Loaded, BuildError> {
    load_with(options, &[], recall, progress)
}

fn load_with(
    options: &Options,
    leaks: &[Leak],
    recall: &mut Recall,
    progress: &dyn Progress,
) -> Result<Loaded, BuildError> {
    let (settings, settings_diagnostics) = settings::read(&options.corpus);
    let corpora = settings.corpora.clone();
    let corpus = gathered::read(options, &corpora, recall)?;
    let settings = audience::settings(settings, options.audience);
    let said = look::of_site_file(&settings);
    progress.begin(Phase::Check, corpus.sources.len());
    let documents = corpus.sources.len();

    let (mut candidates, refused) = judge(corpus.sources, &settings, &corpora, options, recall, progress);
    recall.found.store().map_err(BuildError::Site)?;
    evidence::settle(&mut candidates, &corpus.attachments, &corpora);
    for candidate in &mut candidates {
        let leaked = leaks
            .iter()
            .filter(|leak| leak.id.as_ref() == Some(&candidate.record.id));
        candidate.findings.extend(leaked.map(|leak| leak.finding.clone()));
    }
    let mut diagnostics = corpus.diagnostics;
    diagnostics.extend(settings_diagnostics);
    diagnostics.extend(said);
    diagnostics.extend(refused);
    diagnostics.extend(
        candidates
            .iter()
            .flat_map(|candidate| candidate.findings.iter().cloned()),
    );
    let (attachments, found) = attachment::judge(corpus.attachments, options.audience, recall);
    diagnostics.extend(found);

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
        ));
    }
    let (mut cleared, held_back) = audience::clear(candidates, options.audience, options.drafts);
    if options.audience == Audience::Public {
        keep_public(&mut diagnostics);
        diagnostics.extend(leaks.iter().map(|leak| leak.finding.clone()));
        diagnostics.extend(judge_together(
            cleared.iter().map(|document| (document.record(), document.source())),
        ));
    }
    // Of documents with one id, whatever its case, the first stays; a diagnostic reports the others.
    let mut ids = BTreeSet::new();
    cleared.retain(|document| ids.insert(document.record().id.to_lowercase()));
    drop(ids);
    // They are held to the end of the run; growing left room for as many again.
    diagnostics.shrink_to_fit();

    let pages = site::names(
        &cleared
            .iter()
            .map(|document| document.record().id.as_str())
            .collect::<Vec<_>>(),
    );
    let attachments: BTreeMap<String, Attachment> = attachments
        .into_iter()
        .map(|attachment| (attachment.file.clone(), attachment))
        .collect();
    let numbered = cleared.iter().enumerate();
    let mut links = LinkTable::new(
        numbered
            .map(|(index, document)| (document.source().id.clone(), index))
            .collect(),
        attachments.keys().cloned().collect(),
        corpora.into_iter().map(|corpus| corpus.prefix).collect(),
    );
    let (targets, named): (Vec<BTreeSet<String>>, Vec<Mentions>) = cleared
        .par_iter()
        .map(|document| {
            let outlined = outlined(document, recall);
            (outlined.targets.clone(), Mentions::of(document, outlined))
        })
        .unzip();
    links.carried = carried::places(links.files.iter().map(String::as_str), &settings.attachments);
    links.headings = headings(&cleared, &targets, &links);
    recall.settle();
    attachment::raise(&mut diagnostics, &linked_by_public(&cleared, &targets, &links));
    diagnostic::sort(&mut diagnostics);
    let entries = entries(cleared, &targets, named, &pages, &links, &settings, options.now);
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
        held_back,
        diagnostics,
        documents,
        sources,
        generation,
        links,
        pages,
        targets,
        attachments,
    })
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

/// The attachments to which the bodies of public documents lead.
fn linked_by_public<'a>(cleared: &[Cleared], targets: &[BTreeSet<String>], links: &'a LinkTable) -> BTreeSet<&'a str> {
    linked(cleared.iter().zip(targets), links)
}

/// The same of documents, each with where it leads.
fn linked<'a, 'd>(
    documents: impl Iterator<Item = (&'d Cleared, &'d BTreeSet<String>)>,
    links: &'a LinkTable,
) -> BTreeSet<&'a str> {
    let public = documents.filter(|(document, _)| document.record().visibility == Visibility::Public);
    let named = public.flat_map(|(document, targets)| {
        let from = document.source().file.as_str();
        targets.iter().map(move |target| links.named(from, target))
    });
    let files = named.filter_map(|named| match named {
        Named::File(file) => links.files.get(&file).map(String::as_str),
        _ => None,
    });
    files.collect()
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
    if known.is_none()
        && let Some(refusal) = check::secrecy(source)
    {
        return Err(refusal);
    }
    let (mut record, mut findings) = record::read_within(source, &settings.folders);
    gathered::place(&mut record, corpora);
    let judged = known.unwrap_or_else(|| {
        let reading = Reading::of(source);
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

fn judge_together<'a>(documents: impl Iterator<Item = (&'a Record, &'a Source)>) -> Vec<Diagnostic> {
    let (records, sources): (Vec<&Record>, Vec<&Source>) = documents.unzip();
    check::corpus(&records, &sources)
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

fn entries(
    cleared: Vec<Cleared>,
    targets: &[BTreeSet<String>],
    named: Vec<Mentions>,
    pages: &[String],
    links: &LinkTable,
    settings: &Settings,
    now: jiff::civil::Date,
) -> Vec<Entry> {
    let by_id: BTreeMap<String, usize> = cleared
        .iter()
        .enumerate()
        .map(|(index, document)| (document.record().id.clone(), index))
        .collect();
    let cites: Vec<Vec<usize>> = cleared
        .par_iter()
        .enumerate()
        .map(|(index, document)| references(index, document, &targets[index], &by_id, links))
        .collect();
    let mut cited_by = vec![Vec::new(); cleared.len()];
    for (index, targets) in cites.iter().enumerate() {
        targets.iter().for_each(|&target| cited_by[target].push(index));
    }
    let outcomes = {
        let records: Vec<&Record> = cleared.iter().map(Cleared::record).collect();
        adoption::outcomes(&records, settings)
    };
    let mut superseded_by = vec![None; cleared.len()];
    for (index, document) in cleared.iter().enumerate() {
        for &older in document.record().supersedes.iter().filter_map(|id| by_id.get(id)) {
            // What replaces a copy replaces its original.
            let original = outcomes[older].counted.copy_of.unwrap_or(older);
            superseded_by[older] = Some(index);
            superseded_by[original] = Some(index);
        }
    }
    let versions = Versions::of(&cleared);
    let numbered = mentions::numbered(&cleared);
    let downloads = settings.has_downloads(cleared.len());
    let mut entries = Vec::with_capacity(cleared.len());
    for ((((index, document), outcome), (cites, named)), (cited_by, superseded_by)) in cleared
        .into_iter()
        .enumerate()
        .zip(outcomes)
        .zip(cites.into_iter().zip(named))
        .zip(cited_by.into_iter().zip(superseded_by))
    {
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
        let status = versions.status(document.record(), superseded_by.is_some(), now);
        entries.push(Entry {
            document,
            page,
            outcome,
            due,
            state,
            cites,
            cited_by,
            numbers: mentions::of_others(named.numbers, &numbered, index),
            laws: named.cited,
            opening: named.opening,
            articles: named.own,
            status,
            superseded_by,
            source,
            evidence,
        });
    }
    entries
}

/// The documents that one refers to, in its front matter or by a link of its body.
fn references(
    index: usize,
    document: &Cleared,
    targets: &BTreeSet<String>,
    by_id: &BTreeMap<String, usize>,
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
        .filter_map(|id| by_id.get(id).copied())
        .chain(linked)
        .filter(|&target| target != index)
        .collect();
    all.into_iter().collect()
}
