//! Personal data made of digits: resident ID numbers, bank cards, mobile numbers.

use crate::check::privacy::Finding;
use crate::check::privacy::evidence;
use crate::check::privacy::form::{Form, SEPARATORS, is_han};
use jiff::civil::Date;
use std::ops::Range;

/// Groups of digits that one number is written in at most: every digit by itself.
const MAX_GROUPS: usize = 19;
/// Groups of a row that are looked at together.
const MOST_GROUPS: usize = 10_000;
/// Groups of a row in which each digit of a number may stand by itself, at most; in a longer one a group has more.
const LONGEST_ROW: usize = 1_000;
const LEAST_OF_LONG: usize = 3;
/// Signs between two groups at most, and blanks among them.
const MAX_BETWEEN: usize = 4;
const MAX_BLANKS: usize = 40;
/// Signs before the last character of a resident's number at most: 33018219850612002 - X.
const MAX_LAST: usize = 3;
/// Characters before a number in which its cue is looked for.
const REACH: usize = 20;
/// The same for a number whose groups no sign of numbers separates.
const ODD_REACH: usize = 8;
/// Words that make a telephone of a number.
const PHONES: [&str; 17] = [
    "电话", "手机", "联系", "致电", "拨打", "微信", "tel", "phone", "mobile", "wechat", "热线", "座机", "传真", "☎",
    "☏", "📞", "📱",
];
/// Words before the number of something that is not a card.
const OTHERS_THAN_CARDS: [&str; 8] = ["单号", "编号", "代码", "流水号", "案号", "序号", "文号", "条码"];
/// Finds the numbers of a text, the surest first.
pub(super) fn find(form: &Form) -> Vec<Finding> {
    let (mut ids, mut cards, mut mobiles) = (Vec::new(), Vec::new(), Vec::new());
    // One at a time: a long row has many more of them than digits.
    for row in rows(form) {
        each_window(form, &row, |window| {
            let found = |code, span| Finding::new(code, span);
            ids.extend(resident_id(form, window).map(|span| found("privacy-id-number", span)));
            cards.extend(bank_card(form, window).map(|span| found("privacy-bank-card", span)));
            mobiles.extend(mobile(form, window).map(|span| found("privacy-mobile", span)));
        });
    }
    let all = [ids, cards, mobiles, in_exponents(form)];
    all.into_iter().flatten().collect()
}

/// Numbers as a spreadsheet writes them when it exports a long one: 1.3800138E10. With fewer digits it tells nobody's.
fn in_exponents(form: &Form) -> Vec<Finding> {
    let is_digit = |it: &&char| it.is_ascii_digit();
    let number = |at: usize| {
        let fraction = form.characters[..at].iter().rev().take_while(is_digit).count();
        let start = at.checked_sub(fraction + 2)?;
        let sign = usize::from(form.at(at + 1) == Some('+'));
        let power = form.characters[at + 1 + sign..].iter().take_while(is_digit).count();
        let span = start..at + 1 + sign + power;
        let mantissa = form.characters[start].is_ascii_digit() && form.at(start + 1) == Some('.');
        let exponent: usize = form.slice(&(at + 1 + sign..span.end)).parse().ok()?;
        let known = matches!(exponent, 10 | 17) && (7..=exponent).contains(&fraction);
        if !known || !mantissa || form.goes_on(&span) {
            return None;
        }
        let digits = format!("{}{:0<exponent$}", form.characters[start], form.slice(&(start + 2..at)));
        let mobile = exponent == 10 && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
        let id = exponent == 17 && has_region(&digits) && has_birth(&digits, 6..10);
        match (mobile, id) {
            (true, _) => Some(Finding::new("privacy-mobile", span)),
            (_, true) => Some(Finding::new("privacy-id-number", span)),
            _ => None,
        }
    };
    let signs = form
        .characters
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it, 'e' | 'E'));
    signs.filter_map(|(at, _)| number(at)).collect()
}

/// Neighbouring groups of digits that may be one number.
struct Window {
    /// The lengths of its groups.
    groups: Vec<usize>,
    digits: String,
    span: Range<usize>,
    /// What stands between them.
    between: Between,
    /// Whether no other group stands beside them.
    alone: bool,
}

/// How the groups of a number are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// By single blanks, dashes or dots in the middle: as numbers are written.
    Usual,
    /// By the same sign everywhere.
    Alike,
    /// By whatever separates numbers.
    Mixed,
    /// By signs that no number has: commas, quotes, arrows.
    Odd,
}

/// Groups of digits with nothing but separators between; a row without an end is cut.
fn rows(form: &Form) -> impl Iterator<Item = Vec<Range<usize>>> {
    let mut groups = groups(form).peekable();
    std::iter::from_fn(move || {
        let mut row = vec![groups.next()?];
        while row.len() < MOST_GROUPS
            && let Some(last) = row.last().map(|last| last.end)
            && let Some(next) = groups.next_if(|next| joins(&form.characters[last..next.start]))
        {
            row.push(next);
        }
        Some(row)
    })
}

/// The digits that stand side by side.
fn groups(form: &Form) -> impl Iterator<Item = Range<usize>> {
    let characters = &form.characters;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + characters[at..].iter().position(char::is_ascii_digit)?;
        let length = characters[start..].iter().take_while(|it| it.is_ascii_digit()).count();
        at = start + length;
        Some(start..at)
    })
}

/// Whether what stands between two groups may stand within a number.
fn joins(between: &[char]) -> bool {
    let blanks = between.iter().filter(|it| **it == ' ').count();
    blanks <= MAX_BLANKS && between.len() - blanks <= MAX_BETWEEN && !between.iter().any(|it| it.is_alphanumeric())
}

/// Neighbouring groups that make 11 to 19 digits together, as far as these may be somebody's number.
fn each_window(form: &Form, row: &[Range<usize>], mut look: impl FnMut(&Window)) {
    // In a row of this length digits by themselves are those of a table.
    let least = if row.len() > LONGEST_ROW { LEAST_OF_LONG } else { 1 };
    for first in 0..row.len() {
        let mut digits = String::new();
        for last in first..row.len().min(first + MAX_GROUPS) {
            digits.extend(&form.characters[row[last].clone()]);
            if digits.len() > 19 || row[last].len() < least {
                break;
            }
            if digits.len() >= 11 && (may_be_id(&digits) || is_card(&digits) || subscriber(&digits).is_some()) {
                look(&Window {
                    groups: row[first..=last].iter().map(Range::len).collect(),
                    digits: digits.clone(),
                    span: row[first].start..row[last].end,
                    between: between(form, &row[first..=last]),
                    alone: first == 0 && last + 1 == row.len(),
                });
            }
        }
    }
}

fn between(form: &Form, groups: &[Range<usize>]) -> Between {
    let signs: Vec<Vec<char>> = groups
        .windows(2)
        .map(|pair| signs(&form.characters[pair[0].end..pair[1].start]))
        .collect();
    let usual = |sign: &Vec<char>| matches!(sign.as_slice(), [' ' | '-' | '·']);
    let odd = |sign: &Vec<char>| sign.iter().any(|&it| !SEPARATORS.contains(it));
    if signs.iter().any(odd) {
        Between::Odd
    } else if signs.iter().all(usual) {
        Between::Usual
    } else if signs.windows(2).all(|pair| pair[0] == pair[1]) {
        Between::Alike
    } else {
        Between::Mixed
    }
}

/// What stands between two groups, blanks around a sign left out and many of them one.
fn signs(between: &[char]) -> Vec<char> {
    let signs: Vec<char> = between.iter().copied().filter(|&it| it != ' ').collect();
    if signs.is_empty() { vec![' '] } else { signs }
}

/// 18 characters with a region, a day of birth and the checksum of GB 11643; the permanent residence card has 9 and a
/// country before them. After a cue a slip of the pen is an ID number still, and so is one of the old form: 15 digits,
/// the year in two.
fn resident_id(form: &Form, window: &Window) -> Option<Range<usize>> {
    let mut span = window.span.clone();
    let mut number = window.digits.clone();
    if number.len() == 17 {
        let gap = form.characters[span.end..]
            .iter()
            .take_while(|&&it| SEPARATORS.contains(it))
            .count();
        // A row without groups may be broken before its last sign, or have one before it.
        let gap = if window.groups.len() > 1 || gap <= MAX_LAST {
            gap
        } else {
            0
        };
        if matches!(
            form.at(span.end + gap),
            Some('X' | 'x' | '×' | 'Х' | 'х' | 'Χ' | 'χ' | '✕' | '✖')
        ) {
            number.push('X');
            span.end += gap + 1;
        }
    }
    let has_cue = || form.has_before(span.start, REACH, &["身份证", "公民身份号码"]);
    let is_one = match number.len() {
        18 if number.starts_with('9') => is_permanent_residence(form, &span, &number),
        18 => {
            let sure = has_id_checksum(&number) || (has_cue() && window.between != Between::Odd);
            has_region(&number) && has_birth(&number, 6..10) && sure
        }
        15 => has_region(&number) && has_birth(&number, 6..8) && has_cue(),
        _ => false,
    };
    (is_one && !form.goes_on(&span) && !form.is_in_address(span.start)).then_some(span)
}

/// Whether digits, without what may follow them, may be the number of a resident.
fn may_be_id(digits: &str) -> bool {
    match digits.len() {
        15 | 17 => has_region(digits),
        18 => has_region(digits) || digits.starts_with('9'),
        _ => false,
    }
}

/// 9, the province, three digits of a country, the day of birth. Companies' codes begin with 9 as well.
fn is_permanent_residence(form: &Form, span: &Range<usize>, number: &str) -> bool {
    let code = form.has_before(span.start, REACH, &["信用代码", "识别号", "机构代码"]);
    !code && has_region(&number[1..]) && has_birth(number, 6..10) && has_id_checksum(number)
}

/// Whether a number begins with a province.
fn has_region(number: &str) -> bool {
    let region = number[..2].parse::<u32>().unwrap_or_default();
    matches!(region, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Whether a day of birth stands in a number, its year in these characters.
fn has_birth(number: &str, year: Range<usize>) -> bool {
    let part = |range: Range<usize>| number[range].parse::<i16>().unwrap_or_default();
    let (month, day) = (year.end..year.end + 2, year.end + 2..year.end + 4);
    let century = if year.len() == 2 { 1900 } else { 0 };
    let birth = Date::new(century + part(year), part(month) as i8, part(day) as i8);
    birth.is_ok_and(|birth| (1900..2100).contains(&birth.year()))
}

fn has_id_checksum(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let sum: u32 = number
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    number.as_bytes()[17] == CHECKS[sum as usize % 11]
}

/// 16 to 19 digits that hold Luhn's checksum, after a word that makes a card of them.
fn bank_card(form: &Form, window: &Window) -> Option<Range<usize>> {
    const CUES: [&str; 20] = [
        "工资卡",
        "存折",
        "存单",
        "社保卡",
        "工行",
        "农行",
        "建行",
        "中行",
        "交行",
        "信用社",
        "邮储",
        "卡号",
        "银行卡",
        "账号",
        "帐号",
        "账户",
        "帐户",
        "信用卡",
        "储蓄卡",
        "借记卡",
    ];
    let Window {
        digits, span, between, ..
    } = window;
    if !is_card(digits) {
        return None;
    }
    // The cards of all banks of the country begin with 62; written without a word they are in groups or in one.
    let is_union_card = digits.starts_with("62")
        && matches!(digits.len(), 16 | 19)
        && window.is_written_as_card()
        && !form.has_before(span.start, REACH, &OTHERS_THAN_CARDS);
    let told = form.has_before(span.start, REACH, &CUES) && *between != Between::Odd;
    (!form.goes_on(span) && (told || is_union_card) && !form.is_in_address(span.start)).then(|| span.clone())
}

/// Whether digits are those of some card.
fn is_card(digits: &str) -> bool {
    (16..=19).contains(&digits.len()) && !digits.starts_with('0') && has_luhn_checksum(digits)
}

impl Window {
    /// Whether the groups are those of a bank card: one, or fours.
    fn is_written_as_card(&self) -> bool {
        let (last, others) = match self.groups.as_slice() {
            [_] => return true,
            [others @ .., last] => (*last, others),
            [] => return false,
        };
        let fours = last <= 4 && others.iter().all(|&length| length == 4);
        // Broken at the end of a line, or after the six digits of the bank.
        let broken = others.len() == 1 && others[0] >= 6 && last >= 4;
        self.between == Between::Usual && (fours || broken)
    }
}

fn has_luhn_checksum(digits: &str) -> bool {
    let weighted = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, u32::from(digit - b'0')) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        });
    weighted.sum::<u32>().is_multiple_of(10)
}

/// The eleven digits of a mobile number, what may stand before them left out.
fn subscriber(digits: &str) -> Option<&str> {
    let number = match digits.len() {
        12 => digits.strip_prefix('0')?,
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => digits,
    };
    let shape = number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    shape.then_some(number)
}

/// Eleven digits from 13 to 19, with or without 86, in the groups in which people write them (after a word for
/// telephone in any), and neither an amount nor the number of something else.
fn mobile(form: &Form, window: &Window) -> Option<Range<usize>> {
    let Window {
        groups,
        digits,
        span,
        between,
        alone,
    } = window;
    subscriber(digits)?;
    let has_cue = form.has_before(span.start, REACH, &PHONES);
    if digits.len() == 12 && !has_cue {
        return None;
    }
    let single = groups.iter().all(|&length| length == 1);
    let grouped = match (groups.as_slice(), between) {
        ([_], _) => true,
        ([3, 4, 4] | [3, 8] | [7, 4] | [4, 4, 3] | [2, 11] | [2, 3, 4, 4], Between::Usual) => true,
        ([3, 4, 4] | [2, 3, 4, 4], Between::Alike) => true,
        // +86 (138) 0013-8000
        ([2, 3, 4, 4], Between::Mixed) if *alone => true,
        (_, Between::Usual) if *alone && !is_range(form, window) && groups.iter().all(|&length| length >= 3) => true,
        (_, Between::Usual | Between::Alike) if single => true,
        (_, Between::Odd) => {
            let told = form.has_before(span.start, ODD_REACH, &PHONES);
            told && (groups.len() <= 4 || single) && !counts_something_else(form, span)
        }
        _ => has_cue,
    };
    let is_mobile = grouped && !form.goes_on(span) && !form.is_in_address(span.start) && may_touch(form, span, has_cue);
    let of_service = form.has_before(span.start, 8, &["支付宝", "微信"]);
    (is_mobile && (has_cue || of_service || !counts_something_else(form, span))).then(|| span.clone())
}

/// Whether the letters that touch a number leave it one: No13800138000, but not a row of letters and digits.
fn may_touch(form: &Form, span: &Range<usize>, has_cue: bool) -> bool {
    const LABELS: [&str; 18] = [
        "no", "tel", "phone", "mobile", "mob", "cell", "fax", "call", "sms", "wx", "vx", "wechat", "weixin", "sj",
        "dh", "id", "p", "t",
    ];
    let (before, after) = form.touching(span);
    let plain = |text: &str| text.chars().all(|character| character.is_ascii_alphabetic());
    let label = before.is_empty() || LABELS.contains(&&*before.to_ascii_lowercase());
    plain(&before) && plain(&after) && (has_cue || label && after.len() <= 2 || before.len() + after.len() <= 2)
}

/// 15000-200000: from one round number to another.
fn is_range(form: &Form, window: &Window) -> bool {
    let round = |digits: &str| digits.ends_with("00");
    let dash = form.characters[window.span.clone()].contains(&'-');
    dash && window.groups.len() == 2 && round(&window.digits[..window.groups[0]])
}

/// Whether eleven digits are an amount or the number of something.
fn counts_something_else(form: &Form, span: &Range<usize>) -> bool {
    let decimals = form.characters[span.end..]
        .iter()
        .skip(1)
        .take_while(|it| it.is_ascii_digit())
        .count();
    let fraction = form.at(span.end) == Some('.') && (1..=6).contains(&decimals);
    fraction || is_amount(form, span.end) || is_of_something_else(form, span.start)
}

/// Whether digits are a day: 2024-04-01, 2024/4/1, 20240401. A passport's E20071017 is not.
pub(super) fn is_date(text: &str) -> bool {
    if text.contains(|it: char| it.is_ascii_alphabetic()) {
        return false;
    }
    let parts: Vec<&str> = text
        .split(|it: char| !it.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [row] if row.len() == 8 => (&row[..4], &row[4..6], &row[6..]),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => (*year, *month, *day),
        _ => return false,
    };
    let number = |text: &str| text.parse::<i16>().unwrap_or_default();
    let (month, day) = (number(month) as i8, number(day) as i8);
    (1900..2050).contains(&number(year)) && Date::new(number(year), month, day).is_ok()
}

/// Whether a measure follows a number: 13800138000平方米.
pub(super) fn is_amount(form: &Form, at: usize) -> bool {
    const MEASURES: &str = "元万亿股吨斤件次户份部台条笔亩枚颗粒棵株艘辆";
    const WORDS: [&str; 22] = [
        "立方",
        "平方",
        "平米",
        "公里",
        "公斤",
        "公顷",
        "公升",
        "千米",
        "千克",
        "千瓦",
        "毫米",
        "毫升",
        "毫克",
        "厘米",
        "美元",
        "美金",
        "欧元",
        "英镑",
        "日元",
        "港元",
        "港币",
        "人民币",
    ];
    let at = at + usize::from(form.at(at) == Some(' '));
    let next = form.at(at + 1);
    let follows = |signs: &str| next.is_some_and(|next| signs.contains(next));
    match form.at(at) {
        // 13800138000支付宝, 13800138000只能接听, 13800138000个人使用
        Some('支') => !follows("付持出行"),
        Some('只') => !follows("能是有要会接用"),
        Some('个') => !follows("人体"),
        Some(measure) if MEASURES.contains(measure) => true,
        _ => WORDS.iter().any(|word| evidence::begins(&form.characters, at, word)),
    }
}

/// Whether what stands before a number says that it is one of something else: 单号, 受理号：, 合同编号为.
fn is_of_something_else(form: &Form, at: usize) -> bool {
    const OTHERS: [&str; 12] = [
        "单号",
        "编号",
        "代码",
        "账号",
        "帐号",
        "流水号",
        "卡号",
        "案号",
        "序号",
        "文号",
        "编码",
        "条码",
    ];
    /// What stands before 号 where it may well be a telephone's.
    const OF_PHONES: &str = "机话系信宝音手短小大私友主本叫接拨动通靓拟副的此该工";
    let signs = form.characters[..at].iter().rev().take(4);
    let label = at - signs.take_while(|it| " :为是(码".contains(**it)).count();
    let kind = (form.before(label) == Some('号')).then(|| label.checked_sub(2).and_then(|at| form.at(at)));
    let of_other = kind
        .flatten()
        .is_some_and(|kind| is_han(kind) && !OF_PHONES.contains(kind));
    of_other || form.has_before(at, 6, &OTHERS)
}
