//! What comes nearest to a sentence of which little or nothing was found: `docs/search.md`, section 11.
//! `jianyan.nearest` in `src/assets/client/similar.js` is the twin.

use super::help::{Idea, Why};
use super::search::{ENOUGH_STRICT, MOST_RELATED, Searcher, ordered};
use super::similar::Alike;
use crate::index::IndexError;
use crate::text::normalize;

/// From how many distinct tokens on a query is taken for a sentence. Fewer are keywords, which want Ctrl+F.
const SENTENCE: usize = 6;

impl Searcher {
    /// The documents nearest to a query behind those that [`Searcher::search`] finds, up to ten in all; they pass
    /// the query's filters and exclusions.
    ///
    /// For a sentence they are the documents like its text and like the synonyms of what stands in it; for
    /// keywords that nothing matches, the matches of the likeliest other spelling ([`Searcher::help`]).
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest(&self, query: &str) -> Result<Vec<Alike>, IndexError> {
        let plan = self.plan(query);
        let strict = self.strict(&plan)?;
        let mut found = ordered(self.related(&plan, &strict)?, &self.scores(&plan)?, MOST_RELATED);
        let left = ENOUGH_STRICT.saturating_sub(found.len() + strict.len());
        if strict.len() >= ENOUGH_STRICT || plan.clauses.is_empty() {
            return Ok(Vec::new());
        }
        if plan.related.len() >= SENTENCE {
            found.extend(strict);
            let allowed = self.matching(&plan, Vec::new())?;
            let typed = plan.clauses.iter().flatten().map(|word| normalize(&word.typed));
            let text = typed.collect::<Vec<_>>().join("\n");
            let text = [vec![text.clone()], self.synonyms.inside(&text)].concat().join("\n");
            return self.like_text_within(&text, left, &|doc| {
                !found.contains(&doc) && allowed.binary_search(&doc).is_ok()
            });
        }
        let spelt = |idea: &Idea| matches!(idea.why, Why::Sound | Why::Similar | Why::Synonym);
        match strict
            .is_empty()
            .then(|| self.help(query))
            .transpose()?
            .unwrap_or_default()
            .into_iter()
            .find(spelt)
        {
            Some(idea) => {
                let meant = self.strict(&self.plan(&idea.q))?;
                self.like_text_within(&idea.q, left, &|doc| {
                    !found.contains(&doc) && meant.binary_search(&doc).is_ok()
                })
            }
            None => Ok(Vec::new()),
        }
    }
}
