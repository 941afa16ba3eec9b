//! Chains of documents: a topic, its report, what that led to. A figure of 成效 stands in one of them.

use crate::record::{Benefits, Detail, Record};
use std::collections::BTreeMap;

/// A figure that another document of the chain has already.
pub struct Twice {
    /// Index of the record that has it again.
    pub record: usize,
    /// Index of the first record of the chain that has it.
    pub first: usize,
    /// English key of the figure.
    pub key: &'static str,
    /// Its Chinese name.
    pub name: &'static str,
    /// Line of the file.
    pub line: u32,
}

/// The figures of 成效 that stand more than once in a chain, which would be counted twice.
pub fn figures_twice(records: &[&Record]) -> Vec<Twice> {
    let chains = chains(records);
    let mut firsts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut twice = Vec::new();
    for (record, chain) in chains.into_iter().enumerate() {
        for (key, name, line) in figures(&records[record].benefits) {
            let first = *firsts.entry((chain, key)).or_insert(record);
            if first != record {
                twice.push(Twice {
                    record,
                    first,
                    key,
                    name,
                    line,
                });
            }
        }
    }
    twice
}

fn figures(benefits: &Benefits) -> impl Iterator<Item = (&'static str, &'static str, u32)> {
    let people = benefits
        .people
        .as_ref()
        .map(|people| ("people", "受益人数", people.line));
    let amount = benefits
        .amount
        .as_ref()
        .map(|amount| ("amount", "挽回损失", amount.line));
    people.into_iter().chain(amount)
}

/// The chain of each record: the smallest index of the records that it hangs together with.
fn chains(records: &[&Record]) -> Vec<usize> {
    let index: BTreeMap<&str, usize> = records
        .iter()
        .enumerate()
        .map(|(at, record)| (record.id.as_str(), at))
        .collect();
    let mut parents: Vec<usize> = (0..records.len()).collect();
    for (at, record) in records.iter().enumerate() {
        for other in links(record).into_iter().filter_map(|id| index.get(id)) {
            let (a, b) = (root(&mut parents, at), root(&mut parents, *other));
            parents[a.max(b)] = a.min(b);
        }
    }
    (0..records.len()).map(|at| root(&mut parents, at)).collect()
}

/// The root of a record's chain; halves the way there, so that the next search is shorter.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// References that make a chain; 相关文献 only points.
fn links(record: &Record) -> Vec<&str> {
    let ids: Vec<&String> = match &record.detail {
        Detail::Report(report) => {
            let led_to = report.adoptions.iter().flat_map(|event| &event.leads_to);
            led_to.chain(&report.topic).collect()
        }
        Detail::Recommendation(recommendation) => recommendation.source.iter().collect(),
        Detail::Topic(topic) => topic.outputs.iter().collect(),
        Detail::Case(_) => Vec::new(),
    };
    ids.into_iter().map(String::as_str).collect()
}
