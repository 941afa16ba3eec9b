//! The corpus for other programs: a record a document, for whatever reads JSON, for a reference manager, for a spreadsheet.
//!
//! Everything is made from what the index takes of a cleared document, so that another program is given what ours
//! searches, and nothing that the audience doesn't see. `docs/record.schema.json` describes a record.

mod bibtex;
pub(crate) mod docx;

pub(crate) use bibtex::bibtex;

use crate::index::document::{IndexDocument, Passage};
use crate::index::facet::{FILTERS, Filter, Looks};
use serde::{Serialize, Serializer};

/// What is known of one document besides its texts.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'a> {
    /// Id: the path below the corpus, without its extension.
    pub id: &'a str,
    /// `report`, `case`, `recommendation` or `topic`.
    pub kind: &'a str,
    pub title: &'a str,
    /// ISO date; left out where there is none, as are all fields below without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Facet values, then canonical numbers (own and cited) and articles cited (`刑法#264条`).
    #[serde(flatten)]
    pub columns: Columns<'a>,
    /// 摘要 and 要旨.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub summary: &'a [String],
    /// 关键词, tags and causes.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub keywords: &'a [String],
    /// Its page, relative to the site's root, percent-encoded.
    pub url: &'a str,
}

/// What a document has in the columns of filters; one without a value is left out.
#[derive(Debug)]
pub(crate) struct Columns<'a>(&'a IndexDocument);

impl<'a> Columns<'a> {
    fn of(&self, filter: &Filter) -> &'a [String] {
        match filter.looks {
            Looks::Number => &self.0.numbers,
            Looks::Law => &self.0.laws,
            _ => self.0.facets.of(filter),
        }
    }
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The kind stands before the title.
        let columns = FILTERS.iter().filter(|filter| filter.column != "kind");
        let columns = columns.map(|filter| (filter.column, self.of(filter)));
        serializer.collect_map(columns.filter(|(_, values)| !values.is_empty()))
    }
}

/// A record with its texts.
#[derive(Debug, Serialize)]
pub(crate) struct Full<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    /// Headings of the body.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    headings: &'a [String],
    /// The body as the page shows it, a passage a line.
    body: String,
    /// Every other text that the page shows as the document's own.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    extra: &'a [String],
    /// The body's passages with their sections and their places in the page.
    passages: Vec<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    section: &'a str,
    anchor: &'a str,
    text: &'a str,
}

impl<'a> Place<'a> {
    fn of(passage: &'a Passage) -> Self {
        Self {
            section: &passage.section,
            anchor: &passage.anchor,
            text: &passage.text,
        }
    }
}

/// The record of a document.
pub(crate) fn record(document: &IndexDocument) -> Record<'_> {
    let facets = &document.facets;
    Record {
        id: &document.id,
        kind: &facets.kind,
        title: &document.title,
        date: facets.date.and_then(iso),
        year: facets.year,
        columns: Columns(document),
        summary: &document.summary,
        keywords: &document.keywords,
        url: &document.meta.url,
    }
}

/// The record of a document with its texts.
pub(crate) fn full(document: &IndexDocument) -> Full<'_> {
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    Full {
        record: record(document),
        headings: &document.headings,
        body: texts.join("\n"),
        extra: &document.extra,
        passages: document.blocks.iter().map(Place::of).collect(),
    }
}

/// Columns of a list for spreadsheets.
pub(crate) const COLUMNS: [&str; 13] = [
    "id",
    "kind",
    "title",
    "date",
    "unit",
    "department",
    "author",
    "line",
    "cause",
    "tag",
    "level",
    "number",
    "url",
];

/// The cells of a document in [`COLUMNS`]; several values are separated by `；`.
pub(crate) fn cells(document: &IndexDocument) -> Vec<String> {
    let (record, facets) = (record(document), &document.facets);
    let list = |values: &[String]| values.join("；");
    vec![
        record.id.to_owned(),
        record.kind.to_owned(),
        record.title.to_owned(),
        record.date.unwrap_or_default(),
        list(&facets.unit),
        list(&facets.department),
        list(&facets.author),
        list(&facets.line),
        list(&facets.cause),
        list(&facets.tag),
        list(&facets.level),
        list(&document.numbers),
        record.url.to_owned(),
    ]
}

/// The ISO date of a number of days since 1970-01-01.
fn iso(days: i32) -> Option<String> {
    let day = jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::document::Facets;

    #[test]
    fn days_are_dates() {
        for (days, date) in [(0, "1970-01-01"), (19_787, "2024-03-05"), (-1, "1969-12-31")] {
            assert_eq!(iso(days).as_deref(), Some(date));
        }
        assert_eq!(iso(i32::MAX), None);
    }

    #[test]
    fn what_a_document_lacks_its_record_leaves_out() {
        let document = IndexDocument {
            id: "甲".into(),
            facets: Facets {
                kind: "report".into(),
                ..Facets::default()
            },
            ..IndexDocument::default()
        };
        let json = serde_json::to_string(&record(&document)).unwrap();
        assert_eq!(json, r#"{"id":"甲","kind":"report","title":"","url":""}"#);
    }
}
