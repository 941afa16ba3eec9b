//! What comes nearest to a sentence, or to words that find little: `docs/search.md`, section 11.
//! `jianyan.nearest` in `src/assets/client/similar.js` is the twin.

use super::help::{Idea, Why};
use super::plan::Plan;
use super::search::{ENOUGH_STRICT, MOST_RELATED, Searcher, ordered};
use super::similar::Alike;
use crate::index::IndexError;
use crate::text::normalize;

/// From how many distinct tokens on a query is taken for a sentence. Fewer are keywords, which want Ctrl+F.
const SENTENCE: usize = 6;
/// Fewer results than these let keywords have nearest documents, too.
const FEW: usize = 3;

impl Searcher {
    /// The documents nearest to a query behind those that [`Searcher::search`] finds, up to ten in all; they pass
    /// the query's filters and exclusions.
    ///
    /// For a sentence they are the documents like its text and like the synonyms of what stands in it. Keywords that
    /// nothing matches have the matches of the likeliest other spelling ([`Searcher::help`]); without one, and where
    /// they find little, what a sentence has, unless they were quoted, narrowed down, or are an article or a number.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest(&self, query: &str) -> Result<Vec<Alike>, IndexError> {
        let plan = self.plan(query);
        let strict = self.strict(&plan)?;
        if strict.len() >= ENOUGH_STRICT || plan.clauses.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = ordered(self.related(&plan, &strict)?, &self.scores(&plan)?, MOST_RELATED);
        let spelt = |idea: &Idea| matches!(idea.why, Why::Sound | Why::Similar | Why::Synonym);
        let sentence = plan.related.len() >= SENTENCE;
        let meant = if strict.is_empty() && !sentence {
            self.help(query)?.into_iter().find(spelt)
        } else {
            None
        };
        let left = ENOUGH_STRICT.saturating_sub(found.len() + strict.len());
        if let Some(idea) = meant {
            let meant = self.strict(&self.plan(&idea.q))?;
            return self.like_question(&idea.q, left, &|doc| {
                !found.contains(&doc) && meant.binary_search(&doc).is_ok()
            });
        }
        found.extend(strict);
        if !sentence && (found.len() >= FEW || is_precise(&plan)) {
            return Ok(Vec::new());
        }
        let allowed = self.matching(&plan, Vec::new())?;
        let typed = plan.clauses.iter().flatten().map(|word| normalize(&word.typed));
        let text = typed.collect::<Vec<_>>().join("\n");
        let text = [vec![text.clone()], self.synonyms.inside(&text)].concat().join("\n");
        self.like_question(&text, left, &|doc| {
            !found.contains(&doc) && allowed.binary_search(&doc).is_ok()
        })
    }
}

/// Whether a query wants what it says and nothing near: it quotes, names an article or a number, or was narrowed down.
fn is_precise(plan: &Plan) -> bool {
    plan.score.numbered || !plan.filters.is_empty() || plan.clauses.iter().flatten().any(|word| word.quoted)
}
