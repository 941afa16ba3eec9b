use super::{day, recommendation};
use crate::adoption::deadline::{Rule, due, state};
use crate::settings::Settings;

#[test]
fn deadlines_follow_the_rules() {
    // Fields of the front matter; due day; rule.
    let cases = [
        ("type: 社会治理\ndelivered: 2022-09-20", "2022-11-20", Rule::TwoMonths),
        // Month ends hold.
        ("type: 社会治理\ndelivered: 2022-12-31", "2023-02-28", Rule::TwoMonths),
        ("type: 社会治理\ndelivered: 2023-12-31", "2024-02-29", Rule::TwoMonths),
        ("type: 社会治理\ndelivered: 2023-12-29", "2024-02-29", Rule::TwoMonths),
        ("type: 社会治理\ndelivered: 2022-07-31", "2022-09-30", Rule::TwoMonths),
        ("type: 公益诉讼\ndelivered: 2024-04-30", "2024-06-30", Rule::TwoMonths),
        // From the 29th of February, and over the year's end.
        ("type: 社会治理\ndelivered: 2024-02-29", "2024-04-29", Rule::TwoMonths),
        ("type: 再审\ndelivered: 2023-11-30", "2024-02-29", Rule::ThreeMonths),
        ("type: 再审\ndelivered: 2024-03-15", "2024-06-15", Rule::ThreeMonths),
        // Fifteen days only for an urgent case of public interest.
        (
            "type: 公益诉讼\nurgent: true\ndelivered: 2024-06-03",
            "2024-06-18",
            Rule::FifteenDays,
        ),
        (
            "type: 公益诉讼\nurgent: true\ndelivered: 2024-02-20",
            "2024-03-06",
            Rule::FifteenDays,
        ),
        (
            "type: 社会治理\nurgent: true\ndelivered: 2024-06-03",
            "2024-08-03",
            Rule::TwoMonths,
        ),
        // Three months for 纠正违法 only in civil enforcement.
        (
            "type: 纠正违法\nenforcement: true\ndelivered: 2025-02-10",
            "2025-05-10",
            Rule::ThreeMonths,
        ),
        ("type: 纠正违法\ndelivered: 2025-02-10", "2025-04-10", Rule::TwoMonths),
        // No type is no reason for another period.
        ("delivered: 2025-02-10", "2025-04-10", Rule::TwoMonths),
        // The document's own day goes before any rule.
        (
            "type: 再审\ndelivered: 2024-03-15\ndue: 2024-04-01",
            "2024-04-01",
            Rule::Stated,
        ),
        // A month is over with its last day.
        ("type: 社会治理\ndelivered: 2023年8月", "2023-10-31", Rule::TwoMonths),
    ];
    for (fields, expected, rule) in cases {
        let found = due(&recommendation(fields), &Settings::default());
        assert_eq!(
            found.map(|due| (due.date, due.rule)),
            Some((day(expected), rule)),
            "{fields}"
        );
    }
}

#[test]
fn without_delivery_or_once_withdrawn_there_is_no_deadline() {
    for fields in [
        "issued: 2026-11-18",
        "issued: 2026-11-18\ndue: 2026-12-31",
        "delivered: 2025-05-12\nwithdrawn: 2025-05-30",
        "delivered: 2025-05-12\ndue: 2025-06-01\nwithdrawn: 2025-05-30",
    ] {
        assert_eq!(due(&recommendation(fields), &Settings::default()), None, "{fields}");
    }
}

#[test]
fn holidays_and_their_weekends_move_a_due_day() {
    // 1 to 7 October 2024 are holidays; 5 and 6 October are a weekend, 8 October is a Tuesday.
    let settings = Settings {
        holidays: (1..=7).map(|number| jiff::civil::date(2024, 10, number)).collect(),
        ..Settings::default()
    };
    // Delivered; due with the list; due without one.
    let cases = [
        ("2024-08-01", "2024-10-08", "2024-10-01"),
        ("2024-08-07", "2024-10-08", "2024-10-07"),
        ("2024-08-08", "2024-10-08", "2024-10-08"),
        // 12 October 2024 is a Saturday.
        ("2024-08-12", "2024-10-14", "2024-10-12"),
    ];
    for (delivered, with_list, without) in cases {
        let recommendation = recommendation(&format!("type: 社会治理\ndelivered: {delivered}"));
        let date = |settings: &Settings| due(&recommendation, settings).unwrap().date;
        assert_eq!(date(&settings), day(with_list), "{delivered}");
        assert_eq!(date(&Settings::default()), day(without), "{delivered}");
    }
    // A weekend day that was worked is a working day.
    let worked = Settings {
        workdays: [day("2024-10-12")].into(),
        ..settings.clone()
    };
    let of_the_saturday = recommendation("type: 社会治理\ndelivered: 2024-08-12");
    assert_eq!(due(&of_the_saturday, &worked).unwrap().date, day("2024-10-12"));
    // A day that the document states was chosen by people, and stays.
    let stated = recommendation("delivered: 2024-08-01\ndue: 2024-10-01");
    assert_eq!(due(&stated, &settings).unwrap().date, day("2024-10-01"));
}

#[test]
fn states_follow_from_the_steps() {
    let delivered = "issued: 2026-08-10\ndelivered: 2026-08-14"; // due 2026-10-14
    let cases = [
        ("", "2026-10-01", "drafted"),
        ("issued: 2026-08-10", "2026-12-31", "issued"),
        ("issued: 2026-08-10\ndue: 2026-09-01", "2026-12-31", "issued"),
        (delivered, "2026-08-14", "delivered"),
        (delivered, "2026-10-14", "delivered"), // the due day itself is in time
        (delivered, "2026-10-15", "overdue"),
        ("objection: {date: 2026-08-20}", "2026-10-15", "objected"),
        (
            "objection: {date: 2026-08-20, outcome: 异议不成立}",
            "2026-10-15",
            "overdue",
        ),
        ("withdrawn: 2026-08-30", "2026-10-15", "withdrawn"),
        ("reply: {date: 2026-10-20, outcome: 采纳}", "2026-11-01", "replied"),
        ("reply: {date: 2026-10-20, outcome: 未采纳}", "2026-11-01", "replied"),
        (
            "reply: {date: 2026-10-20, outcome: 部分采纳}",
            "2026-11-01",
            "rectifying",
        ),
        (
            "reply: {date: 2026-10-10, outcome: 采纳}\nrectification: {date: 2026-10-30, outcome: 部分整改}",
            "2026-11-01",
            "rectifying",
        ),
        (
            "reply: {date: 2026-10-10, outcome: 采纳}\nrectification: {date: 2026-10-30, outcome: 整改到位}",
            "2026-11-01",
            "closed",
        ),
        ("closed: {date: 2026-10-30, reason: 并案办理}", "2026-11-01", "closed"),
        (
            "escalations: [{date: 2026-10-20, step: 通报主管机关}]",
            "2026-11-01",
            "escalated",
        ),
    ];
    for (fields, now, expected) in cases {
        // What says nothing of its issue is one that was delivered.
        let fields = if fields.is_empty() || fields.starts_with("issued") {
            fields.to_owned()
        } else {
            format!("{delivered}\n{fields}")
        };
        let found = state(&recommendation(&fields), &Settings::default(), day(now));
        assert_eq!(found.key(), expected, "{fields} on {now}");
    }
}
