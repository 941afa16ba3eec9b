//! 项目（课题）: youth projects with their progress, calls with their deadlines, and the others.

use super::chart::{Bar, Chart, Part, Series};
use super::{Board, Boards, LISTED, figures};
use crate::adoption::topics::{Standing, progress, standing, youth};
use crate::audience::Audience;
use crate::record::vocabulary::TopicStatus;
use crate::record::{Detail, Record, Topic};
use crate::site::templates::value;
use crate::site::words::shown;
use minijinja::{Value, context};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const PAGE: &str = "boards/topics.html";

impl<'a> Boards<'a> {
    /// The page.
    pub(super) fn topics(&self) -> String {
        let words = self.site.words;
        let mut groups: BTreeMap<Standing, Vec<(usize, &Record, &Topic)>> = BTreeMap::new();
        for (index, record, topic) in self.all_topics() {
            groups
                .entry(self.topic_standing(record, topic))
                .or_default()
                .push((index, record, topic));
        }
        for topics in groups.values_mut() {
            // What is being worked on first, then the newest.
            topics.sort_by_key(|(index, record, topic)| {
                let running = matches!(topic.status, Some(TopicStatus::Running | TopicStatus::Calling));
                (!running, Reverse(record.date), *index)
            });
        }
        let of = |standing| groups.get(&standing).map(Vec::as_slice).unwrap_or_default();
        let young = of(Standing::Youth);
        let rows = |topics: &[(usize, &Record, &Topic)]| -> Vec<Value> {
            topics
                .iter()
                .take(LISTED)
                .map(|(index, record, topic)| self.topic_row(*index, record, topic))
                .collect()
        };
        let figures = youth(&self.documents, self.site.settings);
        let own = context! {
            youth => (!young.is_empty()).then(|| context! {
                projects => figures.projects, leaders => figures.leaders, done => figures.results.done, results => figures.results.all,
                share => figures::share(figures.results.done, figures.results.all, words),
                finished => figures.finished, running => figures.running, stopped => figures.stopped,
            }),
            charts => value([
                self.count_by("topics-year", "topics.by_year", young, |record, _| {
                    record.date.map(|day| words.with("list.year", "year", day.date.year()))
                }),
                self.count_by("topics-category", "topics.by_category", young, |_, topic| topic.category.clone()),
                self.count_by("topics-origin", "topics.by_origin", young, |_, topic| topic.origin.clone()),
            ].into_iter().flatten().collect::<Vec<_>>()),
            young => rows(young),
            young_more => young.len().saturating_sub(LISTED),
            others_more => of(Standing::Other).len().saturating_sub(LISTED),
            calls => rows(of(Standing::Call)),
            others => rows(of(Standing::Other)),
            left_text => words.find("due.days.left"), today_text => words.find("due.days.today"), late_text => words.find("topics.over"),
        };
        self.page(Board::Topics, PAGE, "board-topics.html", own)
    }

    fn all_topics(&self) -> impl Iterator<Item = (usize, &'a Record, &'a Topic)> {
        let all = self.records.iter().enumerate();
        let living = all.filter(|(index, record)| !record.draft && self.documents[*index].1.counts());
        living.filter_map(|(index, record)| match &record.detail {
            Detail::Topic(topic) => Some((index, *record, topic)),
            _ => None,
        })
    }

    /// What a topic is; who is young is the office's own to know.
    fn topic_standing(&self, record: &Record, topic: &Topic) -> Standing {
        match standing(record, topic, self.site.settings) {
            Standing::Youth if self.site.audience == Audience::Public => Standing::Other,
            standing => standing,
        }
    }

    fn topic_row(&self, index: usize, record: &Record, topic: &Topic) -> Value {
        let progress = progress(topic);
        let leader = topic.lead.as_deref();
        let href = leader.and_then(|lead| self.name_href(PAGE, lead, record));
        // What came of it, by its own word or by that of the report that names it.
        let mut outputs: Vec<usize> = topic.outputs.iter().filter_map(|id| self.site.find(id)).collect();
        let named = self.reports_of.get(record.id.as_str()).into_iter().flatten();
        outputs.extend(named.copied());
        outputs.sort_unstable();
        outputs.dedup();
        let days = topic
            .deadline
            .and_then(|day| self.site.now.until(day.last()).ok())
            .map(|span| span.get_days());
        context! {
            document => value(self.link(PAGE, index)),
            started => record.date.map(shown),
            lead => leader,
            lead_href => href,
            category => &topic.category,
            origin => &topic.origin,
            status => topic.status.map(TopicStatus::key),
            status_text => topic.status.map(|status| self.site.words.name(status)),
            done => progress.done,
            results => progress.all,
            outputs => value(self.links(PAGE, &outputs, None)),
            deadline => topic.deadline.map(shown),
            due => topic.deadline.map(|day| day.last().to_string()),
            calling => topic.status == Some(TopicStatus::Calling),
            left => days.map(|days| match days {
                ..0 => self.site.words.find("topics.over"),
                0 => self.site.words.find("due.days.today"),
                _ => self.site.words.with("due.days.left", "days", days),
            }),
            themes => &topic.themes,
        }
    }

    /// A chart of the youth projects by a property.
    fn count_by(
        &self,
        id: &'static str,
        title: &'static str,
        topics: &[(usize, &Record, &Topic)],
        property: impl Fn(&Record, &Topic) -> Option<String>,
    ) -> Option<Chart> {
        let words = self.site.words;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, record, topic) in topics {
            let name = property(record, topic).unwrap_or_else(|| words.find("ledger.no_value"));
            *counts.entry(name).or_default() += 1;
        }
        let bars = counts.into_iter().map(|(label, count)| Bar {
            label,
            href: Some("#projects".to_owned()),
            value: words.with("topics.count", "n", count),
            parts: vec![Part {
                count,
                href: Some("#projects".to_owned()),
            }],
        });
        let series = vec![Series::new("shade-2", words.get("overview.tile.youth"))];
        Chart::new(id, words.find(title), series, bars.collect())
    }
}
