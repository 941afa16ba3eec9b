//! The browser's projection of the index: `docs/search.md`, section 6.
//!
//! [`write`] reads everything from the committed tantivy index (terms, frequencies, positions,
//! lengths, stored passages, facets) and hands out files for `site/search/`; [`client`] is the
//! script that reads them. Nothing here ranks or matches: whatever the index knows, the client knows.

mod block;
mod bytes;
mod cited;
mod directory;
mod documents;
mod facets;
mod memory;
mod pack;
mod payload;
mod prose;
mod suggest;
mod synonyms;
mod terms;

pub use block::Layout;
pub(crate) use memory::Memory;
pub(crate) use pack::Total;

use crate::index::{Opened, facet};
use crate::markdown::short;
use crate::sink::Sink;
use crate::text::normalize::folds;
use directory::{Files, Groups, Head};
use pack::Packer;
use std::collections::BTreeMap;
use std::io;

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be put in place.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] tantivy::TantivyError),
    /// The index is not one that a bundle can be made of: what is amiss.
    #[error("{0}")]
    Shape(String),
    /// The one who takes the groups failed first, and says why.
    #[error("stopped")]
    Stopped,
}

/// A result of this module.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Writes the bundle of an index: content-named files, several at a time, `current.js` last.
///
/// The same index content gives the same files, byte for byte.
///
/// # Errors
/// What the sink says, or what tantivy says; [`Error::Shape`] for an index of several segments.
pub fn write(opened: &Opened, layout: Layout, sink: &dyn Sink) -> Result<Total> {
    write_again(opened, layout, sink, &mut Memory::default())
}

/// Writes the bundle like [`write()`]; groups that the memory knows and whose files the sink still has are not made
/// again.
///
/// # Errors
/// As [`write()`].
pub fn write_again(opened: &Opened, layout: Layout, sink: &dyn Sink, memory: &mut Memory) -> Result<Total> {
    let mut packer = Packer::new(sink, memory);
    let (mut terms, mut term_names, mut totals, mut facets) = (Vec::new(), Vec::new(), Vec::new(), BTreeMap::new());
    match opened.searcher.segment_readers() {
        [] => {}
        [segment] => {
            (term_names, terms) = packer.groups(|emit| terms::write(segment, layout, emit))?;
            totals = terms::totals(opened)?;
            facets = facets::write(segment, &mut packer)?;
        }
        several => {
            return Err(Error::Shape(format!(
                "the index has {} segments, not one",
                several.len()
            )));
        }
    }
    let (cited, replaced) = cited::write(opened, &mut packer)?;
    let (document_names, documents) =
        packer.groups(|emit| documents::write(opened, layout.passage, &replaced, emit))?;
    let t2s = packer.single(&table())?;
    let suggest = suggest::write(opened, &mut packer)?;
    let mut synonyms = synonyms::write(&opened.settings.synonyms, &mut packer)?;
    let n = opened.searcher.num_docs() as u32;
    let files = Files {
        facets,
        t2s,
        suggest,
        cited,
        synonyms: std::mem::take(&mut synonyms.paths),
    };
    let head = Head::new(&layout, &opened.settings, n, totals, files);
    let parts = directory::parts(
        &head,
        &Groups {
            terms,
            term_names,
            documents,
            document_names,
            synonyms,
        },
    )?;
    packer.fixed("current", &parts)?;
    Ok(packer.total())
}

/// The table of [`folds`], the last step of the normal form: a column of the distances between the characters that it maps, one of
/// those between what they are mapped to (folded to be positive).
fn table() -> [Vec<u8>; 2] {
    let mut pairs: Vec<(u32, u32)> = folds().map(|(from, to)| (from.into(), to.into())).collect();
    pairs.sort_unstable();
    let (mut from, mut to) = (Vec::new(), Vec::new());
    bytes::push(&mut from, pairs.len() as u32);
    let mut last = (0u32, 0u32);
    for pair in pairs {
        bytes::push(&mut from, pair.0 - last.0);
        let step = pair.1.wrapping_sub(last.1) as i32;
        bytes::push(&mut to, ((step << 1) ^ (step >> 31)) as u32);
        last = pair;
    }
    [from, to]
}

/// The search client as it is shipped: the filters that there are, then the engine's scripts.
pub fn client() -> String {
    reading() + ENGINE
}

/// The client of a site whose search a gateway answers: it reads queries, cuts nothing and ranks nothing.
pub(crate) fn asking_client() -> String {
    let spelled: BTreeMap<&str, Vec<Vec<&str>>> = facet::spelled().collect();
    let spelled = serde_json::to_string(&spelled).unwrap_or_default();
    format!("{}jianyan.spelled={spelled};{ASKING}", reading())
}

/// What reads texts as the index does, with the filters that there are.
fn reading() -> String {
    let [shown, others] = facet::for_client();
    format!("{ANALYZER}jianyan.filters=[\"{shown}\",\"{others}\"];")
}

/// What a gateway's answer takes in the place of the bundle.
const ASKING: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/client/query.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/snippet.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/remote.js")),
);

const ANALYZER: &str = include_str!(concat!(env!("OUT_DIR"), "/client/analyzer.js"));

/// The engine's scripts, shrunk, in the order in which they must stand.
const ENGINE: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/client/bundle.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/query.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/snippet.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/engine.js")),
);

/// What looks at the columns: filters, other orders than that of relevance, counts by facet. `year` is that of the reference
/// day, from which 去年 counts.
pub fn columns(year: i16) -> String {
    let looks: BTreeMap<&str, &str> = facet::FILTERS
        .iter()
        .map(|filter| (filter.column, filter.looks.name()))
        .collect();
    // Plain maps of strings: serde_json has no way to fail on them.
    let looks = serde_json::to_string(&looks).unwrap_or_default();
    let laws: BTreeMap<&str, &str> = short::SHORT.into_iter().collect();
    let laws = serde_json::to_string(&laws).unwrap_or_default();
    let closed: BTreeMap<&str, Vec<&str>> = facet::closed().collect();
    let closed = serde_json::to_string(&closed).unwrap_or_default();
    format!("jianyan.year={year};jianyan.looks={looks};jianyan.vocabularies={closed};jianyan.laws={laws};{COLUMNS}")
}

const COLUMNS: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/client/times.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/columns.js")),
);

/// What comes after the first results, or before those of a query with filters, with several words or with few strict
/// matches.
pub fn after(year: i16) -> String {
    let whole = serde_json::to_string(&crate::query::synonyms::WHOLE).unwrap_or_default();
    format!("{}jianyan.whole={whole};{AFTER}", columns(year))
}

const AFTER: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/client/listed.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/passages.js")),
    include_str!(concat!(env!("OUT_DIR"), "/client/related.js")),
);
