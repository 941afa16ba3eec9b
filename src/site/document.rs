//! The page of one document.

use super::badge::worded;
use super::citation::{citation, office_citation};
use super::facts::{Cell, Facts, Row, Table, facts, rule_key};
use super::laws::{CitedArticle, list_at};
use super::names::href;
use super::shelf::Facet;
use super::templates::{render, value};
use super::words::{Words, shown};
use super::{Entry, Site};
use crate::adoption::deadline::Rule;
use crate::cache::{Key, Recipe};
use crate::markdown::{Heading, Rendered};
use crate::record::State;
use minijinja::{Value, context};
use serde::Serialize;

/// A cell as the template shows it.
#[derive(Serialize)]
struct Shown {
    text: String,
    href: Option<String>,
    badge: Option<&'static str>,
    /// Whether it stays on one line, as a date does.
    keep: bool,
}

#[derive(Serialize)]
struct ShownRow {
    label: &'static str,
    cells: Vec<Shown>,
}

#[derive(Serialize)]
struct ShownTable {
    label: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Vec<Shown>>>,
}

#[derive(Serialize)]
struct Link {
    text: String,
    href: String,
}

#[derive(Serialize)]
struct ShownHeading<'a> {
    level: u8,
    id: &'a str,
    text: &'a str,
}

impl Site<'_> {
    /// Names everything that the page of an entry is made from, but its source and where the links of its body
    /// lead: two pages of one key, source and links are the same. Nothing where it can't be named: such a page is
    /// made each time.
    pub fn document_key(&self, index: usize) -> Option<Key> {
        let stated = serde_json::to_vec(&self.stated(index)).ok()?;
        let recipe = Recipe::of("document page").with(self.shared_key?);
        Some(recipe.with(&self.entries[index].page).with(stated).key())
    }

    /// The page of the entry at an index, around its rendered body.
    pub fn document_page(&self, index: usize, rendered: &Rendered) -> String {
        let entry = &self.entries[index];
        let around = context! {
            headings => value(rendered.headings.iter().map(contents_line).collect::<Vec<_>>()),
            body => Value::from_safe_string(self.body(entry, rendered)),
            gist => rendered.headings.iter().find(|heading| heading.role.as_deref() == Some("要旨")).map(|heading| &heading.id),
            similar => super::likeness::source(entry.document.record(), rendered),
        };
        render(
            &self.templates,
            "document.html",
            context! { ..self.stated(index), ..around },
        )
    }

    /// The body; of a law each article with the way to those who cite it.
    fn body(&self, entry: &Entry, rendered: &Rendered) -> String {
        let mut html = rendered.html.clone();
        for CitedArticle { id, text, href, count } in self.cited_articles(entry) {
            let opening = format!(" id=\"{id}\">");
            let Some(at) = html.find(&opening).map(|at| at + opening.len()) else {
                continue;
            };
            let args = [("article", text), ("n", count.to_string())];
            let (label, shown) = (
                self.words.fill("law.citers_of", &args),
                self.words.with("law.citers", "n", count),
            );
            // The words stand beside the text and are none of it: a style shows them.
            let link = format!("<a class=\"citers\" href=\"{href}\" aria-label=\"{label}\" data-text=\"{shown}\"></a>");
            html.insert_str(at, &link);
        }
        html
    }

    /// What the page of an entry says before and after its body: everything that others may change.
    fn stated(&self, index: usize) -> Value {
        let entry = &self.entries[index];
        let record = entry.document.record();
        let words = self.words;
        let Facts { rows, points, tables } = facts(entry, words);
        let page = Page { site: self, entry };
        let kind = record.kind.key();
        let own = context! {
            title => &record.title,
            description => entry.said().map(|text| excerpt(text, 120)),
            here => kind,
            kind,
            kind_text => words.name(record.kind),
            kind_href => self.shelf.list(Facet::Kind, kind).map(|list| href(&entry.page, &list.file(None))),
            document_badges => value(worded(entry, words)),
            byline => byline(entry),
            summary => record.summary.as_deref(),
            state => state_line(entry, self.now, self.settings.holidays.is_empty(), words),
            superseded_by => entry.superseded_by.map(|other| value(page.link(other))),
            life => value(self.life_line(index)),
            chain => value(self.timeline(index)),
            rows => value(rows.into_iter().filter_map(|row| page.row(row)).collect::<Vec<_>>()),
            points => value(points.into_iter().filter_map(|row| page.row(row)).collect::<Vec<_>>()),
            tables => value(tables.into_iter().map(|table| page.table(table)).collect::<Vec<_>>()),
        };
        let around = context! {
            laws => value(self.cited_laws(&entry.page, &entry.laws)),
            articles => value(self.cited_articles(entry)),
            // Where the links of its body lead, so that they are among what the page is made from.
            numbers => value(self.numbers(entry)),
            has_articles => !entry.articles.is_empty(),
            cites => value(entry.cites.iter().map(|&other| page.link(other)).collect::<Vec<_>>()),
            cited_by => value(entry.cited_by.iter().map(|&other| page.link(other)).collect::<Vec<_>>()),
            citation => citation(record),
            office_citation => office_citation(record),
            source => entry.source.as_ref().map(|source| href(&entry.page, source)),
            content_lang => self.content_lang(),
        };
        context! { ..self.frame(&entry.page), ..own, ..around }
    }
}

/// A document's page while it is made: where its links start from.
struct Page<'a> {
    site: &'a Site<'a>,
    entry: &'a Entry,
}

impl Page<'_> {
    /// A link to another document.
    fn link(&self, index: usize) -> Link {
        let other = &self.site.entries[index];
        Link {
            text: other.document.record().title.clone(),
            href: href(&self.entry.page, &other.page),
        }
    }

    /// A row, unless everything that it names is missing here.
    fn row(&self, row: Row) -> Option<ShownRow> {
        let cells = self.cells(row.cells);
        (!cells.is_empty()).then_some(ShownRow {
            label: row.label,
            cells,
        })
    }

    fn table(&self, table: Table) -> ShownTable {
        ShownTable {
            label: self.site.words.get(table.label),
            columns: table
                .columns
                .into_iter()
                .map(|column| self.site.words.get(column))
                .collect(),
            rows: table
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(|cells| self.cells(cells)).collect())
                .collect(),
        }
    }

    /// Cells as shown; a document that isn't there or isn't in this audience leaves no trace.
    fn cells(&self, cells: Vec<Cell>) -> Vec<Shown> {
        cells.into_iter().filter_map(|cell| self.cell(cell)).collect()
    }

    fn cell(&self, cell: Cell) -> Option<Shown> {
        match cell {
            Cell::Text { text, list } => {
                let list = list.and_then(|(facet, value)| self.site.shelf.list(facet, &value));
                Some(Shown {
                    keep: is_date(&text),
                    text,
                    href: list.map(|list| list_at(&self.entry.page, list)),
                    badge: None,
                })
            }
            Cell::Document(id) => self.site.find(&id).map(|index| {
                let Link { text, href } = self.link(index);
                Shown {
                    text,
                    href: Some(href),
                    badge: None,
                    keep: false,
                }
            }),
            Cell::Word { text, badge } => Some(Shown {
                text,
                href: None,
                badge,
                keep: false,
            }),
        }
    }
}

/// Whether a text is a date as pages write it: 2024-03-05.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Unit and date under the title.
fn byline(entry: &Entry) -> Vec<String> {
    let record = entry.document.record();
    record.units.iter().cloned().chain(record.date.map(shown)).collect()
}

/// The state of a recommendation on the reference day, and until when a reply is awaited.
fn state_line(entry: &Entry, now: jiff::civil::Date, no_holidays: bool, words: Words) -> Option<String> {
    let state = entry.state?;
    let mut line = words
        .with("state.on", "date", now)
        .replace("{state}", &words.name(state));
    if let (Some(due), State::Delivered | State::Overdue | State::Objected) = (entry.due, state) {
        line += &words
            .with("state.due", "date", due.date)
            .replace("{rule}", words.get(rule_key(due.rule)));
        if no_holidays && due.rule != Rule::Stated {
            line += words.get("state.no-holidays");
        }
    }
    Some(line)
}

fn contents_line(heading: &Heading) -> ShownHeading<'_> {
    ShownHeading {
        level: heading.level,
        id: &heading.id,
        text: &heading.text,
    }
}

/// The beginning of a text, at most so many characters, with an ellipsis where it is cut.
pub(super) fn excerpt(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}……", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
