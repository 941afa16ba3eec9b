//! The laws that the corpus holds, by the names that citations have for them.

use super::names::href;
use super::{Entry, Site};
use crate::markdown::{self, Citation};
use crate::text::article;
use std::collections::{BTreeMap, BTreeSet};

/// The laws that are held, each by its newest text in force.
#[derive(Debug, Default)]
pub(super) struct Statutes(BTreeMap<String, Statute>);

/// A law that is held.
#[derive(Debug)]
struct Statute {
    /// Index of its entry.
    entry: usize,
    articles: BTreeSet<String>,
}

impl Statutes {
    /// Gathers the laws among the entries.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut all: BTreeMap<String, Statute> = BTreeMap::new();
        let order = |index: usize| {
            let entry: &Entry = &entries[index];
            (entry.superseded_by.is_none(), entry.document.record().date)
        };
        for (index, entry) in entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.articles.is_empty())
        {
            let name = markdown::law_name(&entry.document.record().title);
            if all.get(&name).is_some_and(|known| order(known.entry) > order(index)) {
                continue;
            }
            let articles = entry.articles.iter().cloned().collect();
            all.insert(name, Statute { entry: index, articles });
        }
        Self(all)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The entry of a law.
    pub(super) fn entry(&self, law: &str) -> Option<usize> {
        self.0.get(law).map(|statute| statute.entry)
    }

    /// The entry that holds an article.
    fn holding(&self, law: &str, article: &str) -> Option<usize> {
        let statute = self.0.get(law)?;
        statute.articles.contains(article).then_some(statute.entry)
    }
}

impl Site<'_> {
    /// The page of a law's text, from a page.
    pub(super) fn law_text_at(&self, from: &str, law: &str) -> Option<String> {
        let index = self.statutes.entry(law)?;
        Some(href(from, &self.entries[index].page))
    }

    /// The place of an article's text, from a page.
    pub(super) fn article_text_at(&self, from: &str, law: &str, article: &str) -> Option<String> {
        let index = self.statutes.holding(law, article)?;
        Some(format!(
            "{}#{}",
            href(from, &self.entries[index].page),
            article::id(article)
        ))
    }

    /// Where an article that a text cites is read: in its law, or with those who cite it.
    pub(super) fn article_at(&self, from: &str, citation: &Citation) -> Option<String> {
        let text = self.article_text_at(from, &citation.law, &citation.article);
        text.or_else(|| self.citers_of(from, citation))
    }
}
