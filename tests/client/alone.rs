//! The search client by itself: its analyzer, what a result shows, what it loads.

use crate::client::corpus;
use crate::client::engine::{Client, Files, Taken};
use jianyan::bundle::{self, Layout};
use jianyan::index::analyzer::{TokenKind, tokens};
use jianyan::index::document::{IndexDocument, Passage};
use jianyan::index::{self, IndexSettings};
use jianyan::text::normalize;
use serde::Deserialize;
use std::path::Path;
use std::rc::Rc;

fn bundle_of(documents: Vec<IndexDocument>, layout: Layout) -> Files {
    let dir = tempfile::tempdir().unwrap();
    let settings = IndexSettings {
        synonyms: corpus::synonyms(),
        now: "2026-11-20".to_owned(),
        ..IndexSettings::default()
    };
    index::write(dir.path(), documents.into_iter(), &settings).unwrap();
    let opened = index::open(dir.path()).unwrap();
    let taken = Taken::default();
    bundle::write(&opened, layout, &taken).unwrap();
    taken.into_parts().0
}

fn client(documents: Vec<IndexDocument>) -> Client {
    Client::new(Rc::new(bundle_of(documents, Layout::default())))
}

fn document(id: &str, title: &str, texts: &[&str]) -> IndexDocument {
    let passage = |text: &&str| Passage {
        section: "一、基本情况".to_owned(),
        anchor: "s1".to_owned(),
        text: (*text).to_owned(),
    };
    IndexDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        blocks: texts.iter().map(passage).collect(),
        meta: jianyan::index::document::Meta {
            id: id.to_owned(),
            title: title.to_owned(),
            ..Default::default()
        },
        ..IndexDocument::default()
    }
}

/// What an analyzer gives for a text.
#[derive(Debug, PartialEq, Deserialize)]
struct Analysis {
    norm: String,
    tokens: Vec<(String, u32)>,
    articles: Vec<String>,
}

/// The client's analyzer, the table in place.
fn analyses(client: &Client, texts: &[String]) -> Vec<Analysis> {
    client.ask("無", 0).unwrap();
    let json = client.eval(&format!(
        "JSON.stringify({}.map(text => {{
            const {{ normal, sequences, tokensOf, articles }} = jianyan.analyzer;
            const norm = normal(text), tokens = [];
            let position = 0;
            for (const units of sequences(norm)) {{
                for (const token of tokensOf(units)) tokens.push([token.text, position++]);
                position++;
            }}
            return {{ norm, tokens, articles: articles(norm).map(article => article.text) }};
        }}))",
        serde_json::to_string(texts).unwrap()
    ));
    serde_json::from_str(&json).unwrap()
}

fn vectors(path: &Path) -> Vec<(String, Analysis)> {
    #[derive(Deserialize)]
    struct Line {
        s: String,
        #[serde(flatten)]
        analysis: Analysis,
    }
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Line>(line).unwrap());
    lines.map(|line| (line.s, line.analysis)).collect()
}

fn check_vectors(path: &Path) -> usize {
    let (texts, expected): (Vec<_>, Vec<_>) = vectors(path).into_iter().unzip();
    let client = client(vec![document("a", "甲", &["乙"])]);
    for (at, analysis) in analyses(&client, &texts).iter().enumerate() {
        assert_eq!(analysis, &expected[at], "{:?}", texts[at]);
    }
    texts.len()
}

#[test]
fn the_analyzer_gives_the_vectors() {
    assert!(check_vectors(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/tokens.jsonl")) >= 60);
}

#[test]
fn the_analyzer_gives_the_reference_vectors_where_they_are_there() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/analyzer/tokens.jsonl"));
    if path.exists() {
        assert!(check_vectors(path) > 800);
    }
}

#[test]
fn the_analyzer_gives_what_the_index_gives_on_random_texts() {
    let mut rng = fastrand::Rng::with_seed(7);
    let pieces = [
        "第", "条", "二百", "〇", "264", "3.5", "之", "12", " ", "\t", "，", "款", "项", "a", "Z", "é", "e\u{301}",
        "訴", "訟", "𠮷", "ｶﾞ", "Ａ", "㈠", "ß", "Σ", "İ", "ﬁ", "한", "\u{200B}", "\u{FE0F}", "的", "人", "#", "千",
        "零", "ー", "々", "Ⅷ", "½", "\n",
    ];
    let texts: Vec<String> = (0..3000)
        .map(|_| {
            (0..rng.usize(1..14))
                .map(|_| pieces[rng.usize(..pieces.len())])
                .collect()
        })
        .collect();
    let client = client(vec![document("a", "甲", &["乙"])]);
    for (text, analysis) in texts.iter().zip(analyses(&client, &texts)) {
        let norm = normalize(text);
        let mut expected = Analysis {
            norm: norm.clone(),
            tokens: Vec::new(),
            articles: Vec::new(),
        };
        for token in tokens(&norm) {
            let mut own = String::new();
            token.write(&norm, &mut own);
            match token.kind {
                TokenKind::Article(_) => expected.articles.push(own),
                _ => expected.tokens.push((own, token.position)),
            }
        }
        assert_eq!(analysis, expected, "{text:?}");
    }
}

#[test]
fn a_result_shows_the_passage_that_matched_with_its_words_marked() {
    let filler = "本院走访辖区学校，听取各方意见，并向有关部门通报情况。".repeat(200);
    let client = client(vec![document(
        "甲",
        "调研报告",
        &[&filler, "第二百六十四条与文\u{200B}身治理有关。", &filler],
    )]);
    let shown = |query: &str| client.ask(query, 1).unwrap().shown.remove(0);
    let hit = shown("文身");
    assert_eq!((hit.section.as_str(), hit.anchor.as_str()), ("一、基本情况", "s1"));
    assert_eq!(hit.parts, ["第二百六十四条与", "文\u{200B}身", "治理有关。"]);
    assert_eq!(
        shown("第264条").parts,
        ["", "第二百六十四条", "与文\u{200B}身治理有关。"]
    );
    assert_eq!(shown("纹身").parts[1], "文\u{200B}身", "a synonym is marked");
    assert_eq!(
        shown("治理有关 身治").parts[1],
        "身治理有关",
        "marks that touch are one"
    );
}

/// 刑法第264条 finds a document through its citation of the article, whatever stands between law and number.
#[test]
fn an_article_asked_for_with_its_law_is_shown_where_that_law_is_cited() {
    let other = "盗窃埋藏物，依民法典第264条处理。";
    for (text, mark) in [
        ("依照《刑法》第二百六十四条处罚。", "第二百六十四条"),
        ("刑法第二百六十三条、第二百六十四条", "第二百六十四条"),
        ("《刑法》（2020年修正）第２６４条", "第２６４条"),
        ("《中华人民共和国刑法》第二编第五章第264条之规定", "第264条"),
        ("民法典第264条和刑法第264条", "刑法第264条"),
        ("刑法第263条规定的抢劫罪、第264条", "第264条"),
    ] {
        let mut found = document("甲", "调研报告", &[other, text]);
        found.laws = vec!["刑法#264条".to_owned()];
        let client = client(vec![found]);
        for query in ["刑法第264条", "刑法第264条 OR 盗窃 OR 埋藏物"] {
            let parts = client.ask(query, 1).unwrap().shown.remove(0).parts;
            assert_eq!((parts.concat().as_str(), parts[1].as_str()), (text, mark), "{query}");
        }
    }
    let parts = |document, query| client(vec![document]).ask(query, 1).unwrap().shown.remove(0).parts;
    // The law's name stands far before the end of a long list.
    let list: Vec<String> = (180..=264).map(|number| format!("第{number}条")).collect();
    let mut listing = document("甲", "调研报告", &[other, &format!("刑法{}", list.join("、"))]);
    listing.laws = vec!["刑法#264条".to_owned()];
    let found = parts(listing, "刑法第264条");
    assert!(found[0].ends_with("第263条、") && found[1] == "第264条", "{found:?}");
    // No document cites a law of the name 依照民法典, however much a text looks so.
    let texts = ["依照民法典第三条处理。", "依照《刑法》第二百六十四条处罚。"];
    let mut both = document("甲", "调研报告", &texts);
    both.laws = vec!["民法典#3条".to_owned(), "刑法#264条".to_owned()];
    let found = parts(both, "刑法第264条 依照民法典第三条");
    assert_eq!(found, ["依照《刑法》", "第二百六十四条", "处罚。"]);
    // In a long document its passage is among many, and none of the first holds it.
    let filler = "本院走访辖区学校，听取各方意见，并向有关部门通报情况。".repeat(200);
    let mut long = document(
        "甲",
        "调研报告",
        &[&filler, "依照《刑法》第二百六十四条处罚。", &filler],
    );
    long.laws = vec!["刑法#264条".to_owned()];
    assert_eq!(parts(long, "刑法第264条"), ["依照《刑法》", "第二百六十四条", "处罚。"]);
}

/// A number is found inside a longer one and marked there, but that of an article only where it is whole.
#[test]
fn what_was_typed_is_marked_within_a_longer_run() {
    let client = client(vec![document("甲", "报告", &["共2018件，1264条，WiFi6属实"])]);
    let parts = |query: &str| client.ask(query, 1).unwrap().shown.remove(0).parts;
    assert_eq!(parts("18"), ["共20", "18", "件，1264条，WiFi6属实"]);
    assert_eq!(parts("wifi"), ["共2018件，1264条，", "WiFi", "6属实"]);
    assert_eq!(client.ask("264条", 1).unwrap().total, 0);
    assert_eq!(parts("\"264条\""), ["共2018件，1", "264条", "，WiFi6属实"]);
}

/// Of a list or a range each member is an article that is found, with its 条 or without it.
#[test]
fn members_of_lists_and_ranges_of_articles_are_found() {
    for text in [
        "依照刑法第三百四十一、三百四十二条处理",
        "本法第341条至第343条",
        "第341、342条",
    ] {
        let client = client(vec![
            document("乙", "报告", &["第9条"]),
            document("甲", "报告", &[text]),
        ]);
        for query in ["第三百四十一条", "第342条", "342条"] {
            assert_eq!(client.ask(query, 1).unwrap().total, 1, "{query} in {text}");
        }
        assert_eq!(client.ask("第34条", 1).unwrap().total, 0);
    }
}

#[test]
fn a_search_that_is_no_longer_wanted_gives_nothing() {
    let client = client(corpus::documents(1, 20));
    let source = "let superseded = 'pending'; jianyan.search('文身', { current: () => false })\
        .then(result => { superseded = JSON.stringify(result); }); ''";
    client.eval(source);
    client.ask("药品", 0).unwrap();
    assert_eq!(client.eval("superseded"), "null");
}

#[test]
fn a_site_without_documents_answers() {
    let client = client(Vec::new());
    for query in ["文身", "", "-文身", "kind:report", "year:2020", "title:甲", "人"] {
        let answer = client.ask(query, 10).unwrap();
        assert_eq!((answer.total, answer.related), (0, 0), "{query}");
    }
}

#[test]
fn a_query_loads_a_block_a_term_and_a_file_a_result() {
    let client = client(corpus::documents(3, 300));
    client.ask("人", 0).unwrap();
    client.loaded.borrow_mut().clear();
    client.ask("未成年人", 10).unwrap();
    let loaded = client.loaded.take();
    let passages = loaded.iter().filter(|path| path.contains('-')).count();
    let columns = loaded.iter().filter(|path| !path.contains('/')).count();
    assert_eq!(passages, 10);
    assert!(loaded.len() - passages - columns <= 3, "{loaded:?}");
}

#[test]
fn the_table_of_characters_is_loaded_only_for_words_that_may_need_it() {
    let client = client(corpus::documents(4, 100));
    let before = client.loaded.borrow().len();
    client.ask("文身治理", 0).unwrap();
    let of_simplified: Vec<String> = client.loaded.borrow()[before..].to_vec();
    client.ask("訴訟監督", 0).unwrap();
    let table = client.eval("jianyan.open().then(bundle => { globalThis.t2s = bundle.head.t2s; }); ''") + "";
    assert_eq!(table, "");
    client.ask("", 0).unwrap();
    let table = client.eval("t2s");
    assert!(!of_simplified.contains(&table));
    assert!(client.loaded.borrow().contains(&table));
}

#[test]
fn the_same_index_gives_the_same_bundle() {
    let fine = Layout {
        block: 600,
        chunk: 24,
        inline: 40,
        part: 30,
        passage: 64,
    };
    let make = || bundle_of(corpus::documents(5, 120), fine);
    let (first, second) = (make(), make());
    assert!(first == second);
    assert!(first.keys().any(|path| path.contains("p0")) && first.keys().any(|path| path.contains("q0")));
}

#[test]
fn file_names_are_safe_everywhere() {
    for path in bundle_of(corpus::documents(6, 60), Layout::default()).keys() {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-' | '.');
        assert!(path.chars().all(good) && path.len() < 40, "{path}");
    }
}
