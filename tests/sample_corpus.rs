//! The sample corpus adds up to its plan: every figure is recounted here from the raw YAML, by code
//! that shares nothing with the program. The reference day is 2026-11-20.

use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const NOW: &str = "2026-11-20";

struct Document {
    code: String,
    id: String,
    front: Value,
    body: String,
}

impl Document {
    fn text(&self, key: &str) -> &str {
        self.front[key].as_str().unwrap_or_default()
    }

    fn list(&self, key: &str) -> Vec<&Value> {
        match &self.front[key] {
            Value::Sequence(items) => items.iter().collect(),
            Value::Null => vec![],
            one => vec![one],
        }
    }

    fn is_public(&self) -> bool {
        self.text("visibility") == "public"
    }
}

fn corpus() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut documents = Vec::new();
    for folder in std::fs::read_dir(&root)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
            let stem = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
            documents.push(Document {
                code: stem.split('-').next().unwrap().to_owned(),
                id: format!("{}/{stem}", folder.file_name().to_str().unwrap()),
                front: serde_yaml::from_str(front).unwrap_or_else(|error| panic!("{stem}: {error}")),
                body: body.to_owned(),
            });
        }
    }
    documents.sort_by(|a, b| a.code.cmp(&b.code));
    documents
}

fn of_kind<'a>(documents: &'a [Document], kind: &str) -> Vec<&'a Document> {
    documents
        .iter()
        .filter(|document| document.text("kind") == kind)
        .collect()
}

fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The events of a report that count as 已转化, as (date, level, has evidence).
fn qualifying<'a>(
    report: &'a Document,
    all: &[Document],
    endorsed_counts: bool,
    public: bool,
) -> Vec<(&'a str, &'a str, bool)> {
    let accepted = |id: &Value| {
        all.iter()
            .find(|document| Some(document.id.as_str()) == id.as_str() && (!public || document.is_public()))
            .is_some_and(|document| matches!(field(&document.front["reply"], "outcome"), "采纳" | "部分采纳"))
    };
    let counts = |event: &&Value| {
        let form = field(event, "form");
        let visible = match event["visibility"].as_str() {
            Some(visibility) => visibility == "public",
            None => form != "instruction",
        };
        let effect = field(event, "effect");
        let least: &[&str] = match form {
            "decision" | "resolution" | "legislation" | "norm" | "campaign" => &["issued", "implemented"],
            "instruction" if endorsed_counts => &["endorsed", "ordered", "issued", "implemented"],
            "instruction" => &["ordered", "issued", "implemented"],
            "recommendation" => {
                return (!public || visible)
                    && field(event, "level") != "unit"
                    && event["leads_to"]
                        .as_sequence()
                        .is_some_and(|ids| ids.iter().any(accepted));
            }
            _ => &[],
        };
        (!public || visible) && field(event, "level") != "unit" && least.contains(&effect)
    };
    let mut events: Vec<_> = report
        .list("adoptions")
        .into_iter()
        .filter(counts)
        .map(|event| {
            (
                field(event, "date"),
                field(event, "level"),
                !event["evidence"].is_null(),
            )
        })
        .collect();
    events.sort_unstable();
    events
}

/// Adopted reports since 2022: code, year of the first qualifying event, highest level.
fn adopted(all: &[Document], endorsed_counts: bool, public: bool) -> BTreeMap<String, (String, &'static str)> {
    let rank = |level: &str| {
        ["county", "city", "province", "national"]
            .into_iter()
            .position(|known| known == level)
    };
    of_kind(all, "report")
        .into_iter()
        .filter(|report| !public || report.is_public())
        .filter_map(|report| {
            let events = qualifying(report, all, endorsed_counts, public);
            let year = events.first()?.0[..4].to_owned();
            let highest = events.iter().filter_map(|event| rank(event.1)).max()?;
            (year.as_str() >= "2022").then(|| {
                (
                    report.code.clone(),
                    (year, ["county", "city", "province", "national"][highest]),
                )
            })
        })
        .collect()
}

fn tally<'a>(values: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

#[test]
fn there_are_57_documents_42_project_cards_and_12_laws() {
    let all = corpus();
    let count = |prefix: char| all.iter().filter(|document| document.code.starts_with(prefix)).count();
    assert_eq!(
        "RCJAFKPL".chars().map(count).collect::<Vec<_>>(),
        [27, 10, 13, 2, 3, 2, 42, 12]
    );
    assert_eq!(all.len(), 57 + 42 + 12);
}

#[test]
fn twelve_reports_became_decisions_since_2022() {
    let all = corpus();
    let adopted_reports = adopted(&all, false, false);
    let codes: Vec<&str> = adopted_reports.keys().map(String::as_str).collect();
    assert_eq!(
        codes,
        [
            "R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12"
        ]
    );
    assert_eq!(
        tally(adopted_reports.values().map(|(_, level)| *level)),
        [("city", 3), ("county", 9)].into()
    );
    assert_eq!(
        tally(adopted_reports.values().map(|(year, _)| year.as_str())),
        [("2022", 3), ("2023", 4), ("2024", 3), ("2025", 1), ("2026", 1)].into()
    );
    let unverified: Vec<&str> = of_kind(&all, "report")
        .into_iter()
        .filter(|report| adopted_reports.contains_key(&report.code))
        .filter(|report| qualifying(report, &all, false, false).iter().all(|event| !event.2))
        .map(|report| report.code.as_str())
        .collect();
    assert_eq!(unverified, ["R07"]);
}

#[test]
fn another_rule_or_audience_gives_another_figure() {
    let all = corpus();
    let endorsed = adopted(&all, true, false);
    assert_eq!(endorsed.len(), 13);
    assert!(endorsed.contains_key("R15"));
    assert_eq!(
        tally(endorsed.values().map(|(_, level)| *level)),
        [("city", 3), ("county", 8), ("province", 2)].into()
    );
    let public = adopted(&all, false, true);
    assert_eq!(
        public.keys().collect::<Vec<_>>(),
        ["R01", "R02", "R05", "R06", "R10", "R12"]
    );
}

#[test]
fn adopted_reports_by_department() {
    let all = corpus();
    let adopted_reports = adopted(&all, false, false);
    let departments = of_kind(&all, "report")
        .into_iter()
        .filter(|report| adopted_reports.contains_key(&report.code))
        .flat_map(|report| report.list("departments"))
        .filter_map(Value::as_str);
    assert_eq!(
        tally(departments),
        [
            ("刑事检察部", 3),
            ("公益诉讼检察部", 3),
            ("未成年人检察办公室", 2),
            ("综合业务部（研究室）", 2),
            ("民事行政检察部", 2)
        ]
        .into()
    );
}

#[test]
fn cases_count_once_at_their_highest() {
    let all = corpus();
    let ranked = |public: bool| {
        let ranks: Vec<String> = of_kind(&all, "case")
            .into_iter()
            .filter(|case| case.text("level") == "province" && (!public || case.is_public()))
            .map(|case| case.text("rank").to_owned())
            .collect();
        (
            ranks.iter().filter(|rank| *rank == "精品案例").count(),
            ranks.iter().filter(|rank| *rank == "典型案例").count(),
        )
    };
    assert_eq!(ranked(false), (1, 5));
    assert_eq!(ranked(true), (1, 4));
}

/// Adds calendar months to an ISO date; the day is at most the month's last.
fn add_months(date: &str, months: u32) -> String {
    let (year, month, day): (u32, u32, u32) = (
        date[..4].parse().unwrap(),
        date[5..7].parse().unwrap(),
        date[8..].parse().unwrap(),
    );
    let total = year * 12 + month - 1 + months;
    let (year, month) = (total / 12, total % 12 + 1);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{:02}", day.min(last))
}

fn due(recommendation: &Document) -> Option<String> {
    let delivered = recommendation.front["delivered"].as_str()?;
    let urgent = recommendation.front["urgent"].as_bool() == Some(true);
    let enforcement = recommendation.front["enforcement"].as_bool() == Some(true);
    Some(match recommendation.text("type") {
        // The only urgent one was delivered on 3 June: fifteen days stay within the month.
        "公益诉讼" if urgent => format!("{}{:02}", &delivered[..8], delivered[8..].parse::<u32>().unwrap() + 15),
        "再审" => add_months(delivered, 3),
        "纠正违法" if enforcement => add_months(delivered, 3),
        _ => add_months(delivered, 2),
    })
}

#[test]
fn recommendations_give_their_six_figures() {
    let all = corpus();
    let issued: Vec<&Document> = of_kind(&all, "recommendation")
        .into_iter()
        .filter(|item| !item.text("issued").is_empty())
        .collect();
    assert_eq!(issued.len(), 12);
    assert_eq!(
        issued.iter().filter(|item| !item.text("delivered").is_empty()).count(),
        11
    );
    let (withdrawn, standing): (Vec<&Document>, Vec<&Document>) =
        issued.into_iter().partition(|item| !item.text("withdrawn").is_empty());
    assert_eq!(
        withdrawn.iter().map(|item| item.code.as_str()).collect::<Vec<_>>(),
        ["J08"]
    );

    let fallen_due: Vec<&Document> = standing
        .iter()
        .copied()
        .filter(|item| due(item).is_some_and(|day| day.as_str() < NOW))
        .collect();
    assert_eq!(fallen_due.len(), 9);
    let reply_day = |item: &Document| field(&item.front["reply"], "date").to_owned();
    let on_time = fallen_due
        .iter()
        .filter(|item| !reply_day(item).is_empty() && Some(reply_day(item)) <= due(item))
        .count();
    let late = fallen_due
        .iter()
        .filter(|item| !reply_day(item).is_empty() && Some(reply_day(item)) > due(item))
        .count();
    let silent: Vec<&str> = fallen_due
        .iter()
        .filter(|item| reply_day(item).is_empty())
        .map(|item| item.code.as_str())
        .collect();
    assert_eq!((on_time, late, silent), (6, 1, vec!["J09", "J13"]));

    let outcomes = tally(
        standing
            .iter()
            .map(|item| field(&item.front["reply"], "outcome"))
            .filter(|outcome| !outcome.is_empty()),
    );
    assert_eq!(outcomes, [("采纳", 5), ("部分采纳", 1), ("未采纳", 1)].into());
    let rectified = tally(
        standing
            .iter()
            .map(|item| field(&item.front["rectification"], "outcome"))
            .filter(|outcome| !outcome.is_empty()),
    );
    assert_eq!(rectified, [("整改到位", 5), ("部分整改", 1)].into());
    assert!(
        all.iter().all(|document| document.front["due"].is_null()),
        "deadlines follow from the rules"
    );
}

#[test]
fn benefits_stand_once_in_a_chain() {
    let all = corpus();
    let figures = |key: &str| -> Vec<(&str, String)> {
        all.iter()
            .filter_map(|document| match &document.front["benefits"][key] {
                Value::Null => None,
                Value::String(text) => Some((document.code.as_str(), text.clone())),
                Value::Number(number) => Some((document.code.as_str(), number.to_string())),
                other => panic!("{}: {other:?}", document.code),
            })
            .collect()
    };
    assert_eq!(
        figures("people"),
        [("J01", "2000余".to_owned()), ("R11", "86".to_owned())]
    );
    assert_eq!(
        figures("amount"),
        [("C04", "1846000".to_owned()), ("J07", "3124000".to_owned())]
    );
}

#[test]
fn sixteen_people_under_35_led_42_projects() {
    let all = corpus();
    let roster: Value = serde_yaml::from_str(include_str!("../corpus/people.yaml")).unwrap();
    let born: BTreeMap<&str, &str> = roster["people"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|person| (field(person, "name"), field(person, "born")))
        .collect();
    assert_eq!(born.len(), 24);
    let under_35 = |topic: &Document| {
        let (birth, start) = (born[topic.text("lead")], topic.text("date"));
        let months = |date: &str| date[..4].parse::<i32>().unwrap() * 12 + date[5..7].parse::<i32>().unwrap();
        months(start) - months(birth) < 35 * 12
    };
    let topics = of_kind(&all, "topic");
    let youth: Vec<&Document> = topics.into_iter().filter(|topic| topic.code.starts_with('P')).collect();
    assert_eq!(youth.len(), 42);
    assert!(youth.iter().all(|topic| under_35(topic)));
    assert!(
        all.iter()
            .filter(|topic| topic.code.starts_with('K'))
            .all(|topic| !under_35(topic))
    );
    assert_eq!(
        youth
            .iter()
            .map(|topic| topic.text("lead"))
            .collect::<BTreeSet<_>>()
            .len(),
        16
    );
    let by = |key: &'static str| tally(youth.iter().map(move |topic| topic.text(key)));
    assert_eq!(
        by("category"),
        [
            ("创新课题", 12),
            ("大型活动", 10),
            ("业务专项任务", 12),
            ("青年自筹活动", 8)
        ]
        .into()
    );
    assert_eq!(by("origin"), [("个人申报", 23), ("组织安排", 19)].into());
    assert_eq!(by("status"), [("已结项", 36), ("在研", 5), ("已中止", 1)].into());
    let years = tally(youth.iter().map(|topic| &topic.text("date")[..4]));
    assert_eq!(
        years,
        [("2022", 12), ("2023", 12), ("2024", 7), ("2025", 6), ("2026", 5)].into()
    );
    let results: Vec<&Value> = youth.iter().flat_map(|topic| topic.list("key_results")).collect();
    let done = results
        .iter()
        .filter(|result| result["done"].as_bool() == Some(true))
        .count();
    assert_eq!((done, results.len()), (121, 132));
}

#[test]
fn reports_by_genre() {
    let all = corpus();
    let genres = tally(of_kind(&all, "report").into_iter().map(|report| report.text("genre")));
    assert_eq!(
        genres,
        [
            ("调研报告", 12),
            ("实证研究", 4),
            ("专题报告", 4),
            ("论文", 4),
            ("授课讲稿", 2),
            ("研讨成果", 1)
        ]
        .into()
    );
    let drafts: Vec<&str> = all
        .iter()
        .filter(|document| document.front["draft"].as_bool() == Some(true))
        .map(|d| d.code.as_str())
        .collect();
    assert_eq!(drafts, ["R22"]);
}

#[test]
fn anchors_stand_where_the_plan_puts_them() {
    let all = corpus();
    let holding = |needle: &str| -> Vec<&str> {
        all.iter()
            .filter(|document| document.body.contains(needle))
            .map(|document| document.code.as_str())
            .collect()
    };
    assert_eq!(holding("检例第142号"), ["C02", "R01"]);
    assert_eq!(holding("桥头**老街**巷口石牌坊"), ["R02"]);
    assert_eq!(holding("２０２１年至２０２２年"), ["R04"]);
    assert_eq!(holding("第二百六十六条"), ["L01", "R05"]);
    assert_eq!(holding("第266条"), ["C04"]);
    assert_eq!(holding("金丝雀C10不得外传"), ["C10"]);
    assert_eq!(holding("金丝雀R13不得外传"), ["R13"]);
    assert!(holding("纹身").is_empty());
    assert!(holding("井盖").is_empty());
    assert!(holding("文身").len() >= 5);
}

#[test]
fn texts_have_the_length_of_their_kind() {
    for document in corpus() {
        let characters = document
            .body
            .chars()
            .filter(|character| !character.is_whitespace())
            .count();
        let (least, most) = match document.code.chars().next() {
            Some('R') => (1_500, 3_000),
            Some('C') => (900, 1_900),
            Some('J') => (850, 1_600),
            Some('P') => (140, 450),
            // Laws stand here by the articles that the others cite.
            Some('L') => (60, 1_500),
            _ => (350, 950),
        };
        assert!(
            (least..=most).contains(&characters),
            "{}: {characters} characters",
            document.code
        );
    }
}
