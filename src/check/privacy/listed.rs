//! The names that follow a role, each of a list: 被告人张伟（男）、李强, 被告人：1.张伟 2.李强.

use super::name::{self, CODE, Ending, masked_at, name_at};
use super::title::body_at;
use crate::check::privacy::Finding;
use crate::check::privacy::evidence;
use crate::check::privacy::form::Form;
use crate::check::privacy::surname;
use std::ops::Range;

/// Characters between a role and a name: 被告人：张伟, 被告人“张伟”.
const BETWEEN: &str = " :“‘\"*_([【〔<〈《「『|/-=~+>→⇒➡#▶.@$^";
/// Words after a role with which it is a label, where a colon ends them: 被告人基本情况：张伟.
const LABELS: [&str; 12] = [
    "签字",
    "签名",
    "签章",
    "确认",
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
const COPULAS: [&str; 32] = [
    "以下简称",
    "下称",
    "简称",
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

/// An entry of a list that has begun.
const AMONG: Beside = Beside {
    full: true,
    labelled: false,
};

/// What joins an entry of a list to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// 、 or a word for and: nothing but a list goes on so.
    Listed,
    /// A comma: anything may follow.
    Loose,
    /// A semicolon and the like: after a label, in a cell, it separates entries.
    Separated,
    /// A number of its own.
    Numbered,
    /// A blank: only what is nothing but a name is one.
    Blank,
    /// A sentence about the one before it: the next is introduced as it was.
    Introduced,
}

/// Names that follow a role, and those that are listed after the first.
pub(super) fn after(form: &Form, at: usize, strong: bool) -> Vec<Finding> {
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
    let labelled = name::is_labelled(form, at);
    let mut found = Vec::new();
    let mut link = None;
    loop {
        if let Some((span, ending)) = entry_at(
            form,
            at,
            link,
            Beside {
                full: !found.is_empty(),
                labelled,
            },
        ) {
            // The first may be followed by anything; those after it must end like names.
            if ending == Ending::Open && !strong {
                break;
            }
            at = span.end;
            found.push(Finding {
                open_ended: ending != Ending::Sure,
                ..Finding::new(CODE, span)
            });
        } else if let Some(end) =
            masked_at(form, at).or_else(|| body_at(form, at).filter(|_| link == Some(Link::Listed)))
        {
            at = end;
        } else {
            break;
        }
        found.extend(other_name(form, at, !found.is_empty()));
        strong = false;
        let Some((next, by)) = next_of_list(form, at) else {
            break;
        };
        // 被告人张某，高中文化: after a masked name a comma may begin anything.
        if matches!(by, Link::Loose | Link::Separated) && found.is_empty() {
            break;
        }
        (at, link) = (next, Some(by));
    }
    if are_invented(form, at) {
        found.clear();
    }
    found
}

/// What speaks for an entry of a list besides itself.
#[derive(Debug, Clone, Copy)]
struct Beside {
    /// A full name stands in the list.
    full: bool,
    /// A label or the header of a cell asks for names alone.
    labelled: bool,
}

/// The name that an entry of a list is, by what joins it to the one before.
fn entry_at(form: &Form, at: usize, link: Option<Link>, beside: Beside) -> Option<(Range<usize>, Ending)> {
    let named = name_at(form, at);
    let rest = &form.characters;
    let among = || Some((name::among_names(form, at, beside.full)?, Ending::Sure));
    let alone = || {
        let (span, ending) = among().filter(|_| beside.labelled)?;
        evidence::is_end_of_clause(rest, span.end).then_some((span, ending))
    };
    let ends = |(span, ending): &(Range<usize>, Ending)| *ending != Ending::Open && evidence::ends_item(rest, span.end);
    match link {
        None => named,
        Some(Link::Listed) => named.or_else(among),
        Some(Link::Loose) => named.filter(ends),
        Some(Link::Numbered) => named.or_else(among).filter(ends),
        Some(Link::Separated) => named.filter(ends).or_else(alone),
        Some(Link::Blank) => named.or_else(alone).filter(|(span, _)| is_nothing_else(form, span)),
        Some(Link::Introduced) => named.filter(|(span, _)| evidence::has_particulars(rest, span.end)),
    }
}

/// Whether what looks like a name between blanks is hardly a word.
fn is_nothing_else(form: &Form, span: &Range<usize>) -> bool {
    let given = form.characters.get(span.start + 1..span.end).unwrap_or_default();
    let given: Vec<char> = given.iter().copied().filter(|it| *it != ' ').collect();
    let usual = given.len() > 1 || surname::is_usual(&given);
    usual && name::is_plain(&given) && evidence::is_end_of_clause(&form.characters, span.end)
}

/// What else the bearer of a name that ends at a place is called: （曾用名张卫国）, ，男，又名张卫国.
fn other_name(form: &Form, at: usize, real: bool) -> Option<Finding> {
    const WORDS: [&str; 9] = [
        "曾用名",
        "又名",
        "原名",
        "别名",
        "本名",
        "真名",
        "自报名",
        "自报姓名",
        "化名",
    ];
    const REACH: usize = 30;
    let rest = form.characters.get(at..)?;
    let clause = rest.iter().take(REACH).take_while(|it| !"。;、".contains(**it)).count();
    let told = (0..clause).find_map(|place| {
        let word = WORDS.iter().find(|word| evidence::begins(rest, place, word))?;
        // 王某（化名李明）: the author calls him so.
        (*word != "化名" || real).then(|| at + place + word.chars().count())
    });
    let (span, ending) = name_at(form, skip_between(form, told?).0)?;
    (ending == Ending::Sure).then(|| Finding::new(CODE, span))
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
            .filter_map(|label| end_of(form, at, label))
            .find(|&end| form.at(end) == Some(':'));
        if let Some(end) = label {
            at = end;
            continue;
        }
        let word = COPULAS.iter().find_map(|word| Some((word, end_of(form, at, word)?)));
        match word {
            Some((word, end)) => {
                at = end;
                // 被害人姓名： is a label and no sentence.
                let closed = usize::from(form.at(at) == Some(')'));
                copula = !(word.ends_with('名') && form.at(at + closed) == Some(':'));
                at += closed;
            }
            None => return (at, copula),
        }
    }
}

/// The place after the number of an entry in a list: 1., （1）, ①.
fn past_ordinal(form: &Form, at: usize) -> usize {
    let circled = (at..form.characters.len())
        .take_while(|&at| form.is_ornament(at))
        .count();
    let from = at + usize::from(form.at(at) == Some('('));
    let rest = form.characters.get(from..).unwrap_or_default();
    let is_digit = |it: &&char| it.is_ascii_digit() || "一二三四五六七八九十".contains(**it);
    let digits = rest.iter().take_while(is_digit).count();
    match rest.get(digits) {
        Some('.' | '、' | ')') if (1..=2).contains(&digits) => from + digits + 1,
        _ => at + circled,
    }
}

/// Where the next entry of a list begins, and what joins it to the one before.
fn next_of_list(form: &Form, at: usize) -> Option<(usize, Link)> {
    let next_person = || (form.at(at) == Some(',')).then(|| next_introduced(form, at)).flatten();
    let past = past_remarks(form, at);
    next_person()
        .map(|next| (next, Link::Introduced))
        .or_else(|| next_numbered(form, at))
        .or_else(|| next_numbered(form, past))
        .or_else(|| next_by_sign(form, past))
}

fn next_by_sign(form: &Form, at: usize) -> Option<(usize, Link)> {
    let past = past_blanks(form, at);
    let Some(sign) = LISTED.iter().find(|sign| begins(form, past, sign)) else {
        return (past > at).then_some((past, Link::Blank));
    };
    let mut next = past + sign.chars().count();
    while form.at(next).is_some_and(|it| " \"“”*".contains(it)) {
        next += 1;
    }
    let link = match *sign {
        "," => Link::Loose,
        ";" | "/" | "|" => Link::Separated,
        _ => Link::Listed,
    };
    Some((past_ordinal(form, next), link))
}

/// The next entry, where its number alone separates it: （1）张伟（2）李强.
fn next_numbered(form: &Form, at: usize) -> Option<(usize, Link)> {
    let from = past_blanks(form, at);
    let next = past_ordinal(form, from);
    let named = || entry_at(form, next, Some(Link::Numbered), AMONG).is_some() || masked_at(form, next).is_some();
    (next > from && named()).then_some((next, Link::Numbered))
}

/// Where behind what is said of a person the next one is introduced likewise: 张伟，男，35岁；李强，男.
fn next_introduced(form: &Form, at: usize) -> Option<usize> {
    const REACH: usize = 80;
    let rest = form
        .characters
        .get(at..)
        .filter(|_| evidence::has_particulars(&form.characters, at))?;
    let sentence = rest.iter().take(REACH).take_while(|it| **it != '。').count();
    let starts = (at..at + sentence).filter_map(|place| match form.at(place) {
        Some(';') => Some(past_ordinal(form, past_blanks(form, place + 1))),
        _ => Some(past_ordinal(form, place)).filter(|next| *next > place),
    });
    let is_next = |next: &usize| entry_at(form, *next, Some(Link::Introduced), AMONG).is_some();
    starts.into_iter().find(is_next)
}

/// The place past blanks, and past stars that emphasise nothing.
fn past_blanks(form: &Form, at: usize) -> usize {
    let rest = form.characters.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|it| matches!(it, ' ' | '*')).count()
}

/// The place after what is said of a person between his name and the next one: （男，35岁）, “大国”, 姐妹.
fn past_remarks(form: &Form, at: usize) -> usize {
    const TOGETHER: &str = "姐妹 兄弟 兄妹 姐弟 夫妇 夫妻 父子 父女 母子 母女 二人 两人";
    const PAIRS: [(char, char); 7] = [
        ('(', ')'),
        ('[', ']'),
        ('【', '】'),
        ('〔', '〕'),
        ('“', '”'),
        ('‘', '’'),
        ('"', '"'),
    ];
    let mut at = at;
    loop {
        let from = past_blanks(form, at);
        let Some((_, close)) = PAIRS.iter().find(|(open, _)| form.at(from) == Some(*open)) else {
            break;
        };
        let inside = form.characters[from + 1..].iter().take(LONGEST_ASIDE);
        let Some(length) = inside.take_while(|it| **it != '。').position(|it| it == close) else {
            break;
        };
        at = from + length + 2;
    }
    let together = TOGETHER.split_whitespace().find(|word| begins(form, at, word));
    at + together.map_or(0, |word| word.chars().count())
}

/// The end of a word that begins at a place, with the blanks of one that is set wide: 姓　　名.
fn end_of(form: &Form, mut at: usize, word: &str) -> Option<usize> {
    for (number, character) in word.chars().enumerate() {
        if number > 0 {
            let rest = form.characters.get(at..)?;
            at += rest.iter().take_while(|it| **it == ' ').count();
        }
        if form.at(at) != Some(character) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn begins(form: &Form, at: usize, word: &str) -> bool {
    evidence::begins(&form.characters, at, word)
}
