//! Why a search answers as it does: how the query was read, and what each hit's score is made of.

use super::answer::{Hit, Note, Tier};
use super::plan::{Match, Plan, RelatedPlace};
use super::related::{self, Added};
use super::score::{Part, PartKind, Parts};
use super::search::Searcher;
use super::syntax::Filter;
use crate::index::IndexError;
use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocSet, TERMINATED};

/// What was understood and how it was scored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// All of these must match, each through one of its words.
    pub clauses: Vec<Vec<Match>>,
    /// None of these may match.
    pub excluded: Vec<Match>,
    /// Filters as typed.
    pub filters: Vec<Filter>,
    /// What could not be taken as meant.
    pub notes: Vec<Note>,
    /// Whether an article or number token lifts the boosts of titles and numbers.
    pub numbered: bool,
    /// What is scored, in order.
    pub tokens: Vec<Weighed>,
    /// The hits, each with what its score is made of.
    pub hits: Vec<Scored>,
}

/// A token or phrase with its weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// What it is.
    #[serde(flatten)]
    pub token: Token,
    /// Factor on it: below 1 for a synonym that nobody typed.
    pub factor: f32,
    /// The fields in which it counts; none where no document has it.
    pub fields: Vec<FieldWeight>,
}

/// What adds to scores, whatever the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Token, phrase, article, character or number.
    pub kind: PartKind,
    /// The token; those of a phrase separated by spaces.
    pub text: String,
    /// Number in this query, from 0, of the synonym group that it belongs to: of a group the best member counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<usize>,
}

/// How a token counts in a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldWeight {
    /// Name of the field.
    pub field: String,
    /// Boost of the field.
    pub boost: f32,
    /// Weight of the token in it.
    pub weight: f32,
    /// In how many documents the field has it; of a phrase: at most so many.
    pub documents: u64,
}

/// How a hit's score came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// Id of the document.
    pub id: String,
    /// The sum of all parts, in single precision.
    pub score: f32,
    /// What adds up to it, the greatest first.
    pub contributions: Vec<Contribution>,
}

/// What a token adds in a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Name of the field.
    pub field: String,
    /// What adds.
    #[serde(flatten)]
    pub token: Token,
    /// How much: `boost · weight · factor · BM25`.
    pub score: f32,
}

impl Searcher {
    /// Explains a query and hits that it had.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn explain(&self, query: &str, hits: &[Hit]) -> Result<Explanation, IndexError> {
        let plan = self.plan(query);
        let parts = self.parts(&plan)?;
        Ok(Explanation {
            tokens: self.tokens(&parts),
            hits: self.scored(&plan, &parts, hits)?,
            numbered: plan.score.numbered,
            clauses: plan.clauses,
            excluded: plan.excluded,
            filters: plan.filters,
            notes: plan.notes,
        })
    }

    fn name(&self, part: &Part) -> String {
        self.opened.index.schema().get_field_name(part.field).to_owned()
    }

    /// The parts of the same token brought together.
    fn tokens(&self, parts: &Parts) -> Vec<Weighed> {
        let mut out = Vec::new();
        self.weigh(&mut out, None, 1.0, &parts.own);
        for (group, members) in parts.groups.iter().enumerate() {
            for (factor, parts) in members {
                self.weigh(&mut out, Some(group), *factor, parts);
            }
        }
        out
    }

    fn weigh(&self, out: &mut Vec<Weighed>, group: Option<usize>, factor: f32, parts: &[Part]) {
        let first = out.len();
        for part in parts {
            let token = token(part, group);
            let known = out[first..].iter().position(|known| known.token == token);
            let at = known.map_or(out.len(), |at| first + at);
            if known.is_none() {
                out.push(Weighed {
                    token,
                    factor,
                    fields: Vec::new(),
                });
            }
            if part.documents > 0 {
                out[at].fields.push(FieldWeight {
                    field: self.name(part),
                    boost: part.boost,
                    weight: part.weight,
                    documents: part.documents,
                });
            }
        }
    }

    fn scored(&self, plan: &Plan, parts: &Parts, hits: &[Hit]) -> Result<Vec<Scored>, IndexError> {
        let as_strict = |hit: &&Hit| hit.tier == Tier::Strict || plan.score.numbered;
        let mut docs: Vec<u32> = hits.iter().filter(as_strict).map(|hit| hit.doc).collect();
        docs.sort_unstable();
        docs.dedup();
        let mut added = self.added(&parts.own, None, 1.0, &docs)?;
        for (group, members) in parts.groups.iter().enumerate() {
            let mut best: BTreeMap<u32, Vec<Contribution>> = BTreeMap::new();
            for (factor, parts) in members {
                for (doc, found) in self.added(parts, Some(group), *factor, &docs)? {
                    let known = best.entry(doc).or_default();
                    if total(&found) > total(known) {
                        *known = found;
                    }
                }
            }
            for (doc, found) in best {
                added.entry(doc).or_default().extend(found);
            }
        }
        let others: Vec<u32> = hits.iter().filter(|hit| !as_strict(hit)).map(|hit| hit.doc).collect();
        for (doc, found) in related::added(&plan.related, &others, &self.opened)? {
            added.insert(doc, found.into_iter().map(near).collect());
        }
        let scored = |hit: &Hit| {
            let mut contributions = added.get(&hit.doc).cloned().unwrap_or_default();
            contributions.sort_by(|a, b| b.score.total_cmp(&a.score));
            Scored {
                id: hit.id.clone(),
                score: hit.score,
                contributions,
            }
        };
        Ok(hits.iter().map(scored).collect())
    }

    /// What parts add to each of these documents, which rise.
    fn added(
        &self,
        parts: &[Part],
        group: Option<usize>,
        factor: f32,
        docs: &[u32],
    ) -> Result<BTreeMap<u32, Vec<Contribution>>, IndexError> {
        let mut out: BTreeMap<u32, Vec<Contribution>> = BTreeMap::new();
        for part in parts.iter().filter(|part| part.documents > 0) {
            for (doc, score) in self.scores_at(part.query(factor, &self.opened.statistics).as_ref(), docs)? {
                out.entry(doc).or_default().push(Contribution {
                    field: self.name(part),
                    token: token(part, group),
                    score,
                });
            }
        }
        Ok(out)
    }

    /// The scores that a query gives those of the documents, which rise, that it matches.
    fn scores_at(&self, query: &dyn Query, docs: &[u32]) -> tantivy::Result<Vec<(u32, f32)>> {
        let searcher = &self.opened.searcher;
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut out = Vec::new();
        // There is one segment at most: a segment's document number is the index's.
        for reader in searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            for &doc in docs {
                if scorer.doc() < doc {
                    scorer.seek(doc);
                }
                if scorer.doc() == doc && doc != TERMINATED {
                    out.push((doc, scorer.score()));
                }
            }
        }
        Ok(out)
    }
}

/// A contribution to the score of a related document: its text fields count as one.
fn near(added: Added) -> Contribution {
    let (kind, field) = match added.place {
        RelatedPlace::Text if added.text.starts_with('#') => (PartKind::Article, "texts"),
        RelatedPlace::Text => (PartKind::Token, "texts"),
        RelatedPlace::Characters => (PartKind::Character, "chars"),
        RelatedPlace::Number => (PartKind::Number, "number"),
    };
    let token = Token {
        kind,
        text: added.text,
        group: added.group,
    };
    Contribution {
        field: field.to_owned(),
        token,
        score: added.score as f32,
    }
}

fn token(part: &Part, group: Option<usize>) -> Token {
    Token {
        kind: part.kind,
        text: part.tokens.join(" "),
        group,
    }
}

fn total(contributions: &[Contribution]) -> f32 {
    contributions.iter().map(|part| part.score).sum()
}
