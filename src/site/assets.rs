//! The files that pages share: stylesheets and scripts.

use super::Site;
use crate::audience::Audience;
use crate::index::facet::FILTERS;
use crate::record::vocabulary::Search;
use crate::sink::Sink;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

/// What every page needs; the search page needs no more.
const COMMON: &str = concat!(
    style!("base.css"),
    style!("frame.css"),
    style!("lists.css"),
    style!("print-frame.css"),
);

/// What pages that are read need besides. The rules for print come last here, too.
const DOCUMENT: &str = concat!(
    style!("search-small.css"),
    style!("directory.css"),
    style!("document.css"),
    style!("print.css")
);

/// What lists need besides.
const DIRECTORY: &str = concat!(style!("search-small.css"), style!("directory.css"), style!("print.css"));

/// What boards need besides.
const BOARDS_STYLE: &str = concat!(
    style!("search-small.css"),
    style!("directory.css"),
    style!("document.css"),
    style!("boards.css"),
    style!("print.css"),
    style!("print-boards.css")
);
const BOARDS: &str = script!("boards.js");
const REPLIES: &str = concat!(script!("sheet.js"), script!("replies.js"));

const PAGE: &str = concat!(script!("page.js"), script!("results.js"));
const MARKS: &str = script!("marks.js");
const READING: &str = script!("document.js");
const BASKET: &str = concat!(script!("sheet.js"), script!("basket.js"));
const LAWS: &str = script!("laws.js");
const THEME: &str = script!("theme.js");
const TOOLS: &str = script!("tools.js");
const FACETS: &str = script!("facets.js");
const SAVED: &str = script!("saved.js");
const KEYS: &str = script!("keys.js");
const PERSON: &str = script!("person.js");
const SIMILAR: &str = script!("similar.js");
const NEARBY: &str = script!("nearby.js");
const CITING: &str = concat!(
    script!("series.js"),
    script!("numbers.js"),
    script!("citations.js"),
    script!("compare.js"),
    script!("holdings.js"),
    script!("judging.js")
);
const VERIFY: &str = script!("verify.js");
/// What browsers need that lack something; the notice is the licence's wish.
const OLDER: &str = concat!(
    "/* With the inflater of fflate 0.8.3, MIT License, Copyright (c) 2023 Arjun Barrett. */\n",
    script!("inflater.js"),
    script!("older.js")
);
const ASKED_FACETS: &str = script!("remote-facets.js");
const ASKED_LIKENESS: &str = script!("remote-like.js");
const ASKED_HELP: &str = script!("remote-help.js");
const SUGGEST: &str = concat!(script!("words.js"), script!("suggest.js"));

/// The engine's part of `assets/verify.js`, with the words that it reads drafts by.
pub fn citing_script() -> String {
    let tables = crate::verify::tables();
    format!("jianyan.cites = {tables};\n{CITING}")
}

/// The engine's part of `assets/help.js`, which is all of it but the messages.
pub const HELP: &str = concat!(script!("words.js"), script!("help.js"));

/// Prefixes of the messages that the script of every page shows, and of those of scripts that are loaded when they are needed.
const PAGE_MESSAGES: &str = "result.";
const TOOLS_MESSAGES: [&str; 1] = ["page.script."];
const FACETS_MESSAGES: [&str; 3] = ["filter.", "query.", "saved.keep"];
const MARKS_MESSAGES: [&str; 1] = ["page.script.mark"];
/// That of a script whose search is asked elsewhere.
const ASKED_MESSAGES: &str = "remote.";
const LIKENESS_MESSAGES: [&str; 3] = ["like.", "novelty.", "level."];

/// The engine's part of `assets/similar.js`, without what it shows.
pub fn likeness_script() -> String {
    let parameters = crate::query::similar::PARAMETERS.trim_end();
    format!("jianyan.likeness = {parameters};\n{SIMILAR}")
}

impl Site<'_> {
    /// Hands stylesheets and scripts below `assets/` to a sink. `jianyan.js` is what searches and then the
    /// pages' own scripts; the others are loaded by those who need them.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn assets(&self, sink: &dyn Sink) -> io::Result<()> {
        let people = self.cards_of_people();
        sink.text("assets/jianyan.css", COMMON.to_owned())?;
        sink.text("assets/directory.css", DIRECTORY.to_owned())?;
        sink.text("assets/document.css", DOCUMENT.to_owned())?;
        sink.text("assets/search.css", style!("search.css").to_owned())?;
        sink.text("assets/verify.css", style!("verify.css").to_owned())?;
        sink.text("assets/facets.css", style!("facets.css").to_owned())?;
        sink.text("assets/boards.css", BOARDS_STYLE.to_owned())?;
        sink.text("assets/boards.js", BOARDS.to_owned())?;
        sink.text(
            "assets/replies.js",
            self.texts(&["replies.script.", "replies.count_all"]) + REPLIES,
        )?;
        sink.text("assets/jianyan.js", self.engine() + &self.page_texts() + PAGE)?;
        sink.text("assets/tools.js", self.texts(&TOOLS_MESSAGES) + TOOLS)?;
        sink.text("assets/marks.js", self.texts(&MARKS_MESSAGES) + MARKS)?;
        sink.text("assets/document.js", self.texts(&["reading."]) + READING)?;
        sink.text(
            "assets/basket.js",
            self.texts(&["basket.", "reading.by", "reading.quotation"]) + BASKET,
        )?;
        sink.text("assets/laws.js", self.texts(&["laws.script."]) + LAWS)?;
        sink.text("assets/theme.js", THEME.to_owned())?;
        sink.text("assets/saved.js", self.texts(&["saved."]) + SAVED)?;
        sink.text("assets/keys.js", self.texts(&["keys."]) + KEYS)?;
        if self.audience == Audience::Internal {
            let cards = serde_json::to_string(&people).unwrap_or_default();
            sink.text("assets/person.js", format!("jianyan.people={cards};\n{PERSON}"))?;
        }
        sink.text("assets/older.js", OLDER.to_owned())?;
        sink.text("assets/older.css", style!("older.css").to_owned())?;
        let [columns, likeness, help] = self.beside();
        sink.text(
            "assets/facets.js",
            self.facet_texts(people.keys()) + &crate::bundle::after(self.now.year()) + &columns + FACETS,
        )?;
        sink.text(
            "assets/similar.js",
            self.texts(&LIKENESS_MESSAGES) + &crate::bundle::columns(self.now.year()) + &likeness + NEARBY,
        )?;
        sink.text(
            "assets/syntax.js",
            self.texts(&["syntax.", "syntax-query."]) + script!("syntax.js"),
        )?;
        if !self.is_asked_elsewhere() {
            sink.text("assets/verify.js", [CITING, VERIFY].concat())?;
        }
        sink.text("assets/help.js", self.texts(&["help."]) + &help)?;
        sink.text("assets/suggest.js", self.texts(&["suggest."]) + SUGGEST)
    }

    /// What the scripts of pages search by: the bundle, or a gateway.
    fn engine(&self) -> String {
        if self.is_asked_elsewhere() {
            crate::bundle::asking_client()
        } else {
            crate::bundle::client()
        }
    }

    /// What stands behind the columns in `facets.js`, and what finds similar documents and other queries.
    fn beside(&self) -> [Cow<'static, str>; 3] {
        if self.is_asked_elsewhere() {
            [ASKED_FACETS, ASKED_LIKENESS, ASKED_HELP].map(Cow::Borrowed)
        } else {
            [Cow::Borrowed(""), Cow::Owned(likeness_script()), Cow::Borrowed(HELP)]
        }
    }

    /// Whether a gateway answers searches, and not the reader's browser.
    pub(super) fn is_asked_elsewhere(&self) -> bool {
        self.settings.search == Search::Engine
    }

    /// The messages of the script of every page: of kinds and badges those that documents here have.
    fn page_texts(&self) -> String {
        let badges = self
            .entries
            .iter()
            .flat_map(super::badges)
            .map(|badge| format!("badge.{badge}"));
        let kinds = self
            .entries
            .iter()
            .map(|entry| format!("kind.{}", entry.document.record().kind.key()));
        let wanted: BTreeSet<String> = badges.chain(kinds).collect();
        let asked = self.is_asked_elsewhere().then_some(ASKED_MESSAGES);
        let prefixes = wanted.iter().map(String::as_str).chain([PAGE_MESSAGES]);
        let prefixes: Vec<&str> = prefixes.chain(asked).collect();
        self.texts(&prefixes)
    }

    /// The messages of what narrows results down, the labels of facets among them; of the names of people how they begin.
    fn facet_texts<'a>(&self, people: impl Iterator<Item = &'a String>) -> String {
        // Nobody is looked for by name in a public site.
        let internal = self.audience == Audience::Internal;
        let labels = FILTERS
            .iter()
            .filter(|filter| internal || filter.column != "author")
            .filter_map(|filter| {
                let label = filter.label(self.words.lang())?;
                Some((format!("filter.{}", filter.column), label.to_owned()))
            });
        let initials: BTreeSet<char> = people.filter_map(|name| name.chars().next()).collect();
        let initials = ("filter.initials".to_owned(), initials.into_iter().collect());
        let own = self.words.under(&FACETS_MESSAGES);
        let own = own.map(|(key, text)| (key.to_owned(), text.to_owned()));
        given(
            &own.chain(labels)
                .chain([initials])
                .map(|(key, text)| (key, text.into()))
                .collect(),
        )
    }

    /// Gives messages to the scripts that stand behind them.
    pub(super) fn texts(&self, prefixes: &[&str]) -> String {
        given(&self.messages(prefixes))
    }
}

fn given(messages: &Map<String, Value>) -> String {
    let json = serde_json::to_string(messages).unwrap_or_default();
    format!("jianyan.texts=Object.assign(jianyan.texts||{{}},{json});\n")
}
