//! Full names of parties where 某 is expected: 被告人张伟, 被告人系张伟, 张伟（另案处理）.

use crate::check::privacy::Finding;
use crate::check::privacy::foreign;
use crate::check::privacy::form::Form;
use crate::check::privacy::surname::{self, Surname};
use std::ops::Range;

/// The rule's code.
pub const CODE: &str = "privacy-name";

/// Characters between a role and a name: 被告人：张伟, 被告人“张伟”.
const BETWEEN: &str = " :“\"*_([【<《「『|/-=";
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
const LONGEST_ASIDE: usize = 16;
/// Words between a role and a name, after which only what ends like a name is one.
const COPULAS: [&str; 14] = [
    "之一", "姓名", "名字", "名单", "本名", "真名", "名叫", "分别", "叫", "系", "为", "是", "即", "有",
];
/// What separates the names of a list.
const LISTED: [&str; 9] = ["、", ",", ";", "/", "以及", "和", "与", "及", "|"];
/// Characters after which no name goes on.
const ENDS: &str = ",，。、；;：:！？!?（(）)《》“”\"'‘’【】[]*_-—/…|<> \t=#.「」『』";
/// Single characters that follow a name and stand in few of them.
const AFTER: &str =
    "系因在于对向与和及并从被是的等又也均已未曾经后时将以为犯某不至到拒称说让把给持用同即则还且各其此将该诉";
/// Words that follow a name.
const WORDS_AFTER: [&str; 86] = [
    "盗窃", "诈骗", "伙同", "供述", "辩解", "辩称", "认罪", "提出", "上诉", "驾驶", "进行", "利用", "通过", "故意",
    "涉嫌", "实施", "纠集", "抢劫", "抢夺", "强奸", "猥亵", "殴打", "持刀", "持有", "受贿", "行贿", "贪污", "挪用",
    "贩卖", "运输", "非法", "寻衅", "危险", "醉酒", "无证", "交通", "陈述", "报案", "死亡", "受伤", "轻伤", "重伤",
    "谅解", "出庭", "作证", "证实", "证言", "指认", "家中", "家属", "家住", "银行", "名下", "账户", "手机", "电话",
    "签名", "签订", "收到", "支付", "主动", "自动", "自首", "投案", "归案", "到案", "逃跑", "逃离", "当场", "当庭",
    "表示", "要求", "没有", "使用", "作为", "适用", "共同", "搬到", "原为", "明知", "驾车", "夫妇", "父子", "兄弟",
    "酒后", "一家",
];
/// Words that follow the names in the title of a case.
const CRIMES: &str = "等 诉 与 不服 申诉 盗窃 诈骗 抢劫 抢夺 强奸 猥亵 受贿 行贿 贪污 挪用 滥用 玩忽 徇私 故意 过失 寻衅 危险 非法 \
    交通 绑架 敲诈 走私 贩卖 运输 合同 集资 职务 开设 组织 聚众 妨害 污染 生产 销售 侵犯 虐待 遗弃 拐卖 帮助 掩饰 虚假 编造 \
    民间 买卖 离婚 租赁 劳动 机动车 违法 强制 包庇 窝藏 伪造 拒不 重大 失火 放火 投放 醉酒 袭警 案 申请 被害 被 不起诉 涉嫌 一案";
/// Words that make a person of a doubtful name: 于海波，男.
const PARTICULARS: [&str; 8] = ["男", "女", "又名", "曾用名", "化名", "绰号", "汉族", "出生"];

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
    let (from, copula) = skip_between(form, at);
    let names = |at: &usize| name_at(form, *at).is_some() || masked_at(form, *at).is_some();
    let behind = past_aside(form, at).filter(|_| !names(&from)).filter(names);
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
    found
}

/// The place after what stands in brackets right after a role.
fn past_aside(form: &Form, at: usize) -> Option<usize> {
    form.at(at).filter(|&sign| sign == '(')?;
    let inside = form.characters[at..]
        .iter()
        .take(LONGEST_ASIDE)
        .position(|&sign| sign == ')')?;
    Some(at + inside + 1)
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
    let rest = form.characters.get(at..).unwrap_or_default();
    rest.len() >= word.chars().count() && word.chars().zip(rest).all(|(a, b)| a == *b)
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
    rest.is_empty() || "、,;/|和与及等。)】".contains(rest[0]) || begins_word(&form.characters, at)
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
        CRIMES.split_whitespace().any(|word| after.starts_with(word))
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
    let plain = ["", "系", "均系", "为", "即", "原审"].contains(&&*between);
    (plain || between.starts_with(['男', '女'])).then_some(at)
}

/// The name before a bracket such as （另案处理） or （被害人）.
pub fn before(form: &Form, end: usize) -> Option<Finding> {
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
    (!no_name && !is_office(&form.characters[start..], end - start)).then(|| Finding::new(CODE, start..end))
}

/// The name that begins at a place, and what tells that it ends where it does.
fn name_at(form: &Form, at: usize) -> Option<(Range<usize>, Ending)> {
    let rest = form.characters.get(at..)?;
    if let Some(length) = foreign::length(rest, |length| is_end(rest, length)) {
        return Some((at..at + length, Ending::Sure));
    }
    let (surname, doubtful) = match surname::of(rest) {
        Some(Surname::Likely(length)) => (length, false),
        Some(Surname::Doubtful) => (1, true),
        // A rare one, told by what follows; 小田 and 阿强 are no names.
        None if rest
            .first()
            .is_some_and(|first| surname::is_given(*first) && !"小阿老".contains(*first)) =>
        {
            (1, true)
        }
        None => return None,
    };
    // 张　伟 is set wide.
    let gap = usize::from(rest.get(surname) == Some(&' ') && rest.get(surname + 1).is_some());
    let first = surname + gap;
    if !rest.get(first).copied().is_some_and(surname::is_given) {
        return None;
    }
    let ends = |length: usize| is_end(rest, length);
    let second = gap == 0 && rest.get(first + 1).copied().is_some_and(surname::is_given);
    if doubtful {
        let length = [first + 2, first + 1]
            .into_iter()
            .find(|&length| has_particulars(rest, length))?;
        return (!is_office(rest, length)).then_some((at..at + length, Ending::Sure));
    }
    let follows = second && AFTER.contains(rest[first + 1]);
    let (length, ending) = if second && !follows && ends(first + 2) {
        let either = !is_end_of_clause(rest, first + 2) && begins_word(rest, first + 1);
        (first + 2, if either { Ending::Either } else { Ending::Sure })
    } else if ends(first + 1) {
        (first + 1, Ending::Sure)
    } else if second {
        (first + 2, Ending::Open)
    } else {
        return None;
    };
    (!is_office(rest, length)).then_some((at..at + length, ending))
}

/// Whether nothing of the sentence follows a name that is so long.
fn is_end_of_clause(rest: &[char], length: usize) -> bool {
    rest.get(length).is_none_or(|&next| ENDS.contains(next))
}

/// Whether a word that follows names begins at a place.
fn begins_word(rest: &[char], at: usize) -> bool {
    let begins = |word: &str| {
        word.chars()
            .zip(rest.get(at..).unwrap_or_default())
            .filter(|(a, b)| a == *b)
            .count()
            == word.chars().count()
    };
    WORDS_AFTER.iter().copied().chain(CRIMES.split_whitespace()).any(begins)
}

/// Whether a name that is so long is followed by what follows names.
fn is_end(rest: &[char], length: usize) -> bool {
    let Some(&next) = rest.get(length) else { return true };
    ENDS.contains(next) || AFTER.contains(next) || next.is_ascii_digit() || begins_word(rest, length)
}

fn has_particulars(rest: &[char], length: usize) -> bool {
    let given = rest.get(1..length).unwrap_or_default();
    let tail: String = rest.get(length..).unwrap_or_default().iter().take(4).collect();
    let told = tail.strip_prefix([',', '，', '(', '（', '、']).unwrap_or_default();
    !given.is_empty()
        && given.iter().all(|&character| surname::is_given(character))
        && PARTICULARS.iter().any(|word| told.starts_with(word))
}

/// Whether what looks like a name is an office, a firm, a place or masked: 张某, 江苏某公司, 石林县.
fn is_office(rest: &[char], length: usize) -> bool {
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
        .any(|character| "某×XＸ*甲乙丙丁氏".contains(*character));
    // 许某甲 is masked, and so is 郑一庚（化名）.
    let aside: String = rest.iter().skip(length).take(3).collect();
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
    masked
        || aside.ends_with("化名")
        || (1..reach)
            .take_while(|&at| rest.get(at).is_some_and(|&it| surname::is_given(it)))
            .any(named)
}
