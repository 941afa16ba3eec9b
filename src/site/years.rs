//! The years as a timeline: how much of each kind a year has, and what stands out in it.

use super::Site;
use super::badge::worded;
use super::names::href;
use super::shelf::{Facet, List};
use super::templates::{render, value};
use crate::adoption::{Standing, case_honour};
use crate::record::Kind;
use minijinja::{Value, context};

/// Documents that stand for a year.
const NAMED: usize = 6;

impl Site<'_> {
    /// The page of all years, from the newest.
    pub(super) fn years(&self) -> String {
        let from = format!("lists/{}/index.html", Facet::Year.key());
        let years: Vec<Value> = self
            .shelf
            .of(Facet::Year)
            .iter()
            .map(|list| self.year(&from, list))
            .collect();
        let heading = self.words.get("facet.year");
        let own = context! { title => heading, here => "lists", heading, years };
        render(&self.templates, "years.html", context! { ..self.frame(&from), ..own })
    }

    fn year(&self, from: &str, list: &List) -> Value {
        let count = |kind: Kind| {
            let of_kind = list
                .newest()
                .filter(|&index| self.entries[index].document.record().kind == kind);
            of_kind.count()
        };
        let kinds = Kind::ALL
            .iter()
            .map(|&kind| (kind, count(kind)))
            .filter(|(_, count)| *count > 0);
        let kinds: Vec<Value> = kinds
            .map(|(kind, count)| context! { text => self.words.name(kind), count })
            .collect();
        let rows: Vec<Value> = self
            .standing_out(list)
            .into_iter()
            .map(|index| self.event(from, index))
            .collect();
        context! {
            key => &list.value,
            text => self.words.with("list.year", "year", &list.value),
            href => href(from, &list.file(None)),
            total => list.entries.len(),
            more => list.entries.len().saturating_sub(rows.len()),
            kinds,
            rows,
        }
    }

    /// What a year is remembered by: adopted reports and honoured cases before others, the newest of them; shown
    /// from the newest.
    fn standing_out(&self, list: &List) -> Vec<usize> {
        let stands_out = |index: usize| {
            let entry = &self.entries[index];
            entry.outcome.standing == Standing::Adopted || case_honour(entry.document.record()).is_some()
        };
        let newest: Vec<usize> = list.newest().collect();
        let mut places: Vec<usize> = (0..newest.len()).collect();
        places.sort_by_key(|&place| (!stands_out(newest[place]), place));
        places.truncate(NAMED);
        places.sort_unstable();
        places.into_iter().map(|place| newest[place]).collect()
    }

    fn event(&self, from: &str, index: usize) -> Value {
        let entry = &self.entries[index];
        let record = entry.document.record();
        context! {
            // The year stands beside it.
            day => record.date.map(|day| super::shown(day).chars().skip(5).collect::<String>()),
            href => href(from, &entry.page),
            title => &record.title,
            lang => self.content_lang(),
            kind => record.kind.key(),
            kind_text => self.words.name(record.kind),
            badges => value(worded(entry, self.words)),
        }
    }
}
