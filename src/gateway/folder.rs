//! An index folder that answers: each state of it, as a build puts it there.

use super::{Refusal, Source};
use crate::audience::Audience;
use crate::index::IndexError;
use crate::message::{Catalogue, Lang};
use crate::query::Searcher;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The file that a build writes last.
const STATE: &str = "meta.json";

/// An index folder, for an audience.
pub(crate) struct Folder {
    path: PathBuf,
    audience: Audience,
    lang: Lang,
    held: Mutex<Option<(Stamp, Arc<Searcher>)>>,
}

/// Tells two states of a folder apart.
type Stamp = (u64, Option<SystemTime>);

impl Folder {
    /// The folder at a path. What is wrong with it is said in a language.
    pub(crate) fn new(path: PathBuf, audience: Audience, lang: Lang) -> Self {
        Self {
            path,
            audience,
            lang,
            held: Mutex::new(None),
        }
    }

    fn open(&self) -> Result<Arc<Searcher>, IndexError> {
        let state = std::fs::metadata(self.path.join(STATE));
        let state = state.map_err(|_| IndexError::Missing(self.path.clone()))?;
        let stamp = (state.len(), state.modified().ok());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, searcher)) = &*held
            && *known == stamp
        {
            return Ok(Arc::clone(searcher));
        }
        let searcher = Arc::new(Searcher::open(&self.path)?);
        *held = Some((stamp, Arc::clone(&searcher)));
        Ok(searcher)
    }
}

impl Source for Folder {
    type Answers = Searcher;

    fn current(&self) -> Result<Arc<Searcher>, Refusal> {
        let searcher = self.open().map_err(|error| Refusal(error.message(self.lang)))?;
        // What was built for the office never answers the public.
        if self.audience == Audience::Public && searcher.settings().audience != Audience::Public.key() {
            return Err(Refusal(Catalogue::of(self.lang).get("gateway.audience").to_owned()));
        }
        Ok(searcher)
    }
}
