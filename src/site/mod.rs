//! Pages: every cleared document, the lists, the home page, and the search page's shell.
//!
//! [`names`] gives each document its file name; [`Site`] renders. Nothing here writes a file:
//! pages leave through a [`crate::sink::Sink`], so that they can go to disk or stay in memory.

#[macro_use]
mod shipped;
mod assets;
mod badge;
mod boards;
mod chain;
mod citation;
mod desk;
mod document;
mod facts;
mod likeness;
mod feed;
mod home;
mod law_term;
mod laws;
mod ledger;
mod lists;
mod names;
mod said;
mod shelf;
mod statutes;
mod templates;
mod verify;
mod words;
mod years;

pub use assets::{HELP, citing_script, likeness_script};
pub(crate) use badge::badges;
pub(crate) use desk::{DESK_SCRIPT, DESK_STYLE, Desk, PREVIEW_SCRIPT, VERIFY_SCRIPT};
pub(crate) use facts::searchable_extra;
pub(crate) use laws::laws;
pub(crate) use ledger::{Cell, Sheet, amount_text, documents, measures, sheet, unplaced};
pub(crate) use likeness::{keywords, law_terms, section_texts};
pub(crate) use names::{encoded, file_name, file_names, href, names};
pub(crate) use said::{beside, copies_note, rate, reply_figure};
pub(crate) use shelf::people;
pub(crate) use verify::verify_texts;
pub(crate) use words::shown;

use crate::adoption::chain::Chains;
use crate::adoption::{Due, Outcome};
use crate::audience::{Audience, Cleared};
use crate::cache::{Key, Recipe};
use crate::diagnostic::Diagnostic;
use crate::markdown::Citation;
use crate::message::Lang;
use crate::record::vocabulary::{Kind, LawStatus, Search, State};
use crate::settings::Settings;
use shelf::{Facet, Shelf};
use statutes::Statutes;
use words::Words;

/// What the pages need to know of one document besides its rendered body.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What the gate let through.
    pub document: Cleared,
    /// Its page below the site, not encoded, with `/`: `调研报告/R01-….html`.
    pub page: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Deadline of a recommendation.
    pub due: Option<Due>,
    /// State of a recommendation.
    pub state: Option<State>,
    /// Indices of the entries that it refers to (front matter and body), ascending.
    pub cites: Vec<usize>,
    /// Indices of the entries that refer to it, ascending.
    pub cited_by: Vec<usize>,
    /// Articles of law that it cites: those of the front matter first, each once.
    pub laws: Vec<Citation>,
    /// Numbers of cases and documents that its text names, with the index of the entry whose own each is; none for a
    /// guiding case that isn't here.
    pub numbers: Vec<(String, Option<usize>)>,
    /// Its first sentences, for lists of what has no summary.
    pub opening: Option<String>,
    /// Articles that stand in it, where it is a law, in order: `264条`.
    pub articles: Vec<String>,
    /// Index of the entry that replaces it.
    pub superseded_by: Option<usize>,
    /// 时效 of a law: as it says, or as its dates and what came after it tell.
    pub status: Option<LawStatus>,
    /// Name of its source for download, below the site, where the site has that.
    pub source: Option<String>,
    /// Of each event of a report the evidence's file below the site, not encoded, where it is one that
    /// goes along; empty in the public audience.
    pub evidence: Vec<Option<String>>,
}

impl Entry {
    /// What the document is about, in short: its summary, else its first sentences.
    fn said(&self) -> Option<&str> {
        self.document.record().summary.as_deref().or(self.opening.as_deref())
    }
}

/// Everything that all pages share. Made once by [`Site::new`]; pages can be rendered in any order
/// and from several threads.
pub struct Site<'a> {
    /// Settings of the corpus.
    pub settings: &'a Settings,
    /// Audience of the build.
    pub audience: Audience,
    /// Language of the interface.
    pub lang: Lang,
    /// The reference day (`--now`).
    pub now: jiff::civil::Date,
    /// All documents, in the order of their ids.
    pub entries: &'a [Entry],
    words: Words,
    shelf: Shelf,
    statutes: Statutes,
    boards: Vec<boards::Board>,
    chains: Chains,
    templates: templates::Templates,
    /// Names what all pages have in common: their frame, the templates and the words.
    shared_key: Option<Key>,
}

impl<'a> Site<'a> {
    /// Gathers the lists and prepares the templates.
    ///
    /// `entries` stand in the byte order of their ids; indices in them refer to this order.
    pub fn new(
        settings: &'a Settings,
        audience: Audience,
        lang: Lang,
        now: jiff::civil::Date,
        entries: &'a [Entry],
    ) -> Self {
        let words = Words::of(lang);
        let shelf = Shelf::new(entries, audience);
        let boards = boards::menu(settings, audience, entries);
        let records: Vec<_> = entries.iter().map(|entry| entry.document.record()).collect();
        let kinds: Vec<_> = shelf
            .of(Facet::Kind)
            .iter()
            .filter_map(|list| Kind::parse(&list.value).map(|kind| (list, kind)))
            .map(|(list, kind)| minijinja::context! { key => kind.key(), text => words.name(kind), url => encoded(&list.file(None)) })
            .collect();
        let shared = minijinja::context! {
            title => &settings.title,
            unit => settings.unit.as_deref(),
            emblem => settings.emblem.as_deref().map(|file| encoded(&format!("files/{}", file_name(file)))),
            footer => settings.footer.as_deref(),
            filing => settings.filing.as_deref(),
            style => settings.style.as_deref().map(|file| encoded(&format!("files/{}", file_name(file)))),
            audience => audience.key(),
            lang => lang.tag(),
            kinds,
            laws => !shelf.of(Facet::Law).is_empty() || entries.iter().any(|entry| !entry.articles.is_empty()),
            feed => settings.base_url.is_some(),
            asks => (settings.search == Search::Engine).then_some(true),
            boards => boards::menu_value(&boards, words),
        };
        let shared_key = serde_json::to_vec(&shared).ok().map(|shared| {
            let mut recipe = Recipe::of("frame").with(lang.tag()).with(audience.key());
            for (name, text) in &settings.templates {
                recipe = recipe.with(name).with(text);
            }
            recipe.with(shared).key()
        });
        Self {
            settings,
            audience,
            lang,
            now,
            entries,
            words,
            shelf,
            statutes: Statutes::new(entries),
            boards,
            chains: Chains::new(&records),
            templates: templates::Templates::new(words, shared, &settings.templates),
            shared_key,
        }
    }

    /// What is wrong with the office's own templates, as far as pages were made from them.
    pub fn template_findings(&self) -> Vec<Diagnostic> {
        self.templates.findings()
    }

    /// The messages with these prefixes as a JSON object.
    fn messages(&self, prefixes: &[&str]) -> serde_json::Map<String, serde_json::Value> {
        let messages = self.words.under(prefixes);
        messages.map(|(key, text)| (key.to_owned(), text.into())).collect()
    }

    /// The index of the entry with an id.
    fn find(&self, id: &str) -> Option<usize> {
        self.entries
            .binary_search_by(|entry| entry.document.record().id.as_str().cmp(id))
            .ok()
    }

    /// The language of documents, where the interface has another.
    fn content_lang(&self) -> Option<&'static str> {
        (self.lang != Lang::Zh).then(|| Lang::Zh.tag())
    }
}

#[cfg(test)]
mod tests;
