//! The words that drafts are read by, for whoever reads them elsewhere.

use super::{judge, mention, quotation};
use crate::markdown::CITATION_WORDS;
use crate::text::number;
use std::collections::BTreeMap;

/// The lists of words by their names, each as the alternatives of a pattern: what the browser reads drafts by.
pub fn tables() -> BTreeMap<&'static str, String> {
    let own: [(&str, &[&str]); 5] = [
        ("LAWS", &mention::LAWS),
        ("DEFINES", &mention::DEFINES),
        ("LEADS", &mention::LEADS),
        ("GENERIC", &judge::GENERIC),
        ("CUES", &number::CUES),
    ];
    let all = CITATION_WORDS.into_iter().chain(quotation::WORDS).chain(own);
    all.map(|(name, words)| (name, words.join("|"))).collect()
}
