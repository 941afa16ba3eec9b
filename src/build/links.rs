//! Where relative links of documents lead: to documents by their path below the corpus, to other
//! files that go along, or nowhere.

use crate::audience::Cleared;
use crate::cache::{Key, Recipe};
use crate::markdown::{self, Citation, Numbered, OWN, Resolve, Target};
use crate::output::FILES;
use crate::record::{Adoption, Detail, Record, Visibility};
use crate::site;
use crate::text::article;
use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// The documents and files that links can lead to.
#[derive(Debug, Default)]
pub(super) struct LinkTable {
    /// Path of a document below the corpus without its extension, to its index.
    pub documents: BTreeMap<String, usize>,
    /// Paths of attachments below the corpus.
    pub files: BTreeSet<String>,
    /// Of these the ones that go along, with their places below [`FILES`].
    pub carried: BTreeMap<String, String>,
    /// The folders of further corpora: what a document of one names lies in that folder.
    pub gathered: Vec<String>,
    /// The ids of the headings of documents that a link leads into, by index.
    pub headings: BTreeMap<usize, BTreeSet<String>>,
    /// Documents and files by their last name, where it is the only one.
    names: OnceLock<Names>,
}

/// What a name alone leads to.
#[derive(Debug, Default)]
struct Names {
    documents: BTreeMap<String, Option<usize>>,
    files: BTreeMap<String, Option<String>>,
    /// Files whose path is not composed, by the path that is.
    composed: BTreeMap<String, String>,
}

/// What a relative target names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    Document(usize, &'a str),
    File(String),
    /// An attachment that doesn't go along.
    Excluded,
    Unknown,
}

impl LinkTable {
    /// A table of documents and files.
    pub(super) fn new(documents: BTreeMap<String, usize>, files: BTreeSet<String>, gathered: Vec<String>) -> Self {
        Self {
            documents,
            files,
            gathered,
            ..Self::default()
        }
    }

    /// Reads a target as written in the document `from` (a path below the corpus). A `#` or `?` may be part of a
    /// file's name: the longest path that there is counts.
    pub(super) fn named<'a>(&self, from: &str, target: &'a str) -> Named<'a> {
        let cuts = target
            .char_indices()
            .rev()
            .filter(|(_, letter)| matches!(letter, '#' | '?'));
        let paths = std::iter::once(target.len()).chain(cuts.map(|(at, _)| at));
        for end in paths {
            let (path, rest) = target.split_at(end);
            let fragment = rest.split_once('#').map_or("", |(_, fragment)| fragment);
            match self.at(from, path) {
                Named::Document(index, _) => return Named::Document(index, fragment),
                Named::Unknown => {}
                file => return file,
            }
        }
        Named::Unknown
    }

    /// What a path without fragment names.
    fn at(&self, from: &str, path: &str) -> Named<'static> {
        let decoded = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        let written = path.replace('\\', "/");
        let literal = (written != decoded).then_some(written);
        let paths = std::iter::once(decoded).chain(literal).filter(|path| !path.is_empty());
        for path in paths {
            let found = join(self.root(from), from, &path).map_or(Named::Unknown, |full| self.path(full));
            if found != Named::Unknown {
                return found;
            }
            let by_name = self.by_name(from, &path);
            if by_name != Named::Unknown {
                return by_name;
            }
        }
        Named::Unknown
    }

    /// What stands at a path below the corpus.
    fn path(&self, full: String) -> Named<'static> {
        let id = full
            .strip_suffix(".md")
            .or_else(|| full.strip_suffix(".markdown"))
            .unwrap_or(&full);
        let composed: String = id.nfc().collect();
        if let Some(&index) = self.documents.get(&composed) {
            return Named::Document(index, "");
        }
        let file = if self.files.contains(&full) {
            Some(full)
        } else {
            self.composed(&full).map(str::to_owned)
        };
        file.map_or(Named::Unknown, |file| self.attachment(file))
    }

    /// The file whose path is another normal form of this one.
    fn composed(&self, path: &str) -> Option<&str> {
        if path.is_ascii() {
            return None;
        }
        let composed: String = path.nfc().collect();
        let known = self
            .files
            .get(&composed)
            .or_else(|| self.names().composed.get(&composed));
        known.map(String::as_str)
    }

    fn attachment(&self, file: String) -> Named<'static> {
        if self.carried.contains_key(&file) {
            Named::File(file)
        } else {
            Named::Excluded
        }
    }

    /// What a name alone leads to, as editors that link by names have it: a document or a file, if there is one such.
    fn by_name(&self, from: &str, name: &str) -> Named<'static> {
        if name.contains('/') || name.ends_with(".md") || name.ends_with(".markdown") {
            return Named::Unknown;
        }
        let name: String = name.nfc().collect();
        let names = self.names();
        let root = self.root(from);
        if let Some(&Some(index)) = names.documents.get(&format!("{root}\n{name}")) {
            return Named::Document(index, "");
        }
        match names.files.get(&format!("{root}\n{name}")) {
            Some(Some(file)) => self.attachment(file.clone()),
            _ => Named::Unknown,
        }
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let key = |path: &str| format!("{}\n{}", self.root(path), path.rsplit('/').next().unwrap_or(path));
            let mut names = Names::default();
            for (id, &index) in &self.documents {
                let entry = names.documents.entry(key(id));
                entry.and_modify(|known| *known = None).or_insert(Some(index));
            }
            for file in &self.files {
                let composed: String = file.nfc().collect();
                let entry = names.files.entry(key(&composed));
                entry
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(file.clone()));
                if composed != *file {
                    names.composed.insert(composed, file.clone());
                }
            }
            names
        })
    }

    /// The id of the place in a document's page that a fragment names: by the id itself or by the heading's text.
    fn place(&self, index: usize, fragment: &str) -> Option<String> {
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        // 甲#乙#丙: the last is the innermost.
        let last = decoded.rsplit('#').next().unwrap_or(&decoded);
        let headings = self.headings.get(&index);
        let known = |id: &String| headings.is_some_and(|headings| headings.contains(id));
        let composed: String = last.nfc().collect();
        [
            last.to_owned(),
            markdown::heading_id(last),
            markdown::heading_id(&composed),
        ]
        .into_iter()
        .find(|id| known(id) || markdown::is_block_id(id))
    }

    /// The folder that is the whole corpus for a document: that of its further corpus, with `/`, or nothing.
    fn root<'a>(&'a self, from: &'a str) -> &'a str {
        let of = |prefix: &String| {
            from.strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let prefix = self.gathered.iter().find(|prefix| of(prefix));
        prefix.map_or("", |prefix| &from[..=prefix.len()])
    }

    /// Where the evidence of each event of a report goes, below the site.
    pub(super) fn evidence(&self, record: &Record) -> Vec<Option<String>> {
        let Detail::Report(report) = &record.detail else {
            return Vec::new();
        };
        let file = |event: &Adoption| {
            let file = self.file(&record.file, event.evidence.as_deref()?)?;
            self.carried.get(file).map(|place| format!("{FILES}/{place}"))
        };
        report.adoptions.iter().map(file).collect()
    }

    /// The attachments to which the bodies of public documents lead, given with their targets.
    pub(super) fn of_public<'a, 'd>(
        &'a self,
        documents: impl Iterator<Item = (&'d Cleared, &'d BTreeSet<String>)>,
    ) -> BTreeSet<&'a str> {
        let public = documents.filter(|(document, _)| document.record().visibility == Visibility::Public);
        let named = public.flat_map(|(document, targets)| {
            let from = document.source().file.as_str();
            targets.iter().map(move |target| self.named(from, target))
        });
        let files = named.filter_map(|named| match named {
            Named::File(file) => self.files.get(&file).map(String::as_str),
            _ => None,
        });
        files.collect()
    }

    /// The attachment that a plain path names: from the folder of the document `from`, else from the corpus.
    pub(super) fn file(&self, from: &str, path: &str) -> Option<&str> {
        let path = path.replace('\\', "/");
        let root = self.root(from);
        let candidates = [join(root, from, &path), join(root, root, &path)];
        candidates
            .iter()
            .flatten()
            .find_map(|path| self.files.get(path).map(String::as_str).or_else(|| self.composed(path)))
    }
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
    page: &'a str,
    /// The pages of all documents.
    pages: &'a [String],
    /// The articles of law that the document cites, with the addresses of their pages from its own.
    articles: Vec<(&'a Citation, String)>,
    /// The articles that stand in the document itself, where it is a law.
    own: &'a [String],
    /// The numbers that the document names, with what is known of them.
    numbers: Vec<(&'a str, Numbered)>,
    /// The attachments that were linked to.
    used: RefCell<BTreeSet<String>>,
    /// The targets that were asked for.
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Links<'a> {
    pub(super) fn new(table: &'a LinkTable, file: &'a str, page: &'a str, pages: &'a [String]) -> Self {
        Self {
            table,
            file,
            page,
            pages,
            articles: Vec::new(),
            own: &[],
            numbers: Vec::new(),
            used: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// With the pages of the articles of law and of the numbers that the text may name. They are among what the page
    /// states of itself, so its key changes with them.
    pub(super) fn with_mentions(self, site: &site::Site, entry: &'a site::Entry) -> Self {
        Self {
            articles: site.articles(entry),
            own: &entry.articles,
            numbers: site.numbers(entry),
            ..self
        }
    }

    /// The attachments that were linked to so far, by their path below the corpus.
    pub(super) fn files(self) -> BTreeSet<String> {
        self.used.into_inner()
    }

    /// Whether no other targets were asked for than these.
    pub(super) fn asked_only(&self, targets: &BTreeSet<String>) -> bool {
        self.asked.borrow().is_subset(targets)
    }

    /// Names where the targets lead.
    pub(super) fn key(&self, targets: &BTreeSet<String>) -> Key {
        let mut recipe = Recipe::of("links");
        for target in targets {
            recipe.add(target);
            match self.resolve(target) {
                Target::Href(href) => recipe.add(href),
                Target::Top(href) => {
                    recipe.add([1]);
                    recipe.add(href);
                }
                Target::File(href) => {
                    recipe.add([2]);
                    recipe.add(href);
                }
                Target::Excluded => recipe.add([3]),
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
                let href = site::href(self.page, &self.pages[index]);
                match self.table.place(index, fragment) {
                    _ if fragment.is_empty() => Target::Href(href),
                    Some(id) => Target::Href(format!("{href}#{id}")),
                    None => Target::Top(href),
                }
            }
            Named::File(path) => {
                let place = self.table.carried.get(&path).map_or(&*path, String::as_str);
                let href = site::href(self.page, &format!("{FILES}/{place}"));
                self.used.borrow_mut().insert(path);
                Target::File(href)
            }
            Named::Excluded => Target::Excluded,
            Named::Unknown => Target::Nowhere,
        }
    }

    fn article(&self, citation: &Citation) -> Option<String> {
        if citation.law == OWN {
            let own = self.own.contains(&citation.article);
            return own.then(|| format!("#{}", article::id(&citation.article)));
        }
        let found = self.articles.iter().find(|(cited, _)| *cited == citation);
        found.map(|(_, href)| href.clone())
    }

    fn number(&self, number: &str) -> Option<Numbered> {
        let found = self.numbers.iter().find(|(named, _)| *named == number);
        found.map(|(_, known)| known.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::carried;

    fn table() -> LinkTable {
        let files = [
            "报告/图.png",
            "报告/页.html",
            "报告/“#清朗”表.xlsx",
            "报告/e\u{301}.docx",
            "附件/甲?.pdf",
        ];
        LinkTable {
            carried: carried::places(files.into_iter(), &BTreeSet::new()),
            ..LinkTable::new(
                [("报告/甲".to_owned(), 0), ("案例/乙 丙".to_owned(), 1)].into(),
                files.map(str::to_owned).into(),
                vec!["乙院".to_owned()],
            )
        }
    }

    #[test]
    fn a_file_is_found_whatever_stands_in_its_name() {
        let table = table();
        for (target, file) in [
            ("“#清朗”表.xlsx", "报告/“#清朗”表.xlsx"),
            ("“%23清朗”表.xlsx", "报告/“#清朗”表.xlsx"),
            ("é.docx", "报告/e\u{301}.docx"),
            ("../附件/甲?.pdf", "附件/甲?.pdf"),
            ("甲?.pdf", "附件/甲?.pdf"),
            ("图.png?size=1#右", "报告/图.png"),
        ] {
            assert_eq!(table.named("报告/甲.md", target), Named::File(file.into()), "{target}");
        }
    }

    #[test]
    fn a_name_alone_leads_to_the_only_document_that_has_it() {
        let mut table = table();
        assert_eq!(table.named("报告/甲.md", "乙 丙"), Named::Document(1, ""));
        assert_eq!(table.named("报告/甲.md", "乙 丙#一"), Named::Document(1, "一"));
        assert_eq!(
            table.named("报告/甲.md", "乙 丙.md"),
            Named::Unknown,
            "a path with its ending is a path"
        );
        table = LinkTable::new(
            [("a/丁".to_owned(), 0), ("b/丁".to_owned(), 1)].into(),
            BTreeSet::new(),
            Vec::new(),
        );
        assert_eq!(table.named("c.md", "丁"), Named::Unknown);
    }

    #[test]
    fn a_fragment_names_a_heading_by_its_text_or_its_id() {
        let mut table = table();
        table.headings.insert(1, ["s-一基本情况".to_owned()].into());
        for (fragment, id) in [
            ("一、基本情况", Some("s-一基本情况")),
            ("s-一基本情况", Some("s-一基本情况")),
            ("%E4%B8%80%E3%80%81基本情况", Some("s-一基本情况")),
            ("上级#一、基本情况", Some("s-一基本情况")),
            ("pabcdef", Some("pabcdef")),
            ("二、无", None),
        ] {
            assert_eq!(table.place(1, fragment).as_deref(), id, "{fragment}");
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
    fn what_is_not_there_or_leaves_the_corpus_is_unknown_and_what_would_run_stays_behind() {
        let table = table();
        for target in ["丁.md", "../../etc/passwd", "", "#节"] {
            assert_eq!(table.named("报告/甲.md", target), Named::Unknown, "{target}");
        }
        assert_eq!(table.named("报告/甲.md", "页.html"), Named::Excluded);
    }
}
