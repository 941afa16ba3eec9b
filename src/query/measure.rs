//! How good a ranking is: the measures of `jianyan eval`, each between 0 and 1.
//!
//! A ranking is given by the grades of its documents from the first on, 0 for one that nobody judged
//! relevant. A document is relevant when its grade is above 0.

/// Normalised discounted cumulative gain of the first `depth` documents: `DCG / ideal DCG` with
/// `DCG = Σ grade(i) / log2(i + 1)` over ranks `i` from 1, the ideal being all judged grades, falling.
/// 0 where nothing is relevant.
///
/// Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4),
/// 2002, with the discount and the linear gain of `trec_eval`'s `ndcg_cut`.
pub(crate) fn ndcg(ranking: &[u32], judged: &[u32], depth: usize) -> f64 {
    let mut ideal = judged.to_vec();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(&ideal, depth);
    if best == 0.0 { 0.0 } else { gain(ranking, depth) / best }
}

/// Discounted cumulative gain of the first documents.
fn gain(grades: &[u32], depth: usize) -> f64 {
    let discounted = |(rank, &grade): (f64, &u32)| f64::from(grade) / (rank + 1.0).log2();
    let ranks = (1..).map(f64::from);
    // A sum of nothing is -0.
    ranks.zip(grades.iter().take(depth)).map(discounted).sum::<f64>() + 0.0
}

/// `1 / rank` of the first relevant document among the first `depth`; 0 without one. Its mean over queries
/// is the mean reciprocal rank.
///
/// Source: Voorhees, The TREC-8 question answering track report, 1999.
pub(crate) fn reciprocal_rank(ranking: &[u32], depth: usize) -> f64 {
    let first = ranking.iter().take(depth).position(|&grade| grade > 0);
    first.map_or(0.0, |at| 1.0 / (at + 1) as f64)
}

/// The share of the relevant documents that stand among the first `depth`; 0 where nothing is relevant.
///
/// Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 8.3,
/// cut at a depth as `trec_eval`'s `recall` does.
pub(crate) fn recall(ranking: &[u32], judged: &[u32], depth: usize) -> f64 {
    let relevant = judged.iter().filter(|&&grade| grade > 0).count();
    let found = ranking.iter().take(depth).filter(|&&grade| grade > 0).count();
    if relevant == 0 {
        0.0
    } else {
        found as f64 / relevant as f64
    }
}

#[cfg(test)]
mod tests;
