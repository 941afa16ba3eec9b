//! In which stretches of a document's body most of a query stands, by the positions of the index.

use super::super::answer::Tier;
use super::super::open::{self, Sought};
use super::super::plan::{Piece, Place, Plan, Target};
use super::cut::WIDTH;
use crate::index::Opened;
use crate::index::analyzer::key;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::DocId;

/// Most stretches of a document that are looked into.
const MOST: usize = 4;
/// Most stretches that are looked into in turn for what the index has no positions of: a lone character, part of a unit.
const SCATTERED: usize = 64;
/// Tokens of more documents than this tell but the first stretch that holds them: their positions are many.
const COMMON: u64 = 2048;
/// Positions that a window of a passage can have: a character gives at most one and a half.
const SPAN: u32 = WIDTH as u32 * 3 / 2;

/// A stretch that may hold the best passage, and what this can weigh as far as positions tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query) struct Seat {
    pub(super) stretch: u32,
    pub(super) weight: usize,
}

/// What of a query has positions.
pub(in crate::query) struct Seats {
    /// Positions of a stretch.
    pub(in crate::query) stretch: u32,
    words: Vec<Needle>,
    tokens: Vec<Needle>,
    /// Whether something is looked for that may stand within longer runs, or be written in other ways.
    scattered: bool,
    /// Whether it is an article or a number: it may stand where the index tells nothing, in a list, within a range, or
    /// further down under its own law.
    listed: bool,
    /// The terms of `laws` that are asked for, each with the documents that have it, rising.
    laws: Vec<(String, Vec<DocId>)>,
}

/// Something that is looked for.
struct Needle {
    word: usize,
    body: Sought,
    beside: Vec<Sought>,
    /// Whether it stands as one token, so that no search has read its positions.
    single: bool,
}

impl Seats {
    pub(in crate::query) fn new(plan: &Plan, opened: &Opened, stretch: u32) -> tantivy::Result<Self> {
        let token = |text: &str| vec![(0, Place::Token(key(text).into_owned()))];
        let mut words = Vec::new();
        for mark in &plan.marks {
            let places = match &mark.target {
                Target::Text {
                    piece: Piece::Phrase(places),
                    ..
                } => places.clone(),
                Target::Text {
                    piece: Piece::Part(text),
                    ..
                }
                | Target::Article(text) => token(text),
                _ => continue,
            };
            words.push(Needle::new(mark.word, &places, opened)?);
        }
        let tokens = plan.related.texts().into_iter().enumerate();
        let tokens = tokens.map(|(at, text)| Needle::new(at, &token(text), opened));
        let tokens = tokens.collect::<tantivy::Result<_>>()?;
        let laws = plan.marks.iter().filter_map(|mark| match &mark.target {
            Target::Citation(term) => Some(term),
            _ => None,
        });
        let documents = |term: &String| open::documents(&[(0, Place::Token(term.clone()))], opened.fields.laws, opened);
        let laws = laws.map(|term| Ok((term.clone(), documents(term)?)));
        let laws = laws.collect::<tantivy::Result<_>>()?;
        let scattered = plan.marks.iter().any(|mark| {
            !matches!(
                &mark.target,
                Target::Text {
                    piece: Piece::Phrase(_),
                    ..
                }
            )
        });
        let listed = plan.marks.iter().any(|mark| {
            matches!(
                mark.target,
                Target::Article(_) | Target::Citation(_) | Target::Number(_)
            )
        });
        Ok(Self {
            stretch,
            words,
            tokens,
            scattered,
            listed,
            laws,
        })
    }

    /// The terms of `laws` that are asked for and that a document has.
    pub(in crate::query) fn laws(&self, doc: DocId) -> Vec<&str> {
        let held = self.laws.iter().filter(|(_, docs)| docs.binary_search(&doc).is_ok());
        held.map(|(term, _)| term.as_str()).collect()
    }

    /// The stretches of a document that may hold the best passage, the likeliest first.
    pub(in crate::query) fn of(&self, doc: DocId, tier: Tier) -> tantivy::Result<Vec<Seat>> {
        let strict = tier == Tier::Strict;
        let mut seats = if strict {
            self.told(&self.words, doc)?
        } else {
            Vec::new()
        };
        let mut most = MOST;
        if seats.is_empty() {
            seats = self.told(&self.tokens, doc)?;
            most = if strict { 1 } else { MOST };
        }
        seats.truncate(most);
        let in_turn = if strict && (self.listed || self.scattered && seats.is_empty()) {
            SCATTERED
        } else {
            usize::from(seats.is_empty())
        };
        let told: Vec<u32> = seats.iter().map(|seat| seat.stretch).collect();
        let others = (0..in_turn as u32).filter(|stretch| !told.contains(stretch));
        // No position tells of them.
        seats.extend(others.map(|stretch| Seat { stretch, weight: 0 }));
        Ok(seats)
    }

    fn told(&self, needles: &[Needle], doc: DocId) -> tantivy::Result<Vec<Seat>> {
        let words = needles.iter().map(|needle| needle.word).collect::<BTreeSet<_>>().len();
        let (mut places, mut first, mut beside) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        for Needle {
            word,
            body,
            beside: fields,
            single,
        } in needles
        {
            let starts = body.starts(doc)?;
            if *single && (words < 2 || body.bound() > COMMON) {
                if let Some(start) = starts.first() {
                    first
                        .entry(start / self.stretch)
                        .or_insert_with(BTreeSet::new)
                        .insert(*word);
                }
            } else {
                places.extend(starts.into_iter().map(|start| (start, *word)));
            }
            for field in fields {
                if !field.starts(doc)?.is_empty() {
                    beside.insert(*word);
                }
            }
        }
        let mut weights = windows(places, self.stretch);
        if weights.is_empty() {
            weights = first
                .into_iter()
                .map(|(stretch, words)| (stretch, words.len()))
                .collect();
        }
        let body = weights
            .into_iter()
            .map(|(stretch, weight)| (false, Seat { stretch, weight }));
        let aside = Seat {
            stretch: 0,
            weight: beside.len(),
        };
        let mut seats: Vec<_> = body.chain((aside.weight > 0).then_some((true, aside))).collect();
        seats.sort_by_key(|(aside, seat)| (std::cmp::Reverse(seat.weight), *aside, seat.stretch));
        Ok(seats.into_iter().map(|(_, seat)| seat).collect())
    }
}

/// For each stretch the most different words of a window that begins in it.
fn windows(mut places: Vec<(u32, usize)>, stretch: u32) -> BTreeMap<u32, usize> {
    places.sort_unstable();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut end, mut most) = (0, BTreeMap::new());
    for (start, word) in &places {
        while end < places.len() && places[end].0 <= start + SPAN {
            *counts.entry(places[end].1).or_default() += 1;
            end += 1;
        }
        let best = most.entry(start / stretch).or_default();
        *best = counts.len().max(*best);
        if let Some(count) = counts.get_mut(word) {
            *count -= 1;
            if *count == 0 {
                counts.remove(word);
            }
        }
    }
    most
}

impl Needle {
    fn new(word: usize, places: &[(u32, Place)], opened: &Opened) -> tantivy::Result<Self> {
        let fields = &opened.fields;
        let sought = |field| Sought::of(places, field, opened);
        let beside = [fields.summary, fields.keywords, fields.extra].map(sought);
        Ok(Self {
            word,
            body: sought(fields.body)?,
            beside: beside.into_iter().collect::<tantivy::Result<_>>()?,
            single: places.len() == 1,
        })
    }
}
