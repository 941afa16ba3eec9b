//! An explanation is true: what it lists is what the search did.

use super::generate::{Corpus, Request};
use super::{EVERYTHING, write};
use fastrand::Rng;
use jianyan::index::IndexSettings;
use jianyan::query::explain::Explanation;
use jianyan::query::{Answer, PartKind, Searcher};

fn searcher(rng: &mut Rng, size: usize, dir: &tempfile::TempDir) -> (Corpus, Searcher) {
    let mut corpus = Corpus::random(rng, size);
    for (number, document) in corpus.documents.iter_mut().enumerate() {
        match number % 4 {
            0 => document.title += "第264条",
            1 => document.extra.push("依刑法第二百六十四条".to_owned()),
            2 => document.numbers.push("检例142号".to_owned()),
            _ => {}
        }
    }
    let group = |members: [&str; 2]| members.map(str::to_owned).to_vec();
    let settings = IndexSettings {
        synonyms: vec![group(["公益", "未成年人"]), group(["检察", "文身"])],
        ..IndexSettings::default()
    };
    write(dir.path(), corpus.documents.iter().cloned(), &settings).unwrap();
    (corpus, Searcher::open(dir.path()).unwrap())
}

fn explained(searcher: &Searcher, query: &str) -> (Answer, Explanation) {
    let answer = searcher.search(query, &EVERYTHING).unwrap();
    let explanation = searcher.explain(query, &answer.hits).unwrap();
    (answer, explanation)
}

/// Random queries, some with a synonym, an article or a number, over random corpora.
#[test]
fn the_contributions_of_a_hit_sum_to_its_score() {
    let (mut hits, mut grouped, mut phrases) = (0, 0, 0);
    for (seed, size) in (0..).zip([60, 60, 60, 700]) {
        let mut rng = Rng::with_seed(seed);
        let dir = tempfile::tempdir().unwrap();
        let (corpus, searcher) = searcher(&mut rng, size, &dir);
        for _ in 0..150 {
            let extra = [
                "",
                "公益",
                "文身 检察",
                "第264条",
                "检例第142号",
                "检",
                "刑法第264条 未成年人",
            ];
            let query = format!(
                "{} {}",
                Request::random(&mut rng, &corpus).text(),
                rng.choice(extra).unwrap()
            );
            let (answer, explanation) = explained(&searcher, &query);
            assert_eq!(explanation.hits.len(), answer.hits.len());
            for (hit, scored) in answer.hits.iter().zip(&explanation.hits) {
                assert_eq!((&scored.id, scored.score), (&hit.id, hit.score));
                let sum: f64 = scored.contributions.iter().map(|part| f64::from(part.score)).sum();
                assert!(
                    (sum - f64::from(hit.score)).abs() <= 1e-4,
                    "{query}: {sum} for {}",
                    hit.score
                );
                hits += 1;
                grouped += usize::from(scored.contributions.iter().any(|part| part.token.group.is_some()));
                phrases += usize::from(
                    scored
                        .contributions
                        .iter()
                        .any(|part| part.token.kind == PartKind::Phrase),
                );
            }
        }
    }
    assert!(
        hits > 1000 && grouped > 100 && phrases > 50,
        "{hits}, {grouped}, {phrases}"
    );
}

/// No contribution comes from a token that the list of tokens lacks, in a field where it doesn't count.
#[test]
fn contributions_come_from_the_listed_tokens() {
    let mut rng = Rng::with_seed(7);
    let dir = tempfile::tempdir().unwrap();
    let (_, searcher) = searcher(&mut rng, 60, &dir);
    let (_, explanation) = explained(&searcher, "公益 OR 刑法第264条 OR 检例第142号 OR 检 OR 未成年");
    assert!(explanation.numbered);
    let contributions = explanation.hits.iter().flat_map(|hit| &hit.contributions);
    let mut count = 0;
    for part in contributions {
        let listed = explanation
            .tokens
            .iter()
            .find(|known| known.token == part.token)
            .unwrap();
        assert!(
            listed
                .fields
                .iter()
                .any(|weight| weight.field == part.field && weight.documents > 0)
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn the_reading_of_a_query_is_told() {
    let mut rng = Rng::with_seed(8);
    let dir = tempfile::tempdir().unwrap();
    let (_, searcher) = searcher(&mut rng, 60, &dir);
    let (_, explanation) = explained(&searcher, "公益 OR 刑法第264条 -“人 文身” kind:case “年");
    let told = serde_json::to_value(&explanation).unwrap();
    let first = &told["clauses"][0];
    assert_eq!(first[0]["typed"], "公益");
    assert_eq!(first[0]["synonyms"][0], "未成年人");
    assert_eq!(first[1]["ways"][1]["law"], "刑法#264条");
    assert_eq!(told["excluded"][0]["quoted"], true);
    assert_eq!(told["excluded"][0]["ways"][0]["pieces"][0]["phrase"][0][1], "人 文");
    assert_eq!(told["filters"][0]["name"], "kind");
    let codes: Vec<_> = explanation.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["query.unclosed-quote", "query.synonyms"]);
    let synonym = explanation
        .tokens
        .iter()
        .find(|known| known.token.text == "成年")
        .unwrap();
    assert_eq!((synonym.factor, synonym.token.group), (0.7, Some(0)));
}
