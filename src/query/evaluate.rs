//! Search measured on a judged set, beside its baselines.

use super::baseline::Baselines;
use super::judged::{Grades, Judged};
use super::measure::{ndcg, recall, reciprocal_rank};
use super::search::{Options, Searcher};
use crate::index::IndexError;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many documents of a ranking are looked at.
const DEPTH: usize = 50;
/// How many of them a reader is taken to look at.
const FIRST: usize = 10;

/// The three rankings that are compared, each with the means of its measures.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Figures {
    /// How many queries the means are taken over.
    pub queries: usize,
    /// Our search, strict before related.
    pub jianyan: Means,
    /// Documents that hold the query literally, in document order.
    pub grep: Means,
    /// Plain OR of tokens.
    pub any_token: Means,
}

/// Means over queries.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub(crate) struct Means {
    pub ndcg_10: f64,
    pub mrr_10: f64,
    pub recall_50: f64,
}

/// What an evaluation says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Evaluation {
    /// Over all queries.
    pub total: Figures,
    /// By group, in the order of their first queries; empty when no query names one.
    pub groups: Vec<Group>,
    /// Queries for which no document is judged relevant: they count nowhere.
    pub unjudged: Vec<String>,
    /// Documents judged relevant for a query of the set that the index doesn't hold: they count as not found.
    pub missing: Vec<String>,
}

/// The figures of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Group {
    /// Its name; empty for the queries without one.
    pub group: String,
    #[serde(flatten)]
    pub figures: Figures,
}

/// Asks every query of the set and measures what comes out. Grades of queries that are not in the set are
/// passed over.
///
/// # Errors
/// When the index can't be read.
pub(crate) fn evaluate(searcher: &Searcher, set: &[Judged], grades: &Grades) -> Result<Evaluation, IndexError> {
    let baselines = Baselines::read(searcher)?;
    let known: BTreeSet<&str> = baselines.ids().collect();
    let mut missing = BTreeSet::new();
    let mut unjudged = Vec::new();
    let mut total = Figures::default();
    let mut groups: Vec<Group> = Vec::new();
    for Judged { id, query, group } in set {
        let relevant = |grades: &&BTreeMap<String, u32>| grades.values().any(|&grade| grade > 0);
        let Some(grades) = grades.get(id).filter(relevant) else {
            unjudged.push(id.clone());
            continue;
        };
        let positive = grades.iter().filter(|&(_, &grade)| grade > 0).map(|(id, _)| id);
        missing.extend(positive.filter(|id| !known.contains(id.as_str())).cloned());
        let figures = measured(searcher, &baselines, query, grades)?;
        total.add(&figures);
        match groups.iter_mut().find(|known| known.group == *group) {
            Some(known) => known.figures.add(&figures),
            None => groups.push(Group {
                group: group.clone(),
                figures,
            }),
        }
    }
    if groups.iter().all(|group| group.group.is_empty()) {
        groups.clear();
    }
    groups.iter_mut().for_each(|group| group.figures.divide());
    total.divide();
    Ok(Evaluation {
        total,
        groups,
        unjudged,
        missing: missing.into_iter().collect(),
    })
}

/// The measures of one query.
fn measured(
    searcher: &Searcher,
    baselines: &Baselines,
    query: &str,
    grades: &BTreeMap<String, u32>,
) -> Result<Figures, IndexError> {
    let options = Options {
        limit: DEPTH,
        offset: 0,
    };
    let hits = searcher.search(query, &options)?.hits;
    let answered: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
    let judged: Vec<u32> = grades.values().copied().collect();
    let means = |ids: &[&str]| {
        let ranking: Vec<u32> = ids.iter().map(|&id| grades.get(id).copied().unwrap_or(0)).collect();
        Means {
            ndcg_10: ndcg(&ranking, &judged, FIRST),
            mrr_10: reciprocal_rank(&ranking, FIRST),
            recall_50: recall(&ranking, &judged, DEPTH),
        }
    };
    Ok(Figures {
        queries: 1,
        jianyan: means(&answered),
        grep: means(&baselines.grep(query, DEPTH)),
        any_token: means(&baselines.any_token(query, DEPTH)?),
    })
}

impl Figures {
    /// Adds a query's measures: until [`Figures::divide`] the means are sums.
    fn add(&mut self, other: &Figures) {
        self.queries += other.queries;
        self.jianyan.add(other.jianyan);
        self.grep.add(other.grep);
        self.any_token.add(other.any_token);
    }

    fn divide(&mut self) {
        let count = self.queries.max(1) as f64;
        for means in [&mut self.jianyan, &mut self.grep, &mut self.any_token] {
            means.ndcg_10 /= count;
            means.mrr_10 /= count;
            means.recall_50 /= count;
        }
    }
}

impl Means {
    fn add(&mut self, other: Means) {
        self.ndcg_10 += other.ndcg_10;
        self.mrr_10 += other.mrr_10;
        self.recall_50 += other.recall_50;
    }
}

#[cfg(test)]
mod tests;
