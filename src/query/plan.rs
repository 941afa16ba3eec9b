//! From a parsed query to what is looked for and what is scored: plain data, made without an index.
//!
//! `docs/search.md`, sections 3 to 5. The browser's client makes the same plan.

pub(super) mod citing;
mod limit;
mod question;
pub(super) mod reading;
mod related;
mod tokens;

pub(crate) use related::{RelatedGroup, RelatedPlace, RelatedPlan, RelatedToken};
pub(crate) use tokens::{ScoredToken, TokenSet};

use super::answer::Note;
use super::synonyms::{Member, Synonyms};
use super::syntax::{Filter, Parsed, Word};
use crate::index::analyzer::{is_joint, readable};
use crate::index::document::IndexDocument;
use limit::Limit;
use reading::Reading;
use serde::{Serialize, Serializer};
use std::collections::HashSet;
use std::fmt;

/// A query ready to be run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// All of these must match, each through one of its words.
    pub clauses: Vec<Vec<Match>>,
    /// None of these may match.
    pub excluded: Vec<Match>,
    /// Filters as typed.
    pub filters: Vec<Filter>,
    /// What is scored.
    pub score: ScorePlan,
    /// What related documents are found by.
    pub related: RelatedPlan,
    /// What a snippet marks.
    pub marks: Vec<Mark>,
    /// What the reader is told.
    pub notes: Vec<Note>,
}

/// A word and how it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The word as typed, without quotes and operators.
    pub typed: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// The other members of its synonym group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// It matches in one of these ways.
    pub ways: Vec<Way>,
}

/// One way in which a word matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// All of these occur.
    Pieces(Vec<Piece>),
    /// Each of these article tokens stands in a text field or in `articles`.
    Articles(Vec<String>),
    /// The term stands in `laws`.
    Law(String),
    /// Each of these terms stands in `laws`.
    Laws(Vec<String>),
    /// The term stands in `number`.
    Number(String),
}

/// Something that occurs in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// One CJK character, in `chars`.
    Character(String),
    /// Part of a letter-or-digit unit, in `parts`.
    Part(String),
    /// What stands at these offsets from each other, in a text field. One token is a term.
    Phrase(Vec<(u32, Place)>),
}

/// What stands at one place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The token, or the joint, of this name (`index::analyzer::key`).
    Token(String),
    /// Any token whose name begins so: its letters and digits go on beyond what was typed.
    Begins(String),
    /// Any joint whose name begins so and whose unit behind the separator is this one; with `open` one that begins so.
    Joint {
        /// The beginning of the name.
        prefix: String,
        /// The unit behind the separator.
        behind: String,
        /// Whether that unit may go on.
        open: bool,
    },
}

/// As people read it: … stands where letters and digits may go on.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(name) => f.write_str(&readable(name)),
            // Names that hold a unit backwards go on before it.
            Self::Begins(name) if name != &readable(name) && !is_joint(name) => write!(f, "…{}", readable(name)),
            Self::Begins(name) => write!(f, "{}…", readable(name)),
            Self::Joint { prefix, behind, open } => {
                write!(f, "…{}{behind}{}", readable(prefix), if *open { "…" } else { "" })
            }
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is scored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScorePlan {
    /// Whether the query has an article or number token, which lifts the boosts of titles and numbers.
    pub numbered: bool,
    /// The words that are in no synonym group.
    pub own: TokenSet,
    /// Synonym groups, each scored by its best member.
    pub groups: Vec<GroupPlan>,
    /// Terms of the laws whose articles are asked for, themselves.
    pub holders: Vec<String>,
}

/// A synonym group that was typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupPlan {
    /// Number of the group.
    pub group: usize,
    /// Its members: whether each was typed, and its tokens.
    pub members: Vec<(bool, TokenSet)>,
}

/// What a snippet marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Words that say the same share a number; a window is better the more numbers it holds.
    pub word: usize,
    /// What is marked.
    pub target: Target,
}

/// What a snippet looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A text in normal form; where `whole` says so, no letter or digit stands before it or behind it.
    Text {
        /// What stands in the document, in normal form.
        text: String,
        /// Whether its beginning and its end are those of a unit.
        whole: (bool, bool),
        /// How it stands in the index.
        piece: Piece,
    },
    /// An article span with this token.
    Article(String),
    /// An article span that is cited from this law: a term of `laws`.
    Citation(String),
    /// A number with this canonical form.
    Number(String),
}

impl Plan {
    /// Whether the query asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.excluded.is_empty() && self.filters.is_empty()
    }
}

/// Plans a parsed query.
pub fn plan(parsed: &Parsed, synonyms: &Synonyms) -> Plan {
    plan_without(parsed, synonyms, &[])
}

/// Plans a parsed query; words of these normal forms are looked for as they stand, without their synonyms.
pub fn plan_without(parsed: &Parsed, synonyms: &Synonyms, without: &[String]) -> Plan {
    let mut planner = Planner {
        synonyms,
        without,
        plan: Plan::default(),
        limit: Limit::default(),
    };
    planner.plan.notes.clone_from(&parsed.notes);
    // What is asked for twice is read once.
    let (mut clauses, mut excluded, mut filters) = (HashSet::new(), HashSet::new(), HashSet::new());
    let asked = |filter: &&Filter| {
        (
            (filter.name.column, filter.value.clone(), filter.quoted),
            (filter.group, filter.excluded),
        )
    };
    let distinct = parsed.filters.iter().filter(|filter| filters.insert(asked(filter)));
    planner.plan.filters = distinct.cloned().collect();
    let said = |word: &Word| (word.text.clone(), word.quoted);
    for clause in &parsed.clauses {
        if !clauses.insert(clause.iter().map(said).collect::<Vec<_>>()) {
            continue;
        }
        let words: Vec<Match> = clause.iter().filter_map(|word| planner.word(word)).collect();
        if !words.is_empty() {
            planner.plan.clauses.push(words);
        }
    }
    planner.plan.score.holders = holders(&planner.plan.marks);
    let exceeded = planner.limit.exceeded();
    planner.limit = Limit::default();
    for word in &parsed.excluded {
        if !excluded.insert(said(word)) {
            continue;
        }
        if let Some(reading) = planner.read(word) {
            planner
                .plan
                .excluded
                .push(matching(word, reading.ways(word.quoted), Vec::new()));
        }
    }
    if exceeded || planner.limit.exceeded() {
        planner.note("query.token-limit", limit::MOST.to_string());
    }
    let mut said = HashSet::new();
    planner
        .plan
        .notes
        .retain(|note| said.insert((note.code, note.about.clone())));
    planner.plan
}

/// The laws whose articles are asked for, each once.
fn holders(marks: &[Mark]) -> Vec<String> {
    let mut all = Vec::new();
    for mark in marks {
        if let Target::Citation(term) = &mark.target {
            let law = term.split('#').next().unwrap_or(term);
            tokens::add(&mut all, IndexDocument::holder(law));
        }
    }
    all
}

fn matching(word: &Word, ways: Vec<Way>, synonyms: Vec<String>) -> Match {
    Match {
        typed: word.text.clone(),
        quoted: word.quoted,
        synonyms,
        ways,
    }
}

struct Planner<'a> {
    synonyms: &'a Synonyms,
    without: &'a [String],
    plan: Plan,
    limit: Limit,
}

impl Planner<'_> {
    fn note(&mut self, code: &'static str, about: String) {
        self.plan.notes.push(Note { code, about });
    }

    /// Reads a word within the limit; `None` when nothing of it can be looked for.
    fn read(&mut self, word: &Word) -> Option<Reading> {
        let mut reading = Reading::of(&word.text);
        if reading.is_empty() {
            self.note("query.empty-word", word.text.clone());
            return None;
        }
        reading.restrict(&mut self.limit);
        (!reading.is_empty()).then_some(reading)
    }

    /// Whether a word is looked for without its synonyms.
    fn is_alone(&self, word: &Word, reading: &Reading) -> bool {
        word.quoted || self.without.contains(&reading.normal)
    }

    /// Plans a word that has to match.
    fn word(&mut self, word: &Word) -> Option<Match> {
        let reading = self.read(word)?;
        self.plan.score.numbered |= reading.is_numbered();
        self.relate(word, &reading);
        let first = self.plan.marks.iter().map(|mark| mark.word + 1).max().unwrap_or(0);
        self.plan.marks.extend(reading.marks(first, word.quoted));
        let group = if self.is_alone(word, &reading) {
            None
        } else {
            self.synonyms.group_of(&reading.normal)
        };
        if let Some((group, members)) = group {
            let others: Vec<_> = members
                .iter()
                .filter(|member| member.normal != reading.normal)
                .collect();
            let names: Vec<_> = others.iter().map(|member| member.raw.clone()).collect();
            let others: Vec<_> = others.iter().map(|member| Reading::of(&member.raw)).collect();
            self.note("query.synonyms", names.join("、"));
            Some(matching(word, self.grouped(group, &reading, &others, first), names))
        } else {
            reading.score(&mut self.plan.score.own);
            Some(matching(word, reading.ways(word.quoted), Vec::new()))
        }
    }

    /// Takes what related documents are found by: the word's tokens, and the groups of which a member stands inside of it.
    fn relate(&mut self, word: &Word, reading: &Reading) {
        let is_alone = self.is_alone(word, reading);
        let related = &mut self.plan.related;
        reading.relate(word.quoted, &mut related.typed);
        if is_alone {
            return;
        }
        let tokens = |member: &Member| {
            let mut tokens = Vec::new();
            Reading::of(&member.normal).relate(true, &mut tokens);
            tokens
        };
        for (number, members) in self.synonyms.inside(&reading.normal) {
            if related.groups.iter().any(|known| known.group == number) {
                continue;
            }
            let (typed, others): (Vec<&Member>, Vec<&Member>) = members
                .iter()
                .partition(|member| reading.normal.contains(member.normal.as_str()));
            related.groups.push(RelatedGroup {
                group: number,
                typed: typed.into_iter().map(tokens).collect(),
                others: others.into_iter().map(tokens).collect(),
            });
        }
    }

    /// Plans a word with the other members of its group.
    fn grouped(&mut self, group: usize, typed: &Reading, others: &[Reading], mark: usize) -> Vec<Way> {
        let mut ways = typed.ways(false);
        for other in others {
            ways.extend(other.ways(false));
            self.plan
                .marks
                .extend(other.marks(mark, false).map(|found| Mark { word: mark, ..found }));
        }
        let set = |reading: &Reading| {
            let mut set = TokenSet::default();
            reading.score(&mut set);
            set
        };
        let groups = &mut self.plan.score.groups;
        if let Some(known) = groups.iter_mut().find(|known| known.group == group) {
            // Another member of the group was typed before: now both count as typed.
            for (is_typed, tokens) in &mut known.members {
                *is_typed |= *tokens == set(typed);
            }
        } else {
            let members = std::iter::once((true, set(typed)));
            let members = members.chain(others.iter().map(|other| (false, set(other)))).collect();
            groups.push(GroupPlan { group, members });
        }
        ways
    }
}

#[cfg(test)]
mod tests;
