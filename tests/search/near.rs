//! Documents like a text or a document, what is suggested, and what else to ask: small corpora, what must come out.

use jianyan::index::document::{Facets, IndexDocument, Meta, Passage};
use jianyan::index::{self, IndexSettings};
use jianyan::query::help::Why;
use jianyan::query::vocabulary::{Entry, Vocabulary};
use jianyan::query::{Alike, Searcher};
use tempfile::TempDir;

fn document(id: &str, title: &str, text: &str, laws: &[&str], causes: &[&str]) -> IndexDocument {
    let causes: Vec<String> = causes.iter().map(|cause| (*cause).to_owned()).collect();
    IndexDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        keywords: causes.clone(),
        blocks: vec![Passage {
            text: text.to_owned(),
            ..Passage::default()
        }],
        laws: laws.iter().map(|law| (*law).to_owned()).collect(),
        facets: Facets {
            kind: "report".to_owned(),
            author: vec!["熊某".to_owned()],
            cause: causes,
            ..Facets::default()
        },
        meta: Meta {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: "report".to_owned(),
            ..Meta::default()
        },
        ..IndexDocument::default()
    }
}

fn corpus() -> Vec<IndexDocument> {
    vec![
        document(
            "a",
            "电动自行车盗窃案件调研",
            "被盗电动自行车多在城郊改装后销售。",
            &["刑法#264条"],
            &["盗窃罪"],
        ),
        document(
            "b",
            "电动自行车充电安全调查",
            "充电起火的电动自行车大多改装过。",
            &[],
            &[],
        ),
        document(
            "c",
            "扒窃案件办理情况",
            "公交站点扒窃案件逐年下降。",
            &["刑法#264条"],
            &["盗窃罪"],
        ),
        document(
            "d",
            "认罪认罚自愿性审查",
            "认罪认罚案件中值班律师到场。徇私枉法的线索另行移送。",
            &[],
            &[],
        ),
        document(
            "e",
            "河道采砂监管",
            "两处采砂点未经许可。",
            &["刑法#343条"],
            &["非法采矿罪"],
        ),
    ]
}

fn built(audience: &str) -> (TempDir, Searcher) {
    let dir = tempfile::tempdir().unwrap();
    let settings = IndexSettings {
        audience: audience.to_owned(),
        synonyms: vec![vec!["采砂".to_owned(), "挖沙".to_owned()]],
        ..IndexSettings::default()
    };
    index::write(dir.path(), corpus().into_iter(), &settings).unwrap();
    let searcher = Searcher::open(dir.path()).unwrap();
    (dir, searcher)
}

fn ids(found: &[Alike]) -> Vec<&str> {
    found.iter().map(|alike| alike.id.as_str()).collect()
}

#[test]
fn a_document_is_near_by_words_laws_and_causes_and_says_so() {
    let (_dir, searcher) = built("internal");
    let found = searcher.like_document("a", 10).unwrap().unwrap();
    assert_eq!(ids(&found), ["b", "c", "d"]);
    assert_eq!(found[0].phrases, ["电动自行车"]);
    assert_eq!(found[0].authors, ["熊某"]);
    assert_eq!(
        (&found[1].laws[..], &found[1].causes[..]),
        (&["刑法#264条".to_owned()][..], &["盗窃罪".to_owned()][..])
    );
    assert_eq!(found[1].phrases, ["盗窃案件", "盗窃罪"]);
    assert!(found.is_sorted_by(|one, next| one.score >= next.score && one.nearness >= next.nearness));
}

#[test]
fn what_was_done_is_near_and_what_nobody_did_is_not() {
    let (_dir, searcher) = built("internal");
    for (text, nearest, band) in [
        ("电动自行车盗窃案件调研", Some("a"), Some("near")),
        ("電動自行車盜竊案件調研", Some("a"), Some("near")),
        ("关于电动自行车被盗和改装的研究", Some("a"), Some("rather")),
        ("窨井盖安全管理与养护责任", Some("b"), None),
        ("石灰岩溶洞蝙蝠", None, None),
        ("", None, None),
        ("的了是吗 2024 、。", None, None),
    ] {
        let found = searcher.like_text(text, 3).unwrap();
        assert_eq!(found.first().map(|alike| alike.id.as_str()), nearest, "{text}");
        assert_eq!(
            found.first().and_then(|alike| alike.band),
            band,
            "{text}: {:?}",
            found.first()
        );
    }
}

#[test]
fn no_text_is_too_much() {
    let (_dir, searcher) = built("internal");
    let long: String = (0..2_000)
        .map(|at| char::from_u32(0x4E00 + at * 7 % 9_000).unwrap())
        .collect();
    for text in [long.as_str(), "\u{0}\u{202E}🀄️", &"电动".repeat(1_000), "\"“「-OR:"] {
        assert!(searcher.like_text(text, 3).unwrap().len() <= 3);
        searcher.help(text).unwrap();
    }
}

#[test]
fn an_empty_result_gets_ideas_that_find_something() {
    let (_dir, searcher) = built("internal");
    for (query, why, q) in [
        ("认罪任罚", Why::Sound, "认罪认罚"),
        ("循私枉法", Why::Sound, "徇私枉法"),
        ("认罪罚", Why::Similar, "认罪认罚"),
        ("认罪认认罚", Why::Similar, "认罪认罚"),
        ("认认罪罚", Why::Similar, "认罪认罚"),
        ("河道挖沙监管", Why::Synonym, "河道采砂监管"),
        ("采砂 月球", Why::Without, "采砂"),
        ("采砂 -河道", Why::Without, "采砂"),
        ("采砂 OR 河道 月球", Why::Without, "采砂 OR 河道"),
        ("认罪任罚 案由:\"盗窃罪\" ", Why::Without, "案由:\"盗窃罪\""),
        ("采砂月球", Why::Part, "采砂"),
        ("采砂 月球 蝙蝠", Why::Part, "采砂"),
        ("认罪任罚 月球", Why::Sound, "认罪认罚"),
    ] {
        let ideas = searcher.help(query).unwrap();
        assert!(
            ideas.iter().any(|idea| idea.why == why && idea.q == q),
            "{query}: {ideas:?}"
        );
        for idea in ideas {
            assert_eq!(
                searcher
                    .search(&idea.q, &jianyan::query::Options::default())
                    .unwrap()
                    .total,
                idea.n,
                "{}",
                idea.q
            );
            assert!(idea.n > 0);
        }
    }
    assert!(searcher.help("").unwrap().is_empty());
    assert!(searcher.help("月球").unwrap().is_empty());
}

#[test]
fn the_public_edition_suggests_no_person() {
    for (audience, authors) in [("internal", vec![Entry("熊某".to_owned(), 5)]), ("public", vec![])] {
        let (dir, _) = built(audience);
        let vocabulary = Vocabulary::read(&index::open(dir.path()).unwrap()).unwrap();
        assert_eq!(vocabulary.classes[4], authors, "{audience}");
        assert_eq!(vocabulary.classes[1][0], Entry("盗窃罪".to_owned(), 2));
        assert_eq!(vocabulary.classes[2][0], Entry("刑法第264条".to_owned(), 2));
        assert_eq!(vocabulary.classes[7].len(), 5);
    }
}

/// However many values there are, the file of all stays small.
#[test]
fn the_vocabulary_is_bounded() {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut word = |length: usize| -> String { (0..length).map(|_| rng.char('\u{4E00}'..='\u{9FA5}')).collect() };
    let documents: Vec<IndexDocument> = (0..3_000)
        .map(|at| {
            let mut one = document(&format!("{at:05}"), &word(24), "文身", &[], &[]);
            one.laws = vec![format!("{}#{}条", word(6), at % 90 + 1)];
            one.facets.author = vec![word(3)];
            one.facets.tag = vec![word(6), word(5)];
            one.facets.cause = vec![word(8)];
            one.facets.unit = vec![word(12)];
            one.facets.department = vec![word(7)];
            one.meta.title.clone_from(&one.title);
            one
        })
        .collect();
    let dir = tempfile::tempdir().unwrap();
    index::write(dir.path(), documents.into_iter(), &IndexSettings::default()).unwrap();
    let opened = index::open(dir.path()).unwrap();
    let vocabulary = Vocabulary::read(&opened).unwrap();
    let characters: usize = vocabulary.values().map(|value| value.chars().count()).sum();
    assert!((15_000..27_000).contains(&characters), "{characters}");
    // Two bytes a Han character, one for others, fifteen bits of them in sixteen (docs/search.md, section 6).
    let json = serde_json::to_string(&vocabulary.classes).unwrap();
    let bytes: usize = json.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    assert!(bytes * 16 / 15 < 60_000, "{bytes}");
}
