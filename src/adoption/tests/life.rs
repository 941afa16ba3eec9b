use super::{outcomes_of, record};
use crate::adoption::{Reached, life};
use crate::record::Record;
use crate::settings::Settings;

/// 选题, 立项, 成稿, 报送, 批示, 成果, 落实 of a report with these lines: a month where a date is recorded, `+` where the
/// stage is recorded without one, `.` where it was passed, `-` where it lies ahead.
fn line(lines: &str) -> String {
    let mut known: Vec<Record> = vec![
        record("题", "kind: topic\ntitle: 课题\ndate: 2022-01-05\ncategory: 创新课题"),
        record("征", "kind: topic\ntitle: 征集\ndate: 2022-02-05\ncategory: 选题征集"),
        record(
            "荐",
            "kind: recommendation\ntitle: 建议\nreply: {date: 2022-08-05, outcome: 采纳}\nrectification: {date: 2022-09-05, outcome: 整改到位}",
        ),
        record(
            "未",
            "kind: recommendation\ntitle: 建议\nreply: {date: 2022-08-05, outcome: 采纳}\nrectification: {date: 2022-09-05, outcome: 部分整改}",
        ),
    ];
    known.push(record("研", &format!("kind: report\ntitle: 报告\n{lines}")));
    let outcomes = outcomes_of(&known, &Settings::default());
    let find = |id: &str| known.iter().find(|record| record.id == id);
    let stages = life(&known[4], &outcomes[4], &find).unwrap();
    let told = stages.map(|(_, reached)| match reached {
        Reached::On(Some(day)) => day.date.month().to_string(),
        Reached::On(None) => "+".to_owned(),
        Reached::Passed => ".".to_owned(),
        Reached::Ahead => "-".to_owned(),
    });
    told.join(" ")
}

#[test]
fn a_report_comes_as_far_as_what_is_recorded_of_it() {
    let cases = [
        ("", ". . + - - - -"),
        ("date: 2022-03-05", ". . 3 - - - -"),
        ("date: 2022-03-05\ntopic: 题", ". 1 3 - - - -"),
        ("date: 2022-03-05\ntopic: 征", "2 . 3 - - - -"),
        // A topic that is not here tells nothing.
        ("date: 2022-03-05\ntopic: 无", ". . 3 - - - -"),
        (
            "date: 2022-03-05\nadoptions: [{form: instruction, effect: submitted, date: 2022-04-05}]",
            ". . 3 4 - - -",
        ),
        // Noted is an instruction on the line, though it counts for nothing.
        (
            "date: 2022-03-05\nadoptions: [{form: instruction, effect: noted, date: 2022-05-05}]",
            ". . 3 . 5 - -",
        ),
        (
            "date: 2022-03-05\nadoptions: [{form: resolution, level: county, effect: issued, date: 2022-06-05}]",
            ". . 3 . . 6 -",
        ),
        (
            "date: 2022-03-05\nadoptions: [{form: publication, level: province, date: 2022-06-05}]",
            ". . 3 . . 6 -",
        ),
        // Of two results the first; one that was carried out is both.
        (
            "date: 2022-03-05\nadoptions:\n  - {form: norm, level: county, effect: implemented, date: 2022-08-05}\n\
             \x20 - {form: decision, level: county, effect: issued, date: 2022-07-05}",
            ". . 3 . . 7 8",
        ),
        // A recommendation made of it counts with the reply, and is carried out when its addressee has set things right, wholly.
        (
            "date: 2022-03-05\nadoptions: [{form: recommendation, level: county, effect: issued, date: 2022-06-05, leads_to: [荐]}]",
            ". . 3 . . 8 9",
        ),
        (
            "date: 2022-03-05\nadoptions: [{form: recommendation, level: county, effect: issued, date: 2022-06-05, leads_to: [未]}]",
            ". . 3 . . 8 -",
        ),
        // What an instruction led to is not a carrying out of the instruction.
        (
            "date: 2022-03-05\nadoptions: [{form: instruction, level: county, effect: ordered, date: 2022-06-05, leads_to: [荐]}]",
            ". . 3 . 6 - -",
        ),
        // What the own office decides is not a result.
        (
            "date: 2022-03-05\nadoptions: [{form: decision, level: unit, effect: issued, date: 2022-06-05}]",
            ". . 3 - - - -",
        ),
        (
            "date: 2022-03-05\nadoptions: [{form: norm, level: county, effect: issued}]",
            ". . 3 . . + -",
        ),
    ];
    for (lines, told) in cases {
        assert_eq!(line(lines), told, "{lines}");
    }
}

#[test]
fn other_kinds_have_no_such_line() {
    let case = [record("案", "kind: case\ntitle: 案例")];
    let outcomes = outcomes_of(&case, &Settings::default());
    assert!(life(&case[0], &outcomes[0], &|_| None).is_none());
}
