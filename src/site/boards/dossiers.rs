//! 一人一档 and 部门档案: what a person or a department did, by year.

use super::{Board, Boards, LISTED, figures};
use crate::adoption::{By, Outcome, Period, Standing, Sum, ledger, people, replies};
use crate::audience::Audience;
use crate::record::date::Day;
use crate::record::{Adoption, Detail, Kind, Record};
use crate::settings::Person;
use crate::site::badge::worded;
use crate::site::names::folders;
use crate::site::templates::value;
use crate::site::words::shown;
use crate::site::{Entry, Site};
use minijinja::{Value, context};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A person or a department with its documents.
pub(super) struct Dossier {
    /// Name of a person or a department.
    pub name: String,
    /// Place in the roster.
    pub person: Option<usize>,
    /// Its page below the site.
    pub page: String,
    /// Indices of its documents, ascending, each with the parts that a person had in it.
    pub documents: BTreeMap<usize, Vec<String>>,
}

/// The dossiers of everybody: the roster in its order, then other authors by name. Who of several
/// namesakes a document means, when nothing tells, is nobody.
pub(super) fn of_people(site: &Site) -> Vec<Dossier> {
    if site.audience == Audience::Public {
        return Vec::new();
    }
    let roster = &site.settings.people;
    let mut known: Vec<BTreeMap<usize, Vec<String>>> = vec![BTreeMap::new(); roster.len()];
    let mut others: BTreeMap<String, BTreeMap<usize, Vec<String>>> = BTreeMap::new();
    for (index, record) in living(site) {
        for name in people::named(record) {
            let parts = parts(name, record, site);
            match people::of(name, record, site.settings) {
                Some(at) => {
                    known[at].insert(index, parts);
                }
                None if roster.iter().any(|person| person.name == name) => {}
                None => {
                    others.entry(name.to_owned()).or_default().insert(index, parts);
                }
            }
        }
    }
    let known = roster.iter().zip(known).enumerate();
    let known = known.map(|(at, (person, documents))| (person.key.clone(), person.name.clone(), Some(at), documents));
    let others = others
        .into_iter()
        .map(|(name, documents)| (name.clone(), name, None, documents));
    named("people", known.chain(others).collect())
}

/// The dossiers of departments, by name.
pub(super) fn of_departments(site: &Site) -> Vec<Dossier> {
    let mut found: BTreeMap<String, BTreeMap<usize, Vec<String>>> = BTreeMap::new();
    for (index, record) in living(site) {
        for department in &record.departments {
            found.entry(department.clone()).or_default().insert(index, Vec::new());
        }
    }
    let found = found
        .into_iter()
        .map(|(name, documents)| (name.clone(), name, None, documents));
    named("departments", found.collect())
}

type Unnamed = (String, String, Option<usize>, BTreeMap<usize, Vec<String>>);

/// Gives each dossier its page, named by its key.
fn named(folder: &str, found: Vec<Unnamed>) -> Vec<Dossier> {
    // The folder's own page comes first, so that nobody's key takes its name.
    let keys = std::iter::once("index").chain(found.iter().map(|(key, ..)| key.as_str()));
    let names: Vec<String> = folders(keys).into_iter().skip(1).collect();
    found
        .into_iter()
        .zip(names)
        .map(|((_, name, person, documents), file)| Dossier {
            name,
            person,
            page: format!("boards/{folder}/{file}.html"),
            documents,
        })
        .collect()
}

fn living<'a>(site: &'a Site) -> impl Iterator<Item = (usize, &'a Record)> {
    let records = site.entries.iter().map(|entry: &Entry| entry.document.record());
    records.enumerate().filter(|(_, record)| !record.draft)
}

/// What part somebody had in a document.
fn parts(name: &str, record: &Record, site: &Site) -> Vec<String> {
    let words = site.words;
    let mut parts: Vec<String> = record
        .authors
        .iter()
        .filter(|author| author.name == name)
        .map(|author| {
            author
                .role
                .map_or_else(|| words.find("people.author"), |role| words.name(role))
        })
        .collect();
    if let Detail::Topic(topic) = &record.detail {
        parts.extend((topic.lead.as_deref() == Some(name)).then(|| words.find("field.lead")));
        parts.extend(
            topic
                .team
                .iter()
                .any(|member| member == name)
                .then(|| words.find("field.team")),
        );
    }
    parts.dedup();
    parts
}

impl Site<'_> {
    /// Everybody by name, for the search page: the page of each, where he or she belongs, and what part it was in how many
    /// documents. None in a public site.
    pub(in crate::site) fn cards_of_people(&self) -> BTreeMap<String, Vec<(String, Vec<String>)>> {
        let mut cards: BTreeMap<String, Vec<(String, Vec<String>)>> = BTreeMap::new();
        for dossier in of_people(self)
            .into_iter()
            .filter(|dossier| !dossier.documents.is_empty())
        {
            let person = dossier.person.map(|at| &self.settings.people[at]);
            let place = person.map(|person| [&person.unit, &person.department].into_iter().flatten().cloned());
            let post = person
                .and_then(|person| person.posts.last())
                .map(|(title, _)| title.clone());
            let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
            for part in dossier.documents.values().flatten() {
                *parts.entry(part).or_default() += 1;
            }
            let parts = parts.into_iter().map(|(part, count)| format!("{part} {count}"));
            let about = place.into_iter().flatten().chain(post).chain(parts).collect();
            let page = super::super::encoded(&dossier.page);
            cards.entry(dossier.name).or_default().push((page, about));
        }
        cards
    }
}

impl<'a> Boards<'a> {
    /// The page of a person of the roster, seen from another.
    pub(super) fn person_href(&self, from: &str, at: usize) -> Option<String> {
        let dossier = self.people.iter().find(|dossier| dossier.person == Some(at))?;
        Some(super::href(from, &dossier.page))
    }

    /// The page of whom a document means by a name.
    pub(super) fn name_href(&self, from: &str, name: &str, record: &Record) -> Option<String> {
        let at = people::of(name, record, self.site.settings);
        let holds = |dossier: &&Dossier| match at {
            Some(_) => dossier.person == at,
            None => dossier.person.is_none() && dossier.name == name,
        };
        Some(super::href(from, &self.people.iter().find(holds)?.page))
    }

    /// The page of a department.
    pub(super) fn department_href(&self, from: &str, name: &str) -> Option<String> {
        let dossier = self.departments.iter().find(|dossier| dossier.name == name)?;
        Some(super::href(from, &dossier.page))
    }

    /// The list of all dossiers of a board, with the figures of each.
    pub(super) fn dossier_index(&self, board: Board, dossiers: &[Dossier]) -> String {
        let from = board.file();
        let rows: Vec<Value> = dossiers
            .iter()
            .map(|dossier| {
                let person = self.person(dossier);
                context! {
                    name => &dossier.name,
                    href => super::href(from, &dossier.page),
                    department => person.and_then(|person| person.department.as_deref()),
                    post => person.and_then(|person| person.posts.last()).map(|(title, _)| title),
                    figures => self.figures_of(dossier),
                }
            })
            .collect();
        let own = context! { rows, people => board == Board::People };
        self.page(board, from, "board-dossiers.html", own)
    }

    fn person(&self, dossier: &Dossier) -> Option<&'a Person> {
        dossier.person.map(|at| &self.site.settings.people[at])
    }

    /// The figures of a dossier, of all years.
    fn figures_of(&self, dossier: &Dossier) -> Value {
        let words = self.site.words;
        let documents: Vec<(&Record, &Outcome)> = dossier.documents.keys().map(|&at| self.documents[at]).collect();
        let total = ledger(&documents, self.site.settings, By::Year, Period::default()).total;
        let replies = replies(&documents, self.site.settings, self.site.now);
        let high = crate::adoption::overview::honoured(&documents, Period::default());
        let led = |(index, parts): &(&usize, &Vec<String>)| {
            let lead = self.site.words.get("field.lead");
            self.records[**index].kind == Kind::Topic
                && (dossier.person.is_none() || parts.iter().any(|part| part == lead))
        };
        let some = |sum: Sum| Some(sum).filter(|sum| sum.value > 0);
        context! {
            written => total.reports,
            adopted => total.adopted,
            unverified => total.unverified,
            recognised => total.recognised,
            issued => replies.issued,
            overdue => replies.unanswered,
            cases => high.iter().filter(|case| case.is_high()).count(),
            topics => dossier.documents.iter().filter(led).count(),
            people => some(total.people).map(|sum| figures::people(sum, words)),
            amount => some(total.amount).map(|sum| figures::amount(sum, words)),
        }
    }

    /// The page of a person or a department.
    pub(super) fn dossier(&self, board: Board, dossier: &Dossier) -> String {
        let from = &dossier.page;
        let person = self.person(dossier);
        let own = context! {
            name => &dossier.name,
            up => super::href(from, board.file()),
            figures => self.figures_of(dossier),
            facts => person.map(|person| self.facts_of(from, dossier, person)),
            members => (board == Board::Departments).then(|| self.members(from, &dossier.name)),
            events => self.events_of(from, dossier),
            honours => self.honours_of(from, dossier, person),
            years => self.years_of(from, dossier),
            more_documents => dossier.documents.len().saturating_sub(LISTED),
        };
        self.page(board, from, "board-dossier.html", own)
    }

    /// What the roster says of a person; never when he or she was born.
    fn facts_of(&self, from: &str, dossier: &Dossier, person: &Person) -> Value {
        let people = &self.site.settings.people;
        let link = |at: usize| context! { text => &people[at].name, href => self.person_href(from, at) };
        let mentor = person
            .mentor
            .as_ref()
            .and_then(|key| people.iter().position(|other| other.key == *key));
        let followers = people
            .iter()
            .enumerate()
            .filter(|(_, other)| other.mentor.as_ref() == Some(&person.key));
        let namesake = people
            .iter()
            .enumerate()
            .any(|(at, other)| Some(at) != dossier.person && other.name == person.name);
        let department = person.department.as_deref();
        context! {
            unit => &person.unit,
            department,
            department_href => department.and_then(|name| self.department_href(from, name)),
            posts => person.posts.iter().map(|(title, since)| context! { title, since => since.map(shown) }).collect::<Vec<_>>(),
            mentor => mentor.map(link),
            followers => followers.map(|(at, _)| link(at)).collect::<Vec<_>>(),
            key => namesake.then_some(&person.key),
        }
    }

    /// Who belongs to a department; nobody in a public site.
    fn members(&self, from: &str, department: &str) -> Vec<Value> {
        let dossiers = self.people.iter();
        let of = dossiers.filter_map(|dossier| Some((dossier, self.person(dossier)?)));
        of.filter(|(_, person)| person.department.as_deref() == Some(department))
            .map(|(dossier, person)| {
                context! { name => &person.name, href => super::href(from, &dossier.page), post => person.posts.last().map(|(title, _)| title) }
            })
            .collect()
    }

    /// The events of its reports, from the newest.
    fn events_of(&self, from: &str, dossier: &Dossier) -> Vec<Value> {
        let words = self.site.words;
        let mut found: Vec<(usize, &Adoption, Standing)> = Vec::new();
        for &index in dossier.documents.keys() {
            let (record, outcome) = self.documents[index];
            if let Detail::Report(report) = &record.detail {
                let events = report.adoptions.iter().zip(&outcome.events);
                found.extend(events.map(|(event, standing)| (index, event, *standing)));
            }
        }
        found.sort_by_key(|(index, event, _)| (Reverse(event.date), *index));
        found
            .into_iter()
            .take(LISTED)
            .map(|(index, event, standing)| {
                let badge = match standing {
                    Standing::Adopted if event.evidence.is_none() => Some("unverified"),
                    Standing::Adopted => Some("adopted"),
                    Standing::Recognised => Some("recognised"),
                    Standing::Nothing => None,
                };
                context! {
                    date => event.date.map(shown),
                    document => value(self.link(from, index)),
                    form => words.name(event.form),
                    level => event.level.map(|level| words.name(level)),
                    authority => &event.authority,
                    effect => event.effect.map(|effect| words.name(effect)),
                    badge,
                    badge_text => badge.map(|badge| words.find(&format!("badge.{badge}"))),
                }
            })
            .collect()
    }

    /// Honours of its documents, and a person's own, from the newest.
    fn honours_of(&self, from: &str, dossier: &Dossier, person: Option<&Person>) -> Vec<Value> {
        let mut found: Vec<(Option<Day>, Value)> = Vec::new();
        for honour in person.into_iter().flat_map(|person| &person.honours) {
            found.push((honour.date, self.honour(honour)));
        }
        for &index in dossier.documents.keys() {
            for honour in &self.records[index].honours {
                let document = value(self.link(from, index));
                found.push((honour.date, context! { document, ..self.honour(honour) }));
            }
        }
        found.sort_by_key(|(date, _)| Reverse(*date));
        found.into_iter().map(|(_, honour)| honour).collect()
    }

    /// Its documents by year, from the newest.
    fn years_of(&self, from: &str, dossier: &Dossier) -> Vec<Value> {
        let words = self.site.words;
        let mut years: BTreeMap<Reverse<Option<i16>>, Vec<usize>> = BTreeMap::new();
        let mut newest: Vec<usize> = dossier.documents.keys().copied().collect();
        newest.sort_by_key(|&index| (Reverse(self.records[index].date), index));
        for index in newest.into_iter().take(LISTED) {
            let year = self.records[index].date.map(|day| day.date.year());
            years.entry(Reverse(year)).or_default().push(index);
        }
        years
            .into_iter()
            .map(|(year, documents)| {
                let rows: Vec<Value> = documents
                    .into_iter()
                    .map(|index| {
                        let record = self.records[index];
                        context! {
                            document => value(self.link(from, index)),
                            kind => record.kind.key(),
                            kind_text => words.name(record.kind),
                            parts => dossier.documents.get(&index).map(|parts| parts.join("、")),
                            badges => value(worded(&self.site.entries[index], words)),
                        }
                    })
                    .collect();
                let year = year.0.map_or_else(
                    || words.find("ledger.no_value"),
                    |year| words.with("list.year", "year", year),
                );
                context! { year, rows }
            })
            .collect()
    }
}
