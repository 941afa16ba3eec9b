//! A cluster that answers: each generation, as it is published there.

use super::{Answers, Like, Refusal, Source};
use crate::cluster::{Address, Client, ClusterError, Searcher};
use crate::message::Lang;
use crate::query::help::Idea;
use crate::query::snippet::Snippet;
use crate::query::vocabulary::Vocabulary;
use crate::query::{Answer, Asked, Near, Tier};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a generation is taken for the one behind the alias.
const FRESH: Duration = Duration::from_secs(5);
/// How long a reader waits for a cluster that doesn't answer at once.
const PATIENCE: Duration = Duration::from_secs(3);

/// A cluster, for an audience.
pub(crate) struct Engine {
    address: Address,
    lang: Lang,
    held: Mutex<Option<(Instant, Arc<Generation>)>>,
}

/// A generation. What is wrong with it is said in a language.
pub(crate) struct Generation {
    searcher: Searcher,
    lang: Lang,
}

impl Engine {
    /// The cluster at an address.
    pub(crate) fn new(address: Address, lang: Lang) -> Self {
        Self {
            address,
            lang,
            held: Mutex::new(None),
        }
    }

    /// What stands behind the alias.
    ///
    /// # Errors
    /// It can't be asked, or stands there for others.
    pub(crate) fn open(&self) -> Result<Arc<Generation>, ClusterError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, known)) = &*held
            && at.elapsed() < FRESH
        {
            return Ok(Arc::clone(known));
        }
        let known = held.as_ref().map(|(_, known)| Arc::clone(known));
        let fresh = match &known {
            Some(known) => known.searcher.renewed()?,
            None => Some(Searcher::open(Client::connect(&self.address)?.patient(PATIENCE))?),
        };
        let of = |searcher| {
            Arc::new(Generation {
                searcher,
                lang: self.lang,
            })
        };
        // There is a fresh one where none was known.
        let Some(now) = fresh.map(of).or(known) else {
            return Err(ClusterError::Missing(self.address.alias.clone()));
        };
        *held = Some((Instant::now(), Arc::clone(&now)));
        Ok(now)
    }
}

impl Source for Engine {
    type Answers = Generation;

    fn current(&self) -> Result<Arc<Generation>, Refusal> {
        self.open().map_err(|error| Refusal(error.message(self.lang)))
    }
}

impl Generation {
    fn refused(&self, error: &ClusterError) -> Refusal {
        Refusal(error.message(self.lang))
    }
}

impl Answers for Generation {
    fn generation(&self) -> &str {
        &self.searcher.settings().generation
    }

    fn documents(&self) -> u64 {
        self.searcher.documents_in_all()
    }

    fn search(&self, asked: &Asked) -> Result<Answer, Refusal> {
        let found = self.searcher.answer(asked).map_err(|error| self.refused(&error))?;
        Ok(found.answer)
    }

    fn passages(&self, asked: &Asked, id: &str, tier: Tier) -> Result<Vec<Snippet>, Refusal> {
        let found = self.searcher.passages(asked, id, tier);
        found.map_err(|error| self.refused(&error))
    }

    fn groups(&self, query: &str) -> Result<Vec<Vec<String>>, Refusal> {
        Ok(self.searcher.groups_in(query))
    }

    fn values(&self) -> Result<BTreeMap<&'static str, usize>, Refusal> {
        self.searcher.facet_values().map_err(|error| self.refused(&error))
    }

    fn help(&self, query: &str) -> Result<Vec<Idea>, Refusal> {
        self.searcher.help(query).map_err(|error| self.refused(&error))
    }

    fn dated(&self, query: &str) -> Result<Vec<Idea>, Refusal> {
        self.searcher.dated(query).map_err(|error| self.refused(&error))
    }

    fn like(&self, like: Like<'_>, limit: usize) -> Result<Vec<Near>, Refusal> {
        let found = match like {
            Like::Document(id) => self.searcher.near_document(id, limit),
            Like::Text(text) => self.searcher.near_text(text, limit),
        };
        found.map_err(|error| self.refused(&error))
    }

    fn vocabulary(&self) -> Result<Vocabulary, Refusal> {
        self.searcher.vocabulary().map_err(|error| self.refused(&error))
    }
}
