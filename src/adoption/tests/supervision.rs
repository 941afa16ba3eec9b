use super::{day, record};
use crate::adoption::{Rate, owed, replies};
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
        ("delivered: 2024-01-01\nreply: {date: 2024年3月}", [1, 1, 1, 0, 0, 1]), // may have come on the 1st
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
        let found = replies(&[&records[0]], &Settings::default(), day("2024-06-01"));
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
fn a_rectification_without_an_accepted_reply_is_in_the_figure_but_not_in_the_rate() {
    let records = recommendations(&[
        "delivered: 2024-01-01\nreply: {date: 2024-02-01, outcome: 采纳}\nrectification: {outcome: 整改到位}",
        "delivered: 2024-01-01\nreply: {date: 2024-02-01, outcome: 部分采纳}\nrectification: {outcome: 部分整改}",
        "delivered: 2024-01-01\nrectification: {outcome: 整改到位}",
    ]);
    let found = replies(
        &records.iter().collect::<Vec<_>>(),
        &Settings::default(),
        day("2024-06-01"),
    );
    assert_eq!((found.rectified, found.partly_rectified), (2, 1));
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
    let refs: Vec<&Record> = records.iter().collect();
    let found = owed(&refs, &Settings::default(), day("2024-06-01"));
    let found: Vec<(&str, i32, &str)> = found
        .iter()
        .map(|reply| (reply.record.id.as_str(), reply.days, reply.state.key()))
        .collect();
    assert_eq!(
        found,
        [("J2", 0, "delivered"), ("J1", -83, "overdue"), ("J0", 49, "delivered")]
    );
}
