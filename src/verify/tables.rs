//! The words that drafts are read by, for the browser.

use super::{draft, judge, mention, quotation};
use crate::markdown::{CITATION_WORDS, short};
use crate::text::number;
use std::collections::BTreeMap;

/// The lists of words by their names, each as the alternatives of a pattern (of `SHORT`: short and full name), as JSON: what
/// the browser reads drafts by.
pub(crate) fn tables() -> String {
    let own: [(&str, &[&str]); 8] = [
        ("OWN", &mention::OWN),
        ("BEARS", &mention::BEARS),
        ("OTHERS", &mention::OTHERS),
        ("LAWS", &draft::LAWS),
        ("DEFINES", &mention::DEFINES),
        ("LEADS", &mention::LEADS),
        ("GENERIC", &judge::GENERIC),
        ("CUES", &number::CUES),
    ];
    let all = CITATION_WORDS.into_iter().chain(quotation::WORDS).chain(own);
    let mut lists: BTreeMap<&str, String> = all.map(|(name, words)| (name, words.join("|"))).collect();
    let short = short::SHORT.map(|(short, full)| format!("{short}={full}"));
    lists.insert("SHORT", short.join("|"));
    // A plain map of strings: serde_json has no way to fail on it.
    serde_json::to_string(&lists).unwrap_or_default()
}
