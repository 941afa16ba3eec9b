//! The figures of `ledger` and `due` on the sample corpus are those of its plan, on 2026-11-20.
//! `tests/sample_corpus.rs` recounts the same figures from the raw YAML.

use serde_json::Value;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .args(["--now", "2026-11-20"])
        .args(arguments)
        .output()
        .unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// Key and adopted reports of each row that has any.
fn adopted(ledger: &Value) -> Vec<(&str, u64)> {
    let rows = ledger["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| (row["key"].as_str().unwrap(), row["adopted"].as_u64().unwrap()))
        .filter(|(_, adopted)| *adopted > 0)
        .collect()
}

#[test]
fn twelve_reports_were_adopted_since_2022() {
    let years = json(&["ledger", "--by", "year", "--since", "2022-01-01"]);
    assert_eq!(
        adopted(&years),
        [("2022", 3), ("2023", 4), ("2024", 3), ("2025", 1), ("2026", 1)]
    );
    let total = serde_json::json!({
        "reports": 18, "adopted": 12, "recognised": 2, "unverified": 1, "instructions": 8, "endorsed": 3,
        "people": 2086, "amount": 4_970_000
    });
    assert_eq!(years["total"], total);
    let levels = json(&["ledger", "--by", "level", "--since", "2022-01-01"]);
    assert_eq!(adopted(&levels), [("city", 3), ("county", 9)]);
    assert_eq!(levels["total"], total, "the total is the same by whatever it is parted");
    let in_2023 = json(&["ledger", "--since", "2023-01-01", "--until", "2023-12-31"]);
    assert_eq!(
        (&in_2023["total"]["adopted"], &in_2023["total"]["unverified"]),
        (&4.into(), &1.into())
    );
    assert_eq!(
        json(&["ledger"])["total"]["adopted"],
        13,
        "one more was adopted in 2021"
    );
    let told = |arguments: &[&str]| String::from_utf8(run(arguments).stderr).unwrap();
    assert!(
        told(&["ledger"]).contains("--since 2022-01-01"),
        "the pages leave that one out"
    );
    assert!(told(&["ledger", "--since", "2021-01-01"]).is_empty());
}

#[test]
fn departments_and_people_are_credited_in_full() {
    let departments = json(&["ledger", "--by", "department", "--since", "2022-01-01"]);
    let mut found = adopted(&departments);
    found.sort_unstable();
    let mut expected = [
        ("刑事检察部", 3),
        ("公益诉讼检察部", 3),
        ("未成年人检察办公室", 2),
        ("综合业务部（研究室）", 2),
        ("民事行政检察部", 2),
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let people = json(&["ledger", "--by", "person", "--since", "2022-01-01"]);
    let sum: u64 = adopted(&people).iter().map(|(_, adopted)| adopted).sum();
    assert!(sum > 12 && people["total"]["adopted"] == 12);
    assert!(said(&["ledger", "--by", "person"]).contains("分项之和可大于合计"));
    assert!(!said(&["ledger", "--by", "year"]).contains("分项之和可大于合计"));
}

#[test]
fn the_public_edition_counts_public_events_alone_and_lists_no_person() {
    let public = json(&["--audience", "public", "ledger", "--since", "2022-01-01"]);
    assert_eq!(public["total"]["adopted"], 6);
    assert_eq!(public["total"]["people"], 2000);
    let persons = run(&["--audience", "public", "ledger", "--by", "person"]);
    assert_eq!(persons.status.code(), Some(2));
}

#[test]
fn people_read_the_ledger_as_a_table() {
    let text = said(&["ledger", "--by", "year", "--since", "2022-01-01"]);
    for words in [
        "调研成果转化台账（内网版，2022-01-01 至",
        "2023年",
        "合计",
        "2086余",
        "497.0万元",
        "已转化 12 篇，其中待核实 1 篇",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(said(&["ledger", "--by", "quarter"]).contains("2023年第1季度"));
    assert!(said(&["ledger", "--by", "month"]).contains("2023年5月"));
    assert!(said(&["ledger", "--by", "form"]).contains("人大决议（决定、审议意见）"));
    assert!(said(&["ledger", "--since", "2030-01-01"]).contains("该条件下暂无转化记录"));
    let backwards = run(&["ledger", "--since", "2025-01-01", "--until", "2024-01-01"]);
    assert_eq!(backwards.status.code(), Some(2));
}

#[test]
fn spreadsheets_open_the_csv_as_it_is() {
    let csv = said(&["ledger", "--by", "level", "--since", "2022-01-01", "--format", "csv"]);
    let lines: Vec<&str> = csv.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
    assert_eq!(
        lines[0],
        "最高层级,撰写报告,已转化,成果认可,待核实,领导批示,肯定性批示,受益人数,挽回损失（元）"
    );
    assert_eq!(lines[4], "县级,9,9,0,1,5,1,86,0");
    assert_eq!(lines[6], "合计,18,12,2,1,8,3,2086余,4970000");
}

#[test]
fn recommendations_give_their_six_figures_and_the_replies_that_are_owed() {
    let due = json(&["due"]);
    assert_eq!(
        due["figures"],
        serde_json::json!({
            "issued": 12, "due": 9, "on_time": 6, "late": 1, "overdue": 2, "replied": 7,
            "accepted": 5, "partly_accepted": 1, "rejected": 1, "rectified": 5, "partly_rectified": 1
        })
    );
    let replies = due["replies"].as_array().unwrap();
    let found: Vec<(&str, &str, i64, &str)> = replies
        .iter()
        .map(|reply| {
            (
                reply["number"].as_str().unwrap(),
                reply["due"].as_str().unwrap(),
                reply["days"].as_i64().unwrap(),
                reply["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("澄检建〔2025〕16号", "2025-11-01", -384, "escalated"),
            ("澄检建〔2026〕18号", "2026-10-14", -37, "overdue"),
            ("澄检建〔2026〕25号", "2027-01-05", 46, "delivered"),
        ]
    );
}

#[test]
fn rates_are_written_with_numerator_and_denominator() {
    let text = said(&["due"]);
    for words in [
        "待回复 3 件，其中已逾期 2 件",
        "逾期 37 天",
        "剩 46 天",
        "66.7%（6/9，到期应复 9 件）",
        "11.1%（1/9，到期应复 9 件）",
        "71.4%（5/7，已回复 7 件）",
        "83.3%（5/6，采纳和部分采纳 6 件）",
        "未计节假日顺延",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// A corpus of one report that is known by its year alone.
fn of_a_rough_date(year: u16) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "---\nkind: report\ntitle: 报告\ngenre: 调研报告\ndate: {year}\nunit: 某院\nsummary: 摘要\n---\n\n正文。\n"
    );
    std::fs::write(folder.path().join("报告.md"), text).unwrap();
    folder
}

#[test]
fn a_table_for_a_spreadsheet_names_what_has_no_place_in_the_period() {
    let folder = of_a_rough_date(2023);
    let half = ["--since", "2023-01-01", "--until", "2023-06-30", "--format", "csv"];
    let corpus = ["--corpus", folder.path().to_str().unwrap(), "ledger"];
    let csv = said(&[&corpus[..], &half[..]].concat());
    let last = csv.trim_end().rsplit("\r\n").next().unwrap();
    assert!(last.contains("未计入") && last.contains("撰写"), "{csv}");
    let columns = |line: &str| line.matches(',').count();
    assert_eq!(columns(last), columns(csv.lines().next().unwrap()), "{csv}");
    let whole = ["--since", "2023-01-01", "--until", "2023-12-31", "--format", "csv"];
    assert!(!said(&[&corpus[..], &whole[..]].concat()).contains("未计入"));
}

#[test]
fn the_period_before_names_what_has_no_place_in_it() {
    let folder = of_a_rough_date(2022);
    let asked = [
        "--since",
        "2023-01-01",
        "--until",
        "2023-06-30",
        "--compare",
        "previous",
    ];
    let corpus = ["--corpus", folder.path().to_str().unwrap(), "stats"];
    let section = said(&[&corpus[..], &asked[..]].concat());
    assert!(
        section.contains("上年同期：另有") && section.contains("撰写调研报告1篇"),
        "{section}"
    );
    let note = json(&[&corpus[..], &asked[..]].concat())["note"].to_string();
    assert!(note.contains("未计入"), "{note}");
}
