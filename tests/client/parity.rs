//! The browser gives the same answers as the index: the client's own scripts, on the files of the
//! bundle as shipped, against tantivy.

use crate::client::damage::Column;
use crate::client::engine::{Answer, Client, Files, Taken};
use jianyan::bundle::{self, Layout};
use jianyan::index::analyzer::is_cjk;
use jianyan::index::document::{IndexDocument, Meta, Passage};
use jianyan::index::{self, IndexSettings};
use jianyan::query::{Hit, Options, Searcher, Tier};
use jianyan::text::normalize;
use std::rc::Rc;
use tempfile::TempDir;

const SEED: u64 = 20_261_120;
const DOCUMENTS: usize = 320;
/// Hits of a query whose passages are compared.
const SHOWN: usize = 4;

/// How many random cases are tried: the smaller number, which CI has time for, or with `JIANYAN_THOROUGH=1` the larger.
pub(crate) fn thorough(few: usize, many: usize) -> usize {
    if std::env::var_os("JIANYAN_THOROUGH").is_some() {
        many
    } else {
        few
    }
}

/// Chunks and passages so small that a corpus of this size has many of each.
pub(crate) const FINE: Layout = Layout {
    block: 600,
    chunk: 24,
    inline: 40,
    part: 30,
    passage: 64,
};

/// An index of the generated corpus.
pub(crate) struct Site {
    dir: TempDir,
    pub documents: Vec<IndexDocument>,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::of(crate::client::corpus::documents(SEED, DOCUMENTS))
    }

    fn of(documents: Vec<IndexDocument>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let settings = IndexSettings {
            synonyms: crate::client::corpus::synonyms(),
            now: "2026-11-20".to_owned(),
            ..IndexSettings::default()
        };
        index::write(dir.path(), documents.iter().cloned(), &settings).unwrap();
        Self { dir, documents }
    }

    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(self.dir.path()).unwrap()
    }

    /// One that finds all, and one that shows passages as a bundle of this layout does.
    pub(crate) fn searchers(&self, layout: Layout) -> [Searcher; 2] {
        [
            self.searcher().without_passages(),
            self.searcher().with_stretches(layout.passage),
        ]
    }

    pub(crate) fn bundle(&self, layout: Layout) -> Files {
        let opened = index::open(self.dir.path()).unwrap();
        let taken = Taken::default();
        let total = bundle::write(&opened, layout, &taken).unwrap();
        let (files, order) = taken.into_parts();
        assert_eq!(
            order.last().map(String::as_str),
            Some("current.js"),
            "the mutable file comes last"
        );
        assert_eq!(total.files, files.len(), "no file is written twice");
        assert_eq!(total.bytes, files.values().map(|bytes| bytes.len() as u64).sum::<u64>());
        files
    }
}

/// What differs between the two answers to a query, if anything does.
fn difference(searchers: &[Searcher; 2], client: &Client, query: &str) -> Option<String> {
    let [searcher, shows] = searchers;
    let expected = searcher
        .search(
            query,
            &Options {
                limit: usize::MAX,
                offset: 0,
            },
        )
        .unwrap();
    let answer = match client.ask(query, SHOWN) {
        Ok(answer) => answer,
        Err(error) => return Some(error),
    };
    if (answer.total, answer.related) != (expected.total, expected.related) {
        return Some(format!(
            "totals {} + {}, not {} + {}",
            answer.total, answer.related, expected.total, expected.related
        ));
    }
    if answer.facets != expected.facets {
        return Some(format!("facets {:?}, not {:?}", answer.facets, expected.facets));
    }
    let notes = expected
        .notes
        .iter()
        .map(|note| (note.code.to_owned(), note.about.clone()));
    let notes: Vec<_> = notes.collect();
    if answer.notes != notes {
        return Some(format!("notes {:?}, not {notes:?}", answer.notes));
    }
    // Twice as many: documents of nearly the same score may change places.
    let first = Options {
        limit: 2 * SHOWN,
        offset: 0,
    };
    if let Some(what) = different_passages(&answer, &shows.search(query, &first).unwrap().hits) {
        return Some(what);
    }
    let hits: Vec<_> = expected
        .hits
        .iter()
        .map(|hit| (hit.doc, f64::from(hit.score), hit.tier))
        .collect();
    different_hits(&answer, &hits)
}

/// What differs between the passages that a page and a terminal show.
pub(crate) fn different_passages(answer: &Answer, expected: &[Hit]) -> Option<String> {
    for (shown, hit) in answer.shown.iter().zip(&answer.hits) {
        let named = expected.iter().find(|expected| expected.doc == shown.doc);
        let Some(named) = named.filter(|named| shown.doc == hit.0 && named.id == shown.id) else {
            return Some(format!("{} is shown as {}", hit.0, shown.id));
        };
        let passage = (shown.section.as_str(), html(&shown.parts));
        if passage != (named.section.as_str(), named.snippet.clone()) || !named.anchor.starts_with(&shown.anchor) {
            return Some(format!(
                "{} shows {passage:?}, not {:?}",
                named.id,
                (&named.section, &named.snippet)
            ));
        }
    }
    None
}

/// A passage of the client as the terminal has it.
fn html(parts: &[String]) -> String {
    let escaped = |part: &String| {
        part.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
            .replace(['\n', '\t'], " ")
    };
    let marked = |(at, part)| match at % 2 {
        0 => escaped(part),
        _ => format!("<mark>{}</mark>", escaped(part)),
    };
    parts.iter().enumerate().map(marked).collect()
}

fn different_hits(answer: &Answer, expected: &[(u32, f64, Tier)]) -> Option<String> {
    let close = |a: f64, b: f64, by: f64| (a - b).abs() <= by * a.abs().max(b.abs()).max(1e-9);
    if answer.hits.len() != expected.len() {
        return Some(format!("{} hits, not {}", answer.hits.len(), expected.len()));
    }
    for (at, ((doc, score, tier), wanted)) in answer.hits.iter().zip(expected).enumerate() {
        let Some(own) = expected.iter().find(|hit| hit.0 == *doc) else {
            return Some(format!("{doc} is no hit"));
        };
        if !close(*score, own.1, 1e-4) || (tier == "strict") != (own.2 == Tier::Strict) {
            return Some(format!("document {doc} scores {score} ({tier}), not {own:?}"));
        }
        if *doc != wanted.0 && !close(own.1, wanted.1, 1e-5) {
            return Some(format!("rank {at}: {:?}, not {wanted:?}", (doc, score)));
        }
    }
    None
}

fn compare(layout: Layout, seed: u64, count: usize) {
    let site = Site::new();
    let all = crate::client::queries::queries(seed, &site.documents, count);
    let composed = all.iter().filter(|query| query.split_whitespace().count() > 2).count();
    assert!(
        composed * 5 >= all.len() * 2,
        "{composed} of {} have three or more words",
        all.len()
    );
    agree(&site, layout, &all);
}

/// Asks both.
fn agree(site: &Site, layout: Layout, queries: &[String]) {
    let searchers = site.searchers(layout);
    let client = Client::new(Rc::new(site.bundle(layout)));
    let failures: Vec<_> = queries
        .iter()
        .filter_map(|query| difference(&searchers, &client, query).map(|what| format!("{query:?}: {what}")))
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} differ:\n{}",
        failures.len(),
        queries.len(),
        failures[..failures.len().min(12)].join("\n")
    );
}

#[test]
fn the_browser_answers_as_the_index_does() {
    compare(Layout::default(), 1, thorough(1_100, 20_000));
}

#[test]
fn the_browser_answers_as_the_index_does_where_everything_is_cut_small() {
    compare(FINE, 2, thorough(1_100, 6_000));
}

/// Lists of more documents than limits have: of such a token no positions are looked into, what is near costs, and of a
/// question not every token is read.
#[test]
fn the_browser_answers_as_the_index_does_where_words_are_everywhere() {
    const EVERYWHERE: &str = "检察监督办案质量评查";
    let mut documents = crate::client::corpus::documents(SEED, 81);
    let asked = crate::client::queries::queries(3, &documents, thorough(236, 600));
    documents.extend((0..4_200).map(|at| IndexDocument {
        id: format!("短/{at:04}"),
        meta: Meta {
            id: format!("短/{at:04}"),
            ..Meta::default()
        },
        blocks: vec![Passage {
            text: EVERYWHERE.to_owned(),
            ..Passage::default()
        }],
        ..IndexDocument::default()
    }));
    let site = Site::of(documents);
    // Behind the special ones.
    let queries: Vec<String> = asked[220..]
        .iter()
        .flat_map(|query| {
            let word = query.replace([' ', '"', ':', '：'], "");
            [
                format!("检察 {query}"),
                format!("{query} 监督 检察"),
                format!("请问{EVERYWHERE}{word}吗"),
            ]
        })
        .collect();
    agree(&site, Layout::default(), &queries);
}

/// A term with a character before or behind it, as it stands in a document.
fn in_context(document: &IndexDocument, term: &str) -> Option<String> {
    let mut texts = document.blocks.iter().map(|block| normalize(&block.text));
    texts.find_map(|text| {
        let (before, after) = text.split_once(term)?;
        let left = before
            .chars()
            .next_back()
            .filter(|&c| is_cjk(c))
            .map(|c| format!("{c}{term}"));
        left.or_else(|| {
            after
                .chars()
                .next()
                .filter(|&c| is_cjk(c))
                .map(|c| format!("{term}{c}"))
        })
    })
}

#[test]
fn one_changed_number_is_noticed() {
    // In documents of hundreds of passages next to nothing is rare.
    let mut documents = crate::client::corpus::documents(SEED, DOCUMENTS);
    documents.retain(|document| document.blocks.len() < 40);
    let site = Site::of(documents);
    // Blocks so small that many begin with a term that stands in the body alone.
    let searchers = site.searchers(FINE);
    let files = site.bundle(Layout { block: 40, ..FINE });
    let mut tried = 0;
    for place in crate::client::damage::places(&files).iter().take(16) {
        let Some(phrase) = in_context(&site.documents[place.doc], &place.term) else {
            continue;
        };
        let differs = |files, query: &str| difference(&searchers, &Client::new(Rc::new(files)), query);
        assert_eq!(differs(crate::client::damage::repacked(&files, place), &phrase), None);
        for (column, query) in [
            (Column::Frequency, &place.term),
            (Column::Norm, &place.term),
            (Column::Position, &phrase),
        ] {
            let damaged = crate::client::damage::damaged(&files, place, column);
            assert!(
                differs(damaged, query).is_some(),
                "{column:?} of {} in {}",
                place.term,
                place.doc
            );
        }
        tried += 1;
    }
    assert!(tried >= 2, "{tried} places tried");
}
