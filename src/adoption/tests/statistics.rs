use super::{day, outcomes_of, record};
use crate::adoption::statistics::{Figure, Statistics, on_time_rate, statistics, year_before};
use crate::adoption::{Period, Rate};
use crate::record::Record;
use crate::record::vocabulary::{CaseRank, Level};
use crate::settings::Settings;
use std::cmp::Reverse;

#[test]
fn the_year_before_has_the_same_days() {
    for (since, until, there_since, there_until) in [
        ("2023-01-01", "2023-09-30", "2022-01-01", "2022-09-30"),
        ("2023-01-01", "2023-12-31", "2022-01-01", "2022-12-31"),
        // The last of February stays the last of February.
        ("2025-01-01", "2025-02-28", "2024-01-01", "2024-02-29"),
        ("2024-01-01", "2024-02-29", "2023-01-01", "2023-02-28"),
        ("2024-02-29", "2024-03-15", "2023-02-28", "2023-03-15"),
        // Periods of more than a year don't overlap.
        ("2022-01-01", "2023-06-30", "2020-01-01", "2021-06-30"),
        ("2023-05-06", "2023-05-06", "2022-05-06", "2022-05-06"),
    ] {
        let expected = Period {
            since: Some(day(there_since)),
            until: Some(day(there_until)),
        };
        assert_eq!(year_before(day(since), day(until)), Some(expected), "{since} {until}");
    }
}

fn of_2024(records: &[Record]) -> Statistics {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    let period = Period {
        since: Some(day("2024-01-01")),
        until: Some(day("2024-12-31")),
    };
    statistics(&documents, &settings, period, day("2024-11-01"))
}

fn values(statistics: &Statistics) -> Vec<(Figure, i64)> {
    statistics
        .figures
        .iter()
        .map(|(figure, stated)| (*figure, stated.sum.value))
        .collect()
}

#[test]
fn each_step_of_a_recommendation_falls_by_its_own_date() {
    let step = |fields: &str| {
        record(
            "J",
            &format!("kind: recommendation\ntitle: 建议\ntype: 社会治理\n{fields}"),
        )
    };
    let issued = (Figure::Issued, 1);
    for (fields, expected) in [
        ("date: 2024-03-01", vec![]),
        ("issued: 2024-03-01", vec![issued]),
        (
            "issued: 2024-03-01\ndelivered: 2024-03-02",
            vec![issued, (Figure::Due, 1)],
        ),
        // Not yet due on the reference day; due the year after.
        ("issued: 2024-09-01\ndelivered: 2024-09-01", vec![issued]),
        (
            "issued: 2024-03-01\ndelivered: 2024-03-02\nwithdrawn: 2024-04-01",
            vec![issued],
        ),
        (
            "issued: 2024-03-01\ndelivered: 2024-03-02\nreply: {date: 2024-05-02, outcome: partial}",
            vec![
                issued,
                (Figure::Due, 1),
                (Figure::OnTime, 1),
                (Figure::Replied, 1),
                (Figure::Accepted, 1),
            ],
        ),
        (
            "issued: 2024-03-01\ndelivered: 2024-03-02\nreply: {date: 2024-05-03, outcome: rejected}",
            vec![issued, (Figure::Due, 1), (Figure::Late, 1), (Figure::Replied, 1)],
        ),
        // Answered nobody knows when: neither in time nor late, and in no period.
        (
            "issued: 2024-03-01\ndelivered: 2024-03-02\nreply: {outcome: accepted}",
            vec![issued, (Figure::Due, 1), (Figure::Undated, 1)],
        ),
        // Set right without anybody's having accepted it.
        (
            "issued: 2024-09-01\ndelivered: 2024-09-01\nrectification: {date: 2024-09-09, outcome: full}",
            vec![issued],
        ),
        (
            "issued: 2023-11-01\ndelivered: 2023-11-02\nreply: {date: 2023-12-01, outcome: accepted}\nrectification: {date: 2024-02-01, outcome: full}",
            vec![(Figure::Due, 1), (Figure::OnTime, 1), (Figure::Rectified, 1)],
        ),
    ] {
        assert_eq!(values(&of_2024(&[step(fields)])), expected, "{fields}");
    }
}

#[test]
fn a_case_counts_at_its_highest_honour_and_every_figure_names_its_documents() {
    let records = [
        record(
            "C1",
            "kind: case\ntitle: 案\nhonours:\n  - {title: 市级典型案例, date: 2023-05-01}\n  - {title: 省级精品案例, date: 2024-05-01}",
        ),
        record(
            "C2",
            "kind: case\ntitle: 另案\nhonours:\n  - {title: 省级典型案例, date: 2023-05-01}\n  - {title: 市级典型案例, date: 2024-05-01}",
        ),
        record(
            "R1",
            "kind: report\ngenre: 论文\ntitle: 文\nadoptions:\n  - {date: 2024-01-09, form: norm, effect: issued, level: county}\n  \
             - {date: 2024-03-01, form: instruction, effect: endorsed, document: 某批〔2024〕1号, level: county}\n  \
             - {date: 2024-03-02, form: instruction, effect: ordered, document: 某批〔2024〕1号, level: county}",
        ),
    ];
    let found = of_2024(&records);
    assert_eq!(
        values(&found),
        [
            (Figure::Adopted, 1),
            (Figure::AdoptedAt(Reverse(Some(Level::County))), 1),
            (Figure::Unverified, 1),
            (Figure::Instructions, 1),
            (Figure::Endorsed, 1),
            (Figure::Cases(Reverse((Some(Level::Province), CaseRank::Fine))), 1),
        ]
    );
    let lines = |figure: Figure| -> Vec<(usize, Option<u32>)> {
        found.figures[&figure]
            .basis
            .iter()
            .map(|basis| (basis.document, basis.places[0].line))
            .collect()
    };
    assert_eq!(lines(Figure::Adopted), [(2, Some(6))]);
    assert_eq!(
        lines(Figure::Instructions),
        [(2, Some(7)), (2, Some(8))],
        "one instrument, two events that name it"
    );
    assert_eq!(on_time_rate(&found), Rate { part: 0, whole: 0 });
}
