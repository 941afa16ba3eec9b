//! Documents that are near to a query though they don't hold every word, and how near: `docs/search.md`, section 5.
//! `related` in `src/assets/client/engine.js` is the twin.

use super::plan::{RelatedGroup, RelatedPlace, RelatedPlan, RelatedToken};
use crate::index::Opened;
use crate::index::analyzer::units;
use crate::index::schema::Fields;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

const K1: f64 = 1.2;
/// How much a field's length counts, and how much that of `chars`.
const B: f64 = 0.75;
const B_CHARACTERS: f64 = 1.0;
/// Lists of at most so many documents cost nothing: the browser has them with the term.
const SMALL: u64 = 4_096;
/// How many documents of longer lists are read; the rarest tokens come first.
const BUDGET: u64 = 32_768;
/// A query is about something that the index knows when a member of a synonym group stands in it, when a document holds all of
/// its telling tokens, when what these add, in units of the idf of a token that one document holds, and `COVERED` times the
/// share of their units that it holds make `KNOWN`,
const COVERED: f64 = 4.0;
const KNOWN: f64 = 4.75;
/// or when it has so many telling tokens, and its score in these units and twice their share by idf make `LONG_KNOWN`.
const LONG: usize = 9;
const LONG_KNOWN: f64 = 3.85;
/// Near is then what has this share of the best score.
const NEAR: f64 = 0.25;
/// Keeps what lies on a border in, however sums were rounded.
const SLACK: f64 = 1e-6;
/// Factor on members of a synonym group that nobody typed.
pub(crate) const WIDENED: f64 = 0.5;

/// Where tokens stand, and how long the fields are: in an index, or in what a cluster said of some documents of one.
pub(crate) trait Occurrences {
    /// Documents are numbered below this.
    fn documents(&self) -> usize;

    /// Calls `take` with document, frequency and length of the field, for each document whose field holds a token.
    ///
    /// # Errors
    /// The index can't be read.
    fn each(&self, field: Field, token: &str, take: &mut dyn FnMut(u32, u32, u32)) -> tantivy::Result<()>;
}

impl Occurrences for Opened {
    fn documents(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    fn each(&self, field: Field, token: &str, take: &mut dyn FnMut(u32, u32, u32)) -> tantivy::Result<()> {
        let term = Fields::term(field, token);
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let lengths = segment.get_fieldnorms_reader(field)?;
            while postings.doc() != TERMINATED {
                let frequency = tantivy::postings::Postings::term_freq(&postings);
                take(postings.doc(), frequency, lengths.fieldnorm(postings.doc()));
                postings.advance();
            }
        }
        Ok(())
    }
}

/// How near documents are.
pub(crate) struct Near {
    /// Of each document.
    pub scores: Vec<f64>,
    /// Whether one of them shows that what is asked for is known.
    pub is_known: bool,
    /// The most that any has.
    pub best: f64,
}

impl Near {
    /// The documents that are near, in rising order, with their scores.
    pub(crate) fn documents(&self) -> Vec<(u32, f64)> {
        if !self.is_known {
            return Vec::new();
        }
        let near = |(_, score): &(u32, f64)| *score > 0.0 && *score >= self.least();
        (0..).zip(self.scores.iter().copied()).filter(near).collect()
    }

    /// What is below isn't near.
    pub(crate) fn least(&self) -> f64 {
        NEAR * self.best - SLACK
    }
}

/// The documents that are near, in rising order, with their scores.
pub(super) fn documents(plan: &RelatedPlan, opened: &Opened) -> tantivy::Result<Vec<(u32, f64)>> {
    Ok(near(plan, opened, opened)?.documents())
}

/// How near to a plan the documents are of which it is said where tokens stand.
///
/// # Errors
/// The index can't be read.
pub(crate) fn near(plan: &RelatedPlan, opened: &Opened, occurrences: &dyn Occurrences) -> tantivy::Result<Near> {
    let reader = Reader::new(opened, occurrences);
    let values = reader.values(plan)?;
    let mut scores = reader.zeros();
    for token in &plan.typed {
        for &(doc, value) in values.get(&key(token)).map_or(&[][..], |found| &found.documents) {
            scores[doc as usize] += token.weight * value;
        }
    }
    for group in &plan.groups {
        let (mut typed, mut others) = (reader.zeros(), reader.zeros());
        group
            .typed
            .iter()
            .for_each(|member| reader.best(member, &values, 1.0, &mut typed));
        for member in &group.others {
            reader.best(member, &values, factor(member, group, &values), &mut others);
        }
        for (score, (typed, other)) in scores.iter_mut().zip(typed.into_iter().zip(others)) {
            *score += (other - typed).max(0.0);
        }
    }
    let is_known = !plan.groups.is_empty() || Telling::of(plan, &values, &reader).knows(&scores);
    let best = scores.iter().copied().fold(0.0, f64::max);
    Ok(Near { scores, is_known, best })
}

/// A field in which a token is looked for: how much it counts there, and by how much its length.
pub(crate) struct Sought {
    pub field: Field,
    pub boost: f64,
    pub b: f64,
}

/// A token that is read within the budget.
pub(crate) struct Read<'a> {
    pub token: &'a RelatedToken,
    /// Of the field in which most documents hold it.
    pub idf: f64,
    pub fields: Vec<Sought>,
}

/// The tokens that are read within the budget, the rarest first.
///
/// # Errors
/// The index can't be read.
pub(crate) fn read<'a>(plan: &'a RelatedPlan, opened: &Opened) -> tantivy::Result<Vec<Read<'a>>> {
    let reader = Reader::new(opened, opened);
    let chosen = reader.chosen(plan)?.into_iter();
    Ok(chosen
        .map(|(token, most)| Read {
            token,
            idf: idf(most, reader.count),
            fields: reader.fields(token),
        })
        .collect())
}

/// What a document has to have at least of the first of these, in units of the second, to show that what is asked for is
/// known, unless it holds all that tells.
pub(crate) fn least_known(opened: &Opened) -> f64 {
    (KNOWN - COVERED) * idf(1, opened.statistics.documents) - SLACK
}

/// The tokens that tell by themselves whether a document is about a query.
struct Telling<'a> {
    tokens: Vec<(&'a RelatedToken, &'a Found)>,
    /// The idf of a token that one document holds.
    unit: f64,
    /// For each document what they add, and the sum of weight times idf of those that it holds.
    value: Vec<f64>,
    held: Vec<f64>,
    /// That of all of them.
    total: f64,
}

impl<'a> Telling<'a> {
    fn of(plan: &'a RelatedPlan, values: &'a Values<'_>, reader: &Reader<'_>) -> Self {
        let telling = plan.typed.iter().filter(|token| token.telling);
        let tokens: Vec<_> = telling
            .filter_map(|token| Some((token, values.get(&key(token))?)))
            .collect();
        let (mut value, mut held) = (reader.zeros(), reader.zeros());
        for (token, found) in &tokens {
            for &(doc, own) in &found.documents {
                value[doc as usize] += token.weight * own;
                held[doc as usize] += token.weight * found.idf;
            }
        }
        Self {
            total: tokens.iter().map(|(token, found)| token.weight * found.idf).sum(),
            unit: idf(1, reader.count),
            tokens,
            value,
            held,
        }
    }

    /// Whether a document shows that the index knows what is asked for.
    fn knows(&self, scores: &[f64]) -> bool {
        (0..)
            .zip(scores)
            .any(|(doc, &score)| score > 0.0 && self.shows(doc, score))
    }

    fn shows(&self, doc: u32, score: f64) -> bool {
        let (value, held) = (self.value[doc as usize] / self.unit, self.held[doc as usize]);
        let share = if self.total > 0.0 { held / self.total } else { 0.0 };
        share >= 1.0 - SLACK
            || self.tokens.len() >= LONG && score / self.unit + 2.0 * share >= LONG_KNOWN - SLACK
            || value + COVERED >= KNOWN - SLACK && value + COVERED * self.covered(doc) >= KNOWN - SLACK
    }

    /// The share of their units that stand in tokens of a document.
    fn covered(&self, doc: u32) -> f64 {
        let holds = |found: &Found| found.documents.binary_search_by_key(&doc, |&(doc, _)| doc).is_ok();
        let count = |held: bool| {
            let tokens = self.tokens.iter().filter(|(_, found)| !held || holds(found));
            let texts = tokens.flat_map(|(token, _)| units(&token.text).map(|unit| &token.text[unit.start..unit.end]));
            texts.collect::<BTreeSet<&str>>().len() as f64
        };
        count(true) / count(false)
    }
}

/// What one thing adds to a document's score.
pub(super) struct Added {
    /// The token; of a synonym group the tokens of its best member, separated by spaces.
    pub(super) text: String,
    /// Where it is looked for.
    pub(super) place: RelatedPlace,
    /// Number of the synonym group in the query.
    pub(super) group: Option<usize>,
    /// How much.
    pub(super) score: f64,
}

/// What the scores of some documents are made of.
pub(super) fn added(plan: &RelatedPlan, docs: &[u32], opened: &Opened) -> tantivy::Result<BTreeMap<u32, Vec<Added>>> {
    let reader = Reader::new(opened, opened);
    let values = reader.values(plan)?;
    let own = |doc: u32| {
        let one = |token: &RelatedToken| Added {
            text: token.text.clone(),
            place: token.place,
            group: None,
            score: sum(std::slice::from_ref(token), doc, &values),
        };
        let group = |(number, group): (usize, &RelatedGroup)| {
            let of = |member: &Vec<RelatedToken>| sum(member, doc, &values);
            let widened = |member: &Vec<RelatedToken>| factor(member, group, &values) * of(member);
            let typed = group.typed.iter().map(of).fold(0.0, f64::max);
            let best = group.others.iter().max_by(|a, b| widened(a).total_cmp(&widened(b)))?;
            let texts: Vec<&str> = best.iter().map(|token| token.text.as_str()).collect();
            Some(Added {
                text: texts.join(" "),
                place: RelatedPlace::Text,
                group: Some(number),
                score: widened(best) - typed,
            })
        };
        let all = plan.typed.iter().map(one);
        let all = all.chain(plan.groups.iter().enumerate().filter_map(group));
        all.filter(|added| added.score > 0.0).collect()
    };
    Ok(docs.iter().map(|&doc| (doc, own(doc))).collect())
}

/// Factor on a member of a synonym group that nobody typed: a longer one adds no more than what was typed might.
fn factor(member: &[RelatedToken], group: &RelatedGroup, values: &Values) -> f64 {
    let most = |member: &[RelatedToken]| -> f64 {
        let idf = |token: &RelatedToken| Some(token.weight * values.get(&key(token))?.idf);
        member.iter().filter_map(idf).sum()
    };
    let (own, typed) = (
        most(member),
        group.typed.iter().map(|typed| most(typed)).fold(0.0, f64::max),
    );
    WIDENED * if own > typed { typed / own } else { 1.0 }
}

/// What tokens add to a document.
fn sum(tokens: &[RelatedToken], doc: u32, values: &Values) -> f64 {
    let value = |token: &RelatedToken| {
        let documents = &values.get(&key(token))?.documents;
        let at = documents.binary_search_by_key(&doc, |&(doc, _)| doc).ok()?;
        Some(token.weight * documents[at].1)
    };
    tokens.iter().filter_map(value).sum()
}

/// What a token adds to the documents that hold it.
struct Found {
    idf: f64,
    documents: Vec<(u32, f64)>,
}

type Key<'a> = (&'a str, bool, bool);
type Values<'a> = BTreeMap<Key<'a>, Found>;

fn key(token: &RelatedToken) -> Key<'_> {
    (
        &token.text,
        token.place == RelatedPlace::Characters,
        token.place == RelatedPlace::Number,
    )
}

fn idf(documents: u64, count: u64) -> f64 {
    let (n, count) = (documents as f64, count as f64);
    (1.0 + (count - n + 0.5) / (n + 0.5)).ln()
}

struct Reader<'a> {
    opened: &'a Opened,
    occurrences: &'a dyn Occurrences,
    count: u64,
}

impl<'a> Reader<'a> {
    fn new(opened: &'a Opened, occurrences: &'a dyn Occurrences) -> Self {
        Self {
            opened,
            occurrences,
            count: opened.statistics.documents,
        }
    }

    fn zeros(&self) -> Vec<f64> {
        vec![0.0; self.occurrences.documents()]
    }

    /// The fields in which a token is looked for.
    fn fields(&self, token: &RelatedToken) -> Vec<Sought> {
        let (fields, ranking) = (&self.opened.fields, &self.opened.settings.ranking);
        let sought = |field, boost, b| Sought { field, boost, b };
        match token.place {
            RelatedPlace::Text => {
                let boosts = ranking.boosts().into_iter().map(f64::from);
                let fields = fields.texts().into_iter().zip(boosts);
                fields
                    .filter(|(_, boost)| *boost > 0.0)
                    .map(|(field, boost)| sought(field, boost, B))
                    .collect()
            }
            RelatedPlace::Characters => vec![sought(fields.chars, 1.0, B_CHARACTERS)],
            RelatedPlace::Number => vec![sought(fields.number, 1.0, B)],
        }
    }

    /// The tokens that are read within the budget, the rarest first, each with the most documents that a field has of it.
    fn chosen<'p>(&self, plan: &'p RelatedPlan) -> tantivy::Result<Vec<(&'p RelatedToken, u64)>> {
        let mut tokens: Vec<(u64, u64, &RelatedToken)> = Vec::new();
        for token in plan.tokens() {
            if tokens.iter().any(|(_, _, known)| key(known) == key(token)) {
                continue;
            }
            let (mut most, mut cost) = (0, 0);
            for Sought { field, .. } in self.fields(token) {
                let documents = self.opened.frequency(&Fields::term(field, &token.text))?;
                most = most.max(documents);
                cost += if documents > SMALL { documents } else { 0 };
            }
            tokens.push((cost, most, token));
        }
        tokens.sort_by_key(|(cost, ..)| *cost);
        let mut spent = 0;
        tokens.retain(|(cost, ..)| {
            spent += cost;
            spent <= BUDGET
        });
        Ok(tokens.into_iter().map(|(_, most, token)| (token, most)).collect())
    }

    /// What each token adds that is read within the budget.
    fn values<'p>(&self, plan: &'p RelatedPlan) -> tantivy::Result<Values<'p>> {
        let chosen = self.chosen(plan)?.into_iter();
        chosen
            .map(|(token, most)| Ok((key(token), self.value(token, most)?)))
            .collect()
    }

    /// BM25 over the fields as one: frequencies add up, each by its boost and its field's length.
    fn value(&self, token: &RelatedToken, most: u64) -> tantivy::Result<Found> {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for Sought { field, boost, b } in self.fields(token) {
            let average = self.opened.statistics.field(field).tokens as f64 / self.count as f64;
            let mut take = |doc: u32, frequency: u32, length: u32| {
                let (frequency, length) = (f64::from(frequency), f64::from(length));
                *sums.entry(doc).or_default() += boost * frequency / (1.0 - b + b * length / average);
            };
            self.occurrences.each(field, &token.text, &mut take)?;
        }
        let idf = idf(most, self.count);
        let documents = sums.into_iter();
        let documents = documents.map(|(doc, sum)| (doc, idf * (1.0 + K1) * sum / (sum + K1)));
        Ok(Found {
            idf,
            documents: documents.collect(),
        })
    }

    /// Raises scores to those of a member of a synonym group.
    fn best(&self, member: &[RelatedToken], values: &Values, factor: f64, best: &mut [f64]) {
        let mut own = self.zeros();
        for token in member {
            for &(doc, value) in values.get(&key(token)).map_or(&[][..], |found| &found.documents) {
                own[doc as usize] += factor * token.weight * value;
            }
        }
        best.iter_mut().zip(own).for_each(|(best, own)| *best = best.max(own));
    }
}
