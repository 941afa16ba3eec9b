use super::{day, outcomes_of, record};
use crate::adoption::{By, Figures, Filter, Measure, Period, Reason, Ruling, Standing, events, filtered};
use crate::record::{Effect, Form, Level, Record};
use crate::settings::Settings;

fn report(id: &str, events: &[&str]) -> Record {
    let events: String = events.iter().map(|event| format!("\n  - {{{event}}}")).collect();
    record(
        id,
        &format!("kind: report\ngenre: 调研报告\ntitle: 报告{id}\ndate: 2024-01-01\nadoptions:{events}"),
    )
}

fn total(records: &[Record], filter: &Filter) -> Figures {
    let settings = Settings::default();
    let outcomes = outcomes_of(records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    filtered(&documents, &settings, By::Year, filter).total
}

/// 领导批示 are counted by what was signed: 文号, else authority and date; 圈阅 and 已报送 are none.
#[test]
fn instructions_are_counted_as_distinct_instruments() {
    let ordered = "form: instruction, effect: ordered";
    let endorsed = "form: instruction, effect: endorsed";
    for (events, instructions, endorsements) in [
        (vec![format!("{ordered}, document: 某批〔2024〕1号")], 1, 0),
        // One instrument for two reports, however the number is written.
        (
            vec![
                format!("{ordered}, document: 某批〔2024〕1号"),
                format!("{ordered}, document: '某批[2024]001号'"),
            ],
            1,
            0,
        ),
        (
            vec![
                format!("{ordered}, document: 某批〔2024〕1号"),
                format!("{ordered}, document: 某批〔2024〕2号"),
            ],
            2,
            0,
        ),
        // Without a number: one office on one day.
        (
            vec![
                format!("{ordered}, authority: 县委, date: 2024-03-01"),
                format!("{ordered}, authority: 县委, date: 2024-03-01"),
            ],
            1,
            0,
        ),
        (
            vec![
                format!("{ordered}, authority: 县委, date: 2024-03-01"),
                format!("{ordered}, authority: 县委, date: 2024-03-02"),
            ],
            2,
            0,
        ),
        // What can't be told apart isn't put together.
        (
            vec![
                format!("{ordered}, authority: 县委"),
                format!("{ordered}, authority: 县委"),
            ],
            2,
            0,
        ),
        (
            vec![
                format!("{endorsed}, document: 某批〔2024〕1号"),
                format!("{ordered}, document: 某批〔2024〕1号"),
            ],
            1,
            1,
        ),
        (
            vec!["form: instruction, effect: noted, document: 某批〔2024〕1号".into()],
            0,
            0,
        ),
        (
            vec![
                "form: instruction, effect: submitted".into(),
                "form: instruction".into(),
            ],
            0,
            0,
        ),
        (
            vec!["form: decision, effect: issued, document: 某批〔2024〕1号".into()],
            0,
            0,
        ),
    ] {
        let records: Vec<Record> = events
            .iter()
            .enumerate()
            .map(|(at, event)| report(&format!("R{at}"), &[event]))
            .collect();
        let found = total(&records, &Filter::default());
        assert_eq!(
            (found.instructions, found.endorsed),
            (instructions, endorsements),
            "{events:?}"
        );
    }
}

#[test]
fn the_ruling_says_why_an_event_does_not_count() {
    let accepted = record(
        "J1",
        "kind: recommendation\ntitle: 建议\nreply: {date: 2024-02-01, outcome: partial}",
    );
    let rejected = record(
        "J2",
        "kind: recommendation\ntitle: 建议\nreply: {date: 2024-02-01, outcome: rejected}",
    );
    let mut own = Settings::default();
    own.counts_from.remove(&Form::Campaign);
    for (event, ruling) in [
        ("form: norm, effect: issued, level: county", Ruling::Counts),
        (
            "form: norm, effect: ordered, level: county",
            Ruling::Below(Effect::Issued),
        ),
        ("form: norm, level: county", Ruling::Below(Effect::Issued)),
        (
            "form: instruction, effect: endorsed, level: city",
            Ruling::Below(Effect::Ordered),
        ),
        ("form: decision, effect: implemented, level: unit", Ruling::OwnOffice),
        (
            "form: publication, effect: implemented, level: unit",
            Ruling::Recognised,
        ),
        ("form: campaign, effect: implemented, level: city", Ruling::NotListed),
        ("form: recommendation, leads_to: [J1], level: county", Ruling::Counts),
        (
            "form: recommendation, leads_to: [J2], level: county",
            Ruling::NotAccepted,
        ),
        ("form: recommendation, level: county", Ruling::NotNamed),
        (
            "form: recommendation, leads_to: [无此], level: county",
            Ruling::NotNamed,
        ),
        ("form: recommendation, leads_to: [R], level: county", Ruling::NotNamed),
    ] {
        let records = [report("R", &[event]), accepted.clone(), rejected.clone()];
        let found = &outcomes_of(&records, &own)[0];
        assert_eq!(found.rulings, [ruling], "{event}");
        assert_eq!(found.events, [ruling.standing()], "{event}");
    }
}

#[test]
fn a_report_counts_by_its_first_event_and_the_others_say_so() {
    let first = "date: 2024-03-01, form: norm, effect: issued, level: county";
    let again = "date: 2024-05-01, form: decision, effect: issued, level: city";
    let printed = "date: 2024-02-01, form: publication, level: province";
    let noted = "date: 2024-01-09, form: instruction, effect: noted, level: county";
    let records = [report("R1", &[first, again, printed, noted]), report("R2", &[printed])];
    let settings = Settings::default();
    let outcomes = outcomes_of(&records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    let found = events(&documents, &settings, &Filter::default());
    let rows: Vec<_> = found
        .iter()
        .map(|event| (event.document, event.event.form, event.reason))
        .collect();
    assert_eq!(
        rows,
        [
            (0, Form::Decision, Reason::Again),
            (0, Form::Norm, Reason::First),
            (0, Form::Publication, Reason::Beside),
            (1, Form::Publication, Reason::Recognised),
            (0, Form::Instruction, Reason::Below(Effect::Ordered)),
        ]
    );
}

#[test]
fn a_filter_by_events_narrows_what_rests_on_them_and_no_denominator() {
    let records = [
        report(
            "R1",
            &[
                "date: 2024-03-01, form: norm, effect: issued, level: county, evidence: 卷",
                "date: 2025-05-01, form: decision, effect: issued, level: city",
                "date: 2024-02-01, form: publication, level: province",
            ],
        ),
        report("R2", &["date: 2025-02-01, form: norm, effect: noted, level: city"]),
        report("R3", &["date: 2025-02-01, form: publication, level: national"]),
        record("C1", "kind: case\ntitle: 案\ndate: 2024-01-01\nbenefits: {people: 7}"),
    ];
    let of = |reports, adopted, recognised, people| (reports, adopted, recognised, people);
    for (name, filter, expected) in [
        ("all", Filter::default(), of(3, 1, 1, 7)),
        // Any report with a qualifying event of the level, not its highest alone.
        (
            "county",
            Filter {
                level: Some(Level::County),
                ..Filter::default()
            },
            of(3, 1, 0, 7),
        ),
        (
            "city",
            Filter {
                level: Some(Level::City),
                ..Filter::default()
            },
            of(3, 1, 0, 7),
        ),
        // A recognised event doesn't make the adopted report count at its level.
        (
            "province",
            Filter {
                level: Some(Level::Province),
                ..Filter::default()
            },
            of(3, 0, 0, 7),
        ),
        (
            "printed",
            Filter {
                form: Some(Form::Publication),
                ..Filter::default()
            },
            of(3, 0, 1, 7),
        ),
        // All of it must be true of one event.
        (
            "norm of the city",
            Filter {
                form: Some(Form::Norm),
                level: Some(Level::City),
                ..Filter::default()
            },
            of(3, 0, 0, 7),
        ),
        // What events amount to, and their evidence, narrow the rows alone.
        (
            "不计",
            Filter {
                standing: Some(Standing::Nothing),
                ..Filter::default()
            },
            of(3, 1, 1, 7),
        ),
        (
            "待核实",
            Filter {
                unverified: true,
                ..Filter::default()
            },
            of(3, 1, 1, 7),
        ),
    ] {
        let found = total(&records, &filter);
        assert_eq!(
            (found.reports, found.adopted, found.recognised, found.people.value),
            expected,
            "{name}"
        );
    }
    // The period is that of each figure: the report counts in 2024 though its event of the city was in 2025.
    let city_in = |year: &str| Filter {
        level: Some(Level::City),
        period: Period {
            since: Some(day(&format!("{year}-01-01"))),
            until: Some(day(&format!("{year}-12-31"))),
        },
        ..Filter::default()
    };
    assert_eq!(
        (
            total(&records, &city_in("2024")).adopted,
            total(&records, &city_in("2025")).adopted
        ),
        (1, 0)
    );
}

#[test]
fn every_count_knows_the_lines_that_it_rests_on() {
    let records = [
        report("R1", &["date: 2024-03-01, form: norm, effect: issued, level: county"]),
        record(
            "C1",
            "kind: case\ntitle: 案\ndate: 2024-01-01\nbenefits:\n  people: 7\n  amount: 3万",
        ),
    ];
    let settings = Settings::default();
    let outcomes = outcomes_of(&records, &settings);
    let documents: Vec<_> = records.iter().zip(&outcomes).collect();
    let ledger = filtered(&documents, &settings, By::Year, &Filter::default());
    let found: Vec<_> = ledger
        .counts
        .iter()
        .map(|count| {
            (
                count.measure,
                count.document,
                count
                    .places
                    .iter()
                    .map(|place| (place.key, place.line))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Measure::Reports, 0, vec![("genre", Some(3)), ("date", Some(5))]),
            (Measure::Adopted, 0, vec![("adoptions", Some(7))]),
            (Measure::Unverified, 0, vec![("adoptions", Some(7))]),
            (Measure::People, 1, vec![("people", Some(6))]),
            (Measure::Amount, 1, vec![("amount", Some(7))]),
        ]
    );
}
