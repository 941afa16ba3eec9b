//! 法条索引: from a law to its articles to the documents that cite them.
//!
//! The documents of an article are a list like any other (`shelf`); here stand the pages that lead to them.

use super::law_term::{article_text, parts, term};
use super::names::href;
use super::shelf::{Facet, List};
use super::templates::{render, value};
use super::words::shown;
use super::{Entry, Site};
use crate::markdown::{self, Citation, Numbered};
use crate::record::Record;
use crate::sink::Sink;
use crate::text::article;
use minijinja::{Value, context};
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

/// An article of a law as its own page has it.
#[derive(Serialize)]
pub(super) struct CitedArticle {
    /// Id of its text in the page.
    pub(super) id: String,
    /// `第264条`.
    pub(super) text: String,
    /// The list of those who cite it.
    pub(super) href: String,
    pub(super) count: usize,
}

/// An article of a law with those who cite it, where they have no page of their own.
#[derive(Serialize)]
struct Citers {
    /// Id of its heading in the page.
    id: String,
    /// `第264条`.
    text: String,
    /// Where it is read, if it is held.
    source: Option<String>,
    documents: Vec<Citer>,
}

/// A document that cites an article.
#[derive(Serialize)]
struct Citer {
    href: String,
    title: String,
    lang: Option<&'static str>,
    date: Option<String>,
}

/// A law with its articles.
#[derive(Serialize)]
struct Law {
    name: String,
    href: String,
    /// Where its text is read, if it is held.
    text: Option<String>,
    /// Documents that cite any of its articles.
    documents: usize,
    /// How many articles are cited.
    total: usize,
    articles: Vec<ArticleLink>,
}

/// Articles of law that a document cites: those of the front matter first (its list, its title, summary and tags), then
/// those of its text, each once.
pub(crate) fn laws(record: &Record, cited: &[Citation]) -> Vec<Citation> {
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

impl Site<'_> {
    /// Renders the page of all laws and one a law; none where no document cites any.
    pub(super) fn law_pages(&self, sink: &dyn Sink) -> io::Result<()> {
        // The lists stand by law already, and within it by article.
        let groups: Vec<&[List]> = self
            .shelf
            .of(Facet::Law)
            .chunk_by(|a, b| parts(&a.value).0 == parts(&b.value).0)
            .collect();
        if groups.is_empty() && self.statutes.is_empty() {
            return Ok(());
        }
        let cited = groups.iter().filter(|group| {
            let name = parts(&group[0].value).0;
            is_law(name) || self.statutes.entry(name).is_some()
        });
        let mut all: Vec<Law> = cited.map(|group| self.law(PAGE, group, NAMED)).collect();
        let known: BTreeSet<String> = all.iter().map(|law| law.name.clone()).collect();
        let uncited = self.statutes.names().filter(|name| !known.contains(*name));
        all.extend(uncited.map(|name| self.uncited(PAGE, name)));
        all.sort_by_key(|law| std::cmp::Reverse(law.documents));
        let heading = self.words.get("page.laws");
        let own = context! { title => heading, here => "laws", heading, laws => value(all) };
        sink.text(
            PAGE,
            render(&self.templates, "laws.html", context! { ..self.frame(PAGE), ..own }),
        )?;
        for group in groups {
            let page = law_page(&group[0]);
            let law = self.law(&page, group, usize::MAX);
            let few = group.iter().filter(|list| !list.has_pages);
            let citers: Vec<Citers> = few.map(|list| self.citers(&page, list)).collect();
            let own = context! { citers => value(citers), title => &law.name, here => "laws", heading => &law.name, law => value(&law), up => href(&page, PAGE), up_text => heading };
            sink.text(
                &page,
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
            ..article_link(from, list)
        };
        lists.iter().take(limit).map(named).collect()
    }

    /// The articles that a document cites and that have a place, with its address from the document's page.
    pub fn articles<'e>(&self, entry: &'e Entry) -> Vec<(&'e Citation, String)> {
        let cited = entry.laws.iter();
        cited
            .filter_map(|citation| Some((citation, self.article_at(&entry.page, citation)?)))
            .collect()
    }

    /// The numbers that the text of a document names, with the address of the document of each from its page.
    pub fn numbers<'e>(&self, entry: &'e Entry) -> Vec<(&'e str, Numbered)> {
        let known = |index: Option<usize>| match index {
            Some(index) => Numbered::Held(href(&entry.page, &self.entries[index].page)),
            None => Numbered::Unheld(self.words.get("number.unheld").to_owned()),
        };
        let named = entry.numbers.iter();
        named.map(|(number, index)| (number.as_str(), known(*index))).collect()
    }

    /// The list of those who cite an article, from a page.
    pub(super) fn citers_of(&self, from: &str, citation: &Citation) -> Option<String> {
        let list = self.shelf.list(Facet::Law, &term(citation))?;
        Some(list_at(from, list))
    }

    /// Those who cite an article, from the page of its law.
    fn citers(&self, from: &str, list: &List) -> Citers {
        let (law, article) = parts(&list.value);
        let citer = |index: usize| {
            let record = self.entries[index].document.record();
            Citer {
                href: href(from, &self.entries[index].page),
                title: record.title.clone(),
                lang: self.content_lang(),
                date: record.date.map(shown),
            }
        };
        Citers {
            id: article::id(article),
            text: article_text(article),
            source: self.article_text_at(from, law, article),
            documents: list.newest().map(citer).collect(),
        }
    }

    /// A law with the first of its articles that are cited.
    fn law(&self, from: &str, group: &[List], limit: usize) -> Law {
        let documents: BTreeSet<u32> = group.iter().flat_map(|list| list.entries.iter().copied()).collect();
        let name = parts(&group[0].value).0;
        Law {
            name: name.to_owned(),
            href: href(from, &law_page(&group[0])),
            text: self.law_text_at(from, name),
            documents: documents.len(),
            total: group.len(),
            articles: group.iter().take(limit).map(|list| article_link(from, list)).collect(),
        }
    }

    /// A law that is held and that nobody cites.
    fn uncited(&self, from: &str, name: &str) -> Law {
        let text = self.law_text_at(from, name);
        Law {
            name: name.to_owned(),
            href: text.clone().unwrap_or_default(),
            text,
            documents: 0,
            total: 0,
            articles: Vec::new(),
        }
    }

    /// Where the law of an article is read, and the article in it, from the page of its citers.
    pub(super) fn article_source(&self, from: &str, list: &List) -> Value {
        let (law, article) = parts(&list.value);
        let text = self.article_text_at(from, law, article);
        let held = self.statutes.entry(law).is_some();
        context! { law, text, held }
    }

    /// The articles of a law that others cite, with the lists of these.
    pub(super) fn cited_articles(&self, entry: &Entry) -> Vec<CitedArticle> {
        let name = markdown::law_name(&entry.document.record().title);
        let cited = |article: &String| {
            let list = self.shelf.list(Facet::Law, &format!("{name}#{article}"))?;
            Some(CitedArticle {
                id: article::id(article),
                text: article_text(article),
                href: list_at(&entry.page, list),
                count: list.entries.len(),
            })
        };
        entry.articles.iter().filter_map(cited).collect()
    }

    /// The articles that a document cites, with where they are read.
    pub(super) fn cited_laws(&self, from: &str, cited: &[Citation]) -> Vec<ArticleLink> {
        let link = |citation: &Citation| {
            let list = self.shelf.list(Facet::Law, &term(citation))?;
            Some(ArticleLink {
                text: named(&list.value),
                href: self.article_at(from, citation)?,
                count: list.entries.len(),
            })
        };
        cited.iter().filter_map(link).collect()
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

/// Where a list stands, from a page: those who cite an article, on the page of its law where they are few.
pub(super) fn list_at(from: &str, list: &List) -> String {
    if list.has_pages {
        return href(from, &list.file(None));
    }
    format!("{}#{}", href(from, &law_page(list)), article::id(parts(&list.value).1))
}

/// Whether a name is one that laws have: 产权交易合同 isn't, and 解释 alone doesn't say which.
fn is_law(name: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "法",
        "法典",
        "通则",
        "总则",
        "条例",
        "规定",
        "办法",
        "解释",
        "规则",
        "细则",
        "决定",
        "意见",
        "指引",
        "修正案",
    ];
    let stem = name.split('(').next().unwrap_or(name);
    ENDINGS.iter().any(|ending| stem.ends_with(ending)) && !ENDINGS.contains(&stem)
}

fn article_link(from: &str, list: &List) -> ArticleLink {
    ArticleLink {
        text: article_text(parts(&list.value).1),
        href: list_at(from, list),
        count: list.entries.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::law_term::article_order;

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
