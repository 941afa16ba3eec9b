//! Scores: tantivy's BM25 over the tokens of a plan, for every document that holds one of them.

use super::plan::{ScorePlan, ScoredToken, TokenSet};
use crate::index::Ranking;
use crate::index::schema::Fields;
use std::cell::RefCell;
use std::collections::BTreeMap;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, Term};

/// The score of every document, 0 where it holds nothing.
pub(super) fn scores(
    plan: &ScorePlan,
    fields: &Fields,
    ranking: &Ranking,
    searcher: &Searcher,
) -> tantivy::Result<Vec<f32>> {
    let builder = Builder {
        fields,
        ranking,
        searcher,
        numbered: plan.numbered,
        frequencies: RefCell::default(),
    };
    of_query(builder.query(plan)?.as_ref(), searcher)
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
    searcher: &'a Searcher,
    numbered: bool,
    /// Document frequencies that were looked up.
    frequencies: RefCell<BTreeMap<(Field, String), u64>>,
}

impl Builder<'_> {
    fn query(&self, plan: &ScorePlan) -> tantivy::Result<Box<dyn Query>> {
        let mut parts = self.token_set(&plan.own)?;
        for group in &plan.groups {
            let mut members: Vec<Box<dyn Query>> = Vec::new();
            for (typed, tokens) in &group.members {
                let factor = if *typed { 1.0 } else { self.ranking.synonym };
                members.push(Box::new(BoostQuery::new(sum(self.token_set(tokens)?), factor)));
            }
            parts.push(Box::new(DisjunctionMaxQuery::new(members)));
        }
        Ok(sum(parts))
    }

    /// The contributions of a set of tokens.
    fn token_set(&self, set: &TokenSet) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let mut parts = Vec::new();
        for (field, boost) in self.boosts() {
            for (token, weight) in self.weights(set, field)? {
                self.add_term(&mut parts, field, token, boost * weight)?;
            }
            let factor = if field == self.fields.title {
                self.ranking.number_factor
            } else {
                1.0
            };
            for article in &set.articles {
                self.add_term(&mut parts, field, article, boost * factor)?;
            }
            for phrase in &set.phrases {
                self.add_phrase(&mut parts, field, phrase, boost * self.ranking.phrase)?;
            }
        }
        for character in &set.characters {
            self.add_term(&mut parts, self.fields.chars, character, self.ranking.chars)?;
        }
        for number in &set.numbers {
            let boost = self.ranking.numbered * self.ranking.number_factor;
            self.add_term(&mut parts, self.fields.number, number, boost)?;
        }
        Ok(parts)
    }

    /// The text fields that count, with their boosts.
    fn boosts(&self) -> impl Iterator<Item = (Field, f32)> {
        let ranking = self.ranking;
        let title = if self.numbered { ranking.numbered } else { ranking.title };
        let boosts = [
            title,
            ranking.body,
            ranking.summary,
            ranking.keywords,
            ranking.headings,
            ranking.extra,
        ];
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
        let frequency = self.searcher.doc_freq(&Term::from_field_text(field, text))?;
        self.frequencies.borrow_mut().insert(key, frequency);
        Ok(frequency)
    }

    fn add_term(&self, parts: &mut Vec<Box<dyn Query>>, field: Field, text: &str, boost: f32) -> tantivy::Result<()> {
        if self.frequency(field, text)? > 0 {
            let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
            parts.push(Box::new(BoostQuery::new(Box::new(query), boost)));
        }
        Ok(())
    }

    fn add_phrase(
        &self,
        parts: &mut Vec<Box<dyn Query>>,
        field: Field,
        tokens: &[String],
        boost: f32,
    ) -> tantivy::Result<()> {
        for token in tokens {
            if self.frequency(field, token)? == 0 {
                return Ok(());
            }
        }
        let query = PhraseQuery::new(tokens.iter().map(|token| Term::from_field_text(field, token)).collect());
        parts.push(Box::new(BoostQuery::new(Box::new(query), boost)));
        Ok(())
    }
}

/// Scores add up; without parts nothing matches.
pub(super) fn sum(parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(
        parts.into_iter().map(|part| (Occur::Should, part)).collect(),
    ))
}
