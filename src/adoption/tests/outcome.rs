use super::{outcomes_of, record};
use crate::adoption::{Outcome, Standing};
use crate::record::Record;
use crate::settings::Settings;

/// The outcome of a report with these events, where recommendations of three answers are known.
fn judged(events: &[&str], settings: &Settings) -> Outcome {
    let list: String = events.iter().map(|event| format!("\n  - {{{event}}}")).collect();
    let report = record("报告", &format!("kind: report\ntitle: 报告\nadoptions:{list}"));
    let replied = |id: &str| {
        record(
            id,
            &format!("kind: recommendation\ntitle: 建议\nreply: {{outcome: {id}}}"),
        )
    };
    let mut records: Vec<Record> = ["采纳", "部分采纳", "未采纳"].into_iter().map(replied).collect();
    records.push(report);
    outcomes_of(&records, settings).swap_remove(3)
}

#[test]
fn each_event_counts_by_its_form_and_effect() {
    use Standing::{Adopted, Nothing, Recognised};
    let cases = [
        // Decisions and documents count from 已形成文件.
        ("form: decision, effect: ordered, level: county", Nothing),
        ("form: decision, effect: issued, level: county", Adopted),
        ("form: resolution, effect: issued, level: county", Adopted),
        ("form: legislation, effect: issued, level: city", Adopted),
        ("form: norm, effect: ordered, level: county", Nothing),
        ("form: norm, effect: implemented, level: county", Adopted),
        ("form: campaign, effect: issued, level: county", Adopted),
        ("form: campaign, level: county", Nothing),
        // Instructions count from 批示落实.
        ("form: instruction, effect: submitted, level: county", Nothing),
        ("form: instruction, effect: noted, level: county", Nothing),
        ("form: instruction, effect: endorsed, level: province", Nothing),
        ("form: instruction, effect: ordered, level: county", Adopted),
        // What the office decides for itself is not a decision of others.
        ("form: decision, effect: implemented, level: unit", Nothing),
        // A recommendation counts when it was accepted in whole or part, whatever its effect.
        ("form: recommendation, level: county, leads_to: [采纳]", Adopted),
        ("form: recommendation, level: county, leads_to: [部分采纳]", Adopted),
        ("form: recommendation, level: county, leads_to: [未采纳]", Nothing),
        ("form: recommendation, level: county, effect: implemented", Nothing),
        ("form: recommendation, level: county, leads_to: [不在本库]", Nothing),
        // 成果认可, never 已转化, however high the effect.
        ("form: publication, effect: implemented, level: national", Recognised),
        ("form: forwarded, effect: issued, level: city", Recognised),
        ("form: briefing, level: province", Recognised),
        ("form: proposal, effect: issued, level: province", Recognised),
    ];
    for (event, standing) in cases {
        assert_eq!(judged(&[event], &Settings::default()).standing, standing, "{event}");
    }
}

#[test]
fn a_report_counts_at_its_first_and_its_highest_qualifying_event() {
    let found = judged(
        &[
            "date: 2023-06-09, form: publication, level: province, evidence: 卷一",
            "date: 2023-06-28, form: instruction, effect: endorsed, level: province, evidence: 卷二",
            "date: 2024-09-20, form: instruction, effect: ordered, level: city",
            "date: 2024-04-11, form: instruction, effect: ordered, level: county, evidence: 卷三",
        ],
        &Settings::default(),
    );
    assert_eq!(found.first.map(|day| day.to_string()).as_deref(), Some("2024-04-11"));
    assert_eq!(found.highest.map(crate::record::vocabulary::Level::key), Some("city"));
    assert!(!found.unverified, "one of its qualifying events has evidence");
}

#[test]
fn evidence_of_an_event_that_does_not_count_verifies_nothing() {
    let ordered = "date: 2023-09-07, form: instruction, effect: ordered, level: county";
    let noted = "date: 2023-09-01, form: instruction, effect: noted, level: county, evidence: 卷一";
    assert!(judged(&[ordered, noted], &Settings::default()).unverified);
    assert!(
        !judged(&[noted], &Settings::default()).unverified,
        "nothing counts, nothing is open"
    );
}

#[test]
fn the_site_file_may_let_an_endorsement_count() {
    let endorsed = "form: instruction, effect: endorsed, level: province";
    let settings = Settings {
        endorsed_counts: true,
        ..Settings::default()
    };
    assert_eq!(judged(&[endorsed], &settings).standing, Standing::Adopted);
    let noted = "form: instruction, effect: noted, level: province";
    assert_eq!(judged(&[noted], &settings).standing, Standing::Nothing);
    let decision = "form: decision, effect: endorsed, level: province";
    assert_eq!(judged(&[decision], &settings).standing, Standing::Nothing);
}
