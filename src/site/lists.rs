//! The pages that lead to documents: the overview and the lists.

use super::badge::{Badge, worded};
use super::document::excerpt;
use super::names::{encoded, href};
use super::shelf::{Facet, List};
use super::templates::{render, value};
use super::words::shown;
use super::{Entry, Site};
use crate::record::Kind;
use crate::sink::Sink;
use crate::text::sound::reading;
use minijinja::{Value, context};
use rayon::prelude::*;
use serde::Serialize;
use std::io;

/// The page for an address that isn't there.
const NOT_FOUND: &str = "404.html";

/// The page of what a reader has put by, and its template.
const BASKET: &str = "basket.html";

/// Values of a facet on the overview before it refers to the facet's own page.
const LONG: usize = 60;

/// Characters of a summary on a card.
const EXCERPT: usize = 110;

/// A document in a list.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    href: String,
    title: &'a str,
    lang: Option<&'static str>,
    excerpt: Option<String>,
    kind: &'static str,
    kind_text: String,
    badges: Vec<Badge>,
    meta: Vec<String>,
}

/// A value with its list.
#[derive(Serialize)]
pub(super) struct ListLink {
    key: String,
    text: String,
    href: String,
    count: usize,
}

/// A facet with its lists, or the first of them.
#[derive(Serialize)]
pub(super) struct FacetBlock {
    key: &'static str,
    text: String,
    href: String,
    pub total: usize,
    more: bool,
    pub lists: Vec<ListLink>,
    /// The same by the first letter of their reading, on the page of all units, departments or persons.
    letters: Vec<(String, Vec<ListLink>)>,
}

impl Site<'_> {
    /// Renders home, the overviews, the lists and the boards, in a fixed order, into a sink of path and page.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn pages(&self, sink: &dyn Sink) -> io::Result<()> {
        sink.text("index.html", self.home())?;
        sink.text("novelty.html", self.novelty())?;
        sink.text(BASKET, self.basket())?;
        if !self.is_asked_elsewhere() {
            // It judges by the files that browsers search by.
            sink.text("verify.html", self.verify())?;
        }
        sink.text("lists/index.html", self.overview(None))?;
        for facet in Facet::ALL
            .into_iter()
            .skip(1)
            .filter(|facet| *facet != Facet::Law && !self.shelf.of(*facet).is_empty())
        {
            let page = match facet {
                Facet::Year => self.years(),
                _ => self.overview(Some(facet)),
            };
            sink.text(&overview_file(Some(facet)), page)?;
        }
        let jobs: Vec<(Facet, &List, Option<usize>)> = Facet::ALL
            .into_iter()
            .flat_map(|facet| self.shelf.of(facet).iter().map(move |list| (facet, list)))
            .filter(|(_, list)| list.has_pages)
            .flat_map(|(facet, list)| {
                (1..=list.numbered())
                    .map(Some)
                    .chain([None])
                    .map(move |number| (facet, list, number))
            })
            .collect();
        // In portions, so that few pages are in memory at a time.
        for portion in jobs.chunks(128) {
            let pages: Vec<String> = portion
                .par_iter()
                .map(|(facet, list, number)| self.list(*facet, list, *number))
                .collect();
            for ((_, list, number), page) in portion.iter().zip(pages) {
                sink.text(&list.file(*number), page)?;
            }
        }
        self.law_pages(sink)?;
        sink.text(NOT_FOUND, self.not_found())?;
        self.feeds(sink)?;
        self.boards(sink)
    }

    /// What a server shows for an address that isn't there: it searches. Such a page stands at any depth, so its
    /// links start from the base URL's path where one is given, and from the root of the site otherwise.
    fn not_found(&self) -> String {
        let base = self.settings.base_url.as_deref().map(base_path);
        let own = context! { title => self.words.get("missing.title"), here => "missing", base };
        render(&self.templates, "404.html", context! { ..self.frame(NOT_FOUND), ..own })
    }

    /// The page of what a reader has put by.
    fn basket(&self) -> String {
        let own = context! { title => self.words.get("basket.title"), here => "basket" };
        render(&self.templates, BASKET, context! { ..self.frame(BASKET), ..own })
    }

    /// The page of all facets, or of one with all its values.
    fn overview(&self, facet: Option<Facet>) -> String {
        let from = overview_file(facet);
        let blocks = match facet {
            Some(facet) => vec![FacetBlock {
                letters: self.by_letter(&from, facet),
                ..self.block(&from, facet, usize::MAX)
            }],
            None => Facet::ALL
                .into_iter()
                .skip(1)
                .filter(|facet| *facet != Facet::Law)
                .map(|facet| self.block(&from, facet, LONG))
                .filter(|block| block.total > 0)
                .collect(),
        };
        let heading = match facet {
            Some(facet) => self.words.find(&format!("facet.{}", facet.key())),
            None => self.words.get("page.lists").to_owned(),
        };
        let all = self
            .shelf
            .list(Facet::All, "")
            .map(|list| self.list_link(&from, Facet::All, list));
        let own = context! {
            title => &heading,
            here => "lists",
            heading => &heading,
            crumbs => facet.is_some(),
            all => value(all.filter(|_| facet.is_none())),
            facets => value(blocks),
        };
        render(
            &self.templates,
            "overview.html",
            context! { ..self.frame(&from), ..own },
        )
    }

    /// One page of one list; `None` is its first, with the newest entries.
    fn list(&self, facet: Facet, list: &List, number: Option<usize>) -> String {
        let from = list.file(number);
        let heading = self.value_text(facet, &list.value);
        let last = list.numbered();
        let to = |number: Option<usize>| href(&from, &list.file(number));
        let newer = number.map(|number| to((number < last).then_some(number + 1)));
        let older = match number {
            Some(number) => (number > 1).then(|| to(Some(number - 1))),
            None => (last > 0).then(|| to(Some(last))),
        };
        let own = context! {
            title => &heading,
            here => match facet {
                Facet::Kind => list.value.as_str(),
                Facet::Law => "laws",
                _ => "lists",
            },
            heading => &heading,
            crumbs => self.crumbs(&from, facet, list),
            total => list.entries.len(),
            source => (facet == Facet::Law).then(|| self.article_source(&from, list)),
            number,
            search => self.search_for(&from, facet, list),
            newer,
            older,
            cards => value(list.page(number).map(|index| self.card(&from, index, EXCERPT)).collect::<Vec<_>>()),
        };
        render(&self.templates, "list.html", context! { ..self.frame(&from), ..own })
    }

    /// The pages above a list, from the outermost: the overview and its facet, or all laws and the article's law.
    fn crumbs(&self, from: &str, facet: Facet, list: &List) -> Vec<Value> {
        let crumb = |file: &str, text: String| context! { href => href(from, file), text };
        let lists = || crumb(&overview_file(None), self.words.get("page.lists").to_owned());
        match facet {
            Facet::All => vec![lists()],
            Facet::Law => vec![
                crumb(super::laws::PAGE, self.words.get("page.laws").to_owned()),
                crumb(
                    &super::laws::law_page(list),
                    super::law_term::parts(&list.value).0.to_owned(),
                ),
            ],
            _ => {
                let text = self.words.find(&format!("facet.{}", facet.key()));
                vec![lists(), crumb(&overview_file(Some(facet)), text)]
            }
        }
    }

    /// A facet with its first lists.
    pub(super) fn block(&self, from: &str, facet: Facet, limit: usize) -> FacetBlock {
        let lists = self.shelf.of(facet);
        FacetBlock {
            key: facet.key(),
            text: self.words.find(&format!("facet.{}", facet.key())),
            href: href(from, &overview_file(Some(facet))),
            total: lists.len(),
            more: lists.len() > limit,
            lists: lists
                .iter()
                .take(limit)
                .map(|list| self.list_link(from, facet, list))
                .collect(),
            letters: Vec::new(),
        }
    }

    /// The lists of units, departments or persons as one looks a name up: by the sound of it. None for other facets.
    fn by_letter(&self, from: &str, facet: Facet) -> Vec<(String, Vec<ListLink>)> {
        if !matches!(facet, Facet::Unit | Facet::Department | Facet::Person) {
            return Vec::new();
        }
        let reading = |list: &List| reading(&list.value, facet == Facet::Person);
        let mut lists: Vec<(String, &List)> = self.shelf.of(facet).iter().map(|list| (reading(list), list)).collect();
        lists.sort_by(|a, b| (&a.0, &a.1.value).cmp(&(&b.0, &b.1.value)));
        let letter = |reading: &str| match reading.chars().next() {
            Some(first) if first.is_ascii_lowercase() => first.to_ascii_uppercase().to_string(),
            _ => "#".to_owned(),
        };
        lists
            .chunk_by(|a, b| letter(&a.0) == letter(&b.0))
            .map(|group| {
                let links = group.iter().map(|(_, list)| self.list_link(from, facet, list));
                (letter(&group[0].0), links.collect())
            })
            .collect()
    }

    /// The search for what a list holds, where results are sorted and narrowed; facets that search has none of
    /// are asked for by their filter.
    fn search_for(&self, from: &str, facet: Facet, list: &List) -> Option<String> {
        let query = match facet {
            Facet::All => return None,
            Facet::Kind
            | Facet::Line
            | Facet::Unit
            | Facet::Department
            | Facet::Tag
            | Facet::Year
            | Facet::Series
            | Facet::Folder => {
                format!("{}={}", facet.key(), encoded(&list.value))
            }
            Facet::Person => format!("q={}", encoded(&format!("author:\"{}\"", list.value))),
            Facet::Cause => format!("q={}", encoded(&format!("\"{}\"", list.value))),
            Facet::Law => format!("q={}", encoded(&format!("law:{}", super::laws::named(&list.value)))),
        };
        Some(format!("{}#{query}&sort=date", href(from, "index.html")))
    }

    fn list_link(&self, from: &str, facet: Facet, list: &List) -> ListLink {
        ListLink {
            key: list.value.clone(),
            text: self.value_text(facet, &list.value),
            href: href(from, &list.file(None)),
            count: list.entries.len(),
        }
    }

    /// A value as pages show it.
    fn value_text(&self, facet: Facet, value: &str) -> String {
        match facet {
            Facet::All => self.words.get("facet.all").to_owned(),
            Facet::Kind => Kind::parse(value).map_or_else(|| value.to_owned(), |kind| self.words.name(kind)),
            Facet::Year => self.words.with("list.year", "year", value),
            Facet::Law => super::laws::named(value),
            _ => value.to_owned(),
        }
    }

    pub(super) fn card(&self, from: &str, index: usize, characters: usize) -> Card<'_> {
        let entry = &self.entries[index];
        let record = entry.document.record();
        Card {
            href: href(from, &entry.page),
            title: &record.title,
            lang: self.content_lang(),
            excerpt: entry.said().map(|text| excerpt(text, characters)),
            kind: record.kind.key(),
            kind_text: self.words.name(record.kind),
            badges: worded(entry, self.words),
            meta: meta(entry),
        }
    }

    /// What every page of the site has in common, seen from one of them.
    pub(super) fn frame(&self, from: &str) -> Value {
        context! { root => "../".repeat(from.matches('/').count()) }
    }
}

/// Unit, lines and date of a card.
fn meta(entry: &Entry) -> Vec<String> {
    let record = entry.document.record();
    let lines = (!record.lines.is_empty()).then(|| record.lines.join("、"));
    record
        .units
        .iter()
        .cloned()
        .chain(lines)
        .chain(record.date.map(shown))
        .collect()
}

/// The path of a base URL: `/kb/` of `https://example.org/kb/`.
fn base_path(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or("/", |at| &url[host + at..])
}

/// The page that lists the values of a facet; `None` is the page of all facets.
fn overview_file(facet: Option<Facet>) -> String {
    match facet {
        Some(Facet::Law) => super::laws::PAGE.to_owned(),
        Some(facet) => format!("lists/{}/index.html", facet.key()),
        None => "lists/index.html".to_owned(),
    }
}
