//! The names that stand before what their bearers are: 张伟（另案处理）, 张伟（系本案被告人）, 张伟系本案被告人.

use super::name::{self, CODE};
use super::surname::{self, Surname};
use super::{Finding, evidence::ENDS, foreign, form::Form};
use crate::check::privacy::office;
use std::ops::Range;

/// Characters between a name and the role of its bearer, at most.
const LONGEST: usize = 20;
/// What may stand in brackets before a role.
const LEADS: [&str; 16] = [
    "均系",
    "均为",
    "系",
    "为",
    "即",
    "是",
    "原审",
    "另案",
    "同案",
    "本案",
    "该案",
    "此案",
    "前案",
    "一审",
    "二审",
    "未成年",
];
/// What stands for a company or an office before the role of its head.
const BODIES: [&str; 9] = ["公司", "集团", "厂", "店", "合作社", "企业", "医院", "银行", "中心"];

/// The bracket that opens before a role, where nothing stands between that says of whom it speaks: （系被害人, （男，被害人.
pub(super) fn bracket_of(form: &Form, role: usize) -> Option<usize> {
    let before = form.characters[..role].iter().rev().take(LONGEST);
    let at = role
        - before
            .take_while(|&&sign| !")]】〕。".contains(sign))
            .position(|&sign| "([【〔".contains(sign))?
        - 1;
    speaks_of_role(&form.slice(&(at + 1..role))).then_some(at)
}

/// Where a verb before a role says that somebody has it: 张伟系本案被告人, 张伟是某公司法定代表人, 张伟为本案被告人.
pub(super) fn subject_of(form: &Form, role: usize) -> Option<usize> {
    let from = role.saturating_sub(LONGEST);
    let at = (from..role).rev().find(|&at| {
        let other_word = form.before(at).is_some_and(|it| "联关维体".contains(it));
        let of_case = form.at(at + 1).is_some_and(|it| "本该此".contains(it));
        match form.characters[at] {
            '系' | '是' => !other_word,
            // 认为被告人 says something else.
            '为' => of_case,
            _ => false,
        }
    })?;
    let at = at - usize::from(form.before(at).is_some_and(|it| "均都皆".contains(it)));
    let said = form.slice(&(at..role));
    speaks_of_role(said.trim_start_matches(['均', '都', '皆'])).then_some(at)
}

/// Whether words before a role say nothing but whose or where: 系本案, 男，, 某公司.
fn speaks_of_role(words: &str) -> bool {
    let mut rest = words;
    while let Some(lead) = LEADS.iter().find(|lead| rest.starts_with(**lead)) {
        rest = &rest[lead.len()..];
    }
    let body = rest.strip_suffix('的').unwrap_or(rest);
    let of_body = BODIES.iter().any(|tail| body.ends_with(tail)) && !rest.contains([',', ';', ':', '、']);
    rest.is_empty() || rest.starts_with(['男', '女']) || of_body
}

/// The names before a bracket such as （另案处理） or （被害人）, and those that are listed before them.
pub(super) fn before(form: &Form, end: usize) -> Vec<Finding> {
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

/// The names of those to whom something is done at a place: 将王小明打伤, 对王小明、李志强实施殴打.
pub(super) fn object_of(form: &Form, deed: usize) -> Vec<Finding> {
    const HOW: [&str; 8] = ["实施", "进行", "多次", "当场", "先后", "持刀", "强行", "非法"];
    let mut end = deed;
    // 头部, 面部: where it was done.
    let is_how = |word: &str| HOW.contains(&word) || word.ends_with('部');
    while is_how(&form.slice(&(end.saturating_sub(2)..end))) && end > 2 {
        end -= 2;
    }
    let found = before(form, end);
    let start = found.last().map(|first| first.span.start);
    let is_object = start
        .and_then(|start| form.before(start))
        .is_some_and(|it| "将把对".contains(it));
    // 对方父母
    let other = start.is_some_and(|start| form.characters[..=start].ends_with(&['对', '方']));
    let surely = |found: &Finding| {
        let name = &form.characters[found.span.clone()];
        let given = name.get(1..).unwrap_or_default();
        surname::is_usual(given) || (given.len() == 2 && name::is_plain(given))
    };
    if is_object && !other && found.iter().all(surely) {
        found
    } else {
        Vec::new()
    }
}

/// The place after 姓名 where a role is what 身份 says of the same person: 姓名：王小明 身份：被害人.
pub(super) fn of_identity(form: &Form, role: usize) -> Option<usize> {
    const REACH: usize = 60;
    let labels = ["身份:", "角色:", "地位:", "类别:"];
    let label = form.slice(&(role.checked_sub(3)?..role));
    let from = role.saturating_sub(REACH);
    let before = form.slice(&(from..role));
    let at = before.rfind("姓名").filter(|_| labels.contains(&&*label))?;
    Some(from + before[..at].chars().count() + 2)
}

/// Whether a role stands between commas behind a name: 张伟，被告人，男.
pub(super) fn is_apposition(form: &Form, role: &Range<usize>) -> bool {
    form.before(role.start) == Some(',') && form.at(role.end).is_none_or(|next| next == ',')
}

/// Characters of the longest name, with the blanks of one that is set wide.
const LONGEST_NAME: usize = 7;

/// The name before a place.
fn one_before(form: &Form, end: usize) -> Option<Finding> {
    if let Some(start) = foreign::before(form, end) {
        return Some(Finding::new(CODE, start..end));
    }
    let starts = (2..=LONGEST_NAME).rev().filter_map(|length| end.checked_sub(length));
    let start = starts.into_iter().find(|&start| fits(form, start, end))?;
    (!office::is_one(&form.characters[start..], end - start)).then(|| Finding::new(CODE, start..end))
}

/// Whether characters are a name of three with a given name as most are.
fn is_full(name: &[char]) -> bool {
    matches!(name, [_, given @ ..] if given.len() == 2 && surname::is_usual(given) && name::is_plain(given))
}

/// Whether a range is a name that nothing before it belongs to.
fn fits(form: &Form, start: usize, end: usize) -> bool {
    let written = &form.characters[start..end];
    let closed = name::set_wide(written).map(|blanks| name::without(written, &blanks));
    let name = closed.as_deref().unwrap_or(written);
    let (surname, doubtful) = match surname::of(name) {
        Some(Surname::Likely(length)) => (length, false),
        Some(Surname::Doubtful) => (1, true),
        // 成文星（另案处理）: the place speaks for what begins like a word.
        Some(Surname::Word) if is_full(name) => (1, true),
        _ => return false,
    };
    let given = &name[surname.min(name.len())..];
    let usual = surname::is_usual(given);
    let stands_alone = match form.before(start) {
        None => true,
        // 附件1张建国, but not 1张照片.
        Some(sign) if sign.is_ascii_digit() => usual,
        Some(sign) => ENDS.contains(sign) || "与和同及由向被对让给将把从跟找为系见的是有人在如".contains(sign),
    };
    let speaks = !doubtful || usual || (given.len() == 2 && name::is_plain(given));
    // 许某、程某甲 are masked; 金钱方 and the like are no names.
    let no_name = name.contains(&'某') || name::is_tail(name[name.len() - 1]);
    let is_given = (1..=2).contains(&given.len()) && given.iter().all(|&it| surname::is_given(it));
    stands_alone && speaks && !no_name && is_given
}
