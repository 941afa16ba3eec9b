//! The rules once more, as plainly as they can be written: everything by search over all documents, nothing kept.

use jianyan::record::date::Day;
use jianyan::record::{Adoption, Detail, Effect, Form, Kind, Level, Outcome, Recommendation, Record, Rectified};
use jianyan::settings::Settings;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A question to the ledger.
#[derive(Debug, Clone, Default)]
pub struct Query {
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
pub const NOTHING: usize = 0;
pub const RECOGNISED: usize = 1;
pub const ADOPTED: usize = 2;

/// How a date lies to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    In,
    Perhaps,
    Out,
}

impl Query {
    pub fn lies(&self, day: Option<Day>) -> Lies {
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

    pub fn takes_document(&self, record: &Record, settings: &Settings) -> bool {
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

    pub fn takes_event(&self, event: &Adoption) -> bool {
        self.form.is_none_or(|form| event.form == form)
            && self.level.is_none_or(|level| event.level == Some(level))
            && self.effect.is_none_or(|effect| event.effect == Some(effect))
    }
}

/// A corpus while it is recounted.
pub struct Recount<'a> {
    pub records: &'a [&'a Record],
    pub settings: &'a Settings,
    pub now: Date,
}

impl<'a> Recount<'a> {
    pub fn new(records: &'a [&'a Record], settings: &'a Settings, now: Date) -> Self {
        Self { records, settings, now }
    }

    pub fn find(&self, id: &str) -> Option<&'a Record> {
        self.records.iter().copied().find(|record| record.id == id)
    }

    /// Copies have the name of their original and 副本 behind it.
    fn is_copy(&self, record: &Record) -> bool {
        record
            .id
            .strip_suffix(" - 副本")
            .is_some_and(|id| self.find(id).is_some())
    }

    /// Everything but drafts, copies, and what a newer version replaces; of reports the older ones stand.
    pub fn living(&self) -> impl Iterator<Item = &'a Record> + '_ {
        self.finished()
            .filter(|record| record.kind == Kind::Report || !self.is_superseded(record))
    }

    fn finished(&self) -> impl Iterator<Item = &'a Record> + '_ {
        self.records
            .iter()
            .copied()
            .filter(|record| !record.draft && !self.is_copy(record))
    }

    /// The newer versions of a record: those that name it, and are of its kind.
    fn newer(&self, record: &Record) -> impl Iterator<Item = &'a Record> {
        self.finished()
            .filter(|other| other.id != record.id && other.kind == record.kind && other.supersedes.contains(&record.id))
    }

    pub fn is_superseded(&self, record: &Record) -> bool {
        self.newer(record).next().is_some()
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
        of.is_some_and(|record| self.newer(record).any(|newer| adoptions(newer).iter().any(same)))
    }

    /// The recommendations that an event of 制发检察建议 names.
    fn named(&self, event: &Adoption) -> Vec<&'a Recommendation> {
        let is_named = |record: &&&Record| {
            let Detail::Recommendation(recommendation) = &record.detail else {
                return false;
            };
            let number = recommendation.number.as_ref();
            let first = || self.records.iter().find(|other| number_of(other) == number).unwrap().id == record.id;
            event.leads_to.contains(&record.id) || number.is_some() && event.document.as_ref() == number && first()
        };
        if event.form != Form::Recommendation {
            return Vec::new();
        }
        self.records
            .iter()
            .filter(is_named)
            .filter_map(|record| recommendation(record))
            .collect()
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
            Some(days.into_iter().flatten().min())
        }
    }

    pub fn standing(&self, event: &Adoption) -> usize {
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
    pub fn day(&self, event: &Adoption) -> Option<Day> {
        if event.form == Form::Recommendation && self.standing(event) == ADOPTED {
            return self.accepted(event).unwrap();
        }
        event.date
    }

    pub fn standing_of(&self, record: &Record) -> usize {
        adoptions(record)
            .iter()
            .map(|event| self.standing(event))
            .max()
            .unwrap_or(NOTHING)
    }

    /// The events that give a report its standing.
    pub fn deciding(&self, record: &'a Record) -> Vec<&'a Adoption> {
        let standing = self.standing_of(record);
        let events = adoptions(record).iter();
        events
            .filter(|event| standing != NOTHING && self.standing(event) == standing)
            .collect()
    }

    pub fn first(&self, record: &'a Record) -> Option<Day> {
        self.deciding(record)
            .into_iter()
            .filter_map(|event| self.day(event))
            .min()
    }

    pub fn is_implemented(&self, event: &Adoption) -> bool {
        let full =
            |one: &Recommendation| one.rectification.as_ref().and_then(|found| found.outcome) == Some(Rectified::Full);
        event.effect == Some(Effect::Implemented) || self.named(event).into_iter().any(full)
    }

    pub fn is_written(&self, record: &Record) -> bool {
        let Detail::Report(report) = &record.detail else {
            return false;
        };
        let counts = report
            .genre
            .as_ref()
            .is_some_and(|genre| self.settings.written_genres.contains(genre));
        counts && !self.is_superseded(record)
    }

    /// Whether two documents are neighbours in a chain, by what the first says.
    fn leads(&self, one: &Record, other: &Record) -> bool {
        let made = |kind| matches!(kind, Kind::Report | Kind::Recommendation);
        let pair = one.kind == Kind::Case && made(other.kind) || other.kind == Kind::Case && made(one.kind);
        let own = match &one.detail {
            Detail::Report(report) => report.adoptions.iter().any(|event| {
                let by_number = || {
                    self.named(event)
                        .into_iter()
                        .any(|named| recommendation(other).is_some_and(|one| std::ptr::eq(one, named)))
                };
                event.leads_to.contains(&other.id) || by_number()
            }),
            Detail::Recommendation(recommendation) => recommendation.source.as_ref() == Some(&other.id),
            _ => false,
        };
        own || one.supersedes.contains(&other.id) || pair && one.related.contains(&other.id)
    }

    fn chain(&self, record: &Record) -> BTreeSet<&'a str> {
        let mut chain: BTreeSet<&str> = self
            .records
            .iter()
            .filter(|other| other.id == record.id)
            .map(|other| other.id.as_str())
            .collect();
        loop {
            let known: Vec<&Record> = chain.iter().filter_map(|id| self.find(id)).collect();
            let before = chain.len();
            for other in self.records {
                if known.iter().any(|one| self.leads(one, other) || self.leads(other, one)) {
                    chain.insert(&other.id);
                }
            }
            if chain.len() == before {
                return chain;
            }
        }
    }

    /// Whether a figure of 成效 counts here: it is the latest of its chain, then the larger, then the first by id.
    pub fn benefit(&self, record: &Record, of: fn(&Record) -> Option<(i64, bool)>) -> Option<(i64, bool)> {
        let own = of(record)?;
        let chain = self.chain(record);
        let later = |other: &Record| {
            of(other).is_some_and(|(value, _)| {
                (other.date, value) > (record.date, own.0)
                    || (other.date, value) == (record.date, own.0) && other.id < record.id
            })
        };
        let others = self
            .living()
            .filter(|other| other.id != record.id && chain.contains(other.id.as_str()));
        (!others.into_iter().any(later)).then_some(own)
    }

    /// What tells the instrument of an event from others; nothing for what is no 批示 that counts.
    pub fn instrument(&self, record: &Record, at: usize) -> Option<String> {
        let event = &adoptions(record)[at];
        if !is_signed(event) {
            return None;
        }
        let (Some(authority), Some(day), None) = (&event.authority, event.date, &event.document) else {
            return Some(event.document.clone().unwrap_or_else(|| format!("{} {at}", record.id)));
        };
        let same = |other: &&Adoption| {
            is_signed(other) && other.authority.as_ref() == Some(authority) && other.date == Some(day)
        };
        let numbers = self
            .living()
            .flat_map(adoptions)
            .filter(same)
            .filter_map(|other| other.document.clone());
        Some(numbers.min().unwrap_or_else(|| format!("{authority} {day}")))
    }
}

pub fn people(record: &Record) -> Option<(i64, bool)> {
    record
        .benefits
        .people
        .as_ref()
        .map(|figure| (figure.value.value, figure.value.at_least))
}

pub fn amount(record: &Record) -> Option<(i64, bool)> {
    record
        .benefits
        .amount
        .as_ref()
        .map(|figure| (figure.value.value, figure.value.at_least))
}

fn is_signed(event: &Adoption) -> bool {
    event.form == Form::Instruction && event.effect.is_some_and(|effect| effect >= Effect::Endorsed)
}

pub fn adoptions(record: &Record) -> &[Adoption] {
    match &record.detail {
        Detail::Report(report) => &report.adoptions,
        _ => &[],
    }
}

pub fn recommendation(record: &Record) -> Option<&Recommendation> {
    match &record.detail {
        Detail::Recommendation(recommendation) => Some(recommendation),
        _ => None,
    }
}

fn number_of(record: &Record) -> Option<&String> {
    recommendation(record)?.number.as_ref()
}

/// Whether a recommendation was accepted in whole or part.
pub fn accepted(recommendation: &Recommendation) -> bool {
    let outcome = recommendation.reply.as_ref().and_then(|reply| reply.outcome);
    outcome == Some(Outcome::Accepted) || outcome == Some(Outcome::Partial)
}
