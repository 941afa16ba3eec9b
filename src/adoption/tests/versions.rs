use super::{day, outcomes_of, record};
use crate::adoption::overview::honoured;
use crate::adoption::{By, Figures, Filter, Period, filtered};
use crate::record::{Form, Level, Record};
use crate::settings::Settings;

fn figures(records: &[Record], filter: &Filter) -> Figures {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    filtered(&documents, &settings, By::Year, filter).total
}

fn of_year(year: u16) -> Filter {
    let period = Period {
        since: Some(day(&format!("{year}-01-01"))),
        until: Some(day(&format!("{year}-12-31"))),
    };
    Filter {
        period,
        ..Filter::default()
    }
}

fn report(id: &str, fields: &str) -> Record {
    record(id, &format!("kind: report\ngenre: 调研报告\ntitle: 报告{id}\n{fields}"))
}

fn advice(id: &str, fields: &str) -> Record {
    record(
        id,
        &format!("kind: recommendation\ntitle: 建议{id}\ndate: 2023-01-01\n{fields}"),
    )
}

#[test]
fn a_report_in_versions_is_adopted_once_by_the_first_event_of_any() {
    let event = |date: &str, form: &str, level: &str| {
        format!("adoptions: [{{form: {form}, effect: issued, level: {level}, date: {date}}}]")
    };
    let old = |event: &str| report("旧", &format!("date: 2023-01-01\n{event}"));
    let new = |event: &str| report("新", &format!("date: 2024-01-01\nsupersedes: 旧\n{event}"));
    let both = [
        old(&event("2023-04-01", "norm", "county")),
        new(&event("2024-04-01", "decision", "province")),
    ];
    let adopted = |filter: &Filter| figures(&both, filter).adopted;
    assert_eq!((adopted(&of_year(2023)), adopted(&of_year(2024))), (1, 0));
    for (form, level, count) in [
        (None, Some(Level::Province), 1),
        (Some(Form::Decision), None, 1),
        (Some(Form::Norm), Some(Level::Province), 0),
    ] {
        let filter = Filter {
            form,
            level,
            ..Filter::default()
        };
        assert_eq!(adopted(&filter), count, "{form:?} {level:?}");
    }
    let outcomes = outcomes_of(&both, &Settings::default());
    assert!(outcomes.iter().all(|outcome| outcome.highest == Some(Level::Province)));
    // Printed first and decided on later it is 已转化, and not 成果认可 as well.
    let both = [
        old(&event("2023-04-01", "publication", "county")),
        new(&event("2024-04-01", "norm", "county")),
    ];
    let found = figures(&both, &Filter::default());
    assert_eq!((found.adopted, found.recognised), (1, 0));
}

#[test]
fn benefits_that_only_a_replaced_version_has_count() {
    let people = "benefits: {people: 100}";
    for new in ["", "benefits: {people: 30}"] {
        let newer = record(
            "新",
            &format!("kind: recommendation\ntitle: 新\ndate: 2024-01-01\nsupersedes: 旧\n{new}"),
        );
        let found = figures(&[advice("旧", people), newer], &Filter::default());
        assert_eq!(found.people.value, if new.is_empty() { 100 } else { 30 }, "{new}");
    }
}

#[test]
fn a_case_in_versions_counts_once_at_its_highest_honour() {
    let case = |id: &str, fields: &str| record(id, &format!("kind: case\ntitle: 案{id}\n{fields}"));
    let typical = |level: &str, date: &str| format!("honours: [{{title: 典型案例, level: {level}, date: {date}}}]");
    for (old, new, level, year) in [
        (typical("province", "2023-03-01"), String::new(), Level::Province, 2023),
        (
            typical("province", "2023-03-01"),
            typical("city", "2022-03-01"),
            Level::Province,
            2023,
        ),
        (
            typical("city", "2022-03-01"),
            typical("province", "2024-03-01"),
            Level::Province,
            2024,
        ),
        (
            typical("city", "2022-03-01"),
            typical("city", "2021-03-01"),
            Level::City,
            2021,
        ),
    ] {
        let records = [case("旧", &old), case("新", &format!("supersedes: 旧\n{new}"))];
        let outcomes = outcomes_of(&records, &Settings::default());
        let documents: Vec<_> = records.iter().zip(&outcomes).collect();
        let found = honoured(&documents, Period::default());
        let found: Vec<_> = found.iter().map(|case| (case.honour.level, case.honour.date)).collect();
        let [(Some(at), Some(date))] = found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((at, date.date.year()), (level, year), "{old} {new}");
    }
}

#[test]
fn a_recommendation_that_was_replaced_carries_its_report_by_the_newer_version() {
    let reply = "reply: {date: 2024-02-01, outcome: accepted}";
    let old = advice("旧", "number: 澄检建〔2023〕1号");
    for number in [1, 2] {
        for (id, event) in [("新", "leads_to: [旧]"), ("一", "document: 澄检建〔2023〕1号")] {
            let new = advice(
                id,
                &format!("number: 澄检建〔2023〕{number}号\nsupersedes: 旧\n{reply}"),
            );
            let report = report(
                "R",
                &format!("adoptions: [{{form: recommendation, level: county, {event}}}]"),
            );
            assert_eq!(
                figures(&[new, old.clone(), report], &of_year(2024)).adopted,
                1,
                "{number} {event}"
            );
        }
    }
}

#[test]
fn what_names_a_copy_names_the_document_that_counts() {
    let copied = "kind: report\ngenre: 调研报告\ntitle: 甲\ndate: 2023-01-01\nunit: 院\nbenefits: {people: 100}";
    let copies = || vec![record("A", copied), record("B", copied)];
    let case = record(
        "C",
        "kind: case\ntitle: 案\ndate: 2023-06-01\nrelated: [B]\nbenefits: {people: 30}",
    );
    let mut all = copies();
    all.push(case);
    assert_eq!(figures(&all, &Filter::default()).people.value, 30);
    let newer = report("D", "date: 2023-06-01\nsupersedes: [B]\nbenefits: {people: 120}");
    let mut all = copies();
    all.push(newer);
    let found = figures(&all, &Filter::default());
    assert_eq!((found.reports, found.people.value), (1, 120));
}

#[test]
fn an_instrument_counts_in_the_period_of_its_first_date() {
    let of = |id: &str, date: &str, document: &str| {
        let event = format!("form: instruction, effect: endorsed, date: {date}, authority: 县委, document: {document}");
        report(id, &format!("adoptions: [{{{event}}}]"))
    };
    let both = [
        of("a", "2023-12-31", "澄办批〔2023〕5号"),
        of("b", "2024-01-02", "澄办批〔2023〕5号"),
    ];
    for (year, count) in [(2023, 1), (2024, 0)] {
        let found = figures(&both, &of_year(year));
        assert_eq!((found.instructions, found.endorsed), (count, count), "{year}");
    }
    // What stands in the place of a 文号 joins nothing.
    for words in ["无", "口头批示", "待补", "县委书记批示件", "澄办批〔2023〕 号"] {
        let both = [of("a", "2023-12-30", words), of("b", "2023-12-31", words)];
        assert_eq!(figures(&both, &Filter::default()).instructions, 2, "{words}");
        let one_day = [of("a", "2023-12-31", words), of("b", "2023-12-31", "澄办批〔2023〕5号")];
        assert_eq!(figures(&one_day, &Filter::default()).instructions, 1, "{words}");
    }
}

#[test]
fn one_office_however_it_is_written_is_one() {
    let of = |id: &str, authority: &str| {
        let event = format!("form: instruction, effect: ordered, date: 2023-04-01, authority: {authority}");
        report(id, &format!("departments: [{authority}]\nadoptions: [{{{event}}}]"))
    };
    let records = [
        of("a", "县委（办公室）"),
        of("b", "县委(办公室)"),
        of("c", "县委 ( 办公室 )"),
    ];
    assert_eq!(figures(&records, &Filter::default()).instructions, 1);
    assert!(records.iter().all(|record| record.departments == ["县委（办公室）"]));
    assert!(
        report("d", "departments: [无]\nauthors: [待定]\nunit: /")
            .departments
            .is_empty()
    );
}
