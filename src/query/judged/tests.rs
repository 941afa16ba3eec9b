use super::*;

#[test]
fn queries_have_an_id_a_text_and_perhaps_a_group() {
    let read = queries("\u{feff}q1\t未成年人 文身\r\n\nq2\t老赖\t俗称\n").unwrap();
    let rows: Vec<_> = read
        .iter()
        .map(|judged| (judged.id.as_str(), judged.query.as_str(), judged.group.as_str()))
        .collect();
    assert_eq!(rows, [("q1", "未成年人 文身", ""), ("q2", "老赖", "俗称")]);
}

#[test]
fn grades_stand_by_query_and_document() {
    let read = grades("q1\t调研报告/文身 调研\t2\nq1\tb\t0\n").unwrap();
    assert_eq!(read["q1"]["调研报告/文身 调研"], 2);
    assert_eq!(read["q1"]["b"], 0);
}

/// A judgement that is passed over in silence would make every figure wrong.
#[test]
fn a_line_that_cant_be_read_is_named() {
    for text in ["q1\n", "q1\t\n", "\t文身\n", "q1\ta\tb\tc\n", "q1\ta\nq1\tb\n"] {
        let line = text.lines().count();
        assert_eq!(queries(text), Err(BadLine(line)), "{text:?}");
    }
    for text in [
        "q1\ta\n",
        "q1\ta\tyes\n",
        "q1\ta\t-1\n",
        "q1\ta\t1\nq1\ta\t2\n",
        "q1\t0\ta\t1\n",
    ] {
        let line = text.lines().count();
        assert_eq!(grades(text), Err(BadLine(line)), "{text:?}");
    }
}
