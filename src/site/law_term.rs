//! Articles of law as lists and pages name them.

use crate::markdown::Citation;

/// The term of an article in the index, and its value among the lists: `刑法#264条`.
pub(super) fn term(citation: &Citation) -> String {
    format!("{}#{}", citation.law, citation.article)
}

/// Law and article of a term.
pub(super) fn parts(term: &str) -> (&str, &str) {
    term.split_once('#').unwrap_or((term, ""))
}

/// An article as offices write it: `第264条`, `第120条之一`.
pub(super) fn article_text(article: &str) -> String {
    match article.split_once('-') {
        Some((article, of)) => format!("第{article}之{}", numeral(of)),
        None => format!("第{article}"),
    }
}

/// Number and sub-number of an article, to stand in order: `120条-1` is (120, 1).
pub(super) fn article_order(article: &str) -> (u64, u64) {
    let (number, of) = article.split_once('-').unwrap_or((article, "0"));
    let digits = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    (digits.parse().unwrap_or(u64::MAX), of.parse().unwrap_or(0))
}

/// A number up to ten in Chinese numerals, as 之一 takes it; others as they stand.
fn numeral(number: &str) -> &str {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    number
        .parse::<usize>()
        .ok()
        .and_then(|value| NUMERALS.get(value.wrapping_sub(1)).copied())
        .unwrap_or(number)
}
