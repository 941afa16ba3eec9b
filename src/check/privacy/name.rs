//! Full names of parties where 某 is expected: 被告人张伟, 被告人系张伟, 张伟（另案处理）.

use crate::check::privacy::Finding;
use crate::check::privacy::evidence::{self, ENDS};
use crate::check::privacy::foreign;
use crate::check::privacy::form::Form;
use crate::check::privacy::office;
use crate::check::privacy::surname::{self, Surname};
use std::ops::Range;

/// The rule's code.
pub const CODE: &str = "privacy-name";

/// Characters between a role and a name: 被告人：张伟, 被告人“张伟”.
const BETWEEN: &str = " :“\"*_([【<《「『|/-=~+>→⇒➡#▶";
/// Words after a role with which it is a label, where a colon ends them: 被告人基本情况：张伟.
const LABELS: [&str; 8] = [
    "基本情况",
    "基本信息",
    "身份情况",
    "身份信息",
    "自然情况",
    "情况",
    "信息",
    "简介",
];
/// Characters of what is said of a person in brackets before his name: 被告人（男，35岁）张伟.
const LONGEST_ASIDE: usize = 20;
/// Words between a role and a name, after which only what ends like a name is one.
const COPULAS: [&str; 29] = [
    "真实姓名",
    "的姓名",
    "之一",
    "姓名",
    "名字",
    "名单",
    "本名",
    "真名",
    "名叫",
    "名为",
    "叫做",
    "原名",
    "曾用名",
    "化名",
    "自报",
    "又名",
    "现名",
    "据称",
    "自称",
    "就是",
    "包括",
    "分别",
    "确系",
    "叫",
    "系",
    "为",
    "是",
    "即",
    "有",
];
/// What separates the names of a list.
const LISTED: [&str; 9] = ["、", ",", ";", "/", "以及", "和", "与", "及", "|"];
/// What tells where a name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// What follows it.
    Sure,
    /// What follows begins with its last character, or after it: 胡榕利用.
    Either,
    /// Nothing.
    Open,
}

/// Names that follow a role, and those that are listed after the first.
pub fn after(form: &Form, at: usize, strong: bool) -> Vec<Finding> {
    let names = |at: &usize| name_at(form, *at).is_some() || masked_at(form, *at).is_some();
    let (from, copula) = skip_between(form, at);
    // 被告人（男，35岁）张伟, 被害人1：王小明
    let past = [past_aside(form, at), past_number(form, at)];
    let mut past = past.into_iter().flatten().map(|at| skip_between(form, at).0);
    // 被害人（系张某之妻）王小明: a masked name in the brackets is not the one that is meant.
    let is_name = |at: usize| name_at(form, at).is_some();
    let behind = past.find(|&at| !is_name(from) && (is_name(at) || names(&at) && !names(&from)));
    let mut at = behind.unwrap_or(from);
    let mut strong = strong && !copula && behind.is_none();
    let mut found = Vec::new();
    let mut listed_by_comma = false;
    loop {
        if let Some((span, ending)) = name_at(form, at) {
            // The first may be followed by anything; those after it must end like names.
            if ending == Ending::Open && !strong || listed_by_comma && !ends_item(form, span.end) {
                break;
            }
            at = span.end;
            found.push(Finding {
                open_ended: ending != Ending::Sure,
                ..Finding::new(CODE, span)
            });
        } else if let Some(end) = masked_at(form, at) {
            at = end;
        } else {
            break;
        }
        strong = false;
        let Some((next, comma)) = next_of_list(form, at) else {
            break;
        };
        // 被告人张某，高中文化: after a masked name a comma may begin anything.
        if comma && found.is_empty() {
            break;
        }
        (at, listed_by_comma) = (next, comma);
    }
    if are_invented(form, at) {
        found.clear();
    }
    found
}

/// Whether a text says of all names of its document that nobody is called so: 文中人名均为化名.
pub fn are_all_invented(text: &str) -> bool {
    const SUBJECTS: [&str; 5] = ["人名", "姓名", "名字", "人物", "当事人"];
    const REACH: usize = 6;
    let said = |(at, _): (usize, &str)| {
        let before: Vec<char> = text[..at].chars().rev().take(REACH).collect();
        let before: String = before.into_iter().rev().collect();
        let verb = before.trim_end_matches(['系', '为', '是', '属', '用', '使', '采']);
        let all = verb.strip_suffix(['均', '都', '皆']);
        all.is_some_and(|subject| SUBJECTS.iter().any(|it| subject.ends_with(it)))
    };
    text.match_indices("化名").chain(text.match_indices("虚构")).any(said)
}

/// Whether the text says of the names before a place that nobody is called so: 均系化名, 为虚构.
fn are_invented(form: &Form, at: usize) -> bool {
    let at = at + usize::from(form.at(at).is_some_and(|it| "均都皆".contains(it)));
    let verb = form.at(at).is_some_and(|it| "系为是属".contains(it));
    verb && ["化名", "虚构", "假名"].iter().any(|word| begins(form, at + 1, word))
}

/// The place after what stands in brackets right after a role.
fn past_aside(form: &Form, at: usize) -> Option<usize> {
    form.at(at).filter(|&sign| "([【〔".contains(sign))?;
    let inside = form.characters[at..]
        .iter()
        .take(LONGEST_ASIDE)
        .position(|&sign| ")]】〕".contains(sign))?;
    Some(at + inside + 1)
}

/// The place after what counts persons of one role: 被害人1：, 被告人甲：, 被告人A; Chinese characters need a colon.
fn past_number(form: &Form, at: usize) -> Option<usize> {
    let rest = form.characters.get(at..)?;
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    match rest {
        _ if (1..=2).contains(&digits) => Some(at + digits),
        ['A'..='Z', next, ..] if !next.is_ascii_alphanumeric() => Some(at + 1),
        [first, ':', ..] if "一二三四五六七八九十甲乙丙丁戊己".contains(*first) => Some(at + 1),
        _ => None,
    }
}

/// The place after what stands between a role and a name, and whether a word does.
fn skip_between(form: &Form, mut at: usize) -> (usize, bool) {
    let mut copula = false;
    loop {
        if form.at(at).is_some_and(|character| BETWEEN.contains(character)) {
            at = past_ordinal(form, at + 1);
            continue;
        }
        let label = LABELS
            .iter()
            .map(|label| at + label.chars().count())
            .find(|&end| form.at(end) == Some(':') && LABELS.contains(&&*form.slice(&(at..end))));
        if let Some(end) = label {
            at = end;
            continue;
        }
        let word = COPULAS.iter().find(|word| begins(form, at, word));
        match word {
            Some(word) => {
                at += word.chars().count();
                // 被害人姓名： is a label and no sentence.
                let closed = usize::from(form.at(at) == Some(')'));
                copula = !(word.ends_with('名') && form.at(at + closed) == Some(':'));
                at += closed;
            }
            None => return (at, copula),
        }
    }
}

/// The place after the number of an entry in a list: 1. or （1）.
fn past_ordinal(form: &Form, at: usize) -> usize {
    let from = at + usize::from(form.at(at) == Some('('));
    let rest = form.characters.get(from..).unwrap_or_default();
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    match rest.get(digits) {
        Some('.' | '、' | ')') if (1..=2).contains(&digits) => from + digits + 1,
        _ => at,
    }
}

fn begins(form: &Form, at: usize, word: &str) -> bool {
    evidence::begins(&form.characters, at, word)
}

/// The end of a masked name, which may stand first in a list: 张某, 李某甲, 王某1.
fn masked_at(form: &Form, at: usize) -> Option<usize> {
    let length = (1..=2).find(|&length| form.at(at + length) == Some('某'))?;
    let mut end = at + length;
    while form
        .at(end)
        .is_some_and(|it| "某甲乙丙丁戊己庚".contains(it) || it.is_ascii_digit())
    {
        end += 1;
    }
    Some(end)
}

/// Where the next name of a list begins, and whether only a comma separates it.
fn next_of_list(form: &Form, at: usize) -> Option<(usize, bool)> {
    let sign = LISTED.iter().find(|sign| begins(form, at, sign))?;
    let mut next = at + sign.chars().count();
    while form.at(next).is_some_and(|it| " \"“”*".contains(it)) {
        next += 1;
    }
    next = past_ordinal(form, next);
    Some((next, matches!(*sign, "," | ";" | "/" | "|")))
}

/// Whether a list may go on after a name, or what persons did follows: 张伟，李强盗窃.
fn ends_item(form: &Form, at: usize) -> bool {
    let rest = form.characters.get(at..).unwrap_or_default();
    rest.is_empty() || "、,;/|和与及等。)】".contains(rest[0]) || evidence::begins_word(&form.characters, at)
}

/// Names with which the title of a case begins: 张伟盗窃案, 张伟、李娜诈骗案. Only a word that goes on a
/// title of a case makes names of them.
pub fn in_title(form: &Form, start: usize) -> Vec<Finding> {
    let rest = form.slice(&(start..form.characters.len()));
    if !rest.contains('案') {
        return Vec::new();
    }
    let goes_on_at = |at: usize| {
        let after = form.slice(&(at..form.characters.len()));
        let after = after.trim_start_matches(['"', '”']);
        evidence::begins_deed(after)
    };
    let names_at = |at: usize| {
        let mut names = after(form, at, false);
        // 李娜案, 张伟诉某局案: the word after a short name is not part of it.
        if let Some(last) = names.last_mut().filter(|last| last.span.len() > 2)
            && goes_on_at(last.span.end - 1)
        {
            last.span.end -= 1;
            last.open_ended = false;
        }
        names
    };
    let goes_on = |names: &[Finding]| names.last().is_some_and(|last| goes_on_at(last.span.end));
    let mut found = names_at(start);
    if !goes_on(&found) {
        found.clear();
    }
    // 张某诉李娜案: the other party.
    for at in (start + 1..form.characters.len()).filter(|&at| matches!(form.characters[at], '诉' | '与' | '和')) {
        let others = names_at(at + 1);
        if goes_on(&others)
            && others
                .iter()
                .all(|other| found.iter().all(|known| known.span != other.span))
        {
            found.extend(others);
        }
    }
    found
}

/// The bracket that opens before a role, where nothing stands between that says of whom it speaks: （系被害人, （男，被害人.
pub fn bracket_of(form: &Form, role: usize) -> Option<usize> {
    let before = form.characters[..role].iter().rev().take(LONGEST_ASIDE);
    let at = role
        - before
            .take_while(|&&sign| !")]】〕。".contains(sign))
            .position(|&sign| "([【〔".contains(sign))?
        - 1;
    let between = form.slice(&(at + 1..role));
    let plain = ["", "系", "均系", "为", "均为", "即", "原审", "另案", "同案"].contains(&&*between);
    (plain || between.starts_with(['男', '女'])).then_some(at)
}

/// The names before a bracket such as （另案处理） or （被害人）, and those that are listed before them.
pub fn before(form: &Form, end: usize) -> Vec<Finding> {
    let mut found: Vec<Finding> = one_before(form, end).into_iter().collect();
    while let Some(start) = found.last().map(|last| last.span.start) {
        let sign = form.before(start).is_some_and(|it| "、和与及,".contains(it));
        match sign.then(|| one_before(form, start - 1)).flatten() {
            Some(another) => found.push(another),
            None => break,
        }
    }
    found
}

/// The place after 姓名 where a role is what 身份 says of the same person: 姓名：王小明 身份：被害人.
pub fn of_identity(form: &Form, role: usize) -> Option<usize> {
    const REACH: usize = 60;
    let labels = ["身份:", "角色:", "地位:", "类别:"];
    let label = form.slice(&(role.checked_sub(3)?..role));
    let from = role.saturating_sub(REACH);
    let before = form.slice(&(from..role));
    let at = before.rfind("姓名").filter(|_| labels.contains(&&*label))?;
    Some(from + before[..at].chars().count() + 2)
}

/// Whether a role stands between commas behind a name: 张伟，被告人，男.
pub fn is_apposition(form: &Form, role: &Range<usize>) -> bool {
    form.before(role.start) == Some(',') && form.at(role.end).is_none_or(|next| next == ',')
}

/// The name before a place.
fn one_before(form: &Form, end: usize) -> Option<Finding> {
    if let Some(start) = foreign::before(form, end) {
        return Some(Finding::new(CODE, start..end));
    }
    let starts = (2..=4).rev().filter_map(|length| end.checked_sub(length));
    let fits = |&start: &usize| {
        let parted = match start.checked_sub(1).map(|at| form.characters[at]) {
            None => true,
            Some(character) => {
                ENDS.contains(character) || "与和同及由向被对让给将把从跟找为系见的是有人".contains(character)
            }
        };
        let name = &form.characters[start..end];
        let Some(Surname::Likely(surname)) = surname::of(name) else {
            return false;
        };
        let given = &name[surname..];
        parted && (1..=2).contains(&given.len()) && given.iter().all(|&character| surname::is_given(character))
    };
    let start = starts.into_iter().find(fits)?;
    // 许某、程某甲 are masked; 金钱方 and the like are no names.
    let tail = form.characters[end - 1];
    let no_name = form.characters[start..end].contains(&'某') || "方员者民户款物案".contains(tail);
    (!no_name && !office::is_one(&form.characters[start..], end - start)).then(|| Finding::new(CODE, start..end))
}

/// The name that begins at a place, and what tells that it ends where it does. After the colon of a label, or in a cell
/// that says whose name it is, the end of the clause speaks for a doubtful one.
fn name_at(form: &Form, at: usize) -> Option<(Range<usize>, Ending)> {
    let rest = form.characters.get(at..)?;
    if let Some(length) = foreign::length(rest, |length| evidence::is_end(rest, length)) {
        return Some((at..at + length, Ending::Sure));
    }
    let labelled = form.before(at) == Some(':');
    let (length, ending) = match surname::of(rest) {
        Some(Surname::Likely(surname)) => {
            likely(rest, surname).or_else(|| spoken_of(rest, labelled).map(|length| (length, Ending::Sure)))?
        }
        Some(Surname::Doubtful) => {
            let length = doubtful(rest, labelled).or_else(|| spoken_of(rest, labelled))?;
            (length, Ending::Sure)
        }
        Some(Surname::Word) | None => {
            let length = introduced(rest).or_else(|| spoken_of(rest, labelled))?;
            (length, Ending::Sure)
        }
    };
    (!office::is_one(rest, length)).then_some((at..at + length, ending))
}

/// The length of a name after a surname that begins few other words, and what tells where it ends.
fn likely(rest: &[char], surname: usize) -> Option<(usize, Ending)> {
    // 张　伟 is set wide.
    let gap = usize::from(rest.get(surname) == Some(&' ') && rest.get(surname + 1).is_some());
    let first = surname + gap;
    if !rest.get(first).copied().is_some_and(surname::is_given) {
        return None;
    }
    let second = gap == 0 && rest.get(first + 1).copied().is_some_and(surname::is_given);
    let follows = second && evidence::follows(rest[first + 1]);
    let (length, ending) = if second && !follows && evidence::is_end(rest, first + 2) {
        let either = !evidence::is_end_of_clause(rest, first + 2) && evidence::begins_word(rest, first + 1);
        (first + 2, if either { Ending::Either } else { Ending::Sure })
    } else if evidence::is_end(rest, first + 1) {
        (first + 1, Ending::Sure)
    } else if second {
        (first + 2, Ending::Open)
    } else {
        return None;
    };
    // 被害人金手镯一只: who is called so is introduced, or acts.
    if evidence::has_particulars(rest, length) || evidence::acts(rest, length) {
        return Some((length, ending));
    }
    match rest[first..length] {
        [one, ..] if surname::is_seldom_given(one) => None,
        // 张伟骗取: the next word begins.
        [_, other] if surname::is_seldom_given(other) => Some((first + 1, Ending::Open)),
        _ => Some((length, ending)),
    }
}

/// The length of a name after a surname that begins other words just as well: 于海波盗窃.
fn doubtful(rest: &[char], labelled: bool) -> Option<usize> {
    let is_name = |&length: &usize| {
        let given = rest.get(1..length).unwrap_or_default();
        let plain = given.len() + 1 == length && given.iter().all(|&it| surname::is_given(it) || it == '人');
        let acts = || evidence::acts(rest, length) && surname::is_usual(given);
        let seldom = || given.iter().any(|&it| surname::is_seldom_given(it) || it == '人');
        let alone = || labelled && evidence::is_end_of_clause(rest, length) && !seldom();
        plain && (evidence::has_particulars(rest, length) || acts() || alone())
    };
    [3, 2].into_iter().find(is_name)
}

/// The length of what is a name only because the particulars of a person follow it: 高峰，男.
fn introduced(rest: &[char]) -> Option<usize> {
    // 小田 and 阿强 are no names.
    let first = *rest
        .first()
        .filter(|&&first| surname::is_given(first) && !"小阿老".contains(first))?;
    let is_name = |&length: &usize| {
        let given = rest.get(1..length).unwrap_or_default();
        given.len() + 1 == length
            && given.iter().all(|&it| surname::is_given(it))
            && evidence::has_particulars(rest, length)
    };
    [3, 2].into_iter().find(is_name).filter(|_| first != '某')
}

/// The length of a name of three characters whose first, or whose first two, are a word: 单立人陈述, 于海波在家中. Its given
/// name is one as most are, and the sentence goes on as after a person.
fn spoken_of(rest: &[char], labelled: bool) -> Option<usize> {
    const LENGTH: usize = 3;
    let surname = *rest.first().filter(|&&first| surname::is_one(first))?;
    let given = rest.get(1..LENGTH).filter(|given| surname::is_usual(given))?;
    // 和小红在学校: another person.
    let other = "和向从".contains(surname) && given.first() == Some(&'小');
    let goes_on = [
        evidence::has_particulars,
        evidence::acts,
        evidence::goes_on,
        goes_on_with_name,
    ]
    .iter()
    .any(|tells| tells(rest, LENGTH));
    let alone = labelled && evidence::is_end_of_clause(rest, LENGTH);
    (!other && (goes_on || alone)).then_some(LENGTH)
}

/// Whether another person follows in a list: 、李强, 、王某.
fn goes_on_with_name(rest: &[char], length: usize) -> bool {
    let Some(('、', next)) = rest
        .get(length..)
        .and_then(|rest| rest.split_first())
        .map(|(sign, next)| (*sign, next))
    else {
        return false;
    };
    let Some(Surname::Likely(surname)) = surname::of(next) else {
        return false;
    };
    next.get(surname) == Some(&'某') || likely(next, surname).is_some_and(|(_, ending)| ending == Ending::Sure)
}
