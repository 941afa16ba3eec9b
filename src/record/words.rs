//! Lists that authors write as one text: 文身、治理, ［熊某，白某］, 【甲】【乙】, -甲 -乙.

/// Brackets that stand around a list, or around each of its items.
const BRACKETS: [(char, char); 4] = [('［', '］'), ('【', '】'), ('｛', '｝'), ('「', '」')];

/// Brackets that a text has as well: around a list they hold a separator.
const ROUND: [(char, char); 3] = [('（', '）'), ('(', ')'), ('〔', '〕')];

/// Marks that stand before the items of a list.
const DASHES: [char; 7] = ['-', '－', '–', '—', '−', '•', '·'];

/// Splits a text at 、 ， ； and their other forms, not inside brackets or quotes.
pub(super) fn words(text: &str) -> Vec<String> {
    separated(text, |_| true)
}

/// Splits a text like [`words`], at those of the marks alone that separate.
pub(super) fn separated(text: &str, separates: impl Fn(char) -> bool) -> Vec<String> {
    let mut depth = 0_usize;
    let parts = text.split(|character| {
        match character {
            '（' | '(' | '《' | '“' | '〔' | '[' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && is_separator(character) && separates(character)
    });
    let said = parts.map(str::trim).filter(|part| !part.is_empty());
    said.map(String::from).collect()
}

fn is_separator(character: char) -> bool {
    matches!(
        character,
        '、' | '，' | ',' | '；' | ';' | '\n' | '､' | '﹑' | '﹐' | '﹔' | '︐' | '︑' | '︔'
    )
}

/// The texts that brackets or dashes mark as items of a list, or what brackets around the whole list hold; a text without
/// such marks as it is.
pub(super) fn listed(text: &str) -> Vec<&str> {
    let around = |&(open, close): &(char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    };
    let round = |pair: &(char, char)| around(pair).filter(|inner| inner.contains(is_separator));
    let whole = BRACKETS
        .iter()
        .find_map(around)
        .or_else(|| ROUND.iter().find_map(round));
    match whole {
        Some(inner) => vec![inner],
        None => each_in_brackets(text)
            .or_else(|| behind_dashes(text))
            .or_else(|| behind_numbers(text))
            .unwrap_or(vec![text]),
    }
}

/// 【甲】【乙】, with blanks or separators between.
fn each_in_brackets(text: &str) -> Option<Vec<&str>> {
    let between = |mark: char| mark.is_whitespace() || is_separator(mark);
    BRACKETS.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let items: Option<Vec<&str>> = inner
            .split(close)
            .enumerate()
            .map(|(at, item)| match at {
                0 => Some(item),
                _ => item.trim_start_matches(between).strip_prefix(open),
            })
            .collect();
        items.filter(|items| items.iter().all(|item| !item.contains(open)))
    })
}

/// `-甲 -乙`, of lines that YAML joined because no blank stands behind the dash, or a dash of full width does.
fn behind_dashes(text: &str) -> Option<Vec<&str>> {
    let mark = text.chars().next().filter(|mark| DASHES.contains(mark))?;
    let items = text[mark.len_utf8()..].split(mark);
    let mut apart = true;
    let mut found = Vec::new();
    for item in items {
        if !apart || item.trim().is_empty() {
            return None;
        }
        apart = item.ends_with(char::is_whitespace);
        found.push(item.trim());
    }
    let digits = found.len() == 1 && found[0].starts_with(|digit: char| digit.is_ascii_digit());
    (!digits).then_some(found)
}

/// `1. 甲 2. 乙`, of lines that YAML joined as it knows no numbered list.
fn behind_numbers(text: &str) -> Option<Vec<&str>> {
    let mark = text
        .strip_prefix('1')?
        .chars()
        .next()
        .filter(|mark| ".．、)）".contains(*mark))?;
    let mut rest = text[1 + mark.len_utf8()..].trim_start();
    let mut found = Vec::new();
    for number in 2..100 {
        let begins = |(at, _): &(usize, &str)| rest[..*at].ends_with(char::is_whitespace);
        let next = format!("{number}{mark}");
        let Some((end, _)) = rest.match_indices(next.as_str()).find(begins) else {
            break;
        };
        found.push(rest[..end].trim());
        rest = rest[end + next.len()..].trim_start();
    }
    found.push(rest.trim());
    let apart = found
        .iter()
        .all(|item| !item.is_empty() && !item.starts_with(|digit: char| digit.is_ascii_digit()));
    (found.len() > 1 && apart).then_some(found)
}

/// Whether a text that counts as one value looks like several: 文身/治理, or 甲，乙 in quotes.
pub(super) fn may_be_several(text: &str) -> bool {
    let between = |mark: char| matches!(mark, '/' | '／' | '|' | '｜' | '\\' | '　');
    let sides: Vec<&str> = text.split(between).map(str::trim).collect();
    let word = |side: &&str| side.chars().count() >= 2 && side.chars().all(is_han);
    sides.len() > 1 && sides.iter().all(word) || words(text).len() > 1
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_brackets_and_its_dashes() {
        for (text, items) in [
            ("［盗窃罪，诈骗罪］", &["盗窃罪，诈骗罪"] as &[_]),
            ("（文身，治理）", &["文身，治理"]),
            ("（文身）", &["（文身）"]),
            ("【文身】【治理】", &["文身", "治理"]),
            ("【文身】、【治理】", &["文身", "治理"]),
            ("【文身】治理【三】", &["【文身】治理【三】"]),
            ("-熊某 -白某", &["熊某", "白某"]),
            ("－ 文身 － 治理", &["文身", "治理"]),
            ("-熊某", &["熊某"]),
            ("1. 熊某 2. 白某", &["熊某", "白某"]),
            ("1、熊某\n2、白某", &["熊某", "白某"]),
            ("1. 熊某", &["1. 熊某"]),
            ("1.5 2.5", &["1.5 2.5"]),
            ("-5", &["-5"]),
            ("甲-乙", &["甲-乙"]),
            ("文身", &["文身"]),
        ] {
            assert_eq!(listed(text), items, "{text}");
        }
    }

    #[test]
    fn separators_of_any_width_separate() {
        for text in ["文身、治理", "文身､治理", "文身﹑治理", "文身﹐治理", "文身；治理"] {
            assert_eq!(words(text), ["文身", "治理"], "{text}");
        }
        assert_eq!(words("甲（一，二）"), ["甲（一，二）"]);
    }

    #[test]
    fn what_may_be_several_is_seen() {
        for text in ["文身/治理", "文身　治理", "文身|治理", "文身，治理"] {
            assert!(may_be_several(text), "{text}");
        }
        for text in ["文身", "A/B测试", "24/7", "掩饰隐瞒", "认罪认罚 从宽", "《甲，乙》"] {
            assert!(!may_be_several(text), "{text}");
        }
    }
}
