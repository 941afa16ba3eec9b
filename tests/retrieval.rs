//! The ranking gives the reference runs exactly: 24,886 articles, 609 queries, ten documents each.
//!
//! Runs where the shared sets are there; they are not part of the project.

use flate2::read::GzDecoder;
use jianyan::index::document::{IndexDocument, Meta, Passage};
use jianyan::index::{IndexSettings, Ranking, write};
use jianyan::query::Searcher;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::{File, read_to_string};
use std::io::{BufRead, BufReader};
use std::path::Path;

const SETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/retrieval");

#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    text: String,
}

/// The articles in the order of the file, which is how the reference numbers them.
fn articles() -> Vec<Article> {
    let file = File::open(Path::new(SETS).join("docs.jsonl.gz")).unwrap();
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect()
}

fn document(number: usize, article: &Article) -> IndexDocument {
    IndexDocument {
        id: format!("{number:06}"),
        title: article.title.clone(),
        blocks: vec![Passage {
            text: article.text.clone(),
            ..Passage::default()
        }],
        meta: Meta {
            id: article.id.clone(),
            ..Meta::default()
        },
        ..IndexDocument::default()
    }
}

/// Rows of a tab-separated file.
fn rows(set: &str, file: &str) -> Vec<Vec<String>> {
    let text = read_to_string(Path::new(SETS).join(set).join(file)).unwrap();
    text.lines()
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_reference_runs_are_reproduced() {
    if !Path::new(SETS).exists() {
        return;
    }
    let articles = articles();
    let dir = tempfile::tempdir().unwrap();
    let ranking = Ranking {
        title: 0.5,
        summary: 0.0,
        keywords: 0.0,
        headings: 0.0,
        extra: 0.0,
        ..Ranking::default()
    };
    let settings = IndexSettings {
        ranking,
        ..IndexSettings::default()
    };
    let documents = articles
        .iter()
        .enumerate()
        .map(|(number, article)| document(number, article));
    write(dir.path(), documents, &settings).unwrap();
    let searcher = Searcher::open(dir.path()).unwrap();

    let mut asked = 0;
    for set in ["laws-charge", "laws-artno"] {
        let mut reference: BTreeMap<String, Vec<(String, f32)>> = BTreeMap::new();
        for row in rows(set, "reference.run.tsv") {
            reference
                .entry(row[0].clone())
                .or_default()
                .push((row[1].clone(), row[3].parse().unwrap()));
        }
        for row in rows(set, "queries.tsv") {
            // A query that finds nothing has no rows in the run.
            let expected = reference.remove(&row[0]).unwrap_or_default();
            let ranked = searcher.ranked(&row[1], 10).unwrap();
            let ids: Vec<_> = ranked
                .iter()
                .map(|&(doc, _)| articles[doc as usize].id.as_str())
                .collect();
            let expected_ids: Vec<_> = expected.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!(ids, expected_ids, "{} {}", row[0], row[1]);
            for ((_, score), (id, wanted)) in ranked.iter().zip(&expected) {
                assert!(
                    (score - wanted).abs() <= 1e-4,
                    "{} {}: {id} {score} for {wanted}",
                    row[0],
                    row[1]
                );
            }
            asked += 1;
        }
    }
    assert_eq!(asked, 609);
}
