//! 成果总览: its figures, charts and years, and the documents behind each of them.

use crate::overview::front_matter::{Document, corpus, events, field, named, of_kind};
use crate::overview::pages::{all, bars, figures, rows, sample, text};
use crate::overview::recount::{amount_text, people_text, percent, recounted};
use crate::overview::rules::{Adopted, SINCE, adopted, benefits, counts, honour, is_high, is_written, issued};
use scraper::Selector;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

const FORMS: [(&str, &str); 11] = [
    ("instruction", "领导批示"),
    ("decision", "纳入党委政府决策"),
    ("resolution", "人大决议（决定、审议意见）"),
    ("legislation", "立法采纳"),
    ("norm", "规范性文件（协作机制）"),
    ("campaign", "推动专项行动"),
    ("recommendation", "制发检察建议"),
    ("forwarded", "上级院转发"),
    ("briefing", "信息（内参）采用"),
    ("publication", "刊发"),
    ("proposal", "议案建议提案"),
];

#[test]
fn every_figure_of_the_overview_is_that_of_the_front_matter() {
    for public in [false, true] {
        let page = sample(public).page("boards/overview.html");
        assert_eq!(figures(&page), recounted(public), "public: {public}");
    }
}

#[test]
fn the_plan_holds() {
    let figures = recounted(false);
    for (key, text) in [
        ("adopted", "12"),
        ("unverified", "1"),
        ("issued", "12 件"),
        ("due", "9 件"),
        ("on_time_rate", "66.7%（6/9，到期应复 9 件）"),
        ("late", "1 件"),
        ("unanswered", "2 件"),
        ("people", "2086余人"),
        ("amount", "497.0万元"),
        ("honour-province-fine", "1"),
        ("honour-province-typical", "5"),
        ("youth_projects", "42"),
    ] {
        assert_eq!(figures.get(key).map(String::as_str), Some(text), "{key}");
    }
    assert_eq!(recounted(true).get("adopted").map(String::as_str), Some("6"));
}

#[test]
fn the_charts_show_the_adopted_reports_by_year_form_department_and_line() {
    for public in [false, true] {
        let page = sample(public).page("boards/overview.html");
        let documents = corpus(public);
        let adopted = adopted(&documents, public);
        let years: BTreeSet<&str> = adopted.iter().map(super::rules::Adopted::year).collect();
        let expected: Vec<Vec<String>> = years
            .into_iter()
            .map(|year| {
                let of = |level: usize| {
                    adopted
                        .iter()
                        .filter(|one| one.year() == year && one.level() == level)
                        .count()
                };
                vec![
                    format!("{year}年"),
                    of(0).to_string(),
                    of(1).to_string(),
                    format!("{} 篇", of(0) + of(1)),
                ]
            })
            .collect();
        assert_eq!(bars(&page, "by-year"), expected);

        let tally = |values: &dyn Fn(&Adopted) -> BTreeSet<String>| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            adopted
                .iter()
                .flat_map(values)
                .for_each(|value| *counts.entry(value).or_default() += 1);
            let rows = counts
                .into_iter()
                .map(|(value, count)| vec![value, format!("{count} 篇")]);
            rows.collect::<BTreeSet<_>>()
        };
        let shown = |chart| bars(&page, chart).into_iter().collect::<BTreeSet<_>>();
        let form = |event: &&Value| {
            FORMS
                .iter()
                .find(|(key, _)| *key == field(event, "form"))
                .unwrap()
                .1
                .to_owned()
        };
        assert_eq!(shown("by-form"), tally(&|one| one.events.iter().map(form).collect()));
        let list = |one: &Adopted, key: &str| one.report.texts(key).into_iter().map(str::to_owned).collect();
        assert_eq!(shown("by-department"), tally(&|one| list(one, "departments")));
        assert_eq!(shown("by-line"), tally(&|one| list(one, "lines")));
    }
}

#[test]
fn the_funnel_narrows_from_written_to_implemented() {
    let page = sample(false).page("boards/overview.html");
    let all = corpus(false);
    let written: Vec<&Document> = of_kind(&all, "report")
        .filter(|report| is_written(report) && report.text("date") >= SINCE)
        .collect();
    let count = |holds: &dyn Fn(&Document) -> bool| written.iter().filter(|report| holds(report)).count();
    let qualifying = |report: &Document| -> Vec<Value> {
        events(report, false)
            .into_iter()
            .filter(|event| counts(event, &all))
            .cloned()
            .collect()
    };
    let implemented = |event: &Value| {
        field(event, "effect") == "implemented"
            || field(event, "form") == "recommendation"
                && named(event, &all).any(|other| field(&other.front["rectification"], "outcome") == "整改到位")
    };
    let steps = [
        ("撰写", written.len()),
        (
            "报送",
            count(&|report| {
                events(report, false)
                    .iter()
                    .any(|event| !field(event, "effect").is_empty())
            }),
        ),
        ("已转化", count(&|report| !qualifying(report).is_empty())),
        ("已落实", count(&|report| qualifying(report).iter().any(implemented))),
    ];
    let expected: Vec<Vec<String>> = steps
        .iter()
        .map(|(step, count)| {
            let share = format!(" · {}（{count}/{}）", percent(*count, written.len()), written.len());
            vec![
                (*step).to_owned(),
                format!("{count} 篇{}", if *step == "撰写" { "" } else { &share }),
            ]
        })
        .collect();
    assert_eq!(bars(&page, "funnel"), expected);
    assert!(steps.windows(2).all(|pair| pair[0].1 >= pair[1].1));
}

#[test]
fn the_years_add_up_to_the_totals() {
    for public in [false, true] {
        let page = sample(public).page("boards/overview.html");
        let all = corpus(public);
        let adopted = adopted(&all, public);
        for row in rows(&page, "table.years tbody tr") {
            let year = row[0].trim_end_matches('年');
            let in_year = |date: &str| date.starts_with(year);
            let written = of_kind(&all, "report").filter(|report| is_written(report) && in_year(report.text("date")));
            let of_year = || adopted.iter().filter(|one| one.year() == year);
            let high = of_kind(&all, "case").filter(|case| is_high(case) && in_year(&honour(case).unwrap().2));
            let issued = issued(&all).into_iter().filter(|item| in_year(item.text("issued")));
            let sums = benefits(&all, |document| in_year(document.text("date")));
            let expected = [
                format!("{year}年"),
                written.count().to_string(),
                of_year().count().to_string(),
                of_year().filter(|one| one.is_unverified()).count().to_string(),
                row[4].clone(),
                issued.count().to_string(),
                high.count().to_string(),
                people_text(sums),
                amount_text(sums),
            ];
            assert_eq!(row, expected, "public: {public}");
        }
        let years = rows(&page, "table.years tbody tr");
        let totals = &rows(&page, "table.years tfoot tr")[0];
        for column in 1..=6 {
            let sum: usize = years.iter().map(|row| row[column].parse::<usize>().unwrap()).sum();
            assert_eq!(sum.to_string(), totals[column], "column {column}, public: {public}");
        }
    }
}

#[test]
fn every_figure_leads_to_its_documents() {
    let built = sample(false);
    let page = built.page("boards/overview.html");
    let ids: BTreeSet<&str> = all(&page, "[id]")
        .iter()
        .filter_map(|one| one.value().attr("id"))
        .collect();
    let mut seen = 0;
    for link in all(&page, "main a[href]") {
        let link = link.value().attr("href").unwrap();
        if let Some(id) = link.strip_prefix('#') {
            assert!(ids.contains(id), "{link}");
            seen += 1;
        } else if let Some(filters) = link.strip_prefix("ledger.html#") {
            for filter in filters.split('&') {
                let (key, value) = filter.split_once('=').unwrap();
                let known = [
                    "unit",
                    "department",
                    "person",
                    "line",
                    "form",
                    "level",
                    "effect",
                    "since",
                    "until",
                    "status",
                    "unverified",
                    "basis",
                ];
                assert!(known.contains(&key) && !value.is_empty(), "{link}");
            }
        }
    }
    assert!(seen > 10);
    // Behind each figure stand as many documents as it counts.
    let working = built.page("boards/basis.html");
    let behind = |link: &str| {
        let id = link.strip_prefix("basis.html#").unwrap();
        all(&working, &format!("section[id='{id}'] li")).len()
    };
    for row in all(&page, "section[aria-labelledby='replies'] tr") {
        let figure = row
            .select(&Selector::parse(".figure").unwrap())
            .next()
            .map(text)
            .unwrap();
        let numbers = figure
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse::<usize>().ok());
        let link = row.select(&Selector::parse("a").unwrap()).next().unwrap();
        let documents = behind(link.value().attr("href").unwrap());
        assert_eq!(documents, numbers.sum::<usize>(), "{}", text(row));
    }
    for key in ["written", "submitted", "adopted", "implemented"] {
        let link = format!("basis.html#funnel-{key}");
        let bar = &all(&page, &format!("section[aria-labelledby='funnel'] td a[href='{link}']"))[0];
        assert!(
            text(*bar).starts_with(&format!("{} 篇", behind(&link))),
            "{}",
            text(*bar)
        );
    }
    for row in all(&page, "section[aria-labelledby='honours'] tr") {
        let link = row.select(&Selector::parse("a").unwrap()).next().unwrap();
        let figure = row
            .select(&Selector::parse("[data-figure]").unwrap())
            .next()
            .map(text)
            .unwrap();
        assert_eq!(behind(link.value().attr("href").unwrap()).to_string(), figure);
    }
}
