//! What is found at all: documents of real corpora whose citations a reader has marked, in `marked.tsv`.
//!
//! A mark is the document below the corpus, the line, the kind, the words and what they name. Places of a law's own
//! that only count from where they stand (前款, 本条第三项) are not marked: they name nothing to look up.

use crate::desk::Desk;
use jianyan::corpus::Source;
use jianyan::index;
use jianyan::verify::{Citation, Cited, Verifier};
use std::collections::BTreeMap;
use std::path::Path;

/// A mark of one document: line, kind, words, what is named.
type Mark<'a> = (u32, &'a str, &'a str, &'a str);

/// The marks of each document, which stand below its path.
fn marks() -> BTreeMap<&'static str, Vec<Mark<'static>>> {
    let mut all: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    let mut path = "";
    for row in include_str!("marked.tsv").lines() {
        match row.split('\t').collect::<Vec<_>>()[..] {
            [document] => path = document,
            [line, kind, words, named] => {
                let mark = (line.parse().unwrap(), kind, words, named);
                all.entry(path).or_default().push(mark);
            }
            _ => panic!("{row}: neither a document nor a mark"),
        }
    }
    all
}

/// Articles, numbers and titles, but for the titles that begin an article's citation.
fn found(verifier: &Verifier, path: &Path) -> Vec<Citation> {
    let text = std::fs::read_to_string(path).unwrap();
    let source = Source::body_only("稿".to_owned(), "稿.md".to_owned(), text);
    let all = verifier.verify(&source).unwrap();
    let articles: Vec<_> = all
        .iter()
        .filter(|it| it.kind == Cited::Article)
        .map(|it| it.span.clone())
        .collect();
    let of_article =
        |it: &Citation| it.kind == Cited::Title && articles.iter().any(|span| span.contains(&it.span.start));
    all.iter()
        .filter(|it| it.kind != Cited::Quotation && !of_article(it))
        .cloned()
        .collect()
}

/// Whether a citation is what a reader marked; where the law is held, it is the one that was meant.
fn is(citation: &Citation, (line, kind, words, named): &Mark) -> bool {
    let plain = |name: &str| name.replace("中华人民共和国", "");
    let meant = |title: &str| plain(named).starts_with(&plain(title));
    let held = citation
        .judged
        .source
        .as_ref()
        .filter(|_| citation.kind == Cited::Article);
    citation.line == *line
        && citation.kind.key() == *kind
        && citation.text == *words
        && held.is_none_or(|source| meant(&source.title))
}

#[test]
fn what_readers_mark_is_found_and_little_else() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-corpus");
    if !corpus.is_dir() {
        return;
    }
    let desk = Desk::new();
    let laws = corpus.join("法律法规");
    desk.expect(0, &["--corpus", laws.to_str().unwrap(), "build", "-q"]);
    let opened = index::open(&desk.root().join("index")).unwrap();
    let verifier = Verifier::new(opened, jiff::civil::date(2026, 11, 20));
    let (mut right, mut missed, mut others) = (0, Vec::new(), Vec::new());
    for (path, marks) in marks() {
        let mut found = found(&verifier, &corpus.join(path));
        for mark in marks {
            match found.iter().position(|it| is(it, &mark)) {
                Some(at) => {
                    found.remove(at);
                    right += 1;
                }
                None => missed.push(format!("{path}: {mark:?}")),
            }
        }
        others.extend(found.iter().map(|it| format!("{path}:{}: {}", it.line, it.text)));
    }
    assert!(missed.len() * 50 <= right + missed.len(), "{missed:#?}");
    assert!(others.len() * 50 <= right + others.len(), "{others:#?}");
}
