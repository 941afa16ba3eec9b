//! The rules once more, as plainly as they can be written: everything by search over all documents. What nearly every rule
//! asks for is searched for once.

use jianyan::record::date::Day;
use jianyan::record::{Adoption, Detail, Effect, Form, Kind, Level, Outcome, Recommendation, Record, Rectified};
use jianyan::settings::Settings;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A question to the ledger.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub unit: Option<String>,
    pub department: Option<String>,
    pub person: Option<String>,
    pub line: Option<String>,
    pub form: Option<Form>,
    pub level: Option<Level>,
    pub effect: Option<Effect>,
}

/// What an event or a report amounts to.
pub(super) const NOTHING: usize = 0;
pub(super) const RECOGNISED: usize = 1;
pub(super) const ADOPTED: usize = 2;

/// How a date lies to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    In,
    Perhaps,
    Out,
}

impl Query {
    pub(super) fn lies(&self, day: Option<Day>) -> Lies {
        if self.since.is_none() && self.until.is_none() {
            return Lies::In;
        }
        let Some(day) = day else { return Lies::Perhaps };
        // Every day of a year or a month, one by one.
        let mut date = day.date;
        let (mut all, mut none) = (true, true);
        loop {
            let inside = self.since.is_none_or(|since| date >= since) && self.until.is_none_or(|until| date <= until);
            all &= inside;
            none &= !inside;
            if date >= day.last() {
                break;
            }
            date = date.tomorrow().unwrap();
        }
        match (all, none) {
            (true, _) => Lies::In,
            (_, true) => Lies::Out,
            _ => Lies::Perhaps,
        }
    }

    pub(super) fn takes_document(&self, record: &Record, settings: &Settings) -> bool {
        let line = |wanted: &String| {
            record
                .lines
                .iter()
                .any(|line| line == wanted || settings.line_groups.get(line).is_some_and(|group| group == wanted))
        };
        self.unit.as_ref().is_none_or(|unit| record.units.contains(unit))
            && self
                .department
                .as_ref()
                .is_none_or(|one| record.departments.contains(one))
            && self
                .person
                .as_ref()
                .is_none_or(|name| record.authors.iter().any(|author| author.name == *name))
            && self.line.as_ref().is_none_or(line)
    }

    pub(super) fn takes_event(&self, event: &Adoption) -> bool {
        self.form.is_none_or(|form| event.form == form)
            && self.level.is_none_or(|level| event.level == Some(level))
            && self.effect.is_none_or(|effect| event.effect == Some(effect))
    }
}

/// A corpus while it is recounted.
pub(super) struct Recount<'a> {
    pub records: &'a [&'a Record],
    pub settings: &'a Settings,
    pub now: Date,
    /// Ids of copies.
    pub(super) copies: BTreeSet<String>,
    /// The newer versions of each document, by id.
    pub(super) newer: BTreeMap<String, Vec<&'a Record>>,
    /// All versions of each report and case, by id.
    pub(super) versions: BTreeMap<String, Vec<&'a Record>>,
    /// What each event amounts to, by where it stands in memory.
    standings: BTreeMap<*const Adoption, usize>,
    /// The instruments of events, by id and place, each with its first date.
    instruments: BTreeMap<(String, usize), (String, Option<Day>)>,
    /// The figures of 成效 that count, by id: people, and amounts.
    benefits: [BTreeMap<String, Figure>; 2],
}

/// A figure of 成效, and whether it is a lower bound.
pub(super) type Figure = (i64, bool);

impl<'a> Recount<'a> {
    pub(super) fn new(records: &'a [&'a Record], settings: &'a Settings, now: Date) -> Self {
        let mut recount = Self {
            records,
            settings,
            now,
            copies: BTreeSet::new(),
            newer: BTreeMap::new(),
            versions: BTreeMap::new(),
            standings: BTreeMap::new(),
            instruments: BTreeMap::new(),
            benefits: [BTreeMap::new(), BTreeMap::new()],
        };
        // What nearly every rule asks for is looked for once.
        let is_copy = |record: &&&Record| recount.original(record).id != record.id;
        recount.copies = records.iter().filter(is_copy).map(|record| record.id.clone()).collect();
        let all: Vec<&Record> = recount.finished().collect();
        let newer = all
            .iter()
            .map(|record| (record.id.clone(), recount.search_newer(record)));
        recount.newer = newer.collect();
        let versions = all
            .iter()
            .map(|record| (record.id.clone(), recount.search_versions(record)));
        recount.versions = versions.collect();
        let events = all.iter().flat_map(|record| adoptions(record));
        let standings = events.map(|event| (std::ptr::from_ref(event), recount.search_standing(event)));
        recount.standings = standings.collect();
        let mut instruments = BTreeMap::new();
        for record in &all {
            for at in 0..adoptions(record).len() {
                if let Some(key) = recount.search_instrument(record, at) {
                    let day = recount.search_day(&key);
                    instruments.insert((record.id.clone(), at), (key, day));
                }
            }
        }
        recount.instruments = instruments;
        recount.benefits = [people as fn(&Record) -> Option<Figure>, amount].map(|of| {
            let counted = all
                .iter()
                .filter_map(|record| Some((record.id.clone(), recount.search_benefit(record, of)?)));
            counted.collect()
        });
        recount
    }

    pub(super) fn find(&self, id: &str) -> Option<&'a Record> {
        self.records.iter().copied().find(|record| record.id == id)
    }

    /// Everything but drafts, copies, and what a newer version replaces; of reports the older ones stand.
    pub(super) fn living(&self) -> impl Iterator<Item = &'a Record> + '_ {
        self.finished()
            .filter(|record| record.kind == Kind::Report || !self.is_superseded(record))
    }

    /// The version in which a report counts: that with the first of the events that decide, or else the newest.
    pub(super) fn holder(&self, record: &'a Record) -> &'a Record {
        let standing = self.standing_of(record);
        let newest = self.version(record);
        let holders = self.versions(record).into_iter().filter(|one| {
            let mut own = adoptions(one).iter();
            own.any(|event| self.standing(event) == standing)
        });
        let first = |one: &&'a Record| {
            let own = adoptions(one).iter().filter(|event| self.standing(event) == standing);
            let day = first_of(own.filter_map(|event| self.day(event)));
            (
                day.is_none(),
                day.map(|day| (day.last(), day.date)),
                one.id != newest.id,
            )
        };
        holders.min_by_key(first).unwrap_or(record)
    }

    /// Whether a newer version has the same event.
    fn is_in_newer(&self, event: &Adoption) -> bool {
        let of = self
            .records
            .iter()
            .find(|record| adoptions(record).iter().any(|own| std::ptr::eq(own, event)));
        let same = |other: &Adoption| {
            (other.form, other.level, &other.authority) == (event.form, event.level, &event.authority)
                && (other.date, &other.document) == (event.date, &event.document)
        };
        of.is_some_and(|record| {
            self.newer(record)
                .into_iter()
                .any(|newer| adoptions(newer).iter().any(same))
        })
    }

    /// The figures of 成效 that count in a document, by the names of the ledger.
    pub(super) fn benefits_of(&self, record: &Record) -> Vec<(&'static str, Figure)> {
        let figures = ["people", "amount"].into_iter().zip(&self.benefits);
        figures
            .filter_map(|(name, counted)| Some((name, *counted.get(&record.id)?)))
            .collect()
    }

    /// The instrument of an event, and its first date, by which it counts.
    pub(super) fn instrument(&self, record: &Record, at: usize) -> Option<&(String, Option<Day>)> {
        self.instruments.get(&(record.id.clone(), at))
    }

    /// The recommendations that an event of 制发检察建议 names, in their newest versions.
    pub(super) fn named(&self, event: &Adoption) -> Vec<&'a Recommendation> {
        let is_named = |record: &&Record| {
            let same = is_number(event.document.as_deref()) && number_of(record) == event.document.as_ref();
            recommendation(record).is_some() && (event.leads_to.contains(&record.id) || same)
        };
        if event.form != Form::Recommendation {
            return Vec::new();
        }
        let named = self.records.iter().copied().filter(is_named);
        let newest = named.flat_map(|record| self.newest(self.original(record)));
        newest.filter_map(recommendation).collect()
    }

    /// The day of the reply that accepted a recommendation that the event names; `None`: nobody accepted.
    fn accepted(&self, event: &Adoption) -> Option<Option<Day>> {
        let taken = |one: &&Recommendation| one.withdrawn.is_none() && accepted(one);
        let days: Vec<Option<Day>> = self
            .named(event)
            .into_iter()
            .filter(taken)
            .map(|one| one.reply.as_ref().unwrap().date)
            .collect();
        if days.is_empty() {
            None
        } else {
            Some(first_of(days.into_iter().flatten()))
        }
    }

    pub(super) fn standing(&self, event: &Adoption) -> usize {
        self.standings[&std::ptr::from_ref(event)]
    }

    pub(super) fn search_standing(&self, event: &Adoption) -> usize {
        let settings = self.settings;
        if self.is_in_newer(event) {
            return NOTHING;
        }
        if settings.recognised_forms.contains(&event.form) {
            return RECOGNISED;
        }
        if event.level == Some(Level::Unit) {
            return NOTHING;
        }
        if event.form == Form::Recommendation {
            return if self.accepted(event).is_some() {
                ADOPTED
            } else {
                NOTHING
            };
        }
        let endorsed = event.form == Form::Instruction && settings.endorsed_counts;
        let enough = |least: &Effect| {
            event
                .effect
                .is_some_and(|effect| effect >= *least || endorsed && effect >= Effect::Endorsed)
        };
        if settings.counts_from.get(&event.form).is_some_and(enough) {
            ADOPTED
        } else {
            NOTHING
        }
    }

    /// The day by which an event counts.
    pub(super) fn day(&self, event: &Adoption) -> Option<Day> {
        if event.form == Form::Recommendation && self.standing(event) == ADOPTED {
            return self.accepted(event).unwrap();
        }
        event.date
    }

    /// What a report amounts to in all its versions.
    pub(super) fn standing_of(&self, record: &'a Record) -> usize {
        let events = self.versions(record).into_iter().flat_map(adoptions);
        events.map(|event| self.standing(event)).max().unwrap_or(NOTHING)
    }

    /// The events that give a report its standing, in whichever of its versions.
    pub(super) fn deciding(&self, record: &'a Record) -> Vec<&'a Adoption> {
        let standing = self.standing_of(record);
        let events = self.versions(record).into_iter().flat_map(adoptions);
        events
            .filter(|event| standing != NOTHING && self.standing(event) == standing)
            .collect()
    }

    pub(super) fn first(&self, record: &'a Record) -> Option<Day> {
        let days = self.deciding(record).into_iter().filter_map(|event| self.day(event));
        first_of(days)
    }

    pub(super) fn is_implemented(&self, event: &Adoption) -> bool {
        let full =
            |one: &Recommendation| one.rectification.as_ref().and_then(|found| found.outcome) == Some(Rectified::Full);
        event.effect == Some(Effect::Implemented) || self.named(event).into_iter().any(full)
    }

    pub(super) fn is_written(&self, record: &Record) -> bool {
        let Detail::Report(report) = &record.detail else {
            return false;
        };
        let counts = report
            .genre
            .as_ref()
            .is_some_and(|genre| self.settings.written_genres.contains(genre));
        counts && !self.is_superseded(record)
    }

    /// What tells the instrument of an event from others; nothing for what is no 批示 that counts.
    fn search_instrument(&self, record: &Record, at: usize) -> Option<String> {
        let event = &adoptions(record)[at];
        if !is_signed(event) {
            return None;
        }
        if is_number(event.document.as_deref()) {
            return event.document.clone();
        }
        let (Some(authority), Some(day)) = (&event.authority, event.date) else {
            return Some(format!("{} {at}", record.id));
        };
        let same = |other: &&Adoption| {
            is_signed(other) && other.authority.as_ref() == Some(authority) && other.date == Some(day)
        };
        let numbers = self
            .living()
            .flat_map(adoptions)
            .filter(same)
            .filter(|other| is_number(other.document.as_deref()))
            .filter_map(|other| other.document.clone());
        Some(numbers.min().unwrap_or_else(|| format!("{authority} {day}")))
    }

    /// The first date of an instrument, by which it counts.
    fn search_day(&self, instrument: &str) -> Option<Day> {
        let mut days = Vec::new();
        for record in self.finished() {
            for (at, event) in adoptions(record).iter().enumerate() {
                if self.search_instrument(record, at).as_deref() == Some(instrument) {
                    days.extend(event.date);
                }
            }
        }
        first_of(days.into_iter())
    }
}

/// Of several days the one that is over first; of those the one that began first.
pub(super) fn first_of(days: impl Iterator<Item = Day>) -> Option<Day> {
    days.min_by_key(|day| (day.last(), day.date))
}

/// Whether a 文号 has a serial beside its year.
fn is_number(document: Option<&str>) -> bool {
    let rest = document.map(|document| document.replace("〔2023〕", ""));
    rest.is_some_and(|rest| rest.chars().any(|letter| letter.is_ascii_digit()))
}

pub(super) fn people(record: &Record) -> Option<(i64, bool)> {
    record
        .benefits
        .people
        .as_ref()
        .map(|figure| (figure.value.value, figure.value.at_least))
}

pub(super) fn amount(record: &Record) -> Option<(i64, bool)> {
    record
        .benefits
        .amount
        .as_ref()
        .map(|figure| (figure.value.value, figure.value.at_least))
}

fn is_signed(event: &Adoption) -> bool {
    event.form == Form::Instruction && event.effect.is_some_and(|effect| effect >= Effect::Endorsed)
}

pub(super) fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}

pub(super) fn recommendation(record: &Record) -> Option<&Recommendation> {
    match &record.detail {
        Detail::Recommendation(recommendation) => Some(recommendation),
        _ => None,
    }
}

fn number_of(record: &Record) -> Option<&String> {
    recommendation(record)?.number.as_ref()
}

/// Whether a recommendation was accepted in whole or part.
pub(super) fn accepted(recommendation: &Recommendation) -> bool {
    let outcome = recommendation.reply.as_ref().and_then(|reply| reply.outcome);
    outcome == Some(Outcome::Accepted) || outcome == Some(Outcome::Partial)
}
