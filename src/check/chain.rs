//! Chains of documents: a report, what it led to, and the newer version of either. A figure of 成效 counts once in one.

use crate::record::date::Day;
use crate::record::number::canonical;
use crate::record::{Adoption, Benefits, Detail, Form, Kind, Located, Quantity, Record};
use crate::text::number;
use std::collections::{BTreeMap, BTreeSet};

/// Finds documents by their ids, and recommendations by their 文号 too.
pub struct Directory<'a> {
    ids: BTreeMap<&'a str, usize>,
    /// Recommendations by canonical 文号; of several with one number the first.
    numbers: BTreeMap<String, usize>,
    recommendations: BTreeSet<usize>,
}

impl<'a> Directory<'a> {
    /// Of records in any order; they are named by their places in it.
    pub fn new(records: &[&'a Record]) -> Self {
        let mut directory = Self {
            ids: BTreeMap::new(),
            numbers: BTreeMap::new(),
            recommendations: BTreeSet::new(),
        };
        for (at, record) in records.iter().enumerate() {
            directory.ids.insert(record.id.as_str(), at);
            if let Detail::Recommendation(recommendation) = &record.detail {
                directory.recommendations.insert(at);
                let number = recommendation.number.as_deref();
                number.map(|number| directory.numbers.entry(canonical(number)).or_insert(at));
            }
        }
        directory
    }

    /// The document of an id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The recommendations that an event of 制发检察建议 names: by 衍生成果, or by their 文号 in its own.
    pub fn recommendations(&self, event: &Adoption) -> BTreeSet<usize> {
        if event.form != Form::Recommendation {
            return BTreeSet::new();
        }
        let numbers = event.document.iter().flat_map(|document| numbers(document));
        let by_number = numbers.filter_map(|number| self.numbers.get(&number).copied());
        let by_id = event.leads_to.iter().filter_map(|id| self.find(id));
        by_id
            .filter(|at| self.recommendations.contains(at))
            .chain(by_number)
            .collect()
    }
}

/// The numbers that a 文号 is, or that stand in the name of a document.
fn numbers(document: &str) -> BTreeSet<String> {
    number::numbers_in(document)
        .into_iter()
        .chain([canonical(document)])
        .collect()
}

/// The neighbours of each record in its chain. 来源报告, 衍生成果 and 替代 make one; 相关文献 does so only between a
/// case and the recommendation or report that it came from: elsewhere it only points.
pub fn neighbours(records: &[&Record]) -> Vec<BTreeSet<usize>> {
    let directory = Directory::new(records);
    let mut neighbours = vec![BTreeSet::new(); records.len()];
    for (at, record) in records.iter().enumerate() {
        let related = record.related.iter().filter_map(|id| directory.find(id));
        let related = related.filter(|&other| came_from(record.kind, records[other].kind));
        let newer = record.supersedes.iter().filter_map(|id| directory.find(id));
        let mut others: BTreeSet<usize> = related.chain(newer).collect();
        match &record.detail {
            Detail::Report(report) => {
                for event in &report.adoptions {
                    others.extend(event.leads_to.iter().filter_map(|id| directory.find(id)));
                    others.extend(directory.recommendations(event));
                }
            }
            Detail::Recommendation(recommendation) => {
                others.extend(recommendation.source.iter().filter_map(|id| directory.find(id)));
            }
            _ => {}
        }
        for other in others.into_iter().filter(|&other| other != at) {
            neighbours[at].insert(other);
            neighbours[other].insert(at);
        }
    }
    neighbours
}

/// Whether 相关文献 between two kinds says that one came from the other.
fn came_from(one: Kind, other: Kind) -> bool {
    let source = |kind| matches!(kind, Kind::Recommendation | Kind::Report);
    one == Kind::Case && source(other) || other == Kind::Case && source(one)
}

/// A figure of 成效 that doesn't count, because another document of its chain has it.
pub struct Twice {
    /// Index of the record whose figure doesn't count.
    pub record: usize,
    /// Index of the record whose figure counts.
    pub counts: usize,
    /// English key of the figure.
    pub key: &'static str,
    /// Its Chinese name.
    pub name: &'static str,
    /// Line of the file.
    pub line: u32,
}

/// The figures of 成效 that stand more than once in a chain. The one of the latest date counts; of one date the larger.
/// What is `out` (drafts, copies) counts only where nothing else has the figure.
pub fn figures_twice(records: &[&Record], out: &dyn Fn(usize) -> bool) -> Vec<Twice> {
    let chains = chains(records);
    let mut best: BTreeMap<(usize, &str), (Rank, usize)> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        for (key, _, figure) in figures(&record.benefits) {
            let rank = (!out(at), record.date, figure.value.value);
            let held = best.entry((chains[at], key)).or_insert((rank, at));
            if rank > held.0 {
                *held = (rank, at);
            }
        }
    }
    let mut twice = Vec::new();
    for (at, record) in records.iter().enumerate() {
        for (key, name, figure) in figures(&record.benefits) {
            let counts = best.get(&(chains[at], key)).map_or(at, |(_, best)| *best);
            if counts != at {
                twice.push(Twice {
                    record: at,
                    counts,
                    key,
                    name,
                    line: figure.line,
                });
            }
        }
    }
    twice
}

/// Whether it may count, its date, the figure: the greatest counts.
type Rank = (bool, Option<Day>, i64);

type Figure<'a> = (&'static str, &'static str, &'a Located<Quantity>);

fn figures(benefits: &Benefits) -> impl Iterator<Item = Figure<'_>> {
    let people = benefits.people.as_ref().map(|figure| ("people", "受益人数", figure));
    let amount = benefits.amount.as_ref().map(|figure| ("amount", "挽回损失", figure));
    people.into_iter().chain(amount)
}

/// The chain of each record, named by the first of its records.
fn chains(records: &[&Record]) -> Vec<usize> {
    let neighbours = neighbours(records);
    let mut chains = vec![None; records.len()];
    for first in 0..records.len() {
        let mut next = vec![first];
        while let Some(at) = next.pop() {
            if chains[at].is_none() {
                chains[at] = Some(first);
                next.extend(&neighbours[at]);
            }
        }
    }
    chains.into_iter().flatten().collect()
}
