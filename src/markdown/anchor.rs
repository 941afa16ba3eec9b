//! Ids of elements: made from what the element says, so that an edit elsewhere doesn't move them.

use crate::text::article::{self, opening};
use crate::text::normalize;
use std::collections::HashMap;

/// Longest slug of a heading, in characters.
const LONGEST_SLUG: usize = 24;

/// The ids of one page so far.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashMap<String, u32>,
    articles: Articles,
}

/// The articles of law that the blocks of a page open, one after the other.
#[derive(Debug, Default)]
pub(super) struct Articles {
    last: Option<article::Number>,
}

impl Articles {
    /// The article that the next block opens: `264条`.
    pub(super) fn next(&mut self, text: &str, heading: bool) -> Option<String> {
        // Most blocks need no closer look.
        if !text.trim_start().starts_with('第') {
            return None;
        }
        let (number, _) = opening(normalize(text).trim_start(), self.last, heading)?;
        self.last = Some(number);
        Some(article::name(number))
    }
}

impl Anchors {
    /// The id of a heading: that of the article that it opens, or `s-` and the letters and digits of its text, or a
    /// hash where it has none.
    pub(super) fn heading(&mut self, text: &str) -> String {
        if let Some(id) = self.article(text, true) {
            return id;
        }
        let slug: String = text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .take(LONGEST_SLUG)
            .collect();
        if slug.is_empty() {
            self.unique(format!("s-{}", hash(text)))
        } else {
            self.unique(format!("s-{slug}"))
        }
    }

    /// The id of a paragraph, list item or table row: that of the article that it opens (`a264`), or `p` and six
    /// characters of its text's hash.
    pub(super) fn block(&mut self, text: &str) -> String {
        if let Some(id) = self.article(text, false) {
            return id;
        }
        let mut id = String::from("p");
        id.push_str(&hash(text));
        self.unique(id)
    }

    /// The id of the article that a text opens, but for one that the page has already.
    fn article(&mut self, text: &str, heading: bool) -> Option<String> {
        // Headings are named before the blocks between them.
        let article = if heading {
            Articles::default().next(text, true)
        } else {
            self.articles.next(text, false)
        };
        let id = article::id(&article?);
        self.taken.insert(id.clone(), 1).is_none().then_some(id)
    }

    /// Neither kind of id has a hyphen after its prefix, so a counted one can't meet another.
    fn unique(&mut self, id: String) -> String {
        if let Some(count) = self.taken.get_mut(&id) {
            *count += 1;
            return format!("{id}-{count}");
        }
        self.taken.insert(id.clone(), 1);
        id
    }
}

/// Six base32 characters (30 bits) of the BLAKE3 hash.
fn hash(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bytes = blake3::hash(text.as_bytes());
    let bits = bytes
        .as_bytes()
        .iter()
        .take(4)
        .fold(0u32, |bits, &byte| bits << 8 | u32::from(byte));
    (0..6)
        .map(|at| ALPHABET[(bits >> (27 - 5 * at) & 31) as usize] as char)
        .collect()
}
