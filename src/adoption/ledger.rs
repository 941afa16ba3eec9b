//! 调研成果转化台账 in figures: what was written, what became a decision, what it brought, in all and
//! by one property of the documents.
//!
//! Every document gives a few counts ([`super::count`]), each with the date by which it falls into a
//! period. Each is added once to the total and once to the row of every value that the document has.

use super::count::{Count, Measure, Sum, counts};
use super::period::{Falls, Period};
use super::{Documents, Filter, Outcome, Standing};
use crate::record::date::{Day, Precision};
use crate::record::{Detail, Form, Level, Record};
use crate::settings::Settings;
use serde_json::{Map, Value, json};
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

/// The figures of a row or of the total; [`Measure`] says what each counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// 撰写.
    pub reports: usize,
    /// 已转化.
    pub adopted: usize,
    /// 成果认可 and not 已转化.
    pub recognised: usize,
    /// 待核实 among `adopted`.
    pub unverified: usize,
    /// 领导批示, as distinct instruments.
    pub instructions: usize,
    /// 肯定性批示 among `instructions`.
    pub endorsed: usize,
    /// 受益人数, in people.
    pub people: Sum,
    /// 挽回损失, in hundredths of a yuan (分).
    pub amount: Sum,
}

impl Figures {
    /// The figure of a measure.
    pub fn of(&self, measure: Measure) -> Sum {
        let number = |value: usize| Sum {
            value: i64::try_from(value).unwrap_or(i64::MAX),
            at_least: false,
        };
        match measure {
            Measure::Reports => number(self.reports),
            Measure::Adopted => number(self.adopted),
            Measure::Recognised => number(self.recognised),
            Measure::Unverified => number(self.unverified),
            Measure::Instructions => number(self.instructions),
            Measure::Endorsed => number(self.endorsed),
            Measure::People => self.people,
            Measure::Amount => self.amount,
        }
    }

    /// All of them by the English names of the measures; amounts in yuan.
    pub fn as_json(&self) -> Map<String, Value> {
        let value = |measure: Measure| match (measure, self.of(measure).value) {
            (Measure::Amount, hundredths) => yuan_json(hundredths),
            (_, value) => json!(value),
        };
        let all = Measure::ALL.into_iter();
        all.map(|measure| (measure.key().to_owned(), value(measure))).collect()
    }
}

/// Hundredths of a yuan as yuan: a whole number where it is one.
pub fn yuan_json(hundredths: i64) -> Value {
    match hundredths % 100 {
        0 => json!(hundredths / 100),
        // A float holds every amount below 90,000 billion yuan to the hundredth.
        _ => json!(hundredths as f64 / 100.0),
    }
}

/// Figures while they are added up: an instrument that is there already adds nothing.
#[derive(Default)]
struct Tally {
    figures: Figures,
    instruments: BTreeSet<(Measure, String)>,
}

impl Tally {
    fn add(&mut self, count: &Count) {
        let figures = &mut self.figures;
        let new = || (count.measure, count.instrument.clone());
        match count.measure {
            Measure::Reports => figures.reports += 1,
            Measure::Adopted => figures.adopted += 1,
            Measure::Recognised => figures.recognised += 1,
            Measure::Unverified => figures.unverified += 1,
            Measure::Instructions => figures.instructions += usize::from(self.instruments.insert(new())),
            Measure::Endorsed => figures.endorsed += usize::from(self.instruments.insert(new())),
            Measure::People => figures.people.add(count.sum),
            Measure::Amount => figures.amount.add(count.sum),
        }
    }
}

impl Tally {
    /// The figures of further counts, without instruments that are here already.
    fn beyond(&self, counts: &[Count]) -> Figures {
        let mut further = Tally {
            figures: Figures::default(),
            instruments: self.instruments.clone(),
        };
        counts.iter().for_each(|count| further.add(count));
        further.figures
    }
}

/// Figures of one value that rows are grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The value: of a closed vocabulary its English key; `2023`, `2023-Q1`, `2023-01` for periods;
    /// empty for documents that have none.
    pub key: String,
    /// All that is counted of it.
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
    /// What the total is made of, by document: every figure can be traced to a line of a file.
    pub counts: Vec<Count>,
    /// What may fall in the period or not, for want of a date or of its month or day: in no row and not in the total.
    pub unplaced: Figures,
}

/// Counts documents with their outcomes in a period; drafts and copies are out.
pub fn ledger(documents: &Documents, settings: &Settings, by: By, period: Period) -> Ledger {
    let filter = Filter {
        period,
        ..Filter::default()
    };
    filtered(documents, settings, by, &filter)
}

/// Counts what a filter takes of documents with their outcomes; drafts and copies are out.
pub fn filtered(documents: &Documents, settings: &Settings, by: By, filter: &Filter) -> Ledger {
    let all = documents.iter().enumerate().flat_map(|(index, (record, outcome))| {
        let own = counts(index, record, outcome, settings, filter).into_iter();
        own.map(move |count| {
            let rows = keys(by, record, outcome, &count);
            (count, rows)
        })
    });
    tally(all, by, filter.period)
}

/// Adds up counts that fall in a period, each in the rows that it belongs to.
pub(super) fn tally(counts: impl Iterator<Item = (Count, BTreeSet<String>)>, by: By, period: Period) -> Ledger {
    let mut total = Tally::default();
    let mut unplaced = Vec::new();
    let mut rows: BTreeMap<String, Tally> = BTreeMap::new();
    let mut all = Vec::new();
    for (count, keys) in counts {
        match period.falls(count.day) {
            Falls::Within => {}
            Falls::Unknown => {
                unplaced.push(count);
                continue;
            }
            Falls::Outside => continue,
        }
        total.add(&count);
        for key in keys {
            rows.entry(key).or_default().add(&count);
        }
        all.push(count);
    }
    let rows = rows.into_iter().map(|(key, tally)| (key, tally.figures));
    let (total, unplaced) = (total.figures, total.beyond(&unplaced));
    Ledger {
        rows: ordered(rows.map(|(key, figures)| Row { key, figures }).collect(), by),
        total,
        counts: all,
        unplaced,
    }
}

/// Rows in the order of [`Ledger::rows`]. They come in the order of their keys, in which those that are alike stay.
fn ordered(mut rows: Vec<Row>, by: By) -> Vec<Row> {
    match by {
        By::Year | By::Quarter | By::Month => {}
        By::Level => rows.sort_by_key(|row| Reverse(Level::parse(&row.key))),
        By::Form => rows.sort_by_key(|row| Form::parse(&row.key)),
        By::Unit | By::Department | By::Person | By::Line => {
            rows.sort_by_key(|row| Reverse((row.figures.adopted, row.figures.reports)));
        }
    }
    rows.sort_by_key(|row| row.key.is_empty());
    rows
}

/// The rows that a count belongs to: at least one, that without value if there is no other. An
/// instrument belongs to its own form and level, everything else to those that make its report count.
pub(super) fn keys(by: By, record: &Record, outcome: &Outcome, count: &Count) -> BTreeSet<String> {
    let own = matches!(count.measure, Measure::Instructions | Measure::Endorsed)
        .then_some(count.event)
        .flatten();
    let deciding = || -> Vec<(Form, Option<Level>)> {
        match (own, &record.detail) {
            (Some(at), Detail::Report(report)) => vec![(report.adoptions[at].form, report.adoptions[at].level)],
            _ => deciding(record, outcome).collect(),
        }
    };
    let mut keys: BTreeSet<String> = match by {
        By::Unit => record.units.iter().cloned().collect(),
        By::Department => record.departments.iter().cloned().collect(),
        By::Person => record.authors.iter().map(|author| author.name.clone()).collect(),
        By::Line => record.lines.iter().cloned().collect(),
        By::Year | By::Quarter | By::Month => BTreeSet::from([span_key(by, count.day)]),
        By::Form => deciding().into_iter().map(|(form, _)| form.key().into()).collect(),
        By::Level => {
            let highest = deciding().into_iter().filter_map(|(_, level)| level).max();
            highest.map(|level| level.key().into()).into_iter().collect()
        }
    };
    if keys.is_empty() {
        keys.insert(String::new());
    }
    keys
}

/// Form and level of the events that give a report its standing, those of its other versions among them.
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
        .chain(outcome.versions.iter().map(|one| (one.form, one.level)))
}

/// The row of a day; that without value where the day isn't known as exactly.
pub(super) fn span_key(by: By, day: Option<Day>) -> String {
    day.and_then(|day| span(by, day)).unwrap_or_default()
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
