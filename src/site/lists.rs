//! The pages that lead to documents: the overview and the lists.

use super::badge::{Badge, worded};
use super::document::excerpt;
use super::names::href;
use super::shelf::{Facet, List};
use super::templates::{render, value};
use super::words::shown;
use super::{Entry, Site};
use crate::record::Kind;
use minijinja::{Value, context};
use rayon::prelude::*;
use serde::Serialize;
use std::io;

/// The page for an address that isn't there.
const NOT_FOUND: &str = "404.html";

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
}

impl Site<'_> {
    /// Renders home, the overviews, the lists and the boards, in a fixed order, into a sink of path and page.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn pages(&self, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        sink("index.html".to_owned(), self.home())?;
        sink("novelty.html".to_owned(), self.novelty())?;
        sink("lists/index.html".to_owned(), self.overview(None))?;
        for facet in Facet::ALL
            .into_iter()
            .skip(1)
            .filter(|facet| *facet != Facet::Law && !self.shelf.of(*facet).is_empty())
        {
            sink(overview_file(Some(facet)), self.overview(Some(facet)))?;
        }
        let jobs: Vec<(Facet, &List, Option<usize>)> = Facet::ALL
            .into_iter()
            .flat_map(|facet| self.shelf.of(facet).iter().map(move |list| (facet, list)))
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
                sink(list.file(*number), page)?;
            }
        }
        self.law_pages(sink)?;
        sink(NOT_FOUND.to_owned(), self.not_found())?;
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

    /// The page of all facets, or of one with all its values.
    fn overview(&self, facet: Option<Facet>) -> String {
        let from = overview_file(facet);
        let blocks = match facet {
            Some(facet) => vec![self.block(&from, facet, usize::MAX)],
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
            here => if facet == Facet::Kind { list.value.as_str() } else { "lists" },
            heading => &heading,
            facet_text => self.words.find(&format!("facet.{}", facet.key())),
            facet_href => (facet != Facet::All).then(|| href(&from, &overview_file(Some(facet)))),
            total => list.entries.len(),
            number,
            newer,
            older,
            cards => value(list.page(number).map(|index| self.card(&from, index)).collect::<Vec<_>>()),
        };
        render(&self.templates, "list.html", context! { ..self.frame(&from), ..own })
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
        }
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

    pub(super) fn card(&self, from: &str, index: usize) -> Card<'_> {
        let entry = &self.entries[index];
        let record = entry.document.record();
        Card {
            href: href(from, &entry.page),
            title: &record.title,
            lang: self.content_lang(),
            excerpt: record.summary.as_deref().map(|summary| excerpt(summary, EXCERPT)),
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
