//! 成果总览, and 计算依据: the documents behind every figure, on a page of their own that figures link to.

use super::chart::{Bar, Chart, Part, Series};
use super::{Board, Boards, Links, figures};
use crate::adoption::overview::{
    Adopted, Honoured, Rung, adopted, benefits, funnel, honoured, issued_in, issued_on, replies_of,
};
use crate::adoption::statistics::{Figure, statistics, year_before};
use crate::adoption::topics::youth;
use crate::adoption::{By, Ledger, Period, REPLY_FIGURES, Replies, ReplyFigure, Sum, ledger, owed, replies};
use crate::audience::Audience;
use crate::record::vocabulary::{Form, Level};
use crate::site::said::{beside, copies_note, reply_figure};
use crate::site::shelf::Facet;
use crate::site::templates::value;
use crate::site::words::shown;
use minijinja::{Value, context};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "boards/overview.html";

/// The page of the documents behind the figures.
const BASIS: &str = "boards/basis.html";

/// Levels from the lowest that counts, with the shade of each.
const LEVELS: [(Level, &str); 4] = [
    (Level::County, "shade-1"),
    (Level::City, "shade-2"),
    (Level::Province, "shade-3"),
    (Level::National, "shade-4"),
];

/// A figure of the recommendations, with its rate and its documents.
#[derive(Serialize)]
struct ReplyRow {
    key: &'static str,
    label: String,
    text: String,
    rate: Option<String>,
    #[serde(skip)]
    documents: Links,
}

/// The documents behind a figure, as the page of the working lists them.
#[derive(Serialize)]
struct Basis {
    /// Its place on that page.
    id: String,
    label: String,
    text: String,
    documents: Links,
}

/// The steps of a report, each with the documents that came so far.
type Steps = [(&'static str, Vec<usize>); 4];

impl Boards<'_> {
    /// The page, and that of its working; each with its file.
    pub(super) fn overview(&self) -> [(&'static str, String); 2] {
        let words = self.site.words;
        let adopted = adopted(&self.documents, self.period);
        let honoured = honoured(&self.documents, self.period);
        let all = ledger(&self.documents, self.site.settings, By::Year, self.period);
        let replies = replies_of(&self.documents, self.site.settings, self.site.now, self.period);
        let youth = match self.site.audience {
            Audience::Internal => Some(youth(&self.documents, self.site.settings)).filter(|youth| youth.projects > 0),
            Audience::Public => None,
        };
        let steps = self.steps();
        let reply_figures = self.reply_figures(&replies);
        let honours = self.honour_groups(&honoured);
        let own = context! {
            basis => super::href(PAGE, BASIS),
            figures => context! {
                written => all.total.reports,
                adopted => adopted.len(),
                unverified => adopted.iter().filter(|report| report.unverified).count(),
                recognised => all.total.recognised,
                instructions => Some(all.total.instructions).filter(|n| *n > 0),
                endorsed => all.total.endorsed,
                people => some_sum(all.total.people).map(|sum| figures::people(sum, words)),
                amount => some_sum(all.total.amount).map(|sum| figures::amount(sum, words)),
                issued => replies.issued,
                on_time => replies.on_time_rate().percent().unwrap_or_else(|| "—".to_owned()),
                on_time_of => figures::denominator(replies.on_time_rate(), "due", words),
                high_cases => honoured.iter().filter(|case| case.is_high()).count(),
            },
            year => self.compared(),
            youth => youth.map(|youth| context! {
                projects => youth.projects, leaders => youth.leaders, done => youth.results.done, results => youth.results.all,
            }),
            ledger_href => self.ledger_link(PAGE, &[("status", "adopted"), ("basis", "adopted")]),
            recognised_href => self.ledger_link(PAGE, &[("status", "recognised"), ("basis", "recognised")]),
            instructions_href => self.ledger_link(PAGE, &[("form", "instruction"), ("basis", "instructions")]),
            unverified_href => self.ledger_link(PAGE, &[("basis", "unverified")]),
            unplaced => crate::site::unplaced(&all.unplaced, words.catalogue()),
            copies => copies_note(self.site.entries, words.catalogue()),
            funnel => value(self.funnel(&steps)),
            by_year => value(self.by_year(&adopted)),
            adopted => self.adopted_rows(&adopted),
            by => [(By::Form, "by-form"), (By::Department, "by-department"), (By::Line, "by-line")]
                .into_iter().filter_map(|(by, id)| self.by(by, id)).map(value).collect::<Vec<_>>(),
            replies => value(&reply_figures),
            withdrawn => replies.withdrawn,
            beside => beside(&replies, words.catalogue()),
            replies_href => self.site.boards.contains(&Board::Replies).then_some("replies.html"),
            honours => self.honour_rows(&honours),
            honours_href => self.site.boards.contains(&Board::Honours).then_some("honours.html"),
            benefits => self.benefit_rows(),
            years => self.years(&all, &honoured),
        };
        let working = context! {
            up => super::href(BASIS, PAGE),
            bases => value(self.bases(&steps, reply_figures, &honours)),
        };
        [
            (PAGE, self.page(Board::Overview, PAGE, "board-overview.html", own)),
            (BASIS, self.page(Board::Overview, BASIS, "board-basis.html", working)),
        ]
    }

    /// This year's figures beside those of the same days of the last one, as `stats` has them; none where both are 0.
    fn compared(&self) -> Value {
        let (words, now) = (self.site.words, self.site.now);
        let year = Period {
            since: Some(now.first_of_year()),
            until: Some(now),
        };
        let of = |period| statistics(&self.documents, self.site.settings, period, now);
        let before = year_before(now.first_of_year(), now);
        let (own, earlier) = (of(year), before.map(of).unwrap_or_default());
        let said = |figure: Figure| {
            let counts = [own.count(figure), earlier.count(figure)];
            let [n, before] = counts.map(|count| count.to_string());
            let args = [("year", now.year().to_string()), ("n", n), ("before", before)];
            (counts != [0, 0]).then(|| words.fill("overview.year", &args))
        };
        context! {
            written => said(Figure::Written),
            adopted => said(Figure::Adopted),
            recognised => said(Figure::Recognised),
            instructions => said(Figure::Instructions),
        }
    }

    /// What stands behind each figure: a section a figure, in the order of the overview.
    fn bases(&self, steps: &Steps, replies: Vec<ReplyRow>, honours: &BTreeMap<Rung, Vec<usize>>) -> Vec<Basis> {
        let words = self.site.words;
        let funnel = steps.iter().map(|(key, documents)| Basis {
            id: format!("funnel-{key}"),
            label: words.find(&format!("overview.funnel.{key}")),
            text: words.with("overview.reports", "n", documents.len()),
            documents: self.links(
                BASIS,
                documents,
                Some(if *key == "written" { "date" } else { "adoptions" }),
            ),
        });
        let replies = replies.into_iter().map(|figure| Basis {
            id: format!("replies-{}", figure.key),
            label: figure.label,
            text: figure.text,
            documents: figure.documents,
        });
        let honours = honours.iter().rev().map(|(&rung, documents)| Basis {
            id: format!("honour-{}", rung_key(rung)),
            label: [rung.0.map(|level| words.name(level)), Some(words.name(rung.1))]
                .into_iter()
                .flatten()
                .collect(),
            text: words.with("list.total", "n", documents.len()),
            documents: self.links(BASIS, documents, Some("honours")),
        });
        let all = funnel.chain(replies).chain(honours);
        all.filter(|basis| !basis.documents.listed.is_empty()).collect()
    }

    /// The steps of the reports that were written in the period.
    fn steps(&self) -> Steps {
        let funnel = funnel(&self.documents, self.site.settings, self.period);
        [
            ("written", funnel.written),
            ("submitted", funnel.submitted),
            ("adopted", funnel.adopted),
            ("implemented", funnel.implemented),
        ]
    }

    /// Their way as a chart.
    fn funnel(&self, steps: &Steps) -> Option<Chart> {
        let words = self.site.words;
        let written = steps[0].1.len();
        let bars = steps.iter().map(|(key, documents)| {
            let share = figures::share(documents.len(), written, words).filter(|_| *key != "written");
            let count = words.with("overview.reports", "n", documents.len());
            let basis = Some(format!("{}#funnel-{key}", super::href(PAGE, BASIS))).filter(|_| !documents.is_empty());
            Bar {
                label: words.find(&format!("overview.funnel.{key}")),
                href: basis.clone(),
                value: share.map_or(count.clone(), |share| format!("{count} · {share}")),
                parts: vec![Part {
                    count: documents.len(),
                    href: basis,
                }],
            }
        });
        let series = vec![Series::new("shade-3", words.get("overview.funnel"))];
        Chart::new("funnel", words.find("overview.funnel"), series, bars.collect())
    }

    /// Adopted reports by the year of their first event and their highest level; those without either have a row and a
    /// shade of their own.
    fn by_year(&self, adopted: &[Adopted]) -> Option<Chart> {
        let words = self.site.words;
        let levels: Vec<(Option<Level>, &'static str)> = LEVELS
            .into_iter()
            .map(|(level, class)| (Some(level), class))
            .chain([(None, "shade-none")])
            .filter(|(level, _)| adopted.iter().any(|report| report.level == *level))
            .collect();
        let years: BTreeSet<Option<i16>> = adopted.iter().map(|report| report.first.map(year)).collect();
        // The undated come last.
        let dated = years.iter().filter(|year| year.is_some());
        let bars = dated.chain(years.get(&None)).map(|&of| {
            let of_year = || adopted.iter().filter(|report| report.first.map(year) == of);
            let parts = levels.iter().map(|(level, _)| Part {
                count: of_year().filter(|report| report.level == *level).count(),
                href: Some(format!("#{}", group(of, *level))),
            });
            Bar {
                label: of.map_or_else(
                    || words.find("ledger.no_value"),
                    |year| words.with("list.year", "year", year),
                ),
                href: of.and_then(|year| self.year_link(&year.to_string())),
                value: words.with("overview.reports", "n", of_year().count()),
                parts: parts.collect(),
            }
        });
        let series = levels.iter().map(|(level, class)| {
            let name = level.map_or_else(|| words.find("ledger.no_value"), |level| words.name(level));
            Series::new(class, name)
        });
        Chart::new(
            "by-year",
            words.find("overview.by_year"),
            series.collect(),
            bars.collect(),
        )
    }

    /// The adopted reports of a year in the ledger.
    fn year_link(&self, year: &str) -> Option<String> {
        let (since, until) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let filters = [
            ("since", &*since),
            ("until", &*until),
            ("status", "adopted"),
            ("basis", "adopted"),
        ];
        self.ledger_link(PAGE, &filters)
    }

    /// The adopted reports one by one, grouped so that a bar can lead to them.
    fn adopted_rows(&self, adopted: &[Adopted]) -> Vec<Value> {
        let words = self.site.words;
        let mut ids = BTreeSet::new();
        let rows = adopted.iter().map(|report| {
            let place = group(report.first.map(year), report.level);
            context! {
                // The first of a group is where its bar leads to.
                id => Some(place).filter(|place| ids.insert(place.clone())),
                document => value(self.link(PAGE, report.document)),
                first => report.first.map(shown),
                level => report.level.map(|level| words.name(level)),
                forms => report.forms.iter().map(|form| words.name(*form)).collect::<Vec<_>>(),
                unverified => report.unverified,
            }
        });
        rows.collect()
    }

    /// Adopted reports by a property that several reports can share.
    fn by(&self, by: By, id: &'static str) -> Option<Chart> {
        let words = self.site.words;
        let rows = ledger(&self.documents, self.site.settings, by, self.period).rows;
        let bars: Vec<Bar> = rows
            .into_iter()
            .filter(|row| row.figures.adopted > 0)
            .map(|row| {
                let label = match (by, row.key.as_str()) {
                    (_, "") => words.find("ledger.no_value"),
                    (By::Form, key) => Form::parse(key).map_or_else(|| key.to_owned(), |form| words.name(form)),
                    (_, key) => key.to_owned(),
                };
                let href = match row.key.as_str() {
                    "" => None,
                    key => self.ledger_link(PAGE, &[(by.key(), key), ("status", "adopted"), ("basis", "adopted")]),
                };
                Bar {
                    label,
                    href: href.clone(),
                    value: words.with("overview.reports", "n", row.figures.adopted),
                    parts: vec![Part {
                        count: row.figures.adopted,
                        href,
                    }],
                }
            })
            .collect();
        let title = words.find(&format!("overview.by_{}", by.key()));
        Chart::new(
            id,
            title,
            vec![Series::new("shade-2", words.get("badge.adopted"))],
            bars,
        )
    }

    /// The six figures; what was done in part, and what was not done, stands beside them.
    fn reply_figures(&self, total: &Replies) -> Vec<ReplyRow> {
        let words = self.site.words;
        // Of each document by itself the same rules tell in which figures it is.
        let alone = |index: usize| replies(&[self.documents[index]], self.site.settings, self.site.now);
        let issued = issued_in(&self.documents, self.period).into_iter();
        let one_by_one: Vec<(usize, Replies)> = issued.map(|index| (index, alone(index))).collect();
        // This figure is one everywhere: of all recommendations, whenever they were issued.
        let late = self.overdue();
        let shown = |figure: &ReplyFigure| {
            let (mut text, rate) = reply_figure(figure, total, words.catalogue());
            let holds = one_by_one.iter().filter(|(_, alone)| figure.all(alone) > 0);
            let mut indices: Vec<usize> = holds.map(|(index, _)| *index).collect();
            if figure.key == "unanswered" {
                if late.len() != total.unanswered {
                    let counts = [("n", late.len().to_string()), ("of", total.unanswered.to_string())];
                    text = words.fill("overview.replies.overdue", &counts);
                }
                indices.clone_from(&late);
            }
            ReplyRow {
                key: figure.key,
                label: words.find(&format!("overview.replies.{}", figure.key)),
                text,
                rate,
                documents: self.links(BASIS, &indices, Some(figure.rests_on)),
            }
        };
        REPLY_FIGURES.iter().map(shown).collect()
    }

    /// The recommendations that are 逾期未回复, whenever they were issued.
    fn overdue(&self) -> Vec<usize> {
        let owed = owed(&self.documents, self.site.settings, self.site.now);
        owed.iter()
            .filter(|reply| reply.days < 0)
            .map(|reply| reply.document)
            .collect()
    }

    /// Cases by level and rank.
    fn honour_groups(&self, honoured: &[Honoured]) -> BTreeMap<Rung, Vec<usize>> {
        let mut groups: BTreeMap<Rung, Vec<usize>> = BTreeMap::new();
        for case in honoured {
            groups.entry(case.rung()).or_default().push(case.document);
        }
        groups
    }

    /// The counts of cases from the highest rung.
    fn honour_rows(&self, groups: &BTreeMap<Rung, Vec<usize>>) -> Vec<Value> {
        let words = self.site.words;
        groups
            .iter()
            .rev()
            .map(|(&rung, documents)| {
                let (level, rank) = rung;
                context! {
                    key => rung_key(rung),
                    level => level.map_or_else(|| words.find("ledger.no_value"), |level| words.name(level)),
                    rank => words.name(rank),
                    badge => rank.key(),
                    count => documents.len(),
                }
            })
            .collect()
    }

    fn benefit_rows(&self) -> Vec<Value> {
        let words = self.site.words;
        benefits(&self.documents, self.period)
            .into_iter()
            .map(|benefit| {
                context! {
                    document => value(self.link(PAGE, benefit.document)),
                    place => self.place(PAGE, benefit.document, "benefits"),
                    people => benefit.people.map(|sum| figures::people(sum, words)),
                    amount => benefit.amount.map(|sum| figures::amount(sum, words)),
                }
            })
            .collect()
    }

    /// 年度统计: a row a year, from the newest.
    fn years(&self, all: &Ledger, honoured: &[Honoured]) -> Vec<Value> {
        let words = self.site.words;
        let mut rows: BTreeMap<String, (crate::adoption::Figures, usize, usize)> = BTreeMap::new();
        for row in &all.rows {
            rows.entry(row.key.clone()).or_default().0 = row.figures;
        }
        for index in issued_in(&self.documents, self.period) {
            let day = issued_on(self.records[index]);
            let key = day.map(|day| year(day).to_string()).unwrap_or_default();
            rows.entry(key).or_default().1 += 1;
        }
        for case in honoured.iter().filter(|case| case.is_high()) {
            let key = case.honour.date.map(|day| year(day).to_string()).unwrap_or_default();
            rows.entry(key).or_default().2 += 1;
        }
        rows.into_iter()
            .rev()
            .map(|(key, (figures, issued, cases))| {
                let list = self.site.shelf.list(Facet::Year, &key);
                let sum = |sum: Sum, text: fn(Sum, crate::site::words::Words) -> String| some_sum(sum).map(|sum| text(sum, words));
                let adopted = self.year_link(&key);
                context! {
                    key => &key,
                    year => if key.is_empty() { words.find("ledger.no_value") } else { words.with("list.year", "year", &key) },
                    href => list.map(|list| super::href(PAGE, &list.file(None))),
                    adopted_href => adopted.filter(|_| !key.is_empty() && figures.adopted > 0),
                    written => figures.reports,
                    adopted => figures.adopted,
                    unverified => figures.unverified,
                    recognised => figures.recognised,
                    issued,
                    cases,
                    people => sum(figures.people, figures::people),
                    amount => sum(figures.amount, figures::amount),
                }
            })
            .collect()
    }
}

fn year(day: crate::record::date::Day) -> i16 {
    day.date.year()
}

/// The adopted reports of a year and level as a place on the page.
fn group(year: Option<i16>, level: Option<Level>) -> String {
    let year = year.map_or_else(|| "none".to_owned(), |year| year.to_string());
    format!("adopted-{year}-{}", level.map_or("none", Level::key))
}

/// Level and rank of a case as a place on a page: `province-typical`.
fn rung_key((level, rank): Rung) -> String {
    format!("{}-{}", level.map_or("none", Level::key), rank.key())
}

/// A sum of which there is anything.
fn some_sum(sum: Sum) -> Option<Sum> {
    Some(sum).filter(|sum| sum.value > 0)
}
