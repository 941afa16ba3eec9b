//! 荣誉榜: cases at their highest rank, honours of other documents, and those of people.

use super::{Board, Boards};
use crate::adoption::Period;
use crate::adoption::overview::{Rung, honoured};
use crate::audience::Audience;
use crate::record::{Detail, Honour};
use crate::site::templates::value;
use crate::site::words::shown;
use minijinja::{Value, context};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const PAGE: &str = "boards/honours.html";

impl Boards<'_> {
    /// The page.
    pub(super) fn honours(&self) -> String {
        let own = context! {
            groups => self.case_groups(),
            others => self.other_honours(),
            people => self.personal_honours(),
        };
        self.page(Board::Honours, PAGE, "board-honours.html", own)
    }

    /// Cases by level and rank, from the highest; each with the honours that don't count besides.
    fn case_groups(&self) -> Vec<Value> {
        let words = self.site.words;
        let mut groups: BTreeMap<Rung, Vec<Value>> = BTreeMap::new();
        for case in honoured(&self.documents, Period::default()) {
            let record = self.records[case.document];
            let batch = match &record.detail {
                Detail::Case(detail) if Some(case.rank) == detail.rank => detail.batch.as_deref(),
                _ => None,
            };
            let others: Vec<String> = record
                .honours
                .iter()
                .filter(|honour| !std::ptr::eq(*honour, case.honour))
                .map(|honour| match honour.date {
                    Some(date) => words.bracketed(&honour.title, &shown(date)),
                    None => honour.title.clone(),
                })
                .collect();
            groups.entry(case.rung()).or_default().push(context! {
                document => value(self.link(PAGE, case.document)),
                date => case.honour.date.map(shown),
                issuers => case.honour.issuers.join("、"),
                batch,
                others => others.join("、"),
            });
        }
        groups
            .into_iter()
            .rev()
            .map(|((level, rank), cases)| {
                context! {
                    level => level.map_or_else(|| words.find("ledger.no_value"), |level| words.name(level)),
                    rank => words.name(rank),
                    badge => rank.key(),
                    count => cases.len(),
                    cases,
                }
            })
            .collect()
    }

    /// Honours of documents that are no cases, or that are no rank of a case, from the newest.
    fn other_honours(&self) -> Vec<Value> {
        let mut found: Vec<(usize, &Honour)> = self
            .records
            .iter()
            .enumerate()
            .filter(|(index, record)| !record.draft && self.documents[*index].1.counts())
            .flat_map(|(index, record)| record.honours.iter().map(move |honour| (index, honour)))
            .filter(|(index, honour)| honour.rank.is_none() || !matches!(self.records[*index].detail, Detail::Case(_)))
            .collect();
        found.sort_by_key(|(index, honour)| (Reverse(honour.date), *index));
        found
            .into_iter()
            .map(|(index, honour)| {
                context! { document => value(self.link(PAGE, index)), ..self.honour(honour) }
            })
            .collect()
    }

    /// Honours of the roster, from the newest; the office's own.
    fn personal_honours(&self) -> Vec<Value> {
        if self.site.audience == Audience::Public {
            return Vec::new();
        }
        let mut found: Vec<(usize, &Honour)> = self
            .site
            .settings
            .people
            .iter()
            .enumerate()
            .flat_map(|(at, person)| person.honours.iter().map(move |honour| (at, honour)))
            .collect();
        found.sort_by_key(|(at, honour)| (Reverse(honour.date), *at));
        found
            .into_iter()
            .map(|(at, honour)| {
                let person = &self.site.settings.people[at];
                context! {
                    name => &person.name,
                    href => self.person_href(PAGE, at),
                    department => &person.department,
                    ..self.honour(honour)
                }
            })
            .collect()
    }

    /// An honour in words.
    pub(super) fn honour(&self, honour: &Honour) -> Value {
        context! {
            title => &honour.title,
            level => honour.level.map(|level| self.site.words.name(level)),
            issuers => honour.issuers.join("、"),
            date => honour.date.map(shown),
        }
    }
}
