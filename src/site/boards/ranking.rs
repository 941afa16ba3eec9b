//! 积分排名 by the office's own rules, with the working of every place. Off without rules.

use super::{Board, Boards, figures};
use crate::adoption::scoring::{Line, Ranked, What, Whom, ranking, spans};
use crate::settings::{Scoring, Span};
use crate::site::templates::value;
use crate::site::words::shown;
use jiff::civil::Date;
use minijinja::{Value, context};

const PAGE: &str = "boards/ranking.html";

/// So many spans are shown, from the newest.
const SPANS: usize = 6;

impl Boards<'_> {
    /// The page; none without rules.
    pub(super) fn ranking(&self) -> Option<String> {
        let scoring = self.site.settings.scoring.as_ref()?;
        let now = self.site.now;
        let begins = spans(&self.documents, self.site.settings, scoring, now);
        let periods: Vec<Value> = begins
            .into_iter()
            .take(SPANS)
            .map(|begin| {
                let rank = |whom| ranking(&self.documents, self.site.settings, scoring, whom, begin, now);
                let rows = |whom| rank(whom).iter().map(|row| self.ranked(row, whom)).collect::<Vec<_>>();
                context! {
                    id => begin.to_string(),
                    name => self.span_name(scoring.period, begin),
                    departments => rows(Whom::Departments),
                    people => rows(Whom::People),
                }
            })
            .collect();
        let own = context! { periods, rules => self.rules(scoring) };
        Some(self.page(Board::Ranking, PAGE, "board-ranking.html", own))
    }

    fn ranked(&self, row: &Ranked, whom: Whom) -> Value {
        let (name, href) = match whom {
            Whom::Departments => (row.key.clone(), self.department_href(PAGE, &row.key)),
            Whom::People => {
                let people = &self.site.settings.people;
                let at = people.iter().position(|person| person.key == row.key);
                let name = at.map_or_else(|| row.key.clone(), |at| people[at].name.clone());
                (name, at.and_then(|at| self.person_href(PAGE, at)))
            }
        };
        context! {
            place => row.place,
            name,
            href,
            points => figures::points(row.points),
            veto => row.veto,
            lines => row.lines.iter().map(|line| self.line(line)).collect::<Vec<_>>(),
        }
    }

    /// A line of the working.
    fn line(&self, line: &Line) -> Value {
        let words = self.site.words;
        let (what, evidence) = match line.what {
            What::Adoption(event) => {
                let form = words.name(event.form);
                let level = event.level.map(|level| words.name(level));
                (level.map_or(form.clone(), |level| words.joined(&level, &form)), None)
            }
            What::Reply(event) => (event.to_owned(), None),
            What::Manual(score) => (score.event.clone(), score.evidence.as_deref()),
        };
        context! {
            date => shown(line.date),
            what,
            evidence,
            document => line.document.map(|index| value(self.link(PAGE, index))),
            manual => line.document.is_none(),
            points => figures::points(line.points),
        }
    }

    /// The rules as they stand in the site file.
    fn rules(&self, scoring: &Scoring) -> Value {
        let words = self.site.words;
        context! {
            period => words.find(span_key(scoring.period)),
            points => scoring.points.iter().map(|rule| context! {
                what => words.name(rule.form),
                level => rule.level.map(|level| words.name(level)),
                points => figures::points(rule.points),
            }).collect::<Vec<_>>(),
            deductions => scoring.deductions.iter().map(|rule| context! {
                what => &rule.event, points => figures::points(-rule.points),
            }).collect::<Vec<_>>(),
            vetoes => scoring.vetoes.iter().map(|veto| words.fill("ranking.veto_rule", &[
                ("period", words.find(span_key(veto.period))), ("event", veto.event.clone()), ("count", veto.count.to_string()),
            ])).collect::<Vec<_>>(),
        }
    }

    fn span_name(&self, span: Span, begin: Date) -> String {
        let words = self.site.words;
        let (year, month) = (begin.year(), begin.month());
        let part =
            |key: &str, name, value: i8| words.fill(key, &[("year", year.to_string()), (name, value.to_string())]);
        match span {
            Span::Month => part("ledger.month", "month", month),
            Span::Quarter => part("ledger.quarter", "quarter", (month + 2) / 3),
            Span::Half if month == 1 => words.with("ranking.first_half", "year", year),
            Span::Half => words.with("ranking.second_half", "year", year),
            Span::Year => words.with("list.year", "year", year),
        }
    }
}

fn span_key(span: Span) -> &'static str {
    match span {
        Span::Month => "ranking.month",
        Span::Quarter => "ranking.quarter",
        Span::Half => "ranking.half",
        Span::Year => "ranking.year",
    }
}
