//! The names of parties in the title of a case: 张伟、某公司盗窃案, 马世龙（抢劫）核准追诉案. Only what cases are about, right
//! after them, makes names of them.

use super::name::{self, CODE, Ending, masked_at, name_at};
use super::surname::{self, Surname};
use super::{Finding, evidence, form::Form, prior};
use crate::check::privacy::office;

/// Where the parties of a case may begin, besides the beginning of its title: 某公司诉张伟, 某公司、张伟.
const OPENERS: &str = "诉与和、及,:\"“(-";
/// What separates parties.
const LISTED: [&str; 6] = ["、", ",", "以及", "和", "与", "及"];
/// What may be done to a place as well as by a person.
const OF_PLACES: [&str; 19] = [
    "污染案",
    "污染公益",
    "污染防治",
    "污染治理",
    "水污染",
    "保护",
    "治理",
    "整治",
    "环境",
    "民事",
    "行政",
    "公益",
    "生态",
    "土地",
    "房屋",
    "国家级",
    "国家公园",
    "国家森林",
    "国家湿地",
];
/// Characters with which names of places end.
const PLACES: &str = "山河湖江海岛林溪沟港湾桥路街镇村寺庙塔泉园";
/// Characters of things that end given names, too.
const OF_NAMES: &str = "库改录定节轻重";
/// Names of companies and offices end with them.
const BODIES: [&str; 15] = [
    "公司",
    "集团",
    "合作社",
    "银行",
    "分行",
    "支行",
    "厂",
    "店",
    "局",
    "政府",
    "委员会",
    "中心",
    "医院",
    "学校",
    "企业",
];
/// Characters of such a name at most.
const LONGEST_BODY: usize = 32;

/// Characters of a part of another people's name at most, where only a title speaks for it.
const LONGEST_PART: usize = 7;

/// The names of the parties in a title whose first letter is given.
pub(super) fn in_title(form: &Form, start: usize) -> Vec<Finding> {
    if !form.characters[start..].contains(&'案') {
        return Vec::new();
    }
    // 和田玉走私案: no word for and begins a title.
    let opens = |&at: &usize| {
        OPENERS.contains(form.characters[at]) && (at > start || evidence::ENDS.contains(form.characters[at]))
    };
    let behind = (start..form.characters.len()).filter(opens);
    let starts: Vec<usize> = std::iter::once(start).chain(behind.map(|at| at + 1)).collect();
    let mut found: Vec<Finding> = Vec::new();
    for at in starts {
        if found.last().is_none_or(|last| last.span.end <= at) {
            found.extend(parties(form, at).unwrap_or_default());
        }
    }
    found
}

/// The names of a list of parties, where what the case is about follows it.
fn parties(form: &Form, mut at: usize) -> Option<Vec<Finding>> {
    let mut names = Vec::new();
    loop {
        if let Some(end) = party_at(form, at) {
            names.push(Finding::new(CODE, at..end));
            at = end;
        } else {
            at = masked_at(form, at).or_else(|| body_at(form, at))?;
        }
        if is_told(form, at) {
            return Some(names);
        }
        at = past_sign(form, at)?;
    }
}

/// The end of the name of a person that is a party.
fn party_at(form: &Form, at: usize) -> Option<usize> {
    let rest = form.characters.get(at..)?;
    let ends = |length: usize| is_told(form, at + length) || past_sign(form, at + length).is_some();
    // 某公司、习文有等
    let is_listed = form.before(at).is_some_and(|it| "、,".contains(it));
    let is_word = surname::of(rest) == Some(Surname::Word);
    let (surname, likely) = match surname::of(rest) {
        Some(Surname::Likely(length)) => (length, true),
        Some(Surname::Doubtful) => (1, false),
        _ if is_word && is_listed => (1, false),
        _ => (0, false),
    };
    let fits = |&length: &usize| {
        let given = rest.get(surname..length).unwrap_or_default();
        let plain = given.len() + surname == length && is_plain(given);
        let thing = given
            .last()
            .is_some_and(|&last| surname::is_seldom_given(last) && !OF_NAMES.contains(last));
        // A deed makes a name of what is one seldom, and a list of what begins like a word.
        let by_deed = || !is_word && surname::is_usual(given) && evidence::acts(rest, length);
        let by_list = || is_listed && given.len() == 2 && surname::is_usual(&given[..1]);
        let told = ((likely && !thing) || by_deed() || by_list()) && is_told(form, at + length);
        let listed = past_sign(form, at + length).is_some() && name::is_plain(given);
        plain && (told || listed) && !is_place(form, at, length)
    };
    // 陈满申诉案: the word that begins earlier is the matter.
    let behind = form.slice(&((at + surname + 1).min(form.characters.len())..form.characters.len()));
    let (long, short) = (surname + 2, surname + 1);
    // 陈满申诉案: the word that begins earlier is the matter.
    let lengths = if evidence::begins_long_matter(&behind) {
        [short, long]
    } else {
        [long, short]
    };
    let by_surname = || lengths.into_iter().filter(|_| surname > 0).find(fits);
    let known = || {
        let (span, ending) = name_at(form, at)?;
        // 青年论坛第三期征文·数字检察: a title with a dot of its own.
        let short = form
            .slice(&span)
            .split('·')
            .all(|part| part.chars().count() <= LONGEST_PART);
        (short && ending != Ending::Open && ends(span.len()) && !is_place(form, at, span.len())).then_some(span.len())
    };
    let length = by_surname().or_else(known)?;
    // 张建国社区矫正监督案: what the case is about belongs to nobody.
    let looked_at = if is_told(form, at + length) {
        &rest[..length]
    } else {
        rest
    };
    (!office::is_one(looked_at, length)).then_some(at + length)
}

/// Whether characters may be a given name; 有 ends some, and is a word elsewhere.
fn is_plain(given: &[char]) -> bool {
    let given = match given {
        [first, '有'] => std::slice::from_ref(first),
        _ => given,
    };
    given.iter().all(|&it| surname::is_given(it))
}

/// The names in the title of a case that running text mentions: 如张建国盗窃案中.
pub(super) fn in_prose(form: &Form) -> Vec<Finding> {
    const LENGTH: usize = 3;
    const LEADS: &str = "如以在对的与和及是为理即从由";
    const REACH: usize = 20;
    let begins = |at: &usize| {
        form.before(*at)
            .is_none_or(|it| evidence::ENDS.contains(it) || LEADS.contains(it))
    };
    let is_one = |at: &usize| {
        let rest = &form.characters[*at..];
        let named = matches!(surname::of(rest), Some(Surname::Likely(1)));
        let usual = || rest.get(1..LENGTH).is_some_and(surname::is_usual) && evidence::acts(rest, LENGTH);
        let mut matter = rest
            .iter()
            .skip(LENGTH)
            .take(REACH)
            .take_while(|it| !evidence::ENDS.contains(**it) || **it == '、');
        named && usual() && matter.any(|it| *it == '案') && !office::is_one(&rest[..LENGTH], LENGTH)
    };
    let starts = (0..form.characters.len()).filter(begins).filter(is_one);
    let names = |at: usize| {
        let listed = form.before(at) == Some('、');
        let before = if listed {
            prior::before(form, at - 1)
        } else {
            Vec::new()
        };
        std::iter::once(Finding::new(CODE, at..at + LENGTH)).chain(before)
    };
    starts.flat_map(names).collect()
}

/// Whether a text may mention the title of a case.
pub(super) fn may_be_mentioned(text: &str) -> bool {
    const REACH: usize = 16;
    const WORDS: &str = "件例由情卷发值";
    let begins_word = |rest: &str| rest.starts_with(|it| WORDS.contains(it));
    let mut cases = text
        .match_indices('案')
        .filter(|(at, sign)| !begins_word(&text[at + sign.len()..]));
    cases.any(|(at, _)| {
        let start = text[..at].char_indices().rev().nth(REACH).map_or(0, |(start, _)| start);
        evidence::names_deed(&text[start..at])
    })
}

/// 黄龙山环境民事公益诉讼案, 白山和丰置业有限公司: a place that something was done to, or that a company is called by.
fn is_place(form: &Form, at: usize, length: usize) -> bool {
    let end = at + length;
    let begins = |word: &&str| evidence::begins(&form.characters, end, word);
    let of_body = || !is_told(form, end) && body_at(form, at).is_some();
    ends_like_place(form, end) && (OF_PLACES.iter().any(begins) || of_body())
}

fn ends_like_place(form: &Form, end: usize) -> bool {
    form.before(end).is_some_and(|it| PLACES.contains(it))
}

/// Whether what a case is about begins at a place, in brackets or not.
fn is_told(form: &Form, at: usize) -> bool {
    let rest = form.slice(&(at..form.characters.len()));
    let rest = rest.trim_start_matches(['"', '“', '”', ' ', '(', '〔']);
    evidence::begins_matter(rest)
}

fn past_sign(form: &Form, at: usize) -> Option<usize> {
    let sign = LISTED
        .iter()
        .find(|sign| evidence::begins(&form.characters, at, sign))?;
    Some(at + sign.chars().count())
}

/// The end of a company or an office in a list of parties: 某公司, 双善食品（厦门）有限公司等.
pub(super) fn body_at(form: &Form, at: usize) -> Option<usize> {
    let rest = form.characters.get(at..)?;
    let rest = &rest[..rest.len().min(LONGEST_BODY)];
    let name = rest.iter().take_while(|it| !"、,;:。".contains(**it)).count();
    let tails = (1..name).filter_map(|place| {
        let tail = BODIES.iter().find(|tail| evidence::begins(rest, place, tail))?;
        Some(at + place + tail.chars().count())
    });
    tails.into_iter().find(|&end| {
        let next = form.at(end);
        next.is_none_or(|next| "、,;)。和与及".contains(next)) || is_told(form, end)
    })
}
