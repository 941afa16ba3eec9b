//! Documents as a cluster would analyse them, held against the index that tantivy makes of them.

mod faults;

use super::source::{Record, Writer};
use super::{mapping, source::document};
use crate::audience::{Audience, Drafts};
use crate::build::{self, Options, Silent};
use crate::index::document::IndexDocument;
use crate::index::{self, Documents, IndexSettings, Opened};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

/// The documents of the sample corpus, and some that no office writes.
fn sample() -> Vec<IndexDocument> {
    let options = Options {
        corpus: Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        audience: Audience::Internal,
        drafts: Drafts::Hidden,
        lang: None,
        now: jiff::civil::date(2026, 6, 1),
    };
    let loaded = build::load(&options, &Silent).unwrap();
    let mut documents: Vec<IndexDocument> = build::documents(&loaded).collect();
    documents.truncate(120);
    let mut odd = documents[0].clone();
    odd.id = format!("{}甲|_% 乙", "长".repeat(300));
    odd.title = "— a_b|c%d 法第 264条，　第十条\u{3000}x 1.5 ——".to_owned();
    odd.meta.title.clone_from(&odd.title);
    odd.summary = vec!["人".to_owned(), String::new(), "——".to_owned(), "第\n十\n条".to_owned()];
    odd.numbers = vec!["检例第1号".to_owned(), "a b|_".to_owned(), "检例第1号".to_owned()];
    odd.facets.unit = vec!["乙院".to_owned(), "甲院".to_owned(), "乙院".to_owned()];
    odd.facets.year = None;
    documents.push(odd);
    documents.push(IndexDocument {
        id: "空".to_owned(),
        ..IndexDocument::default()
    });
    documents.sort_by(|one, other| one.id.cmp(&other.id));
    documents
}

fn opened(dir: &Path, documents: &[IndexDocument]) -> Opened {
    index::write(dir, documents.iter().cloned(), &IndexSettings::default()).unwrap();
    index::open(dir).unwrap()
}

/// A document but for what the index doesn't give back.
fn told(document: &IndexDocument) -> IndexDocument {
    IndexDocument {
        ledger: Vec::new(),
        ..document.clone()
    }
}

#[test]
fn an_index_and_a_cluster_give_documents_back_as_they_were() {
    let documents = sample();
    let dir = tempfile::tempdir().unwrap();
    let opened = opened(dir.path(), &documents);
    let returned = Documents::of(&opened).unwrap();
    assert_eq!(returned.count() as usize, documents.len());
    let writer = Writer::new();
    for (number, expected) in documents.iter().enumerate() {
        assert_eq!(returned.get(number as u32).unwrap(), told(expected));
        assert_eq!(
            document(&writer.source(expected, Record::of(expected))).unwrap(),
            told(expected)
        );
    }
}

#[test]
fn a_record_is_named_by_its_id_and_its_content() {
    let documents = sample();
    let one = Record::of(&documents[0]);
    assert_eq!(one, Record::of(&documents[0].clone()));
    let mut changed = documents[0].clone();
    changed.title.push('甲');
    let other = Record::of(&changed);
    assert_eq!(one.name, other.name);
    assert_ne!(one.hash, other.hash);
    assert!(documents.iter().all(|document| Record::of(document).name.len() == 32));
}

/// Terms of a string of words with their positions, as the analyzer of the mapping finds them.
fn analyse(words: &str) -> Vec<(usize, &str)> {
    let placed = words.split(' ').filter(|word| !word.is_empty()).enumerate();
    let terms = placed.flat_map(|(position, word)| {
        let beside = word.split('|').filter(|term| !term.is_empty());
        beside.map(move |term| (position, term))
    });
    terms.filter(|&(_, term)| term != "_").collect()
}

type Found = BTreeMap<(String, u32), Vec<u32>>;

/// Every term of a field in tantivy's index, with each document and the positions there.
fn postings(opened: &Opened, field: tantivy::schema::Field, option: IndexRecordOption) -> Found {
    let reader = opened.searcher.segment_reader(0).inverted_index(field).unwrap();
    let mut terms = reader.terms().stream().unwrap();
    let mut found = Found::new();
    while let Some((term, info)) = terms.next() {
        let name = super::term::escape(std::str::from_utf8(term).unwrap()).into_owned();
        let mut postings = reader.read_postings_from_terminfo(info, option).unwrap();
        while postings.doc() != TERMINATED {
            let mut positions = Vec::new();
            match option {
                IndexRecordOption::WithFreqsAndPositions => postings.positions(&mut positions),
                // Only how often is known, or only that it is there.
                IndexRecordOption::WithFreqs => positions = vec![0; postings.term_freq() as usize],
                IndexRecordOption::Basic => positions.push(0),
            }
            found.insert((name.clone(), postings.doc()), positions);
            postings.advance();
        }
    }
    found
}

#[test]
fn terms_positions_and_lengths_are_those_of_the_index() {
    let documents = sample();
    let dir = tempfile::tempdir().unwrap();
    let opened = opened(dir.path(), &documents);
    let writer = Writer::new();
    let sources: Vec<Value> = documents
        .iter()
        .map(|document| writer.source(document, Record::of(document)))
        .collect();
    let schema = opened.index.schema();
    let mut looked_at = 0;
    for (field, name, holds) in mapping::fields(&schema) {
        let (option, scored) = match holds {
            mapping::Holds::Words { option, scored, .. } => (option, scored),
            mapping::Holds::Values => (IndexRecordOption::Basic, false),
            mapping::Holds::Number => continue,
        };
        let mut made = Found::new();
        for (doc, source) in sources.iter().enumerate() {
            let value = &source[name];
            let values: Vec<&str> = match value {
                Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
                value => value.as_str().into_iter().collect(),
            };
            if holds == mapping::Holds::Values {
                for value in values {
                    made.insert((super::term::escape(value).into_owned(), doc as u32), vec![0]);
                }
                continue;
            }
            let terms = analyse(values.first().copied().unwrap_or_default());
            for &(position, term) in &terms {
                let positions = made.entry((term.to_owned(), doc as u32)).or_default();
                match option {
                    IndexRecordOption::WithFreqsAndPositions => positions.push(position as u32),
                    IndexRecordOption::WithFreqs => positions.push(0),
                    IndexRecordOption::Basic => *positions = vec![0],
                }
            }
            if scored {
                assert_eq!(source["lengths"][name], terms.len(), "{name} of {doc}");
                let norms = opened.searcher.segment_reader(0).get_fieldnorms_reader(field).unwrap();
                let quantised = tantivy::fieldnorm::FieldNormReader::fieldnorm_to_id(terms.len() as u32);
                assert_eq!(norms.fieldnorm_id(doc as u32), quantised, "{name} of {doc}");
            }
        }
        if scored {
            let reader = opened.searcher.segment_reader(0).inverted_index(field).unwrap();
            let tokens: u64 = sources
                .iter()
                .filter_map(|source| source["lengths"][name].as_u64())
                .sum();
            assert_eq!(reader.total_num_tokens(), tokens, "{name}");
        }
        let indexed = postings(&opened, field, option);
        assert!(indexed == made, "{name}: {} and {}", indexed.len(), made.len());
        looked_at += indexed.len();
    }
    assert!(looked_at > 50_000, "{looked_at}");
}
