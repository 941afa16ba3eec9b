//! How a document is cited, and whether it is in force: what the index keeps of it for `verify`.

use crate::index::document::Authority;
use crate::markdown::Rendered;
use crate::record::{Detail, Law, Record};
use crate::site::Entry;
use crate::text::{normalize, number};
use std::collections::BTreeSet;

/// Blocks at the start of a case among which its number may stand in brackets.
const CASE_HEAD: usize = 3;
/// Blocks before the first article of a law in which its own number may stand.
const HEAD: usize = 12;
/// Words for a text that is not held whole.
const PARTIAL: [&str; 4] = ["节选", "摘录", "摘编", "选录"];

pub(super) fn of(entry: &Entry, rendered: &Rendered) -> Authority {
    let record = entry.document.record();
    let law = match &record.detail {
        Detail::Law(law) => law.clone(),
        _ => Law::default(),
    };
    let said = record.summary.iter().chain(&record.tags).chain([&record.title]);
    Authority {
        numbers: numbers(record, rendered),
        status: law.status.map(|status| status.key().to_owned()),
        effective: law.effective.or(law.amended).map(|day| day.date.to_string()),
        supersedes: record.supersedes.clone(),
        partial: { said }.any(|text| PARTIAL.iter().any(|word| text.contains(word))),
    }
}

/// The numbers that are the document's own: those of its fields and its title, those in brackets below a case's title, and
/// those above a law's first article.
fn numbers(record: &Record, rendered: &Rendered) -> Vec<String> {
    let mut texts: Vec<&str> = vec![&record.title];
    match &record.detail {
        Detail::Case(case) => {
            texts.extend(case.number.iter().chain(&case.court_number).map(String::as_str));
            let lines = rendered.blocks.iter().map(|block| block.text.trim()).take(CASE_HEAD);
            texts.extend(lines.filter(|line| line.starts_with(['（', '(']) && line.ends_with(['）', ')'])));
        }
        Detail::Recommendation(recommendation) => texts.extend(recommendation.number.as_deref()),
        Detail::Law(_) => {
            let blocks = rendered.blocks.iter().map(|block| block.text.as_str()).take(HEAD);
            texts.extend(blocks.take_while(|text| !text.trim_start().starts_with('第')));
        }
        Detail::Report(_) | Detail::Topic(_) => {}
    }
    let mut all = Vec::new();
    for text in texts {
        let normal = normalize(text);
        let guiding = number::court_guidance(&normal)
            .into_iter()
            .chain(number::running(&normal));
        all.extend(number::numbers_in(text));
        all.extend(guiding.map(|number| number.canonical));
    }
    let mut known = BTreeSet::new();
    all.retain(|number: &String| known.insert(number.clone()));
    all
}
