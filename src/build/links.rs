//! Where relative links of documents lead: to documents by their path below the corpus, to other
//! files that go along, or nowhere.

use crate::cache::{Key, Recipe};
use crate::markdown::{Citation, Resolve, Target};
use crate::record::{Adoption, Detail, Record};
use crate::site;
use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Folder of the site that attachments go to, at their path below the corpus.
pub(super) const FILES: &str = "files";

/// Endings of attachments that a browser would run in the site's name; they don't go along.
const ACTIVE: [&str; 7] = ["html", "htm", "xhtml", "shtml", "mht", "mhtml", "js"];

/// The documents and files that links can lead to.
#[derive(Debug, Default)]
pub(super) struct LinkTable {
    /// Path of a document below the corpus without its extension, to its index.
    pub documents: BTreeMap<String, usize>,
    /// Paths of attachments below the corpus.
    pub files: BTreeSet<String>,
    /// The folders of further corpora: what a document of one names lies in that folder.
    pub gathered: Vec<String>,
}

/// What a relative target names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    Document(usize, &'a str),
    File(String),
    Unknown,
}

impl LinkTable {
    /// Reads a target as written in the document `from` (a path below the corpus).
    pub fn named<'a>(&self, from: &str, target: &'a str) -> Named<'a> {
        let (path, fragment) = target
            .split_once('#')
            .map_or((target, ""), |(path, fragment)| (path, fragment));
        let path = path.split('?').next().unwrap_or_default();
        let decoded = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        if decoded.is_empty() {
            return Named::Unknown;
        }
        let Some(full) = join(self.root(from), from, &decoded) else {
            return Named::Unknown;
        };
        let id = full
            .strip_suffix(".md")
            .or_else(|| full.strip_suffix(".markdown"))
            .unwrap_or(&full);
        if let Some(&index) = self.documents.get(id) {
            return Named::Document(index, fragment);
        }
        if self.files.contains(&full) && !is_active(&full) {
            return Named::File(full);
        }
        Named::Unknown
    }

    /// The folder that is the whole corpus for a document: that of its further corpus, with `/`, or nothing.
    fn root<'a>(&'a self, from: &'a str) -> &'a str {
        let of = |prefix: &String| {
            from.strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let prefix = self.gathered.iter().find(|prefix| of(prefix));
        prefix.map_or("", |prefix| &from[..prefix.len() + 1])
    }

    /// Where the evidence of each event of a report goes, below the site.
    pub fn evidence(&self, record: &Record) -> Vec<Option<String>> {
        let Detail::Report(report) = &record.detail else {
            return Vec::new();
        };
        let file = |event: &Adoption| {
            let file = self.file(&record.file, event.evidence.as_deref()?)?;
            (!is_active(file)).then(|| format!("{FILES}/{file}"))
        };
        report.adoptions.iter().map(file).collect()
    }

    /// The attachment that a plain path names: from the folder of the document `from`, else from the corpus.
    pub fn file(&self, from: &str, path: &str) -> Option<&str> {
        let path = path.replace('\\', "/");
        let root = self.root(from);
        let candidates = [join(root, from, &path), join(root, root, &path)];
        candidates
            .iter()
            .flatten()
            .find_map(|path| self.files.get(path).map(String::as_str))
    }
}

/// Whether a browser would run a file in the site's name.
fn is_active(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ACTIVE.contains(&ending.as_str())
}

/// Joins a relative path to the folder of `from`; `None` when it leaves the corpus, whose folder is `root`, with `/`
/// or nothing.
fn join(root: &str, from: &str, relative: &str) -> Option<String> {
    let from = if relative.starts_with('/') { root } else { from };
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let top = root.matches('/').count();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().filter(|_| parts.len() >= top)?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The links of one document.
pub(super) struct Links<'a> {
    table: &'a LinkTable,
    /// The document's file below the corpus.
    file: &'a str,
    /// Its page.
    page: &'a str,
    /// The pages of all documents.
    pages: &'a [String],
    /// The articles of law that the document cites, with the addresses of their pages from its own.
    articles: Vec<(&'a Citation, String)>,
    /// The attachments that were linked to.
    used: RefCell<BTreeSet<String>>,
    /// The targets that were asked for.
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Links<'a> {
    pub fn new(table: &'a LinkTable, file: &'a str, page: &'a str, pages: &'a [String]) -> Self {
        Self {
            table,
            file,
            page,
            pages,
            articles: Vec::new(),
            used: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// With the pages of the articles of law that the text may cite. They are among what the page states of itself, so
    /// its key tells of them.
    pub fn with_articles(self, articles: Vec<(&'a Citation, String)>) -> Self {
        Self { articles, ..self }
    }

    /// The attachments that were linked to so far, by their path below the corpus.
    pub fn files(self) -> BTreeSet<String> {
        self.used.into_inner()
    }

    /// Whether no other targets were asked for than these.
    pub fn asked_only(&self, targets: &BTreeSet<String>) -> bool {
        self.asked.borrow().is_subset(targets)
    }

    /// Names where the targets lead.
    pub fn key(&self, targets: &BTreeSet<String>) -> Key {
        let mut recipe = Recipe::of("links");
        for target in targets {
            recipe.add(target);
            match self.resolve(target) {
                Target::Href(href) => recipe.add(href),
                Target::Nowhere => recipe.add([0]),
            }
        }
        recipe.key()
    }
}

impl Resolve for Links<'_> {
    fn resolve(&self, target: &str) -> Target {
        self.asked.borrow_mut().insert(target.to_owned());
        match self.table.named(self.file, target) {
            Named::Document(index, fragment) => {
                let mut href = site::href(self.page, &self.pages[index]);
                if !fragment.is_empty() {
                    href.push('#');
                    href.push_str(fragment);
                }
                Target::Href(href)
            }
            Named::File(path) => {
                let href = site::href(self.page, &format!("{FILES}/{path}"));
                self.used.borrow_mut().insert(path);
                Target::Href(href)
            }
            Named::Unknown => Target::Nowhere,
        }
    }

    fn article(&self, citation: &Citation) -> Option<String> {
        let found = self.articles.iter().find(|(cited, _)| *cited == citation);
        found.map(|(_, href)| href.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> LinkTable {
        LinkTable {
            documents: [("报告/甲".to_owned(), 0), ("案例/乙 丙".to_owned(), 1)].into(),
            files: ["报告/图.png".to_owned(), "报告/页.html".to_owned()].into(),
            gathered: vec!["乙院".to_owned()],
        }
    }

    #[test]
    fn targets_are_read_from_the_folder_of_their_document() {
        let table = table();
        assert_eq!(table.named("案例/乙 丙.md", "../报告/甲.md"), Named::Document(0, ""));
        assert_eq!(
            table.named("案例/乙 丙.md", "../报告/甲.md#s-成因"),
            Named::Document(0, "s-成因")
        );
        assert_eq!(
            table.named("报告/甲.md", "../%E6%A1%88%E4%BE%8B/乙%20丙.md"),
            Named::Document(1, "")
        );
        assert_eq!(table.named("报告/甲.md", "/案例/乙 丙"), Named::Document(1, ""));
        assert_eq!(table.named("报告/甲.md", "图.png"), Named::File("报告/图.png".into()));
    }

    #[test]
    fn what_is_not_there_leaves_the_corpus_or_would_run_is_unknown() {
        let table = table();
        for target in ["丁.md", "../../etc/passwd", "页.html", "", "#节"] {
            assert_eq!(table.named("报告/甲.md", target), Named::Unknown, "{target}");
        }
    }
}
