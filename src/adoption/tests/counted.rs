use super::{outcomes_of, record};
use crate::adoption::{By, Figures, Ledger, Period, ledger};
use crate::record::Record;
use crate::settings::Settings;

fn counted(records: &[Record], period: Period) -> Ledger {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    ledger(&documents, &settings, By::Year, period)
}

fn total(records: &[Record]) -> Figures {
    counted(records, Period::default()).total
}

fn report(id: &str, fields: &str) -> Record {
    record(id, &format!("kind: report\ngenre: 调研报告\ntitle: 报告{id}\n{fields}"))
}

#[test]
fn of_a_figure_in_a_chain_that_of_the_latest_date_counts_whatever_the_files_are_called() {
    // The front matter of two documents in one chain; the people that count.
    let cases = [
        (
            "related: [b]\ndate: 2023-06-01\nbenefits: {people: 30}",
            "date: 2023-01-01\nbenefits: {people: 100}",
            30,
        ),
        (
            "related: [b]\ndate: 2023-01-01\nbenefits: {people: 30}",
            "date: 2023-06-01\nbenefits: {people: 100}",
            100,
        ),
        (
            "related: [b]\ndate: 2023-01-01\nbenefits: {people: 30}",
            "date: 2023-01-01\nbenefits: {people: 100}",
            100,
        ),
        (
            "related: [b]\ndate: 2023-01-01\nbenefits: {people: 100}",
            "date: 2023-01-01\nbenefits: {people: 30}",
            100,
        ),
        // What has a date has the later one.
        (
            "related: [b]\nbenefits: {people: 100}",
            "date: 2023-01-01\nbenefits: {people: 30}",
            30,
        ),
        // A chain that nothing makes.
        (
            "date: 2023-01-01\nbenefits: {people: 100}",
            "date: 2023-01-01\nbenefits: {people: 30}",
            130,
        ),
    ];
    for (case, of_report, people) in cases {
        for (id, other) in [("a", "b"), ("c", "b")] {
            let case = record(id, &format!("kind: case\ntitle: 案\n{case}"));
            let found = total(&[case, report(other, of_report)]);
            assert_eq!(found.people.value, people, "{id}");
        }
    }
}

#[test]
fn source_results_versions_and_numbers_make_one_chain() {
    let people = "date: 2023-01-01\nbenefits: {people: 10}";
    let advice = "kind: recommendation\ntitle: 建议\ndate: 2022-01-01\nbenefits: {people: 7}";
    for (one, other) in [
        (report("a", people), record("b", &format!("{advice}\nsource: a"))),
        (
            report("a", &format!("{people}\nadoptions: [{{form: norm, leads_to: [b]}}]")),
            record("b", advice),
        ),
        (
            report(
                "a",
                &format!("{people}\nadoptions: [{{form: recommendation, document: '澄检建[2023]第01号'}}]"),
            ),
            record("b", &format!("{advice}\nnumber: 澄检建〔2023〕1号")),
        ),
        (report("a", &format!("{people}\nsupersedes: [b]")), record("b", advice)),
    ] {
        assert_eq!(total(&[one, other]).people.value, 10);
    }
    // A topic begins chains and makes none of them one.
    let topic = record("题", "kind: topic\ntitle: 题\noutputs: [a, b]");
    let both = [report("a", people), report("b", people), topic];
    assert_eq!(total(&both).people.value, 20);
}

#[test]
fn an_older_version_is_not_counted_as_written_again() {
    let old = || {
        report(
            "旧",
            "date: 2023-01-01\nadoptions: [{form: norm, effect: issued, date: 2023-02-01}]",
        )
    };
    let new = |more: &str| report("新", &format!("date: 2023-05-01\nsupersedes: [旧]\n{more}"));
    let found = total(&[old(), new("")]);
    assert_eq!((found.reports, found.adopted), (1, 1));
    // A draft takes nobody's place; versions that replace each other both stand.
    assert_eq!(total(&[old(), new("draft: true")]).reports, 1);
    let turned = report("旧", "date: 2023-01-01\nsupersedes: [新]");
    assert_eq!(total(&[turned, new("")]).reports, 2);
}

#[test]
fn copies_count_once_in_every_figure() {
    let front = "kind: report\ngenre: 调研报告\ntitle: 河道治理\ndate: 2024-03-05\nunit: 甲院\nbenefits: {people: 9}\n\
                 adoptions: [{form: norm, effect: issued, date: 2024-06-01}]";
    let found = total(&[record("甲", front), record("甲 - 副本", front)]);
    assert_eq!((found.reports, found.adopted, found.people.value), (1, 1, 9));
    let draft = record("甲", &format!("{front}\ndraft: true"));
    assert_eq!(
        total(&[draft, record("甲 - 副本", front)]).reports,
        1,
        "a draft is no original"
    );
}

#[test]
fn an_instruction_with_and_without_its_number_is_one() {
    let signed = |id: &str, more: &str| {
        report(
            id,
            &format!("adoptions: [{{form: instruction, effect: ordered, date: 2024-03-01, authority: 县委{more}}}]"),
        )
    };
    let numbered = |id: &str, number: u8| signed(id, &format!(", document: 某批〔2024〕{number}号"));
    assert_eq!(total(&[signed("a", ""), numbered("b", 1)]).instructions, 1);
    assert_eq!(total(&[numbered("a", 1), signed("b", "")]).instructions, 1);
    assert_eq!(
        total(&[numbered("a", 1), numbered("b", 2), signed("c", "")]).instructions,
        2
    );
    let noted = report(
        "c",
        "adoptions: [{form: instruction, effect: noted, date: 2024-03-01, authority: 县委, document: 某批〔2024〕9号}]",
    );
    assert_eq!(total(&[signed("a", ""), noted]).instructions, 1);
}

#[test]
fn a_recommendation_carries_its_report_from_the_day_of_the_reply() {
    let report = |event: &str| {
        report(
            "R",
            &format!(
                "date: 2023-01-01\nadoptions: [{{form: recommendation, level: county, date: 2023-03-01, {event}}}]"
            ),
        )
    };
    let advice = |more: &str| {
        record(
            "J",
            &format!("kind: recommendation\ntitle: 建议\nnumber: 澄检建〔2023〕1号\n{more}"),
        )
    };
    let accepted = "reply: {date: 2024-02-01, outcome: partial}";
    for (event, more, day) in [
        ("leads_to: [J]", accepted, Some("2024-02-01")),
        ("document: 澄检建（2023）01号", accepted, Some("2024-02-01")),
        ("leads_to: [J]", "reply: {date: 2024-02-01, outcome: rejected}", None),
        (
            "leads_to: [J]",
            "withdrawn: 2024-03-01\nreply: {date: 2024-02-01, outcome: accepted}",
            None,
        ),
        ("note: 无", accepted, None),
    ] {
        let records = [advice(more), report(event)];
        let outcome = &outcomes_of(&records, &Settings::default())[1];
        assert_eq!(
            outcome.first.map(|day| day.to_string()).as_deref(),
            day,
            "{event} {more}"
        );
    }
    // Answered nobody knows when: it counts, and in no period.
    let found = counted(
        &[advice("reply: {outcome: accepted}"), report("leads_to: [J]")],
        Period::default(),
    );
    assert_eq!(found.total.adopted, 1);
    let of_2023 = Period {
        since: Some(super::day("2023-01-01")),
        until: None,
    };
    let found = counted(
        &[advice("reply: {outcome: accepted}"), report("leads_to: [J]")],
        of_2023,
    );
    assert_eq!((found.total.adopted, found.unplaced.adopted), (0, 1));
}

#[test]
fn a_date_known_by_its_year_or_month_counts_in_periods_that_hold_all_of_it() {
    let records = [
        report("a", "date: 2024年"),
        report("b", "date: 2024年6月"),
        report("c", ""),
    ];
    for (since, until, within, beside) in [
        (None, None, 3, 0),
        (Some("2024-01-01"), Some("2024-12-31"), 2, 1),
        (Some("2024-01-01"), Some("2024-06-30"), 1, 2),
        (Some("2024-01-01"), Some("2024-06-29"), 0, 3),
        (Some("2024-06-02"), None, 0, 3),
        (Some("2025-01-01"), None, 0, 1),
    ] {
        let period = Period {
            since: since.map(super::day),
            until: until.map(super::day),
        };
        let found = counted(&records, period);
        assert_eq!(
            (found.total.reports, found.unplaced.reports),
            (within, beside),
            "{since:?} {until:?}"
        );
    }
}

#[test]
fn of_equal_honours_the_earliest_counts() {
    let honoured = |honours: &str| record("C", &format!("kind: case\ntitle: 案\nhonours: [{honours}]"));
    let typical = |date: &str| format!("{{title: 省级典型案例, level: province, date: {date}}}");
    let (first, second) = (typical("2022-05-01"), typical("2024-05-01"));
    for honours in [format!("{first}, {second}"), format!("{second}, {first}")] {
        let case = honoured(&format!("{honours}, {{title: 省级典型案例, level: province}}"));
        let (honour, _) = crate::adoption::case_honour(&case).unwrap();
        assert_eq!(honour.date.map(|day| day.to_string()).as_deref(), Some("2022-05-01"));
    }
}

#[test]
fn what_a_newer_version_replaces_counts_no_more_and_an_adoption_in_both_once() {
    let event = "adoptions: [{form: norm, effect: issued, level: county, date: 2023-06-01}]";
    let old = report("旧", &format!("date: 2023-01-01\n{event}"));
    let new = |more: &str| report("新", &format!("date: 2023-05-01\nsupersedes: [旧]\n{more}"));
    assert_eq!(total(&[old.clone(), new(event)]).adopted, 1);
    let other = event.replace("06-01", "07-01");
    assert_eq!(total(&[old, new(&other)]).adopted, 1, "another adoption of one report");

    let advice = |id: &str, more: &str| {
        record(
            id,
            &format!("kind: recommendation\ntitle: 建议{id}\ndate: 2023-01-01\n{more}"),
        )
    };
    let replaced = |records: &[Record]| {
        let outcomes = outcomes_of(records, &Settings::default());
        outcomes.iter().map(|outcome| !outcome.counts()).collect::<Vec<_>>()
    };
    let newer = |id: &str, older: &str| advice(id, &format!("number: 澄检建〔2023〕2号\nsupersedes: [{older}]"));
    assert_eq!(replaced(&[advice("旧", ""), newer("新", "旧")]), [true, false]);
    assert_eq!(
        replaced(&[newer("一", "二"), newer("二", "一")]),
        [false, false],
        "they replace each other"
    );
}

#[test]
fn copies_have_one_number_however_it_is_written() {
    let case = |id: &str, number: &str| {
        record(
            id,
            &format!("kind: case\ntitle: 案{id}\ndate: 2023-01-01\nnumber: {number}"),
        )
    };
    for number in ["检例第一百四十二号", "检例第一四二号", "检例第0142号", "检例142号"] {
        let outcomes = outcomes_of(&[case("甲", "检例第142号"), case("乙", number)], &Settings::default());
        assert!(!outcomes[1].counts() || !outcomes[0].counts(), "{number}");
    }
    let other = outcomes_of(
        &[case("甲", "检例第142号"), case("乙", "检例第143号")],
        &Settings::default(),
    );
    assert!(other.iter().all(super::super::outcome::Outcome::counts));
}
