//! How personal data is masked: 张某, and 张某1 and 张某2 where a document has several of one
//! surname; × in place of numbers; a home down to its county; 某小学.

use super::fix::Fix;
use crate::check::{OPEN_ENDED, occurrences, surname_length};
use crate::corpus::Source;
use crate::diagnostic::Diagnostic;
use crate::markdown;
use crate::reading::{Passage, Reading, What};
use crate::record::keys;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What stands in place of a number. (Stars would be emphasis in Markdown and an alias in YAML.)
const MASK: &str = "×××";
/// What separates the parts of a name in one word.
const DOTS: [char; 5] = ['·', '•', '‧', '・', '.'];
/// Keys of the front matter in whose values names are masked wherever they stand; others that are known hold ids, paths
/// and staff.
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

/// The changes that mask what was found in a document: each finding whose rule has a mask, and of a name every
/// occurrence in its prose.
pub(super) fn masks(source: &Source, findings: &[&Diagnostic]) -> Vec<Fix> {
    let reading = Reading::of(source);
    let mut fixes = Vec::new();
    for finding in findings {
        let Some(span) = finding.span.clone() else { continue };
        let place = Place::of(source, &reading, &span);
        if let Some(new) = mask(finding.code, &place.text) {
            place.replace(finding.code, &new, &mut fixes);
        }
    }
    again(&reading, findings, source, &mut fixes);
    names(source, &reading, findings, &mut fixes);
    fixes
}

/// Masks the homes and schools that were found where the text speaks of them once more.
fn again(reading: &Reading, findings: &[&Diagnostic], source: &Source, fixes: &mut Vec<Fix>) {
    let mut known: Vec<(&'static str, String, String)> = Vec::new();
    for finding in findings {
        let Some(span) = finding.span.clone() else { continue };
        let found = Place::of(source, reading, &span).text;
        let said_again = match finding.code {
            "privacy-school" => vec![found],
            "privacy-address" => homes(&found),
            _ => continue,
        };
        known.extend(
            said_again
                .into_iter()
                .filter_map(|text| Some((finding.code, mask(finding.code, &text)?, text))),
        );
    }
    known.sort_by_key(|(_, _, text)| std::cmp::Reverse(text.len()));
    for (code, mask, text) in known {
        for passage in reading.passages.iter().filter(|passage| is_prose(passage)) {
            for bytes in occurrences(passage.text.text(), &text) {
                let span = passage.text.source(&bytes);
                if fixes
                    .iter()
                    .all(|fix| fix.at.end <= span.start || span.end <= fix.at.start)
                {
                    Place::in_passage(source, passage, &bytes).replace(code, &mask, fixes);
                }
            }
        }
    }
}

/// A home as a text may call it again: without the places that it lies in, down to the number of its door.
fn homes(address: &str) -> Vec<String> {
    const SHORTEST: usize = 4;
    let behind = address
        .char_indices()
        .filter(|(_, sign)| "省市州县区旗镇乡".contains(*sign));
    let parts = behind.map(|(at, sign)| &address[at + sign.len_utf8()..]);
    let told = |part: &&str| part.chars().count() >= SHORTEST && part.contains(|sign: char| sign.is_numeric());
    let whole = std::iter::once(address).chain(parts);
    whole.filter(told).map(str::to_owned).collect()
}

/// Where something that was found stands in the source.
struct Place {
    /// As it is read.
    text: String,
    /// Its stretches of the source; what stands between is markup.
    parts: Vec<Range<usize>>,
}

impl Place {
    fn of(source: &Source, reading: &Reading, span: &Range<usize>) -> Self {
        let whole = reading.passages.iter().filter(|passage| passage.what != What::Name);
        for passage in whole.clone() {
            if let Some(range) = passage.text.made_of(span) {
                return Self::in_passage(source, passage, &range);
            }
        }
        // A number that goes on over the border of a cell.
        let mut place = Self {
            text: String::new(),
            parts: Vec::new(),
        };
        for passage in whole.filter(|passage| matches!(passage.what, What::Cell { .. })) {
            for part in passage.text.parts(&(0..passage.text.text().len())) {
                let (start, end) = (part.start.max(span.start), part.end.min(span.end));
                if start < end {
                    place.text += &source.text[start..end];
                    place.parts.push(start..end);
                }
            }
        }
        place
    }

    fn in_passage(source: &Source, passage: &Passage, range: &Range<usize>) -> Self {
        let text = passage.text.text()[range.clone()].to_owned();
        let span = passage.text.source(range);
        let parts = if is_whole(&source.text[span.clone()], &text) {
            vec![span]
        } else {
            passage
                .text
                .parts(range)
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect()
        };
        Self { text, parts }
    }

    /// Puts the new text into the first stretch and empties the others.
    fn replace(&self, code: &'static str, new: &str, fixes: &mut Vec<Fix>) {
        for (number, at) in self.parts.iter().enumerate() {
            fixes.push(Fix {
                code,
                at: at.clone(),
                new: if number == 0 { new.to_owned() } else { String::new() },
            });
        }
    }
}

/// Whether a stretch of the source reads as a text by itself, so that its markup goes with it.
fn is_whole(written: &str, text: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    if plain(written) == plain(text) {
        return true;
    }
    let read = markdown::passages(written).list;
    let shown: String = read
        .iter()
        .filter(|passage| !matches!(passage.part, markdown::Part::Target | markdown::Part::Hidden))
        .map(|passage| plain(passage.text.text()))
        .collect();
    shown == plain(text)
}

/// What is put in the place of one finding; `None` where its rule has no mask.
fn mask(code: &str, found: &str) -> Option<String> {
    match code {
        "privacy-id-number" | "privacy-bank-card" | "privacy-mobile" | "privacy-landline" | "privacy-passport"
        | "privacy-account" | "privacy-email" | "privacy-paper" => Some(MASK.to_owned()),
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
        None if name.ends_with('小') => "小学",
        None if name.ends_with('中') => "中学",
        None => "学校",
    }
}

/// Masks the full names that were found. Every occurrence in the prose of the document is, not the first alone.
fn names(source: &Source, reading: &Reading, findings: &[&Diagnostic], fixes: &mut Vec<Fix>) {
    let found = found_names(source, reading, findings);
    if found.is_empty() {
        return;
    }
    let spans: BTreeSet<usize> = found.iter().map(|(span, _)| span.start).collect();
    let mut masks = name_masks(reading, &found);
    // Whose name a file is called by is left to the author, who has to rename it: with the text masked, nothing would
    // say that the file is called by a name.
    masks.retain(|name, _| !is_in_path(reading, name));
    for name in masks.keys().cloned().collect::<Vec<_>>() {
        for (part, of_part) in part_masks(&name) {
            masks.entry(part).or_insert(of_part);
        }
    }
    let mut names: Vec<(&String, &String)> = masks.iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    // The longest come first: a part of a name that is masked as a whole stays with it.
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut is_free = |span: &Range<usize>| {
        let free = !taken
            .iter()
            .any(|other| other.start < span.end && span.start < other.end);
        taken.extend(free.then(|| span.clone()));
        free
    };
    for (name, mask) in names {
        for at in in_labels(&source.text, name).into_iter().filter(&mut is_free) {
            let new = mask.clone();
            fixes.push(Fix {
                code: "privacy-name",
                at,
                new,
            });
        }
        for passage in &reading.passages {
            for bytes in occurrences(passage.text.text(), name) {
                let span = passage.text.source(&bytes);
                if (is_prose(passage) || spans.contains(&span.start)) && is_free(&span) {
                    Place::in_passage(source, passage, &bytes).replace("privacy-name", mask, fixes);
                }
            }
        }
    }
}

/// Whether a file that a link leads to is called by a name.
fn is_in_path(reading: &Reading, name: &str) -> bool {
    let mut targets = reading.passages.iter().filter(|passage| passage.what == What::Target);
    targets.any(|passage| {
        let path = passage.text.text();
        !path.contains("://") && !path.starts_with('#') && !occurrences(path, name).is_empty()
    })
}

/// The parts of a name by which a text may call its bearer, with their masks: 约翰 and 史密斯 of 约翰·史密斯, 娜娜 of
/// 欧阳娜娜. Other given names may be words.
fn part_masks(name: &str) -> Vec<(String, String)> {
    let is_latin = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let least = if is_latin { 3 } else { 2 };
    let separates = |sign: char| sign == ' ' || DOTS.contains(&sign);
    let parts: Vec<&str> = name
        .split(separates)
        .filter(|part| part.chars().count() >= least)
        .collect();
    if name.contains(separates) {
        let masked = |part: &str| part.chars().next().map(|first| (part.to_owned(), format!("{first}某")));
        return parts.into_iter().filter_map(masked).collect();
    }
    let given: Vec<char> = name.chars().skip(surname_length(name)).collect();
    match given.as_slice() {
        [one, other] if one == other => vec![(given.iter().collect(), "某某".to_owned())],
        _ => Vec::new(),
    }
}

/// Where a name stands in the labels of footnotes: [^张伟].
fn in_labels(text: &str, name: &str) -> Vec<Range<usize>> {
    let labels = text.match_indices("[^").filter_map(|(at, _)| {
        let length = text[at..].find([']', '\n'])?;
        Some(at..at + length)
    });
    let names = labels.flat_map(|label| {
        let inside = text[label.clone()]
            .match_indices(name)
            .map(|(at, _)| at)
            .collect::<Vec<_>>();
        inside
            .into_iter()
            .map(move |at| label.start + at..label.start + at + name.len())
    });
    names.collect()
}

/// The names of which something tells where they end, in the order of their first places.
fn found_names(source: &Source, reading: &Reading, findings: &[&Diagnostic]) -> Vec<(Range<usize>, String)> {
    // 陶伟翻供 may speak of 陶伟 or of 陶伟翻: that is the author's to say.
    let sure = |finding: &&&Diagnostic| finding.args.iter().all(|(name, _)| *name != OPEN_ENDED);
    let of_names = findings
        .iter()
        .filter(|finding| finding.code == "privacy-name")
        .filter(sure);
    let mut found: Vec<(Range<usize>, String)> = of_names
        .filter_map(|finding| finding.span.clone())
        .map(|span| {
            let text = Place::of(source, reading, &span).text;
            let is_latin = text.starts_with(|first: char| first.is_ascii_alphabetic());
            let name = if is_latin {
                text
            } else {
                text.chars().filter(|character| !character.is_whitespace()).collect()
            };
            (span, name)
        })
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// The mask of each name, numbered in the order of appearance where one surname has several.
fn name_masks(reading: &Reading, found: &[(Range<usize>, String)]) -> BTreeMap<String, String> {
    let stands = |text: &str| {
        reading
            .passages
            .iter()
            .any(|passage| passage.text.text().contains(text))
    };
    let mut by_surname: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let mut masks = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (_, name) in found {
        if !seen.insert(name) {
            continue;
        }
        if let Some(mask) = dotted_mask(name) {
            masks.insert(name.clone(), mask);
        } else {
            let surname = name.chars().take(surname_length(name)).collect();
            by_surname.entry(surname).or_default().push(name);
        }
    }
    for (surname, names) in by_surname {
        let plain = format!("{surname}某");
        let alone = names.len() == 1 && !stands(&plain);
        let mut free = (1..)
            .map(|number| format!("{plain}{number}"))
            .filter(|mask| !stands(mask));
        for name in names {
            let mask = if alone { Some(plain.clone()) } else { free.next() };
            masks.extend(mask.map(|mask| (name.clone(), mask)));
        }
    }
    masks
}

/// 买某·艾某 for 买买提·艾力.
fn dotted_mask(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(DOTS).filter(|part| !part.is_empty()).collect();
    let masked = parts
        .iter()
        .filter_map(|part| part.chars().next())
        .map(|first| format!("{first}某"));
    (parts.len() > 1).then(|| masked.collect::<Vec<_>>().join("·"))
}

/// Whether a passage is text that people read: not the target of a link, not an id in the front matter.
fn is_prose(passage: &Passage) -> bool {
    match passage.what {
        What::Name | What::Target => false,
        What::Value => {
            let written = passage.cues.last().map_or("", String::as_str);
            PROSE.iter().any(|key| keys::may_mean(written, key))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::record::Visibility;

    /// A text with what was found in it masked.
    fn masked(text: &str) -> String {
        let source = Source::of("a".into(), "a.md".into(), text.into());
        let findings = check::privacy(&source, Visibility::Internal);
        let mut out = text.to_owned();
        let mut fixes = masks(&source, &findings.iter().collect::<Vec<_>>());
        fixes.sort_by_key(|fix| fix.at.start);
        for fix in fixes.into_iter().rev() {
            out.replace_range(fix.at, &fix.new);
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
            ("被告人陶伟翻供", "被告人陶伟翻供"),
            (
                "被告人陶伟翻供。陶伟系被告人陶伟，男",
                "被告人陶某翻供。陶某系被告人陶某，男",
            ),
            ("被告人张　伟认罪", "被告人张某认罪"),
            ("被告人张　建国认罪。张 建国供述", "被告人张某认罪。张某供述"),
            (
                "李某系澄溪县实验中学学生，澄溪县实验中学反映",
                "李某系某中学学生，某中学反映",
            ),
            (
                "住澄溪县青山镇河口村15号。民警到河口村15号走访。",
                "住澄溪县×××。民警到×××走访。",
            ),
            ("被告人**张**伟盗窃", "被告人**张某**盗窃"),
            ("被告人**张伟**，男，张\u{200b}伟供述", "被告人**张某**，男，张某供述"),
            ("被告人买买提·艾力盗窃", "被告人买某·艾某盗窃"),
            ("被害人张伟，电话138**0013**8000", "被害人张某，电话×××"),
            ("电话138[0013](https://example.cn)8000。", "电话×××。"),
            (
                "| 被害人 | 王小明 |\n| - | - |\n| 电话 | 138 |",
                "| 被害人 | 王某 |\n| - | - |\n| 电话 | 138 |",
            ),
            ("被告人张伟，见[照片](图/张伟.png)", "被告人张伟，见[照片](图/张伟.png)"),
            (
                "证人约翰·史密斯证实。约翰说，史密斯到案",
                "证人约某·史某证实。约某说，史某到案",
            ),
            ("被告人John Smith盗窃，Smith到案", "被告人J某盗窃，S某到案"),
            ("被告人欧阳娜娜盗窃，娜娜认罪", "被告人欧阳某盗窃，某某认罪"),
            (
                "被告人张伟到案[^张伟]。\n\n[^张伟]: 注",
                "被告人张某到案[^张某]。\n\n[^张某]: 注",
            ),
            ("电话：63123456、63123457。", "电话：×××、×××。"),
            ("被告人张伟案", "被告人张某案"),
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
