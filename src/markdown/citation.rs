//! Articles of law that a text cites: 《刑法》第二百六十四条, 刑法第264条、第266条, 第一百二十条之一.

mod series;

use super::Citation;
use crate::text::numeral;
use series::{Series, is_numeral};
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Ends of the names of laws that are written without 《》.
const ENDINGS: [&str; 9] = ["法典", "办法", "法", "通则", "总则", "条例", "规定", "解释", "规则"];

/// Words that stand before a law's name and are no part of it.
const BOUNDARIES: [&str; 44] = [
    "具备",
    "具有",
    "超过",
    "超出",
    "达到",
    "视为",
    "收到",
    "遵守",
    "违背",
    "依据",
    "根据",
    "按照",
    "依照",
    "违反",
    "适用",
    "触犯",
    "符合",
    "参照",
    "比照",
    "对照",
    "援引",
    "引用",
    "构成",
    "属于",
    "认为",
    "认定为",
    "鉴于",
    "把握",
    "现行",
    "我国",
    "或者",
    "以及",
    "和",
    "及",
    "与",
    "或",
    "的",
    "了",
    "是",
    "在",
    "依",
    "即",
    "但",
    "而",
];

/// What stands in place of a name: the law is another text's matter.
const PRONOUNS: [&str; 12] = [
    "本", "该", "此", "其", "同", "这", "各", "前述", "上述", "有关", "相关", "以上",
];

/// Laws whose names end no longer name: what stands before one, as in 新刑法 or 因对刑法, is not part of it.
const BASIC: [&str; 7] = [
    "宪法",
    "刑法",
    "民法典",
    "民法通则",
    "刑事诉讼法",
    "民事诉讼法",
    "行政诉讼法",
];

/// What numbers with 条 count that are no articles: 三十二条线索.
const THINGS: [&str; 12] = [
    "线索", "意见", "建议", "措施", "经验", "信息", "消息", "新闻", "记录", "举措", "具体", "硬",
];

/// Words between an article and what it is in a later version: 第三条（现为2021年修正后的第五条）.
const REVISED: [&str; 7] = ["现为", "年修正后", "年修订后", "年修改后", "修正后", "修订后", "修改后"];

/// The words that citations are read by, each list by its name.
pub(crate) const WORDS: [(&str, &[&str]); 6] = [
    ("ENDINGS", &ENDINGS),
    ("BOUNDARIES", &BOUNDARIES),
    ("PRONOUNS", &PRONOUNS),
    ("BASIC", &BASIC),
    ("THINGS", &THINGS),
    ("REVISED", &REVISED),
];

/// Longest name without 《》, in characters.
const LONGEST_BARE: usize = 30;

/// Longest name in 《》, in bytes: room for eighty characters.
const LONGEST_QUOTED: usize = 240;

/// Longest text between two articles of one law, in bytes: 第一款、第三款第（二）项，以及.
const LONGEST_JOINT: usize = 120;

/// The articles of law that texts cite, in order, each once. A law named in one text is not taken over into the next.
pub fn citations<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Citation> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for text in texts {
        cited(text, |citation, _| {
            if !seen.contains(&citation) {
                seen.insert(citation.clone());
                all.push(citation);
            }
        });
    }
    all
}

/// The articles that a text names, of whatever law and in lists and ranges too, in canonical form: `264条`, `120条-1`.
pub fn named_articles(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('第') {
        at += found;
        let series = series::read(text, at);
        at += '第'.len_utf8();
        if let Some(series) = series {
            all.extend(series.articles.into_iter().map(|(article, _)| article));
            at = at.max(series.end);
        }
    }
    all
}

/// The citations of one text, each with the bytes of its article: 第, or its number where a list leaves that out, to
/// the end of its number. What a range leaves out (第二十一条 in 第二十条至第二十三条) has the place of the range.
pub fn citation_spans(text: &str) -> Vec<(Citation, Range<usize>)> {
    let mut all = Vec::new();
    cited(text, |citation, span| all.push((citation, span)));
    all
}

/// Tells every citation of one text and where its article stands.
fn cited(text: &str, mut tell: impl FnMut(Citation, Range<usize>)) {
    if !text.contains('条') {
        return;
    }
    let mut laws = Laws::default();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let Some(series) = series::read(text, start) else {
            at = after_number(text, start);
            continue;
        };
        match laws.of(text, start, &series) {
            Some(law) => {
                for (article, span) in series.articles {
                    let law = law.clone();
                    tell(Citation { law, article }, span);
                }
                at = series.end;
            }
            None => at = after_number(text, start),
        }
    }
}

/// Where articles may begin: at 第, or at a number after the name of a law or within a list.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut before = text[..from].chars().rev().find(|letter| *letter != ' ').unwrap_or(' ');
    for (at, letter) in text[from..].char_indices() {
        if letter == '第' {
            return Some(from + at);
        }
        let may_begin = matches!(
            before,
            '》' | '法' | '典' | '则' | '）' | ')' | '、' | '，' | ',' | '/' | '和' | '及' | '与' | '或' | '者'
        );
        if may_begin && is_numeral(letter) {
            return Some(from + at);
        }
        if letter != ' ' {
            before = letter;
        }
    }
    None
}

/// The offset after the 第 and the number that stand at an offset.
fn after_number(text: &str, start: usize) -> usize {
    let rest = text[start..].strip_prefix('第').unwrap_or(&text[start..]);
    let begin = text.len() - rest.len();
    let after = begin + rest.len() - rest.trim_start_matches(is_numeral).len();
    after.max(start + 1)
}

/// The laws that a text has named so far.
#[derive(Default)]
struct Laws {
    /// That of the last article, and where that ends: a list goes on with it.
    open: Option<(String, usize)>,
    /// The last that was cited, and where: 同法, 该法.
    last: Option<(String, usize)>,
}

impl Laws {
    /// The law that articles belong to which begin at an offset.
    fn of(&mut self, text: &str, start: usize, series: &Series) -> Option<String> {
        let before = &text[..start];
        let ordinal = text[start..].starts_with('第');
        if !ordinal && counts_things(&text[series.end..]) {
            return None;
        }
        let law = match named(before) {
            Named::Law(law, plain) => (ordinal || plain).then_some(law),
            Named::Same(ending) => self.same(before, ending),
            Named::Elsewhere => None,
            Named::Not => {
                let open = self.open.take();
                let open = open.filter(|(_, end)| is_joint(&text[*end..start]));
                let listed = ordinal
                    || ['、', '，', ',', '/', '和', '及', '与', '或']
                        .iter()
                        .any(|mark| before.trim_end().ends_with(*mark))
                    || before.trim_end().ends_with("或者");
                open.filter(|_| listed).map(|(law, _)| law)
            }
        };
        self.open = law.clone().map(|law| (law, series.end));
        if self.open.is_some() {
            self.last.clone_from(&self.open);
        }
        law
    }

    /// 同法, 该条例: the last law that was cited or named in 《》, if it is of that kind.
    fn same(&self, before: &str, ending: &str) -> Option<String> {
        /// Bytes back to the name of a law that a pronoun stands for.
        const FARTHEST: usize = 1500;
        let mut from = before.len().saturating_sub(FARTHEST);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        let from = self.last.as_ref().map_or(from, |(_, end)| from.max(*end));
        let named = before[from..]
            .rfind('》')
            .and_then(|at| quoted(&before[..from + at]))
            .map(canonical);
        let law = named.or_else(|| self.last.as_ref().map(|(law, _)| law.clone()))?;
        let kind = law.split('(').next().unwrap_or(&law);
        (kind.ends_with(ending) || ending == "法" && kind.ends_with("法典")).then_some(law)
    }
}

/// Whether what follows a number with 条 is counted by it: 三十二条线索.
fn counts_things(rest: &str) -> bool {
    THINGS.iter().any(|thing| rest.starts_with(thing))
}

/// Which law a text names at its end.
enum Named<'a> {
    /// A law, and whether its name stands so plainly that a number may follow without 第: 刑法264条.
    Law(String, bool),
    /// 同法, 该解释: the one before, if it has that ending.
    Same(&'a str),
    /// 本法, 其规定: one that can't be told from here.
    Elsewhere,
    Not,
}

fn named(before: &str) -> Named<'_> {
    let before = without_part(without_chapter(before.trim_end()));
    let before = before.strip_suffix('的').unwrap_or(before);
    // 《刑法》（第264条）, 刑法“第264条”
    let before = before
        .strip_suffix(['（', '(', '“', '「'])
        .map_or(before, str::trim_end);
    let bare = without_bracket(before);
    for candidate in [before, bare] {
        if let Some(name) = candidate.strip_suffix('》') {
            return quoted(name).map_or(Named::Not, |name| Named::Law(canonical(name), true));
        }
    }
    unquoted(bare)
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
fn quoted(name: &str) -> Option<&str> {
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

/// A law's name without 《》, from a boundary to the text's end.
fn unquoted(before: &str) -> Named<'_> {
    if !ENDINGS.iter().any(|ending| before.ends_with(ending)) {
        return Named::Not;
    }
    let Some(start) = boundary(before) else {
        return Named::Not;
    };
    let name = without_lead(before[start..].trim_start_matches("中华人民共和国"));
    if let Some(basic) = BASIC.iter().find(|basic| name.ends_with(*basic)) {
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

/// The ending of 同法, 该条例, 该司法解释 and the like.
fn same(name: &str) -> Option<&'static str> {
    ENDINGS.into_iter().find_map(|ending| {
        let stem = name.strip_suffix(ending)?;
        let stem = stem.strip_suffix("司法").unwrap_or(stem);
        // 但该法, 而同法, never 合同法
        let bare = stem.trim_start_matches(['但', '而', '且', '因', '则', '即', '又', '若', '故']);
        matches!(bare, "同" | "该" | "此").then_some(ending)
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
    for (count, (at, letter)) in before.char_indices().rev().enumerate() {
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

/// A law's name as it is kept: NFKC, without 中华人民共和国 before it, spaces, and the year of its version.
fn canonical(name: &str) -> String {
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
    match opening(name, LONGEST_QUOTED, ['(', '('], [')', ')']) {
        Some(at) if name.ends_with(')') && version(&name[at..]) => name[..at].to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether what stands between two articles only lists: 、 和 第一款 （二）项, or leads to another version.
fn is_joint(between: &str) -> bool {
    if between.len() > LONGEST_JOINT {
        return false;
    }
    let revised = |text: String, word: &&str| text.replace(*word, "");
    REVISED.iter().fold(between.to_owned(), revised).chars().all(|letter| {
        numeral::is_part(letter)
            || letter.is_whitespace()
            || "、，,/和及以与或者至到-—～~第款项目（）()前中的".contains(letter)
    })
}

#[cfg(test)]
mod tests;
