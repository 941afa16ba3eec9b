//! `current.js`: what a page loads first, and the only file of the bundle that changes in place.

use super::block::{GROUP, Layout};
use super::bytes::{push, push_bytes, push_rising};
use super::documents::DocumentGroups;
use super::synonyms::Blocks;
use super::{Error, Result, prose};
use crate::index::{FieldTotals, IndexSettings, Ranking};
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of the bundle's format; the client refuses any other.
pub(crate) const FORMAT: u32 = 7;

/// Columns of the bytes that part blocks, by their place in a term; the last one has all further ones, too.
const PLACES: usize = 6;

/// The part of the directory that is JSON.
#[derive(Serialize)]
pub(crate) struct Head<'a> {
    format: u32,
    generation: &'a str,
    audience: &'a str,
    now: &'a str,
    /// Number of documents.
    n: u32,
    /// Total of tokens by field.
    totals: BTreeMap<&'static str, u64>,
    /// Documents that have the field, by its bit.
    docs: Vec<u64>,
    ranking: &'a Ranking,
    #[serde(flatten)]
    files: Files,
    /// Characters of one byte in texts.
    prose: &'static str,
    blocks: usize,
    chunk: usize,
    inline: usize,
    passage: u32,
}

/// Files that are loaded when they are needed.
#[derive(Serialize)]
pub(crate) struct Files {
    /// The facet columns.
    pub(crate) facets: BTreeMap<&'static str, String>,
    /// The traditional-to-simplified table.
    pub(crate) t2s: String,
    /// Suggestions and pinyin.
    pub(crate) suggest: [String; 2],
    /// How documents are cited.
    pub(crate) cited: String,
    /// Blocks of synonym groups.
    pub(crate) synonyms: Vec<String>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(
        layout: &Layout,
        settings: &'a IndexSettings,
        n: u32,
        totals: Vec<(&'static str, FieldTotals)>,
        files: Files,
    ) -> Self {
        Self {
            format: FORMAT,
            generation: &settings.generation,
            audience: &settings.audience,
            now: &settings.now,
            n,
            totals: totals.iter().map(|(name, field)| (*name, field.tokens)).collect(),
            docs: totals.iter().map(|(_, field)| field.documents).collect(),
            ranking: &settings.ranking,
            files,
            prose: prose::SINGLE,
            blocks: GROUP,
            chunk: layout.chunk,
            inline: layout.inline,
            passage: layout.passage,
        }
    }
}

/// Groups of files by what finds them.
pub(crate) struct Groups {
    /// What parts each term block from the one before.
    pub(crate) terms: Vec<Vec<u8>>,
    /// Names of the groups of term blocks.
    pub(crate) term_names: Vec<[u8; 5]>,
    /// The groups of documents.
    pub(crate) documents: DocumentGroups,
    /// Names of the groups of documents.
    pub(crate) document_names: Vec<[u8; 5]>,
    /// By which substrings blocks of synonym groups are chosen.
    pub(crate) synonyms: Blocks,
}

/// The parts of the directory.
pub(crate) fn parts(head: &Head<'_>, groups: &Groups) -> Result<Vec<Vec<u8>>> {
    let json = serde_json::to_vec(head).map_err(|error| Error::Shape(error.to_string()))?;
    let mut out = Vec::new();
    push_bytes(&mut out, &json);
    let mut cuts = Vec::new();
    let mut places = vec![Vec::new(); PLACES];
    let mut last: &[u8] = &[];
    for first in &groups.terms {
        let common = last.iter().zip(first).take_while(|(a, b)| a == b).count();
        let own = first.len() - common;
        // What is shared and, in three bits, what is not; zero where it takes more, which follow.
        push(&mut cuts, ((common << 3) | (own * usize::from(own < 8))) as u32);
        if own >= 8 {
            push(&mut cuts, own as u32);
        }
        for (place, &byte) in first.iter().enumerate().skip(common) {
            places[place.min(PLACES - 1)].push(byte);
        }
        last = first;
    }
    push(&mut out, groups.terms.len() as u32);
    for column in std::iter::once(&cuts).chain(&places) {
        push(&mut out, column.len() as u32);
    }
    let mut documents = Vec::new();
    push_rising(&mut documents, groups.documents.firsts.iter().copied());
    let mut packs = Vec::new();
    let DocumentGroups {
        packs: texts, articles, ..
    } = &groups.documents;
    texts.iter().chain(articles).for_each(|&per| push(&mut packs, per));
    let mut parts = vec![out, cuts];
    parts.append(&mut places);
    let mut synonyms = Vec::new();
    let Blocks {
        longest,
        space,
        members,
        ..
    } = &groups.synonyms;
    push(&mut synonyms, *longest);
    push(&mut synonyms, *space);
    push_rising(&mut synonyms, members.iter().copied());
    parts.extend([
        groups.term_names.concat(),
        documents,
        groups.document_names.concat(),
        packs,
        synonyms,
    ]);
    Ok(parts)
}
