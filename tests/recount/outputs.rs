//! What pages, commands and exports say, beside the plain recount: one figure, one value.

use crate::recount::corpus::Random;
use crate::recount::plain::{Query, Recount};
use crate::recount::{NOW, corpora, load};
use jianyan::adoption::By;
use jianyan::audience::Audience;
use scraper::{Html, Selector};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What a command prints in the folder of a corpus.
fn said(folder: &Path, audience: Audience, arguments: &[&str]) -> String {
    let of = |name: &str| format!("{name}-{}", audience.key());
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(folder)
        .args(["--lang", "zh", "--now", NOW, "--audience", audience.key()])
        .args(["--index", &of("index"), "--site", &of("site")])
        .args(arguments)
        .output()
        .unwrap();
    let code = output.status.code();
    assert!(
        matches!(code, Some(0 | 1)),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, audience: Audience, arguments: &[&str]) -> Value {
    serde_json::from_str(&said(folder, audience, &[arguments, &["--format", "json"]].concat())).unwrap()
}

/// A figure of a page without its unit; `None` where the page or the figure isn't there.
fn figure(site: &Path, page: &str, selector: &str) -> Option<i64> {
    let html = Html::parse_document(&std::fs::read_to_string(site.join(page)).ok()?);
    let found = html.select(&Selector::parse(selector).unwrap()).next()?;
    let text: String = found.text().collect();
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The pages name a figure as often as they have it, always the same.
fn compare_pages(site: &Path, recount: &Recount, since: Option<jiff::civil::Date>, what: &str) {
    let query = Query {
        since,
        ..Query::default()
    };
    let total = recount.ledger(By::Year, &query).total;
    let number = |name: &str| total.get(name).copied().unwrap_or(0);
    let overdue = i64::try_from(recount.overdue()).unwrap();
    let pages = [
        ("index.html", "[data-figure=written]", number("reports")),
        ("index.html", "[data-figure=adopted]", number("adopted")),
        ("index.html", "[data-figure=overdue]", overdue),
        ("boards/overview.html", "[data-figure=written]", number("reports")),
        ("boards/overview.html", "[data-figure=adopted]", number("adopted")),
        ("boards/overview.html", "[data-figure=recognised]", number("recognised")),
        (
            "boards/overview.html",
            "[data-figure=instructions]",
            number("instructions"),
        ),
        ("boards/overview.html", "[data-figure=people]", number("people")),
        ("boards/overview.html", "[data-figure=unanswered]", overdue),
        ("boards/replies.html", "[data-count=late]", overdue),
        ("boards/ledger.html", "[data-figure=reports] .number", number("reports")),
        ("boards/ledger.html", "[data-figure=adopted] .number", number("adopted")),
        (
            "boards/ledger.html",
            "[data-figure=recognised] .number",
            number("recognised"),
        ),
        (
            "boards/ledger.html",
            "[data-figure=unverified] .number",
            number("unverified"),
        ),
        (
            "boards/ledger.html",
            "[data-figure=instructions] .number",
            number("instructions"),
        ),
        ("boards/ledger.html", "[data-figure=people] .number", number("people")),
    ];
    for (page, selector, wanted) in pages {
        if let Some(found) = figure(site, page, selector) {
            assert_eq!(found, wanted, "{what}: {page} {selector}");
        }
    }
}

fn compare_commands(folder: &Path, audience: Audience, recount: &Recount, what: &str) {
    let all = Query::default();
    let due = json(folder, audience, &["due"]);
    let replies = recount.replies(&all);
    let beside = ["undated", "withdrawn", "closed_unanswered", "rectified_unaccepted"].map(|key| &due["beside"][key]);
    let names = ["undated", "withdrawn", "closed", "rectified, not accepted"];
    for (found, name) in beside.into_iter().zip(names) {
        assert_eq!(
            found.as_u64().unwrap() as usize,
            replies.get(name).copied().unwrap_or(0),
            "{what}: due {name}"
        );
    }
    for (key, name) in [
        ("issued", "issued"),
        ("due", "due"),
        ("on_time", "on time"),
        ("late", "late"),
        ("rectified", "rectified"),
    ] {
        let found = due["figures"][key].as_u64().unwrap() as usize;
        assert_eq!(found, replies.get(name).copied().unwrap_or(0), "{what}: due {key}");
    }
    // Overdue is what the list says, too.
    let late = due["replies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|reply| reply["days"].as_i64().unwrap() < 0);
    assert_eq!(
        (late.count(), due["figures"]["overdue"].as_u64().unwrap() as usize),
        (recount.overdue(), recount.overdue()),
        "{what}"
    );

    let keys = [
        "unit",
        "department",
        "line",
        "year",
        "quarter",
        "month",
        "form",
        "level",
    ];
    for (by, key) in [
        By::Unit,
        By::Department,
        By::Line,
        By::Year,
        By::Quarter,
        By::Month,
        By::Form,
        By::Level,
    ]
    .into_iter()
    .zip(keys)
    {
        let ledger = json(folder, audience, &["ledger", "--by", key]);
        let wanted = recount.ledger(by, &all);
        let rows = ledger["rows"].as_array().unwrap();
        assert_eq!(rows.len(), wanted.rows.len(), "{what}: by {key}");
        for row in rows.iter().chain([&ledger["total"]]) {
            let numbers = match row["key"].as_str() {
                Some(key) => &wanted.rows[key],
                None => &wanted.total,
            };
            for measure in [
                "reports",
                "adopted",
                "recognised",
                "unverified",
                "instructions",
                "endorsed",
                "people",
            ] {
                let number = numbers.get(measure).copied().unwrap_or(0);
                assert_eq!(row[measure].as_i64(), Some(number), "{what}: by {key}, {measure}");
            }
            let yuan = numbers.get("amount").copied().unwrap_or(0) as f64 / 100.0;
            assert!(
                (row["amount"].as_f64().unwrap() - yuan).abs() < 0.001,
                "{what}: by {key}, yuan"
            );
        }
        let csv = said(folder, audience, &["ledger", "--by", key, "--format", "csv"]);
        let total = csv
            .trim_end()
            .rsplit("\r\n")
            .next()
            .unwrap()
            .split(',')
            .skip(1)
            .take(4)
            .map(str::to_owned);
        let wanted = ["reports", "adopted", "recognised", "unverified"]
            .map(|name| wanted.total.get(name).copied().unwrap_or(0).to_string());
        assert_eq!(total.collect::<Vec<_>>(), wanted, "{what}: CSV by {key}");
    }
}

fn compare_stats(folder: &Path, audience: Audience, recount: &Recount, what: &str) {
    let query = Query {
        since: Some("2023-01-01".parse().unwrap()),
        until: Some("2023-12-31".parse().unwrap()),
        ..Query::default()
    };
    let stats = json(
        folder,
        audience,
        &["stats", "--since", "2023-01-01", "--until", "2023-12-31"],
    );
    let wanted = recount.statistics(&query);
    let names = [
        ("reports", "Written", 1.0),
        ("adopted", "Adopted", 1.0),
        ("recognised", "Recognised", 1.0),
        ("issued", "Issued", 1.0),
        ("due", "Due", 1.0),
        ("on-time", "OnTime", 1.0),
        ("late", "Late", 1.0),
        ("rectified", "Rectified", 1.0),
        ("instructions", "Instructions", 1.0),
        ("people", "People", 1.0),
        ("amount", "Amount", 100.0),
    ];
    for (key, name, scale) in names {
        let number = wanted.get(name).copied().unwrap_or(0) as f64 / scale;
        let found = stats["figures"]
            .as_array()
            .unwrap()
            .iter()
            .find(|figure| figure["key"] == key);
        let found = found.map_or(0.0, |figure| figure["now"].as_f64().unwrap());
        assert!((found - number).abs() < 0.001, "{what}: stats {key}: {found}, {number}");
    }
}

#[test]
fn pages_commands_and_exports_say_one_figure() {
    for seed in 0..(corpora() / 10).max(1) {
        let mut random = Random::new(seed + 1_000_000);
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        random.write(&corpus);
        for audience in [Audience::Internal, Audience::Public] {
            let loaded = load(&corpus, audience);
            let records: Vec<_> = loaded.entries.iter().map(|entry| entry.document.record()).collect();
            let recount = Recount::new(&records, &loaded.settings, loaded.now);
            let what = format!("seed {seed}, {audience:?}");
            said(folder.path(), audience, &["build", "--quiet"]);
            compare_pages(
                &folder.path().join(format!("site-{}", audience.key())),
                &recount,
                loaded.settings.since,
                &what,
            );
            compare_commands(folder.path(), audience, &recount, &what);
            compare_stats(folder.path(), audience, &recount, &what);
        }
    }
}
