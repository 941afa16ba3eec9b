//! The home page: search, and below it what is new, what was adopted lately, what is due, and the ways in.
//!
//! It is the page that searches, so it stays light: every list on it is short.

use super::Site;
use super::boards::{Board, SOON, urgency};
use super::laws::PAGE as LAWS;
use super::ledger::documents;
use super::lists::Card;
use super::names::href;
use super::shelf::Facet;
use super::templates::{render, value};
use super::words::shown;
use crate::adoption::{By, Filter, Standing, filtered, overdue, owed};
use minijinja::{Value, context};
use std::cmp::Reverse;

const PAGE: &str = "index.html";

/// Newest documents.
const NEWEST: usize = 5;

/// Characters of a summary.
const EXCERPT: usize = 60;

/// Reports that were adopted lately, and recommendations that are due.
const LATELY: usize = 3;

/// Values of a facet before it refers to the facet's own page.
const SHORT: usize = 6;

/// Articles of law.
const LAWS_NAMED: usize = 5;

/// Facets, the first of which that have values stand there: what people write down, else what folders and numbers tell.
const FACETS: [Facet; 4] = [Facet::Line, Facet::Tag, Facet::Series, Facet::Folder];
const SHOWN: usize = 2;

impl Site<'_> {
    /// The home page.
    pub(super) fn home(&self) -> String {
        let all = self.shelf.list(Facet::All, "");
        let newest: Vec<Card> = all
            .map(|list| {
                list.newest()
                    .take(NEWEST)
                    .map(|index| self.card(PAGE, index, EXCERPT))
                    .collect()
            })
            .unwrap_or_default();
        let blocks = FACETS.map(|facet| self.block(PAGE, facet, SHORT));
        let board = |board: Board| self.boards.contains(&board).then(|| href(PAGE, board.file()));
        let own = context! {
            title => &self.settings.title,
            here => "home",
            all => all.map(|list| href(PAGE, &list.file(None))),
            newest => value(newest),
            kinds => value(self.block(PAGE, Facet::Kind, usize::MAX).lists),
            facets => value(blocks.into_iter().filter(|block| block.total > 0).take(SHOWN).collect::<Vec<_>>()),
            laws => value(self.most_cited(PAGE, LAWS_NAMED)),
            laws_href => href(PAGE, LAWS),
            adopted => self.adopted_lately(),
            ledger => board(Board::Ledger),
            due => self.due_soon(),
            replies => board(Board::Replies),
            soon_days => SOON,
            figures => self.headline(),
        };
        render(&self.templates, "home.html", context! { ..self.frame(PAGE), ..own })
    }

    /// The figures that the other boards show larger: of the office's period, and what is overdue today.
    fn headline(&self) -> Value {
        let documents = documents(self.entries);
        let filter = Filter {
            period: self.period(),
            ..Filter::default()
        };
        let total = filtered(&documents, self.settings, By::Year, &filter).total;
        context! {
            written => total.reports,
            adopted => total.adopted,
            overdue => overdue(&documents, self.settings, self.now),
            since => self.settings.since.map(|day| day.to_string()),
            now => self.now.to_string(),
        }
    }

    /// The reports that were adopted last, by the day of their first qualifying event.
    fn adopted_lately(&self) -> Vec<Value> {
        let mut adopted: Vec<usize> = (0..self.entries.len())
            .filter(|&index| self.entries[index].outcome.standing == Standing::Adopted)
            .filter(|&index| self.entries[index].outcome.counts() && !self.entries[index].outcome.elsewhere)
            .collect();
        adopted.sort_by_key(|&index| Reverse((self.entries[index].outcome.first, index)));
        let row = |index: usize| {
            let entry = &self.entries[index];
            let outcome = &entry.outcome;
            context! {
                text => &entry.document.record().title,
                href => href(PAGE, &entry.page),
                lang => self.content_lang(),
                date => outcome.first.map(shown),
                level => outcome.highest.map(|level| self.words.name(level)),
                unverified => outcome.unverified,
            }
        };
        adopted.into_iter().take(LATELY).map(row).collect()
    }

    /// The replies that are due first, overdue ones before them. Which of them are late, or due within
    /// [`SOON`] days, the page finds out on the reader's day; here it is that of the reference day.
    fn due_soon(&self) -> Vec<Value> {
        let open = owed(&documents(self.entries), self.settings, self.now);
        let row = |reply: &crate::adoption::Owed| {
            let (key, when) = urgency(reply.days);
            let days = reply.days.unsigned_abs();
            context! {
                text => &reply.record.title,
                href => href(PAGE, &self.entries[reply.document].page),
                lang => self.content_lang(),
                due => reply.due.date.to_string(),
                days => self.words.with(&format!("due.days.{key}"), "days", days),
                when,
            }
        };
        open.iter().take(LATELY).map(row).collect()
    }
}
