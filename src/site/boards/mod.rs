//! The boards: what became of the work, page by page, below `boards/`.
//!
//! Every figure comes from [`crate::adoption`], and every figure leads to the documents that it
//! counts. People, rankings and targets are the office's own: no public site has their pages.

mod calendar;
mod chart;
mod dossiers;
mod figures;
mod honours;
mod overview;
mod ranking;
mod replies;
mod targets;
mod topics;

use super::ledger::PAGE as LEDGER;
use super::names::href;
use super::templates::render;
use super::words::shown;
use super::{Entry, Site};
use crate::adoption::{Outcome, Period};
use crate::audience::Audience;
use crate::record::{Detail, Record};
use crate::settings::Settings;
use crate::sink::Sink;
use dossiers::Dossier;
use minijinja::{Value, context};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
pub(super) use replies::{SOON, urgency};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// What the value of a filter keeps besides letters and digits.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// A board, in the order of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Board {
    Ledger,
    Overview,
    Replies,
    Honours,
    Topics,
    Targets,
    People,
    Departments,
    Ranking,
}

impl Board {
    const ALL: [Board; 9] = [
        Board::Ledger,
        Board::Overview,
        Board::Replies,
        Board::Honours,
        Board::Topics,
        Board::Targets,
        Board::People,
        Board::Departments,
        Board::Ranking,
    ];

    /// Its name after `board.` in the catalogue.
    fn key(self) -> &'static str {
        match self {
            Board::Ledger => "ledger",
            Board::Overview => "overview",
            Board::Replies => "replies",
            Board::Honours => "honours",
            Board::Topics => "topics",
            Board::Targets => "targets",
            Board::People => "people",
            Board::Departments => "departments",
            Board::Ranking => "ranking",
        }
    }

    /// Its page below the site.
    pub(super) fn file(self) -> &'static str {
        match self {
            Board::Ledger => LEDGER,
            Board::Overview => "boards/overview.html",
            Board::Replies => "boards/replies.html",
            Board::Honours => "boards/honours.html",
            Board::Topics => "boards/topics.html",
            Board::Targets => "boards/targets.html",
            Board::People => "boards/people/index.html",
            Board::Departments => "boards/departments/index.html",
            Board::Ranking => "boards/ranking.html",
        }
    }

    /// Whether there is anything to show on it: a page without content has no link and isn't written.
    fn has_content(self, settings: &Settings, audience: Audience, entries: &[Entry]) -> bool {
        let any = |holds: &dyn Fn(&Record) -> bool| entries.iter().any(|entry| holds(entry.document.record()));
        let internal = audience == Audience::Internal;
        match self {
            Board::Ledger => any(&|record| matches!(record.detail, Detail::Report(_))),
            Board::Overview => any(&|record| !matches!(record.detail, Detail::Topic(_) | Detail::Law(_))),
            Board::Replies => any(&|record| matches!(record.detail, Detail::Recommendation(_))),
            Board::Honours => {
                any(&|record| !record.honours.is_empty())
                    || internal && settings.people.iter().any(|person| !person.honours.is_empty())
            }
            Board::Topics => any(&|record| matches!(record.detail, Detail::Topic(_))),
            Board::Targets => internal && !settings.targets.is_empty(),
            Board::People => internal && (!settings.people.is_empty() || any(&|record| !record.authors.is_empty())),
            Board::Departments => any(&|record| !record.departments.is_empty()),
            Board::Ranking => internal && settings.scoring.is_some(),
        }
    }
}

/// The boards of a site that have content.
pub(super) fn menu(settings: &Settings, audience: Audience, entries: &[Entry]) -> Vec<Board> {
    let all = Board::ALL.into_iter();
    all.filter(|board| board.has_content(settings, audience, entries))
        .collect()
}

/// The menu as the frame of every page shows it.
pub(super) fn menu_value(boards: &[Board], words: super::words::Words) -> Value {
    boards
        .iter()
        .map(|board| {
            context! {
                key => board.key(),
                text => words.find(&format!("board.{}", board.key())),
                url => board.file(),
            }
        })
        .collect()
}

/// A document as boards link to it.
#[derive(Serialize, Clone, Default)]
pub(super) struct DocumentLink {
    text: String,
    href: String,
    date: Option<String>,
    departments: String,
    /// The line of the source that the figure was read from, in words, and the source in the site; internal only.
    place: Option<(String, String)>,
}

/// Documents listed behind one figure, or in one table; a corpus of any size has pages of readable size.
const LISTED: usize = 300;

/// The documents behind a figure, the first of them listed.
#[derive(Serialize)]
pub(super) struct Links {
    listed: Vec<DocumentLink>,
    /// How many more there are.
    more: usize,
}

/// What all boards are made from.
pub(super) struct Boards<'a> {
    site: &'a Site<'a>,
    /// Records with their outcomes, by the indices of the entries.
    documents: Vec<(&'a Record, &'a Outcome)>,
    /// The records alone.
    records: Vec<&'a Record>,
    /// From 统计起始 on.
    period: Period,
    /// Reports by the id of the topic that they name.
    reports_of: BTreeMap<&'a str, Vec<usize>>,
    people: Vec<Dossier>,
    departments: Vec<Dossier>,
}

impl Site<'_> {
    /// Renders the boards that have content, in a fixed order, into a sink of path and text.
    ///
    /// # Errors
    /// What the sink returns.
    pub(super) fn boards(&self, sink: &dyn Sink) -> io::Result<()> {
        let boards = Boards::new(self);
        for board in &self.boards {
            match board {
                Board::Overview => {
                    for (file, text) in boards.overview() {
                        sink.text(file, text)?;
                    }
                }
                Board::Replies => {
                    sink.text(board.file(), boards.replies())?;
                    let more = [
                        (replies::REMINDERS, boards.reminders()),
                        (replies::CALENDAR, boards.calendar()),
                    ];
                    for (file, text) in more {
                        text.map_or(Ok(()), |text| sink.text(file, text))?;
                    }
                }
                Board::Honours => sink.text(board.file(), boards.honours())?,
                Board::Topics => sink.text(board.file(), boards.topics())?,
                Board::Targets => sink.text(board.file(), boards.targets())?,
                Board::People => boards.dossiers(*board, &boards.people, sink)?,
                Board::Departments => boards.dossiers(*board, &boards.departments, sink)?,
                Board::Ranking => boards.ranking().map_or(Ok(()), |page| sink.text(board.file(), page))?,
                Board::Ledger => {}
            }
        }
        Ok(())
    }
}

impl<'a> Boards<'a> {
    fn new(site: &'a Site<'a>) -> Self {
        let documents: Vec<_> = site
            .entries
            .iter()
            .map(|entry| (entry.document.record(), &entry.outcome))
            .collect();
        let mut reports_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, (record, _)) in documents.iter().enumerate() {
            if let Detail::Report(report) = &record.detail {
                let topics = report.topic.iter();
                topics.for_each(|topic| reports_of.entry(topic.as_str()).or_default().push(index));
            }
        }
        Self {
            site,
            reports_of,
            people: dossiers::of_people(site),
            departments: dossiers::of_departments(site),
            records: documents.iter().map(|(record, _)| *record).collect(),
            documents,
            period: site.period(),
        }
    }

    /// The index page of dossiers, and the page of each.
    fn dossiers(&self, board: Board, dossiers: &[Dossier], sink: &dyn Sink) -> io::Result<()> {
        sink.text(board.file(), self.dossier_index(board, dossiers))?;
        // In portions, so that few pages are in memory at a time.
        for portion in dossiers.chunks(64) {
            let pages: Vec<String> = portion.par_iter().map(|dossier| self.dossier(board, dossier)).collect();
            for (dossier, page) in portion.iter().zip(pages) {
                sink.text(&dossier.page, page)?;
            }
        }
        Ok(())
    }

    /// A document, seen from a page.
    fn link(&self, from: &str, index: usize) -> DocumentLink {
        let entry = &self.site.entries[index];
        let record = entry.document.record();
        DocumentLink {
            text: record.title.clone(),
            href: href(from, &entry.page),
            date: record.date.map(shown),
            departments: record.departments.join("、"),
            place: None,
        }
    }

    /// The documents behind a figure; `key` is the key of the front matter that it was counted from.
    fn links(&self, from: &str, indices: &[usize], key: Option<&str>) -> Links {
        let listed = indices.iter().take(LISTED).map(|&index| DocumentLink {
            place: key.and_then(|key| self.place(from, index, key)),
            ..self.link(from, index)
        });
        Links {
            listed: listed.collect(),
            more: indices.len().saturating_sub(LISTED),
        }
    }

    /// The line of a key, in words, and the source that holds it, or the page where the site has no sources. The public
    /// has no lines.
    fn place(&self, from: &str, index: usize, key: &str) -> Option<(String, String)> {
        let entry = &self.site.entries[index];
        let record = entry.document.record();
        let line = record.key_lines.get(key)?;
        Some((
            self.site.words.with("overview.line", "line", line),
            href(from, entry.source.as_ref().unwrap_or(&entry.page)),
        ))
    }

    /// A link to the ledger with filters.
    fn ledger_link(&self, from: &str, filters: &[(&str, &str)]) -> Option<String> {
        if !self.site.boards.contains(&Board::Ledger) {
            return None;
        }
        let since = self
            .period
            .since
            .filter(|_| !filters.iter().any(|(key, _)| *key == "since"));
        let since = since.map(|day| day.to_string());
        let since = since.as_deref().map(|day| ("since", day));
        let query: Vec<String> = since
            .into_iter()
            .chain(filters.iter().copied())
            .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, VALUE)))
            .collect();
        Some(format!("{}#{}", href(from, LEDGER), query.join("&")))
    }

    /// Renders a board's template with what all of them share.
    fn page(&self, board: Board, from: &str, template: &str, own: Value) -> String {
        let site = self.site;
        let heading = site.words.find(&format!("board.{}", board.key()));
        let shared = context! {
            title => &heading,
            heading,
            here => "boards",
            board => board.key(),
            now => site.now.to_string(),
            since => self.period.since.map(|day| day.to_string()),
            internal => site.audience == Audience::Internal,
            content_lang => site.content_lang(),
        };
        render(
            &site.templates,
            template,
            context! { ..site.frame(from), ..context! { ..own, ..shared } },
        )
    }
}
