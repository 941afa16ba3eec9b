use super::super::analyzer::joint;
use super::super::document::{Facets, Passage};
use super::super::schema::Fields;
use super::super::{Opened, open};
use super::*;
use std::fs;
use tantivy::collector::Count;
use tantivy::postings::Postings;
use tantivy::query::{AllQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocSet, TERMINATED, TantivyDocument, Term};

fn document(id: &str, title: &str, body: &[&str]) -> IndexDocument {
    let blocks = body
        .iter()
        .map(|text| Passage {
            text: (*text).to_owned(),
            ..Passage::default()
        })
        .collect();
    let facets = Facets {
        kind: "report".into(),
        year: Some(2024),
        date: Some(19_800),
        ..Facets::default()
    };
    IndexDocument {
        id: id.into(),
        title: title.into(),
        blocks,
        facets,
        ..IndexDocument::default()
    }
}

fn ids(opened: &Opened) -> Vec<String> {
    let searcher = &opened.searcher;
    let count = searcher.search(&AllQuery, &Count).unwrap();
    let id = |doc| {
        let stored: TantivyDocument = searcher.doc(tantivy::DocAddress::new(0, doc)).unwrap();
        stored.get_first(opened.fields.id).unwrap().as_str().unwrap().to_owned()
    };
    (0..count as u32).map(id).collect()
}

/// Frequency and positions of a term in the first document.
fn positions(opened: &Opened, field: Field, term: &str) -> Vec<u32> {
    let reader = opened.searcher.segment_reader(0).inverted_index(field).unwrap();
    let term = Fields::term(field, term);
    let Some(mut postings) = reader
        .read_postings(&term, IndexRecordOption::WithFreqsAndPositions)
        .unwrap()
    else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if postings.doc() != TERMINATED {
        postings.positions(&mut out);
    }
    out
}

#[test]
fn documents_are_numbered_by_id_in_one_segment_however_many_blocks_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let filler = "检察机关依法履行法律监督职责。".repeat(20_000); // 900 KB a document
    let names: Vec<String> = (0..30).map(|number| format!("报告/{number:03}")).collect();
    let documents = names.iter().map(|id| document(id, id, &[&filler]));
    let written = write(dir.path(), documents, &IndexSettings::default()).unwrap();
    assert_eq!(written.documents, 30);
    assert!(written.blocks > 2, "the sample must make several blocks");
    let opened = open(dir.path()).unwrap();
    assert_eq!(opened.searcher.segment_readers().len(), 1);
    assert_eq!(ids(&opened), names);
    let body = opened
        .searcher
        .segment_reader(0)
        .inverted_index(opened.fields.body)
        .unwrap();
    assert_eq!(body.total_num_tokens(), 30 * 20_000 * 13, "the total is exact");
}

#[test]
fn lengths_count_article_tokens_and_positions_leave_gaps() {
    let dir = tempfile::tempdir().unwrap();
    let one = document("a", "刑法第264条", &["公益诉讼，检察", "第二百六十四条"]);
    write(dir.path(), std::iter::once(one), &IndexSettings::default()).unwrap();
    let opened = open(dir.path()).unwrap();
    let fields = &opened.fields;
    let length = |field| {
        opened
            .searcher
            .segment_reader(0)
            .get_fieldnorms_reader(field)
            .unwrap()
            .fieldnorm(0)
    };
    assert_eq!(length(fields.title), 6); // 刑法 法第 第264 264 264条 #264条
    assert_eq!(length(fields.body), 3 + 1 + 6 + 1);
    assert_eq!(length(fields.chars), 4 + 6 + 7); // 刑法第条, 公益诉讼检察, 第二百六十四条
    assert_eq!(positions(&opened, fields.title, "264条"), [4]);
    assert_eq!(positions(&opened, fields.title, "#264条"), [2]);
    assert_eq!(positions(&opened, fields.body, "检察"), [4]);
    assert_eq!(positions(&opened, fields.body, "#264条"), [6]);
    assert_eq!(positions(&opened, fields.body, "察第"), [0u32; 0]);
    let joints = fields.joints_of(fields.body);
    assert_eq!(
        positions(&opened, joints, &joint("讼", ",", "检")),
        [3],
        "at the empty place"
    );
}

#[test]
fn a_new_index_replaces_the_old_one_and_leaves_other_files() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("README.md"), "ours").unwrap();
    let settings = IndexSettings {
        generation: "first".into(),
        ..IndexSettings::default()
    };
    write(
        dir.path(),
        [document("a", "甲", &[]), document("b", "乙", &[])].into_iter(),
        &settings,
    )
    .unwrap();
    let files_before = fs::read_dir(dir.path()).unwrap().count();
    let settings = IndexSettings {
        generation: "second".into(),
        synonyms: vec![vec!["丙".into(), "丁".into()]],
        ..settings
    };
    write(
        dir.path(),
        [document("b", "乙", &[]), document("c", "丙", &[])].into_iter(),
        &settings,
    )
    .unwrap();
    let opened = open(dir.path()).unwrap();
    assert_eq!(ids(&opened), ["b", "c"]);
    assert_eq!(opened.settings, settings);
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        files_before,
        "nothing of the old one stays"
    );
    assert!(dir.path().join("README.md").exists());
}

#[test]
fn what_a_killed_write_left_is_cleared_away() {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        std::iter::once(document("a", "甲", &[])),
        &IndexSettings::default(),
    )
    .unwrap();
    fs::create_dir_all(dir.path().join(BUILDING).join("block-0")).unwrap();
    fs::write(dir.path().join("0123456789abcdef0123456789abcdef.term"), "stray").unwrap();
    assert_eq!(ids(&open(dir.path()).unwrap()), ["a"], "the old index is whole");
    write(
        dir.path(),
        std::iter::once(document("b", "乙", &[])),
        &IndexSettings::default(),
    )
    .unwrap();
    assert_eq!(ids(&open(dir.path()).unwrap()), ["b"]);
    assert!(!dir.path().join("0123456789abcdef0123456789abcdef.term").exists());
    assert!(!dir.path().join(BUILDING).exists());
}

#[test]
fn an_empty_corpus_makes_an_empty_index() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), std::iter::empty(), &IndexSettings::default()).unwrap();
    assert_eq!(open(dir.path()).unwrap().searcher.num_docs(), 0);
}

#[test]
fn documents_out_of_order_are_refused_and_the_old_index_stays() {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        std::iter::once(document("a", "甲", &[])),
        &IndexSettings::default(),
    )
    .unwrap();
    for second in ["b", "a"] {
        let documents = [document("b", "乙", &[]), document(second, "丙", &[])];
        let error = write(dir.path(), documents.into_iter(), &IndexSettings::default()).unwrap_err();
        assert!(matches!(error, IndexError::Order(id) if id == second));
    }
    assert_eq!(ids(&open(dir.path()).unwrap()), ["a"]);
}

#[test]
fn another_format_is_named_and_a_missing_index_too() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(open(dir.path()), Err(IndexError::Missing(_))));
    let settings = IndexSettings {
        format: 999,
        ..IndexSettings::default()
    };
    write(dir.path(), std::iter::empty(), &settings).unwrap();
    let error = open(dir.path()).err().unwrap();
    assert!(matches!(error, IndexError::Format { found: 999, .. }));
    assert!(error.message(crate::message::Lang::Zh).contains("jianyan build"));
}

#[test]
fn facet_values_are_looked_up_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut one = document("a", "甲", &[]);
    one.facets.unit = vec!["某县人民检察院".into(), "某市人民检察院".into()];
    write(dir.path(), std::iter::once(one), &IndexSettings::default()).unwrap();
    let opened = open(dir.path()).unwrap();
    let count = |value| {
        let term = Term::from_field_text(opened.fields.facet("unit").unwrap(), value);
        let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        opened.searcher.search(&query, &Count).unwrap()
    };
    assert_eq!((count("某市人民检察院"), count("某市")), (1, 0));
}

#[test]
fn synonyms_reach_an_index_only_where_a_member_occurs() {
    let dir = tempfile::tempdir().unwrap();
    let group = |members: &[&str]| members.iter().map(|member| (*member).to_owned()).collect::<Vec<_>>();
    let settings = IndexSettings {
        synonyms: vec![group(&["文身", "纹身"]), group(&["醉驾", "危险驾驶"])],
        ..IndexSettings::default()
    };
    write(dir.path(), [document("a", "未成年人文身", &[])].into_iter(), &settings).unwrap();
    assert_eq!(open(dir.path()).unwrap().settings.synonyms, [group(&["文身", "纹身"])]);
}

#[test]
fn parts_of_an_earlier_write_are_taken_and_give_the_same_index() {
    let parts = |texts: &[&str], made: &std::cell::Cell<usize>| -> Vec<(Key, Vec<IndexDocument>)> {
        made.set(0);
        let part = |(number, text): (usize, &&str)| {
            let documents = (0..3).map(|n| document(&format!("{number}-{n}"), text, &[text, "检察建议"]));
            (crate::cache::Recipe::of("test").with(text).key(), documents.collect())
        };
        texts.iter().enumerate().map(part).collect()
    };
    let made = std::cell::Cell::new(0);
    let write = |dir: &Path, texts: &[&str]| {
        let parts = parts(texts, &made).into_iter().map(|(key, documents)| Part {
            key: Some(key),
            count: documents.len(),
            make: Box::new(|| {
                made.set(made.get() + 1);
                Ok(documents)
            }),
        });
        prepare(Folder::create(dir).unwrap(), parts, &IndexSettings::default())
            .and_then(Prepared::commit)
            .unwrap()
    };
    let content = |dir: &Path| {
        let opened = open(dir).unwrap();
        let fields = &opened.fields;
        let body = opened.searcher.segment_reader(0).inverted_index(fields.body).unwrap();
        let mut terms = body.terms().stream().unwrap();
        let mut all = vec![format!("{:?} {}", ids(&opened), body.total_num_tokens())];
        while let Some((term, info)) = terms.next() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = body.read_postings_from_terminfo(info, option).unwrap();
            let mut found = Vec::new();
            while postings.doc() != TERMINATED {
                let mut positions = Vec::new();
                postings.positions(&mut positions);
                found.push((postings.doc(), positions));
                postings.advance();
            }
            all.push(format!("{term:?} {found:?}"));
        }
        all
    };
    let grown = tempfile::tempdir().unwrap();
    let steps: [(&[&str], usize); 5] = [
        (&["未成年人", "公益诉讼", "文身"], 3),
        (&["未成年人", "公益诉讼", "文身"], 0),
        (&["未成年人", "快递", "文身"], 1),
        (&["未成年人", "快递"], 0),
        (&["未成年人", "公益诉讼", "文身"], 2),
    ];
    for (texts, expected) in steps {
        let written = write(grown.path(), texts);
        assert_eq!(
            (made.get(), written.blocks - written.kept),
            (expected, expected),
            "{texts:?}"
        );
        let clean = tempfile::tempdir().unwrap();
        write(clean.path(), texts);
        assert_eq!(content(grown.path()), content(clean.path()), "{texts:?}");
    }
}
