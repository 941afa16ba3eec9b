//! Ids of elements: made from what the element says, so that an edit elsewhere doesn't move them.

use std::collections::HashMap;

/// Longest slug of a heading, in characters.
const LONGEST_SLUG: usize = 24;

/// The ids of one page so far.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashMap<String, u32>);

impl Anchors {
    /// The id of a heading: `s-` and the letters and digits of its text, or a hash where it has none.
    pub(super) fn heading(&mut self, text: &str) -> String {
        let slug: String = text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .take(LONGEST_SLUG)
            .collect();
        match slug.is_empty() {
            true => self.unique(format!("s-{}", hash(text))),
            false => self.unique(format!("s-{slug}")),
        }
    }

    /// The id of a paragraph, list item or table row: `p` and six characters of its text's hash.
    pub(super) fn block(&mut self, text: &str) -> String {
        let mut id = String::from("p");
        id.push_str(&hash(text));
        self.unique(id)
    }

    /// Neither kind of id has a hyphen after its prefix, so a counted one can't meet another.
    fn unique(&mut self, id: String) -> String {
        if let Some(count) = self.0.get_mut(&id) {
            *count += 1;
            return format!("{id}-{count}");
        }
        self.0.insert(id.clone(), 1);
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
