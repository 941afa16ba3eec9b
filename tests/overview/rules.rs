//! What counts, and how: the rules of the boards, written a second time.

use crate::overview::front_matter::{Document, events, field, named, of_kind};
use serde_yaml::Value;

pub(super) const SINCE: &str = "2022-01-01";
pub(super) const LEVELS: [(&str, &str); 4] = [
    ("county", "县级"),
    ("city", "市级"),
    ("province", "省级"),
    ("national", "国家级"),
];

pub(super) fn counts(event: &Value, all: &[Document]) -> bool {
    let effect = field(event, "effect");
    field(event, "level") != "unit"
        && match field(event, "form") {
            "decision" | "resolution" | "legislation" | "norm" | "campaign" => {
                ["issued", "implemented"].contains(&effect)
            }
            "instruction" => ["ordered", "issued", "implemented"].contains(&effect),
            "recommendation" => {
                named(event, all).any(|other| ["采纳", "部分采纳"].contains(&field(&other.front["reply"], "outcome")))
            }
            _ => false,
        }
}

/// A report that became a decision since the first day of the overview.
pub(super) struct Adopted<'a> {
    pub report: &'a Document,
    pub events: Vec<&'a Value>,
}

impl Adopted<'_> {
    pub(super) fn year(&self) -> &str {
        &self.first()[..4]
    }

    fn first(&self) -> &str {
        self.events.iter().map(|event| field(event, "date")).min().unwrap()
    }

    pub(super) fn level(&self) -> usize {
        let place = |event: &&Value| LEVELS.iter().position(|(key, _)| *key == field(event, "level"));
        self.events.iter().filter_map(place).max().unwrap()
    }

    pub(super) fn is_unverified(&self) -> bool {
        self.events.iter().all(|event| event["evidence"].is_null())
    }
}

pub(super) fn adopted(all: &[Document], public: bool) -> Vec<Adopted<'_>> {
    of_kind(all, "report")
        .map(|report| Adopted {
            report,
            events: events(report, public)
                .into_iter()
                .filter(|event| counts(event, all))
                .collect(),
        })
        .filter(|adopted| !adopted.events.is_empty() && adopted.first() >= SINCE)
        .collect()
}

pub(super) fn is_written(report: &Document) -> bool {
    ["调研报告", "专题报告", "实证研究"].contains(&report.text("genre"))
}

/// Adds calendar months to an ISO date; the day is at most the month's last.
fn add_months(date: &str, months: u32) -> String {
    let number = |range: std::ops::Range<usize>| date[range].parse::<u32>().unwrap();
    let total = number(0..4) * 12 + number(5..7) - 1 + months;
    let (year, month) = (total / 12, total % 12 + 1);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{:02}", number(8..10).min(last))
}

pub(super) fn due(item: &Document) -> Option<String> {
    let delivered = item.front["delivered"].as_str()?;
    let is = |key: &str| item.front[key].as_bool() == Some(true);
    Some(match item.text("type") {
        // The only urgent one was delivered on 3 June: fifteen days stay within the month.
        "公益诉讼" if is("urgent") => {
            format!("{}{:02}", &delivered[..8], delivered[8..].parse::<u32>().unwrap() + 15)
        }
        "再审" => add_months(delivered, 3),
        "纠正违法" if is("enforcement") => add_months(delivered, 3),
        _ => add_months(delivered, 2),
    })
}

/// 受益人数 and 挽回损失 of the documents that hold: whether it is a lower bound, people, yuan.
pub(super) fn benefits<'a>(all: &'a [Document], holds: impl Fn(&Document) -> bool + 'a) -> (bool, u64, u64) {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let documents = || {
        all.iter()
            .filter(|document| document.text("date") >= SINCE && holds(document))
    };
    let figures = |key: &'static str| documents().map(move |document| text(&document.front["benefits"][key]));
    let sum = |key| {
        let numbers = figures(key).map(|text| text.trim_end_matches('余').parse::<u64>().unwrap_or(0));
        numbers.sum()
    };
    (
        figures("people").any(|text| text.ends_with('余')),
        sum("people"),
        sum("amount"),
    )
}

/// The honour at which a case counts: level, rank and date.
pub(super) fn honour(case: &Document) -> Option<(usize, usize, String)> {
    let ranks = ["入选案例", "优秀案例", "精品案例", "典型案例", "指导性案例"];
    let rank = |title: &str| ranks.iter().position(|rank| title.ends_with(rank));
    let level = |level: &str| LEVELS.iter().position(|(key, _)| *key == level);
    let own = (level(case.text("level")), rank(case.text("rank")), case.text("awarded"));
    let others = case.list("honours").into_iter();
    let others = others.map(|honour| {
        (
            level(field(honour, "level")),
            rank(field(honour, "title")),
            field(honour, "date"),
        )
    });
    std::iter::once(own)
        .chain(others)
        .filter_map(|(level, rank, date)| Some((level?, rank?, date.to_owned())))
        .max()
}

pub(super) fn is_high(case: &Document) -> bool {
    honour(case).is_some_and(|(level, rank, date)| level >= 2 && rank >= 2 && date.as_str() >= SINCE)
}

pub(super) fn issued(all: &[Document]) -> Vec<&Document> {
    of_kind(all, "recommendation")
        .filter(|item| item.text("issued") >= SINCE)
        .collect()
}

pub(super) fn youth(all: &[Document]) -> Vec<&Document> {
    let roster: Value = serde_yaml::from_str(include_str!("../../corpus/people.yaml")).unwrap();
    let people = roster["people"].as_sequence().unwrap();
    let born = |name: &str| {
        people
            .iter()
            .find(|person| field(person, "name") == name)
            .map(|person| field(person, "born").to_owned())
    };
    let months = |date: &str| date[..4].parse::<i32>().unwrap() * 12 + date[5..7].parse::<i32>().unwrap();
    of_kind(all, "topic")
        .filter(|topic| !["选题征集", "论坛征文"].contains(&topic.text("category")))
        .filter(|topic| {
            born(topic.text("lead")).is_some_and(|born| months(topic.text("date")) - months(&born) < 35 * 12)
        })
        .collect()
}
