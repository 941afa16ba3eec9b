//! The lists: which documents share a value, computed once for all pages.

use super::Entry;
use super::law_term;
use super::names::folders;
use crate::audience::Audience;
use crate::record::{self, Detail, Kind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of a numbered page; the newest stand on the list's first page, which holds half as many to half as many more.
pub(super) const PAGE: usize = 50;

/// Documents that cite an article and stand on the page of its law. Nine of ten articles are cited by fewer, and a share
/// that is slow with small files need not hold a page for each.
const FEW: usize = 3;

/// By what documents are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Facet {
    All,
    Kind,
    Line,
    Unit,
    Department,
    Person,
    Tag,
    Cause,
    /// A series of numbers, or a batch of one.
    Series,
    Folder,
    Year,
    /// An article of law; its lists stand below `laws/`.
    Law,
}

impl Facet {
    /// All of them, in the order of the overview.
    pub(super) const ALL: [Facet; 12] = [
        Facet::All,
        Facet::Kind,
        Facet::Year,
        Facet::Line,
        Facet::Unit,
        Facet::Department,
        Facet::Person,
        Facet::Tag,
        Facet::Cause,
        Facet::Series,
        Facet::Folder,
        Facet::Law,
    ];

    /// Its key: its folder below `lists/`, its name in the index and, after `facet.`, in the catalogue.
    pub(super) fn key(self) -> &'static str {
        match self {
            Facet::All => "all",
            Facet::Kind => "kind",
            Facet::Line => "line",
            Facet::Unit => "unit",
            Facet::Department => "department",
            Facet::Person => "author",
            Facet::Tag => "tag",
            Facet::Cause => "cause",
            Facet::Series => "series",
            Facet::Folder => "folder",
            Facet::Year => "year",
            Facet::Law => "law",
        }
    }

    /// Whether it is no facet where it has one value alone.
    fn needs_several(self) -> bool {
        matches!(self, Facet::Series | Facet::Folder)
    }

    /// The values of an entry; those of closed vocabularies by their English keys.
    fn values(self, entry: &Entry) -> Vec<String> {
        let record = entry.document.record();
        let mut values = match self {
            Facet::All => vec![String::new()],
            Facet::Kind => vec![record.kind.key().to_owned()],
            Facet::Line => record.lines.clone(),
            Facet::Unit => record.units.clone(),
            Facet::Department => record.departments.clone(),
            Facet::Person => people(record),
            Facet::Tag => record.tags.clone(),
            Facet::Cause => record.causes.clone(),
            Facet::Series => record::series(record),
            Facet::Folder => record::folder(record).into_iter().collect(),
            Facet::Year => record.date.iter().map(|day| day.date.year().to_string()).collect(),
            Facet::Law => entry.laws.iter().map(law_term::term).collect(),
        };
        values.sort();
        values.dedup();
        values
    }
}

/// Authors, and who leads or makes up the team of a topic, each once.
pub(crate) fn people(record: &Record) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let mut add = |name: &String| {
        if !people.contains(name) {
            people.push(name.clone());
        }
    };
    record.authors.iter().for_each(|author| add(&author.name));
    if let Detail::Topic(topic) = &record.detail {
        topic.lead.iter().chain(&topic.team).for_each(add);
    }
    people
}

/// The documents that share a value.
#[derive(Debug)]
pub(super) struct List {
    /// The value; empty for the list of all.
    pub value: String,
    /// Its folder below the site.
    pub folder: String,
    /// Indices of its entries from the oldest; those without date come first.
    pub entries: Vec<u32>,
    /// Whether it has pages of its own. A few documents that cite an article stand on the page of its law.
    pub has_pages: bool,
}

impl List {
    /// Its entries, newest first.
    pub(super) fn newest(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().rev().map(|&index| index as usize)
    }

    /// How many numbered pages stand before the first one.
    ///
    /// Pages are numbered from the oldest entry, so that a new document touches the first page alone: that
    /// takes in half a page more than a whole one before its oldest entries move to a numbered page.
    pub(super) fn numbered(&self) -> usize {
        self.entries.len().saturating_sub(PAGE / 2) / PAGE
    }

    /// The entries of a page, newest first; `None` is the first page.
    pub(super) fn page(&self, number: Option<usize>) -> impl Iterator<Item = usize> {
        let range = match number {
            Some(number) => (number - 1) * PAGE..number * PAGE,
            None => self.numbered() * PAGE..self.entries.len(),
        };
        self.entries[range].iter().rev().map(|&index| index as usize)
    }

    /// The file of a page; `None` is the first page.
    pub(super) fn file(&self, number: Option<usize>) -> String {
        match number {
            Some(number) => format!("{}/{number}.html", self.folder),
            None => format!("{}/index.html", self.folder),
        }
    }
}

/// All lists of a site.
#[derive(Debug)]
pub(super) struct Shelf {
    lists: BTreeMap<Facet, Vec<List>>,
    places: BTreeMap<Facet, BTreeMap<String, usize>>,
}

impl Shelf {
    /// Gathers the entries; persons only for the internal audience.
    pub(super) fn new(entries: &[Entry], audience: Audience) -> Self {
        let mut order: Vec<u32> = (0..entries.len() as u32).collect();
        order.sort_by_key(|&index| (entries[index as usize].document.record().date, index));
        let facets = Facet::ALL
            .into_iter()
            .filter(|facet| audience == Audience::Internal || *facet != Facet::Person);
        let (mut lists, mut places) = (BTreeMap::new(), BTreeMap::new());
        for facet in facets {
            let mut by_value: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for &index in &order {
                for value in facet.values(&entries[index as usize]) {
                    by_value.entry(value).or_default().push(index);
                }
            }
            // What all belong to tells nothing apart.
            if facet.needs_several() && by_value.len() < 2 {
                by_value.clear();
            }
            let made = gather(facet, by_value);
            places.insert(
                facet,
                made.iter()
                    .enumerate()
                    .map(|(at, list)| (list.value.clone(), at))
                    .collect(),
            );
            lists.insert(facet, made);
        }
        Self { lists, places }
    }

    /// The lists of a facet: kinds in their order, years from the newest, others from the longest.
    pub(super) fn of(&self, facet: Facet) -> &[List] {
        self.lists.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The list of a value.
    pub(super) fn list(&self, facet: Facet, value: &str) -> Option<&List> {
        self.places.get(&facet)?.get(value).map(|&at| &self.lists[&facet][at])
    }
}

/// Makes the lists of one facet.
fn gather(facet: Facet, by_value: BTreeMap<String, Vec<u32>>) -> Vec<List> {
    let folders = match facet {
        Facet::All => vec!["lists/all".to_owned()],
        Facet::Law => law_folders(by_value.keys()),
        _ => folders(by_value.keys().map(String::as_str))
            .into_iter()
            .map(|name| format!("lists/{}/{name}", facet.key()))
            .collect(),
    };
    let mut lists: Vec<List> = by_value
        .into_iter()
        .zip(folders)
        .map(|((value, entries), folder)| List {
            has_pages: facet != Facet::Law || entries.len() > FEW,
            value,
            folder,
            entries,
        })
        .collect();
    match facet {
        Facet::Kind => lists.sort_by_key(|list| Kind::parse(&list.value)),
        Facet::Year => lists.reverse(),
        Facet::Law => lists.sort_by_cached_key(|list| {
            let (law, article) = law_term::parts(&list.value);
            (law.to_owned(), law_term::article_order(article))
        }),
        _ => lists.sort_by_key(|list| std::cmp::Reverse(list.entries.len())),
    }
    lists
}

/// A folder a law, and within it one an article: `laws/刑法/第264条`.
fn law_folders<'a>(terms: impl Iterator<Item = &'a String>) -> Vec<String> {
    let terms: Vec<(&str, &str)> = terms.map(|term| law_term::parts(term)).collect();
    let laws: BTreeSet<&str> = terms.iter().map(|(law, _)| *law).collect();
    let names: BTreeMap<&str, String> = laws.iter().copied().zip(folders(laws.iter().copied())).collect();
    let folder = |(law, article): &(&str, &str)| format!("laws/{}/{}", names[law], law_term::article_text(article));
    terms.iter().map(folder).collect()
}
