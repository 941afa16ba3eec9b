//! 调研成果转化台账 in figures: what was written, what became a decision, what it brought, in all and
//! by one property of the documents.
//!
//! Every document gives a few contributions, each with the date by which it falls into a period.
//! Each is added once to the total and once to the row of every value that the document has.

use super::{Outcome, Standing};
use crate::check;
use crate::record::date::{Day, Precision};
use crate::record::{Detail, Form, Level, Quantity, Record};
use crate::settings::Settings;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// By what the rows are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// 单位.
    Unit,
    /// 部门.
    Department,
    /// 作者.
    Person,
    /// Calendar year.
    Year,
    /// Calendar quarter.
    Quarter,
    /// Calendar month.
    Month,
    /// 业务条线.
    Line,
    /// 转化形式 of the events that make the report count.
    Form,
    /// The highest 层级 of those events.
    Level,
}

impl By {
    /// All of them.
    pub const ALL: &'static [By] = &[
        By::Unit,
        By::Department,
        By::Person,
        By::Year,
        By::Quarter,
        By::Month,
        By::Line,
        By::Form,
        By::Level,
    ];

    /// The name by which commands and files call it.
    pub fn key(self) -> &'static str {
        match self {
            By::Unit => "unit",
            By::Department => "department",
            By::Person => "person",
            By::Year => "year",
            By::Quarter => "quarter",
            By::Month => "month",
            By::Line => "line",
            By::Form => "form",
            By::Level => "level",
        }
    }

    /// Whether one document can stand in several rows, each time in full: 分项之和可大于合计.
    pub fn shares(self) -> bool {
        match self {
            By::Unit | By::Department | By::Person | By::Line | By::Form => true,
            By::Year | By::Quarter | By::Month | By::Level => false,
        }
    }
}

/// A period of days, both ends included; an open end is unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Period {
    /// Whether a day falls in it. A date that is known by its month or year stands at the first day
    /// of that, so that it falls in one period only; what has no date is in the unlimited one alone.
    pub fn holds(self, day: Option<Day>) -> bool {
        match day {
            Some(day) => {
                self.since.is_none_or(|since| since <= day.date) && self.until.is_none_or(|until| day.date <= until)
            }
            None => self == Period::default(),
        }
    }
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
    fn add(&mut self, other: Sum) {
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

/// The figures of a row or of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// 撰写: reports of the genres that count as written, by their date.
    pub reports: usize,
    /// 已转化, by the date of the first qualifying event.
    pub adopted: usize,
    /// 成果认可 and not 已转化, by the date of the first recognised event.
    pub recognised: usize,
    /// Those of `adopted` that are 待核实: no qualifying event has evidence.
    pub unverified: usize,
    /// 受益人数 of documents of every kind, by their date; in people.
    pub people: Sum,
    /// 挽回损失 of documents of every kind, by their date; in hundredths of a yuan (分).
    pub amount: Sum,
}

impl Figures {
    fn add(&mut self, other: &Figures) {
        self.reports += other.reports;
        self.adopted += other.adopted;
        self.recognised += other.recognised;
        self.unverified += other.unverified;
        self.people.add(other.people);
        self.amount.add(other.amount);
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The value: of a closed vocabulary its English key; `2023`, `2023-Q1`, `2023-01` for periods;
    /// empty for documents that have none.
    pub key: String,
    /// Its figures.
    pub figures: Figures,
}

/// The ledger in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Periods from the oldest, levels from the highest, forms in the order of the vocabulary, other
    /// values from the one with most adopted reports; the row without value is the last.
    pub rows: Vec<Row>,
    /// Every document once.
    pub total: Figures,
}

/// Counts documents with their outcomes; drafts are out.
pub fn ledger(documents: &[(&Record, &Outcome)], settings: &Settings, by: By, period: Period) -> Ledger {
    let records: Vec<&Record> = documents.iter().map(|(record, _)| *record).collect();
    // A figure of 成效 counts once in a chain of documents, where it stands first.
    let twice: BTreeSet<(usize, &str)> = check::figures_twice(&records)
        .into_iter()
        .map(|twice| (twice.record, twice.key))
        .collect();
    let mut total = Figures::default();
    let mut rows: BTreeMap<String, Figures> = BTreeMap::new();
    for (index, (record, outcome)) in documents.iter().enumerate().filter(|(_, (record, _))| !record.draft) {
        let benefits = benefits(record, |key| !twice.contains(&(index, key)));
        for (day, figures) in outcomes(record, outcome, settings).into_iter().chain(benefits) {
            if period.holds(day) {
                total.add(&figures);
                for key in keys(by, record, outcome, day) {
                    rows.entry(key).or_default().add(&figures);
                }
            }
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|(key, figures)| Row { key, figures }).collect();
    // The sort is stable: rows that are alike stay in the order of their keys.
    match by {
        By::Year | By::Quarter | By::Month => {}
        By::Level => rows.sort_by_key(|row| Reverse(Level::parse(&row.key))),
        By::Form => rows.sort_by_key(|row| Form::parse(&row.key)),
        By::Unit | By::Department | By::Person | By::Line => {
            rows.sort_by_key(|row| Reverse((row.figures.adopted, row.figures.reports)));
        }
    }
    rows.sort_by_key(|row| row.key.is_empty());
    Ledger { rows, total }
}

/// What a report adds as written, as adopted and as recognised, each with its date.
fn outcomes(record: &Record, outcome: &Outcome, settings: &Settings) -> Vec<(Option<Day>, Figures)> {
    let Detail::Report(report) = &record.detail else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let genre = report.genre.as_ref();
    if genre.is_some_and(|genre| settings.written_genres.contains(genre)) {
        let written = Figures {
            reports: 1,
            ..Figures::default()
        };
        found.push((record.date, written));
    }
    match outcome.standing {
        Standing::Adopted => {
            let adopted = Figures {
                adopted: 1,
                unverified: usize::from(outcome.unverified),
                ..Figures::default()
            };
            found.push((outcome.first, adopted));
        }
        Standing::Recognised => {
            let events = report.adoptions.iter().zip(&outcome.events);
            let first = events
                .filter(|(_, standing)| **standing == Standing::Recognised)
                .filter_map(|(event, _)| event.date)
                .min();
            let recognised = Figures {
                recognised: 1,
                ..Figures::default()
            };
            found.push((first, recognised));
        }
        Standing::Nothing => {}
    }
    found
}

/// What a document of any kind adds by its 成效; `counts` tells by a figure's key whether it does.
fn benefits(record: &Record, counts: impl Fn(&str) -> bool) -> Option<(Option<Day>, Figures)> {
    let people = record.benefits.people.as_ref().filter(|_| counts("people"));
    let amount = record.benefits.amount.as_ref().filter(|_| counts("amount"));
    if people.is_none() && amount.is_none() {
        return None;
    }
    let figures = Figures {
        people: people.map(|people| Sum::from(&people.value)).unwrap_or_default(),
        amount: amount.map(|amount| Sum::from(&amount.value)).unwrap_or_default(),
        ..Figures::default()
    };
    Some((record.date, figures))
}

/// The rows that a contribution belongs to: at least one, that without value if there is no other.
fn keys(by: By, record: &Record, outcome: &Outcome, day: Option<Day>) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = match by {
        By::Unit => record.units.iter().cloned().collect(),
        By::Department => record.departments.iter().cloned().collect(),
        By::Person => record.authors.iter().map(|author| author.name.clone()).collect(),
        By::Line => record.lines.iter().cloned().collect(),
        By::Year | By::Quarter | By::Month => day.and_then(|day| span(by, day)).into_iter().collect(),
        By::Form => deciding(record, outcome).map(|(form, _)| form.key().into()).collect(),
        By::Level => {
            let highest = deciding(record, outcome).filter_map(|(_, level)| level).max();
            highest.map(|level| level.key().into()).into_iter().collect()
        }
    };
    if keys.is_empty() {
        keys.insert(String::new());
    }
    keys
}

/// Form and level of the events that give a report its standing.
fn deciding<'a>(record: &'a Record, outcome: &'a Outcome) -> impl Iterator<Item = (Form, Option<Level>)> + 'a {
    let events = match &record.detail {
        Detail::Report(report) if outcome.standing != Standing::Nothing => report.adoptions.as_slice(),
        _ => &[],
    };
    events
        .iter()
        .zip(&outcome.events)
        .filter(|(_, standing)| **standing == outcome.standing)
        .map(|(event, _)| (event.form, event.level))
}

/// The year, quarter or month of a day, where it is known as exactly as that.
fn span(by: By, day: Day) -> Option<String> {
    let (year, month) = (day.date.year(), day.date.month());
    match by {
        By::Year => Some(format!("{year}")),
        _ if day.precision == Precision::Year => None,
        By::Quarter => Some(format!("{year}-Q{}", (month + 2) / 3)),
        _ => Some(format!("{year}-{month:02}")),
    }
}
