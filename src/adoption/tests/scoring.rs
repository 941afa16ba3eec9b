use super::{day, outcomes_of, record};
use crate::adoption::Outcome;
use crate::adoption::scoring::{Whom, ranking, spans, start};
use crate::record::{Form, Level, Record};
use crate::settings::{Deduction, Points, Score, Scoring, Settings, Span, Veto};

#[test]
fn a_span_begins_with_its_month_quarter_half_or_year() {
    for (span, date, begin) in [
        (Span::Month, "2026-11-20", "2026-11-01"),
        (Span::Quarter, "2026-03-31", "2026-01-01"),
        (Span::Quarter, "2026-04-01", "2026-04-01"),
        (Span::Quarter, "2026-12-31", "2026-10-01"),
        (Span::Half, "2026-06-30", "2026-01-01"),
        (Span::Half, "2026-07-01", "2026-07-01"),
        (Span::Year, "2026-12-31", "2026-01-01"),
    ] {
        assert_eq!(start(span, day(date)), day(begin), "{span:?} {date}");
    }
}

fn rules() -> Scoring {
    Scoring {
        period: Span::Quarter,
        points: vec![
            Points {
                form: Form::Instruction,
                level: Some(Level::City),
                points: 800,
            },
            Points {
                form: Form::Instruction,
                level: None,
                points: 500,
            },
        ],
        deductions: vec![
            Deduction {
                event: "逾期未回复".into(),
                points: 200,
            },
            Deduction {
                event: "逾期回复".into(),
                points: 100,
            },
            Deduction {
                event: "迟交".into(),
                points: 50,
            },
        ],
        vetoes: vec![Veto {
            event: "通报".into(),
            count: 2,
            period: Span::Year,
        }],
    }
}

fn manual(department: &str, date: &str, event: &str, points: Option<i64>) -> Score {
    Score {
        person: None,
        department: Some(department.into()),
        date: crate::record::date::Day::parse(date),
        event: event.into(),
        points,
        evidence: None,
    }
}

/// Key, place and points of the ranking of a quarter on 2024-06-01.
fn ranked(records: &[Record], scores: Vec<Score>, begin: &str) -> Vec<(String, Option<usize>, i64)> {
    let settings = Settings {
        scores,
        ..Settings::default()
    };
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<(&Record, &Outcome)> = records.iter().zip(&outcomes).collect();
    let rules = rules();
    ranking(
        &documents,
        &settings,
        &rules,
        Whom::Departments,
        day(begin),
        day("2024-06-01"),
    )
    .into_iter()
    .map(|row| {
        assert_eq!(
            row.points,
            row.lines.iter().map(|line| line.points).sum::<i64>(),
            "the working adds up"
        );
        (row.key, row.place, row.points)
    })
    .collect()
}

fn report(id: &str, departments: &str, event: &str) -> Record {
    record(
        id,
        &format!("kind: report\ntitle: 报告\ndepartments: [{departments}]\nadoptions: [{event}]"),
    )
}

#[test]
fn points_go_by_form_and_level_and_to_each_department_in_full() {
    for (event, points) in [
        (
            "{date: 2024-05-01, form: instruction, level: city, effect: ordered}",
            Some(800),
        ),
        (
            "{date: 2024-05-01, form: instruction, level: county, effect: ordered}",
            Some(500),
        ),
        // It doesn't count, there is no rule, there is not a date, it is another quarter's.
        (
            "{date: 2024-05-01, form: instruction, level: city, effect: noted}",
            None,
        ),
        ("{date: 2024-05-01, form: norm, level: city, effect: issued}", None),
        ("{form: instruction, level: city, effect: ordered}", None),
        (
            "{date: 2024-03-31, form: instruction, level: city, effect: ordered}",
            None,
        ),
    ] {
        let expected: Vec<_> = points
            .into_iter()
            .flat_map(|points| {
                [
                    ("一部".to_owned(), Some(1), points),
                    ("二部".to_owned(), Some(1), points),
                ]
            })
            .collect();
        let mut found = ranked(&[report("研", "一部, 二部", event)], Vec::new(), "2024-04-01");
        found.sort();
        assert_eq!(found, expected, "{event}");
    }
}

#[test]
fn late_and_overdue_replies_cost_what_the_rules_say() {
    for (fields, points) in [
        ("delivered: 2024-03-01", Some(-200)), // due 1 May, unanswered on 1 June
        (
            "delivered: 2024-03-01\nreply: {date: 2024-05-02, outcome: 采纳}",
            Some(-100),
        ),
        ("delivered: 2024-03-01\nreply: {date: 2024-05-01, outcome: 采纳}", None),
        ("delivered: 2024-05-01", None),
        ("delivered: 2024-03-01\nwithdrawn: 2024-04-01", None),
    ] {
        let record = record(
            "荐",
            &format!("kind: recommendation\ntitle: 建议\ndepartments: [一部]\n{fields}"),
        );
        let expected: Vec<_> = points
            .map(|points| ("一部".to_owned(), Some(1), points))
            .into_iter()
            .collect();
        assert_eq!(ranked(&[record], Vec::new(), "2024-04-01"), expected, "{fields}");
    }
}

#[test]
fn manual_entries_have_their_points_or_those_of_the_rule_and_equals_share_a_place() {
    let scores = vec![
        manual("一部", "2024-04-02", "授课", Some(300)),
        manual("二部", "2024-05-02", "授课", Some(300)),
        manual("三部", "2024-05-03", "迟交", None),
        manual("四部", "2024-05-03", "无此规则", None),
        manual("五部", "2024-01-03", "授课", Some(900)),
    ];
    let expected = [
        ("一部", Some(1), 300),
        ("二部", Some(1), 300),
        ("四部", Some(3), 0),
        ("三部", Some(4), -50),
    ];
    assert_eq!(
        ranked(&[], scores, "2024-04-01"),
        expected.map(|(key, place, points)| (key.to_owned(), place, points))
    );
}

#[test]
fn a_veto_counts_its_event_in_its_own_period_and_holds_for_all_of_it() {
    let twice = |second: &str| {
        vec![
            manual("一部", "2024-01-10", "通报", Some(-100)),
            manual("一部", second, "通报", Some(-100)),
            manual("二部", "2024-04-10", "授课", Some(100)),
        ]
    };
    // Two in one year rule every quarter of it out, that before the second too.
    assert_eq!(
        ranked(&[], twice("2024-04-20"), "2024-04-01"),
        [("二部".to_owned(), Some(1), 100), ("一部".to_owned(), None, -100)]
    );
    assert_eq!(
        ranked(&[], twice("2024-04-20"), "2024-01-01"),
        [("一部".to_owned(), None, -100)]
    );
    // One a year is none.
    assert_eq!(
        ranked(&[], twice("2023-12-31"), "2024-01-01"),
        [("一部".to_owned(), Some(1), -100)]
    );
}

#[test]
fn spans_are_those_that_have_lines_from_the_newest() {
    let settings = Settings {
        scores: vec![
            manual("一部", "2023-12-31", "授课", Some(100)),
            manual("一部", "2024-05-01", "授课", Some(100)),
            manual("一部", "", "授课", Some(100)),
        ],
        ..Settings::default()
    };
    assert_eq!(
        spans(&[], &settings, &rules(), day("2024-06-01")),
        [day("2024-04-01"), day("2023-10-01")]
    );
}
