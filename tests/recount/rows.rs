//! The ledger: everything that is counted, one thing at a time, added up by rows.

use crate::recount::plain::{ADOPTED, Lies, NOTHING, Query, Recount, adoptions};
use jianyan::adoption::By;
use jianyan::record::date::{Day, Precision};
use jianyan::record::{Adoption, Effect, Record};
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Numbers = BTreeMap<String, i64>;

/// One thing that is counted.
pub(super) struct Item<'a> {
    pub figure: &'static str,
    pub record: &'a Record,
    pub day: Option<Day>,
    pub value: i64,
    at_least: bool,
    instrument: Option<String>,
    event: Option<&'a Adoption>,
}

/// The ledger in figures.
pub(super) struct Rows {
    pub total: Numbers,
    pub unplaced: Numbers,
    pub rows: BTreeMap<String, Numbers>,
}

/// Adds items up; each instrument once, and none that is known.
fn sum<'i>(items: impl Iterator<Item = &'i Item<'i>>, known: &mut BTreeSet<(&'static str, String)>) -> Numbers {
    let mut numbers = Numbers::new();
    for item in items {
        let one = item
            .instrument
            .as_ref()
            .map(|instrument| (item.figure, instrument.clone()));
        if one.is_some_and(|one| !known.insert(one)) {
            continue;
        }
        *numbers.entry(item.figure.into()).or_default() += item.value;
        if item.at_least {
            numbers.insert(format!("{} at least", item.figure), 1);
        }
    }
    numbers.retain(|_, number| *number != 0);
    numbers
}

impl<'a> Recount<'a> {
    /// Everything that a question counts, whenever it was.
    pub(super) fn items(&self, query: &Query) -> Vec<Item<'a>> {
        let taken = self
            .finished()
            .filter(|record| query.takes_document(record, self.settings));
        taken.flat_map(|record| self.items_of(record, query)).collect()
    }

    fn items_of(&self, record: &'a Record, query: &Query) -> Vec<Item<'a>> {
        let item = |figure, day, value| Item {
            figure,
            record,
            day,
            value,
            at_least: false,
            instrument: None,
            event: None,
        };
        let mut items = Vec::new();
        if self.is_written(record) {
            items.push(item("reports", record.date, 1));
        }
        let deciding = self.deciding(record);
        let counts_here = !deciding.is_empty() && self.holder(record).id == record.id;
        if counts_here && deciding.iter().any(|event| query.takes_event(event)) {
            let figure = if self.standing_of(record) == ADOPTED {
                "adopted"
            } else {
                "recognised"
            };
            items.push(item(figure, self.first(record), 1));
            if figure == "adopted" && deciding.iter().all(|event| event.evidence.is_none()) {
                items.push(item("unverified", self.first(record), 1));
            }
        }
        for (at, event) in adoptions(record)
            .iter()
            .enumerate()
            .filter(|(_, event)| query.takes_event(event))
        {
            let Some((instrument, day)) = self.instrument(record, at) else {
                continue;
            };
            let figures = [
                Some("instructions"),
                (event.effect == Some(Effect::Endorsed)).then_some("endorsed"),
            ];
            for figure in figures.into_iter().flatten() {
                items.push(Item {
                    instrument: Some(instrument.clone()),
                    event: Some(event),
                    ..item(figure, *day, 1)
                });
            }
        }
        for (figure, (value, at_least)) in self.benefits_of(record) {
            items.push(Item {
                at_least,
                ..item(figure, record.date, value)
            });
        }
        items
    }

    pub(super) fn ledger(&self, by: By, query: &Query) -> Rows {
        let items = self.items(query);
        let lying = |lies: Lies| items.iter().filter(move |item| query.lies(item.day) == lies);
        let mut keys = BTreeSet::new();
        for item in lying(Lies::In) {
            keys.extend(self.keys(by, item));
        }
        let row = |key: &String| {
            sum(
                lying(Lies::In).filter(|item| self.keys(by, item).contains(key)),
                &mut BTreeSet::new(),
            )
        };
        let mut known = BTreeSet::new();
        Rows {
            rows: keys.iter().map(|key| (key.clone(), row(key))).collect(),
            total: sum(lying(Lies::In), &mut known),
            unplaced: sum(lying(Lies::Perhaps), &mut known),
        }
    }

    /// The rows that an item stands in.
    fn keys(&self, by: By, item: &Item<'a>) -> BTreeSet<String> {
        let record = item.record;
        let events = match item.event {
            Some(event) => vec![event],
            None => self.deciding(record),
        };
        let keys: BTreeSet<String> = match by {
            By::Unit => record.units.iter().cloned().collect(),
            By::Department => record.departments.iter().cloned().collect(),
            By::Person => record.authors.iter().map(|author| author.name.clone()).collect(),
            By::Line => record.lines.iter().cloned().collect(),
            By::Year | By::Quarter | By::Month => item.day.and_then(|day| span(by, day)).into_iter().collect(),
            By::Form => events.iter().map(|event| event.form.key().to_owned()).collect(),
            By::Level => {
                let highest = events.iter().filter_map(|event| event.level).max();
                highest.map(|level| level.key().to_owned()).into_iter().collect()
            }
        };
        if keys.is_empty() {
            BTreeSet::from([String::new()])
        } else {
            keys
        }
    }

    /// Ids with the places of their events that a question takes; of one standing where it is given.
    pub(super) fn events(&self, query: &Query, standing: Option<usize>) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for record in self
            .living()
            .filter(|record| query.takes_document(record, self.settings))
        {
            for (at, event) in adoptions(record).iter().enumerate() {
                let fits = query.takes_event(event) && standing.is_none_or(|standing| self.standing(event) == standing);
                if fits && query.lies(self.day(event)) == Lies::In {
                    found.push((record.id.clone(), at));
                }
            }
        }
        found.sort();
        found
    }

    fn reports(&self, query: &Query, standing: usize) -> Vec<&'a Record> {
        let found = self
            .living()
            .filter(|record| standing != NOTHING && self.standing_of(record) == standing)
            .filter(|record| self.holder(record).id == record.id);
        found
            .filter(|record| query.lies(self.first(record)) == Lies::In)
            .collect()
    }

    pub(super) fn adopted(&self, query: &Query) -> Vec<String> {
        let mut ids: Vec<String> = self
            .reports(query, ADOPTED)
            .iter()
            .map(|record| record.id.clone())
            .collect();
        ids.sort();
        ids
    }

    /// The steps of the reports that were written in the period.
    pub(super) fn funnel(&self, query: &Query) -> [Vec<String>; 4] {
        let written: Vec<&Record> = self
            .living()
            .filter(|record| self.is_written(record) && query.lies(record.date) == Lies::In)
            .collect();
        let is_adopted = |record: &&&'a Record| self.standing_of(record) == ADOPTED;
        let submitted =
            |record: &&&'a Record| is_adopted(record) || adoptions(record).iter().any(|event| event.effect.is_some());
        let implemented = |record: &&&'a Record| {
            is_adopted(record) && self.deciding(record).iter().any(|event| self.is_implemented(event))
        };
        let ids = |records: Vec<&&Record>| records.into_iter().map(|record| record.id.clone()).collect();
        [
            ids(written.iter().collect()),
            ids(written.iter().filter(submitted).collect()),
            ids(written.iter().filter(is_adopted).collect()),
            ids(written.iter().filter(implemented).collect()),
        ]
    }

    pub(super) fn benefits(&self, query: &Query) -> (i64, i64) {
        let sum = |wanted: &str| {
            let counted = self.finished().filter(|record| query.lies(record.date) == Lies::In);
            let figures = counted.flat_map(|record| self.benefits_of(record));
            figures
                .filter(|(name, _)| *name == wanted)
                .map(|(_, (value, _))| value)
                .sum()
        };
        (sum("people"), sum("amount"))
    }
}

/// The year, quarter or month of a day; nothing where it isn't known as exactly as that.
fn span(by: By, day: Day) -> Option<String> {
    let text = day.date.to_string();
    let month: i32 = text[5..7].parse().unwrap();
    match (by, day.precision) {
        (By::Year, _) => Some(text[..4].to_owned()),
        (_, Precision::Year) => None,
        (By::Quarter, _) => Some(format!("{}-Q{}", &text[..4], (month - 1) / 3 + 1)),
        _ => Some(text[..7].to_owned()),
    }
}
