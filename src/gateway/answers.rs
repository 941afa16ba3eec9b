//! What a search page is answered from, whatever holds it.

use crate::index::IndexError;
use crate::message::Lang;
use crate::query::help::Idea;
use crate::query::snippet::Snippet;
use crate::query::vocabulary::Vocabulary;
use crate::query::{Answer, Asked, Near, Searcher, Tier};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why there is no answer: a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal(pub String);

/// Where answers come from, as long as the gateway runs.
pub(crate) trait Source: Send + Sync + 'static {
    /// One state of it.
    type Answers: Answers;

    /// Its state now. It is asked for with every question: what hasn't changed is held.
    ///
    /// # Errors
    /// Where it is away, or not what the gateway was started for.
    fn current(&self) -> Result<Arc<Self::Answers>, Refusal>;
}

/// One state of an index, which answers a search page.
pub(crate) trait Answers: Send + Sync + 'static {
    /// Names the state: as long as it is the same, so are all answers.
    fn generation(&self) -> &str;

    /// How many documents it holds.
    fn documents(&self) -> u64;

    /// Answers a query.
    ///
    /// # Errors
    /// Where it is away.
    fn search(&self, asked: &Asked) -> Result<Answer, Refusal>;

    /// The best passages of a hit of a search, three at most; none where there is no such document.
    ///
    /// # Errors
    /// Where it is away.
    fn passages(&self, asked: &Asked, id: &str, tier: Tier) -> Result<Vec<Snippet>, Refusal>;

    /// The synonym groups of which a member stands in a query, each with its members as people write them.
    ///
    /// # Errors
    /// Where it is away.
    fn groups(&self, query: &str) -> Result<Vec<Vec<String>>, Refusal>;

    /// For each facet that has values how many: any more count as two.
    ///
    /// # Errors
    /// Where it is away.
    fn values(&self) -> Result<BTreeMap<&'static str, usize>, Refusal>;

    /// Other queries that find something, the likeliest first, for one that finds nothing.
    ///
    /// # Errors
    /// Where it is away.
    fn help(&self, query: &str) -> Result<Vec<Idea>, Refusal>;

    /// Queries with a filter in place of a word that counts years from the reference day.
    ///
    /// # Errors
    /// Where it is away.
    fn dated(&self, query: &str) -> Result<Vec<Idea>, Refusal>;

    /// The documents like a text or a document, the nearest first; none where there is no such document.
    ///
    /// # Errors
    /// Where it is away.
    fn like(&self, like: Like<'_>, limit: usize) -> Result<Vec<Near>, Refusal>;

    /// What a search box suggests.
    ///
    /// # Errors
    /// Where it is away.
    fn vocabulary(&self) -> Result<Vocabulary, Refusal>;
}

/// What likeness starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Like<'a> {
    /// The document of an id.
    Document(&'a str),
    /// A text.
    Text(&'a str),
}

impl Answers for Searcher {
    fn generation(&self) -> &str {
        &self.settings().generation
    }

    fn documents(&self) -> u64 {
        self.documents()
    }

    fn search(&self, asked: &Asked) -> Result<Answer, Refusal> {
        self.answer(asked).map_err(|error| refused(self, &error))
    }

    fn passages(&self, asked: &Asked, id: &str, tier: Tier) -> Result<Vec<Snippet>, Refusal> {
        self.passages(asked, id, tier).map_err(|error| refused(self, &error))
    }

    fn groups(&self, query: &str) -> Result<Vec<Vec<String>>, Refusal> {
        Ok(self.groups_in(query))
    }

    fn values(&self) -> Result<BTreeMap<&'static str, usize>, Refusal> {
        self.facet_values().map_err(|error| refused(self, &error))
    }

    fn help(&self, query: &str) -> Result<Vec<Idea>, Refusal> {
        self.help(query).map_err(|error| refused(self, &error))
    }

    fn dated(&self, query: &str) -> Result<Vec<Idea>, Refusal> {
        self.dated(query).map_err(|error| refused(self, &error))
    }

    fn like(&self, like: Like<'_>, limit: usize) -> Result<Vec<Near>, Refusal> {
        let found = match like {
            Like::Document(id) => self.like_document(id, limit).map(Option::unwrap_or_default),
            Like::Text(text) => self.like_text(text, limit),
        };
        let near = found.and_then(|found| found.into_iter().map(|alike| self.near(alike)).collect());
        near.map_err(|error| refused(self, &error))
    }

    fn vocabulary(&self) -> Result<Vocabulary, Refusal> {
        self.vocabulary().map_err(|error| refused(self, &error))
    }
}

/// A failure of an index, in the language of its site.
fn refused(searcher: &Searcher, error: &IndexError) -> Refusal {
    let lang = if searcher.settings().language == Lang::En.tag() {
        Lang::En
    } else {
        Lang::Zh
    };
    Refusal(error.message(lang))
}
