//! Full names of parties where 某 is expected: what is one, and where it ends.

use crate::check::privacy::evidence;
use crate::check::privacy::foreign;
use crate::check::privacy::form::Form;
use crate::check::privacy::surname::{self, Surname};
use std::ops::Range;

/// The rule's code.
pub const CODE: &str = "privacy-name";

/// Blanks within a name that is set wide, at most.
const WIDEST: usize = 3;
/// Characters of a text that are looked at for a name and what follows it.
const REACH: usize = 24;
/// Characters with which words for persons and things at large end: 金钱方.
const TAILS: &str = "方员者民户款物案";

/// What tells where a name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// What follows it.
    Sure,
    /// What follows begins with its last character, or after it: 胡榕利用.
    Either,
    /// Nothing.
    Open,
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

/// The end of a masked name, which may stand first in a list: 张某, 李某甲, 王某1.
pub fn masked_at(form: &Form, at: usize) -> Option<usize> {
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
pub fn name_at(form: &Form, at: usize) -> Option<(Range<usize>, Ending)> {
    let rest = form.characters.get(at..)?;
    if let Some(length) = foreign::length(rest, |length| evidence::is_end(rest, length)) {
        return Some((at..at + length, Ending::Sure));
    }
    let labelled = form.before(at) == Some(':');
    let Some(blanks) = set_wide(rest) else {
        return of_characters(rest, labelled).map(|(length, ending)| (at..at + length, ending));
    };
    let closed = without(rest, &blanks);
    let (length, ending) = of_characters(&closed, labelled)?;
    (ending == Ending::Sure).then(|| (at..at + length + blanks.len(), ending))
}

/// The blanks after the surname of a name that is set wide: 张　建国.
pub fn set_wide(rest: &[char]) -> Option<Range<usize>> {
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
pub fn without(rest: &[char], blanks: &Range<usize>) -> Vec<char> {
    let behind = rest[blanks.end..].iter().take(REACH);
    rest[..blanks.start].iter().chain(behind).copied().collect()
}

fn of_characters(rest: &[char], labelled: bool) -> Option<(usize, Ending)> {
    let (length, ending) = match surname::of(rest) {
        Some(Surname::Likely(surname)) => likely(rest, surname)?,
        Some(Surname::Doubtful) => (doubtful(rest, labelled)?, Ending::Sure),
        Some(Surname::Word) => {
            let length = introduced(rest).or_else(|| in_spite_of_word(rest, labelled))?;
            (length, Ending::Sure)
        }
        None => (introduced(rest)?, Ending::Sure),
    };
    (!is_office(rest, length)).then_some((length, ending))
}

/// A name among those of a list, whose place speaks for one that begins like a word: 、于文星、安宁、. Of a word nothing but
/// a full name beside it makes a name.
pub fn among_names(form: &Form, at: usize, beside_full: bool) -> Option<Range<usize>> {
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
    (!is_office(rest, length)).then(|| at..at + length)
}

/// Whether a character ends words for persons or things at large.
pub fn is_tail(last: char) -> bool {
    TAILS.contains(last)
}

/// Whether characters may be a given name and end no word for persons or things at large.
pub fn is_plain(given: &[char]) -> bool {
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

/// The length of a name that begins like a word where its bearer acts, or a label asks for a name: 成文星盗窃.
fn in_spite_of_word(rest: &[char], labelled: bool) -> Option<usize> {
    const LENGTH: usize = 3;
    let given = rest.get(1..LENGTH)?;
    let told = evidence::acts(rest, LENGTH) || (labelled && evidence::is_end_of_clause(rest, LENGTH));
    (told && is_plain(given) && surname::is_usual(given)).then_some(LENGTH)
}

/// What people are called after their surname alone.
const TITLES: &str = "老师 先生 女士 小姐 医生 同志 法官 检察官 警官 主任 经理";

/// Whether what looks like a name is an office, a firm, a place or masked: 张某, 江苏某公司, 石林县.
pub fn is_office(rest: &[char], length: usize) -> bool {
    const TAILS: [&str; 17] = [
        "公司",
        "集团",
        "县",
        "市",
        "省",
        "区",
        "镇",
        "乡",
        "村",
        "厂",
        "局",
        "银行",
        "商店",
        "超市",
        "酒店",
        "律师",
        "合作社",
    ];
    let masked = rest
        .iter()
        .take(length + 1)
        .any(|character| "某×XＸ*氏".contains(*character))
        || is_lettered(rest, length);
    // 许某甲 is masked, and so is 郑一庚（化名）.
    let aside: String = rest.iter().skip(length).take(4).collect();
    let named = |at: usize| {
        let text: String = rest.iter().skip(at).take(3).collect();
        TAILS.iter().any(|office| text.starts_with(office))
    };
    // 张伟诉某局案: what begins another word is not an office of his.
    let reach = if rest.get(length) == Some(&'诉') {
        length
    } else {
        length + 3
    };
    // 陈老师 is called by what he is.
    let titled = TITLES.split_whitespace().any(|title| evidence::begins(rest, 1, title));
    masked
        || titled
        || aside.starts_with("(化名)")
        || (1..reach)
            .take_while(|&at| rest.get(at).is_some_and(|&it| surname::is_given(it)))
            .any(named)
}

/// Whether a letter of the ten stems stands in the place of a given name: 张甲, but not 胡甲武.
fn is_lettered(rest: &[char], length: usize) -> bool {
    let is_letter = |it: &char| "甲乙丙丁".contains(*it);
    match rest.get(1..length) {
        Some([first, last]) if is_letter(first) && surname::is_usual(&[*last]) => false,
        _ => rest.iter().take(length + 1).any(|it| is_letter(it)),
    }
}
