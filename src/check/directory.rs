//! Who is who among documents: by id and 文号, a copy by the document that counts in its place, a replaced one by its
//! newer versions.

use crate::record::number::{canonical, is_number};
use crate::record::{self, Adoption, Detail, Form, Record};
use crate::text::number;
use std::collections::{BTreeMap, BTreeSet};

/// Finds documents by what others call them.
pub(crate) struct Directory<'a> {
    ids: BTreeMap<&'a str, usize>,
    /// Recommendations by canonical 文号.
    numbers: BTreeMap<String, BTreeSet<usize>>,
    recommendations: BTreeSet<usize>,
    copies: Vec<Option<usize>>,
    /// Documents with the newer ones of their kind that replace them; none of those that replace each other in a circle.
    newer: BTreeMap<usize, BTreeSet<usize>>,
}

impl<'a> Directory<'a> {
    /// Of records in any order; they are named by their places in it.
    pub(crate) fn new(records: &[&'a Record]) -> Self {
        let mut directory = Self {
            ids: BTreeMap::new(),
            numbers: BTreeMap::new(),
            recommendations: BTreeSet::new(),
            copies: record::copies(records),
            newer: BTreeMap::new(),
        };
        for (at, record) in records.iter().enumerate() {
            directory.ids.insert(record.id.as_str(), at);
            if let Detail::Recommendation(recommendation) = &record.detail {
                directory.recommendations.insert(at);
                let number = recommendation.number.as_deref().filter(|number| is_number(number));
                if let Some(number) = number {
                    directory.numbers.entry(canonical(number)).or_default().insert(at);
                }
            }
        }
        directory.newer = newer(records, &directory);
        directory
    }

    /// The document of an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The document of an id, or of its original where it is a copy.
    pub(crate) fn counted(&self, id: &str) -> Option<usize> {
        self.find(id).map(|at| self.original(at))
    }

    /// The document that one is a copy of.
    pub(crate) fn copy_of(&self, at: usize) -> Option<usize> {
        self.copies[at]
    }

    /// The document itself, or its original where it is a copy.
    pub(crate) fn original(&self, at: usize) -> usize {
        self.copies[at].unwrap_or(at)
    }

    /// The newer versions that replace a document.
    pub(crate) fn newer(&self, at: usize) -> Option<&BTreeSet<usize>> {
        self.newer.get(&at)
    }

    /// The version that stands for a document: its newest, of several the first.
    pub(crate) fn version(&self, mut at: usize) -> usize {
        while let Some(&newer) = self.newer.get(&at).and_then(BTreeSet::first) {
            at = newer;
        }
        at
    }

    /// The newest versions of a document: itself, where nothing replaces it.
    fn newest(&self, at: usize) -> BTreeSet<usize> {
        let (mut newest, mut seen, mut next) = (BTreeSet::new(), BTreeSet::new(), vec![self.original(at)]);
        while let Some(at) = next.pop() {
            match self.newer.get(&at) {
                None => _ = newest.insert(at),
                Some(newer) if seen.insert(at) => next.extend(newer),
                Some(_) => {}
            }
        }
        newest
    }

    /// The recommendations that an event of 制发检察建议 names, by 衍生成果 or by their 文号 in its own; of each the newest
    /// versions.
    pub(crate) fn recommendations(&self, event: &Adoption) -> BTreeSet<usize> {
        if event.form != Form::Recommendation {
            return BTreeSet::new();
        }
        let numbers = event.document.iter().flat_map(|document| numbers(document));
        let by_number = numbers
            .filter_map(|number| self.numbers.get(&number))
            .flatten()
            .copied();
        let by_id = event.leads_to.iter().filter_map(|id| self.find(id));
        by_id
            .filter(|at| self.recommendations.contains(at))
            .chain(by_number)
            .flat_map(|at| self.newest(at))
            .collect()
    }
}

/// The numbers that a 文号 is, or that stand in the name of a document.
fn numbers(document: &str) -> BTreeSet<String> {
    let whole = is_number(document).then(|| canonical(document));
    number::numbers_in(document).into_iter().chain(whole).collect()
}

/// The documents that newer ones replace. Of documents that replace each other in a circle each counts.
fn newer(records: &[&Record], directory: &Directory) -> BTreeMap<usize, BTreeSet<usize>> {
    let older: Vec<BTreeSet<usize>> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let counts = !record.draft && directory.copies[at].is_none();
            let ids = record.supersedes.iter().filter(|_| counts);
            ids.filter_map(|id| directory.counted(id)).collect()
        })
        .collect();
    let circles = circles(&older);
    let mut newer: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, all) in older.iter().enumerate() {
        let replaced = |other: &&usize| records[**other].kind == records[at].kind && !circles.contains(&(at, **other));
        for &other in all.iter().filter(replaced) {
            newer.entry(other).or_default().insert(at);
        }
    }
    newer
}

/// The steps of a graph that are part of a circle, as pairs of places.
pub(super) fn circles(steps: &[BTreeSet<usize>]) -> BTreeSet<(usize, usize)> {
    let core = core(steps);
    let within = |at: usize| steps[at].iter().copied().filter(|next| core.contains(next));
    let reaches = |from: usize, wanted: usize| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            if at == wanted {
                return true;
            }
            if seen.insert(at) {
                next.extend(within(at));
            }
        }
        false
    };
    let pairs = core.iter().flat_map(|&at| within(at).map(move |next| (at, next)));
    pairs.filter(|&(at, next)| reaches(next, at)).collect()
}

/// What is left of a graph without the places at which nothing begins or nothing ends: its circles, and what lies
/// between them. Nearly always nothing.
fn core(steps: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); steps.len()];
    for (at, all) in steps.iter().enumerate() {
        all.iter().for_each(|&next| _ = before[next].insert(at));
    }
    let mut after = steps.to_vec();
    let mut core: BTreeSet<usize> = (0..steps.len()).collect();
    let mut ends: Vec<usize> = core.iter().copied().collect();
    while let Some(at) = ends.pop() {
        let is_end = before[at].is_empty() || after[at].is_empty();
        if !is_end || !core.remove(&at) {
            continue;
        }
        for next in std::mem::take(&mut after[at]) {
            before[next].remove(&at);
            ends.push(next);
        }
        for previous in std::mem::take(&mut before[at]) {
            after[previous].remove(&at);
            ends.push(previous);
        }
    }
    core
}

#[cfg(test)]
mod tests {
    use super::circles;
    use std::collections::BTreeSet;

    #[test]
    fn circles_are_found_and_nothing_else() {
        let of = |steps: &[(usize, usize)]| {
            let mut graph = vec![BTreeSet::new(); 7];
            steps.iter().for_each(|&(at, next)| _ = graph[at].insert(next));
            circles(&graph).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(of(&[(0, 1), (1, 2), (0, 2), (3, 2)]), []);
        assert_eq!(of(&[(0, 1), (1, 0)]), [(0, 1), (1, 0)]);
        assert_eq!(of(&[(0, 0), (0, 1)]), [(0, 0)]);
        // What leads from one circle to another is part of none.
        let two = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 3), (5, 0), (4, 6)];
        assert_eq!(of(&two), [(0, 1), (1, 0), (3, 4), (4, 3)]);
    }
}
