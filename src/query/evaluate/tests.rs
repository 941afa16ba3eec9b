use super::*;
use crate::index::document::{IndexDocument, Meta, Passage};
use crate::index::{IndexSettings, write};
use crate::query::judged;

fn document(id: &str, title: &str, text: &str) -> IndexDocument {
    IndexDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        blocks: vec![Passage {
            text: text.to_owned(),
            ..Passage::default()
        }],
        meta: Meta {
            id: id.to_owned(),
            title: title.to_owned(),
            ..Meta::default()
        },
        ..IndexDocument::default()
    }
}

fn evaluated(queries: &str, grades: &str) -> Evaluation {
    let documents = [
        document("a", "公益诉讼", "河道里有非法采砂。"),
        document("b", "河道治理", "公益诉讼办案，公益诉讼回访，公益诉讼听证。"),
        document("c", "危险驾驶", "道路上的醉酒驾驶。"),
    ];
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), documents.into_iter(), &IndexSettings::default()).unwrap();
    let searcher = Searcher::open(dir.path()).unwrap();
    let (queries, grades) = (judged::queries(queries).unwrap(), judged::grades(grades).unwrap());
    evaluate(&searcher, &queries, &grades).unwrap()
}

#[test]
fn search_stands_beside_grep_and_plain_or() {
    // Traditional characters: grep finds nothing, tokens and search find both.
    let found = evaluated("1\t公益訴訟\n2\t醉酒驾驶\n", "1\ta\t1\n1\tb\t1\n2\tc\t2\n");
    assert_eq!(found.total.queries, 2);
    assert_eq!(found.total.jianyan.recall_50, 1.0);
    assert_eq!(found.total.any_token.recall_50, 1.0);
    assert_eq!(found.total.grep.recall_50, 0.5);
    assert_eq!(found.total.jianyan.mrr_10, 1.0);
    assert!(found.groups.is_empty());
}

#[test]
fn grep_gives_documents_in_their_order() {
    let found = evaluated("1\t公益诉讼\n", "1\tb\t1\n");
    assert_eq!(found.total.grep.mrr_10, 0.5);
}

#[test]
fn groups_are_reported_in_the_order_of_their_first_queries() {
    let found = evaluated("1\t醉酒\t乙\n2\t采砂\t甲\n3\t不见\t乙\n", "1\tc\t1\n2\ta\t1\n3\ta\t1\n");
    let groups: Vec<_> = found
        .groups
        .iter()
        .map(|group| {
            (
                group.group.as_str(),
                group.figures.queries,
                group.figures.jianyan.ndcg_10,
            )
        })
        .collect();
    assert_eq!(groups, [("乙", 2, 0.5), ("甲", 1, 1.0)]);
}

#[test]
fn what_cant_be_measured_is_said() {
    let found = evaluated("1\t醉酒\n2\t采砂\n3\t河道\n", "1\tc\t1\n1\tgone\t1\n2\ta\t0\n9\tx\t1\n");
    assert_eq!(found.unjudged, ["2", "3"]);
    assert_eq!(found.missing, ["gone"], "x belongs to a query that is not asked");
    assert_eq!((found.total.queries, found.total.jianyan.recall_50), (1, 0.5));
}
