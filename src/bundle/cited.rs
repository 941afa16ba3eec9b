//! How documents are cited: by which names and numbers, whether they are in force, and laws by their articles. The page that judges
//! drafts looks these up; no other loads them.

use super::pack::Packer;
use super::suggest::file;
use super::{Error, Result};
use crate::index::document::{Authority, Meta};
use crate::index::stretch::Laid;
use crate::index::{IndexError, Opened};
use crate::verify::statute::{Article, Statute};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many terms a file has on average, while there are few files.
const SHARD: usize = 64;
/// Most files: their names are loaded together.
const MOST: usize = 512;
/// What stands before the id of a document in the term of what replaces it.
const REPLACES: &str = "replaces:";

/// From when on documents are replaced, by their ids: empty where nobody knows since when they are.
pub(crate) type Replaced = BTreeMap<String, String>;

/// Hands out the documents of each name and number, in files that a hash of the term chooses from; gives the path of the list of
/// these, and what is replaced.
pub(crate) fn write(opened: &Opened, packer: &mut Packer<'_>) -> Result<(String, Replaced)> {
    let mut replaced = Replaced::new();
    let mut terms = BTreeMap::new();
    for (term, docs) in opened.values_of(opened.fields.cited).map_err(shape)? {
        let Some(id) = term.strip_prefix(REPLACES) else {
            terms.insert(term, docs);
            continue;
        };
        let mut since = Vec::new();
        for doc in docs {
            let newer: Authority = opened.stored(doc, opened.fields.authority).map_err(shape)?;
            since.push(newer.effective.unwrap_or_default());
        }
        replaced.extend(since.into_iter().min().map(|since| (id.to_owned(), since)));
    }
    let count = terms.len().div_ceil(SHARD).min(MOST);
    let mut shards: Vec<BTreeMap<&str, &[u32]>> = vec![BTreeMap::new(); count];
    for (term, docs) in &terms {
        shards[hash(term) as usize % count].insert(term, docs);
    }
    let mut list = vec![opened.settings.complete.join(" ")];
    for shard in &shards {
        list.push(file(shard, packer)?);
    }
    Ok((file(&list, packer)?, replaced))
}

fn shape(error: IndexError) -> Error {
    Error::Shape(format!("{error:?}"))
}

/// A hash of a term, by the units in which JavaScript counts.
fn hash(term: &str) -> u32 {
    term.encode_utf16()
        .fold(7, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(unit.into()))
}

/// Whether a document is in force and whole, as far as it isn't simply that: the day since when it is in force (empty: ever since),
/// the day on which that ends (0: none; empty: it has ended), whether its text is held whole, whether it has articles.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Standing(String, Until, u8, u8);

/// The day on which a document stops being in force.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Until {
    Never(u8),
    Day(String),
}

impl Standing {
    /// That of a document; `None` for one that has always been in force, is whole and has no articles.
    pub(crate) fn of(
        meta: &Meta,
        authority: &Authority,
        statute: Option<&Statute>,
        replaced: &Replaced,
    ) -> Option<Self> {
        let since = authority.effective.clone().unwrap_or_default();
        let ended = match authority.status.as_deref() {
            Some("repealed" | "amended") => true,
            Some("pending") => authority.effective.is_none(),
            _ => false,
        };
        let until = match replaced.get(&meta.id) {
            _ if ended => Until::Day(String::new()),
            Some(day) => Until::Day(day.clone()),
            None => Until::Never(0),
        };
        let whole = Statute::is_whole(statute, authority, meta.kind == "law");
        let standing = Self(since, until, whole.into(), statute.is_some().into());
        (standing != Self(String::new(), Until::Never(0), 1, 0)).then_some(standing)
    }
}

/// The articles of a law: for each file whether it goes on with the passage that the one before ends with, then each article.
#[derive(Serialize)]
pub(crate) struct Articles(Vec<u8>, Vec<Placed>);

/// Number, number after 之, the file and the place there of the first passage, how many passages, and the paragraphs: how many
/// passages each has, and the numbers of its items.
#[derive(Serialize)]
struct Placed(u32, u32, usize, usize, usize, Vec<Vec<usize>>);

/// Where the articles of a law stand among the passage files of its document.
pub(crate) fn articles(statute: &Statute, laid: &Laid<'_>) -> Articles {
    let placed = |article: &Article| {
        let (file, at) = laid.begins[article.passages.start];
        let paragraphs = article.paragraphs.iter().map(|paragraph| {
            let items = paragraph.items.iter().map(|item| *item as usize);
            std::iter::once(paragraph.passages.len()).chain(items).collect()
        });
        let (number, sub) = article.number;
        Placed(number, sub, file, at, article.passages.len(), paragraphs.collect())
    };
    let goes_on = laid.goes_on.iter().map(|goes_on| u8::from(*goes_on));
    Articles(goes_on.collect(), statute.articles.iter().map(placed).collect())
}
