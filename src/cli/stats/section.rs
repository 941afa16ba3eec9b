//! The section as values: each figure with its words, its counterpart and the documents behind it.

use crate::adoption::statistics::{Basis, Figure, Statistics, on_time_rate};
use crate::adoption::{Measure, Period, Rate, Sum};
use crate::audience::Audience;
use crate::build::Loaded;
use crate::message::{Catalogue, Lang};
use crate::record::date::Day;
use crate::site::{self, amount_text, shown};
use std::collections::BTreeSet;

pub(super) struct Section {
    /// Heading.
    pub title: String,
    /// The period in words.
    pub period: String,
    /// The period to compare with, in words.
    pub before: Option<String>,
    /// What the figures rest on in general.
    pub note: String,
    /// Paragraphs of figures; one paragraph on reports, cases, recommendations and benefits each.
    pub paragraphs: Vec<Vec<Line>>,
}

/// One figure.
pub(super) struct Line {
    /// Its name for programs.
    pub key: String,
    /// Its name in words.
    pub name: String,
    /// Whether it is a part of the figure before it.
    pub part: bool,
    /// 本期 as text with unit.
    pub now: String,
    /// 上期 as text with unit.
    pub before: Option<String>,
    /// 增减 in words.
    pub change: Option<String>,
    /// Whether the figures are amounts, in hundredths of a yuan.
    pub money: bool,
    /// The figures as numbers; a rate has none.
    pub numbers: (Option<i64>, Option<i64>),
    /// The documents of 本期 and of 上期.
    pub documents: (Vec<String>, Vec<String>),
}

type Asked<'a> = (Period, &'a Statistics);

impl Section {
    /// Puts the figures of a period, and of the one before it, into words.
    pub(super) fn new(loaded: &Loaded, now: Asked, before: Option<Asked>, words: &'static Catalogue) -> Self {
        let teller = Teller { loaded, words };
        // Figures that must be named even if they are zero.
        let mut figures: BTreeSet<Figure> = [Figure::Written, Figure::Adopted, Figure::Issued].into();
        let earlier = before.iter().flat_map(|(_, found)| found.figures.keys());
        figures.extend(now.1.figures.keys().chain(earlier));
        let mut paragraphs: Vec<Vec<Line>> = (0..4).map(|_| Vec::new()).collect();
        // The rate stands once, behind the last figure that it is made of; either period may have one.
        let last_of_rate = [Figure::OnTime, Figure::Due]
            .into_iter()
            .find(|figure| figures.contains(figure));
        for figure in figures {
            let line = teller.line(figure, now.1, before.map(|(_, found)| found));
            paragraphs[paragraph(figure)].push(line);
            if Some(figure) == last_of_rate {
                paragraphs[2].extend(teller.rate(on_time_rate(now.1), before.map(|(_, found)| on_time_rate(found))));
            }
        }
        paragraphs.retain(|lines| !lines.is_empty());
        let period = teller.period(now.0);
        Self {
            title: words.format("stats.title", &[("period", period.clone())]),
            period,
            before: before.map(|(period, _)| teller.period(period)),
            note: teller.note(now.1, before.map(|(_, found)| found)),
            paragraphs,
        }
    }
}

fn paragraph(figure: Figure) -> usize {
    match figure {
        Figure::Cases(_) => 1,
        Figure::Issued | Figure::Due | Figure::OnTime | Figure::Late | Figure::Undated => 2,
        Figure::Replied | Figure::Accepted | Figure::Rectified => 2,
        Figure::People | Figure::Amount => 3,
        _ => 0,
    }
}

/// Puts figures into words.
struct Teller<'a> {
    loaded: &'a Loaded,
    words: &'static Catalogue,
}

impl Teller<'_> {
    fn line(&self, figure: Figure, now: &Statistics, before: Option<&Statistics>) -> Line {
        let (key, name) = self.name(figure);
        let sum = |found: &Statistics| found.figures.get(&figure).map(|stated| stated.sum).unwrap_or_default();
        let documents = |found: &Statistics| match found.figures.get(&figure) {
            Some(stated) => stated.basis.iter().map(|basis| self.document(figure, basis)).collect(),
            None => Vec::new(),
        };
        Line {
            key,
            name,
            part: matches!(
                figure,
                Figure::AdoptedAt(_)
                    | Figure::Unverified
                    | Figure::Endorsed
                    | Figure::OnTime
                    | Figure::Late
                    | Figure::Undated
                    | Figure::Accepted
            ),
            money: figure == Figure::Amount,
            now: self.value(figure, sum(now)),
            before: before.map(|found| self.value(figure, sum(found))),
            change: before.map(|found| self.change(figure, sum(now), sum(found))),
            numbers: (Some(sum(now).value), before.map(|found| sum(found).value)),
            documents: (documents(now), before.map(documents).unwrap_or_default()),
        }
    }

    /// 按期回复率, where there is any of which it could be a rate.
    fn rate(&self, now: Rate, before: Option<Rate>) -> Option<Line> {
        let text = |rate: Rate| match rate.percent() {
            Some(_) => site::rate(rate, "due", self.words),
            None => self.words.get("stats.no-rate").to_owned(),
        };
        (now.whole > 0 || before.is_some_and(|before| before.whole > 0)).then(|| Line {
            key: "on-time-rate".into(),
            name: self.words.get("stats.name.on-time-rate").to_owned(),
            part: true,
            now: text(now),
            before: before.map(text),
            change: None,
            money: false,
            numbers: (None, None),
            documents: (Vec::new(), Vec::new()),
        })
    }

    fn name(&self, figure: Figure) -> (String, String) {
        let name = |key: &str| (key.to_owned(), self.words.get(&format!("stats.name.{key}")).to_owned());
        match figure {
            Figure::Written => name("reports"),
            Figure::Adopted => name("adopted"),
            Figure::Unverified => name("unverified"),
            Figure::Recognised => name("recognised"),
            Figure::Instructions => name("instructions"),
            Figure::Endorsed => name("endorsed"),
            Figure::Issued => name("issued"),
            Figure::Due => name("due"),
            Figure::OnTime => name("on-time"),
            Figure::Late => name("late"),
            Figure::Undated => name("undated"),
            Figure::Replied => name("replied"),
            Figure::Accepted => name("accepted"),
            Figure::Rectified => name("rectified"),
            Figure::People => name("people"),
            Figure::Amount => name("amount"),
            Figure::AdoptedAt(level) => {
                let Some(level) = level.0.map(crate::record::vocabulary::Level::key) else {
                    return name("adopted-none");
                };
                let args = [("level", self.words.get(&format!("level.{level}")).to_owned())];
                (
                    format!("adopted-{level}"),
                    self.words.format("stats.name.adopted-at", &args),
                )
            }
            Figure::Cases(of) => {
                let (level, rank) = of.0;
                let level_key = level.map_or("", |level| level.key());
                let level = level.map_or_else(String::new, |level| {
                    self.words.get(&format!("level.{}", level.key())).to_owned()
                });
                let args = [
                    ("level", level),
                    ("rank", self.words.get(&format!("badge.{}", rank.key())).to_owned()),
                ];
                (
                    format!("cases-{level_key}-{}", rank.key()),
                    self.words.format("stats.name.cases", &args),
                )
            }
        }
    }

    /// A figure with its unit.
    fn value(&self, figure: Figure, sum: Sum) -> String {
        let unit = match figure {
            Figure::Amount => return amount_text(sum, self.words),
            Figure::People => "measure.unit.people",
            _ if paragraph(figure) == 0 && !matches!(figure, Figure::Instructions | Figure::Endorsed) => {
                "measure.unit.reports"
            }
            Figure::Cases(_) => "count.unit.case",
            Figure::Instructions | Figure::Endorsed => "measure.unit.instructions",
            _ => "count.unit.recommendation",
        };
        let number = sum.value.to_string();
        let number = if sum.at_least {
            self.words.format("figure.at_least", &[("n", number)])
        } else {
            number
        };
        self.words.format(
            "stats.value",
            &[("n", number), ("unit", self.words.get(unit).to_owned())],
        )
    }

    fn change(&self, figure: Figure, now: Sum, before: Sum) -> String {
        let by = Sum {
            value: (now.value - before.value).abs(),
            at_least: now.at_least || before.at_least,
        };
        let key = match now.value.cmp(&before.value) {
            std::cmp::Ordering::Greater => "stats.more",
            std::cmp::Ordering::Less => "stats.less",
            std::cmp::Ordering::Equal => return self.words.get("stats.same").to_owned(),
        };
        self.words.format(key, &[("n", self.value(figure, by))])
    }

    /// A document with the date by which it counts, and in the office with file and line.
    fn document(&self, figure: Figure, basis: &Basis) -> String {
        let record = self.loaded.entries[basis.document].document.record();
        let line = basis.places.iter().find_map(|place| place.line);
        let place = match (self.loaded.audience, line) {
            (Audience::Internal, Some(line)) => Some(self.words.format(
                "stats.place",
                &[("file", record.file.clone()), ("line", line.to_string())],
            )),
            _ => None,
        };
        let value = matches!(figure, Figure::People | Figure::Amount).then(|| self.value(figure, basis.sum));
        let about: Vec<String> = value.into_iter().chain(basis.day.map(shown)).chain(place).collect();
        self.words.format(
            "stats.document",
            &[
                ("title", record.title.clone()),
                ("about", about.join(self.words.get("stats.comma"))),
            ],
        )
    }

    /// How the figures were counted, and what has no place in the periods.
    fn note(&self, now: &Statistics, before: Option<&Statistics>) -> String {
        let audience = self
            .words
            .get(&format!("audience.{}", self.loaded.audience.key()))
            .to_owned();
        let args = [("now", self.loaded.now.to_string()), ("audience", audience)];
        let mut note = self.words.format("stats.note", &args);
        if site::measures(self.loaded.audience, &self.loaded.entries).contains(&Measure::Instructions) {
            note += self.words.get("stats.note.instructions");
        }
        note += &self.unplaced(now).unwrap_or_default();
        let before = before.and_then(|found| self.unplaced(found));
        note += &before.map_or_else(String::new, |list| {
            self.words.format("stats.unplaced.before", &[("list", list)])
        });
        note + &site::copies_note(&self.loaded.entries, self.words).unwrap_or_default()
    }

    /// What may fall in the period or not, figure by figure.
    fn unplaced(&self, now: &Statistics) -> Option<String> {
        let is_part = |figure: &Figure| matches!(figure, Figure::AdoptedAt(_) | Figure::Unverified | Figure::Endorsed);
        let named: Vec<String> = now
            .unplaced
            .iter()
            .filter(|(figure, sum)| !is_part(figure) && sum.value > 0)
            .map(|(figure, sum)| {
                let args = [("name", self.name(*figure).1), ("value", self.value(*figure, *sum))];
                self.words.format("stats.clause", &args)
            })
            .collect();
        let list = || named.join(self.words.get("ledger.script.separator"));
        (!named.is_empty()).then(|| self.words.format("ledger.unplaced", &[("list", list())]))
    }

    fn period(&self, period: Period) -> String {
        let day = |day: Option<jiff::civil::Date>| match day {
            Some(day) if std::ptr::eq(self.words, Catalogue::of(Lang::Zh)) => Day::exact(day).zh(),
            Some(day) => day.to_string(),
            None => String::new(),
        };
        self.words.format(
            "stats.period",
            &[("since", day(period.since)), ("until", day(period.until))],
        )
    }
}
