//! Full names of parties where 某 is expected: what is one, and where it ends.

use crate::check::privacy::evidence;
use crate::check::privacy::foreign;
use crate::check::privacy::form::Form;
use crate::check::privacy::office;
use crate::check::privacy::surname::{self, Surname};
use std::ops::Range;

/// The rule's code.
pub(super) const CODE: &str = "privacy-name";

/// Blanks within a name that is set wide, at most.
const WIDEST: usize = 3;
/// Characters of a text that are looked at for a name and what follows it.
const REACH: usize = 24;
/// Characters with which words for persons and things at large end: 金钱方.
const TAILS: &str = "方员者民户款物案";

/// Characters with which words for what people do, or come from, end: 施工员，女, 厨师，男.
const TRADES: &str = "员者户工师匠贩商族籍手";
/// Such words that end otherwise.
const STATIONS: &str = "农民 学生 司机 文盲 会计 保安 经理 务农 经商 职工 干部 群众 退休 待业 店主 厂长 主任 出纳 保姆 护工 护士 医生 军人 律师 记者 小学 大学 大专 中专 \
    初中 高中 本科 硕士 博士 已婚 未婚 离异 丧偶 成年 青年 少年 儿童 幼儿 老人 快递 个体 同事 邻居 村支书 居民 村民 渔民 牧民 市民 公民 华侨";

/// What tells where a name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// What follows it.
    Sure,
    /// What follows begins with its last character, or after it: 胡榕利用.
    Either,
    /// Nothing.
    Open,
}

/// Whether a text says of all names of its document that nobody is called so: 文中人名均为化名.
pub(super) fn are_all_invented(text: &str) -> bool {
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

/// The end of a masked name, which may stand first in a list: 张某, 李某甲, 王某1.
pub(super) fn masked_at(form: &Form, at: usize) -> Option<usize> {
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

/// The name that begins at a place, and what tells that it ends where it does. After the colon of a label, or in a cell
/// that says whose name it is, the end of the clause speaks for a doubtful one.
pub(super) fn name_at(form: &Form, at: usize) -> Option<(Range<usize>, Ending)> {
    let rest = form.characters.get(at..)?;
    if let Some(length) = foreign::length(rest, |length| evidence::is_end(rest, length)) {
        return Some((at..at + length, Ending::Sure));
    }
    let labelled = is_labelled(form, at);
    let Some(blanks) = set_wide(rest) else {
        return of_characters(rest, labelled).map(|(length, ending)| (at..at + length, ending));
    };
    let closed = without(rest, &blanks);
    let (length, ending) = of_characters(&closed, labelled)?;
    (ending == Ending::Sure).then(|| (at..at + length + blanks.len(), ending))
}

/// Whether a label ends right before a place, or before the number of an entry there: 证人：3、于海.
pub(super) fn is_labelled(form: &Form, at: usize) -> bool {
    let before = form.characters[..at].iter().rev().take(REACH);
    let mut rest = before.skip_while(|it| it.is_ascii_digit() || "、.)(一二三四五六七八九十".contains(**it));
    rest.next() == Some(&':')
}

/// The blanks after the surname of a name that is set wide: 张　建国.
pub(super) fn set_wide(rest: &[char]) -> Option<Range<usize>> {
    let surname = match surname::of(rest)? {
        Surname::Likely(length) => length,
        Surname::Doubtful => 1,
        Surname::Word => return None,
    };
    let behind = rest.get(surname..)?;
    let blanks = behind.iter().take_while(|it| **it == ' ').count();
    let given = behind.get(blanks).is_some_and(|it| surname::is_given(*it));
    (given && (1..=WIDEST).contains(&blanks)).then_some(surname..surname + blanks)
}

/// The beginning of a text without some of its characters.
pub(super) fn without(rest: &[char], blanks: &Range<usize>) -> Vec<char> {
    let behind = rest[blanks.end..].iter().take(REACH);
    rest[..blanks.start].iter().chain(behind).copied().collect()
}

fn of_characters(rest: &[char], labelled: bool) -> Option<(usize, Ending)> {
    let spoken_of = || spoken_of(rest, labelled);
    let (length, ending) = match surname::of(rest) {
        Some(Surname::Likely(surname)) => {
            likely(rest, surname).or_else(|| spoken_of().map(|length| (length, Ending::Sure)))?
        }
        Some(Surname::Doubtful) => (doubtful(rest, labelled).or_else(spoken_of)?, Ending::Sure),
        Some(Surname::Word) => {
            let named = introduced(rest).or_else(|| in_spite_of_word(rest, labelled));
            (named.or_else(spoken_of)?, Ending::Sure)
        }
        None => (introduced(rest).or_else(spoken_of)?, Ending::Sure),
    };
    (!office::is_one(rest, length)).then_some((length, ending))
}

/// Whether a name of three characters whose given name is one as most are begins at a place.
pub(super) fn is_usual_at(form: &Form, at: usize) -> bool {
    const LENGTH: usize = 3;
    let named = name_at(form, at).is_some_and(|(span, _)| span.len() == LENGTH);
    named && form.characters.get(at + 1..at + LENGTH).is_some_and(surname::is_usual)
}

/// A name among those of a list, whose place speaks for one that begins like a word: 、于文星、安宁、. Of a word nothing but
/// a full name beside it makes a name.
pub(super) fn among_names(form: &Form, at: usize, beside_full: bool) -> Option<Range<usize>> {
    let rest = form.characters.get(at..)?;
    let surname = surname::of(rest).filter(|surname| !matches!(surname, Surname::Likely(_)))?;
    let is_name = |&length: &usize| {
        let given = rest.get(1..length).unwrap_or_default();
        let usual = surname::is_usual(given);
        let speaks = match surname {
            Surname::Word => beside_full && usual,
            _ => given.len() == 2 || beside_full || usual,
        };
        given.len() + 1 == length && speaks && is_plain(given) && evidence::ends_item(rest, length)
    };
    let length = [3, 2].into_iter().find(is_name)?;
    (!office::is_one(rest, length)).then(|| at..at + length)
}

/// Whether a character ends words for persons or things at large.
pub(super) fn is_tail(last: char) -> bool {
    TAILS.contains(last)
}

/// Whether characters may be a given name and end no word for persons or things at large.
pub(super) fn is_plain(given: &[char]) -> bool {
    let fits = |it: &char| surname::is_given(*it) && !surname::is_seldom_given(*it);
    given.iter().all(fits) && given.last().is_some_and(|last| !is_tail(*last))
}

/// The length of a name after a surname that begins few other words, and what tells where it ends.
fn likely(rest: &[char], surname: usize) -> Option<(usize, Ending)> {
    let first = surname;
    if !rest.get(first).copied().is_some_and(surname::is_given) {
        return None;
    }
    let second = rest.get(first + 1).copied().is_some_and(surname::is_given);
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
        let plain = plain && !is_station(&rest[..length.min(rest.len())]);
        let acts = || evidence::acts(rest, length) && surname::is_usual(given);
        let seldom = || given.iter().any(|&it| surname::is_seldom_given(it) || it == '人');
        let alone = || labelled && evidence::is_end_of_clause(rest, length) && !seldom();
        plain && (evidence::has_particulars(rest, length) || acts() || alone())
    };
    [3, 2].into_iter().find(is_name)
}

/// Whether a word says what somebody is: 农民, 施工员.
fn is_station(word: &[char]) -> bool {
    let is_word = |station: &str| word.iter().copied().eq(station.chars());
    word.last().is_some_and(|last| TRADES.contains(*last)) || STATIONS.split_whitespace().any(is_word)
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
            && !is_station(&rest[..length])
    };
    [3, 2].into_iter().find(is_name).filter(|_| first != '某')
}

/// The length of a name that begins like a word where its bearer acts, or a label asks for a name: 成文星盗窃.
fn in_spite_of_word(rest: &[char], labelled: bool) -> Option<usize> {
    const LENGTH: usize = 3;
    let given = rest.get(1..LENGTH)?;
    let told = evidence::acts(rest, LENGTH) || (labelled && evidence::is_end_of_clause(rest, LENGTH));
    (told && is_plain(given) && surname::is_usual(given)).then_some(LENGTH)
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
    // 、商文星: any surname before a given name as most are.
    let usual = next.first().is_some_and(|&it| surname::is_one(it)) && next.get(1..3).is_some_and(surname::is_usual);
    let Some(Surname::Likely(surname)) = surname::of(next) else {
        return usual;
    };
    next.get(surname) == Some(&'某') || likely(next, surname).is_some_and(|(_, ending)| ending == Ending::Sure)
}
