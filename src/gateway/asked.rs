//! The questions of a search page, and their answers as JSON.

use super::{Answers, Like, Refusal};
use crate::http::{Request, StatusCode};
use crate::index::document::Meta;
use crate::message::Catalogue;
use crate::query::answer::Note;
use crate::query::snippet::Snippet;
use crate::query::{Answer, Asked, Hit, Near, Order, Tier};
use crate::text::normalize::folds;
use crate::text::sound;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Characters of a query at most.
const LONGEST_QUERY: usize = 2_000;
/// Hits of an answer, unless asked otherwise, and at most; how deep in a list they may stand.
const HITS: usize = 10;
const MOST_HITS: usize = 100;
const DEEPEST: usize = 10_000;
/// Similar documents of an answer at most.
const MOST_LIKE: usize = 50;

/// A question that the gateway answers, by its name below `api/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Search,
    Passages,
    Help,
    Dated,
    Like,
    Vocabulary,
    Sounds,
    Folds,
}

impl Question {
    const ALL: [Self; 8] = [
        Self::Search,
        Self::Passages,
        Self::Help,
        Self::Dated,
        Self::Like,
        Self::Vocabulary,
        Self::Sounds,
        Self::Folds,
    ];

    /// Its name in addresses and metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Passages => "passages",
            Self::Help => "help",
            Self::Dated => "dated",
            Self::Like => "like",
            Self::Vocabulary => "vocabulary",
            Self::Sounds => "sounds",
            Self::Folds => "folds",
        }
    }

    /// The question of a name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.name() == name)
    }
}

/// Why a question has no answer.
#[derive(Debug)]
pub(super) enum Failed {
    /// It can't be asked so: a status, and a message of the catalogue.
    Asked(StatusCode, &'static str, usize),
    /// There is nobody to answer.
    Refused(Refusal),
    /// A value that isn't JSON.
    Json,
}

impl Failed {
    /// Status and sentence.
    pub(super) fn said(self, words: &Catalogue) -> (StatusCode, String) {
        match self {
            Self::Asked(status, key, most) => (status, words.format(key, &[("most", most.to_string())])),
            Self::Refused(Refusal(sentence)) => (StatusCode::SERVICE_UNAVAILABLE, sentence),
            Self::Json => (StatusCode::INTERNAL_SERVER_ERROR, words.get("remote.away").to_owned()),
        }
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<serde_json::Error> for Failed {
    fn from(_: serde_json::Error) -> Self {
        Self::Json
    }
}

/// Answers a question in JSON; `text` is what came with it.
pub(super) fn answer(
    question: Question,
    request: &Request,
    text: &str,
    answers: &impl Answers,
) -> Result<Vec<u8>, Failed> {
    let query = || asked(request).map(|asked| asked.query);
    Ok(match question {
        Question::Search => search(&asked(request)?, answers)?,
        Question::Passages => {
            let tier = match request.parameter("tier") {
                "related" => Tier::Related,
                _ => Tier::Strict,
            };
            let found = answers.passages(&asked(request)?, request.parameter("id"), tier)?;
            serde_json::to_vec(&found.iter().map(Shown::of).collect::<Vec<_>>())?
        }
        Question::Help => serde_json::to_vec(&answers.help(&query()?)?)?,
        Question::Dated => serde_json::to_vec(&answers.dated(&query()?)?)?,
        Question::Like => like(request, text, answers)?,
        Question::Vocabulary => serde_json::to_vec(&answers.vocabulary()?.classes)?,
        Question::Sounds => serde_json::to_vec(sound::table())?,
        Question::Folds => serde_json::to_vec(&folds().flat_map(|(from, to)| [from, to]).collect::<String>())?,
    })
}

/// What a search asks, by the parameters of its address.
fn asked(request: &Request) -> Result<Asked, Failed> {
    let query = request.parameter("q");
    if query.chars().count() > LONGEST_QUERY {
        return Err(Failed::Asked(
            StatusCode::PAYLOAD_TOO_LARGE,
            "gateway.too-long",
            LONGEST_QUERY,
        ));
    }
    let number = |name| request.parameter(name).parse().ok();
    let offset = number("offset").unwrap_or(0);
    if offset > DEEPEST {
        return Err(Failed::Asked(StatusCode::BAD_REQUEST, "gateway.too-deep", DEEPEST));
    }
    let wants = |name| request.parameter(name) != "0";
    let without = request.parameter("without").split('\n');
    Ok(Asked {
        limit: number("limit").unwrap_or(HITS).min(MOST_HITS),
        offset,
        order: Order::parse(request.parameter("sort")).unwrap_or_default(),
        without: without.filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        related: wants("related"),
        facets: wants("facets"),
        passages: wants("passages"),
        ..Asked::of(query)
    })
}

/// An answer as `search --format json` writes it, with what a page shows besides.
#[derive(Serialize)]
struct Found<'a> {
    query: &'a str,
    total: usize,
    related: usize,
    hits: Vec<Card<'a>>,
    facets: &'a BTreeMap<String, BTreeMap<String, usize>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [Note],
    groups: Vec<Vec<String>>,
    /// Traditional characters that stand in it, each before its simplified form.
    folds: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Card<'a> {
    #[serde(flatten)]
    hit: &'a Hit,
    anchor: &'a str,
    more: bool,
    meta: &'a Meta,
}

impl<'a> Card<'a> {
    fn of(hit: &'a Hit) -> Self {
        Self {
            anchor: &hit.anchor,
            more: hit.more,
            meta: &hit.meta,
            hit,
        }
    }
}

fn search(asked: &Asked, answers: &impl Answers) -> Result<Vec<u8>, Failed> {
    let Answer {
        query,
        total,
        related,
        hits,
        facets,
        notes,
    } = answers.search(asked)?;
    let texts = hits.iter().flat_map(|hit| [hit.title.as_str(), hit.snippet.as_str()]);
    let values = if asked.facets {
        answers.values()?
    } else {
        BTreeMap::new()
    };
    let found = Found {
        groups: answers.groups(&asked.query)?,
        folds: folds_of(texts.chain([query.as_str()])),
        hits: hits.iter().map(Card::of).collect(),
        query: &query,
        facets: &facets,
        notes: &notes,
        total,
        related,
        values,
    };
    Ok(serde_json::to_vec(&found)?)
}

/// The traditional characters of texts, each before its simplified form.
fn folds_of<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    static TABLE: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| folds().collect());
    let letters: BTreeSet<char> = texts.flat_map(str::chars).collect();
    let pairs = letters.into_iter().filter_map(|from| Some([from, *table.get(&from)?]));
    pairs.flatten().collect()
}

/// A passage as a page shows it.
#[derive(Serialize)]
struct Shown<'a> {
    section: &'a str,
    anchor: &'a str,
    snippet: &'a str,
}

impl<'a> Shown<'a> {
    fn of(snippet: &'a Snippet) -> Self {
        Self {
            section: &snippet.section,
            anchor: &snippet.anchor,
            snippet: &snippet.html,
        }
    }
}

/// A document like another one, as a page shows it.
#[derive(Serialize)]
struct Alike<'a> {
    #[serde(flatten)]
    alike: &'a crate::query::Alike,
    meta: &'a Meta,
    blocks: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Block<'a> {
    section: &'a str,
    anchor: &'a str,
    text: &'a str,
}

fn like(request: &Request, text: &str, answers: &impl Answers) -> Result<Vec<u8>, Failed> {
    let (id, limit) = (request.parameter("id"), request.parameter("limit").parse());
    let like = if id.is_empty() {
        Like::Text(text)
    } else {
        Like::Document(id)
    };
    let found = answers.like(like, limit.unwrap_or(HITS).min(MOST_LIKE))?;
    // What a document has in common with another one is said without its passages.
    let with_blocks = matches!(like, Like::Text(_));
    let shown: Vec<Alike<'_>> = found.iter().map(|near| Alike::of(near, with_blocks)).collect();
    Ok(serde_json::to_vec(&shown)?)
}

impl<'a> Alike<'a> {
    fn of(near: &'a Near, with_blocks: bool) -> Self {
        let blocks = near.blocks.iter().filter(|_| with_blocks).map(|block| Block {
            section: &block.section,
            anchor: &block.anchor,
            text: &block.text,
        });
        Self {
            alike: &near.alike,
            meta: &near.meta,
            blocks: blocks.collect(),
        }
    }
}
