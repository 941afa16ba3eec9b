//! How tokens are named in the index, so that what begins or ends with part of a letter-or-digit unit stands side by side.
//!
//! `docs/search.md`, section 2. `termOf` and `jointOf` in `src/assets/client/analyzer.js` are the twins.

use super::{is_cjk, is_word};
use std::borrow::Cow;

/// Stands before a letter-or-digit unit that is written from its end.
const REVERSED: char = '\u{1}';
/// Begins the name of a joint.
const JOINT: char = '\u{2}';
/// Begins the name of a part of a letter-or-digit unit.
const PART: char = '\u{3}';
/// Characters up to which every part of a unit has a name; of longer ones those that run to its end have.
const SHORT_PART: usize = 3;
/// Characters of the longest name of a part.
const LONGEST_PART: usize = 64;
/// Characters of what separates two sequences that are kept.
const SEPARATOR: usize = 8;

/// The name of a token: a letter-or-digit unit joined with the CJK character behind it is named by that character and
/// the unit's characters from the last one on (2018年 as 年, U+0001, 8102); any other by itself.
pub(crate) fn key(token: &str) -> Cow<'_, str> {
    let Some((at, last)) = token.char_indices().next_back() else {
        return Cow::Borrowed(token);
    };
    let unit = &token[..at];
    if unit.is_empty() || !is_cjk(last) || !unit.chars().all(is_word) {
        return Cow::Borrowed(token);
    }
    Cow::Owned([last, REVERSED].into_iter().chain(unit.chars().rev()).collect())
}

/// The name of what joins two units over a separator: U+0002, the separator, the unit before it from its last character
/// on, U+0001, the unit behind it.
pub(crate) fn joint(before: &str, between: &str, behind: &str) -> String {
    let mut out = String::from(JOINT);
    let mut kept = 0;
    for c in between.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c.is_control() || (c == ' ' && out.ends_with(' ')) || kept == SEPARATOR {
            continue;
        }
        out.push(c);
        kept += 1;
    }
    out.extend(before.chars().rev());
    out.push(REVERSED);
    out.push_str(behind);
    out
}

/// The names of the parts of a letter-or-digit unit: from each character on the shortest ones, and what runs to the end.
pub(crate) fn parts_of(unit: &str) -> impl Iterator<Item = &str> {
    unit.char_indices().flat_map(move |(start, _)| {
        let rest = &unit[start..];
        let ends = rest
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .enumerate()
            .take(LONGEST_PART);
        let last = ends.clone().last().map_or(0, |(number, _)| number);
        ends.filter(move |&(number, _)| number < SHORT_PART || number == last)
            .map(move |(_, end)| &rest[..end])
    })
}

/// How a part of a letter-or-digit unit is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartName {
    /// By this name.
    Whole(String),
    /// By the names that begin so.
    Begins(String),
}

/// The name by which a part of a letter-or-digit unit is found; of one longer than any name its beginning.
pub(crate) fn part(text: &str) -> PartName {
    let kept = text.chars().take(LONGEST_PART);
    let name = std::iter::once(PART).chain(kept).collect();
    match text.chars().nth(SHORT_PART) {
        None => PartName::Whole(name),
        Some(_) => PartName::Begins(name),
    }
}

/// Whether a name is that of a joint.
pub(crate) fn is_joint(name: &str) -> bool {
    name.starts_with(JOINT)
}

/// Of a joint the unit behind its separator, where the key goes on behind that which was asked for.
pub(crate) fn tail(rest: &str) -> Option<&str> {
    rest.split_once(REVERSED).map(|(_, behind)| behind)
}

/// What a name, or the beginning of one, says to people: 2018年 for 年, U+0001, 8102.
pub(crate) fn readable(name: &str) -> String {
    let backwards = |text: &str| text.chars().rev().collect::<String>();
    if let Some(joint) = name.strip_prefix(JOINT) {
        let at = joint.find(|c| is_cjk(c) || is_word(c)).unwrap_or(joint.len());
        let (between, units) = joint.split_at(at);
        let (before, behind) = units.split_once(REVERSED).unwrap_or((units, ""));
        return format!("{}{between}{behind}", backwards(before));
    }
    match name.split_once(REVERSED) {
        Some((last, unit)) => backwards(unit) + last,
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_before_a_character_is_named_from_its_end() {
        for (token, name) in [
            ("2018年", "年\u{1}8102"),
            ("a的", "的\u{1}a"),
            ("年2018", "年2018"),
            ("264", "264"),
            ("年", "年"),
            ("未成", "未成"),
            ("#264条", "#264条"),
            ("2020-4号", "2020-4号"),
            ("", ""),
        ] {
            assert_eq!(key(token), name);
            assert_eq!(readable(name), token);
        }
    }

    #[test]
    fn every_part_of_a_unit_begins_one_of_its_names() {
        let unit: String = ('a'..='z').cycle().take(80).collect();
        for unit in ["20240305", "wifi6", "éé", "g", &unit] {
            let names: Vec<String> = parts_of(unit).map(|name| format!("\u{3}{name}")).collect();
            let borders: Vec<usize> = unit.char_indices().map(|(at, _)| at).chain([unit.len()]).collect();
            for (at, &start) in borders.iter().enumerate() {
                for &end in &borders[at + 1..] {
                    let found = match part(&unit[start..end]) {
                        PartName::Whole(name) => names.contains(&name),
                        PartName::Begins(name) => names.iter().any(|known| known.starts_with(&name)),
                    };
                    assert!(found, "{} in {unit}", &unit[start..end]);
                }
            }
        }
        assert_eq!(
            parts_of("1234").collect::<Vec<_>>(),
            ["1", "12", "123", "1234", "2", "23", "234", "3", "34", "4"]
        );
    }

    #[test]
    fn a_joint_keeps_what_is_typed_between() {
        assert_eq!(joint("12", ".", "5"), "\u{2}.21\u{1}5");
        assert_eq!(joint("甲", "、", "乙"), "\u{2}、甲\u{1}乙");
        assert_eq!(joint("a", " \u{3000}\t", "b"), "\u{2} a\u{1}b");
        assert_eq!(joint("a", "----------", "b"), "\u{2}--------a\u{1}b");
        assert_eq!(tail("1\u{1}5"), Some("5"));
        assert_eq!(readable(&joint("12", ".", "5")), "12.5");
        assert_eq!(readable("\u{2}.21"), "12.");
    }
}
