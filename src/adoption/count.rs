//! What a document adds to the figures of the ledger: each count with its date and with the place
//! in the front matter that it comes from.

use super::counted::adoptions;
use super::outcome::Deciding;
use super::{Filter, Outcome, Standing};
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Effect, Quantity, Record};
use crate::settings::Settings;

/// The figures of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// 撰写: reports of the genres that count as written, by their date.
    Reports,
    /// 已转化, by the date of the first qualifying event.
    Adopted,
    /// 成果认可 and not 已转化, by the date of the first recognised event.
    Recognised,
    /// Those of 已转化 that are 待核实: no qualifying event has evidence.
    Unverified,
    /// 领导批示, as distinct instruments, by the first date of each.
    Instructions,
    /// 肯定性批示 among them.
    Endorsed,
    /// 受益人数 of documents of every kind, by their date; in people.
    People,
    /// 挽回损失 of documents of every kind, by their date; in hundredths of a yuan (分).
    Amount,
}

impl Measure {
    /// All of them, in the order of the ledger.
    pub const ALL: [Measure; 8] = [
        Measure::Reports,
        Measure::Adopted,
        Measure::Recognised,
        Measure::Unverified,
        Measure::Instructions,
        Measure::Endorsed,
        Measure::People,
        Measure::Amount,
    ];

    /// The name by which pages, commands and files call it.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Reports => "reports",
            Measure::Adopted => "adopted",
            Measure::Recognised => "recognised",
            Measure::Unverified => "unverified",
            Measure::Instructions => "instructions",
            Measure::Endorsed => "endorsed",
            Measure::People => "people",
            Measure::Amount => "amount",
        }
    }

    /// The measure of a name.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }
}

/// A value of a front matter that a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// English key of the field.
    pub key: &'static str,
    /// Line of the file; `None` in the public audience and for what was guessed.
    pub line: Option<u32>,
}

/// A sum that is a lower bound as soon as one of its parts is (2000余 and 86 make 2086余).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// The number.
    pub value: i64,
    /// Whether 余 follows it.
    pub at_least: bool,
}

impl Sum {
    pub(super) fn add(&mut self, other: Sum) {
        self.value = self.value.saturating_add(other.value);
        self.at_least |= other.at_least;
    }
}

impl From<&Quantity> for Sum {
    fn from(quantity: &Quantity) -> Self {
        Self {
            value: quantity.value,
            at_least: quantity.at_least,
        }
    }
}

/// One thing that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Which figure it adds to.
    pub measure: Measure,
    /// Index of the document among those that were counted.
    pub document: usize,
    /// The day by which it falls into a period.
    pub day: Option<Day>,
    /// What it adds. An instrument adds 1 however many events name it.
    pub sum: Sum,
    /// What tells an instrument from others; empty for other figures.
    pub instrument: String,
    /// Index of the event, where it is one.
    pub event: Option<usize>,
    /// Where it comes from.
    pub places: Vec<Place>,
}

/// What one document adds under a filter, whenever it was; nothing of a draft or a copy. Of what a newer version replaces
/// figures of 成效 alone are left.
pub(super) fn counts(
    index: usize,
    record: &Record,
    outcome: &Outcome,
    settings: &Settings,
    filter: &Filter,
) -> Vec<Count> {
    if record.draft || outcome.is_copy() || !filter.takes_document(record, settings) {
        return Vec::new();
    }
    let events = adoptions(record);
    let fitting: Vec<usize> = (0..events.len())
        .filter(|&at| filter.takes_event(&events[at]))
        .collect();
    let document = Document {
        index,
        record,
        outcome,
        events,
    };
    let mut found: Vec<Count> = document.written(settings).into_iter().collect();
    found.extend(document.standing(&fitting, filter));
    found.extend(fitting.iter().flat_map(|&at| document.instruction(at)));
    found.extend(document.benefits());
    found
}

/// A document while it is counted.
struct Document<'a> {
    index: usize,
    record: &'a Record,
    outcome: &'a Outcome,
    events: &'a [Adoption],
}

impl Document<'_> {
    fn one(&self, measure: Measure, day: Option<Day>, places: Vec<Place>) -> Count {
        Count {
            measure,
            document: self.index,
            day,
            sum: Sum {
                value: 1,
                at_least: false,
            },
            instrument: String::new(),
            event: None,
            places,
        }
    }

    fn place(&self, key: &'static str) -> Place {
        Place {
            key,
            line: self.record.key_lines.get(key),
        }
    }

    /// The place of an event. Where the public has none, its line is nobody's business.
    fn event_place(&self, at: usize) -> Place {
        let known = !self.record.key_lines.is_empty();
        Place {
            key: "adoptions",
            line: known.then(|| self.events[at].line),
        }
    }

    fn written(&self, settings: &Settings) -> Option<Count> {
        let places = vec![self.place("genre"), self.place("date")];
        is_written(self.record, self.outcome, settings).then(|| self.one(Measure::Reports, self.record.date, places))
    }

    /// 已转化 or 成果认可, where one of the fitting events, or one of another version, makes the report count as that.
    fn standing(&self, fitting: &[usize], filter: &Filter) -> Vec<Count> {
        let standing = self.outcome.standing;
        if standing == Standing::Nothing || self.outcome.elsewhere {
            return Vec::new();
        }
        let deciding = || (0..self.events.len()).filter(|&at| self.outcome.events[at] == standing);
        let of_versions = |one: &Deciding| filter.takes(one.form, one.level, one.effect);
        if !deciding().any(|at| fitting.contains(&at)) && !self.outcome.versions.iter().any(of_versions) {
            return Vec::new();
        }
        let day = |at: usize| self.outcome.days[at];
        let first = deciding().filter_map(day).min_by_key(|day| day.order());
        let at_first = deciding().find(|&at| day(at) == first);
        let place = at_first.map(|at| self.event_place(at));
        let measure = match standing {
            Standing::Adopted => Measure::Adopted,
            _ => Measure::Recognised,
        };
        let mut count = self.one(measure, first, place.into_iter().collect());
        count.event = at_first;
        let unverified = (self.outcome.unverified && standing == Standing::Adopted).then(|| Count {
            measure: Measure::Unverified,
            places: deciding().map(|at| self.event_place(at)).collect(),
            ..count.clone()
        });
        std::iter::once(count).chain(unverified).collect()
    }

    /// An instruction, from 肯定性批示 up: 圈阅 only says that it was read, 已报送 that it was sent.
    fn instruction(&self, at: usize) -> Vec<Count> {
        let event = &self.events[at];
        let Some(Some(instrument)) = self.outcome.counted.instruments.get(at) else {
            return Vec::new();
        };
        let mut count = self.one(Measure::Instructions, instrument.day, vec![self.event_place(at)]);
        count.event = Some(at);
        count.instrument.clone_from(&instrument.key);
        let endorsed = (event.effect == Some(Effect::Endorsed)).then(|| Count {
            measure: Measure::Endorsed,
            ..count.clone()
        });
        std::iter::once(count).chain(endorsed).collect()
    }

    fn benefits(&self) -> Vec<Count> {
        let benefits = &self.record.benefits;
        let counted = &self.outcome.counted;
        let known = !self.record.key_lines.is_empty();
        let figures = [
            (Measure::People, "people", &benefits.people, counted.people_elsewhere),
            (Measure::Amount, "amount", &benefits.amount, counted.amount_elsewhere),
        ];
        let figures = figures.into_iter().filter_map(|(measure, key, figure, elsewhere)| {
            let figure = figure.as_ref().filter(|_| !elsewhere)?;
            let place = Place {
                key,
                line: known.then_some(figure.line),
            };
            let mut count = self.one(measure, self.record.date, vec![place]);
            count.sum = Sum::from(&figure.value);
            Some(count)
        });
        figures.collect()
    }
}

/// Whether a document is a report that counts as written: of a genre that does, and replaced by no newer version.
pub(crate) fn is_written(record: &Record, outcome: &Outcome, settings: &Settings) -> bool {
    let Detail::Report(report) = &record.detail else {
        return false;
    };
    let genre = report.genre.as_ref();
    !outcome.counted.superseded && genre.is_some_and(|genre| settings.written_genres.contains(genre))
}
