//! Scores: tantivy's BM25 over the tokens of a plan, for every document that holds one of them.

use super::plan::{ScorePlan, ScoredToken, TokenSet};
use crate::index::schema::Fields;
use crate::index::{OfField, Opened, Ranking, Statistics};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery,
    Query, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher};

/// One thing that adds to scores in one field, `boost · weight · BM25`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    pub(crate) field: Field,
    /// The token, or those of a phrase.
    pub(crate) tokens: Vec<String>,
    /// Boost of the field.
    pub(crate) boost: f32,
    /// Weight in the field.
    pub(crate) weight: f32,
    /// In how many documents the field has the token. Of a phrase the least of its tokens' numbers: it stands
    /// in at most so many. Where it is 0, nothing is added.
    pub(crate) documents: u64,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A token of a text field.
    Token,
    /// An article token of a text field.
    Article,
    /// Neighbouring tokens of a text field.
    Phrase,
    /// One CJK character, in `chars`.
    Character,
    /// A canonical number, in `number`.
    Number,
    /// The law itself whose article is asked for, in `laws`: the same for each.
    Holder,
}

/// The parts of a plan.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// What the words in no synonym group add.
    pub(crate) own: Vec<Part>,
    /// By synonym group its members, of which the best one adds: the factor on each and its parts.
    pub(crate) groups: Vec<Vec<(f32, Vec<Part>)>>,
}

/// The parts of what is scored, in order.
pub(super) fn parts(plan: &ScorePlan, opened: &Opened) -> tantivy::Result<Parts> {
    let (fields, ranking) = (&opened.fields, &opened.settings.ranking);
    let builder = Builder {
        fields,
        ranking,
        opened,
        numbered: plan.numbered,
        frequencies: RefCell::default(),
    };
    let mut parts = Parts {
        own: builder.token_set(&plan.own)?,
        groups: Vec::new(),
    };
    for holder in &plan.holders {
        let part = builder.term(PartKind::Holder, fields.laws, holder, ranking.holder, 1.0)?;
        parts.own.push(part);
    }
    for group in &plan.groups {
        let member = |(typed, tokens): &(bool, TokenSet)| {
            let factor = if *typed { 1.0 } else { ranking.synonym };
            Ok((factor, builder.token_set(tokens)?))
        };
        let members = group.members.iter().map(member);
        parts.groups.push(members.collect::<tantivy::Result<_>>()?);
    }
    Ok(parts)
}

impl Parts {
    /// The query that gives documents their scores.
    pub(super) fn query(&self, statistics: &Arc<Statistics>) -> Box<dyn Query> {
        let all = |parts: &[Part]| {
            let occurring = parts.iter().filter(|part| part.documents > 0);
            occurring.map(|part| part.query(1.0, statistics)).collect::<Vec<_>>()
        };
        let mut queries = all(&self.own);
        for members in &self.groups {
            let member = |(factor, parts): &(f32, Vec<Part>)| {
                Box::new(BoostQuery::new(sum(all(parts)), *factor)) as Box<dyn Query>
            };
            let members = members.iter().map(member).collect();
            queries.push(Box::new(DisjunctionMaxQuery::new(members)));
        }
        sum(queries)
    }
}

impl Part {
    /// The query for what it adds by itself, times a factor.
    pub(super) fn query(&self, factor: f32, statistics: &Arc<Statistics>) -> Box<dyn Query> {
        let mut terms = self.tokens.iter().map(|token| Fields::term(self.field, token));
        let query: Box<dyn Query> = match (self.kind, terms.len()) {
            (PartKind::Phrase, 2..) => Box::new(PhraseQuery::new(terms.collect())),
            (kind, _) => match terms.next() {
                Some(term) if kind == PartKind::Holder => {
                    let held = TermQuery::new(term, IndexRecordOption::Basic);
                    Box::new(ConstScoreQuery::new(Box::new(held), 1.0))
                }
                Some(term) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                None => Box::new(EmptyQuery),
            },
        };
        let scored = Scored {
            query,
            field: self.field,
            statistics: Arc::clone(statistics),
        };
        Box::new(BoostQuery::new(Box::new(scored), self.boost * self.weight * factor))
    }
}

/// A query whose BM25 counts the documents of its field, not all of them, as Lucene's does: so an index gives the same
/// scores in either engine.
#[derive(Debug)]
struct Scored {
    query: Box<dyn Query>,
    field: Field,
    statistics: Arc<Statistics>,
}

impl Clone for Scored {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            field: self.field,
            statistics: Arc::clone(&self.statistics),
        }
    }
}

impl Query for Scored {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { searcher, .. } = scoring else {
            return self.query.weight(scoring);
        };
        let own = OfField {
            statistics: &self.statistics,
            searcher,
            field: self.field,
        };
        self.query
            .weight(EnableScoring::enabled_from_statistics_provider(&own, searcher))
    }
}

/// The score that a query gives every document, 0 where it doesn't match.
pub(super) fn of_query(query: &dyn Query, searcher: &Searcher) -> tantivy::Result<Vec<f32>> {
    let documents = searcher
        .segment_readers()
        .iter()
        .map(|reader| reader.max_doc() as usize);
    let mut scores = vec![0.0; documents.sum()];
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    // There is one segment at most: a segment's document number is the index's.
    for reader in searcher.segment_readers() {
        weight.for_each(reader, &mut |doc: DocId, score| scores[doc as usize] = score)?;
    }
    Ok(scores)
}

struct Builder<'a> {
    fields: &'a Fields,
    ranking: &'a Ranking,
    opened: &'a Opened,
    numbered: bool,
    /// Document frequencies that were looked up.
    frequencies: RefCell<BTreeMap<(Field, String), u64>>,
}

impl Builder<'_> {
    /// What a set of tokens adds, field by field.
    fn token_set(&self, set: &TokenSet) -> tantivy::Result<Vec<Part>> {
        let mut parts = Vec::new();
        for (field, boost) in self.boosts() {
            for (token, weight) in self.weights(set, field)? {
                parts.push(self.term(PartKind::Token, field, token, boost, weight)?);
            }
            let factor = if field == self.fields.title {
                self.ranking.number_factor
            } else {
                1.0
            };
            for article in &set.articles {
                parts.push(self.term(PartKind::Article, field, article, boost, factor)?);
            }
            for phrase in &set.phrases {
                parts.push(self.phrase(field, phrase, boost)?);
            }
        }
        for character in &set.characters {
            let boost = self.ranking.chars;
            parts.push(self.term(PartKind::Character, self.fields.chars, character, boost, 1.0)?);
        }
        for number in &set.numbers {
            let (boost, weight) = (self.ranking.numbered, self.ranking.number_factor);
            parts.push(self.term(PartKind::Number, self.fields.number, number, boost, weight)?);
        }
        Ok(parts)
    }

    /// The text fields that count, with their boosts.
    fn boosts(&self) -> impl Iterator<Item = (Field, f32)> {
        let ranking = self.ranking;
        let mut boosts = ranking.boosts();
        if self.numbered {
            boosts[0] = ranking.numbered;
        }
        self.fields
            .texts()
            .into_iter()
            .zip(boosts)
            .filter(|&(_, boost)| boost > 0.0)
    }

    /// Each distinct token at the greatest weight that it has in this field.
    fn weights<'t>(&self, set: &'t TokenSet, field: Field) -> tantivy::Result<Vec<(&'t str, f32)>> {
        let mut weights: Vec<(&str, f32)> = Vec::with_capacity(set.tokens.len());
        for token in &set.tokens {
            let weight = self.weight(token, field)?;
            match weights.iter_mut().find(|(known, _)| *known == token.text) {
                Some((_, known)) => *known = known.max(weight),
                None => weights.push((&token.text, weight)),
            }
        }
        Ok(weights)
    }

    fn weight(&self, token: &ScoredToken, field: Field) -> tantivy::Result<f32> {
        if token.loose {
            return Ok(self.ranking.loose);
        }
        let Some((left, right)) = &token.neighbours else {
            return Ok(1.0);
        };
        let own = self.frequency(field, &token.text)?;
        let outnumbered = self.frequency(field, left)? > own && self.frequency(field, right)? > own;
        Ok(if outnumbered { self.ranking.inner } else { 1.0 })
    }

    fn frequency(&self, field: Field, text: &str) -> tantivy::Result<u64> {
        let key = (field, text.to_owned());
        if let Some(&known) = self.frequencies.borrow().get(&key) {
            return Ok(known);
        }
        let frequency = self.opened.frequency(&Fields::term(field, text))?;
        self.frequencies.borrow_mut().insert(key, frequency);
        Ok(frequency)
    }

    fn term(&self, kind: PartKind, field: Field, text: &str, boost: f32, weight: f32) -> tantivy::Result<Part> {
        Ok(Part {
            kind,
            field,
            tokens: vec![text.to_owned()],
            boost,
            weight,
            documents: self.frequency(field, text)?,
        })
    }

    fn phrase(&self, field: Field, tokens: &[String], boost: f32) -> tantivy::Result<Part> {
        let mut documents = u64::MAX;
        for token in tokens {
            documents = documents.min(self.frequency(field, token)?);
        }
        Ok(Part {
            kind: PartKind::Phrase,
            field,
            tokens: tokens.to_vec(),
            boost,
            weight: self.ranking.phrase,
            documents,
        })
    }
}

/// Scores add up; without parts nothing matches.
pub(super) fn sum(parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(
        parts.into_iter().map(|part| (Occur::Should, part)).collect(),
    ))
}
