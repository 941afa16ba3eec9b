//! Chains: what a document came from and what came of it, told as dated steps.
//!
//! Report, recommendation, reply, rectification, case and honour belong together by references of their front matter,
//! followed both ways: [`check::neighbours`] says which. A topic stands at the beginning of the chains that came of it,
//! without making one of them.

use crate::check;
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Honour, Kind, Recommendation, Record};
use std::collections::{BTreeSet, VecDeque};

/// A chain holds at most this many documents, those nearest to the one it is shown on, so that a
/// topic with hundreds of reports stays readable.
pub(crate) const LONGEST: usize = 16;

/// What happened in a step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Happening<'a> {
    /// A topic was started.
    Started,
    /// A report, or a case, was written.
    Written,
    /// An event of a report's adoption, with its place in the record.
    Event(&'a Adoption, usize),
    /// A recommendation was issued.
    Issued(&'a Recommendation),
    /// An objection to it.
    Objected(&'a Recommendation),
    /// It was withdrawn.
    Withdrawn,
    /// It was answered.
    Replied(&'a Recommendation),
    /// It was followed up by other means.
    Escalated(&'a str),
    /// What it asks for was looked at.
    Rectified(&'a Recommendation),
    /// It was closed.
    Closed,
    /// An honour.
    Honoured(&'a Honour),
}

/// One dated step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step<'a> {
    /// When; undated steps stand where their document begins.
    pub date: Option<Day>,
    /// Index of the document.
    pub document: usize,
    /// What happened.
    pub happening: Happening<'a>,
}

/// The neighbours of every document in its chain, and the topics that chains began with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chains {
    neighbours: Vec<BTreeSet<usize>>,
    /// The document itself, or the one that it is a copy of.
    originals: Vec<usize>,
    /// The topics of each document.
    topics: Vec<BTreeSet<usize>>,
    /// What came of each topic.
    outputs: Vec<BTreeSet<usize>>,
}

impl Chains {
    /// Gathers the references of all documents, both ways.
    pub(crate) fn new(records: &[&Record]) -> Self {
        let directory = check::Directory::new(records);
        let mut topics = vec![BTreeSet::new(); records.len()];
        let mut outputs = topics.clone();
        for (at, record) in records.iter().enumerate() {
            for (topic, output) in of_topics(at, record, &directory) {
                topics[output].insert(topic);
                outputs[topic].insert(output);
            }
        }
        Self {
            neighbours: check::neighbours(records, &directory),
            originals: (0..records.len()).map(|at| directory.original(at)).collect(),
            topics,
            outputs,
        }
    }

    /// The documents of the chain of one, itself and the topics of its documents included, at most [`LONGEST`], in the
    /// order of their indices; the flag says that there are more. From a topic the chains of all that came of it follow. The
    /// chain of a copy is that of its original.
    pub(crate) fn around(&self, document: usize) -> (Vec<usize>, bool) {
        let document = self.originals.get(document).copied().unwrap_or(document);
        let mut found = BTreeSet::from([document]);
        let mut queue = VecDeque::from([document]);
        let mut more = false;
        while let Some(at) = queue.pop_front() {
            let of = |all: &[BTreeSet<usize>]| all.get(at).cloned().unwrap_or_default();
            let began = if at == document {
                of(&self.outputs)
            } else {
                BTreeSet::new()
            };
            let leads_on = of(&self.neighbours).into_iter().chain(began).map(|next| (next, true));
            // A topic that a chain began with doesn't lead on to what else came of it.
            for (next, leads_on) in leads_on.chain(of(&self.topics).into_iter().map(|topic| (topic, false))) {
                if found.len() == LONGEST && !found.contains(&next) {
                    more = true;
                } else if found.insert(next) && leads_on {
                    queue.push_back(next);
                }
            }
        }
        (found.into_iter().collect(), more)
    }
}

/// The pairs of topic and output that a record names.
fn of_topics(at: usize, record: &Record, directory: &check::Directory) -> Vec<(usize, usize)> {
    let at = directory.original(at);
    let find = |id: &String| directory.counted(id).filter(|&other| other != at);
    match &record.detail {
        Detail::Report(report) => report.topic.iter().filter_map(find).map(|topic| (topic, at)).collect(),
        Detail::Topic(topic) => topic
            .outputs
            .iter()
            .filter_map(find)
            .map(|output| (at, output))
            .collect(),
        _ => Vec::new(),
    }
}

/// The steps of documents, given with their indices, by date. Steps of one day keep the order of the
/// story: topic, report, recommendation, case; a step without a date follows the one before it.
pub(crate) fn steps<'a>(documents: &[(usize, &'a Record)]) -> Vec<Step<'a>> {
    let mut found: Vec<(Option<Day>, u8, Step<'a>)> = Vec::new();
    for &(document, record) in documents {
        let mut last = record.date;
        for (date, happening) in happenings(record) {
            last = date.or(last);
            let step = Step {
                date,
                document,
                happening,
            };
            found.push((last, place(record.kind), step));
        }
    }
    found.sort_by_key(|(date, place, _)| (date.is_none(), date.map(|day| day.date), *place));
    found.into_iter().map(|(_, _, step)| step).collect()
}

fn place(kind: Kind) -> u8 {
    match kind {
        Kind::Law => 0,
        Kind::Topic => 0,
        Kind::Report => 1,
        Kind::Recommendation => 2,
        Kind::Case => 3,
    }
}

/// What happened in one document, in its own order.
fn happenings(record: &Record) -> Vec<(Option<Day>, Happening<'_>)> {
    let mut all = match &record.detail {
        Detail::Topic(_) => vec![(record.date, Happening::Started)],
        Detail::Report(report) => {
            let mut all = vec![(record.date, Happening::Written)];
            let events = report.adoptions.iter().enumerate();
            all.extend(events.map(|(at, event)| (event.date, Happening::Event(event, at))));
            all
        }
        Detail::Case(_) => vec![(record.date, Happening::Written)],
        Detail::Law(_) => Vec::new(),
        Detail::Recommendation(recommendation) => of_recommendation(recommendation),
    };
    all.extend(
        record
            .honours
            .iter()
            .map(|honour| (honour.date, Happening::Honoured(honour))),
    );
    all
}

fn of_recommendation(recommendation: &Recommendation) -> Vec<(Option<Day>, Happening<'_>)> {
    let mut all = Vec::new();
    if let Some(day) = recommendation.issued.as_ref().or(recommendation.delivered.as_ref()) {
        all.push((Some(day.value), Happening::Issued(recommendation)));
    }
    if let Some(objection) = &recommendation.objection {
        all.push((objection.date, Happening::Objected(recommendation)));
    }
    if let Some(day) = &recommendation.withdrawn {
        all.push((Some(day.value), Happening::Withdrawn));
    }
    if let Some(reply) = &recommendation.reply {
        all.push((reply.date, Happening::Replied(recommendation)));
    }
    let escalations = recommendation.escalations.iter();
    all.extend(escalations.filter_map(|step| Some((step.date, Happening::Escalated(step.text.as_deref()?)))));
    if let Some(found) = &recommendation.rectification {
        all.push((found.date, Happening::Rectified(recommendation)));
    }
    if let Some(closed) = &recommendation.closed {
        all.push((closed.date, Happening::Closed));
    }
    all
}
