//! What Ctrl+F would find, search finds: substrings drawn from the rendered pages are found in their
//! documents, by the index and by the browser's client.

use crate::client::engine::{Client, Files};
use crate::client::parity::{different_passages, thorough};
use jianyan::audience::Audience;
use jianyan::build::{self, Silent};
use jianyan::output::Memory;
use jianyan::query::{Options as Search, Searcher, Tier};
use jianyan::text::normalize;
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

/// Elements whose text stands by itself.
const BLOCKS: [&str; 20] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "pre",
    "figcaption",
    "caption",
    "summary",
    "blockquote",
    "div",
    "figure",
    "address",
];

/// A built corpus: its index, its bundle, and what its pages show of each document.
struct Built {
    index: tempfile::TempDir,
    bundle: Files,
    /// Id and block texts of each document.
    shown: Vec<(String, Vec<String>)>,
}

fn built(corpus: &Path) -> Built {
    let loaded = crate::loaded::load(corpus, Audience::Internal, "2026-11-20");
    let index = tempfile::tempdir().unwrap();
    let memory = Memory::default();
    let mut written = build::write(&loaded, index.path(), &memory, &Silent).unwrap();
    build::project(&mut written, index.path(), &memory, &Silent).unwrap();
    written.index.commit().unwrap();
    let files = memory.into_files();
    let shown = loaded
        .entries
        .iter()
        .map(|entry| {
            (
                entry.document.record().id.clone(),
                blocks(std::str::from_utf8(&files[&entry.page]).unwrap()),
            )
        })
        .collect();
    let bundle = files
        .into_iter()
        .filter_map(|(path, bytes)| path.strip_prefix("search/").map(|path| (path.to_owned(), bytes)))
        .collect();
    Built { index, bundle, shown }
}

/// The texts of the blocks that a page shows as its document's own.
fn blocks(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let own = Selector::parse("h1, .summary p, .details dd, .points li, table.facts td, article.body").unwrap();
    let mut texts = Vec::new();
    for element in html.select(&own) {
        gather(
            element,
            element.value().name() == "article",
            &mut String::new(),
            &mut texts,
        );
    }
    texts.retain(|text| text.chars().any(char::is_alphanumeric));
    texts
}

/// Adds the text of an element, of the body or of the facts, to `open`; a block inside it or a `<br>` ends what was before.
fn gather(element: ElementRef, in_body: bool, open: &mut String, texts: &mut Vec<String>) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => open.push_str(text),
            Node::Element(inner) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let class = inner.attr("class").unwrap_or_default();
                // A footnote's marks are furniture, the title of another document is that document's; lists and
                // articles of law are no documents.
                let elsewhere = inner
                    .attr("href")
                    .is_some_and(|href| href.ends_with(".html") && !href.contains("lists/") && !href.contains("laws/"));
                if class.starts_with("footnote-") || (elsewhere && !in_body) {
                    continue;
                }
                let parts = inner.name() == "br" || BLOCKS.contains(&inner.name());
                if parts {
                    texts.push(std::mem::take(open));
                }
                gather(child, in_body, open, texts);
                if parts {
                    texts.push(std::mem::take(open));
                }
            }
            _ => {}
        }
    }
    if BLOCKS.contains(&element.value().name()) || element.value().name() == "article" {
        texts.push(std::mem::take(open));
    }
}

/// Byte ranges of the units of a text: a CJK character, or a run of other letters and digits.
fn units(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_han = |c: char| matches!(u32::from(c), 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF | 0xF900..=0xFAFF);
    let mut units: Vec<std::ops::Range<usize>> = Vec::new();
    let mut run = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_han(c) {
            units.push(at..end);
            run = false;
        } else if c.is_alphanumeric() {
            match units.last_mut() {
                Some(last) if run && last.end == at => last.end = end,
                _ => units.push(at..end),
            }
            run = true;
        } else {
            run = false;
        }
    }
    units
}

/// Draws a substring of 1 to 12 units, and the id of the document that it is drawn from.
fn draw<'a>(random: &mut fastrand::Rng, built: &'a Built) -> (&'a str, &'a str) {
    loop {
        let (id, texts) = &built.shown[random.usize(..built.shown.len())];
        if texts.is_empty() {
            continue;
        }
        let text = &texts[random.usize(..texts.len())];
        let units = units(text);
        if units.is_empty() {
            continue;
        }
        let first = random.usize(..units.len());
        let last = (first + random.usize(..12)).min(units.len() - 1);
        return (id, &text[units[first].start..units[last].end]);
    }
}

/// Whether a text can be typed without quotes and mean itself: none of its words is an operator.
fn is_plain(text: &str) -> bool {
    let operator = |word: &str| {
        let filter = word
            .split_once([':', '：'])
            .is_some_and(|(name, _)| jianyan::index::facet::of_name(name).is_some());
        filter || word.starts_with(['-', '－']) || word == "OR" || word == "或"
    };
    !text.contains(QUOTES) && !text.split_whitespace().any(operator)
}

const QUOTES: [char; 6] = ['"', '“', '”', '「', '」', '＂'];

/// The queries that ask for a drawn text: in quotes, and as it is.
fn queries(text: &str) -> Vec<(bool, String)> {
    let quoted = (!text.contains(QUOTES)).then(|| (true, format!("\"{text}\"")));
    let plain = is_plain(text).then(|| (false, text.to_owned()));
    quoted.into_iter().chain(plain).collect()
}

fn holds(corpus: &Path, draws: usize) {
    let built = built(corpus);
    let open = || Searcher::open(built.index.path()).unwrap();
    let (searcher, shows) = (open().without_passages(), open());
    let client = Client::new(Rc::new(built.bundle.clone()));
    let all = Search {
        limit: built.shown.len(),
        offset: 0,
    };
    let texts: BTreeMap<&str, String> = built
        .shown
        .iter()
        .map(|(id, texts)| (id.as_str(), normalize(&texts.join("\n"))))
        .collect();
    let ids: Vec<&str> = built.shown.iter().map(|(id, _)| id.as_str()).collect();
    let mut random = fastrand::Rng::with_seed(20_261_120);
    let mut asked = [0; 2];
    while asked.iter().any(|count| *count < draws) {
        let (id, text) = draw(&mut random, &built);
        for (quoted, query) in queries(text) {
            asked[usize::from(quoted)] += 1;
            let answer = searcher.search(&query, &all).unwrap();
            let strict: BTreeSet<&str> = answer
                .hits
                .iter()
                .filter(|hit| hit.tier == Tier::Strict)
                .map(|hit| hit.id.as_str())
                .collect();
            assert!(
                strict.contains(id),
                "{query} stands in {id} and is not found; notes {:?}",
                answer.notes
            );
            if quoted && units(text).windows(2).all(|pair| pair[0].end == pair[1].start) {
                let needle = normalize(text);
                for found in &strict {
                    assert!(
                        texts[found].contains(&needle),
                        "{found} is found for {query} and does not hold it"
                    );
                }
            }
            let shown = client.ask(&query, 2).unwrap();
            let first = Search { limit: 2, offset: 0 };
            let passages = shows.search(&query, &first).unwrap().hits;
            assert_eq!(different_passages(&shown, &passages), None, "{query}");
            let strict: Vec<&str> = shown
                .hits
                .iter()
                .filter(|hit| hit.2 == "strict")
                .map(|hit| ids[hit.0 as usize])
                .collect();
            assert!(
                strict.contains(&id),
                "{query} stands in {id} and the client does not find it"
            );
            assert_eq!(shown.total, answer.total, "{query}");
        }
    }
}

#[test]
fn every_substring_of_the_sample_corpus_is_found() {
    holds(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        thorough(1_000, 3_000),
    );
}

/// The same on real documents, where a copy of them lies beside the project.
#[test]
fn every_substring_of_real_documents_is_found() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-corpus");
    if corpus.is_dir() {
        holds(&corpus, thorough(1_000, 3_000));
    }
}
