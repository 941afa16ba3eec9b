//! The boards say what the front matter says: every figure of 成果总览 and of the topics is recounted
//! here from the raw YAML, by code that shares nothing with the program, for both audiences.

use scraper::{ElementRef, Html, Selector};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

const NOW: &str = "2026-11-20";
const SINCE: &str = "2022-01-01";
const LEVELS: [(&str, &str); 4] = [
    ("county", "县级"),
    ("city", "市级"),
    ("province", "省级"),
    ("national", "国家级"),
];
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

// ---- the front matter, raw ----

struct Document {
    id: String,
    front: Value,
}

impl Document {
    fn text(&self, key: &str) -> &str {
        field(&self.front, key)
    }

    fn list(&self, key: &str) -> Vec<&Value> {
        match &self.front[key] {
            Value::Sequence(items) => items.iter().collect(),
            Value::Null => vec![],
            one => vec![one],
        }
    }

    fn texts(&self, key: &str) -> Vec<&str> {
        self.list(key).into_iter().filter_map(Value::as_str).collect()
    }
}

fn field<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of an audience, drafts left out.
fn corpus(public: bool) -> Vec<Document> {
    let mut documents = Vec::new();
    let folders = std::fs::read_dir(root().join("corpus")).unwrap().flatten();
    for folder in folders.filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let (front, _) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
            let stem = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
            let front: Value = serde_yaml::from_str(front).unwrap();
            let draft = front["draft"].as_bool() == Some(true);
            if !draft && (!public || field(&front, "visibility") == "public") {
                documents.push(Document {
                    id: format!("{}/{stem}", folder.file_name().to_str().unwrap()),
                    front,
                });
            }
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents
}

fn of_kind<'a>(all: &'a [Document], kind: &'a str) -> impl Iterator<Item = &'a Document> {
    all.iter().filter(move |document| document.text("kind") == kind)
}

/// The events of a report that the audience sees.
fn events(report: &Document, public: bool) -> Vec<&Value> {
    let visible = |event: &&Value| match event["visibility"].as_str() {
        Some(visibility) => visibility == "public",
        None => field(event, "form") != "instruction",
    };
    report
        .list("adoptions")
        .into_iter()
        .filter(|event| !public || visible(event))
        .collect()
}

fn find<'a>(all: &'a [Document], id: &Value) -> Option<&'a Document> {
    all.iter().find(|document| Some(document.id.as_str()) == id.as_str())
}

fn named<'a>(event: &'a Value, all: &'a [Document]) -> impl Iterator<Item = &'a Document> {
    let ids = event["leads_to"].as_sequence().into_iter().flatten();
    ids.filter_map(|id| find(all, id))
}

fn counts(event: &Value, all: &[Document]) -> bool {
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
struct Adopted<'a> {
    report: &'a Document,
    events: Vec<&'a Value>,
}

impl Adopted<'_> {
    fn year(&self) -> &str {
        &self.first()[..4]
    }

    fn first(&self) -> &str {
        self.events.iter().map(|event| field(event, "date")).min().unwrap()
    }

    fn level(&self) -> usize {
        let place = |event: &&Value| LEVELS.iter().position(|(key, _)| *key == field(event, "level"));
        self.events.iter().filter_map(place).max().unwrap()
    }

    fn is_unverified(&self) -> bool {
        self.events.iter().all(|event| event["evidence"].is_null())
    }
}

fn adopted(all: &[Document], public: bool) -> Vec<Adopted<'_>> {
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

fn is_written(report: &Document) -> bool {
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

fn due(item: &Document) -> Option<String> {
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

fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => format!("{:.1}%", part as f64 * 100.0 / whole as f64),
    }
}

/// 受益人数 and 挽回损失 of the documents that hold: whether it is a lower bound, people, yuan.
fn benefits<'a>(all: &'a [Document], holds: impl Fn(&Document) -> bool + 'a) -> (bool, u64, u64) {
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

fn people_text((at_least, people, _): (bool, u64, u64)) -> String {
    match people {
        0 => String::new(),
        _ => format!("{people}{}人", if at_least { "余" } else { "" }),
    }
}

fn amount_text((_, _, yuan): (bool, u64, u64)) -> String {
    match yuan {
        0 => String::new(),
        _ => format!("{:.1}万元", yuan as f64 / 10_000.0),
    }
}

/// The honour at which a case counts: level, rank and date.
fn honour(case: &Document) -> Option<(usize, usize, String)> {
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

fn is_high(case: &Document) -> bool {
    honour(case).is_some_and(|(level, rank, date)| level >= 2 && rank >= 2 && date.as_str() >= SINCE)
}

fn issued(all: &[Document]) -> Vec<&Document> {
    of_kind(all, "recommendation")
        .filter(|item| item.text("issued") >= SINCE)
        .collect()
}

/// Every figure of the overview as the page writes it.
fn recounted(public: bool) -> BTreeMap<String, String> {
    let all = corpus(public);
    let adopted = adopted(&all, public);
    let mut figures = BTreeMap::new();
    let mut put = |key: &str, text: String| {
        if !text.is_empty() {
            figures.insert(key.to_owned(), text);
        }
    };
    let written = of_kind(&all, "report").filter(|report| is_written(report) && report.text("date") >= SINCE);
    put("written", written.count().to_string());
    put("adopted", adopted.len().to_string());
    let unverified = adopted.iter().filter(|one| one.is_unverified()).count();
    put(
        "unverified",
        if unverified > 0 {
            unverified.to_string()
        } else {
            String::new()
        },
    );
    let recognised_only = of_kind(&all, "report").filter(|report| {
        let events = events(report, public);
        let recognised =
            |event: &&Value| ["publication", "forwarded", "briefing", "proposal"].contains(&field(event, "form"));
        !events.iter().any(|event| counts(event, &all))
            && events
                .iter()
                .any(|event| recognised(event) && field(event, "date") >= SINCE)
    });
    put("recognised", recognised_only.count().to_string());
    let benefits = benefits(&all, |_| true);
    put("people", people_text(benefits));
    put("amount", amount_text(benefits));
    put(
        "high_cases",
        of_kind(&all, "case").filter(|case| is_high(case)).count().to_string(),
    );

    let issued = issued(&all);
    let standing: Vec<&&Document> = issued.iter().filter(|item| item.text("withdrawn").is_empty()).collect();
    let fallen_due: Vec<&&&Document> = standing
        .iter()
        .filter(|item| due(item).is_some_and(|day| day.as_str() < NOW))
        .collect();
    let reply = |item: &Document, key: &str| field(&item.front["reply"], key).to_owned();
    let late = |item: &Document| Some(reply(item, "date")) > due(item);
    let of_due = |part: usize| {
        format!(
            "{}（{part}/{whole}，到期应复 {whole} 件）",
            percent(part, fallen_due.len()),
            whole = fallen_due.len()
        )
    };
    let answered = || fallen_due.iter().filter(|item| !reply(item, "date").is_empty());
    let on_time = answered().filter(|item| !late(item)).count();
    let came_late = answered().filter(|item| late(item)).count();
    let silent = fallen_due.len() - answered().count();
    put("issued", format!("{} 件", issued.len()));
    put("due", format!("{} 件", fallen_due.len()));
    for (key, count) in [("on_time", on_time), ("late", came_late), ("unanswered", silent)] {
        put(key, format!("{count} 件"));
        put(&format!("{key}_rate"), of_due(count));
    }
    let outcome = |word: &str| standing.iter().filter(|item| reply(item, "outcome") == word).count();
    let rectified = |word: &str| {
        let found = |item: &&&&Document| field(&item.front["rectification"], "outcome") == word;
        standing.iter().filter(found).count()
    };
    let replied = standing.iter().filter(|item| !item.front["reply"].is_null()).count();
    let partly = |n: usize, more: usize, word: &str| match more {
        0 => format!("{n} 件"),
        _ => format!("{n} 件，另{word} {more} 件"),
    };
    put("accepted", partly(outcome("采纳"), outcome("部分采纳"), "部分采纳"));
    put(
        "accepted_rate",
        format!(
            "{}（{}/{replied}，已回复 {replied} 件）",
            percent(outcome("采纳"), replied),
            outcome("采纳")
        ),
    );
    let taken = outcome("采纳") + outcome("部分采纳");
    let full = rectified("整改到位");
    put("rectified", partly(full, rectified("部分整改"), "部分整改"));
    put(
        "rectified_rate",
        format!("{}（{full}/{taken}，采纳和部分采纳 {taken} 件）", percent(full, taken)),
    );

    let mut honours: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (level, rank, date) in of_kind(&all, "case").filter_map(honour) {
        if date.as_str() >= SINCE {
            *honours.entry((level, rank)).or_default() += 1;
        }
    }
    for ((level, rank), count) in honours {
        let rank = ["selected", "excellent", "fine", "typical", "guiding"][rank];
        put(&format!("honour-{}-{rank}", LEVELS[level].0), count.to_string());
    }
    if !public {
        let of_instructions = |endorsed: bool| {
            let events = of_kind(&all, "report").flat_map(|report| events(report, public));
            // From 肯定性批示 up: 圈阅 only says that it was read.
            let wanted = events.filter(|event| {
                let effect = field(event, "effect");
                field(event, "form") == "instruction"
                    && field(event, "date") >= SINCE
                    && if endorsed {
                        effect == "endorsed"
                    } else {
                        !["submitted", "noted"].contains(&effect)
                    }
            });
            let instrument = |event: &Value| match field(event, "document") {
                "" => format!("{} {}", field(event, "authority"), field(event, "date")),
                number => number.to_owned(),
            };
            wanted.map(instrument).collect::<BTreeSet<_>>().len().to_string()
        };
        put("instructions", of_instructions(false));
        put("endorsed", of_instructions(true));
        put("youth_projects", youth(&all).len().to_string());
    }
    figures
}

fn youth(all: &[Document]) -> Vec<&Document> {
    let roster: Value = serde_yaml::from_str(include_str!("../corpus/people.yaml")).unwrap();
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

// ---- the pages ----

struct Built {
    _folder: tempfile::TempDir,
    site: PathBuf,
}

fn build(corpus: &Path, public: bool) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args([
            "--now",
            NOW,
            "--lang",
            "zh",
            "--audience",
            if public { "public" } else { "internal" },
        ])
        .arg("--corpus")
        .arg(corpus)
        .arg("--site")
        .arg(&site)
        .arg("--index")
        .arg(folder.path().join("index"))
        .arg("build")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Built { _folder: folder, site }
}

impl Built {
    fn page(&self, path: &str) -> Html {
        Html::parse_document(
            &std::fs::read_to_string(self.site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")),
        )
    }
}

fn sample(public: bool) -> Built {
    build(&root().join("corpus"), public)
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The cells of each row of a table's body.
fn rows(page: &Html, selector: &str) -> Vec<Vec<String>> {
    let cell = Selector::parse("th, td").unwrap();
    let rows = all(page, selector).into_iter();
    rows.map(|row| row.select(&cell).map(text).collect()).collect()
}

fn figures(page: &Html) -> BTreeMap<String, String> {
    let found = all(page, "[data-figure]").into_iter();
    found
        .map(|element| (element.value().attr("data-figure").unwrap().to_owned(), text(element)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Label and value of each bar of a chart, by the table behind it.
fn bars(page: &Html, chart: &str) -> Vec<Vec<String>> {
    rows(page, &format!("section[aria-labelledby='{chart}'] .behind tbody tr"))
}

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
        let years: BTreeSet<&str> = adopted.iter().map(|one| one.year()).collect();
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
    let roster: Value = serde_yaml::from_str(include_str!("../corpus/people.yaml")).unwrap();
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

/// Every file below a folder with its text.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push((
                path.clone(),
                String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned(),
            )),
        }
    }
    found
}

#[test]
fn people_rankings_targets_and_instructions_do_not_exist_in_public() {
    let copy = with_rules();
    let built = build(copy.path(), true);
    for path in ["people", "people/index.html", "ranking.html", "targets.html"] {
        assert!(!built.site.join("boards").join(path).exists(), "{path}");
    }
    // The ledger names every form there is, in its filter and its rules; its events have a test of their own.
    let is_ledger = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with("ledger");
    let boards = files(&built.site.join("boards"));
    for (path, text) in boards.into_iter().filter(|(path, _)| !is_ledger(path)) {
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
            assert!(!text.contains(word), "{}: {word}", path.display());
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
    for (path, _) in files(&corpus) {
        let target = copy.path().join(path.strip_prefix(&corpus).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&path, target).unwrap();
    }
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

#[test]
fn replies_lead_with_priority_and_the_earliest_deadline() {
    let built = sample(false);
    let page = built.page("boards/replies.html");
    let owed: Vec<(String, String)> = rows(&page, "table.owed tbody tr")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let expected = [
        ("逾期 384 天", "2025-11-01"),
        ("逾期 37 天", "2026-10-14"),
        ("剩 46 天", "2027-01-05"),
    ];
    assert_eq!(owed, expected.map(|(days, due)| (days.to_owned(), due.to_owned())));
    assert!(text(all(&page, "main")[0]).contains("未计节假日顺延"));
    let calendar = std::fs::read_to_string(built.site.join("boards/deadlines.ics")).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "RFC 5545, 3.1");
    let days: Vec<&str> = calendar
        .split("\r\n")
        .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"))
        .collect();
    assert_eq!(days, ["20251101", "20261014", "20270105"]);
    let reminders = built.page("boards/reminders.html");
    assert_eq!(all(&reminders, ".sheet").len(), 3, "a sheet a department");

    let public = sample(true);
    let page = public.page("boards/replies.html");
    assert!(text(all(&page, "main")[0]).contains("目前没有逾期未回复的检察建议"));
    assert!(!public.site.join("boards/reminders.html").exists() && !public.site.join("boards/deadlines.ics").exists());
}

#[test]
fn a_chain_tells_its_story_on_every_page_that_it_touches() {
    let built = sample(false);
    let story = |file: &str| -> Vec<(String, String)> {
        let page = built.page(file);
        let found = all(&page, "ol.chain > li").into_iter();
        found
            .map(|step| {
                let part = |class: &str| {
                    step.select(&Selector::parse(class).unwrap())
                        .next()
                        .map(text)
                        .unwrap_or_default()
                };
                (part(".when"), part(".stage"))
            })
            .collect()
    };
    let expected = [
        ("2022-04-02", "立项"),
        ("2022-08-26", "成稿"),
        ("2022-09-15", "成果"),
        ("2022-09-15", "制发"),
        ("2022-11-10", "回复"),
        ("2022-12-20", "成果"),
        ("2023-01-15", "整改"),
        ("2023-01-20", "办结"),
        ("2023-02-28", "成案"),
        ("2023-11-09", "荣誉"),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(date, stage)| ((*date).into(), (*stage).into()))
        .collect();
    for file in [
        "调研报告/R02-澄溪县地名文化保护现状实证报告.html",
        "检察建议/J01-关于加强传统地名保护管理的检察建议书.html",
        "案例/C03-督促保护传统地名行政公益诉讼案.html",
        "项目（课题）/P07-地名文化保护田野调查.html",
    ] {
        assert_eq!(story(file), expected, "{file}");
    }
    // The instruction and the internal documents of another chain are absent in public.
    let public = sample(true).page("调研报告/R01-关于澄溪县未成年人文身情况的调研报告.html");
    let steps: Vec<String> = all(&public, "ol.chain > li").into_iter().map(text).collect();
    assert_eq!(steps.len(), 4, "{steps:#?}");
    assert!(
        steps
            .iter()
            .all(|step| !step.contains("批示") && !step.contains("检察建议书") && !step.contains("立项"))
    );
}
