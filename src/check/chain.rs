//! Chains of documents: a report, what it led to, and the newer version of either. A figure of 成效 counts once in one.

use super::directory::Directory;
use crate::record::date::Day;
use crate::record::{Benefits, Detail, Kind, Located, Quantity, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The neighbours of each record in its chain. 来源报告, 衍生成果 and 替代 make one; 相关文献 does so only between a
/// case and the recommendation or report that it came from: elsewhere it only points. A copy stands at the place of its
/// original, and has no neighbours of its own.
pub(crate) fn neighbours(records: &[&Record], directory: &Directory) -> Vec<BTreeSet<usize>> {
    let mut neighbours = vec![BTreeSet::new(); records.len()];
    for (copy, record) in records.iter().enumerate() {
        let at = directory.original(copy);
        let related = record.related.iter().filter_map(|id| directory.counted(id));
        let related = related.filter(|&other| came_from(record.kind, records[other].kind));
        let newer = record.supersedes.iter().filter_map(|id| directory.counted(id));
        let mut others: BTreeSet<usize> = related.chain(newer).collect();
        match &record.detail {
            Detail::Report(report) => {
                for event in &report.adoptions {
                    others.extend(event.leads_to.iter().filter_map(|id| directory.counted(id)));
                    others.extend(directory.recommendations(event));
                }
            }
            Detail::Recommendation(recommendation) => {
                others.extend(recommendation.source.iter().filter_map(|id| directory.counted(id)));
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
pub(crate) struct Twice {
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
/// Drafts and copies count nowhere, and take nothing from what does.
pub(crate) fn figures_twice(records: &[&Record], directory: &Directory) -> Vec<Twice> {
    let chains = chains(records, directory);
    let counts = |at: usize| !records[at].draft && directory.copy_of(at).is_none();
    let counted = || records.iter().enumerate().filter(|(at, _)| counts(*at));
    let mut best: BTreeMap<(usize, &str), (Rank, usize)> = BTreeMap::new();
    for (at, record) in counted() {
        for (key, _, figure) in figures(&record.benefits) {
            let rank = (record.date, figure.value.value);
            let held = best.entry((chains[at], key)).or_insert((rank, at));
            if rank > held.0 {
                *held = (rank, at);
            }
        }
    }
    let mut twice = Vec::new();
    for (at, record) in counted() {
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

/// The date of a figure and its size: the greatest counts.
type Rank = (Option<Day>, i64);

type Figure<'a> = (&'static str, &'static str, &'a Located<Quantity>);

fn figures(benefits: &Benefits) -> impl Iterator<Item = Figure<'_>> {
    let people = benefits.people.as_ref().map(|figure| ("people", "受益人数", figure));
    let amount = benefits.amount.as_ref().map(|figure| ("amount", "挽回损失", figure));
    people.into_iter().chain(amount)
}

/// The chain of each record, named by the first of its records. Drafts join nothing.
fn chains(records: &[&Record], directory: &Directory) -> Vec<usize> {
    let neighbours = neighbours(records, directory);
    let mut chains = vec![None; records.len()];
    for first in 0..records.len() {
        let mut next = vec![first];
        while let Some(at) = next.pop() {
            if chains[at].is_none() {
                chains[at] = Some(first);
                let joined = neighbours[at]
                    .iter()
                    .filter(|&&other| !records[at].draft && !records[other].draft);
                next.extend(joined);
            }
        }
    }
    chains.into_iter().flatten().collect()
}
