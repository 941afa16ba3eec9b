//! Search keeps its promise: a word is found wherever it stands, and nowhere else.

mod asked;
mod brute;
mod examples;
mod explain;
mod generate;
mod marked;
mod near;
mod telling;

use crate::client::parity::thorough;
use brute::{Brute, Expected};
use fastrand::Rng;
use generate::{Corpus, Request};
use jianyan::index::document::{IndexDocument, Passage};
use jianyan::index::{IndexSettings, write};
use jianyan::query::{Answer, Options, Searcher, Tier};
use std::collections::BTreeSet;
use std::ops::Range;

const EVERYTHING: Options = Options {
    limit: usize::MAX,
    offset: 0,
};

fn ids(answer: &Answer, tier: Tier) -> BTreeSet<String> {
    answer
        .hits
        .iter()
        .filter(|hit| hit.tier == tier)
        .map(|hit| hit.id.clone())
        .collect()
}

/// Random corpora of mixed scripts; queries drawn from their texts, with joins, exclusions and filters.
/// An independent implementation, which knows only texts and units, says what must come out.
#[test]
fn answers_on_small_corpora_equal_brute_force() {
    equal_brute_force(0..6, 60);
}

/// One in which lists of documents run over several of tantivy's blocks.
#[test]
fn answers_on_a_larger_corpus_equal_brute_force() {
    equal_brute_force(6..7, 700);
}

fn equal_brute_force(seeds: Range<u64>, size: usize) {
    let (mut asked, mut found, mut related, mut marks) = (0, 0, 0, 0);
    for seed in seeds {
        let mut rng = Rng::with_seed(seed);
        let corpus = Corpus::random(&mut rng, size);
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), corpus.documents.iter().cloned(), &IndexSettings::default()).unwrap();
        let searcher = Searcher::open(dir.path()).unwrap();
        let brute = Brute::new(&corpus.documents);
        for _ in 0..thorough(100, 2_520) {
            let request = Request::random(&mut rng, &corpus);
            let query = request.text();
            let answer = searcher.search(&query, &EVERYTHING).unwrap();
            let expected = brute.answer(&request);
            check(&query, &answer, &expected);
            marks += marked::check(&query, &request, &answer, &corpus.documents);
            asked += 1;
            found += usize::from(answer.total > 0);
            related += usize::from(answer.related > 0);
        }
    }
    assert!(found * 2 > asked, "most queries find something: {found} of {asked}");
    assert!(related * 14 > asked, "related documents occur: {related}");
    assert!(marks > asked, "passages with marks were looked at: {marks}");
}

/// Documents of equal scores are in the order of their numbers, however their sums were rounded.
#[test]
fn equal_scores_are_in_the_order_of_documents() {
    let orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
    for filler in 0..12 {
        let mut texts = orders
            .map(|[a, b, c]| ["aa ".repeat(a), "bb ".repeat(b), "cc ".repeat(c)].concat())
            .to_vec();
        texts.extend((0..4).map(|at| "dd ".repeat(filler + at)));
        let documents = texts.into_iter().enumerate().map(|(at, text)| IndexDocument {
            id: format!("{at}"),
            blocks: vec![Passage {
                text,
                ..Passage::default()
            }],
            ..IndexDocument::default()
        });
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), documents, &IndexSettings::default()).unwrap();
        let answer = Searcher::open(dir.path())
            .unwrap()
            .search("\"cc bb aa\"", &EVERYTHING)
            .unwrap();
        let found: Vec<u32> = answer.hits.iter().map(|hit| hit.doc).collect();
        assert_eq!(found, [0, 1, 2, 3, 4, 5], "with {filler} others");
    }
}

fn check(query: &str, answer: &Answer, expected: &Expected) {
    assert_eq!(ids(answer, Tier::Strict), expected.strict, "strict matches of {query}");
    assert_eq!(answer.total, expected.strict.len(), "total of {query}");
    assert_eq!(answer.facets, expected.facets, "facets of {query}");
    assert_eq!(
        ids(answer, Tier::Related),
        expected.related,
        "related documents of {query}"
    );
    assert_eq!(answer.related, expected.related.len(), "related total of {query}");
    let tiers: Vec<_> = answer
        .hits
        .iter()
        .map(|hit| (hit.tier == Tier::Related, -hit.score, hit.doc))
        .collect();
    assert!(tiers.is_sorted_by(|a, b| a <= b), "order of {query}: {tiers:?}");
    for hit in &answer.hits {
        let scores = match hit.tier {
            Tier::Strict => &expected.scores,
            Tier::Related => &expected.near,
        };
        let wanted = scores[hit.doc as usize];
        let near = (f64::from(hit.score) - wanted).abs() <= 1e-4 * wanted.max(1.0);
        assert!(
            near,
            "score of {} for {query}: {} instead of {wanted}",
            hit.id, hit.score
        );
    }
}
