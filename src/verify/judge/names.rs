//! Names of documents beside each other: whether one is another's, or a slip of it.

use crate::text::{normalize, sound, title};
use crate::verify::Difference;
use crate::verify::align::align;
use crate::verify::flat::is_numeral;
use std::ops::Range;

/// Words that begin the names of cases which name nobody.
pub(in crate::verify) const GENERIC: [&str; 12] = [
    "本", "该", "此", "类", "同", "上述", "相关", "有关", "前述", "这", "那", "其",
];

/// Whether two titles share most of their characters in order.
pub(super) fn is_alike(name: &str, title: &str) -> bool {
    let (name, title): (Vec<char>, Vec<char>) =
        (title::key(name).chars().collect(), title::key(title).chars().collect());
    align(&name, &title, 0..title.len()).is_some_and(|aligned| aligned.is_near(70))
}

/// Whether a title is a name with words in brackets added to it, and how many characters of it stand behind those:
/// 经济（职务）犯罪纪要 is 经济犯罪纪要, 甲规则（试行） may be another text than 甲规则.
pub(super) fn without_words(title: &str, name: &str) -> Option<usize> {
    let normal = normalize(title);
    let (before, inner) = normal.split_once('(')?;
    let (words, behind) = inner.split_once(')')?;
    let behind = behind.trim();
    let is_name = title::key(&format!("{before}{behind}")) == title::key(name);
    let counts = words.chars().all(is_numeral);
    is_name.then_some(if counts { 0 } else { behind.chars().count() })
}

/// Whether a case of this name, 案 apart, may be the one of a title: a party of both, and what it is about.
pub(super) fn is_case_of(name: &str, title: &str) -> bool {
    let (name, title) = (title::key(name), title::key(title));
    if title.contains(&name) {
        return true;
    }
    let parties = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        let some = letters.windows(2).filter(|pair| pair[1] == '某' && pair[0] != '某');
        some.map(|pair| pair[0]).collect::<Vec<char>>()
    };
    let ours = parties(&name);
    if !ours.is_empty() && !ours.iter().any(|party| title.contains(*party)) {
        return false;
    }
    let plain = |text: &str| {
        text.chars()
            .filter(|letter| !"某等人案".contains(*letter))
            .collect::<Vec<char>>()
    };
    let (name, title) = (plain(&name), plain(&title));
    name.len() < 3 || common(&name, &title) * 10 >= name.len() * 6
}

/// How many characters of a text stand in another in this order.
fn common(text: &[char], other: &[char]) -> usize {
    let mut row = vec![0usize; other.len() + 1];
    for letter in text {
        let mut diagonal = 0;
        for (at, against) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == against {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[other.len()]
}

/// Whether the name of a case names who it is about: 周某, 甲公司诉乙局. Other names (性侵未成年人案) describe.
pub(super) fn names_a_party(name: &str) -> bool {
    ["某", "诉", "公司", "×", "甲", "等人"]
        .iter()
        .any(|word| name.contains(word))
        && !GENERIC.iter().any(|word| name.starts_with(word))
}

/// The one small change that makes a title another: a slip, where the other name can't well be that of another
/// document. Names of laws differ by single characters (民事, 刑事): of them only what sounds alike or is left out.
pub(super) fn slip(name: &[char], title: &[char], is_law: bool) -> Option<Difference> {
    let aligned = align(name, title, 0..title.len())?;
    let [(ours, theirs)] = aligned.changes.as_slice() else {
        // Something missing at an end is not a change within.
        return ends(name, title, &aligned.stretch).filter(|_| !is_law && aligned.changes.is_empty());
    };
    let longer = name.len().max(title.len());
    let touched = || name[ours.clone()].iter().chain(&title[theirs.clone()]).copied();
    let whole = aligned.stretch == (0..title.len());
    if !whole || longer - aligned.same > 2 || touched().any(|letter| is_numeral(letter) || letter == '年') {
        return None;
    }
    let swapped = ours.len() == 1 && theirs.len() == 1;
    let sounds = swapped && sound::alike(title[theirs.start]).contains(&name[ours.start]);
    let shifted = name.len() != title.len();
    (!is_law || sounds || shifted).then(|| Difference {
        draft: name[ours.clone()].iter().collect(),
        source: title[theirs.clone()].iter().collect(),
    })
}

/// A character or two that a title has more at an end.
fn ends(name: &[char], title: &[char], stretch: &Range<usize>) -> Option<Difference> {
    let more = title.len() - stretch.len();
    (name.len() == stretch.len() && (1..=2).contains(&more)).then(|| Difference {
        draft: name.iter().collect(),
        source: title.iter().collect(),
    })
}

#[cfg(test)]
mod tests;
