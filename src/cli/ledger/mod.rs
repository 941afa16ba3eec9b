//! `jianyan ledger`

mod evidence;
mod figures;
mod known;

use super::Ending;
use super::args::LedgerArgs;
use super::common::Common;
use super::deliver::{Form, deliver};
use super::error::CliError;
use super::format::{Format, pretty};
use super::table::Table;
use super::xlsx;
use crate::adoption::{self, By, Filter, Period};
use crate::audience::{Audience, Drafts};
use crate::build::{self, Loaded, Silent};
use crate::cli::terminal;
use crate::message::Catalogue;
use crate::record::office_name;
use crate::site::{self, Cell, Sheet};
use figures::{amount_cell, as_json, human, table, unplaced_row};
use serde_json::{Value, json};

pub(super) fn run(common: &Common, arguments: &LedgerArgs) -> Result<Ending, CliError> {
    let filter = filter(arguments);
    check_period(filter.period)?;
    // Lists of persons, and where evidence lies, are for the office alone.
    if common.audience == Audience::Public {
        if arguments.by == By::Person || filter.person.is_some() {
            return Err(CliError::Persons);
        }
        if arguments.evidence.is_some() {
            return Err(CliError::PublicEvidence);
        }
    }
    let loaded = build::load(&common.options(Drafts::Hidden), &Silent)?;
    known::check(&filter, &loaded)?;
    let lang = common.terminal_lang();
    let words = Catalogue::of(lang);
    let events = || site::sheet(&loaded.entries, &loaded.settings, loaded.audience, lang, &filter);
    if let Some(path) = &arguments.evidence {
        return evidence::write(path, &loaded, &filter, events(), words);
    }
    let out = match (arguments.format, arguments.events) {
        (Format::Csv, false) => figures_table(&loaded, arguments.by, &filter, words).csv().into(),
        (Format::Csv, true) => Table::of(&events(), words).csv().into(),
        (Format::Json, false) => pretty(&as_json(&ledger(&loaded, arguments.by, &filter)))?.into(),
        (Format::Json, true) => pretty(&rows_as_json(&events(), words))?.into(),
        (Format::Xlsx, _) => workbook(&loaded, arguments, &filter, &events(), words)?,
        (_, false) => human(
            &ledger(&loaded, arguments.by, &filter),
            arguments.by,
            &filter,
            &loaded,
            words,
        )
        .into(),
        (_, true) => list(&events(), words).into(),
    };
    let form = match arguments.format {
        Format::Xlsx => Form::File,
        _ => Form::Text,
    };
    deliver(arguments.output.as_deref(), &out, form)?;
    tell_period(&loaded, filter.period, words);
    Ok(Ending::Good)
}

/// Says from when the pages count, where that makes their figures others than these.
fn tell_period(loaded: &Loaded, period: Period, words: &Catalogue) {
    if let (Some(since), None) = (loaded.settings.since, period.since) {
        let note = words.format("ledger.note.since", &[("since", since.to_string())]);
        terminal::tell(note);
    }
}

/// Refuses a period that ends before it begins.
pub(super) fn check_period(period: Period) -> Result<(), CliError> {
    match (period.since, period.until) {
        (Some(since), Some(until)) if since > until => Err(CliError::Period(since, until)),
        _ => Ok(()),
    }
}

fn filter(arguments: &LedgerArgs) -> Filter {
    Filter {
        period: Period {
            since: arguments.since,
            until: arguments.until,
        },
        unit: arguments.unit.as_deref().map(office_name),
        department: arguments.department.as_deref().map(office_name),
        person: arguments.person.clone(),
        line: arguments.line.clone(),
        form: arguments.form,
        level: arguments.level,
        effect: arguments.effect,
        standing: arguments.status,
        unverified: arguments.unverified,
    }
}

fn ledger(loaded: &Loaded, by: By, filter: &Filter) -> adoption::Ledger {
    adoption::filtered(&site::documents(&loaded.entries), &loaded.settings, by, filter)
}

/// The figures as a table whose amounts are in yuan; below them what has no place in the period.
fn figures_table(loaded: &Loaded, by: By, filter: &Filter, words: &Catalogue) -> Table {
    let ledger = ledger(loaded, by, filter);
    let shown = site::measures(loaded.audience, &loaded.entries);
    let mut table = table(&ledger, by, &shown, words, "ledger.column.yuan", amount_cell);
    let columns = table.header.len();
    table.rows.extend(unplaced_row(&ledger, columns, words));
    table
}

/// The events in columns, without those that are too wide for a terminal.
fn list(sheet: &Sheet, words: &Catalogue) -> String {
    if sheet.rows.is_empty() {
        return words.get("ledger.empty").to_owned() + "\n";
    }
    let shown = [
        "sheet.date",
        "sheet.title",
        "sheet.form",
        "sheet.level",
        "sheet.effect",
        "sheet.standing",
        "sheet.reason",
    ];
    let shown = shown.map(|key| words.get(key));
    let kept: Vec<usize> = (0..sheet.header.len())
        .filter(|&at| shown.contains(&sheet.header[at].as_str()))
        .collect();
    let mut table = Table::of(sheet, words);
    let keep = |cells: &Vec<String>| kept.iter().map(|&at| cells[at].clone()).collect::<Vec<_>>();
    table.header.retain(|heading| shown.contains(&heading.as_str()));
    table.rows = table.rows.iter().map(keep).collect();
    table.aligned()
}

/// The events by the headings of the table.
fn rows_as_json(sheet: &Sheet, words: &Catalogue) -> Value {
    let row = |cells: &Vec<site::Cell>| -> Value {
        let fields = sheet.header.iter().zip(cells);
        fields
            .map(|(heading, cell)| (heading.clone(), Value::from(cell.text(words))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json!({ "events": sheet.rows.iter().map(row).collect::<Vec<_>>() })
}

/// A workbook: the figures by the asked property, and the events.
fn workbook(
    loaded: &Loaded,
    arguments: &LedgerArgs,
    filter: &Filter,
    events: &Sheet,
    words: &Catalogue,
) -> Result<Vec<u8>, CliError> {
    let by = arguments.by;
    let shown = site::measures(loaded.audience, &loaded.entries);
    let ledger = ledger(loaded, by, filter);
    let mut figures = figures::sheet(&ledger, by, &shown, words);
    let columns = figures.header.len();
    let note = unplaced_row(&ledger, columns, words).into_iter();
    figures
        .rows
        .extend(note.map(|cells| cells.into_iter().map(Cell::Text).collect()));
    let name = words.format(
        "ledger.sheet.by",
        &[("by", words.get(&format!("ledger.by.{}", by.key())).to_owned())],
    );
    let sheets = [(name.as_str(), &figures), (words.get("sheet.name"), events)];
    // The asked view leads: the events where they were asked for.
    let sheets = if arguments.events {
        [sheets[1], sheets[0]]
    } else {
        sheets
    };
    xlsx::workbook(&sheets, words)
}
