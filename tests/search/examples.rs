//! The query language by examples, on a corpus small enough to read.

use jianyan::index::document::{Facets, IndexDocument, Meta, Passage};
use jianyan::index::{IndexSettings, write};
use jianyan::query::{Answer, Options, Searcher, Tier};
use jianyan::text::number::numbers_in;
use std::sync::OnceLock;

fn document(id: &str, title: &str, body: &[(&str, &str)], facets: Facets) -> IndexDocument {
    let passage = |(at, (section, text)): (usize, &(&str, &str))| Passage {
        section: (*section).to_owned(),
        anchor: format!("s{at}"),
        text: (*text).to_owned(),
    };
    let text: String = body.iter().map(|(_, text)| *text).collect();
    IndexDocument {
        title: title.to_owned(),
        blocks: body.iter().enumerate().map(passage).collect(),
        numbers: numbers_in(&text),
        meta: Meta {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: facets.kind.clone(),
            ..Meta::default()
        },
        id: id.to_owned(),
        facets,
        ..IndexDocument::default()
    }
}

fn facets(kind: &str, unit: &str, year: i16) -> Facets {
    Facets {
        kind: kind.into(),
        unit: vec![unit.into()],
        year: Some(year),
        ..Facets::default()
    }
}

fn corpus() -> Vec<IndexDocument> {
    let mut tattoos = document(
        "a-文身",
        "未成年人文身治理调研",
        &[
            ("一、现状", "全县文身店十二家。"),
            ("二、对策", "依照《中华人民共和国未成年人保护法》第十七条办理。"),
        ],
        Facets {
            author: vec!["张某".into(), "李某".into()],
            line: vec!["未成年人".into()],
            level: vec!["county".into()],
            form: vec!["resolution".into()],
            ..facets("report", "甲县人民检察院", 2022)
        },
    );
    tattoos.laws = vec!["未成年人保护法#17条".into()];
    tattoos.summary = vec!["摘要：纹身图案多在手臂。".into()];
    let theft = document(
        "b-盗窃",
        "某盗窃案",
        &[
            ("要旨", "依刑法第二百六十四条定罪，参照检例第９９号。"),
            ("", "案号（2023）甲0199刑初8号。"),
        ],
        facets("case", "乙市人民检察院", 2023),
    );
    let advice = document(
        "c-建议",
        "醉驾治理检察建议",
        &[("", "某检建〔2023〕7号。危险驾驶案件上升，见《刑法》第264条之一。")],
        Facets {
            author: vec!["买买提·艾力".into()],
            state: vec!["overdue".into()],
            ..facets("recommendation", "甲县人民检察院", 2023)
        },
    );
    vec![tattoos, theft, advice]
}

fn searcher() -> &'static Searcher {
    static SEARCHER: OnceLock<(tempfile::TempDir, Searcher)> = OnceLock::new();
    let (_, searcher) = SEARCHER.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let synonyms = vec![
            vec!["文身".into(), "纹身".into()],
            vec!["危险驾驶".into(), "醉驾".into()],
        ];
        write(
            dir.path(),
            corpus().into_iter(),
            &IndexSettings {
                synonyms,
                ..IndexSettings::default()
            },
        )
        .unwrap();
        let searcher = Searcher::open(dir.path()).unwrap();
        (dir, searcher)
    });
    searcher
}

fn answer(query: &str) -> Answer {
    searcher().search(query, &Options::default()).unwrap()
}

/// Initials of the strict matches, by number.
fn strict(query: &str) -> String {
    let mut initials: Vec<char> = answer(query)
        .hits
        .iter()
        .filter(|hit| hit.tier == Tier::Strict)
        .filter_map(|hit| hit.id.chars().next())
        .collect();
    initials.sort_unstable();
    initials.into_iter().collect()
}

#[test]
fn words_match_where_they_stand() {
    let cases = [
        ("文身店", "a"),
        ("成年人文", "a"),
        ("文身 盗窃", ""),
        ("文身店 OR 盗窃", "ab"),
        ("治理 -文身", "c"),
        ("店", "a"),
        ("十二家 手臂", "a"),
        ("\"未成年人保护法》第十七条\"", "a"),
        ("\"未成年人保护法，第十七条\"", ""),
        ("\"第十七条，未成年人保护法\"", ""),
        ("\"十二家。依照\"", ""), // the one ends a block, the other begins the next
        ("案号 ２０２３", "b"),
        ("199刑初", "b"),
        ("案号（2023）甲01", "b"),
        ("0199", "b"),
        ("19 刑初8", "b"),
        ("64条之一", ""), // an article keeps its number whole
        ("\"64条之一\"", "c"),
    ];
    for (query, expected) in cases {
        assert_eq!(strict(query), expected, "{query}");
    }
}

#[test]
fn articles_laws_and_numbers_are_found_however_they_are_written() {
    let cases = [
        ("第264条", "bc"), // b by its article token; in c it stands literally, before 之一
        ("264条", "bc"),
        ("第 264 条", "bc"),
        ("\"第264条\"", "c"),
        ("第264条之一", "c"),
        ("未成年人保护法第17条", "a"),
        ("《未成年人保护法》第 17 条", "a"),
        ("未保法第17条", "a"),
        ("我国未保法第十七条", "a"),
        ("检例第99号", "b"),
        ("检例99号", "b"),
        ("(2023)甲0199刑初8号", "b"),
        ("某检建[2023]第7号", "c"),
    ];
    for (query, expected) in cases {
        assert_eq!(strict(query), expected, "{query}");
    }
}

#[test]
fn filters_hold_by_either_name() {
    let cases = [
        ("kind:case", "b"),
        ("类别：检察建议 kind:report", "ac"),
        ("unit:甲县", "ac"),
        ("作者:张", "a"),
        ("作者:买买提.艾力", "c"),
        ("author:\"买买提 • 艾力\"", "c"),
        ("year:2023", "bc"),
        ("年份：2021..2022年", "a"),
        ("year:2023.. -kind:case", "c"),
        ("adopted:county", "a"),
        ("层级:县级", "a"),
        ("form:人大决议（决定、审议意见）", "a"),
        ("state:逾期未回复", "c"),
        ("line:未成年人", "a"),
        ("标题:治理", "ac"),
        ("title:文身店", ""),
        ("number:2023-7", "c"),
        ("文号:某检建〔2023〕7号", "c"),
        ("law:未成年人保护法", "a"),
        ("法条:《未成年人保护法》第十七条", "a"),
        ("law:刑法", ""),
        ("法条:第17条", "a"),
        ("法条:未保法第17条", "a"),
        ("法条:未成年人保护法17", "a"),
        ("法条:中华人民共和国未成年人保护法", "a"),
        ("编号:第99号", "b"),
        ("编号:检例第9", "b"),
        ("文号:〔2023〕7号", "c"),
        ("案号:第8号", "b"),
        ("案号:第18号", ""),
        ("年份:2022-2023 kind:report", "a"),
        ("kind:report OR kind:case", "ab"),
        ("kind:report OR state:overdue", "ac"),
        ("kind:report 或 state:overdue 或 unit:乙市", "abc"),
        ("kind:novel", ""),
        ("kind:novel 治理", "ac"),
        ("类别:案例、调研报告", "ab"),
        ("年份:22年", "a"),
        ("编号:第99号 编号:第8号", "b"),
        ("治理 -编号:第7号 -编号:第99号", "a"),
        ("unit:甲县 治理 year:2023", "c"),
    ];
    for (query, expected) in cases {
        assert_eq!(strict(query), expected, "{query}");
    }
}

#[test]
fn a_synonym_group_is_one_word_that_scores_as_its_best_member() {
    assert_eq!(strict("醉驾"), "c");
    assert_eq!(strict("\"纹身\" 店"), "a");
    let score = |query: &str| answer(query).hits[0].score;
    let (typed, other) = (score("\"文身\""), score("\"纹身\""));
    assert!(typed > other && other > 0.0, "the sample tells the members apart");
    assert!((score("文身") - typed).abs() < 1e-5);
    assert!((score("纹身") - other.max(typed * 0.7)).abs() < 1e-5);
    assert!((score("文身 纹身") - typed).abs() < 1e-5, "a group counts once");
    assert_eq!(answer("纹身").notes[0].code, "query.synonyms");
}

#[test]
fn a_number_lifts_titles_and_numbers() {
    let score = |query: &str| answer(query).hits[0].score;
    let plain = score("盗窃案");
    assert_eq!(answer("检例第99号 盗窃案").hits[0].id, "b-盗窃");
    // The title counts five times now; the number's own term comes on top.
    assert!(score("检例第99号 盗窃案") > plain * 2.0);
}

#[test]
fn queries_without_words_list_by_number_or_find_nothing() {
    assert_eq!(answer("").total, 0);
    assert_eq!(answer("！！").total, 0);
    assert_eq!(answer("-盗窃").total, 2);
    let all = answer("year:2000..2100");
    assert_eq!(all.hits.iter().map(|hit| hit.doc).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(all.related, 0);
}

#[test]
fn facets_count_strict_matches() {
    let facets = answer("治理").facets;
    assert_eq!(facets["unit"]["甲县人民检察院"], 2);
    assert_eq!(facets["kind"].get("case"), None);
    assert_eq!(facets["year"]["2022"], 1);
    assert!(!facets.contains_key("tag"), "a facet without a value is left out");
}

#[test]
fn paging_goes_on_into_the_related() {
    let query = "文身治理危险驾驶"; // no document holds it whole
    let all = answer(query);
    assert_eq!((all.total, all.related > 0), (0, true));
    let second = searcher().search(query, &Options { limit: 1, offset: 1 }).unwrap();
    assert_eq!(
        second.hits.iter().map(|hit| &hit.id).collect::<Vec<_>>(),
        all.hits.iter().skip(1).take(1).map(|hit| &hit.id).collect::<Vec<_>>()
    );
}

#[test]
fn a_hit_names_its_passage() {
    let hit = &answer("264条").hits[0];
    assert!(hit.snippet.contains("<mark>"), "{}", hit.snippet);
    let hit = &answer("检例第99号").hits[0];
    assert_eq!((hit.section.as_str(), hit.anchor.as_str()), ("要旨", "s0"));
    assert_eq!(hit.snippet, "依刑法第二百六十四条定罪，参照<mark>检例第９９号</mark>。");
    assert_eq!(hit.meta.title, "某盗窃案");
}

#[test]
fn a_title_filter_looks_into_titles_alone() {
    assert_eq!(strict("title:店"), "");
    assert_eq!(strict("title:醉"), "c");
    assert_eq!(strict("title:\"醉驾治理\""), "c");
}
