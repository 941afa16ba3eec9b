//! The name of the law at the end of a text, before its article: 《刑法》, 刑法分则, 该条例.

use super::short::{self, SHORT};
use super::words::{ADVERBS, BASIC, BOUNDARIES, ENDINGS, PARTICLES, PREPOSITIONS, PRONOUNS, UNLED, WHOLE};
use crate::text::numeral;
use unicode_normalization::UnicodeNormalization;

/// Longest name without 《》, in characters.
const LONGEST_BARE: usize = 30;

/// Longest name in 《》, in bytes: room for eighty characters.
const LONGEST_QUOTED: usize = 240;

/// Which law a text names at its end.
pub(super) enum Named<'a> {
    /// A law, and whether its name stands so plainly that a number may follow without 第: 刑法264条.
    Law(String, bool),
    /// 同法, 该解释: the one before, if it has that ending.
    Same(&'a str),
    /// 其中: the one before in the same sentence.
    Among,
    /// 本法, 本解释: the one that the text belongs to.
    Own,
    /// 该院规定, 其规定: one that can't be told from here.
    Elsewhere,
    Not,
}

/// Reads the end of a text for the name of a law.
pub(super) fn named(before: &str) -> Named<'_> {
    if let Some(rest) = before.trim_end().strip_suffix("其中") {
        return among(rest);
    }
    let before = without_part(without_chapter(before.trim_end()));
    let before = before.strip_suffix('的').unwrap_or(before);
    let before = without_former(before);
    // 《刑法》中第264条
    let before = before
        .strip_suffix('中')
        .filter(|law| law.ends_with('》'))
        .unwrap_or(before);
    // 《刑法》（第264条）, 刑法“第264条”
    let before = before
        .strip_suffix(['（', '(', '“', '「'])
        .map_or(before, str::trim_end);
    let bare = without_bracket(before);
    for candidate in [before, bare] {
        if let Some(name) = candidate.strip_suffix('》') {
            return quoted(name).map_or(Named::Not, |name| Named::Law(canonical(name), true));
        }
        // 〈刑法〉第264条
        if let Some(name) = candidate.strip_suffix('〉')
            && let Some(at) = opening(candidate, LONGEST_QUOTED, ['〈', '〈'], ['〉', '〉'])
        {
            return Named::Law(canonical(&name[at + '〈'.len_utf8()..]), true);
        }
    }
    unquoted(bare)
}

/// The law of 其中第八条: right before that (《甲办法》（建设部令第168号），其中), or farther off in its sentence.
fn among(before: &str) -> Named<'_> {
    let rest = before.trim_end_matches(['，', ',', '、', '；', ';', ' ']);
    // Only a name right before it is read: 其中其中其中 doesn't go down into itself.
    if rest.ends_with(['》', '）', ')'])
        && let Named::Law(law, _) = named(rest)
    {
        return Named::Law(law, false);
    }
    Named::Among
}

/// A text without 原 at its end, where that stands behind the name of a law: 刑法原第六条.
fn without_former(before: &str) -> &str {
    let law = before.strip_suffix('原').map(str::trim_end);
    let is_law = |law: &&str| law.ends_with(['》', '）', ')']) || ENDINGS.iter().any(|ending| law.ends_with(ending));
    law.filter(is_law).unwrap_or(before)
}

/// A text without 第二编第三章第一节 at its end.
fn without_chapter(mut before: &str) -> &str {
    for _ in 0..3 {
        let numbered = before
            .strip_suffix(['章', '节', '编'])
            .map(|rest| rest.trim_end_matches(numeral::is_part));
        let Some(rest) = numbered.and_then(|rest| rest.strip_suffix('第')) else {
            break;
        };
        before = rest;
    }
    before
}

/// A text without 总则 or 分则 at its end, where the name of a law that has them stands before: 刑法总则, 《刑法》分则.
/// 民法总则 was a law of its own.
fn without_part(before: &str) -> &str {
    let law = ["总则", "分则", "附则"]
        .iter()
        .find_map(|part| before.strip_suffix(part));
    law.filter(|law| law.ends_with('》') || BASIC.iter().any(|basic| law.ends_with(basic)))
        .unwrap_or(before)
}

/// A text without （2020年修正） or （以下简称《刑法》） at its end.
fn without_bracket(before: &str) -> &str {
    if !before.ends_with(['）', ')']) {
        return before;
    }
    opening(before, LONGEST_QUOTED, ['（', '('], ['）', ')']).map_or(before, |at| before[..at].trim_end())
}

/// What stands in the 《》 whose end has just been taken off.
pub(super) fn quoted(name: &str) -> Option<&str> {
    let mut depth = 1;
    for (at, letter) in name.char_indices().rev() {
        match letter {
            '》' => depth += 1,
            '《' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&name[at + letter.len_utf8()..]).filter(|name| !name.trim().is_empty());
        }
        if name.len() - at > LONGEST_QUOTED {
            return None;
        }
    }
    None
}

/// Where the bracket opens that closes at a text's end.
fn opening(text: &str, longest: usize, open: [char; 2], close: [char; 2]) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices().rev() {
        if close.contains(&letter) {
            depth += 1;
        } else if open.contains(&letter) {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return Some(at);
        }
        if text.len() - at > longest {
            return None;
        }
    }
    None
}

/// Whether a text ends with 本法, 本条例, 本意见 and the like; 基本法 and 日本法 are names.
fn is_own(before: &str) -> bool {
    const FURTHER: [&str; 6] = ["意见", "细则", "规程", "决定", "指引", "章程"];
    let mut endings = ENDINGS.iter().chain(&FURTHER);
    let own = |ending: &&str| before.strip_suffix(*ending)?.strip_suffix('本');
    endings
        .find_map(own)
        .is_some_and(|rest| !rest.ends_with(['基', '日', '文', '版', '样']))
}

/// A law's name without 《》, from a boundary to the text's end.
fn unquoted(before: &str) -> Named<'_> {
    if is_own(before) {
        return Named::Own;
    }
    if !ENDINGS.iter().any(|ending| before.ends_with(ending)) {
        return Named::Not;
    }
    let Some(start) = boundary(before) else {
        return Named::Not;
    };
    let name = behind_preposition(before[start..].trim_start_matches("中华人民共和国"));
    let name = without_lead(name.trim_start_matches("中华人民共和国"));
    if let Some(basic) = BASIC.iter().find(|basic| name.ends_with(*basic)) {
        return Named::Law((*basic).to_owned(), true);
    }
    if let Some((_, basic)) = SHORT
        .iter()
        .find(|(short, full)| BASIC.contains(full) && name.ends_with(*short))
    {
        return Named::Law((*basic).to_owned(), true);
    }
    if let Some(ending) = same(name) {
        return Named::Same(ending);
    }
    if stands_for_another(name) || ENDINGS.contains(&name) || name.is_empty() {
        return Named::Elsewhere;
    }
    Named::Law(canonical(name), false)
}

/// A name without 有 or 其 before it: 有著作权法第三条所列行为, 其著作权法第十条规定的权利. The name of no 法 begins so;
/// 其组织法 is a law that somebody has.
fn without_lead(name: &str) -> &str {
    let is_law = |rest: &&str| rest.ends_with('法') && !rest.ends_with("办法");
    let has = name.strip_prefix('有').filter(|rest| !rest.starts_with('关'));
    let its = name
        .strip_prefix('其')
        .filter(|rest| rest.chars().count() > 3 && !rest.starts_with(['他', '余']) && !stands_for_another(rest));
    has.or(its).filter(is_law).unwrap_or(name)
}

/// A name without the preposition before it and what stands before that: 应当按监狱法, 对反家庭暴力法. Most of them may
/// begin the name of another text than a 法: 对外承包工程管理条例.
fn behind_preposition(name: &str) -> &str {
    /// Characters of the shortest name of a law.
    const SHORTEST: usize = 3;
    let is_law = name.ends_with('法') && !name.ends_with("办法");
    let lead = |rest: &str| {
        let led = !UNLED.iter().any(|word| rest.starts_with(word));
        let mut leads = PREPOSITIONS.iter().chain(PARTICLES.iter().filter(|_| is_law));
        leads
            .find_map(|word| rest.strip_prefix(word))
            .map(str::len)
            .filter(|_| led)
    };
    let adverb = |rest: &str| ADVERBS.iter().find_map(|word| rest.strip_prefix(word)).map(str::len);
    let (mut rest, mut found) = (name, name);
    loop {
        let from = |length: usize| &name[name.len() - length..];
        if let Some(length) = lead(rest) {
            (rest, found) = (from(length), from(length));
        } else if let Some(length) = adverb(rest) {
            rest = from(length);
        } else if found.chars().count() >= SHORTEST {
            return found;
        } else {
            return name;
        }
    }
}

/// The ending of 同法, 该条例, 该司法解释 and the like.
fn same(name: &str) -> Option<&'static str> {
    ENDINGS.into_iter().find_map(|ending| {
        let stem = name.strip_suffix(ending)?;
        let stem = stem.strip_suffix("司法").unwrap_or(stem);
        // 但该法, 按同法, never 合同法
        let bare = stem.trim_start_matches([
            '但', '而', '且', '因', '则', '即', '又', '若', '故', '按', '照', '由', '对', '以', '从', '据', '经', '用',
            '将', '把',
        ]);
        matches!(bare, "同" | "该" | "此" | "上述" | "前述" | "前引" | "前揭").then_some(ending)
    })
}

/// Whether a name is 该法, 本条例 and the like, or begins so, whatever stands before (但该法).
fn stands_for_another(name: &str) -> bool {
    let stems = ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending));
    PRONOUNS.iter().any(|pronoun| name.starts_with(pronoun))
        || stems
            .into_iter()
            .any(|stem| stem.ends_with(['本', '该', '此', '其', '这']))
}

/// Where the word at a text's end begins that may be a law's name; `None` when it is too long for one.
fn boundary(before: &str) -> Option<usize> {
    let whole = WHOLE
        .iter()
        .filter(|name| before.ends_with(**name))
        .map(|name| name.len())
        .max();
    let rest = &before[..before.len() - whole.unwrap_or(0)];
    for (count, (at, letter)) in rest.char_indices().rev().enumerate() {
        let end = at + letter.len_utf8();
        if !letter.is_alphabetic() || letter.is_ascii() {
            return Some(end);
        }
        let head = &before[..end];
        // 和 within 共和国 parts nothing.
        if BOUNDARIES.iter().any(|word| head.ends_with(word)) && !(letter == '和' && before[end..].starts_with('国'))
        {
            return Some(end);
        }
        if count == LONGEST_BARE {
            return None;
        }
    }
    Some(0)
}

/// A law's name as it is kept: NFKC, without 中华人民共和国 before it, spaces, and the year of its version; of a short name
/// the full one.
pub(in crate::markdown) fn canonical(name: &str) -> String {
    let name: String = name.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    let name = name
        .strip_prefix("中华人民共和国")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&name);
    let version = |bracket: &str| {
        ["年", "修正", "修订"].iter().any(|word| bracket.contains(word))
            || bracket
                .trim_matches(['(', ')'])
                .bytes()
                .all(|byte| byte.is_ascii_digit())
    };
    let name = match opening(name, LONGEST_QUOTED, ['(', '('], [')', ')']) {
        Some(at) if name.ends_with(')') && version(&name[at..]) => &name[..at],
        _ => name,
    };
    short::full(name).to_owned()
}
