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
use jianyan::index::{IndexSettings, write};
use jianyan::query::{Answer, Options, Searcher, Tier};
use std::collections::BTreeSet;

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
fn answers_equal_brute_force() {
    let (mut asked, mut found, mut related, mut marks) = (0, 0, 0, 0);
    // Many small corpora, and one in which lists of documents run over several of tantivy's blocks.
    let sizes = [60, 60, 60, 60, 60, 60, 700];
    for (seed, size) in (0..).zip(sizes) {
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
    assert!(related > 50, "related documents occur: {related}");
    assert!(marks > asked, "passages with marks were looked at: {marks}");
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
