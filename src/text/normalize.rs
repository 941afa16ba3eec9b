//! The normal form in which texts are compared: `docs/search.md`, section 1.
//!
//! ASCII, common Han characters and the punctuation of Chinese prose take a short path, character
//! for character; only what lies between goes through the tables of Unicode.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A normal form that remembers where each of its characters came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapped {
    /// The normal form.
    pub text: String,
    /// For each character of `text` the byte offset in the raw text of what it was made from.
    starts: Vec<u32>,
    raw_len: u32,
}

impl Mapped {
    /// The byte range of the raw text that the characters `from..to` of the normal form (counted in
    /// characters) were made from. What normalisation drops belongs to the character before it.
    pub fn raw_range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(from).copied().unwrap_or(self.raw_len);
        let Some(last) = to.checked_sub(1).and_then(|last| self.starts.get(last)) else {
            return start as usize..start as usize;
        };
        let end = self.starts[to..]
            .iter()
            .find(|&next| next > last)
            .copied()
            .unwrap_or(self.raw_len);
        start as usize..end as usize
    }
}

/// The normal form of a text.
///
/// ```
/// use jianyan::text::normalize;
///
/// assert_eq!(normalize("ＡＢＣ　涉稅案件"), "abc 涉税案件");
/// ```
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let sigma = walk(text, |c, _| out.push(c));
    if sigma { normalize_with_sigma(text) } else { out }
}

/// The normal form of a text together with the map back.
pub fn normalize_mapped(text: &str) -> Mapped {
    let mut out = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len() / 2);
    let sigma = walk(text, |c, at| {
        out.push(c);
        starts.push(at as u32);
    });
    if sigma {
        out = normalize_with_sigma(text);
    }
    Mapped {
        text: out,
        starts,
        raw_len: text.len() as u32,
    }
}

/// Feeds the characters of the normal form with the raw offset of each; tells whether a capital sigma
/// was among them, whose lower case depends on the whole word (one character in either case).
fn walk(text: &str, mut emit: impl FnMut(char, usize)) -> bool {
    let table = table();
    let mut sigma = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_simple = chars.peek().is_none_or(|&(_, next)| is_simple(next));
        if next_is_simple && let Some(plain) = simple(c, table) {
            emit(plain, at);
            continue;
        }
        // A character composes with marks that follow it: it goes with them, up to the next simple one.
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) = chars.peek() {
            if is_simple(next) {
                break;
            }
            end = next_at + next.len_utf8();
            chars.next();
        }
        sigma |= walk_complex(&text[at..end], at, table, &mut emit);
    }
    sigma
}

/// A run that needs the tables of Unicode, cluster by cluster.
fn walk_complex(run: &str, base: usize, table: &Folds, emit: &mut impl FnMut(char, usize)) -> bool {
    let mut sigma = false;
    let mut from = 0;
    while from < run.len() {
        let rest = &run[from..];
        let len = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| starts_cluster(c))
            .map_or(rest.len(), |(at, _)| at);
        for c in rest[..len].chars().filter(|&c| !is_dropped(c)).nfkc() {
            sigma |= c == 'Σ';
            for lower in c.to_lowercase() {
                emit(table.of(lower), base + from);
            }
        }
        from += len;
    }
    sigma
}

/// The normal form by the book, for texts with a capital sigma.
fn normalize_with_sigma(text: &str) -> String {
    let composed: String = text.chars().filter(|&c| !is_dropped(c)).nfkc().collect();
    let table = table();
    composed.to_lowercase().chars().map(|c| table.of(c)).collect()
}

/// Whether nothing before this character can compose with it.
fn starts_cluster(c: char) -> bool {
    if is_dropped(c) {
        return false;
    }
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
}

/// Whether a character is invisible by default: format characters (general category Cf), fillers, the combining
/// grapheme joiner and variation selectors.
pub fn is_dropped(c: char) -> bool {
    if is_simple(c) {
        return false;
    }
    matches!(c, '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
        || c.general_category() == GeneralCategory::Format
}

/// A text without the characters that are invisible by default. Those that make one picture of several, and those that
/// choose the form of a Han character, stay.
pub fn seen(text: &str) -> String {
    let mut before = None;
    let is_kept = |c: &char| {
        let before = before.replace(*c);
        let joins = matches!(c, '\u{200D}' | '\u{FE0F}') && before.is_some_and(|c: char| !c.is_alphanumeric());
        joins || matches!(c, '\u{E0100}'..='\u{E01EF}') || !is_dropped(*c)
    };
    text.chars().filter(is_kept).collect()
}

/// Whether a character is a starter that composes with nothing before it and maps to one character.
fn is_simple(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '\u{B7}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}'
        | '\u{3000}'..='\u{3029}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// The normal form of a simple character that no complex one follows.
#[inline]
fn simple(c: char, table: &Folds) -> Option<char> {
    match c {
        '\0'..='\u{7F}' => Some(c.to_ascii_lowercase()),
        '\u{4E00}'..='\u{9FFF}' => Some(table.common[c as usize - 0x4E00]),
        '\u{3000}' => Some(' '),
        // Full-width forms stand in the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).map(|ascii| ascii.to_ascii_lowercase()),
        _ => is_simple(c).then_some(c),
    }
}

/// What each character is folded to, as the last step of the normal form: traditional characters to simplified
/// ones, and radicals to the ideographs that they look like, simplified too.
///
/// Sources: `OpenCC`'s `TSCharacters`, and `EquivalentUnifiedIdeograph` of the Unicode Character Database for the
/// radicals that NFKC leaves alone.
pub fn folds() -> impl Iterator<Item = (char, char)> {
    let pairs = |table: &'static str| {
        table.lines().filter_map(|line| {
            let mut chars = line.chars();
            match (chars.next(), chars.next(), chars.next()) {
                (Some(from), Some('\t'), Some(to)) => Some((from, to)),
                _ => None,
            }
        })
    };
    let simplified: Vec<(char, char)> = pairs(include_str!("../assets/data/t2s.tsv")).collect();
    let simpler: BTreeMap<char, char> = simplified.iter().copied().collect();
    let radicals = pairs(include_str!("../assets/data/radicals.tsv"))
        .map(move |(radical, ideograph)| (radical, simpler.get(&ideograph).copied().unwrap_or(ideograph)));
    simplified.into_iter().chain(radicals)
}

/// The characters of a text that [`folds`] changes, each with what it becomes; those that compatibility forms stand
/// for among them.
pub fn folded(text: &str) -> BTreeMap<char, char> {
    let table = table();
    let complex = text.chars().filter(|&c| !is_simple(c)).nfkc();
    let all = text.chars().filter(|&c| is_simple(c)).chain(complex);
    all.map(|c| (c, table.of(c)))
        .filter(|(c, folded)| c != folded)
        .collect()
}

/// The simplified form of a traditional character, or the ideograph of a radical; any other character as it is.
pub fn fold(character: char) -> char {
    table().of(character)
}

/// [`folds`] for look-ups: direct for the common block, sorted pairs for the rest.
struct Folds {
    common: Vec<char>,
    rare: Vec<(char, char)>,
}

impl Folds {
    fn of(&self, c: char) -> char {
        match c {
            '\u{4E00}'..='\u{9FFF}' => self.common[c as usize - 0x4E00],
            '\0'..='\u{2E7F}' => c,
            _ => self
                .rare
                .binary_search_by_key(&c, |&(from, _)| from)
                .map_or(c, |at| self.rare[at].1),
        }
    }
}

fn table() -> &'static Folds {
    static TABLE: OnceLock<Folds> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Folds {
            common: ('\u{4E00}'..='\u{9FFF}').collect(),
            rare: Vec::new(),
        };
        for (from, to) in folds() {
            match from {
                '\u{4E00}'..='\u{9FFF}' => table.common[from as usize - 0x4E00] = to,
                _ => table.rare.push((from, to)),
            }
        }
        table.rare.sort_unstable();
        table
    })
}

#[cfg(test)]
mod tests;
