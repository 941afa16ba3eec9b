//! How a term of the index is written as a word: an analyzer that a cluster has by itself must find it whole.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Stands between the words of a text.
pub(crate) const BLANK: char = ' ';
/// Stands between the terms of one position.
pub(crate) const BESIDE: char = '|';
/// The word of a position that no term has.
pub(crate) const GAP: &str = "_";
/// Begins the number of a character that doesn't stand for itself.
const ESCAPE: char = '%';
/// Bytes of the longest word: Lucene takes none that is longer.
const LONGEST: usize = 32_766;

/// The word of a term, character by character, so that the word of its beginning begins the word: white space, control
/// characters and those with a meaning of their own become `%HEX;`. A term too long for a cluster is cut.
pub(crate) fn escape(term: &str) -> Cow<'_, str> {
    if !term.is_empty() && term.len() <= LONGEST && !term.chars().any(is_special) {
        return Cow::Borrowed(term);
    }
    let mut out = String::with_capacity(term.len() + 8);
    for c in term.chars() {
        let before = out.len();
        if is_special(c) {
            // Writing to a String can't fail.
            let _ = write!(out, "{ESCAPE}{:X};", u32::from(c));
        } else {
            out.push(c);
        }
        if out.len() > LONGEST {
            out.truncate(before);
            break;
        }
    }
    if out.is_empty() {
        // A word can't be empty; no character is written so.
        out.push_str("%;");
    }
    Cow::Owned(out)
}

fn is_special(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, BESIDE | '_' | ESCAPE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_nothing_that_an_analyzer_cuts_at() {
        for (term, word) in [
            ("未成", "未成"),
            ("#264条", "#264条"),
            ("年\u{1}8102", "年%1;8102"),
            ("\u{2} |甲\u{1}_%", "%2;%20;%7C;甲%1;%5F;%25;"),
            ("\u{3}wifi6", "%3;wifi6"),
            ("甲\u{3000}乙\u{a0}", "甲%3000;乙%A0;"),
            ("", "%;"),
        ] {
            assert_eq!(escape(term), word, "{term:?}");
        }
    }

    #[test]
    fn the_word_of_a_beginning_begins_the_word() {
        let term = "\u{2}、 甲_|%\u{1}乙a1";
        for (at, _) in term.char_indices().skip(1) {
            assert!(escape(term).starts_with(&*escape(&term[..at])), "{at}");
        }
        let long = "检|".repeat(20_000);
        assert!(escape(&long).len() <= LONGEST);
        assert!(escape(&long).starts_with(&*escape(&long[..400])));
    }
}
