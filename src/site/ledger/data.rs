//! The ledger's data for its script: reports with their events, and whatever has a figure of 成效.
//!
//! The script computes every total from these, by the rules of [`crate::adoption::count`]; the
//! tests hold the two together. Files are named by their content, so that a page that is open while
//! another generation is put in place never adds up parts of two.

use crate::adoption::outcome::Deciding;
use crate::adoption::{Event, Reason, count::is_written, events};
use crate::audience::Audience;
use crate::record::date::Day;
use crate::record::{Effect, Level, Located, Quantity};
use crate::settings::Settings;
use crate::site::{Entry, shown};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Documents a file, so that an edit touches one small file.
const PART: usize = 400;

/// The data files: name and script. A new document changes the last ones alone.
pub(super) fn parts(entries: &[Entry], audience: Audience, settings: &Settings) -> Vec<(String, String)> {
    let all: Vec<Value> = entries
        .iter()
        .filter_map(|entry| document(entry, audience, settings))
        .collect();
    all.chunks(PART)
        .map(|part| {
            let script = format!("jianyan.ledger.take({});\n", Value::from(part.to_vec()));
            let hash = blake3::hash(script.as_bytes()).to_hex();
            (format!("ledger-{}.js", &hash[..16]), script)
        })
        .collect()
}

/// What one document adds, as the script reads it; `None` for a document that can't add to any figure.
///
/// `[title, page, file, date, units, departments, authors, lines, what those roll up to, written, line of 文种, line of
/// the date, people, amount, events, elsewhere, versions]`; dates as shown, lines 0 where there is none. `elsewhere` is 1
/// where the report counts in another version, `versions` are the deciding events of the others: `[form, level, effect,
/// whether there is evidence]`.
fn document(entry: &Entry, audience: Audience, settings: &Settings) -> Option<Value> {
    let record = entry.document.record();
    let internal = audience == Audience::Internal;
    let events: Vec<Value> = events::of_report(0, record, &entry.outcome)
        .iter()
        .map(|event| self::event(entry, event, internal))
        .collect();
    let written = is_written(record, &entry.outcome, settings);
    let benefit = |figure: &Option<Located<Quantity>>, elsewhere: bool| {
        let figure = figure.as_ref().filter(|_| !elsewhere)?;
        let line = if internal { figure.line } else { 0 };
        Some(json!([figure.value.value, u8::from(figure.value.at_least), line]))
    };
    let counted = &entry.outcome.counted;
    let people = benefit(&record.benefits.people, counted.people_elsewhere);
    let amount = benefit(&record.benefits.amount, counted.amount_elsewhere);
    let groups: BTreeSet<&String> = record
        .lines
        .iter()
        .filter_map(|line| settings.line_groups.get(line))
        .collect();
    let adds = written || !events.is_empty() || people.is_some() || amount.is_some();
    if record.draft || entry.outcome.is_copy() || !adds {
        return None;
    }
    let versions: Vec<Value> = entry.outcome.versions.iter().map(version).collect();
    let line = |key: &str| record.key_lines.get(key).unwrap_or(0);
    // Lists of persons and the files of the corpus are for the office alone.
    let authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
    Some(json!([
        record.title,
        entry.page,
        if internal { record.file.as_str() } else { "" },
        day(record.date),
        record.units,
        record.departments,
        if internal { authors } else { Vec::new() },
        record.lines,
        groups,
        u8::from(written),
        line("genre"),
        line("date"),
        people,
        amount,
        events,
        u8::from(entry.outcome.elsewhere),
        versions,
    ]))
}

/// An event of another version that gives a report its standing.
fn version(event: &Deciding) -> Value {
    json!([
        event.form.key(),
        event.level.map_or("", Level::key),
        event.effect.map_or("", Effect::key),
        u8::from(event.evidence),
    ])
}

/// `[date, form, level, authority, effect, document, evidence, standing, reason, its effect, line, file, day, instrument,
/// its day]`; the day is that by which it counts, the instrument what tells a 批示 from others, and from when it is.
/// Evidence is `null` where there is none; the public knows that there is, and not where. The file is
/// that of the evidence below the site, or its URL.
fn event(entry: &Entry, event: &Event, internal: bool) -> Value {
    let about = match event.reason {
        Reason::Below(least) => least.key().to_owned(),
        _ => String::new(),
    };
    let instrument = entry.outcome.counted.instruments.get(event.at).and_then(Option::as_ref);
    let fact = event.event;
    json!([
        day(fact.date),
        fact.form.key(),
        fact.level.map_or("", Level::key),
        fact.authority,
        fact.effect.map_or("", Effect::key),
        fact.document,
        fact.evidence,
        event.standing as u8,
        event.reason.key(),
        about,
        if internal { fact.line } else { 0 },
        evidence_target(entry, event),
        day(event.day),
        instrument.map(|instrument| &instrument.key),
        day(instrument.and_then(|instrument| instrument.day)),
    ])
}

/// Where the evidence of an event can be opened: its file below the site, or its URL.
pub(super) fn evidence_target<'a>(entry: &'a Entry, event: &Event<'a>) -> Option<&'a str> {
    let text = event.event.evidence.as_deref();
    let url = text.filter(|text| text.starts_with("https://") || text.starts_with("http://"));
    entry.evidence.get(event.at).and_then(Option::as_deref).or(url)
}

fn day(day: Option<Day>) -> String {
    day.map(shown).unwrap_or_default()
}
