//! Looks for canaries in everything that a build leaves: plain, in UTF-16, in the inflated payloads of the bundle
//! and in the fields and terms of the index.

use crate::payload;
use crate::sealed::corpus::Canaries;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tantivy::schema::document::Document as _;

/// Letters of a canary that are looked for: terms are front-coded, and of canaries no two share more than their first.
const TAIL: usize = 8;

fn tail(canary: &str) -> &str {
    &canary[canary.len() - TAIL..]
}

/// The canaries in a text.
pub(crate) fn found(text: &str, canaries: &Canaries) -> Vec<String> {
    canaries
        .all()
        .filter(|canary| text.contains(tail(canary)))
        .cloned()
        .collect()
}

/// The canaries in the files of a site, each with the file that it is in.
pub(super) fn in_site(files: &BTreeMap<String, Vec<u8>>, canaries: &Canaries) -> Vec<(String, String)> {
    let canary_list: Vec<&String> = canaries.all().collect();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let needles = canary_list.iter().flat_map(|canary| {
        let tail = tail(canary);
        [tail.as_bytes().to_vec(), wide(tail), prose(tail)]
    });
    let finder = aho_corasick::AhoCorasick::new(needles).unwrap();
    let mut all = Vec::new();
    for (path, bytes) in files {
        all.extend(
            found(path, canaries)
                .into_iter()
                .map(|canary| (format!("file names: {path}"), canary)),
        );
        let is_data = bytes.starts_with(&[0xFF, 0xFE]);
        let payload = is_data.then(|| payload::unpack(bytes).expect("a data file reads"));
        let texts = [Some(bytes.clone()), payload];
        let hits: BTreeSet<usize> = texts
            .iter()
            .flatten()
            .flat_map(|text| {
                finder
                    .find_overlapping_iter(text)
                    .map(|hit| hit.pattern().as_usize() / 3)
                    .collect::<Vec<_>>()
            })
            .collect();
        all.extend(hits.into_iter().map(|at| (path.clone(), canary_list[at].clone())));
    }
    all
}

/// The code of the bundle's passages: `docs/search.md`, section 6. Small letters are a byte each.
fn prose(text: &str) -> Vec<u8> {
    const BEFORE: u8 = "\n \"'[]{}:,.-_/%()#0123456789".len() as u8;
    text.bytes().map(|letter| BEFORE + letter - b'a').collect()
}

/// The canaries in the stored fields, terms and payload of an index.
pub(super) fn in_index(dir: &Path, canaries: &Canaries) -> BTreeSet<String> {
    found(&dump(dir), canaries).into_iter().collect()
}

/// Everything that an index says: settings, stored fields, terms with their document frequencies.
pub(super) fn dump(dir: &Path) -> String {
    let opened = jianyan::index::open(dir).unwrap();
    let mut out = format!("{:?}\n", opened.settings);
    let schema = opened.index.schema();
    for segment in opened.searcher.segment_readers() {
        let store = segment.get_store_reader(0).unwrap();
        for number in segment.doc_ids_alive() {
            let document: tantivy::TantivyDocument = store.get(number).unwrap();
            out += &(document.to_json(&schema) + "\n");
        }
        for (field, entry) in schema.fields().filter(|(_, entry)| entry.is_indexed()) {
            let inverted = segment.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while let Some((term, info)) = terms.next() {
                out += &format!("{} {} {}\n", entry.name(), String::from_utf8_lossy(term), info.doc_freq);
            }
        }
    }
    out
}
