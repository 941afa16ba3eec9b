use super::*;

/// A case computed by hand: grades in the ranking, judged grades, then what must come out.
struct Case {
    about: &'static str,
    ranking: &'static [u32],
    judged: &'static [u32],
    ndcg_10: f64,
    rr_10: f64,
    recall_50: f64,
}

const CASES: [Case; 9] = [
    Case {
        about: "the one relevant document first",
        ranking: &[1, 0, 0],
        judged: &[1],
        ndcg_10: 1.0,
        rr_10: 1.0,
        recall_50: 1.0,
    },
    Case {
        about: "it stands second: 1 / log2 3",
        ranking: &[0, 1],
        judged: &[1],
        ndcg_10: 0.630_929_753_571,
        rr_10: 0.5,
        recall_50: 1.0,
    },
    Case {
        about: "it stands third: 1 / log2 4",
        ranking: &[0, 0, 1],
        judged: &[1],
        ndcg_10: 0.5,
        rr_10: 0.333_333_333_333,
        recall_50: 1.0,
    },
    Case {
        about: "the lower grade first: (1 + 3 / log2 3) / (3 + 1 / log2 3) = 2.892789 / 3.630930",
        ranking: &[1, 3],
        judged: &[3, 1],
        ndcg_10: 0.796_707_580_990,
        rr_10: 1.0,
        recall_50: 1.0,
    },
    Case {
        about: "one of two found: 1 / (1 + 1 / log2 3)",
        ranking: &[1, 0],
        judged: &[1, 1],
        ndcg_10: 0.613_147_192_765,
        rr_10: 1.0,
        recall_50: 0.5,
    },
    Case {
        about: "rank 10 counts: 1 / log2 11",
        ranking: &[0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        judged: &[1],
        ndcg_10: 0.289_064_826_318,
        rr_10: 0.1,
        recall_50: 1.0,
    },
    Case {
        about: "rank 11 counts for recall alone",
        ranking: &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        judged: &[2],
        ndcg_10: 0.0,
        rr_10: 0.0,
        recall_50: 1.0,
    },
    Case {
        about: "nothing found",
        ranking: &[],
        judged: &[1, 2],
        ndcg_10: 0.0,
        rr_10: 0.0,
        recall_50: 0.0,
    },
    Case {
        about: "nothing relevant: no measure, no division by zero",
        ranking: &[0, 0],
        judged: &[0],
        ndcg_10: 0.0,
        rr_10: 0.0,
        recall_50: 0.0,
    },
];

#[test]
fn measures_equal_what_a_hand_computes() {
    for case in CASES {
        let near = |found: f64, wanted: f64| (found - wanted).abs() < 1e-9;
        let (ndcg, rr) = (ndcg(case.ranking, case.judged, 10), reciprocal_rank(case.ranking, 10));
        let recall = recall(case.ranking, case.judged, 50);
        assert!(near(ndcg, case.ndcg_10), "nDCG, {}: {ndcg}", case.about);
        assert!(near(rr, case.rr_10), "reciprocal rank, {}: {rr}", case.about);
        assert!(near(recall, case.recall_50), "recall, {}: {recall}", case.about);
    }
}

#[test]
fn recall_ends_at_its_depth() {
    let mut ranking = vec![0; 49];
    ranking.extend([1, 1]);
    assert_eq!(recall(&ranking, &[1, 1], 50), 0.5);
}
