//! The figures of the ledger as text, table and JSON.

use crate::adoption::{By, Filter, Ledger, Measure, Sum};
use crate::build::Loaded;
use crate::cli::table::Table;
use crate::message::Catalogue;
use crate::site::{Cell, Sheet, amount_text, copies_note, measures, unplaced};
use serde_json::{Value, json};

pub(super) fn human(ledger: &Ledger, by: By, filter: &Filter, loaded: &Loaded, words: &Catalogue) -> String {
    let end =
        |day: Option<jiff::civil::Date>, open| day.map_or_else(|| words.get(open).to_owned(), |day| day.to_string());
    let mut lines = vec![words.format(
        "ledger.title",
        &[
            (
                "audience",
                words.get(&format!("audience.{}", loaded.audience.key())).to_owned(),
            ),
            ("since", end(filter.period.since, "ledger.earliest")),
            ("until", end(filter.period.until, "ledger.latest")),
        ],
    )];
    if ledger.rows.is_empty() {
        lines.push(words.get("ledger.empty").to_owned());
        lines.extend(unplaced(&ledger.unplaced, words));
        return lines.join("\n") + "\n";
    }
    lines.push(String::new());
    lines.push(
        table(
            ledger,
            by,
            &measures(loaded.audience, &loaded.entries),
            words,
            "ledger.column.amount",
            amount_text,
        )
        .aligned(),
    );
    let genres: Vec<&str> = loaded.settings.written_genres.iter().map(String::as_str).collect();
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
    lines.extend(unplaced(&ledger.unplaced, words));
    lines.extend(copies_note(&loaded.entries, words));
    lines.join("\n") + "\n"
}

/// The rows and the total; `amount` writes the amounts below the heading of that key.
pub(super) fn table(
    ledger: &Ledger,
    by: By,
    shown: &[Measure],
    words: &Catalogue,
    heading: &str,
    amount: fn(Sum, &Catalogue) -> String,
) -> Table {
    let sheet = sheet(ledger, by, shown, words);
    let text = |cell: &Cell| match cell {
        Cell::Sum { sum, money: true } => amount(*sum, words),
        cell => cell.text(words),
    };
    let mut header = sheet.header;
    if let Some(last) = header.last_mut() {
        words.get(heading).clone_into(last);
    }
    Table {
        header,
        rows: sheet.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        left: 1,
    }
}

/// The rows and the total with typed values, amounts in yuan.
pub(super) fn sheet(ledger: &Ledger, by: By, shown: &[Measure], words: &Catalogue) -> Sheet {
    let cells = |label: String, of: &dyn Fn(Measure) -> Sum| {
        let figure = |measure| Cell::Sum {
            sum: of(measure),
            money: measure == Measure::Amount,
        };
        std::iter::once(Cell::Text(label))
            .chain(shown.iter().copied().map(figure))
            .collect()
    };
    let rows = ledger
        .rows
        .iter()
        .map(|row| cells(label(by, &row.key, words), &|measure| row.figures.of(measure)));
    let total = cells(words.get("ledger.total").to_owned(), &|measure| {
        ledger.total.of(measure)
    });
    let heading = |measure: Measure| match measure {
        Measure::Amount => words.get("ledger.column.yuan").to_owned(),
        measure => words.get(&format!("measure.{}", measure.key())).to_owned(),
    };
    Sheet {
        header: std::iter::once(words.get(&format!("ledger.by.{}", by.key())).to_owned())
            .chain(shown.iter().copied().map(heading))
            .collect(),
        rows: rows.chain([total]).collect(),
    }
}

/// What has no place in the period, as a row below the figures.
pub(super) fn unplaced_row(ledger: &Ledger, columns: usize, words: &Catalogue) -> Option<Vec<String>> {
    let note = unplaced(&ledger.unplaced, words)?;
    let mut row = vec![String::new(); columns];
    *row.first_mut()? = note;
    Some(row)
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

/// An amount for a column of yuan.
pub(super) fn amount_cell(amount: Sum, words: &Catalogue) -> String {
    Cell::Sum {
        sum: amount,
        money: true,
    }
    .text(words)
}

/// Rows, total and what has no place in the period, by the English names of the measures; amounts in yuan.
pub(super) fn as_json(ledger: &Ledger) -> Value {
    let rows: Vec<Value> = ledger
        .rows
        .iter()
        .map(|row| {
            let mut value = row.figures.as_json();
            value.insert("key".into(), json!(row.key));
            value.into()
        })
        .collect();
    json!({ "rows": rows, "total": ledger.total.as_json(), "unplaced": ledger.unplaced.as_json() })
}
