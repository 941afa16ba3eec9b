//! 法条索引: from a law to its articles to the documents that cite them.
//!
//! The documents of an article are a list like any other (`shelf`); here stand the pages that lead to them.

use super::names::href;
use super::shelf::{Facet, List};
use super::templates::{render, value};
use super::{Entry, Site};
use crate::markdown::{self, Citation};
use crate::record::Record;
use minijinja::context;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;

/// The page of all laws.
pub(super) const PAGE: &str = "laws/index.html";

/// Articles of a law that the page of all laws names.
const NAMED: usize = 12;

/// An article with the list of those who cite it.
#[derive(Serialize)]
pub(super) struct ArticleLink {
    text: String,
    href: String,
    count: usize,
}

/// A law with its articles.
#[derive(Serialize)]
struct Law {
    name: String,
    href: String,
    /// Documents that cite any of its articles.
    documents: usize,
    /// How many articles are cited.
    total: usize,
    articles: Vec<ArticleLink>,
}

/// Articles of law that a document cites: those of the front matter first (its list, its title, summary and tags), then
/// those of its text, each once.
pub fn laws(record: &Record, cited: &[Citation]) -> Vec<Citation> {
    let list = record.laws.iter().map(String::as_str);
    let texts = std::iter::once(&*record.title).chain(record.summary.as_deref());
    let written = markdown::citations(list.chain(texts).chain(record.tags.iter().map(String::as_str)));
    let mut seen = BTreeSet::new();
    written
        .into_iter()
        .chain(cited.iter().cloned())
        .filter(|citation| seen.insert(citation.clone()))
        .collect()
}

/// The term of an article in the index, and its value among the lists: `刑法#264条`.
pub(super) fn term(citation: &Citation) -> String {
    format!("{}#{}", citation.law, citation.article)
}

/// Law and article of a term.
pub(super) fn parts(term: &str) -> (&str, &str) {
    term.split_once('#').unwrap_or((term, ""))
}

/// An article as offices write it: `第264条`, `第120条之一`.
pub(super) fn article_text(article: &str) -> String {
    match article.split_once('-') {
        Some((article, of)) => format!("第{article}之{}", numeral(of)),
        None => format!("第{article}"),
    }
}

/// Number and sub-number of an article, to stand in order: `120条-1` is (120, 1).
pub(super) fn article_order(article: &str) -> (u64, u64) {
    let (number, of) = article.split_once('-').unwrap_or((article, "0"));
    let digits = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    (digits.parse().unwrap_or(u64::MAX), of.parse().unwrap_or(0))
}

/// A number up to ten in Chinese numerals, as 之一 takes it; others as they stand.
fn numeral(number: &str) -> &str {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    number
        .parse::<usize>()
        .ok()
        .and_then(|value| NUMERALS.get(value.wrapping_sub(1)).copied())
        .unwrap_or(number)
}

impl Site<'_> {
    /// Renders the page of all laws and one a law; none where no document cites any.
    pub(super) fn law_pages(&self, sink: &mut dyn FnMut(String, String) -> io::Result<()>) -> io::Result<()> {
        // The lists stand by law already, and within it by article.
        let groups: Vec<&[List]> = self
            .shelf
            .of(Facet::Law)
            .chunk_by(|a, b| parts(&a.value).0 == parts(&b.value).0)
            .collect();
        if groups.is_empty() {
            return Ok(());
        }
        let mut all: Vec<Law> = groups.iter().map(|group| law(PAGE, group, NAMED)).collect();
        all.sort_by_key(|law| std::cmp::Reverse(law.documents));
        let heading = self.words.get("page.laws");
        let own = context! { title => heading, here => "laws", heading, laws => value(all) };
        sink(
            PAGE.to_owned(),
            render(&self.templates, "laws.html", context! { ..self.frame(PAGE), ..own }),
        )?;
        for group in groups {
            let page = law_page(&group[0]);
            let law = law(&page, group, usize::MAX);
            let own = context! { title => &law.name, here => "laws", heading => &law.name, law => value(&law), up => href(&page, PAGE), up_text => heading };
            sink(
                page.clone(),
                render(&self.templates, "law.html", context! { ..self.frame(&page), ..own }),
            )?;
        }
        Ok(())
    }

    /// The articles that most documents cite.
    pub(super) fn most_cited(&self, from: &str, limit: usize) -> Vec<ArticleLink> {
        let mut lists: Vec<&List> = self.shelf.of(Facet::Law).iter().collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.entries.len()));
        let named = |list: &&List| ArticleLink {
            text: named(&list.value),
            ..article(from, list)
        };
        lists.iter().take(limit).map(named).collect()
    }

    /// The articles that a document cites and that have a page, with its address from the document's.
    pub fn articles<'e>(&self, entry: &'e Entry) -> Vec<(&'e Citation, String)> {
        let cited = entry.laws.iter();
        cited
            .filter_map(|citation| {
                let list = self.shelf.list(Facet::Law, &term(citation))?;
                Some((citation, href(&entry.page, &list.file(None))))
            })
            .collect()
    }

    /// The articles that a document cites, with their lists.
    pub(super) fn cited_laws(&self, from: &str, cited: &[Citation]) -> Vec<ArticleLink> {
        let terms = cited.iter().map(term);
        let lists = terms.filter_map(|term| self.shelf.list(Facet::Law, &term));
        let named = |list: &List| ArticleLink {
            text: named(&list.value),
            ..article(from, list)
        };
        lists.map(named).collect()
    }
}

/// A term as offices write it: `刑法第264条`.
pub(super) fn named(term: &str) -> String {
    let (law, article) = parts(term);
    format!("{law}{}", article_text(article))
}

/// The page of the law that an article belongs to.
pub(super) fn law_page(list: &List) -> String {
    let folder = list
        .folder
        .rsplit_once('/')
        .map_or(list.folder.as_str(), |(law, _)| law);
    format!("{folder}/index.html")
}

fn law(from: &str, group: &[List], limit: usize) -> Law {
    let documents: BTreeSet<u32> = group.iter().flat_map(|list| list.entries.iter().copied()).collect();
    Law {
        name: parts(&group[0].value).0.to_owned(),
        href: href(from, &law_page(&group[0])),
        documents: documents.len(),
        total: group.len(),
        articles: group.iter().take(limit).map(|list| article(from, list)).collect(),
    }
}

fn article(from: &str, list: &List) -> ArticleLink {
    ArticleLink {
        text: article_text(parts(&list.value).1),
        href: href(from, &list.file(None)),
        count: list.entries.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_named_as_offices_write_them_and_stand_in_order() {
        for (article, text, order) in [
            ("264条", "第264条", (264, 0)),
            ("120条-1", "第120条之一", (120, 1)),
            ("133条-12", "第133条之12", (133, 12)),
        ] {
            assert_eq!(article_text(article), text);
            assert_eq!(article_order(article), order);
        }
        assert_eq!(named("刑法#120条-1"), "刑法第120条之一");
    }
}
