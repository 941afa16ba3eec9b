//! People, rankings and targets: what the office measures itself by, and the public never sees.

use crate::folder;
use crate::overview::front_matter::{corpus, field, root};
use crate::overview::pages::{all, bars, build, figures, rows, sample, text};
use crate::overview::rules::youth;
use scraper::Selector;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn youth_projects_are_counted_by_the_roster() {
    let built = sample(false);
    let page = built.page("boards/topics.html");
    let documents = corpus(false);
    let youth = youth(&documents);
    let results: Vec<&Value> = youth.iter().flat_map(|topic| topic.list("key_results")).collect();
    let done = results
        .iter()
        .filter(|result| result["done"].as_bool() == Some(true))
        .count();
    let status = |word: &str| {
        youth
            .iter()
            .filter(|topic| topic.text("status") == word)
            .count()
            .to_string()
    };
    let leaders: BTreeSet<&str> = youth.iter().map(|topic| topic.text("lead")).collect();
    let expected = [
        ("youth_projects", youth.len().to_string()),
        ("youth_leaders", leaders.len().to_string()),
        ("youth_results", format!("{done}/{}", results.len())),
        ("youth_finished", status("已结项")),
        ("youth_running", status("在研")),
        ("youth_stopped", status("已中止")),
    ];
    assert_eq!(
        figures(&page),
        expected.map(|(key, text)| (key.to_owned(), text)).into()
    );
    assert_eq!(
        (youth.len(), leaders.len(), done, results.len()),
        (42, 16, 121, 132),
        "the plan's"
    );
    for (chart, key, cut) in [
        ("topics-year", "date", 4),
        ("topics-category", "category", 99),
        ("topics-origin", "origin", 99),
    ] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for topic in &youth {
            let value: String = topic.text(key).chars().take(cut).collect();
            *counts.entry(if cut == 4 { value + "年" } else { value }).or_default() += 1;
        }
        let expected: Vec<Vec<String>> = counts
            .into_iter()
            .map(|(value, count)| vec![value, format!("{count} 个")])
            .collect();
        assert_eq!(bars(&page, chart), expected);
    }
}

#[test]
fn no_birth_date_reaches_a_personal_file() {
    let built = sample(false);
    let roster: Value = serde_yaml::from_str(include_str!("../../corpus/people.yaml")).unwrap();
    let people = roster["people"].as_sequence().unwrap();
    for person in people {
        let path = format!("boards/people/{}.html", field(person, "key"));
        let page = std::fs::read_to_string(built.site.join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(page.contains(field(person, "name")));
        let born = field(person, "born");
        let (year, month) = born.split_once('-').unwrap();
        let said = [
            born.to_owned(),
            format!("{year}年{month}月"),
            format!("{year}年{}月", month.trim_start_matches('0')),
        ];
        assert!(said.iter().all(|born| !page.contains(born.as_str())), "{path}");
    }
    assert_eq!(
        std::fs::read_dir(built.site.join("boards/people")).unwrap().count(),
        people.len() + 1
    );
}

#[test]
fn people_rankings_targets_and_instructions_do_not_exist_in_public() {
    let copy = with_rules();
    let built = build(copy.path(), true);
    for path in ["people", "people/index.html", "ranking.html", "targets.html"] {
        assert!(!built.site.join("boards").join(path).exists(), "{path}");
    }
    // The ledger names every form there is, in its filter and its rules; its events have a test of their own.
    let is_ledger = |path: &str| path.rsplit('/').next().unwrap().starts_with("ledger");
    let boards = folder::files(&built.site.join("boards"));
    for (path, bytes) in boards.iter().filter(|(path, _)| !is_ledger(path)) {
        let text = String::from_utf8_lossy(bytes);
        for word in [
            "领导批示",
            "批示落实",
            "圈阅",
            "一人一档",
            "积分",
            "对标",
            "邱某",
            "青年项目",
            "负责人 ",
        ] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
    let home = std::fs::read_to_string(built.site.join("index.html")).unwrap();
    assert!(
        home.contains("boards/overview.html") && !home.contains("boards/people") && !home.contains("boards/ranking")
    );
    assert!(
        build(copy.path(), false).site.join("boards/ranking.html").exists(),
        "the rules are there"
    );
}

/// The sample corpus with scoring rules and manual entries.
fn with_rules() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let corpus = root().join("corpus");
    folder::copy(&corpus, copy.path());
    let mut site = std::fs::read_to_string(corpus.join("jianyan.yaml")).unwrap();
    site.push_str(
        "scoring:\n  period: year\n  points:\n    - {form: instruction, level: city, points: 8}\n    - {form: instruction, points: 5}\n\
         \x20   - {form: resolution, points: 12.5}\n    - {form: publication, points: 3}\n  deductions:\n    - {event: 逾期未回复, points: 2}\n\
         \x20   - {event: 迟交材料, points: 1}\n  veto:\n    - {event: 通报批评, count: 2, period: half}\n",
    );
    std::fs::write(copy.path().join("jianyan.yaml"), site).unwrap();
    std::fs::write(
        copy.path().join("scores.yaml"),
        "scores:\n  - {person: qiao, date: 2024-03-05, event: 授课, points: 1.5, evidence: 政治部存档}\n\
         \x20 - {department: 公益诉讼检察部, date: 2024-06-01, event: 迟交材料}\n\
         \x20 - {department: 民事行政检察部, date: 2024-07-02, event: 通报批评, deduct: 3}\n\
         \x20 - {department: 民事行政检察部, date: 2024-12-31, event: 通报批评, deduct: 3}\n",
    )
    .unwrap();
    copy
}

#[test]
fn a_ranking_shows_its_working_and_is_off_by_default() {
    assert!(!sample(false).site.join("boards/ranking.html").exists());
    let copy = with_rules();
    let page = build(copy.path(), false).page("boards/ranking.html");
    let places = |section: &str| -> Vec<Vec<String>> {
        let rows = rows(&page, &format!("section[aria-labelledby='{section}'] tbody tr"));
        rows.into_iter().map(|row| row[..3].to_vec()).collect()
    };
    // 2024: two instructions on R09 (county 5, city 8), one entry late by the rule.
    assert_eq!(
        places("departments-2024-01-01"),
        [
            ["1", "公益诉讼检察部", "12"],
            ["2", "刑事检察部", "3"],
            ["—", "民事行政检察部 一票否决：通报批评", "-6"]
        ]
    );
    let people = places("people-2024-01-01");
    let of = |name: &str| {
        people
            .iter()
            .find(|row| row[1] == name)
            .map(|row| (row[0].as_str(), row[2].as_str()))
    };
    assert_eq!(of("乔某"), Some(("1", "14.5")), "13 of R09 and 1.5 by hand");
    assert_eq!(of("彭某"), Some(("2", "13")));
    assert_eq!(of("于某"), Some(("3", "3")), "a publication");
    let working: Vec<String> = all(
        &page,
        "section[aria-labelledby='departments-2024-01-01'] tr:first-child li",
    )
    .into_iter()
    .map(text)
    .collect();
    assert_eq!(
        working,
        [
            "2024-04-11 县级领导批示 河道非法采砂行刑衔接问题研究 5",
            "2024-06-01 迟交材料 人工记录 待核实 -1",
            "2024-09-20 市级领导批示 河道非法采砂行刑衔接问题研究 8",
        ]
    );
    // Every line of a row adds up to it.
    for row in all(&page, "section.panel tbody tr") {
        let points: f64 = row
            .select(&Selector::parse("td").unwrap())
            .nth(2)
            .map(text)
            .unwrap()
            .parse()
            .unwrap();
        let points_of_lines = Selector::parse("li b").unwrap();
        let lines = row.select(&points_of_lines);
        let sum: f64 = lines.map(|line| text(line).parse::<f64>().unwrap()).sum();
        assert!((points - sum).abs() < 1e-9, "{}", text(row));
    }
}

#[test]
fn the_targets_take_their_present_value_from_the_ledger() {
    let page = sample(false).page("boards/targets.html");
    let rows = rows(&page, "table.targets tbody tr");
    let short: Vec<(&str, &str)> = rows.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(
        short,
        [
            ("12按台账计算 · 截至 2026-11-20", "在推进"),
            ("6按台账计算 · 截至 2026-11-20", "达标"),
            ("66.7% 6/9按台账计算 · 截至 2026-11-20", "在推进"),
            ("91.7% 121/132按台账计算 · 截至 2026-11-20", "达标"),
            ("90.8%人工填报 · 截至 2026-10-31", "达标"),
            ("99.1%人工填报 · 截至 2026-10-31", "在推进"),
        ]
    );
}
