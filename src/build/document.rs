//! What the index takes of an entry.

use super::{Loaded, authority};
use crate::adoption::{self, Standing, case_honour};
use crate::audience::Audience;
use crate::index::document::{Facets, IndexDocument, Meta, Passage};
use crate::markdown::{self, Block, Heading, Rendered};
use crate::record::{self, Detail, Kind, Record};
use crate::site::{self, Entry};
use crate::text::number;
use std::collections::BTreeSet;

/// Sections whose text is weighed as a summary.
const SUMMARY_ROLES: [&str; 2] = ["要旨", "裁判要点"];
/// Gathers what the index takes of one document.
pub(super) fn index_document(entry: &Entry, rendered: &Rendered, loaded: &Loaded) -> IndexDocument {
    let record = entry.document.record();
    let extra = site::searchable_extra(entry);
    let mut summary: Vec<String> = record.summary.iter().cloned().collect();
    summary.extend(site::section_texts(rendered, &SUMMARY_ROLES));
    let blocks = passages(rendered);
    IndexDocument {
        id: record.id.clone(),
        title: record.title.clone(),
        summary,
        keywords: site::keywords(record, rendered),
        headings: rendered.headings.iter().map(|heading| heading.text.clone()).collect(),
        numbers: numbers(record, &blocks, &extra),
        laws: laws(entry, rendered),
        blocks,
        extra,
        facets: facets(entry),
        meta: meta(entry),
        authority: authority::of(entry, rendered),
        ledger: ledger(entry, loaded),
    }
}

/// What a document adds to the ledger. Rows of persons are for the office alone.
fn ledger(entry: &Entry, loaded: &Loaded) -> Vec<String> {
    let persons = loaded.audience == Audience::Internal;
    let counts = adoption::kept(entry.document.record(), &entry.outcome, &loaded.settings, persons);
    // Plain structures of strings: serde_json has no way to fail on them.
    let json = |count| serde_json::to_string(count).unwrap_or_default();
    counts.iter().map(json).collect()
}

/// The blocks of a page; the cells of a table's row, which share its id, are one passage of a line each.
fn passages(rendered: &Rendered) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::with_capacity(rendered.blocks.len());
    for Block { section, anchor, text } in &rendered.blocks {
        match out.last_mut() {
            Some(row) if !anchor.is_empty() && row.anchor == *anchor => {
                row.text.push('\n');
                row.text.push_str(text);
            }
            _ => out.push(Passage {
                section: section
                    .map(|index| label(&rendered.headings[index]))
                    .unwrap_or_default(),
                anchor: anchor.clone(),
                text: text.clone(),
            }),
        }
    }
    out
}

/// What the index takes of an entry besides its source and its rendering: what settings and other documents may
/// change.
///
/// # Errors
/// As the serializer's.
pub(super) fn derived(entry: &Entry, loaded: &Loaded) -> serde_json::Result<Vec<u8>> {
    let ledger = ledger(entry, loaded);
    let replaced = entry.superseded_by.is_some();
    serde_json::to_vec(&(
        site::searchable_extra(entry),
        facets(entry),
        meta(entry),
        ledger,
        replaced,
    ))
}

/// The articles that a document cites; of a law its own, too, and unless another has taken its place that it is it.
fn laws(entry: &Entry, rendered: &Rendered) -> Vec<String> {
    let record = entry.document.record();
    let mut terms = site::law_terms(record, rendered);
    if !entry.articles.is_empty() {
        let name = markdown::law_name(&record.title);
        let own = entry.articles.iter().map(|article| format!("{name}#{article}"));
        let own: Vec<String> = own.filter(|term| !terms.contains(term)).collect();
        terms.extend(own);
        terms.extend(entry.superseded_by.is_none().then(|| IndexDocument::holder(&name)));
    }
    terms
}

/// What a result calls a section: 要旨 where the page has 【要 旨】, but never by another name than the page's own
/// (基本情况 is not 基本案情 to its author).
fn label(heading: &Heading) -> String {
    let plain: String = heading
        .text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"【】".contains(*letter))
        .collect();
    match &heading.role {
        Some(role) if plain.ends_with(role) => role.clone(),
        _ => heading.text.clone(),
    }
}

/// Canonical numbers, own and cited, in order of appearance.
fn numbers(record: &Record, blocks: &[Passage], extra: &[String]) -> Vec<String> {
    let texts = std::iter::once(&record.title)
        .chain(extra)
        .chain(blocks.iter().map(|block| &block.text));
    // Every number ends with 号: most blocks need no second look.
    texts
        .filter(|text| text.contains(['号', '號']))
        .flat_map(|text| number::numbers_in(text))
        .collect()
}

fn facets(entry: &Entry) -> Facets {
    let record = entry.document.record();
    let honour = if record.kind == Kind::Case {
        case_honour(record)
    } else {
        None
    };
    let forms: BTreeSet<&str> = match &record.detail {
        Detail::Report(report) => report
            .adoptions
            .iter()
            .zip(&entry.outcome.events)
            .filter(|(_, standing)| **standing == Standing::Adopted)
            .map(|(event, _)| event.form.key())
            .collect(),
        _ => BTreeSet::new(),
    };
    Facets {
        kind: record.kind.key().to_owned(),
        unit: record.units.clone(),
        department: record.departments.clone(),
        author: site::people(record),
        line: record.lines.clone(),
        tag: record.tags.clone(),
        cause: record.causes.clone(),
        series: record::series(record),
        folder: record::folder(record).into_iter().collect(),
        court: record::court(record).into_iter().collect(),
        case_type: record::case_type(record).into_iter().collect(),
        level: entry
            .outcome
            .highest
            .iter()
            .map(|level| level.key().to_owned())
            .collect(),
        form: forms.into_iter().map(str::to_owned).collect(),
        rank: honour.iter().map(|(_, rank)| rank.key().to_owned()).collect(),
        case_level: honour
            .iter()
            .filter_map(|(honour, _)| honour.level)
            .map(|level| level.key().to_owned())
            .collect(),
        state: entry.state.iter().map(|state| state.key().to_owned()).collect(),
        year: record.date.map(|day| day.date.year()),
        date: record.date.map(|day| days_since_epoch(day.date)),
    }
}

fn days_since_epoch(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).map_or(0, |span| span.get_days())
}

fn meta(entry: &Entry) -> Meta {
    let record = entry.document.record();
    Meta {
        id: record.id.clone(),
        title: record.title.clone(),
        kind: record.kind.key().to_owned(),
        url: site::href("index.html", &entry.page),
        date: record.date.map(|day| day.to_string()).unwrap_or_default(),
        unit: record.units.clone(),
        line: record.lines.clone(),
        badges: site::badges(entry).into_iter().map(str::to_owned).collect(),
    }
}
