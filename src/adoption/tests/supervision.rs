use super::{day, outcomes_of, record};
use crate::adoption::{Rate, Replies, overdue, owed, replies};
use crate::record::Record;
use crate::settings::Settings;

fn recommendations(fields: &[&str]) -> Vec<Record> {
    fields
        .iter()
        .enumerate()
        .map(|(number, fields)| {
            record(
                &format!("J{number}"),
                &format!("kind: recommendation\ntitle: 建议\n{fields}"),
            )
        })
        .collect()
}

/// The figures of recommendations on 2024-06-01.
fn counted(records: &[Record]) -> Replies {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    replies(&documents, &settings, day("2024-06-01"))
}

#[test]
fn a_rate_is_rounded_and_nothing_of_nothing_has_none() {
    for (part, whole, text) in [
        (6, 9, Some("66.7%")),
        (1, 3, Some("33.3%")),
        (1, 16, Some("6.3%")),
        (9, 9, Some("100.0%")),
        (0, 9, Some("0.0%")),
        (0, 0, None),
    ] {
        assert_eq!(Rate { part, whole }.percent().as_deref(), text, "{part}/{whole}");
    }
}

#[test]
fn each_recommendation_counts_where_its_steps_put_it() {
    // Fields; issued, due, on time, late, unanswered, replied on 2024-06-01.
    let cases = [
        ("", [0, 0, 0, 0, 0, 0]),
        ("issued: 2024-01-01", [1, 0, 0, 0, 0, 0]),
        ("delivered: 2024-05-01", [1, 0, 0, 0, 0, 0]),
        ("delivered: 2024-04-01", [1, 0, 0, 0, 0, 0]), // due today
        ("delivered: 2024-03-31", [1, 1, 0, 0, 1, 0]),
        ("delivered: 2024-01-01\nreply: {date: 2024-03-01}", [1, 1, 1, 0, 0, 1]),
        ("delivered: 2024-01-01\nreply: {date: 2024-03-02}", [1, 1, 0, 1, 0, 1]),
        // A reply whose day nobody knows is neither in time nor late.
        ("delivered: 2024-01-01\nreply: {date: 2024年3月}", [1, 1, 0, 0, 0, 1]),
        ("delivered: 2024-01-01\nreply: {outcome: 采纳}", [1, 1, 0, 0, 0, 1]),
        ("delivered: 2024-01-01\nreply: {date: 2024年2月}", [1, 1, 1, 0, 0, 1]),
        ("delivered: 2024-01-01\nreply: {date: 2024年4月}", [1, 1, 0, 1, 0, 1]),
        // What was closed without a reply isn't unanswered any more; 跟进监督 and an objection change nothing.
        ("delivered: 2024-01-01\nclosed: {date: 2024-02-01}", [1, 1, 0, 0, 0, 0]),
        (
            "delivered: 2024-01-01\nescalations: [{date: 2024-04-01, step: 通报}]",
            [1, 1, 0, 0, 1, 0],
        ),
        (
            "delivered: 2024-01-01\nobjection: {date: 2024-02-01}",
            [1, 1, 0, 0, 1, 0],
        ),
        ("delivered: 2024-05-01\nreply: {date: 2024-05-02}", [1, 0, 0, 0, 0, 1]), // early, and not due yet
        (
            "delivered: 2024-01-01\nissued: 2024-01-01\nwithdrawn: 2024-01-15",
            [1, 0, 0, 0, 0, 0],
        ),
        ("withdrawn: 2024-01-15", [0, 0, 0, 0, 0, 0]),
        ("delivered: 2024-01-01\ndraft: true", [0, 0, 0, 0, 0, 0]),
    ];
    for (fields, expected) in cases {
        let records = recommendations(&[fields]);
        let found = counted(&records);
        assert_eq!(
            found.due,
            found.on_time + found.late + found.undated + found.unanswered + found.closed,
            "{fields}"
        );
        let found = [
            found.issued,
            found.due,
            found.on_time,
            found.late,
            found.unanswered,
            found.replied,
        ];
        assert_eq!(found, expected, "{fields}");
    }
}

#[test]
fn a_rectification_of_what_nobody_accepted_is_in_no_figure_and_said_beside() {
    let records = recommendations(&[
        "delivered: 2024-01-01\nreply: {date: 2024-02-01, outcome: 采纳}\nrectification: {outcome: 整改到位}",
        "delivered: 2024-01-01\nreply: {date: 2024-02-01, outcome: 部分采纳}\nrectification: {outcome: 部分整改}",
        "delivered: 2024-01-01\nrectification: {outcome: 整改到位}",
    ]);
    let found = counted(&records);
    assert_eq!(
        (found.rectified, found.partly_rectified, found.rectified_unaccepted),
        (1, 1, 1)
    );
    assert_eq!(found.rectified_rate(), Rate { part: 1, whole: 2 });
    assert_eq!(found.accepted_rate(), Rate { part: 1, whole: 2 });
}

#[test]
fn replies_are_owed_by_priority_and_deadline() {
    let records = recommendations(&[
        "delivered: 2024-05-20",                 // 49 days left
        "delivered: 2024-01-10",                 // 83 days late
        "delivered: 2024-04-01\npriority: true", // due today
        "delivered: 2024-01-01\nreply: {date: 2024-03-09}",
        "delivered: 2024-01-01\nwithdrawn: 2024-01-15",
        "delivered: 2024-01-01\nclosed: {date: 2024-02-01, reason: 并案办理}",
        "issued: 2024-05-30",
    ]);
    let settings = Settings::default();
    let outcomes = outcomes_of(&records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    assert_eq!(overdue(&documents, &settings, day("2024-06-01")), 1);
    let found = owed(&documents, &settings, day("2024-06-01"));
    let found: Vec<(&str, i32, &str)> = found
        .iter()
        .map(|reply| (reply.record.id.as_str(), reply.days, reply.state.key()))
        .collect();
    assert_eq!(
        found,
        [("J2", 0, "delivered"), ("J1", -83, "overdue"), ("J0", 49, "delivered")]
    );
}
