use super::{day, outcomes_of, record};
use crate::adoption::ledger::{By, Ledger, ledger};
use crate::adoption::{Period, Sum};
use crate::record::Record;
use crate::settings::Settings;

fn counted(records: &[Record], by: By, since: Option<&str>, until: Option<&str>) -> Ledger {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    let period = Period {
        since: since.map(day),
        until: until.map(day),
    };
    ledger(&documents, &settings, by, period)
}

/// Key, reports, adopted and recognised of each row.
fn rows(ledger: &Ledger) -> Vec<(&str, usize, usize, usize)> {
    let rows = ledger.rows.iter();
    rows.map(|row| {
        (
            row.key.as_str(),
            row.figures.reports,
            row.figures.adopted,
            row.figures.recognised,
        )
    })
    .collect()
}

fn report(id: &str, fields: &str) -> Record {
    record(id, &format!("kind: report\ngenre: 调研报告\ntitle: 报告\n{fields}"))
}

fn reports() -> Vec<Record> {
    vec![
        report(
            "R1",
            "date: 2023-11-05\nunit: 甲院\ndepartments: [一部, 二部]\nadoptions:\n  \
             - {date: 2024-02-01, form: publication, level: national}\n  \
             - {date: 2024-03-01, form: norm, effect: issued, level: county, evidence: 卷}\n  \
             - {date: 2025-01-09, form: decision, effect: issued, level: city}",
        ),
        report(
            "R2",
            "date: 2024-05-06\nunit: 甲院\ndepartments: [一部]\nadoptions:\n  \
             - {date: 2024-08-01, form: publication, level: province}",
        ),
        report("R3", "date: 2024年\nunit: 乙院"),
        record("R4", "kind: report\ngenre: 论文\ntitle: 论文\ndate: 2024-01-01"),
        report("R5", "date: 2024-01-01\ndraft: true"),
    ]
}

#[test]
fn each_figure_falls_by_its_own_date_and_periods_add_up() {
    let years = counted(&reports(), By::Year, None, None);
    assert_eq!(rows(&years), [("2023", 1, 0, 0), ("2024", 2, 1, 1)]);
    assert_eq!(
        (years.total.reports, years.total.adopted, years.total.recognised),
        (3, 1, 1)
    );
    let quarters = counted(&reports(), By::Quarter, None, None);
    let expected = [
        ("2023-Q4", 1, 0, 0),
        ("2024-Q1", 0, 1, 0),
        ("2024-Q2", 1, 0, 0),
        ("2024-Q3", 0, 0, 1),
        ("", 1, 0, 0),
    ];
    assert_eq!(rows(&quarters), expected, "a date that is only a year is in no quarter");
    let march = counted(&reports(), By::Month, Some("2024-03-01"), Some("2024-03-01"));
    assert_eq!(rows(&march), [("2024-03", 0, 1, 0)]);
    let later = counted(&reports(), By::Year, Some("2025-01-01"), None);
    assert_eq!(
        later.total.adopted, 0,
        "a report counts once, at its first qualifying event"
    );
}

#[test]
fn departments_are_credited_in_full_and_the_total_counts_once() {
    let found = counted(&reports(), By::Department, None, None);
    assert_eq!(rows(&found), [("一部", 2, 1, 1), ("二部", 1, 1, 0), ("", 1, 0, 0)]);
    assert_eq!(found.total.adopted, 1);
}

#[test]
fn a_level_row_counts_each_report_once_at_its_highest() {
    let found = counted(&reports(), By::Level, None, None);
    assert_eq!(rows(&found), [("province", 1, 0, 1), ("city", 1, 1, 0), ("", 1, 0, 0)]);
    let found = counted(&reports(), By::Form, None, None);
    assert_eq!(
        rows(&found),
        [
            ("decision", 1, 1, 0),
            ("norm", 1, 1, 0),
            ("publication", 1, 0, 1),
            ("", 1, 0, 0)
        ],
        "the publication of a report that was adopted is none of what makes it count"
    );
}

#[test]
fn a_figure_counts_once_in_a_chain_and_keeps_its_lower_bound() {
    let records = [
        record(
            "C1",
            "kind: case\ntitle: 案\ndate: 2024-01-01\nbenefits: {amount: 184.6万, people: 86}",
        ),
        record(
            "J1",
            "kind: recommendation\ntitle: 建议\ndate: 2024-01-01\nsource: R1\nbenefits: {people: 2000余}",
        ),
        report("R1", "date: 2024-01-01\nbenefits: {people: 2000余}"),
    ];
    let found = counted(&records, By::Unit, None, None);
    assert_eq!(
        found.total.people,
        Sum {
            value: 2086,
            at_least: true
        }
    );
    assert_eq!(
        found.total.amount,
        Sum {
            value: 184_600_000,
            at_least: false
        }
    );
}
