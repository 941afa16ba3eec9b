//! `jianyan ledger`

use super::Ending;
use super::args::{Common, LedgerArgs, LedgerFormat};
use super::error::CliError;
use super::table::Table;
use crate::adoption::ledger::Sum;
use crate::adoption::{self, By, Figures, Ledger, Period};
use crate::audience::{Audience, Drafts};
use crate::build::{self, Silent};
use crate::message::Catalogue;
use crate::settings::Settings;
use serde_json::{Value, json};
use std::io::Write as _;

pub(super) fn run(common: &Common, arguments: &LedgerArgs) -> Result<Ending, CliError> {
    let (by, period) = (
        arguments.by,
        Period {
            since: arguments.since,
            until: arguments.until,
        },
    );
    if let (Some(since), Some(until)) = (period.since, period.until)
        && since > until
    {
        return Err(CliError::Period(since, until));
    }
    // Lists of persons are for the office alone.
    if by == By::Person && common.audience == Audience::Public {
        return Err(CliError::Persons);
    }
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    let documents: Vec<_> = loaded
        .entries
        .iter()
        .map(|entry| (entry.document.record(), &entry.outcome))
        .collect();
    let ledger = adoption::ledger(&documents, &loaded.settings, by, period);
    let words = Catalogue::of(common.terminal_lang());
    let out = match arguments.format {
        LedgerFormat::Human => human(&ledger, by, period, common.audience, &loaded.settings, words),
        LedgerFormat::Csv => table(&ledger, by, words, "ledger.column.yuan", yuan_cell).csv(),
        LedgerFormat::Json => serde_json::to_string_pretty(&as_json(&ledger))? + "\n",
    };
    // A reader that went away (head) is no failure.
    let _ = std::io::stdout().write_all(out.as_bytes());
    Ok(Ending::Good)
}

fn human(
    ledger: &Ledger,
    by: By,
    period: Period,
    audience: Audience,
    settings: &Settings,
    words: &Catalogue,
) -> String {
    let end =
        |day: Option<jiff::civil::Date>, open| day.map_or_else(|| words.get(open).to_owned(), |day| day.to_string());
    let mut lines = vec![words.format(
        "ledger.title",
        &[
            (
                "audience",
                words.get(&format!("audience.{}", audience.key())).to_owned(),
            ),
            ("since", end(period.since, "ledger.earliest")),
            ("until", end(period.until, "ledger.latest")),
        ],
    )];
    if ledger.rows.is_empty() {
        lines.push(words.get("ledger.empty").to_owned());
        return lines.join("\n") + "\n";
    }
    lines.push(String::new());
    lines.push(table(ledger, by, words, "ledger.column.amount", amount_text).aligned());
    let genres: Vec<&str> = settings.written_genres.iter().map(String::as_str).collect();
    lines.push(words.format(
        "ledger.note.counting",
        &[("genres", genres.join(words.get("list.separator")))],
    ));
    lines.push(words.format(
        "ledger.note.unverified",
        &[
            ("adopted", ledger.total.adopted.to_string()),
            ("unverified", ledger.total.unverified.to_string()),
        ],
    ));
    if by.shares() {
        lines.push(words.get("ledger.note.shares").to_owned());
    }
    lines.join("\n") + "\n"
}

/// The rows and the total; `amount` writes the amounts below the heading of that key.
fn table(ledger: &Ledger, by: By, words: &Catalogue, heading: &str, amount: fn(Sum, &Catalogue) -> String) -> Table {
    let heading_of = |key: &str| words.get(key).to_owned();
    let cells = |label: String, figures: &Figures| {
        vec![
            label,
            figures.reports.to_string(),
            figures.adopted.to_string(),
            figures.recognised.to_string(),
            figures.unverified.to_string(),
            at_least(figures.people.value.to_string(), figures.people, words),
            amount(figures.amount, words),
        ]
    };
    let rows = ledger
        .rows
        .iter()
        .map(|row| cells(label(by, &row.key, words), &row.figures));
    let total = std::iter::once(cells(heading_of("ledger.total"), &ledger.total));
    Table {
        header: vec![
            words.get(&format!("ledger.by.{}", by.key())).to_owned(),
            heading_of("ledger.column.reports"),
            heading_of("ledger.column.adopted"),
            heading_of("ledger.column.recognised"),
            heading_of("ledger.column.unverified"),
            heading_of("ledger.column.people"),
            heading_of(heading),
        ],
        rows: rows.chain(total).collect(),
        left: 1,
    }
}

/// A row's key in words.
fn label(by: By, key: &str, words: &Catalogue) -> String {
    if key.is_empty() {
        return words.get("ledger.no_value").to_owned();
    }
    let (year, rest) = key.split_once('-').unwrap_or((key, ""));
    let part = |name: &'static str, value: &str| vec![("year", year.to_owned()), (name, value.to_owned())];
    match by {
        By::Year => words.format("list.year", &[("year", year.to_owned())]),
        By::Quarter => words.format("ledger.quarter", &part("quarter", rest.trim_start_matches('Q'))),
        By::Month => words.format("ledger.month", &part("month", rest.trim_start_matches('0'))),
        By::Form => words.get(&format!("form.{key}")).to_owned(),
        By::Level => words.get(&format!("level.{key}")).to_owned(),
        By::Unit | By::Department | By::Person | By::Line => key.to_owned(),
    }
}

fn at_least(text: String, sum: Sum, words: &Catalogue) -> String {
    if sum.at_least {
        words.format("figure.at_least", &[("n", text)])
    } else {
        text
    }
}

/// An amount for people: from 10,000 yuan in 万元, exact, with one decimal or as many as it has.
fn amount_text(amount: Sum, words: &Catalogue) -> String {
    let (key, key_at_least, text) = if amount.value < 1_000_000 {
        ("figure.yuan", "figure.yuan_at_least", yuan(amount.value))
    } else {
        let decimals = format!("{:06}", amount.value % 1_000_000);
        let decimals = match decimals.trim_end_matches('0') {
            "" => "0",
            some => some,
        };
        (
            "figure.ten_thousand_yuan",
            "figure.ten_thousand_yuan_at_least",
            format!("{}.{decimals}", amount.value / 1_000_000),
        )
    };
    words.format(if amount.at_least { key_at_least } else { key }, &[("n", text)])
}

/// An amount for a column of yuan.
fn yuan_cell(amount: Sum, words: &Catalogue) -> String {
    at_least(yuan(amount.value), amount, words)
}

/// Hundredths of a yuan as yuan, with decimals only where there are any.
fn yuan(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => format!("{}", hundredths / 100),
        rest => format!("{}.{rest:02}", hundredths / 100),
    }
}

fn as_json(ledger: &Ledger) -> Value {
    let rows: Vec<Value> = ledger
        .rows
        .iter()
        .map(|row| {
            let mut value = figures(&row.figures);
            value["key"] = json!(row.key);
            value
        })
        .collect();
    json!({ "rows": rows, "total": figures(&ledger.total) })
}

fn figures(figures: &Figures) -> Value {
    let amount = match figures.amount.value {
        whole if whole % 100 == 0 => json!(whole / 100),
        // A float holds every amount below 90,000 billion yuan to the hundredth.
        parts => json!(parts as f64 / 100.0),
    };
    json!({
        "reports": figures.reports,
        "adopted": figures.adopted,
        "recognised": figures.recognised,
        "unverified": figures.unverified,
        "people": figures.people.value,
        "amount": amount,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn amounts_are_exact_and_say_when_they_are_a_lower_bound() {
        for (value, at_least, text) in [
            (0, false, "0元"),
            (12_345, false, "123.45元"),
            (999_999, false, "9999.99元"),
            (1_000_000, false, "1.0万元"),
            (497_000_000, false, "497.0万元"),
            (123_456_789, false, "123.456789万元"),
            (500_000_000, true, "500.0万余元"),
            (50_000, true, "500余元"),
        ] {
            let amount = Sum { value, at_least };
            assert_eq!(amount_text(amount, Catalogue::of(Lang::Zh)), text);
        }
    }
}
