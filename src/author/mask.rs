//! How personal data is masked: 张某, and 张某1 and 张某2 where a document has several of one
//! surname; × in place of numbers; a home down to its county; 某小学.

use crate::check::surname_length;
use crate::corpus::Source;
use crate::diagnostic::Diagnostic;
use crate::record::keys::{self, COMMON};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What stands in place of a number. (Stars would be emphasis in Markdown and an alias in YAML.)
const MASK: &str = "×××";
/// Keys of the front matter in whose text names are masked; others hold ids, paths and staff.
const PROSE: [&str; 8] = [
    "title",
    "summary",
    "tags",
    "causes",
    "result",
    "problems",
    "suggestions",
    "benefits",
];

/// What is put in the place of one finding; `None` where its rule has no mask.
pub fn mask(code: &str, found: &str) -> Option<String> {
    match code {
        "privacy-id-number" | "privacy-bank-card" | "privacy-mobile" | "privacy-landline" | "privacy-passport"
        | "privacy-account" | "privacy-email" => Some(MASK.to_owned()),
        "privacy-plate" => found.chars().next().map(|province| format!("{province}{MASK}")),
        "privacy-address" => Some(format!("{}{MASK}", county(found))),
        "privacy-school" => Some(format!("某{}", school(found))),
        _ => None,
    }
}

/// An address down to its county: what is in common use when a party is introduced.
fn county(address: &str) -> &str {
    let end = |sign: char| {
        address.char_indices().filter(move |&(at, character)| {
            let before = address[..at].chars().next_back();
            character == sign && !before.is_none_or(|before| "小社园片景".contains(before))
        })
    };
    ['县', '旗', '市', '区', '州', '省']
        .into_iter()
        .find_map(|sign| end(sign).next_back())
        .map_or("", |(at, sign)| &address[..at + sign.len_utf8()])
}

fn school(name: &str) -> &str {
    const KINDS: [&str; 10] = [
        "小学",
        "高级中学",
        "中学",
        "幼儿园",
        "实验学校",
        "职业学校",
        "技工学校",
        "职业高中",
        "职业技术学校",
        "特殊教育学校",
    ];
    let kind = KINDS.iter().find(|kind| name.ends_with(**kind));
    match kind {
        Some(kind) => kind,
        None if name.ends_with("附小") => "小学",
        None if name.ends_with('中') => "中学",
        None => "学校",
    }
}

/// Where full names stand that were found in a document, with what takes their place. Every
/// occurrence in its prose is told, not the first alone.
pub fn names(source: &Source, findings: &[Diagnostic]) -> Vec<(Range<usize>, String)> {
    let masks = masks(source, findings);
    let mut names: Vec<(&str, &String)> = masks.iter().map(|(name, mask)| (name.as_str(), mask)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut edits = Vec::new();
    if names.is_empty() {
        return edits;
    }
    let mut at = 0;
    while let Some(character) = source.text[at..].chars().next() {
        let rest = &source.text[at..];
        let hit = names.iter().find_map(|(name, mask)| Some((length(rest, name)?, *mask)));
        match hit.filter(|_| is_prose(source, at)) {
            Some((length, mask)) => {
                edits.push((at..at + length, mask.clone()));
                at += length;
            }
            None => at += character.len_utf8(),
        }
    }
    edits
}

/// The mask of each name, numbered in the order of appearance where one surname has several.
fn masks(source: &Source, findings: &[Diagnostic]) -> BTreeMap<String, String> {
    let found = findings.iter().filter(|finding| finding.code == "privacy-name");
    let mut spans: Vec<_> = found.filter_map(|finding| finding.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    let mut by_surname: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for span in spans {
        let name: String = source.text[span]
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        if seen.insert(name.clone()) {
            let surname = name.chars().take(surname_length(&name)).collect();
            by_surname.entry(surname).or_default().push(name);
        }
    }
    let mut masks = BTreeMap::new();
    for (surname, names) in by_surname {
        let plain = format!("{surname}某");
        let alone = names.len() == 1 && !source.text.contains(&plain);
        let free = (1..)
            .map(|number| format!("{plain}{number}"))
            .filter(|mask| !source.text.contains(mask.as_str()));
        let mut free = free.into_iter();
        for name in names {
            let mask = if alone { Some(plain.clone()) } else { free.next() };
            masks.extend(mask.map(|mask| (name, mask)));
        }
    }
    masks
}

/// Bytes of a name with which a text begins, the space of 张　伟 included.
fn length(text: &str, name: &str) -> Option<usize> {
    if text.starts_with(name) {
        return Some(name.len());
    }
    let mut characters = name.chars();
    let (first, second) = (characters.next()?, characters.next()?);
    let gap = text.strip_prefix(first)?;
    let space = gap
        .chars()
        .next()
        .filter(|space| *space == ' ' || *space == '\u{3000}')?;
    let whole = characters.next().is_none() && gap[space.len_utf8()..].starts_with(second);
    whole.then(|| first.len_utf8() + space.len_utf8() + second.len_utf8())
}

/// Whether a place is text that people read: not the target of a link, not an id in the front matter.
fn is_prose(source: &Source, at: usize) -> bool {
    let line = source.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let before = &source.text[line..at];
    if let Some(target) = before.rfind("](") {
        return before[target..].contains(')');
    }
    let Some(front) = source.front.clone().filter(|front| front.contains(&at)) else {
        return true;
    };
    let head = &source.text[front.start..at];
    let key = head
        .lines()
        .rev()
        .find(|line| !line.starts_with([' ', '-', '\t', '#']) && line.contains([':', '：']));
    let written = key
        .and_then(|line| line.split([':', '：']).next())
        .unwrap_or_default()
        .trim();
    let all = COMMON.iter().chain(keys::CASE).chain(keys::RECOMMENDATION);
    keys::find(written, all).is_some_and(|key| PROSE.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::record::Visibility;

    /// A text with its names masked.
    fn masked(text: &str) -> String {
        let source = Source::of("a".into(), "a.md".into(), text.into());
        let findings = check::privacy(&source, Visibility::Internal);
        let mut out = text.to_owned();
        for (at, mask) in names(&source, &findings).into_iter().rev() {
            out.replace_range(at, &mask);
        }
        out
    }

    #[test]
    fn people_of_one_surname_are_kept_apart_wherever_they_stand() {
        for (text, expected) in [
            ("被告人张伟到案。张伟供述", "被告人张某到案。张某供述"),
            (
                "被告人张伟、张建国，被害人李娜。张建国对李娜说",
                "被告人张某1、张某2，被害人李某。张某2对李某说",
            ),
            ("证人张某。被告人张伟", "证人张某。被告人张某1"),
            ("证人张某1。被告人张伟，男", "证人张某1。被告人张某2，男"),
            ("被告人欧阳明，男", "被告人欧阳某，男"),
            ("被告人张　伟认罪", "被告人张某认罪"),
            ("被告人张伟，见[照片](图/张伟.png)", "被告人张某，见[照片](图/张伟.png)"),
            (
                "---\ntitle: 张伟盗窃案\nrelated: [案例/张伟盗窃案]\n---\n被告人张伟，男",
                "---\ntitle: 张某盗窃案\nrelated: [案例/张伟盗窃案]\n---\n被告人张某，男",
            ),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn a_mask_leaves_what_may_be_known() {
        for (code, found, expected) in [
            ("privacy-id-number", "110101199003071233", "×××"),
            ("privacy-plate", "云A12345", "云×××"),
            ("privacy-address", "东岭省澄溪县青山镇河口村3组15号", "东岭省澄溪县×××"),
            ("privacy-address", "幸福小区3栋2单元501室", "×××"),
            ("privacy-school", "澄溪县实验中学", "某中学"),
            ("privacy-school", "澄溪一中", "某中学"),
        ] {
            assert_eq!(mask(code, found).as_deref(), Some(expected));
        }
        assert_eq!(mask("classified", "机密"), None);
    }
}
