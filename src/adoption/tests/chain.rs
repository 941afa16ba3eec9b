use super::record;
use crate::adoption::chain::{Chains, Happening, LONGEST, steps};
use crate::record::Record;

fn chain_of(records: &[Record], id: &str) -> (Vec<String>, bool) {
    let all: Vec<&Record> = records.iter().collect();
    let at = records.iter().position(|record| record.id == id).unwrap();
    let (found, more) = Chains::new(&all).around(at);
    (found.into_iter().map(|index| records[index].id.clone()).collect(), more)
}

/// A topic, its report, the recommendation and the case that came of it, and one that only points.
fn story() -> Vec<Record> {
    vec![
        record("案", "kind: case\ntitle: 案例\ndate: 2023-02-28\nrelated: [荐]"),
        record(
            "研",
            "kind: report\ntitle: 报告\ndate: 2022-08-26\ntopic: 题\nrelated: [论]\nadoptions:\n\
             \x20 - {date: 2022-12-20, form: norm, effect: issued}\n  - {form: briefing}",
        ),
        record(
            "荐",
            "kind: recommendation\ntitle: 建议\nissued: 2022-09-15\ndelivered: 2022-09-20\nsource: 研\n\
             reply: {date: 2022-11-10, outcome: 采纳}\nrectification: 整改到位",
        ),
        record("论", "kind: report\ntitle: 论文\ndate: 2020-01-01"),
        record("题", "kind: topic\ntitle: 课题\ndate: 2022-04-02"),
    ]
}

#[test]
fn whatever_hangs_together_is_one_chain_from_either_end() {
    for (id, chain) in [
        ("研", &["案", "研", "荐", "题"][..]),
        ("案", &["案", "研", "荐", "题"]),
        ("荐", &["案", "研", "荐", "题"]),
        ("题", &["案", "研", "荐", "题"]),
        // 相关文献 between reports only points.
        ("论", &["论"]),
    ] {
        assert_eq!(
            chain_of(&story(), id),
            (chain.iter().map(|id| (*id).into()).collect(), false),
            "{id}"
        );
    }
}

#[test]
fn a_chain_without_end_keeps_what_is_nearest() {
    let outputs: Vec<String> = (0..100).map(|number| format!("研{number:02}")).collect();
    let mut records: Vec<Record> = outputs
        .iter()
        .map(|id| record(id, "kind: report\ntitle: 报告\ntopic: 题"))
        .collect();
    records.push(record(
        "题",
        &format!("kind: topic\ntitle: 课题\noutputs: [{}]", outputs.join(", ")),
    ));
    let (chain, more) = chain_of(&records, "题");
    assert_eq!((chain.len(), more), (LONGEST, true));
    assert!(chain.contains(&"题".to_owned()));
}

#[test]
fn a_topic_begins_the_chains_that_came_of_it_and_makes_none_of_them() {
    let records = [
        record("甲", "kind: report\ntitle: 甲\ntopic: 题"),
        record("乙", "kind: report\ntitle: 乙\ntopic: 题\nsupersedes: 旧"),
        record("旧", "kind: report\ntitle: 旧"),
        record("题", "kind: topic\ntitle: 题"),
    ];
    for (id, chain) in [
        ("甲", &["甲", "题"][..]),
        ("旧", &["乙", "旧", "题"]),
        ("题", &["甲", "乙", "旧", "题"]),
    ] {
        let expected = chain.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(chain_of(&records, id), (expected, false), "{id}");
    }
}

#[test]
fn what_does_not_exist_or_is_the_document_itself_makes_no_chain() {
    let records = [record(
        "研",
        "kind: report\ntitle: 报告\ntopic: 无此\nadoptions: [{form: norm, leads_to: [研]}]",
    )];
    assert_eq!(chain_of(&records, "研"), (vec!["研".to_owned()], false));
}

#[test]
fn steps_stand_by_date_and_the_undated_after_what_came_before_them() {
    let records = story();
    let all: Vec<(usize, &Record)> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| record.id != "论")
        .collect();
    let told: Vec<(String, &str)> = steps(&all)
        .iter()
        .map(|step| {
            let happened = match step.happening {
                Happening::Started => "立项",
                Happening::Written => "成文",
                Happening::Event(event, _) => event.form.zh(),
                Happening::Issued(_) => "制发",
                Happening::Replied(_) => "回复",
                Happening::Rectified(_) => "整改",
                _ => "其他",
            };
            (step.date.map(|day| day.to_string()).unwrap_or_default(), happened)
        })
        .collect();
    let expected = [
        ("2022-04-02", "立项"),
        ("2022-08-26", "成文"),
        ("2022-09-15", "制发"),
        ("2022-11-10", "回复"),
        ("", "整改"),
        ("2022-12-20", "规范性文件（协作机制）"),
        ("", "信息（内参）采用"),
        ("2023-02-28", "成文"),
    ];
    assert_eq!(told, expected.map(|(date, what)| (date.to_owned(), what)));
}
